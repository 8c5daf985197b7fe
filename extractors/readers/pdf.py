"""PDF by pdfplumber: words by geometry, tables by their rules, paragraphs as the author wrote them.

Pages are drawn one by one and closed (`pdf_file`); each gives its visible words (`pdf_chars`), tables (`pdf_rules`,
`pdf_tables`, `pdf_aligned`) and lines. Then running lines, stamps and footnotes are put aside (`pdf_furniture`), and the
lines of all pages become paragraphs (`pdf_regions`, `pdf_flow`, `pdf_blocks`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from extractors import limits
from extractors.errors import Unreadable
from extractors.model import Document, Source, SourceWarning
from extractors.readers.pdf_blocks import blocks_of
from extractors.readers.pdf_chars import once, seen, words_of
from extractors.readers.pdf_file import PdfFile, opened, parsing
from extractors.readers.pdf_furniture import PageText
from extractors.readers.pdf_layout import lay_out
from extractors.readers.pdf_lines import lines_of
from extractors.readers.pdf_repair import Repairs
from extractors.readers.pdf_rules import rules_of
from extractors.readers.pdf_signatures import signatures_of
from extractors.readers.pdf_stamps import stamp_runs
from extractors.readers.pdf_trust import untrusted
from extractors.readers.progress import tick
from extractors.readers.scan_pages import Drawn, wanted_page, with_scans

_FEW_CHARACTERS: Final = 120  # on a page that is a picture: a stamp or a page number, not its text
_PICTURE: Final = 0.6  # share of the page that a scan covers
_MESSAGES: Final = {
    "page_too_complex": "Trang quá nhiều nét kẻ: chỉ đọc chữ, không đọc bảng.",
    "page_cut": "Trang quá nhiều ký tự: chỉ đọc phần đầu.",
    "bad_geometry": "Kích thước trang không hợp lệ: bỏ qua.",
    "duplicated_characters": "Có chữ in chồng hai lần: chỉ đọc một lần.",
    "hidden_text": "Có chữ ngoài trang hoặc chữ trắng: không đọc.",
    "active_content": "Tệp có mã lệnh hoặc thao tác tự chạy: bỏ qua, không chạy.",
    "embedded_file": "Tệp có tệp khác đính kèm: không đọc.",
    "form_fields": "Tệp có biểu mẫu điện tử đã điền: giá trị trong các ô điền chưa được đọc.",
}


def read(data: bytes, source: Source) -> Document:
    """The document in `data`. Raises Unreadable: encrypted, corrupt, too_deep, too_large, too_many_pages, bad_geometry."""
    warnings: list[SourceWarning] = []
    repairs = Repairs()
    with opened(data) as file:
        warnings += [SourceWarning(code, _MESSAGES[code]) for code in file.extras()]
        drawn = [page for n in range(1, file.count + 1) if (page := _page(file, n, warnings, repairs)) is not None]
        count = file.count
    if not drawn:
        raise Unreadable("bad_geometry")
    pages, reader = with_scans(data, drawn, warnings)
    warnings += repairs.warnings()
    signatures, doubts = signatures_of(data)
    told = replace(source, reader=reader, pages=count, warnings=(*source.warnings, *warnings, *doubts))
    told = replace(told, signatures=signatures, scores=repairs.scores)
    return Document(told, tuple(blocks_of(pages)))


def _page(file: PdfFile, number: int, warnings: list[SourceWarning], repairs: Repairs) -> Drawn | None:
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
        made, codes = _read(page, number, turn, repairs)
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


def _read(page: Any, number: int, turn: int, repairs: Repairs) -> tuple[Drawn, list[str]]:
    """Words, lines and tables of one page, and the codes of what was left out."""
    codes: list[str] = []
    with parsing():
        chars = page.chars  # draws the page; all other objects are at hand from here on
    shown = tuple(float(v) for v in page.cropbox)
    left, top, right, bottom = shown
    few_rules = len(page.lines) + len(page.rects) + len(page.curves) <= limits.MAX_PAGE_RULES
    across, down = rules_of(page, (left, top)) if few_rules else ([], [])
    pictured = _covered(page.images, shown)
    made = PageText(number, right - left, bottom - top)
    if page.cut:
        codes.append("page_cut")
    if not few_rules:
        codes.append("page_too_complex")
    visible = seen(chars, (left, top, right, bottom), page.rects if few_rules else (), pictured)
    single = once(visible)
    if len(visible) < len(chars):
        codes.append("hidden_text")
    if len(single) < len(visible):
        codes.append("duplicated_characters")
    single = repairs.page(single, number)
    stamps, text = stamp_runs(single)
    words = words_of(text, number, (left, top), down)
    repairs.score(number, [w.text for w in words])
    drawn = Drawn(made, words=words)
    if (page.images and not chars) or (pictured and len(chars) < _FEW_CHARACTERS):
        drawn.reason = "no_text_layer"
    elif untrusted(single, [w.text for w in words]):
        drawn.reason = "untrusted_text"
        for word in words:
            word.confidence = 0
    if drawn.reason:
        drawn.wanted = wanted_page(made, turn, page.images)
    made.stamps = [lines_of(words_of(run, number, (left, top))) for run in stamps]
    drawn.stamps = list(made.stamps)
    lay_out(made, words, across, down)
    return drawn, codes


def _covered(images: Sequence[dict[str, Any]], shown: tuple[float, ...]) -> bool:
    """Whether pictures fill most of the page: one, or the strips that some scanners cut it into."""
    filled = 0.0
    for image in images:
        wide = min(image["x1"], shown[2]) - max(image["x0"], shown[0])
        high = min(image["bottom"], shown[3]) - max(image["top"], shown[1])
        filled += wide * high if wide > 0 and high > 0 else 0.0
    return filled > _PICTURE * (shown[2] - shown[0]) * (shown[3] - shown[1])


__all__ = ["read"]
