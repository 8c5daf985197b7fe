"""Write generated reports and their labels: `python -m tests.evaluation.generator --seed 1 --count 40 --out DIR`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.evaluation.generator import generate
from tests.evaluation.generator.lists import PARTS
from tests.evaluation.generator.pdf import converted

FORMATS = ("docx", "pdf", "txt")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line: DIR/STEM.json is the label of DIR/STEM.docx, .pdf and .txt."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="first seed; even seeds carry errors, odd ones are clean")
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--part", choices=PARTS, default="tuning")
    parser.add_argument("--formats", default="docx,txt", help="of docx, pdf, txt; separated by commas")
    args = parser.parse_args(arguments)
    formats = args.formats.split(",")
    if not set(formats) <= set(FORMATS):
        parser.error(f"--formats: of {', '.join(FORMATS)}")
    args.out.mkdir(parents=True, exist_ok=True)
    written = []
    for seed in range(args.seed, args.seed + args.count):
        made = generate(seed, args.part)
        path = args.out / f"{made.stem}.json"
        path.write_text(json.dumps(made.label, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        if "txt" in formats:
            path.with_suffix(".txt").write_text(made.text, encoding="utf-8")
        if "docx" in formats or "pdf" in formats:
            path.with_suffix(".docx").write_bytes(made.docx)
            written.append(path.with_suffix(".docx"))
    if "pdf" in formats:
        converted(written, args.out)
        if "docx" not in formats:
            for path in written:
                path.unlink()
    print(f"{args.count} reports in {args.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
