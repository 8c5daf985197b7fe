"""`make bench`: speed and memory as ratios measured in one run, never as bare seconds.

* pages per second of the whole pipeline (read, facts, checks; two processes) against pdfplumber's own `extract_text` and
  `extract_tables` on the same PDFs, each page once, in one process and in two;
* `soat --help` against `python -c pass`;
* peak memory of `soat run` over 200 documents against 20;
* the share of checks and localisation in the time of a report (reading, facts, checks) over all samples;
* what the guard costs on good files, beside plain worker processes (`guarding`);
* seconds per document and landing as the folder grows; facts and checks per figure as a report grows to 3,000 figures
  (about 100 pages) of which one in seventy is wrong.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.benchmark.guarding import guarding

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


def pdfs() -> list[Path]:
    """The PDFs to read: the samples, and those beside the repository where they stand."""
    shared = ROOT.parent / "shared" / "seeds"
    return sorted([*(ROOT / "data" / "raw").glob("*.pdf"), *shared.glob("00?.pdf")])


def plain(path: Path) -> int:
    """What pdfplumber itself does: text and tables of every page; returns the number of pages."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_text()
            page.extract_tables()
            page.close()
        return len(document.pages)


def whole(path: Path) -> int:
    """The pipeline up to the findings; returns the number of pages."""
    from pipeline.flow import judge

    report, _ = judge(path)
    return report.source.pages or 0


def timed(work: Callable[[Path], int], files: list[Path], jobs: int) -> tuple[float, int]:
    """Seconds and pages of `work` over `files` with `jobs` warm processes."""
    with ProcessPoolExecutor(jobs) as pool:
        list(pool.map(work, files[:jobs]))  # imports and models are loaded before the clock starts
        start = time.perf_counter()
        pages = sum(pool.map(work, files))
        return time.perf_counter() - start, pages


def reading(repeats: int) -> dict[str, float]:
    """Pages per second, and the pipeline's share of pdfplumber's speed, the best of some turns each."""
    files = pdfs()
    rows: dict[str, list[float]] = {
        "pdfplumber, 2 processes": [],
        "pipeline, 2 processes": [],
        "pdfplumber, 1 process": [],
    }
    for _ in range(repeats):
        for name, work, jobs in (
            ("pdfplumber, 2 processes", plain, 2),
            ("pipeline, 2 processes", whole, 2),
            ("pdfplumber, 1 process", plain, 1),
        ):
            seconds, pages = timed(work, files, jobs)
            rows[name].append(pages / seconds)
    found = {f"{name} (pages/s)": statistics.median(v) for name, v in rows.items()}
    found["pipeline / pdfplumber, both on 2 processes"] = statistics.median(
        a / b for a, b in zip(rows["pipeline, 2 processes"], rows["pdfplumber, 2 processes"], strict=True)
    )
    found["pipeline on 2 / pdfplumber on 1"] = statistics.median(
        a / b for a, b in zip(rows["pipeline, 2 processes"], rows["pdfplumber, 1 process"], strict=True)
    )
    return found


def starting(repeats: int = 9) -> dict[str, float]:
    """Seconds to the help page beside an empty Python, medians."""

    def seconds(command: list[str]) -> float:
        times = []
        for _ in range(repeats):
            start = time.perf_counter()
            subprocess.run(command, capture_output=True, check=True)
            times.append(time.perf_counter() - start)
        return statistics.median(times)

    bare = seconds([sys.executable, "-c", "pass"])
    shown = seconds([str(BIN / "soat"), "--help"])
    return {"soat --help (s)": shown, "python -c pass (s)": bare, "ratio": shown / bare}


def _copies(folder: Path, count: int) -> None:
    """`count` different documents: the samples with a comment of their own in each."""
    sources = sorted((ROOT / "data" / "raw").glob("*.docx"))
    for n in range(count):
        source = sources[n % len(sources)]
        target = folder / f"{n:04}-{source.name}"
        shutil.copy(source, target)
        import zipfile

        with zipfile.ZipFile(target, "a") as package:
            package.writestr(f"custom/{n}.txt", str(n))


def memory() -> dict[str, float]:
    """Peak memory (MiB, largest single process) of a run over 20 and over 200 documents, and seconds per document."""
    found: dict[str, float] = {}
    peaks = []
    for count in (20, 200):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "in").mkdir()
            _copies(folder / "in", count)
            script = (
                "import resource, subprocess, sys\n"
                f"subprocess.run([{str(BIN / 'soat')!r}, 'run', {str(folder / 'in')!r}, '--warehouse', {str(folder / 'w.duckdb')!r}, '--exit-zero'],"
                " stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)\n"
                "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)\n"
            )
            start = time.perf_counter()
            done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
            seconds = time.perf_counter() - start
        peaks.append(float(done.stdout))
        found[f"{count} documents (MiB)"] = peaks[-1]
        found[f"{count} documents (s/document)"] = seconds / count
    found["peak of 200 / peak of 20"] = peaks[1] / peaks[0]
    return found


def cost() -> dict[str, float]:
    """How the time of a report divides, over the samples, the second of two turns."""
    from extractors import read, report_of
    from pipeline.checks import check

    files = sorted([*(ROOT / "data" / "raw").glob("*.pdf"), *(ROOT / "data" / "raw").glob("*.docx")])
    for _ in range(2):
        spent = [0.0, 0.0, 0.0]
        for path in files:
            marks = [time.perf_counter()]
            document = read(path)
            marks.append(time.perf_counter())
            report = report_of(document)
            marks.append(time.perf_counter())
            check(report)
            marks.append(time.perf_counter())
            spent = [s + after - before for s, before, after in zip(spent, marks, marks[1:], strict=False)]
    names = ("reading", "facts", "checks and localisation")
    return {f"{name}, share of the time": part / sum(spent) for name, part in zip(names, spent, strict=True)}


def growing() -> dict[str, float]:
    """Milliseconds per figure of facts and of checks as one report grows tenfold."""
    from extractors import report_of
    from extractors.model import Document, Paragraph, Passage, Source
    from pipeline.checks import check

    found: dict[str, float] = {}
    for sections in (20, 60, 200, 430):
        texts = ["BÁO CÁO", "Kết quả giải quyết TTHC năm 2024"]
        for n in range(sections):
            texts += [
                f"{n + 1}. Lĩnh vực số {n + 1}",
                f"- Tổng số hồ sơ tiếp nhận: {900 + n} hồ sơ, trong đó:",
                f"+ Kỳ trước chuyển sang: {10 + n} hồ sơ",
                "+ Tiếp nhận mới: 890 hồ sơ",
                f"- Đã giải quyết {880 + n + 9 * (n % 10 == 5)} hồ sơ (trước hạn {800 + n} hồ sơ, đúng hạn 78 hồ sơ, quá hạn 02 hồ sơ).",
            ]
        blocks = tuple(Paragraph(Passage(t, f"p{k}")) for k, t in enumerate(texts, 1))
        document = Document(Source("long.txt", "0", 0, "txt"), blocks)
        report_of(document)
        start = time.perf_counter()
        report = report_of(document)
        middle = time.perf_counter()
        check(report)
        end = time.perf_counter()
        figures = len(report.observations)
        found[f"facts, {figures} figures (ms/figure)"] = 1000 * (middle - start) / figures
        found[f"checks, {figures} figures (ms/figure)"] = 1000 * (end - middle) / figures
    return found


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--reports", type=int, default=500, help="of the guard's cost")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    report: dict[str, dict[str, float]] = {}
    for title, part in (
        ("reading PDFs", lambda: reading(args.repeats)),
        ("starting", starting),
        ("memory and folder size", memory),
        ("where the time of a report goes", cost),
        ("length of a report", growing),
        ("cost of the guard", lambda: guarding(args.reports, args.repeats)),
    ):
        report[title] = part()
        print(f"\n== {title}")
        for name, value in report[title].items():
            print(f"{name:<48} {value:10.3f}")
        sys.stdout.flush()
    if args.json:
        args.json.write_text(json.dumps(report, indent=1), encoding="utf-8")
    print(f"\nthis process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB at most")
    return 0


if __name__ == "__main__":
    sys.exit(main())
