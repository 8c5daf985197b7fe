"""Reading a lake: an in-memory DuckDB whose views are those of the warehouse, over the files of one listing.

Exactly once: runs may land the same reading at once, and a crash may leave the parts of a compaction beside the old ones.
Of each reading the copy of the run that started first counts, and of that its latest part, which no compaction is about to
delete; what hangs on the other copies is left out with them.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Final

import duckdb

from pipeline.lake import schema
from pipeline.lake.files import PROTOCOL, PartFiles
from pipeline.lake.paths import SEAL, TABLES, LakeError, Part, Place, existing, listing, newer, reaching
from pipeline.lake.views import make_views
from pipeline.warehouse.store import now
from pipeline.warehouse.vocabulary import refresh

#: Rows of these are one a key, whichever part they are in; of the runs that wrote the key the first one counts.
_KEYS: Final = {
    "documents": ("first_run", "sha256"),
    "files": ("first_run", "path, sha256"),
    "members": ("first_run", "path, sha256, root_sha256"),
    "refusals": ("run", "path, sha256, code"),
}
DUPLICATES: Final = "lake_duplicates"
_STARTS: Final = "lake_runs"
_OWN: Final = {
    _STARTS: "Những lần chạy đã ghi vào hồ",
    f"{_STARTS}.run": "Mã lần chạy",
    f"{_STARTS}.started_at": "Lúc bắt đầu (giờ UTC)",
    f"{_STARTS}.soat_version": "Phiên bản Soát",
    DUPLICATES: "Bản trùng của lần đọc do nhiều lần chạy cùng ghi; không tính",
    f"{DUPLICATES}.reading": "Lần đọc",
    f"{DUPLICATES}.part": "Phần dữ liệu chứa bản trùng",
}
_READS: Final = {"SELECT", "EXPLAIN", "PRAGMA", "CALL", "MULTI"}  # MULTI is PIVOT
_SANDBOX: Final = (
    "SET python_enable_replacements = false",
    "SET autoinstall_known_extensions = false",
    f"SET allowed_directories = ['{PROTOCOL}://']",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)


def attach(con: duckdb.DuckDBPyConnection, place: Place, parts: Iterable[Part]) -> PartFiles:
    """Let `con` read the files of `parts`, and none but these."""
    files = PartFiles(place, parts)
    con.register_filesystem(files)
    return files


def scan(table: str, parts: Iterable[Part], columns: schema.Columns) -> str:
    """A SELECT of all rows that `parts` have of a table, with `columns` and `part`; typed and empty where there are none."""
    wanted = columns[table]
    nothing = ", ".join(f"NULL::{kind} AS {name}" for name, kind in wanted.items())
    selects = []
    held = sorted((part for part in parts if table in part.files), key=lambda part: part.schema)
    for version, group in groupby(held, key=lambda part: part.schema):
        known = wanted if version == schema.newest() else schema.structure(version).columns[table]
        names = ", ".join(name if name in known else f"NULL::{kind} AS {name}" for name, kind in wanted.items())
        paths = ", ".join(f"'{PROTOCOL}://{part.path(table)}'" for part in group)
        selects.append(f"SELECT {names}, part FROM read_parquet([{paths}], hive_partitioning = false)")
    return " UNION ALL ".join(selects) or f"SELECT {nothing}, NULL::VARCHAR AS part WHERE false"


def find_duplicates(con: duckdb.DuckDBPyConnection, parts: Iterable[Part], columns: schema.Columns) -> int:
    """Fill two tables: when each run started, and which copies of readings do not count; return their number."""
    parts = list(parts)
    con.execute(
        f"CREATE OR REPLACE TABLE {_STARTS} AS SELECT run, min(started_at) AS started_at, "
        f"min(soat_version) AS soat_version FROM ({scan('runs', parts, columns)}) GROUP BY run"
    )
    con.execute(
        f"CREATE OR REPLACE TABLE {DUPLICATES} AS SELECT reading, part FROM ({scan(SEAL, parts, columns)}) r "
        f"LEFT JOIN {_STARTS} u USING (run) "
        "QUALIFY row_number() OVER (PARTITION BY reading ORDER BY u.started_at, run, path, part DESC) > 1"
    )
    return int(con.execute(f"SELECT count(*) FROM {DUPLICATES}").fetchall()[0][0])


def counted(table: str, parts: Iterable[Part], columns: schema.Columns, duplicates: int) -> str:
    """A SELECT of the rows of a table that count, with `columns` and `part`, after `find_duplicates` of the same parts."""
    rows = scan(table, parts, columns)
    if table == "runs":
        return f"SELECT {', '.join(columns[table])}, NULL::VARCHAR AS part FROM {_STARTS}"
    if table in _KEYS:
        run, key = _KEYS[table]
        return (
            f"SELECT t.* FROM ({rows}) t LEFT JOIN {_STARTS} u ON u.run = t.{run} "
            f"QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY u.started_at, t.{run}, t.part DESC) = 1"
        )
    # almost always there is none, and a view without a join lets filters through to the row groups
    return f"SELECT * FROM ({rows}) t ANTI JOIN {DUPLICATES} d USING (reading, part)" if duplicates else rows


def check_schemas(place: Place, parts: Iterable[Part]) -> None:
    """Raises LakeError "newer" where a newer program has written a part."""
    latest = max((part.schema for part in parts), default=0)
    if latest > schema.newest():
        raise newer(place.uri, latest, schema.newest())


@contextlib.contextmanager
def open_lake(uri: str, asked: str | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """The lake for queries of a user, as it was when it was listed: tables and views named and typed as in the warehouse.

    `asked`: the SQL that will be asked, where only the views that it names are wanted. The connection reads the listed
    files and nothing else, and its settings are locked; what it writes is in memory and lost. Raises LakeError: missing,
    newer, foreign, damaged, unreachable.
    """
    with _opened(uri, asked) as (con, _):
        yield con


@contextlib.contextmanager
def query(uri: str, statement: str) -> Iterator[tuple[list[str], Iterator[tuple[Any, ...]]]]:
    """Column names and rows of one statement that reads, the rows fetched as they are asked for.

    Raises LakeError as `open_lake` does, "statement" where it fails or does not only read, and "changed" where a part was
    deleted in the meantime: a compaction keeps what it replaces for an hour, so only a query that takes longer meets it.
    """
    with _opened(uri, statement) as (con, files):
        try:
            if forbidden := {s.type.name for s in con.extract_statements(statement)} - _READS:
                raise _statement(f"{', '.join(sorted(forbidden))}: soat sql chỉ đọc", "only reading is allowed")
            try:
                result = con.execute(statement)
            except (duckdb.CatalogException, duckdb.BinderException):
                make_views(con)  # a name that is put together, or what a wrong one may have meant
                result = con.execute(statement)
            columns = [str(column[0]) for column in result.description or ()]
            yield columns, _fetched(result)
        except duckdb.Error as error:
            if files.lost:
                raise changed(uri) from error
            said = str(error).strip()
            said = said.splitlines()[-1] if "Traceback" in said else said  # of the file system, which is Python
            raise _statement(said, said) from error


def _statement(vi: str, en: str) -> LakeError:
    return LakeError("statement", f"Câu lệnh không chạy được: {vi}", f"The statement failed: {en}")


def changed(uri: str) -> LakeError:
    """What is said where files were deleted under a reader."""
    return LakeError(
        "changed",
        f"Hồ {uri} vừa được gộp tệp trong lúc đọc. Hãy chạy lại.",
        f"The lake {uri} was compacted while it was read. Run it again.",
    )


def _fetched(result: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while some := result.fetchmany(1000):
        yield from some


@contextlib.contextmanager
def _opened(uri: str, asked: str | None) -> Iterator[tuple[duckdb.DuckDBPyConnection, PartFiles]]:
    place = existing(uri)
    with reaching(uri):
        parts = listing(place).parts
    check_schemas(place, parts)
    with tempfile.TemporaryDirectory() as spill, duckdb.connect(":memory:") as con:
        con.execute("SET temp_directory = ?", [spill])
        files = attach(con, place, parts)
        try:
            _build(con, parts, asked)
        except duckdb.Error as error:
            raise trouble(place, files, error) from error
        for setting in _SANDBOX:
            con.execute(setting)
        yield con, files


def trouble(place: Place, files: PartFiles, error: duckdb.Error) -> LakeError:
    """What is said where a file is gone or is no Parquet; an error of the program's own SQL is raised as it is."""
    if files.lost:
        return changed(place.uri)
    if isinstance(error, duckdb.CatalogException | duckdb.ParserException | duckdb.BinderException):
        raise error
    last = str(error).strip().splitlines()[-1]
    return LakeError("damaged", f"Không đọc được hồ {place.uri}: {last}", f"Cannot read the lake {place.uri}: {last}")


def _build(con: duckdb.DuckDBPyConnection, parts: tuple[Part, ...], asked: str | None) -> None:
    """The facts as views over the files, the other tables as tables, then the warehouse's public views as `asked`."""
    structure = schema.structure(schema.newest())
    columns, comments = structure.columns, dict(structure.comments) | _OWN
    duplicates = find_duplicates(con, parts, columns)
    for table, kinds in columns.items():
        if table in TABLES:
            rows = counted(table, parts, columns, duplicates)
            con.execute(f"CREATE VIEW {table} AS SELECT {', '.join(kinds)} FROM ({rows})")
        else:
            con.execute(f"CREATE TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in kinds.items())})")
    for number, name, _ in schema.steps("schema"):
        con.execute("INSERT INTO schema_versions VALUES (?, ?, ?)", [number, name, now()])
    for key in structure.keys:  # of views there are only declared ones
        kind = "FOREIGN KEY" if key.referenced else "PRIMARY KEY"
        told = [kind, key.table, ", ".join(key.columns), key.referenced, ", ".join(key.referenced_columns) or None]
        con.execute("INSERT INTO declared_keys VALUES (?, ?, ?, ?, ?)", told)
    refresh(con)
    make_views(con, asked)
    for name, said in comments.items():
        kind = "COLUMN" if "." in name else "VIEW" if name in TABLES else "TABLE"
        con.execute(f"COMMENT ON {kind} {name} IS '{said.replace(chr(39), chr(39) * 2)}'")
