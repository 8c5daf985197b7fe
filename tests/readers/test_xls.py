"""Workbooks of Excel 97 to 2003, OpenDocument sheets and comma-separated values: the same sheets by other readers."""

from __future__ import annotations

import random
import struct
import time
from pathlib import Path

import pytest

from extractors import report_of
from extractors.errors import Unreadable
from extractors.model import Document, Paragraph, Source, Table
from extractors.readers import read as read_file
from extractors.readers.delimited import read as read_delimited
from extractors.readers.docx import read as read_docx
from extractors.readers.workbook import read
from tests.readers import books, packed
from tests.readers.agreement import ROOT
from tests.readers.test_xlsx import codes, message, tables, texts

SOURCE = Source("a.xls", "", 0, "xlsx")
SAMPLE = ROOT / "data" / "raw" / "2022-6t-ubnd-tinh-ha-giang.docx"


def appendix() -> books.Appendix:
    return next(books.appendices(read_file(SAMPLE)))


def filled() -> books.Xls:
    book = books.Xls()
    for row, (label, value) in enumerate([("Đơn vị", None), ("Sở A", 33451.0), ("Sở B", 12.0)]):
        book.text(row, 0, label)
        book.text(row, 1, "Tiếp nhận") if value is None else book.number(row, 1, value, "#,##0")
    return book


# --- .xls ----------------------------------------------------------------------------------------------------------


def test_the_old_kind_comes_out_as_word_does() -> None:
    word, old = read_docx(books.as_docx(appendix()), SOURCE), read(books.as_xls(appendix()), SOURCE)
    assert [b for b in old.blocks if isinstance(b, Table)] == [b for b in word.blocks if isinstance(b, Table)]
    assert texts(old) == texts(word)
    assert report_of(old).observations == report_of(word).observations
    assert codes(old) == ["converted"]
    assert ".xls" in message(old, "converted")


def test_values_print_under_their_formats() -> None:
    book = books.Xls()
    shown = [(0.9998, "0.00%", "99,98%"), (0.1 + 0.2, "General", "0,3"), (45265.0, "dd/mm/yyyy", "05/12/2023"), (0.5, "h:mm", "12:00"), (1.25, "[h]:mm", "30:00"), (-5.0, "0_);(0)", "(5)")]  # fmt: skip
    for row, (value, code, _) in enumerate(shown):
        book.text(row, 0, f"Dòng {row}")
        book.number(row, 1, value, code)
    (table,) = tables(read(book.file(), SOURCE))
    assert [row[1] for row in table] == [text for *_, text in shown]


def test_hidden_rows_columns_and_sheets_stay_out() -> None:
    book = filled()
    book.text(0, 2, "Ẩn")
    book.number(1, 2, 99999.0, "0")
    book.columns = books.record(0x007D, struct.pack("<HHHHHH", 2, 2, 2000, 15, 1, 0))
    book.rows = books.record(0x0208, struct.pack("<HHHHHHI", 2, 0, 3, 255, 0, 0, 0x20 | 0x100))
    document = read(book.file(), SOURCE)
    assert tables(document) == [[["Đơn vị", "Tiếp nhận"], ["Sở A", "33.451"]]]
    assert "hidden_cells" in codes(document)
    book.visibility = 1
    document = read(book.file(), SOURCE)
    assert document.blocks == ()
    assert codes(document) == ["converted", "hidden_sheet", "no_text_layer"]


def test_a_password_is_told() -> None:
    book = filled()
    book.before = books.record(0x002F, struct.pack("<HHH", 0, 0x1234, 0x5678))
    with pytest.raises(Unreadable) as caught:
        read(book.file(), SOURCE)
    assert caught.value.code == "encrypted"


def test_macros_are_told() -> None:
    book = filled()
    data = books.ole({"Workbook": book.stream(), "_VBA_PROJECT_CUR": b"x"})
    assert "macro" in codes(read(data, SOURCE))


def test_a_merged_range_of_the_whole_sheet_costs_nothing() -> None:
    book = filled()
    book.merge(0, 65_535, 0, 255)
    started = time.monotonic()
    assert texts(read(book.file(), SOURCE)) == ["Đơn vị"]
    assert time.monotonic() - started < 5


def test_a_cell_in_the_last_corner_costs_little() -> None:
    book = filled()
    book.number(65_535, 255, 7.0, "0")
    started = time.monotonic()
    document = read(book.file(), SOURCE)
    assert tables(document)[0][1] == ["Sở A", "33.451"]
    assert time.monotonic() - started < 15


def test_damage_is_refused_and_never_breaks_the_reader(tmp_path: Path) -> None:
    whole, rng = filled().file(), random.Random(5)
    file = tmp_path / "a.xls"
    outcomes = set()
    for n in range(60):
        data = bytearray(whole)
        for _ in range(6):
            data[rng.randrange(512, len(data))] = rng.randrange(256)
        file.write_bytes(bytes(data[: rng.randrange(600, len(data))]) if n % 3 == 0 else bytes(data))
        try:
            read_file(file)
            outcomes.add("read")
        except Unreadable as refusal:
            outcomes.add(refusal.code)
    assert outcomes <= {"read", "corrupt", "encrypted", "wrong_type", "too_large"}
    assert {"read", "corrupt"} <= outcomes


# --- .ods ----------------------------------------------------------------------------------------------------------

NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(f'xmlns:{n}="{NAMES}{n}:1.0"' for n in ("office", "table", "text", "style")) + f' xmlns:fo="{NAMES}xsl-fo-compatible:1.0"'  # fmt: skip
RULED = '<style:style style:name="r" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000"/></style:style>'
GONE = (
    '<style:style style:name="gone" style:family="table"><style:table-properties table:display="false"/></style:style>'
)


def ods(sheets: str, more: dict[str, str | bytes] | None = None, before: str = "") -> bytes:
    content = f'{before}<office:document-content {SPACES}><office:automatic-styles>{RULED}{GONE}</office:automatic-styles><office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>'  # fmt: skip
    return packed.zipped(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content} | (more or {})
    )


def ods_cell(text: str, value: str = "", kind: str = "float", **spans: int) -> str:
    what = f'office:value-type="{kind}" office:value="{value}"' if value else 'office:value-type="string"'
    more = " ".join(f'table:number-{side}-spanned="{n}"' for side, n in spans.items())
    return f'<table:table-cell table:style-name="r" {what} {more}><text:p>{text}</text:p></table:table-cell>'


def ods_sheet(*rows: str, name: str = "Sheet1", more: str = "") -> str:
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return f'<table:table table:name="{name}" {more}>{body}</table:table>'


def test_an_open_document_sheet_is_read_as_it_is_printed() -> None:
    head = ods_cell("Đơn vị", rows=2) + ods_cell("Kết quả", columns=2) + "<table:covered-table-cell/>"
    below = "<table:covered-table-cell/>" + ods_cell("Tiếp nhận") + ods_cell("Tỷ lệ")
    one = ods_cell("Sở A") + ods_cell("33.451", "33451") + ods_cell("99,98%", "0.9998", "percentage")
    other = ods_cell("Sở B") + ods_cell("1,234.5", "1234.5") + ods_cell("#REF!")
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    sheet = ods_sheet(head, below, one, other).replace("</table:table>", f'<table:table-row table:number-rows-repeated="1048000">{empty}</table:table-row></table:table>')  # fmt: skip
    document = read(ods(sheet + ods_sheet(ods_cell("99.999"), name="Ẩn", more='table:style-name="gone"')), SOURCE)
    assert tables(document) == [
        [["Đơn vị", "Kết quả", "Kết quả"], ["Đơn vị", "Tiếp nhận", "Tỷ lệ"], ["Sở A", "33.451", "99,98%"], ["Sở B", "1.234,5", ""]]
    ]  # fmt: skip
    assert codes(document) == ["converted", "formula_error", "hidden_sheet"]
    assert "Sheet1!C4" in message(document, "formula_error")


def test_repeated_cells_are_bounded() -> None:
    many = ods_cell("5", "5").replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="99999999"')
    sheet = ods_sheet(many).replace("<table:table-row", '<table:table-row table:number-rows-repeated="99999999"')
    with pytest.raises(Unreadable) as caught:
        read(ods(sheet), SOURCE)
    assert caught.value.code == "too_large"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (ods("", before='<!DOCTYPE x [<!ENTITY l0 "lol">]>'), "dtd_present"),
        (ods("", {"META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{NAMES}manifest:1.0"><manifest:encryption-data/></manifest:manifest>'}), "encrypted"),
    ],
)  # fmt: skip
def test_an_open_document_sheet_that_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data, SOURCE)
    assert caught.value.code == code


# --- .csv ----------------------------------------------------------------------------------------------------------


def delimited(text: str) -> Document:
    return read_delimited(text.encode(), Source("a.csv", "", 0, "txt"))


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_simple_values_are_a_table(delimiter: str) -> None:
    rows = [
        ["BÁO CÁO", "", ""],
        ["", "", ""],
        ["STT", "Lĩnh vực", "Tổng số"],
        ["1", "Hộ tịch", "33.451"],
        ["2", '"Đất đai, nhà ở"', "12"],
    ]
    document = delimited("\n".join(delimiter.join(row) for row in rows))
    assert texts(document) == ["BÁO CÁO"]
    assert tables(document) == [
        [["STT", "Lĩnh vực", "Tổng số"], ["1", "Hộ tịch", "33.451"], ["2", "Đất đai, nhà ở", "12"]]
    ]


def test_figures_with_a_decimal_comma_do_not_part_the_columns() -> None:
    assert tables(delimited("Đơn vị;Tỷ lệ\nSở A;99,98\nSở B;97,5\n")) == [
        [["Đơn vị", "Tỷ lệ"], ["Sở A", "99,98"], ["Sở B", "97,5"]]
    ]


def test_what_keeps_no_columns_is_plain_text() -> None:
    document = delimited("Kính gửi các cơ quan,\nTổng số hồ sơ: 33.451 hồ sơ.\nTrân trọng, chào.")
    assert all(isinstance(block, Paragraph) for block in document.blocks)
    assert "33.451" in " ".join(texts(document))


def test_the_name_chooses_the_reader(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Đơn vị;Số\nSở A;1\nSở B;2\n", encoding="utf-8-sig")
    document = read_file(file)
    assert tables(document) == [[["Đơn vị", "Số"], ["Sở A", "1"], ["Sở B", "2"]]]
    assert document.source.format == "txt"
