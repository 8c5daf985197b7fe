"""Periods: they tile the calendar, their names are read back, and limits that a report states name them."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from extractors.facts.periods import (
    calendar_limits,
    find_periods,
    named,
    previous,
    previous_year,
    reporting_period,
    standard_window,
)
from extractors.language.normalise import normalise
from extractors.model import Period, PeriodKind

OFTEN: dict[PeriodKind, int] = {"month": 12, "quarter": 4, "half": 2, "year": 1}  # those that tile a year
ROMAN = ("I", "II", "III", "IV")
NAMED: tuple[tuple[PeriodKind, str, int | None], ...] = (
    *(("month", f"tháng {n} năm {{}}", n) for n in range(1, 13)),
    *(("month", f"tháng {n:02}/{{}}", n) for n in range(1, 13)),
    *(("quarter", f"quý {ROMAN[n - 1]} năm {{}}", n) for n in range(1, 5)),
    *(("quarter", f"Quý {ROMAN[n - 1]}/{{}}", n) for n in range(1, 5)),
    *(("quarter", f"quý {n} năm {{}}", n) for n in range(1, 5)),
    ("half", "6 tháng đầu năm {}", 1),
    ("half", "06 tháng đầu năm {}", 1),
    ("half", "sáu tháng đầu năm {}", 1),
    ("half", "6 tháng cuối năm {}", 2),
    ("nine_months", "9 tháng năm {}", None),
    ("nine_months", "9 tháng đầu năm {}", None),
    ("year", "năm {}", None),
    *(("week", f"tuần {n:02} năm {{}}", n) for n in (1, 9, 26, 52)),
)  # fmt: skip
FRAMES = ("Kết quả {}", "Trong {}, Sở đã", "{}")
#: what the limits alone prove to be a period of the calendar
KNOWN: tuple[tuple[PeriodKind, int | None], ...] = (
    ("year", None),
    ("nine_months", None),
    ("half", 1),
    ("half", 2),
    *(("quarter", n) for n in range(1, 5)),
    *(("month", n) for n in range(1, 13)),
)


def limits_contain_their_days(day: date) -> None:
    """A day lies in one week, month, quarter, half and year of the calendar, the one that it is counted to."""
    own = {"month": day.month, "quarter": (day.month + 2) // 3, "half": 1 + (day.month > 6), "year": 1}
    for kind, often in OFTEN.items():
        holding = [n for n in range(1, often + 1) if _within(day, calendar_limits(kind, day.year, n))]
        assert holding == [own[kind]]
    year, week, weekday = day.isocalendar()
    first, last = calendar_limits("week", year, week)
    assert first + timedelta(days=weekday - 1) == day <= last
    first, last = calendar_limits("nine_months", day.year, None)
    assert _within(day, (first, last)) == (day.month <= 9)


def a_day_lies_in_one_window(day: date) -> None:
    """Closing windows of one kind run from a 15th to a 14th and leave no day out, nor one in two."""
    for kind, often in OFTEN.items():
        windows = [standard_window(kind, y, n) for y in (day.year, day.year + 1) for n in range(1, often + 1)]
        holding = [w for w in windows if w and _within(day, w)]
        assert len(holding) == 1
        assert (holding[0][0].day, holding[0][1].day) == (15, 14)


def _within(day: date, limits: tuple[date, date]) -> bool:
    return limits[0] <= day <= limits[1]


def previous_ends_right_before(day: date) -> None:
    """The period before the one of a day ends on the eve of its first day; so does that of a week, of which a year has
    52 or 53. A year earlier the same part of the year is meant."""
    index: dict[PeriodKind, tuple[int, int | None]] = {
        "month": (day.year, day.month),
        "quarter": (day.year, (day.month + 2) // 3),
        "half": (day.year, 1 + (day.month > 6)),
        "year": (day.year, None),
        "week": day.isocalendar()[:2],
    }
    for kind, (year, n) in index.items():
        period = named(kind, year, n, "")
        before = period and previous(period)
        assert period and before and before.end and period.start
        assert before.end + timedelta(days=1) == period.start
        earlier = previous_year(period)
        assert earlier is None or (earlier.kind, earlier.year, earlier.index) == (kind, year - 1, n)


def name_is_read_back(form: tuple[PeriodKind, str, int | None], year: int, frame: str) -> None:
    """One of `NAMED` in one of `FRAMES`."""
    kind, text, index = form
    (span,) = find_periods(frame.format(text.format(year)))
    period = span.period
    assert (period.kind, period.year, period.index) == (kind, year, index)
    assert (period.start, period.end) == calendar_limits(kind, year, index)
    assert not period.stated


def months_of_a_year_are_read_back(count: int, year: int) -> None:
    """The first or the last months of a year, one to eleven of them."""
    (span,) = find_periods(f"Kết quả {count:02} tháng đầu năm {year}")
    (then,) = find_periods(f"nhiệm vụ {count} tháng cuối năm {year}")
    assert (span.period.start, then.period.end) == (date(year, 1, 1), date(year, 12, 31))
    assert span.period.end == calendar_limits("month", year, count)[1]
    assert then.period.start == date(year, 13 - count, 1)


def limits_alone_name_the_period(kind: PeriodKind, index: int | None, year: int, closing: bool) -> None:
    """One of `KNOWN` by its first and last day, of the calendar or of the closing window."""
    limits = standard_window(kind, year, index) if closing else calendar_limits(kind, year, index)
    assert limits
    first, last = limits
    period = reporting_period("", f"Kết quả giải quyết từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}", [], None)
    assert period and (period.kind, period.year, period.index) == (kind, year, index)
    assert (period.start, period.end, period.stated) == (first, last, True)


def stated_limits_win(form: tuple[PeriodKind, str, int | None], year: int) -> None:
    """A report of one of `NAMED`, weeks left out, that states its closing window has the limits it states."""
    kind, text, index = form
    window = standard_window(kind, year, index)
    assert window
    first, last = window
    stated = f"Số liệu tính từ ngày {first.day}/{first.month}/{first.year} đến ngày {last.day}/{last.month}/{last.year}"
    period = reporting_period(f"BÁO CÁO Kết quả {text.format(year)}", "", [stated], None)
    assert period and (period.kind, period.year, period.index) == (kind, year, index)
    assert (period.start, period.end, period.stated) == (first, last, True)


def periods_of_any_text(raw: str, year: int | None = None) -> None:
    """Periods stand in order where they say, run forwards, and those of the calendar have its limits."""
    text = normalise(raw).text
    spans = find_periods(text, year)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        period = span.period
        assert period.text == text[span.start : span.end] and not period.stated
        assert all(ch.isascii() for ch in period.text if ch.isdecimal())
        _hangs_together(period)
        for other in (previous(period), previous_year(period)):
            if other is not None:
                _hangs_together(other)


def reporting_period_of_any_text(raw: str, year: int | None = None) -> None:
    """Title, opening and body of any words have a period that hangs together, or none."""
    title, head, *body = [*normalise(raw).text.split("\n"), "", ""]
    period = reporting_period(title, head, body, year)
    if period:
        _hangs_together(period)


def _hangs_together(period: Period) -> None:
    assert (period.start is None) == (period.end is None)
    if period.start and period.end:
        assert period.start <= period.end
    if period.start and period.kind != "range" and not period.stated:
        assert period.year is not None
        assert (period.start, period.end) == calendar_limits(period.kind, period.year, period.index)
    if period.year is not None and period.kind != "range":
        window = standard_window(period.kind, period.year, period.index)
        assert window is None or window[0] < window[1]
