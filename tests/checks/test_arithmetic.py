"""Intervals of printed figures, and how easily one figure becomes another."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from extractors.model import Quantity
from pipeline.checks import intervals
from pipeline.checks.slips import slip_cost

D = Decimal


def printed(text: str, approx: bool = False) -> Quantity:
    """A figure with the decimals that it prints."""
    value = D(text.replace(".", "").replace(",", "."))
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Quantity(text, value, D(1).scaleb(exponent), approx)


@pytest.mark.parametrize(
    ("figure", "low", "high"),
    [
        (printed("33.451"), "33451", "33451"),
        (printed("99,98"), "99.975", "99.985"),
        (printed("0,0003"), "0.00025", "0.00035"),
        (printed("600", approx=True), "570", "630"),
        (Quantity("10,18 ngàn", D(10180), D(10)), "10175", "10185"),
        (Quantity("không có", D(0), words=True), "0", "0"),
    ],
    ids=lambda value: getattr(value, "text", value),
)
def test_what_a_printed_figure_admits(figure: Quantity, low: str, high: str) -> None:
    assert intervals.of(figure) == (D(low), D(high))


def test_a_whole_percentage_is_rounded_but_all_and_none_are_exact() -> None:
    assert intervals.of(printed("67"), percent=True) == (D("66.5"), D("67.5"))
    assert intervals.of(printed("100"), percent=True) == (100, 100)
    assert intervals.of(printed("0"), percent=True) == (0, 0)


def test_sums_add_the_slack_of_their_parts() -> None:
    a, b = intervals.of(printed("1,5")), intervals.of(printed("2,25"))
    assert intervals.add([(a, 1), (b, 1)]) == (D("3.695"), D("3.805"))
    assert intervals.add([(b, 1), (a, -1)]) == (D("0.695"), D("0.805"))
    assert intervals.add([]) == (0, 0)


def test_long_figures_keep_every_digit_of_their_sum() -> None:
    large, small = D(10) ** 17, D(10) ** -17  # more digits between them than decimal arithmetic has by itself
    assert (
        intervals.add([(intervals.point(large), 1), (intervals.point(small), 1)])
        == (D(f"1{'0' * 17}.{'0' * 16}1"),) * 2
    )


def test_quotients_are_exact_to_many_places_and_none_over_zero() -> None:
    third = intervals.quotient(intervals.point(1), intervals.point(3))
    assert third is not None and Fraction(third[0]) < Fraction(100, 3) < Fraction(third[1])
    assert all(str(end).startswith("33.33333333333333333333333333") for end in third)
    assert intervals.quotient(intervals.point(1), intervals.point(0)) is None
    assert intervals.quotient(intervals.point(1), (D("-0.5"), D("0.5"))) is None


def test_a_fall_below_zero_is_a_quotient_and_a_product_that_run_upwards() -> None:
    assert intervals.quotient((D(-5), D(-5)), (D(1), D(2))) == (-500, -250)
    assert intervals.quotient((D(-5), D(5)), (D(1), D(2))) == (-500, 500)
    assert intervals.product((D("-0.5"), D("0.5")), (D("-0.5"), D(2))) == (-1, 1)
    assert intervals.mean_of([((D(1), D(2)), 1), ((D(2), D(4)), 1)]) == (D("1.5"), 3)


def test_a_figure_of_any_length_is_rounded_and_shown() -> None:
    assert intervals.rounded(D("1e30"), D("1e-17")) == D("1e30")
    assert intervals.show(D("1e27"), 2) == f"1{'.000' * 9},00"


def test_intervals_meet_where_they_touch() -> None:
    assert intervals.meet((D(1), D(2)), (D(2), D(3)))
    assert not intervals.meet((D(1), D("1.999")), (D(2), D(3)))


@pytest.mark.parametrize(
    ("stated", "computed", "cut"),
    [
        ("66,6", "66.667", True),
        ("66,7", "66.667", False),
        ("66,5", "66.667", False),
        ("99", "99.99", True),
        ("0,0", "-0.04", True),
    ],
)
def test_a_place_cut_off_is_told_from_a_place_rounded(stated: str, computed: str, cut: bool) -> None:
    assert intervals.cut(printed(stated), intervals.point(D(computed))) is cut


def test_a_negative_figure_is_cut_towards_zero() -> None:
    assert intervals.cut(Quantity("-1,2", D("-1.2"), D("0.1")), intervals.point(D("-1.25")))
    assert not intervals.cut(Quantity("-1,3", D("-1.3"), D("0.1")), intervals.point(D("-1.25")))


def test_figures_are_shown_in_the_notation_of_the_language() -> None:
    assert [intervals.show(D(v)) for v in ("33451", "99.98", "-1234.5", "0", "0.0003")] == [
        "33.451",
        "99,98",
        "-1.234,5",
        "0",
        "0,0003",
    ]
    assert intervals.show_en(D("33451.5")) == "33,451.5"
    assert intervals.show(D("99.985"), 2) == "99,99"


def test_a_computed_value_is_shown_with_a_place_more_than_the_stated_one() -> None:
    assert intervals.significant(D("99.9581"), printed("99,98")) == "99,958"
    assert intervals.significant(D("0.0000264"), printed("0,0003")) == "0,0000264"
    assert intervals.significant(D(0), printed("0,5")) == "0,00"


@pytest.mark.parametrize(
    ("a", "b", "cost"),
    [
        ("581", "581", 0),
        ("17281", "170281", 1),  # a digit inserted
        ("33451", "3451", 1),  # a digit dropped
        ("581", "518", 1),  # neighbours swapped
        ("581", "561", 1),  # a digit changed
        ("0.2", "0.02", 1),  # a zero dropped behind the mark
        ("1234", "1.234", 2),  # a mark shifted
        ("12.5", "125", 2),
        ("581", "185", 3),
        ("581", "5544", 4),
        ("1", "123456789", 7),
    ],
)
def test_the_cost_of_a_slip(a: str, b: str, cost: int) -> None:
    assert slip_cost(D(a), D(b)) == cost
    assert slip_cost(D(b), D(a)) == cost
