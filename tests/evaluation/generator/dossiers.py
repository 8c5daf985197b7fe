"""The model behind a generated report: dossiers of one scope in one period, drawn so that every identity holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from random import Random

from tests.reports.truth import share


@dataclass(frozen=True, slots=True)
class Dossiers:
    """Counts of one scope in one period; what is received is resolved, pending or returned, nothing else."""

    carried: int
    online: int
    in_person: int
    postal: int
    early: int
    on_time: int
    late: int
    in_time: int
    overdue: int
    returned: int

    def __post_init__(self) -> None:
        if min(getattr(self, f.name) for f in fields(self)) < 0:
            raise ValueError(f"a negative count: {self}")
        if self.received != self.resolved + self.pending + self.returned:
            raise ValueError(f"received does not balance: {self}")

    @property
    def direct(self) -> int:
        """Handed in at the counter or by post."""
        return self.in_person + self.postal

    @property
    def new(self) -> int:
        """Received in the period itself."""
        return self.online + self.direct

    @property
    def received(self) -> int:
        """Received in the period or carried over into it."""
        return self.new + self.carried

    @property
    def in_due(self) -> int:
        """Resolved early or on time."""
        return self.early + self.on_time

    @property
    def resolved(self) -> int:
        """Resolved, in whatever time."""
        return self.in_due + self.late

    @property
    def pending(self) -> int:
        """Still in process at the end of the period."""
        return self.in_time + self.overdue

    @property
    def due(self) -> int:
        """Fallen due in the period: resolved, or pending and overdue."""
        return self.resolved + self.overdue


# Name in the wordings -> indicator of the vocabulary.
INDICATORS = {
    "received": "dossiers_received_total",
    "carried": "dossiers_carried_over",
    "new": "dossiers_received_new",
    "online": "dossiers_received_online",
    "direct": "dossiers_received_in_person_postal",
    "in_person": "dossiers_received_in_person",
    "postal": "dossiers_received_postal",
    "resolved": "dossiers_resolved_total",
    "early": "dossiers_resolved_early",
    "on_time": "dossiers_resolved_on_time",
    "in_due": "dossiers_resolved_early_or_on_time",
    "late": "dossiers_resolved_late",
    "pending": "dossiers_pending_total",
    "in_time": "dossiers_pending_in_time",
    "overdue": "dossiers_pending_overdue",
    "returned": "dossiers_returned",
    "due": "dossiers_due_in_period",
}

# Rate -> its usual base first, then the others in use, as (numerator, denominator).
RATES = {
    "rate_on_time": {"resolved": ("in_due", "resolved"), "received": ("in_due", "received"), "due": ("in_due", "due")},
    "rate_late": {"resolved": ("late", "resolved"), "received": ("late", "received")},
    "rate_early": {"resolved": ("early", "resolved"), "received": ("early", "received")},
    "rate_online": {"new": ("online", "new"), "received": ("online", "received")},
    "rate_resolved": {"received": ("resolved", "received")},
}


def rate(d: Dossiers, name: str, base: str | None, places: int, cut: bool) -> Decimal:
    """A rate in per cent; never rounded up to 100 where something is missing from it."""
    part, whole = RATES[name][base or next(iter(RATES[name]))]
    return percent(getattr(d, part), getattr(d, whole), places, cut)


def percent(part: int, whole: int, places: int, cut: bool) -> Decimal:
    """100 * part / whole, rounded or cut; a share short of the whole is not printed as 100."""
    if whole == 0:
        return Decimal(0)
    rounded = share(part, whole, places, cut)
    return share(part, whole, places, True) if rounded == 100 and part != whole else rounded


def drawn(rng: Random, size: int, *, late: bool, overdue: bool, returned: bool) -> Dossiers:
    """Counts that add up to about `size` dossiers received; the flags say which of the rare counts may occur."""
    received = max(8, round(size * rng.uniform(0.6, 1.4)))
    carried = min(received - 5, max(1, round(received * rng.uniform(0.005, 0.09))))
    new = received - carried
    online = round(new * rng.choice([rng.uniform(0.3, 0.7), rng.uniform(0.7, 0.97)]))
    postal = round((new - online) * rng.uniform(0.05, 0.4))
    back = min(received // 10, max(1, round(received * rng.uniform(0.002, 0.02)))) if returned else 0
    pending = min(received // 4, max(1, round(received * rng.uniform(0.01, 0.1))))
    past = min(pending // 2, max(1, round(pending * rng.uniform(0.01, 0.15)))) if overdue and pending > 3 else 0
    resolved = received - back - pending
    behind = min(resolved // 3, max(1, round(resolved * rng.uniform(0.0005, 0.02)))) if late and resolved > 5 else 0
    early = round((resolved - behind) * rng.uniform(0.45, 0.95))
    return Dossiers(
        carried,
        online,
        new - online - postal,
        postal,
        early,
        resolved - behind - early,
        behind,
        pending - past,
        past,
        back,
    )


def added(parts: Iterable[Dossiers]) -> Dossiers:
    """The total over scopes that do not overlap."""
    rows = list(parts)
    return Dossiers(**{f.name: sum(getattr(row, f.name) for row in rows) for f in fields(Dossiers)})
