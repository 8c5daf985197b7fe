"""Makes one labelled report from a seed: the world, the sheet by a layout, what is planted, the file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

from tests.evaluation.generator import frame, labels, render, sections, tables, world
from tests.evaluation.generator.lists import Entry, Lists
from tests.evaluation.generator.plants import FIGURES, Planter
from tests.evaluation.generator.sheet import Edition, Sheet, truthful
from tests.evaluation.generator.world import World
from tests.evaluation.generator.writer import Writer
from tests.reports import paper
from tests.reports.truth import Json


@dataclass(frozen=True)
class Generated:
    """One report: `edition` is what is printed, `truth` the same without its planted errors."""

    stem: str
    layout: str
    label: Json
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
        return render.document(self.edition)

    @property
    def docx(self) -> bytes:
        """As the bytes of a .docx file."""
        return paper.packed(self.document)


TITLES = {
    "open": ("Kết quả giải quyết thủ tục hành chính {period}", "Tình hình, kết quả giải quyết thủ tục hành chính {period}",
             "Công tác kiểm soát thủ tục hành chính {period}", "Kết quả tiếp nhận và giải quyết thủ tục hành chính {period} {where}"),
    "kept_out": ("Tình hình tiếp nhận, giải quyết hồ sơ thủ tục hành chính {period}", "Công tác cải cách thủ tục hành chính {period} {where}"),
}  # fmt: skip


def title(w: Writer) -> str:
    """The subject of the report."""
    where = {"office": f"của {w.world.body.name}"}.get(
        w.world.body.who, f"trên địa bàn {w.world.body.name.removeprefix('UBND ')}"
    )
    chosen = w.rng.choice(TITLES["kept_out" if w.lists.part == "kept-out" else "open"])
    return chosen.format(period=w.world.period.words, where=where)


def written(w: Writer, layout: Entry) -> Json:
    """Write the whole sheet; returns the header as labelled."""
    header = frame.letterhead(w, title(w))
    heads = sections.Headings(w)
    signed = False
    for part in layout["parts"]:
        name, _, shape = part.partition(":")
        if name == "form06":
            frame.signature(w)
            signed = True
            tables.form06(w)
        elif shape == "table":
            tables.parts_table(w)
        else:
            sections.PARTS[name](w, shape, heads)
    if not signed:
        frame.signature(w)
    return header


def generate(seed: int, part: str = "tuning") -> Generated:
    """The report of this seed: even seeds carry one to three planted errors, odd ones are clean but tempting."""
    rng = Random(f"{part} {seed}")
    lists = Lists(part)
    faulty = seed % 2 == 0
    layout = rng.choice(lists.entries("layouts", "layout"))
    w = Writer(rng, lists, world.drawn(rng, lists, layout["who"], tempting=not faulty))
    header = written(w, layout)
    truth = truthful(w.sheet)
    planter = Planter(rng, w.world, w.sheet)
    if faulty:
        _plant(planter, rng.choices([1, 2, 3], [5, 3, 2])[0])
    values = list(truth.values)
    for plant in planter.plants:
        values[plant.figure] = plant.value
    edition = Edition(w.sheet, tuple(values), truth.citations)
    stem = f"{part.replace('-', '')}-{seed:05d}-{layout['name']}"
    body = labels.label(edition, w.world, stem, header, planter.plants, [])
    return Generated(stem, layout["name"], body, edition, truth, w.world)


def _plant(planter: Planter, wanted: int) -> None:
    kinds = list(FIGURES)
    planter.rng.shuffle(kinds)
    for kind in kinds:
        if len(planter.plants) == wanted:
            return
        planter.plant(kind)


__all__ = ["Generated", "Sheet", "generate"]
