"""A copy of the warehouse in another file, whole and consistent, without a writer being held up for longer than it takes."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from pipeline.warehouse.store import STORAGE_VERSION, building, quoted


def backup(warehouse: Path, copy: Path) -> int:
    """Copy all tables and views to the new file `copy` and return the number of rows; it is put in place whole.

    Raises WarehouseError as `building` does.
    """
    with building(warehouse, copy) as unfinished:
        with duckdb.connect(":memory:") as con:
            con.execute(f"ATTACH {quoted(warehouse)} AS source (READ_ONLY)")
            con.execute(f"ATTACH {quoted(unfinished)} AS target (STORAGE_VERSION '{STORAGE_VERSION}')")
            con.execute("COPY FROM DATABASE source TO target")
            tables = con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'target'").fetchall()
            counts = [con.execute(f'SELECT count(*) FROM target."{name}"').fetchall()[0][0] for (name,) in tables]
            con.execute("DETACH target")
        os.link(unfinished, copy)
    return int(sum(counts))
