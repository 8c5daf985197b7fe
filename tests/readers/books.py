"""Appendices written three ways: one table with its titles and notes as a Word file, as `.xlsx` and as `.xls`.

Figures go into the workbooks as numbers under the display format that prints them as the table does; texts stay texts. The
`.xls` is written here record by record ([MS-XLS]; no library that we use writes it), without anything Excel would need but
the reader does not.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from docx import Document as new_docx
from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Border, Side

from extractors.model import Cell, Document, Paragraph, Table

TITLES = 3  # paragraphs above a table that go along
CODES = re.compile(r"(?i)^(?:stt|tt|mã số|mã|mục)\.?$")


@dataclass(frozen=True, slots=True)
class Appendix:
    """Titles, a table without empty rows or columns, and notes."""

    titles: tuple[str, ...]
    table: Table
    notes: tuple[str, ...] = ()


def appendices(document: Document) -> Iterator[Appendix]:
    """The tables of a document with the short lines above them."""
    above: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            text = block.passage.text
            above = [*above, text][-TITLES:] if "\n" not in text and len(text) < 200 and block.kind == "body" else []
        else:
            yield Appendix(tuple(above), _dense(block), ("Số liệu tính đến hết kỳ báo cáo.",))
            above = []


def _dense(table: Table) -> Table:
    """The table without rows in which no cell begins: on a sheet nobody could see them."""
    rows = {row: n for n, row in enumerate(sorted({cell.row for cell in table.cells}))}
    cells = tuple(
        replace(c, row=rows[c.row], row_span=sum(c.row <= r < c.row + c.row_span for r in rows)) for c in table.cells
    )
    return Table(table.locator, len(rows), table.n_columns, cells)


def number(text: str) -> tuple[Decimal, str] | None:
    """The value and the display format that print a figure so; None for what is no figure."""
    percent = text.endswith("%")
    whole = text.removesuffix("%")
    found = re.fullmatch(r"(-?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?", whole)
    if found is None or len(whole) > 14:
        return None
    digits, decimals = found[2].replace(".", ""), found[3] or ""
    value = Decimal(f"{found[1]}{digits}.{decimals or 0}")
    if "." in found[2]:
        code = "#,##0"
    elif len(digits) > 1 and digits[0] == "0":
        code = "0" * len(digits)
    else:
        code = "0"
    code += f".{'0' * len(decimals)}" if decimals else ""
    return (value / 100 if percent else value), code + ("%" if percent else "")


def _typed(appendix: Appendix) -> Iterator[tuple[Cell, tuple[Decimal, str] | None]]:
    """Cells, those that are figures with value and format."""
    for cell in appendix.table.cells:
        yield cell, number(cell.passage.text)


def as_docx(appendix: Appendix) -> bytes:
    """The Word file."""
    document = new_docx()
    for title in appendix.titles:
        document.add_paragraph(title)
    table = document.add_table(appendix.table.n_rows, appendix.table.n_columns)
    grid = [list(row.cells) for row in table.rows]
    for cell in appendix.table.cells:
        first = grid[cell.row][cell.column]
        if cell.row_span > 1 or cell.column_span > 1:
            first = first.merge(grid[cell.row + cell.row_span - 1][cell.column + cell.column_span - 1])
        first.text = cell.passage.text
    for note in appendix.notes:
        document.add_paragraph(note)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_xlsx(appendix: Appendix, ruled: bool = True, name: str = "Sheet1") -> bytes:
    """The workbook; titles are merged across the table, notes stand right below it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for n, title in enumerate(appendix.titles, 1):
        _text(sheet.cell(n, 1), title)
        if appendix.table.n_columns > 1:
            sheet.merge_cells(start_row=n, end_row=n, start_column=1, end_column=appendix.table.n_columns)
    top = len(appendix.titles) + 1
    side = Side(style="thin")
    for row in range(top, top + appendix.table.n_rows) if ruled else ():
        for column in range(1, appendix.table.n_columns + 1):
            sheet.cell(row, column).border = Border(side, side, side, side)
    for cell, figure in _typed(appendix):
        at = sheet.cell(top + cell.row, cell.column + 1)
        if figure is None:
            _text(at, cell.passage.text)
        else:
            at.value, at.number_format = figure[0], figure[1]
        if cell.row_span > 1 or cell.column_span > 1:
            sheet.merge_cells(
                start_row=at.row,
                end_row=at.row + cell.row_span - 1,
                start_column=at.column,
                end_column=at.column + cell.column_span - 1,
            )
    for n, note in enumerate(appendix.notes, top + appendix.table.n_rows):
        _text(sheet.cell(n, 1), note)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _text(cell: SheetCell, text: str) -> None:
    """As text whatever it begins with."""
    cell.value = text
    cell.data_type = "s"


# --- .xls ----------------------------------------------------------------------------------------------------------


def record(kind: int, body: bytes = b"") -> bytes:
    """One BIFF record."""
    return struct.pack("<HH", kind, len(body)) + body


def unicode_text(text: str, width: str = "<H") -> bytes:
    """A string with its length and its one flag: two bytes a character."""
    return struct.pack(width, len(text)) + b"\x01" + text.encode("utf-16-le")


@dataclass(slots=True)
class Xls:
    """A BIFF8 workbook in the making: cells of one sheet, formats, merges; `before` stands in front of all else."""

    name: str = "Sheet1"
    cells: bytes = b""
    merges: bytes = b""
    merged: int = 0
    formats: dict[str, int] | None = None
    visibility: int = 0
    before: bytes = b""
    rows: bytes = b""
    columns: bytes = b""
    ruled: bool = True

    def style(self, code: str) -> int:
        """The index of the cell format for a display format."""
        self.formats = self.formats if self.formats is not None else {}
        return 16 + self.formats.setdefault(code, len(self.formats))

    def text(self, row: int, column: int, text: str, ruled: bool = True) -> None:
        """A LABEL record."""
        self.cells += record(
            0x0204, struct.pack("<HHH", row, column, self.style("General" if ruled else "@")) + unicode_text(text)
        )

    def number(self, row: int, column: int, value: float, code: str) -> None:
        """A NUMBER record."""
        self.cells += record(0x0203, struct.pack("<HHHd", row, column, self.style(code), value))

    def merge(self, top: int, bottom: int, left: int, right: int) -> None:
        """A merged range, inclusive."""
        self.merges += record(0x00E5, struct.pack("<HHHHH", 1, top, bottom, left, right))

    def stream(self) -> bytes:
        """The Workbook stream."""
        codes = self.formats or {}
        head = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)) + self.before
        head += record(0x0042, struct.pack("<H", 1200))
        for _ in range(5):
            head += record(0x0031, struct.pack("<HHHHHBBBB", 220, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\x05\x01" + "Arial".encode("utf-16-le"))  # fmt: skip
        for code, n in codes.items():
            head += record(0x041E, struct.pack("<H", 164 + n) + unicode_text(code))
        plain = struct.pack("<HHHBBBBIIH", 0, 0, 0xFFF5, 0x20, 0, 0, 0, 0, 0, 0x20C0)
        head += 16 * record(0x00E0, plain)
        for code, n in codes.items():
            sides = 0x11 if self.ruled and code != "@" else 0  # thin lines left and right
            head += record(0x00E0, struct.pack("<HHHBBBBIIH", 0, 164 + n, 1, 0x20, 0, 0, 0, sides, 0, 0x20C0))
        sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
        sheet += self.columns + self.rows + self.cells + self.merges + record(0x000A)
        bound = struct.pack("<BB", self.visibility, 0) + unicode_text(self.name, "<B")
        at = len(head) + 4 + 4 + len(bound) + 4
        return head + record(0x0085, struct.pack("<I", at) + bound) + record(0x000A) + sheet

    def file(self) -> bytes:
        """The OLE file."""
        return ole({"Workbook": self.stream()})


def as_xls(appendix: Appendix, ruled: bool = True) -> bytes:
    """The workbook as Excel 97 to 2003 would have it."""
    book = Xls(ruled=ruled)
    across = appendix.table.n_columns - 1
    for n, title in enumerate(appendix.titles):
        book.text(n, 0, title, ruled=False)
        if across:
            book.merge(n, n, 0, across)
    top = len(appendix.titles)
    for cell, figure in _typed(appendix):
        if figure is None:
            book.text(top + cell.row, cell.column, cell.passage.text)
        else:
            book.number(top + cell.row, cell.column, float(figure[0]), figure[1])
        if cell.row_span > 1 or cell.column_span > 1:
            book.merge(
                top + cell.row, top + cell.row + cell.row_span - 1, cell.column, cell.column + cell.column_span - 1
            )
    for n, note in enumerate(appendix.notes, top + appendix.table.n_rows):
        book.text(n, 0, note, ruled=False)
    return book.file()


def ole(streams: dict[str, bytes]) -> bytes:
    """An OLE file of streams of at least 4,096 bytes each (shorter ones are filled up), sectors of 512 bytes ([MS-CFB])."""
    bodies = {name: body.ljust(4096, b"\0") for name, body in streams.items()}
    chain: list[int] = []
    data, starts = b"", {}
    for name, body in bodies.items():
        count = -(-len(body) // 512)
        starts[name] = len(chain)
        chain += [*range(len(chain) + 1, len(chain) + count), 0xFFFFFFFE]
        data += body.ljust(count * 512, b"\0")
    directory = len(chain)
    entries = _entry("Root Entry", 5, 0xFFFFFFFE, 0, 1)
    for n, (name, body) in enumerate(bodies.items(), 1):
        entries += _entry(name, 2, starts[name], len(body), -1, n + 1 if n < len(bodies) else -1)
    sectors = -(-len(entries) // 512)
    chain += [*range(directory + 1, directory + sectors), 0xFFFFFFFE]
    data += entries.ljust(sectors * 512, b"\0")
    table = len(chain)
    tables = 1
    while tables * 128 < table + tables:
        tables += 1
    chain += [0xFFFFFFFD] * tables
    data += struct.pack(f"<{len(chain)}I", *chain).ljust(tables * 512, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, tables, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    places: Sequence[int] = range(table, table + tables)
    assert len(places) <= 109, "too large for this writer"
    return head + struct.pack(f"<{len(places)}I", *places).ljust(436, b"\xff") + data


def _entry(name: str, kind: int, start: int, size: int, child: int, right: int = -1) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<iii", -1, right, child)
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBB", len(text), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
