"""Numbers written in words before a counting noun: "tám hồ sơ", "hai mươi lăm hồ sơ", "một trăm linh hai hồ sơ"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from extractors.model import Quantity

_DIGIT = {
    "không": 0,
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "nhăm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
_WORD = "|".join([*_DIGIT, "mười", "mươi", "trăm", "nghìn", "ngàn", "linh", "lẻ"])
_NOUNS = r"hồ sơ|trường hợp|bộ hồ sơ|thủ tục|TTHC|phản ánh|văn bản|quyết định|kế hoạch|nhiệm vụ|đơn vị|tin bài"
_SPAN = re.compile(rf"(?i)\b((?:{_WORD})(?:\s+(?:{_WORD}))*)\s+(?=(?:{_NOUNS})\b)")


@dataclass(frozen=True, slots=True)
class WordNumber:
    """A number in words at `start:end`."""

    start: int
    end: int
    quantity: Quantity


def find_number_words(text: str) -> list[WordNumber]:
    """Numbers in words that a counting noun follows. "không hồ sơ" is not one (see stated zeros), nor "năm" after a
    word that makes it a year ("trong năm hồ sơ …" stays unread)."""
    found = []
    for match in _SPAN.finditer(text):
        value = value_of(match[1])
        if value is None or value == 0:
            continue
        if match[1].lower() in ("một", "năm", "ba") and not re.search(
            r"(?i)(?:\b(?:có|là|được|trả|giải quyết|tiếp nhận|còn|gồm|thêm|với)|[:(])\s*$", text[: match.start()]
        ):
            continue
        found.append(WordNumber(match.start(1), match.end(1), Quantity(match[1], Decimal(value), words=True)))
    return found


def value_of(words: str) -> int | None:
    """The number that Vietnamese number words say, up to 999.999; None when they make no number."""
    parts = words.lower().split()
    for thousand in ("nghìn", "ngàn"):
        if thousand in parts:
            at = parts.index(thousand)
            head, tail = _below_thousand(parts[:at]), _below_thousand(parts[at + 1 :]) if parts[at + 1 :] else 0
            return None if head is None or tail is None else head * 1000 + tail
    return _below_thousand(parts)


def _below_thousand(parts: list[str]) -> int | None:
    if "trăm" in parts:
        at = parts.index("trăm")
        if at != 1 or parts[0] not in _DIGIT:
            return None
        rest = parts[2:]
        if rest and rest[0] in ("linh", "lẻ"):
            rest = rest[1:]
            if len(rest) != 1:
                return None
        tail = _below_hundred(rest) if rest else 0
        return None if tail is None else _DIGIT[parts[0]] * 100 + tail
    return _below_hundred(parts)


def _below_hundred(parts: list[str]) -> int | None:
    if not parts:
        return None
    if len(parts) == 1:
        return 10 if parts[0] == "mười" else _DIGIT.get(parts[0])
    if parts[0] == "mười" and len(parts) == 2 and parts[1] in _DIGIT:
        return 10 + _DIGIT[parts[1]]
    if len(parts) in (2, 3) and parts[1] == "mươi" and parts[0] in _DIGIT:
        return _DIGIT[parts[0]] * 10 + (_DIGIT.get(parts[2], 0) if len(parts) == 3 else 0)
    if len(parts) == 2 and parts[0] in _DIGIT and parts[1] in _DIGIT and _DIGIT[parts[0]] > 1:
        return _DIGIT[parts[0]] * 10 + _DIGIT[parts[1]]
    return None
