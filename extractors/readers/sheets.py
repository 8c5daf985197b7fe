"""Workbooks of every kind as one small model: what a sheet shows, cell by cell, and what had to be left out.

The readers of `.xlsx`, `.xls`, `.ods` and `.csv` fill `Sheet`s with printed text; `document` turns them into blocks. A sheet
costs what it holds: nothing here grows with the size that a sheet or a merged range claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from extractors import limits
from extractors.errors import Unreadable
from extractors.model import Document, Paragraph, Passage, Source, SourceWarning, Table
from extractors.readers.legacy import Verdicts, joined, told
from extractors.readers.progress import tick

_MERGE_STEPS: Final = 10 * limits.MAX_SHEET_CELLS  # positions looked at to find what merged ranges cover
_NAMED: Final = 5  # cells or sheets that a warning names
_DEFAULT_NAME: Final = re.compile(
    r"(?i)(?:sheet|trang[ _]?tính|worksheet|feuil|tabelle|table|bảng[ _]?tính)[ _]*\d*(?:\s*\(\d+\))?"
)
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
MESSAGES: Final = {
    "macro": "Tệp có macro; macro không được chạy.",
    "external_link": "Tệp trỏ tới tài nguyên bên ngoài; tài nguyên đó không được tải.",
    "embedded_object": "Tệp có đối tượng nhúng; nội dung bên trong không được đọc.",
    "unread_part": "Tệp có biểu đồ hoặc hình vẽ; nội dung trong đó không được đọc.",
    "hidden_sheet": "Trang tính ẩn không được đọc",
    "hidden_cells": "Dòng, cột hoặc ô ẩn không được đọc",
    "formula_without_value": "Ô có công thức chưa được tính, coi như ô trống; hãy mở bằng Excel rồi lưu lại",
    "formula_error": "Ô báo lỗi công thức (#REF!, #DIV/0!…), coi như ô trống",
    "hidden_decimals": "Ô đang hiển thị số đã làm tròn, phần thập phân bị ẩn; đã đọc số đang hiển thị",
    "sheets_left_out": f"Chỉ đọc {limits.MAX_SHEETS} trang tính đầu.",
    "no_text_layer": "Bảng tính không có ô nào có nội dung.",
}


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A filled cell at its place (0-based), merged over its spans. `decimal`: a number with a decimal mark that no format
    asked for, so that "1,1" may be the row code 1.1."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    bold: bool = False
    centred: bool = False
    decimal: bool = False
    font: str | None = None

    @property
    def bottom(self) -> int:
        return self.row + self.row_span - 1

    @property
    def right(self) -> int:
        return self.column + self.column_span - 1


@dataclass(slots=True)
class Sheet:
    """What one sheet holds.

    `merges` are (top, left, bottom, right), inclusive. `edges` has a bit set for every column of a row at whose left side
    a vertical border runs. `hidden_rows` lists the hidden ones among the rows that hold anything, `hidden_columns` has
    their bits.
    """

    name: str
    cells: dict[tuple[int, int], SheetCell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    edges: dict[int, int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: int = 0


@dataclass(slots=True)
class Notes:
    """Codes of `MESSAGES` with the places they were seen at, in the order met."""

    seen: dict[str, list[str]] = field(default_factory=dict)

    def add(self, code: str, place: str = "") -> None:
        """Note `code`, at a sheet or cell."""
        places = self.seen.setdefault(code, [])
        if place:
            places.append(place)

    def warnings(self) -> tuple[SourceWarning, ...]:
        """As the document carries them."""
        return tuple(SourceWarning(code, self._message(code, places)) for code, places in self.seen.items())

    def _message(self, code: str, places: list[str]) -> str:
        if not places:
            return MESSAGES[code]
        rest = len(places) - _NAMED
        more = f" và {rest} chỗ khác" if rest > 0 else ""
        return f"{MESSAGES[code]}: {', '.join(places[:_NAMED])}{more}."


@dataclass(slots=True)
class Book:
    """Sheets in their order, and what was left out of them."""

    sheets: list[Sheet] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)


Shown = tuple[Sheet, list[SheetCell]]


def column_letters(column: int) -> str:
    """0 is "A", 26 "AA"."""
    letters, number = "", column + 1
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def address(sheet: str, row: int, column: int) -> str:
    """A cell as Excel names it: "Phụ lục 1!C7"."""
    return f"{sheet}!{column_letters(column)}{row + 1}"


def clean(text: str) -> str:
    """A cell's text: line breaks as "\\n", no control characters, not longer than a cell may hold."""
    text = text[: limits.MAX_CELL_CHARS].replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _CONTROL.sub("", text).strip()


def document(book: Book, source: Source) -> Document:
    """The document that the visible cells of all sheets make.

    Locators count through all sheets: paragraphs "p1", cells "t1/r3/c2" (rows and columns of the table as it is shown,
    not of the sheet). The name of a sheet is a paragraph where somebody gave it one.

    Raises Unreadable: too_large, table_too_wide.
    """
    from extractors.readers.sheet_blocks import blocks_of

    warnings: list[SourceWarning] = []
    shown = _modern([(sheet, visible(sheet, book.notes)) for sheet in book.sheets], warnings)
    blocks: list[Paragraph | Table] = []
    counter = Counter()
    budget = limits.MAX_TEXT_BYTES
    for sheet, cells in shown:
        tick()
        budget -= sum(len(cell.text) for cell in cells)
        if budget < 0:
            raise Unreadable("too_large", "các trang tính có quá nhiều chữ")
        if cells:
            blocks += blocks_of(cells, sheet, counter)
    if not blocks:
        book.notes.add("no_text_layer")
    every = (*source.warnings, *book.notes.warnings(), *warnings)
    return Document(replace(source, pages=None, warnings=every), tuple(blocks))


def _modern(shown: list[Shown], warnings: list[SourceWarning]) -> list[Shown]:
    """The cells with texts in fonts of an old code converted, and a warning about it."""
    verdicts = Verdicts()
    for _, cells in shown:
        for cell in cells:
            verdicts.learn(cell.text, cell.font)
    if not verdicts.proved:
        return shown
    made = [(sheet, [_read(cell, verdicts) for cell in cells]) for sheet, cells in shown]
    if verdicts.used:
        warnings.append(told(tuple(sorted(verdicts.used))))
    return made


def _read(cell: SheetCell, verdicts: Verdicts) -> SheetCell:
    made = verdicts.read(cell.text, cell.font)
    return cell if made is None else replace(cell, text=joined(made))


@dataclass(slots=True)
class Counter:
    """Numbers of the paragraphs and tables so far."""

    paragraphs: int = 0
    tables: int = 0

    def paragraph(self, text: str, cell: SheetCell | None = None) -> Paragraph:
        """The next paragraph."""
        self.paragraphs += 1
        passage = Passage(text, f"p{self.paragraphs}")
        if cell is None:
            return Paragraph(passage)
        return Paragraph(passage, align="center" if cell.centred else None, bold=cell.bold)


def given_name(sheet: Sheet, cells: Iterable[SheetCell]) -> str:
    """The name of a sheet where somebody gave it one that its cells do not say themselves, else ""."""
    name = clean(sheet.name)
    said = name.casefold()
    if _DEFAULT_NAME.fullmatch(name) or sum(map(str.isalpha, name)) < 2:
        return ""
    return "" if any(" ".join(cell.text.split()).casefold() == said for cell in cells) else name


def shows(sheet: Sheet, row: int, column: int) -> bool:
    """Whether neither row nor column is hidden."""
    return row not in sheet.hidden_rows and not sheet.hidden_columns >> column & 1


def visible(sheet: Sheet, notes: Notes) -> list[SheetCell]:
    """The filled cells that the sheet shows, in reading order, merged ones with their spans. A merged cell whose first
    row or column is hidden is shown by the rest of it. Notes `hidden_cells`. Raises Unreadable: too_large."""
    covered, spans = _merged(sheet)
    shown: list[SheetCell] = []
    hidden = False
    for (row, column), cell in sheet.cells.items():
        if not cell.text or (row, column) in covered:
            continue
        top, left, bottom, right = spans.get((row, column), (row, column, row, column))
        top = next((r for r in range(top, bottom + 1) if r not in sheet.hidden_rows), -1)
        left = next((c for c in range(left, right + 1) if not sheet.hidden_columns >> c & 1), -1)
        if top < 0 or left < 0:
            hidden = True
            continue
        shown.append(
            replace(cell, row=top, column=left, row_span=bottom - top + 1, column_span=right - left + 1)
            if (top, left, bottom, right) != (row, column, row, column)
            else cell
        )
    if hidden:
        notes.add("hidden_cells", sheet.name)
    shown.sort(key=lambda c: (c.row, c.column))
    return shown


def _merged(sheet: Sheet) -> tuple[set[tuple[int, int]], dict[tuple[int, int], tuple[int, int, int, int]]]:
    """Filled positions that a merged range covers, and the range at its first cell."""
    covered: set[tuple[int, int]] = set()
    spans: dict[tuple[int, int], tuple[int, int, int, int]] = {}
    steps = 0
    for top, left, bottom, right in sheet.merges:
        spans[top, left] = (top, left, bottom, right)
        area = (bottom - top + 1) * (right - left + 1)
        steps += min(area, len(sheet.cells))
        if steps > _MERGE_STEPS:
            raise Unreadable("too_large", "quá nhiều ô gộp")
        if area <= len(sheet.cells):
            inside = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
            covered |= inside & sheet.cells.keys()
        else:
            covered |= {(r, c) for r, c in sheet.cells if top <= r <= bottom and left <= c <= right}
        covered.discard((top, left))
    return covered, spans
