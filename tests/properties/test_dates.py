"""Dates and periods: every written form says the day that it was made of; periods tile the calendar."""

from __future__ import annotations

import itertools
from calendar import monthrange
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from extractors.facts.dates import find_dates, find_years
from extractors.facts.periods import calendar_limits, find_periods, named, previous, standard_window
from extractors.language.normalise import normalise
from extractors.model import PeriodKind
from tests.properties.effort import quick

days = st.dates(date(1990, 1, 1), date(2049, 12, 31))
years = st.integers(1990, 2049)

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


def printed(form: str, day: date) -> str:
    """A date in one of the written forms."""
    return form.format(d=day.day, m=day.month, y=day.year)


@quick
@given(days, st.sampled_from(FORMS), st.sampled_from(SENTENCES))
def test_every_written_form_says_its_day(day: date, form: str, sentence: str) -> None:
    (span,) = find_dates(sentence.format(printed(form, day)))
    assert (span.first, span.last, span.precision, span.problem) == (day, day, "day", None)


@quick
@given(years, st.integers(1, 12), st.integers(0, 3), st.sampled_from(FORMS[:10]))
def test_a_day_behind_the_end_of_its_month_does_not_exist(year: int, month: int, over: int, form: str) -> None:
    day = monthrange(year, month)[1] + 1 + over
    (span,) = find_dates(f"Hội nghị tổ chức {form.format(d=day, m=month, y=year)}.")
    assert (span.first, span.problem) == (None, "impossible")


@quick
@given(days, st.sampled_from(["Hà Nam, ngày tháng {m} năm {y}", "ngày ... tháng {m} năm {y}", "ngày     /{m}/{y}"]))
def test_a_blank_day_leaves_the_month(day: date, form: str) -> None:
    (span,) = find_dates(printed(form, day))
    assert (span.kind, span.precision, span.problem) == ("blank", "month", None)
    assert span.first == day.replace(day=1)


@quick
@given(
    days,
    st.integers(1, 400),
    st.sampled_from(FORMS[:4]),
    st.sampled_from(["từ ngày {} đến ngày {}", "Từ {} đến hết ngày {}", "({} - {})", "từ ngày {} đến {}"]),
)
def test_a_range_says_both_limits(first: date, length: int, form: str, frame: str) -> None:
    last = first + timedelta(days=length)
    assume("-" not in form or "-" not in frame)
    (span,) = find_dates(frame.format(printed(form, first), printed(form, last)))
    assert (span.kind, span.first, span.last) == ("range", first, last)


@quick
@given(days, st.integers(1, 300))
def test_a_range_without_its_first_year_begins_before_its_end(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    assume(first.month != last.month)
    text = f"từ ngày {first.day}/{first.month} đến ngày {last.day}/{last.month}/{last.year}"
    (span,) = find_dates(text)
    assert (span.first, span.last) == (first, last)


@quick
@given(years)
def test_a_year_is_no_date_and_is_found_as_a_year(year: int) -> None:
    for text in (f"năm {year}", f"Kết quả {year}", f"trong năm {year}."):
        assert find_dates(text) == []
        assert [(span.first, span.last) for span in find_years(text)] == [(year, year)]


@quick
@given(st.text(alphabet=st.sampled_from("0123456789/.- ngàythánmđếừ:AP()"), max_size=60))
def test_any_text_yields_dates_in_order_that_exist_or_say_why(text: str) -> None:
    spans = find_dates(normalise(text).text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    for span in spans:
        assert span.first is not None or span.problem or span.kind in ("recurring", "blank", "month", "day")


# --- periods ---------------------------------------------------------------------------------------------------------

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


@quick
@given(st.sampled_from(NAMED), years, st.sampled_from(["Kết quả {}", "Trong {}, Sở đã", "{}"]))
def test_every_name_of_a_period_is_read_back(form: tuple[PeriodKind, str, int | None], year: int, frame: str) -> None:
    kind, text, index = form
    (span,) = find_periods(frame.format(text.format(year)))
    period = span.period
    assert (period.kind, period.year, period.index) == (kind, year, index)
    assert (period.start, period.end) == calendar_limits(kind, year, index)
    assert not period.stated


@quick
@given(years, st.integers(1, 12))
def test_a_period_follows_right_on_the_one_before(year: int, index: int) -> None:
    kinds: tuple[tuple[PeriodKind, int], ...] = (("month", 12), ("quarter", 4), ("half", 2), ("year", 1))
    for kind, often in kinds:
        period = named(kind, year, (index - 1) % often + 1 if often > 1 else None, "")
        assert period is not None
        before = previous(period)
        assert before is not None and before.end is not None
        assert before.end + timedelta(days=1) == period.start


@quick
@given(years, st.integers(1, 12))
def test_closing_windows_run_from_the_fifteenth_to_the_fourteenth_without_gap(year: int, month: int) -> None:
    here = standard_window("month", year, month)
    then = standard_window("month", year + month // 12, month % 12 + 1)
    assert here and then
    assert (here[0].day, here[1].day) == (15, 14)
    assert here[1] + timedelta(days=1) == then[0]


@quick
@given(st.text(alphabet=st.sampled_from("0123456789 thángnămquýtuầIVđcối/-"), max_size=50))
def test_any_text_yields_periods_in_order(text: str) -> None:
    spans = find_periods(normalise(text).text, 2024)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert all(s.period.start is None or s.period.end is None or s.period.start <= s.period.end for s in spans)
