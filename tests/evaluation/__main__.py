"""`make eval`: the scoreboard of extraction and checks on every labelled set, by set and document.

Sets: the samples in data/raw; documents labelled apart from the rules (tests/corpus, with what each showed at its first
look); generated reports in two sets of wordings; and, where ../shared stands beside the repository, its golden labels by their own scorer. `--verbose` lists everything that went wrong,
`--json OUT` writes all counts. The exit status is 0 whatever the scores.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.evaluation.score import Tally, score

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests" / "corpus"
SHARED = ROOT.parent / "shared"
COLUMNS = (
    "value P",
    "value R",
    "value F1",
    "+indic",
    "+scope",
    "cite F1",
    "date",
    "header",
    "errors",
    "false",
    "remarks",
    "suggest",
    "unread",
)


def labelled() -> dict[str, list[tuple[Path, Path]]]:
    """(document, label) pairs by set."""
    sets: dict[str, list[tuple[Path, Path]]] = {}
    for label in sorted(CORPUS.glob("*/*.json")):
        folder = ROOT / "data" / "raw" if label.parent.name == "samples" else label.parent
        for document in sorted(folder.glob(f"{label.stem}.*")):
            if document.suffix in {".docx", ".pdf", ".txt", ".html"}:
                sets.setdefault(label.parent.name, []).append((document, label))
    return sets


def inspected(documents: list[Path]) -> Iterator[dict[str, object]]:
    """The lines that `soat inspect --json` prints for the documents."""
    soat = Path(sys.executable).parent / "soat"
    done = subprocess.run([soat, "inspect", "--json", *documents], capture_output=True, text=True, check=False)
    for line in done.stdout.splitlines():
        yield json.loads(line)


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def cells(t: Tally) -> list[str]:
    """One row of the scoreboard."""
    c = t.counts
    return [
        _share(t.rate("obs", "obs_got")),
        _share(t.rate("obs", "obs_want")),
        _share(t.f1("obs", "obs_want", "obs_got")),
        _share(t.f1("obs_indicator", "obs_want", "obs_got")),
        _share(t.f1("obs_scope", "obs_want", "obs_got")),
        _share(t.f1("cite", "cite_want", "cite_got")),
        _share(t.rate("cite_date", "cite")),
        _share(t.rate("head", "head_want")),
        f"{c['error']}/{c['error_want']}",
        str(c["error_extra"]),
        f"{c['remark']}/{c['remark_want']}",
        f"{c['suggest']}/{c['suggest_want']}",
        _share(t.rate("unread", "digits")),
    ]


def table(title: str, rows: dict[str, Tally], verbose: bool, brief: bool = False) -> Tally:
    """Print one set; returns its total. `brief` leaves out the documents in which nothing went wrong."""
    total = Tally()
    for tally in rows.values():
        total.add(tally)
    width = max(len(name) for name in [*rows, "total"])
    print(f"\n== {title}")
    print(" " * width, *(f"{c:>8}" for c in COLUMNS))
    for name, tally in {**rows, "total": total}.items():
        if brief and name != "total" and not (verbose and tally.notes):
            continue
        print(f"{name:<{width}}", *(f"{cell:>8}" for cell in cells(tally)))
        if verbose and name != "total":
            print(*(f"    {note}\n" for note in tally.notes), sep="", end="")
    return total


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", action="append", help="only this set (repeatable)")
    parser.add_argument("--only", help="only documents whose name holds this")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--json", type=Path)
    parser.add_argument(
        "--generated", type=int, default=60, metavar="N", help="generated reports of each part (0: none)"
    )
    parser.add_argument("--seed", type=int, default=5000, help="first seed of the generated reports")
    parser.add_argument("--formats", default="docx", help="of the generated reports: docx, pdf or txt")
    args = parser.parse_args()
    sets = labelled()
    with tempfile.TemporaryDirectory() as folder:
        if args.generated:
            sets |= generated(Path(folder), args.generated, args.seed, args.formats)
        report = _scored(sets, args)
    if (SHARED / "golden" / "score.py").exists() and not args.only and (not args.set or "golden" in args.set):
        _golden(args.verbose)
    if args.json:
        args.json.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


def generated(folder: Path, count: int, seed: int, form: str) -> dict[str, list[tuple[Path, Path]]]:
    """Reports written by the generator, (document, label) pairs by part."""
    from tests.evaluation.generator.__main__ import main as write

    sets = {}
    for part in ("tuning", "kept-out"):
        place = folder / part
        with contextlib.redirect_stdout(io.StringIO()):
            write(["--seed", str(seed), "--count", str(count), "--out", str(place), "--part", part, "--formats", form])
        sets[f"generated {part}"] = [(label.with_suffix(f".{form}"), label) for label in sorted(place.glob("*.json"))]
    return sets


def _golden(verbose: bool) -> None:
    """The seeds by the scorer that stands beside their labels."""
    command = f"{Path(sys.executable).parent / 'soat'} inspect --json"
    extra = ["--verbose"] if verbose else []
    formats = "docx,pdf,fallback,txt"
    golden = [sys.executable, SHARED / "golden" / "score.py", "--command", command, "--formats", formats, *extra]
    sys.stdout.flush()
    subprocess.run(golden, check=False)


def _scored(sets: dict[str, list[tuple[Path, Path]]], args: argparse.Namespace) -> dict[str, object]:
    """Score and print every set; the counts by set and document."""
    report: dict[str, object] = {}
    for name, pairs in sets.items():
        if args.set and name not in args.set:
            continue
        pairs = [p for p in pairs if not args.only or args.only in p[0].name]
        if not pairs:
            continue
        lines = {Path(str(line["source"]["path"])).name: line for line in inspected([d for d, _ in pairs])}  # type: ignore[index]
        rows = {d.name: score(json.loads(lb.read_text(encoding="utf-8")), lines[d.name]) for d, lb in pairs}
        total = table(name, rows, args.verbose, brief=name.startswith("generated"))
        made = name.startswith("generated")  # their names say nothing, and there are many
        single = {} if made else {k: dict(t.counts) for k, t in rows.items()}
        report[name] = {"count": len(rows), "total": dict(total.counts), "documents": single}
    return report


if __name__ == "__main__":
    sys.exit(main())
