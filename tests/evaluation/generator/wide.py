"""Other tables: received by office and month, this period beside the last, the CCHC appendix with row codes."""

from __future__ import annotations

from collections.abc import Sequence

from tests.evaluation.generator.dossiers import INDICATORS
from tests.evaluation.generator.headers import Column, Head, Header, laid
from tests.evaluation.generator.periods import ROMAN
from tests.evaluation.generator.sheet import Grid, Key, Line, Turn
from tests.evaluation.generator.tables import row_kind
from tests.evaluation.generator.writer import Writer

SPANS = {"quarter": 3, "half": 6, "nine_months": 9, "year": 12}


def _split(w: Writer, value: int, pieces: int) -> list[int]:
    """`value` in so many parts of unequal size."""
    weights = [w.rng.uniform(0.6, 1.4) for _ in range(pieces)]
    made = [int(value * weight / sum(weights)) for weight in weights]
    made[-1] += value - sum(made)
    return made


def months(w: Writer) -> None:
    """New dossiers by part and month, with totals of both and at times of quarters; left out where the period is one month."""
    period, rng = w.world.period, w.rng
    if period.kind not in SPANS:
        return
    count = SPANS[period.kind]
    first = 3 * (period.index or 1) - 2 if period.kind == "quarter" else 1
    quarters = count > 3 and rng.random() < 0.45
    short = rng.choice(["Tháng {}", "T{}"]) if count < 9 else "T{}"
    total = Head(w.phrase("totals", "months_column"), Column("new"))
    single = [Head(short.format(n), Column("new", f"m{n}")) for n in range(first, first + count)]
    heads = _by_quarter(single) if quarters else single
    leads = (Head("STT"), Head(w.phrase("months", row_kind(w))))
    header = laid((*leads, total, *heads) if rng.random() < 0.2 else (*leads, *heads, total))
    w.sheet.blocks.append(Turn(landscape=True))
    w.sheet.blocks.append(Line(w.phrase("months", "title").upper(), "centred"))
    w.sheet.blocks.append(Line(w.phrase("months", "unit"), "right"))
    body = _by_month(w, header, [f"m{n}" for n in range(first, first + count)], top := rng.random() < 0.25)
    columns = len(header.columns) - 2
    widths, size = (9, 44, *[212 / columns] * columns), 8.5 if columns > 13 else 9.5
    bold = frozenset({0 if top else len(body) - 1})
    w.sheet.blocks.append(Grid(header.rows, body, widths, header.merges, size, bold, units=True))
    w.sheet.tempting |= {kind for kind, met in {"total_first": top, "quarters": quarters}.items() if met}


def _by_quarter(single: Sequence[Head]) -> list[Head]:
    """Three months and their sum under every quarter."""
    made = []
    for place in range(0, len(single), 3):
        number = place // 3 + 1
        under = (*single[place : place + 3], Head("Cộng", Column("new", f"q{number}")))
        made.append(Head(f"Quý {ROMAN[number]}", under=under))
    return made


def _by_month(w: Writer, header: Header, numbers: Sequence[str], top: bool) -> tuple[tuple[str, ...], ...]:
    """The rows, with what adds up to what."""
    parts, whole = w.world.parts, w.world.whole
    values: dict[str, dict[str, int]] = {}
    for scope in parts:
        drawn = dict(zip(numbers, _split(w, w.world.now[scope.key].new, len(numbers)), strict=True))
        for number in (int(n[1:]) for n in numbers):
            quarter = f"q{(number + 2) // 3}"
            drawn[quarter] = drawn.get(quarter, 0) + drawn[f"m{number}"]
        values[scope.key] = drawn | {"now": w.world.now[scope.key].new}
    values[whole.key] = {when: sum(values[s.key][when] for s in parts) for when in values[parts[0].key]}
    body = []
    for row, scope in enumerate([whole, *parts] if top else [*parts, whole], 0 if top else 1):
        last = scope is whole
        code = None if last else str(row)
        texts = [code or "", w.phrase("totals", "months") if last else scope.prose.removeprefix("lĩnh vực ")]
        more = {"indicator_accept": ["dossiers_received_total"], "row": code, "table": True}
        for column in header.columns[2:]:
            value, total = values[scope.key][column.when], last or column.when[0] != "m"
            texts.append(w.count("new", scope, column.when, value=value, total=total, **more))
        body.append(tuple(texts))
    whens = [c.when for c in header.columns[2:]]
    for scope in (*parts, whole):
        spans = [when for when in whens if when[0] == "q"]
        for span in spans:
            inside = [n for n in numbers if (int(n[1:]) + 2) // 3 == int(span[1:])]
            w.sheet.listings.append(_row_sum(scope.key, span, inside))
        w.sheet.listings.append(_row_sum(scope.key, "now", spans or numbers))
    for when in whens:
        w.sheet.listings.append(("sum.column", ("new", whole.key, when), tuple(("new", s.key, when) for s in parts)))
    return tuple(body)


def _row_sum(scope: str, total: str, parts: Sequence[str]) -> tuple[str, Key, tuple[Key, ...]]:
    return "sum.row", ("new", scope, total), tuple(("new", scope, when) for when in parts)


LISTS = (
    ("received", "carried", "new", "resolved", "in_due", "late", "pending"),
    ("received", "online", "resolved", "early", "on_time", "late", "pending"),
    ("received", "resolved", "late", "pending"),
)


def comparison(w: Writer) -> None:
    """Indicators down, this period and the one before across, with the change."""
    period, earlier = w.world.period, w.world.earlier
    now, before = w.world.now["whole"], w.world.before["whole"]
    w.sheet.blocks.append(Line(w.phrase("leads", "comparison_year" if period.kind == "year" else "comparison")))
    change = w.rng.random() < 0.6
    both = [p.words[:1].upper() + p.words[1:] for p in (period, earlier)]
    last = [w.phrase("comparison", "change")] if change else []
    header = ["TT", w.phrase("comparison", "what"), w.phrase("comparison", "unit"), *both, *last]
    body = []
    for row, name in enumerate(w.rng.choice(LISTS), 1):
        pair = [w.count(name, w.world.whole, when, row=str(row), table=True) for when in ("now", "before")]
        texts = [str(row), w.phrase("comparison", name), "Hồ sơ", *pair]
        if change:
            value = getattr(now, name) - getattr(before, name)
            more = {"role": "change", "optional": True, "indicator_accept": ["*"], "row": str(row), "table": True}
            texts.append(
                w.count(f"more:{name}", w.world.whole, "now", value=value, indicator=None, unit="hồ sơ", **more)
            )
        body.append(tuple(texts))
    widths = (10, 62, 17, 26, 26, 22) if change else (10, 70, 20, 31, 32)
    w.sheet.blocks.append(Grid((tuple(header),), tuple(body), widths))


def appendix(w: Writer) -> None:
    """The statistics appendix of a CCHC report: row codes, units, one column of figures, notes."""
    form = w.lists.wording(w.rng, "form", file="appendix")
    period = w.world.period
    w.sheet.blocks.append(Turn(landscape=False))
    w.sheet.blocks.append(Line(w.phrase("appendix", "mark"), "centred"))
    w.sheet.blocks.append(Line(f"{form['heading']} {period.words.upper()}", "centred"))
    code_head, what, result, unit_head, value, note = (
        w.phrase("appendix", name) for name in ("code", "what", "result", "unit", "value", "note")
    )
    header = ((code_head, what, result, "", note), ("", "", unit_head, value, ""))
    merges = ((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4))
    body, bold = [], set()
    for number, (code, label, *rest) in enumerate(form["rows"]):
        if not rest:
            bold.add(number)
            body.append((code, label, "", "", ""))
            continue
        unit, name = rest
        row = code.rstrip(".")
        if name.startswith("rate"):
            figure = w.rate(name, w.world.whole, "now", row=row, bare=True)
        else:
            figure = w.count(name, w.world.whole, row=row, unit="hồ sơ" if name in INDICATORS else unit.lower())
        body.append((code, label, unit, figure, _note(w, name, row)))
    w.sheet.blocks.append(Grid(header, tuple(body), (14, 70, 27, 24, 28), merges, 11, frozenset(bold), coded=True))


def _note(w: Writer, name: str, row: str) -> str:
    """What the last column of the appendix says beside some rows: the rest, or the counts behind a rate."""
    if w.rng.random() < 0.5:
        return ""
    if name == "resolved":
        return f"{w.count('pending', w.world.whole, row=row)} {w.phrase('appendix', 'pending')}"
    if name == "rate_on_time":
        joint = w.rng.choice(["/", "/", " /"])
        return joint.join(w.count(counted, w.world.whole, row=row) for counted in ("in_due", "resolved"))
    return ""
