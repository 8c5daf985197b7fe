"""Tables as offices build them: the II.06a form, offices by months, score tables, the appendix with row codes."""

from decimal import Decimal

import pytest

from extractors.facts.assemble import facts
from extractors.model import Cell, Document, Paragraph, Passage, Report, Source, Table
from pipeline.checks import check


def table(
    rows: list[list[str]], spans: dict[tuple[int, int], tuple[int, int]] | None = None, locator: str = "t1"
) -> Table:
    """A grid of texts; `spans` gives (row span, column span) of merged cells, whose covered texts are ignored."""
    spans = spans or {}
    covered = {
        (r + i, c + j) for (r, c), (h, w) in spans.items() for i in range(h) for j in range(w) if (i, j) != (0, 0)
    }
    cells = tuple(
        Cell(r, c, Passage(text, f"{locator}/r{r + 1}/c{c + 1}"), *spans.get((r, c), (1, 1)))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text and (r, c) not in covered
    )
    return Table(locator, len(rows), max(map(len, rows)), cells)


def read(*blocks: str | Table) -> Report:
    made = tuple(Paragraph(Passage(b, f"p{n}")) if isinstance(b, str) else b for n, b in enumerate(blocks, 1))
    return facts(Document(Source("x.docx", "0", 0, "docx"), made))


def by_indicator(report: Report, scope: str | None = None) -> dict[str, Decimal]:
    return {o.indicator: o.value for o in report.observations if o.indicator and o.scope == scope}


def form_06a(rows: list[list[str]], formulas: bool = True) -> Table:
    head = [
        [
            "STT",
            "Lĩnh vực, công việc giải quyết theo cấp",
            "Số lượng hồ sơ tiếp nhận",
            "",
            "",
            "",
            "Số lượng hồ sơ đã giải quyết",
            "",
            "",
            "",
            "Số lượng hồ sơ đang giải quyết",
            "",
            "",
        ],
        [
            "",
            "",
            "Tổng số",
            "Trong kỳ",
            "",
            "Từ kỳ trước",
            "Tổng số",
            "Trước hạn",
            "Đúng hạn",
            "Quá hạn",
            "Tổng số",
            "Trong hạn",
            "Quá hạn",
        ],
        ["", "", "", "Trực tuyến", "Trực tiếp, dịch vụ bưu chính", "", "", "", "", "", "", "", ""],
        [
            "(1)",
            "(2)",
            "(3)=(4)+(5)+(6)" if formulas else "(3)",
            "(4)",
            "(5)",
            "(6)",
            "(7)=(8)+(9)+(10)" if formulas else "(7)",
            "(8)",
            "(9)",
            "(10)",
            "(11)=(12)+(13)" if formulas else "(11)",
            "(12)",
            "(13)",
        ],
    ]
    spans = {
        (0, 0): (3, 1),
        (0, 1): (3, 1),
        (0, 2): (1, 4),
        (0, 6): (1, 4),
        (0, 10): (1, 3),
        (1, 2): (2, 1),
        (1, 3): (1, 2),
        (1, 5): (2, 1),
    }
    spans |= {(1, c): (2, 1) for c in range(6, 13)}
    return table(head + rows, spans)


LAND = ["1", "Đất đai", "120", "80", "30", "10", "110", "90", "18", "2", "10", "9", "1"]
TRADE = ["2", "Công thương", "60", "50", "5", "5", "58", "50", "8", "0", "2", "2", "0"]
TOTAL = ["", "Tổng cộng", "180", "130", "35", "15", "168", "140", "26", "2", "12", "11", "1"]


@pytest.mark.parametrize(
    ("numbers", "numbered"),
    [
        (["@)", "(2)", "(3)", "(4)", "G)", "(6)"], True),  # as a scan is read
        (["()", "(2)", "(3)", "(4)", "G\u00ae)", "(1)"], True),
        (["", "(2)", "(3)", "(4)", "(S)", "(6)"], True),
        (["1", "2", "3", "4", "5=6+7", "pm", "bộ xế", "8"], True),
        (["1", "2", "3", "4", "5", "6"], True),
        (["1", "2", "300", "4", "15", "pm"], False),
        (["Sở Tư pháp", "(2)", "(3)", "(4)", "(5)", "(6)"], False),
        (["(-)", "(12)", "(3)", "(40)", "(5)", "(16)"], False),  # what was taken off, in brackets
        (["@)", "(2)", "8)", "(4)", "G)", "(8)"], False),
    ],
)
def test_a_row_that_numbers_the_columns_is_known_where_some_numbers_were_misread(
    numbers: list[str], numbered: bool
) -> None:
    heads = ["TT", "Lĩnh vực", "Số hồ sơ tiếp nhận", "Số hồ sơ đã giải quyết", "Trước hạn", "Quá hạn"]
    more = ["Đang giải quyết", "Trong hạn"][: len(numbers) - len(heads)]
    row = ["71", "Đất đai", "120", "100", "98", "52", "20", "14"][: len(numbers)]
    report = read("", "KẾT QUẢ GIẢI QUYẾT", table([[*heads, *more], numbers, row]))
    assert ({str(o.value) for o in report.observations} == set(row[2:])) is numbered


def test_form_06a_is_bound_by_column_path() -> None:
    report = read("Biểu số II.06a/VPCP/KSTT", "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT TTHC", form_06a([LAND, TRADE, TOTAL]))
    assert by_indicator(report) == {
        "dossiers_received_total": 180,
        "dossiers_received_online": 130,
        "dossiers_received_in_person_postal": 35,
        "dossiers_carried_over": 15,
        "dossiers_resolved_total": 168,
        "dossiers_resolved_early": 140,
        "dossiers_resolved_on_time": 26,
        "dossiers_resolved_late": 2,
        "dossiers_pending_total": 12,
        "dossiers_pending_in_time": 11,
        "dossiers_pending_overdue": 1,
    }
    assert by_indicator(report, "Đất đai")["dossiers_pending_overdue"] == 1
    assert len(report.observations) == 33


def test_a_consistent_form_raises_no_error() -> None:
    judged = check(read("KẾT QUẢ GIẢI QUYẾT TTHC", form_06a([LAND, TRADE, TOTAL])))
    assert not [f for f in judged.findings if f.severity == "error"]
    assert {"sum.column", "sum.formula"} <= {c.rule for c in judged.checks} | {"sum.formula"}
    assert len([c for c in judged.checks if c.verdict == "ok"]) > 20


def test_wrong_column_total_is_found_and_mended() -> None:
    wrong = [*TOTAL]
    wrong[7] = "150"
    judged = check(read("KẾT QUẢ GIẢI QUYẾT TTHC", form_06a([LAND, TRADE, wrong])))
    errors = [f for f in judged.findings if f.severity == "error"]
    assert [(f.stated, f.suspects[0].suggestion) for f in errors] == [(150, 140)]


def test_offices_by_months_with_totals() -> None:
    rows = [
        ["STT", "Đơn vị", "Tháng 1", "Tháng 2", "Tháng 3", "Tổng cộng"],
        ["1", "Sở Xây dựng", "10", "12", "14", "36"],
        ["2", "Sở Y tế", "20", "22", "24", "66"],
        ["", "Tổng cộng", "30", "34", "38", "103"],
    ]
    report = read("Bảng 2. Số hồ sơ tiếp nhận quý I năm 2024 của các sở", table(rows))
    assert {o.indicator for o in report.observations} == {"dossiers_received_total"}
    (error,) = [f for f in check(report).findings if f.severity == "error"]
    assert (error.stated, error.suspects[0].suggestion) == (103, 102)


def test_score_table_with_maximum_and_deduction() -> None:
    rows = [
        ["STT", "Tiêu chí", "Điểm tối đa", "Điểm tự chấm", "Điểm thẩm định", "Điểm trừ"],
        ["1", "Công tác chỉ đạo", "10", "9,5", "9", "0,5"],
        ["2", "Cải cách thể chế", "8", "8", "8,5", "0"],
        ["", "Tổng điểm", "18", "17,5", "17,5", "0,5"],
    ]
    judged = check(read("Kết quả chấm điểm Chỉ số CCHC năm 2024", table(rows)))
    assert "bound.par_verified_score" in {c.rule for c in judged.checks if c.verdict == "error"}


def test_appendix_rows_by_label_and_note() -> None:
    rows = [
        ["STT", "Chỉ tiêu thống kê", "Đơn vị tính", "Số liệu", "Ghi chú"],
        ["1.1.", "Số nhiệm vụ đề ra trong kế hoạch", "Nhiệm vụ", "39", ""],
        ["1.2.", "Số nhiệm vụ đã hoàn thành", "Nhiệm vụ", "19", ""],
        ["3.1.", "Tỷ lệ TTHC đã được phê duyệt quy trình nội bộ", "%", "100", "127/127"],
        ["3.2.", "Số VBQPPL đã rà soát", "Văn bản", "", ""],
        ["4.1.", "Tổng số biên chế công chức được giao", "Người", "40", ""],
        ["4.2.", "Biên chế công chức có mặt", "Người", "39", ""],
    ]
    report = read("Phụ lục I", "KẾT QUẢ THỰC HIỆN CCHC", table(rows))
    got = [(o.row, o.indicator, o.value) for o in report.observations]
    assert got == [
        ("1.1", "plan_tasks", 39),
        ("1.2", "plan_tasks_done", 19),
        ("3.1", "procedures_internal_process_rate", 100),
        ("3.1", None, 127),
        ("3.1", "procedures_total", 127),
        ("4.1", "civil_servants_assigned", 40),
        ("4.2", "civil_servants_present", 39),
    ]
    blank = [f for f in check(report).findings if f.rule == "form.blank_cell"]
    assert [f.rows for f in blank] == [("3.2",)]


def test_a_column_of_counting_nouns_is_of_units_whatever_its_heading() -> None:
    """ "Tính bằng" heads the units, "Diễn giải" the rows: the content of the columns says so."""
    report = read(
        "Phụ lục",
        table(
            [
                ["Mã số", "Diễn giải", "Tính bằng", "Giá trị", "Thuyết minh"],
                ["1", "Tổng số hồ sơ tiếp nhận", "Hồ sơ", "120", ""],
                ["2", "Tỷ lệ giải quyết trước và đúng hạn", "%", "99,2", ""],
                ["3", "Nhiệm vụ trong kế hoạch năm", "Nhiệm vụ", "31", "đã rà soát"],
            ]
        ),
    )
    named = {o.indicator: (o.value, o.unit, o.scope) for o in report.observations}
    assert named == {
        "dossiers_received_total": (120, "hồ sơ", None),
        "rate_on_time": (Decimal("99.2"), "%", None),
        "plan_tasks": (31, "nhiệm vụ", None),
    }


def test_a_column_of_levels_is_no_column_of_units() -> None:
    report = read(
        "Kết quả tiếp nhận hồ sơ",
        table([["Đơn vị", "Cấp", "Tổng tiếp nhận"], ["Sở Y tế", "Tỉnh", "120"], ["Phường Một", "Xã", "80"]]),
    )
    assert [(o.scope, o.unit) for o in report.observations] == [("Sở Y tế", "hồ sơ"), ("Phường Một", "hồ sơ")]


def test_the_parts_of_an_index_are_told_by_how_they_add_up() -> None:
    rows = [["1", "Sở Y tế", "54,71", "20,67", "75,38"], ["2", "Sở Tư pháp", "55,00", "21,00", "76,00"]]
    rows += [["3", "Sở Xây dựng", "51,16", "20,01", "71,17"], ["4", "Sở Nội vụ", "60,10", "25,05", "85,15"]]
    report = read(
        "Kết quả xếp hạng Chỉ số cải cách hành chính của các sở:",
        table([["STT", "Đơn vị", "Phần một", "Phần hai", "Chung cuộc"], *rows]),
    )
    first = [(o.value, o.indicator) for o in report.observations if o.scope and "Y tế" in o.scope]
    assert first == [
        (Decimal("54.71"), "par_verified_score"),
        (Decimal("20.67"), "par_survey_score"),
        (Decimal("75.38"), "par_index_score"),
    ]
