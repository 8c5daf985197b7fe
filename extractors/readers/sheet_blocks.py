"""Where a sheet's cells are text and where they are a table.

A sheet is one grid for everything that stands on it: letterhead, titles, the table, notes, signatures. What is ruled
(vertical lines left and right of most cells of a row) is table. Without rules a table begins at the first rows of several
cells that are no letterhead, and ends before the single cells and the signatures at its end. An empty row parts two
things, unless what follows goes on with the table above: figures at once, under no heading of their own.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from extractors import limits
from extractors.errors import Unreadable
from extractors.model import Cell, Paragraph, Passage, Table
from extractors.readers.layout import is_head, is_layout
from extractors.readers.progress import tick
from extractors.readers.sheets import Counter, Sheet, SheetCell, given_name

_FIGURE: Final = re.compile(r"[-+–(]?\d[\d.,\s]*%?\)?(?:\s*/\s*\d[\d.,\s]*)?")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_CODE_HEAD: Final = re.compile(r"(?i)(?:stt|tt|số tt|số thứ tự|mã số|mã|mục|ký hiệu)\.?")
_LABEL: Final = re.compile(r"[^\W_][^:\n]{0,78}[^:.;\n]")
_HEAD_CELLS: Final = 3  # most cells in a row of a letterhead or a form's head
_HEAD_ROWS: Final = 12


@dataclass(frozen=True, slots=True)
class Line:
    """The cells that begin in one row. `gap`: an empty row parts it from the one before; `ruled`: it is in a ruled grid;
    `under`: a cell from above reaches into it."""

    row: int
    cells: tuple[SheetCell, ...]
    gap: bool
    ruled: bool
    under: bool

    @property
    def solo(self) -> bool:
        return len(self.cells) == 1 and not self.under

    @property
    def figures(self) -> int:
        """How many cells behind the first are figures."""
        return sum(bool(_FIGURE.fullmatch(cell.text)) for cell in self.cells[1:])


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines that are one table, or text."""

    lines: tuple[Line, ...]
    table: bool


def blocks_of(cells: Sequence[SheetCell], sheet: Sheet, counter: Counter) -> Iterator[Paragraph | Table]:
    """Paragraphs and tables of one sheet in reading order. `cells` are its visible ones, in reading order.

    Raises Unreadable: table_too_wide, too_large.
    """
    pieces = _joined([piece for block in _blocks(_lines(cells, sheet)) for piece in _pieces(block)])
    name = given_name(sheet, cells)
    if name and any(p.table for p in pieces) and not (not pieces[0].table and is_head(_texts(pieces[0].lines))):
        yield counter.paragraph(name)
    for piece in pieces:
        tick()
        if not piece.table:
            yield from _paragraphs(piece.lines, counter)
            continue
        for lines in _side_by_side(piece.lines):
            if is_layout(_texts(lines)):
                yield from _paragraphs(lines, counter)
            else:
                counter.tables += 1
                yield _table(lines, f"t{counter.tables}")


# --- lines and pieces ----------------------------------------------------------------------------------------------


def _lines(cells: Sequence[SheetCell], sheet: Sheet) -> list[Line]:
    """The rows that hold cells."""
    rows: dict[int, list[SheetCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    lines: list[Line] = []
    reach = before = -1
    for row, held in sorted(rows.items()):
        ruled = [cell for cell in held if _is_ruled(cell, sheet)]
        gap = bool(lines) and _is_gap(sheet, max(before, reach), row)
        lines.append(Line(row, tuple(held), gap, 2 * len(ruled) >= len(held) and bool(ruled), reach >= row))
        reach = max(reach, *(cell.bottom for cell in held))
        before = row
    return lines


def _is_ruled(cell: SheetCell, sheet: Sheet) -> bool:
    edges = sheet.edges.get(cell.row, 0)
    return bool(edges >> cell.column & 1 and edges >> (cell.right + 1) & 1)


def _is_gap(sheet: Sheet, before: int, row: int) -> bool:
    """Whether an empty row that is shown stands between two rows; one with rules is a row of the form left empty."""
    between = range(before + 1, row)
    if len(between) > limits.MAX_TABLE_CELLS:
        return True
    return any(r not in sheet.hidden_rows and sheet.edges.get(r, 0).bit_count() < 2 for r in between)


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in lines:
        if line.gap and block:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _pieces(block: Sequence[Line]) -> Iterator[Piece]:
    """A block without empty rows as tables and text."""
    flags = [line.ruled for line in block]
    for n, line in enumerate(block):  # a heading or a total that somebody left outside the frame
        if not flags[n] and not line.solo and len(line.cells) >= _HEAD_CELLS:
            above = n + 1 < len(block) and block[n + 1].ruled and not is_layout(_texts([line]))
            below = n > 0 and block[n - 1].ruled and line.figures > 0
            flags[n] = above or below
    start = 0
    for n in range(1, len(block) + 1):
        if n == len(block) or flags[n] != flags[start]:
            lines = block[start:n]
            yield from [Piece(tuple(lines), True)] if flags[start] else _loose(lines)
            start = n


def _loose(lines: Sequence[Line]) -> Iterator[Piece]:
    """Lines without rules: text, then a table to the end but for single cells and signatures behind it."""
    groups = _groups(lines)
    begin = next((n for n, g in enumerate(groups) if not g[0].solo and not is_layout(_texts(g))), len(groups))
    end = len(groups)
    while end > begin + 1 and (groups[end - 1][0].solo or is_layout(_texts(groups[end - 1]))):
        end -= 1
    if end < len(groups) and _are_rows(groups[end], groups[begin:end]):
        end += 1
    yield from (Piece(tuple(g), False) for g in groups[:begin])
    table = [line for g in groups[begin:end] for line in g]
    if table:
        head = _head_rows(table)
        if head:
            yield Piece(tuple(table[:head]), False)
        yield Piece(tuple(table[head:]), True)
    yield from (Piece(tuple(g), False) for g in groups[end:])


def _are_rows(lines: Sequence[Line], table: Sequence[Sequence[Line]]) -> bool:
    """Whether single cells right below a table are its last rows, their figures left empty: short names in the columns of
    its labels, none of them a note or a signature."""
    starts = sorted({cell.column for group in table for line in group for cell in line.cells})[:2]
    return all(
        cell.column in starts and cell.column_span == 1 and _LABEL.fullmatch(cell.text) and not cell.text.isupper()
        for line in lines
        for cell in line.cells
    )


def _groups(lines: Sequence[Line]) -> list[list[Line]]:
    """Runs of lines of one cell, and of several."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and groups[-1][0].solo == line.solo:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _head_rows(lines: Sequence[Line]) -> int:
    """How many lines of a run are the letterhead or form's head right above its table: none reaches into the next line,
    and the table has more columns."""
    for count in range(min(_HEAD_ROWS, len(lines) - 1), 0, -1):
        head, below = lines[:count], lines[count]
        most = max(len(line.cells) for line in head)
        if below.under or most > _HEAD_CELLS or len(below.cells) <= most:
            continue
        if is_head(_texts(head)):
            return count
    return 0


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces with a table that goes on below an empty row put together."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].table and piece.table and _goes_on(joined[-1].lines, piece.lines):
            joined[-1] = Piece(joined[-1].lines + piece.lines, True)
        else:
            joined.append(piece)
    return joined


def _goes_on(above: Sequence[Line], below: Sequence[Line]) -> bool:
    left, right = _extent(above)
    first, last = _extent(below)
    told = [cell.text for cell in below[0].cells[1:] if _FIGURE.fullmatch(cell.text)]
    headed = all(_YEAR.fullmatch(text) for text in told)  # "Chỉ tiêu | 2022 | 2023" heads a table of its own
    return not headed and left <= first and last <= right


def _extent(lines: Sequence[Line]) -> tuple[int, int]:
    cells = [cell for line in lines for cell in line.cells]
    return min(c.column for c in cells), max(c.right for c in cells)


def _side_by_side(lines: Sequence[Line]) -> list[list[Line]]:
    """The tables that stand beside each other, an empty column between them; mostly one."""
    cells = sorted((cell for line in lines for cell in line.cells), key=lambda c: c.column)
    cuts, reach = [], cells[0].right
    for cell in cells:
        if cell.column > reach + 1:
            cuts.append(cell.column)
        reach = max(reach, cell.right)
    parts = [_within(lines, left, right) for left, right in zip([0, *cuts], [*cuts, 1 << 20], strict=True)]
    whole = all(len(p) > 1 and p[0].row == lines[0].row and len(p[0].cells) > 1 for p in parts)
    return parts if cuts and whole else [list(lines)]


def _within(lines: Sequence[Line], left: int, right: int) -> list[Line]:
    kept = [replace(line, cells=tuple(c for c in line.cells if left <= c.column < right)) for line in lines]
    return [line for line in kept if line.cells]


# --- blocks --------------------------------------------------------------------------------------------------------


def _texts(lines: Sequence[Line]) -> list[list[str]]:
    """Rows of texts, a column for every place at which a cell begins."""
    columns = {c: n for n, c in enumerate(_columns(lines))}
    rows = [[""] * len(columns) for _ in lines]
    for row, line in zip(rows, lines, strict=True):
        for cell in line.cells:
            row[columns[cell.column]] = cell.text
    return rows


def _columns(lines: Sequence[Line]) -> list[int]:
    """The columns at which cells begin. Raises Unreadable: table_too_wide, too_large."""
    columns = sorted({cell.column for line in lines for cell in line.cells})
    if len(columns) > limits.MAX_TABLE_COLUMNS:
        raise Unreadable("table_too_wide", f"{len(columns)} cột")
    if len(columns) * len(lines) > limits.MAX_TABLE_CELLS:
        raise Unreadable("too_large", f"bảng hơn {limits.MAX_TABLE_CELLS} ô")
    return columns


def _paragraphs(lines: Sequence[Line], counter: Counter) -> Iterator[Paragraph]:
    """Every line of every cell. Boxes that stand beside each other (a letterhead, signatures) are read one after the
    other, as in a document."""
    starts = sorted(c.column for c in max(lines, key=lambda line: len(line.cells)).cells)
    boxes: dict[int, list[SheetCell]] = {}
    for line in lines:
        for cell in line.cells:
            boxes.setdefault(max(0, bisect.bisect_right(starts, cell.column) - 1), []).append(cell)
    for _, cells in sorted(boxes.items()):
        for cell in cells:
            for text in cell.text.split("\n"):
                if text.strip():
                    yield counter.paragraph(text.strip(), cell)


def _table(lines: Sequence[Line], name: str) -> Table:
    """The grid. Columns and rows in which no cell begins cannot be told apart and are closed up, as in Word."""
    rows = [line.row for line in lines]
    columns = _columns(lines)
    coded = _code_columns(lines)
    cells = []
    for r, line in enumerate(lines):
        for cell in line.cells:
            c = bisect.bisect_left(columns, cell.column)
            row_span = bisect.bisect_right(rows, cell.bottom) - r
            column_span = bisect.bisect_right(columns, cell.right) - c
            text = cell.text.replace(",", ".") if cell.decimal and cell.column in coded else cell.text
            cells.append(Cell(r, c, Passage(text, f"{name}/r{r + 1}/c{c + 1}"), row_span, column_span))
    return Table(name, len(rows), len(columns), tuple(cells))


def _code_columns(lines: Sequence[Line]) -> set[int]:
    """Columns of row codes: in them the number 1.1 is the code "1.1", no one and a tenth."""
    return {
        cell.column
        for line in lines[:_HEAD_CELLS]
        for cell in line.cells
        if _CODE_HEAD.fullmatch(" ".join(cell.text.split()))
    }
