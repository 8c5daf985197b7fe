"""The public views as Parquet, for other programs: a folder a view, figures and dossiers in one file a year."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pipeline.warehouse.lock import OnWait
from pipeline.warehouse.store import building, quoted

#: View and the column that its files are divided by.
VIEWS: Final = {
    "report_versions": None,
    "offices": None,
    "figures": "period_year",
    "dossiers": "period_year",
    "dossiers_today": "period_year",
    "dossiers_by_office": None,
    "league_table": None,
    "rates": None,
    "open_findings": None,
    "findings_by_office": None,
    "decided_findings": None,
    "resent_reports": None,
    "coverage_of_submissions": None,
    "documents_cited": None,
    "unread_share": None,
    "refused_files": None,
}


def export(warehouse: Path, folder: Path, on_wait: OnWait | None = None) -> int:
    """Write every view of `VIEWS` below the new folder and return the number of rows; it is put in place whole.

    A view divided by year has folders "period_year=2024" (those without a year are in "period_year=__HIVE_DEFAULT_PARTITION__").
    Every field, the year of the folder too, is in the files with the type that the view gives it. Raises WarehouseError as
    `building` does.
    """
    rows = 0
    with building(warehouse, folder, on_wait) as (con, unfinished):
        unfinished.mkdir(parents=True)
        for view, divided in VIEWS.items():
            target = unfinished / (view if divided else f"{view}.parquet")
            options = "FORMAT parquet, COMPRESSION zstd"
            if divided:
                options += f", PARTITION_BY ({divided}), WRITE_PARTITION_COLUMNS true"
            ordered = f"ORDER BY {divided or 'ALL'}"
            done = con.execute(f"COPY (SELECT * FROM {view} {ordered}) TO {quoted(target)} ({options})")
            rows += int(done.fetchall()[0][0])
        unfinished.rename(folder)
    return rows
