"""A copy of the warehouse in another file, whole and consistent, without a writer being held up for longer than it takes."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.warehouse.lock import OnWait
from pipeline.warehouse.store import STORAGE_VERSION, building, quoted


def backup(warehouse: Path, copy: Path, on_wait: OnWait | None = None) -> int:
    """Copy all tables and views to the new file `copy` and return the number of rows; it is put in place whole.

    Raises WarehouseError as `building` does.
    """
    with building(warehouse, copy, on_wait) as (con, unfinished):
        ((source,),) = con.execute("SELECT current_database()").fetchall()
        con.execute(f"ATTACH {quoted(unfinished)} AS target (READ_WRITE, STORAGE_VERSION '{STORAGE_VERSION}')")
        con.execute(f'COPY FROM DATABASE "{source}" TO target')
        tables = con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'target'").fetchall()
        counts = [con.execute(f'SELECT count(*) FROM target."{name}"').fetchall()[0][0] for (name,) in tables]
        con.execute("DETACH target")
        os.link(unfinished, copy)
    return int(sum(counts))
