"""Figures in Vietnamese notation: `.` groups thousands, `,` opens the decimals, unless the document's habit differs.

All functions take normalised text (see `extractors.language.normalise`) and give offsets in it. Digits are ASCII only;
what cannot be read as a figure (a malformed group, a run glued to letters) is not returned, and so ends as unread.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from extractors.facts.number_words import find_number_words
from extractors.model import Quantity

Qualifier = Literal["<", "<=", ">", ">="]
MAX_DIGITS = 18  # more digits than a report can count

_RUN = re.compile(r"(?<![\w.,])(?<![\w][-])[-]?(?:\d+(?:[.,]\d+)*|\d{1,3}(?: \d{3})+(?:,\d+)?)(?![\d])")
_SPACED = re.compile(r"(?<![\d.,])(?<!năm )(?<!tháng )\d{1,3}(?: \d{3})+(?:,\d+)?(?![\d.]|,\d)")
_BROKEN_DECIMAL = re.compile(r"(?<![\d.,])0[.,]\d{3} \d{1,3}(?![\d.,%]|\s*(?:hồ sơ|điểm\s*\d))")
_GROUPED_DOT = re.compile(r"\d{1,3}(?:\.\d{3})+\Z")
_GROUPED_COMMA = re.compile(r"\d{1,3}(?:,\d{3})+\Z")
_SCALE = re.compile(r"\s*(ngàn|nghìn|triệu|tỷ|tỉ)\b(?!\s*lệ)")
_FACTORS = {"ngàn": 1_000, "nghìn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000, "tỉ": 1_000_000_000}
_APPROX = re.compile(
    r"(?i)\b(?:gần|hơn|trên|khoảng|ước(?: đạt| tính| khoảng)?|xấp xỉ|chừng|khoảng hơn|khoảng gần)\s*(?:là\s*)?$"
)
_TOTAL_OVER = re.compile(r"(?i)(?:/|\btrên tổng)\s*$")
_BOUNDS: tuple[tuple[re.Pattern[str], Qualifier], ...] = (
    (re.compile(r"(?i)\bdưới\s*$"), "<"),
    (re.compile(r"(?i)\b(?:không quá|tối đa|nhiều nhất|không vượt quá)\s*(?:là\s*)?$"), "<="),
    (re.compile(r"(?i)\b(?:ít nhất|tối thiểu|không dưới|không thấp hơn)\s*(?:là\s*|đạt\s*)?$"), ">="),
    (re.compile(r"(?i)\b(?:vượt|lớn hơn|cao hơn)\s*$"), ">"),
)
_AFTER_BOUNDS: tuple[tuple[re.Pattern[str], Qualifier], ...] = (
    (re.compile(r"(?i)\s*[^,.;:()\d]{0,30}\btrở lên\b"), ">="),
    (re.compile(r"(?i)\s*[^,.;:()\d]{0,30}\btrở xuống\b"), "<="),
)


@dataclass(frozen=True, slots=True)
class Habit:
    """How a document groups thousands and marks decimals; `sure` when its own figures show it."""

    thousands: str = "."
    decimal: str = ","
    sure: bool = False


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """A figure at `start:end` (a following % included)."""

    start: int
    end: int
    quantity: Quantity
    percent: bool = False
    qualifier: Qualifier | None = None


@dataclass(frozen=True, slots=True)
class Fraction:
    """Two figures with a slash between: "33.451 /33.435", "12/19"."""

    numerator: NumberSpan
    denominator: NumberSpan


@dataclass(frozen=True, slots=True)
class Product:
    """A score worked out on the page: "9/170281 × 0,5 = 0,0003"."""

    start: int
    end: int
    numerator: NumberSpan
    denominator: NumberSpan
    factor: NumberSpan
    result: NumberSpan | None


@dataclass(frozen=True, slots=True)
class StatedZero:
    """A zero in words: "không có hồ sơ trễ hạn"; the span covers the phrase, the quantity's text its first words."""

    start: int
    end: int
    quantity: Quantity


def infer_habit(texts: Iterable[str]) -> Habit:
    """The document's notation, from figures that only one notation explains ("1.234,5" or "1,234.5")."""
    vietnamese = english = 0
    for text in texts:
        for match in re.finditer(
            r"(?<![\d.,/])\d{1,3}(?:(?:\.\d{3})+,\d+|(?:,\d{3})+\.\d+|,\d{1,2}(?=\s*%)|\.\d{1,2}(?=\s*%)|(?:\.\d{3}){2,}|(?:,\d{3}){2,})(?![\d.,])",
            text,
        ):
            run = match[0]
            last = max(run.rfind("."), run.rfind(","))
            repeated = len(re.findall(r"[.,]\d{3}(?!\d)", run)) > 1 and len(set(re.findall(r"[.,]", run))) == 1
            decimal = ("," if run[last] == "." else ".") if repeated else run[last]
            vietnamese += decimal == ","
            english += decimal == "."
    if english > 2 * vietnamese and english > 1:
        return Habit(",", ".", True)
    return Habit(".", ",", vietnamese > 0)


def is_row_code(text: str) -> bool:
    """Whether a run may be a row code: dotted single or double digits, "3.1.1", "9.2"."""
    return bool(re.fullmatch(r"\d{1,2}(?:\.\d{1,2})+\.?", text.strip()))


def find_numbers(text: str, habit: Habit = Habit()) -> list[NumberSpan]:
    """Figures of the text in order, disjoint; digits first, then numbers in words before a counting noun."""
    found: list[NumberSpan] = []
    taken = 0
    special = {m.start(): m for pattern in (_BROKEN_DECIMAL, _SPACED) for m in pattern.finditer(text)}
    for match in re.finditer(r"\d+(?:[.,]\d+)*", text):
        if match.start() < taken:
            continue
        start, end = special[match.start()].span() if match.start() in special else match.span()
        if _glued(text, start, end):
            taken = end
            continue
        span = _read(text, start, end, habit)
        taken = span.end if span else end
        if span:
            found.append(span)
    words = [
        NumberSpan(w.start, w.end, w.quantity, False, _qualifier(text, w.start, w.end)) for w in find_number_words(text)
    ]
    busy = [(n.start, n.end) for n in found]
    found += [w for w in words if not any(s < w.end and e > w.start for s, e in busy)]
    return sorted(found, key=lambda n: n.start)


def _glued(text: str, start: int, end: int) -> bool:
    """Whether letters stand right before the run ("H23"), or a code goes on after it ("3D", "13h30", "02a")."""
    before = text[start - 1] if start else " "
    if (
        before.isalpha()
        or before == "_"
        or (
            before in ".,-"
            and start > 1
            and text[start - 2].isalpha()
            and before != ","
            and text[start - 2 : start] != ".."
        )
    ):
        return before != "-" or text[start - 2].isupper()
    return bool(re.match(r"[A-Za-zđĐ]{1,2}(?:\d|\b)", text[end:])) and not re.match(r"(?:hs|HS|%)", text[end:])


def _read(text: str, start: int, end: int, habit: Habit) -> NumberSpan | None:
    run = text[start:end]
    parsed = _parse(run, habit)
    if parsed is None:
        return None
    value, ulp, other = parsed
    stop, printed = end, run
    percent = re.match(r"\s*%", text[end : end + 4])
    if percent:
        stop += percent.end()
        printed = text[start:stop]
    elif scale := _SCALE.match(text, end):
        factor = Decimal(_FACTORS[scale[1]])
        value, ulp, other = _plain(value * factor), _plain(ulp * factor), None
        stop = scale.end()
        printed = text[start:stop]
    head = text[max(0, start - 24) : start]
    approx = bool(_APPROX.search(head)) and not _TOTAL_OVER.search(head)
    quantity = Quantity(printed, value, ulp, approx, other)
    return NumberSpan(start, stop, quantity, bool(percent), _qualifier(text, start, stop))


def _plain(value: Decimal) -> Decimal:
    """Without decimals where it is whole."""
    whole = value.to_integral_value()
    return whole if whole == value else value


def _qualifier(text: str, start: int, end: int) -> Qualifier | None:
    head = text[max(0, start - 24) : start]
    for pattern, name in _BOUNDS:
        if pattern.search(head):
            return name
    return next((name for pattern, name in _AFTER_BOUNDS if pattern.match(text, end)), None)


def _parse(run: str, habit: Habit) -> tuple[Decimal, Decimal, Decimal | None] | None:
    """Value, unit of the last place and second reading of a run of digits; None for a malformed one."""
    if sum(ch.isdigit() for ch in run) > MAX_DIGITS:
        return None
    if " " in run:
        head, _, rest = run.partition(" ")
        if "." in head or ("," in head and len(head) <= 5):
            return _decimal(head.replace(",", ".") + rest.replace(" ", ""))
        run = run.replace(" ", "")
    dots, commas = run.count("."), run.count(",")
    if not dots and not commas:
        return _decimal(run)
    if dots and commas:
        return _mixed(run)
    mark = "." if dots else ","
    grouped = (_GROUPED_DOT if dots else _GROUPED_COMMA).match(run)
    decimal = _decimal(run.replace(",", ".")) if dots + commas == 1 else None
    if not grouped:
        return decimal
    whole = _decimal(run.replace(mark, ""))
    leading_zero = run.startswith("0")
    if leading_zero:
        return decimal
    if mark == habit.thousands or decimal is None:
        return whole
    if mark == habit.decimal and habit.sure:
        return decimal
    return (decimal[0], decimal[1], whole[0]) if whole else decimal


def _mixed(run: str) -> tuple[Decimal, Decimal, Decimal | None] | None:
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+", run):
        return _decimal(run.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+\.\d+", run):
        return _decimal(run.replace(",", ""))
    return None


def _decimal(digits: str) -> tuple[Decimal, Decimal, None]:
    value = Decimal(digits)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return value, Decimal(1).scaleb(min(exponent, 0)), None


def find_fractions(text: str, numbers: Sequence[NumberSpan]) -> list[Fraction]:
    """Neighbouring figures with a slash between them, blanks allowed; dates and codes are the caller's to sort out."""
    pairs = []
    for left, right in itertools.pairwise(numbers):
        between = text[left.end : right.start]
        if re.fullmatch(r"\s?/\s?", between) and not left.percent and not right.quantity.words:
            if re.match(r"\s?/\s?\d", text[right.end :]) or re.search(r"\d\s?/\s?$", text[: left.start]):
                continue
            pairs.append(Fraction(left, right))
    return pairs


def find_products(text: str, numbers: Sequence[NumberSpan]) -> list[Product]:
    """Scores worked out as a ratio times a maximum: "2000/17.281 × 0,5 = 0,06"."""
    products = []
    for i in range(len(numbers) - 2):
        a, b, c = numbers[i : i + 3]
        if not re.fullmatch(r"\s*[/:]\s*", text[a.end : b.start]):
            continue
        if not re.fullmatch(r"\s*\)?\s*(?:×|x|X|\*|\\\s?times)\s*", text[b.end : c.start]):
            continue
        result = numbers[i + 3] if i + 3 < len(numbers) else None
        if result and not re.fullmatch(r"\s*(?:điểm\s*)?=\s*", text[c.end : result.start]):
            result = None
        products.append(Product(a.start, (result or c).end, a, b, c, result))
    return products


_ZERO = re.compile(
    r"(?i)\b(?P<none>không (?:có|còn|phát sinh|để xảy ra|xảy ra|để))\s+(?:trường hợp\s+)?(?:bất kỳ\s+)?(?P<noun>hồ sơ|hs|trường hợp|bộ hồ sơ|hồ sơ tthc)"
    r"(?:\s+(?:nào|tthc|thủ tục hành chính|bị|phải|giải quyết|xử lý|trả|đang))*\s+(?P<what>trễ hạn|quá hạn|chậm hạn|trễ hẹn|quá hẹn|chậm hẹn|chậm muộn|trễ|quá thời hạn|trả chậm|chậm|tồn đọng|tồn quá hạn|trả lại|rút|bổ sung)\b"
)


def find_stated_zeros(text: str) -> list[StatedZero]:
    """Zeros in words, for hồ sơ that are late, returned or left over; other negations state no figure."""
    return [
        StatedZero(m.start(), m.end(), Quantity(m["none"], Decimal(0), Decimal(1), words=True))
        for m in _ZERO.finditer(text)
    ]
