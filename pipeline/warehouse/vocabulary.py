"""The program's vocabulary as rows: indicators, offices, and every name of a province with the unit that it belongs to today."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import duckdb

from pipeline.warehouse import organisations
from pipeline.warehouse.transaction import transaction

if TYPE_CHECKING:
    from extractors.vocabulary.registers import Province

Rows = list[tuple[Any, ...]]
_COLUMNS: Final = {
    "indicators": ("id", "name_vi", "name_en", "unit"),
    "provinces": ("name", "kind", "valid_from", "valid_to", "name_today"),
    "province_units": ("unit", "name", "kind", "code", "valid_from", "valid_to"),
    "province_successors": ("from_unit", "to_unit", "day", "basis"),
    **organisations.COLUMNS,
}
_BASIS_2025: Final = "202/2025/QH15"
_MERGED_2025: Final = date(2025, 7, 1)


def refresh(con: duckdb.DuckDBPyConnection) -> None:
    """Bring the vocabulary tables up to date; a warehouse that has today's vocabulary is not touched."""
    places = {"province_units": list(_units()), "province_successors": list(_province_successors())}
    for tables in ({"indicators": _indicators()}, {"provinces": _provinces()}, places, organisations.rows()):
        _replace(con, tables)


def _replace(con: duckdb.DuckDBPyConnection, tables: dict[str, Rows]) -> None:
    """Replace tables that refer to each other, those referred to first, where one is not as it should be.

    DuckDB lets rows that were referred to go only in a later transaction than those that referred to them. Cut short in
    between, the tables are not as they should be, and the next opening replaces them.
    """
    if all(_held(con, table) == set(rows) for table, rows in tables.items()):
        return
    for table in list(tables)[:0:-1]:
        con.execute(f"DELETE FROM {table}")
    with transaction(con):
        con.execute(f"DELETE FROM {next(iter(tables))}")
        for table, rows in tables.items():
            shape = json.dumps([dict.fromkeys(_COLUMNS[table], "VARCHAR")])
            given = json.dumps([dict(zip(_COLUMNS[table], row, strict=True)) for row in rows], ensure_ascii=False)
            fresh = f"SELECT unnest(from_json_strict(?, '{shape}'), recursive := true)"
            con.execute(f"INSERT INTO {table} BY NAME {fresh}", [given])


def _held(con: duckdb.DuckDBPyConnection, table: str) -> set[tuple[Any, ...]]:
    casts = ", ".join(f"{name}::VARCHAR AS {name}" for name in _COLUMNS[table])
    return set(con.execute(f"SELECT {casts} FROM {table}").fetchall())


def _indicators() -> Rows:
    from extractors.vocabulary import indicators

    return [(i.id, i.name_vi, i.name_en, i.unit) for i in indicators().values()]


def _provinces() -> Rows:
    """Names of before and after 2025, and older ones; one that was divided has no unit of today."""
    rows: dict[str, tuple[Any, ...]] = {}
    today: dict[str, str] = {}
    for row in _csv("provinces.csv"):
        today[row["name_old"]] = row["name_new"]
        rows[row["name_old"]] = (row["name_old"], row["kind"], *_days(row), row["name_new"])
    for row in _csv("provinces_new.csv"):
        name = row["name_new"]
        rows.setdefault(name, (name, row["kind"], *_days(row), name))
        if rows[name][4] == name:  # a name that goes on over the merger: the unit of today has no last day
            rows[name] = (*rows[name][:3], None, name)
    for row in _csv("provinces_history.csv"):
        name = _bare(row["name"])
        successors = {today.get(part.strip(), part.strip()) for part in row["successor_names"].split("|")}
        only = successors.pop() if len(successors) == 1 else None
        rows.setdefault(name, (name, row["kind"], *_days(row), only))
    return list(rows.values())


def _units() -> Iterator[tuple[Any, ...]]:
    """Every province under one name and kind during one time."""
    from extractors.vocabulary.registers import provinces

    for p in provinces():
        days = (day and day.isoformat() for day in (p.valid_from, p.valid_to))
        yield _unit(p), p.name, p.kind, p.code or None, *days


def _province_successors() -> Iterator[tuple[Any, ...]]:
    """What became of every unit that has ended: another kind under its name, the merger of 2025, or an older decision."""
    from extractors.vocabulary.registers import provinces

    merged = {row["name_old"]: row["name_new"] for row in _csv("provinces.csv")}
    basis = {(row["name_new"], row["valid_from"]): row["basis"] for row in _csv("provinces_new.csv")}
    older = {(_bare(row["name"]), row["valid_to"]): row for row in _csv("provinces_history.csv")}
    for p in provinces():
        if p.valid_to is None:
            continue
        day = p.valid_to + timedelta(days=1)
        before = older.get((p.name, p.valid_to.isoformat()))
        names, why = [p.name], basis.get((p.name, day.isoformat()), "")
        if before:
            names, why = [name.strip() for name in before["successor_names"].split("|")], before["basis"]
        elif day == _MERGED_2025:
            names, why = [merged[p.name]], _BASIS_2025
        for name in names:
            yield _unit(p), _unit(_standing(name, day)), day.isoformat(), why


def _standing(name: str, day: date) -> Province:
    """The province of this name on a day."""
    from extractors.vocabulary.registers import provinces

    return next(p for p in provinces() if p.name == name and p.valid(day, day))


def _unit(p: Province) -> str:
    return f"{p.name}/{p.kind}/{p.valid_from.isoformat() if p.valid_from else ''}"


def _bare(name: str) -> str:
    """The name of `provinces_history.csv` without what tells it from a later unit: "Lai Châu (before split)"."""
    return re.sub(r" \(.*\)", "", name)


def _days(row: dict[str, str]) -> tuple[str | None, str | None]:
    return row["valid_from"] or None, row["valid_to"] or None


def _csv(name: str) -> list[dict[str, str]]:
    with files("extractors.vocabulary").joinpath(name).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))
