"""Figures to try: counts, decimals, printed figures and the intervals that they admit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from extractors.model import Quantity
from pipeline.checks import intervals
from tests.properties.contracts.numbers import quantity

counts = st.integers(0, 10**9)
decimals = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(0, 10**8), st.integers(min_value=1, max_value=6)
)
#: up to the most digits that are read, whole or with decimals
printed = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(0, 10**18 - 1), st.integers(0, 17)
)
scaled = st.builds(lambda n, by: Quantity(str(n), n * by, Decimal(by)), counts, st.sampled_from([10, 1000, 10**6]))
quantities = st.builds(quantity, counts.map(Decimal) | decimals | printed, st.booleans()) | scaled
admitted = st.builds(intervals.of, quantities, st.booleans())
signed = st.builds(lambda a, sign: a if sign else (-a[1], -a[0]), admitted, st.booleans())
shares = st.sampled_from([Fraction(0), Fraction(1)]) | st.fractions(0, 1, max_denominator=97)
