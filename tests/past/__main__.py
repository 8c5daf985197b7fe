"""`make past`: a warehouse with a made-up past of all provinces, to try queries, the notebook and other tools on."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.past.landing import land
from tests.past.past import Past


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options that say which past is meant."""
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--years", type=int, nargs=2, default=(2022, 2026), metavar=("FIRST", "LAST"))
    parser.add_argument("--provinces", nargs="+", metavar="NAME", help="provinces of today; all 34 unless told")
    parser.add_argument("--breaks", type=float, default=0.03, help="share of reports in which something is wrong")
    parser.add_argument("--fields", type=int, default=0, help="rows by lĩnh vực in the report of a Sở")
    parser.add_argument("--reports", type=int, help="stop after so many")


def chosen(options: argparse.Namespace) -> Past:
    """The past that the options mean."""
    years = (options.years[0], options.years[1])
    return Past(options.seed, years, options.provinces, breaks=options.breaks, fields=options.fields)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; 2 where there is a file already."""
    parser = argparse.ArgumentParser(prog="python -m tests.past", description=__doc__)
    add_options(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.duckdb")
    options = parser.parse_args(arguments)
    if options.out.exists():
        print(f"{options.out} exists already", file=sys.stderr)
        return 2
    began = time.monotonic()
    past = chosen(options)
    landed = land(past, options.out, options.reports)
    seconds = time.monotonic() - began
    print(f"{options.out}: {landed.lines} reports, {len(past.breaks())} breaks, {seconds:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
