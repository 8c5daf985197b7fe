"""A second witness against one of two values of an indicator: a sum of the report that the other value satisfies.

That an indicator is stated with two values proves little where words alone tie the two together. It proves enough where a
sum in which one of them stands fails with it and holds to the unit with the other: "quá hạn 95 hồ sơ, gồm cấp huyện 47, cấp
xã 75" beside "122 hồ sơ quá hạn". Such a sum need not be known to be complete (a list of offices, a balance without what
was returned): that it comes out with the other value shows that it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.model import Observation
from pipeline.checks.sheet import Constraint, Sheet, fold_scope
from pipeline.checks.totals import arithmetic, equal

Part = tuple[Observation, int]


@dataclass(frozen=True, slots=True)
class _Sum:
    """A sum that may be whole, and the constraint that holds it, if one does."""

    whole: Observation
    parts: Sequence[Part]
    held: Constraint | None = None

    def fails_but_for(self, name: str, value: Decimal) -> bool:
        """Whether it fails as printed, and holds with another value of one of its figures."""

        def gap(changed: dict[str, Decimal]) -> Decimal:
            terms = [(self.whole, -1), *self.parts]
            return sum((changed.get(o.id, o.value) * sign for o, sign in terms), start=Decimal(0))

        telling = sum(o.value != 0 for o, _ in self.parts if o.id != name) + (self.whole.id != name)
        return telling > 1 and gap({}) != 0 and gap({name: value}) == 0


def run(sheet: Sheet) -> None:
    """Look for a witness for every repeat of two values that was not told, or that words alone tie together."""
    listed = _one_by_one(sheet)
    for same in [c for c in sheet.constraints if c.kind == "same" and c.check.verdict in ("cannot_tell", "error")]:
        figures = [sheet.by_id[name] for name in same.ids]
        values = {o.value for o in figures}
        if len(values) != 2 or sheet.unsure(*same.ids):
            continue
        for figure in figures:
            other = next(v for v in values if v != figure.value)
            found = next((s for s in _sums(sheet, figure, listed) if s.fails_but_for(figure.id, other)), None)
            if found and not _holds(sheet, figures, figure.value):
                _bear_out(sheet, same, found)
                break


def _holds(sheet: Sheet, figures: Sequence[Observation], value: Decimal) -> bool:
    """Whether a sum holds with a value: then both have a witness."""
    return any(
        c.kind == "equal" and c.firm and c.check.verdict in ("ok", "rounding")
        for o in figures
        if o.value == value
        for c in sheet.holding.get(o.id, [])
    )


def _one_by_one(sheet: Sheet) -> dict[str, list[Part]]:
    """Offices or fields that are named one by one as parts of a figure, with their own figures of the same name."""
    found: dict[str, list[Part]] = {}
    for relation in sheet.relations("parts"):
        whole, parts = sheet.by_id[relation.of("whole")[0]], relation.of("part")
        if (
            len(parts) == 1
            and (part := sheet.by_id[parts[0]]).indicator == whole.indicator
            and part.scope != whole.scope
        ):
            found.setdefault(whole.id, []).append((part, 1))
    return {
        whole: parts
        for whole, parts in found.items()
        if len(parts) > 1 and len({fold_scope(o.scope) for o, _ in parts}) == len(parts)
    }


def _sums(sheet: Sheet, figure: Observation, listed: Mapping[str, list[Part]]) -> Iterator[_Sum]:
    """Sums in which a figure stands and which are not proved: parts that may not be all. Those that names alone tie
    together are of one text: elsewhere another figure may have been meant."""
    for c in sheet.holding.get(figure.id, []):
        together = not c.lexical or len({sheet.by_id[name].site for name in c.ids}) == 1
        if c.kind in ("equal", "at_most") and c.whole is not None and len(c.parts) > 1 and together:
            yield _Sum(sheet.by_id[c.whole], [(sheet.by_id[name], sign) for name, sign in c.parts], c)
    if figure.id in listed:
        yield _Sum(figure, listed[figure.id])


def _bear_out(sheet: Sheet, same: Constraint, found: _Sum) -> None:
    """Tell the repeat and the sum as contradictions."""
    same.borne_out = True
    if same.check.verdict != "error":
        sheet.rewrite(same, replace(same.check, verdict="error", reason=None))
    if found.held is None:
        equal(sheet, "sum.levels", found.whole, found.parts, True)
        return
    found.held.kind, found.held.borne_out = "equal", True
    if found.held.check.verdict != "error":
        text = arithmetic(found.whole, found.parts, "error")
        sheet.rewrite(found.held, replace(found.held.check, verdict="error", reason=None, arithmetic=text))
