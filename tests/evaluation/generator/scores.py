"""Score tables of the CCHC index: a body's own self-assessment by field, and the ranking of many offices."""

from __future__ import annotations

from decimal import Decimal

from tests.evaluation.generator.lists import loaded
from tests.evaluation.generator.sheet import Grid, Line
from tests.evaluation.generator.world import Scope
from tests.evaluation.generator.writer import Writer

MAXIMA = ((8, 12, 16, 8, 14, 10, 17, 15), (10, 10, 15, 10, 15, 10, 15, 15), (9, 11, 18, 7, 12, 9, 20, 14))


def assessment(w: Writer) -> None:
    """Maximum, self-assessed, verified and deducted points by field, with their totals, and the totals in prose."""
    world, rng = w.world, w.rng
    fields = [Scope(f"field {n}", n, n, ("*",)) for n in loaded("names")["criteria"]]
    maxima = [Decimal(m) for m in rng.choice(MAXIMA)]
    own = [m - Decimal(rng.choice([0, 25, 50, 75, 100, 150])).scaleb(-2) for m in maxima]
    less = [Decimal(rng.choice([0, 0, 25, 50, 75])).scaleb(-2) for _ in maxima]
    rows = [*zip(fields, maxima, own, less, strict=True), (world.whole, sum(maxima), sum(own), sum(less))]
    w.sheet.blocks.append(Line(w.phrase("leads", "assessment")))
    header = ("STT", *(w.phrase("scores", name) for name in ("field", "most", "self", "minus", "verified")))
    body = []
    for number, (scope, most, self_score, minus) in enumerate(rows, 1):
        last = scope.key == "whole"
        more = {"row": None if last else str(number), "total": last}
        most, self_score, minus = Decimal(most), Decimal(self_score), Decimal(minus)
        texts = (
            w.score("most", most, None, scope, role="max", indicator_accept=["*"], **more),
            w.score("self", self_score, "par_self_score", scope, **more),
            w.score("minus", minus, "par_deduction", scope, **more),
            w.score("verified", self_score - minus, "par_verified_score", scope, **more),
        )
        body.append(("" if last else str(number), w.phrase("totals", "assessment") if last else scope.prose, *texts))
        key = scope.key
        w.sheet.listings.append(
            ("sum.deduction", ("self", key, "now"), (("verified", key, "now"), ("minus", key, "now")))
        )
    for name in ("most", "self", "minus", "verified"):
        w.sheet.listings.append(("sum.column", (name, "whole", "now"), tuple((name, f.key, "now") for f in fields)))
    w.sheet.blocks.append(Grid((header,), tuple(body), (10, 62, 22, 23, 20, 26), bold=frozenset({len(body) - 1})))
    total, least = Decimal(sum(own)), Decimal(sum(less))
    said = w.score("self", total, "par_self_score", world.whole)
    kept = w.score("verified", total - least, "par_verified_score", world.whole)
    most_text = w.score(
        "most", Decimal(sum(maxima)), None, world.whole, role="max", indicator_accept=["*"], optional=True
    )
    given = {"said": said, "most": most_text, "kept": kept}
    w.sheet.blocks.append(Line(w.phrase("closes", "assessment", given)))


def ranking(w: Writer) -> None:
    """Offices by verified documents and survey, their total and rank."""
    rng = w.rng
    scopes = list(w.world.parts)
    drawn = []
    for scope in scopes:
        papers, survey = (Decimal(rng.randint(low, high)).scaleb(-2) for low, high in ((4900, 6480), (1850, 2980)))
        drawn.append((papers + survey, papers, survey, scope))
    drawn.sort(key=lambda row: (-row[0], row[3].key))
    w.sheet.blocks.append(Line(w.phrase("leads", "ranking")))
    header = tuple(w.phrase("scores", name) for name in ("rank", "office", "papers", "survey", "index"))
    body = []
    for rank, (total, papers, survey, scope) in enumerate(drawn, 1):
        row = {"row": str(rank)}
        texts = (
            w.score("papers", papers, "par_verified_score", scope, **row),
            w.score("survey", survey, "par_survey_score", scope, **row),
            w.score("index", total, "par_index_score", scope, **row),
        )
        mark = w.count(
            "rank", scope, value=rank, indicator="par_rank", unit="hạng", table=True, optional=True, row=str(rank)
        )
        body.append((mark, scope.prose, *texts))
        key = scope.key
        w.sheet.listings.append(("sum.score", ("index", key, "now"), (("papers", key, "now"), ("survey", key, "now"))))
    w.sheet.blocks.append(Grid((header,), tuple(body), (20, 63, 27, 27, 26)))
    best = drawn[0]
    said = w.score("index", best[0], "par_index_score", best[3])
    w.sheet.blocks.append(Line(w.phrase("closes", "ranking", {"best": best[3].prose, "said": said})))
