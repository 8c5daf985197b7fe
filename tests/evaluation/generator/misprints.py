"""Plants that are no single wrong figure: dates of cited documents, false claims, short lists, rows of forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal

from tests.evaluation.generator.lists import loaded
from tests.evaluation.generator.plants import Planter
from tests.evaluation.generator.sheet import MARK, Citation, Figure, Grid, Line, Sheet, marks
from tests.evaluation.generator.writer import Writer
from tests.reports.truth import Json


@dataclass(slots=True)
class Misprint:
    """What was changed: the citations of the edition, values of figures, and the finding (its `marked` text is the quote)."""

    finding: Json
    citations: dict[int, Citation] = field(default_factory=dict)
    values: dict[int, Decimal] = field(default_factory=dict)


Try = Callable[[Writer, Planter], Misprint | None]


def _finding(kind: str, rule: str, also: tuple[str, ...], figure: str | None, marked: str, **more: object) -> Json:
    body: Json = {"rule": rule, "family": rule.partition(".")[0], "severity": "error", "rule_accept": list(also)}
    body |= {"figure": figure, "marked": marked, "suggestion": None, "kind": kind, "identifiable": False}
    return body | more


def _where(sheet: Sheet, number: int, figure: bool) -> str:
    return next(text for _, text in sheet.texts() if (figure, number) in list(marks(text)))


def impossible_date(w: Writer, p: Planter) -> Misprint | None:
    """A day that no calendar has."""
    times = Counter(c.key for c in w.sheet.citations)
    single = [c for c in w.sheet.citations if times[c.key] == 1]
    if not single:
        return None
    cited = w.rng.choice(single)
    year, month, _ = cited.day
    day = (year, 2, 30) if month <= 3 and w.rng.random() < 0.5 else (year, w.rng.choice([4, 6, 9, 11]), 31)
    changed = replace(cited, day=day)
    also = ("date.invalid",)
    finding = _finding(
        "impossible_date", "date.impossible", also, cited.key, _where(w.sheet, cited.id, False), identifiable=True
    )
    return Misprint(finding | {"printed": changed.date_text(), "was": cited.date_label()}, {cited.id: changed})


def citation_after_report(w: Writer, p: Planter) -> Misprint | None:
    """A document of the province dated after the report that cites it."""
    state = {i["key"] for group in loaded("names")["cited"] for i in group["items"]}
    local = [c for c in w.sheet.citations if c.key not in state]
    if not local:
        return None
    chosen = w.rng.choice(local)
    later = w.world.issued + timedelta(days=w.rng.randint(4, 60))
    if any(remark["rule"] == "header.day_blank" for remark in w.sheet.remarks) and later.month == w.world.issued.month:
        later += timedelta(days=31)  # within the month of a report without a day nothing is known to be later
    changed = {
        c.id: replace(c, day=(later.year, later.month, later.day)) for c in w.sheet.citations if c.key == chosen.key
    }
    also = ("date.citation_after_report", "date.after_report")
    marked = _where(w.sheet, min(changed), False)
    finding = _finding("citation_after_report", "date.cited_after_report", also, chosen.key, marked, identifiable=True)
    return Misprint(finding | {"printed": changed[chosen.id].date_text(), "was": chosen.date_label()}, changed)


def two_dates(w: Writer, p: Planter) -> Misprint | None:
    """One document cited with two dates."""
    times = Counter(c.key for c in w.sheet.citations)
    again = [c for c in w.sheet.citations if times[c.key] > 1]
    if not again:
        return None
    cited = w.rng.choice(again)
    year, month, day = cited.day
    other = (
        (year, month, day - 1 if day > 15 else day + 1)
        if w.rng.random() < 0.5
        else (
            year - 1,
            month,
            28 if (month, day) == (2, 29) else day,
        )
    )  # of another day too it might be another document, numbers starting again every year
    changed = replace(cited, day=other)
    also = ("date.two_dates", "repeat.citation_date")
    marked = _where(w.sheet, cited.id, False)
    finding = _finding("two_dates", "date.two_dates", also, cited.key, marked, identifiable=times[cited.key] > 2)
    return Misprint(finding | {"printed": changed.date_text(), "was": cited.date_label()}, {cited.id: changed})


def zero_claim(w: Writer, p: Planter) -> Misprint | None:
    """Words that nothing was late, beside late dossiers of the same scope."""
    key = ("late", "whole", "now")
    numbers = p.ledger.prints.get(key, [])
    if not numbers or w.world.now["whole"].late == 0:
        return None
    late = w.sheet.figures[numbers[0]]
    noted = _noted(w, set(numbers))
    p.reserved.add(key)
    if noted is not None:
        return noted
    at = next(i for i, text in w.sheet.texts() if (True, late.id) in list(marks(text)))
    while at + 1 < len(w.sheet.blocks) and _is(w.sheet.blocks[at + 1], "item"):
        at += 1
    text = w.say(w.lists.wording(w.rng, "no_late")["lines"][0])
    w.sheet.blocks.insert(at + 1, Line(text))
    return Misprint(_finding("zero_claim", "claim.no_late", CLAIMS, late.printed(late.value), text))


CLAIMS = ("claim.late", "repeat.resolved_late", "claim.resolved_late")


def _noted(w: Writer, late: set[int]) -> Misprint | None:
    """The same words as the note of the row of late dossiers, where a form has an empty one."""
    for at, grid in _forms(w.sheet):
        for index, row in enumerate(grid.rows):
            found = [n for is_figure, n in marks(row[3]) if is_figure and n in late]
            if found and not row[4]:
                changed = (*row[:4], w.rng.choice(["Không có hồ sơ trễ hạn", "Không có hồ sơ giải quyết quá hạn"]))
                w.sheet.blocks[at] = replace(grid, rows=(*grid.rows[:index], changed, *grid.rows[index + 1 :]))
                figure = w.sheet.figures[found[0]]
                printed = figure.printed(figure.value)
                return Misprint(_finding("zero_claim", "claim.no_late", CLAIMS, printed, "\t".join(changed)))
    return None


def _is(block: object, look: str) -> bool:
    return isinstance(block, Line) and block.look == look


def list_short(w: Writer, p: Planter) -> Misprint | None:
    """A list shorter or longer than announced."""
    announced = [f for f in w.sheet.figures if f.name == "listed"]
    if not announced:
        return None
    figure = announced[0]
    value = figure.value + w.rng.choice([-1, 1, 1, 2])
    also = ("count.documents", "count.list", "count.legal_docs_issued")
    marked = _where(w.sheet, figure.id, True)
    more = {"severity": "warning", "was": str(figure.value)}
    finding = _finding("list_short", "count.decisions", also, figure.printed(value), marked, **more)
    return Misprint(finding, values={figure.id: value})


def _forms(sheet: Sheet) -> list[tuple[int, Grid]]:
    return [(i, b) for i, b in enumerate(sheet.blocks) if isinstance(b, Grid) and b.coded]


def _valued(w: Writer, grid: Grid) -> list[tuple[int, Figure]]:
    """The rows of a form that carry a figure."""
    found = []
    for index, row in enumerate(grid.rows):
        figures = [n for is_figure, n in marks(row[3]) if is_figure]
        if figures:
            found.append((index, w.sheet.figures[figures[0]]))
    return found


def blank_row(w: Writer, p: Planter) -> Misprint | None:
    """A row of a form whose figure is left out, or one cell of a row in a table of units."""
    places = [(at, grid, index, 3) for at, grid in _forms(w.sheet) for index, _ in _valued(w, grid)]
    units = [(at, grid, *w.rng.choice(cells)) for at, grid in _tables(w.sheet) if (cells := _cells(grid))]
    if not places and not units:
        return None
    at, grid, index, column = w.rng.choice(units if units and (not places or w.rng.random() < 0.5) else places)
    row = grid.rows[index]
    figure = w.sheet.figures[next(n for _, n in marks(row[column]))]
    changed = (*row[:column], "", *row[column + 1 :])
    w.sheet.blocks[at] = replace(grid, rows=(*grid.rows[:index], changed, *grid.rows[index + 1 :]))
    code = row[0].rstrip(".")
    more = {"severity": "warning", "identifiable": True, "was": figure.printed(figure.value), "row": code}
    marked = "\t".join(row[:3] if grid.coded else changed)
    return Misprint(_finding("blank_row", "form.blank_cell", ("form.empty_cell",), code, marked, **more))


def _tables(sheet: Sheet) -> list[tuple[int, Grid]]:
    return [(i, b) for i, b in enumerate(sheet.blocks) if isinstance(b, Grid) and b.units]


def _cells(grid: Grid) -> list[tuple[int, int]]:
    """(row, column) of every figure in the rows of units."""
    rows = [i for i, row in enumerate(grid.rows) if row[0].isdigit()]
    return [(i, c) for i in rows for c, text in enumerate(grid.rows[i]) if any(f for f, _ in marks(text))]


def duplicate_row(w: Writer, p: Planter) -> Misprint | None:
    """A row code used twice, for its own row and for the one below; or a unit that stands in its table twice."""
    forms, units = _forms(w.sheet), [(at, grid) for at, grid in _tables(w.sheet) if _cells(grid)]
    if units and (not forms or w.rng.random() < 0.5):
        return _twice(w, p, *w.rng.choice(units))
    for at, grid in forms:
        valued = dict(_valued(w, grid))
        places = [i for i in valued if i + 1 in valued]
        index = w.rng.choice(places)
        code, below = grid.rows[index][0], grid.rows[index + 1]
        rows = (*grid.rows[: index + 1], (code, *below[1:]), *grid.rows[index + 2 :])
        w.sheet.blocks[at] = replace(grid, rows=rows)
        for number in (n for text in below for is_figure, n in marks(text) if is_figure):
            w.sheet.figures[number] = replace(w.sheet.figures[number], row=code.rstrip("."))
        also = ("form.misnumbered_row", "form.duplicate_code", "form.row_gap", "form.missing_row", "form.row_order")
        more = {"severity": "warning", "was": below[0], "row": code.rstrip(".")}
        marked = "\t".join((code, *below[1:]))
        return Misprint(_finding("duplicate_row", "form.duplicate_row", also, code.rstrip("."), marked, **more))
    return None


def _twice(w: Writer, p: Planter, at: int, grid: Grid) -> Misprint:
    """The row of a unit once more beneath itself: the totals do not count it."""
    index = w.rng.choice(sorted({row for row, _ in _cells(grid)}))
    row = grid.rows[index]
    again = tuple(MARK.sub(lambda m: w.sheet.figure(w.sheet.figures[int(m[2])]), text) for text in row)
    at_row = index + len(grid.header)
    merges = tuple((t + (t > at_row), left, b + (t > at_row), right) for t, left, b, right in grid.merges)
    bold = frozenset(b + (b > index) for b in grid.bold)
    rows = (*grid.rows[: index + 1], again, *grid.rows[index + 1 :])
    w.sheet.blocks[at] = replace(grid, rows=rows, bold=bold, merges=merges)
    p.reserved |= {w.sheet.figures[n].key for r in rows for text in r for is_figure, n in marks(text) if is_figure}
    also = ("form.duplicate_code", "form.misnumbered_row", "sum.column", "sum.level", "sum")
    more = {"identifiable": True, "was": None, "row": row[0]}
    return Misprint(_finding("duplicate_row", "form.duplicate_row", also, row[0], "\t".join(again), **more))


# Kinds that change the date of a citation: one of them in a report at most.
DATES = frozenset({"impossible_date", "citation_after_report", "two_dates"})
KINDS: dict[str, Try] = {
    "impossible_date": impossible_date,
    "citation_after_report": citation_after_report,
    "two_dates": two_dates,
    "zero_claim": zero_claim,
    "list_short": list_short,
    "blank_row": blank_row,
    "duplicate_row": duplicate_row,
}
