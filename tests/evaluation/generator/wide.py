"""Other tables: received by office and month, this period beside the last, the CCHC appendix with row codes."""

from __future__ import annotations

from tests.evaluation.generator.dossiers import INDICATORS
from tests.evaluation.generator.sheet import Grid, Line, Turn
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
    """New dossiers by part and month, with totals of both; left out where the period is one month."""
    period = w.world.period
    if period.kind not in SPANS:
        return
    count = SPANS[period.kind]
    first = 3 * (period.index or 1) - 2 if period.kind == "quarter" else 1
    numbers = list(range(first, first + count))
    w.sheet.blocks.append(Turn(landscape=True))
    w.sheet.blocks.append(Line(w.phrase("months", "title").upper(), "centred"))
    w.sheet.blocks.append(Line(w.phrase("months", "unit"), "right"))
    first_head = w.phrase("months", row_kind(w))
    short = w.rng.choice(["Tháng {}", "T{}"]) if count < 12 else "T{}"
    header = ("STT", first_head, *(short.format(n) for n in numbers), w.phrase("totals", "months_column"))
    values = {s.key: _split(w, w.world.now[s.key].new, count) for s in w.world.parts}
    values["whole"] = [sum(values[s.key][i] for s in w.world.parts) for i in range(count)]
    body = []
    for row, scope in enumerate([*w.world.parts, w.world.whole], 1):
        last = scope.key == "whole"
        texts = [
            "" if last else str(row),
            w.phrase("totals", "months") if last else scope.prose.removeprefix("lĩnh vực "),
        ]
        code = None if last else str(row)
        for number, value in zip(numbers, values[scope.key], strict=True):
            more = {"indicator_accept": ["dossiers_received_total"], "row": code, "total": last, "table": True}
            texts.append(w.count("new", scope, f"m{number}", value=value, **more))
        texts.append(
            w.count("new", scope, row=code, total=True, table=True, indicator_accept=["dossiers_received_total"])
        )
        body.append(tuple(texts))
        w.sheet.listings.append(
            ("sum.row", ("new", scope.key, "now"), tuple(("new", scope.key, f"m{n}") for n in numbers))
        )
    for when in (*(f"m{n}" for n in numbers), "now"):
        w.sheet.listings.append(
            ("sum.column", ("new", "whole", when), tuple(("new", s.key, when) for s in w.world.parts))
        )
    width = (262 - 10 - 52) / (count + 1)
    w.sheet.blocks.append(
        Grid((header,), tuple(body), (10, 52, *[width] * (count + 1)), size=9.5, bold=frozenset({len(body) - 1}))
    )


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
        return f"{w.count('in_due', w.world.whole, row=row)}/{w.count('resolved', w.world.whole, row=row)}"
    return ""
