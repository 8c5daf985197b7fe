"""Comma-separated values (.csv): a sheet without any look. What does not keep its columns is read as plain text."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from typing import Final

from extractors import limits
from extractors.errors import Unreadable
from extractors.model import Document, Source
from extractors.readers.encoding import decode
from extractors.readers.sheets import Book, Sheet, SheetCell, clean, document
from extractors.readers.txt import read as read_txt

_DELIMITERS: Final = (";", "\t", ",")  # the comma last: with Vietnamese marks it stands inside figures
_ENOUGH: Final = 0.6  # share of the filled rows that have the commonest number of fields


def read(data: bytes, source: Source) -> Document:
    """The values as titles and tables; figures are as typed. Raises Unreadable: too_large, table_too_wide, corrupt, empty."""
    if len(data) > limits.MAX_TEXT_BYTES:
        raise Unreadable("too_large", f"văn bản hơn {limits.MAX_TEXT_BYTES // 2**20} MB")
    decoded = decode(data)
    rows = next((r for d in _DELIMITERS if decoded and (r := _rows(decoded.text, d))), None)
    if decoded is None or rows is None:
        return read_txt(data, source)
    cells = {(r, c): text for r, row in enumerate(rows) for c, field in enumerate(row) if (text := clean(field))}
    if len(cells) > limits.MAX_SHEET_CELLS:
        raise Unreadable("too_large", f"hơn {limits.MAX_SHEET_CELLS} ô có nội dung")
    sheet = Sheet("", {(r, c): SheetCell(r, c, text) for (r, c), text in cells.items()})
    return document(Book([sheet]), replace(source, warnings=(*source.warnings, *decoded.warnings)))


def _rows(text: str, delimiter: str) -> list[list[str]] | None:
    """The rows of fields; None where most rows do not agree in how many they have."""
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    widths = Counter(len(row) for row in rows if any(map(str.strip, row)))
    if not widths:
        return None
    width, count = widths.most_common(1)[0]
    return rows if width > 1 and count > 1 and count >= _ENOUGH * widths.total() else None
