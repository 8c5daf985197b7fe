"""Findings and verdicts of the history worked out once, when a run ends, and kept for who asks.

Comparing all reports of all provinces takes minutes in a warehouse of a hundred thousand. A unit whose reports, catalogues
and rules are as they were has the findings that it had; the views ask `kept_units` for that, and compare the others anew. So
nothing here has to be trusted: whoever lands, withdraws or upgrades without calling `keep` only makes questions slower.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pipeline.warehouse.lock import OnWait
from pipeline.warehouse.store import reading, writing
from pipeline.warehouse.transaction import transaction

#: Readings of the units that are compared in one query; a unit with more is compared by itself.
_READINGS: Final = 1_000
#: Rows of `kept_findings` and, where `comparisons` is not null, of `kept_verdicts`: both of one pass over the reports.
_WORKED_OUT: Final = """
    WITH every_check AS MATERIALIZED (FROM history_checks_of($units::VARCHAR[]))
    SELECT
        coalesce(p.name_today, r.province, '') AS unit, f.rule, f.province, f.issuing_body, f.indicator, f.about, f.message_vi,
        f.message_en, f.stated, f.expected, f.quote, f.earlier_quote, f.reading, f.earlier_reading, f.path, f.earlier_path,
        list_sort(list_distinct(f.paths)) AS paths, NULL AS verdict, NULL AS reason, NULL AS comparisons
    FROM history_findings_among('every_check') f
    JOIN readings r ON r.reading = f.reading
    LEFT JOIN provinces p ON p.name = r.province
    UNION ALL BY NAME
    FROM history_verdicts_among('every_check')
    ORDER BY ALL
"""


def keep(warehouse: Path, on_wait: OnWait | None = None) -> int:
    """Work out and keep the findings of every unit that changed; how many units that were.

    They are worked out while others may use the warehouse, some units at a time so that memory does not grow with their
    number, and written only for units that nobody changed meanwhile. Raises WarehouseError as `store.writing` does.
    """
    with reading(warehouse, on_wait=on_wait) as con:
        due = con.execute("SELECT unit, basis, readings FROM history_due(NULL) ORDER BY unit").fetchall()
    return sum(_keep(warehouse, some, on_wait) for some in _few_at_a_time(due))


def _few_at_a_time(due: Iterable[tuple[str, str, int]]) -> Iterator[dict[str, str]]:
    """Units with their bases, as many together as have few readings; at least one."""
    some: dict[str, str] = {}
    held = 0
    for unit, basis, readings in due:
        if some and held + readings > _READINGS:
            yield some
            some, held = {}, 0
        some[unit] = basis
        held += readings
    if some:
        yield some


def _keep(warehouse: Path, due: dict[str, str], on_wait: OnWait | None) -> int:
    with reading(warehouse, on_wait=on_wait) as con:
        worked_out = con.execute(_WORKED_OUT, {"units": list(due)}).fetchall()
    with writing(warehouse, on_wait=on_wait) as con, transaction(con):
        now = con.execute("SELECT unit, basis FROM history_due($units::VARCHAR[])", {"units": list(due)}).fetchall()
        units = {unit: basis for unit, basis in now if due[unit] == basis}
        findings: list[tuple[object, ...]] = []
        verdicts: list[tuple[object, ...]] = []
        for *finding, verdict, reason, comparisons in worked_out:
            if finding[0] in units and comparisons is None:
                findings.append(tuple(finding))
            elif finding[0] in units:
                verdicts.append((*finding[:3], verdict, reason, comparisons))
        for table, rows in (
            ("kept_units", list(units.items())),
            ("kept_findings", findings),
            ("kept_verdicts", verdicts),
        ):
            con.execute(f"DELETE FROM {table} WHERE list_contains($units::VARCHAR[], unit)", {"units": list(units)})
            if rows:
                con.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
    return len(units)
