"""Dates: every written form says the day that it was made of."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.properties.contracts import dates as contracts
from tests.properties.effort import quick

days = st.dates(date(1990, 1, 1), date(2049, 12, 31))
years = st.integers(1990, 2049)
known = st.none() | years
LETTERS = st.sampled_from("0123456789/.- ngàythánmđếừ:AP()")
WORDS = ("từ", "ngày", "tháng", "năm", "đến", "hết", "3", "12", "31", "2024", "0000", "/", "-", ",", "và", "7/2025", "1/2/2024", "...")  # fmt: skip
written = st.text(alphabet=LETTERS, max_size=60) | st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)


@quick
@given(days, st.sampled_from(contracts.FORMS), st.sampled_from(contracts.SENTENCES))
def test_every_written_form_says_its_day(day: date, form: str, sentence: str) -> None:
    contracts.written_form_says_its_day(day, form, sentence)


@quick
@given(years, st.integers(1, 12), st.integers(0, 3), st.sampled_from(contracts.FORMS[:10]))
def test_a_day_behind_the_end_of_its_month_does_not_exist(year: int, month: int, over: int, form: str) -> None:
    contracts.day_behind_the_end_of_its_month_does_not_exist(year, month, over, form)


@quick
@given(days, st.sampled_from(contracts.BLANK_DAYS))
def test_a_blank_day_leaves_the_month(day: date, form: str) -> None:
    contracts.blank_day_leaves_the_month(day, form)


@quick
@given(days, st.integers(1, 400), st.sampled_from(contracts.RANGE_FORMS), st.sampled_from(contracts.RANGES))
def test_a_range_says_both_limits(first: date, length: int, form: str, frame: str) -> None:
    contracts.range_says_both_limits(first, length, form, frame)


@quick
@given(days, st.integers(1, 300))
def test_a_range_without_its_first_year_begins_before_its_end(first: date, length: int) -> None:
    assume(first.month != (first + timedelta(days=length)).month)
    contracts.range_without_its_first_year_begins_before_its_end(first, length)


@quick
@given(days, st.integers(1, 11), st.booleans(), st.sampled_from(contracts.MONTH_RANGES))
def test_a_range_of_months_begins_before_its_end(first: date, months: int, with_year: bool, frame: str) -> None:
    contracts.range_of_months_says_both(first, months, with_year, frame)


@quick
@given(years)
def test_a_year_is_no_date_and_is_found_as_a_year(year: int) -> None:
    contracts.year_is_no_date(year)


@quick
@given(written, known)
def test_any_text_yields_dates_in_order_that_exist_or_say_why(text: str, year: int | None) -> None:
    contracts.dates_of_any_text(text, year)


@quick
@given(written | st.lists(st.sampled_from(["2021", "2019", "-", "25", "năm", "giai đoạn"]), max_size=9).map(" ".join))
def test_any_text_yields_years_in_order_that_run_forwards(text: str) -> None:
    contracts.years_of_any_text(text)
