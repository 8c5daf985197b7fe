"""Rounding intervals enclose what can be, and only what may be equal agrees."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

from extractors.model import Quantity
from pipeline.checks.intervals import Interval
from tests.properties.contracts import intervals as contracts
from tests.properties.contracts.numbers import quantity
from tests.properties.effort import quick
from tests.properties.figures import admitted, counts, decimals, printed, quantities, shares, signed

either_sign = st.builds(lambda value, sign: value * sign, printed | decimals, st.sampled_from([1, -1]))


@quick
@given(quantities, st.booleans())
def test_a_figure_admits_its_value(figure: Quantity, percent: bool) -> None:
    contracts.admits_its_value(figure, percent)


@quick
@given(counts, counts)
def test_two_exact_values_agree_only_where_they_are_equal(a: int, b: int) -> None:
    contracts.exact_values_agree_only_where_equal(a, b)


@quick
@given(signed, signed)
def test_intervals_meet_where_they_share_a_value(a: Interval, b: Interval) -> None:
    contracts.meeting_is_symmetric_and_shares_a_value(a, b)


@quick
@given(either_sign, st.integers(0, 5))
def test_a_value_agrees_with_its_own_rounding(value: Decimal, places: int) -> None:
    contracts.agrees_with_its_rounding(value, places)


@quick
@given(either_sign, st.integers(1, 5))
@example(Decimal("-1.25"), 1)
def test_a_value_cut_off_is_known_for_it(value: Decimal, places: int) -> None:
    contracts.cutting_is_known(value, places)


@quick
@given(printed | decimals, st.integers(-3, 6).map(lambda place: Decimal(1).scaleb(-place)))
def test_rounding_goes_to_the_nearest(value: Decimal, ulp: Decimal) -> None:
    contracts.rounding_goes_to_the_nearest(value, ulp)


@quick
@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(1, 4))
def test_a_rate_of_any_counts_is_admitted_to_any_decimals(top: int, bottom: int, places: int) -> None:
    contracts.rate_of_counts_is_admitted(top, bottom, places)


@quick
@given(st.lists(st.tuples(admitted, st.sampled_from([1, -1]), shares), max_size=6))
@example([((Decimal(10**17), Decimal(10**17)), 1, Fraction(0)), ((Decimal("1e-17"), Decimal("1e-17")), 1, Fraction(0))])
def test_the_true_sum_lies_in_the_sum_of_intervals(parts: list[tuple[Interval, int, Fraction]]) -> None:
    contracts.sum_encloses(parts)


@quick
@given(signed, admitted, st.tuples(shares, shares), st.sampled_from([Decimal(100), Decimal(1), Decimal("0.5")]))
@example((Decimal(2), Decimal(2)), (Decimal(3), Decimal(3)), (Fraction(0), Fraction(0)), Decimal(100))
@example((Decimal(-5), Decimal(-5)), (Decimal(1), Decimal(2)), (Fraction(0), Fraction(1)), Decimal(100))
def test_the_true_quotient_lies_in_the_quotient_of_intervals(
    top: Interval, bottom: Interval, at: tuple[Fraction, Fraction], times: Decimal
) -> None:
    contracts.quotient_encloses(top, bottom, at, times)


@quick
@given(admitted.filter(lambda a: a[0] >= 0), admitted.filter(lambda a: a[0] >= 0), st.tuples(shares, shares))
def test_the_true_product_lies_in_the_product_of_intervals(
    a: Interval, b: Interval, at: tuple[Fraction, Fraction]
) -> None:
    contracts.product_encloses(a, b, at)


@quick
@given(counts.map(Decimal) | either_sign)
def test_what_the_messages_show_is_read_back(value: Decimal) -> None:
    contracts.is_shown_as_printed(value)


@quick
@given(printed | decimals, printed.map(quantity))
def test_a_computed_value_is_shown_with_more_places_than_the_stated_one(value: Decimal, stated: Quantity) -> None:
    contracts.significant_shows_the_value(value, stated)
