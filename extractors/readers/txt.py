"""Plain text: a line is a paragraph, tab-separated (or `|`-separated) lines are a table, hard-wrapped lines are joined.

A table that a page break cut, its header printed again, is put together; the row that the break cut in two as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from extractors.errors import Unreadable
from extractors.limits import MAX_TEXT_BYTES
from extractors.model import Document, Paragraph, Passage, Source, Table
from extractors.readers.encoding import decode
from extractors.readers.legacy import converted, told
from extractors.readers.markup import plain
from extractors.readers.progress import tick
from extractors.readers.txt_table import (
    MARKER,
    end_of_rows,
    fields,
    goes_on,
    is_rest,
    is_rule,
    join_rest,
    repeated,
    table,
)

_NEWLINE: Final = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_TABLE_TAG: Final = re.compile(r"<(/?)table\b[^<>]{0,300}>", re.IGNORECASE)
_BULLET: Final = re.compile(r"([ \t\xa0]*)((?:[-+•–▪●○✓]|\*(?=\s))[ \xa0]*)+(?=\S)")
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
    text, codes = converted(decoded.text)
    blocks = tuple(_blocks(text))
    if not blocks:
        raise Unreadable("empty", "không có chữ nào")
    warnings = (*source.warnings, *decoded.warnings, *([told(codes)] if codes else ()))
    return Document(replace(source, warnings=warnings), blocks)


def _blocks(text: str) -> Iterator[Paragraph | Table]:
    """Blocks in reading order; tables that a converter left as HTML inside the text are read as such."""
    paragraphs = tables = 0
    for n, piece in enumerate(_pieces(text)):
        for block in _html_blocks(piece) if n % 2 else _Lines(piece).blocks():
            if isinstance(block, Table):
                tables += 1
                yield _located(block, f"t{tables}")
            else:
                paragraphs += 1
                yield replace(block, passage=Passage(block.passage.text, f"p{paragraphs}"))


def _pieces(text: str) -> Iterator[str]:
    """Text and HTML tables by turns, text first."""
    done, opened, depth = 0, -1, 0
    for tag in _TABLE_TAG.finditer(text):
        opened = tag.start() if not depth and not tag[1] else opened
        depth = max(0, depth + (-1 if tag[1] else 1))
        if not depth and tag[1] and opened >= done:
            yield text[done:opened]
            yield text[opened : tag.end()]
            done = tag.end()
    yield text[done:]


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
    width: int = 0  # cells in the widest of these rows
    lines: list[str] = field(default_factory=list)  # of the paragraph being gathered

    def blocks(self) -> Iterator[Paragraph | Table]:
        """Blocks in order, without locators."""
        lines = _NEWLINE.split(self.text)
        self.wrap = _wrap_width(lines)
        at = checked = 0
        while at < len(lines):
            tick()
            if at >= checked:
                checked, tabular = end_of_rows(lines, at)
            if tabular:
                yield from self._close_paragraph()
                yield from self._gather([fields(row) for row in lines[at:checked] if not is_rule(row)])
                at = checked
                continue
            line = lines[at]
            at += 1
            if not line.strip() or is_rule(line):
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
        if MARKER.match(after):
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
        again = repeated(self.rows, rows)
        if self.rows and not again and not goes_on(self.width, rows):
            yield from self._close_table()
        self.width = max(self.width, *map(len, rows))
        for row in rows[again:]:
            if self.rows and is_rest(row):
                join_rest(self.rows[-1], row)
            else:
                self.rows.append(row)

    def _close_table(self) -> Iterator[Table]:
        rows, self.rows, self.width = self.rows, [], 0
        if rows:
            yield table(rows)


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
