"""The XML of sheets and shared strings, read as a stream: what cells hold, and what openpyxl needs of them, made plain."""

from __future__ import annotations

import io
import math
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape

from extractors import limits
from extractors.errors import Unreadable
from extractors.readers.progress import tick
from extractors.readers.sheets import column_letters
from extractors.readers.xlsx_styles import Styles

SPACE: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_CHUNK: Final = 1 << 16
_REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_NUMBER: Final = re.compile(r"\s*[+-]?(?:\d{1,20}(?:\.\d{0,30})?|\.\d{1,30})(?:[Ee][+-]?\d{1,3})?\s*")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384  # of a sheet of Excel


@dataclass(slots=True)
class RawSheet:
    """A sheet as it lies in its part: `xml` is plain, `styles` are indices into `Styles`, columns are bit sets."""

    name: str
    title: str = ""  # in the package made for openpyxl
    xml: bytes = b""
    styles: dict[tuple[int, int], int] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    edges: dict[int, int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: int = 0
    uncounted: list[tuple[int, int]] = field(default_factory=list)  # formulas without a value


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the parser of a sheet needs of the workbook, how many strings there are, how many cells and merges it may still take."""

    styles: Styles
    strings: int
    cells: int
    merges: int


class Streamed:
    """A pass over a part without building its tree: `start`, `text` and `end` get local names of the main namespace.

    Raises Unreadable: corrupt, too_deep, and what the subclass raises.
    """

    def __init__(self) -> None:
        self._depth = 0

    def parse(self, content: bytes, name: str) -> None:
        """Read the whole part."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._started
        parser.EndElementHandler = self._ended
        parser.CharacterDataHandler = self.text
        try:
            for at in range(0, len(content), _CHUNK):
                parser.Parse(content[at : at + _CHUNK], False)
                tick()
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise Unreadable("corrupt", f"{name[:80]}: {error}"[:200]) from error

    def _started(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > limits.MAX_XML_DEPTH:
            raise Unreadable("too_deep", f"hơn {limits.MAX_XML_DEPTH} tầng")
        space, _, local = name.rpartition(" ")
        if space == SPACE:
            self.start(local, attributes)

    def _ended(self, name: str) -> None:
        self._depth -= 1
        space, _, local = name.rpartition(" ")
        if space == SPACE:
            self.end(local)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Characters of an element."""


class Strings(Streamed):
    """Shared strings as plain text: runs joined, readings of Asian signs (rPh) left out, none longer than a cell."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._length = self._aside = 0
        self._inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._pieces, self._length = [], 0
        elif name == "rPh":
            self._aside += 1
        elif name == "t":
            self._inside = not self._aside

    def end(self, name: str) -> None:
        if name == "si":
            self.found.append("".join(self._pieces)[: limits.MAX_CELL_CHARS])
        elif name == "rPh":
            self._aside -= 1
        elif name == "t":
            self._inside = False

    def text(self, text: str) -> None:
        if self._inside and self._length <= limits.MAX_CELL_CHARS:
            self._pieces.append(text)
            self._length += len(text)


class SheetParser(Streamed):
    """Fills a `RawSheet`. Cells without a value leave nothing but their rules; a number that is none becomes text."""

    def __init__(self, sheet: RawSheet, allowed: Allowed) -> None:
        super().__init__()
        self._sheet, self._allowed = sheet, allowed
        self._rows_hidden = False
        self._row = self._column = self._open = -1  # `_open`: the row begun in what is written
        self._out = io.StringIO()
        self._value: list[str] = []
        self._length = 0
        self._kind, self._style = "n", 0
        self._taking = self._formula = self._valued = False
        self._aside = 0

    def parse(self, content: bytes, name: str) -> None:
        self._out.write(f'<worksheet xmlns="{SPACE}"><sheetData>')
        super().parse(content, name)
        self._close_row()
        self._out.write("</sheetData></worksheet>")
        self._sheet.xml = self._out.getvalue().encode("utf-8", "replace")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._begin_cell(attributes)
        elif name in ("v", "t") and not self._aside:
            self._taking = True
            self._valued = self._valued or name == "v"
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._begin_row(attributes)
        elif name == "rPh":
            self._aside += 1
        elif name == "col":
            self._columns(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "sheetFormatPr":
            self._rows_hidden = _is_on(attributes.get("zeroHeight"))

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._taking = False
        elif name == "c":
            self._end_cell()
        elif name == "row":
            self._close_row()
        elif name == "rPh":
            self._aside -= 1

    def text(self, text: str) -> None:
        if self._taking and self._length <= limits.MAX_CELL_CHARS:
            self._value.append(text)
            self._length += len(text)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        stated = attributes.get("r", "")
        self._row = int(stated) - 1 if re.fullmatch(r"[1-9]\d{0,6}", stated) else self._row + 1
        if not 0 <= self._row < MAX_ROWS:
            raise Unreadable("corrupt", "số thứ tự dòng không hợp lệ")
        self._column = -1
        self._close_row()
        hidden = _is_on(attributes.get("hidden")) or _is_nought(attributes.get("ht"))
        if hidden or (self._rows_hidden and "ht" not in attributes):
            self._sheet.hidden_rows.add(self._row)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        reference = _REFERENCE.fullmatch(attributes.get("r", ""))
        if reference is not None:
            self._row, self._column = int(reference[2]) - 1, column_number(reference[1])
        else:
            self._column += 1
        if not (0 <= self._row < MAX_ROWS and self._column < MAX_COLUMNS):
            raise Unreadable("corrupt", "địa chỉ ô không hợp lệ")
        style = attributes.get("s", "0")
        self._style = int(style) if re.fullmatch(r"\d{1,6}", style) else 0
        self._kind = attributes.get("t", "n")
        self._value, self._length = [], 0
        self._formula = self._valued = False
        look = self._allowed.styles.of(self._style)
        if look.left or look.right:
            bits = (look.left | look.right << 1) << self._column
            self._sheet.edges[self._row] = self._sheet.edges.get(self._row, 0) | bits

    def _end_cell(self) -> None:
        value = "".join(self._value)[: limits.MAX_CELL_CHARS]
        place = (self._row, self._column)
        if not value:
            if self._formula and not (self._kind == "str" and self._valued):
                self._sheet.uncounted.append(place)
            return
        if len(self._sheet.styles) >= self._allowed.cells:
            raise Unreadable("too_large", f"hơn {limits.MAX_SHEET_CELLS} ô có nội dung")
        self._sheet.styles[place] = self._style
        kind = self._kind
        if (kind == "n" and not _is_number(value)) or (kind == "d" and not _is_moment(value)):
            kind = "str"
        elif kind == "s" and not (re.fullmatch(r"\d{1,9}", value) and int(value) < self._allowed.strings):
            raise Unreadable("corrupt", "ô trỏ tới chuỗi không có")
        if self._open != self._row:
            self._close_row()
            self._open = self._row
            self._out.write(f'<row r="{self._row + 1}">')
        style = self._style if self._style < len(self._allowed.styles.looks) else 0
        opening = f'<c r="{column_letters(self._column)}{self._row + 1}" s="{style}" t="{kind}">'
        inside = f"<is><t>{escape(value)}</t></is>" if kind == "inlineStr" else f"<v>{escape(value)}</v>"
        self._out.write(f"{opening}{inside}</c>")

    def _close_row(self) -> None:
        if self._open >= 0:
            self._out.write("</row>")
        self._open = -1

    def _columns(self, attributes: dict[str, str]) -> None:
        first, last = (attributes.get(name, "") for name in ("min", "max"))
        hidden = _is_on(attributes.get("hidden")) or _is_nought(attributes.get("width"))
        if hidden and re.fullmatch(r"[1-9]\d{0,4}", first) and re.fullmatch(r"[1-9]\d{0,4}", last):
            left, right = int(first) - 1, min(int(last), MAX_COLUMNS)
            self._sheet.hidden_columns |= max(0, (1 << right) - (1 << left))

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        one, other = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if one is None or other is None:
            return
        if len(self._sheet.merges) >= self._allowed.merges:
            raise Unreadable("too_large", f"hơn {limits.MAX_SHEET_MERGES} vùng ô gộp")
        rows = sorted((int(one[2]) - 1, int(other[2]) - 1))
        columns = sorted((column_number(one[1]), column_number(other[1])))
        self._sheet.merges.append((rows[0], columns[0], min(rows[1], MAX_ROWS - 1), min(columns[1], MAX_COLUMNS - 1)))


def column_number(name: str) -> int:
    """ "A" is 0, "AA" 26."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def unescaped(text: str) -> str:
    """Signs that XML cannot hold, "_x000D_" (ECMA-376 part 1, 22.9.2.19)."""
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


def _is_on(value: str | None) -> bool:
    return value in ("1", "true", "on")


def _is_nought(value: str | None) -> bool:
    return value is not None and re.fullmatch(r"0*(?:\.0*)?", value) is not None


def _is_moment(value: str) -> bool:
    """Whether a text is a date or time of ISO 8601 that the calendar has."""
    try:
        datetime.fromisoformat(value.strip().removesuffix("Z"))
    except ValueError:
        return False
    return True


def _is_number(value: str) -> bool:
    return _NUMBER.fullmatch(value) is not None and math.isfinite(float(value))
