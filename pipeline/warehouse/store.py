"""Opening the warehouse: one DuckDB file, its numbered schema steps and its views.

The file is created in the storage version of DuckDB 1.4, so that an office's other tools open it. It is built under
another name and put in place whole; schema steps run in one transaction; a warehouse of a newer Soát is refused.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import duckdb

from pipeline.warehouse.keys import declare
from pipeline.warehouse.lock import OnWait, WarehouseError, connect, refused
from pipeline.warehouse.transaction import transaction
from pipeline.warehouse.vocabulary import refresh

STORAGE_VERSION: Final = "v1.4.0"
#: Seconds for which one who writes, and one who asks, waits for the file. Windows of writing take a second at most; a question
#: may take minutes, and a run that gave up would have read its reports for nothing.
WRITER_PATIENCE: Final = 1800.0
READER_PATIENCE: Final = 60.0
# DuckDB rewrites the file whenever the log beside it has grown by this much; at its default of 16 MB that took most of
# the time of landing (35 of 90 ms a document of 80 figures and 200 citations). The log is merged when the run ends.
CHECKPOINT_AFTER: Final = "256MB"
# Merging the log costs more the more the file holds (it writes the last rows of every table anew), reading it again at the
# next opening costs what it holds: between the windows of one run it is left until it has grown to this.
LOG_BETWEEN_WINDOWS: Final = "32MB"
# what a query of a user may not do: touch other files, load extensions, read this process's variables, undo this
_SANDBOX: Final = {
    "enable_external_access": "false",
    "python_enable_replacements": "false",
    "autoinstall_known_extensions": "false",
    "lock_configuration": "true",
}


@contextlib.contextmanager
def writing(
    path: Path, patience: float = WRITER_PATIENCE, on_wait: OnWait | None = None, merge: bool = True
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse at `path` for writing, made if absent and brought up to date; waits its turn for `patience` seconds.

    Nobody else can open the file meanwhile: hold it shortly. `merge`: what was written moves from the log beside the file
    into the file; without, whoever opens it next reads the log too. Raises WarehouseError as `lock.connect` does, and
    "newer" or "foreign" where the file is none of ours.
    """
    if not path.exists():
        _create(path)
    with contextlib.closing(connect(path, patience, {}, False, on_wait)) as con:
        con.execute(f"SET checkpoint_threshold = '{CHECKPOINT_AFTER if merge else LOG_BETWEEN_WINDOWS}'")
        if not merge:
            con.execute("PRAGMA disable_checkpoint_on_shutdown")
        _migrate(con)
        _build_views(con)
        refresh(con)
        yield con


@contextlib.contextmanager
def changing(path: Path, on_wait: OnWait | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse that is there, for a word of an officer: as `writing`, but WarehouseError "missing" where there is none."""
    _there(path)
    with writing(path, on_wait=on_wait) as con:
        yield con


@contextlib.contextmanager
def reading(
    path: Path, patience: float = READER_PATIENCE, on_wait: OnWait | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse for queries of a user: nothing can be changed, no other file can be reached. Raises as `writing` does."""
    _there(path)
    with contextlib.closing(connect(path, patience, _SANDBOX, True, on_wait)) as con:
        _check_version(con)
        yield con


@contextlib.contextmanager
def query(
    path: Path, statement: str, on_wait: OnWait | None = None
) -> Iterator[tuple[list[str], Iterator[tuple[Any, ...]]]]:
    """Column names and rows of one statement, the rows fetched as they are asked for."""
    with reading(path, on_wait=on_wait) as con:
        try:
            result = con.execute(statement)
            columns = [str(column[0]) for column in result.description or ()]
            yield columns, _fetched(result)
        except duckdb.Error as error:
            raise WarehouseError(
                "statement", f"Câu lệnh không chạy được: {error}", f"The statement failed: {error}"
            ) from error


def _fetched(result: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while some := result.fetchmany(1000):
        yield from some


def _there(warehouse: Path) -> None:
    if not warehouse.exists():
        raise WarehouseError("missing", f"Chưa có kho dữ liệu {warehouse}.", f"There is no warehouse {warehouse} yet.")


def beside(path: Path) -> Path:
    """The name under which `path` is built before it is put in place whole."""
    return path.with_name(f".{path.name}.{os.getpid()}.building")


def discard(unfinished: Path) -> None:
    """Remove what was not put in place, a file with DuckDB's log of it or a folder; what is not there is no error."""
    if unfinished.is_dir():
        shutil.rmtree(unfinished)
        return
    for path in (unfinished, unfinished.with_name(f"{unfinished.name}.wal")):
        if path.exists():  # false also where a parent is a file, of which unlink would complain
            path.unlink()


def quoted(path: Path) -> str:
    """A path as a literal of SQL, for ATTACH and COPY, which take no parameters."""
    return "'" + str(path).replace("'", "''") + "'"


@contextlib.contextmanager
def building(
    warehouse: Path, target: Path, on_wait: OnWait | None = None
) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """The open warehouse, and a name beside `target` to write what comes of it to.

    The connection changes nothing in the warehouse but may write other files; no writer comes between. Who writes puts the
    result in place, what is left is removed. Raises WarehouseError: "exists" where there is a target already, what opening
    raises where the warehouse is none of ours, and "unreachable" or "full" where the target cannot be written.
    """
    if target.exists():
        raise WarehouseError("exists", f"Đã có {target}.", f"There is {target} already.")
    _there(warehouse)
    unfinished = beside(target)
    with contextlib.closing(connect(warehouse, READER_PATIENCE, {}, True, on_wait)) as con:
        _check_version(con)
        try:
            yield con, unfinished
        except (OSError, duckdb.Error) as error:
            raise refused(target, error) from error
        finally:
            discard(unfinished)


def _create(path: Path) -> None:
    """Build an empty warehouse beside `path` and put it in place whole; one that appeared meanwhile is kept."""
    unfinished = beside(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with duckdb.connect(":memory:") as con:
            con.execute(f"ATTACH {quoted(unfinished)} AS warehouse (STORAGE_VERSION '{STORAGE_VERSION}')")
            con.execute("USE warehouse")
            _migrate(con)
            _build_views(con)
            con.execute("USE memory")
            con.execute("DETACH warehouse")
        with contextlib.suppress(FileExistsError):
            os.link(unfinished, path)
    except (OSError, duckdb.IOException, duckdb.TransactionException) as error:
        raise refused(path, error) from error
    finally:
        discard(unfinished)


def _steps(folder: str) -> list[tuple[str, str]]:
    """Name and text of the SQL files of `folder`, by name."""
    found = [f for f in files("pipeline.warehouse").joinpath(folder).iterdir() if f.name.endswith(".sql")]
    return sorted((f.name, f.read_text(encoding="utf-8")) for f in found)


def _check_version(con: duckdb.DuckDBPyConnection) -> int:
    """The schema version of the open file; WarehouseError where it is newer than this program or none of ours."""
    try:
        (version,) = con.execute("SELECT coalesce(max(version), 0) FROM schema_versions").fetchall()[0]
    except duckdb.CatalogException as error:
        raise WarehouseError("foreign", "Tệp không phải kho của Soát.", "The file is no warehouse of Soát.") from error
    known = int(_steps("schema")[-1][0].split("_")[0])
    if version > known:
        raise WarehouseError(
            "newer",
            f"Kho được tạo bởi bản Soát mới hơn (cấu trúc {version}, bản này biết đến {known}). Hãy nâng cấp Soát.",
            f"The warehouse was made by a newer Soát (schema {version}, this one knows {known}). Upgrade Soát.",
        )
    return int(version)


def _migrate(con: duckdb.DuckDBPyConnection) -> None:
    """Apply the schema steps that the file lacks, all in one transaction."""
    empty = not con.execute(
        "SELECT 1 FROM duckdb_tables() WHERE NOT internal AND database_name = current_database()"
    ).fetchall()
    version = 0 if empty else _check_version(con)
    missing = [(int(name.split("_")[0]), name, text) for name, text in _steps("schema")]
    missing = [step for step in missing if step[0] > version]
    if not missing:
        return
    with transaction(con):
        for number, name, text in missing:
            con.execute(text)
            if name.endswith("_declared_keys.sql"):
                declare(con)
            con.execute("INSERT INTO schema_versions VALUES (?, ?, ?)", [number, name, now()])


def _build_views(con: duckdb.DuckDBPyConnection) -> None:
    """Make the views anew when their SQL is not the one that the file holds."""
    steps = _steps("views")
    fingerprint = hashlib.sha256("".join(text for _, text in steps).encode()).hexdigest()
    latest = con.execute("SELECT fingerprint FROM view_versions ORDER BY applied_at DESC LIMIT 1").fetchall()
    if latest == [(fingerprint,)]:
        return
    with transaction(con):
        for _, text in steps:
            con.execute(text)
        con.execute("INSERT OR REPLACE INTO view_versions VALUES (?, ?)", [fingerprint, now()])


def now() -> datetime:
    """The moment in UTC, without a zone, as the warehouse keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)
