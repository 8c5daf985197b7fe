"""The locator: a value that is solved for satisfies the constraint that it was solved from."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from extractors.facts.number_notation import MAX_DIGITS
from extractors.model import Observation, Quantity, Report, Source
from pipeline.checks.intervals import rounded
from pipeline.checks.locate import holds, solve
from pipeline.checks.model import Check
from pipeline.checks.sheet import Constraint, Sheet

KINDS = ("equal", "at_most", "mean", "ratio", "growth", "product")


def constraint(kind: str, figures: Sequence[Quantity], signs: Sequence[int]) -> tuple[Sheet, Constraint]:
    """A sheet of one constraint: whole, base and factor first, then a part for each of `signs`.

    The whole of a ratio is a percentage. A growth has two parts, the later value and the base; a mean's signs are +1.
    """
    names = [f"o{n}" for n in range(len(figures))]
    source = Source("x.txt", "0" * 64, 1, "txt")
    sheet = Sheet(Report(source))
    for name, figure in zip(names, figures, strict=True):
        percent = name == "o0" and kind in ("ratio", "growth")
        sheet.by_id[name] = Observation(name, None, figure, "%" if percent else "hồ sơ", "", "p1", 0, 1, "s1")
    check = Check("k1", "sum.x", "sum", "error", "", "", tuple(names))
    whole, base, factor, *rest = names
    if kind == "growth":
        parts = ((rest[0], signs[0]), (base, -signs[0]))
    elif kind == "product":
        parts = ((rest[0], 1),)
    else:
        parts = tuple((n, 1 if kind == "mean" else s) for n, s in zip(rest, signs, strict=True))
    quotient = kind in ("ratio", "growth", "product")
    return sheet, Constraint(
        check, kind, whole, parts, base if quotient else None, factor if kind == "product" else None
    )


def solved_values_hold(kind: str, figures: Sequence[Quantity], signs: Sequence[int], share: Fraction) -> None:
    """Every figure of a constraint: a value of the solved interval satisfies it, where a report can print that value."""
    sheet, made = constraint(kind, figures, signs)
    names = dict.fromkeys(n for n in (made.whole, made.base, made.factor, *(p for p, _ in made.parts)) if n)
    for name in names:
        solved = solve(sheet, made, name)
        if solved is None:
            continue
        low, high = solved
        assert low <= high
        ulp = sheet.by_id[name].quantity.ulp
        span = Fraction(low) + (Fraction(high) - Fraction(low)) * share
        value = rounded(Decimal(span.numerator) / Decimal(span.denominator), ulp)
        if value >= 0 and low <= value <= high and len(value.as_tuple().digits) <= MAX_DIGITS:
            assert holds(sheet, made, {name: value}), (kind, name, value)
