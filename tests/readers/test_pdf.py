"""What a PDF page shows is what is read: visible characters once, in the order of the eye, as the author's paragraphs."""

from __future__ import annotations

import pytest

from extractors.model import Paragraph
from tests.hostile.pages import stream
from tests.readers.sheets import LEFT, RIGHT, Sheet, codes, paragraphs, taken, written

FIRST = "Trong kỳ báo cáo, toàn tỉnh tiếp nhận 33.451 hồ sơ; đã giải quyết 33.435 hồ sơ, trong đó trước hạn và đúng hạn 33.400 hồ sơ."
SECOND = (
    "Các cơ quan, đơn vị tiếp tục thực hiện nghiêm việc số hóa thành phần hồ sơ, kết quả giải quyết thủ tục hành chính."
)


def page_of(*texts: str, **look: float) -> Sheet:
    sheet = Sheet()
    for text in texts:
        sheet.write(text, **look)  # type: ignore[arg-type]
    return sheet


def body(*sheets: Sheet) -> list[str]:
    return paragraphs(taken(written(*sheets)))


# -- paragraphs -------------------------------------------------------------------------------------------------------


def test_lines_of_a_sentence_are_one_paragraph() -> None:
    assert body(page_of(FIRST, SECOND)) == [FIRST, SECOND]


def test_paragraphs_without_indent_are_told_by_the_room_that_is_left() -> None:
    assert body(page_of(FIRST, SECOND, FIRST, indent=0)) == [FIRST, SECOND, FIRST]


ITEMS = [
    "- Tổng số hồ sơ: 12 hồ sơ;",
    "+ Cấp tỉnh: 5 hồ sơ;",
    "a) Đúng hạn: 4 hồ sơ",
    "1. Kết quả",
    "1.1. Về thể chế",
    "(1) Về tổ chức",
]


def test_each_item_of_a_list_is_a_paragraph() -> None:
    assert body(page_of(FIRST, *ITEMS, SECOND)) == [FIRST, *ITEMS, SECOND]


def test_a_long_item_with_a_hanging_indent_is_one_paragraph() -> None:
    item = f"- {FIRST}"
    assert body(page_of(item, item, SECOND, hanging=38)) == [item, item, SECOND]


def test_a_year_at_the_start_of_a_line_numbers_nothing() -> None:
    sheet = page_of(SECOND)
    sheet.put(LEFT + 28, sheet.y, "Tổng số hồ sơ đã tiếp nhận, giải quyết trong cả năm báo cáo,")
    sheet.put(LEFT, sheet.y + 18.5, "2023 là 33.451 hồ sơ, tăng so với cùng kỳ năm 2022.")
    assert body(sheet) == [
        SECOND,
        "Tổng số hồ sơ đã tiếp nhận, giải quyết trong cả năm báo cáo, 2023 là 33.451 hồ sơ, tăng so với cùng kỳ năm 2022.",
    ]


@pytest.mark.parametrize("tail", ["theo khoản", "tại Điều", "từ ngày"])
def test_a_number_that_belongs_to_the_line_above_is_no_marker(tail: str) -> None:
    sheet = Sheet()
    sheet.put(LEFT + 28, 80, "Căn cứ kết quả thực hiện các nhiệm vụ được giao xyz".ljust(51, "x") + f" {tail}")
    sheet.put(LEFT, 98.5, "2. Các nội dung khác thực hiện theo quy định hiện hành của Chính phủ")
    assert len(body(sheet)) == 1


def test_a_range_of_years_over_a_line_end_is_no_item() -> None:
    sheet = Sheet()
    sheet.put(LEFT + 28, 80, "Kế hoạch cải cách hành chính nhà nước trong giai đoạn năm 2021")
    sheet.put(LEFT, 98.5, "- 2025 của tỉnh được ban hành kịp thời, đúng quy định, có 47 nhiệm")
    sheet.put(LEFT, 117, "vụ cụ thể.")
    assert body(sheet) == [
        "Kế hoạch cải cách hành chính nhà nước trong giai đoạn năm 2021 - 2025 của tỉnh được ban hành kịp thời, đúng quy định,"
        " có 47 nhiệm vụ cụ thể."
    ]


@pytest.mark.parametrize(("end", "start", "joined"), [
    ("QĐ-", "UBND", "QĐ-UBND"), ("707/", "QĐ-UBND", "707/QĐ-UBND"), ("33.451/", "33.435", "33.451/33.435"),
    ("2021-", "2025", "2021-2025"), ("tỉnh -", "UBND", "tỉnh - UBND"), ("hồ", "sơ", "hồ sơ"),
])  # fmt: skip
def test_a_token_cut_by_the_line_end_is_whole(end: str, start: str, joined: str) -> None:
    sheet = Sheet()
    text = "Tổng hợp kết quả thực hiện nhiệm vụ được giao tại văn bản số".ljust(64 - len(end), "x")
    sheet.put(LEFT, 80, f"{text} {end}")
    sheet.put(LEFT, 98.5, f"{start} và các văn bản khác có liên quan của Ủy ban nhân dân tỉnh, của")
    sheet.put(LEFT, 117, "các sở, ban, ngành.")
    assert f" {joined} và các" in body(sheet)[0]


def test_headings_in_bold_stand_alone() -> None:
    sheet = Sheet()
    sheet.write("I. TÌNH HÌNH CHUNG", bold=True)
    sheet.write(FIRST)
    sheet.write("II. Tồn tại, hạn chế", bold=True)
    sheet.write(SECOND)
    assert body(sheet) == ["I. TÌNH HÌNH CHUNG", FIRST, "II. Tồn tại, hạn chế", SECOND]


def test_a_title_over_lines_is_one_centred_paragraph() -> None:
    sheet = page_of(FIRST, SECOND)
    sheet.centre("BÁO CÁO", bold=True)
    sheet.centre("Kết quả cải cách hành chính, kiểm soát thủ tục hành chính quý", bold=True)
    sheet.centre("III năm 2024", bold=True)
    sheet.write(FIRST)
    blocks = [b for b in taken(written(sheet)).blocks if isinstance(b, Paragraph)]
    assert [(b.passage.text, b.align, b.bold) for b in blocks[2:4]] == [
        ("BÁO CÁO", "center", True),
        ("Kết quả cải cách hành chính, kiểm soát thủ tục hành chính quý III năm 2024", "center", True),
    ]


def test_a_paragraph_goes_on_over_the_page_end() -> None:
    one, two = page_of(SECOND, SECOND, SECOND), page_of(SECOND)
    one.put(LEFT + 28, one.y, "Trong kỳ, toàn tỉnh đã tiếp nhận và giải quyết xong 33.435 hồ")
    two.content.insert(0, "")
    head = Sheet()
    head.write("sơ, không có hồ sơ quá hạn.", indent=0)
    head.write(SECOND)
    assert body(one, head)[3:] == [
        "Trong kỳ, toàn tỉnh đã tiếp nhận và giải quyết xong 33.435 hồ sơ, không có hồ sơ quá hạn.",
        SECOND,
    ]


# -- texts side by side -----------------------------------------------------------------------------------------------


def letterhead(sheet: Sheet) -> None:
    for text, centre, y in [("UBND TỈNH LÂM ĐỒNG", 175, 80), ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 420, 80), ("SỞ NÔNG NGHIỆP", 175, 96),
                            ("Độc lập - Tự do - Hạnh phúc", 420, 97), ("VÀ MÔI TRƯỜNG", 175, 112), ("Số: 12/BC-SNNMT", 175, 134),
                            ("Lâm Đồng, ngày 05 tháng 3 năm 2026", 420, 134)]:  # fmt: skip
        sheet.put(centre - len(text) * 3, y, text, 12)
    sheet.y = 170


def test_letterhead_and_signature_are_read_column_by_column() -> None:
    sheet = Sheet()
    letterhead(sheet)
    sheet.centre("BÁO CÁO", bold=True)
    sheet.write(FIRST)
    sheet.write(SECOND)
    y = sheet.y + 20
    for n, text in enumerate(["Nơi nhận:", "- Như trên;", "- Lưu: VT."]):
        sheet.put(LEFT, y + 15 * n, text, 11)
    for n, text in enumerate(["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "", "Nguyễn Hoàng Phúc"]):
        sheet.put(430 - len(text) * 3.5, y + 16 * n, text, bold=True)
    assert body(sheet) == [
        "UBND TỈNH LÂM ĐỒNG", "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "Số: 12/BC-SNNMT",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Lâm Đồng, ngày 05 tháng 3 năm 2026",
        "BÁO CÁO", FIRST, SECOND,
        "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Hoàng Phúc",
    ]  # fmt: skip


def test_a_newspaper_page_runs_from_column_to_column() -> None:
    sheet = Sheet()
    halves = (LEFT, 300.0), (330.0, RIGHT)
    text = " ".join([FIRST, SECOND] * 4).split(" ")
    lines: list[str] = [""]
    for word in text:
        if len(lines[-1]) + len(word) < 38:
            lines[-1] = f"{lines[-1]} {word}".strip()
        else:
            lines.append(word)
    half = len(lines) // 2
    for (left, _), part in zip(halves, (lines[:half], lines[half:]), strict=True):
        for n, line in enumerate(part):
            sheet.put(left, 80 + 14 * n, line, 11)
    assert " ".join(body(sheet)) == " ".join(lines)
    assert any(lines[half - 1] in p and lines[half] in p for p in body(sheet)), (
        "the sentence goes on in the next column"
    )


def test_labels_with_figures_far_to_the_right_stay_together() -> None:
    sheet = page_of(FIRST)
    for n, (label, figure) in enumerate(
        [("Tổng số hồ sơ:", "33.451"), ("Đã giải quyết:", "33.435"), ("Đang giải quyết:", "16")]
    ):
        sheet.put(LEFT + 28, sheet.y + 18.5 * n, label)
        sheet.put(380, sheet.y + 18.5 * n, figure)
    assert body(sheet)[1:] == ["Tổng số hồ sơ: 33.451", "Đã giải quyết: 33.435", "Đang giải quyết: 16"]


# -- what a page shows ------------------------------------------------------------------------------------------------


def test_characters_stored_out_of_order_are_read_as_they_stand() -> None:
    sheet = Sheet()
    for n, ch in reversed(list(enumerate("Tổng số: 33.451 hồ sơ"))):
        if ch != " ":
            sheet.put(LEFT + 7 * n, 80, ch)
    assert body(sheet) == ["Tổng số: 33.451 hồ sơ"]


@pytest.mark.parametrize("hide", [
    lambda s: s.put(LEFT, 120, "99.999", ink="1 g"), lambda s: s.put(LEFT, 120, "99.999", ink="1 1 1 rg"),
    lambda s: s.put(LEFT, 120, "99.999", ink="0 0 0 0 k"), lambda s: s.put(700, 120, "99.999"), lambda s: s.put(LEFT, 900, "99.999"),
])  # fmt: skip
def test_what_does_not_show_is_not_read(hide: object) -> None:
    sheet = page_of(FIRST)
    hide(sheet)  # type: ignore[operator]
    document = taken(written(sheet))
    assert paragraphs(document) == [FIRST]
    assert codes(document) == ["hidden_text"]


def test_white_letters_on_a_dark_ground_do_show() -> None:
    sheet = page_of(FIRST)
    sheet.fill(LEFT, 150, RIGHT, 180, "0 0 .6 rg")
    sheet.put(LEFT + 10, 170, "KẾT QUẢ: 99,98%", ink="1 g")
    document = taken(written(sheet))
    assert paragraphs(document) == [FIRST, "KẾT QUẢ: 99,98%"]
    assert codes(document) == []


def test_invisible_text_is_read_on_a_picture_only() -> None:
    plain, scan = page_of(FIRST), Sheet()
    plain.content.append("3 Tr")
    plain.put(LEFT, 200, "99.999")
    scan.content.append("q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q 3 Tr")
    scan.write(SECOND)
    scan.write(FIRST)
    document = taken(written(plain, scan))
    assert paragraphs(document) == [FIRST, SECOND, FIRST]
    assert [(w.code, w.page) for w in document.source.warnings] == [("hidden_text", 1)]


def test_what_is_clipped_away_is_not_read() -> None:
    sheet = page_of(FIRST)
    sheet.content.append("q 80 600 400 60 re W n")  # the box from 182 to 242 points below the top
    sheet.put(LEFT, 200, "Trong khung: 33.451")
    sheet.put(LEFT, 260, "99.999")
    sheet.content.append("Q")
    sheet.put(LEFT, 300, "Sau khung: 33.435")
    assert body(sheet) == [FIRST, "Trong khung: 33.451", "Sau khung: 33.435"]


def test_overprint_is_read_once() -> None:
    sheet = Sheet()
    for shift in (0, 0.4, 0.8):
        sheet.put(LEFT + shift, 80, "Tổng số: 33.455 hồ sơ")
    document = taken(written(sheet))
    assert paragraphs(document) == ["Tổng số: 33.455 hồ sơ"]
    assert codes(document) == ["duplicated_characters"]


def test_letters_that_stand_loosely_are_one_word() -> None:
    sheet = Sheet()
    x = LEFT
    for ch, gap in [(c, 0.0) for c in "ĐIỀU "] + [(c, 2.5) for c in "KHOẢN"] + [(c, 0.0) for c in " THI HÀNH"]:
        sheet.put(x, 80, ch)
        x += 7 + gap
    assert body(sheet) == ["ĐIỀU KHOẢN THI HÀNH"]


def test_a_mark_stored_by_itself_stands_with_its_letter() -> None:
    sheet = Sheet()
    sheet.put(LEFT, 80, "Hô sơ quá hạn")
    sheet.put(LEFT + 7, 80, "\u0300")
    assert body(sheet) == ["Hô\u0300 sơ quá hạn"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_turned_by_its_own_entry(turn: int) -> None:
    sheet = Sheet(entries=f"/Rotate {turn}")
    if turn == 180:
        sheet.put(RIGHT, 700, "Tổng số: 33.451", turn=180)
        sheet.put(RIGHT, 680, "hồ sơ", turn=180)
    else:
        x, y, step = (100, 700, 20) if turn == 90 else (500, 100, -20)
        sheet.put(x, y, "Tổng số: 33.451", turn=turn)
        sheet.put(x + step, y, "hồ sơ", turn=turn)
    document = taken(written(sheet))
    assert paragraphs(document) == ["Tổng số: 33.451 hồ sơ"] or paragraphs(document) == ["Tổng số: 33.451", "hồ sơ"]
    (x0, top, x1, bottom) = next(document.passages()).places[0].bbox
    assert x0 < x1 and top < bottom and x1 < 842 and bottom < 842


@pytest.mark.parametrize(("turn", "x", "y"), [(90, 100, 700), (270, 400, 100), (180, 545, 700)])
def test_a_page_whose_text_is_turned_is_read_upright(turn: int, x: float, y: float) -> None:
    sheet = Sheet()
    step = {90: (18.5, 0), 270: (-18.5, 0), 180: (0, -18.5)}[turn]
    for n, text in enumerate(["Tổng số hồ sơ tiếp nhận: 33.451 hồ sơ.", "Đã giải quyết: 33.435 hồ sơ."]):
        sheet.put(x + step[0] * n, y + step[1] * n, text, turn=turn)
    assert body(sheet) == ["Tổng số hồ sơ tiếp nhận: 33.451 hồ sơ.", "Đã giải quyết: 33.435 hồ sơ."]


def test_a_watermark_across_the_page_is_left_out() -> None:
    sheet = page_of(FIRST)
    sheet.put(200, 400, "DỰ THẢO", 60, turn=45)
    assert body(sheet) == [FIRST]


def test_a_page_box_that_begins_elsewhere_shifts_the_places_only() -> None:
    plain, moved = Sheet(), Sheet(box="[100 200 695 1042]")
    plain.put(LEFT, 80, "Tổng số: 33.451")
    moved.content.append("1 0 0 1 100 200 cm")
    moved.put(LEFT, 80, "Tổng số: 33.451")
    one, two = (next(taken(written(s)).passages()) for s in (plain, moved))
    assert one.text == two.text == "Tổng số: 33.451"
    assert one.places[0].bbox == pytest.approx(two.places[0].bbox, abs=0.05)


# -- what is doubted --------------------------------------------------------------------------------------------------


def test_fonts_of_old_codes_are_converted() -> None:
    sheet = Sheet()
    sheet.write("C«ng t¸c c¶i c¸ch hµnh chÝnh n¨m 2024: 33.451 hå s¬")
    document = taken(written(sheet, fonts=(".VnTime", ".VnTimeH")))
    assert paragraphs(document) == ["Công tác cải cách hành chính năm 2024: 33.451 hồ sơ"]
    assert codes(document) == ["legacy_encoding"]


def test_old_codes_are_told_by_their_words_when_the_font_has_another_name() -> None:
    sheet = Sheet()
    sheet.write(
        "Coâng taùc caûi caùch haønh chính naêm 2024: tieáp nhaän, giaûi quyeát hoà sô thuû tuïc cuûa toå chöùc, caù nhaân trong tænh Laâm Ñoàng"
    )
    document = taken(written(sheet))
    assert codes(document) == ["legacy_encoding"]
    assert paragraphs(document)[0].endswith("thủ tục của tổ chức, cá nhân trong tỉnh Lâm Đồng")


def test_glyphs_without_characters_are_not_trusted() -> None:
    document = taken(written(page_of(FIRST), unicode=False))
    assert codes(document) == ["untrusted_text"]
    assert "33.451" not in "".join(p.text for p in document.passages())


def test_vietnamese_and_english_text_are_trusted() -> None:
    assert codes(taken(written(page_of(FIRST, SECOND, "Data source: World Bank, café, naïve.")))) == []


def test_a_page_without_text_is_told() -> None:
    scan = Sheet()
    scan.content.append("q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q")
    stamped = Sheet()
    stamped.content.append(scan.content[0])
    stamped.put(LEFT, 30, "2")
    document = taken(written(page_of(FIRST), scan, stamped))
    assert [(w.code, w.page) for w in document.source.warnings] == [("no_text_layer", 2), ("no_text_layer", 3)]
    assert document.source.pages == 3


def test_one_page_of_impossible_size_costs_only_itself() -> None:
    document = taken(written(page_of(FIRST), Sheet(box="[0 0 1e9 1e9]"), Sheet(box="[0 0 -1 (x)]"), page_of(SECOND)))
    assert paragraphs(document) == [FIRST, SECOND]
    assert [(w.code, w.page) for w in document.source.warnings] == [("bad_geometry", 2), ("bad_geometry", 3)]


@pytest.mark.parametrize(("entry", "code"), [
    (b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.alert)>>]>>>>", "active_content"),
    (b"/OpenAction<</S/Launch/F(cmd.exe)>>", "active_content"),
    (b"/Names<</EmbeddedFiles<</Names[]/X 1>>>>", "embedded_file"),
    (b"/AcroForm<</XFA(x)/Fields[]>>", "form_fields"),
    (b"/AcroForm<</Fields[<</FT/Tx/T(a)/V(33.451)>>]>>", "form_fields"),
])  # fmt: skip
def test_what_a_file_carries_beside_its_pages_is_told(entry: bytes, code: str) -> None:
    document = taken(written(page_of(FIRST), root=entry))
    assert paragraphs(document) == [FIRST]
    assert codes(document) == [code]


@pytest.mark.parametrize(
    "entry",
    [b"/OpenAction<</S/GoTo/D[10 0 R/Fit]>>", b"/OpenAction[10 0 R/Fit]", b"/AcroForm<</Fields[<</FT/Sig/V<<>>>>]>>"],
)
def test_a_signature_or_a_first_view_is_no_warning(entry: bytes) -> None:
    assert codes(taken(written(page_of(FIRST), root=entry))) == []


APPEARANCE = (
    "/Annots[<</Subtype/{kind}/F {flags}/Rect[100 600 300 640]/AP<</N 90 0 R>>>>]"  # 202 to 242 points below the top
)


@pytest.mark.parametrize(("kind", "flags", "shown"), [("Widget", 4, True), ("FreeText", 4, True), ("Widget", 2, False), ("Link", 4, False)])  # fmt: skip
def test_what_a_field_or_a_stamp_shows_is_read_in_its_place(kind: str, flags: int, shown: bool) -> None:
    sheet = Sheet(entries=APPEARANCE.format(kind=kind, flags=flags))
    sheet.write(FIRST)
    sheet.y = 300
    sheet.write(SECOND)
    stamp = Sheet(height=20)
    stamp.put(0, 10, "Số: 12/BC-STP", 7)
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</F0 5 0 R>>>>"
    document = taken(written(sheet, more={90: stream("\n".join(stamp.content).encode(), form)}))
    assert paragraphs(document) == ([FIRST, "Số: 12/BC-STP", SECOND] if shown else [FIRST, SECOND])
    if shown:
        place = next(p for p in document.passages() if p.text.startswith("Số")).places[0].bbox
        assert (round(place[0]), place[1] > 202, place[3] < 242) == (100, True, True)


def test_a_page_of_endless_text_is_cut() -> None:
    sheet = Sheet()
    for n in range(1200):
        sheet.put(LEFT, 80 + n % 700, "x" * 100, 1)
    assert "page_cut" in codes(taken(written(sheet)))
