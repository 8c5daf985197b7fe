"""Normalised text: the map back to the file's characters ascends, covers and inverts."""

from __future__ import annotations

import re
import unicodedata

from extractors.language.normalise import normalise


def offsets_ascend_and_stay_inside(text: str) -> None:
    """The map is monotonous from the first character to the end."""
    made = normalise(text)
    offsets = [made.original(at) for at in range(len(made.text) + 1)]
    assert offsets == sorted(offsets)
    assert all(0 <= at <= len(text) for at in offsets)
    assert offsets[-1] == len(text) == made.length


def every_span_is_a_span_of_the_original(text: str) -> None:
    """A span of some characters has some in the original; it holds the spans of its characters and no more."""
    made = normalise(text)
    single = [made.span(at, at + 1) for at in range(len(made.text))]
    assert all(0 <= first < last <= len(text) for first, last in single)
    for start, (first, _) in enumerate(single):
        for end, (_, last) in enumerate(single[start : start + 6], start + 1):
            assert made.span(start, end) == (first, last)


def a_word_is_found_again(text: str) -> None:
    """What a word's span holds in the original is that word."""
    made = normalise(text)
    for match in re.finditer(r"\S+", made.text):
        first, last = made.span(*match.span())
        lone_mark = unicodedata.combining(
            unicodedata.normalize("NFD", match[0][0])[0]
        )  # on a blank, which its span then holds as well
        assert lone_mark or normalise(text[first:last]).text == match[0]


def twice_changes_nothing(text: str) -> None:
    """Normal text is its own normal form."""
    once = normalise(text).text
    assert normalise(once).text == once
