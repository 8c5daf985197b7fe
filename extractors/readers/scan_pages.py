"""The pages of a PDF that are recognised: which they are, and what becomes of their text layer and their warnings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from extractors import limits
from extractors.model import SourceWarning
from extractors.readers.pdf_furniture import PageText
from extractors.readers.pdf_layout import lay_out
from extractors.readers.pdf_lines import Line, Word
from extractors.readers.scan_page import Recognised, recognised
from extractors.readers.scan_render import Wanted, pixels, scan_dpi
from extractors.readers.scan_tools import missing
from extractors.readers.syllables import true_syllable

Reason = Literal["no_text_layer", "untrusted_text"]

_RECOGNISED: Final = "Trang là ảnh: chữ được nhận dạng tự động, độ tin cậy trung bình {confidence}/100; hãy đối chiếu số liệu với bản gốc."
_RECOGNISED_OVER: Final = "Lớp chữ không đáng tin: trang được nhận dạng lại từ ảnh, độ tin cậy trung bình {confidence}/100; hãy đối chiếu số liệu với bản gốc."
_UNREAD: Final[dict[Reason, str]] = {
    "no_text_layer": "Trang là ảnh, không có lớp chữ: chưa đọc được.",
    "untrusted_text": "Lớp chữ không đáng tin (phông TCVN3, VNI hoặc mã phông hỏng): số liệu đọc được có thể sai.",
}
_AROUND: Final = ".,;:()[]\"'“”-–/"
_TRUE: Final = 0.8  # share of true syllables in recognised text; above 0.95 in real reports
_INSTALL: Final = " Để nhận dạng chữ, cài: {command}"
_TOO_LARGE: Final = " Ảnh quá lớn để nhận dạng."
_FAILED: Final = " Nhận dạng không xong trong thời gian cho phép hoặc không ra chữ nào."


@dataclass(slots=True)
class Drawn:
    """A page as its text layer gives it. `reason`: why it is to be recognised, None where its text is sound; `words`:
    what its text layer does say soundly (a number and date stamped over a scan), `stamps` those of its signatures."""

    text: PageText
    reason: Reason | None = None
    wanted: Wanted | None = None
    words: list[Word] = field(default_factory=list)
    stamps: list[list[Line]] = field(default_factory=list)


def wanted_page(page: PageText, turn: int, images: Sequence[dict[str, Any]]) -> Wanted | None:
    """How a page is to be drawn for recognition; None where its pictures are too large to be unpacked."""
    if pixels(images) > limits.MAX_PICTURE_PIXELS:
        return None
    wanted = Wanted(page.number, page.width, page.height, turn, scan_dpi(images))
    return wanted if wanted.resolution is not None else None


def with_scans(
    data: bytes, drawn: Sequence[Drawn], warnings: list[SourceWarning]
) -> tuple[list[PageText], Literal["text", "ocr"]]:
    """All pages, those recognised that need it, and how their characters were obtained. Adds to `warnings`."""
    scans = [d for d in drawn if d.reason is not None]
    if not scans:
        return [d.text for d in drawn], "text"
    command = missing()
    readable = [d.wanted for d in scans if d.wanted is not None] if command is None else []
    results = {wanted.number: result for wanted, result in recognised(data, readable)} if readable else {}
    reader: Literal["text", "ocr"] = "text"
    for page in scans:
        result = results.get(page.text.number)
        if result is not None and page.reason == "untrusted_text" and not _is_vietnamese(result.words):
            result = None  # its letters are drawn as wrongly as they are stored: the font is not in the file
        if result is not None and result.words:
            _take(page, result)
            reader = "ocr"
        warnings.append(_told(page, result, command))
    return [d.text for d in drawn], reader


def _is_vietnamese(words: Sequence[Word]) -> bool:
    """Whether what was recognised is Vietnamese by its syllables, those without marks included."""
    letters = [text for w in words if (text := w.text.strip(_AROUND)).isalpha()]
    return sum(map(true_syllable, letters)) >= _TRUE * len(letters) > 0


def _take(page: Drawn, result: Recognised) -> None:
    """Lay the page out anew from what was recognised; words of a sound text layer stand in their places."""
    old = page.text
    page.text = PageText(old.number, result.width, result.height)
    kept = page.words if page.reason == "no_text_layer" else []
    page.text.stamps = list(page.stamps) if page.reason == "no_text_layer" else []
    stamped = [w for stamp in page.text.stamps for line in stamp for w in line.words]
    words = [w for w in result.words if not any(_over(w, k) for k in (*kept, *stamped))]
    lay_out(page.text, words + kept, result.across, result.down)


def _over(word: Word, kept: Word) -> bool:
    """Whether a recognised word is one that the text layer has too."""
    x0, top, x1, bottom = word.seen or (word.x0, word.top, word.x1, word.bottom)
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    return kept.x0 - 1 <= x <= kept.x1 + 1 and kept.top - 1 <= y <= kept.bottom + 1


def _told(page: Drawn, result: Recognised | None, command: str | None) -> SourceWarning:
    """The warning of a page that was, or was to be, recognised."""
    number, reason = page.text.number, page.reason or "no_text_layer"
    if result is not None and result.words:
        message = _RECOGNISED if reason == "no_text_layer" else _RECOGNISED_OVER
        return SourceWarning("recognised", message.format(confidence=result.confidence), number)
    more = _TOO_LARGE if page.wanted is None else _FAILED
    if command is not None:
        more = _INSTALL.format(command=command)
    return SourceWarning(reason, _UNREAD[reason] + more, number)
