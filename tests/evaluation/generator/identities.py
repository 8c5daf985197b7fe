"""What must hold among the printed figures, what is broken by a change, and which single changes would mend it.

A key (name, scope, period) may be printed several times; its prints must agree, and the identities hold between keys.
`proves` tells what a reader can prove from what has an innocent reading (a gap in the balance may be returned dossiers).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cached_property

from tests.evaluation.generator.dossiers import RATES
from tests.evaluation.generator.sheet import Figure, Key, Sheet

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


@dataclass(frozen=True)
class Ledger:
    """The keys printed in a sheet with the figures that print them, and all identities between them."""

    sheet: Sheet

    @cached_property
    def prints(self) -> dict[Key, list[int]]:
        """The figures of every key, in order."""
        found: dict[Key, list[int]] = defaultdict(list)
        for figure in self.sheet.printed():
            found[figure.key].append(figure.id)
        return dict(found)

    @cached_property
    def identities(self) -> tuple[Identity, ...]:
        """Those whose keys are all printed and that hold in truth (a ceiling need only not be exceeded)."""
        truth = self.first({})
        made = [*self._sums(), *self._rates(), *self._floors()]
        return tuple(i for i in made if all(k in truth for k in i.keys) and not i.proves(truth))

    def _sums(self) -> Iterable[Identity]:
        for scope, when in dict.fromkeys((k[1], k[2]) for k in self.prints):
            for rule, total, parts, ceiling in SUMS:
                yield Sum(rule, (total, scope, when), tuple((p, scope, when) for p in parts), ceiling)
        for rule, whole, listed in self.sheet.listings:
            yield Sum(rule, whole, listed)
        for keys in self.sheet.shares:
            if all(k in self.prints for k in keys):
                unit = Decimal(1).scaleb(-_places(self.sheet.figures[self.prints[keys[0]][0]]))
                yield Sum("sum.percent", HUNDRED, keys, slack=unit * len(keys))
        for name, scope, when in self.prints:
            if name.startswith("more:"):
                base = name.partition(":")[2]
                yield Sum("sum.change", (base, scope, when), ((name, scope, when), (base, scope, "before")))

    def _rates(self) -> Iterable[Identity]:
        for key, numbers in self.prints.items():
            figures = [self.sheet.figures[n] for n in numbers]
            name, scope, when = key
            plain, _, argument = name.partition(":")
            places = _places(figures[0])
            if plain == "part":
                part, whole = argument.split("/")
                yield Rate("ratio.part", key, ((((part, scope, when),), ((whole, scope, when),)),), places)
            elif plain == "part_of":
                base = (((argument, scope, when),), ((argument, "whole", when),))
                yield Rate("ratio.share", key, (base,), places)
            elif plain == "growth":
                base = (((argument, scope, "now"),), ((argument, scope, "before"),))
                yield Rate("ratio.growth", key, (base,), places, growth=True)
            elif name.partition("/")[0] in RATES:
                yield from self._rate(key, figures, places)

    def _rate(self, key: Key, figures: Sequence[Figure], places: int) -> Iterable[Identity]:
        name, scope, when = key
        rate, _, other = name.partition("/")
        named = other or next((str(f.extra["base"]) for f in figures if f.extra.get("base")), "")
        bases = []
        for base, (part, whole) in RATES[rate].items():
            if named and base != named:
                continue
            tops = [(part,), ("early", "on_time")] if part == "in_due" else [(part,)]
            for top in tops:
                keys = tuple((n, scope, when) for n in top), ((whole, scope, when),)
                if all(k in self.prints for k in (*keys[0], *keys[1])):
                    bases.append(keys)
        if bases:
            yield Rate(f"ratio.{rate}", key, tuple(bases), places)

    def _floors(self) -> Iterable[Identity]:
        for key in self.prints:
            plain, _, argument = key[0].partition(":")
            if plain in ("about", "floor"):
                yield Floor(f"repeat.{argument}", key, (argument, key[1], key[2]))

    # -- what a change does ------------------------------------------------------------------------------------------

    def first(self, changed: Mapping[int, Decimal]) -> dict[Key, Decimal]:
        """The value of every key: its first print that is not changed, else its first."""
        found = {}
        for key, numbers in self.prints.items():
            found[key] = changed.get(numbers[0], self.sheet.figures[numbers[0]].value)
        found[HUNDRED] = Decimal(100)
        return found

    def broken(self, changed: Mapping[int, Decimal]) -> tuple[list[Key], list[Identity]]:
        """Keys whose prints disagree, and identities that no longer hold for some combination of prints."""
        keys, rules = [], []
        for key, numbers in self.prints.items():
            if len({changed.get(n, self.sheet.figures[n].value) for n in numbers}) > 1:
                keys.append(key)
        truth = self.first({})
        touched = {self.sheet.figures[n].key: value for n, value in changed.items()}
        for identity in self.identities:
            if (
                any(k in touched for k in identity.keys)
                and identity.holds(truth)
                and not identity.holds(truth | touched)
            ):
                rules.append(identity)
        return keys, rules

    def proven(self, changed: Mapping[int, Decimal]) -> list[str]:
        """The rules by which the change is provably an error."""
        keys, _ = self.broken(changed)
        touched = {self.sheet.figures[n].key: value for n, value in changed.items()}
        seen = self.first({}) | touched
        hard = [i.rule for i in self.identities if any(k in touched for k in i.keys) and i.proves(seen)]
        return [*(f"repeat.{k[0]}" for k in keys), *hard]

    def explanations(self, changed: Mapping[int, Decimal]) -> set[int]:
        """The figures a single change of which would make all prints agree and all identities hold again."""
        keys, rules = self.broken(changed)
        candidates: set[int] | None = None
        for group in [set(self.prints[k]) for k in keys] + [self._numbers(i.keys) for i in rules]:
            candidates = group if candidates is None else candidates & group
        return {n for n in candidates or set() if self._mends(n, changed, rules)}

    def _numbers(self, keys: Iterable[Key]) -> set[int]:
        return {n for k in keys for n in self.prints.get(k, [])}

    def _mends(self, number: int, changed: Mapping[int, Decimal], rules: Sequence[Identity]) -> bool:
        if number in changed:
            return True
        key = self.sheet.figures[number].key
        others = {changed.get(n, self.sheet.figures[n].value) for n in self.prints[key] if n != number}
        seen = self.first(changed)
        values = list(others) if others else [v for i in rules if key in i.keys for v in i.solutions(seen, key)]
        return any(self._clean({**changed, number: v}) for v in values if v >= 0 and len(others) < 2)

    def _clean(self, changed: Mapping[int, Decimal]) -> bool:
        truth, seen = self.first({}), self.first(changed)
        agree = all(
            len({changed.get(n, self.sheet.figures[n].value) for n in numbers}) == 1 for numbers in self.prints.values()
        )
        return agree and all(i.holds(seen) for i in self.identities if i.holds(truth))


def _places(figure: Figure) -> int:
    return max(0, -int(figure.value.as_tuple().exponent))
