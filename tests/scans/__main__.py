"""Measures the recognition of scans: `python -m tests.scans --dpi 200 --kind clean --documents 40 --json OUT`.

Scans are made of generated reports of the open hands (`--documents`: clean ones, `--faulty`: with planted errors), of the
samples (`--samples`) and of labelled reports beside the repository (`--shared DIR`). For each it says the character error
rate against the text PDF, precision, recall and F1 of figures against the label (in brackets those of the text PDF
itself), and the error findings that only the scan has. `--bare` times Tesseract alone on the same pages. The exit status
is 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import chain
from pathlib import Path
from typing import Final

from tests.scans.maker import KINDS, scan
from tests.scans.measure import Measured, bare, measured
from tests.scans.sources import FIRST_SEED, Text, generated, samples, seeds

BARS: Final = {"clean": 0.93, "hard": 0.85}  # F1 of figures at 200 dpi


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    args = _arguments().parse_args(arguments)
    rows: list[Measured] = []
    timed: list[tuple[int, float]] = []
    began = time.perf_counter()
    for source in _sources(args):
        if args.keep:
            args.keep.mkdir(parents=True, exist_ok=True)
            name = f"{source.name}-{args.kind}-{args.dpi}"
            (args.keep / f"{name}.pdf").write_bytes(scan(source.pdf, args.dpi, args.kind, source.seed))
            (args.keep / f"{source.name}.pdf").write_bytes(source.pdf)
        rows.append(measured(source, args.dpi, args.kind))
        print(_row(rows[-1]), flush=True)
        if args.verbose:
            print(*(f"    {note}" for note in rows[-1].notes), sep="\n")
        print(*(f"    FALSE {false}" for false in rows[-1].false), sep="\n", end="\n" if rows[-1].false else "")
        if args.bare and sum(pages for pages, _ in timed) < 30:
            timed.append(bare(source, args.dpi))
    whole = _summary(rows, timed)
    print(
        *(f"{name}: {value}" for name, value in whole.items()), f"wall: {time.perf_counter() - began:.0f} s", sep="\n"
    )
    if args.json:
        documents = [{f.name: getattr(row, f.name) for f in fields(row)} for row in rows]
        told = {"dpi": args.dpi, "kind": args.kind, **whole, "documents": documents}
        args.json.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    false = sum(len(row.false) for row in rows if row.clean)
    return int(bool(false) or whole["F1"] < BARS[args.kind])


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--kind", choices=KINDS, default="clean")
    parser.add_argument("--documents", type=int, default=40, help="generated reports without errors")
    parser.add_argument("--faulty", type=int, default=0, help="generated reports with errors")
    parser.add_argument("--seed", type=int, default=FIRST_SEED, help="of the first generated report; odd")
    parser.add_argument("--samples", action="store_true")
    parser.add_argument("--shared", type=Path, help="folder with golden/*.json and seeds/*.pdf")
    parser.add_argument("--only", help="only documents whose name holds this")
    parser.add_argument("--bare", action="store_true", help="time Tesseract alone on up to 30 pages")
    parser.add_argument("--keep", type=Path, help="write the scans and the text PDFs here")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--verbose", action="store_true")
    return parser


def _sources(args: argparse.Namespace) -> Iterator[Text]:
    found = chain(
        seeds(args.shared) if args.shared else (),
        samples() if args.samples else (),
        generated(args.documents, True, args.seed),
        generated(args.faulty, False, args.seed),
    )
    return (source for source in found if not args.only or args.only in source.name)


def _row(row: Measured) -> str:
    cer = row.wrong / max(1, row.characters)
    return (
        f"{row.name[:44]:44} {row.pages:3} pages {row.seconds:6.1f} s  CER {cer:6.2%}  "
        f"value {_f1(row.counts, 'obs'):.3f} ({_f1(row.text, 'obs'):.3f})  "
        f"+indicator {_f1(row.counts, 'obs_indicator'):.3f} ({_f1(row.text, 'obs_indicator'):.3f})  "
        f"errors {row.told}+{row.warned}w/{row.errors}, false {len(row.false)}, warnings {row.warnings}"
        + (f"  {row.refused}" if row.refused else "")
    )


def _f1(counts: Counter[str], right: str) -> float:
    """F1 of figures whose `right` is counted."""
    return 2 * counts[right] / max(1, counts["obs_want"] + counts["obs_got"])


def _summary(rows: Sequence[Measured], timed: Sequence[tuple[int, float]]) -> dict[str, float | int]:
    scans, texts = Counter[str](), Counter[str]()
    for row in rows:
        scans.update(row.counts)
        texts.update(row.text)
    pages, seconds = sum(r.pages for r in rows), sum(r.seconds for r in rows)
    whole: dict[str, float | int] = {
        "scans": len(rows),
        "clean reports": sum(r.clean for r in rows),
        "pages": pages,
        "CER": round(sum(r.wrong for r in rows) / max(1, sum(r.characters for r in rows)), 5),
        "F1": round(_f1(scans, "obs"), 4),
        "F1 with indicator": round(_f1(scans, "obs_indicator"), 4),
        "F1 of the text PDFs": round(_f1(texts, "obs"), 4),
        "F1 with indicator of the text PDFs": round(_f1(texts, "obs_indicator"), 4),
        "errors of the text PDFs": sum(r.errors for r in rows),
        "of these told as errors": sum(r.told for r in rows),
        "of these told as warnings": sum(r.warned for r in rows),
        "false errors on clean reports": sum(len(r.false) for r in rows if r.clean),
        "false errors on faulty reports": sum(len(r.false) for r in rows if not r.clean),
        "warnings": sum(r.warnings for r in rows),
        "pages per second": round(pages / max(seconds, 0.001), 3),
        "processors": os.cpu_count() or 1,
    }
    if timed:
        whole["pages per second of Tesseract alone"] = round(sum(p for p, _ in timed) / sum(s for _, s in timed), 3)
    return whole


if __name__ == "__main__":
    sys.exit(main())
