"""A Word table on its true grid: spans, vertical merges and the gaps before and after a row.

Word's own grid has a column for every cell edge that any row ever had; a column at which no cell begins cannot be
seen and is closed up, and so is a sliver left by dragging an edge.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from extractors import limits
from extractors.errors import Unreadable
from extractors.readers.docx_names import MC, VAL, W, branch, child, flag, value, whole
from extractors.readers.docx_text import DELETED, INSERTED, THROUGH

_SLIVER: Final = 60  # twips (1/20 point), about a millimetre: edges nearer than this are one to the eye
_SPANS: Final = (f"{W}gridSpan", f"{W}hMerge", f"{W}vMerge")
_CELL: Final = f"{W}tc"
_ROW: Final = f"{W}tr"


@dataclass(slots=True)
class Slot:
    """A cell at its top left grid position (0-based). `covered` are cells merged into it, which Word does not show."""

    row: int
    column: int
    row_span: int
    column_span: int
    cell: etree._Element
    merge: str | None = None  # "restart" or "continue", where the cell is part of a vertical merge
    covered: list[etree._Element] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Grid:
    """Slots in reading order on `n_rows` x `n_columns` positions."""

    n_rows: int
    n_columns: int
    slots: tuple[Slot, ...]


def flat(parent: etree._Element, wanted: frozenset[str], warn: Callable[[str], None]) -> Iterator[etree._Element]:
    """The `wanted` elements below `parent` in order, through content controls, insertions and alternatives."""
    for part in parent:
        tag = part.tag
        if tag in wanted:
            yield part
        elif tag in THROUGH:
            yield from flat(part, wanted, warn)
        elif tag in INSERTED:
            warn("tracked_changes")
            yield from flat(part, wanted, warn)
        elif tag in DELETED:
            warn("tracked_changes")
        elif tag == f"{MC}AlternateContent":
            chosen = branch(part)
            if chosen is not None:
                yield from flat(chosen, wanted, warn)
        elif tag == f"{W}altChunk":
            warn("unread_part")


def read_grid(table: etree._Element, warn: Callable[[str], None]) -> Grid:
    """The grid of a w:tbl. Raises Unreadable: table_too_wide before a cell beyond the limit is made, too_large."""
    slots: list[Slot] = []
    n_rows = width = 0
    merges: dict[int, Slot] = {}
    for row in flat(table, frozenset({_ROW}), warn):
        if _is_gone(row, warn):
            continue
        cells = list(_row_slots(row, n_rows, warn))
        end = _row_end(row, cells)
        width = max(width, end)
        merges = {slot.column: slot for slot in _merged(cells, merges, slots)}
        n_rows += 1
        if n_rows * width > limits.MAX_TABLE_CELLS:
            raise Unreadable("too_large", f"bảng hơn {limits.MAX_TABLE_CELLS} ô")
    edges = _edges(slots, _widths(table))
    for slot in slots:
        first = bisect.bisect_right(edges, slot.column) - 1
        last = bisect.bisect_left(edges, slot.column + slot.column_span)
        slot.column, slot.column_span = first, max(1, last - first)
    return Grid(n_rows, len(edges), tuple(slots))


def _is_gone(row: etree._Element, warn: Callable[[str], None]) -> bool:
    """A row whose deletion is tracked, or that is hidden."""
    props = child(row, "trPr")
    if props is None:
        return False
    if child(props, "ins") is not None:
        warn("tracked_changes")
    if child(props, "del") is not None:
        warn("tracked_changes")
        return True
    if flag(props, "hidden"):
        warn("hidden_text")
        return True
    return False


def _row_slots(row: etree._Element, at: int, warn: Callable[[str], None]) -> Iterator[Slot]:
    """The cells of a row at their grid columns; horizontal merges of the old kind are joined to their first cell."""
    column = _within(whole(value(child(row, "trPr"), "gridBefore"), 0), 0)
    plain = next(row.iter(*_SPANS), None) is None  # one look at the row spares one at each cell
    first: Slot | None = None
    for cell in flat(row, frozenset({_CELL}), warn):
        span, joined, merge = (1, False, None) if plain else _cell_props(cell)
        _within(span, column)
        if joined and first is not None:
            first.column_span += span
            first.covered.append(cell)
        else:
            if first is not None:
                yield first
            first = Slot(at, column, 1, span, cell, merge)
        column += span
    if first is not None:
        yield first
    _within(0, column)


def _cell_props(cell: etree._Element) -> tuple[int, bool, str | None]:
    """Columns that a cell takes, whether it continues the one before it, and its part in a vertical merge."""
    span, joined, merge = 1, False, None
    props = child(cell, "tcPr")
    for entry in props.iterchildren(*_SPANS) if props is not None else ():
        if entry.tag == _SPANS[0]:
            span = max(1, whole(entry.get(VAL), 1))
        elif entry.tag == _SPANS[1]:
            joined = entry.get(VAL) != "restart"
        else:
            merge = "restart" if entry.get(VAL) == "restart" else "continue"
    return span, joined, merge


def _within(count: int, column: int) -> int:
    if column + count > limits.MAX_TABLE_COLUMNS:
        raise Unreadable("table_too_wide", f"{column + count} cột, tối đa {limits.MAX_TABLE_COLUMNS}")
    return max(0, count)


def _row_end(row: etree._Element, cells: list[Slot]) -> int:
    after = whole(value(child(row, "trPr"), "gridAfter"), 0)
    end = cells[-1].column + cells[-1].column_span if cells else 0
    return end + _within(after, end)


def _merged(cells: list[Slot], above: dict[int, Slot], slots: list[Slot]) -> Iterator[Slot]:
    """Add the row's own cells to `slots` and lengthen those that it continues; yields what the next row may continue."""
    for slot in cells:
        top = above.get(slot.column)
        if slot.merge is None:
            slots.append(slot)
        elif slot.merge == "restart" or top is None or top.column_span != slot.column_span:
            slots.append(slot)
            yield slot
        else:
            top.row_span += 1
            top.covered.append(slot.cell)
            yield top


def _widths(table: etree._Element) -> list[int]:
    grid = table.find(f"{W}tblGrid")
    columns = grid.findall(f"{W}gridCol") if grid is not None else []
    return [max(0, whole(c.get(f"{W}w"), _SLIVER)) for c in columns[: limits.MAX_TABLE_COLUMNS]]


def _edges(slots: list[Slot], widths: list[int]) -> list[int]:
    """Grid columns at which a visible column begins, ascending.

    Two edges with a sliver between them are one, unless a cell stands in the sliver alone.
    """
    starts = sorted({slot.column for slot in slots})
    taken = {(slot.column, slot.column + slot.column_span) for slot in slots}
    kept: list[int] = []
    for start in starts:
        near = bool(kept) and start <= len(widths) and sum(widths[kept[-1] : start]) < _SLIVER
        if not near or (kept[-1], start) in taken:
            kept.append(start)
    return kept
