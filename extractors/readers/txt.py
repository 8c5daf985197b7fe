"""Plain text: a line is a paragraph, tab-separated (or `|`-separated) lines are a table, hard-wrapped lines are joined.

A table that a page break cut, its header printed again, is put together; the row that the break cut in two as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from extractors.errors import Unreadable
from extractors.limits import MAX_TABLE_CELLS, MAX_TABLE_COLUMNS, MAX_TEXT_BYTES
from extractors.model import Cell, Document, Paragraph, Passage, Source, Table
from extractors.readers.encoding import decode
from extractors.readers.markup import plain
from extractors.readers.progress import tick

_NEWLINE: Final = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_HTML_TABLE: Final = re.compile(r"(<table\b.*?</table\s*>)", re.IGNORECASE | re.DOTALL)
_BULLET: Final = re.compile(r"([ \t\xa0]*)((?:[-+•–▪●○✓]|\*(?=\s))[ \xa0]*)+(?=\S)")
_MARKER: Final = re.compile(
    r"\s*(?:[-+•–▪●*]|\d{1,3}[.)]|[IVXL]{1,6}[.)]|[a-zđ][.)]|\(\d{1,2}\)|Phụ lục|Điều \d|Nơi nhận)"
)
_PIPE_ROW: Final = re.compile(r"\s*\|.*\|\s*$")
_PIPE_RULE: Final = re.compile(r"[\s|:+=-]+$")
_STOPS: Final = (".", ":", ";", "!", "?", "…", "./.")
_WIDEST_WRAP: Final = 130  # columns; a longer line was not wrapped by hand or by a terminal
_NARROWEST_WRAP: Final = 50


def read(data: bytes, source: Source) -> Document:
    """The text as paragraphs p1, p2, … and tables t1, t2, … Raises Unreadable: too_large, table_too_wide, corrupt."""
    if len(data) > MAX_TEXT_BYTES:
        raise Unreadable("too_large", f"văn bản hơn {MAX_TEXT_BYTES // 2**20} MB")
    decoded = decode(data)
    if decoded is None:
        raise Unreadable("corrupt", "không phải văn bản")
    blocks = tuple(_blocks(decoded.text))
    if not blocks:
        raise Unreadable("empty", "không có chữ nào")
    return Document(replace(source, warnings=(*source.warnings, *decoded.warnings)), blocks)


def _blocks(text: str) -> Iterator[Paragraph | Table]:
    """Blocks in reading order; tables that a converter left as HTML inside the text are read as such."""
    paragraphs = tables = 0
    for n, piece in enumerate(_HTML_TABLE.split(text)):
        for block in _html_blocks(piece) if n % 2 else _Lines(piece).blocks():
            if isinstance(block, Table):
                tables += 1
                yield _located(block, f"t{tables}")
            else:
                paragraphs += 1
                yield replace(block, passage=Passage(block.passage.text, f"p{paragraphs}"))


def _html_blocks(piece: str) -> Sequence[Paragraph | Table]:
    from extractors.readers.html import blocks

    return blocks(piece)


def _located(table: Table, locator: str) -> Table:
    cells = tuple(
        replace(c, passage=Passage(c.passage.text, f"{locator}/r{c.row + 1}/c{c.column + 1}")) for c in table.cells
    )
    return replace(table, locator=locator, cells=cells)


# --- lines ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Lines:
    """One pass over the lines of a text."""

    text: str
    wrap: int = 0  # width at which the whole text is hard-wrapped; 0 where it is not
    rows: list[list[str]] = field(default_factory=list)  # of the table being gathered, its pieces put together
    lines: list[str] = field(default_factory=list)  # of the paragraph being gathered

    def blocks(self) -> Iterator[Paragraph | Table]:
        """Blocks in order, without locators."""
        lines = _NEWLINE.split(self.text)
        self.wrap = _wrap_width(lines)
        at = 0
        while at < len(lines):
            end = _end_of_rows(lines, at)
            if end > at:
                yield from self._close_paragraph()
                yield from self._gather([_fields(line) for line in lines[at:end]])
                at = end
                tick()
                continue
            line = lines[at]
            at += 1
            if not line.strip() or (_PIPE_RULE.fullmatch(line) and "|" in line):
                yield from self._close_paragraph()
                continue
            yield from self._close_table()
            if self.lines and not self._joins(self.lines[-1], line):
                yield from self._close_paragraph()
            self.lines.append(line)
        yield from self._close_paragraph()
        yield from self._close_table()

    def _joins(self, before: str, after: str) -> bool:
        """Whether the line break between two lines is only the edge of the page."""
        if _MARKER.match(after):
            return False
        if self.wrap and self._overflows(before, after):
            return True
        begun = before.rstrip()
        return after.lstrip()[0].islower() and len(begun) >= _NARROWEST_WRAP and not begun.endswith(_STOPS)

    def _overflows(self, before: str, after: str) -> bool:
        """Whether the first word of `after` had no room left at the end of `before`."""
        word = after.split(maxsplit=1)[0]
        return len(before.rstrip()) + 1 + len(word) > self.wrap

    def _close_paragraph(self) -> Iterator[Paragraph]:
        lines, self.lines = self.lines, []
        text = plain(" ".join(line.strip() for line in lines))
        if text:
            bold = len(text) < 500 and re.fullmatch(r"\*\*[^*]+\*\*", " ".join(lines).strip()) is not None
            yield Paragraph(Passage(text, ""), level=_level(lines[0]), bold=bold)

    def _gather(self, rows: list[list[str]]) -> Iterator[Table]:
        """Add rows to the table above where they go on with it, else begin a new one."""
        repeated = _repeated(self.rows, rows)
        if self.rows and not repeated and not _goes_on(self.rows, rows):
            yield from self._close_table()
        for row in rows[repeated:]:
            if self.rows and _is_rest(row):
                _join_rest(self.rows[-1], row)
            else:
                self.rows.append(row)

    def _close_table(self) -> Iterator[Table]:
        rows, self.rows = self.rows, []
        if rows:
            yield _table(rows)


def _wrap_width(lines: Sequence[str]) -> int:
    """The width at which every line was broken, or 0: no line is longer, and many end near it."""
    lengths = [len(line.rstrip()) for line in lines if line.strip() and "\t" not in line]
    width = max(lengths, default=0)
    near = sum(1 for length in lengths if length > width * 0.85)
    return width if _NARROWEST_WRAP <= width <= _WIDEST_WRAP and near >= max(5, len(lengths) * 0.3) else 0


def _level(line: str) -> int:
    """Depth of a bullet: 1, or 2 where it is indented or stands behind another bullet ("- + …"); 0 for no bullet."""
    match = _BULLET.match(line)
    if match is None:
        return 0
    glyphs = [c for c in match[0] if not c.isspace()]
    return 2 if len(glyphs) > 1 or len(match[1].replace("\t", "    ")) > 1 else 1


# --- rows ----------------------------------------------------------------------------------------------------------


def _fields(line: str) -> list[str]:
    """The cells of a row, markup dropped."""
    if _PIPE_ROW.match(line):
        return [plain(part) for part in line.strip()[1:-1].split("|")]
    return [plain(part) for part in line.split("\t")]


def _end_of_rows(lines: Sequence[str], at: int) -> int:
    """Where the run of table rows that begins at `at` ends; `at` itself where none begins.

    A run is at least two lines with tabs, one of them with three filled cells (a letterhead set with tabs has two), or
    three lines with two filled cells each that are no numbered list.
    """
    end = at
    while end < len(lines) and ("\t" in lines[end].strip("\r\n ") or _PIPE_ROW.match(lines[end])):
        end += 1
    if end - at < 2:
        return at
    filled = [[f for f in _fields(line) if f] for line in lines[at:end]]
    if any(len(row) >= 3 for row in filled):
        return end
    listed = sum(1 for row in filled if row and _MARKER.fullmatch(row[0]))
    return end if len(filled) >= 3 and all(len(row) == 2 for row in filled) and listed * 2 < len(filled) else at


def _repeated(above: Sequence[Sequence[str]], rows: Sequence[Sequence[str]]) -> int:
    """How many rows repeat the header of the table above."""
    count = 0
    for old, new in zip(above, rows, strict=False):
        if _same(old, new) and not (count and _has_figures(new)):
            count += 1
        else:
            break
    return count


def _same(a: Sequence[str], b: Sequence[str]) -> bool:
    return [" ".join(f.casefold().split()) for f in _trimmed(a)] == [
        " ".join(f.casefold().split()) for f in _trimmed(b)
    ]


def _has_figures(row: Sequence[str]) -> bool:
    return any(re.fullmatch(r"[\d.,\s/%-]*\d[\d.,\s/%-]*", f) for f in row[1:])


def _trimmed(row: Sequence[str]) -> Sequence[str]:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]


def _goes_on(above: Sequence[Sequence[str]], rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows below an empty line belong to the table above: same width, and they bring figures at once."""
    width = max(len(r) for r in above)
    return max(len(r) for r in rows) == width and (_has_figures(rows[0]) or _is_rest(rows[0]))


def _is_rest(row: Sequence[str]) -> bool:
    """The lower half of a row cut by a page break: no code, and every filled cell goes on in the middle of a phrase."""
    filled = [f.lstrip("(“\"'") for f in row if f]
    return bool(filled) and not row[0] and all(f[:1].islower() for f in filled)


def _join_rest(row: list[str], rest: Sequence[str]) -> None:
    for column, text in enumerate(rest):
        if column >= len(row):
            row.append(text)
        elif text:
            row[column] = f"{row[column]} {text}".strip()


def _table(rows: Sequence[Sequence[str]]) -> Table:
    width = max(len(_trimmed(row)) for row in rows)
    if width > MAX_TABLE_COLUMNS:
        raise Unreadable("table_too_wide", f"{width} cột")
    if width * len(rows) > MAX_TABLE_CELLS:
        raise Unreadable("too_large", f"bảng {len(rows)} dòng")
    grid = [[*row, *[""] * (width - len(row))][:width] for row in rows]
    spans = _header_spans(grid)
    cells = [
        Cell(r, c, Passage(text, ""), *spans.get((r, c), (1, 1)))
        for r, row in enumerate(grid)
        for c, text in enumerate(row)
        if text
    ]
    return Table("", len(grid), width, tuple(cells))


def _header_spans(grid: Sequence[Sequence[str]]) -> dict[tuple[int, int], tuple[int, int]]:
    """Row and column spans of a header of two rows, "STT | … | Kết quả thống kê | | Ghi chú" above "Đơn vị | Số liệu":
    text cannot say them, but a gap above a filled cell can only be a merged one."""
    if len(grid) < 3 or grid[1][0] or not grid[0][0] or _has_figures(grid[1]):
        return {}
    top, below = grid[0], grid[1]
    if not any(b and not t for t, b in zip(top, below, strict=True)):
        return {}
    spans = {}
    for column, text in enumerate(top):
        if not text:
            continue
        end = column + 1
        while end < len(top) and not top[end] and below[end] and below[column]:
            end += 1
        spans[0, column] = (1 if below[column] else 2, end - column)
    return spans
