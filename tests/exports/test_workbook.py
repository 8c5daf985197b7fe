"""What a spreadsheet finds in the workbook, read back from the XML of the file."""

import dataclasses
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from pipeline.exports import workbook
from pipeline.exports.json import line
from pipeline.exports.parquet import VIEWS
from pipeline.exports.workbook import cell_text, export_xlsx, sheet_name
from pipeline.warehouse.load import Loader, Run
from pipeline.warehouse.lock import WarehouseError
from pipeline.warehouse.store import reading, writing
from tests.exports.sample import judgement, refused, report

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1",
    "-1+2",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "https://example.org/?q=1",
    "mailto:a@example.org",
    "internal:'figures'!A1",
    "a]:*?/\\b['",
    "a\x01b\x1fc",
    "_x0041_ là chữ",
    "<r><f>1+1</f></r>",
    "</t></is></c><c><f>1+1</f></c>",
    "&amp; & < > \" '",
    " dòng một\ndòng hai ",
    "2024-01-01",
    "007",
    "1,5E+300",
    "TRUE",
    "hồ sơ 😀 gỡ\ufffe\uffff\u202e",
)


@pytest.fixture
def warehouse(tmp_path):
    place = tmp_path / "kho.duckdb"
    with writing(place) as con:
        loader = Loader(con, Run("0.1.0"))
        for made in (line(report(), judgement()), line(report("next.docx", b"next"), None), line(refused(), None)):
            loader.land(made)
    return place


def unescaped(text):
    """Characters that the format writes as _xHHHH_."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


class Book:
    """Sheets of a workbook by name: rows of (kind, text) by column, kind being "n", "b" or "s"."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as parts:
            self.names = parts.namelist()
            assert parts.testzip() is None
            top = ElementTree.fromstring(parts.read("xl/workbook.xml"))
            self.xml = {
                sheet.get("name"): ElementTree.fromstring(parts.read(f"xl/worksheets/sheet{number}.xml"))
                for number, sheet in enumerate(top.iter(f"{MAIN}sheet"), 1)
            }
            self.styles = ElementTree.fromstring(parts.read("xl/styles.xml"))

    def rows(self, name):
        return [
            {re.match("[A-Z]+", cell.get("r"))[0]: self.read(cell) for cell in row}
            for row in self.xml[name].iter(f"{MAIN}row")
        ]

    def read(self, cell):
        if cell.get("t") == "inlineStr":
            return "s", unescaped("".join(t.text or "" for t in cell.iter(f"{MAIN}t")))
        return cell.get("t") or "n", cell.findtext(f"{MAIN}v")

    def format_of(self, name, reference):
        cell = next(c for c in self.xml[name].iter(f"{MAIN}c") if c.get("r") == reference)
        style = list(self.styles.find(f"{MAIN}cellXfs"))[int(cell.get("s", 0))]
        formats = {f.get("numFmtId"): f.get("formatCode") for f in self.styles.iter(f"{MAIN}numFmt")}
        return formats.get(style.get("numFmtId"), style.get("numFmtId")), style.get("quotePrefix") == "1"


def only(monkeypatch, **views):
    """Exports these queries in place of the public views."""
    monkeypatch.setattr(
        workbook,
        "content",
        lambda con, view: (
            [column[0] for column in con.execute(views[view]).description],
            iter([con.execute(views[view]).fetchall()]),
        ),
    )
    monkeypatch.setattr(workbook, "VIEWS", dict.fromkeys(views))


def test_every_view_is_a_sheet_with_its_rows_under_a_header_that_stays(warehouse, tmp_path):
    file = tmp_path / "báo cáo.xlsx"
    rows = export_xlsx(warehouse, file)
    book = Book(file)
    assert list(book.xml) == list(VIEWS)
    counted = 0
    with reading(warehouse) as con:
        for view in VIEWS:
            kept = con.execute(f"SELECT * FROM {view}").fetchall()
            names = [name[0] for name in con.description]
            header, *body = book.rows(view)
            assert [text for _, text in header.values()] == names
            assert len(body) == len(kept), view
            filled = sum(value not in (None, "") for row in kept for value in row)
            assert sum(len(row) for row in body) == filled, view
            counted += len(kept)
            assert book.xml[view].find(f".//{MAIN}pane").attrib.items() >= {("ySplit", "1"), ("state", "frozen")}
            assert book.xml[view].find(f"{MAIN}autoFilter").get("ref").startswith("A1:")
    assert rows == counted > 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["báo cáo.xlsx", "kho.duckdb"], "no scratch file is left"


def test_numbers_days_and_truths_keep_their_kind(warehouse, tmp_path, monkeypatch):
    only(
        monkeypatch,
        kinds="""
            SELECT 33451.0000000000::DECIMAL(38, 10), 99.98::DECIMAL(38, 10), 123456789012345::BIGINT, 1234567890123456::BIGINT,
                0.1234567890123456::DECIMAL(38, 16), DATE '2024-03-31', TIMESTAMP '2026-01-02 03:04:05', true,
                ['a', 'b'], DATE '1899-12-31', 'nan'::DOUBLE, -0.5::DECIMAL(4, 2), NULL, 1e300::DOUBLE
        """,
    )
    file = tmp_path / "w.xlsx"
    export_xlsx(warehouse, file)
    book = Book(file)
    (row,) = book.rows("kinds")[1:]
    assert list(row.values()) == [
        ("n", "33451"),
        ("n", "99.98"),
        ("n", "123456789012345"),
        ("s", "1234567890123456"),
        ("s", "0.1234567890123456"),
        ("n", str((date(2024, 3, 31) - date(1899, 12, 30)).days)),
        ("n", row["G"][1]),
        ("b", "1"),
        ("s", '["a", "b"]'),
        ("s", "1899-12-31"),
        ("s", "nan"),
        ("n", "-0.5"),
        ("s", "1e+300"),
    ]
    days = Decimal(row["G"][1]) - (date(2026, 1, 2) - date(1899, 12, 30)).days
    assert round(days * 86400) == 3 * 3600 + 4 * 60 + 5
    assert book.format_of("kinds", "C2") == ("1", False), "the built-in format 0, not 1.2E+14"
    assert book.format_of("kinds", "F2") == ("dd/mm/yyyy", False)
    assert book.format_of("kinds", "G2") == ("dd/mm/yyyy hh:mm:ss", False)


def test_no_text_becomes_a_formula_a_link_or_mark_up(warehouse, tmp_path):
    with writing(warehouse) as con:
        loader = Loader(con, Run("0.2.0"))
        for number, text in enumerate(HOSTILE):
            header = dataclasses.replace(report().header, title=text, issuing_body=f"Sở {number}")
            loader.land(line(report(f"h{number}.docx", f"h{number}".encode(), header=header), None))
    file = tmp_path / "w.xlsx"
    export_xlsx(warehouse, file)
    book = Book(file)
    with reading(warehouse) as con:
        kept = [title for (title,) in con.execute("SELECT title FROM report_versions").fetchall()]
    header, *body = book.rows("report_versions")
    column = next(letter for letter, (_, name) in header.items() if name == "title")
    found = [row[column] for row in body]
    assert {kind for kind, _ in found} == {"s"}
    assert sorted(text.lstrip(" ") for _, text in found) == sorted(
        text.lstrip(" ").replace("\r", "\n") for text in kept
    )
    assert set(HOSTILE) <= set(kept), "the warehouse has them all"
    for name, sheet in book.xml.items():
        assert not [e.tag for e in sheet.iter() if e.tag in (f"{MAIN}f", f"{MAIN}hyperlink", f"{MAIN}r")], name
    assert not [name for name in book.names if "rels" in name and "worksheets" in name], "no sheet has a link"
    row = next(n for n, (_, text) in enumerate(found, 2) if text.startswith("=cmd"))
    assert book.format_of("report_versions", f"{column}{row}")[1], "edited in Excel it stays a text"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a" * 32_767, "a" * 32_767),
        ("a" * 32_768, "a" * 32_766 + "…"),
        ("😀" * 16_383 + "a", "😀" * 16_383 + "a"),
        ("😀" * 16_384, "😀" * 16_383 + "…"),
        ("a" + "😀" * 16_383, "a" + "😀" * 16_383),
        ("a" + "😀" * 16_384, "a" + "😀" * 16_382 + "…"),
        ("<r>" + "a" * 40_000 + "</r>", " <r>" + "a" * 32_763 + "…"),
        ("lone \ud83d", "lone \ufffd"),
        ("một\r\nhai\rba\n", "một\nhai\nba\n"),
    ],
)
def test_a_text_is_cut_where_the_format_ends(text, kept):
    assert cell_text(text) == kept


def test_long_and_broken_texts_reach_the_file_as_they_are_cut(warehouse, tmp_path, monkeypatch):
    only(monkeypatch, long="SELECT repeat('ơ', 40000), '<r>' || repeat('a', 32761) || '</r>', repeat('😀', 20000)")
    export_xlsx(warehouse, tmp_path / "w.xlsx")
    (row,) = Book(tmp_path / "w.xlsx").rows("long")[1:]
    texts = [text for _, text in row.values()]
    assert texts[0] == "ơ" * 32_766 + "…"
    assert texts[1].startswith(" <r>a") and len(texts[1]) == 32_767
    assert texts[2] == "😀" * 16_383 + "…"


def test_a_view_of_more_rows_than_a_sheet_goes_on_in_the_next(warehouse, tmp_path, monkeypatch):
    only(
        monkeypatch,
        figures="SELECT i FROM range(7) t(i)",
        rates="SELECT i FROM range(3) t(i)",
        none="SELECT 1 AS i WHERE false",
    )
    monkeypatch.setattr(workbook, "SHEET_ROWS", 4)
    assert export_xlsx(warehouse, tmp_path / "w.xlsx") == 10
    book = Book(tmp_path / "w.xlsx")
    values = {name: [row["A"][1] for row in book.rows(name)] for name in book.xml}
    assert values == {
        "figures": ["i", "0", "1", "2"],
        "figures (2)": ["i", "3", "4", "5"],
        "figures (3)": ["i", "6"],
        "rates": ["i", "0", "1", "2"],
        "none": ["i"],
    }
    refs = [sheet.find(f"{MAIN}autoFilter").get("ref") for sheet in book.xml.values()]
    assert refs == ["A1:A4", "A1:A4", "A1:A2", "A1:A4", "A1"]


@pytest.mark.parametrize(
    ("view", "part", "name"),
    [
        ("figures", 1, "figures"),
        ("figures", 12, "figures (12)"),
        ("a]:*?/\\b[", 1, "a______b_"),
        ("'quoted'", 1, "quoted"),
        ("x" * 40, 1, "x" * 31),
        ("x" * 40, 10, "x" * 26 + " (10)"),
        ("''", 2, "_ (2)"),
    ],
)
def test_names_of_sheets_are_ones_that_excel_admits(view, part, name):
    assert sheet_name(view, part) == name


def test_nothing_is_written_over_or_left_half_done(warehouse, tmp_path, monkeypatch):
    taken = tmp_path / "taken.xlsx"
    taken.write_text("của người khác", encoding="utf-8")
    codes = []
    for place, target in (
        (warehouse, taken),
        (tmp_path / "none.duckdb", tmp_path / "out.xlsx"),
        (warehouse, warehouse / "below a file.xlsx"),
    ):
        with pytest.raises(WarehouseError) as caught:
            export_xlsx(place, target)
        codes.append(caught.value.code)
    only(monkeypatch, bad="SELECT CAST('x' || i AS INTEGER) FROM range(3) t(i)")
    with pytest.raises(WarehouseError) as caught:
        export_xlsx(warehouse, tmp_path / "out.xlsx")
    assert codes == ["exists", "missing", "unreachable"] and caught.value.code == "unreachable"
    assert taken.read_text(encoding="utf-8") == "của người khác"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["kho.duckdb", "taken.xlsx"]


def test_a_moment_is_not_taken_for_a_day():
    assert cell_text(datetime(1899, 1, 2, 3, 4)) == "1899-01-02T03:04:00"
