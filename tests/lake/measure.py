"""What a lake costs beside a warehouse, and what small parts cost: `python -m tests.lake.measure --reports 2000`.

The same made-up reports (`tests.past`) land in a warehouse, in a lake as one run writes them, and in a lake with a run for
each report, as a watched folder does; both lakes are then compacted. Printed are files, parts, reports landed a second,
seconds to open for a question of one view and for all views, and seconds of `count(*) from figures`. All in one run on one
machine.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pipeline.exports.json import Line
from pipeline.lake.compact import compact
from pipeline.lake.landing import LakeLanding
from pipeline.lake.paths import existing, listing
from pipeline.lake.read import open_lake
from pipeline.warehouse.landing import Landing
from pipeline.warehouse.load import Run
from tests.past.past import Past

COUNT = "SELECT count(*) FROM figures"


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def landed(uri: str, lines: list[Line], a_run: int) -> float:
    """Land lines, `a_run` of them by each run; reports a second."""

    def land() -> None:
        for first in range(0, len(lines), a_run):
            with LakeLanding(uri, Run("0.1.0"), lambda made, outcome: None) as run:
                for line in lines[first : first + a_run]:
                    run.take(line)
                run.write()

    return len(lines) / seconds(land)


def told(name: str, uri: str, landing: float | None) -> None:
    """Print one lake."""
    files = sum(path.is_file() for path in Path(uri).rglob("*"))
    with open_lake(uri, COUNT) as con:
        asked = min(seconds(lambda: con.execute(COUNT).fetchall()) for _ in range(3))
        ((figures,),) = con.execute(COUNT).fetchall()

    def opened(question: str | None) -> float:
        def opening() -> None:
            with open_lake(uri, question):
                pass

        return min(seconds(opening) for _ in range(3))

    rate = "" if landing is None else f"{landing:.0f} reports/s landed, "
    print(
        f"{name}: {len(listing(existing(uri)).parts)} parts, {files} files, {figures} figures; {rate}"
        f"opened in {opened(COUNT):.2f} s, with all views in {opened(None):.2f} s; counted in {asked:.3f} s",
        flush=True,
    )


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.lake.measure", description=__doc__)
    parser.add_argument("--reports", type=int, default=2_000)
    parser.add_argument("--alone", type=int, help="reports that land one by one; as many unless told")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    lines = list(itertools.islice(Past(args.seed, (2021, 2026), fields=10).lines(), args.reports))
    with tempfile.TemporaryDirectory(prefix="soat-lake-") as place:

        def into_warehouse() -> None:
            landing = Landing(Path(place, "w.duckdb"), Run("0.1.0"), lambda made, outcome: None)
            for line in lines:
                landing.take(line)
            landing.write()

        print(f"warehouse: {len(lines) / seconds(into_warehouse):.0f} reports/s landed", flush=True)
        for name, some, a_run in (("one run", lines, len(lines)), ("a run a report", lines[: args.alone], 1)):
            uri = str(Path(place, name.replace(" ", "-")))
            told(name, uri, landed(uri, some, a_run))
            print(f"{name}: compacted in {seconds(partial(compact, uri)):.1f} s", flush=True)
            told(f"{name}, compacted", uri, None)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
