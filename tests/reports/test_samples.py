"""The samples hold what their labels say: arithmetic, printed figures, and the same files from the same script."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any

import docx
import pypdfium2
import pytest
from docx.table import Table
from docx.text.paragraph import Paragraph

from tests.reports import paper
from tests.reports.report import Report
from tests.reports.samples import ALL
from tests.reports.write import LABELS, RAW, finished, label_text

FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
Make = Callable[[], Report]
each = pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)


@cache
def built(make: Make) -> Report:
    """The report as the script writes it."""
    return finished(make())


def label(make: Make) -> dict[str, Any]:
    """Its label as kept in the repository."""
    read: dict[str, Any] = json.loads((LABELS / f"{built(make).stem}.json").read_text(encoding="utf-8"))
    return read


def lines(document: Any) -> Iterator[str]:
    """Paragraphs and table rows (filled cells joined by tabs) in reading order, then the footnotes."""
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            for row in block.rows:
                cells = {id(cell._tc): cell.text for cell in row.cells}
                yield "\t".join(text for text in cells.values() if text)
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/word/footnotes.xml":
            yield re.sub("<[^>]+>", "", part.blob.decode())


def kept_text(make: Make) -> str:
    """The text of the document in `data/raw`."""
    report = built(make)
    path = RAW / f"{report.stem}.{report.form}"
    if report.form == "docx":
        return "\n".join(lines(docx.Document(str(path))))
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


def members(archive: bytes) -> dict[str, tuple[object, bytes]]:
    """Name -> (date, bytes) of every file in a package."""
    with zipfile.ZipFile(io.BytesIO(archive)) as package:
        return {entry.filename: (entry.date_time, package.read(entry)) for entry in package.infolist()}


def test_the_set_is_wide_enough() -> None:
    forms = Counter(built(make).form for make in ALL)
    faulty = sum(bool(label(make)["findings"]) for make in ALL)
    assert forms["docx"] >= 8 and forms["pdf"] >= 4
    assert abs(faulty - (len(ALL) - faulty)) <= 1


def test_files_and_labels_are_those_of_the_script() -> None:
    stems = {f"{built(make).stem}.{built(make).form}" for make in ALL}
    assert len(stems) == len(ALL)
    assert {path.name for path in RAW.iterdir()} == stems
    assert {path.stem for path in LABELS.glob("*.json")} == {stem.rpartition(".")[0] for stem in stems}


@each
def test_label_regenerates(make: Make) -> None:
    kept = (LABELS / f"{built(make).stem}.json").read_text(encoding="utf-8")
    assert label_text(built(make)) == kept


@each
def test_document_regenerates(make: Make) -> None:
    report = built(make)
    made = paper.packed(report.document)
    assert made == paper.packed(finished(make()).document)
    if report.form == "docx":
        assert members(made) == members((RAW / f"{report.stem}.docx").read_bytes())
    else:
        printed = Counter(FIGURE.findall(kept_text(make)))
        assert not Counter(FIGURE.findall("\n".join(lines(report.document)))) - printed


@each
def test_identities_hold_between_figures_of_the_label(make: Make) -> None:
    kept = label(make)
    stated = {Decimal(o["value"]) for o in kept["observations"]}
    stated |= {Decimal(f["suggestion"]) for f in kept["findings"] if f["suggestion"]}
    assert kept["identities"]
    for identity in kept["identities"]:
        total, _, parts = identity.partition(" = ")
        terms = [Decimal(part) for part in parts.split(" + ")]
        assert sum(terms) == Decimal(total), identity
        assert stated >= {Decimal(total), *terms}, identity


@each
def test_every_labelled_figure_is_printed(make: Make) -> None:
    text = kept_text(make)
    wanted = Counter(match for o in label(make)["observations"] for match in FIGURE.findall(o["text"]))
    assert not wanted - Counter(FIGURE.findall(text))
    printed = " ".join(text.split())
    for cited in label(make)["citations"]:
        assert cited["key"] in printed


@each
def test_values_are_the_printed_figures(make: Make) -> None:
    for o in label(make)["observations"]:
        plain = o["text"].rstrip("%").lstrip("+")
        grouped = re.fullmatch(r"-?\d{1,3}(\.\d{3})+", plain) is not None
        read = plain.replace(".", "") if grouped else plain.replace(",", ".")
        assert Decimal(read) == Decimal(o["value"]), o


@each
def test_quotes_stand_in_the_document(make: Make) -> None:
    text = "\n".join(lines(built(make).document))
    for o in label(make)["observations"] + label(make)["citations"]:
        assert o["quote"] in text, o
        assert str(o.get("text", "")) in o["quote"]


@each
def test_findings_name_a_printed_figure_and_another_value(make: Make) -> None:
    kept = label(make)
    values = {o["text"]: o["value"] for o in kept["observations"]}
    keys = {c["key"] for c in kept["citations"]}
    text = " ".join("\n".join(lines(built(make).document)).split())
    for finding in kept["findings"]:
        figure = finding["figure"]
        assert figure in values or figure in keys or (figure or finding["quote"]) in text
        if finding["suggestion"]:
            assert Decimal(finding["suggestion"]) != Decimal(values[figure])


@each
def test_consistent_or_faulty_as_said(make: Make) -> None:
    said = (make.__doc__ or "").partition(";")[0].partition(".")[0]
    assert said.startswith("Faulty" if label(make)["findings"] else "Consistent")
    assert label(make)["must_not_flag"]
