"""The statistics appendix of a CCHC report: row codes, measure, unit, figure and note, on a page of its own."""

from __future__ import annotations

from typing import Any

from tests.reports import paper
from tests.reports.report import Report

WIDTHS = [15.0, 74.0, 24.0, 21.0, 29.0]
MERGES = ((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4))


def group(code: str, name: str) -> list[str]:
    """A heading row: no figure of its own."""
    return [code, name, "", "", ""]


def line(
    r: Report, code: str, name: str, unit: str, value: int | str, indicator: str | None, note: str = "", **more: Any
) -> list[str]:
    """One row; `value` as in `Report.n`, `note` may hold figures; the label's unit is the printed one in lower case."""
    return [
        code,
        name,
        unit,
        r.n(value, indicator, unit if unit.isupper() else unit.lower(), more.pop("scope", None), **more),
        note,
    ]


def coded(r: Report, code: str, name: str, key: str, value: int, about: str, **more: Any) -> list[str]:
    """A row answered by a code ("Không = 0, Có = 1"): no count."""
    return [code, name, key, r.n(value, None, "mã", about, text=str(value), role="code", optional=True, **more), ""]


def part(r: Report, part: int, whole: int, indicators: tuple[str | None, str | None], unit: str, **more: Any) -> str:
    """A note such as "127/127": a part whose indicator may be left open, and its whole."""
    first = r.n(part, indicators[0], unit, indicator_accept=[None, indicators[1]], text=_plain(part), **more)
    return f"{first}/{r.n(whole, indicators[1], unit, indicator_accept=[None], text=_plain(whole))}"


def _plain(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def statistics(r: Report, title: str, header: list[list[str]], rows: list[list[str]]) -> None:
    """Write the appendix under a header of one or two rows; rows without a unit and a figure are printed in bold."""
    paper.turn(r.document, landscape=False)
    r.centred("PHỤ LỤC", title, size=13)
    r.aside(f"(Kèm theo {r.own('Báo cáo')})")
    bold = tuple(index for index, row in enumerate(rows) if not row[2] and not row[3])
    r.table(WIDTHS, header, rows, merges=MERGES if len(header) == 2 else (), size=11.5, bold=bold)
