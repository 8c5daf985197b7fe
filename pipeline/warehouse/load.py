"""Landing lines of the contract in the warehouse: one transaction a document, one statement a table.

The same bytes with the same facts land once, so a second run changes nothing. Rows travel as one JSON parameter a
table and are cast strictly to the table's own column types: no SQL is ever made from data, no figure passes a float.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

import duckdb

from pipeline.exports.json import Line
from pipeline.warehouse.rows import Row, refusal_row, rows_of
from pipeline.warehouse.store import now
from pipeline.warehouse.transaction import transaction

Outcome = Literal["new", "reread", "known", "refused"]


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the program; it enters the warehouse with the first thing that it lands."""

    soat_version: str
    run: str = field(default_factory=lambda: uuid.uuid4().hex)
    started_at: datetime = field(default_factory=now)


class Loader:
    """Lands lines of one run over one open connection."""

    def __init__(self, con: duckdb.DuckDBPyConnection, run: Run) -> None:
        self._con = con
        self._run = run
        self._columns: dict[str, dict[str, str]] = {}

    def land(self, line: Line) -> Outcome:
        """Land one line: "new" bytes, known bytes "reread" with other facts, "known" altogether, or "refused".

        Raises duckdb.Error, the warehouse being as before, where the line breaks a rule of the schema.
        """
        with transaction(self._con):
            return self._land_refusal(line) if line["error"] else self._land_reading(line)

    def _land_refusal(self, line: Line) -> Outcome:
        row = refusal_row(line, self._run.run)
        if not self._holds("refusals", row, "path", "sha256", "code"):
            self._register()
            self._insert("refusals", [row])
        return "refused"

    def _land_reading(self, line: Line) -> Outcome:
        rows = rows_of(line, self._run.run)
        held = self._holds("documents", rows["documents"][0], "sha256")
        read = self._holds("readings", rows["readings"][0], "reading")
        seen = self._holds("files", rows["files"][0], "path", "sha256")
        missing = [table for table, there in (("documents", held), ("files", seen)) if not there]
        missing += [] if read else [table for table in rows if table not in ("documents", "files")]
        if missing:
            self._register()
        for table in missing:
            self._insert(table, rows[table])
        if read:
            return "known"
        return "reread" if held else "new"

    def _holds(self, table: str, row: Row, *key: str) -> bool:
        """Whether the table has a row with the same key."""
        where = " AND ".join(f"{column} = ?" for column in key)
        found = self._con.execute(f"SELECT 1 FROM {table} WHERE {where}", [row[column] for column in key])
        return bool(found.fetchall())

    def _register(self) -> None:
        run = self._run
        self._con.execute("INSERT OR IGNORE INTO runs VALUES (?, ?, ?)", [run.run, run.started_at, run.soat_version])

    def _insert(self, table: str, rows: list[Row]) -> None:
        """Append `rows` in one statement; a column that a row lacks becomes NULL, a key that is no column is left."""
        if not rows:
            return
        columns = self._columns.get(table) or self._columns.setdefault(table, self._shape(table))
        kept = [{name: row.get(name) for name in columns} for row in rows]
        shape = json.dumps([columns]).replace("'", "''")  # of the schema's own names, not of data
        self._con.execute(
            f"INSERT INTO {table} BY NAME SELECT unnest(from_json_strict(?, '{shape}'), recursive := true)",
            [json.dumps(kept, ensure_ascii=False)],
        )

    def _shape(self, table: str) -> dict[str, str]:
        """Names and types of a table's columns, in its own order."""
        found = self._con.execute(
            "SELECT column_name, data_type FROM duckdb_columns() "
            "WHERE table_name = ? AND database_name = current_database() ORDER BY column_index",
            [table],
        )
        return dict(found.fetchall())
