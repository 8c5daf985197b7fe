"""`python -m tests.hostile`: every hostile input is tried and what it came to is printed. Exit 0 where all is as expected.

Peak is the memory of the largest process that worked on the input: the child that read it, or the command.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.hostile.case import Ground, Row, pool, tried
from tests.hostile.seventy import CASES

HEAD = ("no", "input", "expected", "got", "seconds", "peak MiB")
WIDTHS = (3, 46, 34, 48, 8, 9)


def printed(cells: tuple[str, ...]) -> str:
    """A row; a cell that is too long is cut with a sign."""
    cut = [c if len(c) <= w else c[: w - 1] + "…" for c, w in zip(cells, WIDTHS, strict=True)]
    return "  ".join(
        c.rjust(w) if n in (0, 4, 5) else c.ljust(w) for n, (c, w) in enumerate(zip(cut, WIDTHS, strict=True))
    )


def row(done: Row) -> str:
    """One number of the table."""
    case = done.case
    got = done.got if done.wrong is None else f"WRONG {done.got}"
    return printed((str(case.number), case.what, case.promised, got, f"{done.seconds:.1f}", f"{done.peak:.0f}"))


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("numbers", nargs="*", type=int, help="only these")
    args = parser.parse_args()
    chosen = [case for case in CASES if not args.numbers or case.number in args.numbers]
    print(printed(HEAD), flush=True)
    wrong: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="soat-hostile-") as name, pool() as children:
        ground = Ground(Path(name), children)
        for case in chosen:
            done = tried(case, ground)
            print(row(done), flush=True)
            if done.wrong:
                wrong.append(done)
    print(f"\n{len(chosen) - len(wrong)} of {len(chosen)}")
    for done in wrong:
        print(f"{done.case.number}: {done.wrong}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
