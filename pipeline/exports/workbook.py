"""The public views as one workbook, a sheet a view: numbers as numbers, days as days, and every text a text.

Nothing that stands in a report can become a formula, a link or mark-up of the file: each cell is written by its type, never
guessed from what it says. Rows go to the file as they come, whatever their number.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from pipeline.exports.json import clean
from pipeline.exports.parquet import VIEWS
from pipeline.exports.rows import value_of
from pipeline.exports.sheets import content
from pipeline.warehouse.lock import OnWait
from pipeline.warehouse.store import building

#: Limits of the format: rows of a sheet with its header, UTF-16 units of a cell, letters of a sheet's name.
SHEET_ROWS: Final = 1_048_576
CELL_UNITS: Final = 32_767
NAME_LETTERS: Final = 31
_DIGITS: Final = 15  # a spreadsheet keeps no more of a number
_SHOWN_DIGITS: Final = 11  # it shows longer ones as 1.2E+11 unless told otherwise
_FIRST_DAY: Final = date(1900, 3, 1)  # before it Excel's calendar has a day that never was
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\n")
_FORMATS: Final[dict[str, dict[str, Any]]] = {
    "header": {"bold": True, "bottom": 1},
    "whole": {"num_format": "0"},
    "day": {"num_format": "dd/mm/yyyy"},
    "moment": {"num_format": "dd/mm/yyyy hh:mm:ss"},
    # Excel keeps such a text a text when someone edits the cell
    "guarded": {"quote_prefix": True},
}


def export_xlsx(warehouse: Path, file: Path, on_wait: OnWait | None = None) -> int:
    """Write every view of `VIEWS` to the new workbook `file` and return the number of rows; it is put in place whole.

    A sheet has the name of its view; where a view has more rows than a sheet holds, it goes on in "VIEW (2)". The first row
    names the columns, stays in sight and carries a filter. A number of more than 15 digits is a text, because a spreadsheet
    would round it; a text of more than 32,767 UTF-16 units is cut and ends in "…"; lists are JSON. Raises WarehouseError as
    `building` does.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    rows = 0
    with building(warehouse, file, on_wait) as (con, unfinished):
        unfinished.mkdir(parents=True)  # the library's own scratch files stand here too, and go with it
        whole = unfinished / "workbook.xlsx"
        options = {"constant_memory": True, "tmpdir": str(unfinished), "use_zip64": True}
        try:
            with Workbook(str(whole), options) as book:
                sheets = _Sheets(book)
                for view in VIEWS:
                    columns, found = content(con, view)
                    sheets.begin(view, columns)
                    for batch in found:
                        for row in batch:
                            sheets.add(row)
                        rows += len(batch)
                    sheets.end()
        except FileCreateError as error:
            raise OSError(str(error)) from error
        os.link(whole, file)
    return rows


def sheet_name(view: str, part: int) -> str:
    """A name that Excel admits: no []:*?/\\, no apostrophe at an end, 31 letters with the number of the part."""
    number = f" ({part})" if part > 1 else ""
    plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "_", view).strip("'") or "_"
    return plain[: NAME_LETTERS - len(number)] + number


class _Sheets:
    """Writes one view after another, on as many sheets as it takes."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._formats = {name: book.add_format(how) for name, how in _FORMATS.items()}
        self._view, self._columns, self._part = "", list[str](), 0
        self._sheet: Any = None
        self._row = 0

    def begin(self, view: str, columns: Sequence[str]) -> None:
        self._view, self._columns, self._part = view, list(columns), 0
        self._open()

    def add(self, values: Sequence[Any]) -> None:
        if self._row == SHEET_ROWS:
            self.end()
            self._open()
        for column, value in enumerate(values):
            self._write(column, value)
        self._row += 1

    def end(self) -> None:
        self._sheet.autofilter(0, 0, max(self._row - 1, 0), len(self._columns) - 1)

    def _open(self) -> None:
        self._part += 1
        self._sheet = self._book.add_worksheet(sheet_name(self._view, self._part))
        self._sheet.freeze_panes(1, 0)
        for column, name in enumerate(self._columns):
            self._sheet.set_column(column, column, max(12, len(name) + 4))  # room for the button of the filter
            self._sheet.write_string(0, column, name, self._formats["header"])
        self._row = 1

    def _write(self, column: int, value: Any) -> None:
        sheet, formats, at = self._sheet, self._formats, (self._row, column)
        if value is None:
            return
        if isinstance(value, str):  # first, being most of what there is
            self._write_text(column, value)
        elif isinstance(value, bool):
            sheet.write_boolean(*at, value)
        elif isinstance(value, int | Decimal | float) and (digits := _digits(value)) <= _DIGITS:
            long = digits > _SHOWN_DIGITS and value == int(value)
            sheet.write_number(*at, float(value), formats["whole"] if long else None)
        elif isinstance(value, datetime) and value.date() >= _FIRST_DAY:
            sheet.write_datetime(*at, value, formats["moment"])
        elif isinstance(value, date) and not isinstance(value, datetime) and value >= _FIRST_DAY:
            sheet.write_datetime(*at, value, formats["day"])
        else:
            self._write_text(column, value)

    def _write_text(self, column: int, value: Any) -> None:
        text = cell_text(value)
        guarded = self._formats["guarded"] if text.startswith(_FORMULA) else None
        self._sheet.write_string(self._row, column, text, guarded)


def _digits(number: int | Decimal | float) -> int:
    """Digits that it takes to write a number exactly in full, zeros at its end too; more than any limit for none at all."""
    value = Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
    if not value.is_finite():
        return _DIGITS + 1
    _, figures, exponent = value.normalize().as_tuple()
    return max(len(figures), len(figures) + int(exponent))


def cell_text(value: Any) -> str:
    """A value as the text of a cell: within the format's limit and without anything that its XML cannot carry."""
    plain = value_of(value)  # a text comes out clean
    text = clean(json.dumps(plain, ensure_ascii=False)) if isinstance(plain, list | dict) else str(plain)
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # the line end that a cell knows
    units = len(text.encode("utf-16-le")) // 2 if len(text) > CELL_UNITS // 2 else 0
    if units > CELL_UNITS:
        text = text.encode("utf-16-le")[: 2 * (CELL_UNITS - 1)].decode("utf-16-le", "ignore") + "…"
    # what looks like the library's own mark-up of coloured text it would write unescaped
    return f" {text}" if text.startswith("<r>") else text
