"""Lines that are not the document's own: what a web page puts around an article (counters, ratings, lists of other news,
time stamps), and the stamps of digital signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.language.outline import Line
from extractors.language.signature_words import GOES_ON, MOMENT, OPENS, TIMED, is_stamp
from extractors.model import Header

_TAIL = re.compile(
    r"(?i)^\s*(?:các tin (?:cùng|khác|đã đưa|liên quan)|tin (?:liên quan|khác|cùng chuyên mục|mới hơn|cũ hơn)|bài viết (?:liên quan|khác)|ý kiến bạn đọc|"
    r"bình luận|tổng số điểm của bài viết|những tin (?:mới|cũ) hơn|tin đã đưa|click để đánh giá|\[?quay lại|gửi (?:bình luận|phản hồi)|thống kê truy cập|đang truy cập)"
)
_ANYWHERE = re.compile(
    r"(?i)(?:\b(?:lượt xem|số lần xem|lượt đọc|view|tải về|kích thước|cập nhật lúc)\s*:?\s*[\d.,]+|^\s*[\d.,]+\s*(?:lượt xem|views?)\b|"
    r"\b\d{1,2}:\d{2}(?::\d{2})?\s*(?:AM|PM|GMT)?\b.*\d{1,2}[/-]\d{1,2}[/-]\d{4}|\b\d{1,2}[/-]\d{1,2}[/-]\d{4}\s*(?:\||-|,|lúc)?\s*\d{1,2}:\d{2})"
)
_PAGE_LINE = re.compile(r"(?i)^\s*(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)\s*[,-]\s*(?:ngày\s*)?\d")

_STAMP, _STAMP_LINE = 400, 120  # characters of a stamp in one paragraph, of one of its lines
_STAMP_LINES = 10


def furniture(lines: Sequence[Line], header: Header, placed: frozenset[str]) -> frozenset[int]:
    """Indices of lines that say nothing of the report: stamps of signatures, and what stands around a news item."""
    found = _stamps(lines)
    if header.doc_type != "TIN":
        return frozenset(found)
    half = len(lines) // 2
    tail = next((i for i, line in enumerate(lines) if i > half // 2 and _TAIL.match(line.text)), len(lines))
    for i, line in enumerate(lines):
        short = len(line.text) < 160
        around = short and bool(_ANYWHERE.search(line.text) or _PAGE_LINE.match(line.text))
        if i >= tail or (around and line.segments[0].passage.locator not in placed):
            found.add(line.index)
    return frozenset(found)


def _stamps(lines: Sequence[Line]) -> set[int]:
    """Indices of lines that a program for signatures printed. A reader that knows places on the page has set them aside as
    header or footer; in a scan or a copied text they stand among the others."""
    found: set[int] = set()
    for n, line in enumerate(lines):
        if line.kind in ("header", "footer"):
            group = [line] if OPENS.match(line.text) or MOMENT.search(line.text) else []
        elif TIMED.match(line.text) and MOMENT.search(line.text) and len(line.text) < _STAMP_LINE:
            group = [line]
        else:
            group = _stamp(lines, n)
        found.update(member.index for member in group)
    return found


def _stamp(lines: Sequence[Line], first: int) -> list[Line]:
    """The lines of a stamp that begins with a line; none where it is no stamp."""
    if not OPENS.match(lines[first].text) or len(lines[first].text) > _STAMP:
        return []
    group = [lines[first]]
    for line in lines[first + 1 : first + _STAMP_LINES]:
        text = line.text.lstrip()
        short = len(text) < _STAMP_LINE
        own = OPENS.match(text) or GOES_ON.match(text) or MOMENT.search(text) or group[-1].text.rstrip().endswith(":")
        if not short or not own:
            break
        group.append(line)
    return group if is_stamp(" ".join(line.text for line in group)) else []
