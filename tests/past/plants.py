"""Planted breaks: what goes wrong between the reports of an office, or between those of an office and its province.

Every plant changes a draft and says which indicators it changed, so that a finding on one of them is never counted as
false, whatever rule it comes from. The mistakes are those of people who type: digits that change places, a digit too
many, a figure left from the file that served as a template; the rest of the report either follows suit or does not.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tests.past.citing import Shelf
from tests.past.draft import ROW, Draft, Figures, Sent
from tests.past.windows import Window

_NEW, _RESOLVED, _PENDING = "dossiers_received_new", "dossiers_resolved_total", "dossiers_pending_total"
_CARRIED, _TOTAL = "dossiers_carried_over", "dossiers_received_total"
_ONLINE, _EARLY, _LATE = "dossiers_received_online", "dossiers_resolved_early", "dossiers_resolved_late"
_IN_TIME = "dossiers_pending_in_time"
#: What adds up over the quarters of a year.
RUNNING: Final = (_NEW, _RESOLVED, _ONLINE, _EARLY, _LATE)


@dataclass(frozen=True, slots=True)
class Break:
    """Something wrong in the report at `path`. `indicator` is what the rule compares (a document's number for cited dates,
    None for a whole report left in), `touched` all indicators of that report that are not what they were, `earlier_path`
    the report that it disagrees with."""

    rule: str
    province: str
    office: str
    period: str
    indicator: str | None
    what: str
    path: str
    earlier_path: str | None
    touched: frozenset[str]


@dataclass(frozen=True, slots=True)
class Desk:
    """What is known where a draft is about to be sent: the office's own reports (the last one of each slot), how many of the
    draft's kind it has sent, the province's shelf, and, of a province's report, scope -> report of that Sở for the same
    days."""

    held: dict[tuple[str, int], Sent]
    of_its_kind: int
    shelf: Shelf
    parts: dict[str, Sent]


Said = tuple[str | None, str, str | None]  # indicator, what was done, the report that it disagrees with
Plant = Callable[[random.Random, Draft, Desk], Said | None]


def misprinted(rng: random.Random, count: int) -> int:
    """A count with two digits changed, or one of them wrong; never the same."""
    digits = str(count)
    swaps = [n for n in range(len(digits) - 1) if digits[n] != digits[n + 1] and (n or digits[1] != "0")]
    if swaps and rng.random() < 0.5:
        n = rng.choice(swaps)
        return int(digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :])
    n = rng.randrange(len(digits))
    other = rng.choice([d for d in "123456789" if d != digits[n]])
    return int(digits[:n] + other + digits[n + 1 :])


def _follow(own: Figures, indicator: str, value: int) -> None:
    """Set a count and let the others of the report follow, where that leaves none below zero."""
    step = value - own[indicator]
    ends = (_PENDING, _IN_TIME) if step > -own[_IN_TIME] else (_RESOLVED, _EARLY)
    others = {
        _NEW: (_ONLINE, _TOTAL, *ends),
        _CARRIED: (_TOTAL, *ends),
        _RESOLVED: (_EARLY, _NEW, _ONLINE, _TOTAL),
        _PENDING: (_IN_TIME, _NEW, _ONLINE, _TOTAL),
    }.get(indicator, ())
    changed = {indicator: value} | {name: own[name] + step for name in others}
    if min(changed.values()) >= 0:
        own.update(changed)
    else:
        own[indicator] = value


def _change(rng: random.Random, own: Figures, indicator: str, value: int) -> str:
    """Set a count, alone or with the rest of the report, and say so."""
    before = own[indicator]
    if rng.random() < 0.5:
        _follow(own, indicator, value)
        return f"{indicator} {before} → {value}, the rest follows"
    own[indicator] = value
    return f"{indicator} {before} → {value}, alone"


def carried_over(rng: random.Random, draft: Draft, desk: Desk) -> Said | None:
    """The count carried over is not what the preceding report left pending."""
    before = [sent for sent in desk.held.values() if sent.window.adjoins(draft.window)]
    if not before or any(_PENDING in sent.touched for sent in before):
        return None
    count = draft.own[_CARRIED]
    value = misprinted(rng, count) if rng.random() < 0.8 else 0
    if value == count:
        return None
    return _CARRIED, _change(rng, draft.own, _CARRIED, value), before[0].path


def cumulative(rng: random.Random, draft: Draft, desk: Desk) -> Said | None:
    """A count since the first of the year is smaller than it was in an earlier report."""
    begun = [s for s in desk.held.values() if s.window.start == draft.window.start and s.window.end < draft.window.end]
    options = [(s, i) for s in begun for i in RUNNING if s.own[i] >= 4 and i not in s.touched]
    if not options:
        return None
    sent, indicator = rng.choice(options)
    value = int(sent.own[indicator] * rng.uniform(0.4, 0.97))
    return indicator, _change(rng, draft.own, indicator, value), sent.path


def adds_up(rng: random.Random, draft: Draft, desk: Desk) -> Said | None:
    """A period's count is not the sum of the parts that make it up, though larger than each."""
    tiles = _tiles(draft.window, desk.held.values())
    if not tiles:
        return None
    sound = [i for i in RUNNING if draft.own[i] >= 8 and not any(i in sent.touched for sent in tiles)]
    if not sound:
        return None
    indicator = rng.choice(sound)
    count, largest = draft.own[indicator], max(sent.own[indicator] for sent in tiles)
    value = (
        misprinted(rng, count) if rng.random() < 0.4 else count + rng.choice((-1, 1)) * rng.randint(1, 1 + count // 30)
    )
    if value < largest or value > 2 * count or value == count:
        return None
    kinds = " + ".join(f"{sent.window.kind} {sent.window.last}" for sent in tiles)
    return indicator, f"{_change(rng, draft.own, indicator, value)}; {kinds}", tiles[-1].path


def _tiles(whole: Window, held: Iterable[Sent]) -> list[Sent]:
    """Reports that cover the period without gap or overlap, the longest first; none where they do not."""
    inside = [s for s in held if s.window.start >= whole.start and s.window.end <= whole.end and s.window != whole]
    begin, found = whole.start, list[Sent]()
    while inside:
        fitting = [s for s in inside if s.window.start == begin]
        if not fitting:
            return []
        found.append(max(fitting, key=lambda s: s.window.end))
        if found[-1].window.end == whole.end:
            return found if len(found) > 1 else []
        begin = date.fromordinal(found[-1].window.end.toordinal() + 1)
    return []


def left_in(rng: random.Random, draft: Draft, desk: Desk) -> Said | None:
    """The file of an earlier report served as a template, and most of its figures are still there."""
    before = [sent for sent in desk.held.values() if sent.window.end < draft.window.end]
    alike = [sent for sent in before if sent.window.kind == draft.window.kind]
    last = max(alike if alike and rng.random() < 0.6 else before, key=lambda sent: sent.window.end, default=None)
    old = last if rng.random() < 0.7 else desk.held.get(draft.window.slot)
    if old is None or old.touched:
        return None
    told = [i for i, count in old.own.items() if count >= 10 and count != draft.own[i]]
    if len(told) < 7:
        return None
    renewed = set(rng.sample(list(draft.own), rng.randint(1, 3)))
    draft.own.update({i: count for i, count in old.own.items() if i not in renewed})
    for scope, figures in draft.rows:
        if scope in old.rows and rng.random() < 0.9:
            figures.update(old.rows[scope])
    return None, f"all but {len(renewed)} own figures of {old.window.text}", old.path


def unusual(rng: random.Random, draft: Draft, desk: Desk) -> Said | None:
    """A count with a digit too many or one missing, where four earlier reports of the kind tell what is usual."""
    options = [i for i in (_NEW, _RESOLVED, _PENDING) if draft.own[i] >= 100]
    if desk.of_its_kind < 4 or not options:
        return None
    indicator = rng.choice(options)
    digits = str(draft.own[indicator])
    n = rng.randrange(1, len(digits))
    digits = digits[:n] + digits[n + 1 :] if rng.random() < 0.4 else digits[:n] + rng.choice("0123456789") + digits[n:]
    return indicator, _change(rng, draft.own, indicator, int(digits)), None


def cited_dates(rng: random.Random, draft: Draft, desk: Desk) -> Said | None:
    """A document that another report of the province cites has another date here, of the same year."""
    known = [n for n, (document, _) in enumerate(draft.cited) if document in desk.shelf.seen]
    if not known:
        return None
    n = rng.choice(known)
    document, day = draft.cited[n]
    days = [
        d for d in (_moved(day, rng.randint(1, 28), day.month), _moved(day, day.day, rng.randint(1, 12))) if d != day
    ]
    if not days:
        return None
    given = rng.choice(days)
    draft.cited[n] = document, given
    return document.key, f"{document.key} of {day} cited with {given}", desk.shelf.seen[document]


def _moved(day: date, number: int, month: int) -> date:
    return day.replace(day=min(number, 28), month=month)


def province_part(rng: random.Random, draft: Draft, desk: Desk) -> Said | None:
    """The province states another count for a Sở than the Sở itself for the same days."""
    rows = [(scope, figures) for scope, figures in draft.rows if scope in desk.parts]
    options = [(s, f, i) for s, f in rows for i in ROW if f[i] >= 3 and i not in desk.parts[s].touched]
    if not options:
        return None
    scope, figures, indicator = rng.choice(options)
    before = figures[indicator]
    figures[indicator] = misprinted(rng, before)
    return indicator, f"{scope}: {indicator} {before} → {figures[indicator]}", desk.parts[scope].path


def province_total(rng: random.Random, draft: Draft, desk: Desk) -> Said | None:
    """The province's count is smaller than those of its Sở together."""
    indicator = rng.choice((_NEW, _RESOLVED, _TOTAL))
    parts = list(desk.parts.values())
    if len(parts) < 2 or any(indicator in sent.touched for sent in parts):
        return None
    whole = sum(sent.own[indicator] for sent in parts)
    value = whole - rng.randint(1, max(1, whole // 8))
    if whole < 20 or value >= draft.own[indicator]:
        return None
    return indicator, f"{_change(rng, draft.own, indicator, value)}; {len(parts)} Sở state {whole}", None


PLANTS: Final[dict[str, Plant]] = {
    f"history.{plant.__name__}": plant
    for plant in (carried_over, cumulative, adds_up, left_in, unusual, cited_dates, province_part, province_total)
}


def plant(rng: random.Random, draft: Draft, desk: Desk, wanted: Sequence[str]) -> Break | None:
    """The first of the `wanted` rules that can be broken here, broken; None where there is none."""
    for rule in wanted:
        own, rows = dict(draft.own), [dict(figures) for _, figures in draft.rows]
        said = PLANTS[rule](rng, draft, desk)
        if said is None:
            continue
        indicator, what, earlier = said
        touched = {i for i, count in own.items() if draft.own[i] != count}
        touched |= {i for old, (_, new) in zip(rows, draft.rows, strict=True) for i in ROW if old[i] != new[i]}
        if rule == "history.cited_dates":
            touched.add(str(indicator))
        told = (draft.province, draft.office, draft.window.text)
        return Break(rule, *told, indicator, what, draft.path, earlier, frozenset(touched))
    return None
