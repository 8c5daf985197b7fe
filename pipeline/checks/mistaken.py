"""Figures that were given the wrong one of two names that words easily confuse.

"Trong kỳ có 19.610 hồ sơ …" may be of what came in, or of that which came in online. Where a failing relation between names
holds a figure of running text that the report states elsewhere, far from it, under a name that is easily confused with its
own, its words were misread more likely than its digits mistyped. A figure copied from its neighbour stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from extractors.model import Observation
from pipeline.checks.sheet import Constraint, Sheet, fold_scope, period_key, short

_CONFUSED: Final = (
    frozenset({"dossiers_received_total", "dossiers_received_new", "dossiers_received_online"}),
    frozenset({"dossiers_resolved_late", "dossiers_pending_overdue"}),
    frozenset({"civil_servants_assigned", "civil_servants_present"}),
    frozenset({"public_employees_assigned", "public_employees_present"}),
)
_LEAST = 10  # smaller figures are alike by chance
_NEAR = 3  # observations between a figure and the neighbour that it may have been copied from


def mistaken(sheet: Sheet, failing: Constraint) -> str | None:
    """Why a failing relation between names may rest on a wrong one; None where nothing shows that."""
    if not failing.lexical or failing.kind not in ("same", "equal", "ratio"):
        return None
    figures = [sheet.by_id[name] for name in failing.ids]
    if failing.kind == "equal" and len({(o.site, o.quote) for o in figures}) == 1:
        return None  # a sentence that divides a figure says itself what its parts are
    if failing.kind == "same":
        often = max(sum(o.value == p.value for o in figures) for p in figures)
        figures = [p for p in figures if sum(o.value == p.value for o in figures) < max(often, 2)]
    for figure in figures:
        other = next(_elsewhere(sheet, figure), None)
        if other is not None:
            return f"{figure.quantity.text} is stated elsewhere as {short(other.indicator)}: its words may be of that"
    return None


def _elsewhere(sheet: Sheet, figure: Observation) -> Iterator[Observation]:
    """Figures of the same value under a name confused with that of `figure`, in other sentences; none where a neighbour has
    the value too."""
    names = {name for group in _CONFUSED if figure.indicator in group for name in group} - {figure.indicator}
    if figure.kind == "table" or not names or figure.value < _LEAST:
        return
    same = [o for o in _of_place(sheet, figure, names) if o.value == figure.value]
    place = sheet.place
    if not any(abs(place[o.id] - place[figure.id]) <= _NEAR for o in same):
        yield from (o for o in same if o.quote != figure.quote)


def _of_place(sheet: Sheet, figure: Observation, names: Iterable[str]) -> Iterator[Observation]:
    """Figures of some names in the scope and period of a figure."""
    found = sheet.groups.get((fold_scope(figure.scope), period_key(figure.period)), {})
    for name in names:
        yield from found.get(name, [])
