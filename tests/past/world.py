"""Provinces and their offices over time: who exists, who merges into whom, who reports and how."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from tests.past import offices
from tests.past.citing import Shelf
from tests.past.draft import Sent
from tests.past.flows import SMALLEST, Counts, Flow, added, over
from tests.past.provinces import Place, kind, last_day
from tests.past.windows import Habit, Plan, Window

_PLANS: tuple[Plan, ...] = ("cumulative", "everything", "quarters")


class Unit:
    """An office that reports. `flows` are its fields as the province counts them, `own` the same where it closes its
    periods on other days than the province; `held` the last report of every slot that it sent under this name."""

    def __init__(self, name: str, flows: list[Flow], own: list[Flow] | None = None, reports: bool = True) -> None:
        self.name = name
        self.flows = flows
        self.own = own
        self.reports = reports
        self.number = 0
        self.procedures = 0
        self.begin()

    def begin(self) -> None:
        """Forget what was sent: the office is another one from now on."""
        self.held: dict[tuple[str, int], Sent] = {}
        self.kinds: Counter[str] = Counter()

    def step(self, rng: random.Random, year: int, quarter: int) -> None:
        """One more quarter."""
        for flow in (*self.flows, *(self.own or ())):
            flow.step(rng, year, quarter)

    def counts(self, window: Window, *, counted: bool = False) -> Counts:
        """Of a period that ends with the latest quarter; `counted` as the province counts."""
        return added(self.by_field(window, counted=counted))

    def by_field(self, window: Window, *, counted: bool = False) -> list[Counts]:
        """The same, field by field."""
        flows = self.flows if counted or self.own is None else self.own
        return [flow.year[-1] if window.kind == "quarter" else over(flow.year) for flow in flows]

    def shift(self, rng: random.Random) -> None:
        """The closing day changes: what is carried over is not what the last report left pending."""
        for flow in (*self.flows, *(self.own or ())):
            flow.carried = round(flow.carried * rng.uniform(0.7, 1.4))

    def absorb(self, other: Unit) -> None:
        """Take over another office; both count by the province's days from now on."""
        for mine, theirs in zip(self.flows, other.flows, strict=True):
            mine.absorb(theirs)
        self.own = None
        self.reports = self.reports or other.reports
        self.procedures += other.procedures
        self.begin()

    def send(self, sent: Sent) -> None:
        """Note a report as sent."""
        self.held[sent.window.slot] = sent
        self.kinds[sent.window.kind] += 1


class Province:
    """One province under one name. `units` by name of Sở; `whole` is the UBND, whose own flow is that of the levels below,
    None where its report is about the provincial level only."""

    def __init__(self, rng: random.Random, place: Place, years: range, names: Sequence[str], fields: int) -> None:
        self.place = place
        self.today = place.today
        self.name = place.called(years[0])
        self.fields = max(1, fields)
        self.size = min(6.0, place.size * rng.lognormvariate(0, 0.45))
        self.habit: Habit = rng.choice(("calendar", "fourteenth"))
        # not in the year of the merger, whose successor adds up the quarters of its parts
        able = [year for year in years[1:] if year != 2025]
        self.changes = rng.choice(able) if able and rng.random() < 0.3 else None
        self.plan: Plan = rng.choice(_PLANS)
        self.short = rng.random() < 0.2  # its tables abbreviate the names of Sở
        self.offices_merge = 1 if rng.random() < 0.7 else 2  # the quarter of 2025 from which merged Sở report
        some = set(rng.sample(names, min(len(names), rng.randint(10, 14))))
        self.units = {name: self._unit(rng, name) for name in names if name in some}
        lower = [Flow(rng, 22_000 * self.size)] if rng.random() < 0.6 else []
        self.whole = Unit("UBND", lower)
        self.whole.procedures = rng.randint(1500, 2100)
        self.joins = {offices.ECONOMIC_ZONE: (rng.choice(years), rng.randint(1, 4)), offices.ETHNIC: (2025, 2)}
        self.joins = {name: when for name, when in self.joins.items() if rng.random() < 0.5 and len(names) > 5}
        self.shelf: Shelf  # of the year, put up when it begins

    def _unit(self, rng: random.Random, name: str) -> Unit:
        base = max(SMALLEST, offices.OFFICES[name].base * self.size * rng.lognormvariate(0, 0.6))
        shares = [rng.uniform(0.2, 1.0) for _ in range(self.fields)]
        flows = [Flow(rng, base * share / sum(shares)) for share in shares]
        # not where the province will merge: the successor would add up other counts than those that the parts reported
        apart = rng.random() < 0.2 and last_day(self.name, self.today) == date.max
        own = [Flow(rng, flow.base * rng.uniform(0.95, 1.05)) for flow in flows] if apart else None
        unit = Unit(name, flows, own, reports=rng.random() < 0.9)
        unit.procedures = rng.randint(20, 190)
        return unit

    def body(self, day: date) -> str:
        """The UBND as it is called on `day`."""
        return f"UBND {kind(self.name, day)} {self.name}"

    def habit_of(self, unit: Unit) -> Habit:
        """How an office closes its periods."""
        if unit.own is None:
            return self.habit
        return "calendar" if self.habit == "fourteenth" else "fourteenth"

    def open(self, rng: random.Random, year: int, quarter: int) -> None:
        """What changes at the start of a quarter, before its dossiers come in."""
        if quarter == 1:
            self._new_year(rng, year)
        if (year, quarter) == (2025, self.offices_merge):
            self.merge_offices()
        for name, when in self.joins.items():
            # it may have come with another part of the province
            if when == (year, quarter) and name not in self.units:
                self.units[name] = self._unit(rng, name)
                self.units[name].own = None
                for flow in self.units[name].flows:
                    flow.carried = 0

    def _new_year(self, rng: random.Random, year: int) -> None:
        if self.place.called(year) != self.name and self.place.today == self.today:
            self._rename(self.place.called(year))
        if year == self.changes:
            self.habit = "calendar" if self.habit == "fourteenth" else "fourteenth"
            for unit in (*self.units.values(), self.whole):
                unit.shift(rng)
        self.shelf = Shelf(rng, f"UBND {kind(self.name, date(year, 1, 2))}", date(year, 1, 2))
        for unit in (*self.units.values(), self.whole):
            unit.number = rng.randint(3, 30)
            unit.procedures = max(5, unit.procedures + rng.randint(-4, 4))

    def _rename(self, name: str) -> None:
        self.name = name
        for unit in (*self.units.values(), self.whole):
            unit.begin()

    def merge_offices(self) -> None:
        """Put the Sở under the names of today."""
        units = list(self.units.values())
        self.units = {}
        for unit in units:
            self._take(unit, offices.OFFICES[unit.name].today)

    def _take(self, unit: Unit, name: str) -> None:
        """Put an office under a name, into the one that has it already."""
        if name in self.units:
            self.units[name].absorb(unit)
            return
        if unit.name != name:
            unit.name = name
            unit.begin()
        self.units[name] = unit

    def step(self, rng: random.Random, year: int, quarter: int) -> None:
        """One more quarter of all that the province counts."""
        for unit in (*self.units.values(), self.whole):
            unit.step(rng, year, quarter)

    def total(self, window: Window) -> Counts:
        """Of all Sở, reporting or not, and of the levels below."""
        whole = [unit.counts(window, counted=True) for unit in self.units.values()]
        return added([*whole, *self.whole.by_field(window)])


def merged(rng: random.Random, parts: Sequence[Province]) -> Province:
    """The province of 1 July 2025: the part that gives the name goes on, with the Sở, dossiers and habits of its own and the
    dossiers of the others."""
    main = next(p for p in parts if p.name == p.today)
    for part in parts:
        if part is main:
            continue
        if part.habit != main.habit:
            for unit in (*part.units.values(), part.whole):
                unit.shift(rng)
        for name, unit in part.units.items():
            main._take(unit, name)
        _lower(main.whole, part.whole.flows)
    for unit in (*main.units.values(), main.whole):
        unit.own = None
        unit.begin()
        unit.number = rng.randint(1, 9)
    main.changes = None
    main.shelf = Shelf(rng, f"UBND {kind(main.name, date(2025, 7, 1))}", date(2025, 7, 2))
    return main


def _lower(whole: Unit, flows: Iterable[Flow]) -> None:
    """The levels below of another part; a province that left them out of its report counts them from now on."""
    for flow in flows:
        if whole.flows:
            whole.flows[0].absorb(flow)
        else:
            whole.flows.append(flow)
