"""Numbers in words before a counting noun, and zeros in words.

"tám hồ sơ", "hai mươi lăm hồ sơ", "một trăm linh hai hồ sơ"; "không có hồ sơ trễ hạn".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extractors.model import Quantity

_DIGIT = {
    "không": 0,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
_LAST = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}  # only behind a ten
_THOUSAND, _LINK = ("nghìn", "ngàn"), ("linh", "lẻ")
_WORD = "|".join([*_DIGIT, *_LAST, *_THOUSAND, *_LINK, "mười", "mươi", "trăm"])
NOUNS = (
    "hồ sơ",
    "trường hợp",
    "bộ hồ sơ",
    "thủ tục",
    "TTHC",
    "phản ánh",
    "văn bản",
    "quyết định",
    "kế hoạch",
    "nhiệm vụ",
    "đơn vị",
    "tin bài",
)
#: "thứ ba", "tháng tư", "quý hai", "hai mươi, ba mươi": names and parts of numbers, not counts
_NAMES = re.compile(r"(?i)\b(?:thứ|tháng|quý|mùng|lần|mức|cấp|nhóm|bước|lớp|loại|hạng|khóa|điều|khoản|mục|vài|mấy)\s\Z")
#: "một", "năm" are an article and the year unless something before them leads to a count
_LEADS = re.compile(
    r"(?i)(?:\b(?:có|là|được|trả|quyết|nhận|còn|gồm|thêm|(?<!đối )với|và|chỉ|đủ|cả|tổng|hạn|lý)|[:(,;+=-]|\A|\n)\s*\Z"
)
_ONLY_LED = frozenset({"một", "năm"})
_AFTER_YEAR = re.compile(r"(?i)\b(?:trong|hết|cả|cuối|đầu|mỗi|hằng|từng|cùng|nửa|qua|của)\s\Z")

LATE = (
    "sau ngày hẹn",
    "sau thời hạn",
    "sau hạn",
    "sau hẹn",
    "quá ngày hẹn",
    "qua ngày hẹn",
    "vượt thời hạn",
    "trễ hạn",
    "quá hạn",
    "chậm hạn",
    "trễ hẹn",
    "quá hẹn",
    "chậm hẹn",
    "quá thời hạn",
    "chậm muộn",
    "trả chậm",
    "lỡ hẹn",
    "sai hẹn",
    "trả trễ",
    "trả muộn",
    "chậm trễ",
    "quá ngày hẹn",
    "quá ngày trả",
    "vượt thời hạn",
    "trễ ngày hẹn",
    "quá lịch hẹn",
    "bị trễ",
    "bị chậm",
    "tồn đọng",
    "tồn quá hạn",
    "trả lại",
    "chậm",
    "trễ",
    "tồn",
    "rút",
    "bổ sung",
)
#: The same as a verb and what it is late for: "vượt hạn", "chậm hơn thời hạn", "trễ so với ngày hẹn".
_LATER = (
    r"(?:quá|qua|trễ|chậm|vượt|muộn|sau)(?: quá| hơn| so với)?"
    r" (?:hạn|hẹn|thời hạn|thời gian|ngày hẹn|giấy hẹn|phiếu hẹn|lịch hẹn|ngày trả)"
)
DOSSIERS = ("bộ hồ sơ", "hồ sơ", "hs", "trường hợp", "tthc", "thủ tục hành chính")
_NO = r"không để (?:xảy ra|phát sinh)(?: tình trạng)?|không để|không (?:có|còn|phát sinh|xảy ra|ghi nhận|tồn tại|xuất hiện)(?: tình trạng)?|chưa (?:có|phát sinh|để xảy ra|ghi nhận|xuất hiện|xảy ra)|không"
_BETWEEN = (
    r"nào|hồ sơ|tthc|thủ tục hành chính|bị|phải|được|giải quyết|xử lý|tiếp nhận|trả|kết quả|kq|xong|nhưng|mà|đang|còn|thuộc diện|"
    r"chậm muộn,|yêu cầu|để"
)
#: what is hoped for or ordered is no result
_AIM = re.compile(
    r"(?i)\b(?:(?:phấn đấu|mục tiêu|chỉ tiêu|yêu cầu|quyết tâm|tiếp tục)\b[^.;\n]{0,60}"
    r"|(?:nhằm|bảo đảm|đảm bảo|cố gắng|tránh|để|nếu|phải|cần(?! thơ)|sẽ)\b[^,.;\n]{0,40})\Z"
)


@dataclass(frozen=True, slots=True)
class WordNumber:
    """A number in words at `start:end`."""

    start: int
    end: int
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class StatedZero:
    """A zero in words: "không có hồ sơ trễ hạn"; the span covers the phrase, the quantity's text its first words."""

    start: int
    end: int
    quantity: Quantity


@cache
def _before_noun(nouns: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?i)\b((?:{_WORD})(?:\s(?:{_WORD})){{0,9}})\s(?=(?:{'|'.join(map(re.escape, nouns))})\b)")


def find_number_words(text: str, nouns: tuple[str, ...] = NOUNS) -> list[WordNumber]:
    """Numbers in words that one of `nouns` follows, in normalised text.

    "không hồ sơ" is not one (see stated zeros), nor "năm" where it is the year ("trong năm hồ sơ …" stays unread).
    """
    found = []
    for match in _before_noun(nouns).finditer(text):
        value = value_of(match[1])
        head = text[max(0, match.start() - 16) : match.start()]
        if not value or _NAMES.search(head) or (match[1].lower() == "năm" and _AFTER_YEAR.search(head)):
            continue
        if match[1].lower() in _ONLY_LED and not _LEADS.search(head):
            continue
        found.append(WordNumber(match.start(1), match.end(1), Quantity(match[1], Decimal(value), words=True)))
    return found


def value_of(words: str) -> int | None:
    """The number that Vietnamese number words say, up to 999.999; None when they make no number.

    Short forms of speech that may mean two things ("hai ba", "trăm hai", "nghìn rưỡi") make none.
    """
    parts = words.lower().split()
    thousand = next((w for w in parts if w in _THOUSAND), None)
    if thousand is None:
        return _hundreds(parts)
    at = parts.index(thousand)
    head, rest = _hundreds(parts[:at]), parts[at + 1 :]
    if head is None or not rest:
        return head and head * 1000
    tail = _digit(rest[1:]) if rest[0] in _LINK else _hundreds(rest) if "trăm" in rest else None
    return None if tail is None or not head else head * 1000 + tail


def _hundreds(parts: list[str]) -> int | None:
    if "trăm" not in parts:
        return _tens(parts)
    if parts.index("trăm") != 1 or parts[0] not in _DIGIT:
        return None
    rest = parts[2:]
    if not rest:
        return _DIGIT[parts[0]] * 100
    tail = _digit(rest[1:]) if rest[0] in _LINK else (_tens(rest) if len(rest) > 1 or rest == ["mười"] else None)
    return None if tail is None else _DIGIT[parts[0]] * 100 + tail


def _tens(parts: list[str]) -> int | None:
    if len(parts) == 1:
        return 10 if parts[0] == "mười" else _DIGIT.get(parts[0])
    if not parts or len(parts) > 3:
        return None
    if parts[0] == "mười":
        teen = None if parts[1] in ("mốt", "tư") or len(parts) > 2 else _unit(parts[1])
        return teen and 10 + teen
    ten = _DIGIT.get(parts[0])
    if not ten or ten == 1:
        return None
    if parts[1] == "mươi":
        unit = 0 if len(parts) == 2 else _unit(parts[2])
        return None if unit is None else ten * 10 + unit
    return ten * 10 + _LAST[parts[1]] if len(parts) == 2 and parts[1] in _LAST else None


def _unit(word: str) -> int | None:
    """The last word behind a ten: "mốt", "lăm"; never "năm", which is a year there ("hai mươi năm")."""
    return _LAST.get(word) or (None if word in ("năm", "không") else _DIGIT.get(word))


def _digit(parts: list[str]) -> int | None:
    """The one word behind "linh": "linh năm", "linh tư"."""
    return ({"tư": 4} | _DIGIT).get(parts[0]) or None if len(parts) == 1 else None


@cache
def _zero_phrase(nouns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        rf"(?i)\b(?P<none>{_NO})\s(?:(?:một|bất kỳ|có|số)\s){{0,2}}(?:{'|'.join(map(re.escape, nouns))})"
        rf"(?:\s(?:{_BETWEEN})){{0,6}}\s(?:{_LATER}|{'|'.join(map(re.escape, LATE))})\b"
    )


@cache
def _zero_behind(nouns: tuple[str, ...]) -> re.Pattern[str]:
    """ "Số hồ sơ trễ hạn: không có", "hồ sơ quá hạn không phát sinh"."""
    return re.compile(
        rf"(?i)\b(?:{'|'.join(map(re.escape, nouns))})(?:\s(?:{_BETWEEN})){{0,4}}\s(?:{_LATER}|{'|'.join(map(re.escape, LATE))})"
        r"(?:\s(?:giải quyết|xử lý|trả kết quả|trong (?:kỳ|tháng|quý|năm))){0,2}\s*(?::|là)?\s*"
        r"(?P<none>không có|không phát sinh|chưa có|chưa phát sinh|không)(?=\s*(?:[.;,)]|$))"
    )


@cache
def _zero_around(nouns: tuple[str, ...]) -> re.Pattern[str]:
    """ "không chậm hồ sơ nào", "chưa để quá hạn trường hợp nào"."""
    return re.compile(
        rf"(?i)\b(?P<none>không|chưa)\s(?:(?:bị|để|có|giải quyết|trả)\s){{0,2}}(?:{_LATER}|{'|'.join(map(re.escape, LATE))})"
        rf"\s(?:(?:một|bất kỳ)\s)?(?:{'|'.join(map(re.escape, nouns))})\snào\b"
    )


@cache
def _zero_of_all(nouns: tuple[str, ...]) -> re.Pattern[str]:
    """ "Tất cả hồ sơ đã giải quyết đều không trễ hạn"."""
    return re.compile(
        rf"(?i)\b(?:tất cả|toàn bộ|mọi)\s[^.;:,\d]{{0,40}}?(?:{'|'.join(map(re.escape, nouns))})\b[^.;:,\d]{{0,60}}?"
        rf"\s(?P<none>không|chưa)(?: bị| để| có)?\s(?:{_LATER}|{'|'.join(map(re.escape, LATE))})\b"
    )


def find_stated_zeros(text: str, nouns: tuple[str, ...] = DOSSIERS) -> list[StatedZero]:
    """Zeros in words, for one of `nouns` that is late, returned or left over; other negations state no figure, nor do
    aims and orders ("phấn đấu không có hồ sơ trễ hạn")."""
    return [
        StatedZero(m.start(), m.end(), Quantity(m["none"], Decimal(0), words=True))
        for pattern in (_zero_phrase(nouns), _zero_behind(nouns), _zero_around(nouns), _zero_of_all(nouns))
        for m in pattern.finditer(text)
        if not _AIM.search(text[max(0, m.start() - 80) : m.start()])
    ]
