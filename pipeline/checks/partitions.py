"""Rule `sum.scopes`: figures listed by level, office or field against the figure of the whole, in running text.

A list of scopes need not be complete, and nothing on the page says whether it is. Its own figures show it: where one
indicator adds up exactly over the list to what the report states for the whole, the list is the whole, and another
indicator that is given for the same scopes must add up too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.model import Observation
from pipeline.checks.sheet import Sheet, fold_scope, period_key, settled
from pipeline.checks.totals import equal

_LEAST = 3  # scopes in a list; levels ("cấp tỉnh", "cấp xã") may be two
_LEVEL_WORDS = ("cấp ", "khối ", "tuyến ", "các sở", "ubnd cấp")
_SHARE_THAT_FAILS = 2  # of the indicators of a list at most one in so many may fail


def run(sheet: Sheet) -> None:
    """Test every list of scopes in the narrative."""
    for listed in _lists(sheet.report.observations):
        scopes = list(dict.fromkeys(fold_scope(o.scope) for o in listed))
        levels = all((scope or "").startswith(_LEVEL_WORDS) for scope in scopes)
        if len(scopes) >= (2 if levels else _LEAST):
            _list(sheet, listed, scopes)


def _lists(observations: Sequence[Observation]) -> Iterator[list[Observation]]:
    """Stretches of the narrative in which every count of hồ sơ has a scope, of one period each."""
    listed: list[Observation] = []
    for o in observations:
        if o.kind == "table" or not (o.indicator or "").startswith("dossiers_") or o.role != "value":
            continue
        if listed and (o.scope is None or o.period != listed[0].period):
            yield listed
            listed = []
        if o.scope is not None:
            listed.append(o)
    if listed:
        yield listed


def _list(sheet: Sheet, listed: Sequence[Observation], scopes: Sequence[str | None]) -> None:
    """Hold the sums of one list against the whole if one of them proves the list complete."""
    whole_of = sheet.groups.get((None, period_key(listed[0].period)), {})
    by_indicator: dict[str, dict[str | None, list[Observation]]] = {}
    for o in listed:
        by_indicator.setdefault(o.indicator or "", {}).setdefault(fold_scope(o.scope), []).append(o)
    held: list[tuple[Observation, list[Observation]]] = []
    failing: list[tuple[Observation, list[Observation]]] = []
    for indicator, by_scope in by_indicator.items():
        whole = settled(whole_of.get(indicator, []))
        one_each = len(by_scope) == len(scopes) and all(len({o.value for o in os}) == 1 for os in by_scope.values())
        if whole is None or not one_each:
            continue
        members = [found[0] for found in by_scope.values()]
        if sum(m.value for m in members) != whole.value:
            failing.append((whole, members))
        elif sum(m.value > 0 for m in members) > 1:
            held.append((whole, members))
    if held and len(failing) * _SHARE_THAT_FAILS <= len(held) + len(failing):
        for whole, members in (*held, *failing):
            if not sheet.tested((whole.id, *(m.id for m in members))):
                equal(sheet, "sum.scopes", whole, [(m, 1) for m in members], True, across=True, lexical=True)
