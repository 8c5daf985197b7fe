"""A table by field or village: one name a row, one indicator a column, with a total row that adds up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tests.reports.report import Report
from tests.reports.truth import comma

Value = int | Decimal


@dataclass(frozen=True, slots=True)
class Column:
    """One column: heading, indicator, unit and width in millimetres; a column in % is not added up."""

    heading: str
    indicator: str | None
    unit: str = "hồ sơ"
    width: float = 20


def grid(
    r: Report,
    corner: tuple[str, str, float],
    columns: list[Column],
    rows: list[tuple[str, tuple[Value, ...]]],
    total: tuple[str, tuple[Value, ...]],
    size: float = 12,
) -> None:
    """Write the table: `corner` is (heading of the numbers, heading of the names, width of the names)."""
    for index, column in enumerate(columns):
        if column.unit != "%":
            r.adds(total[1][index], *(values[index] for _, values in rows))
    body = []
    for number, (name, values) in enumerate([*rows, total], 1):
        last = number > len(rows)
        texts = ["" if last else str(number), name]
        scope, accept = (None, ["Tổng cộng", "toàn xã", name]) if last else (name, [f"lĩnh vực {name}"])
        for column, value in zip(columns, values, strict=True):
            shown = f"{value:,}".replace(",", ".") if isinstance(value, int) else comma(value)
            texts.append(r.n(value, column.indicator, column.unit, scope, text=shown, scope_accept=accept, row=None))
        body.append(texts)
    header = [[corner[0], corner[1], *(column.heading for column in columns)]]
    widths = [11.0, corner[2], *(column.width for column in columns)]
    r.table(widths, header, body, size=size, bold=(len(rows),))
