"""A past in a warehouse: every month's reports in a run of their own, as an office would land them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from pipeline.exports.json import Line
from pipeline.warehouse.load import Loader, Run
from pipeline.warehouse.store import writing
from tests.past.past import Past

VERSION = "past"
TOGETHER = 200  # lines a transaction


@dataclass(slots=True)
class Landed:
    """What was landed: `lines` in all, `reports` path -> (province, office, first day, last day)."""

    lines: int = 0
    reports: dict[str, tuple[str, str, str, str]] = field(default_factory=dict)


def land(past: Past, warehouse: Path, reports: int | None = None) -> Landed:
    """Land the first `reports` lines of a past, or all of them."""
    landed = Landed()
    with writing(warehouse) as con:
        for started, lines in _batches(islice(past.lines(), reports)):
            loader = Loader(con, Run(VERSION, started_at=started))
            for begin in range(0, len(lines), TOGETHER):
                loader.land_all(lines[begin : begin + TOGETHER])
            landed.lines += len(lines)
            for made in lines:
                header, period = made["header"], made["period"]
                if header and period:
                    told = (header["province"], header["issuing_body"], period["start"], period["end"])
                    landed.reports[made["source"]["path"]] = told
    return landed


def _batches(lines: Iterable[Line]) -> Iterator[tuple[datetime, list[Line]]]:
    """The lines of each month with the morning of the first; a report sent again in the same one has the later path."""
    started, batch = datetime.min, list[Line]()
    for made in lines:
        day = _day(made) or started
        if batch and (day.year, day.month) != (started.year, started.month):
            yield started, batch
            batch = []
        if not batch:
            started = day
        batch.append(made)
    if batch:
        yield started, batch


def _day(made: Line) -> datetime | None:
    """The morning on which a report was signed."""
    issued = (made["header"] or {}).get("issued")
    return issued and datetime(issued["year"], issued["month"], issued["day"], 8)
