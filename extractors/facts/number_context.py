"""What the words around a figure make of it: an approximation ("gần"), a bound ("không quá", "trở lên")."""

from __future__ import annotations

import re
from typing import Literal

Qualifier = Literal["<", "<=", ">", ">="]

_WINDOW = 32  # characters before a figure in which such a word can stand
_TARGET_WINDOW = 80
_APPROX = re.compile(
    r"(?i)(?:\b(?:gần(?: như)?|(?<!cao )(?<!thấp )(?<!lớn )(?<!nhỏ )(?<!nhiều )(?<!ít )(?<!kém )(?<!sớm )(?<!chậm )(?<!tốt )hơn"
    r"|trên|khoảng|xấp xỉ|chừng|ước(?: tính| đạt| có| khoảng| thực hiện| giải quyết)*)|≈)\s{0,3}(?:là\s{1,3})?\Z"
)
_OVER = re.compile(r"(?i)\btrên(?: tổng)?\s{0,3}\Z")
#: "57,88 trên 65 điểm", "581/trên tổng 624": out of, not more than
_OUT_OF = re.compile(
    r"(?i)(?:[0-9%](?:\s(?:hồ sơ|HS|điểm|TTHC|đơn vị|người|nhiệm vụ|phiếu|văn bản|thủ tục)(?: (?:TTHC|trực tuyến|có mặt))?)?\s"
    r"|/\s?|\btổng\s)(?:trên|tổng)(?: tổng)?\s{0,3}\Z"
)
#: "trên 5 lĩnh vực", "dưới 2 hình thức": where, not how many
_PLACE_NEXT = re.compile(
    r"(?i)\s(?:lĩnh vực|mặt|phương diện|nội dung|cấp|trục|hệ thống|cổng|nền tảng|địa bàn|hình thức|dạng|góc độ|kênh)\b"
)
_AIMED = re.compile(
    r"(?i)\b(?:phấn đấu|mục tiêu|chỉ tiêu|yêu cầu|(?:bảo|đảm) (?:bảo|đảm)|đảm bảo|duy trì|phải(?! (?:giải quyết|xử lý|thụ lý))|cần(?! (?:giải quyết|xử lý)))\b[^.;:\n]*\Z"
)
_BEFORE: tuple[tuple[re.Pattern[str], Qualifier], ...] = (
    (
        re.compile(
            r"(?i)(?:\b(?:ít nhất|tối thiểu|không dưới|không (?:thấp|ít|nhỏ|kém) hơn)\s{0,3}(?:là\s{1,3}|đạt\s{1,3}|từ\s{1,3})?|≥|>=)\s{0,3}\Z"
        ),
        ">=",
    ),
    (
        re.compile(
            r"(?i)(?:\b(?:không quá|tối đa|nhiều nhất|không vượt quá|không vượt|không (?:cao|nhiều|lớn) hơn)\s{0,3}(?:là\s{1,3}|đến\s{1,3})?|≤|<=)\s{0,3}\Z"
        ),
        "<=",
    ),
    (re.compile(r"(?i)(?:\b(?:dưới|(?:thấp|ít|nhỏ|kém) hơn)|<)\s{0,3}\Z"), "<"),
    (re.compile(r"(?i)(?:\b(?:vượt|(?:lớn|cao|nhiều) hơn)|>)\s{0,3}\Z"), ">"),
)
_AFTER: tuple[tuple[re.Pattern[str], Qualifier], ...] = (
    (re.compile(r"(?i)[^,.;:()0-9\n]{0,30}\btrở lên\b"), ">="),
    (re.compile(r"(?i)[^,.;:()0-9\n]{0,30}\btrở xuống\b"), "<="),
)


def is_approximate(text: str, start: int, end: int) -> bool:
    """Whether the figure at `start:end` is said to be about right: after "gần", "hơn", "trên", "khoảng", "ước"."""
    head = text[max(0, start - _WINDOW) : start]
    if not _APPROX.search(head):
        return False
    if not _OVER.search(head):
        return True
    padded = text.startswith("0", start) and text[start + 1 : start + 2].isdigit()
    return not (padded or _OUT_OF.search(head) or _PLACE_NEXT.match(text, end))


def qualifier_of(text: str, start: int, end: int) -> Qualifier | None:
    """The bound that the figure at `start:end` is, None where it is a value."""
    head = text[max(0, start - _WINDOW) : start]
    for pattern, name in _BEFORE:
        if pattern.search(head) and not (name == "<" and _PLACE_NEXT.match(text, end)):
            return name
    for pattern, name in _AFTER:
        if pattern.match(text, end):
            return name
    if re.search(r"(?i)\b(?:trên|hơn)\s{0,3}\Z", head) and is_approximate(text, start, end):
        return ">" if _AIMED.search(text[max(0, start - _TARGET_WINDOW) : start]) else None
    return None
