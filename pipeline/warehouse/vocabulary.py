"""The program's vocabulary as rows: indicators, and every name of a province with the unit that it belongs to today."""

from __future__ import annotations

import csv
import json
import re
from importlib.resources import files
from typing import Any, Final

import duckdb

from pipeline.warehouse.transaction import transaction

_COLUMNS: Final = {
    "indicators": ("id", "name_vi", "name_en", "unit"),
    "provinces": ("name", "kind", "valid_from", "valid_to", "name_today"),
}


def refresh(con: duckdb.DuckDBPyConnection) -> None:
    """Bring the vocabulary tables up to date; a warehouse that has today's vocabulary is not touched."""
    for table, rows in (("indicators", _indicators()), ("provinces", _provinces())):
        shape = json.dumps([dict.fromkeys(_COLUMNS[table], "VARCHAR")])
        fresh = f"SELECT unnest(from_json_strict(?, '{shape}'), recursive := true)"
        casts = ", ".join(f"{name}::VARCHAR AS {name}" for name in _COLUMNS[table])
        given = json.dumps([dict(zip(_COLUMNS[table], row, strict=True)) for row in rows], ensure_ascii=False)
        if set(con.execute(f"SELECT {casts} FROM {table}").fetchall()) == set(rows):
            continue
        with transaction(con):
            con.execute(f"DELETE FROM {table}")
            con.execute(f"INSERT INTO {table} BY NAME {fresh}", [given])


def _indicators() -> list[tuple[Any, ...]]:
    from extractors.vocabulary import indicators

    return [(i.id, i.name_vi, i.name_en, i.unit) for i in indicators().values()]


def _provinces() -> list[tuple[Any, ...]]:
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
        name = re.sub(r" \(.*\)", "", row["name"])
        units = {today.get(part.strip(), part.strip()) for part in row["successor_names"].split("|")}
        rows.setdefault(name, (name, row["kind"], *_days(row), units.pop() if len(units) == 1 else None))
    return list(rows.values())


def _days(row: dict[str, str]) -> tuple[str | None, str | None]:
    return row["valid_from"] or None, row["valid_to"] or None


def _csv(name: str) -> list[dict[str, str]]:
    with files("extractors.vocabulary").joinpath(name).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))
