"""What a sheet states, what is broken by a change of it, and which single changes would mend that.

A key (name, scope, period) may be printed several times; its prints must agree, and the identities hold between keys.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from tests.evaluation.generator.dossiers import RATES
from tests.evaluation.generator.identities import HUNDRED, SUMS, Floor, Identity, Rate, Sum
from tests.evaluation.generator.sheet import Figure, Key, Sheet


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
        truth = self.truth
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

    @cached_property
    def truth(self) -> dict[Key, Decimal]:
        """The true value of every key."""
        return self.first({})

    # -- what a change does ------------------------------------------------------------------------------------------

    def first(self, changed: Mapping[int, Decimal]) -> dict[Key, Decimal]:
        """The value of every key: its first print that is not changed, else its first."""
        found = dict.fromkeys(self.sheet.noughts, Decimal(0))
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
        truth = self.truth
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
        seen = self.truth | touched
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
        below = key[0].partition(":")[0] in ("more", "growth")  # what may fall may be negative
        return any(self._clean({**changed, number: v}) for v in values if (v >= 0 or below) and len(others) < 2)

    def _clean(self, changed: Mapping[int, Decimal]) -> bool:
        truth, seen = self.truth, self.first(changed)
        agree = all(
            len({changed.get(n, self.sheet.figures[n].value) for n in numbers}) == 1 for numbers in self.prints.values()
        )
        return agree and all(i.holds(seen) for i in self.identities if i.holds(truth))


def _places(figure: Figure) -> int:
    return max(0, -int(figure.value.as_tuple().exponent))
