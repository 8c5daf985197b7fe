"""PDF by pdfplumber: words by geometry, tables by their rules, paragraphs as the author wrote them.

pypdfium2 opens the file first: it tells encryption, page count and page sizes without interpreting any content.
"""

from __future__ import annotations

import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any, Final

from extractors import limits
from extractors.errors import Unreadable
from extractors.model import Document, Paragraph, Source, SourceWarning, Table
from extractors.readers.layout import is_layout
from extractors.readers.pdf_lines import (
    Flow,
    Line,
    Word,
    align_of,
    breaks,
    lines_of,
    passage,
    regions,
    set_margins,
    words_of,
)
from extractors.readers.pdf_tables import RawTable, append, continues, finished, raw_table
from extractors.readers.progress import tick

_PAGE_NUMBER: Final = re.compile(r"(?i)^[-–\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–\s]*$")
_SENTENCE_END: Final = re.compile(r"[.:;!?…”\"»)/]\s*$")
_MESSAGES: Final = {
    "no_text_layer": "Trang là ảnh, không có lớp chữ: chưa đọc được.",
    "page_too_complex": "Trang quá nhiều nét kẻ: chỉ đọc chữ, không đọc bảng.",
    "bad_geometry": "Kích thước trang không hợp lệ: bỏ qua.",
    "duplicated_characters": "Có chữ in chồng hai lần: chỉ đọc một lần.",
    "hidden_text": "Có chữ ngoài trang hoặc chữ trắng: không đọc.",
}


@dataclass(slots=True)
class _Page:
    """What one page yields before the pages are joined."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    tables: list[RawTable] = field(default_factory=list)


def read(data: bytes, source: Source) -> Document:
    """The document in `data`. Raises Unreadable: encrypted, corrupt, too_many_pages, too_deep, bad_geometry."""
    count, bad = _gate(data)
    warnings = [SourceWarning("bad_geometry", _MESSAGES["bad_geometry"], n) for n in sorted(bad)]
    if len(bad) == count:
        raise Unreadable("bad_geometry")
    pages = []
    for page in _pages(data, bad, warnings):
        pages.append(page)
        tick()
    if not pages:
        raise Unreadable("corrupt", "no page could be read")
    blocks = _Blocks(pages).all()
    return Document(replace(source, pages=count, warnings=(*source.warnings, *warnings)), tuple(blocks))


def _gate(data: bytes) -> tuple[int, set[int]]:
    """Number of pages, and the pages of impossible size."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        text = str(error).lower()
        raise Unreadable("encrypted" if "password" in text else "corrupt", str(error)[:120]) from error
    try:
        count = len(document)
        if count == 0:
            raise Unreadable("corrupt", "no pages")
        if count > limits.MAX_PAGES:
            raise Unreadable("too_many_pages", str(count))
        bad = set()
        for n in range(count):
            try:
                width, height = document.get_page_size(n)
            except pdfium.PdfiumError:
                width = height = 0.0
            if not (1 <= width <= limits.MAX_PAGE_SIDE and 1 <= height <= limits.MAX_PAGE_SIDE):
                bad.add(n + 1)
        return count, bad
    finally:
        document.close()


def _pages(data: bytes, bad: set[int], warnings: list[SourceWarning]) -> Iterator[_Page]:
    import pdfplumber
    from pdfminer.pdfparser import PDFSyntaxError
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            for page in document.pages:
                if page.page_number in bad:
                    continue
                yield _read_page(page, warnings)
                page.close()
    except RecursionError as error:
        raise Unreadable("too_deep", "page tree") from error
    except (PdfminerException, PDFSyntaxError, PSException) as error:
        raise Unreadable("corrupt", f"{type(error).__name__}: {error}"[:120]) from error


def _read_page(page: Any, warnings: list[SourceWarning]) -> _Page:
    """Words, lines and tables of one page."""

    def warn(code: str) -> None:
        warnings.append(SourceWarning(code, _MESSAGES[code], page.page_number))

    number, width, height = page.page_number, float(page.width), float(page.height)
    chars = page.chars
    made = _Page(number, width, height)
    if not chars:
        if page.images:
            warn("no_text_layer")
        return made
    kept = [
        c
        for c in chars
        if 0 <= (c["x0"] + c["x1"]) / 2 <= width and 0 <= (c["top"] + c["bottom"]) / 2 <= height and not _white(c)
    ]
    if len(kept) < len(chars):
        warn("hidden_text")
    single = _deduplicated(kept)
    if len(single) < len(kept):
        warn("duplicated_characters")
    from pdfplumber.utils.text import extract_words

    words = words_of(extract_words(single, x_tolerance_ratio=0.16, y_tolerance=3, return_chars=True), number)
    tables: list[RawTable] = []
    rules = len(page.lines) + len(page.rects) + len(page.curves)
    if rules > limits.MAX_PAGE_RULES:
        warn("page_too_complex")
    elif rules >= 3:
        found = [raw_table(t, words) for t in page.find_tables()]
        tables = [t for t in found if t.n_columns >= 2 and any(c.lines for c in t.cells)]
    free = words
    for table in tables:
        held = {id(w) for cell in table.cells for line in cell.lines for w in line.words}
        free = [w for w in free if id(w) not in held]
    made.lines = lines_of(free)
    made.tables = tables
    return made


def _white(char: dict[str, Any]) -> bool:
    color = char.get("non_stroking_color")
    parts = color if isinstance(color, list | tuple) else [color]
    values = [v for v in parts if isinstance(v, int | float)]
    if not values or len(values) < len(parts):
        return False
    if len(values) == 4:
        return not any(values)
    return all(v >= 0.99 for v in values)


def _deduplicated(chars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Characters printed over themselves (to look bold) once."""
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for c in chars:
        x, y = round(c["x0"]), round(c["top"])
        if c["text"].strip() and any((c["text"], x + i, y + j) in seen for i in (-1, 0, 1) for j in (-1, 0, 1)):
            continue
        seen.add((c["text"], x, y))
        kept.append(c)
    return kept


class _Blocks:
    """Joins the pages into blocks: running lines taken out, paragraphs and tables over page ends put together."""

    def __init__(self, pages: list[_Page]) -> None:
        self.pages = pages
        self.blocks: list[Paragraph | Table] = []
        self.flow: Flow | None = None
        self.table: RawTable | None = None
        self.counts = Counter[str]()
        self.running = self._running()

    def all(self) -> list[Paragraph | Table]:
        """Blocks in reading order."""
        seen: set[str] = set()
        for page in self.pages:
            for line in list(page.lines):
                key = _key(line)
                edge = line.bottom < 0.09 * page.height or line.top > 0.91 * page.height
                if edge and (key in self.running or _PAGE_NUMBER.match(line.text)):
                    page.lines.remove(line)
                    if key in self.running and key not in seen and not _PAGE_NUMBER.match(line.text):
                        seen.add(key)
                        kind = "header" if line.bottom < 0.5 * page.height else "footer"
                        self.counts[kind] += 1
                        self.blocks.append(Paragraph(passage([line], f"{kind[0]}{self.counts[kind]}"), kind))  # type: ignore[arg-type]
        for page in self.pages:
            self._page(page)
        self._end_flow()
        self._end_table()
        return self.blocks

    def _running(self) -> set[str]:
        """Lines that stand at the top or foot of three pages or more, digits aside."""
        counts: Counter[str] = Counter()
        for page in self.pages:
            edges = [line for line in page.lines if line.bottom < 0.09 * page.height or line.top > 0.91 * page.height]
            counts.update({_key(line) for line in edges})
        return {key for key, often in counts.items() if often >= 3 and often * 2 >= len(self.pages)}

    def _page(self, page: _Page) -> None:
        """The page's tables and the text between them, from top to bottom."""
        rest = list(page.lines)
        for table in sorted(page.tables, key=lambda t: t.top):
            above = [line for line in rest if (line.top + line.bottom) / 2 < table.top]
            rest = [line for line in rest if line not in above]
            self._text(above, page)
            self._add_table(table)
        self._text(rest, page)

    def _add_table(self, raw: RawTable) -> None:
        if self.table is not None and continues(self.table, raw):
            append(self.table, raw)
            return
        self._end_flow()
        self._end_table()
        self.table = raw

    def _end_table(self) -> None:
        if self.table is None:
            return
        raw, self.table = self.table, None
        self.counts["t"] += 1
        name = f"t{self.counts['t']}"
        rows = [list(raw.row_texts(r)) for r in range(min(raw.n_rows, 40))]
        if not is_layout(rows):
            self.blocks.append(finished(raw, name))
            return
        for cell in raw.cells:
            for n, line in enumerate(cell.lines, 1):
                place = f"{name}/r{cell.row + 1}/c{cell.column + 1}/p{n}"
                self.blocks.append(
                    Paragraph(passage([line], place), align="center", bold=all(w.bold for w in line.words))
                )

    def _text(self, lines: list[Line], page: _Page) -> None:
        if not lines:
            return
        self._end_table()
        body = [line for line in page.lines if line.x1 - line.x0 > 0.4 * page.width] or lines
        left, right = min(line.x0 for line in body), max(line.x1 for line in body)
        groups = regions(lines, page.width)
        for group in groups:
            whole = (
                len(groups) == 1 or max(line.x1 for line in group) - min(line.x0 for line in group) > 0.6 * page.width
            )
            set_margins(group, left if whole else None, right if whole else None)
            if not whole:
                self._end_flow()
            gaps = [b.top - a.bottom for a, b in itertools.pairwise(group) if 0 <= b.top - a.bottom < 2 * a.height]
            spacing = median(gaps) if gaps else 4.0
            for line in group:
                self._line(line, spacing, whole)
            if not whole:
                self._end_flow()

    def _line(self, line: Line, spacing: float, whole: bool) -> None:
        if self.flow is None:
            self.flow = Flow([line], align_of(line))
            return
        before = self.flow.lines[-1]
        new = breaks(before, line, self.flow, spacing)
        if before.words[-1].page != line.words[0].page:
            new = new or (bool(_SENTENCE_END.search(before.text)) and line.x0 > line.left + 6)
        if new:
            self._end_flow()
            self.flow = Flow([line], align_of(line))
        else:
            self.flow.lines.append(line)

    def _end_flow(self) -> None:
        if self.flow is None:
            return
        flow, self.flow = self.flow, None
        self.counts["p"] += 1
        self.blocks.append(Paragraph(passage(flow.lines, f"p{self.counts['p']}"), align=flow.align, bold=flow.bold))  # type: ignore[arg-type]


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text.casefold()).strip()


__all__ = ["Word", "read"]
