"""What the locator proposes satisfies what it was solved from."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from extractors.model import Quantity
from tests.properties.contracts import locate as contracts
from tests.properties.contracts.numbers import quantity
from tests.properties.effort import quick
from tests.properties.figures import quantities, shares

small = st.integers(0, 200).map(lambda n: Quantity(str(n), Decimal(n)))
figures = small | quantities


def test_a_part_that_is_taken_off_is_solved_for_with_every_digit() -> None:
    printed = ("0.00000000004129", "0.0000000000027495", "750.40576", "19355387", "26372")
    contracts.solved_values_hold("ratio", [quantity(Decimal(p)) for p in printed], [-1, 1], Fraction(31, 255))


@quick
@given(st.sampled_from(contracts.KINDS), st.lists(figures, min_size=4, max_size=7), st.data(), shares)
def test_a_value_that_is_solved_for_holds(
    kind: str, drawn: list[Quantity], data: st.DataObject, share: Fraction
) -> None:
    signs = data.draw(st.lists(st.sampled_from([1, -1]), min_size=len(drawn) - 3, max_size=len(drawn) - 3))
    contracts.solved_values_hold(kind, drawn, signs, share)
