"""What the guard costs on good files: the same work in the guarded children and in plain worker processes, in one run.

Both start the same way (a server with the same modules loaded), run the same function, which treats garbage alike, and end
when the last report is done. What differs is the guard: a pipe and two clocks for each file, a capped memory, a private
folder, a fresh child after every `FILES_PER_CHILD` files.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import forkserver
from pathlib import Path

from extractors.readers import guard
from pipeline.flow import judged_line

ROOT = Path(__file__).resolve().parents[2]
IN_FLIGHT = 64
KINDS = (".docx", ".pdf", ".txt", ".html")


def reports(number: int) -> list[Path]:
    """The samples and the reports of the tests, again and again; what was read before is read again."""
    found = sorted(
        p for p in [*(ROOT / "data" / "raw").glob("*"), *(ROOT / "tests" / "corpus").glob("*/*")] if p.suffix in KINDS
    )
    return list(itertools.islice(itertools.cycle(found), number))


def plain(jobs: int) -> Executor:
    """Worker processes without a guard."""
    return ProcessPoolExecutor(jobs, mp_context=guard._context(guard.PRELOAD))


POOLS: dict[str, Callable[[int], Executor]] = {"plain": plain, "guarded": guard.GuardedPool}


def turn(kind: str, number: int, jobs: int) -> dict[str, float]:
    """Seconds on the clock and of the processor, from the start of the first child to the end of the last. Runs in a
    process of its own, of which all children are waited for."""
    files = reports(number)
    begun = time.perf_counter()
    with POOLS[kind](jobs) as pool:
        done = guard.map_unordered(pool, judged_line, files, IN_FLIGHT)
        unread = [(path.name, made) for path, made in done if isinstance(made, guard.Unreadable)]
    wall = time.perf_counter() - begun
    forkserver._forkserver._stop()  # its children were waited for by it, and now it is: their time counts as ours
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    if unread:
        raise RuntimeError(f"good files were refused: {unread[:3]}")
    return {"wall": wall, "cpu": sum(s.ru_utime + s.ru_stime for s in spent)}


def measured(kind: str, number: int, jobs: int) -> dict[str, float]:
    """One turn in its own process."""
    command = [
        sys.executable,
        "-m",
        "tests.benchmark.guarding",
        "--turn",
        kind,
        "--reports",
        str(number),
        "--jobs",
        str(jobs),
    ]
    done = subprocess.run(command, stdout=subprocess.PIPE, cwd=ROOT, check=True)
    return dict(json.loads(done.stdout))


def guarding(number: int = 500, repeats: int = 3, jobs: int = 2) -> dict[str, float]:
    """Seconds of both, the best of some turns each, and the guard's share of them (0.05: five per cent more). The clock is
    what a person waits; the processor's time is little moved by what else the machine does."""
    turns = [{kind: measured(kind, number, jobs) for kind in POOLS} for _ in range(repeats)]
    found: dict[str, float] = {}
    for what, name in (("wall", "s"), ("cpu", "s of the processor")):
        best = {kind: min(t[kind][what] for t in turns) for kind in POOLS}
        found |= {f"{number} reports, {kind} processes ({name})": best[kind] for kind in POOLS}
        found[f"cost of the guard ({what})"] = best["guarded"] / best["plain"] - 1
    return found


def main() -> int:
    """The command line: this figure alone."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.guarding", description=__doc__)
    parser.add_argument("--reports", type=int, default=500)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--turn", choices=POOLS, help="one turn only, as JSON")
    args = parser.parse_args()
    if args.turn:
        print(json.dumps(turn(args.turn, args.reports, args.jobs)))
        return 0
    for name, value in guarding(args.reports, args.repeats, args.jobs).items():
        print(f"{name:<48} {value:10.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
