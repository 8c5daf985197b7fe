"""Tables whose columns are held by blanks alone, or by rules across the page alone.

Conservative on purpose: figures must stand in three columns (two where rules enclose them) on three lines or more, each
column clear of the others on every line. Prose, letterheads and signature blocks never do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from extractors.readers.pdf_lines import Line, Word
from extractors.readers.pdf_rules import Rule
from extractors.readers.pdf_tables import FIGURE, RawCell, RawTable

_GAP: Final = 0.6  # share of the type size that parts two columns; blanks between words are half of that
_ROWS: Final = 3
_COLUMNS: Final = 3
_COLUMNS_RULED: Final = 2
_HEADER_LINES: Final = 8
_NEAR: Final = 2.2  # line heights between two lines of one table
_REACH: Final = 6.0  # points by which a heading reaches over a neighbour's side when it heads both
_DASHES: Final = frozenset("-–—…")


@dataclass(slots=True)
class _Piece:
    """Words of a line that stand together."""

    words: list[Word]
    line: Line

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @property
    def is_figure(self) -> bool:
        return bool(FIGURE.fullmatch(self.text)) or self.text in _DASHES


def aligned_tables(lines: Sequence[Line], across: Sequence[Rule], page: int) -> tuple[list[RawTable], list[Line]]:
    """Tables among lines (top to bottom), and the lines that belong to none. `across`: loose horizontal rules."""
    pieces = [_pieces(line) for line in lines]
    figures = [sum(p.is_figure for p in row) for row in pieces]
    tables: list[RawTable] = []
    taken: set[int] = set()
    start = 0
    while start < len(lines):
        if figures[start] < _COLUMNS_RULED or start in taken:
            start += 1
            continue
        last, rows = _run(lines, pieces, figures, start)
        enclosed = _enclosing(across, lines[start], lines[last])
        found = _table(lines, pieces, rows, start, last, _COLUMNS_RULED if enclosed else _COLUMNS, taken)
        if found is not None:
            table, first = found
            table.page = table.last_page = page
            tables.append(table)
            taken.update(range(first, last + 1))
        start = last + 1
    return tables, [line for n, line in enumerate(lines) if n not in taken]


def _pieces(line: Line) -> list[_Piece]:
    if line.words[0].turn:
        return []
    found = [_Piece([line.words[0]], line)]
    for word in line.words[1:]:
        gap = word.x0 - found[-1].words[-1].x1
        if gap > max(5.0, _GAP * max(word.size, 6.0)):
            found.append(_Piece([word], line))
        else:
            found[-1].words.append(word)
    return found


def _run(
    lines: Sequence[Line], pieces: Sequence[list[_Piece]], figures: Sequence[int], start: int
) -> tuple[int, list[int]]:
    """Last line and the rows (lines with figures) of a run from `start`; between rows a label may run over lines."""
    rows, last, n = [start], start, start + 1
    while n < len(lines):
        height = max(lines[n].height, lines[n - 1].height)
        if lines[n].top - lines[n - 1].bottom > _NEAR * height:
            break
        if figures[n] >= _COLUMNS_RULED:
            rows.append(n)
            last = n
        elif len(pieces[n]) != 1 or n - last > 2 or not _under_label(pieces[n][0], pieces[last]):
            break
        n += 1
    tail = last + 1  # the rest of the last row's label
    while tail < n and tail - last <= 2 and pieces[tail][0].text[:1].islower():
        tail += 1
    return tail - 1, rows


def _under_label(piece: _Piece, row: Sequence[_Piece]) -> bool:
    """Whether a piece stands under the words before the figures of a row, and clear of the figures."""
    numbers = [p for p in row if p.is_figure]
    labels = [p for p in row if not p.is_figure]
    if not labels:
        return False
    right = min((p.x0 for p in numbers if p.x0 > labels[0].x1), default=labels[-1].x1)
    return piece.x0 >= labels[0].x0 - 12 and piece.x1 < right


def _enclosing(across: Sequence[Rule], first: Line, last: Line) -> bool:
    """Whether rules as wide as the rows stand both above and below them."""
    wide = [r for r in across if r.start <= first.x0 + 6 and r.end >= first.x1 - 6]
    above = any(first.top - 120 < r.at < first.top + 2 for r in wide)
    return above and any(last.bottom - 2 < r.at < last.bottom + 40 for r in wide)


def _table(
    lines: Sequence[Line],
    pieces: Sequence[list[_Piece]],
    rows: list[int],
    start: int,
    last: int,
    least: int,
    taken: set[int],
) -> tuple[RawTable, int] | None:
    """The table of a run and its first line, header included; None where the columns do not hold."""
    if len(rows) < _ROWS:
        return None
    columns = _columns([p for n in range(start, last + 1) for p in pieces[n]])
    if columns is None:
        return None
    counts = [0] * len(columns)
    for n in rows:
        for p in pieces[n]:
            if p.is_figure:
                counts[_column(columns, p)] += 1
    if sum(count >= _ROWS for count in counts) < least or sum(counts) < least * len(rows):
        return None
    first = start
    while first > 0 and first - 1 not in taken and start - first < _HEADER_LINES:
        gap = lines[first].top - lines[first - 1].bottom
        if gap > _NEAR * lines[first].height or not _heads(pieces[first - 1], columns):
            break
        first -= 1
    edges = _edges(columns)
    cells = _header_cells(pieces[first:start], columns, edges)
    head = max((c.row + 1 for c in cells), default=0)
    cells += _row_cells(pieces, rows, start, last, columns, edges, head)
    table = RawTable(head + len(rows), edges, cells, lines[first].top, lines[last].bottom, ruled=False)
    return table, first


def _columns(pieces: Sequence[_Piece]) -> list[tuple[float, float]] | None:
    """Columns as the stretches that pieces cover; None where words reach from one column of figures into another."""
    figures = _stretches(p for p in pieces if p.is_figure)
    columns = _stretches(pieces)
    for x0, x1 in columns:
        if sum(x0 <= a and b <= x1 for a, b in figures) > 1:
            return None
    return columns if len(columns) >= 2 else None


def _stretches(pieces: Iterable[_Piece]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for x0, x1 in sorted((p.x0, p.x1) for p in pieces):
        if found and x0 < found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], x1))
        else:
            found.append((x0, x1))
    return found


def _column(columns: Sequence[tuple[float, float]], piece: _Piece) -> int:
    middle = (piece.x0 + piece.x1) / 2
    return min(range(len(columns)), key=lambda k: max(columns[k][0] - middle, middle - columns[k][1], 0))


def _heads(row: Sequence[_Piece], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether a line over the rows is part of their header: words over several columns, or over some right of the first,
    and no sentence that runs on from the left margin."""
    if not row:
        return False
    spread = [_spans(p, columns) for p in row]
    if len(row) >= 2:
        return all(a[1] <= b[0] for a, b in pairwise(spread))
    return row[0].x0 > columns[0][1] and row[0].x1 < columns[-1][1] + 20 and len(row[0].words) <= 10


def _spans(piece: _Piece, columns: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """First column and end of the columns under a piece of the header."""
    under = [k for k, (x0, x1) in enumerate(columns) if min(x1, piece.x1) - max(x0, piece.x0) > 0.4 * (x1 - x0)]
    if not under:
        k = _column(columns, piece)
        return k, k + 1
    return under[0], under[-1] + 1


def _span_in(line: Sequence[_Piece], n: int, columns: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """Columns under piece `n` of a header line that has lines under it: those in whose middle it stands."""
    spans = [_spans(p, columns) for p in line]
    start, end = spans[n]
    low = spans[n - 1][1] if n else 1
    high = spans[n + 1][0] if n + 1 < len(spans) else len(columns)
    middle = (line[n].x0 + line[n].x1) / 2
    while start > low and line[n].x0 < (columns[start - 1][1] + columns[start][0]) / 2 - _REACH:
        start -= 1
    while end < high and line[n].x1 > (columns[end - 1][1] + columns[end][0]) / 2 + _REACH:
        end += 1
    best, off = (start, end), abs(columns[start][0] + columns[end - 1][1] - 2 * middle) / 2
    for a in range(min(low, start), start + 1):
        for b in range(end, max(high, end) + 1):
            distance = abs(columns[a][0] + columns[b - 1][1] - 2 * middle) / 2
            if distance + 6 < off:
                best, off = (a, b), distance
    return best


def _edges(columns: Sequence[tuple[float, float]]) -> list[float]:
    between = [(a[1] + b[0]) / 2 for a, b in pairwise(columns)]
    return [columns[0][0] - 3, *between, columns[-1][1] + 3]


def _header_cells(
    header: Sequence[list[_Piece]], columns: Sequence[tuple[float, float]], edges: list[float]
) -> list[RawCell]:
    """Cells of the lines over the rows: pieces over one column are one cell, one over several begins a row of its own."""
    columns = list(columns)
    if header:
        for piece in header[-1]:
            k, end = _spans(piece, columns)
            if end == k + 1:
                columns[k] = min(columns[k][0], piece.x0), max(columns[k][1], piece.x1)
    cells: list[RawCell] = []
    row = 0
    for number, line in enumerate(header):
        upper = number < len(header) - 1 and len(line) < len(columns) - 1
        for n, piece in enumerate(line):
            start, end = _span_in(line, n, columns) if upper else _spans(piece, columns)
            above = next((c for c in reversed(cells) if c.column < end and start < c.column + c.column_span), None)
            if above is not None and (above.column, above.column_span) == (start, end - start):
                above.lines.append(Line(piece.words))
                continue
            at = 0 if above is None else above.row + 1
            row = max(row, at)
            cells.append(RawCell(at, start, 1, end - start, [Line(list(piece.words))], edges[start], edges[end]))
    for cell in cells:  # what has nothing under it reaches down to the rows
        under = [
            c.row
            for c in cells
            if c.row > cell.row and c.column < cell.column + cell.column_span and cell.column < c.column + c.column_span
        ]
        cell.row_span = (min(under) if under else row + 1) - cell.row
    return cells


def _row_cells(
    pieces: Sequence[list[_Piece]],
    rows: Sequence[int],
    start: int,
    last: int,
    columns: Sequence[tuple[float, float]],
    edges: list[float],
    head: int,
) -> list[RawCell]:
    """Cells of the rows; a line without figures goes on with the row above."""
    cells: dict[tuple[int, int], RawCell] = {}
    at = head - 1
    for n in range(start, last + 1):
        at += n in rows
        for piece in pieces[n]:
            k = _column(columns, piece)
            cell = cells.setdefault((at, k), RawCell(at, k, 1, 1, [], edges[k], edges[k + 1]))
            if cell.lines and cell.lines[-1].base == piece.line.base:
                cell.lines[-1].words += piece.words
            else:
                cell.lines.append(Line(list(piece.words)))
    return list(cells.values())
