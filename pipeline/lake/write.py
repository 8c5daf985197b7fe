"""Writing to a lake: lines become parts, any number of runs at once, without a lock.

Lines are staged in memory first, in tables with the schema's own types and checks, so that a line that breaks a rule fails
here as it fails in the warehouse, and no figure passes a float. A full stage becomes a part for each year: its tables'
files, then its seal. A run that is cut off before the seal has written nothing that anybody reads.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from types import TracebackType
from typing import Any, Final

import duckdb

from pipeline.exports.json import Line
from pipeline.lake import schema
from pipeline.lake.paths import (
    NO_YEAR,
    SEAL,
    TABLES,
    LakeError,
    Part,
    Place,
    file_path,
    founded,
    listing,
    new_part,
    reaching,
)
from pipeline.lake.read import attach, check_schemas, scan, trouble
from pipeline.warehouse.load import Outcome, Run
from pipeline.warehouse.rows import Row, Rows, refusal_row, rows_of
from pipeline.warehouse.store import quoted
from pipeline.warehouse.transaction import transaction

#: Lines in a stage: some megabytes of memory, and parts that are not too small.
BATCH: Final = 256
#: Other runs' readings are looked for again when parts have been written and this many seconds have gone by.
LOOK_AGAIN: Final = 60.0
#: A compaction sweeps files without a seal after a day; whoever took longer than this must not seal them any more.
SEAL_WITHIN: Final = 3600.0
_YEAR: Final = f"CASE WHEN period_year BETWEEN 1 AND 9999 THEN period_year::VARCHAR ELSE '{NO_YEAR}' END"
_NO_READING: Final = "sha256 NOT IN (SELECT sha256 FROM readings)"
_LEARNT: Final = {
    "readings": "reading",
    "files": "path, sha256",
    "members": "path, sha256, root_sha256",
    "refusals": "path, sha256, code",
}


@dataclass(slots=True)
class Known:
    """What is in a lake, or staged for it: enough to tell new from known. About 500 bytes a document."""

    readings: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    files: set[tuple[str, str]] = field(default_factory=set)
    members: set[tuple[str, str, str]] = field(default_factory=set)
    refusals: set[tuple[str, str, str]] = field(default_factory=set)
    before: Known | None = None

    def has(self, table: str, key: object) -> bool:
        """Whether the key is here, or was known before."""
        return key in getattr(self, table) or (self.before is not None and self.before.has(table, key))

    def add(self, rows: Rows) -> None:
        """Take the keys of `rows`."""
        self.readings.update(row["reading"] for row in rows.get("readings", ()))
        self.documents.update(row["sha256"] for row in rows.get("documents", ()))
        self.files.update((row["path"], row["sha256"]) for row in rows.get("files", ()))
        self.members.update(map(_member, rows.get("members", ())))
        self.refusals.update((row["path"], row["sha256"], row["code"]) for row in rows.get("refusals", ()))

    def learn(self, table: str, found: Iterable[tuple[Any, ...]]) -> None:
        """Take keys as `_LEARNT` asks for them."""
        match table:
            case "readings":
                self.readings.update(reading for (reading,) in found)
            case "files":
                self.files.update((path, digest) for path, digest in found)
                self.documents.update(digest for _, digest in self.files)
            case "members":
                self.members.update((path, digest, root) for path, digest, root in found)
            case _:
                self.refusals.update((path, digest, code) for path, digest, code in found)

    def sift(self, line: Line, run: str) -> tuple[Outcome, Rows]:
        """What a line is to the lake, and the rows that it lacks. A reading always brings its document and its path, so that
        a part stands by itself."""
        if line["error"]:
            row = refusal_row(line, run)
            held = self.has("refusals", (row["path"], row["sha256"], row["code"]))
            return "refused", {} if held else {"refusals": [row]}
        rows = rows_of(line, run)
        rows["members"] = [row for row in rows["members"] if not self.has("members", _member(row))]
        path, digest = line["source"]["path"], line["source"]["sha256"]
        if not self.has("readings", rows["readings"][0]["reading"]):
            return ("reread" if self.has("documents", digest) else "new"), rows
        seen = self.has("files", (path, digest)) and not rows["members"]
        return "known", {} if seen else {table: rows[table] for table in ("documents", "files", "members")}


def _member(row: Row) -> tuple[str, str, str]:
    return row["path"], row["sha256"], row["root_sha256"]


class LakeWriter:
    """Lands lines of one run in a lake; use it in a `with`, at whose end what is staged is written.

    The lake is made where there is none. Raises LakeError where it cannot be used: newer, foreign, damaged, unreachable.
    """

    def __init__(self, uri: str, run: Run, batch: int = BATCH) -> None:
        self._uri, self._run, self._batch = uri, run, batch
        self._stage = _Stage(run)
        self._known = Known()
        self._seen: set[str] = set()
        try:
            self._place = founded(uri)
            self._look()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> LakeWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.flush()
        finally:
            self.close()

    def land(self, line: Line) -> Outcome:
        """Stage one line: "new" bytes, known bytes "reread" with other facts, "known" altogether, or "refused".

        It is in the lake when the stage is full, at `flush` or at the end of the `with`. Raises as `land_all` does.
        """
        return self.land_all([line])[0]

    def land_all(self, lines: Sequence[Line]) -> list[Outcome]:
        """Stage lines together, one statement a table, and say of each what `land` says; all or none.

        Raises duckdb.Error where a line breaks a rule of the schema, and LakeError where a full stage cannot be written: it
        stays staged, and `flush` tries again.
        """
        if self._stale and time.monotonic() - self._looked > LOOK_AGAIN:
            self._look()
        outcomes: list[Outcome] = []
        together: Rows = {}
        ahead = Known(before=self._known)
        for line in lines:
            outcome, rows = ahead.sift(line, self._run.run)
            ahead.add(rows)
            outcomes.append(outcome)
            for table, some in rows.items():
                together.setdefault(table, []).extend(some)
        if together:
            self._stage.add(together)
            self._known.add(together)
        if self._stage.lines >= self._batch:
            self.flush()
        return outcomes

    def land_many(self, lines: Iterable[Line]) -> list[Outcome]:
        """Land lines and return when all of them are in the lake.

        Raises as `land_all` does at the first line that breaks a rule; those before it are in the lake, those after are not.
        """
        outcomes: list[Outcome] = []
        turns = iter(lines)
        try:
            while some := list(islice(turns, self._batch)):
                try:
                    outcomes += self.land_all(some)
                except duckdb.Error:
                    outcomes += [self.land(line) for line in some]
        finally:
            self.flush()
        return outcomes

    def flush(self) -> None:
        """Write all that is staged."""
        with reaching(self._uri):
            for year, tables in self._stage.parts():
                self._seen.add(write_part(self._stage.con, self._place, year, tables))
                self._stale = True
        self._stage.empty()

    def close(self) -> None:
        """Let go of what is staged and not written."""
        self._stage.con.close()

    def _look(self) -> None:
        """Learn what is in parts that were not there before; where a compaction deletes them meanwhile, in those after."""
        for again in (True, True, False):
            with reaching(self._uri):
                parts = [part for part in listing(self._place).parts if part.name not in self._seen]
            check_schemas(self._place, parts)
            with duckdb.connect(":memory:") as con:
                files = attach(con, self._place, parts)
                try:
                    self._learn(con, parts)
                    break
                except duckdb.Error as error:
                    if not (again and files.lost):
                        raise trouble(self._place, files, error) from error
        self._seen.update(part.name for part in parts)
        self._looked, self._stale = time.monotonic(), False

    def _learn(self, con: duckdb.DuckDBPyConnection, parts: list[Part]) -> None:
        columns = schema.structure(schema.newest()).columns
        for table, keys in _LEARNT.items():
            found = con.execute(f"SELECT DISTINCT {keys} FROM ({scan(table, parts, columns)})").fetchall()
            self._known.learn(table, found)


class _Stage:
    """The tables of a lake in memory, for what becomes the next parts."""

    def __init__(self, run: Run) -> None:
        self._run, self.lines, self._name = run, 0, "stage0"
        self.con = duckdb.connect(":memory:")
        self._make()

    def _make(self) -> None:
        self.con.execute(f"ATTACH ':memory:' AS {self._name}")
        self.con.execute(f"USE {self._name}")
        made = schema.structure(schema.newest()).made
        for table in TABLES:
            self.con.execute(made[table])
        self.con.execute(
            "INSERT INTO runs VALUES (?, ?, ?)", [self._run.run, self._run.started_at, self._run.soat_version]
        )

    def empty(self) -> None:
        """Forget all rows: the tables are made anew, because rows that were referred to are slow to delete."""
        if self.lines:
            old, self._name, self.lines = self._name, f"stage{int(self._name[5:]) + 1}", 0
            self._make()
            self.con.execute(f"DETACH {old}")

    def add(self, rows: Rows) -> None:
        """Append rows, all or none of them. Bytes that were staged under another name keep their row."""
        with transaction(self.con):
            for table in TABLES:
                if some := rows.get(table):
                    self._insert(table, some, "OR IGNORE" if table in ("documents", "files") else "")
        self.lines += sum(len(rows.get(table, ())) for table in ("files", "refusals"))

    def parts(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Year and a SELECT for each table that has rows, of every part that the staged rows make.

        What hangs on no staged reading (refusals, new names of known bytes) has no year.
        """
        if not self.lines:
            return
        years = self.con.execute(f"SELECT DISTINCT {_YEAR} FROM readings ORDER BY 1").fetchall()
        loose = [
            "SELECT 1 FROM refusals",
            *(f"FROM {t} WHERE {_NO_READING}" for t in ("documents", "files", "members")),
        ]
        if (NO_YEAR,) not in years and any(self.con.execute(f"{rows} LIMIT 1").fetchall() for rows in loose):
            years.append((NO_YEAR,))
        for (year,) in years:
            selects = {table: self._of(table, str(year)) for table in TABLES}
            yield year, {t: s for t, s in selects.items() if self.con.execute(f"FROM ({s}) LIMIT 1").fetchall()}

    def _of(self, table: str, year: str) -> str:
        mine = f"FROM readings WHERE {_YEAR} = '{year}'"
        match table:
            case "runs":
                return "FROM runs"
            case "readings":
                return mine
            case "refusals":
                return f"FROM refusals WHERE {year == NO_YEAR}"
            case "documents" | "files" | "members":
                loose = f" OR {_NO_READING}" if year == NO_YEAR else ""
                return f"FROM {table} WHERE sha256 IN (SELECT sha256 {mine}){loose}"
        return f"FROM {table} WHERE reading IN (SELECT reading {mine})"

    def _insert(self, table: str, rows: list[Row], how: str) -> None:
        """Rows as one JSON parameter, cast strictly to the columns' types; a key that is no column is left."""
        columns = schema.structure(schema.newest()).columns[table]
        kept = [{name: row.get(name) for name in columns} for row in rows]
        shape = json.dumps([dict(columns)]).replace("'", "''")  # of the schema's own names, not of data
        self.con.execute(
            f"INSERT {how} INTO {table} BY NAME SELECT unnest(from_json_strict(?, '{shape}'), recursive := true)",
            [json.dumps(kept, ensure_ascii=False)],
        )


def write_part(
    con: duckdb.DuckDBPyConnection,
    place: Place,
    year: str,
    tables: Mapping[str, str],
    before_seal: Callable[[str], None] | None = None,
) -> str:
    """Write a SELECT a table as one part and return its name.

    The seal comes last; `before_seal` is called with the part's name just before. Raises LakeError "slow" where the writing
    took so long that a compaction may have swept the first files.
    """
    began = time.time()
    columns = schema.structure(schema.newest()).columns
    part = new_part(schema.newest(), set(tables))
    nothing = f"SELECT {', '.join(f'NULL::{kind} AS {name}' for name, kind in columns[SEAL].items())} WHERE false"
    for table in [*sorted(set(tables) - {SEAL}), SEAL]:
        with place.writing(file_path(table, year, part)) as local:
            con.execute(
                f"COPY (SELECT {', '.join(columns[table])}, '{part}' AS part FROM ({tables.get(table, nothing)}) "
                f"ORDER BY {schema.order_of(columns[table])}) TO {quoted(local)} (FORMAT parquet, COMPRESSION zstd)"
            )
            if table == SEAL:
                if before_seal:
                    before_seal(part)
                _in_time(place, began)
    return part


def _in_time(place: Place, began: float) -> None:
    if time.time() - began > SEAL_WITHIN:
        raise LakeError(
            "slow",
            f"Ghi vào hồ {place.uri} quá lâu. Hãy chạy lại.",
            f"Writing to the lake {place.uri} took too long. Run it again.",
        )
