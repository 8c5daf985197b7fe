"""A copy of the warehouse in another file, whole and consistent, without a writer being held up for longer than it takes."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import duckdb

from pipeline.warehouse.store import STORAGE_VERSION, WarehouseError, reading, unreachable


def backup(warehouse: Path, copy: Path) -> int:
    """Copy all tables and views to the new file `copy` and return the number of rows; it is put in place whole.

    Raises WarehouseError: "exists" where there is a file already, and what opening and writing may raise.
    """
    if copy.exists():
        raise WarehouseError("exists", f"Đã có tệp {copy}.", f"There is a file {copy} already.")
    with reading(warehouse):  # waits for a writer, and tells a file that is no warehouse of ours
        pass
    building = copy.with_name(f".{copy.name}.{os.getpid()}.building")
    try:
        with duckdb.connect(":memory:") as con:
            con.execute(f"ATTACH {_quoted(warehouse)} AS source (READ_ONLY)")
            con.execute(f"ATTACH {_quoted(building)} AS target (STORAGE_VERSION '{STORAGE_VERSION}')")
            con.execute("COPY FROM DATABASE source TO target")
            tables = con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'target'").fetchall()
            counts = [con.execute(f'SELECT count(*) FROM target."{name}"').fetchall()[0][0] for (name,) in tables]
            con.execute("DETACH target")
        os.link(building, copy)
    except (OSError, duckdb.Error) as error:
        raise unreachable(copy, error) from error
    finally:
        with contextlib.suppress(FileNotFoundError):
            building.unlink()
    return int(sum(counts))


def _quoted(path: Path) -> str:
    """A path as ATTACH takes it, which has no parameters."""
    return "'" + str(path).replace("'", "''") + "'"
