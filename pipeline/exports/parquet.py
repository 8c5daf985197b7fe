"""The public views as Parquet, for other programs: a folder a view, figures and dossiers in one file a year."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

import duckdb

from pipeline.warehouse.store import WarehouseError, reading

#: View and the column that its files are divided by.
VIEWS: Final = {
    "report_versions": None,
    "figures": "period_year",
    "dossiers": "period_year",
    "dossiers_today": "period_year",
    "rates": None,
    "open_findings": None,
    "documents_cited": None,
    "unread_share": None,
    "refused_files": None,
}


def export(warehouse: Path, folder: Path) -> int:
    """Write every view of `VIEWS` below the new folder and return the number of rows; it is put in place whole.

    A view divided by year has folders "period_year=2024" (those without a year are in "period_year=__HIVE_DEFAULT_PARTITION__").
    Raises WarehouseError: "exists" where the folder is there already, "unreachable" where it cannot be written.
    """
    if folder.exists():
        raise WarehouseError("exists", f"Đã có thư mục {folder}.", f"There is a folder {folder} already.")
    with reading(warehouse):  # waits for a writer, and tells a file that is no warehouse of ours
        pass
    building = folder.with_name(f".{folder.name}.{os.getpid()}.building")
    rows = 0
    try:
        building.mkdir(parents=True)
        with duckdb.connect(str(warehouse), read_only=True) as con:
            for view, divided in VIEWS.items():
                target = str(building / view) if divided else str(building / f"{view}.parquet")
                options = "FORMAT parquet, COMPRESSION zstd" + (f", PARTITION_BY ({divided})" if divided else "")
                ordered = "ORDER BY ALL" if divided is None else f"ORDER BY {divided}"
                done = con.execute(f"COPY (SELECT * FROM {view} {ordered}) TO '{_quoted(target)}' ({options})")
                rows += int(done.fetchall()[0][0])
        building.rename(folder)
    except (OSError, duckdb.IOException) as error:
        first = str(error).splitlines()[0]
        raise WarehouseError(
            "unreachable", f"Không ghi được {folder}: {first}", f"Cannot write {folder}: {first}"
        ) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return rows


def _quoted(text: str) -> str:
    """What stands between the quotes of a COPY, which takes no parameters."""
    return text.replace("'", "''")
