"""Makes one labelled report from a seed: the world, the sheet by a layout, what is planted, the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random
from typing import Any

from tests.evaluation.generator import (
    beside,
    documents,
    forms,
    frame,
    hierarchy,
    labels,
    render,
    scores,
    sections,
    tables,
    tempting,
    wide,
    world,
)
from tests.evaluation.generator.ledger import Ledger
from tests.evaluation.generator.lists import Entry, Lists
from tests.evaluation.generator.misprints import DATES, KINDS, Misprint
from tests.evaluation.generator.plants import FIGURES, Plant, Planter
from tests.evaluation.generator.sheet import Edition, truthful
from tests.evaluation.generator.world import World
from tests.evaluation.generator.writer import Writer
from tests.reports import paper
from tests.reports.truth import Json


@dataclass(frozen=True)
class Generated:
    """One report: `edition` is what is printed, `truth` the same without its planted errors."""

    stem: str
    layout: str
    label: dict[str, Any]
    edition: Edition
    truth: Edition
    world: World

    @cached_property
    def text(self) -> str:
        """As plain text, tables tab-separated."""
        return render.text(self.edition)

    @cached_property
    def document(self) -> Any:
        """As a python-docx document."""
        return render.document(self.edition, self.world.style.automatic)

    @property
    def docx(self) -> bytes:
        """As the bytes of a .docx file."""
        return paper.packed(self.document)


def title(w: Writer) -> str:
    """The subject of the report."""
    where = {"office": f"của {w.world.body.name}", "center": f"tại {w.world.body.name}"}.get(
        w.world.body.who, f"trên địa bàn {w.world.body.name.removeprefix('UBND ')}"
    )
    return w.say(w.lists.word(w.rng, "report", "titles"), given={"where": where})


ANNEXES: dict[str, Callable[[Writer], None]] = {
    "form06": forms.form06,
    "form06_units": forms.form06_units,
    "hierarchy": hierarchy.hierarchy,
    "months": wide.months,
    "two_periods": beside.two_periods,
    "appendix": wide.appendix,
}
TABLES: dict[str, Callable[[Writer], None]] = {
    "table": tables.parts_table,
    "summary": tables.summary,
    "comparison": wide.comparison,
    "assessment": scores.assessment,
    "documents": documents.documents,
    "percents": beside.percents,
    "ranking": scores.ranking,
}


def written(w: Writer, layout: Entry, tempting_too: bool) -> Json:
    """Write the whole sheet; returns the header as labelled. Annexes follow the signature."""
    header = frame.letterhead(w, title(w))
    heads = sections.Headings(w)
    signed = False
    for part in layout["parts"]:
        name, _, shape = part.partition(":")
        if name in ANNEXES:
            if not signed:
                frame.signature(w)
                signed = True
            ANNEXES[name](w)
        elif name in TABLES or shape in TABLES:
            TABLES[shape or name](w)
        else:
            sections.PARTS[name](w, shape, heads)
        if name == "repeat" and tempting_too:
            tempting.tempt(w)
    if not signed:
        frame.signature(w)
    if tempting_too:
        tempting.inherent(w)
    return header


def generate(seed: int, part: str = "tuning") -> Generated:
    """The report of this seed: even seeds carry one to three planted errors, odd ones are clean but tempting."""
    rng = Random(f"{part} {seed}")
    lists = Lists(part)
    faulty = seed % 2 == 0
    layout = rng.choice(lists.entries("layouts", "layout"))
    w = Writer(rng, lists, world.drawn(rng, lists, layout["who"], tempting=not faulty))
    header = written(w, layout, not faulty)
    clean = truthful(replace(w.sheet, blocks=list(w.sheet.blocks), figures=list(w.sheet.figures)))
    plants, misprints = _planted(w, rng.choices([1, 2, 3], [5, 3, 2])[0]) if faulty else ([], [])
    values, citations = [f.value for f in w.sheet.figures], list(w.sheet.citations)
    for plant in plants:
        values[plant.figure] = plant.value
    for misprint in misprints:
        for number, cited in misprint.citations.items():
            citations[number] = cited
        for number, value in misprint.values.items():
            values[number] = value
    edition = Edition(w.sheet, tuple(values), tuple(citations))
    if w.world.body.province not in render.text(edition):
        header["province_accept"] = [None]
    stem = f"{part.replace('-', '')}-{seed:05d}-{layout['name']}"
    body = labels.label(edition, w.world, stem, header, plants, [m.finding for m in misprints])
    return Generated(stem, layout["name"], body, edition, clean, w.world)


RARE = {
    "title_text",
    "percent_sum",
    "list_short",
    "wrong_denominator",
    "level_total",
    "column_total",
}
COMMON = {"blank_row", "duplicate_row", "zero_claim", "citation_after_report", "impossible_date"}


def _weight(kind: str) -> float:
    return 12 if kind in ("percent_sum", "row_total") else 3 if kind in RARE else 0.4 if kind in COMMON else 1


def _planted(w: Writer, wanted: int) -> tuple[list[Plant], list[Misprint]]:
    """Plant up to so many errors: what changes rows, words and citations first, then single figures."""
    kinds = [*FIGURES, *KINDS]
    kinds.sort(key=lambda kind: w.rng.random() ** (1 / _weight(kind)), reverse=True)
    misprints: list[Misprint] = []
    first = [kind for kind in kinds[: len(kinds) // 2] if kind in KINDS]
    planter = Planter(w.rng, w.world, w.sheet)
    for kind in first:
        if len(misprints) < wanted and not (kind in DATES and any(m.citations for m in misprints)):
            made = KINDS[kind](w, planter)
            misprints += [made] if made is not None else []
            planter.ledger = Ledger(w.sheet)
        if misprints and w.rng.random() < 0.5:
            break
    for kind in kinds:
        if len(misprints) + len(planter.plants) >= wanted:
            break
        if kind in FIGURES:
            planter.plant(kind)
    return planter.plants, misprints


__all__ = ["Generated", "generate"]
