"""Text layers that lie are mended where the page proves it, else the page is doubted."""

from __future__ import annotations

import unicodedata

import pytest

from extractors.readers.pdf_shift import shift_of, shifted
from tests.readers.sheets import LEFT, SIZE, Sheet, codes, paragraphs, taken, written

TEXT = "Trong kỳ, Sở Nội vụ đã tiếp nhận và giải quyết xong 33.435 hồ sơ, không có hồ sơ quá hạn; tỷ lệ đạt 99,98%."
MORE = (
    "Các cơ quan, đơn vị tiếp tục thực hiện nghiêm việc số hóa thành phần hồ sơ, kết quả giải quyết thủ tục hành chính."
)
WIDE = 0.5 * SIZE


def put(sheet: Sheet, y: float, pieces: list[tuple[str, float]]) -> None:
    """Pieces of a line, each with the room before it in points."""
    x = LEFT
    for text, room in pieces:
        x += room
        sheet.put(x, y, text)
        x += len(text) * WIDE


# --- codes shifted by a constant -----------------------------------------------------------------------------------


def lied(shift: int, bold: str = "") -> bytes:
    sheet = Sheet()
    for text in (TEXT, MORE):
        sheet.write(text)
    content = []
    for line in sheet.content:
        head, _, rest = line.partition("<")
        digits, _, tail = rest.partition(">")
        moved = "".join(f"{int(digits[i : i + 4], 16) + shift:04x}" for i in range(0, len(digits), 4))
        content.append(f"{head}<{moved}>{tail}")
    sheet.content = content
    if bold:
        sheet.put(LEFT, 300, "".join(chr(ord(c) + shift) for c in bold), bold=True)
    return written(sheet)


@pytest.mark.parametrize("shift", [-29, -31, 29, 17, 0xE000 - 0x20, -3])
def test_codes_off_by_one_number(shift: int) -> None:
    document = taken(lied(shift))
    assert paragraphs(document) == [TEXT, MORE]
    assert codes(document) == ["repaired_text"]
    assert "trang 1" in document.source.warnings[0].message


def test_figures_in_a_second_font_off_by_the_same_number() -> None:
    assert paragraphs(taken(lied(-29, bold="33.451")))[-1] == "33.451"


def test_codes_that_are_right_are_left_alone() -> None:
    assert [shift_of([list(text)]) for text in (TEXT, MORE)] == [0, 0]
    assert not shift_of(
        [list("The quick brown fox jumps over the lazy dog and goes home to sleep until morning comes")]
    )
    assert shift_of([list("33.451 12 5 99,98 1.234 567 890 12 33 44 55 66 77 88 99 10 11")]) is None
    assert shift_of([["(cid:7)"] * 200]) is None


def test_glyph_numbers_count_as_codes() -> None:
    assert shift_of([[f"(cid:{ord(c) - 29})" for c in TEXT + " " + MORE]]) == 29
    assert shifted("(cid:36)", 29) == "A" and shifted("(cid:36)", -300) == "(cid:36)"


def test_a_map_that_is_wrong_without_a_rule_is_doubted() -> None:
    sheet = Sheet()
    mixed = str.maketrans({c: chr(ord(c) + 3 * (n % 7) + 1) for n, c in enumerate("àáảãạăâấầẩậêếềểệôốồổộơớờởợưứừửựđ")})
    for text in (TEXT, MORE):
        sheet.write(text.translate(mixed))
    document = taken(written(sheet))
    assert {"untrusted_text", "recognised"} & set(codes(document))


def test_a_page_without_the_letter_that_stands_for_the_soft_hyphen_is_doubted() -> None:
    whole, torn = Sheet(), Sheet()
    text = "Trong năm trước, số lượng hồ sơ được giải quyết trước hạn của người dân tăng; chương trình được ghi nhận tích cực."
    whole.write(text)
    torn.write(text.replace("ươ", "ơ").replace("ướ", "ớ").replace("ượ", "ợ").replace("ườ", "ờ"))
    assert codes(taken(written(whole))) == []
    assert {"untrusted_text", "recognised"} & set(codes(taken(written(torn))))


def test_a_few_words_of_another_font_follow_the_code_that_was_proved() -> None:
    from tests.readers.legacy import tcvn3

    sheet = Sheet()
    sheet.write(tcvn3(TEXT))
    sheet.put(LEFT, 300, tcvn3("Quảng Ngãi, ngày 17 tháng 12 năm 2021"), bold=True)
    sheet.put(LEFT, 330, "Café à la crème", bold=True)
    document = taken(written(sheet))
    assert paragraphs(document)[0] == TEXT
    assert paragraphs(document)[-1] == "Café à la crème"
    sheet.content.pop()
    assert paragraphs(taken(written(sheet)))[-1] == "Quảng Ngãi, ngày 17 tháng 12 năm 2021"


# --- blanks inside syllables ----------------------------------------------------------------------------------------


def test_a_blank_without_room_inside_a_syllable() -> None:
    sheet = Sheet()
    sheet.write(MORE)
    put(sheet, 200, [("ĐIỀ", 0), (" ", 0), ("U", -WIDE), (" KHO", 0), (" ", 0), ("ẢN", -WIDE), (" CHUNG", 0)])
    assert paragraphs(taken(written(sheet)))[-1] == "ĐIỀU KHOẢN CHUNG"


def test_a_loose_letter_without_a_blank() -> None:
    sheet = Sheet()
    sheet.write(MORE)
    put(sheet, 200, [("QUY ĐỊNH VỀ ĐIỀ", 0), ("U", 0.4 * SIZE), (" KIỆN CHUNG CỦA HỒ SƠ", 0)])
    assert paragraphs(taken(written(sheet)))[-1] == "QUY ĐỊNH VỀ ĐIỀU KIỆN CHUNG CỦA HỒ SƠ"


def test_narrow_blanks_between_words_stay() -> None:
    sheet = Sheet()
    sheet.write(MORE)
    put(sheet, 200, [("kho", 0), (" ", 0), ("ảnh", -0.6 * WIDE), (" của", 0), (" tỉnh", 0)])
    assert paragraphs(taken(written(sheet)))[-1] == "kho ảnh của tỉnh"


def test_cells_side_by_side_are_not_drawn_together() -> None:
    sheet = Sheet()
    sheet.write(MORE)
    put(sheet, 200, [("KHO", 0), ("ẢN", 4 * SIZE), ("12", 4 * SIZE)])
    assert "KHOẢN" not in " ".join(paragraphs(taken(written(sheet))))


def test_where_all_blanks_lack_room_the_places_are_wrong() -> None:
    sheet = Sheet()
    words = ["giải", "quyết", "hồ", "sơ", "ki", "ểm", "tra", "tiến", "độ"]
    put(sheet, 100, [piece for w in words for piece in ((w, 0.0), (" ", 0.0), ("", -WIDE))])
    assert "ki ểm" in paragraphs(taken(written(sheet)))[0]


# --- marks, hyphens ------------------------------------------------------------------------------------------------


def test_marks_in_the_wrong_order_compose() -> None:
    sheet = Sheet()
    x = LEFT
    for letter in "số hồ sơ điện tử":
        parts = unicodedata.normalize("NFD", letter)
        sheet.put(x, 100, parts[0])
        for mark in reversed(parts[1:]):
            sheet.put(x, 100, mark)
        x += WIDE
    [text] = paragraphs(taken(written(sheet)))
    assert unicodedata.normalize("NFC", text) == "số hồ sơ điện tử"


def test_accents_drawn_over_letters() -> None:
    sheet = Sheet()
    for n, c in enumerate("cai ca ch"):
        sheet.put(LEFT + n * WIDE, 100, c)
    sheet.put(LEFT + WIDE, 100, "\u00b4")
    sheet.put(LEFT + 5 * WIDE, 100, "`")
    [text] = paragraphs(taken(written(sheet)))
    assert unicodedata.normalize("NFC", text) == "cái cà ch"


def test_accents_beside_letters_stay() -> None:
    sheet = Sheet()
    sheet.put(LEFT, 100, "a ~ b ^2 `x`")
    assert paragraphs(taken(written(sheet))) == ["a ~ b ^2 `x`"]


def test_a_hyphen_that_is_drawn_is_one() -> None:
    sheet = Sheet()
    sheet.put(LEFT, 100, "Quyết định số 707/QĐ\u00adUBND, Kế hoạch số 12/KH\u00ad")
    assert paragraphs(taken(written(sheet))) == ["Quyết định số 707/QĐ-UBND, Kế hoạch số 12/KH-"]


def test_a_figure_with_a_soft_hyphen_is_no_range() -> None:
    sheet = Sheet()
    sheet.put(LEFT, 100, "Tổng số 33\u00ad451 hồ sơ")
    assert "33-451" not in paragraphs(taken(written(sheet)))[0]


def test_scores_are_kept_for_every_page() -> None:
    one, two = Sheet(), Sheet()
    one.write(TEXT)
    two.put(LEFT, 100, "33.451")
    scores = taken(written(one, two)).source.scores
    assert [(s.page, s.words == s.true) for s in scores] == [(1, True), (2, True)]
    assert scores[0].words > 10 and scores[1].words == 0
