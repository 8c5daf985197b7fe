"""The tables of a report: Biểu II.06a and its local variants, and the dossiers by level or field."""

from __future__ import annotations

from collections.abc import Sequence

from tests.evaluation.generator.sections import listed
from tests.evaluation.generator.sheet import Grid, Line, Turn
from tests.evaluation.generator.writer import Writer
from tests.reports.form06 import HEADER, MERGES, WIDTHS

COLUMNS = (
    "received",
    "online",
    "direct",
    "carried",
    "resolved",
    "early",
    "on_time",
    "late",
    "pending",
    "in_time",
    "overdue",
)
SETS = (
    ("received", "carried", "new", "resolved", "in_due", "late", "pending"),
    ("received", "resolved", "early", "on_time", "late", "pending"),
    ("received", "online", "resolved", "late", "rate_on_time", "pending"),
    ("carried", "new", "received", "resolved", "pending"),
)


def rows(w: Writer, columns: Sequence[str], label: str, coded: bool = True) -> tuple[tuple[str, ...], ...]:
    """A row for every part and the total, which stands last (or first, as some do)."""
    made = []
    scopes = [*w.world.parts, w.world.whole]
    for number, scope in enumerate(scopes, 1):
        last = scope.key == "whole"
        code = None if last else str(number)
        texts = ["" if last else str(number), label if last else _name(scope.prose)]
        for column in columns:
            if column.startswith("rate"):
                texts.append(w.rate(column, scope, "now", row=code if coded else None, total=last, bare=True))
            else:
                texts.append(w.count(column, scope, row=code if coded else None, total=last, table=True))
        made.append(tuple(texts))
    listed(w, "column", [c for c in columns if not c.startswith("rate")])
    return tuple(made)


def _name(prose: str) -> str:
    short = prose.removeprefix("lĩnh vực ")
    return short[:1].upper() + short[1:]


def row_kind(w: Writer) -> str:
    """What the rows of a table of parts are: levels, fields or offices."""
    return {"từng cấp": "levels", "lĩnh vực": "fields"}.get(w.world.parts_word, "offices")


def parts_table(w: Writer) -> None:
    """Dossiers by level or field, one header row, with a total."""
    columns = w.rng.choice(SETS)
    first = w.phrase("columns", row_kind(w))
    header = ("STT" if w.rng.random() < 0.7 else "TT", first, *(w.phrase("columns", c) for c in columns))
    w.sheet.blocks.append(Line(w.phrase("leads", "parts")))
    width = (163 - 9 - 30) / len(columns)
    body = rows(w, columns, w.phrase("totals", "parts"))
    w.sheet.blocks.append(
        Grid((header,), body, (9, 30, *[width] * len(columns)), (), 11, frozenset({len(body) - 1}), units=True)
    )


# How the sums of the form are printed in its row of column numbers.
FORMULAS: tuple[dict[str, str], ...] = (
    {},
    {"(3)=(4)+(5)+(6)": "3=4+5+6", "(7)=(8)+(9)+(10)": "7=8+9+10", "(11)=(12)+(13)": "11=12+13"},
    {"(3)=(4)+(5)+(6)": "(3)", "(7)=(8)+(9)+(10)": "(7)", "(11)=(12)+(13)": "(11)"},
)


def form06(w: Writer) -> None:
    """Biểu II.06a on a page of its own: header of three rows, the row of column numbers, a total; or a local variant."""
    local = w.rng.random() < 0.35
    w.sheet.blocks.append(Turn(landscape=True))
    for name, look in (
        ("local_code" if local else "code", "left"),
        ("title", "centred"),
        ("period", "aside"),
        ("unit", "right"),
    ):
        w.sheet.blocks.append(Line(w.phrase("form06", name), look))
    total = w.phrase("totals", "form06")
    if local:
        variant = w.lists.wording(w.rng, "local", file="tables")
        columns, header = tuple(variant["columns"]), tuple(map(tuple, variant["header"]))
        merges = tuple((a, b, c, d) for a, b, c, d in variant["merges"])
        widths = (10.0, 50.0, *[200 / len(columns)] * len(columns))
    else:
        columns, header, merges, widths = COLUMNS, _header(w), MERGES, tuple(WIDTHS)
    body = rows(w, columns, total)
    w.sheet.blocks.append(Grid(header, body, widths, merges, 10, frozenset({len(body) - 1}), units=True))


def _header(w: Writer) -> tuple[tuple[str, ...], ...]:
    header = [list(row) for row in HEADER]
    for column, name in ((1, "field"), (2, "received"), (6, "resolved"), (10, "pending")):
        header[0][column] = w.phrase("form06", name)
    if w.rng.random() < 0.15:
        header[3] = [str(number) for number in range(1, 14)]
    else:
        changed = w.rng.choice(FORMULAS)
        header[3] = [changed.get(text, text) for text in header[3]]
    return tuple(map(tuple, header))


SUMMARY = (
    "received",
    "carried",
    "new",
    "online",
    "resolved",
    "early",
    "on_time",
    "late",
    "pending",
    "rate_on_time",
)


def summary(w: Writer) -> None:
    """The whole in a small table: one indicator a row, its unit and figure."""
    w.sheet.blocks.append(Line(w.phrase("leads", "summary")))
    left = w.rng.choice([(), ("carried", "new"), ("online",), ("early", "on_time")])
    names = [n for n in SUMMARY if n not in left]
    body = []
    for number, name in enumerate(names, 1):
        row = str(number)
        if name.startswith("rate"):
            figure = w.rate(name, w.world.whole, "now", row=row, bare=True)
        else:
            figure = w.count(name, w.world.whole, row=row, table=True)
        body.append((row, w.phrase("summary", name), "%" if name.startswith("rate") else "Hồ sơ", figure))
    header = ("STT", *(w.phrase("summary", name) for name in ("what", "unit", "value")))
    w.sheet.blocks.append(Grid((header,), tuple(body), (12, 90, 28, 33)))
