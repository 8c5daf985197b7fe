"""`python -m tests.hostile.mutants --files 5000 --seed 1`: mutated samples through the guarded reader, as a run reads them.

Counted are outcomes, what names an exception of Python (a defect of a reader), gaps without any outcome (a hang past the
limits), what stands in the temporary folder at the end, and the memory of the run. Exit 1 where any of that is wrong.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from multiprocessing.util import get_temp_dir
from pathlib import Path

from extractors.readers.guard import Allowance, GuardedPool
from pipeline import flow
from tests.hostile.case import memory
from tests.hostile.mutate import mutant, samples

LIMITS = Allowance(wall=60, progress=30, memory=1200 * 2**20)
BATCH = 200
PARENT_MIB = 400
#: what the net below all readers writes into a refusal
_EXCEPTION = re.compile(r"\b[A-Z]\w*(?:Error|Exception|Warning|Interrupt)\b|\b(?:KeyError|StopIteration)\b")


@dataclass
class Counted:
    """What the mutants came to. `named` are refusals that name an exception, with the files that cause them."""

    files: int = 0
    lines: int = 0
    seconds: float = 0.0
    longest_gap: float = 0.0
    hangs: int = 0
    left_over: list[str] = field(default_factory=list)
    parent_mib: float = 0.0
    outcomes: dict[str, int] = field(default_factory=dict)
    named: dict[str, list[str]] = field(default_factory=dict)
    missing: int = 0

    @property
    def wrong(self) -> list[str]:
        """What must not be, in words."""
        found = [f"{code}: {', '.join(names[:5])}" for code, names in self.named.items()]
        found += [f"{self.hangs} hangs"] * (self.hangs > 0)
        found += [f"left over: {self.left_over[:5]}"] * bool(self.left_over)
        found += [f"{self.missing} files without an outcome"] * (self.missing > 0)
        found += [f"{self.parent_mib:.0f} MiB in the run"] * (self.parent_mib > PARENT_MIB)
        return found


def campaign(files: int, seed: int, jobs: int, keep: Path | None = None, limits: Allowance = LIMITS) -> Counted:
    """Read `files` mutants. Those that show a defect are copied to `keep`."""
    held, counted, outcomes = samples(), Counted(files=files), Counter[str]()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="soat-mutants-") as name:
        place, temporary = Path(name, "in"), Path(name, "tmp")
        temporary.mkdir()
        get_temp_dir()  # multiprocessing's own folder outlives this one
        before, tempfile.tempdir = tempfile.tempdir, str(temporary)
        try:
            with GuardedPool(jobs, allowance=limits) as pool:
                for first in range(0, files, BATCH):
                    place.mkdir()
                    for number in range(first, min(first + BATCH, files)):
                        file, data = mutant(held, number, seed)
                        (place / file).write_bytes(data)
                    _read(place, pool, counted, outcomes, keep)
                    shutil.rmtree(place)
            counted.left_over = sorted(p.name for p in temporary.rglob("*"))
        finally:
            tempfile.tempdir = before
    counted.seconds = time.monotonic() - begun
    counted.outcomes = dict(outcomes.most_common())
    counted.parent_mib = memory()[1] / 2**20  # not ru_maxrss, which holds the peak of whoever started this process
    return counted


def _read(place: Path, pool: GuardedPool, counted: Counted, outcomes: Counter[str], keep: Path | None) -> None:
    there, told = {p.name for p in place.iterdir()}, set[str]()
    last = time.monotonic()
    for made in flow.lines(flow.expand([place]), pool):
        now = time.monotonic()
        counted.longest_gap = max(counted.longest_gap, now - last)
        counted.hangs += now - last > LIMITS.wall + 30
        last = now
        file = Path(made["source"]["path"]).relative_to(place).parts[0].split("!")[0]
        told.add(next((n for n in there if file.startswith(n)), file))
        code = made["error"]["code"] if made["error"] else "read"
        outcomes[f"{Path(file).suffix.partition('!')[0]} {code}"] += 1
        counted.lines += 1
        message = made["error"]["message"]["en"] if made["error"] else ""
        said = _EXCEPTION.search(message)
        if code == "crashed" or said:
            counted.named.setdefault(
                f"{code}: {message[:160]}" if code == "crashed" else f"{code}: {message[-140:]}", []
            ).append(file)
            if keep is not None and (place / file).exists():
                keep.mkdir(parents=True, exist_ok=True)
                shutil.copy(place / file, keep / file)
    counted.missing += len(there - told)
    if {p.name for p in place.iterdir()} != there:
        counted.left_over.append("beside the reports")


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.mutants", description=__doc__)
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--keep", type=Path, help="copy the mutants that show a defect into this folder")
    args = parser.parse_args()
    counted = campaign(args.files, args.seed, args.jobs, args.keep)
    for outcome, number in sorted(counted.outcomes.items()):
        print(f"{outcome:<28}{number:>7}")
    print(
        f"\n{counted.files} files, {counted.lines} outcomes in {counted.seconds:.0f} s; longest gap {counted.longest_gap:.1f} s, "
        f"hangs {counted.hangs}, left over {len(counted.left_over)}, without an outcome {counted.missing}, parent {counted.parent_mib:.0f} MiB"
    )
    for said in counted.wrong:
        print(f"WRONG {said}")
    if args.json:
        args.json.write_text(json.dumps(asdict(counted), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 1 if counted.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
