"""Landing lines of the contract in the warehouse: one transaction a batch, few statements a table.

The same bytes with the same facts land once, so a second run changes nothing. Rows travel as JSON parameters and
are cast strictly to the table's own column types: no SQL is ever made from data, no figure passes a float.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

import duckdb

from extractors.model import Report, Source
from pipeline.exports.json import Line, line
from pipeline.warehouse.rows import Row, Rows, refusal_row, rows_of
from pipeline.warehouse.store import now
from pipeline.warehouse.transaction import transaction

Outcome = Literal["new", "reread", "known", "refused"]
#: What DuckDB raises where a line breaks the rules of a table.
BROKEN: Final = (duckdb.ConstraintException, duckdb.InvalidInputException, duckdb.ConversionException)

#: Rows of one statement: while they are read from JSON each takes some 30 kB.
_AT_ONCE: Final = 1_000


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

    def land(self, made: Line) -> Outcome:
        """Land one line: "new" bytes, known bytes "reread" with other facts, "known" altogether, or "refused".

        Raises duckdb.Error, the warehouse being as before, where the line breaks a rule of the schema.
        """
        return self.land_all([made])[0]

    def land_all(self, lines: Sequence[Line]) -> list[Outcome]:
        """Land lines together and say of each what `land` says; all or none: raises as `land` does."""
        batch = [
            {"refusals": [refusal_row(x, self._run.run)]} if x["error"] else rows_of(x, self._run.run) for x in lines
        ]
        with transaction(self._con):
            held = self._held("documents", batch, "sha256")
            read = self._held("readings", batch, "reading")
            seen = self._held("files", batch, "path", "sha256")
            inside = self._held("members", batch, "path", "sha256", "root_sha256")
            refused = self._held("refusals", batch, "path", "sha256", "code")
            outcomes: list[Outcome] = []
            missing: Rows = {}
            for rows in batch:
                if "refusals" in rows:
                    outcomes.append("refused")
                    _add(missing, rows, "refusals", refused, "path", "sha256", "code")
                    continue
                known = _add(missing, rows, "documents", held, "sha256")
                _add(missing, rows, "files", seen, "path", "sha256")
                if rows["members"]:
                    _add(missing, rows, "members", inside, "path", "sha256", "root_sha256")
                again = _add(missing, rows, "readings", read, "reading")
                outcomes.append("known" if again else "reread" if known else "new")
                for table in () if again else rows.keys() - _WITH_THE_FILE:
                    missing.setdefault(table, []).extend(rows[table])
            if missing:
                self._register()
            for table in sorted(missing, key=_PARENTS_FIRST.index):
                self._insert(table, missing[table])
            self._name(missing.get("files", []))
        return outcomes

    def _name(self, files: list[Row]) -> None:
        """Give the readings of documents with a new name the first of their names, whichever was landed first."""
        self._con.execute(
            """
            UPDATE readings SET path = first
            FROM (SELECT sha256, min(path) AS first FROM files WHERE list_contains(?, sha256) GROUP BY sha256) named
            WHERE readings.sha256 = named.sha256 AND readings.path <> first
            """,
            [[row["sha256"] for row in files]],
        )

    def _held(self, table: str, batch: Iterable[Rows], *key: str) -> set[tuple[str, ...]]:
        """Those of the keys in `batch` that the table has."""
        asked = [{name: row[name] for name in key} for rows in batch for row in rows.get(table, ())]
        if not asked:
            return set()
        shape = json.dumps([dict.fromkeys(key, "VARCHAR")])
        names = ", ".join(key)
        found = self._con.execute(
            f"SELECT {names} FROM {table} SEMI JOIN "
            f"(SELECT unnest(from_json_strict(?, '{shape}'), recursive := true)) USING ({names})",
            [json.dumps(asked, ensure_ascii=False)],
        )
        return set(found.fetchall())

    def _register(self) -> None:
        run = self._run
        self._con.execute("INSERT OR IGNORE INTO runs VALUES (?, ?, ?)", [run.run, run.started_at, run.soat_version])

    def _insert(self, table: str, rows: list[Row]) -> None:
        """Append `rows`; a column that a row lacks becomes NULL, a key that is no column is left."""
        if not rows:
            return
        columns = self._columns.get(table) or self._columns.setdefault(table, self._shape(table))
        shape = json.dumps([columns]).replace("'", "''")  # of the schema's own names, not of data
        for some in range(0, len(rows), _AT_ONCE):
            kept = [{name: row.get(name) for name in columns} for row in rows[some : some + _AT_ONCE]]
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


#: Rows that do not hang on a reading, and the readings themselves.
_WITH_THE_FILE: Final = frozenset({"documents", "files", "members", "readings"})
#: An order in which every row finds what it hangs on.
_PARENTS_FIRST: Final = (
    "documents",
    "files",
    "members",
    "readings",
    "warnings",
    "observations",
    "citations",
    "dates",
    "checks",
    "findings",
    "check_observations",
    "finding_checks",
    "finding_evidence",
    "suspects",
    "own_dossiers",
    "recognised_figures",
    "signatures",
    "page_scores",
    "refusals",
)


def _add(missing: Rows, rows: Rows, table: str, held: set[tuple[str, ...]], *key: str) -> bool:
    """Put the one row of `table` among the missing unless it is held; whether it was."""
    (row,) = rows[table]
    identity = tuple(row[name] for name in key)
    known = identity in held
    if not known:
        held.add(identity)  # a second line of the same batch finds it there
        missing.setdefault(table, []).append(row)
    return known


def not_landed(made: Line, why: str) -> Line:
    """The refusal that lands in the place of a line that broke the warehouse's rules."""
    source = made["source"]
    bare = line(Report(Source(source["path"], source["sha256"], source["bytes"], source["format"])), None)
    message = {"vi": f"Không đưa được vào kho: {why}", "en": f"Could not be landed: {why}"}
    return bare | {"error": {"code": "not_landed", "message": message}}
