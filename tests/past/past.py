"""A past that could have been: what the offices of all provinces reported over years, as lines of the contract.

    for line in Past(7, years=(2020, 2026), breaks=0.03).lines(): ...

The same arguments give the same lines, in the order in which they were sent; nothing but the state of the offices is kept.
What looks wrong and is not belongs to it: lockdowns, merged Sở and provinces, numbering that starts anew, closing days that
differ or change, offices that skip a report or never send one, reports sent again with a corrected figure.
"""

from __future__ import annotations

import heapq
import random
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from pipeline.exports.json import Line
from tests.past import offices, page
from tests.past.draft import ROW, Draft, Sent
from tests.past.plants import PLANTS, Break, Desk, misprinted, plant
from tests.past.provinces import MERGED, last_day, places
from tests.past.windows import PLANS, Window, window
from tests.past.world import Province, Unit, merged

_SKIPPED, _RESENT, _WRONG_RATE, _WARNED, _REFUSED, _COMPARED = 0.03, 0.02, 0.015, 0.03, 0.002, 0.15


@dataclass(frozen=True, slots=True)
class _Job:
    """A report that is due; `again` is the day on which it is sent a second time."""

    day: date
    order: int
    province: Province
    unit: Unit
    window: Window
    again: date | None = None


@dataclass(frozen=True, slots=True, order=True)
class _Second:
    """The second version of a report, waiting for its day."""

    day: date
    path: str
    unit: Unit = field(compare=False)
    report: Sent = field(compare=False)
    line: Line = field(compare=False)

    def sent(self) -> Line:
        """The line, noted as sent."""
        self.unit.send(self.report)
        return self.line


class Past:
    """`years` the first and the last, both included (2025 and later have the merged Sở and provinces); `provinces` names of
    today, all of whose parts are told of, None for all 34; `offices` names of Sở before 2025, None for all; `breaks` the
    share of reports in which something is made wrong; `fields` the number of rows by lĩnh vực in the report of a Sở.

    Raises ValueError where a name is unknown.
    """

    def __init__(
        self, seed: int, years: tuple[int, int] = (2020, 2026), provinces: Sequence[str] | None = None,
        offices: Sequence[str] | None = None, breaks: float = 0.0, fields: int = 0,
    ) -> None:  # fmt: skip
        self._seed = seed
        self._years = range(years[0], years[1] + 1)
        self._places = [place for place in places() if provinces is None or place.today in provinces]
        self._offices = _known(offices)
        if provinces is not None and {place.today for place in self._places} != set(provinces):
            raise ValueError(f"no province of today: {set(provinces) - {place.today for place in self._places}}")
        self._share = breaks
        self._fields = fields
        self._forget()

    def _forget(self) -> None:
        self._breaks: list[Break] = []
        self._changes: list[Break] = []
        self._planted: Counter[str] = Counter()
        self._world = random.Random(f"{self._seed} world")
        self._hand = random.Random(f"{self._seed} breaks")  # apart: with and without breaks it is the same past

    def breaks(self) -> list[Break]:
        """What was made wrong in the lines given out so far."""
        return list(self._breaks)

    def changes(self) -> list[Break]:
        """Figures that a report sent again has otherwise than before (rule history.resent), in the lines so far."""
        return list(self._changes)

    @property
    def truth(self) -> list[Break]:
        """All that a check over several reports should find in the lines given out so far."""
        return self._breaks + self._changes

    def lines(self) -> Iterator[Line]:
        """All reports by day of sending; files that cannot be read are among them. A new call begins anew."""
        self._forget()
        rng = self._world
        provinces = [Province(rng, place, self._years, self._offices, self._fields) for place in self._places]
        if self._years[0] > 2025:
            for province in provinces:
                province.merge_offices()
            provinces = self._merged(provinces)
        for year in self._years:
            for quarter in range(1, 5):
                for province in provinces:
                    province.open(rng, year, quarter)
                if (year, quarter) == MERGED:
                    provinces = self._merged(provinces)
                yield from self._quarter(provinces, year, quarter)

    def _merged(self, provinces: list[Province]) -> list[Province]:
        """The provinces of today."""
        by_name: dict[str, list[Province]] = {}
        for province in provinces:
            by_name.setdefault(province.today, []).append(province)
        return [merged(self._world, parts) if len(parts) > 1 else parts[0] for parts in by_name.values()]

    def _quarter(self, provinces: Sequence[Province], year: int, quarter: int) -> Iterator[Line]:
        jobs = [job for province in provinces for job in self._due(province, year, quarter)]
        jobs.sort(key=lambda job: (job.day, job.order))  # a Sở before its province on the same day
        waiting: list[_Second] = []  # second versions, by their day
        for job in jobs:
            while waiting and waiting[0].day <= job.day:
                yield heapq.heappop(waiting).sent()
            yield from self._sent(job, waiting)
        while waiting:
            yield heapq.heappop(waiting).sent()

    def _due(self, province: Province, year: int, quarter: int) -> Iterator[_Job]:
        """The reports of a quarter, first versions and second ones."""
        rng = self._world
        province.step(rng, year, quarter)
        end = last_day(province.name, province.today) if (year, quarter) < MERGED else date.max
        for order, unit in enumerate((*province.units.values(), province.whole)):
            whole = unit is province.whole
            for kind in PLANS[province.plan][quarter - 1]:
                made = window(kind, year, quarter, province.habit_of(unit))
                day = made.end + timedelta(days=rng.randint(12, 20) if whole else rng.randint(1, 10))
                day, skipped, again = min(day, end), rng.random() < _SKIPPED, rng.random() < _RESENT
                job = _Job(day, 1000 * whole + order, province, unit, made)
                if not unit.reports or skipped:
                    continue
                if again and day + timedelta(days=25) < end:
                    yield _Job(day, job.order, province, unit, made, day + timedelta(days=rng.randint(3, 25)))
                else:
                    yield job

    def _sent(self, job: _Job, waiting: list[_Second]) -> Iterator[Line]:
        """The line of a report that is due; of one that is sent again the second version goes to `waiting`."""
        rng, unit = self._world, job.unit
        draft = self._draft(job)
        draft.wrong_rate, draft.warned = rng.random() < _WRONG_RATE, rng.random() < _WARNED
        if rng.random() < _REFUSED:
            yield page.refused(f"{draft.path.rpartition('.')[0]}-khoa.pdf")
        if job.again:
            second, first = self._twice(draft, job.again, unit)
            heapq.heappush(waiting, second)
            yield first
            return
        touched = self._break(draft, job)
        shelf = job.province.shelf
        for document, given in draft.cited:
            if given == document.issued:
                shelf.seen.setdefault(document, draft.path)
        unit.send(Sent(draft.path, draft.window, draft.own, dict(draft.rows), touched))
        yield page.line(draft)

    def _break(self, draft: Draft, job: _Job) -> frozenset[str]:
        """Make something wrong in a share of the drafts, rules that were broken least often first."""
        unit, province = job.unit, job.province
        # only the few reports of provinces can break the rules about them
        if self._hand.random() >= self._share * (3 if unit is province.whole else 1):
            return frozenset()
        parts: dict[str, Sent] = {}
        if unit is province.whole:
            held = ((_scope(province, u), u.held.get(draft.window.slot)) for u in province.units.values())
            parts = {scope: sent for scope, sent in held if sent and sent.window == draft.window}
        desk = Desk(unit.held, unit.kinds[draft.window.kind], province.shelf, parts)
        wanted = sorted(PLANTS, key=lambda rule: (self._planted[rule], self._hand.random()))
        made = plant(self._hand, draft, desk, wanted)
        if made is None:
            return frozenset()
        self._planted[made.rule] += 1
        self._breaks.append(made)
        return made.touched

    def _draft(self, job: _Job) -> Draft:
        """The report as it should be."""
        rng, province, unit, made = self._world, job.province, job.unit, job.window
        whole = unit is province.whole
        body = province.body(job.day)
        code = "UBND" if whole else offices.OFFICES[unit.name].code
        if whole:
            own = province.total(made).stated()
            told = [(_scope(province, u), u.counts(made, counted=True)) for u in province.units.values()]
        else:
            own = unit.counts(made).stated()
            names = offices.fields(unit.name, self._fields)
            told = list(zip(names, unit.by_field(made), strict=True)) if names else []
        rows = [(scope, {i: stated[i] for i in ROW}) for scope, stated in ((s, c.stated()) for s, c in told)]
        unit.number += rng.randint(1, 9)
        form = "pdf" if (len(province.name) + len(unit.name)) % 4 == 0 else "docx"
        named = f"{made.year}-{made.kind}-{made.last}-{_slug('ubnd' if whole else unit.name)}"
        about = "Kết quả giải quyết thủ tục hành chính" if whole else "Tình hình, kết quả giải quyết thủ tục hành chính"
        draft = Draft(
            f"{_slug(province.name)}/{named}.{form}", province.name, body if whole else unit.name,
            None if whole else body, province.name, made, job.day, unit.number, f"BC-{code}", f"{about} {made.text}",
            own, rows, unit.procedures, province.shelf.cited(rng, job.day),
        )  # fmt: skip
        before = unit.held.get(made.slot)
        if rng.random() < _COMPARED and before and before.window.habit == made.habit and not before.touched:
            draft.compared = before.window, before.own["dossiers_resolved_total"]
        return draft

    def _twice(self, right: Draft, day: date, unit: Unit) -> tuple[_Second, Line]:
        """A report with a wrong figure, and the report that corrects it: the same office, kind, name and period."""
        rng = self._world
        wrong = right.again(right.path, right.issued, right.number)
        for indicator in rng.sample(("dossiers_resolved_early", "dossiers_pending_total", "dossiers_received_new"), 1):
            wrong.own[indicator] = misprinted(rng, wrong.own[indicator])
        stem, _, form = right.path.rpartition(".")
        unit.number += 1
        # within a landing the later path is the later version
        right = right.again(f"{stem}_lan-2.{form}", day, unit.number)
        first, second = page.line(wrong), page.line(right)
        figures = [{(o["indicator"], o["scope"]): o["value"] for o in made["observations"]} for made in (first, second)]
        for (indicator, _), value in figures[1].items():
            before = figures[0].get((indicator, _))
            if before is not None and before != value:
                told = (right.province, right.office, right.window.text, indicator, f"{before} → {value}")
                touched = frozenset((indicator,))
                self._changes.append(Break("history.resent", *told, right.path, wrong.path, touched))
        sent = Sent(right.path, right.window, right.own, dict(right.rows), frozenset())
        return _Second(day, right.path, unit, sent, second), first


def _known(names: Sequence[str] | None) -> tuple[str, ...]:
    if names is None:
        return offices.NAMES
    if unknown := set(names) - set(offices.NAMES):
        raise ValueError(f"no Sở of before 2025: {unknown}")
    return tuple(names)


def _scope(province: Province, unit: Unit) -> str:
    """How the province's table names a Sở."""
    return offices.OFFICES[unit.name].short if province.short else unit.name


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d").lower())
    return "-".join("".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split())
