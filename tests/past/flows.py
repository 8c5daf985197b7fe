"""The true counts: dossiers that come in, are resolved and stay, quarter by quarter, for one field of one office."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

#: Share of a quarter in a year's dossiers, as a factor: the weeks around Tết are quiet.
SEASON: Final = (0.86, 1.06, 1.07, 1.01)
#: (year, quarter) -> factor of the lockdowns.
COVID: Final = {(2020, 2): 0.62, (2020, 3): 0.9, (2021, 3): 0.42, (2021, 4): 0.7}
SMALLEST, LARGEST = 20.0, 50_000.0


class Counts(NamedTuple):
    """The counts that all others add up from; `carried` stands at the first day, `pending` and `overdue` at the last."""

    carried: int
    online: int
    in_person: int
    postal: int
    early: int
    on_time: int
    late: int
    pending: int
    overdue: int

    def stated(self) -> dict[str, int]:
        """Indicator -> count, in the order in which a report states them."""
        carried, online, in_person, postal, early, on_time, late, pending, overdue = self
        new = online + in_person + postal
        return {
            "dossiers_received_total": carried + new,
            "dossiers_carried_over": carried,
            "dossiers_received_new": new,
            "dossiers_received_online": online,
            "dossiers_received_in_person": in_person,
            "dossiers_received_postal": postal,
            "dossiers_resolved_total": early + on_time + late,
            "dossiers_resolved_early": early,
            "dossiers_resolved_on_time": on_time,
            "dossiers_resolved_late": late,
            "dossiers_pending_total": pending,
            "dossiers_pending_in_time": pending - overdue,
            "dossiers_pending_overdue": overdue,
        }


def added(parts: Iterable[Counts]) -> Counts:
    """The sum over fields or offices of one period."""
    return Counts(*map(sum, zip(*parts, strict=True)))


def over(quarters: Sequence[Counts]) -> Counts:
    """One period of several quarters in a row: what came and went adds up, the ends are those of the ends."""
    if len(quarters) == 1:
        return quarters[0]
    middle = [sum(column) for column in zip(*quarters, strict=True)][1:7]
    return Counts._make([quarters[0].carried, *middle, quarters[-1].pending, quarters[-1].overdue])


class Flow:
    """One stream of dossiers. `year` holds the quarters of the current year so far."""

    __slots__ = ("base", "carried", "early", "late", "noise", "online", "postal", "slow", "trend", "year")

    def __init__(self, rng: random.Random, base: float) -> None:
        self.base = min(max(base, 1.0), LARGEST)
        self.noise = min(0.35, 0.05 + 0.9 / math.sqrt(self.base))
        self.trend = rng.uniform(-0.004, 0.015)  # a quarter
        self.online = rng.uniform(0.55, 1.1)
        self.postal = rng.uniform(0.0, 0.12)  # of what does not come in online
        self.slow = rng.uniform(0.03, 0.16)  # left at the end of a quarter, of what was there
        self.late = 0.0 if rng.random() < 0.3 else rng.uniform(0.001, 0.035)
        self.early = rng.uniform(0.5, 0.92)
        self.carried = round(self.base * self.slow)
        self.year: list[Counts] = []

    def step(self, rng: random.Random, year: int, quarter: int) -> Counts:
        """The counts of the next quarter."""
        if quarter == 1:
            self.year = []
        u = rng.random
        self.base = min(self.base * (1 + self.trend), LARGEST)
        wanted = self.base * SEASON[quarter - 1] * COVID.get((year, quarter), 1.0) * rng.gauss(1.0, self.noise)
        new = max(0, int(wanted + u()))
        # what is uncertain is the smaller part: an office with 97% online does not have all on paper in one quarter
        paper = 1 - min(0.97, online_share(year + quarter / 4) * self.online)
        online = max(0, new - int(new * paper * (0.8 + 0.4 * u()) + u()))
        postal = min(new - online, int((new - online) * self.postal * (0.7 + 0.6 * u()) + u()))
        there = self.carried + new
        pending = min(there, int(there * self.slow * (0.6 + 0.8 * u()) + u()))
        resolved = there - pending
        late = min(resolved, int(resolved * self.late * (0.3 + 1.4 * u()) + u() * 0.6)) if self.late else 0
        early = int((resolved - late) * max(0.0, 1 - (1 - self.early) * (0.7 + 0.6 * u())))
        overdue = min(pending, int(pending * self.late * (0.4 + 1.2 * u()) + 0.5 * u())) if self.late else 0
        made = Counts(
            self.carried, online, new - online - postal, postal, early, resolved - late - early, late, pending, overdue
        )
        self.carried = pending
        self.year.append(made)
        return made

    def absorb(self, other: Flow) -> None:
        """Take over the dossiers, and this year's counts, of a stream that ends."""
        whole = self.base + other.base
        for name in ("late", "slow", "online", "postal", "early"):
            setattr(self, name, (self.base * getattr(self, name) + other.base * getattr(other, name)) / whole)
        self.base = min(whole, LARGEST)
        self.noise = min(self.noise, other.noise)
        self.carried += other.carried
        # an office that began this year has no earlier quarters: it counts as nothing in them
        short, long = sorted((self.year, other.year), key=len)
        lacking = len(long) - len(short)
        self.year = long[:lacking] + [added(pair) for pair in zip(short, long[lacking:], strict=True)]


def online_share(time: float) -> float:
    """The share of new dossiers that came in online in an ordinary office; `time` in years."""
    return 0.05 + 0.87 / (1 + math.exp(-(time - 2022.8) * 0.9))
