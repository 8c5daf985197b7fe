"""The tables of a lake are those of the warehouse: their columns come from the same numbered SQL steps.

A part keeps the step that it was written under in its name. Steps only add tables and columns that may be NULL, so an
older part is read with NULL in the columns that it lacks. A step that must fill what it adds from older rows cannot do
that here: it has to raise `paths.FORMAT`, and the reports are landed in a new lake.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import duckdb

from pipeline.warehouse.keys import Key, declare, keys

#: Of the columns that a table has, its files are sorted by these: row groups can then be skipped by their statistics.
_SORTED_BY: Final = (
    *("indicator", "reading", "finding_id", "check_id", "seq", "id", "path", "sha256", "run", "first_run"),
)
Columns = Mapping[str, Mapping[str, str]]


def steps(folder: str) -> list[tuple[int, str, str]]:
    """Number, name and text of the warehouse's SQL files in `folder` ("schema" or "views"), in order."""
    found = [f for f in files("pipeline.warehouse").joinpath(folder).iterdir() if f.name.endswith(".sql")]
    return sorted((int(f.name.split("_")[0]), f.name, f.read_text(encoding="utf-8")) for f in found)


@cache
def newest() -> int:
    """The newest step of the schema that this program knows."""
    return steps("schema")[-1][0]


@dataclass(frozen=True, slots=True)
class Structure:
    """The warehouse's tables at a step.

    `columns`: table -> column -> type; `comments`: what the schema says of "table" and of "table.column"; `made`: table ->
    the statement that makes it; `keys`: what makes rows one, and what they hang on.
    """

    columns: Columns
    comments: Mapping[str, str]
    made: Mapping[str, str]
    keys: Sequence[Key]


@cache
def structure(version: int) -> Structure:
    """The warehouse at a step, as the steps make it."""
    with duckdb.connect(":memory:") as con:
        for number, name, text in steps("schema"):
            if number <= version:
                con.execute(text)
                if name.endswith("_declared_keys.sql"):
                    declare(con)
        columns: dict[str, dict[str, str]] = {}
        tables = con.execute("SELECT table_name, comment, sql FROM duckdb_tables()").fetchall()
        comments = {table: comment for table, comment, _ in tables}
        found = con.execute(
            "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal "
            "ORDER BY table_name, column_index"
        )
        for table, column, kind, comment in found.fetchall():
            columns.setdefault(table, {})[column] = kind
            comments[f"{table}.{column}"] = comment
        told = {name: said for name, said in comments.items() if said}
        return Structure(columns, told, {table: made for table, _, made in tables}, keys(con))


def order_of(columns: Mapping[str, str]) -> str:
    """What a file of a table with these columns is sorted by."""
    return ", ".join(name for name in _SORTED_BY if name in columns)
