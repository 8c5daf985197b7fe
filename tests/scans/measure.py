"""What recognition makes of a scan, held against the text PDF of which it was made and against its label."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from extractors.model import Document
from tests.evaluation.score import score
from tests.scans.maker import Kind, drawn, scan
from tests.scans.sources import Text

Line = dict[str, Any]


@dataclass(slots=True)
class Measured:
    """One scan: characters wrong of all, figures wanted, got and right (value; with indicator), findings, seconds.

    `false` are errors of the scan that the text PDF does not have; `told` are the errors of the text PDF that the scan has
    as errors or, beside that, as `warned` findings. `notes` say what was missed or wrong.
    """

    name: str
    clean: bool
    pages: int = 0
    seconds: float = 0.0
    characters: int = 0
    wrong: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    text: Counter[str] = field(default_factory=Counter)
    errors: int = 0
    told: int = 0
    warned: int = 0
    warnings: int = 0
    false: list[str] = field(default_factory=list)
    confidences: list[tuple[int, bool]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refused: str | None = None


def measured(source: Text, dpi: int, kind: Kind) -> Measured:
    """Make the scan, read it and the text PDF, and compare."""
    row = Measured(source.name, source.clean)
    with tempfile.TemporaryDirectory() as folder:
        text, picture = Path(folder, f"{source.name}.pdf"), Path(folder, f"{source.name}-{kind}.pdf")
        text.write_bytes(source.pdf)
        picture.write_bytes(scan(source.pdf, dpi, kind, source.seed))
        wanted, line = read(text)
        began = time.perf_counter()
        got, found = read(picture)
        row.seconds = time.perf_counter() - began
    row.pages = wanted.source.pages or 0
    if got.source.reader != "ocr":
        row.refused = "not recognised"
    row.characters, row.wrong = errors_by_page(wanted, got)
    tally = score(source.label, found)
    row.counts, row.notes = tally.counts, tally.notes
    row.text = score(source.label, line).counts
    _findings(row, line, found)
    _confidences(row, source.label, found)
    return row


def read(path: Path) -> tuple[Document, Line]:
    """The document and its line of the contract; raises Unreadable."""
    from extractors.facts.assemble import facts
    from extractors.readers import read as read_document
    from pipeline.checks import check
    from pipeline.exports.json import line

    document = read_document(path)
    report = facts(document)
    return document, line(report, check(report))


def _findings(row: Measured, line: Line, found: Line) -> None:
    """Errors of the scan beside those of the text PDF, by rule and figures."""
    own = [_key(f) for f in line["findings"] if f["severity"] == "error"]
    row.errors = len(own)
    left = list(own)
    for finding in found["findings"]:
        row.warnings += finding["severity"] == "warning"
        key = _key(finding)
        if key in left and finding["severity"] in ("error", "warning"):
            left.remove(key)
            row.told += finding["severity"] == "error"
            row.warned += finding["severity"] == "warning"
        elif finding["severity"] == "error":
            row.false.append(f"{finding['rule']}: {finding['message']['vi'][:300]}")


def _key(finding: Line) -> tuple[str, str]:
    """What makes a finding of the text PDF and one of its scan the same: the rule and the figure at fault."""
    return finding["rule"], str(finding["stated"])


def _confidences(row: Measured, label: Line, found: Line) -> None:
    """Of every figure that was recognised, its confidence, and whether the label has its value at all."""
    values = {str(o["value"]) for o in label["observations"]}
    for o in found["observations"]:
        if o.get("confidence") is not None:
            row.confidences.append((o["confidence"], o["value"] in values))


# --- characters ----------------------------------------------------------------------------------------------------


def errors_by_page(wanted: Document, got: Document) -> tuple[int, int]:
    """How many characters the pages have, and how many edits make the recognised text of them."""
    one, other = pages_of(wanted), pages_of(got)
    return sum(map(len, one.values())), sum(
        distance(one.get(page, ""), other.get(page, "")) for page in one.keys() | other.keys()
    )


def pages_of(document: Document) -> dict[int, str]:
    """Text by page in reading order, NFC, blanks collapsed."""
    texts: dict[int, list[str]] = {}
    for passage in document.passages():
        for place in passage.places:
            texts.setdefault(place.page, []).append(passage.text[place.start : place.end])
    return {page: unicodedata.normalize("NFC", " ".join(" ".join(words).split())) for page, words in texts.items()}


def distance(a: str, b: str) -> int:
    """Levenshtein's: single characters put in, left out or changed, row by row."""
    if not a or not b:
        return max(len(a), len(b))
    target = np.frombuffer(b.encode("utf-32-le"), dtype=np.uint32)
    steps = np.arange(len(b) + 1)
    row = steps.copy()
    for n, code in enumerate(np.frombuffer(a.encode("utf-32-le"), dtype=np.uint32), 1):
        new = np.minimum(row[1:] + 1, row[:-1] + (target != code))
        row = np.concatenate(([n], new))
        row = np.minimum.accumulate(row - steps) + steps
    return int(row[-1])


# --- bare tesseract ------------------------------------------------------------------------------------------------


def bare(source: Text, dpi: int) -> tuple[int, float]:
    """Pages, and the seconds that Tesseract alone takes for them, one after the other on one processor."""
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
    with tempfile.TemporaryDirectory() as folder:
        pictures = []
        for n, (page, _, _) in enumerate(drawn(source.pdf, dpi)):
            pictures.append(Path(folder, f"{n}.png"))
            cv2.imwrite(str(pictures[-1]), cv2.cvtColor(page, cv2.COLOR_BGR2GRAY))
        began = time.perf_counter()
        for picture in pictures:
            command = ["tesseract", str(picture), "stdout", "-l", "vie", "--dpi", str(dpi)]
            subprocess.run(command, check=True, capture_output=True, env=environment, timeout=300)
        return len(pictures), time.perf_counter() - began
