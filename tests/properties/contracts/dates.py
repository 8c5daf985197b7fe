"""Dates: every written form says the day that it was made of; any text yields dates that exist or say why not."""

from __future__ import annotations

import itertools
import re
from calendar import monthrange
from datetime import date, timedelta

from extractors.facts.dates import find_dates, find_years
from extractors.language.normalise import normalise

FORMS = (
    "{d}/{m}/{y}",
    "{d:02}/{m:02}/{y}",
    "{d:02}-{m:02}-{y}",
    "{d}.{m}.{y}",
    "{d} / {m} / {y}",
    "ngày {d}/{m}/{y}",
    "ngày {d:02}/{m}/{y}",
    "ngày {d:02} tháng {m:02} năm {y}",
    "ngày {d} tháng {m} năm {y}",
    "{d} tháng {m} năm {y}",
    "ngày {d}/{m}/{y} 15:30",
)
SENTENCES = ("Hội nghị tổ chức {}.", "(kèm theo báo cáo {})", "{}", "Đến hết {}, Sở đã hoàn thành.")
BLANK_DAYS = ("Hà Nam, ngày tháng {m} năm {y}", "ngày ... tháng {m} năm {y}", "ngày     /{m}/{y}")
RANGE_FORMS = (FORMS[0], FORMS[1], FORMS[3], FORMS[9])
RANGES = ("từ ngày {} đến ngày {}", "Từ {} đến hết ngày {}", "({} - {})", "từ ngày {} đến {}")
MONTH_RANGES = ("từ tháng {} đến tháng {}", "Từ tháng {} đến hết tháng {}", "từ tháng {} - tháng {}")


def printed(form: str, day: date) -> str:
    """A date in one of the written forms."""
    return form.format(d=day.day, m=day.month, y=day.year)


def written_form_says_its_day(day: date, form: str, sentence: str) -> None:
    """One of `FORMS` in one of `SENTENCES`."""
    (span,) = find_dates(sentence.format(printed(form, day)))
    assert (span.first, span.last, span.precision, span.problem) == (day, day, "day", None)


def day_behind_the_end_of_its_month_does_not_exist(year: int, month: int, over: int, form: str) -> None:
    """`over` days behind the first that is none, in one of `FORMS` without a clock."""
    day = monthrange(year, month)[1] + 1 + over
    (span,) = find_dates(f"Hội nghị tổ chức {form.format(d=day, m=month, y=year)}.")
    assert (span.first, span.problem) == (None, "impossible")


def blank_day_leaves_the_month(day: date, form: str) -> None:
    """One of `BLANK_DAYS`."""
    (span,) = find_dates(printed(form, day))
    assert (span.kind, span.precision, span.problem) == ("blank", "month", None)
    assert (span.first, span.last) == (day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def range_says_both_limits(first: date, days: int, form: str, frame: str) -> None:
    """`days` from `first`, in one of `RANGE_FORMS` in one of `RANGES`."""
    last = first + timedelta(days=days)
    (span,) = find_dates(frame.format(printed(form, first), printed(form, last)))
    assert (span.kind, span.first, span.last) == ("range", first, last)


def range_without_its_first_year_begins_before_its_end(first: date, days: int) -> None:
    """`days` from `first`, at most 300, into another month."""
    last = first + timedelta(days=days)
    (span,) = find_dates(f"từ ngày {first.day}/{first.month} đến ngày {last.day}/{last.month}/{last.year}")
    assert (span.first, span.last) == (first, last)


def range_of_months_says_both(first: date, months: int, with_year: bool, frame: str) -> None:
    """`months` from the month of `first`, one to eleven; the first one's year printed or left out."""
    there = first.year * 12 + first.month - 1 + months
    year, month = there // 12, there % 12 + 1
    head = f"{first.month}/{first.year}" if with_year else f"{first.month}"
    (span,) = find_dates(frame.format(head, f"{month}/{year}"))
    assert (span.kind, span.first, span.last) == (
        "month_range",
        first.replace(day=1),
        date(year, month, monthrange(year, month)[1]),
    )


def year_is_no_date(year: int) -> None:
    """A year from 1990 to 2049 is found as a year only."""
    for text in (f"năm {year}", f"Kết quả {year}", f"trong năm {year}."):
        assert find_dates(text) == []
        assert [(span.first, span.last) for span in find_years(text)] == [(year, year)]


def dates_of_any_text(raw: str, year: int | None = None) -> None:
    """Dates stand in order where they say; each exists, says why not, or is one that names no day. `year` completes
    what lacks one and changes nothing else."""
    text = normalise(raw).text
    spans = find_dates(text, year)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    for span in spans:
        assert 0 <= span.start < span.end <= len(text) and span.text in text[span.start : span.end]
        assert all(ch.isascii() for ch in span.text if ch.isdecimal())
        assert (span.first is None) == (span.last is None)
        if span.first is None:
            assert span.problem or span.kind in ("recurring", "blank", "month", "day")
            continue
        assert span.last and span.first.year >= 1900 and span.problem is None
        assert span.first <= span.last or span.kind in ("range", "month_range")  # printed in the wrong order
    if year is not None:
        assert [(s.start, s.end, s.kind) for s in find_dates(text)] == [(s.start, s.end, s.kind) for s in spans]


def years_of_any_text(raw: str) -> None:
    """Years stand in order where they say and run forwards."""
    text = normalise(raw).text
    spans = find_years(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    for span in spans:
        assert 1900 <= span.first <= span.last < 2100
        printed = re.findall("[0-9]+", text[span.start : span.end])
        assert all(ch.isascii() for ch in text[span.start : span.end] if ch.isdecimal())
        assert {n[-2:] for n in printed} == {f"{n % 100:02}" for n in (span.first, span.last)}
