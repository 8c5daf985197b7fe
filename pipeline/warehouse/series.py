"""The history of one indicator: what offices stated period by period, under the provinces of today or of the time."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import duckdb

from pipeline.warehouse.lock import WarehouseError

_TODAY = """
    SELECT province, issuing_body, period_kind, period_year, period_index, period_start, period_end,
        value, disputed, parts, parts_expected
    FROM dossiers_today WHERE indicator = $indicator
"""
_OF_THE_TIME = """
    SELECT province, issuing_body, period_kind, period_year, period_index, period_start, period_end, value, disputed,
        1 AS parts, 1 AS parts_expected
    FROM dossiers_of_the_time WHERE indicator = $indicator
"""
#: What is no count of hồ sơ is not added up over provinces: a rate, a score, a number of staff at one date.
_AS_STATED = """
    SELECT f.province, f.issuing_body, f.period_kind, f.period_year, f.period_index, f.period_start, f.period_end,
        arg_min(f.value, o.seq) AS value, count(DISTINCT f.value) > 1 AS disputed, 1 AS parts, 1 AS parts_expected
    FROM figures f JOIN observations o ON o.reading = f.reading AND o.id = f.observation_id
    WHERE f.indicator = $indicator AND f.scope IS NULL AND f.role = 'value'
    GROUP BY f.province, f.issuing_body, f.period_kind, f.period_year, f.period_index, f.period_start, f.period_end, f.reading
"""


@dataclass(frozen=True, slots=True)
class Point:
    """One period of one office. `parts` of `expected` units of the time make up the value; `disputed`: the report states
    several values, of which this is the first. `change` is on the point before of the same kind of period, where both are
    whole and undisputed."""

    province: str | None
    office: str | None
    kind: str | None
    year: int | None
    index: int | None
    start: date | None
    end: date | None
    value: Decimal
    disputed: bool
    parts: int
    expected: int
    change: Decimal | None = None

    @property
    def whole(self) -> bool:
        """Whether all units are there and the report states one value."""
        return self.parts >= self.expected and not self.disputed


def points(
    con: duckdb.DuckDBPyConnection,
    indicator: str,
    province: str | None = None,
    office: str | None = None,
    today: bool = True,
) -> list[Point]:
    """The points of every series of an indicator, series by series and in the order of time.

    `province` is a name of the chosen view (of today, or of the time), `office` a part of the issuing body's name; case
    does not matter. Raises WarehouseError "statement" where the indicator is none of the vocabulary.
    """
    _known(con, indicator)
    counted = indicator.startswith("dossiers_")
    source = (_TODAY if today else _OF_THE_TIME) if counted else _AS_STATED
    found = con.execute(
        f"""
        SELECT * FROM ({source}) AS told
        WHERE ($province IS NULL OR lower(province) = lower($province))
            AND ($office IS NULL OR contains(lower(coalesce(issuing_body, '')), lower($office)))
        ORDER BY province NULLS LAST, issuing_body NULLS LAST, period_kind, period_end NULLS FIRST, period_start, value
        """,
        {"indicator": indicator, "province": province, "office": office},
    )
    return list(_with_changes(Point(*row) for row in found.fetchall()))


def _known(con: duckdb.DuckDBPyConnection, indicator: str) -> None:
    names = [str(name) for (name,) in con.execute("SELECT id FROM indicators ORDER BY id").fetchall()]
    if indicator in names:
        return
    near = ", ".join(difflib.get_close_matches(indicator, names, 3, 0.4))
    raise WarehouseError(
        "statement",
        f"Không có chỉ tiêu “{indicator}”" + (f"; gần giống: {near}." if near else "; xem soat indicators."),
        f"There is no indicator “{indicator}”" + (f"; similar: {near}." if near else "; see soat indicators."),
    )


def _with_changes(told: Iterable[Point]) -> Iterator[Point]:
    """Points with the difference to the one before in their series."""
    before: Point | None = None
    for point in told:
        same = before is not None and (before.province, before.office, before.kind) == (
            point.province,
            point.office,
            point.kind,
        )
        change = point.value - before.value if before and same and before.whole and point.whole else None
        before = point
        yield replace(point, change=change)
