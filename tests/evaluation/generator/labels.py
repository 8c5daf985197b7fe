"""The label of a finished report: every printed figure and citation with its quote, the planted errors, the innocent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tests.evaluation.generator.plants import Plant
from tests.evaluation.generator.sheet import Edition, Grid, Line
from tests.evaluation.generator.world import World
from tests.reports.truth import Json, clause

# Rule -> the names under which the same fault may be reported.
FAMILY = ("sum", "ratio", "repeat", "bound")


def passages(edition: Edition) -> Iterator[tuple[str, bool, int, str]]:
    """(kind of place, is a figure, number, quote) of every mark, in reading order."""
    for block in edition.sheet.blocks:
        if isinstance(block, Line):
            plain, found = edition.plain(block.text)
            for is_figure, number, start in found:
                yield "narrative", is_figure, number, clause(plain, start)
        elif isinstance(block, Grid):
            for row in block.rows:
                pieces = [edition.plain(text) for text in row]
                quote = "\t".join(plain for plain, _ in pieces if plain)
                for _, found in pieces:
                    for is_figure, number, _ in found:
                        yield "table", is_figure, number, quote


def tables(edition: Edition) -> list[Json]:
    """Every table as printed: its cells (a merged cell's text in its top left one), header rows, merges."""
    grids = (block for block in edition.sheet.blocks if isinstance(block, Grid))
    return [
        {
            "rows": [*map(list, grid.header), *([edition.text(text) for text in row] for row in grid.rows)],
            "header_rows": len(grid.header), "merges": [list(merge) for merge in grid.merges],
        }
        for grid in grids
    ]  # fmt: skip


def observation(edition: Edition, world: World, kind: str, number: int, quote: str) -> Json:
    """One figure as labelled."""
    figure = edition.sheet.figures[number]
    value = edition.values[number]
    text = figure.printed(value)
    shown = text.rstrip("% ").replace(",", ".") if figure.unit == "%" else str(value)
    body: Json = {
        "id": f"o{number + 1}", "indicator": figure.indicator, "value": shown, "unit": figure.unit, "scope": figure.scope.name,
        "period": world.own_period(figure.when), "kind": kind, "row": figure.row, "text": text,
        "quote": quote,
    }  # fmt: skip
    if figure.scope.accept:
        body["scope_accept"] = list(figure.scope.accept)
    return body | {k: v for k, v in figure.extra.items() if v is not None and k != "base"}


def label(
    edition: Edition, world: World, document: str, header: Json, plants: Sequence[Plant], extra: Sequence[Json]
) -> dict[str, Any]:
    """The whole label; `extra` are findings that are no wrong figure."""
    observations, citations, quotes = [], [], {}
    for kind, is_figure, number, quote in passages(edition):
        if is_figure:
            observations.append(observation(edition, world, kind, number, quote))
            quotes[number] = quote
        else:
            cited = edition.citations[number]
            citations.append({"key": cited.key, "date": cited.date_label(), "issuer": cited.issuer, "quote": quote})
    findings = [_finding(edition, plant, quotes[plant.figure]) for plant in plants]
    return {
        "document": document, "header": header, "period": world.period.label(), "observations": observations,
        "citations": citations, "tables": tables(edition), "findings": [*findings, *(_quoted(edition, e) for e in [*extra, *edition.sheet.remarks])],
        "must_not_flag": [_quoted(edition, q) for q in edition.sheet.quiet],
    }  # fmt: skip


def _quoted(edition: Edition, entry: Json) -> Json:
    """The entry with its marked text printed as its quote."""
    marked = entry.get("marked")
    rest = {k: v for k, v in entry.items() if k != "marked"}
    return rest | ({"quote": edition.text(str(marked))} if marked is not None else {})


def _finding(edition: Edition, plant: Plant, quote: str) -> Json:
    figure = edition.sheet.figures[plant.figure]
    truth = figure.printed(figure.value).rstrip("% ").replace(",", ".") if figure.unit == "%" else str(figure.value)
    families = dict.fromkeys(rule.partition(".")[0] for rule in plant.rules)
    tied: Json = {} if plant.identifiable else {"tied": [f"o{number + 1}" for number in plant.tied]}
    return {
        "rule": plant.rules[0], "family": plant.rules[0].partition(".")[0], "severity": "error",
        "rule_accept": list(dict.fromkeys([*plant.rules[1:], *families])), "figure": figure.printed(plant.value),
        "quote": quote, "suggestion": truth if plant.identifiable else None, "was": truth, "kind": plant.kind,
        "identifiable": plant.identifiable, "observation": f"o{plant.figure + 1}", **tied,
    }  # fmt: skip
