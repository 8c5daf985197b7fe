"""`python -m tests.fuzz`: every contract under a coverage-guided fuzzer (atheris) for as long as asked.

Exit 0 without findings, 1 with some, 2 where the fuzzer is not installed. A finding is an input and its trace in the
folder that is printed; `--again FILE` tries an input once more, without the fuzzer.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tests.fuzz import seeds
from tests.fuzz.targets import TARGETS, attempt

INSTALL = "atheris is not installed: pip install atheris (or, for the project with it, pip install -e '.[fuzz]'); wheels are for Linux only"
_LONGEST_INPUT, _SECONDS_FOR_ONE, _MEMORY_MB, _LEAST_SECONDS = 256, 20, 3_000, 5
_STATUS = re.compile(r"^#(\d+)\s+\w+\s+cov: (\d+) ft: (\d+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a target's time has come to: inputs tried, edges and features of the code that they reached, findings."""

    target: str
    seconds: int
    executions: int
    edges: int
    features: int
    findings: tuple[Path, ...]
    ended: int  # the process's exit code: not 0 where libFuzzer stopped on a finding of its own


def run(target: str, seconds: int, folder: Path) -> Outcome:
    """Fuzz one target in a child; corpus, findings and the fuzzer's log are kept in `folder`.

    What an earlier run found there is tried first, and is a finding again only where it still fails.
    """
    findings = folder / target / "findings"
    findings.mkdir(parents=True, exist_ok=True)
    sources = seeds.write(target, folder / target)
    for old in findings.iterdir():
        old.unlink() if old.name.startswith("trace-") else old.rename(folder / target / "corpus" / old.name)
    begun = time.monotonic()
    with (folder / target / "log").open("w", encoding="utf-8") as log:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "tests.fuzz.campaign", target, str(findings)),
                *(f"-max_total_time={seconds}", f"-max_len={_LONGEST_INPUT}", f"-timeout={_SECONDS_FOR_ONE}"),
                *(f"-rss_limit_mb={_MEMORY_MB}", f"-artifact_prefix={findings}/"),
                *sources,
            ],
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=seeds.ROOT,
            check=False,
        )
    executions, edges, features = counted((folder / target / "log").read_text(encoding="utf-8", errors="replace"))
    kept = tuple(p for p in sorted(findings.iterdir()) if not p.name.startswith("trace-"))
    return Outcome(target, round(time.monotonic() - begun), executions, edges, features, kept, done.returncode)


def counted(log: str) -> tuple[int, int, int]:
    """Executions, edges and features of the last status line of a log."""
    found = _STATUS.findall(log)
    return tuple(map(int, found[-1])) if found else (0, 0, 0)  # type: ignore[return-value]


def table(outcomes: Sequence[Outcome]) -> str:
    """Targets with their figures, and a line for all."""
    rows = [("target", "seconds", "executions", "edges", "features", "findings")]
    rows += [
        (o.target, *(f"{n:,}" for n in (o.seconds, o.executions, o.edges, o.features, len(o.findings))))
        for o in outcomes
    ]
    total = (sum(o.seconds for o in outcomes), sum(o.executions for o in outcomes))
    rows.append(("all", *(f"{n:,}" for n in total), "", "", f"{sum(len(o.findings) for o in outcomes):,}"))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def again(path: Path) -> None:
    """Try a kept input once more; raises what it raises. The target is the folder that its findings are in."""
    attempt(path.resolve().parent.parent.name, path.read_bytes())


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="in all, shared by the targets (default 10)")
    parser.add_argument("--target", choices=TARGETS, action="append", help="only this one; may be repeated")
    parser.add_argument("--folder", type=Path, help="for corpus and findings; a corpus that is there is gone on with")
    parser.add_argument("--again", type=Path, metavar="FILE", help="try a kept input once more")
    chosen = parser.parse_args(arguments)
    if chosen.again:
        again(chosen.again)
        print("the contract holds")
        return 0
    if find_spec("atheris") is None:
        print(INSTALL, file=sys.stderr)
        return 2
    targets = chosen.target or list(TARGETS)
    folder = chosen.folder or Path(tempfile.mkdtemp(prefix="soat-fuzz-"))
    seconds = max(_LEAST_SECONDS, int(chosen.minutes * 60 / len(targets)))
    outcomes = [run(target, seconds, folder.resolve()) for target in targets]
    print(table(outcomes))
    for o in outcomes:
        for path in o.findings:
            print(f"{o.target}: {path}")
        if o.ended or not o.executions:
            print(f"{o.target}: the fuzzer ended with {o.ended}, see {folder / o.target / 'log'}")
    return int(any(o.findings or o.ended or not o.executions for o in outcomes))


if __name__ == "__main__":
    sys.exit(main())
