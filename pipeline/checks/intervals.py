"""Exact arithmetic on rounding intervals: what a printed figure admits, and what a quotient of figures can be.

A whole count is exact, a whole percentage is not; a figure with decimals stands for every value that rounds to it. Comparison is by intersection,
never by an epsilon. Cutting the last place instead of rounding it is common in offices and is told apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, localcontext

from extractors.model import Quantity

Interval = tuple[Decimal, Decimal]
_PRECISION = 40
_HALF = Decimal("0.5")


@contextmanager
def _digits(rounding: str, count: int = _PRECISION) -> Iterator[Context]:
    """Arithmetic with `count` digits; an interval's low end is rounded down and its high end up, so that it encloses."""
    with localcontext() as context:
        context.prec, context.rounding = count, rounding
        yield context


def point(value: Decimal | int) -> Interval:
    """An exact value as an interval."""
    return Decimal(value), Decimal(value)


def of(quantity: Quantity, percent: bool = False) -> Interval:
    """What a printed figure admits; an approximate one ("gần 600") admits a twentieth to both sides, and above as much as
    its zeros leave open ("hơn 15.000" is said of 15.985).

    A whole percentage is rounded like any other ("67%" for 2/3), but "0%" and "100%" say none and all."""
    if quantity.approx:
        slack = abs(quantity.value) / 20
        return quantity.value - slack, quantity.value + max(slack, zeros(quantity.value))
    if percent and quantity.ulp == 1 and quantity.value not in (0, 100):
        return quantity.value - _HALF, quantity.value + _HALF
    return quantity.interval


def zeros(value: Decimal) -> Decimal:
    """The power of ten that a round figure is counted in, at most a tenth of it: 1000 of 15000, 1 of 15985."""
    digits = format(abs(value).to_integral_value(), "f")
    return Decimal(10) ** min(len(digits) - len(digits.rstrip("0")), max(len(digits) - 2, 0))


def add(parts: list[tuple[Interval, int]]) -> Interval:
    """Sum of signed intervals."""
    with _digits(ROUND_FLOOR):
        low = sum((p[0] if sign > 0 else -p[1] for p, sign in parts), Decimal(0))
    with _digits(ROUND_CEILING):
        high = sum((p[1] if sign > 0 else -p[0] for p, sign in parts), Decimal(0))
    return low, high


def quotient(top: Interval, bottom: Interval, times: Decimal = Decimal(100)) -> Interval | None:
    """`times` * top / bottom for a `times` that is not negative; None where the bottom may be zero or less."""
    if bottom[0] <= 0:
        return None
    with _digits(ROUND_FLOOR):
        low = times * top[0] / bottom[top[0] >= 0]
    with _digits(ROUND_CEILING):
        high = times * top[1] / bottom[top[1] < 0]
    return low, high


def mean_of(parts: list[tuple[Interval, int]]) -> Interval:
    """Sum of signed intervals over their number; there is one at least."""
    mean = quotient(add(parts), point(len(parts)), Decimal(1))
    assert mean is not None
    return mean


def product(a: Interval, b: Interval) -> Interval:
    """Product of intervals."""
    with _digits(ROUND_FLOOR):
        low = min(x * y for x in a for y in b)
    with _digits(ROUND_CEILING):
        high = max(x * y for x in a for y in b)
    return low, high


def meet(a: Interval, b: Interval) -> bool:
    """Whether two intervals share a value."""
    return a[0] <= b[1] and b[0] <= a[1]


def cut(stated: Quantity, computed: Interval) -> bool:
    """Whether the stated figure is the computed one with its last place cut off, towards zero, instead of rounded."""
    value, (low, high) = stated.value, computed
    if high < 0:
        value, (low, high) = value.copy_negate(), add([(computed, -1)])
    return value <= high and low < value + stated.ulp


def rounded(value: Decimal, ulp: Decimal) -> Decimal:
    """`value` rounded half up to the last place of `ulp`."""
    with _digits(ROUND_HALF_UP, _PRECISION + max(0, value.adjusted() - ulp.adjusted())):
        return (value / ulp).quantize(Decimal(1)) * ulp


def show(value: Decimal, decimals: int | None = None) -> str:
    """Vietnamese notation: "33.451", "99,98"."""
    if decimals is not None:
        value = rounded(value, Decimal(1).scaleb(-decimals))
    text = format(value, "f")
    whole, _, rest = text.partition(".")
    sign, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    groups = f"{int(whole):,}".replace(",", ".")
    return sign + groups + ("," + rest if rest else "")


def show_en(value: Decimal, decimals: int | None = None) -> str:
    """English notation: "33,451", "99.98"."""
    return show(value, decimals).translate(str.maketrans(".,", ",."))


def significant(value: Decimal, stated: Quantity) -> str:
    """A computed value with one place more than the stated figure prints, at least two significant digits."""
    exponent = stated.ulp.as_tuple().exponent
    places = max(2, -exponent + 1 if isinstance(exponent, int) else 2)
    while places < 12 and value and abs(value) < Decimal(10) ** (2 - places):
        places += 1
    return show(value, places)
