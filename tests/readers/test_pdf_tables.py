"""Tables of a PDF on their true grid: ruled, partly ruled, held by blanks, and over pages. Prose never becomes one."""

from __future__ import annotations

from itertools import pairwise

import pytest

from extractors.model import Table
from tests.readers.sheets import LEFT, RIGHT, Sheet, paragraphs, tables, taken, written

TEXT = (
    "Các cơ quan, đơn vị tiếp tục thực hiện nghiêm việc số hóa thành phần hồ sơ, kết quả giải quyết thủ tục hành chính."
)
HEAD = ["STT", "Lĩnh vực", "Tiếp nhận", "Giải quyết"]
ROWS = [["1", "Đất đai", "33.451", "33.435"], ["2", "Hộ tịch", "120", "120"], ["", "Tổng số", "33.571", "33.555"]]
XS = [85.0, 120.0, 300.0, 420.0, 545.0]


def ruled(sheet: Sheet, rows: list[list[str]], top: float) -> None:
    ys = [top + 20.0 * n for n in range(len(rows) + 1)]
    sheet.grid(XS, ys)
    for n, row in enumerate(rows):
        sheet.row(XS, ys[n] + 14, row)


def grids(*sheets: Sheet) -> list[list[list[str]]]:
    return tables(taken(written(*sheets)))


def test_a_ruled_table_between_paragraphs() -> None:
    sheet = Sheet()
    sheet.write(TEXT)
    ruled(sheet, [HEAD, *ROWS], 140)
    sheet.y = 250
    sheet.write(TEXT)
    document = taken(written(sheet))
    assert tables(document) == [[HEAD, *ROWS]]
    assert paragraphs(document) == [TEXT, TEXT]


def test_borders_drawn_as_thin_boxes_piece_by_piece() -> None:
    sheet = Sheet()
    ys = [100.0, 120.0, 140.0, 160.0]
    for y in ys:
        for a, b in pairwise(XS):
            sheet.fill(a + 0.5, y, b, y + 0.5)
        for x in XS:
            sheet.fill(x, y, x + 0.5, y + 0.5)
    for x in XS:
        for a, b in pairwise(ys):
            sheet.fill(x, a + 0.5, x + 0.5, b)
    for n, row in enumerate([HEAD, *ROWS[:2]]):
        sheet.row(XS, ys[n] + 14, row)
    assert grids(sheet) == [[HEAD, *ROWS[:2]]]


def test_merged_cells_stand_once_with_their_spans() -> None:
    sheet = Sheet()
    xs, ys = [85.0, 185.0, 285.0, 385.0, 485.0], [100.0, 120.0, 140.0, 160.0]
    for y in (ys[0], ys[2], ys[3]):
        sheet.rule(xs[0], y, xs[-1], y)
    sheet.rule(xs[1], ys[1], xs[3], ys[1])
    for x in (xs[0], xs[1], xs[3], xs[4]):
        sheet.rule(x, ys[0], x, ys[-1])
    sheet.rule(xs[2], ys[1], xs[2], ys[-1])
    sheet.row(xs, 124, ["Lĩnh vực", "", "", "Ghi chú"])
    sheet.row(xs, 114, ["", "Số hồ sơ giải quyết"])
    sheet.row(xs, 134, ["", "Đúng hạn", "Quá hạn"])
    sheet.row(xs, 154, ["Đất đai", "12", "3", "Tốt"])
    table = next(b for b in taken(written(sheet)).blocks if isinstance(b, Table))
    assert [(c.row, c.column, c.row_span, c.column_span, c.passage.text) for c in table.cells] == [
        (0, 0, 2, 1, "Lĩnh vực"), (0, 1, 1, 2, "Số hồ sơ giải quyết"), (0, 3, 2, 1, "Ghi chú"),
        (1, 1, 1, 1, "Đúng hạn"), (1, 2, 1, 1, "Quá hạn"),
        (2, 0, 1, 1, "Đất đai"), (2, 1, 1, 1, "12"), (2, 2, 1, 1, "3"), (2, 3, 1, 1, "Tốt"),
    ]  # fmt: skip


def test_a_table_over_pages_is_one() -> None:
    one, two = Sheet(), Sheet()
    ruled(one, [HEAD, ROWS[0], ["2", "Lao động, thương binh", "120", "118"]], 700)
    ruled(two, [HEAD, ["", "và xã hội", "", ""], ["3", "Y tế", "7", "7"]], 60)
    two.put(310, 40, "2", 13)
    assert grids(one, two) == [
        [HEAD, ROWS[0], ["2", "Lao động, thương binh và xã hội", "120", "118"], ["3", "Y tế", "7", "7"]]
    ]


def test_a_total_at_the_top_of_a_page_is_a_row_of_its_own() -> None:
    one, two = Sheet(), Sheet()
    ruled(one, [HEAD, *ROWS[:2]], 700)
    ruled(two, [ROWS[2], ["", "trong đó quá hạn", "5", "4"]], 60)
    assert grids(one, two) == [[HEAD, *ROWS, ["", "trong đó quá hạn", "5", "4"]]]


def test_a_page_with_merged_rows_only_goes_on_with_the_table() -> None:
    one, two = Sheet(), Sheet()
    ruled(one, [HEAD, *ROWS[:2]], 700)
    two.grid([XS[0], XS[1], XS[4]], [60.0, 80.0])
    two.row(XS, 74, ["3", "Không phát sinh hồ sơ ở các lĩnh vực khác"])
    table = next(b for b in taken(written(one, two)).blocks if isinstance(b, Table))
    assert (table.n_rows, table.n_columns) == (4, 4)
    last = table.cells[-1]
    assert (last.row, last.column, last.column_span, last.passage.text) == (
        3,
        1,
        3,
        "Không phát sinh hồ sơ ở các lĩnh vực khác",
    )


def test_two_tables_with_a_text_between_are_two() -> None:
    one, two = Sheet(), Sheet()
    ruled(one, [HEAD, *ROWS], 700)
    two.write(TEXT)
    ruled(two, [HEAD, *ROWS], 140)
    assert grids(one, two) == [[HEAD, *ROWS], [HEAD, *ROWS]]


def test_turned_header_cells_and_small_type_of_form_06a() -> None:
    sheet = Sheet(842, 595)
    xs = [40.0, 60.0, 160.0, *(160.0 + 55 * n for n in range(1, 12))]
    ys = [100.0, 180.0, 195.0, 215.0]
    sheet.grid(xs, ys)
    labels = [
        "STT",
        "Lĩnh vực",
        *("Tổng số hồ sơ", "Trực tuyến", "Trực tiếp", "Từ kỳ trước", "Đã giải quyết") * 2,
        "Quá hạn",
    ]
    for n, label in enumerate(labels):
        if n == 3:
            sheet.put(xs[n] + 20, 175, "tiếp nhận", 6, turn=90)
            sheet.put(xs[n] + 12, 175, label, 6, turn=90)
        else:
            sheet.put(xs[n] + 2, 140, label, 6)
    figures = [str(100 * n) for n in range(13)]
    sheet.row(xs, 190, [f"({n + 1})" for n in range(13)], 6)
    sheet.row(xs, 210, ["1", "Đất đai", *figures[2:]], 6)
    labels[3] = "Trực tuyến tiếp nhận"
    assert grids(sheet) == [[labels, [f"({n + 1})" for n in range(13)], ["1", "Đất đai", *figures[2:]]]]


def test_what_a_narrow_cell_breaks_is_whole_and_items_stand_on_their_lines() -> None:
    sheet = Sheet()
    xs, ys = [85.0, 101.0, 141.0, 341.0, 441.0], [100.0, 140.0, 180.0]
    sheet.grid(xs, ys)
    for x, y, text in [(87, 115, "ST"), (87, 127, "T"), (103, 115, "(1)=(2)"), (103, 127, "+(3)"), (143, 115, "Nội dung"), (343, 115, "Tổng"),
                       (343, 127, "số"), (87, 155, "1"), (103, 155, "33.451"), (143, 155, "- Kết quả thứ nhất đạt;"),
                       (143, 167, "- Kết quả thứ hai."), (343, 155, "12")]:  # fmt: skip
        sheet.put(x, y, text, 10)
    assert grids(sheet) == [
        [
            ["STT", "(1)=(2)+(3)", "Nội dung", "Tổng số"],
            ["1", "33.451", "- Kết quả thứ nhất đạt;\n- Kết quả thứ hai.", "12"],
        ]
    ]


def test_a_figure_that_touches_its_neighbour_stays_in_its_cell() -> None:
    sheet = Sheet()
    xs = [85.0, 185.0, 225.0, 265.0]
    sheet.grid(xs, [100.0, 120.0, 140.0])
    sheet.row(xs, 114, ["Chỉ tiêu", "Năm A", "Năm B"])
    sheet.row([85.0], 134, ["Hồ sơ"])
    sheet.put(185.2, 134, "3.345.11", 10)
    sheet.put(225.4, 134, "7.778.90", 10)
    assert grids(sheet)[0][1] == ["Hồ sơ", "3.345.11", "7.778.90"]


def test_a_table_open_at_its_sides() -> None:
    sheet = Sheet()
    ys = [100.0, 120.0, 140.0, 160.0, 180.0]
    for y in ys:
        sheet.rule(XS[0], y, XS[-1], y)
    for x in XS[1:-1]:
        sheet.rule(x, ys[0], x, ys[-1])
    for n, row in enumerate([HEAD, *ROWS]):
        sheet.row(XS, ys[n] + 14, row)
    assert grids(sheet) == [[HEAD, *ROWS]]


def test_rows_that_no_rule_parts() -> None:
    sheet = Sheet()
    sheet.grid(XS, [100.0, 120.0, 200.0])
    sheet.row(XS, 114, HEAD)
    for n, row in enumerate(ROWS):
        sheet.row(XS, 134 + 20 * n, row)
    sheet.put(XS[1] + 3, 184, "toàn tỉnh", 10)
    assert grids(sheet) == [[HEAD, ROWS[0], ROWS[1], ["", "Tổng số toàn tỉnh", *ROWS[2][2:]]]]


@pytest.mark.parametrize("every_row", [True, False])
def test_a_table_with_rules_across_only(every_row: bool) -> None:
    sheet = Sheet()
    sheet.write(TEXT)
    for y in (140, 160, 180, 200, 220) if every_row else (140, 160, 220):
        sheet.rule(LEFT, y, RIGHT, y)
    for n, row in enumerate([HEAD, *ROWS]):
        sheet.row(XS, 154 + 20 * n, row)
    sheet.y = 260
    sheet.write(TEXT)
    document = taken(written(sheet))
    assert tables(document) == [[HEAD, *ROWS]]
    assert paragraphs(document) == [TEXT, TEXT]


def test_columns_held_by_blanks() -> None:
    sheet = Sheet()
    sheet.write(TEXT)
    xs = [85.0, 280.0, 350.0, 420.0, 490.0]
    rows = [["Lĩnh vực", "Năm 2021", "Năm 2022", "Năm 2023", "Năm 2024"], ["Đất đai", "1.205", "1.317", "1.422", "1.500"],
            ["Hộ tịch, chứng thực", "33.451", "33.435", "-", "31.000"], ["Tổng số", "34.656", "34.752", "1.422", "32.500"]]  # fmt: skip
    for n, row in enumerate(rows):
        sheet.row(xs, 160 + 18 * n, row)
    sheet.y = 260
    sheet.write(TEXT)
    document = taken(written(sheet))
    assert tables(document) == [rows]
    assert paragraphs(document) == [TEXT, TEXT]


def test_a_label_over_two_lines_and_a_header_over_columns_in_a_table_of_blanks() -> None:
    sheet = Sheet()
    xs = [85.0, 280.0, 350.0, 420.0]
    sheet.put(315, 120, "Số hồ sơ đã giải quyết", 10)
    for n, row in enumerate([["Lĩnh vực", "Tổng số", "Đúng hạn", "Quá hạn"], ["Đất đai, tài nguyên", "1.205", "1.200", "5"], ["nước, khoáng sản"],
                             ["Hộ tịch", "33", "33", "0"], ["Y tế", "7", "6", "1"]]):  # fmt: skip
        sheet.row(xs, 138 + 16 * n, row)
    table = next(b for b in taken(written(sheet)).blocks if isinstance(b, Table))
    assert [c.passage.text for c in table.cells if c.column == 0] == [
        "Lĩnh vực",
        "Đất đai, tài nguyên nước, khoáng sản",
        "Hộ tịch",
        "Y tế",
    ]
    assert next((c.column, c.column_span) for c in table.cells if "đã giải quyết" in c.passage.text) == (1, 3)
    assert [c.passage.text for c in table.cells if c.row == table.n_rows - 1] == ["Y tế", "7", "6", "1"]


# -- what is no table -------------------------------------------------------------------------------------------------


def no_tables(sheet: Sheet) -> list[str]:
    document = taken(written(sheet))
    assert tables(document) == []
    return paragraphs(document)


def test_prose_full_of_figures_is_no_table() -> None:
    sheet = Sheet()
    text = "Năm 2021 là 1.205 hồ sơ, năm 2022 là 1.317 hồ sơ, năm 2023 là 1.422 hồ sơ, năm 2024 là 1.500 hồ sơ, quý I là 33 hồ sơ."
    for _ in range(4):
        sheet.write(text)
    assert no_tables(sheet) == [text] * 4


def test_justified_prose_with_wide_blanks_is_no_table() -> None:
    sheet = Sheet()
    for n in range(5):
        for k, word in enumerate(["năm", "2021", "là", "1.205", "hồ sơ,", "năm", "2022", "là", "1.317", "hồ"]):
            sheet.put(LEFT + 44 * k + 13 * ((n + k) % 4), 80 + 18.5 * n, word, 12)
    no_tables(sheet)


def test_a_list_of_labels_and_one_figure_each_is_no_table() -> None:
    sheet = Sheet()
    for n in range(4):
        sheet.row([85.0, 400.0], 100 + 18 * n, [f"Chỉ tiêu thứ {'abcd'[n]}", str(100 + n)])
    no_tables(sheet)


def test_a_box_around_text_and_rules_under_words_are_no_table() -> None:
    sheet = Sheet()
    sheet.grid([70.0, 560.0], [60.0, 300.0])
    sheet.write(TEXT)
    sheet.rule(LEFT, 84, LEFT + 90, 84)
    sheet.write(TEXT)
    assert no_tables(sheet) == [TEXT, TEXT]


def test_a_ruled_letterhead_is_no_table() -> None:
    sheet = Sheet()
    sheet.grid([85.0, 260.0, 545.0], [60.0, 120.0])
    for x, y, text in [(100, 75, "UBND TỈNH HÀ NAM"), (120, 90, "SỞ NỘI VỤ"), (110, 110, "Số: 12/BC-SNV"),
                       (290, 75, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), (310, 90, "Độc lập - Tự do - Hạnh phúc")]:  # fmt: skip
        sheet.put(x, y, text, 12)
    sheet.y = 160
    sheet.write(TEXT)
    assert no_tables(sheet) == [
        "UBND TỈNH HÀ NAM", "SỞ NỘI VỤ", "Số: 12/BC-SNV", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", TEXT,
    ]  # fmt: skip


def test_words_marked_with_colour_are_no_table() -> None:
    sheet = Sheet()
    for n in range(3):
        sheet.fill(LEFT, 66 + 18.5 * n, 200, 84 + 18.5 * n, "1 1 0 rg")
        sheet.fill(200, 66 + 18.5 * n, 300, 84 + 18.5 * n, "0 1 1 rg")
    sheet.write(TEXT)
    assert no_tables(sheet) == [TEXT]
