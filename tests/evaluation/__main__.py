"""`make eval`: the scoreboard of extraction and checks on every labelled set, by set and document.

Sets: the samples in data/raw; documents labelled apart from the rules (tests/corpus, with what each showed at its first
look); generated reports in two sets of wordings; and, where ../shared stands beside the repository, its golden labels by
their own scorer. `--verbose` lists everything that went wrong, `--json OUT` writes all counts, `--against OLD` says what
was gained and lost by name, `--measured OUT` writes what `soat rules` shows of every rule. The exit status is 0 whatever
the scores.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.evaluation import board
from tests.evaluation.findings import by_rule
from tests.evaluation.generator.lists import PARTS
from tests.evaluation.grids import grids
from tests.evaluation.score import score
from tests.evaluation.tally import Tally

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests" / "corpus"
SHARED = ROOT.parent / "shared"
Pairs = list[tuple[Path, Path]]


def labelled() -> dict[str, Pairs]:
    """(document, label) pairs by set."""
    sets: dict[str, Pairs] = {}
    for label in sorted(CORPUS.glob("*/*.json")):
        folder = ROOT / "data" / "raw" if label.parent.name == "samples" else label.parent
        for document in sorted(folder.glob(f"{label.stem}.*")):
            if document.suffix in {".docx", ".pdf", ".txt", ".html"}:
                sets.setdefault(label.parent.name, []).append((document, label))
    return sets


def generated(folder: Path, parts: Sequence[str], count: int, seed: int, form: str) -> dict[str, Pairs]:
    """Reports written by the generator, (document, label) pairs by part."""
    from tests.evaluation.generator.__main__ import main as write

    sets = {}
    for part in parts:
        place = folder / f"{part}-{form}"
        with contextlib.redirect_stdout(io.StringIO()):
            write(["--seed", str(seed), "--count", str(count), "--out", str(place), "--part", part, "--formats", form])
        name = f"generated {part}" + ("" if form == "docx" else f" {form}")
        sets[name] = [(label.with_suffix(f".{form}"), label) for label in sorted(place.glob("*.json"))]
    return sets


def inspected(documents: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """The lines that `soat inspect --json` prints for the documents, in their order, as they come."""
    soat = Path(sys.executable).parent / "soat"
    command = [soat, "inspect", "--json", *documents]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as child:
        assert child.stdout is not None
        for line in child.stdout:
            yield json.loads(line)


def scored(pairs: Pairs) -> dict[str, Tally]:
    """One tally a document."""
    rows = {}
    for (document, label), line in zip(pairs, inspected([d for d, _ in pairs]), strict=True):
        told = json.loads(label.read_text(encoding="utf-8"))
        rows[document.name] = score(told, line)
        grids(told, document, rows[document.name])
    return rows


def total(rows: Iterable[Tally]) -> Tally:
    """All of them together."""
    whole = Tally()
    for tally in rows:
        whole.add(tally)
    return whole


def _golden(verbose: bool) -> None:
    """The seeds by the scorer that stands beside their labels."""
    command = f"{Path(sys.executable).parent / 'soat'} inspect --json"
    extra = ["--verbose"] if verbose else []
    formats = "docx,pdf,fallback,txt"
    golden = [sys.executable, SHARED / "golden" / "score.py", "--command", command, "--formats", formats, *extra]
    sys.stdout.flush()
    subprocess.run(golden, check=False)


def entry(name: str, rows: dict[str, Tally], seeds: str | None) -> dict[str, Any]:
    """One set as the scoreboard keeps it; of generated documents only those in which something went wrong, and of those
    with wordings kept out nothing that quotes them."""
    quoted = "kept-out" not in name
    documents = {
        document: ({} if seeds else {"counts": dict(t.counts)})
        | {"wrong": t.notes if quoted else [note.partition(":")[0] for note in t.notes]}
        for document, t in rows.items()
        if t.notes or not seeds
    }
    return {"count": len(rows), "seeds": seeds, "total": dict(total(rows.values()).counts), "documents": documents}


def measured(rules: Tally) -> dict[str, dict[str, int]]:
    """Counts by rule of `soat rules`: tested, reported, right, missed."""
    from pipeline.checks.rules import RULES

    return by_rule([rule.id for rule in RULES], rules.rules)


def arguments() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", action="append", help="only this set (repeatable)")
    parser.add_argument("--only", help="only documents whose name holds this")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--against", type=Path, help="an earlier --json: say what was gained and lost by name")
    parser.add_argument("--measured", type=Path, help="write the counts by rule")
    parser.add_argument(
        "--generated", type=int, default=60, metavar="N", help="generated reports of each part (0: none)"
    )
    parser.add_argument("--seed", type=int, default=5000, help="first seed of the generated reports")
    parser.add_argument("--formats", default="docx", help="of the generated reports: docx, pdf, txt; by commas")
    return parser


def main() -> int:
    """Score, print and keep."""
    args = arguments().parse_args()
    before = json.loads(args.against.read_text(encoding="utf-8")) if args.against and args.against.exists() else None
    sets, kept = labelled(), {}
    groups = {"by hand": Tally(), **{f"generated {part}": Tally() for part in PARTS}}
    with tempfile.TemporaryDirectory() as folder:
        for form in args.formats.split(",") if args.generated else []:
            parts = [p for p in PARTS if not args.set or f"generated {p}" in args.set]
            sets |= generated(Path(folder), parts, args.generated, args.seed, form)
        for name, pairs in sets.items():
            pairs = [p for p in pairs if not args.only or args.only in p[0].name]
            made = name.startswith("generated")
            asked = {name, " ".join(name.split()[:2])} if made else {name}  # "generated tuning" in whichever format
            if not pairs or (args.set and not asked & set(args.set)):
                continue
            rows = scored(pairs)
            shown = {**rows, "total": total(rows.values())}
            print(*board.sets_table(name, shown, args.verbose, brief=made), sep="\n", flush=True)
            groups[" ".join(name.split()[:2]) if made else "by hand"].add(shown["total"])
            kept[name] = entry(name, rows, f"{args.seed}+{args.generated}" if made else None)
    print(*board.families_table(groups), *board.kinds_table(groups), sep="\n", flush=True)
    if (SHARED / "golden" / "score.py").exists() and not args.only and (not args.set or "golden" in args.set):
        _golden(args.verbose)
    if before is not None:
        print(*board.changes_table(before, kept), sep="\n")
    for path, content in ((args.json, kept), (args.measured, measured(total(groups.values())))):
        if path:
            path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
