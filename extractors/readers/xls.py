"""Workbooks of Excel 95 to 2003 (.xls), read by xlrd: the same values and the same print as of `.xlsx`."""

from __future__ import annotations

import io
from datetime import datetime, time, timedelta
from typing import Any, Final

import xlrd

from extractors import limits
from extractors.errors import Unreadable
from extractors.readers.cell_text import printed
from extractors.readers.containers import ole_holds
from extractors.readers.progress import tick
from extractors.readers.sheets import Book, Notes, Sheet, SheetCell, address, clean, shows

_TICK_EVERY: Final = 500  # rows
_EMPTY: Final = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
_CENTRED: Final = (2, 6)  # in the cell, across a selection ([MS-XLS] 2.5.108 HorizAlign)
_BOLD: Final = 600
_ELSEWHERE: Final = (xlrd.book.SUPBOOK_EXTERNAL, xlrd.book.SUPBOOK_DDEOLE)


def fill(data: bytes) -> Book:
    """The sheets that the workbook shows. Raises Unreadable: encrypted, corrupt, too_large."""
    try:
        found = xlrd.open_workbook(
            file_contents=data, logfile=io.StringIO(), formatting_info=True, on_demand=True, ragged_rows=True
        )
    except xlrd.XLRDError as error:
        raise _refusal(error) from error
    book = Book()
    if ole_holds(data, "_VBA_PROJECT_CUR"):
        book.notes.add("macro")
    if any(kind in _ELSEWHERE for kind in getattr(found, "_supbook_types", ())):
        book.notes.add("external_link")
    left = limits.MAX_SHEET_CELLS
    for number in range(found.nsheets):
        tick()
        if len(book.sheets) == limits.MAX_SHEETS:
            book.notes.add("sheets_left_out")
            break
        try:
            raw = found.sheet_by_index(number)
        except xlrd.XLRDError as error:
            raise _refusal(error) from error
        if raw.visibility:
            book.notes.add("hidden_sheet", clean(raw.name)[:60])
        else:
            book.sheets.append(_sheet(found, raw, left, book.notes))
            left -= len(book.sheets[-1].cells)
        found.unload_sheet(number)
    return book


def _refusal(error: Exception) -> Unreadable:
    said = str(error)
    return Unreadable("encrypted") if "encrypted" in said.lower() else Unreadable("corrupt", said[:200])


def _sheet(book: Any, raw: Any, allowed: int, notes: Notes) -> Sheet:
    sheet = Sheet(raw.name)
    rows, columns = raw.rowinfo_map, raw.colinfo_map
    sheet.hidden_columns = sum(1 << c for c, info in columns.items() if info.hidden or not info.width)
    sheet.merges = [(top, left, bottom - 1, right - 1) for top, bottom, left, right in raw.merged_cells]
    if len(sheet.merges) > limits.MAX_SHEET_MERGES:
        raise Unreadable("too_large", f"hơn {limits.MAX_SHEET_MERGES} vùng ô gộp")
    for row in range(raw.nrows):
        if row % _TICK_EVERY == 0:
            tick()
        info = rows.get(row)
        if raw.default_row_hidden if info is None else info.hidden or info.height == 0:
            sheet.hidden_rows.add(row)
        for column, (kind, value) in enumerate(zip(raw.row_types(row), raw.row_values(row), strict=True)):
            _take(book, raw, sheet, notes, (row, column, kind, value))
        if len(sheet.cells) > allowed:
            raise Unreadable("too_large", f"hơn {limits.MAX_SHEET_CELLS} ô có nội dung")
    return sheet


def _take(book: Any, raw: Any, sheet: Sheet, notes: Notes, cell: tuple[int, int, int, Any]) -> None:
    """A cell's rules and print. `cell` is row, column, xlrd's type and value."""
    row, column, kind, value = cell
    xf = book.xf_list[raw.cell_xf_index(row, column)]
    bits = int(bool(xf.border.left_line_style)) | int(bool(xf.border.right_line_style)) << 1
    if bits:
        sheet.edges[row] = sheet.edges.get(row, 0) | bits << column
    if kind in _EMPTY:
        return
    found = book.format_map.get(xf.format_key)
    code = found.format_str if found is not None else "General"
    error = kind == xlrd.XL_CELL_ERROR
    if kind == xlrd.XL_CELL_DATE:
        value, error = _moment(value, code, book.datemode)
    elif kind == xlrd.XL_CELL_BOOLEAN:
        value = bool(value)
    there = notes if shows(sheet, row, column) else Notes()
    text = printed(value, error, code, address(raw.name, row, column), there)
    if text:
        font = book.font_list[xf.font_index]
        sheet.cells[row, column] = SheetCell(
            row,
            column,
            text,
            bold=font.weight >= _BOLD,
            centred=xf.alignment.hor_align in _CENTRED,
            decimal=code == "General" and "," in text and kind == xlrd.XL_CELL_NUMBER,
            font=font.name,
        )


def _moment(value: float, code: str, mode: int) -> tuple[datetime | time | timedelta | None, bool]:
    """A date cell's value, and whether no calendar has it."""
    if "[h" in code.lower() or "[m" in code.lower():
        return timedelta(days=value), False
    try:
        if 0 <= value < 1:
            return (datetime(2000, 1, 1) + timedelta(days=value)).time(), False
        return xlrd.xldate.xldate_as_datetime(value, mode), False
    except (OverflowError, ValueError, xlrd.xldate.XLDateError):
        return None, True
