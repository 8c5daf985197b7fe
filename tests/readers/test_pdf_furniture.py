"""Page numbers, running lines, signature stamps and footnotes stay out of the text."""

from __future__ import annotations

import pytest

from tests.readers.sheets import LEFT, RIGHT, Sheet, paragraphs, taken, written

WHOLE = "Trong kỳ, toàn tỉnh đã tiếp nhận và giải quyết xong 33.435 hồ sơ, không có hồ sơ quá hạn, không có phản ánh, kiến nghị."
TEXT = (
    "Các cơ quan, đơn vị tiếp tục thực hiện nghiêm việc số hóa thành phần hồ sơ, kết quả giải quyết thủ tục hành chính."
)


def pages(count: int) -> list[Sheet]:
    """Pages of text; the first paragraph of each but the first goes on from the page before."""
    made = []
    lines = [
        "Trong kỳ, toàn tỉnh đã tiếp nhận và giải quyết xong 33.435 hồ",
        "sơ, không có hồ sơ quá hạn, không có phản ánh, kiến nghị.",
    ]
    for n in range(count):
        sheet = Sheet()
        if n:
            sheet.put(LEFT, sheet.y, lines[1])
            sheet.y += 18.5
        for _ in range(3):
            sheet.write(TEXT)
        if n < count - 1:
            sheet.put(LEFT + 28, sheet.y, lines[0])
        made.append(sheet)
    return made


def expected(count: int) -> list[str]:
    return [TEXT] * 3 + ([WHOLE] + [TEXT] * 3) * (count - 1)


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize(("shape", "y"), [("{}", 48), ("{}", 800), ("- {} -", 40), ("Trang {}/9", 810), ("{}/9", 800)])
def test_page_numbers_are_dropped(count: int, shape: str, y: float) -> None:
    sheets = pages(count)
    for n, sheet in enumerate(sheets):
        if n:  # Nghị định 30: none on the first page
            sheet.put(310, y, shape.format(n + 1), 13)
    document = taken(written(*sheets))
    assert paragraphs(document) == expected(count)
    assert [p for kind in ("header", "footer") for p in paragraphs(document, kind)] == []


def test_a_figure_that_ends_a_sentence_at_the_page_top_is_no_page_number() -> None:
    one, two = Sheet(), Sheet()
    one.write(TEXT)
    one.put(LEFT + 28, one.y, "Tổng số hồ sơ đã tiếp nhận trong kỳ báo cáo của toàn tỉnh là".ljust(60))
    two.put(LEFT, 80, "3345")
    two.y = 98.5
    two.write(TEXT)
    assert "là 3345" in paragraphs(taken(written(one, two)))[1]


def test_running_lines_are_told_once() -> None:
    sheets = pages(3)
    for n, sheet in enumerate(sheets):
        sheet.put(LEFT, 40, "Báo cáo cải cách hành chính năm 2024", 10)
        sheet.put(LEFT, 815, f"Văn phòng UBND tỉnh - trang {n + 1}", 10)
    document = taken(written(*sheets))
    assert paragraphs(document) == expected(3)
    assert paragraphs(document, "header") == ["Báo cáo cải cách hành chính năm 2024"]
    assert paragraphs(document, "footer") == ["Văn phòng UBND tỉnh - trang 1"]


def test_running_lines_of_two_pages_stand_in_the_margin() -> None:
    sheets = pages(2)
    for sheet in sheets:
        sheet.put(LEFT, 40, "Báo cáo cải cách hành chính năm 2024", 10)
    document = taken(written(*sheets))
    assert paragraphs(document) == expected(2)
    assert paragraphs(document, "header") == ["Báo cáo cải cách hành chính năm 2024"]


def test_annexes_that_begin_alike_are_no_running_lines() -> None:
    sheets = []
    for n in (1, 2):
        sheet = Sheet(y=72)
        sheet.centre(f"PHỤ LỤC {n}", bold=True)
        sheet.write(TEXT)
        sheets.append(sheet)
    assert paragraphs(taken(written(*sheets))) == ["PHỤ LỤC 1", TEXT, "PHỤ LỤC 2", TEXT]


STAMP = [
    "Ký bởi: Ủy ban nhân dân tỉnh Phú Yên",
    "Email: ubnd@phuyen.gov.vn",
    "Thời gian ký: 12.03.2024 10:20:33 +07:00",
]


@pytest.mark.parametrize(
    "first", ["Ký bởi: Ủy ban nhân dân tỉnh Phú Yên", "Người ký: Văn phòng UBND tỉnh", "Digitally signed by UBND"]
)
@pytest.mark.parametrize("y", [88.0, 91.0, 120.0])
def test_a_signature_stamp_is_kept_out_of_the_text(first: str, y: float) -> None:
    sheet = Sheet()
    for _ in range(4):
        sheet.write(TEXT, right=360)
    for n, text in enumerate([first, *STAMP[1:]]):
        sheet.put(380, y + 9 * n, text, 7.5)
    document = taken(written(sheet))
    assert paragraphs(document) == [TEXT] * 4
    assert paragraphs(document, "header") == [" ".join([first, *STAMP[1:]])]


def test_a_stamp_printed_over_a_line_leaves_the_line_whole() -> None:
    sheet = Sheet()
    for _ in range(3):
        sheet.write(TEXT)
    for n, text in enumerate(STAMP):
        sheet.put(300, 96 + 9 * n, text, 7.5)
    document = taken(written(sheet))
    assert paragraphs(document) == [TEXT] * 3
    assert paragraphs(document, "header") == [" ".join(STAMP)]


def test_who_signed_is_text_in_a_sentence() -> None:
    sheet = Sheet()
    text = "Người ký văn bản chịu trách nhiệm về nội dung; văn bản được ký bởi Giám đốc Sở Nội vụ ngày 12/3/2024, đúng thẩm quyền."
    sheet.write(text)
    sheet.write(TEXT)
    assert paragraphs(taken(written(sheet))) == [text, TEXT]


@pytest.mark.parametrize("ruled", [True, False])
def test_footnotes_stand_apart_and_the_text_goes_on(ruled: bool) -> None:
    sheets = pages(2)
    sheets[0].put(RIGHT - 7, 80 + 18.5, "")
    if ruled:
        sheets[0].rule(LEFT, 700, LEFT + 144, 700)
    for n, text in enumerate(["Theo Báo cáo số 12/BC-STP của Sở Tư pháp.", "Tính đến ngày 14/12/2024."]):
        sheets[0].put(LEFT, 712 + 13 * n, str(n + 1), 6)
        sheets[0].put(LEFT + 6, 715 + 13 * n, text, 10)
    sheets[1].put(310, 40, "2", 13)
    document = taken(written(*sheets))
    assert paragraphs(document) == expected(2)
    assert paragraphs(document, "footnote") == [
        "Theo Báo cáo số 12/BC-STP của Sở Tư pháp.",
        "Tính đến ngày 14/12/2024.",
    ]


def test_the_mark_of_a_footnote_is_no_digit_of_its_word() -> None:
    sheet = Sheet()
    sheet.put(LEFT, 80, "Tổng số hồ sơ: 33.451")
    sheet.put(LEFT + 21 * 7, 75, "2", 7)
    sheet.put(LEFT + 21 * 7 + 3.5, 80, " hồ sơ")
    assert paragraphs(taken(written(sheet))) == ["Tổng số hồ sơ: 33.451 hồ sơ"]


def test_an_exponent_stays_with_its_unit() -> None:
    sheet = Sheet()
    sheet.put(LEFT, 80, "Diện tích 25 m")
    sheet.put(LEFT + 14 * 7, 75, "2", 7)
    assert paragraphs(taken(written(sheet))) == ["Diện tích 25 m2"]
