"""Dates in Vietnamese text, in every written form, ranges and impossible ones; bare years.

Day comes before month. The one exception is a web stamp with an AM/PM clock, which prints month/day/year.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

DateKind = Literal["day", "range", "month", "month_range", "day_list", "recurring", "blank"]

_D, _M, _Y = r"(\d{1,2})", r"(\d{1,2})", r"(\d{4})"
_SEP = r"\s?[/.\-]\s?"
_DMY = rf"{_D}\s?([/.\-])\s?{_M}\s?\2\s?{_Y}"
_WORDY = rf"{_D}\s+tháng\s+{_M}\s+năm\s+{_Y}"
_CLOCK = r"(?:\s*,?\s*(?:lúc\s*)?\d{1,2}\s?[:h]\s?\d{2}(?::\d{2})?(?:\s*[AP]M)?)?"
_PREFIX = r"(?:(?:hết\s+)?ngày\s+|hết\s+)?"

_STAMP = re.compile(rf"(?<![\d/]){_M}/{_D}/{_Y}\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?\s*[AP]M\b")
_BLANK = re.compile(
    r"(?i)\bngày\s*(?:[.…_\s]*)\s*tháng\s*(?:(\d{1,2})|[.…_\s]*)\s*năm\s*(\d{4})|\bngày\s*/\s*(\d{1,2})\s*/\s*(\d{4})|\bngày\s*[.…_]+\s*/\s*(?:(\d{1,2})|[.…_]+)\s*/\s*(\d{4})"
)
_RANGE = re.compile(
    rf"(?i)(?:\btừ\s*|\bT\s+|\()?{_PREFIX}(?P<a>\d{{1,2}}\s?[/.\-]\s?\d{{1,2}}(?:\s?[/.\-]\s?\d{{4}})?|\d{{1,2}}\s+tháng\s+\d{{1,2}}(?:\s+năm\s+\d{{4}})?)"
    rf"\s?(?:đến|tới|-)\s?{_PREFIX}(?P<b>\d{{1,2}}\s?[/.\-]\s?\d{{1,2}}\s?[/.\-]\s?\d{{4}}|\d{{1,2}}\s+tháng\s+\d{{1,2}}\s+năm\s+\d{{4}})(?![\d/])"
)
_MONTH_RANGE = re.compile(
    r"(?i)\btừ\s+tháng\s+(\d{1,2})(?:/(\d{4}))?\s*(?:đến|-)\s*(?:hết\s+)?tháng\s+(\d{1,2})/(\d{4})"
)
_LIST = re.compile(
    r"(?i)\bngày\s+((?:\d{1,2}\s*,\s*)*\d{1,2})\s*(?:và|,)\s*(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4})"
)
_RECURRING = re.compile(r"(?i)\b(?:trước\s+|vào\s+)?ngày\s+(\d{1,2})\s+(?:hàng|hằng|mỗi)\s+(?:tháng|quý|năm)")
_FULL = re.compile(rf"(?i)(?:\bngày\s+)?(?<![\d/.]){_DMY}(?![\d/]){_CLOCK}")
_LONG = re.compile(rf"(?i)(?:\bngày\s+)?(?<!\d){_WORDY}")
_SHORT = re.compile(
    r"(?i)\bngày\s+(?:[^\W\d]+\s+){0,4}(\d{1,2})\s?/\s?(\d{1,2})(?:\s+năm\s+(\d{4}))?(?!\s?/|\d|\s*(?:hồ sơ|TTHC|thủ tục|đơn vị|điểm))"
)
_DAY_MONTH = re.compile(r"(?i)\bngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})(?!\s+năm\s+\d|\d)")
_MONTH = re.compile(r"(?i)\btháng\s+(\d{1,2})\s?(?:[/\-]\s?|\s+năm\s+)(\d{4})(?!\d)")
_BARE_MONTH = re.compile(r"(?i)\btháng\s+(\d{1,2})(?![\d/.,]|\s*(?:hồ sơ|%))")
_CLOCK_ONLY = re.compile(
    r"(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AP]M)?(?!\d)|\b\d{1,2}h\d{2}\b|\b\d{1,2}\s?giờ\s?\d{2}\b"
)
_YEAR_RANGE = re.compile(r"(?<![\d/.,])((?:19|20)\d{2})\s?-\s?((?:19|20)?\d{2})(?![\d/.,]\d|\d|/)")
_YEAR = re.compile(r"(?i)\b(?:năm|niên độ|nhiệm kỳ|khóa|giai đoạn|từ|đến)\s+((?:19|20)\d{2})(?![\d/]|[.,]\d)")
_LONE_YEAR = re.compile(
    r"(?<![\d/.,\w-])((?:19|20)\d{2})(?![\d/]|[.,]\d|\s*(?:hồ sơ|HS|TTHC|thủ tục|lượt|người|văn bản|nhiệm vụ|%|điểm|phiếu|trường hợp))"
)
#: a digit of another script, which is no figure of a Vietnamese report
FOREIGN_DIGIT = re.compile(r"[^\D0-9]")


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date, or a range, at `start:end`. `first` is None where it does not exist (`problem` says so) or was left
    blank; a month or a range covers `first` to `last`."""

    start: int
    end: int
    text: str
    first: date | None
    last: date | None
    precision: Literal["day", "month", "year"] = "day"
    kind: DateKind = "day"
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class YearSpan:
    """A bare year, or years from `first` to `last`, at `start:end`."""

    start: int
    end: int
    first: int
    last: int


def make(day: int, month: int, year: int) -> date | None:
    """The date, or None where the calendar has none."""
    try:
        return date(year, month, day) if year >= 1900 else None
    except ValueError:
        return None


def find_dates(text: str, year: int | None = None) -> list[DateSpan]:
    """Dates of normalised text in order, disjoint; `year` completes a day and month without one."""
    if not re.search(r"\d", text):
        return []
    found: list[DateSpan] = []
    taken = bytearray(len(text) + 1)

    def keep(span: DateSpan | None) -> None:
        if span and not any(taken[span.start : span.end]) and not FOREIGN_DIGIT.search(text, span.start, span.end):
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            found.append(span)

    for pattern, build in _FORMS:
        for match in pattern.finditer(text):
            keep(build(match, year))
    return sorted(found, key=lambda d: d.start)


def _span(
    match: re.Match[str],
    first: date | None,
    last: date | None = None,
    *,
    kind: DateKind = "day",
    precision: Literal["day", "month", "year"] = "day",
    blank: bool = False,
) -> DateSpan:
    problem = "impossible" if first is None and not blank else None
    return DateSpan(match.start(), match.end(), match[0].strip(" ("), first, last or first, precision, kind, problem)


def _stamp(match: re.Match[str], _: int | None) -> DateSpan:
    return _span(match, make(int(match[2]), int(match[1]), int(match[3])))


def _blank(match: re.Match[str], _: int | None) -> DateSpan:
    month = next((int(g) for g in (match[1], match[3], match[5]) if g), None)
    year = int(next(g for g in (match[2], match[4], match[6]) if g))
    if month and (first := make(1, month, year)):
        last = first.replace(day=monthrange(year, month)[1])
        return _span(match, first, last, kind="blank", precision="month")
    return _span(match, None, kind="blank", precision="year", blank=True)


def _range(match: re.Match[str], _: int | None) -> DateSpan | None:
    b = [int(n) for n in re.findall(r"\d+", match["b"])]
    a = [int(n) for n in re.findall(r"\d+", match["a"])]
    last = make(*b)
    if len(a) == 3:
        first = make(*a)
    else:
        year = b[2] - 1 if a[1] > b[1] else b[2]
        first = make(a[0], a[1], year)
    if first is None or last is None:
        return _span(match, None, kind="range")
    return _span(match, first, last, kind="range")


def _month_range(match: re.Match[str], _: int | None) -> DateSpan | None:
    year = int(match[4])
    begun = int(match[2]) if match[2] else year - (int(match[1]) > int(match[3]))
    first, last = make(1, int(match[1]), begun), make(1, int(match[3]), year)
    if first is None or last is None:
        return _span(match, None, kind="month_range", precision="month")
    end = last.replace(day=monthrange(last.year, last.month)[1])
    return _span(match, first, end, kind="month_range", precision="month")


def _day_list(match: re.Match[str], _: int | None) -> DateSpan:
    days = [int(n) for n in re.findall(r"\d+", match[1])]
    day, month, year = int(match[2]), int(match[3]), int(match[4])
    dates = [made for d in [*days, day] if (made := make(d, month, year))]
    if len(dates) <= len(days):
        return _span(match, None, kind="day_list")
    return _span(match, min(dates), max(dates), kind="day_list")  # a list may name the later day first


def _recurring(match: re.Match[str], _: int | None) -> DateSpan:
    return _span(match, None, kind="recurring", blank=True)


def _full(match: re.Match[str], _: int | None) -> DateSpan:
    return _span(match, make(int(match[1]), int(match[3]), int(match[4])))


def _long(match: re.Match[str], _: int | None) -> DateSpan:
    return _span(match, make(int(match[1]), int(match[2]), int(match[3])))


def _short(match: re.Match[str], year: int | None) -> DateSpan | None:
    stated = match[3] if match.re is _SHORT else None
    value = int(stated) if stated else year
    first = make(int(match[1]), int(match[2]), value or 2024)
    if first is None:
        return _span(match, None)
    return _span(match, first if value else None, blank=True)


def _month(match: re.Match[str], _: int | None) -> DateSpan:
    month, year = int(match[1]), int(match[2])
    first = make(1, month, year)
    last = first and first.replace(day=monthrange(year, month)[1])
    return _span(match, first, last, kind="month", precision="month")


def _bare_month(match: re.Match[str], year: int | None) -> DateSpan | None:
    month = int(match[1])
    if not 1 <= month <= 12:
        return None
    first = make(1, month, year) if year else None
    last = first and first.replace(day=monthrange(first.year, month)[1])
    return _span(match, first, last, kind="month", precision="month", blank=True)


def _clock(match: re.Match[str], _: int | None) -> DateSpan:
    return _span(match, None, kind="recurring", blank=True)


_FORMS = (
    (_STAMP, _stamp),
    (_MONTH_RANGE, _month_range),
    (_RANGE, _range),
    (_LIST, _day_list),
    (_RECURRING, _recurring),
    (_BLANK, _blank),
    (_FULL, _full),
    (_LONG, _long),
    (_SHORT, _short),
    (_DAY_MONTH, _short),
    (_MONTH, _month),
    (_BARE_MONTH, _bare_month),
    (_CLOCK_ONLY, _clock),
)


def find_years(text: str) -> list[YearSpan]:
    """Years and ranges of years that stand alone: "năm 2023", "2021-2030", "2023"."""
    found = [YearSpan(*m.span(), *sorted((int(m[1]), _second(m[1], m[2])))) for m in _YEAR_RANGE.finditer(text)]
    busy = [(y.start, y.end) for y in found]
    for pattern in (_YEAR, _LONE_YEAR):
        for match in pattern.finditer(text):
            if not any(s < match.end(1) and e > match.start(1) for s, e in busy):
                found.append(YearSpan(*match.span(1), int(match[1]), int(match[1])))
                busy.append(match.span(1))
    return sorted((y for y in found if not FOREIGN_DIGIT.search(text, y.start, y.end)), key=lambda y: y.start)


def _second(first: str, second: str) -> int:
    return int(second) if len(second) == 4 else int(first[:2] + second)
