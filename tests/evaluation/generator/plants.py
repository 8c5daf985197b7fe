"""Plants errors in a finished sheet: each breaks an identity of its own and is labelled with what it did."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from random import Random

from tests.evaluation.generator.dossiers import RATES, rate
from tests.evaluation.generator.identities import Sum
from tests.evaluation.generator.ledger import Ledger
from tests.evaluation.generator.sheet import Figure, Grid, Key, Line, Sheet, marks
from tests.evaluation.generator.world import World


@dataclass(frozen=True, slots=True)
class Plant:
    """One figure printed wrong: `rules` say by what it can be proven, `tied` which figures could each be the one at fault.

    It is identifiable where no other figure ties with it.
    """

    kind: str
    figure: int
    value: Decimal
    rules: tuple[str, ...]
    tied: tuple[int, ...]
    keys: frozenset[Key]

    @property
    def identifiable(self) -> bool:
        """Whether a change of this figure alone explains what is broken."""
        return self.tied == (self.figure,)


@dataclass(slots=True)
class Planter:
    """Plants one error after the other, each among figures that no other plant touches."""

    rng: Random
    world: World
    sheet: Sheet
    ledger: Ledger = field(init=False)
    plants: list[Plant] = field(default_factory=list)
    reserved: set[Key] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.sheet)

    def plant(self, kind: str) -> bool:
        """Try one kind; False where this sheet offers no place for it."""
        offers = list(FIGURES[kind](self))
        self.rng.shuffle(offers)
        for figure, value in offers[:60]:
            made = self._tried(kind, figure, value)
            if made is not None:
                self.plants.append(made)
                return True
        return False

    def _tried(self, kind: str, figure: Figure, value: Decimal) -> Plant | None:
        if value == figure.value or value < 0 or figure.printed(value) == figure.printed(figure.value):
            return None
        changed = {figure.id: value}
        rules = self.ledger.proven(changed)
        if not rules:
            return None
        keys, broken = self.ledger.broken(changed)
        touched = frozenset({figure.key, *keys, *(k for i in broken for k in i.keys)})
        if touched & self.reserved or any(touched & plant.keys for plant in self.plants):
            return None
        tied = tuple(sorted(self.ledger.explanations(changed)))
        return Plant(kind, figure.id, value, tuple(dict.fromkeys(rules)), tied, touched)

    # -- where to plant ----------------------------------------------------------------------------------------------

    def exact(self, percent: bool | None = False) -> list[Figure]:
        """The figures that state something exactly: counts, rates (True) or both (None)."""
        return [
            f
            for f in self.sheet.printed()
            if not f.extra.get("optional")
            and not f.extra.get("approx")
            and (percent is None or percent == (f.unit == "%"))
        ]

    def rows(self) -> list[list[Figure]]:
        """The figures of every line and table row."""
        found = []
        for _, text in self.sheet.texts():
            found.append([self.sheet.figures[n] for is_figure, n in marks(text) if is_figure])
        return found

    def tabled(self) -> set[int]:
        """The figures in tables."""
        grids = (b for b in self.sheet.blocks if isinstance(b, Grid))
        return {n for grid in grids for row in grid.rows for text in row for is_figure, n in marks(text) if is_figure}


Offers = Iterable[tuple[Figure, Decimal]]


def _digits(figure: Figure, change: Callable[[str], str | None]) -> Decimal | None:
    text = change(str(figure.value))
    if not text or text[0] in "0." or text.endswith(".") or (figure.unit == "%" and Decimal(text) > 100):
        return None
    return Decimal(text)


def _digit_kind(change: Callable[[Random, str], str | None]) -> Callable[[Planter], Offers]:
    def offers(p: Planter) -> Offers:
        for figure in p.exact(None):
            if figure.value >= 10:
                value = _digits(figure, lambda text: change(p.rng, text))
                if value is not None:
                    yield figure, value

    return offers


def _places(text: str) -> list[int]:
    return [i for i, c in enumerate(text) if c != "."]


def _inserted(rng: Random, text: str) -> str | None:
    at = rng.choice(_places(text)[1:])
    return None if "." in text else text[:at] + rng.choice("0" + text[at]) + text[at:]


def _dropped(rng: Random, text: str) -> str | None:
    at = rng.choice(_places(text))
    return None if "." in text else text[:at] + text[at + 1 :]


def _substituted(rng: Random, text: str) -> str | None:
    at = rng.choice(_places(text))
    return text[:at] + rng.choice("0123456789".replace(text[at], "")) + text[at + 1 :]


def _swapped(rng: Random, text: str) -> str | None:
    at = rng.choice(range(len(text) - 1))
    if "." in text[at : at + 2] or text[at] == text[at + 1]:
        return None
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _neighbour(p: Planter) -> Offers:
    exact = {figure.id for figure in p.exact(None)}
    for row in p.rows():
        for one, other in [*pairwise(row), *pairwise(row[::-1])]:
            if one.unit == other.unit and one.key != other.key and one.id in exact:
                yield one, other.value


def _other_base(p: Planter) -> Offers:
    for figure in p.exact(True):
        name, _, other = figure.name.partition("/")
        if name in RATES and (figure.extra.get("base") or other):
            named = other or str(figure.extra["base"])
            for base in RATES[name]:
                value = rate(p.world.dossiers(figure.scope.key, figure.when), name, base, p.world.style.places, False)
                if base != named and abs(value - figure.value) > Decimal(2).scaleb(-p.world.style.places):
                    yield figure, value


def _last_period(p: Planter) -> Offers:
    for figure in p.exact():
        if (
            figure.when == "now"
            and figure.scope.key in p.world.before
            and hasattr(p.world.before["whole"], figure.name)
        ):
            yield figure, Decimal(getattr(p.world.before[figure.scope.key], figure.name))


def _forgotten(p: Planter, rules: tuple[str, ...] = ()) -> Offers:
    truth = p.ledger.first({})
    for identity in p.ledger.identities:
        if (
            isinstance(identity, Sum)
            and not identity.ceiling
            and len(identity.parts) > 1
            and identity.total in p.ledger.prints
        ):
            if rules and identity.rule not in rules:
                continue
            for part in identity.parts:
                for number in p.ledger.prints[identity.total]:
                    figure = p.sheet.figures[number]
                    if truth[part] > 0 and (not rules or figure.total or "sum.column" not in rules):
                        yield figure, figure.value - truth[part]


def _total_off(*rules: str) -> Callable[[Planter], Offers]:
    def offers(p: Planter) -> Offers:
        totals = {i.total for i in p.ledger.identities if isinstance(i, Sum) and i.rule in rules}
        tabled = p.tabled()
        for figure in p.exact():
            place = figure.total if figure.id in tabled else "sum.level" in rules
            if figure.key in totals and (place or (figure.id in tabled and "sum.column" not in rules)):
                step = p.rng.choice([1, 2, 9, 10, 27, 90, 100, 1000])
                yield figure, figure.value + p.rng.choice([step, -step])

    return offers


def _appendix(p: Planter) -> Offers:
    tabled, exact = p.tabled(), {figure.id for figure in p.exact()}
    for numbers in p.ledger.prints.values():
        inside = [n for n in numbers if n in tabled]
        if inside and len(inside) < len(numbers):
            figure = p.sheet.figures[p.rng.choice(numbers)]
            if figure.id in exact and figure.value > 3:
                step = max(1, int(figure.value * p.rng.choice([1, 2, 4]) / 100))
                yield figure, figure.value - step


def _title(p: Planter) -> Offers:
    for block in p.sheet.blocks:
        if isinstance(block, Line) and block.look in ("heading", "centred"):
            for is_figure, number in marks(block.text):
                figure = p.sheet.figures[number]
                if is_figure:
                    yield figure, figure.value + p.rng.choice([-1, 1]) * max(1, int(figure.value) // 50)
    for figure in p.sheet.printed():
        if figure.name.startswith("about:"):
            step = 10 ** max(1, len(str(figure.value)) - 2)
            yield figure, figure.value + step * p.rng.choice([2, 5])


def _percent(p: Planter) -> Offers:
    for keys in p.sheet.shares:
        for key in keys:
            for number in p.ledger.prints.get(key, []):
                figure = p.sheet.figures[number]
                yield figure, figure.value + p.rng.choice([-3, -2, 2, 3, 10])


FIGURES: dict[str, Callable[[Planter], Offers]] = {
    "digit_inserted": _digit_kind(_inserted),
    "digit_dropped": _digit_kind(_dropped),
    "digit_substituted": _digit_kind(_substituted),
    "digits_swapped": _digit_kind(_swapped),
    "neighbour": _neighbour,
    "wrong_denominator": _other_base,
    "last_period": _last_period,
    "part_forgotten": _forgotten,
    "level_total": _total_off("sum.level"),
    "column_total": _total_off("sum.column"),
    "row_total": _total_off("sum.row", "sum.score", "sum.deduction"),
    "appendix_prose": _appendix,
    "title_text": _title,
    "percent_sum": _percent,
}
