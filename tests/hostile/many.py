"""`python -m tests.hostile.many --files 10000 --hostile 100`: a folder of small reports, one in a hundred hostile.

Every report is a sample's text with a figure of its own, so that no two are the same file. `soat run` must read all good
ones, list all hostile ones by their code, and take no more memory than it does for a few. Exit 1 where it does not.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.hostile import packages, pages
from tests.hostile.case import ROOT
from tests.hostile.container import ole

PARENT_MIB = 400
SHORT = 2_500  # characters of a report
HOSTILE: tuple[tuple[str, Callable[[], bytes], str], ...] = (
    ("a.docx", packages.truncated, "corrupt"),
    ("b.docx", packages.overlapping, "zip_bomb"),
    ("c.docx", packages.billion_laughs, "dtd_present"),
    ("d.docx", packages.deep, "too_deep"),
    ("e.docx", packages.wide_table, "table_too_wide"),
    ("f.docx", packages.two_documents, "ambiguous"),
    ("g.docx", lambda: ole("EncryptedPackage"), "encrypted"),
    ("h.pdf", pages.random_bytes, "corrupt"),
    ("i.pdf", pages.deep_tree, "too_deep"),
    ("j.pdf", pages.loop, "corrupt"),
    ("k.pdf", lambda: pages.encrypted(b"mat khau"), "encrypted"),
    ("l.pdf", pages.flate_bomb, "too_large"),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to; MiB of the largest process of the run, `parent_mib` of the one that leads it."""

    files: int
    read: int
    refused: int
    seconds: float
    parent_mib: float
    wrong: list[str]


def texts() -> list[str]:
    """Short generated reports."""
    from tests.evaluation.generator import generate

    found: list[str] = []
    seed = 1
    while len(found) < 20:
        made = generate(seed).text
        seed += 1
        if len(made) <= SHORT:
            found.append(made)
    return found


def reports(number: int) -> Iterator[tuple[str, bytes]]:
    """Reports in DOCX and text, each with a figure of its own."""
    from xml.sax.saxutils import escape

    held = texts()
    for n in range(number):
        said = f"{held[n % len(held)]}\nHồ sơ số {n} của đợt này gồm {1_000 + n} trang.\n"
        if n % 4 == 0:
            paragraphs = "".join(f"<w:p><w:r><w:t>{escape(row)}</w:t></w:r></w:p>" for row in said.splitlines())
            yield f"{n:05}.docx", packages.package(("word/document.xml", packages.document(paragraphs)))
        else:
            yield f"{n:05}.txt", said.encode()


def fill(folder: Path, files: int, hostile: int) -> dict[str, str]:
    """Write the files; names and codes of the hostile ones, which stand evenly among the others."""
    for name, data in reports(files - hostile):
        (folder / name).write_bytes(data)
    bad: dict[str, str] = {}
    made = [(name, make(), code) for name, make, code in HOSTILE]
    for n in range(hostile):
        name, data, code = made[n % len(made)]
        path = folder / f"{(n * files) // hostile:05}-{n:04}{name}"
        path.write_bytes(data + b"\n%%%d\n" % n if path.suffix == ".pdf" else data)
        bad[path.name] = code
    return bad


def run(files: int, hostile: int, jobs: int) -> Outcome:
    """One run over such a folder."""
    with tempfile.TemporaryDirectory(prefix="soat-many-") as name:
        place = Path(name)
        folder, temporary = place / "in", place / "tmp"
        folder.mkdir()
        temporary.mkdir()
        bad = fill(folder, files, hostile)
        begun = time.monotonic()
        with (place / "out").open("wb") as out:
            process = subprocess.Popen(
                [*(sys.executable, "-m", "pipeline.cli", "run", str(folder), "--json", "--exit-zero"), "--jobs", str(jobs), "--warehouse", str(place / "w.duckdb")],
                stdout=out, stderr=subprocess.DEVNULL, env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)},
            )  # fmt: skip
            peak = watched(process)
        seconds = time.monotonic() - begun
        codes = {}
        with (place / "out").open(encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                codes[Path(row["source"]["path"]).name] = row["error"] and row["error"]["code"]
        wrong = [f"exit {process.returncode}"] * (process.returncode != 0)
        wrong += [f"{n}: {c}, not {bad.get(n)}" for n, c in codes.items() if c != bad.get(n)][:20]
        wrong += [f"{files - len(codes)} files without an outcome"] * (len(codes) != files)
        wrong += [f"left over: {p.name}" for p in temporary.iterdir()]
        wrong += [f"{peak:.0f} MiB"] * (peak > PARENT_MIB)
        tally = Counter(code is None for code in codes.values())
        return Outcome(files, tally[True], tally[False], seconds, peak, wrong)


def watched(process: subprocess.Popen[bytes]) -> float:
    """Wait for its end; MiB that the process itself held at most."""
    peak = 0
    status = Path("/proc", str(process.pid), "status")
    while process.poll() is None:
        try:
            held = [row.split()[1] for row in status.read_text().splitlines() if row.startswith("VmHWM")]
        except OSError:
            held = []
        peak = max([peak, *map(int, held)])
        time.sleep(0.2)
    return peak / 1024


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.many", description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--hostile", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    done = run(args.files, args.hostile, args.jobs)
    print(
        f"{done.files} files in {done.seconds:.0f} s ({done.files / done.seconds:.1f} a second): {done.read} read, {done.refused} refused; "
        f"the run itself held {done.parent_mib:.0f} MiB at most"
    )
    for said in done.wrong:
        print(f"WRONG {said}")
    if args.json:
        args.json.write_text(json.dumps(asdict(done), indent=1) + "\n", encoding="utf-8")
    return 1 if done.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
