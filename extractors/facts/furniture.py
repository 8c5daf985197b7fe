"""Lines of a web page that are not the article: counters, ratings, lists of other news, time stamps."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.language.outline import Line
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


def furniture(lines: Sequence[Line], header: Header, placed: frozenset[str]) -> frozenset[int]:
    """Indices of lines that belong to the page around a news item; nothing for a document in office layout."""
    if header.doc_type != "TIN":
        return frozenset()
    found: set[int] = set()
    half = len(lines) // 2
    tail = next((i for i, line in enumerate(lines) if i > half // 2 and _TAIL.match(line.text)), len(lines))
    for i, line in enumerate(lines):
        short = len(line.text) < 160
        around = short and bool(_ANYWHERE.search(line.text) or _PAGE_LINE.match(line.text))
        if i >= tail or (around and line.segments[0].passage.locator not in placed):
            found.add(line.index)
    return frozenset(found)
