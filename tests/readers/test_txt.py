"""Plain text: paragraphs, bullets, wrapped lines, tables cut by page breaks, leftovers of markup."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from extractors import limits
from extractors.errors import Unreadable
from extractors.model import Document, Paragraph, Source, Table
from extractors.readers import markup, read, txt

SEEDS = Path(__file__).resolve().parents[2] / "../shared/seeds"


def document(text: str | bytes) -> Document:
    data = text.encode() if isinstance(text, str) else text
    return txt.read(data, Source("a.txt", "0" * 64, len(data), "txt"))


def paragraphs(text: str) -> list[str]:
    return [b.passage.text for b in document(text).blocks if isinstance(b, Paragraph)]


def table(text: str) -> Table:
    [found] = [b for b in document(text).blocks if isinstance(b, Table)]
    return found


def rows(found: Table) -> list[list[str]]:
    return [[c.passage.text if c else "" for c in row] for row in found.grid()]


def test_every_line_is_a_paragraph_with_its_number() -> None:
    found = document("Số: 12/BC-SCT\n\nBÁO CÁO\nKết quả năm 2023\r\n\r\n\x0cI. Chung\n").blocks
    assert [b.passage.locator for b in found if isinstance(b, Paragraph)] == ["p1", "p2", "p3", "p4"]
    assert [b.passage.text for b in found if isinstance(b, Paragraph)][2:] == ["Kết quả năm 2023", "I. Chung"]


def test_bullets_stay_in_the_text_and_state_their_depth() -> None:
    found = document("- Tiếp nhận: 9\n - + Kỳ trước: 4\n  - Mới: 5\n+ Khác: 0\nKhông phải gạch\n-5 độ").blocks
    assert [(b.level, b.passage.text) for b in found if isinstance(b, Paragraph)] == [
        (1, "- Tiếp nhận: 9"),
        (2, "- + Kỳ trước: 4"),
        (2, "- Mới: 5"),
        (1, "+ Khác: 0"),
        (0, "Không phải gạch"),
        (1, "-5 độ"),
    ]


def test_a_line_that_goes_on_in_lower_case_is_joined() -> None:
    text = "Sở Công Thương đã tiếp nhận và giải quyết tổng cộng 33.451\nhồ sơ trong năm.\nCòn lại 8 hồ sơ."
    assert paragraphs(text)[0].endswith("33.451 hồ sơ trong năm.")
    assert len(paragraphs(text)) == 2
    assert len(paragraphs("Sở đã nhận;\nkhông đủ điều kiện.")) == 2


def test_a_hard_wrapped_text_is_joined_at_any_word() -> None:
    sentence = "Trong năm 2023 Sở Công Thương Khánh Hòa đã tiếp nhận 33.459 hồ sơ và trả 33.451 kết quả ."
    words = sentence.split() * 12
    lines, line = [], ""
    for word in words:
        if len(line) + 1 + len(word) > 72:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    wrapped = "\n".join([*lines, line]) + "\n\n- Gạch đầu dòng\n- Gạch thứ hai\n"
    assert paragraphs(wrapped) == [" ".join(words), "- Gạch đầu dòng", "- Gạch thứ hai"]


HEADER = "STT\tChỉ tiêu\tKết quả thống kê\t\tGhi chú\n\t\tĐơn vị tính\tSố liệu\t\n"


def test_tabs_make_a_table_on_its_grid() -> None:
    found = table("Phụ lục\n\n" + HEADER + "1.\tChỉ đạo\t\t\t\n1.1.\tKế hoạch\tVăn bản\t01\t\nHết.")
    assert (found.locator, found.n_rows, found.n_columns) == ("t1", 4, 5)
    assert rows(found)[3] == ["1.1.", "Kế hoạch", "Văn bản", "01", ""]
    spans = {c.passage.text: (c.row_span, c.column_span) for c in found.cells if c.row < 2}
    assert spans == {
        "STT": (2, 1), "Chỉ tiêu": (2, 1), "Kết quả thống kê": (1, 2), "Ghi chú": (2, 1),
        "Đơn vị tính": (1, 1), "Số liệu": (1, 1),
    }  # fmt: skip
    assert [c.passage.locator for c in found.cells if c.row == 3] == ["t1/r4/c1", "t1/r4/c2", "t1/r4/c3", "t1/r4/c4"]


def test_a_table_cut_by_page_breaks_is_one_and_its_cut_row_is_whole() -> None:
    text = (
        HEADER + "6.1.\tSố đơn vị tự chủ (lũy kế đến thời\tCơ quan, đơn\t01\t\n\n" + HEADER.replace("Chỉ", "<b>Chỉ", 1)
        + "\tđiểm báo cáo)\tvị\t\t\n\tTỷ lệ cắt giảm\t%\t0\t\n\n\n" + HEADER + "7.\tDịch vụ công\t\t127\t\n"
    )  # fmt: skip
    found = table(text)
    assert rows(found)[2:] == [
        ["6.1.", "Số đơn vị tự chủ (lũy kế đến thời điểm báo cáo)", "Cơ quan, đơn vị", "01", ""],
        ["", "Tỷ lệ cắt giảm", "%", "0", ""],
        ["7.", "Dịch vụ công", "", "127", ""],
    ]


def test_a_line_of_text_between_two_tables_keeps_them_apart() -> None:
    text = "STT\tTên\tSố\n1\tA\t5\n\nBiểu mẫu 3\n\nSTT\tTên\tSố\n1\tB\t6\n"
    found = [b for b in document(text).blocks if isinstance(b, Table)]
    assert [(t.locator, t.n_rows) for t in found] == [("t1", 2), ("t2", 2)]


def test_another_header_below_an_empty_line_begins_another_table() -> None:
    text = "STT\tTên\tSố\n1\tA\t5\n\nMã\tĐơn vị\tTỷ lệ\n1\tB\t6\n"
    assert len([b for b in document(text).blocks if isinstance(b, Table)]) == 2


def test_a_letterhead_set_with_tabs_and_a_list_with_tabs_are_no_tables() -> None:
    text = "UBND TỈNH X\t\t\tCỘNG HÒA XÃ HỘI\nSỞ Y\t\t\tĐộc lập\n\n1.\tMột\n2.\tHai\n3.\tBa\n"
    assert not [b for b in document(text).blocks if isinstance(b, Table)]
    assert len(paragraphs(text)) == 5


def test_pipes_and_html_inside_text_are_tables_too() -> None:
    text = "| TT | Tên | Số |\n|---|:--|--:|\n| 1 | A | 5 |\n\nChữ\n<table><tr><td>x<td>7<tr><td>y<td>8</table>\nHết"
    first, second = (b for b in document(text).blocks if isinstance(b, Table))
    assert rows(first) == [["TT", "Tên", "Số"], ["1", "A", "5"]]
    assert (second.locator, rows(second)) == ("t2", [["x", "7"], ["y", "8"]])
    assert paragraphs(text) == ["Chữ", "Hết"]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("**KT. GIÁM ĐỐC", "KT. GIÁM ĐỐC"),
        ("(*trong đó đạt 57,88/65 điểm*).", "(*trong đó đạt 57,88/65 điểm*)."),
        ("đạt *57,88* điểm", "đạt 57,88 điểm"),
        ("* Ngày 22/9 và * ngày 23/9", "* Ngày 22/9 và * ngày 23/9"),
        ("(*) chú thích (**) hai", "(*) chú thích (**) hai"),
        ("5*3*2", "5*3*2"),
        ("<p>Ngày 19</p><p>Sở</p>", "Ngày 19\nSở"),
        ("<i>(lũy kế)</i> <sup>2</sup>", "(lũy kế) 2"),
        ("tỷ lệ < 5% và > 3%, a<b", "tỷ lệ < 5% và > 3%, a<b"),
        (r"$2000/17.281 \times 0,5 = 0,06$ điểm", "2000/17.281 × 0,5 = 0,06 điểm"),
        ("500 $ và 600 $", "500 $ và 600 $"),
        ("VP_{TD}, m^{2}", "VPTD, m2"),
        (r"\frac{3}{71}", "3/71"),
        ("A&nbsp;B &amp; C &copy", "A\xa0B & C &copy"),
        ("## II. Kết quả", "II. Kết quả"),
        ("a_b_c và __x", "a_b_c và __x"),
    ],
)
def test_markup_is_dropped_and_words_are_not(raw: str, clean: str) -> None:
    assert markup.plain(raw) == clean


def test_a_paragraph_in_strong_marks_is_bold() -> None:
    [block] = document("**II. KẾT QUẢ**").blocks
    assert isinstance(block, Paragraph)
    assert (block.bold, block.passage.text) == (True, "II. KẾT QUẢ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_encodings(encoding: str) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    found = document(mark + "Tổng số hồ sơ: 33.459".encode(encoding))
    assert next(found.passages()).text == "Tổng số hồ sơ: 33.459"
    assert not found.source.warnings


def test_the_old_code_page_is_read_with_a_warning() -> None:
    written = "Sở đã tiếp nhận 590 hồ sơ"
    tones = "\u0300\u0301\u0303\u0309\u0323"  # the code page has the vowels, and the tone marks apart
    decomposed = ""
    for letter in written:
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(c for c in parts if c in tones)
        decomposed += unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones)) + tone
    found = document(decomposed.encode("cp1258"))
    assert unicodedata.normalize("NFC", next(found.passages()).text) == written
    assert [w.code for w in found.source.warnings] == ["legacy_encoding"]


def test_a_damaged_character_is_replaced_and_said() -> None:
    found = document("Tổng số hồ sơ đã tiếp nhận".encode() * 50 + b"\xe1\xbb" + " hết\0".encode())
    assert "\0" not in next(found.passages()).text
    assert [w.code for w in found.source.warnings] == ["replaced_characters"]


def test_limits() -> None:
    with pytest.raises(Unreadable, match="table_too_wide"):
        document("\n".join(["\t".join("a" * (limits.MAX_TABLE_COLUMNS + 1))] * 2))
    with pytest.raises(Unreadable, match="empty"):
        document("** **\n\n")
    with pytest.raises(Unreadable, match="corrupt"):
        document(bytes(range(256)) * 20)


@pytest.mark.skipif(not SEEDS.exists(), reason="the sample folder is not here")
def test_no_digit_of_a_real_report_is_lost() -> None:
    paths = sorted(SEEDS.glob("*.txt"))
    assert paths
    for path in paths:
        digits = sorted(c for c in path.read_text(encoding="utf-8") if c.isdigit())
        blocks = read(path).blocks
        found = [c for p in Document(Source("", "", 0, "txt"), blocks).passages() for c in p.text if c.isdigit()]
        headers = len(digits) - len(found)  # repeated table headers are dropped, nothing else
        assert 0 <= headers <= 8 * 4, path.name
