"""Workbooks of Excel: what is seen is read, sheets are told apart into text and tables, hostile ones cost what they hold."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

from extractors import extract, report_of
from extractors.errors import Unreadable
from extractors.model import Document, Paragraph, Source, Table
from extractors.readers import read as read_file
from extractors.readers.docx import read as read_docx
from extractors.readers.workbook import read
from tests.evaluation.generator import generate
from tests.readers import books, packed
from tests.readers.agreement import ROOT, sheets_agree

SOURCE = Source("a.xlsx", "", 0, "xlsx")
SENTENCE = "Tổng số hồ sơ đã tiếp nhận: 33.459 hồ sơ"
DTD = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">]>'
THIN = Side(style="thin")


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def written(rows: list[list[Any]], name: str = "Sheet1", *merges: str) -> Workbook:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(r, c).value = value
    for merged in merges:
        sheet.merge_cells(merged)
    return book


def texts(document: Document) -> list[str]:
    return [b.passage.text for b in document.blocks if isinstance(b, Paragraph)]


def tables(document: Document) -> list[list[list[str]]]:
    return [
        [[c.passage.text if c else "" for c in row] for row in b.grid()]
        for b in document.blocks
        if isinstance(b, Table)
    ]


def codes(document: Document) -> list[str]:
    return [w.code for w in document.source.warnings]


def message(document: Document, code: str) -> str:
    return next(w.message for w in document.source.warnings if w.code == code)


# --- cells ---------------------------------------------------------------------------------------------------------


def test_values_are_read_as_they_are_shown() -> None:
    shown = [
        (33451, "#,##0", "33.451"),
        (0.9998, "0.00%", "99,98%"),
        (12.5, "General", "12,5"),
        (0.1 + 0.2, "General", "0,3"),
        (date(2023, 12, 5), "mm-dd-yy", "05/12/2023"),
        ("1.234", "General", "1.234"),
        ("00123", "@", "00123"),
        (True, "General", "TRUE"),
        (7, ";;;", ""),
    ]
    book = written([["Tên", "Giá trị", "Ghi chú"], *([str(n), v, "x"] for n, (v, *_) in enumerate(shown))])
    for n, (_, code, _) in enumerate(shown, 2):
        book.active.cell(n, 2).number_format = code  # type: ignore[union-attr]
    (table,) = tables(read(saved(book), SOURCE))
    assert [row[1] for row in table[1:]] == [text for *_, text in shown]


def test_a_figure_keeps_the_decimals_that_its_format_prints() -> None:
    book = written([["Chỉ tiêu", "Tỷ lệ hồ sơ giải quyết đúng hạn"], ["Hộ tịch", 0.99976], ["Đất đai", 1]])
    for row in (2, 3):
        book.active.cell(row, 2).number_format = "0.00%"  # type: ignore[union-attr]
    found = report_of(read(saved(book), SOURCE)).observations
    assert [(o.quantity.value, o.quantity.ulp) for o in found] == [(Decimal("99.98"), Decimal("0.01")), (Decimal("100.00"), Decimal("0.01"))]  # fmt: skip


def test_hidden_decimals_are_read_as_printed_and_told() -> None:
    book = written([["Đơn vị", "Kinh phí"], ["Sở A", 12.5], ["Sở B", 12.25]])
    book.active["B2"].number_format = "#,##0"  # type: ignore[index]
    document = read(saved(book), SOURCE)
    assert tables(document) == [[["Đơn vị", "Kinh phí"], ["Sở A", "13"], ["Sở B", "12,25"]]]
    assert "Sheet1!B2" in message(document, "hidden_decimals")
    assert "B3" not in message(document, "hidden_decimals")


def test_a_formula_counts_by_its_stored_result_and_is_never_worked_out() -> None:
    rows = (
        '<row r="1"><c r="A1" t="str"><v>Đơn vị</v></c><c r="B1" t="str"><v>Tiếp nhận</v></c></row>'
        '<row r="2"><c r="A2" t="str"><v>Sở A</v></c><c r="B2"><f>1+1</f><v>33451</v></c></row>'
        '<row r="3"><c r="A3" t="str"><v>Sở B</v></c><c r="B3"><f>1+1</f></c></row>'
        '<row r="4"><c r="A4" t="str"><v>Sở C</v></c><c r="B4" t="str"><f>IF(1,"")</f><v></v></c></row>'
        '<row r="5"><c r="A5" t="str"><v>Sở D</v></c><c r="B5" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    document = read(packed.package(packed.sheet(rows)), SOURCE)
    assert [row[1] for row in tables(document)[0]] == ["Tiếp nhận", "33451", "", "", ""]
    assert "B3" in message(document, "formula_without_value")
    assert "B4" not in message(document, "formula_without_value")
    assert "B5" in message(document, "formula_error")


def test_a_row_code_that_is_a_number_keeps_its_point() -> None:
    book = written(
        [["STT", "Nội dung", "Số lượng"], [1, "Tiếp nhận", 12.5], [1.1, "Trực tuyến", 1.1], [2.1, "Trực tiếp", 3]]
    )
    (table,) = tables(read(saved(book), SOURCE))
    assert [row[0] for row in table] == ["STT", "1", "1.1", "2.1"]
    assert [row[2] for row in table] == ["Số lượng", "12,5", "1,1", "3"]


def test_rich_text_shared_strings_and_escapes_are_joined() -> None:
    shared = packed.strings("Một_x000D_\nhai")
    shared = shared.replace("<si>", "<si><r><t>Một </t></r><rPh><t>bỏ</t></rPh><r>").replace("</si>", "</r></si>")
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    assert texts(read(packed.package(packed.sheet(rows), shared=shared), SOURCE)) == ["Một Một", "hai"]


def test_sheets_without_addresses_are_counted_on() -> None:
    row = "<row>" + "".join(f'<c t="str"><v>{v}</v></c>' for v in ("A", "B", "C")) + "</row>"
    assert tables(read(packed.package(packed.sheet(row * 2)), SOURCE)) == [[["A", "B", "C"]] * 2]


def test_the_years_of_a_mac_begin_in_1904() -> None:
    rows = '<row r="1"><c r="A1" s="1"><v>43803</v></c></row>'
    book = packed.workbook("Sheet1", properties='<workbookPr date1904="1"/>')
    data = packed.package(packed.sheet(rows), book=book, look=packed.styles(("dd/mm/yyyy",)))
    assert texts(read(data, SOURCE)) == ["05/12/2023"]


def test_a_strict_workbook_is_read() -> None:
    strict = packed.sheet().replace(packed.MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
    assert texts(read(packed.package(strict), SOURCE)) == [SENTENCE]


def test_text_in_an_old_font_is_unicode() -> None:
    lines = [
        "B¸o c¸o kÕt qu¶ gi¶i quyÕt hå s¬",
        "Tæng sè hå s¬ ®· tiÕp nhËn: 33.459 hå s¬",
        "Sè hå s¬ gi¶i quyÕt ®óng h¹n",
    ]
    book = written([[line] for line in lines])
    for row in range(1, 4):
        book.active.cell(row, 1).font = Font(name=".VnTime")  # type: ignore[union-attr]
    document = read(saved(book), SOURCE)
    assert texts(document)[1] == SENTENCE
    assert "legacy_encoding" in codes(document)


# --- what is not shown ---------------------------------------------------------------------------------------------


def test_hidden_sheets_rows_and_columns_stay_out() -> None:
    book = written([["Đơn vị", "Ẩn", "Tiếp nhận"], ["Sở A", 1, 10], ["Sở B", 2, 20], ["Sở C", 3, 30]], "Biểu A")
    book.active.column_dimensions["B"].hidden = True  # type: ignore[union-attr]
    book.active.row_dimensions[3].hidden = True  # type: ignore[union-attr]
    for name, state in (("Nháp", "hidden"), ("Rất ẩn", "veryHidden")):
        other = book.create_sheet(name)
        other["A1"], other.sheet_state = "99.999 hồ sơ", state
    document = read(saved(book), SOURCE)
    assert tables(document) == [[["Đơn vị", "Tiếp nhận"], ["Sở A", "10"], ["Sở C", "30"]]]
    assert "99.999" not in str(document.blocks)
    assert "Nháp, Rất ẩn" in message(document, "hidden_sheet")
    assert "Biểu A" in message(document, "hidden_cells")


def test_a_merged_title_over_a_hidden_column_is_shown() -> None:
    book = written([["PHỤ LỤC"], [None, "Đơn vị", "Số"], [None, "Sở A", 5]], "Sheet1", "A1:C1")
    book.active.column_dimensions["A"].hidden = True  # type: ignore[union-attr]
    document = read(saved(book), SOURCE)
    assert texts(document) == ["PHỤ LỤC"]
    assert "hidden_cells" not in codes(document)


def test_the_rest_of_a_merged_range_is_not_shown() -> None:
    rows = '<row r="1"><c r="A1" t="str"><v>Một</v></c><c r="B1" t="str"><v>99.999</v></c></row>'
    document = read(
        packed.package(packed.sheet(rows, after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>')), SOURCE
    )
    assert texts(document) == ["Một"]


@pytest.mark.parametrize(
    ("member", "code"),
    [
        ("xl/vbaProject.bin", "macro"),
        ("xl/externalLinks/externalLink1.xml", "external_link"),
        ("xl/connections.xml", "external_link"),
        ("xl/embeddings/oleObject1.bin", "embedded_object"),
        ("xl/charts/chart1.xml", "unread_part"),
    ],
)
def test_what_is_never_followed_is_told(member: str, code: str) -> None:
    document = read(packed.package(more={member: "<broken"}), SOURCE)
    assert codes(document) == [code]
    assert texts(document) == [SENTENCE]


def test_an_empty_workbook_says_so() -> None:
    assert codes(read(saved(Workbook()), SOURCE)) == ["no_text_layer"]


# --- text and tables -----------------------------------------------------------------------------------------------

HEAD = [
    ["UBND TỈNH HÀ GIANG", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["SỞ TƯ PHÁP", None, "Độc lập - Tự do - Hạnh phúc"],
    ["Số: 12/BC-STP", None, "Hà Giang, ngày 05 tháng 12 năm 2023"],
    ["BÁO CÁO"],
    ["Kết quả giải quyết thủ tục hành chính năm 2023"],
    [None, None, None, None, "Đơn vị tính: hồ sơ"],
]
GRID = [
    ["STT", "Lĩnh vực", "Kết quả giải quyết", None, "Ghi chú"],
    [None, None, "Tổng số", "Đúng hạn", None],
    ["(1)", "(2)", "(3)", "(4)", "(5)"],
    ["I", "Cấp tỉnh", None, None, None],
    [1, "Hộ tịch", 150, 140, None],
    [2, "Đất đai", 50, 50, "x"],
    [None, "Tổng cộng", 200, 190, None],
]
FOOT = [
    ["Ghi chú: số liệu đến 15/12/2023."],
    [None],
    [None, "NGƯỜI LẬP BIỂU", None, "GIÁM ĐỐC"],
    [None, "(Ký, ghi rõ họ tên)", None, "(Ký, đóng dấu)"],
    [None, "Nguyễn Văn An", None, "Trần Thị Bình"],
]
MERGED = ("A1:B1", "A2:B2", "A3:B3", "C1:E1", "C2:E2", "C3:E3", "A4:E4", "A5:E5", "A7:A8", "B7:B8", "C7:D7", "E7:E8")


@pytest.mark.parametrize("ruled", [True, False])
def test_a_whole_page_falls_into_letterhead_title_table_and_signature(ruled: bool) -> None:
    book = written([*HEAD, *GRID, *FOOT], "Sheet1", *MERGED)
    sheet: Any = book.active
    sheet["A5"].alignment, sheet["A5"].font = Alignment(horizontal="center"), Font(bold=True)
    for row in sheet["A7:E13"] if ruled else ():
        for cell in row:
            cell.border = Border(THIN, THIN, THIN, THIN)
    document = read(saved(book), SOURCE)
    paragraphs = texts(document)
    assert paragraphs[:6] == [HEAD[0][0], HEAD[1][0], HEAD[2][0], HEAD[0][2], HEAD[1][2], HEAD[2][2]]
    assert paragraphs[6:9] == ["BÁO CÁO", HEAD[4][0], "Đơn vị tính: hồ sơ"]
    assert paragraphs[9:] == [FOOT[0][0], *(row[1] for row in FOOT[2:]), *(row[3] for row in FOOT[2:])]
    title = next(b for b in document.blocks if isinstance(b, Paragraph) and b.passage.text == HEAD[4][0])
    assert (title.align, title.bold) == ("center", True)
    (table,) = [b for b in document.blocks if isinstance(b, Table)]
    assert (table.n_rows, table.n_columns) == (7, 5)
    spans = {c.passage.text: (c.row, c.column, c.row_span, c.column_span) for c in table.cells if c.row < 2}
    assert spans == {
        "STT": (0, 0, 2, 1),
        "Lĩnh vực": (0, 1, 2, 1),
        "Kết quả giải quyết": (0, 2, 1, 2),
        "Ghi chú": (0, 4, 2, 1),
        "Tổng số": (1, 2, 1, 1),
        "Đúng hạn": (1, 3, 1, 1),
    }
    report = report_of(document)
    assert (report.header.number, report.header.symbol, report.header.issuing_body) == ("12", "BC-STP", "Sở Tư pháp")
    assert report.period is not None
    assert (report.period.kind, report.period.year) == ("year", 2023)
    assert [r.kind for r in report.relations if r.complete].count("parts") >= 2  # both columns of figures add up


def test_a_sheet_that_was_given_a_name_begins_with_it() -> None:
    book = written([["Đơn vị", "Tiếp nhận"], ["Sở A", 10]], "Phụ lục 1")
    for name in ("Sheet2", "Trang tính3", "Biểu 2"):
        book.create_sheet(name)["A1"] = "Đơn vị"
        book[name]["B1"], book[name]["A2"], book[name]["B2"] = "Số", "Sở B", 7
    book["Biểu 2"].insert_rows(1)
    book["Biểu 2"]["A1"] = "BIỂU 2"
    document = read(saved(book), SOURCE)
    assert texts(document) == ["Phụ lục 1", "BIỂU 2"]
    assert [p.locator for p in document.passages() if p.locator.startswith("p")] == ["p1", "p2"]
    assert [b.locator for b in document.blocks if isinstance(b, Table)] == ["t1", "t2", "t3", "t4"]


def test_a_title_without_an_empty_row_is_no_part_of_the_table() -> None:
    book = written([["Biểu 1"], ["Đơn vị", "Tiếp nhận", "Giải quyết"], ["Sở A", 10, 9], ["Nguồn: Sở A"]])
    document = read(saved(book), SOURCE)
    assert texts(document) == ["Biểu 1", "Nguồn: Sở A"]
    assert tables(document) == [[["Đơn vị", "Tiếp nhận", "Giải quyết"], ["Sở A", "10", "9"]]]


def test_two_tables_below_and_beside_each_other_are_told_apart() -> None:
    one, other = [["Đơn vị", "Số"], ["Sở A", 1], ["Sở B", 2]], [["Huyện", "Số"], ["X", 3], ["Y", 4]]
    below = read(saved(written([*one, [None], *other])), SOURCE)
    beside = read(saved(written([[*a, None, *b] for a, b in zip(one, other, strict=True)])), SOURCE)
    wanted = [[[str(v) for v in row] for row in table] for table in (one, other)]
    assert tables(below) == tables(beside) == wanted


def test_a_table_goes_on_below_an_empty_row() -> None:
    book = written([["Đơn vị", "Số"], ["Sở A", 1], [None], ["Sở B", 2], ["Tổng cộng", 3]])
    assert [len(t) for t in tables(read(saved(book), SOURCE))] == [4]


def test_a_table_headed_by_years_is_one_of_its_own() -> None:
    rows = [["Chỉ tiêu", 2022, 2023], ["Tiếp nhận", 10, 20]]
    assert [len(t) for t in tables(read(saved(written([*rows, [None], *rows])), SOURCE))] == [2, 2]


def test_labels_without_figures_at_the_end_stay_in_the_table() -> None:
    book = written([["Đơn vị", "Số"], ["Sở A", 1], ["Sở B"], ["Sở C"]])
    assert tables(read(saved(book), SOURCE)) == [[["Đơn vị", "Số"], ["Sở A", "1"], ["Sở B", ""], ["Sở C", ""]]]


def test_an_empty_column_and_a_merged_column_are_closed_up() -> None:
    rows = [["Nội dung", None, None, "Số"], ["Tiếp nhận", None, None, 5], ["Giải quyết", None, None, 4]]
    book = written(rows, "Sheet1", "A1:B1", "A2:B2", "A3:B3")
    assert tables(read(saved(book), SOURCE)) == [[["Nội dung", "Số"], ["Tiếp nhận", "5"], ["Giải quyết", "4"]]]


def test_tables_of_samples_come_out_as_from_word() -> None:
    document = read_file(ROOT / "data" / "raw" / "2024-6t-van-phong-ubnd-kon-tum.docx")
    outcomes = list(sheets_agree(document))
    assert outcomes
    assert [kind for kind, agrees in outcomes if not agrees] == []


@pytest.mark.slow
def test_tables_of_all_samples_and_of_made_up_reports_come_out_as_from_word() -> None:
    documents = [read_file(path) for path in sorted((ROOT / "data" / "raw").glob("*"))]
    documents += [read_docx(generate(seed).docx, Source("a", "", 0, "docx")) for seed in range(1, 30)]
    outcomes = [(d.source.path, kind, agrees) for d in documents for kind, agrees in sheets_agree(d)]
    assert len(outcomes) > 100
    assert [outcome for outcome in outcomes if not outcome[2]] == []


def test_a_workbook_is_read_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "phụ lục.xlsx"
    sample = read_file(ROOT / "data" / "raw" / "2022-6t-ubnd-tinh-ha-giang.docx")
    file.write_bytes(books.as_xlsx(next(books.appendices(sample))))
    report = extract(file)
    assert report.error is None
    assert report.source.format == "xlsx"
    assert report.observations


# --- hostile sheets ------------------------------------------------------------------------------------------------


def cells(rows: int, columns: int) -> str:
    """Rows behind the first, all cells filled."""
    row = "".join("<c><v>1</v></c>" for _ in range(columns))
    return packed.ROW + "".join(f'<row r="{r}">{row}</row>' for r in range(2, rows + 2))


WHOLE = "A1:XFD1048576"
READ: dict[str, Callable[[], bytes]] = {
    "a dimension of the whole sheet": lambda: packed.package(packed.sheet(before=f'<dimension ref="{WHOLE}"/>')),
    "a cell in the last corner": lambda: packed.package(packed.sheet(packed.ROW + '<row r="1048576"><c r="XFD1048576"><v>5</v></c></row>')),
    "a merged range of the whole sheet": lambda: packed.package(packed.sheet(after=f'<mergeCells><mergeCell ref="{WHOLE}"/></mergeCells>')),
    "a link on the whole sheet": lambda: packed.package(packed.sheet(after=f'<hyperlinks><hyperlink ref="{WHOLE}" location="a"/></hyperlinks>')),
    "a table of the whole sheet": lambda: packed.package(packed.sheet(after=f'<autoFilter ref="{WHOLE}"/><dataValidations><dataValidation sqref="{WHOLE}"/></dataValidations>')),
    "16,383 hidden columns": lambda: packed.package(packed.sheet(before='<cols><col min="2" max="16384" hidden="1"/></cols>')),
    "a formula that would start a program": lambda: packed.package(packed.sheet(packed.ROW + "<row r='2'><c r='A2'><f>cmd|' /C calc'!A0</f></c></row>")),
    "numbers that are none": lambda: packed.package(packed.sheet(packed.ROW + f'<row r="2"><c><v>{"9" * 5000}</v></c><c><v>1E999999</v></c><c><v>nan</v></c></row>')),
    "a date that no calendar has": lambda: packed.package(packed.sheet(packed.ROW + '<row r="2"><c s="1"><v>1e9</v></c><c t="d"><v>2023-13-45</v></c></row>'), look=packed.styles(("dd/mm/yyyy",))),
    "a format of 200,000 signs": lambda: packed.package(packed.sheet(packed.ROW + '<row r="2"><c s="1"><v>5</v></c></row>'), look=packed.styles(("#" * 200_000,))),
    "styles that do not exist": lambda: packed.package(packed.sheet(packed.ROW + '<row r="2"><c s="99999"><v>5</v></c></row>')),
    "100,000 empty rows": lambda: packed.package(packed.sheet(packed.ROW + "".join(f'<row r="{r}" hidden="1"/>' for r in range(2, 100_000)))),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_a_hostile_sheet_costs_what_it_holds(name: str) -> None:
    data = READ[name]()
    started = time.monotonic()
    document = read(data, SOURCE)
    assert SENTENCE in [p.text for p in document.passages()]
    assert time.monotonic() - started < 15


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a table of 16,384 columns": (lambda: packed.package(packed.sheet(cells(2, 16_384))), "table_too_wide"),
    "300,000 cells": (lambda: packed.package(packed.sheet(cells(3_000, 100))), "too_large"),
    "30,000 merged ranges": (lambda: packed.package(packed.sheet(after='<mergeCells>' + f'<mergeCell ref="{WHOLE}"/>' * 30_000 + "</mergeCells>")), "too_large"),
    "a long string in every cell": (lambda: packed.package(packed.sheet(packed.ROW + "".join(f'<row r="{r}"><c t="s"><v>0</v></c></row>' for r in range(2, 1_000))), shared=packed.strings("x" * 40_000)), "too_large"),
    "strings that unpack a thousandfold": (lambda: packed.package(shared=packed.strings("x" * 9_000_000)), "too_large"),
    "a string that is not there": (lambda: packed.package(packed.sheet('<row r="1"><c t="s"><v>99</v></c></row>'), shared=packed.strings("x")), "corrupt"),
    "a sheet of 80 MB": (lambda: packed.package(packed.sheet(packed.ROW + " " * (80 * 2**20))), "too_large"),
    "3,000 levels in a sheet": (lambda: packed.package(packed.sheet("<row>" * 3_000 + "</row>" * 3_000)), "too_deep"),
    "3,000 levels in the strings": (lambda: packed.package(shared=f'<sst xmlns="{packed.MAIN}"><si>' + "<r>" * 3_000 + "</r>" * 3_000 + "</si></sst>"), "too_deep"),
    "a row beyond the last": (lambda: packed.package(packed.sheet('<row r="9999999"><c><v>1</v></c></row>')), "corrupt"),
    "a DTD in a sheet": (lambda: packed.package(packed.sheet(head=DTD)), "dtd_present"),
    "a DTD in the strings": (lambda: packed.package(shared=packed.strings("&l0;", head=DTD)), "dtd_present"),
    "a DTD in the styles": (lambda: packed.package(look=packed.styles(("0",), head=DTD)), "dtd_present"),
    "a DTD in the workbook": (lambda: packed.package(book=packed.workbook("a", head=DTD)), "dtd_present"),
    "XML that breaks off": (lambda: packed.package(packed.sheet().replace("</sheetData>", "")), "corrupt"),
    "no workbook part": (lambda: packed.zipped({"xl/workbook.xml": "<a/>", "_rels/.rels": packed.relations([])}), "corrupt"),
    "the binary kind": (lambda: packed.zipped({"xl/workbook.bin": b"\x83\x01", "_rels/.rels": packed.relations([("officeDocument", "xl/workbook.bin")])}), "unsupported"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_workbook_ends_in_its_code(name: str) -> None:
    make, code = REFUSED[name]
    data = make()
    started = time.monotonic()
    with pytest.raises(Unreadable) as caught:
        read(data, SOURCE)
    assert caught.value.code == code
    assert time.monotonic() - started < 20


def test_merged_ranges_over_many_cells_end_early() -> None:
    data = packed.package(
        packed.sheet(cells(1_000, 100), after="<mergeCells>" + f'<mergeCell ref="{WHOLE}"/>' * 10_000 + "</mergeCells>")
    )
    with pytest.raises(Unreadable) as caught:
        read(data, SOURCE)
    assert caught.value.code == "too_large"
