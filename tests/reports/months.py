"""Offices by months: a table with a total row and a total column."""

from __future__ import annotations

from calendar import monthrange
from typing import Any

from tests.reports.report import Report
from tests.reports.truth import Fault


def month(year: int, index: int) -> dict[str, Any]:
    """A calendar month as the period of a figure."""
    end = monthrange(year, index)[1]
    limits = {"start": f"{year}-{index:02d}-01", "end": f"{year}-{index:02d}-{end}"}
    return {"kind": "month", "year": year, "index": index, **limits}


def month_table(
    r: Report,
    corner: str,
    year: int,
    counts: dict[str, tuple[int, ...]],
    indicator: str,
    wrong: dict[tuple[str, int], tuple[int, Fault]],
    widths: tuple[float, float, float],
) -> None:
    """Write offices as rows and months 1, 2, … as columns; `wrong` plants (office or "Tổng cộng", column from 1)."""
    offices = {name: (*months, sum(months)) for name, months in counts.items()}
    whole = tuple(map(sum, zip(*offices.values(), strict=True)))
    length = len(whole) - 1
    for months in [*offices.values(), whole]:
        r.adds(months[-1], *months[:-1])
    for column in zip(*offices.values(), strict=True):
        r.adds(sum(column), *column)
    body = []
    for number, (name, cells) in enumerate([*offices.items(), ("Tổng cộng", whole)], 1):
        last = number > len(offices)
        texts = ["" if last else str(number), name]
        for index, value in enumerate(cells, 1):
            printed, fault = wrong.get((name, index), (value, None))
            own = {"period": month(year, index)} if index <= length else {}
            accept = ["Tổng cộng", "toàn tỉnh"] if last else [name]
            shown = f"{printed:,}".replace(",", ".")
            texts.append(
                r.n(
                    printed,
                    indicator,
                    "hồ sơ",
                    None if last else name,
                    text=shown,
                    fault=fault,
                    scope_accept=accept,
                    row=None,
                    **own,
                )
            )
        body.append(texts)
    first, second, rest = widths
    header = [["STT", corner, *(f"Tháng {index}" for index in range(1, length + 1)), "Tổng cộng"]]
    r.table([first, second, *[rest] * (length + 1)], header, body, size=12, bold=(len(offices),))
