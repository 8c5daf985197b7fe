"""`make crash`: `soat run` over many reports is killed at random moments, and what it leaves is examined.

After every kill the warehouse must open, `soat verify` must find it whole, and a second run must end with exactly the rows of
a run that nobody disturbed. Moments are drawn evenly over the time that such a run takes, from its first import to its end;
the kill is SIGKILL to the process that writes, whose children must go by themselves.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.warehouse.store import reading
from tests.warehouse.contents import contents

SOAT = (sys.executable, "-m", "pipeline.cli")
SHORT = 2_300  # characters
Contents = dict[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill `at` so many seconds: whether the run was still going, how many reports it had landed, what went wrong (None
    where nothing did)."""

    at: float
    hit: bool
    landed: int
    wrong: str | None


def reports(folder: Path, number: int, seed: int) -> None:
    """Write `number` generated reports as text, short ones: more of them are landed between two moments."""
    from tests.evaluation.generator import generate

    seeds = itertools.count(seed)
    while number:
        made = generate(next(seeds))
        if len(made.text) <= SHORT:
            (folder / f"{made.stem}.txt").write_text(made.text, encoding="utf-8")
            number -= 1


def start(folder: Path, warehouse: Path) -> subprocess.Popen[bytes]:
    """Begin `soat run` with one child."""
    command = [*SOAT, "run", str(folder), "--warehouse", str(warehouse), "--jobs", "1", "--exit-zero"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def ended(folder: Path, warehouse: Path) -> Contents:
    """Run to the end; what the warehouse then holds."""
    if start(folder, warehouse).wait() != 0:
        raise RuntimeError("a run that nobody disturbed failed")
    with reading(warehouse) as con:
        return contents(con)


def kill(folder: Path, warehouse: Path, at: float, whole: Contents) -> Kill:
    """Start a run into a warehouse of its own, kill it after `at` seconds, examine and run again."""
    run = start(folder, warehouse)
    time.sleep(at)
    hit = run.poll() is None
    run.send_signal(signal.SIGKILL)
    run.wait()
    landed, wrong = 0, None
    if warehouse.exists():
        with reading(warehouse) as con:
            landed = int(con.execute("SELECT count(*) FROM readings").fetchall()[0][0])
        verified = subprocess.run(
            [*SOAT, "verify", "--warehouse", str(warehouse)], capture_output=True, text=True, check=False
        )
        if verified.returncode:
            wrong = f"verify: {verified.stdout[-300:]}{verified.stderr[-300:]}"
    again = ended(folder, warehouse)
    different = sorted(table for table in whole if again.get(table) != whole[table])
    if different:
        wrong = f"{wrong or ''} other rows than of an undisturbed run: {', '.join(different)}"
    for path in warehouse.parent.glob(f"*{warehouse.name}*"):
        path.unlink()
    return Kill(round(at, 3), hit, landed, wrong)


def orphans(folder: Path) -> int:
    """Processes that still read reports of `folder`; 0 where the system does not show them."""
    found = 0
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found += (
                str(folder) in process.read_bytes().decode(errors="replace") and int(process.parent.name) != os.getpid()
            )
        except OSError:  # it ended while we looked
            continue
    return found


def campaign(kills: int, number: int, seed: int, workers: int) -> list[Kill]:
    """Kill `kills` runs over `number` reports."""
    draw = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="soat-crash-") as place:
        folder = Path(place, "in")
        folder.mkdir()
        reports(folder, number, seed)
        began = time.monotonic()
        whole = ended(folder, Path(place, "whole.duckdb"))
        lasts = (time.monotonic() - began) * (1.4 if workers > 1 else 1)  # two at once are slower
        moments = [draw.uniform(0, lasts) for _ in range(kills)]
        with ThreadPoolExecutor(workers) as pool:
            done = list(pool.map(lambda n: kill(folder, Path(place, f"w{n}.duckdb"), moments[n], whole), range(kills)))
        time.sleep(2)
        if orphans(folder):
            raise RuntimeError(f"{orphans(folder)} processes outlived those that started them")
        return done


def main() -> int:
    """The command line; 1 where any kill left something wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--reports", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    done = campaign(args.kills, args.reports, args.seed, args.workers)
    hit = [one for one in done if one.hit]
    amid = [one for one in hit if 0 < one.landed < args.reports]
    wrong = [one for one in done if one.wrong]
    print(
        f"kills {len(done)}, of a run still going {len(hit)}, with part of the reports landed {len(amid)}, wrong {len(wrong)}"
    )
    for one in wrong:
        print(f"  at {one.at} s, {one.landed} landed: {one.wrong}")
    if args.json:
        args.json.write_text(json.dumps([asdict(one) for one in done], indent=1) + "\n", encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
