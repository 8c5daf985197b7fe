"""Words of underthesea inside spaCy documents, and the phrases of the vocabulary found in them."""

from __future__ import annotations

import itertools
import time

import pytest

from extractors.language.pipeline import CueFinder, cue_finder, pipeline, syllables, unit_finder, words
from extractors.limits import MAX_SENTENCE_CHARS
from extractors.vocabulary import cues

SENTENCE = "Đã giải quyết 33.451 hồ sơ, theo Quyết định số 12/QĐ-UBND ngày 05/01/2024 của UBND tỉnh."


def spans(text: str, *parts: str) -> list[tuple[int, int]]:
    """Where parts stand in a text."""
    return [(text.index(part), text.index(part) + len(part)) for part in parts]


def test_figures_dates_and_symbols_stay_whole() -> None:
    kept = ("33.451", "12/QĐ-UBND", "05/01/2024")
    tokens = [token.text for token in words(SENTENCE, spans(SENTENCE, *kept))]
    assert [token for token in tokens if any(ch.isdigit() for ch in token)] == list(kept)


def test_words_are_those_of_the_segmenter_not_syllables() -> None:
    tokens = [token.text for token in words(SENTENCE, spans(SENTENCE, "33.451"))]
    assert {"giải quyết", "hồ sơ", "Quyết định"} <= set(tokens)
    assert "hồ" in [token.text for token in syllables(SENTENCE)]


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "",
        " ",
        "  hai   blanks \t and\n\nlines  ",
        "trễ\nhẹn",
        "…“”×≥%",
        "hồ sơ" * 30,
        "\u0300 lone mark",
        "emoji 🧾 và chữ 漢字",
    ],
)
@pytest.mark.parametrize("make", [words, syllables], ids=["words", "syllables"])
def test_a_document_is_its_text(text: str, make: type) -> None:
    doc = make(text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


def test_a_protected_span_is_a_token_wherever_it_stands() -> None:
    text = "1.234 vụ việc, tăng 5%"
    for kept in ("1.234", "vụ việc, tăng", "5%", text):
        doc = words(text, spans(text, kept))
        assert kept in [token.text for token in doc]
        assert doc.text == text


def test_the_pipeline_is_one_a_process_and_tokenizes_so_too() -> None:
    assert pipeline() is pipeline()
    assert "hồ sơ" in [token.text for token in pipeline()("Đã giải quyết hồ sơ")]


@pytest.mark.parametrize(
    "text",
    [
        "hồ sơ giải quyết đúng hạn " * 400,
        "a" * 30_000,
        "1.234 " * 4_000,
        " " * 30_000,
        "(" * 5_000 + ")" * 5_000,
        "không " * 4_000,
    ],
    ids=["one sentence", "one word", "figures", "blanks", "brackets", "syllables"],
)
def test_long_text_is_segmented_in_bounded_work(text: str) -> None:
    begun = time.process_time()
    doc = words(text)
    assert doc.text == text
    cue_finder().find(text)
    assert time.process_time() - begun < 5


def test_a_run_longer_than_a_sentence_is_cut_not_dropped() -> None:
    text = "hồ sơ " * MAX_SENTENCE_CHARS
    tokens = [token.text for token in words(text[: 2 * MAX_SENTENCE_CHARS + 100])]
    assert "".join(tokens).replace(" ", "") == text[: 2 * MAX_SENTENCE_CHARS + 100].replace(" ", "")


# --- phrases ---------------------------------------------------------------------------------------------------------


def test_the_longest_phrase_wins_then_the_earlier() -> None:
    finder = CueFinder([("hạn", ("a",)), ("quá hạn", ("b",)), ("đã quá", ("c",)), ("quá hạn trả", ("d",))])
    assert [found.features for found in finder.find("đã quá hạn")] == [("c",), ("a",)]
    assert [found.features for found in finder.find("đã quá hạn trả")] == [("d",)]


def test_phrases_are_found_in_any_case_and_only_as_whole_syllables() -> None:
    finder = CueFinder([("trễ hạn", ("late",))])
    assert [(f.start, f.end) for f in finder.find("HỒ SƠ TRỄ HẠN")] == [(6, 13)]
    assert finder.find("trễ hạng") == []
    assert finder.find("trễ, hạn") == []


def test_found_phrases_are_disjoint_and_in_order() -> None:
    text = " ".join(example for cue in cues() for example in cue.examples)
    found = cue_finder().find(text)
    assert len(found) > 100
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def test_a_unit_is_found_by_name() -> None:
    found = unit_finder().find("33.451 hồ sơ và 127 TTHC")
    assert [f.features for f in found] == [("hồ sơ",), ("TTHC",)]
