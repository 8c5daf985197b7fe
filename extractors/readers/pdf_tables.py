"""Ruled tables of a PDF on their grid, and the pieces of one table over pages put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from extractors.model import Cell, Table
from extractors.readers.pdf_lines import Line, Word, lines_of, passage

_SNAP: Final = 3.0  # points within which two rules are one


@dataclass(slots=True)
class RawCell:
    """A cell of a page's table: grid position, spans, and its lines of words."""

    row: int
    column: int
    row_span: int
    column_span: int
    lines: list[Line]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class RawTable:
    """A table, or a page's piece of one."""

    n_rows: int
    edges: list[float]
    cells: list[RawCell]
    top: float
    bottom: float

    @property
    def n_columns(self) -> int:
        return len(self.edges) - 1

    def row_texts(self, row: int) -> tuple[str, ...]:
        """Texts of a row, left to right."""
        return tuple(c.text for c in sorted(self.cells, key=lambda c: c.column) if c.row == row)


def _edges(values: Sequence[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _SNAP:
            found.append(value)
    return found


def _index(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))


def raw_table(found: Any, words: Sequence[Word]) -> RawTable:
    """A table that pdfplumber found, with the words inside; merged cells keep their spans."""
    boxes = [tuple(float(v) for v in box) for box in found.cells]
    xs = _edges([b[0] for b in boxes] + [b[2] for b in boxes])
    ys = _edges([b[1] for b in boxes] + [b[3] for b in boxes])
    inside: dict[int, list[Word]] = {}
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        home = next((i for i, b in enumerate(boxes) if b[0] <= x <= b[2] and b[1] <= y <= b[3]), None)
        if home is not None:
            inside.setdefault(home, []).append(word)
    cells = []
    for i, box in enumerate(boxes):
        column, right = _index(xs, box[0]), _index(xs, box[2])
        row, below = _index(ys, box[1]), _index(ys, box[3])
        cells.append(RawCell(row, column, max(1, below - row), max(1, right - column), lines_of(inside.get(i, []))))
    cells.sort(key=lambda c: (c.row, c.column))
    return RawTable(len(ys) - 1, xs, cells, min(b[1] for b in boxes), max(b[3] for b in boxes))


def continues(above: RawTable, below: RawTable) -> bool:
    """Whether the first table of a page goes on with the last one of the page before: same columns."""
    if above.n_columns != below.n_columns:
        return False
    return all(abs(a - b) < 4 * _SNAP for a, b in zip(above.edges, below.edges, strict=True))


def append(above: RawTable, below: RawTable) -> None:
    """Add a page's piece: a repeated header is dropped, a row that the page end cut is joined to its beginning."""
    skip = 0
    while skip < min(above.n_rows, below.n_rows) and _repeats(_bare(below, skip), _bare(above, skip)):
        skip += 1
    last = above.n_rows - 1
    first = [c for c in below.cells if c.row == skip]
    cut = _goes_on(first, above) if first else False
    offset = above.n_rows - skip - cut
    for cell in below.cells:
        if cell.row < skip:
            continue
        if cut and cell.row == skip:
            home = next((c for c in above.cells if c.row + c.row_span - 1 == last and c.column == cell.column), None)
            if home is not None:
                home.lines += cell.lines
                continue
        above.cells.append(RawCell(cell.row + offset, cell.column, cell.row_span, cell.column_span, cell.lines))
    above.n_rows += below.n_rows - skip - cut


def _repeats(again: tuple[str, ...], first: tuple[str, ...]) -> bool:
    """Whether a row prints the header again; a cell of it may be cut short by its row's height."""
    if len(again) != len(first) or not any(again):
        return False
    equal = sum(a == b for a, b in zip(again, first, strict=True))
    return equal * 2 >= len(first) and all(
        a == b or (len(a) >= 8 and b.startswith(a)) for a, b in zip(again, first, strict=True)
    )


def _bare(raw: RawTable, row: int) -> tuple[str, ...]:
    """Texts of a row without blanks and marks of emphasis that a converter left in."""
    return tuple(re.sub(r"</?\w+>|[\s*_]", "", text) for text in raw.row_texts(row))


def _goes_on(first: Sequence[RawCell], above: RawTable) -> bool:
    """Whether the first row of a page's piece is the rest of a cut row: no code, and a text that begins in the middle."""
    ordered = sorted(first, key=lambda c: c.column)
    if not ordered or ordered[0].text:
        return False
    if not any(c.text for c in ordered):
        return False
    label = ordered[1].text if len(ordered) > 1 else ""
    return not label or label.lstrip('(“"')[:1].islower()


def finished(raw: RawTable, name: str) -> Table:
    """The table with its cells as passages."""
    cells = tuple(
        Cell(c.row, c.column, passage(c.lines, f"{name}/r{c.row + 1}/c{c.column + 1}"), c.row_span, c.column_span)
        for c in sorted(raw.cells, key=lambda c: (c.row, c.column))
        if c.lines
    )
    return Table(name, raw.n_rows, raw.n_columns, cells)
