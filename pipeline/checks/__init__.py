"""Facts to judgements: every relation that a report states or implies is tested, contradictions become findings."""

from __future__ import annotations

from extractors.model import Report
from pipeline.checks.model import Judgement
from pipeline.checks.rules import RULES

__all__ = ["RULES", "check"]


def check(report: Report) -> Judgement:
    """All checks and findings of one report. Pure; about linear in the number of figures."""
    from pipeline.checks import bounds, claims, counts, dates, forms, header, partitions, ratios, repeats, sums, witness
    from pipeline.checks.findings import from_constraints, number
    from pipeline.checks.locate import Locator
    from pipeline.checks.recognised import settle
    from pipeline.checks.sheet import Sheet

    sheet = Sheet.of(report)
    sums.run(sheet)
    partitions.run(sheet)
    ratios.run(sheet)
    bounds.run(sheet)
    repeats.run(sheet)
    witness.run(sheet)
    drafts = from_constraints(sheet, Locator(sheet))
    for family in (claims, counts, dates, forms, header):
        drafts += family.run(sheet)
    return settle(sheet, Judgement(tuple(sheet.checks), number(sheet, drafts)))
