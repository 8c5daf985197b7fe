"""OpenDocument sheets (.ods). The file holds the print of every cell beside its value, so it is read as it lies; LibreOffice,
whose sheet part few machines have, is not needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Final

from lxml import etree

from extractors import limits
from extractors.errors import Unreadable
from extractors.readers.package import Package, parse_xml
from extractors.readers.progress import tick
from extractors.readers.sheets import Book, Notes, Sheet, SheetCell, address, clean

_NAMES: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _TEXT, _OFFICE, _STYLE = (f"{{{_NAMES}{name}:1.0}}" for name in ("table", "text", "office", "style"))
_FO: Final = f"{{{_NAMES}xsl-fo-compatible:1.0}}"
_MANIFEST: Final = "meta-inf/manifest.xml"
_ROWS: Final = frozenset(_TABLE + n for n in ("table-row-group", "table-header-rows", "table-rows"))
_COLUMNS: Final = frozenset(_TABLE + n for n in ("table-column-group", "table-header-columns", "table-columns"))
_CELLS: Final = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_WIDEST, _LONGEST = 16_384, 1_048_576
_ERROR: Final = re.compile(r"#(?:REF!|DIV/0!|NAME\?|VALUE!|NUM!|NULL!|N/A)|(?:Err|Lỗi):\d{3}")
_EMPTY_ROWS: Final = 100  # more empty ones together end a table even where they are ruled
_FIGURE: Final = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")
_SWAP: Final = str.maketrans(".,", ",.")
_LEFT_OUT: Final = ((re.compile(r"(?:basic|scripts)/."), "macro"), (re.compile(r"object ?\d+/"), "unread_part"))


class _Styles:
    """What the automatic styles say of cells and tables."""

    def __init__(self, root: etree._Element) -> None:
        self.edges: dict[str, int] = {}  # bit 0 left, bit 1 right
        self.bold: set[str] = set()
        self.centred: set[str] = set()
        self.hidden: set[str] = set()
        for style in root.iter(f"{_STYLE}style"):
            name = style.get(f"{_STYLE}name", "")
            for part in style:
                self._part(name, part)

    def _part(self, name: str, part: etree._Element) -> None:
        if part.tag == f"{_STYLE}table-cell-properties":
            whole = part.get(f"{_FO}border", "none")
            sides = [part.get(f"{_FO}border-{side}", whole) != "none" for side in ("left", "right")]
            self.edges[name] = sides[0] | sides[1] << 1
        elif part.tag == f"{_STYLE}text-properties" and part.get(f"{_FO}font-weight") == "bold":
            self.bold.add(name)
        elif part.tag == f"{_STYLE}paragraph-properties" and part.get(f"{_FO}text-align") == "center":
            self.centred.add(name)
        elif part.tag == f"{_STYLE}table-properties" and part.get(f"{_TABLE}display") == "false":
            self.hidden.add(name)


def fill(data: bytes) -> Book:
    """The sheets that the workbook shows.

    Raises Unreadable: encrypted, corrupt, ambiguous, zip_bomb, too_large, dtd_present, too_deep.
    """
    package = Package(data)
    if _MANIFEST in package and b":encryption-data" in package.xml(_MANIFEST):
        raise Unreadable("encrypted")
    root = parse_xml(package.xml("content.xml"), "content.xml")
    styles, book = _Styles(root), Book()
    for pattern, code in _LEFT_OUT:
        if any(map(pattern.match, package.names)):
            book.notes.add(code)
    for table in root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table"):
        tick()
        name = table.get(f"{_TABLE}name", "")
        if table.get(f"{_TABLE}style-name", "") in styles.hidden:
            book.notes.add("hidden_sheet", clean(name)[:60])
        elif len(book.sheets) == limits.MAX_SHEETS:
            book.notes.add("sheets_left_out")
            break
        else:
            left = limits.MAX_SHEET_CELLS - sum(len(s.cells) for s in book.sheets)
            book.sheets.append(_sheet(table, name, styles, left, book.notes))
    return book


def _sheet(table: etree._Element, name: str, styles: _Styles, allowed: int, notes: Notes) -> Sheet:
    sheet = Sheet(name)
    at = 0
    for column in _within(table, f"{_TABLE}table-column", _COLUMNS):
        count = _repeated(column, "columns", _WIDEST - at)
        if column.get(f"{_TABLE}visibility", "visible") != "visible":
            sheet.hidden_columns |= ((1 << count) - 1) << at
        at += count
    at = 0
    for row in _within(table, f"{_TABLE}table-row", _ROWS):
        count = _repeated(row, "rows", _LONGEST - at)
        if count > _EMPTY_ROWS and next(row.iter(f"{_TEXT}p"), None) is None:
            at += count  # a million of them at the end of every sheet
            continue
        for n in range(at, at + count):
            if row.get(f"{_TABLE}visibility", "visible") != "visible":
                sheet.hidden_rows.add(n)
            _row(row, n, sheet, styles, notes)
            if len(sheet.cells) > allowed or len(sheet.merges) > limits.MAX_SHEET_MERGES:
                raise Unreadable("too_large", f"hơn {limits.MAX_SHEET_CELLS} ô có nội dung")
        at += count
    return sheet


def _row(row: etree._Element, number: int, sheet: Sheet, styles: _Styles, notes: Notes) -> None:
    column = 0
    for cell in row.iterchildren(*_CELLS):
        count = _repeated(cell, "columns", _WIDEST - column)
        style = cell.get(f"{_TABLE}style-name", "")
        bits = styles.edges.get(style, 0)
        if bits:
            sheet.edges[number] = sheet.edges.get(number, 0) | sum(bits << n for n in range(column, column + count))
        text = _shown(cell)
        if _ERROR.fullmatch(text):
            notes.add("formula_error", address(sheet.name, number, column))
            text = ""
        if text and cell.tag == _CELLS[0]:
            for n in range(column, column + count):
                sheet.cells[number, n] = SheetCell(
                    number, n, text, bold=style in styles.bold, centred=style in styles.centred
                )
            down, across = (_number(cell, f"number-{side}-spanned", 1) for side in ("rows", "columns"))
            if down > 1 or across > 1:
                sheet.merges.append(
                    (number, column, min(number + down, _LONGEST) - 1, min(column + across, _WIDEST) - 1)
                )
        column += count


def _shown(cell: etree._Element) -> str:
    """The print of a cell, the marks of its figure turned to Vietnamese ones where they are the other way round."""
    text = clean("\n".join("".join(map(str, p.itertext())) for p in cell.iterchildren(f"{_TEXT}p")))
    kind, value = cell.get(f"{_OFFICE}value-type", ""), cell.get(f"{_OFFICE}value", "")
    if kind == "date":
        return _date(cell.get(f"{_OFFICE}date-value", ""), text)
    if kind not in ("float", "percentage", "currency") or not re.search(r"[.,]", text):
        return text
    figure = re.search(r"\d[\d.,]*", text)
    try:
        exact = abs(Decimal(value)) * (100 if kind == "percentage" else 1)
        as_it_is = _near(figure[0], exact) if figure else True
        turned = _near(figure[0].translate(_SWAP), exact) if figure else False
    except InvalidOperation:
        return text
    return text.translate(_SWAP) if turned and not as_it_is else text


def _near(figure: str, exact: Decimal) -> bool:
    """Whether a figure with Vietnamese marks is the print of a number."""
    if not _FIGURE.fullmatch(figure):
        return False
    whole, _, decimals = figure.partition(",")
    read = Decimal(f"{whole.replace('.', '')}.{decimals or 0}")
    return abs(read - exact) <= Decimal(1).scaleb(-len(decimals)) / 2


def _date(value: str, text: str) -> str:
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)", value)
    return f"{found[3]}/{found[2]}/{found[1]}" if found and re.fullmatch(r"[\d/.-]+", text) else text


def _within(parent: etree._Element, wanted: str, through: frozenset[str]) -> Iterator[etree._Element]:
    """The `wanted` elements of a table, those of its groups too."""
    for child in parent:
        if child.tag == wanted:
            yield child
        elif child.tag in through:
            yield from _within(child, wanted, through)


def _repeated(element: etree._Element, what: str, most: int) -> int:
    return min(_number(element, f"number-{what}-repeated", 1), max(0, most))


def _number(element: etree._Element, name: str, default: int) -> int:
    value = element.get(_TABLE + name, "")
    return int(value) if re.fullmatch(r"[1-9]\d{0,7}", value) else default
