"""Rounding intervals: they enclose what can be, only what may be equal meets, and figures are shown as printed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from extractors.model import Quantity
from pipeline.checks import intervals
from pipeline.checks.intervals import Interval
from tests.properties.contracts.numbers import english, quantity, vietnamese


def _at(interval: Interval, share: Fraction) -> Fraction:
    """A value of the interval, exactly: its lower end at 0, its upper end at 1."""
    low, high = map(Fraction, interval)
    return low + (high - low) * share


def _inside(value: Fraction, interval: Interval) -> bool:
    return Fraction(interval[0]) <= value <= Fraction(interval[1])


def admits_its_value(figure: Quantity, percent: bool) -> None:
    """What a figure admits holds its value in the middle; a round one said to be about so much reaches farther up."""
    low, high = intervals.of(figure, percent)
    assert low <= figure.value <= high
    assert figure.value - low <= high - figure.value
    assert figure.approx or figure.value - low == high - figure.value


def exact_values_agree_only_where_equal(a: int, b: int) -> None:
    """Whole counts."""
    one, other = intervals.of(quantity(Decimal(a))), intervals.of(quantity(Decimal(b)))
    assert intervals.meet(one, other) == intervals.meet(other, one) == (a == b)
    assert intervals.meet(one, intervals.point(a))


def meeting_is_symmetric_and_shares_a_value(a: Interval, b: Interval) -> None:
    """Two intervals meet just where the greater low end lies in both."""
    common = max(a[0], b[0])
    shared = a[0] <= common <= a[1] and b[0] <= common <= b[1]
    assert intervals.meet(a, b) == intervals.meet(b, a) == shared


def agrees_with_its_rounding(value: Decimal, places: int) -> None:
    """A percentage rounded to `places` admits the exact one, unless the rounding says "none" or "all"."""
    rounded = _quantized(value, places, ROUND_HALF_UP)
    exact = places == 0 and rounded in (0, 100)
    assert exact or intervals.meet(intervals.of(quantity(rounded), percent=True), intervals.point(value))


def cutting_is_known(value: Decimal, places: int) -> None:
    """A value whose last places are cut off, towards zero, is known for it."""
    assert intervals.cut(quantity(_quantized(value, places, ROUND_DOWN)), intervals.point(value))


def _quantized(value: Decimal, places: int, rounding: str) -> Decimal:
    with localcontext() as context:
        context.prec = 60
        return value.quantize(Decimal(1).scaleb(-places), rounding)


def rounding_goes_to_the_nearest(value: Decimal, ulp: Decimal) -> None:
    """`rounded` gives a multiple of the last place at most half of it away; a second time nothing changes."""
    made = intervals.rounded(value, ulp)
    assert abs(Fraction(made) - Fraction(value)) * 2 <= Fraction(ulp)
    assert (Fraction(made) / Fraction(ulp)).denominator == 1
    assert intervals.rounded(made, ulp) == made


def rate_of_counts_is_admitted(top: int, bottom: int, places: int) -> None:
    """The rate is worked out in whole numbers, so that no rounding of the program is trusted; `bottom` is positive."""
    unit = 10**places
    nearest = (2 * 100 * unit * top + bottom) // (2 * bottom)
    stated = intervals.of(quantity(Decimal(nearest).scaleb(-places)))
    computed = intervals.quotient(intervals.point(top), intervals.point(bottom))
    assert computed is not None and intervals.meet(stated, computed)
    off = intervals.of(quantity(Decimal(nearest + 2).scaleb(-places)))
    assert not intervals.meet(off, computed)


def sum_encloses(parts: Sequence[tuple[Interval, int, Fraction]]) -> None:
    """A sum of one value of each interval, signed, lies in the sum of the intervals."""
    made = intervals.add([(interval, sign) for interval, sign, _ in parts])
    assert _inside(sum((_at(i, share) * sign for i, sign, share in parts), Fraction(0)), made)


def quotient_encloses(top: Interval, bottom: Interval, shares: tuple[Fraction, Fraction], times: Decimal) -> None:
    """So does a quotient, of a top of any sign and a positive `times`; there is none where the bottom may be zero."""
    made = intervals.quotient(top, bottom, times)
    assert (made is None) == (bottom[0] <= 0)
    if made:
        assert made[0] <= made[1]
        assert _inside(Fraction(times) * _at(top, shares[0]) / _at(bottom, shares[1]), made)


def product_encloses(a: Interval, b: Interval, shares: tuple[Fraction, Fraction]) -> None:
    """And a product of intervals that are not negative."""
    assert _inside(_at(a, shares[0]) * _at(b, shares[1]), intervals.product(a, b))


def is_shown_as_printed(value: Decimal) -> None:
    """Both notations print every digit of a value."""
    assert intervals.show(value) == vietnamese(value)
    assert intervals.show_en(value) == english(value)


def significant_shows_the_value(value: Decimal, stated: Quantity) -> None:
    """What is shown beside a stated figure prints more places than the figure and is at most half of the last off."""
    text = intervals.significant(value, stated)
    shown = Decimal(text.replace(".", "").replace(",", "."))
    places = len(text.partition(",")[2])
    assert places >= 2 and abs(Fraction(shown) - Fraction(value)) * 2 <= Fraction(1, 10**places)
    assert Fraction(1, 10**places) < Fraction(stated.ulp)
    assert bool(shown) or abs(value) < Decimal("1e-11")
