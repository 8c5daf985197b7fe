"""Text PDFs of which scans are made, each with what is known of it: samples, generated reports, seeds that stand beside.

Nothing is taken of the generator's hand that is kept out.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.evaluation.generator import generate
from tests.evaluation.generator.lists import NAMES
from tests.evaluation.generator.pdf import converted

ROOT: Final = Path(__file__).resolve().parents[2]
RAW, LABELS = ROOT / "data" / "raw", ROOT / "tests" / "corpus" / "samples"
HANDS: Final = ("tuning", *NAMES)
FIRST_SEED: Final = 9001  # odd: clean reports


@dataclass(frozen=True, slots=True)
class Text:
    """A text PDF and its label; `seed` is what its scan is spoilt by."""

    name: str
    pdf: bytes
    label: dict[str, Any]
    seed: int

    @property
    def clean(self) -> bool:
        """Whether the label knows of no error."""
        return not any(f["severity"] == "error" for f in self.label.get("findings") or [])


def generated(count: int, clean: bool = True, first: int = FIRST_SEED) -> Iterator[Text]:
    """Reports of the open hands in turn, without errors, or with one to three each."""
    with tempfile.TemporaryDirectory() as folder:
        documents, labels = [], []
        for n in range(count):
            made = generate(first + 2 * n + (not clean), HANDS[n % len(HANDS)])
            documents.append(Path(folder, f"{made.stem}.docx"))
            documents[-1].write_bytes(made.docx)
            labels.append(made.label)
        for n, pdf in enumerate(converted(documents, Path(folder)) if documents else []):
            yield Text(pdf.stem, pdf.read_bytes(), labels[n], n)


def samples() -> Iterator[Text]:
    """The samples, those in Word's format converted."""
    with tempfile.TemporaryDirectory() as folder:
        paths = sorted(RAW.iterdir())
        words = [p for p in paths if p.suffix == ".docx"]
        made = dict(zip(words, converted(words, Path(folder)), strict=True))
        for n, path in enumerate(p for p in paths if p.suffix in (".docx", ".pdf")):
            label = json.loads((LABELS / f"{path.stem}.json").read_text(encoding="utf-8"))
            yield Text(path.stem, made.get(path, path).read_bytes(), label, 1000 + n)


def seeds(shared: Path) -> Iterator[Text]:
    """The labelled reports that stand beside the repository; nothing where they do not."""
    for n, label in enumerate(sorted((shared / "golden").glob("[0-9]*.json"))):
        pdf = shared / "seeds" / f"{label.stem}.pdf"
        if pdf.exists():
            yield Text(pdf.stem, pdf.read_bytes(), json.loads(label.read_text(encoding="utf-8")), 2000 + n)
