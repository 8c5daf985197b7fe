import dataclasses
import io

from rich.cells import cell_len

from extractors.model import Parent, SourceWarning
from pipeline.checks.model import Message
from pipeline.exports import table
from pipeline.exports.json import line
from pipeline.exports.shown import shown
from pipeline.texts import Texts
from tests.exports.sample import judgement, observation, refused, report


def printed(what, columns, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(columns))
    out = io.StringIO()
    table.show(table.console(out), what)
    return out.getvalue()


def test_a_finding_shows_place_quote_arithmetic_and_suggestion(monkeypatch):
    text = printed(table.report_findings(shown(line(report(), judgement()), Texts("vi")), Texts("vi")), 80, monkeypatch)
    for part in ("LỖI  ratio.rate_early", "trang 1, đoạn 3", "“tỷ lệ: 99,98%”", "33.437 / 33.451 = 99,96%"):
        assert part in text
    assert "sửa 99,98% thành 99,96%" in text and "33.437/33.451 = 99,96%" in text
    assert "“Số: /BC-SCT”" in text and "trang 1, đoạn 2" in text, "a finding without figures shows its words"
    assert text.index("LỖI") < text.index("LƯU Ý"), "errors come first"


def test_a_reason_that_the_message_gives_already_is_not_said_twice(monkeypatch):
    judged = judgement()
    finding = judged.findings[1]
    said = dataclasses.replace(finding, message=Message(f"Sai: {finding.suspects[0].reason}.", "Wrong."))
    made = line(report(), dataclasses.replace(judged, findings=(said,), checks=()))
    text = printed(table.report_findings(shown(made, Texts("vi")), Texts("vi")), 80, monkeypatch)
    assert text.count("33.437/33.451 = 99,96%") == 1


def test_the_same_in_english(monkeypatch):
    text = printed(table.report_findings(shown(line(report(), judgement()), Texts("en")), Texts("en")), 80, monkeypatch)
    assert "ERROR" in text and "page 1, paragraph 3" in text and "change 99,98% to 99,96%" in text
    assert "Stated 99.98%, recomputed 99.96%." in text and "33,437/33,451 is 99.96%" in text


def test_nothing_is_wider_than_the_terminal_and_nothing_is_lost(monkeypatch):
    t = Texts("vi")
    made = line(report(path="in/" + "rất-dài-" * 20 + ".docx"), judgement())
    for columns in (80, 100):
        text = printed(table.reports([shown(made, t)], t), columns, monkeypatch)
        assert max(map(cell_len, text.splitlines())) <= columns
        assert "…" not in text
        assert "10,0%" in text.replace("\n", "")
        page = printed(table.page(made, t), columns, monkeypatch)
        assert max(map(cell_len, page.splitlines())) <= columns
        assert "33.451 hồ sơ" in page and "707/QĐ-UBND" in page and "bảng 2, dòng 3, cột 4" in " ".join(page.split())


def test_a_document_cannot_steer_the_terminal(monkeypatch):
    evil = "\x1b[31mđỏ\x1b]0;tên\x07 \u202egược [bold]x[/bold] :smile:"
    o = observation(3, "99,98%", "99.98", f"tỷ lệ {evil} 99,98%")
    made = line(report(path=f"in/{evil}.docx", observations=(o,)), judgement())
    for what in (table.page(made, Texts("vi")), table.reports([shown(made, Texts("vi"))], Texts("vi"))):
        text = printed(what, 100, monkeypatch)
        assert not set(text) & set("\x1b\x07\u202e")
        assert "[bold]" in "".join(text.split()), "markup of a document is text"
    assert "\\x1b[31m" in printed(table.page(made, Texts("vi")), 200, monkeypatch)


def test_a_file_name_cannot_steer_the_terminal(monkeypatch):
    path = "in/\x1b]0;x\x07\u202e[red]a[/red]\nb.docx"
    t = Texts("vi")
    made = shown(line(report(path=path), None), t)
    for what in (table.refused([shown(line(refused(path), None), t)], t), table.notes([made], t)):
        text = printed(what, 200, monkeypatch)
        assert not set(text) & set("\x1b\x07\u202e") and "[red]a[/red] b.docx" in text


def test_a_long_quote_is_cut_around_its_figure(monkeypatch):
    o = observation(3, "99,98%", "99.98", "trước " * 100 + "tỷ lệ 99,98% " + "sau " * 100)
    made = line(report(observations=(o,)), judgement())
    text = printed(table.report_findings(shown(made, Texts("vi")), Texts("vi")), 80, monkeypatch)
    assert "“…" in text and "99,98%" in text and len(text) < 1600


def test_refused_files_are_named_with_their_reason(monkeypatch):
    text = printed(table.refused([shown(line(refused(), None), Texts("vi"))], Texts("vi")), 80, monkeypatch)
    assert "in/khoa.docx" in text and "Tệp có mật khẩu." in text


def test_what_the_reader_left_out_is_said(monkeypatch):
    text = printed(table.notes([shown(line(report(), None), Texts("vi"))], Texts("vi")), 80, monkeypatch)
    assert "in/bao-cao.docx" in text and "Trang 3 là ảnh." in text


def test_what_else_a_container_holds_is_said_of_its_members(monkeypatch):
    t = Texts("vi")
    outer = Parent("in/goi.zip", "a" * 64, (SourceWarning("x", "Gói còn tệp khác."),))
    mail = Parent("in/goi.zip/thu.eml", "b" * 64, (SourceWarning("mail_pictures", "Thư có 1 ảnh."),), outer)
    made = report("in/goi.zip/thu.eml/a.docx")
    told = line(dataclasses.replace(made, source=dataclasses.replace(made.source, parent=mail)), judgement())
    assert shown(told, t).notes[-2:] == ("Thư có 1 ảnh.", "Gói còn tệp khác.")
    page = printed(table.page(told, t), 100, monkeypatch)
    assert "Thư có 1 ảnh." in page and "in/goi.zip/thu.eml/a.docx" in page


def test_numbers_dates_shares_and_places_read_as_people_write_them():
    vi, en = Texts("vi"), Texts("en")
    assert vi.number("33451.50") == "33.451,50" and en.number("33451.50") == "33,451.50"
    assert vi.number("-14") == "-14" and vi.number("0.0003") == "0,0003" and vi.number("khác") == "khác"
    assert vi.day("2023-03-09") == "09/03/2023" and vi.day(None) == ""
    assert vi.share(5, 214) == "2,3%" and vi.share(1, 3) == "33,3%" and vi.share(0, 0) == "–"
    assert vi.place(3, "t2/r5/c4") == "trang 3, bảng 2, dòng 5, cột 4"
    assert vi.place(None, "p12") == "đoạn 12" and en.place(2, "n1") == "page 2, footnote 1"
    assert vi.place(None, "Sheet 1!B7") == "Sheet 1!B7"
