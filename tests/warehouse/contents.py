"""What a warehouse holds, as one digest a table: equal where the same files were landed, whoever landed them and when."""

from __future__ import annotations

import duckdb

#: Columns that name a run or its time; nothing else may differ between two ways of landing the same files.
_OF_THE_RUN = {"run", "first_run", "started_at", "applied_at", "basis"}
_LEFT = {"runs", "schema_versions", "view_versions"}


def contents(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, str]]:
    """Table: number of rows and a digest of them, in whatever order they stand."""
    columns: dict[str, list[str]] = {}
    for table, column in con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() JOIN duckdb_tables() USING (database_name, table_name) "
        "WHERE database_name = current_database() ORDER BY table_name, column_index"
    ).fetchall():
        columns.setdefault(table, []).append(column)
    found = {}
    for table in columns.keys() - _LEFT:
        kept = ", ".join(f'"{name}"' for name in columns[table] if name not in _OF_THE_RUN)
        ((rows, digest),) = con.execute(
            f"SELECT count(*), md5(coalesce(string_agg(row, chr(10) ORDER BY row), '')) "
            f"FROM (SELECT CAST(t AS VARCHAR) AS row FROM (SELECT {kept} FROM {table}) t)"
        ).fetchall()
        found[table] = (int(rows), str(digest))
    return found
