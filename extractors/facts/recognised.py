"""What recognition leaves in doubt beside the figures: pages that were recognised, paragraphs with a word not made out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from extractors.model import Document, Passage, Report

_GARBLED: Final = 25  # below this confidence a word is a guess
_DIGITS: Final = 60  # and a number, but not one that numbers the paragraph
#: Digits with letters that are read for digits, "766B": a figure that was lost. "II.06b", "20A", "QĐ16" are none.
_LOST: Final = re.compile(r"\d[\d.,]*[BOoIlSZ][\dBOoIlSZ.,]*")
#: A cell that numbers its row: misread, the rows below seem to be parts of another.
_ORDINAL: Final = re.compile(r"[A-ZĐ]{1,5}")
_NUMERALS: Final = 85  # below this confidence it may be another
_LEAST: Final = 3  # characters of such a figure


def recognised(document: Document, report: Report) -> Report:
    """The report with what of its document was recognised, and how well."""
    best: dict[int, int] = {}
    garbled: set[str] = set()
    for passage in document.passages():
        for word in passage.places:
            if word.confidence is not None:
                best[word.page] = max(best.get(word.page, 0), word.confidence)
        if any(_words(passage)):
            garbled.add(passage.locator)
    untrusted = tuple(sorted(page for page, sure in best.items() if sure == 0))
    return replace(report, recognised=tuple(sorted(best)), untrusted=untrusted, garbled=frozenset(garbled))


def _words(passage: Passage) -> Iterator[str]:
    """The recognised words of a passage that were not made out."""
    ordinal = "/c" in passage.locator and _ORDINAL.fullmatch(passage.text)
    for place in passage.places:
        word = passage.text[place.start : place.end].strip(".,;:()%")
        if place.confidence is None or not word:
            continue
        counts = place.start > 0 and any(map(str.isdigit, word))
        least = _NUMERALS if ordinal else _DIGITS if counts else _GARBLED if any(map(str.isalnum, word)) else 0
        guessed = place.confidence < least
        if guessed or (len(word) >= _LEAST and _LOST.fullmatch(word)):
            yield word
