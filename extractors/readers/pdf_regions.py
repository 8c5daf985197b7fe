"""Regions of a page: the text frame, and texts that stand side by side, each read to its end.

Letterhead and signature block stand in two columns that are centred or set to the left; newspaper pages run on from one
column into the next. Figures at the right of their labels are no column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean, median
from typing import Final

from extractors.readers.pdf_lines import Line
from extractors.readers.pdf_tables import FIGURE

_GUTTER: Final = 14.0  # points between two texts that stand side by side
_LEAST_GUTTER: Final = 7.0  # what is left of it when every line of both is counted
_SAME: Final = 3.0  # points within which two edges are one
_CENTRE: Final = 12.0  # points within which lines are centred on each other
_NEAR: Final = 3.5  # line heights over which a column goes on
_NEWS_LINES: Final = 8
_BAND_LINES: Final = 300  # lines of one band; more than a page holds that anybody reads
_INDENT: Final = 6.0

Gutter = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """Margins of running text, where its paragraphs begin beside the left one, and whether its lines fill the width."""

    left: float
    right: float
    indents: frozenset[int] = frozenset()
    justified: bool = False


@dataclass(slots=True)
class Region:
    """Lines that are read one after the other; `runs_on`: its text goes on in the next region."""

    lines: list[Line]
    whole: bool = True
    runs_on: bool = False

    def frame(self, page: Frame) -> Frame:
        """Its margins. Of lines in the middle of a column, which end well before its sides, the outer side is the
        page's and the inner one stands as far off."""
        if self.whole:
            return page
        left, right = min(line.x0 for line in self.lines), max(line.x1 for line in self.lines)
        middle = median((line.x0 + line.x1) / 2 for line in self.lines)
        level = sum(abs((line.x0 + line.x1) / 2 - middle) < _SAME for line in self.lines)
        if self.runs_on or 2 * level <= len(self.lines):
            return Frame(left, right)
        half = middle - page.left if middle < (page.left + page.right) / 2 else page.right - middle
        half = max(half, (right - left) / 2)
        return Frame(middle - half, middle + half)


def frame_of(lines: Iterable[Line], width: float) -> Frame | None:
    """The frame of the lines that are as wide as text is; None where there are too few."""
    lines = list(lines)
    wide = [line for line in lines if line.x1 - line.x0 > 0.45 * width and not _gaps(line, width)]
    if len(wide) < 4:
        return None
    lefts = Counter(round(line.x0) for line in wide)
    common = [x for x, n in lefts.items() if n + lefts[x - 1] + lefts[x + 1] >= max(2, len(wide) // 12)]
    left = min(common or lefts)
    rights = Counter(round(line.x1) for line in wide)
    right = max(rights, key=lambda x: (rights[x - 1] + rights[x] + rights[x + 1], x))
    beyond = [x for x in rights.elements() if x > right + 3]
    if len(beyond) > max(1, len(wide) // 20):  # set ragged: the longest line shows the margin
        right = max(rights)
    begins = Counter(round(line.x0) for line in lines)
    indents = frozenset(x for x, n in begins.items() if x > left + _INDENT and n + begins[x - 1] + begins[x + 1] >= 2)
    inner = [line.x0 for line in wide if abs(line.x0 - left) <= 1.5]
    outer = [line.x1 for line in wide if abs(line.x1 - right) <= 1.5]
    return Frame(min(inner, default=left), max(outer, default=right), indents, 2 * len(outer) > len(wide))


def regions(lines: Sequence[Line], frame: Frame, width: float) -> list[Region]:
    """Lines (top to bottom) in reading order."""
    found: list[Region] = []
    plain: list[Line] = []
    n = 0
    while n < len(lines):
        band = _band(lines, n, n - len(plain), frame, width)
        if band is None:
            plain.append(lines[n])
            n += 1
            continue
        first, last, middle = band
        back = n - first
        if back:
            del plain[-back:]
        if plain:
            found.append(Region(plain))
        plain = []
        found += _columns(lines[first : last + 1], middle)
        n = last + 1
    if plain:
        found.append(Region(plain))
    return found


def _band(lines: Sequence[Line], at: int, floor: int, frame: Frame, width: float) -> tuple[int, int, float] | None:
    """First and last line of the two columns around line `at`, none above `floor`, and the middle of their gutter."""
    best: tuple[int, int, float] | None = None
    for gutter in _gaps(lines[at], width):
        found = _grown(lines, at, floor, gutter, frame)
        if found is not None and (best is None or found[1] - found[0] > best[1] - best[0]):
            best = found
    return best


def _gaps(line: Line, width: float) -> list[Gutter]:
    """Wide blanks of a line in the middle part of the page."""
    if line.words[0].turn:
        return []
    blanks = [(a.x1, b.x0) for a, b in pairwise(line.words)]
    if not blanks:
        return []
    usual = median(high - low for low, high in blanks)  # a justified line of few words has wide blanks everywhere
    least = max(_GUTTER, 2.5 * usual) if len(blanks) > 3 else _GUTTER
    return [g for g in blanks if g[1] - g[0] >= least and 0.22 < sum(g) / 2 / width < 0.78]


def _grown(lines: Sequence[Line], at: int, floor: int, gutter: Gutter, frame: Frame) -> tuple[int, int, float] | None:
    """The band around a line with this blank, as far as both columns keep clear of it."""
    sides = _parts(lines[at], gutter)
    if sides is None:
        return None
    columns: tuple[list[Line], list[Line]] = ([sides[0]], [sides[1]])
    last, both = at, 1
    for n in range(at + 1, min(len(lines), at + _BAND_LINES)):
        line = lines[n]
        if line.words[0].turn or line.top - lines[last].bottom > _NEAR * max(line.height, lines[last].height):
            break
        narrowed = _narrowed(gutter, line)
        if narrowed is None:
            break
        parts = _parts(line, narrowed)
        if parts is not None:
            columns[0].append(parts[0])
            columns[1].append(parts[1])
            both += 1
        else:
            side = columns[0] if line.x1 <= narrowed[0] + 0.1 else columns[1]
            if not _belongs(line, side, frame):
                break
            side.append(line)
        gutter, last = narrowed, n
    first = at
    while first > floor:
        line = lines[first - 1]
        narrowed = None if line.words[0].turn else _narrowed(gutter, line)
        if narrowed is None or lines[first].top - line.bottom > 1.5 * line.height:
            break
        side = columns[0] if line.x1 <= narrowed[0] + 0.1 else columns[1]
        if not _centred_on(line, side):
            break
        side.append(line)
        gutter, first = narrowed, first - 1
    if not _are_columns(columns, last - first + 1, both):
        return None
    return first, last, sum(gutter) / 2


def _narrowed(gutter: Gutter, line: Line) -> Gutter | None:
    """What a line leaves of a gutter, the widest part of it; None where it crosses it."""
    low, best = gutter[0], (0.0, 0.0)
    for word in line.words:
        if word.x1 > low and word.x0 < gutter[1]:
            if word.x0 - low > best[1] - best[0]:
                best = (low, word.x0)
            low = word.x1
    if gutter[1] - low > best[1] - best[0]:
        best = (low, gutter[1])
    return best if best[1] - best[0] >= _LEAST_GUTTER else None


def _parts(line: Line, gutter: Gutter) -> tuple[Line, Line] | None:
    """The two parts of a line that stands on both sides of a gutter with a wide blank between."""
    middle = sum(gutter) / 2
    left = [w for w in line.words if w.x0 + w.x1 < 2 * middle]
    right = [w for w in line.words if w.x0 + w.x1 >= 2 * middle]
    return (Line(left), Line(right)) if left and right else None


def _belongs(line: Line, column: Sequence[Line], frame: Frame) -> bool:
    """Whether a line on one side goes on with that column: on its left edge, or centred on it and not on the page."""
    if any(abs(line.x0 - other.x0) <= _SAME for other in column[-4:]):
        return True
    return _centred_on(line, column) or (
        len(column) > 1
        and line.x0 >= min(c.x0 for c in column) - _SAME
        and line.x1 <= max(c.x1 for c in column) + _SAME
        and abs(line.x0 + line.x1 - frame.left - frame.right) > 2 * _CENTRE
        and line.x0 > frame.left + _SAME
    )


def _centred_on(line: Line, column: Sequence[Line]) -> bool:
    widest = max(column, key=lambda other: other.x1 - other.x0)
    return any(abs(line.x0 + line.x1 - c.x0 - c.x1) <= 2 * _CENTRE for c in (widest, column[-1]))


def _are_columns(columns: tuple[list[Line], list[Line]], height: int, both: int) -> bool:
    """Whether what stands side by side are two texts, not labels with their figures or a line with a tab in it."""
    left, right = columns
    figures = sum(bool(FIGURE.fullmatch(line.text)) for line in right)
    if 2 * figures >= len(right):
        return False
    if height == 1:
        return _heading(left[0]) and _heading(right[0])
    labels = sum(line.text.endswith(":") for line in left)
    return both < 2 or 2 * labels < both or _heading(right[0])


def _heading(line: Line) -> bool:
    return line.text.isupper() and len(line.text) > 3


def _columns(band: Sequence[Line], middle: float) -> list[Region]:
    """The left and the right region of a band."""
    left: list[Line] = []
    right: list[Line] = []
    for line in band:
        for words, side in (
            ([w for w in line.words if w.x0 + w.x1 < 2 * middle], left),
            ([w for w in line.words if w.x0 + w.x1 >= 2 * middle], right),
        ):
            if words:
                side.append(Line(words))
    news = all(len(side) >= _NEWS_LINES and _filled(side) for side in (left, right))
    return [Region(side, False, news) for side in (left, right) if side]


def _filled(side: Sequence[Line]) -> bool:
    width = max(line.x1 for line in side) - min(line.x0 for line in side)
    return median(line.x1 - line.x0 for line in side) > 0.8 * width and mean(len(line.words) for line in side) > 3
