"""The public views as CSV, a file a view, for a spreadsheet: a byte order mark so that Excel reads the Vietnamese, and no text
that it would run as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import duckdb

from pipeline.exports.parquet import VIEWS
from pipeline.exports.rows import cell
from pipeline.warehouse.lock import OnWait
from pipeline.warehouse.store import building

_BATCH: Final = 2000  # rows fetched at a time


def export_csv(warehouse: Path, folder: Path, on_wait: OnWait | None = None) -> int:
    """Write every view of `VIEWS` to a file "VIEW.csv" in the new folder and return the number of rows; it is put in place whole.

    Values are as `soat sql --format csv` writes them: decimals as plain text ("33451", "99.98"), days in ISO, lists in JSON.
    Lines end as a spreadsheet ends them, so that a line break inside a cell is always quoted. Raises WarehouseError as
    `building` does.
    """
    rows = 0
    with building(warehouse, folder, on_wait) as (con, unfinished):
        unfinished.mkdir(parents=True)
        for view in VIEWS:
            columns, found = content(con, view)
            with (unfinished / f"{view}.csv").open("w", encoding="utf-8-sig", newline="") as out:
                writer = csv.writer(out, lineterminator="\r\n")
                writer.writerow([cell(name) for name in columns])
                for batch in found:
                    writer.writerows([cell(value) for value in row] for row in batch)
                    rows += len(batch)
        unfinished.rename(folder)
    return rows


def content(con: duckdb.DuckDBPyConnection, view: str) -> tuple[list[str], Iterator[list[tuple[Any, ...]]]]:
    """Names of the columns of a view of `VIEWS` and its rows in batches, in the order in which Parquet has them."""
    result = con.execute(f"SELECT * FROM {view} ORDER BY {VIEWS[view] or 'ALL'}")
    columns = [str(column[0]) for column in result.description or ()]
    return columns, iter(lambda: result.fetchmany(_BATCH), [])
