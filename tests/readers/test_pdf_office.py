"""What LibreOffice prints of a document is read as the document itself: the same paragraphs, the same cells."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from extractors.model import Document, Paragraph
from extractors.readers import read
from tests.reports import paper
from tests.reports.write import to_pdf

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted([*(ROOT / "data" / "raw").glob("*.docx"), *(ROOT / "tests" / "corpus" / "earlier").glob("*.docx")])
FIRST = "Trong kỳ báo cáo, toàn tỉnh tiếp nhận 33.451 hồ sơ; đã giải quyết 33.435 hồ sơ, trong đó trước hạn và đúng hạn 33.400 hồ sơ, quá hạn 35 hồ sơ."
SECOND = "Các cơ quan, đơn vị tiếp tục thực hiện nghiêm Quyết định số 707/QĐ-UBND ngày 15/4/2024 về số hóa thành phần hồ sơ; gồm: (1) hộ tịch; (2) đất đai; (3) xây dựng."
ITEM = "Cấp xã đã giải quyết 203.330 hồ sơ trên tổng số 203.581 hồ sơ tiếp nhận, quá hạn 08 hồ sơ; đang giải quyết 251 hồ sơ."


@pytest.fixture(autouse=True)
def _office() -> None:
    if shutil.which("soffice") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("soffice is missing")
        pytest.skip("soffice is missing")


def printed(source: Path, folder: Path) -> tuple[Document, Document]:
    """A DOCX and the PDF that LibreOffice makes of it, both read."""
    copy = folder / source.name
    if copy != source:
        shutil.copy(source, copy)
    to_pdf(copy, copy.with_suffix(".pdf"))
    return read(copy), read(copy.with_suffix(".pdf"))


def texts(document: Document) -> list[str]:
    """Body and notes, a typed line break parting them, every bullet a dash."""
    found = []
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.kind in ("body", "footnote"):
            whole = f"{block.label} {block.passage.text}" if block.label else block.passage.text
            found += [" ".join(line.split()) for line in whole.split("\n")]
    return [f"- {t[2:]}" if t.startswith("• ") else t for t in found if t]


def cells(document: Document) -> list[tuple[int, int, int, int, str]]:
    """Every cell with its place and spans."""
    return [
        (c.row, c.column, c.row_span, c.column_span, " ".join(c.passage.text.split()))
        for table in document.blocks
        if not isinstance(table, Paragraph)
        for c in table.cells
        if c.passage.text.strip()
    ]


@pytest.mark.slow
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.stem)
def test_a_report_and_its_print_say_the_same(sample: Path, tmp_path: Path) -> None:
    word, page = printed(sample, tmp_path)
    assert texts(page) == texts(word)
    assert cells(page) == cells(word)


@pytest.mark.slow
@pytest.mark.parametrize(("align", "indent", "space", "size"), [("both", 12.7, 6, 14), ("left", 0, 6, 13), ("left", 10, 0, 12), ("both", 0, 0, 13)])  # fmt: skip
def test_paragraphs_of_every_setting(align: str, indent: float, space: float, size: float, tmp_path: Path) -> None:
    document = paper.new_document()
    wanted = []
    for n in range(1, 5):
        for text, bold in (
            (f"{n}. Kết quả thực hiện", True),
            (FIRST, False),
            (f"- {ITEM}", False),
            (f"+ {ITEM}", False),
            (SECOND, False),
        ):
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.space_before = Pt(space)
            paper.dress(paragraph, paper.Look(align, bold, False, size, indent))
            paper.write(paragraph, text, paper.Look(align, bold, False, size, indent))
            wanted.append(text)
    source = tmp_path / "a.docx"
    paper.saved(document, source)
    assert texts(printed(source, tmp_path)[1]) == wanted


@pytest.mark.slow
def test_a_long_table_with_a_repeated_header_between_pages(tmp_path: Path) -> None:
    document = paper.new_document()
    document.sections[0].footer.paragraphs[0].text = "Sở Tư pháp - Báo cáo năm 2024"
    document.add_paragraph(FIRST)
    table = document.add_table(rows=110, cols=5)
    paper.borders(table, True)
    paper.columns(table, [12, 60, 30, 30, 30])
    table.cell(0, 0).merge(table.cell(1, 0)).text = "STT"
    table.cell(0, 1).merge(table.cell(1, 1)).text = "Lĩnh vực"
    table.cell(0, 2).merge(table.cell(0, 4)).text = "Số lượng hồ sơ giải quyết"
    for n, label in enumerate(["Tổng số", "Đúng hạn", "Quá hạn"], 2):
        table.cell(1, n).text = label
    for row in table.rows[:2]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for n, row in enumerate(table.rows[2:], 1):
        label = "Lao động, thương binh và xã hội, giáo dục nghề nghiệp" if n % 7 == 0 else "Đất đai"
        for cell, text in zip(row.cells, [str(n), label, f"{n}.451", f"{n}.400", "51"], strict=True):
            cell.text = text
    document.add_paragraph(SECOND).alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    document.sections[0].left_margin = Mm(25)
    source = tmp_path / "a.docx"
    paper.saved(document, source)
    word, page = printed(source, tmp_path)
    assert (page.source.pages or 0) > 2
    assert cells(page) == cells(word)
    assert texts(page) == [FIRST, SECOND]
