"""Keys of the tables of facts: told in `declared_keys`, kept by how rows are written, counted by `soat verify`.

DuckDB holds an index in the file for every key that a table declares. For the rows that hang on a reading these were four
fifths of the file, and closing it took longer with every report (`python -m tests.scale` measures both). Such rows are
only ever written together with their reading, in one transaction, and `readings` has its key: none can come twice or alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import duckdb

#: In an order in which none is dropped before what refers to it.
FACTS: Final = (
    "decisions",
    "finding_checks",
    "finding_evidence",
    "check_observations",
    "suspects",
    "findings",
    "checks",
    "dates",
    "citations",
    "observations",
    "warnings",
)
_CLAUSE: Final = re.compile(r", (?:PRIMARY KEY|FOREIGN KEY)\s?\([^)]*\)(?: REFERENCES \w+\([^)]*\))?")
_CONSTRAINTS: Final = """
    SELECT
        constraint_type, table_name, array_to_string(constraint_column_names, ', '),
        referenced_table, array_to_string(referenced_column_names, ', ')
    FROM duckdb_constraints()
    WHERE database_name = current_database() AND constraint_type IN ('PRIMARY KEY', 'FOREIGN KEY')
    ORDER BY constraint_type DESC, table_name, constraint_index
"""


@dataclass(frozen=True, slots=True)
class Key:
    """What makes a row of `table` one (`referenced` is None), or the row of another table that it hangs on."""

    table: str
    columns: tuple[str, ...]
    referenced: str | None
    referenced_columns: tuple[str, ...]


def keys(con: duckdb.DuckDBPyConnection) -> list[Key]:
    """All keys of an open warehouse: those that DuckDB keeps, and those that are only declared."""
    kept = con.execute(_CONSTRAINTS).fetchall()
    declared = con.execute(
        "SELECT kind, table_name, column_names, referenced_table, referenced_column_names FROM declared_keys ORDER BY ALL DESC"
    ).fetchall()
    return [
        Key(table, tuple(columns.split(", ")), other, tuple(theirs.split(", ")) if other else ())
        for _, table, columns, other, theirs in kept + declared
    ]


def declare(con: duckdb.DuckDBPyConnection) -> None:
    """Turn the keys of the tables of facts into rows of `declared_keys`, and the tables into ones without an index.

    Part of schema step 004, in its transaction: columns, checks, comments and rows stay as they are.
    """
    con.execute(
        f"INSERT INTO declared_keys SELECT * FROM ({_CONSTRAINTS}) WHERE list_contains(?, table_name)", [list(FACTS)]
    )
    for table in FACTS:
        _without_keys(con, table)
    for table in FACTS:
        con.execute(f"DROP TABLE {table}")
    for table in FACTS:
        con.execute(f"ALTER TABLE new_{table} RENAME TO {table}")


def _without_keys(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """Make new_`table`, which is `table` without its keys."""
    ((made, comment),) = con.execute(
        "SELECT sql, comment FROM duckdb_tables() WHERE table_name = ? AND database_name = current_database()", [table]
    ).fetchall()
    bare = re.sub(r"^CREATE TABLE \S*?\(", f"CREATE TABLE new_{table}(", _CLAUSE.sub("", made))
    con.execute(bare)
    ((columns,),) = con.execute(
        "SELECT column_names FROM declared_keys WHERE table_name = ? AND kind = 'PRIMARY KEY'", [table]
    ).fetchall()
    for name in columns.split(", "):  # as the key implied
        con.execute(f"ALTER TABLE new_{table} ALTER COLUMN {name} SET NOT NULL")
    con.execute(f"INSERT INTO new_{table} SELECT * FROM {table}")
    con.execute(f"COMMENT ON TABLE new_{table} IS {_literal(comment)}")
    comments = con.execute(
        "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = ? AND database_name = current_database()",
        [table],
    ).fetchall()
    for name, told in comments:
        con.execute(f"COMMENT ON COLUMN new_{table}.{name} IS {_literal(told)}")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
