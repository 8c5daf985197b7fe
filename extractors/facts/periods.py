"""Reporting periods: named ones, stated limits, and the period that a whole report is about.

Standard closing windows run from the 15th to the 14th (Nghị định 09/2019/NĐ-CP, as local regulations repeat it); offices
use others, and limits that a report states win over any calendar.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extractors.facts.dates import FOREIGN_DIGIT, DateSpan, find_dates
from extractors.model import Period, PeriodKind

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_NUMBERS = {"sáu": 6, "chín": 9, "ba": 3, "mười": 10}
_YEAR_NUMBER = r"((?:19|20)\d{2})(?!\d)"  # "6 tháng đầu năm 1234 hồ sơ" counts dossiers
_Y = rf"(?:\s*(?:năm\s+|[/\-]\s?|,\s*năm\s+){_YEAR_NUMBER})?"
_WEEK = re.compile(rf"(?i)\btuần\s+(?:thứ\s+)?(\d{{1,2}}){_Y}")
_MONTH = re.compile(rf"(?i)\btháng\s+(\d{{1,2}}){_Y}(?!\s?/)")
_QUARTER = re.compile(rf"\b[Qq](?:uý|UÝ)\s+(IV|I{{1,3}}|iv|i{{1,3}}|[1-4]){_Y}(?![\dIVXivx])")
_HALF = re.compile(rf"(?i)\b(6|sáu|06)\s+tháng\s+(đầu|cuối)\s+năm(?:\s+{_YEAR_NUMBER})?")
_MONTHS = re.compile(rf"(?i)\b(\d{{1,2}}|chín|mười)\s+tháng\s+(?:đầu\s+)?năm(?:\s+{_YEAR_NUMBER})?(?!\s+(?:đầu|cuối))")
_LAST_MONTHS = re.compile(rf"(?i)\b(\d{{1,2}}|ba)\s+tháng\s+cuối\s+năm(?:\s+{_YEAR_NUMBER})?")
_YEAR = re.compile(r"(?i)\bnăm\s+((?:19|20)\d{2})(?!\d|\s?[-/]\s?\d)")
_SPAN_YEARS = re.compile(r"(?i)\b(?:giai đoạn|\d năm)\s*\(?\s*((?:19|20)\d{2})\s?-\s?((?:19|20)\d{2})")
_REPORTS = re.compile(
    r"(?i)\b(?:báo cáo|kết quả|tình hình|tiếp nhận|giải quyết|kỳ báo cáo|tính từ|từ ngày|trong kỳ|trong năm|trong quý|trong tháng)\b"
)
_COMPARED = re.compile(r"(?i)(?:so với|cùng kỳ|phương hướng|nhiệm vụ|kế hoạch|giai đoạn|chương trình)[^,.;]{0,60}$")


_CALENDAR: tuple[tuple[PeriodKind, int | None], ...] = (
    ("year", None),
    ("nine_months", None),
    *(("half", n) for n in (1, 2)),
    *(("quarter", n) for n in (1, 2, 3, 4)),
)


@dataclass(frozen=True, slots=True)
class PeriodSpan:
    """A period named at `start:end`."""

    start: int
    end: int
    period: Period


def calendar_limits(kind: PeriodKind, year: int, index: int | None) -> tuple[date, date]:
    """First and last day of a period by the calendar; weeks by ISO. Raises ValueError for an index that is none."""
    if kind == "week":
        first = date.fromisocalendar(year, index or 1, 1)
        return first, first + timedelta(days=6)
    months = {"month": 1, "quarter": 3, "half": 6, "nine_months": 9, "year": 12}[kind]
    start = (index or 1) * months - months + 1 if kind in ("month", "quarter", "half") else 1
    if not 1 <= start <= 12:
        raise ValueError(f"no {kind} {index}")
    end = start + months - 1
    return date(year, start, 1), date(year, end, monthrange(year, end)[1])


def standard_window(kind: PeriodKind, year: int, index: int | None) -> tuple[date, date] | None:
    """The closing window of the national reporting rule, 15th to 14th; None where it names none."""
    if kind not in ("month", "quarter", "half", "nine_months", "year"):
        return None
    first, last = calendar_limits(kind, year, index)
    before = date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 15)
    return before, last.replace(day=14)


def previous(period: Period) -> Period | None:
    """The period of the same kind right before; None for a range or a period without a year."""
    if period.year is None or period.kind == "range":
        return None
    weeks = date(period.year - 1, 12, 28).isocalendar().week  # 52 or 53: that day is always in the last one
    per_year = {"week": weeks, "month": 12, "quarter": 4, "half": 2}.get(period.kind)
    if per_year is None or period.index is None:
        return named(period.kind, period.year - 1, period.index, "")
    year, index = (period.year, period.index - 1) if period.index > 1 else (period.year - 1, per_year)
    return named(period.kind, year, index, "")


def previous_year(period: Period) -> Period | None:
    """The same period a year earlier ("cùng kỳ")."""
    if period.year is None:
        return None
    return named(period.kind, period.year - 1, period.index, "cùng kỳ") if period.kind != "range" else None


def named(kind: PeriodKind, year: int | None, index: int | None, text: str) -> Period | None:
    """A period with its calendar limits; None where the index is impossible."""
    if year is None:
        return Period(kind, None, index, None, None, text)
    try:
        start, end = calendar_limits(kind, year, index)
    except ValueError:
        return None
    return Period(kind, year, index, start, end, text)


def find_periods(text: str, year: int | None = None) -> list[PeriodSpan]:
    """Periods of normalised text, in order and disjoint; one without a year takes `year`."""
    found: list[PeriodSpan] = []
    taken = bytearray(len(text) + 1)

    def keep(match: re.Match[str], period: Period | None) -> None:
        if period and not any(taken[match.start() : match.end()]) and not FOREIGN_DIGIT.search(match[0]):
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
            found.append(PeriodSpan(match.start(), match.end(), period))

    def of(match: re.Match[str], group: int) -> int | None:
        return int(match[group]) if match[group] else year

    for match in _HALF.finditer(text):
        keep(match, named("half", of(match, 3), 1 if match[2].lower() == "đầu" else 2, match[0]))
    for match in _MONTHS.finditer(text):
        count = _NUMBERS.get(match[1].lower()) or int(match[1])
        keep(match, _of_months(count, of(match, 2), match[0]))
    for match in _LAST_MONTHS.finditer(text):
        count = _NUMBERS.get(match[1].lower()) or int(match[1])
        own = of(match, 2)
        if own and 1 <= count < 12:
            keep(match, Period("range", own, None, date(own, 13 - count, 1), date(own, 12, 31), match[0]))
    for match in _QUARTER.finditer(text):
        keep(match, named("quarter", of(match, 2), _ROMAN.get(match[1].upper()) or int(match[1]), match[0]))
    for match in _WEEK.finditer(text):
        keep(match, named("week", of(match, 2), int(match[1]), match[0]))
    for match in _MONTH.finditer(text):
        if not re.search(r"(?i)(?:ngày\s+\d{1,2}|ngày)\s*$", text[: match.start()]):
            keep(match, named("month", of(match, 2), int(match[1]), match[0]))
    for match in _SPAN_YEARS.finditer(text):
        first, last = date(int(match[1]), 1, 1), date(int(match[2]), 12, 31)
        keep(match, Period("range", None, None, first, last, match[0]) if first < last else None)
    for match in _YEAR.finditer(text):
        keep(match, named("year", int(match[1]), None, match[0]))
    return sorted(found, key=lambda p: p.start)


def _of_months(count: int, year: int | None, text: str) -> Period | None:
    """ "9 tháng" has a kind of its own, "6 tháng" is the first half; other counts are ranges from January."""
    if count == 9:
        return named("nine_months", year, None, text)
    if count == 6:
        return named("half", year, 1, text)
    if count == 3:
        return named("quarter", year, 1, text)
    if count == 12:
        return named("year", year, None, text)
    if not 1 <= count <= 12 or year is None:
        return None
    return Period("range", year, None, date(year, 1, 1), date(year, count, monthrange(year, count)[1]), text)


def reporting_period(title: str, head: str, body: Sequence[str], year: int | None) -> Period | None:
    """What a report is about: named in its title, else in its opening; limits stated with the results win.

    `title` and `head` are normalised texts, `body` the lines of the report; `year` completes a period without one.
    """
    period = _named_in(title, year) or _named_in(head, year)
    limits = _stated(title, head, body, period)
    if limits is None:
        return period
    assert limits.first and limits.last
    if period is None:
        return _from_limits(limits)
    if period.start is None or period.end is None:
        return replace(period, start=limits.first, end=limits.last, text=f"{period.text} ({limits.text}", stated=True)
    return replace(
        period, start=limits.first, end=limits.last, stated=True, text=_joined(period.text, limits.text, head, title)
    )


def _joined(name: str, limits: str, head: str, title: str) -> str:
    for text in (title, head):
        at, to = text.find(name), text.find(limits)
        if 0 <= at < to and to - at < len(name) + 6:
            return text[at : to + len(limits)]
    return name


def _named_in(text: str, year: int | None) -> Period | None:
    """The period that a title or an opening names: not one of a cited document, a plan or a comparison."""
    text = re.sub(r"(?i)\b(?:số|của)\s*\d*\s*[-/][^\s,;]+(?:\s*,?\s*ngày\s+[\d/.]+)?", lambda m: " " * len(m[0]), text)
    spans = [s for s in find_periods(text, year) if s.period.year or s.period.kind == "range"]
    good = [s for s in spans if not _COMPARED.search(text[: s.start]) and (s.period.kind != "range" or s.period.year)]
    good = good or [s for s in spans if s.period.year]
    good = [s for s in good if not re.search(r"(?i)(?:so với|cùng kỳ|giai đoạn)[^,.;]{0,30}$", text[: s.start])]
    if not good:
        return None
    small = [s for s in good if s.period.kind != "year"]
    return (small or good)[0 if small else -1].period


def _stated(title: str, head: str, body: Sequence[str], period: Period | None) -> DateSpan | None:
    """Limits "từ ngày … đến …" in title or opening, or beside results, that fit the named period."""
    for text in (title, head, *body):
        for span in find_dates(text):
            if span.kind != "range" or span.first is None or span.last is None or (span.last - span.first).days < 5:
                continue
            if not _REPORTS.search(text[max(0, span.start - 120) : span.end + 80]):
                continue
            if re.search(
                r"(?i)\b(?:kiểm tra|tổ chức|lấy ý kiến|khảo sát|tập huấn|cao điểm|thời gian thực hiện)\b[^.]*$",
                text[max(0, span.start - 60) : span.start],
            ):
                continue
            if period is None or period.start is None or period.end is None or _fits(span, period):
                return span
    return None


def _fits(span: DateSpan, period: Period) -> bool:
    """Whether stated limits and a named period overlap by more than half of each."""
    assert span.first and span.last and period.start and period.end
    window = standard_window(period.kind, period.year, period.index) if period.year else None
    if window and (min(span.last, window[1]) - max(span.first, window[0])).days * 2 > (window[1] - window[0]).days:
        return True
    common = (min(span.last, period.end) - max(span.first, period.start)).days + 1
    longer = max((span.last - span.first).days, (period.end - period.start).days) + 1
    return common * 2 > longer


def _from_limits(span: DateSpan) -> Period:
    """A period known by its limits alone: the named kind whose window it nearly is, else a range."""
    assert span.first and span.last
    days = (span.last - span.first).days + 1
    year = span.last.year
    for kind, index in (*_CALENDAR, ("month", span.last.month)):
        if (span.first, span.last) in (calendar_limits(kind, year, index), standard_window(kind, year, index)):
            return Period(kind, year, index, span.first, span.last, span.text, True)
    if 330 <= days <= 372 and span.first.month in (1, 11, 12):  # "01/7/2025 – 30/6/2026" is no year of reports
        return Period("year", year, None, span.first, span.last, span.text, True)
    return Period("range", year, None, span.first, span.last, span.text, True)
