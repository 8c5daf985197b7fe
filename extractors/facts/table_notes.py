"""Notes of a table's rows: "98,9 | 7.246/7.323" prints what the rate beside it is of."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.facts.draft import Draft, DraftRelation


def noted(relations: Sequence[DraftRelation], rates: Sequence[Draft], found: list[Draft]) -> list[Draft]:
    """The figures `found` in a note; where they are one fraction, whose relation is the last that was read, the only rate of
    the row is joined to it."""
    fraction = bool(relations) and relations[-1].kind == "fraction" and [d for _, d, _ in relations[-1].terms] == found
    if fraction and len(rates) == 1 and rates[0].of == "percent" and rates[0].role == "value":
        relations[-1].terms.append(("rate", rates[0], 1))
    return found
