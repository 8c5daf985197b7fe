"""An HTML table on its true grid: colspan and rowspan laid out as a browser does it (HTML Living Standard 4.9.12)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from extractors.errors import Unreadable
from extractors.limits import MAX_TABLE_CELLS, MAX_TABLE_COLUMNS
from extractors.model import Cell, Passage, Table

_PAGE_CELL = 3_000  # characters; a cell with more, or with headings, holds a page's column, not a figure


def is_layout(table: etree._Element) -> bool:
    """Whether a table only places parts of a page: it holds other tables, headings, or a single filled cell."""
    if table.get("role") in ("presentation", "none") or next(table.iterdescendants("table"), None) is not None:
        return True
    if next(table.iterdescendants("h1", "h2", "h3"), None) is not None:
        return True
    filled = 0
    for cell in table.iterdescendants("td", "th"):
        length = sum(len(text.strip()) for text in cell.itertext())
        if length > _PAGE_CELL:
            return True
        filled += length > 0
    return filled < 2


def build(
    element: etree._Element,
    locator: str,
    text_of: Callable[[etree._Element], str],
    hidden: Callable[[etree._Element], bool],
) -> Table | None:
    """The table, or None without filled cells. Raises Unreadable: table_too_wide, too_large."""
    rows = [row for row in element.iterdescendants("tr") if not hidden(row)]
    cells: list[Cell] = []
    width = 0
    for row, column, across, down, cell in _placed(rows, hidden):
        width = max(width, column + across)
        if width > MAX_TABLE_COLUMNS:
            raise Unreadable("table_too_wide", f"hơn {MAX_TABLE_COLUMNS} cột")
        if width * len(rows) > MAX_TABLE_CELLS:
            raise Unreadable("too_large", f"bảng {len(rows)} dòng")
        text = text_of(cell)
        if text:
            cells.append(Cell(row, column, Passage(text, f"{locator}/r{row + 1}/c{column + 1}"), down, across))
    return Table(locator, len(rows), width, tuple(cells)) if cells else None


def _placed(
    rows: list[etree._Element], hidden: Callable[[etree._Element], bool]
) -> Iterator[tuple[int, int, int, int, etree._Element]]:
    """Row, column, columns and rows covered, and the element of every cell."""
    covered: dict[int, int] = {}  # column -> first row that no cell from above reaches
    for r, row in enumerate(rows):
        column = 0
        for cell in row.iterchildren("td", "th"):
            if hidden(cell):
                continue
            while covered.get(column, 0) > r:
                column += 1
            across = _span(cell.get("colspan"))
            down = _span(cell.get("rowspan"), zero=len(rows))
            if column + across > MAX_TABLE_COLUMNS:
                raise Unreadable("table_too_wide", f"{column + across} cột")
            down = min(down, len(rows) - r)
            if down > 1:
                covered.update(dict.fromkeys(range(column, column + across), r + down))
            yield r, column, across, down, cell
            column += across


def _span(text: str | None, zero: int = 1) -> int:
    """A span attribute; nonsense counts as 1, a rowspan of 0 reaches to the end."""
    match = re.match(r"\s*(\d{1,9})", text or "")
    if match is None:
        return 1
    return int(match[1]) or zero
