"""A report laid out for checking: figures by indicator, scope and period, and the list of checks as it grows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import Any, Final

from extractors.facts.inferred import DOUBT as NAMED_BY_SUMS
from extractors.model import Observation, Period, Relation, Report
from extractors.vocabulary import entries
from pipeline.checks.intervals import Interval, of
from pipeline.checks.model import Check, Family, Verdict

Key = tuple[str | None, str | None]  # scope, period


_KEYS: Final[Mapping[str, tuple[set[str], set[str]]]] = {
    "sum": ({"rule", "total", "any_of"}, {"or_total"}),
    "bound": ({"rule", "part", "whole"}, set()),
    "rate": ({"rate", "tops", "bottoms", "local"}, set()),
}


@cache
def identities() -> dict[str, list[dict[str, Any]]]:
    """`identities.toml`, read once. Raises VocabularyError where it does not hold together."""
    return entries(__package__, "identities.toml", _KEYS)


@dataclass(slots=True, eq=False)
class Constraint:
    """A relation between figures that a report must satisfy, with what is needed to locate the figure at fault.

    `kind`: "equal" (signed sum of `parts` is `whole`), "at_most" (sum of parts may not exceed whole), "ratio"
    (whole = 100 * sum(parts) / base; "growth": the same of a difference), "mean" (whole = sum(parts) / their number), "product" (whole = parts[0] / base * factor), "same" (all of `parts` agree).
    """

    check: Check
    kind: str
    whole: str | None
    parts: tuple[tuple[str, int], ...]
    base: str | None = None
    factor: str | None = None
    firm: bool = True  # by the natural convention: holding confirms its figures
    lexical: bool = False  # its figures are tied together by their names alone
    borne_out: bool = False  # another relation of the report fails with it, and holds with what would mend it

    @property
    def ids(self) -> tuple[str, ...]:
        return self.check.observations


@dataclass(slots=True)
class Sheet:
    """The working paper of one report."""

    report: Report
    by_id: dict[str, Observation] = field(default_factory=dict)
    groups: dict[Key, dict[str, list[Observation]]] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)
    constraints: list[Constraint] = field(default_factory=list)
    holding: dict[str, list[Constraint]] = field(default_factory=dict)  # constraints by the figures in them
    by_sentence: dict[tuple[str, str], list[Observation]] = field(default_factory=dict)  # of running text
    by_locator: dict[str, list[Observation]] = field(default_factory=dict)  # of running text, by paragraph
    by_site: dict[tuple[str, str | None, str | None], dict[str, set[Decimal]]] = field(default_factory=dict)
    read_well: bool | None = None  # `understood`, once it was asked for
    agreed: dict[str, tuple[int, int]] | None = None  # `agreement`, once it was asked for
    place: dict[str, int] = field(default_factory=dict)  # of the observations in the order of the document
    rated: set[str] = field(default_factory=set)  # rates that the page itself ties to their count

    @classmethod
    def of(cls, report: Report) -> Sheet:
        """Index a report's observations."""
        sheet = cls(report)
        for o in report.observations:
            sheet.by_id[o.id] = o
            sheet.place[o.id] = len(sheet.place)
            if o.kind != "table":
                sheet.by_sentence.setdefault((o.site, o.quote), []).append(o)
                sheet.by_locator.setdefault(o.locator, []).append(o)
            if o.indicator and o.role in ("value", "numerator", "denominator") and o.qualifier is None:
                key = (fold_scope(o.scope), period_key(o.period))
                sheet.groups.setdefault(key, {}).setdefault(o.indicator, []).append(o)
        return sheet

    def hold(self, constraint: Constraint) -> None:
        """Keep a constraint, to be found by its figures."""
        self.constraints.append(constraint)
        for name in dict.fromkeys(constraint.ids):
            self.holding.setdefault(name, []).append(constraint)

    def withdraw(self, constraint: Constraint, reason: str) -> None:
        """Take back the verdict of error: the relation fails, but that proves nothing."""
        self.rewrite(constraint, replace(constraint.check, verdict="cannot_tell", reason=reason))

    def rewrite(self, constraint: Constraint, check: Check) -> None:
        """Put another check in the place of a constraint's own."""
        self.checks[self.checks.index(constraint.check)] = check
        constraint.check = check

    @property
    def agreement(self) -> dict[str, tuple[int, int]]:
        """By table, how many of the figures that it has in common with the running text it states alike, and otherwise. Asked
        for once all repeats are held."""
        if self.agreed is not None:
            return self.agreed
        counted: dict[str, tuple[int, int]] = {}
        self.agreed = counted
        for c in self.constraints:
            figures = [self.by_id[name] for name in c.ids] if c.kind == "same" else []
            here = {o.value for o in figures if o.kind != "table"}
            there: dict[str, set[Decimal]] = {}
            for o in figures:
                if o.kind == "table" and here:
                    there.setdefault(o.site, set()).add(o.value)
            for table, values in there.items():
                alike, apart = counted.get(table, (0, 0))
                same = bool(values & here)
                counted[table] = alike + same, apart + (not same)
        return counted

    @property
    def understood(self) -> bool:
        """Whether the running text was read well enough to be held to its words: of its counts of hồ sơ at most one in
        ten was left without a name, or named by its sums alone."""
        if self.read_well is not None:
            return self.read_well
        counts = [
            o
            for o in self.by_id.values()
            if o.kind != "table" and o.unit in ("hồ sơ", "đơn") and o.role == "value" and not o.quantity.words
        ]
        nameless = sum(o.indicator is None or o.doubt == NAMED_BY_SUMS for o in counts)
        self.read_well = nameless * 10 <= len(counts)
        return self.read_well

    def tested(self, ids: Iterable[str], *kinds: str) -> bool:
        """Whether a constraint of one of these kinds (any, without) holds exactly these figures."""
        wanted = frozenset(ids)
        held = self.holding.get(next(iter(wanted)), [])
        return any(frozenset(c.ids) == wanted and (not kinds or c.kind in kinds) for c in held)

    def relations(self, *kinds: str) -> Iterator[Relation]:
        """Relations of some kinds whose figures are all there."""
        for relation in self.report.relations:
            if relation.kind in kinds and all(t.observation in self.by_id for t in relation.terms):
                yield relation

    def interval(self, name: str) -> Interval:
        """What the figure `name` admits."""
        o = self.by_id[name]
        return of(o.quantity, o.unit == "%")

    def tell(
        self,
        rule: str,
        verdict: Verdict,
        expression: str,
        arithmetic: str,
        ids: Iterable[str],
        *,
        stated: Decimal | None = None,
        expected: Interval | None = None,
        reason: str | None = None,
    ) -> Check:
        """Write a check down."""
        family: Family = rule.partition(".")[0]  # type: ignore[assignment]
        check = Check(
            f"k{len(self.checks) + 1}",
            rule,
            family,
            verdict,
            expression,
            arithmetic,
            tuple(dict.fromkeys(ids)),
            stated,
            expected,
            reason,
        )
        self.checks.append(check)
        return check

    def doubt(self, *names: str) -> str | None:
        """Why figures that stand apart may be of different things: what their clauses say and was not understood."""
        return next((o.doubt for n in names if (o := self.by_id[n]).doubt), None)

    def apart(self, ids: Iterable[str]) -> bool:
        """Whether figures stand in stretches of text that speak of different things: what else both state differs too.

        A stretch that gives 1.389 resolved and another that gives 49.251 are of two populations, named or not.
        """
        figures = [self.by_id[n] for n in ids]
        mine = {o.indicator for o in figures}
        sites = list(dict.fromkeys((o.site, fold_scope(o.scope), period_key(o.period)) for o in figures))
        for i, a in enumerate(sites):
            for b in sites[i + 1 :]:
                shared = [k for k in self._stated(a).keys() & self._stated(b).keys() if k not in mine]
                if shared and all(_far(self._stated(a)[k], self._stated(b)[k]) for k in shared):
                    return True
        return False

    def _stated(self, site: tuple[str, str | None, str | None]) -> dict[str, set[Decimal]]:
        """Values by indicator of one stretch of text."""
        if not self.by_site:
            for (scope, period), figures in self.groups.items():
                for indicator, mentions in figures.items():
                    for o in mentions:
                        if not o.quantity.words:
                            self.by_site.setdefault((o.site, scope, period), {}).setdefault(indicator, set()).add(
                                o.value
                            )
        return self.by_site.get(site, {})

    def unsure(self, *names: str) -> str | None:
        """Why figures prove nothing: an undecided notation, an approximation; None when they do."""
        figures = [self.by_id[n].quantity for n in names]
        if any(q.other is not None for q in figures):
            return "notation of a figure is ambiguous"
        if any(q.approx for q in figures):
            return "approximate figure"
        return None


def _far(some: set[Decimal], others: set[Decimal]) -> bool:
    """Whether no two values of two sets are near each other: within a third, as a slip or an update would leave them."""
    return all(max(a, b) > Decimal("1.33") * min(a, b) for a in some for b in others)


def settled(mentions: Sequence[Observation]) -> Observation | None:
    """The mention that stands for all: the value stated more often than any other; None without one."""
    firm = [o for o in mentions if not o.quantity.words and o.role != "denominator"] or list(mentions)
    ranked = Counter(o.value for o in firm).most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return next(o for o in firm if o.value == ranked[0][0])


def fold_scope(scope: str | None) -> str | None:
    """Scopes compared without case or repeated blanks."""
    return " ".join(scope.casefold().split()) if scope else None


def period_key(period: Period | None) -> str | None:
    """Periods compared by kind, year and number, ranges by their limits."""
    if period is None:
        return None
    if period.kind == "range":
        return f"{period.start}..{period.end}"
    return f"{period.kind} {period.year} {period.index}"


def short(indicator: str | None) -> str:
    """Indicator as it stands in rule names."""
    return (indicator or "figure").removeprefix("dossiers_")
