"""Words of a PDF page, the lines they stand on, and passages made of lines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final, Literal

from extractors.model import BBox, Passage, Place

# A line that ends inside a token: "QĐ-", "33.451/", and the backslash of a formula left in the text. A hyphen or slash
# that stands alone had a blank before it, and keeps one behind it.
_CUT: Final = re.compile(r"(?:[\w.,)]+[/–-]|\\)$")
_GOES_ON: Final = re.compile(r"[\w/]")


@dataclass(slots=True)
class Word:
    """A word with its box on the page. `turn`: 0 upright, 1 read upwards, -1 downwards; `mark`: number of a footnote
    printed behind it, which is no part of `text`; `confidence`: as in `Place`; `seen`: where the page shows it, when
    the page had to be levelled for reading."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    page: int
    bold: bool = False
    size: float = 12.0
    turn: Literal[-1, 0, 1] = 0
    mark: str = ""
    confidence: int | None = None
    seen: BBox | None = None

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of its box."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


@dataclass(slots=True)
class Line:
    """Words on one baseline, in reading order; `left` and `right` are the margins of the text that it belongs to."""

    words: list[Word]
    left: float = 0.0
    right: float = 0.0

    @property
    def page(self) -> int:
        return self.words[0].page

    @property
    def x0(self) -> float:
        return min(w.x0 for w in self.words)

    @property
    def x1(self) -> float:
        return max(w.x1 for w in self.words)

    @property
    def top(self) -> float:
        return min(w.top for w in self.words)

    @property
    def bottom(self) -> float:
        return max(w.bottom for w in self.words)

    @property
    def base(self) -> float:
        """Where most of its words end below: steadier than `bottom` where fonts mix."""
        return median(w.bottom for w in self.words)

    @property
    def height(self) -> float:
        return median(w.bottom - w.top for w in self.words)

    @property
    def size(self) -> float:
        return median(w.size for w in self.words)

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @property
    def bold(self) -> bool:
        return all(w.bold for w in self.words)


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Words clustered by height on the page, top to bottom; a raised or smaller word stays with its line. Words that
    are turned make lines of their own, after the upright ones."""
    upright = [w for w in words if not w.turn]
    lines: list[Line] = []
    for word in sorted(upright, key=lambda w: (w.top + w.bottom, w.x0)):
        home = next((line for line in reversed(lines[-3:]) if _beside(line.words[0], word)), None)
        if home is None:
            lines.append(Line([word]))
        else:
            home.words.append(word)
    for line in lines:
        line.words.sort(key=lambda w: w.x0)
    lines.sort(key=lambda line: (line.top, line.x0))
    return lines + _turned_lines([w for w in words if w.turn])


def _beside(first: Word, word: Word) -> bool:
    common = min(first.bottom, word.bottom) - max(first.top, word.top)
    return common > 0.5 * min(first.bottom - first.top, word.bottom - word.top)


def _turned_lines(words: Sequence[Word]) -> list[Line]:
    """Lines of turned words: columns on the page, read from below (1) or above (-1)."""
    lines: list[Line] = []
    for word in sorted(words, key=lambda w: (w.turn, w.turn * (w.x0 + w.x1))):
        x = word.middle[0]
        if lines and lines[-1].words[0].turn == word.turn and lines[-1].words[0].x0 <= x <= lines[-1].words[0].x1:
            lines[-1].words.append(word)
        else:
            lines.append(Line([word]))
    for line in lines:
        line.words.sort(key=lambda w: -w.turn * w.top)
    return lines


def joint(before: Word, after: Word) -> str:
    """What stands between the last word of a line and the first of the next: nothing inside a token, else a blank."""
    if before.text == "\\":
        return ""
    cut = len(before.text) > 1 and _CUT.search(before.text) and _GOES_ON.match(after.text)
    return "" if cut else " "


def passage(lines: Sequence[Line], locator: str, joints: Mapping[int, str] | None = None) -> Passage:
    """The text of lines, each word placed. `joints` says what stands before the line of an index; else `joint` does."""
    pieces: list[str] = []
    places: list[Place] = []
    at = 0
    before: Word | None = None
    for n, line in enumerate(lines):
        for k, word in enumerate(line.words):
            if before is not None:
                between = " " if k else joint(before, word)
                if not k and joints and n in joints:
                    between = joints[n]
                pieces.append(between)
                at += len(between)
            pieces.append(word.text)
            x0, top, x1, bottom = word.seen or (word.x0, word.top, word.x1, word.bottom)
            box = (round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))
            places.append(Place(at, at + len(word.text), word.page, box, word.confidence))
            at += len(word.text)
            before = word
    return Passage("".join(pieces), locator, tuple(places))
