"""Write every sample report and its label: `python -m tests.reports.write [part of a name …]`.

DOCX come out byte for byte the same; so do the PDFs of one LibreOffice, whose clock and random mark are taken out.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.reports import paper
from tests.reports.report import Report
from tests.reports.samples import ALL

ROOT = Path(__file__).resolve().parents[2]
RAW, LABELS = ROOT / "data" / "raw", ROOT / "tests" / "corpus" / "samples"


def timeless(made: bytes) -> bytes:
    """The PDF with the fixed clock and with marks that depend on its contents alone (lengths stay, so do offsets)."""
    clock = f"/CreationDate(D:{paper.STAMP:%Y%m%d%H%M%S}Z')".encode()
    made = re.sub(rb"/CreationDate\(D:\d{14}[^)]*\)", lambda old: clock.ljust(len(old[0])), made)
    trailer = made.rindex(b"trailer")
    mark = hashlib.md5(made[:trailer], usedforsecurity=False).hexdigest().upper().encode()
    return made[:trailer] + re.sub(rb"[0-9A-F]{32}", mark, made[trailer:])


def to_pdf(source: Path, target: Path) -> None:
    """Convert one DOCX by LibreOffice with a profile of its own."""
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", "pdf"]
        outcome = [*command, "--outdir", str(target.parent), str(source)]
        subprocess.run(outcome, check=True, capture_output=True, timeout=180)
    target.write_bytes(timeless(target.read_bytes()))


def finished(report: Report) -> Report:
    """The report with its footnotes in place."""
    if report.notes:
        paper.footnotes(report.document, report.notes)
    return report


def label_text(report: Report) -> str:
    """The label as the file holds it."""
    return json.dumps(report.label(), ensure_ascii=False, indent=1) + "\n"


def write(report: Report) -> None:
    """Write the document to `data/raw` and its label to `tests/corpus/samples`."""
    finished(report)
    (LABELS / f"{report.stem}.json").write_text(label_text(report), encoding="utf-8")
    if report.form == "docx":
        paper.saved(report.document, RAW / f"{report.stem}.docx")
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{report.stem}.docx"
        paper.saved(report.document, source)
        to_pdf(source, RAW / f"{report.stem}.pdf")


def main(wanted: list[str]) -> None:
    """Write all reports, or those whose name holds one of `wanted`."""
    RAW.mkdir(parents=True, exist_ok=True)
    LABELS.mkdir(parents=True, exist_ok=True)
    for make in ALL:
        report = make()
        if not wanted or any(part in report.stem for part in wanted):
            write(report)
            print(report.stem, len(report.truth.observations), "figures", len(report.truth.findings), "faults")


if __name__ == "__main__":
    main(sys.argv[1:])
