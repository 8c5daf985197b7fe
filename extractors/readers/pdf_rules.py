"""Rules drawn on a PDF page, and the grids that they make.

Word draws one border as dozens of thin filled boxes, LibreOffice as strokes, others as frames: all become horizontal and
vertical rules first. A grid's slots that no rule parts are one cell, so a merged cell stands once on the true grid.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from extractors import limits

_THIN: Final = 2.6  # points; a thicker box is an area, not a rule
_SNAP: Final = 2.6  # points within which two rules are one: a double border is one border
_TOUCH: Final = 3.0  # points by which rules may miss each other at a corner
_COVERED: Final = 0.6  # share of a slot's side that a rule must cover to part it from its neighbour
_OPEN: Final = 12.0  # points by which rules run on where a table has no border at its side


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight rule: at height (or distance from the left) `at`, from `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a grid: position and spans in slots."""

    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Edges of the columns (left to right) and rows (top to bottom), and the cells on them."""

    xs: list[float]
    ys: list[float]
    boxes: list[Box]


def rules_of(page: Any, shift: tuple[float, float] = (0.0, 0.0)) -> tuple[list[Rule], list[Rule]]:
    """The horizontal and the vertical rules of a pdfplumber page, pieces of one rule put together."""
    across: list[Rule] = []
    down: list[Rule] = []
    dx, dy = shift
    for x0, top, x1, bottom in _strokes(page):
        x0, top, x1, bottom = x0 - dx, top - dy, x1 - dx, bottom - dy
        wide, high = x1 - x0, bottom - top
        if high <= _THIN and wide >= high:
            across.append(Rule((top + bottom) / 2, x0, x1))
        elif wide <= _THIN:
            down.append(Rule((x0 + x1) / 2, top, bottom))
    return _merged(across), _merged(down)


def _strokes(page: Any) -> Iterable[tuple[float, float, float, float]]:
    """Boxes of what is drawn as a rule; a frame gives its four sides. Areas of colour alone (marked text) give none."""
    for line in page.lines:
        yield line["x0"], line["top"], line["x1"], line["bottom"]
    for rect in page.rects:
        x0, top, x1, bottom = rect["x0"], rect["top"], rect["x1"], rect["bottom"]
        if x1 - x0 <= _THIN or bottom - top <= _THIN:
            yield x0, top, x1, bottom
        elif rect.get("stroke"):
            yield from ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom))
    for curve in page.curves:
        if curve["x1"] - curve["x0"] <= _THIN or curve["bottom"] - curve["top"] <= _THIN:
            yield curve["x0"], curve["top"], curve["x1"], curve["bottom"]
        elif curve.get("stroke"):
            for (ax, ay), (bx, by) in pairwise(curve["pts"]):
                if abs(ax - bx) < 1 or abs(ay - by) < 1:
                    yield min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _merged(rules: list[Rule]) -> list[Rule]:
    """Rules on one axis, in order; pieces that touch or overlap are one."""
    made: list[Rule] = []
    group: list[Rule] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if group and rule.at - group[0].at > _SNAP:
            made.extend(_strung(group))
            group = []
        group.append(rule)
    made.extend(_strung(group))
    return made


def _strung(group: list[Rule]) -> Iterable[Rule]:
    """The pieces of rules at one height, strung together along it."""
    if not group:
        return
    at = sum(r.at for r in group) / len(group)
    start = end = None
    for rule in sorted(group, key=lambda r: r.start):
        if start is None or end is None:
            start, end = rule.start, rule.end
        elif rule.start - end <= _TOUCH:
            end = max(end, rule.end)
        else:
            yield Rule(at, start, end)
            start, end = rule.start, rule.end
    if start is not None and end is not None:
        yield Rule(at, start, end)


def grids(across: Sequence[Rule], down: Sequence[Rule]) -> tuple[list[Grid], list[Rule]]:
    """The grids that rules make where they cross, and the horizontal rules that cross none."""
    found = []
    loose = set(range(len(across)))
    for hs, vs in _components(across, down):
        grid = _grid([across[i] for i in hs], [down[i] for i in vs])
        if grid is not None:
            found.append(grid)
            loose.difference_update(hs)
    return found, [across[i] for i in sorted(loose)]


def _components(across: Sequence[Rule], down: Sequence[Rule]) -> Iterable[tuple[list[int], list[int]]]:
    """Indices of horizontal and vertical rules that hang together."""
    union = _Union(len(across) + len(down))
    heights = [r.at for r in across]
    for k, v in enumerate(down):
        for i in range(bisect_left(heights, v.start - _TOUCH), bisect_right(heights, v.end + _TOUCH)):
            if across[i].start - _TOUCH <= v.at <= across[i].end + _TOUCH:
                union.join(i, len(across) + k)
    groups: dict[int, tuple[list[int], list[int]]] = {}
    for i in range(len(across) + len(down)):
        hs, vs = groups.setdefault(union.root(i), ([], []))
        (hs if i < len(across) else vs).append(i if i < len(across) else i - len(across))
    return [(hs, vs) for hs, vs in groups.values() if hs and vs]


def _grid(hs: list[Rule], vs: list[Rule]) -> Grid | None:
    """The grid of rules that hang together; None where they enclose less than two cells."""
    hs, vs = _closed(hs, vs), _closed(vs, hs)
    xs, ys = _edges([v.at for v in vs]), _edges([h.at for h in hs])
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > limits.MAX_TABLE_CELLS:
        return None
    boxes = _boxes(_parting(vs, xs, ys), _parting(hs, ys, xs))
    if len(boxes) < 2:
        return None
    columns = sorted({b.column for b in boxes} | {b.column + b.column_span for b in boxes})
    rows = sorted({b.row for b in boxes} | {b.row + b.row_span for b in boxes})
    column, row = {k: n for n, k in enumerate(columns)}, {k: n for n, k in enumerate(rows)}
    boxes = [
        Box(
            row[b.row],
            column[b.column],
            row[b.row + b.row_span] - row[b.row],
            column[b.column + b.column_span] - column[b.column],
        )
        for b in boxes
    ]
    return Grid([xs[k] for k in columns], [ys[k] for k in rows], sorted(boxes, key=lambda b: (b.row, b.column)))


def _closed(rules: list[Rule], crossing: list[Rule]) -> list[Rule]:
    """`rules`, and one more at each side where most of the `crossing` ones run on past the last: an open border."""
    first, last = min(r.at for r in rules), max(r.at for r in rules)
    start, end = min(r.start for r in crossing), max(r.end for r in crossing)
    low, high = min(r.at for r in crossing), max(r.at for r in crossing)
    made = list(rules)
    if first - start > _OPEN and 2 * sum(r.start < start + _TOUCH for r in crossing) > len(crossing) > 1:
        made.append(Rule(start, low, high))
    if end - last > _OPEN and 2 * sum(r.end > end - _TOUCH for r in crossing) > len(crossing) > 1:
        made.append(Rule(end, low, high))
    return made


def _edges(values: Sequence[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _SNAP:
            found.append(value)
    return found


def _nearest(edges: Sequence[float], value: float) -> int:
    k = bisect_left(edges, value)
    return k if k < len(edges) and (k == 0 or edges[k] - value <= value - edges[k - 1]) else k - 1


def _parting(rules: Sequence[Rule], own: Sequence[float], other: Sequence[float]) -> list[list[bool]]:
    """[edge][slot along it]: whether a rule on that edge covers the slot's side."""
    covered = [[0.0] * (len(other) - 1) for _ in own]
    for rule in rules:
        row = covered[_nearest(own, rule.at)]
        k = max(0, bisect_right(other, rule.start) - 1)
        while k < len(row) and other[k] < rule.end:
            row[k] += min(rule.end, other[k + 1]) - max(rule.start, other[k])
            k += 1
    sides = [b - a for a, b in pairwise(other)]
    return [[c >= _COVERED * side for c, side in zip(row, sides, strict=True)] for row in covered]


def _boxes(upright: list[list[bool]], level: list[list[bool]]) -> list[Box]:
    """Cells: slots that no rule parts, those open to the outside left out. `upright[k][r]`: a rule at the left of slot
    (r, k); `level[r][k]`: one above it."""
    rows, columns = len(level) - 1, len(upright) - 1
    union = _Union(rows * columns + 1)
    outside = rows * columns
    for r in range(rows):
        for k in range(columns):
            at = r * columns + k
            if not upright[k][r]:
                union.join(at, at - 1 if k else outside)
            if k == columns - 1 and not upright[columns][r]:
                union.join(at, outside)
            if not level[r][k]:
                union.join(at, at - columns if r else outside)
            if r == rows - 1 and not level[rows][k]:
                union.join(at, outside)
    beyond = union.root(outside)
    groups: dict[int, list[tuple[int, int]]] = {}
    for at in range(rows * columns):
        root = union.root(at)
        if root != beyond:
            groups.setdefault(root, []).append(divmod(at, columns))
    return [box for group in groups.values() for box in _rectangles(group)]


def _rectangles(slots: list[tuple[int, int]]) -> Iterable[Box]:
    """A group of slots as one rectangle, or as several where it is none."""
    runs: list[tuple[int, int, int]] = []  # row, first column, end
    for r, k in slots:
        if runs and runs[-1][0] == r and runs[-1][2] == k:
            runs[-1] = (r, runs[-1][1], k + 1)
        else:
            runs.append((r, k, k + 1))
    open_: dict[tuple[int, int], Box] = {}
    for r, start, end in runs:
        box = open_.get((start, end))
        if box is not None and box.row + box.row_span == r:
            open_[start, end] = Box(box.row, start, box.row_span + 1, end - start)
        else:
            if box is not None:
                yield box
            open_[start, end] = Box(r, start, 1, end - start)
    yield from open_.values()


class _Union:
    """Things that hang together, by number."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def root(self, i: int) -> int:
        above = self._above
        while above[i] != i:
            above[i] = above[above[i]]
            i = above[i]
        return i

    def join(self, a: int, b: int) -> None:
        self._above[self.root(a)] = self.root(b)
