"""Opening the warehouse: one DuckDB file, its numbered schema steps and its views.

The file is created in the storage version of DuckDB 1.4, so that an office's other tools open it. It is built under
another name and put in place whole; schema steps run in one transaction; a warehouse of a newer Soát is refused.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import duckdb

from pipeline.texts import Told
from pipeline.warehouse.transaction import transaction
from pipeline.warehouse.vocabulary import refresh

STORAGE_VERSION: Final = "v1.4.0"
LOCK_SECONDS: Final = 5.0
# DuckDB rewrites the file whenever the log beside it has grown by this much; at its default of 16 MB that took most of
# the time of landing (35 of 90 ms a document of 80 figures and 200 citations). The log is merged when the run ends.
CHECKPOINT_AFTER: Final = "256MB"
_HOLDER = re.compile(r"lock is held in (?P<program>.+?) \(PID (?P<pid>\d+)\)")
# what a query of a user may not do: touch other files, load extensions, read this process's variables, undo this
_SANDBOX: Final = {
    "enable_external_access": "false",
    "python_enable_replacements": "false",
    "autoinstall_known_extensions": "false",
    "lock_configuration": "true",
}


class WarehouseError(Told):
    """The warehouse cannot be used; `code` is missing, locked, newer, foreign, unreachable, exists or statement."""

    def __init__(self, code: str, vi: str, en: str) -> None:
        super().__init__(vi, en, exit_code=2 if code == "statement" else 3)
        self.code = code


@contextlib.contextmanager
def writing(path: Path, wait: float = LOCK_SECONDS) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse at `path` for writing, made if absent and brought up to date; waits `wait` seconds for its lock."""
    if not path.exists():
        _create(path)
    con = _connect(path, wait, read_only=False)
    try:
        con.execute(f"SET checkpoint_threshold = '{CHECKPOINT_AFTER}'")
        _migrate(con)
        _build_views(con)
        refresh(con)
        yield con
    finally:
        con.close()


@contextlib.contextmanager
def reading(path: Path, wait: float = LOCK_SECONDS) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse for queries of a user: nothing can be changed, no other file can be reached."""
    if not path.exists():
        raise WarehouseError("missing", f"Chưa có kho dữ liệu {path}.", f"There is no warehouse {path} yet.")
    con = _connect(path, wait, read_only=True)
    try:
        _check_version(con)
        yield con
    finally:
        con.close()


@contextlib.contextmanager
def query(path: Path, statement: str) -> Iterator[tuple[list[str], Iterator[tuple[Any, ...]]]]:
    """Column names and rows of one statement, the rows fetched as they are asked for."""
    with reading(path) as con:
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


def _connect(path: Path, wait: float, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    config = _SANDBOX if read_only else {}
    deadline = time.monotonic() + wait
    while True:
        try:
            return duckdb.connect(str(path), read_only=read_only, config=dict(config))
        except duckdb.Error as error:
            holder = _HOLDER.search(str(error))
            if holder is None:
                raise _unusable(path, error) from error
            if time.monotonic() >= deadline:
                raise _locked(path, holder, wait) from error
            time.sleep(0.2)


def _locked(path: Path, holder: re.Match[str], wait: float) -> WarehouseError:
    who = f"{Path(holder['program']).name}, PID {holder['pid']}"
    return WarehouseError(
        "locked",
        f"Kho {path} đang được tiến trình khác sử dụng ({who}); đã chờ {wait:.0f} giây. Hãy đợi rồi chạy lại.",
        f"The warehouse {path} is in use by another process ({who}); waited {wait:.0f} s. Try again later.",
    )


def _unusable(path: Path, error: duckdb.Error) -> WarehouseError:
    first = str(error).splitlines()[0]
    if "not a valid DuckDB" in first or "version number" in first:
        return WarehouseError(
            "foreign", f"{path} không phải kho của Soát ({first}).", f"{path} is no warehouse of Soát ({first})."
        )
    return WarehouseError("unreachable", f"Không mở được kho {path}: {first}", f"Cannot open {path}: {first}")


def unreachable(path: Path, error: Exception) -> WarehouseError:
    """What is said where `path` cannot be written."""
    first = str(error).splitlines()[0]
    return WarehouseError("unreachable", f"Không tạo được {path}: {first}", f"Cannot create {path}: {first}")


def beside(path: Path) -> Path:
    """The name under which `path` is built before it is put in place whole."""
    return path.with_name(f".{path.name}.{os.getpid()}.building")


def _discard(unfinished: Path) -> None:
    if unfinished.is_dir():
        shutil.rmtree(unfinished)
    elif unfinished.exists():  # false also where a parent is a file, of which unlink would complain
        unfinished.unlink()


def quoted(path: Path) -> str:
    """A path as a literal of SQL, for ATTACH and COPY, which take no parameters."""
    return "'" + str(path).replace("'", "''") + "'"


@contextlib.contextmanager
def building(warehouse: Path, target: Path) -> Iterator[Path]:
    """A name beside `target` to write what comes of the warehouse to; who writes puts it in place, what is left is removed.

    Waits for a writer of the warehouse. Raises WarehouseError: "exists" where there is a target already, what opening
    raises where the warehouse is none of ours, and "unreachable" where the target cannot be written.
    """
    if target.exists():
        raise WarehouseError("exists", f"Đã có {target}.", f"There is {target} already.")
    with reading(warehouse):
        pass
    unfinished = beside(target)
    try:
        yield unfinished
    except (OSError, duckdb.Error) as error:
        raise unreachable(target, error) from error
    finally:
        _discard(unfinished)


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
    except (OSError, duckdb.IOException) as error:
        raise unreachable(path, error) from error
    finally:
        _discard(unfinished)


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
