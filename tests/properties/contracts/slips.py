"""Typing slips: their cost is a distance, and one changed digit is the smallest."""

from __future__ import annotations

from decimal import Decimal

from pipeline.checks.slips import slip_cost


def cost_is_symmetric_and_nothing_only_for_equals(a: Decimal, b: Decimal) -> None:
    """Any two figures; the dearest slip costs seven."""
    assert slip_cost(a, b) == slip_cost(b, a)
    assert (slip_cost(a, b) == 0) == (a == b)
    assert 0 <= slip_cost(a, b) <= 7


def one_changed_digit_is_the_cheapest(value: int, at: int, digit: str) -> None:
    """Another `digit` than the one at `at`, which is not the first: so the figure keeps its length."""
    digits = list(str(value))
    assert 0 < at < len(digits) and digits[at] != digit
    digits[at] = digit
    assert slip_cost(Decimal(value), Decimal("".join(digits))) == 1


def one_dropped_digit_is_the_cheapest(value: int, at: int) -> None:
    """A whole figure of two digits or more without the digit at `at`, which is not the first."""
    digits = list(str(value))
    assert 0 < at < len(digits)
    del digits[at]
    assert slip_cost(Decimal(value), Decimal("".join(digits))) == 1


def two_swapped_neighbours_are_the_cheapest(value: int, at: int) -> None:
    """Neighbours that differ, behind the first digit."""
    digits = list(str(value))
    assert 0 < at < len(digits) - 1 and digits[at] != digits[at + 1]
    digits[at], digits[at + 1] = digits[at + 1], digits[at]
    assert slip_cost(Decimal(value), Decimal("".join(digits))) == 1


def shifted_mark_is_cheaper_than_another_figure(value: Decimal, places: int) -> None:
    """The mark moved by one to three places costs at most two; `value` is not zero."""
    assert 0 < slip_cost(value, value.scaleb(-places)) <= 2
