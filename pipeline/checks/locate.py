"""Which figure is wrong: the smallest, cheapest change that satisfies the relations of a report (after Fellegi and Holt).

For a failing relation every figure in it is tried: the value that would satisfy it is put in, and all relations of the
report that hold the figure are tested again. The best suspect repairs most, breaks none, is confirmed nowhere else, and
differs from its proposal by a typing slip or by having been copied from a neighbour.

Several errors are unravelled together: of all failing relations the one with the cheapest explanation is settled first,
its correction is taken as made, and what still fails is explained anew beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.checks.intervals import Interval, add, cut, mean_of, meet, of, point, product, quotient, rounded, zeros
from pipeline.checks.sheet import Constraint, Sheet
from pipeline.checks.slips import slip_cost


@dataclass(frozen=True, slots=True)
class Explanation:
    """One figure changed to `value`: what that repairs and breaks, and what it costs."""

    observation: str
    value: Decimal
    repairs: tuple[Constraint, ...]
    breaks: int
    confirmed: int
    slip: int
    copied: bool
    supports: int = 0  # shares of an unsure base that the change makes exact
    fixed: bool = False  # a maximum or the size of a field, which is given and seldom mistyped

    @property
    def cost(self) -> tuple[int, ...]:
        """Smaller is likelier."""
        slip = 1 if self.copied else self.slip
        return (self.balance, self.confirmed, self.fixed, slip)

    @property
    def balance(self) -> int:
        """What the relations alone say for a change: two of one balance cannot be told apart by arithmetic."""
        return self.breaks - len(self.repairs) - self.supports


@dataclass(frozen=True, slots=True)
class Correction:
    """What is settled by one change: the relations that fail together, the one asked first, and its explanations."""

    lead: Constraint
    together: tuple[Constraint, ...]
    options: tuple[Explanation, ...]


_INEXPLICABLE = (99,)


class Locator:
    """Answers for one sheet; knows which constraints hold each figure."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.holding = sheet.holding
        self.mended: dict[str, Decimal] = {}  # corrections taken as made
        self.values: dict[Decimal, list[str]] = {}
        self.counts: dict[str | None, set[Decimal]] = {}  # values by unit that a rate may be out of
        for name, o in sheet.by_id.items():
            self.values.setdefault(o.value, []).append(name)
            if o.role != "change" and o.value > 0:
                self.counts.setdefault(o.unit, set()).add(o.value)

    def corrections(self, failing: Mapping[str, tuple[Constraint, list[Explanation]]]) -> list[Correction]:
        """Failing constraints, by the id of their check with their explanations, gathered by the changes that settle
        them; cheapest first."""
        left = dict(failing)
        found = []
        while left:
            lead, options = min(left.values(), key=lambda each: each[1][0].cost if each[1] else _INEXPLICABLE)
            best = options[0] if options else None
            repaired = {c.check.id for c in best.repairs} if best else set()
            together = [lead]
            for name, (constraint, others) in left.items():
                alike = best and others and others[0].observation == best.observation
                if constraint is not lead and (name in repaired or alike):
                    together.append(constraint)
            found.append(Correction(lead, tuple(together), tuple(options)))
            for constraint in together:
                del left[constraint.check.id]
            if best and left and best.balance < 0:
                self.mended[best.observation] = best.value
                touched = {c.check.id for c in self.holding.get(best.observation, [])}
                near = {n for c in self.holding.get(best.observation, []) for n in c.ids}
                for name, (constraint, _) in left.items():
                    if name in touched or near & set(constraint.ids):
                        left[name] = constraint, self.explain(constraint)
        return found

    def explain(self, failing: Constraint) -> list[Explanation]:
        """Explanations of a failing constraint, likeliest first."""
        found = []
        for name in failing.ids:
            for value in self._proposals(failing, name):
                explanation = self._weigh(failing, name, value)
                if explanation:
                    found.append(explanation)
        order = {name: i for i, name in enumerate(failing.ids)}
        return sorted(found, key=lambda e: (*e.cost, order[e.observation]))

    def _weigh(self, failing: Constraint, name: str, value: Decimal) -> Explanation | None:
        changed = {**self.mended, name: value}
        if not holds(self.sheet, failing, changed):
            return None
        repairs, breaks, confirmed, supports = [], 0, 0, 0
        for constraint in self.holding.get(name, [])[:200]:
            was, now = self._verdict(constraint), holds(self.sheet, constraint, changed)
            if was == "error" and now:
                repairs.append(constraint)
            elif was == "cannot_tell" and now and constraint.kind == "ratio":
                supports += 1
            elif was in ("ok", "rounding"):
                breaks += not now
                confirmed += constraint.firm and constraint.kind in ("same", "equal", "ratio", "product")
        o = self.sheet.by_id[name]
        others = [n for n in self.values.get(o.value, []) if n != name and self.sheet.by_id[n].unit == o.unit]
        copied = bool(others) and o.value > 9 and any(self.sheet.by_id[n].indicator != o.indicator for n in others)
        whole = o.unit == "%" and o.value == 100 and name == failing.whole  # shares are of all that there is
        copied = copied or (name == failing.whole and self._over_another_base(failing))
        fixed = o.role in ("max", "field_size") or whole
        return Explanation(
            name, value, tuple(repairs), breaks, confirmed, slip_cost(o.value, value), copied, supports, fixed
        )

    def _over_another_base(self, failing: Constraint) -> bool:
        """Whether a rate that fails is exactly that over another count of the report: then it was worked out over the wrong
        base."""
        if failing.kind != "ratio" or failing.base is None or failing.whole is None:
            return False
        above = add([(self.sheet.interval(p), s) for p, s in failing.parts])
        base, rate = self.sheet.by_id[failing.base], self.sheet.by_id[failing.whole]
        if len(str(rate.value).replace(".", "").strip("0")) < 3:
            return False  # a round rate fits too many
        found = (quotient(above, point(value)) for value in self.counts.get(base.unit, set()) - {base.value})
        return any(computed and meet(self.sheet.interval(rate.id), computed) for computed in found)

    def _verdict(self, constraint: Constraint) -> str:
        """The verdict on a constraint, with the corrections made so far."""
        was = constraint.check.verdict
        if was != "cannot_tell" and any(name in self.mended for name in constraint.ids):
            return "ok" if holds(self.sheet, constraint, self.mended) else "error"
        return was

    def _proposals(self, failing: Constraint, name: str) -> Iterable[Decimal]:
        """Values of `name` that could satisfy the constraint: solved for, or stated elsewhere for the same thing."""
        o = self.sheet.by_id[name]
        solved = solve(self.sheet, failing, name)
        proposals: dict[Decimal, None] = {}
        if solved is not None:
            low, high = solved
            nearby = [v for v in self.values if low <= v <= high and v != o.value and self._same_kind(name, v)]
            for value in sorted(nearby, key=lambda v: slip_cost(o.value, v))[:3]:
                proposals[value] = None
            middle = _printable((low + high) / 2, low, high, o.quantity.ulp)
            if middle is not None and middle >= 0:
                proposals[middle] = None
        if failing.kind == "same":
            for part, _ in failing.parts:
                value = self.sheet.by_id[part].value
                proposals[_rounded_down(value, o.value) if o.quantity.approx else value] = None
        return [p for p in proposals if p != o.value]

    def _same_kind(self, name: str, value: Decimal) -> bool:
        unit = self.sheet.by_id[name].unit
        return any(self.sheet.by_id[n].unit == unit for n in self.values[value])


def _rounded_down(value: Decimal, like: Decimal) -> Decimal:
    """A value as "hơn 5.500" would say it: cut to as many trailing zeros as the round figure has."""
    unit = zeros(like)
    return value // unit * unit if value >= unit else value


def _printable(value: Decimal, low: Decimal, high: Decimal, ulp: Decimal) -> Decimal | None:
    """The value nearest to the middle that can be printed with the figure's own decimals and lies inside; with more of
    them where they would print zero for something ("0,02%" for "0,2%")."""
    near = rounded(value, ulp)
    if not near and low > 0:
        near = rounded(value, Decimal(1).scaleb(value.adjusted()))
    if low - ulp / 2 <= near <= high + ulp / 2:
        return near
    whole = rounded(value, Decimal(1))
    return whole if low <= whole <= high else None


def _interval(sheet: Sheet, name: str, changed: Mapping[str, Decimal]) -> Interval:
    if name not in changed:
        return sheet.interval(name)
    o = sheet.by_id[name]
    return of(replace(o.quantity, value=changed[name]), o.unit == "%")


def holds(sheet: Sheet, c: Constraint, changed: Mapping[str, Decimal]) -> bool:
    """Whether a constraint would hold with some figures changed."""

    def at(name: str) -> Interval:
        return _interval(sheet, name, changed)

    if c.kind == "same":
        intervals = [at(p) for p, _ in c.parts]
        return all(meet(a, b) for i, a in enumerate(intervals) for b in intervals[i + 1 :][:60])
    if c.kind == "share":
        return all(at(p)[0] >= 0 and at(p)[1] <= 100 for p, _ in c.parts)
    assert c.whole is not None
    signed = [(at(p), sign) for p, sign in c.parts]
    whole, parts = at(c.whole), add(signed)
    if c.kind == "equal":
        return meet(whole, parts)
    if c.kind == "at_most":
        return parts[0] <= whole[1]
    if c.kind == "mean":
        mean = mean_of(signed)
        return meet(whole, mean) or (c.whole not in changed and cut(sheet.by_id[c.whole].quantity, mean))
    assert c.base is not None
    if c.kind in ("ratio", "growth"):
        computed = quotient(parts, at(c.base))
    else:
        assert c.factor is not None
        share = quotient(parts, at(c.base), Decimal(1))
        computed = product(share, at(c.factor)) if share else None
    if computed is None or (c.kind == "ratio" and computed[0] > 100):
        return False
    return meet(whole, computed) or (c.whole not in changed and cut(sheet.by_id[c.whole].quantity, computed))


def solve(sheet: Sheet, c: Constraint, name: str) -> Interval | None:
    """The interval of values of `name` that satisfies the constraint, all else unchanged."""
    if c.kind in ("same", "share") or c.whole is None:
        return None
    whole = sheet.interval(c.whole)
    if c.kind in ("equal", "at_most"):
        if name == c.whole:
            return add([(sheet.interval(p), s) for p, s in c.parts])
        sign = next(s for p, s in c.parts if p == name)
        rest = add([(whole, 1), *((sheet.interval(p), -s) for p, s in c.parts if p != name)])
        return add([(rest, sign)])
    if c.kind == "mean":
        if name == c.whole:
            return mean_of([(sheet.interval(p), s) for p, s in c.parts])
        total = product(whole, point(len(c.parts)))
        return add([(total, 1), *((sheet.interval(p), -s) for p, s in c.parts if p != name)])
    return _solve_quotient(sheet, c, name)


def _solve_quotient(sheet: Sheet, c: Constraint, name: str) -> Interval | None:
    """The same for a ratio, a growth or a product: whole = times * parts / base, of which a ratio is at most 100."""
    assert c.whole is not None and c.base is not None
    if c.kind == "growth" and name != c.whole:
        return None  # a value stands above and below the line: its proposals come from elsewhere
    times = Decimal(100) if c.kind in ("ratio", "growth") else sheet.by_id[c.factor].value if c.factor else Decimal(1)
    parts, base = add([(sheet.interval(p), s) for p, s in c.parts]), sheet.interval(c.base)
    if name == c.whole:
        computed = quotient(parts, base, times)
        return None if computed and c.kind == "ratio" and computed[0] > 100 else computed
    low, high = sheet.interval(c.whole)
    whole = (low, min(high, Decimal(100))) if c.kind == "ratio" else (low, high)
    if low <= 0 or low > whole[1] or times <= 0 or name == c.factor:
        return None
    if name == c.base:
        return quotient(parts, whole, times) if parts[0] > 0 else None
    need = quotient(product(whole, base), point(times), Decimal(1)) if base[0] > 0 else None
    if need is None:
        return None
    sign = next(s for p, s in c.parts if p == name)
    rest = add([(need, 1), *((sheet.interval(p), -s) for p, s in c.parts if p != name)])
    return add([(rest, sign)])
