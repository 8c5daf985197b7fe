"""One total against its parts: the test that the families share, and how it is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.model import Observation
from pipeline.checks.intervals import Interval, add, meet, show
from pipeline.checks.model import Verdict
from pipeline.checks.sheet import Constraint, Sheet, short


def equal(
    sheet: Sheet,
    rule: str,
    total: Observation,
    parts: Sequence[tuple[Observation, int]],
    complete: bool,
    expression: str | None = None,
    across: bool = False,
    lexical: bool = False,
) -> None:
    """One total against its parts; incomplete parts prove something only where they exceed the total. `across` scopes:
    that the parts stand in texts of their own is no doubt."""
    stated = sheet.interval(total.id)
    computed = add([(sheet.interval(p.id), sign) for p, sign in parts])
    names = [total.id, *(p.id for p, _ in parts)]
    verdict, reason = judged(sheet, names, stated, computed, complete)
    if verdict == "error" and len({o.site for o in (total, *(p for p, _ in parts))}) > 1:
        apart = not across and sheet.apart(names)
        reason = sheet.doubt(*names) or ("the texts around them speak of different things" if apart else None)
        verdict = "cannot_tell" if reason else verdict
    left = expression or f"{named(total)} = " + " + ".join(named(p) for p, _ in parts)
    check = sheet.tell(
        rule,
        verdict,
        left,
        arithmetic(total, parts, verdict),
        names,
        stated=total.value,
        expected=computed,
        reason=reason,
    )
    kind = "equal" if complete else "at_most"
    sheet.hold(Constraint(check, kind, total.id, tuple((p.id, s) for p, s in parts), lexical=lexical))


def judged(
    sheet: Sheet, names: Iterable[str], stated: Interval, computed: Interval, complete: bool
) -> tuple[Verdict, str | None]:
    """Whether what is stated and what was computed of `names` can be one figure, and why that cannot be told."""
    exact = stated[0] == stated[1] and computed[0] == computed[1]
    if meet(stated, computed):
        return ("ok" if exact else "rounding"), None
    unsure = sheet.unsure(*names)
    if unsure:
        return "cannot_tell", unsure
    if complete or computed[0] > stated[1]:
        return "error", None
    return "cannot_tell", "the parts stated may not be all"


def arithmetic(total: Observation, parts: Sequence[tuple[Observation, int]], verdict: Verdict) -> str:
    """ "33.451 = 33.437 + 7 + 7", with the true sum behind it where the figures differ: after ≈ by rounding, else ≠."""
    terms = ""
    for i, (p, sign) in enumerate(parts):
        plus = (sign > 0) == (p.value >= 0)
        terms += (" + " if plus else " − ") if i else ("" if plus else "−")
        terms += show(abs(p.value))
    value = sum((p.value * sign for p, sign in parts), start=total.value * 0)
    equal = value == total.value
    differs = "≈" if verdict == "rounding" else "≠"
    return f"{show(total.value)} = {terms}" if equal else f"{show(total.value)} {differs} {terms} = {show(value)}"


def named(o: Observation) -> str:
    """A figure as an expression calls it."""
    return short(o.indicator) if o.indicator else (o.column or o.unit or "figure")
