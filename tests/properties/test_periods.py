"""Periods tile the calendar, their names are read back, and stated limits win."""

from __future__ import annotations

from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from extractors.model import PeriodKind
from tests.properties.contracts import periods as contracts
from tests.properties.effort import quick

days = st.dates(date(1990, 1, 1), date(2049, 12, 31))
years = st.integers(1990, 2049)
known = st.none() | years
LETTERS = st.sampled_from("0123456789 thángnămquýtuầIVđcối/-")
WORDS = ("6", "9", "3", "tháng", "đầu", "cuối", "năm", "quý", "II", "tuần", "53", "2024", "0000", "9999", "/", "-", "giai đoạn", "2025",
         "2020", "kết quả", "từ ngày", "đến ngày", "15/12/2023", "14/6/2024", "\n", "so với cùng kỳ")  # fmt: skip
written = st.text(alphabet=LETTERS, max_size=50) | st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)


@quick
@given(days)
@example(date(2020, 12, 31))
@example(date(2021, 1, 1))
def test_limits_contain_their_days(day: date) -> None:
    contracts.limits_contain_their_days(day)


@quick
@given(days)
def test_closing_windows_run_from_the_fifteenth_to_the_fourteenth_without_gap(day: date) -> None:
    contracts.a_day_lies_in_one_window(day)


@quick
@given(days)
@example(date(2021, 1, 4))  # the first week, behind a year of 53
def test_a_period_follows_right_on_the_one_before(day: date) -> None:
    contracts.previous_ends_right_before(day)


@quick
@given(st.sampled_from(contracts.NAMED), years, st.sampled_from(contracts.FRAMES))
def test_every_name_of_a_period_is_read_back(form: tuple[PeriodKind, str, int | None], year: int, frame: str) -> None:
    contracts.name_is_read_back(form, year, frame)


@quick
@given(st.integers(1, 11), years)
def test_the_first_and_last_months_of_a_year_are_read_back(count: int, year: int) -> None:
    contracts.months_of_a_year_are_read_back(count, year)


@quick
@given(st.sampled_from(contracts.KNOWN), years, st.booleans())
def test_limits_alone_name_the_period(known: tuple[PeriodKind, int | None], year: int, closing: bool) -> None:
    contracts.limits_alone_name_the_period(*known, year, closing)


@quick
@given(st.sampled_from([form for form in contracts.NAMED if form[0] != "week"]), years)
def test_stated_limits_win(form: tuple[PeriodKind, str, int | None], year: int) -> None:
    contracts.stated_limits_win(form, year)


@quick
@given(written, known)
def test_any_text_yields_periods_in_order(text: str, year: int | None) -> None:
    contracts.periods_of_any_text(text, year)


@quick
@given(written, known)
def test_any_report_has_a_period_that_hangs_together_or_none(text: str, year: int | None) -> None:
    contracts.reporting_period_of_any_text(text, year)
