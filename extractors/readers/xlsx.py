"""Workbooks of Excel (.xlsx, .xlsm): openpyxl reads the cells of a package that `xlsx_parts` has checked and made plain.

Values are those that Excel shows: of a formula the result that was stored with it, of a number its print under the cell's
format (`number_format`). A formula without a stored result is an empty cell: nothing is worked out here. Charts, pictures,
links and macros stay unread.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any, Final

from openpyxl import load_workbook

from extractors.readers.cell_text import printed
from extractors.readers.progress import tick
from extractors.readers.sheets import Book, Notes, Sheet, SheetCell, address, clean, shows
from extractors.readers.xlsx_parts import Parts, open_parts
from extractors.readers.xlsx_stream import RawSheet, unescaped
from extractors.readers.xlsx_styles import Style

_TICK_EVERY: Final = 5_000  # cells


def fill(data: bytes) -> Book:
    """The sheets that the workbook shows.

    Raises Unreadable: corrupt, ambiguous, zip_bomb, too_large, encrypted, dtd_present, too_deep, unsupported (.xlsb).
    """
    parts = open_parts(data)
    book = Book()
    for code in parts.warnings:
        book.notes.add(code)
    for name in parts.hidden:
        book.notes.add("hidden_sheet", clean(name)[:60])
    if not parts.sheets:
        return book
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of dates that no calendar has; they come as errors anyway
        cells = load_workbook(parts.package, data_only=True, keep_links=False)
    for raw in parts.sheets:
        tick()
        book.sheets.append(_sheet(raw, parts, cells[raw.title], book.notes))
    return book


def _sheet(raw: RawSheet, parts: Parts, cells: Any, notes: Notes) -> Sheet:
    sheet = Sheet(
        raw.name,
        merges=raw.merges,
        edges=raw.edges,
        hidden_rows=raw.hidden_rows,
        hidden_columns=raw.hidden_columns,
    )
    for row, column in raw.uncounted:
        if shows(sheet, row, column):
            notes.add("formula_without_value", address(raw.name, row, column))
    for row, column, value, kind in _values(cells):
        look = parts.styles.of(raw.styles.get((row, column), 0))
        value = unescaped(value) if isinstance(value, str) else value
        there = notes if shows(sheet, row, column) else Notes()
        text = printed(value, kind == "e", look.code, address(raw.name, row, column), there)
        if text:
            sheet.cells[row, column] = _cell(row, column, text, value, look)
    return sheet


def _values(cells: Any) -> Iterator[tuple[int, int, Any, str]]:
    """Row and column (0-based), value and data type. `_cells` holds the filled cells; to iterate over rows would fill the
    whole rectangle that they span."""
    for n, ((row, column), cell) in enumerate(cells._cells.items()):
        if n % _TICK_EVERY == 0:
            tick()
        if cell.value is not None:
            yield row - 1, column - 1, cell.value, cell.data_type


def _cell(row: int, column: int, text: str, value: Any, look: Style) -> SheetCell:
    decimal = look.code == "General" and "," in text and not isinstance(value, str)
    return SheetCell(row, column, text, bold=look.bold, centred=look.centred, decimal=decimal, font=look.font)
