"""Figures of a text: where they stand, what they are worth, and how they pair up as fractions and products.

All functions take normalised text (see `extractors.language.normalise`) and give offsets in it. Digits are ASCII only;
what cannot be read as a figure (a malformed group, a run glued to letters) is not returned, never in pieces either,
and so ends as unread.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.facts.number_context import Qualifier, is_approximate, qualifier_of
from extractors.facts.number_notation import COUNTED, COUNTED_NEXT, Habit, infer_habit, read_run
from extractors.facts.number_words import StatedZero, find_number_words, find_stated_zeros
from extractors.model import Quantity

__all__ = [
    "Fraction",
    "Habit",
    "NumberSpan",
    "Product",
    "Qualifier",
    "StatedZero",
    "find_fractions",
    "find_numbers",
    "find_products",
    "find_stated_zeros",
    "infer_habit",
    "is_row_code",
]

_RUN = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_GROUPS = re.compile(
    r"(?<![0-9.,/-])(?<![0-9] )[1-9][0-9]{0,2}(?: [0-9]{3})+(?:,[0-9]+|(?!\s?%))(?![0-9]|[.,/][0-9]| [0-9])"
)
#: the decimals of a spreadsheet in groups of three: "0.000 3"
_SHEET_DECIMAL = re.compile(r"(?<![0-9.,])0[.,][0-9]{3}(?: [0-9]{3})* [0-9]{1,3}(?![0-9.,%]|\s(?:điểm\s)?[0-9])")
#: a number after these names something: "năm 2023 124 hồ sơ", "tháng 5 124 hồ sơ"
_NAMING = re.compile(
    r"(?i)\b(?:năm|tháng|quý|tuần|ngày|đợt|lần|thứ|khoản|điều|mục|bước|biểu|mức|độ|kỳ|khóa|nhóm|chương|phần|án|lục|mẫu)\s\Z"
)
_CLOSES = re.compile(r"\s?[;,.)]|\s*\Z")
_OPENS = re.compile(r"(?i)(?:[:(=]|\b(?:là|đạt|được|có|còn|số|nhận|quyết))\s?\Z")

_CODE_TAIL = re.compile(r"(?!(?i:hs|km|kg|ha|m|m2|đ|tr|gb|mb|kb|%)\b)[A-Za-zđĐ]{1,2}(?:[0-9]|\b)")
#: marks of other scripts inside a number ("1٫5", "1’234"), and a zero or one read as a letter behind a mark ("1.O00")
_MISREAD_TAIL = re.compile(r"[٫٬’'ʼ·][0-9]|[.,][OoQlI]{1,3}[0-9]")
_MISREAD_HEAD = re.compile(r"[0-9][٫٬’'ʼ·]\Z")
_LOST_BLANK = re.compile(
    r"(?i)(?:\A|[^\w])(?:đạt|là|có|được|gồm|nhận|quyết|chiếm|hơn|gần|trên|khoảng|còn|tăng|giảm|và|lệ|hạn)\Z"
)
_SENTENCE_STOP = re.compile(r"(?=\w*[à-ỹ])[^\W\d_A-Z]{2,8}\.\Z")
_FACTOR_BEFORE, _FACTOR_AFTER = re.compile(r"[0-9]\s?/\s?\Z"), re.compile(r"[xX*][0-9]")
_FACTOR_SIGN = re.compile(r"/\s?[0-9.,]{1,24}[xX]\Z")

_PERCENT = re.compile(r"\s{0,2}(?:%|phần trăm\b)")
_SCALE = re.compile(r"(?i)\s{0,2}((?:ngàn|nghìn)\s(?:tỷ|tỉ)|ngàn|nghìn|triệu|tỷ|tỉ)\b(?!\s*(?:lệ|số|trọng))")
_FACTORS = {"ngàn": 1_000, "nghìn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000, "tỉ": 1_000_000_000}
_SIGN, _GROWTH_SIGN = re.compile(r"[(=]\s?-\Z"), re.compile(r"(?i)\b(?:trưởng|quân|kỳ|giảm|tăng|là)\s-\Z")
_NOTHING = re.compile(r"\s*(?:điểm)?\s*\Z")

_SLASH = re.compile(r"\s?/\s?")
_NAMED_SLASH = re.compile(rf"(?i)\s?({'|'.join(COUNTED)})\s?/\s?")
#: "7 trong 12 nhiệm vụ", "7 trên tổng số 12 nhiệm vụ": a fraction in words, unless the second is a span of time.
_OUT_OF = re.compile(r"(?i)\s+(?:trong|trên)\s+(?:tổng (?:số\s+)?|số\s+)?")
_TIME = re.compile(r"(?i)\s*(?:tháng|ngày|giờ|phút|năm|quý|tuần|kỳ|[%\d/])")
_MORE_AFTER, _MORE_BEFORE = re.compile(r"\s?/\s?[0-9]"), re.compile(r"[0-9]\s?/\s?\Z")
_RATIO = re.compile(r"\s*[/:]\s*")
_TIMES = re.compile(r"\s*\)?\s*(?:×|[xX*]|\\\s?times)\s*")
_EQUALS = re.compile(r"\s*(?:\)|điểm)?\s*[=≈]\s*")
_ROW_CODE = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})+\.?")


VIETNAMESE = Habit()


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """A figure at `start:end` (sign, scale word and % included)."""

    start: int
    end: int
    quantity: Quantity
    percent: bool = False
    qualifier: Qualifier | None = None


@dataclass(frozen=True, slots=True)
class Fraction:
    """Two figures with a slash between: "33.451 /33.435", "12/19", "581 hồ sơ/624 hồ sơ"."""

    numerator: NumberSpan
    denominator: NumberSpan

    @property
    def like_date(self) -> bool:
        """Whether day and month could be printed so ("20/4"): the words around decide."""
        day, month = self.numerator.quantity, self.denominator.quantity
        return day.text.isdigit() and month.text.isdigit() and 1 <= day.value <= 31 and 1 <= month.value <= 12


@dataclass(frozen=True, slots=True)
class Product:
    """A score worked out on the page: "9/170281 × 0,5 = 0,0003"."""

    start: int
    end: int
    numerator: NumberSpan
    denominator: NumberSpan
    factor: NumberSpan
    result: NumberSpan | None


def is_row_code(text: str) -> bool:
    """Whether a run may be a row code: dotted single or double digits, "3.1.1", "9.2"."""
    return bool(_ROW_CODE.fullmatch(text.strip()))


def find_numbers(text: str, habit: Habit = VIETNAMESE) -> list[NumberSpan]:
    """Figures of the text in order, disjoint; digits first, then numbers in words before a counting noun."""
    found: list[NumberSpan] = []
    taken = 0
    spaced = {m.start(): m.end() for pattern in (_SHEET_DECIMAL, _GROUPS) for m in pattern.finditer(text)}
    for match in _RUN.finditer(text):
        start, end = match.span()
        if start < taken:
            continue
        if start in spaced and not _parted(text, start):
            end = spaced[start]
            if not _one_figure(text, start, end, habit):
                taken = end  # one figure or several: nobody can tell, so nothing is read
                continue
        taken = end
        span = None if _glued(text, start, end) else _read(text, start, end, habit)
        if span:
            found.append(span)
            taken = span.end
    return list(_with_words(text, found))


def _with_words(text: str, found: Sequence[NumberSpan]) -> list[NumberSpan]:
    """Figures in digits and in words together, in order; where they overlap the digits stand."""
    words = [
        NumberSpan(w.start, w.end, w.quantity, False, qualifier_of(text, w.start, w.end))
        for w in find_number_words(text)
    ]
    merged: list[NumberSpan] = []
    for span in sorted([*found, *words], key=lambda n: (n.start, n.quantity.words)):
        if not merged or merged[-1].end <= span.start:
            merged.append(span)
    return merged


def _parted(text: str, start: int) -> bool:
    """Whether the first group of a run with blanks belongs to the word before: "tháng 5 124 hồ sơ"."""
    return _NAMING.search(text, max(0, start - 12), start) is not None


def _one_figure(text: str, start: int, end: int, habit: Habit) -> bool:
    """Whether blanks group the digits of one figure: the document does so, a counted noun or a closing mark follows,
    or a group begins with 0."""
    if text.startswith("0", start):
        return COUNTED_NEXT.match(text, end) is None
    if habit.thousands == " " or COUNTED_NEXT.match(text, end) or _SCALE.match(text, end):
        return True
    head = text[max(0, start - 12) : start]
    if " 0" in text[start:end]:
        return True
    return _CLOSES.match(text, end) is not None and (not head.strip() or _OPENS.search(head) is not None)


def _glued(text: str, start: int, end: int) -> bool:
    """Whether the run is a piece of a code: letters right before it ("H23"), or going on after it ("3D", "13h30")."""
    head = text[max(0, start - 28) : start]
    after = text[end : end + 1]
    if after and not after.isascii() and (after.isnumeric() or (after.isalpha() and not _is_latin(after))):
        return True
    if _MISREAD_TAIL.match(text, end) or _MISREAD_HEAD.search(head):
        return True
    if _CODE_TAIL.match(text, end) and not (_FACTOR_AFTER.match(text, end) and _FACTOR_BEFORE.search(head)):
        return True
    before, second = head[-1:], head[-2:-1]
    if before.isalnum() or before == "_":
        return not (_LOST_BLANK.search(head) or _FACTOR_SIGN.search(head))
    if before == "." and second.isalpha():
        return not _SENTENCE_STOP.search(head)
    return before == "-" and second.isalpha() and second.isupper()


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")


def _read(text: str, start: int, end: int, habit: Habit) -> NumberSpan | None:
    percent = _PERCENT.match(text, end)
    scale = None if percent else _SCALE.match(text, end)
    counted = not scale and COUNTED_NEXT.match(text, end) is not None
    reading = read_run(text[start:end], habit, counted=counted, percent=percent is not None)
    if reading is None:
        return None
    value, ulp, other = reading.value, reading.ulp, reading.other
    if scale:
        for word in scale[1].lower().split():
            value, ulp, other = value * _FACTORS[word], ulp * _FACTORS[word], None
        value, ulp = _whole(value), _whole(ulp)
    mark = percent or scale
    first, stop = start, mark.end() if mark else end
    if _is_negative(text, start, stop, percent is not None):
        first, value, other = start - 1, -value, other and -other
    quantity = Quantity(text[first:stop], value, ulp, is_approximate(text, first, stop), other)
    return NumberSpan(first, stop, quantity, percent is not None, qualifier_of(text, first, stop))


def _is_negative(text: str, start: int, end: int, percent: bool) -> bool:
    """Whether the hyphen before a figure is a sign: alone in a cell, behind "(" or "=", or a rate of growth. At the
    head of a line it is a bullet, between figures a range."""
    if not start or text[start - 1] != "-":
        return False
    head = text[max(0, start - 12) : start]
    if _SIGN.search(head) or (percent and _GROWTH_SIGN.search(head)):
        return True
    return start <= 8 and head.strip() == "-" and _NOTHING.match(text, end) is not None


def _whole(value: Decimal) -> Decimal:
    """Without decimals where it is whole."""
    whole = value.to_integral_value()
    return whole if whole == value else value


def find_fractions(text: str, numbers: Sequence[NumberSpan]) -> list[Fraction]:
    """Neighbouring figures with a slash or "trong", "trên tổng số" between them; dates and codes are the caller's to sort out. The counted noun
    may be printed on both sides ("581 hồ sơ/624 hồ sơ"), not on one ("12 hồ sơ/3 tháng")."""
    pairs = []
    for left, right in itertools.pairwise(numbers):
        if right.start - left.end > 24 or left.percent or right.quantity.words:
            continue
        if _MORE_AFTER.match(text, right.end) or _MORE_BEFORE.search(text[max(0, left.start - 4) : left.start]):
            continue
        named = _NAMED_SLASH.fullmatch(text, left.end, right.start)
        if named and not text[right.end : right.end + 24].lstrip().lower().startswith(named[1].lower()):
            continue
        if (
            named
            or _SLASH.fullmatch(text, left.end, right.start)
            or (_OUT_OF.fullmatch(text, left.end, right.start) and not _TIME.match(text, right.end))
        ):
            pairs.append(Fraction(left, right))
    return pairs


def find_products(text: str, numbers: Sequence[NumberSpan]) -> list[Product]:
    """Scores worked out as a ratio times a maximum: "2000/17.281 × 0,5 = 0,06", "57/65 x 100 = 87,69%"."""
    products = []
    for i in range(len(numbers) - 2):
        a, b, c = numbers[i : i + 3]
        if not _RATIO.fullmatch(text, a.end, b.start) or not _TIMES.fullmatch(text, b.end, c.start):
            continue
        result = numbers[i + 3] if i + 3 < len(numbers) else None
        if result and not _EQUALS.fullmatch(text, c.end, result.start):
            result = None
        products.append(Product(a.start, (result or c).end, a, b, c, result))
    return products
