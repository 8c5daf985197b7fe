"""Identities between figures: sums, rates over the bases in use, approximations that an exact figure must exceed.

`proves` tells what a reader can prove from what has an innocent reading (a gap in the balance may be returned dossiers).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from tests.evaluation.generator.sheet import Key

Values = Mapping[Key, Decimal]
HUNDRED: Key = ("hundred", "whole", "now")


@dataclass(frozen=True, slots=True)
class Sum:
    """total = parts. Where it is a ceiling, only parts above the total prove an error."""

    rule: str
    total: Key
    parts: tuple[Key, ...]
    ceiling: bool = False
    slack: Decimal = Decimal(0)

    @property
    def keys(self) -> tuple[Key, ...]:
        """All keys that take part."""
        return (self.total, *self.parts)

    def holds(self, v: Values) -> bool:
        """Whether it holds exactly (within the slack); a bound, whether it is kept."""
        if self.rule.startswith("bound."):
            return not self.proves(v)
        return abs(v[self.total] - sum(v[p] for p in self.parts)) <= self.slack

    def proves(self, v: Values) -> bool:
        """Whether it is broken beyond any innocent reading."""
        return sum(v[p] for p in self.parts) > v[self.total] if self.ceiling else not self.holds(v)

    def solutions(self, v: Values, key: Key) -> list[Decimal]:
        """The values of `key` that would make it hold; a bound determines none."""
        if self.rule.startswith("bound."):
            return []
        rest = sum((v[p] for p in self.parts if p != key), Decimal(0))
        return [rest] if key == self.total else [v[self.total] - rest]


@dataclass(frozen=True, slots=True)
class Rate:
    """rate = 100 * numerator / denominator (- 100 for a growth), for one of the bases in use; rounded or cut."""

    rule: str
    rate: Key
    bases: tuple[tuple[tuple[Key, ...], tuple[Key, ...]], ...]
    places: int
    growth: bool = False

    @property
    def keys(self) -> tuple[Key, ...]:
        """All keys that take part."""
        return (self.rate, *{k for part, whole in self.bases for k in (*part, *whole)})

    def admissible(self, v: Values) -> list[Decimal]:
        """The rounded and the cut quotient of every base."""
        found = []
        for part, whole in self.bases:
            below = sum((v[k] for k in whole), Decimal(0))
            if below > 0:
                exact = 100 * sum((v[k] for k in part), Decimal(0)) / below - (100 if self.growth else 0)
                found += [exact.quantize(Decimal(1).scaleb(-self.places), way) for way in (ROUND_HALF_UP, ROUND_DOWN)]
        return found

    def holds(self, v: Values) -> bool:
        """Whether one of the bases gives the rate."""
        return any(abs(v[self.rate] - value) == 0 for value in self.admissible(v))

    def proves(self, v: Values) -> bool:
        """Whether no base gives the rate."""
        return not self.holds(v)

    def solutions(self, v: Values, key: Key) -> list[Decimal]:
        """The values of `key` that would make it hold (a count only near the quotient)."""
        if key == self.rate:
            return self.admissible(v)
        found = []
        share = (v[self.rate] + (100 if self.growth else 0)) / 100
        for part, whole in self.bases:
            top, below = sum(v[k] for k in part), sum(v[k] for k in whole)
            if key in part and key not in whole:
                found.append((share * below - (top - v[key])).quantize(Decimal(1)))
            elif key in whole and key not in part and share > 0:
                found.append((top / share - (below - v[key])).quantize(Decimal(1)))
        return found


@dataclass(frozen=True, slots=True)
class Floor:
    """A figure said to be exceeded ("hơn 33.000"): it may not lie above the exact one, nor a tenth below it."""

    rule: str
    floor: Key
    exact: Key

    @property
    def keys(self) -> tuple[Key, ...]:
        """Both."""
        return self.floor, self.exact

    def holds(self, v: Values) -> bool:
        """Whether the approximation fits."""
        return v[self.exact] * Decimal("0.85") <= v[self.floor] <= v[self.exact]

    def proves(self, v: Values) -> bool:
        """Above the exact figure it contradicts the words."""
        return v[self.floor] > v[self.exact]

    def solutions(self, v: Values, key: Key) -> list[Decimal]:
        """None that is determined."""
        return []


Identity = Sum | Rate | Floor

SUMS: tuple[tuple[str, str, tuple[str, ...], bool], ...] = (
    ("sum.received", "received", ("new", "carried"), False),
    ("sum.received", "received", ("online", "direct", "carried"), False),
    ("sum.received", "received", ("online", "in_person", "postal", "carried"), False),
    ("sum.new", "new", ("online", "direct"), False),
    ("sum.new", "new", ("online", "in_person", "postal"), False),
    ("sum.direct", "direct", ("in_person", "postal"), False),
    ("sum.resolved", "resolved", ("early", "on_time", "late"), False),
    ("sum.resolved", "resolved", ("in_due", "late"), False),
    ("sum.in_due", "in_due", ("early", "on_time"), False),
    ("sum.pending", "pending", ("in_time", "overdue"), False),
    ("sum.balance", "received", ("resolved", "pending"), True),
    ("sum.balance", "received", ("resolved", "pending", "returned"), True),
    ("bound.resolved", "received", ("resolved",), True),
    ("bound.late", "resolved", ("late",), True),
    ("bound.early", "resolved", ("early",), True),
    ("bound.in_due", "resolved", ("in_due",), True),
    ("bound.online", "new", ("online",), True),
    ("bound.overdue", "pending", ("overdue",), True),
    ("sum.procedures", "procedures", ("full", "partial", "info"), False),
    ("sum.public_units", "public_units", ("own_full", "own_recurrent", "own_partial", "own_none"), False),
    ("bound.assigned", "assigned", ("assigned_in_due", "assigned_late"), True),
    ("bound.legal", "legal_proposed", ("legal_handled",), True),
    ("bound.units", "units", ("public_units",), True),
    ("bound.tasks", "tasks", ("tasks_done",), True),
    ("bound.petitions", "petitions", ("petitions_done",), True),
    ("bound.staff", "staff", ("staff_present",), True),
    ("bound.employees", "employees", ("employees_present",), True),
    ("bound.issues", "issues", ("issues_fixed",), True),
    ("bound.survey", "forms", ("forms_back",), True),
)
