"""What was recognised from an image: which contradictions still prove an error, and what becomes of the rest."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.checks.recognised import SURE, UNSURE, UNTRUSTED, misreadings
from tests.checks.judging import Judged, judged
from tests.checks.scanning import scanned

# 1.500 + 200 + 55 is 22 more than 1.733: two digits of one figure would have to be misread.
PROVEN = """
- Tổng số hồ sơ tiếp nhận: 4.512 hồ sơ, trong đó: kỳ trước chuyển sang 312 hồ sơ, tiếp nhận mới 4.200 hồ sơ.
- Số hồ sơ đã giải quyết: 1.733 hồ sơ, trong đó: trước hạn 1.500 hồ sơ, đúng hạn 200 hồ sơ, quá hạn 55 hồ sơ.
"""
ONE_DIGIT = """
- Tổng số hồ sơ tiếp nhận: 4.512 hồ sơ, trong đó: kỳ trước chuyển sang 312 hồ sơ, tiếp nhận mới 4.260 hồ sơ.
"""
TABLE = """
Biểu 1. Kết quả giải quyết hồ sơ
STT\tĐơn vị\tTiếp nhận\tĐã giải quyết
1\tSở Xây dựng\t354\t{}
2\tSở Y tế\t298\t{}
3\tSở Tư pháp\t127\t{}
\tTổng cộng\t{}\t{}
"""


def rules(made: Judged, severity: str) -> list[str]:
    return [r for r in made.raised(severity) if not r.startswith("header.")]


def test_a_text_file_is_judged_as_ever() -> None:
    for body in (PROVEN, ONE_DIGIT):
        assert rules(judged(body), "error")
        assert judged(body).report.recognised == ()
        assert {o.confidence for o in judged(body).report.observations} == {None}


def test_a_contradiction_that_no_misread_digit_explains_stays_an_error() -> None:
    text, scan = judged(PROVEN), scanned(PROVEN)
    assert rules(text, "error") == rules(scan, "error") == ["sum.resolved"]
    assert [f.message for f in scan.findings if f.severity == "error"] == [
        f.message for f in text.findings if f.severity == "error"
    ]


def test_what_one_misread_digit_explains_is_a_warning_that_says_so() -> None:
    assert rules(judged(ONE_DIGIT), "error") == ["sum.received"]
    scan = scanned(ONE_DIGIT)
    assert rules(scan, "error") == []
    (finding,) = [f for f in scan.findings if f.severity == "warning"]
    assert finding.rule == "sum.received"
    assert "Có thể do nhận dạng" in finding.message.vi and "recognising" in finding.message.en
    assert (scan.only("sum.received").verdict, scan.only("sum.received").reason) == ("cannot_tell", UNSURE)


def test_a_figure_of_low_confidence_proves_nothing() -> None:
    scan = scanned(PROVEN, unsure={"55": SURE - 1})
    assert rules(scan, "error") == []
    assert "sum.resolved" in rules(scan, "warning")
    assert scan.only("sum.resolved").verdict == "cannot_tell"
    assert rules(scanned(PROVEN, unsure={"55": SURE}), "error") == ["sum.resolved"]


def test_a_relation_that_holds_holds_whatever_the_confidence() -> None:
    scan = scanned(PROVEN, unsure={"312": 20})
    assert scan.only("sum.received").verdict == "ok"


def test_the_confidence_of_a_figure_is_that_of_its_own_words() -> None:
    scan = scanned(PROVEN, unsure={"1.733": 41, "hồ": 3})
    told = {o.quantity.text: o.confidence for o in scan.report.observations}
    assert told["1.733"] == 41
    assert told["312"] == 96
    assert scan.report.recognised == (1,)


def test_no_finding_rests_on_a_page_that_is_not_trusted() -> None:
    scan = scanned(PROVEN, sure=0)
    assert scan.report.untrusted == (1,)
    assert scan.findings == ()
    assert {(c.verdict, c.reason) for c in scan.checks if c.observations} == {("cannot_tell", UNTRUSTED)}


def test_a_table_whose_build_another_column_bears_out_proves_an_error() -> None:
    wrong = TABLE.format(340, 290, 119, 779, 1460)  # 749
    assert rules(judged(wrong), "error") == ["sum.column"]
    assert rules(scanned(wrong), "error") == ["sum.column"]


def test_what_a_sum_lacks_and_a_table_states_was_not_read() -> None:
    body = """
- Tổng số hồ sơ tiếp nhận: 37.269 hồ sơ; chia ra: cấp tỉnh 9.043 hồ sơ; cấp huyện 13.219 hồ sơ.
Biểu 1. Kết quả theo cấp
STT\tCấp\tTiếp nhận
1\tCấp tỉnh\t9.043
2\tCấp huyện\t13.219
3\tCấp xã\t{}
"""
    whole, other = body.format("15.007"), body.format("14.880")
    assert "sum.levels" in rules(judged(whole), "error")
    assert "sum.levels" in rules(scanned(other), "error")
    assert "sum.levels" in rules(scanned(whole), "warning")
    assert "sum.levels" not in rules(scanned(whole), "error")


def test_a_word_of_the_head_that_was_not_made_out_leaves_what_stands_below_in_doubt() -> None:
    wrong = TABLE.format(340, 290, 119, 779, 1460).replace("STT\t", "TT\tTên\tSố hồ sơ\tSố hồ sơ\nSTT\t")
    assert rules(scanned(wrong), "error") == ["sum.column"]
    for word in ("Tên", "nhận"):
        assert rules(scanned(wrong, unsure={word: 10}), "error") == [], word


def test_a_sum_of_parts_of_a_dossier_is_one_of_rates_whose_heading_was_misread() -> None:
    body = """
Biểu 1. Kết quả giải quyết hồ sơ
STT\tĐơn vị\tTiếp nhận\tĐã giải quyết
1\tSở Xây dựng\t354\t67,53
2\tSở Y tế\t298\t54,57
3\tSở Tư pháp\t127\t31,91
\tTổng cộng\t779\t56,52
"""
    assert rules(judged(body), "error") == ["sum.column"]
    assert (rules(scanned(body), "error"), rules(scanned(body), "warning")) == ([], ["sum.column"])


def test_a_table_of_which_no_other_column_holds_may_have_lost_a_row() -> None:
    wrong = TABLE.format(340, 290, 119, 1990, 1460)
    assert set(rules(judged(wrong), "error")) == {"sum.column"}
    scan = scanned(wrong)
    assert rules(scan, "error") == []
    assert set(rules(scan, "warning")) == {"sum.column"}


def test_a_table_of_which_more_columns_fail_than_hold_was_not_read_as_it_is_built() -> None:
    body = """
Biểu 1. Kết quả giải quyết hồ sơ
STT\tĐơn vị\tTiếp nhận\tĐã giải quyết\tĐang giải quyết
1\tSở Xây dựng\t354\t340\t14
2\tSở Y tế\t298\t290\t8
3\tSở Tư pháp\t127\t119\t8
\tTổng cộng\t2593\t2563\t30
"""
    assert len([c for c in judged(body).named("sum.column") if c.verdict == "error"]) == 2
    scan = scanned(body)
    assert [c.verdict for c in scan.named("sum.column")] == ["cannot_tell", "cannot_tell", "ok"]
    assert rules(scan, "error") == []


def test_a_part_whose_name_was_misread_is_no_error_where_its_sentence_states_what_is_missing() -> None:
    body = "Danh mục TTHC hiện hành có 78 TTHC, gồm 18 DVCTT toàn trình, {} một phần và 10 TTHC chỉ cung cấp thông tin."
    assert rules(scanned(body.format("50 DVCTT")), "error") == []
    scan = scanned(body.format("50 DVCTTT"))
    assert (rules(scan, "error"), rules(scan, "warning")) == ([], ["sum.parts"])
    other = scanned(body.format("50 DVCTTT").replace("78", "139"))  # 61 is missing, which nothing states
    assert rules(other, "error") == ["sum.parts"]


def test_an_ordinal_between_rows_that_may_be_another_leaves_their_level_in_doubt() -> None:
    body = """
Biểu 1. Kết quả
TT\tNội dung\tĐơn vị\tSố liệu
VI\tSố hồ sơ đã giải quyết\tHồ sơ\t115.428
1\tGiải quyết trước hạn\tHồ sơ\t84.575
VH\tHồ sơ đang giải quyết\tHồ sơ\t10.055
1\tTrong hạn\tHồ sơ\t9.458
2\tQuá hạn\tHồ sơ\t597
"""
    assert rules(scanned(body.replace("VH", "VII")), "error") == []
    assert rules(scanned(body), "error") == ["sum.resolved"]
    scan = scanned(body, unsure={"VH": 74})
    assert (rules(scan, "error"), rules(scan, "warning")) == ([], ["sum.resolved"])
    assert scan.report.garbled == {"t1/r4/c1"}


def test_dates_and_forms_of_a_scan_are_never_errors() -> None:
    dated = "Thực hiện Quyết định số 707/QĐ-UBND ngày 31/02/2024 của UBND tỉnh."
    assert "date.impossible" in judged(dated).raised("error")
    scan = scanned(dated)
    assert scan.raised("error") == []
    assert "date.impossible" in scan.raised("warning")
    (cited,) = scan.report.citations
    assert cited.confidence == 96


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("33437", "33431"),
        ("7", "17"),
        ("120", "12"),
        ("9998", "99.98"),
        ("4.512", "4512"),
        ("86", "88"),
        ("99.9", "99.8"),
    ],
)
def test_misreadings_are_one_stroke_away(read: str, printed: str) -> None:
    assert Decimal(printed) in set(misreadings(Decimal(read)))


def test_two_strokes_are_no_misreading() -> None:
    assert Decimal(33451) not in set(misreadings(Decimal(33437)))
    assert Decimal(33437) not in set(misreadings(Decimal(33437)))
