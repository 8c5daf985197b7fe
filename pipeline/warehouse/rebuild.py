"""The warehouse written anew from what it holds: in the newest structure, without the indexes and the room of older ones.

The new file is built beside the old one and takes its place only when every table has as many rows; until then, and after a
crash, the old one stands. Nobody else can use the warehouse meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.warehouse.lock import OnWait, WarehouseError, refused
from pipeline.warehouse.store import STORAGE_VERSION, beside, discard, quoted, reading, writing


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """Rows in all tables, and the size of the file before and after in bytes."""

    rows: int
    before: int
    after: int


def rebuild(warehouse: Path, on_wait: OnWait | None = None) -> Rebuilt:
    """Write the warehouse anew. Raises WarehouseError as `store.writing` does, "missing" where there is none, and "damaged"
    where the old file does not give all its rows; it is left as it was."""
    with reading(warehouse, on_wait=on_wait):
        pass  # there, and ours
    unfinished = beside(warehouse)
    try:
        with writing(warehouse, on_wait=on_wait) as con:
            con.execute("CHECKPOINT")  # no log beside the file that takes its place
            ((source,),) = con.execute("SELECT current_database()").fetchall()
            con.execute(f"ATTACH {quoted(unfinished)} AS anew (STORAGE_VERSION '{STORAGE_VERSION}')")
            con.execute(f'COPY FROM DATABASE "{source}" TO anew')
            rows = _compared(con, str(source))
            con.execute("DETACH anew")
            before, after = warehouse.stat().st_size, unfinished.stat().st_size
            unfinished.replace(warehouse)  # while the old file is still locked: who waits for it opens the new one
    except (OSError, duckdb.IOException, duckdb.TransactionException) as error:
        raise refused(warehouse, error) from error
    finally:
        discard(unfinished)
    return Rebuilt(rows, before, after)


def _compared(con: duckdb.DuckDBPyConnection, source: str) -> int:
    """The number of rows in all tables of `anew`, which must be those of `source`."""
    rows = 0
    names = con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = ? ORDER BY 1", [source]
    ).fetchall()
    for (name,) in names:
        old, new = (
            con.execute(f'SELECT count(*) FROM "{database}"."{name}"').fetchall()[0][0] for database in (source, "anew")
        )
        if old != new:
            raise WarehouseError(
                "damaged",
                f"Bảng {name} có {old} dòng nhưng chỉ chép được {new}; kho được giữ nguyên.",
                f"Table {name} has {old} rows of which {new} could be copied; the warehouse is left as it was.",
            )
        rows += new
    return rows


def known_paths(con: duckdb.DuckDBPyConnection) -> tuple[list[Path], int]:
    """Files that the warehouse was made from and that still stand, in the order in which they came; how many are gone. A
    member of a container is found again by reading the container: the file outside stands for it."""
    found = con.execute(
        """
        SELECT coalesce(m.root_path, f.path) AS file
        FROM files f
        JOIN runs u ON u.run = f.first_run
        LEFT JOIN members m ON m.path = f.path AND m.sha256 = f.sha256
        GROUP BY file
        ORDER BY min(u.started_at), file
        """
    ).fetchall()
    paths = [Path(path) for (path,) in found]
    there = [path for path in paths if path.is_file()]
    return there, len(paths) - len(there)
