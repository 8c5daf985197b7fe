"""The rows of a table of scopes: units, subtotals by level and the total, with what adds up to what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.evaluation.generator.dossiers import percent
from tests.evaluation.generator.headers import Column, Header, Merge
from tests.evaluation.generator.sheet import Grid
from tests.evaluation.generator.world import Group, Scope
from tests.evaluation.generator.writer import Writer

ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Rows:
    """How the rows stand: total first or last, subtotals above or below their units, nought as a dash.

    `boxed`: the total's label takes the cell of the row number too; `runs`: units are numbered through all levels.
    """

    total: str = "Tổng cộng"
    top: bool = False
    below: bool = False
    dash: bool = False
    boxed: bool = False
    runs: bool = False
    letters: bool = False


def rows_drawn(w: Writer) -> Rows:
    """One of the usual ways."""
    rng = w.rng
    top = rng.random() < 0.35
    label = rng.choice(["Tổng số", "TỔNG SỐ", "Tổng cộng"] if top else ["Tổng cộng", "TỔNG CỘNG", "Tổng số", "Cộng"])
    return Rows(
        label, top, rng.random() < 0.35, rng.random() < 0.35, rng.random() < 0.4, rng.random() < 0.4, rng.random() < 0.3
    )


def cell(w: Writer, column: Column, scope: Scope, code: str | None, total: bool, dash: bool = False) -> str:
    """The marked text of one cell; a dash (or nothing) for nought states nought all the same."""
    name, when = column.name, column.when
    plain, _, argument = name.partition(":")
    place: dict[str, object] = {"row": code, "total": total}
    style = w.world.style
    if not name:
        return ""
    if plain.startswith("rate"):
        return w.rate(name, scope, when, column.base, bare=True, **place)
    now, before = (w.world.dossiers(scope.key, period) for period in ("now", "before"))
    told: dict[str, object] = {"indicator_accept": ["*"], **place}
    if plain == "part_of":
        whole = w.world.dossiers("whole", when)
        share = percent(getattr(now, argument), getattr(whole, argument), style.places, False)
        return w.percent(name, share, None, scope, when, bare=True, **told)
    if plain in ("more", "growth"):
        one, other = getattr(now, argument), getattr(before, argument)
        told |= {"role": "change"}
        if plain == "more":
            return w.count(name, scope, when, value=one - other, indicator=None, unit="hồ sơ", table=True, **told)
        if other == 0:
            return "-"
        value = percent(one - other, other, style.places, False)
        return w.percent(name, value, None, scope, when, bare=True, **told)
    if dash and name in ("late", "overdue", "postal") and getattr(w.world.dossiers(scope.key, when), name) == 0:
        w.sheet.noughts.add((name, scope.key, when))
        return "-"
    return w.count(name, scope, when, table=True, **place)


def written(
    w: Writer, header: Header, groups: Sequence[Group], rows: Rows, widths: Sequence[float], size: float
) -> None:
    """Write a table whose first two columns are the row number and the name of the unit."""
    table = _Table(w, header, rows)
    if rows.top:
        table.total()
    number = 0
    for place, (level, scopes) in enumerate(groups):
        number = number if rows.runs else 0
        if level is not None:
            table.level("ABCD"[place] if rows.letters else ROMAN[place], level, first=True)
        for scope in scopes:
            number += 1
            table.row(str(number), _name(scope.prose), scope)
        if level is not None and rows.below:
            table.level("", level, first=False)
    if not rows.top:
        table.total()
    merges = (*header.merges, *table.merges)
    w.sheet.blocks.append(
        Grid(header.rows, tuple(table.body), tuple(widths), merges, size, frozenset(table.bold), units=True)
    )
    added(w, header.columns, groups)
    levels = any(level is not None for level, _ in groups)
    tempting = {"subtotals": levels, "total_first": rows.top, "dash": any("-" in row for row in table.body)}
    w.sheet.tempting |= {kind for kind, met in tempting.items() if met}


class _Table:
    """The body under construction."""

    def __init__(self, w: Writer, header: Header, rows: Rows) -> None:
        self.w, self.header, self.rows = w, header, rows
        self.body: list[tuple[str, ...]] = []
        self.merges: list[Merge] = []
        self.bold: set[int] = set()

    def row(self, code: str, label: str, scope: Scope, total: bool = False) -> None:
        """A row with figures."""
        columns, named = self.header.columns[2:], code or None
        figures = (cell(self.w, c, scope, named, total, self.rows.dash) for c in columns)
        self.body.append((code, label, *figures))

    def total(self) -> None:
        """The total of the whole table."""
        boxed = self.rows.boxed
        self._strong(0, 1) if boxed else self._strong()
        self.row("", self.rows.total, self.w.world.whole, total=True)
        if boxed:
            first = self.body[-1]
            self.body[-1] = (first[1], "", *first[2:])

    def level(self, code: str, level: Scope, first: bool) -> None:
        """The subtotal of a level: in the row that names it, or below its units."""
        name = level.prose[:1].upper() + level.prose[1:]
        if first and self.rows.below:
            self._strong(1, len(self.header.columns) - 1)
            self.body.append((code, name, *[""] * (len(self.header.columns) - 2)))
            return
        self._strong()
        self.row(code, name if first else f"Cộng {level.prose}", level, total=True)

    def _strong(self, left: int = 0, right: int = 0) -> None:
        place = len(self.body)
        self.bold.add(place)
        if left < right:
            self.merges.append((place + len(self.header.rows), left, place + len(self.header.rows), right))


def _name(prose: str) -> str:
    short = prose.removeprefix("lĩnh vực ")
    return short[:1].upper() + short[1:]


def added(w: Writer, columns: Sequence[Column], groups: Sequence[Group]) -> None:
    """Record that units make up their level, and levels (or units) the whole, in every column of counts."""
    whole = w.world.whole.key
    for column in columns:
        plain = column.name.partition(":")[0]
        keys = {s.key: (column.name, s.key, column.when) for _, scopes in groups for s in scopes}
        if plain == "part_of":
            w.sheet.shares.append(tuple(keys.values()))
        if not plain or plain.startswith("rate") or plain in ("part_of", "growth"):
            continue
        total = (column.name, whole, column.when)
        if groups[0][0] is None:
            w.sheet.listings.append(("sum.column", total, tuple(keys.values())))
            continue
        levels = [(column.name, level.key, column.when) for level, _ in groups if level is not None]
        w.sheet.listings.append(("sum.level", total, tuple(levels)))
        for key, (_, scopes) in zip(levels, groups, strict=True):
            w.sheet.listings.append(("sum.column", key, tuple(keys[s.key] for s in scopes)))
