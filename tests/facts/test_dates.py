"""Dates and periods that a fuzzer has shown to be read wrongly, each with what it is."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.facts.dates import find_dates, find_years
from extractors.facts.number_words import find_number_words
from extractors.facts.numbers import find_numbers
from extractors.facts.periods import calendar_limits, find_periods, named, previous, reporting_period
from extractors.language.normalise import normalise


@pytest.mark.parametrize("text", ["ngày tháng 5 năm 0000", "ngày ... tháng 12 năm 0001", "ngày /6/0000"])
def test_a_blank_day_of_no_year_is_no_month(text: str) -> None:
    (span,) = find_dates(text)
    assert (span.kind, span.first, span.last, span.precision) == ("blank", None, None, "year")


@pytest.mark.parametrize("text", ["ngày 2, 1/2/2024", "các ngày 1, 2/2/2024"])
def test_a_list_of_days_runs_forwards_in_whatever_order_it_names_them(text: str) -> None:
    (span,) = find_dates(text)
    assert (span.kind, span.first, span.last) == ("day_list", date(2024, 2, 1), date(2024, 2, 2))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("từ tháng 11 đến tháng 3/2025", date(2024, 11, 1), date(2025, 3, 31)),
        ("từ tháng 3 đến tháng 11/2025", date(2025, 3, 1), date(2025, 11, 30)),
        ("từ tháng 12/2023 đến hết tháng 02/2024", date(2023, 12, 1), date(2024, 2, 29)),
    ],
)
def test_months_over_the_turn_of_the_year_begin_in_the_one_before(text: str, first: date, last: date) -> None:
    (span,) = find_dates(text)
    assert (span.first, span.last) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"), [("2021-2025", 2021, 2025), ("2025-2021", 2021, 2025), ("2021-25", 2021, 2025)]
)
def test_years_in_the_wrong_order_run_forwards(text: str, first: int, last: int) -> None:
    (span,) = find_years(f"giai đoạn {text}.")
    assert (span.first, span.last) == (first, last)


def test_years_in_the_wrong_order_are_no_period() -> None:
    assert find_periods("giai đoạn 2025-2021") == []
    (span,) = find_periods("giai đoạn 2021-2025")
    assert (span.period.start, span.period.end) == (date(2021, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "5 tháng đầu năm 0000",
        "3 tháng cuối năm 0001",
        "tháng 1/0001",
        "tuần 52 năm 9999",
        "quý I năm 0001",
        "6 tháng đầu năm 9999",
    ],
)
def test_a_number_that_no_report_is_from_is_no_year(text: str) -> None:
    assert [span.period.year for span in find_periods(text)] in ([None], [])
    period = reporting_period(f"Báo cáo {text}", "Kết quả từ ngày 1/1/2024 đến ngày 31/3/2024", [], None)
    assert period and (period.start, period.end) == (date(2024, 1, 1), date(2024, 3, 31))


def test_dossiers_behind_the_name_of_a_period_are_not_its_year() -> None:
    text = "Trong 6 tháng đầu năm 1234 hồ sơ được tiếp nhận"
    (span,) = find_periods(text, 2024)
    assert (span.period.year, span.period.index, text[span.start : span.end]) == (2024, 1, "6 tháng đầu năm")


def test_the_week_before_the_first_is_the_last_of_its_year() -> None:
    for year, last in ((2021, 53), (2022, 52), (2027, 53)):
        week = named("week", year, 1, "")
        before = week and previous(week)
        assert before and (before.year, before.index) == (year - 1, last)
        assert (before.start, before.end) == calendar_limits("week", year - 1, last)


@pytest.mark.parametrize(
    "text", ["ngày ٣/5/2024", "năm 202٣", "tháng 5 năm 202٣", "quý II/202٣", "giai đoạn 2021-202٣"]
)
def test_digits_of_other_scripts_make_no_date(text: str) -> None:
    assert find_years(text) == [] and [span.first for span in find_dates(text)] in ([], [None])
    assert [span.period.year for span in find_periods(text)] in ([], [None])


def test_a_dotted_capital_does_not_stop_the_reading() -> None:
    """Patterns that ignore case match the Turkish capital, whose lower case is two letters."""
    text = normalise("MƯỜ\u0130 tháng năm 2024, 5 tr\u0130ệu đồng, ha\u0130 hồ sơ").text
    assert [span.period.end for span in find_periods(text)] == [date(2024, 10, 31)]
    assert [span.quantity.value for span in find_numbers(text)][-2:] == [5_000_000, 2]
    assert [word.quantity.value for word in find_number_words(text)] == [2]
