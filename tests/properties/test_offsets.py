"""The map from matched text back to the file's characters, over any text."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from extractors.language.normalise import normalise
from extractors.language.pipeline import syllables, words
from tests.properties.contracts import offsets as contracts
from tests.properties.effort import heavy, quick

SNIPPETS = ["hồ sơ", "33.451", "hoà", "quý", "Ð", "\u00a0", "\u00ad", "\u200b", "\r\n", "\u0300", "đ", " ", "–", "e\u0323\u0302", "uỳ", "oÀ", "%"]  # fmt: skip
texts = st.lists(st.sampled_from(SNIPPETS) | st.text(max_size=4), max_size=20).map("".join)


@quick
@given(texts)
@example("a\u0300\u0323b")
def test_offsets_ascend_and_stay_inside(text: str) -> None:
    contracts.offsets_ascend_and_stay_inside(text)


@quick
@given(texts)
def test_every_span_is_a_span_of_the_original(text: str) -> None:
    contracts.every_span_is_a_span_of_the_original(text)


@quick
@given(texts)
def test_a_word_is_found_again_where_its_span_says(text: str) -> None:
    contracts.a_word_is_found_again(text)


@quick
@given(texts)
def test_normalising_twice_changes_nothing(text: str) -> None:
    contracts.twice_changes_nothing(text)


@quick
@given(st.lists(st.sampled_from(["hồ sơ", "đúng hạn", "33.451", "Quyết định", "hòa", "ủy ban", "trễ"]), max_size=12))
def test_composed_and_decomposed_text_are_one(parts: list[str]) -> None:
    text = " ".join(parts)
    torn = unicodedata.normalize("NFD", text)
    assert normalise(torn).text == normalise(text).text == text
    made = normalise(torn)
    assert unicodedata.normalize("NFC", torn[slice(*made.span(0, len(text)))]) == text


@heavy
@given(texts)
def test_a_spacy_document_is_its_text(text: str) -> None:
    assert syllables(text).text == text
    assert words(text).text == text
