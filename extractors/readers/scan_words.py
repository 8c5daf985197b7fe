"""Tesseract's words as words of the page: in points, on the baseline and in the type size of their line.

A recognised box hugs the ink, so that "an" is lower than "ấp" and ends higher than "ghi". The rest of the reader thinks
in type sizes and baselines; they are worked out from what each letter's shape is known to be.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import cos, radians, sin
from statistics import median
from typing import Final

from extractors.readers.pdf_lines import Word
from extractors.readers.scan_spelling import numeral, spelled

# Heights above the baseline in type sizes, as in Times New Roman, in which offices write (NĐ 30/2020).
_CAP: Final = 0.665
_SMALL: Final = 0.46
_ASCENT: Final = 0.89
_DESCENT: Final = 0.216
_INK: Final = 0.9  # height of a word about which its letters tell nothing
_SAME: Final = 0.12  # share by which the sizes of lines set alike differ when measured
_TALL: Final = frozenset("ABCDEFGHIKLMNOPQRSTUVXYZWJĐbdfhklđ0123456789/()[]%&?!")
_SMALL_LETTERS: Final = frozenset("aceimnorsuvwxzgpqyơưe")
_LOW: Final = frozenset("gjpqyQJ,;/()[]{}|_$@§")
# A figure with letters that look like digits: it is left as it was read, and is none.
_MIXED: Final = re.compile(r"(?=.*\d)(?=.*[lIOo|])[\dlIOo|.,:/%()+-]+")
_DOUBTED: Final = 30
_DOT_BELOW: Final = "\u0323"


@dataclass(frozen=True, slots=True)
class Frame:
    """How pixels of a recognised picture become points of its page: `scale` points a pixel, `left` and `top` added (in
    points), then turned back by `skew` degrees around the middle of the page for what its reader sees."""

    page: int
    width: float
    height: float
    scale: float
    skew: float = 0.0

    def seen(self, x0: float, top: float, x1: float, bottom: float) -> tuple[float, float, float, float]:
        """A box of the levelled page as a box of the page as it is shown."""
        if not self.skew:
            return x0, top, x1, bottom
        mx, my = self.width / 2, self.height / 2
        c, s = cos(radians(self.skew)), sin(radians(self.skew))
        x, y = (x0 + x1) / 2 - mx, (top + bottom) / 2 - my
        x, y = mx + x * c + y * s, my - x * s + y * c
        wide, high = (x1 - x0) / 2, (bottom - top) / 2
        return x - wide, y - high, x + wide, y + high


@dataclass(frozen=True, slots=True)
class Found:
    """A word as Tesseract gives it: the image and the line that it stands in, its box in pixels, 0 to 100."""

    image: int
    line: tuple[int, ...]
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: int


def found_in(table: str) -> Iterator[Found]:
    """The words of Tesseract's TSV, in its order; `image` counts from 0."""
    for row in table.splitlines():
        fields = row.split("\t")
        if len(fields) < 12 or fields[0] != "5":
            continue
        text = unicodedata.normalize("NFC", "\t".join(fields[11:]).strip())
        if not text:
            continue
        image, block, paragraph, line, _, left, top, wide, high = map(int, fields[1:10])
        confidence = max(0, min(100, round(float(fields[10]))))
        yield Found(image - 1, (block, paragraph, line), text, left, top, left + wide, top + high, confidence)


def words_of_page(found: Sequence[Found], frame: Frame) -> list[Word]:
    """The words of one picture on its page."""
    lines: dict[tuple[int, ...], list[Found]] = defaultdict(list)
    for word in _mended(found):
        lines[word.line].append(word)
    measured = [(group, *_measure(group)) for group in lines.values()]
    usual = _usual([(size * frame.scale, sum(len(w.text) for w in group)) for group, _, size in measured])
    made = []
    for group, base, pixels in measured:
        size = pixels * frame.scale
        if abs(size - usual) <= _SAME * usual:
            size = usual
        size = round(size * 2) / 2
        first = replace(group[0], text=numeral(group[0].text, len(group) == 1, group[0].confidence))
        made += [_word(word, base * frame.scale, size, frame) for word in (first, *group[1:])]
    return made


def _mended(found: Sequence[Found]) -> Iterator[Found]:
    """The words with their spelling mended by what stands beside them, over the ends of lines in a paragraph or a cell."""
    for _, passage in groupby(found, key=lambda word: word.line[:2]):  # block and paragraph; left and top of a cell
        words = list(passage)
        for word, text in zip(words, spelled([word.text for word in words]), strict=True):
            yield replace(word, text=text)


def _word(found: Found, base: float, size: float, frame: Frame) -> Word:
    x0, top, x1, bottom = (v * frame.scale for v in (found.x0, found.top, found.x1, found.bottom))
    word = Word(found.text, x0, base - _ASCENT * size, x1, base + _DESCENT * size, frame.page, size=size)
    word.confidence = min(found.confidence, _DOUBTED) if _MIXED.fullmatch(found.text) else found.confidence
    word.seen = frame.seen(x0, top, x1, bottom)
    return word


def _usual(sizes: Sequence[tuple[float, int]]) -> float:
    """The size in which most letters of a page are set."""
    flat = [size for size, letters in sizes for _ in range(min(letters, 200))]
    return median(flat) if flat else 12.0


def _measure(line: Sequence[Found]) -> tuple[float, float]:
    """Baseline and type size of a line, in pixels."""
    bare = [(w, unicodedata.normalize("NFD", w.text)) for w in line]
    flat = [w.bottom for w, text in bare if not _goes_low(text) and text[-1].isalnum()]
    base = median(flat) if flat else None
    sizes: list[float] = []
    for w, text in bare:
        if base is None or any(unicodedata.combining(c) and c != _DOT_BELOW for c in text):
            continue
        high = base - w.top
        if any(c in _TALL for c in text):
            sizes += [high / _CAP] * len(text)
        elif all(c in _SMALL_LETTERS or c == _DOT_BELOW for c in text) and "i" not in text:
            sizes += [high / _SMALL] * len(text)
    if sizes and base is not None:
        return base, median(sizes)
    size = median(w.bottom - w.top for w in line) / _INK
    return (base if base is not None else median(w.bottom for w in line) - _DESCENT * size), size


def _goes_low(text: str) -> bool:
    return any(c in _LOW or c == _DOT_BELOW for c in text)
