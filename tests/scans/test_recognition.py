"""A scanned page through the whole program: what is read, how sure, and that nothing false is told of it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.evaluation.generator.pdf import converted
from tests.reports import paper
from tests.scans.maker import scan
from tests.scans.measure import Line, read

pytestmark = pytest.mark.slow

LINES = (
    "Trong kỳ báo cáo, Sở tiếp nhận 33.451 hồ sơ, trong đó trực tuyến 30.112 hồ sơ.",
    "Đã giải quyết 1.733 hồ sơ, trong đó: trước hạn 1.500 hồ sơ, đúng hạn {} hồ sơ, quá hạn 33 hồ sơ.",
)


@pytest.fixture(autouse=True)
def _programs() -> None:
    for program in ("tesseract", "soffice"):
        if shutil.which(program) is None:
            if os.environ.get("CI") == "true":
                pytest.fail(f"{program} is missing")
            pytest.skip(f"{program} is missing")
    languages = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=True, timeout=60)
    assert "vie" in languages.stdout.split(), "Tesseract has no Vietnamese data"


def scanned(folder: Path, on_time: int) -> Line:
    """The line of a clean scan of `LINES` with so many dossiers on time."""
    document = paper.new_document()
    for text in LINES:
        paper.write(document.add_paragraph(), text.format(on_time), paper.Look())
    source = folder / "bao-cao.docx"
    source.write_bytes(paper.packed(document))
    (pdf,) = converted([source], folder)
    picture = folder / "quet.pdf"
    picture.write_bytes(scan(pdf.read_bytes(), 200, "clean", 1))
    return read(picture)[1]


def test_figures_of_a_scan_are_read_with_a_confidence(tmp_path: Path) -> None:
    line = scanned(tmp_path, 200)
    assert line["source"]["reader"] == "ocr"
    assert {o["value"] for o in line["observations"]} >= {"33451", "30112", "1733", "1500", "200", "33"}
    assert all(0 < o["confidence"] <= 100 and o["page"] == 1 for o in line["observations"])
    assert [f for f in line["findings"] if f["severity"] == "error"] == []


def test_an_error_that_one_misread_digit_explains_is_told_as_a_warning(tmp_path: Path) -> None:
    findings = scanned(tmp_path, 260)["findings"]  # 200 + 60
    (told,) = [f for f in findings if f["rule"] == "sum.resolved"]
    assert told["severity"] == "warning" and "Có thể do nhận dạng" in told["message"]["vi"]
