"""The cost of a typing slip."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.properties.contracts import slips as contracts
from tests.properties.effort import quick
from tests.properties.figures import counts, decimals, printed

figures = st.one_of(counts.map(Decimal), decimals, printed)
whole = st.integers(10, 10**8)


@quick
@given(figures, figures)
def test_the_cost_of_a_slip_is_symmetric_and_nothing_only_for_equals(a: Decimal, b: Decimal) -> None:
    contracts.cost_is_symmetric_and_nothing_only_for_equals(a, b)


@quick
@given(whole, st.data())
def test_one_changed_or_dropped_digit_is_the_cheapest_slip(value: int, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(str(value)) - 1))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != str(value)[at]]))
    contracts.one_changed_digit_is_the_cheapest(value, at, digit)
    contracts.one_dropped_digit_is_the_cheapest(value, at)


@quick
@given(st.integers(100, 10**8), st.data())
def test_two_swapped_neighbours_are_the_cheapest_slip(value: int, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(str(value)) - 2))
    assume(str(value)[at] != str(value)[at + 1])
    contracts.two_swapped_neighbours_are_the_cheapest(value, at)


@quick
@given(figures.filter(bool), st.integers(1, 3))
def test_a_shifted_mark_is_cheaper_than_another_figure(value: Decimal, places: int) -> None:
    contracts.shifted_mark_is_cheaper_than_another_figure(value, places)
