"""PDF by pdfplumber: words by geometry, tables by their rules, paragraphs as the author wrote them.

Pages are drawn one by one and closed (`pdf_file`); each gives its visible words (`pdf_chars`), tables (`pdf_rules`,
`pdf_tables`, `pdf_aligned`) and lines. Then running lines, stamps and footnotes are put aside (`pdf_furniture`), and the
lines of all pages become paragraphs (`pdf_regions`, `pdf_flow`, `pdf_blocks`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from extractors import limits
from extractors.errors import Unreadable
from extractors.model import Document, Source, SourceWarning
from extractors.readers.pdf_aligned import aligned_tables
from extractors.readers.pdf_blocks import blocks_of
from extractors.readers.pdf_chars import once, seen, words_of
from extractors.readers.pdf_file import PdfFile, opened, parsing
from extractors.readers.pdf_furniture import PageText
from extractors.readers.pdf_lines import lines_of
from extractors.readers.pdf_rules import grids, rules_of
from extractors.readers.pdf_stamps import stamp_runs, stamps_of
from extractors.readers.pdf_tables import raw_table
from extractors.readers.pdf_trust import untrusted
from extractors.readers.progress import tick

_FEW_CHARACTERS: Final = 120  # on a page that is a picture: a stamp or a page number, not its text
_PICTURE: Final = 0.6  # share of the page that a scan covers
_MESSAGES: Final = {
    "no_text_layer": "Trang là ảnh, không có lớp chữ: chưa đọc được.",
    "page_too_complex": "Trang quá nhiều nét kẻ: chỉ đọc chữ, không đọc bảng.",
    "page_cut": "Trang quá nhiều ký tự: chỉ đọc phần đầu.",
    "bad_geometry": "Kích thước trang không hợp lệ: bỏ qua.",
    "duplicated_characters": "Có chữ in chồng hai lần: chỉ đọc một lần.",
    "hidden_text": "Có chữ ngoài trang hoặc chữ trắng: không đọc.",
    "untrusted_text": "Lớp chữ không đáng tin (phông TCVN3, VNI hoặc mã phông hỏng): số liệu đọc được có thể sai.",
    "active_content": "Tệp có mã lệnh hoặc thao tác tự chạy: bỏ qua, không chạy.",
    "embedded_file": "Tệp có tệp khác đính kèm: không đọc.",
    "form_fields": "Tệp có biểu mẫu điện tử đã điền: giá trị trong các ô điền chưa được đọc.",
}


def read(data: bytes, source: Source) -> Document:
    """The document in `data`. Raises Unreadable: encrypted, corrupt, too_deep, too_large, too_many_pages, bad_geometry."""
    warnings: list[SourceWarning] = []
    with opened(data) as file:
        warnings += [SourceWarning(code, _MESSAGES[code]) for code in file.extras()]
        pages = [page for n in range(1, file.count + 1) if (page := _page(file, n, warnings)) is not None]
        count = file.count
    if not pages:
        raise Unreadable("bad_geometry")
    told = replace(source, pages=count, warnings=(*source.warnings, *warnings))
    return Document(told, tuple(blocks_of(pages)))


def _page(file: PdfFile, number: int, warnings: list[SourceWarning]) -> PageText | None:
    """What page `number` holds; None where its size is impossible."""
    page = file.page(number)
    if page is None:
        warnings.append(SourceWarning("bad_geometry", _MESSAGES["bad_geometry"], number))
        return None
    try:
        with parsing():
            chars = page.chars
        turn = _turn(chars)
        if turn:
            page.close()
            page = file.page(number, turn) or page
        made, codes = _read(page, number)
    finally:
        page.close()
        tick()
    warnings += [SourceWarning(code, _MESSAGES[code], number) for code in codes]
    return made


def _turn(chars: list[dict[str, Any]]) -> int:
    """Degrees by which a page must be turned for most of its characters to stand upright."""
    turned = [c["matrix"] for c in chars if not c["upright"]]
    if 2 * len(turned) > len(chars):
        return 90 if 2 * sum(m[1] > 0 for m in turned) > len(turned) else 270
    over = sum(c["matrix"][0] < 0 and c["matrix"][3] < 0 for c in chars)
    return 180 if 2 * over > len(chars) else 0


def _read(page: Any, number: int) -> tuple[PageText, list[str]]:
    """Words, lines and tables of one page, and the codes of what was left out."""
    codes: list[str] = []
    with parsing():
        chars = page.chars  # draws the page; all other objects are at hand from here on
    shown = tuple(float(v) for v in page.cropbox)
    left, top, right, bottom = shown
    few_rules = len(page.lines) + len(page.rects) + len(page.curves) <= limits.MAX_PAGE_RULES
    across, down = rules_of(page, (left, top)) if few_rules else ([], [])
    pictured = any(_covers(image, shown) for image in page.images)
    made = PageText(number, right - left, bottom - top)
    if page.cut:
        codes.append("page_cut")
    if not few_rules:
        codes.append("page_too_complex")
    if (page.images and not chars) or (pictured and len(chars) < _FEW_CHARACTERS):
        codes.append("no_text_layer")
    visible = seen(chars, (left, top, right, bottom), page.rects if few_rules else (), pictured)
    single = once(visible)
    if len(visible) < len(chars):
        codes.append("hidden_text")
    if len(single) < len(visible):
        codes.append("duplicated_characters")
    stamps, text = stamp_runs(single)
    words = words_of(text, number, (left, top), down)
    if untrusted(single, [w.text for w in words]):
        codes.append("untrusted_text")
    made.stamps, words = stamps_of(words)
    made.stamps += [lines_of(words_of(run, number, (left, top))) for run in stamps]
    found, made.loose = grids(across, down)
    free = words
    for grid in found:
        table, taken = raw_table(grid, free, number)
        if table.n_columns >= 2 and taken:
            made.tables.append(table)
            free = [w for w in free if id(w) not in taken]
    aligned, made.lines = aligned_tables(lines_of(free), made.loose, number)
    made.tables += aligned
    return made, codes


def _covers(image: dict[str, float], shown: tuple[float, ...]) -> bool:
    """Whether a picture fills most of the page."""
    wide = min(image["x1"], shown[2]) - max(image["x0"], shown[0])
    high = min(image["bottom"], shown[3]) - max(image["top"], shown[1])
    area = (shown[2] - shown[0]) * (shown[3] - shown[1])
    return wide > 0 and high > 0 and wide * high > _PICTURE * area


__all__ = ["read"]
