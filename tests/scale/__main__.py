"""`make scale`: the warehouse of all provinces over many years, landed report by report, then asked.

* landing: reports a second for every thousand, from the first to the last, as ratios to the median of all, by the clock and
  by the seconds that the processors worked for it (what else the machine does does not count there);
* what a run works out of the history when it ends (`pipeline.warehouse.kept`);
* size: the file of the warehouse beside its figures, and all its tables, as Parquet (zstd);
* every public view: an aggregate over all its numbers and dates, against a bare aggregate over the same figures in Parquet.

All in one run on one machine; only ratios are to be compared between machines. The reports are those of `tests.past`.
"""

from __future__ import annotations

import argparse
import itertools
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb

from pipeline.warehouse.kept import keep
from pipeline.warehouse.landing import Landing
from pipeline.warehouse.load import Run
from pipeline.warehouse.store import reading
from tests.past.past import Past

THOUSAND = 1000
_PATIENCE = 60.0  # seconds after which a query is not asked again
_SUMMED = ("DECIMAL", "INTEGER", "BIGINT", "HUGEINT", "UBIGINT", "DOUBLE")


def landing(past: Past, reports: int, warehouse: Path) -> tuple[list[float], list[float]]:
    """Land `reports` lines, a run for every thousand; seconds of each thousand, by the clock and by the processors.

    The seconds of making the lines are not in them.
    """
    lines = itertools.islice(past.lines(), reports)
    spent: list[float] = []
    worked: list[float] = []
    while some := list(itertools.islice(lines, THOUSAND)):
        began, busy = time.perf_counter(), time.process_time()
        landed = Landing(warehouse, Run("0.1.0"), lambda made, outcome: None)
        for line in some:
            landed.take(line)
        landed.write()
        spent.append(time.perf_counter() - began)
        worked.append(time.process_time() - busy)
        if len(spent) % 10 == 0:
            print(f"{len(spent)} thousand: {10 * THOUSAND / sum(spent[-10:]):.1f} reports/s", flush=True)
    return spent, worked


def kept(warehouse: Path, args: argparse.Namespace) -> dict[str, float]:
    """Seconds of the processors in which a run keeps the findings of the history when it ends: for all provinces, and for the
    one of a single new report; and how many units that were."""
    told = {}
    began = time.process_time()
    told["units of all"] = float(keep(warehouse))
    told["seconds for all"] = time.process_time() - began
    # the first report of another past, which none of those that are there is
    landing(Past(args.seed + 1, (args.years[1], args.years[1]), fields=args.fields), 1, warehouse)
    began = time.process_time()
    told["units of one report"] = float(keep(warehouse))
    told["seconds for one report"] = time.process_time() - began
    return told


def drift(spent: list[float]) -> dict[str, float]:
    """The rate at the beginning and at the end against that of the whole: tenths of the thousands, by their medians."""
    tenth = max(1, len(spent) // 10)
    middle = statistics.median(spent)
    return {
        "reports/s": THOUSAND / middle,
        "first tenth / all": middle / statistics.median(spent[:tenth]),
        "last tenth / all": middle / statistics.median(spent[-tenth:]),
        "slowest tenth / all": min(
            middle / statistics.median(spent[n : n + tenth]) for n in range(0, len(spent) - tenth + 1, tenth)
        ),
    }


def sizes(warehouse: Path, folder: Path) -> tuple[dict[str, float], Path]:
    """Bytes of the warehouse and of the same rows as Parquet, and the Parquet file of the observations."""
    figures = folder / "observations.parquet"
    total = 0
    with duckdb.connect(str(warehouse), read_only=True) as con:
        for (table,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            target = folder / f"{table}.parquet"
            con.execute(f"COPY {table} TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
            total += target.stat().st_size
    whole = warehouse.stat().st_size
    told = {
        "warehouse (MB)": whole / 1e6,
        "Parquet of all tables (MB)": total / 1e6,
        "warehouse / Parquet": whole / total,
    }
    return told, figures


def _aggregate(con: duckdb.DuckDBPyConnection, columns: list[tuple[str, str]]) -> str:
    """Counts rows, adds up every number and takes the latest of every date."""
    asked = ["count(*)"]
    for name, kind in columns:
        if kind.startswith(_SUMMED):
            asked.append(f'sum("{name}")')
        elif kind.startswith(("DATE", "TIMESTAMP")):
            asked.append(f'max("{name}")')
        elif kind == "BOOLEAN":
            asked.append(f'count(*) FILTER ("{name}")')
    return ", ".join(asked)


def _shortest(con: duckdb.DuckDBPyConnection, query: str, times: int) -> float:
    def once() -> float:
        began = time.perf_counter()
        con.execute(query).fetchall()
        return time.perf_counter() - began

    seconds = [once()]
    while len(seconds) < times and sum(seconds) < _PATIENCE:
        seconds.append(once())
    return min(seconds)


def views(warehouse: Path, figures: Path, times: int, but: set[str]) -> Iterator[tuple[str, float, float]]:
    """Name, seconds and ratio of every public view `but` some, the bare aggregate over Parquet first."""

    def columns(con: duckdb.DuckDBPyConnection, name: str) -> list[tuple[str, str]]:
        return con.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index", [name]
        ).fetchall()

    with reading(warehouse) as con, duckdb.connect() as outside:
        names = [n for (n,) in con.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()]
        bare = f"SELECT indicator, {_aggregate(con, columns(con, 'observations'))} FROM '{figures}' GROUP BY ALL"
        base = _shortest(outside, bare, 5)
        yield "bare aggregate over the figures in Parquet", base, 1.0
        for name in sorted(set(names) - but):
            seconds = _shortest(con, f"SELECT {_aggregate(con, columns(con, name))} FROM {name}", times)
            yield name, seconds, seconds / base


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.scale", description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--years", type=int, nargs=2, default=(2001, 2026))
    parser.add_argument("--fields", type=int, default=10, help="rows by lĩnh vực of each report")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--warehouse", type=Path, help="keep it here, and land into it only where it is missing")
    parser.add_argument("--but", nargs="+", default=[], metavar="VIEW", help="views not asked")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    told: dict[str, dict[str, float]] = {}

    def tell(*titles: str) -> None:
        for title in titles:
            for name, value in told[title].items():
                print(f"{title}: {name:50}{value:14.3f}", flush=True)

    with tempfile.TemporaryDirectory(prefix="soat-scale-") as place:
        warehouse = args.warehouse or Path(place, "w.duckdb")
        if not warehouse.exists():
            past = Past(args.seed, tuple(args.years), breaks=0.01, fields=args.fields)
            spent, worked = landing(past, args.reports, warehouse)
            told["landing"] = drift(spent)
            told["landing, processors"] = drift(worked)
            tell("landing", "landing, processors")
        told["history kept"] = kept(warehouse, args)
        tell("history kept")
        size, figures = sizes(warehouse, Path(place))
        with reading(warehouse) as con:
            rows = con.execute("SELECT (FROM (SELECT count(*) FROM readings)), (SELECT count(*) FROM observations)")
            reports, observations = rows.fetchall()[0]
        told["size"] = {"reports": reports, "observations": observations, **size}
        told["views, × the bare aggregate"] = {}
        for name, seconds, ratio in views(warehouse, figures, args.times, set(args.but)):
            told["views, × the bare aggregate"][name] = ratio
            print(f"{name:45}{seconds:8.2f} s{ratio:8.1f}", flush=True)
    tell("size")
    if args.json:
        args.json.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
