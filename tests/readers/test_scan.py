"""Pages that are pictures: what is recognised on them, where it stands, how sure it is, and what is told of the rest."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import numpy as np
import pytest

from extractors import limits
from extractors.model import Document
from extractors.readers import scan_pages, scan_tools
from extractors.readers.scan_cells import _settled
from extractors.readers.scan_grid import drawn_rules
from extractors.readers.scan_image import faint_ink_of, ink_of, skew_of
from extractors.readers.scan_words import Found, Frame, words_of_page
from tests.readers.pictures import DPI, bilevel, drawn, grid, line, ring, scan, skewed
from tests.readers.sheets import Sheet, codes, paragraphs, tables, taken, written

FIRST = "Trong tháng, các xã giao 33.451 phiên, hoàn thành 1.310 phiên, còn 47 phiên."
SECOND = "Ban hành 12 trang thông tin và 05 trang tin riêng, giao cho các xã thành viên."
PROSE = line(85, 120, FIRST, 12) + line(85, 140, SECOND, 12)
XS, YS = [85.0, 145, 345, 445, 525], [200.0, 224, 248, 272, 296, 320]
# No "1" alone: in this font it is an "l", and stays one.
ROWS = [["2", "Giao", "0", "7"], ["2.4", "Hoàn thành", "3", "12"], ["2.4.3", "Còn", "5", "0"], ["3", "Thêm", "1.310", "99,5"], ["3.5", "Trang tin", "8", "4"]]  # fmt: skip
TABLE = grid(XS, YS) + "".join(
    line(x + 6, y + 17, text, 12) for row, y in zip(ROWS, YS, strict=False) for text, x in zip(row, XS, strict=False)
)


@pytest.fixture(autouse=True)
def _programs() -> None:
    command = scan_tools.missing()
    if command is not None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"missing: {command}")
        pytest.skip(f"missing: {command}")


def confidences(document: Document) -> list[int | None]:
    return [place.confidence for passage in document.passages() for place in passage.places]


# -- pages ------------------------------------------------------------------------------------------------------------


def test_a_scanned_page_is_read_with_places_and_confidences() -> None:
    document = taken(scan(drawn(PROSE)))
    text = " ".join(paragraphs(document))
    assert FIRST in text and document.source.reader == "ocr"
    assert codes(document) == ["recognised"] and document.source.warnings[0].page == 1
    assert all(c is not None and 0 < c <= 100 for c in confidences(document))
    passage = next(p for p in document.passages() if "33.451" in p.text)
    at = passage.text.index("33.451")
    page, box = passage.place(at, at + 6)
    assert page == 1 and box is not None
    assert 110 < box[1] < box[3] < 124 and 85 < box[0] < box[2] < 545


def test_a_page_laid_askew_is_levelled_and_its_places_are_not() -> None:
    document = taken(scan(skewed(2.0)(drawn(PROSE))))
    assert "33.451" in " ".join(paragraphs(document))
    words = [place for passage in document.passages() for place in passage.places]
    first, last = words[0], words[FIRST.count(" ")]
    assert first.bbox[1] - last.bbox[1] == pytest.approx(0.035 * (last.bbox[0] - first.bbox[0]), abs=4)


def test_pages_with_text_keep_it_and_the_file_is_read_in_order() -> None:
    typed = Sheet()
    typed.write("Tổng số hồ sơ: 33.459 hồ sơ.")
    assert taken(written(typed)).source.reader == "text"
    over = line(85, 60, "So: 12", 12)  # a number stamped over the scan by another program
    document = taken(scan(drawn(PROSE), text=over))
    assert paragraphs(document)[0] == "So: 12"
    assert confidences(document)[:2] == [None, None] and None not in confidences(document)[2:]


def test_a_table_is_read_cell_by_cell() -> None:
    document = taken(scan(drawn(PROSE + TABLE)))
    assert tables(document) == [ROWS]


@pytest.mark.slow
def test_a_fax_of_a_table_laid_askew_is_read() -> None:
    document = taken(scan(bilevel(skewed(1.2)(drawn(PROSE + TABLE)))))
    (table,) = tables(document)
    right = sum(a == b for read, row in zip(table, ROWS, strict=True) for a, b in zip(read, row, strict=True))
    assert right >= 18


@pytest.mark.slow
def test_a_red_stamp_over_figures_hides_nothing() -> None:
    document = taken(scan(ring(300, 130, 50)(drawn(PROSE))))
    assert {"33.451", "1.310", "47"} <= {w.strip(",.") for p in document.passages() for w in p.text.split()}


@pytest.mark.slow
def test_a_page_upside_down_is_turned() -> None:
    more = "".join(line(85, 160 + 18 * n, SECOND, 12) for n in range(12))
    document = taken(scan(np.ascontiguousarray(drawn(PROSE + more)[::-1, ::-1])))
    assert "33.451" in " ".join(paragraphs(document))


# -- what is not recognised -------------------------------------------------------------------------------------------


def test_without_tesseract_the_page_stays_unread_and_the_command_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    document = taken(scan(drawn(PROSE)))
    assert codes(document) == ["no_text_layer"] and document.source.reader == "text"
    assert "apt-get install -y tesseract-ocr tesseract-ocr-vie" in document.source.warnings[0].message


def test_without_the_libraries_the_extra_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_tools.importlib.util, "find_spec", lambda name: None)
    document = taken(scan(drawn(PROSE)))
    assert codes(document) == ["no_text_layer"] and 'pip install "soat[ocr]"' in document.source.warnings[0].message


def test_a_picture_that_claims_more_pixels_than_a_machine_has_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_pages, "recognised", lambda *_: pytest.fail("it was drawn"))
    document = taken(scan(drawn(PROSE), claimed=(100_000, 100_000)))
    assert codes(document) == ["no_text_layer"] and "quá lớn" in document.source.warnings[0].message


@pytest.mark.parametrize("limit", ["SCAN_PAGE_SECONDS", "SCAN_SECONDS"])
def test_a_page_that_takes_too_long_is_left_and_nothing_stays_behind(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, limit: str
) -> None:
    monkeypatch.setattr(limits, limit, -1.0)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    document = taken(scan(drawn(PROSE)))
    assert codes(document) == ["no_text_layer"] and document.source.reader == "text"
    assert list(tmp_path.iterdir()) == []


def test_a_text_layer_that_cannot_be_trusted_or_recognised_has_no_confidence() -> None:
    sheet = Sheet()
    sheet.write("Qqx wzk vbn mfp xxq jjw 33.451 kkz", size=12)
    document = taken(written(sheet, unicode=False))
    assert codes(document) == ["untrusted_text"]
    assert set(confidences(document)) == {0}


# -- the parts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("degrees", [-4.0, -1.3, 0.0, 0.6, 3.1])
def test_the_skew_is_measured(degrees: float) -> None:
    page = skewed(degrees)(drawn(PROSE + "".join(line(85, 300 + 20 * n, SECOND, 12) for n in range(8))))
    assert skew_of(ink_of(page[:, :, 0]), DPI) == pytest.approx(degrees, abs=0.1)


@pytest.mark.parametrize("pitch", [50, 66])
@pytest.mark.parametrize("degrees", [-1.75, -1.25, 0.75, 1.74])
def test_the_skew_of_a_wide_table_is_not_another_that_its_even_rows_suggest(degrees: float, pitch: int) -> None:
    """A page in landscape: its rules are sharp within 0.05 degrees of the right angle only."""
    page = np.full((2481, 3508, 3), 255, np.uint8)
    for y in range(250, 2200, pitch):
        page[y : y + 2, 180:3340] = 0
    for x in range(180, 3341, 263):
        page[250:2190, x : x + 2] = 0
    assert skew_of(ink_of(skewed(degrees)(page)[:, :, 0]), 300) == pytest.approx(degrees, abs=0.05)


@pytest.mark.parametrize("width", [0.3, 1.0, 2.0])
def test_the_rules_of_a_table_are_found_and_no_letter_is_one(width: float) -> None:
    page = drawn(grid(XS, YS, width) + PROSE)[:, :, 0]
    rules = drawn_rules(faint_ink_of(page), DPI)
    across, down = rules.in_points(72 / DPI)
    assert [r.at for r in across] == pytest.approx(YS, abs=0.6)
    assert [r.at for r in down] == pytest.approx(XS, abs=0.6)
    assert all(r.start == pytest.approx(XS[0], abs=2) and r.end == pytest.approx(XS[-1], abs=2) for r in across)
    assert ink_of(rules.removed_from(page))[round(190 / 72 * DPI) :].sum() == 0


def test_words_of_one_line_stand_on_one_baseline_in_one_size() -> None:
    at = 100.0  # pixels of the baseline; 40 pixels are the type size
    shapes = {"Trang": (at - 26.6, at + 8.6), "xem": (at - 18.4, at), "1.310": (at - 26.6, at), "gia": (at - 26.6, at + 8.6)}  # fmt: skip
    found = [
        Found(0, (1, 1, 1), text, 50.0 * n, top, 50.0 * n + 40, low, 90) for n, (text, (top, low)) in enumerate(shapes.items())
    ]  # fmt: skip
    words = words_of_page(found, Frame(1, 595, 842, 0.36))
    assert {w.size for w in words} == {14.5}
    assert len({(w.top, w.bottom) for w in words}) == 1 and words[0].confidence == 90
    assert words[1].seen == pytest.approx((18, 29.376, 32.4, 36))


def test_a_letter_inside_a_figure_stays_and_is_doubted() -> None:
    (word,) = words_of_page([Found(0, (1,), "2.l", 0, 0, 30, 30, 95)], Frame(1, 595, 842, 0.36))
    assert (word.text, word.confidence) == ("2.l", 30)


def test_a_figure_on_which_readings_differ_is_doubted() -> None:
    def said(text: str, confidence: int) -> list[Found]:
        return [Found(0, (1,), text, 0, 0, 1, 1, confidence)]

    assert _settled(said("1.3", 90), said("143", 96), said("1.3", 91))[0].text == "1.3"
    assert _settled(said("1.3", 90), said("143", 96), said("1.3", 91))[0].confidence <= 60
    assert _settled(said("1.3", 90), said("143", 96), said("13", 91))[0].confidence <= 30
    assert _settled(said("Còn", 90), said("Con", 80), [])[0].confidence == 90
