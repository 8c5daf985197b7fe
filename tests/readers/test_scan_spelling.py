"""Marks that recognition takes for others, mended in expressions of the field and nowhere else."""

from __future__ import annotations

import pytest

from extractors.readers.scan_spelling import numeral, spelled


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("Tống số hồ sơ", "Tổng số hồ sơ"),
        ("TỐNG CỘNG", "TỔNG CỘNG"),
        ("Tống", "Tổng"),
        ("(Biếu số II.06a)", "(Biểu số II.06a)"),
        ("được sửa đối, bố sung", "được sửa đổi, bổ sung"),
        ("đơn vị được kiếm tra", "đơn vị được kiểm tra"),
        ("đúng thấm quyền", "đúng thẩm quyền"),
        ("kỳ trước chuyến qua", "kỳ trước chuyển qua"),
        ("đanø øiải quyết", "đang giải quyết"),
        ("26.000 HS vào số trong kỳ", "26.000 HS vào sổ trong kỳ"),
        ("tiếp nhân 33.451 hồ sơ", "tiếp nhận 33.451 hồ sơ"),
        ("Số hồ sơ nhân giải quyết", "Số hồ sơ nhận giải quyết"),
        ("Điếm tối đa, điếm thấm định, tổng điếm", "Điểm tối đa, điểm thẩm định, tổng điểm"),
        ("đang siải quyết", "đang giải quyết"),
        ("GIẢI QUYẾT 1IHC", "GIẢI QUYẾT TTHC"),
        ("(kiểm soát 1rrHC); TIHC,", "(kiểm soát TTHC); TTHC,"),
        ("hồ sơ đã tiếp nhân", "hồ sơ đã tiếp nhận"),
    ],
)
def test_expressions_of_the_field_are_mended(read: str, right: str) -> None:
    assert " ".join(spelled(read.split())) == right


@pytest.mark.parametrize(
    "text",
    [
        "đối với người dân, cân đối thu chi",
        "công bố kết quả, bố trí cán bộ",
        "thành phố Hà Nội, quà biếu tặng",
        "chủ điếm, lầu điếm canh",
        "tìm kiếm việc làm, nhân dân, hôn nhân",
        "hồ sơ nhân sự, hồ sơ nhân khẩu, cá nhân giải quyết thủ tục",
        "chuyến đi thực tế, tôn giáo, thế nào, tố cáo",
        "căn cứ vào số liệu, vào số lượng, nhập vào số",
        "33.451 - 33.437 = 14",
        "11 TTHC, TTHC; PVHCC 1HC IHC",
        "",
    ],
)
def test_other_words_and_figures_stay(text: str) -> None:
    assert " ".join(spelled(text.split())) == text


@pytest.mark.parametrize(
    ("read", "alone", "right"),
    [("VH", True, "VII"), ("VIH", True, "VIII"), ("IH.", False, "III."), ("HI", True, "III"), ("XH", True, "XII")],
)
def test_two_strokes_taken_for_an_h_are_a_numeral_again(read: str, alone: bool, right: str) -> None:
    assert numeral(read, alone, 74) == right


@pytest.mark.parametrize(
    ("read", "alone", "confidence"),
    [("VH", True, 97), ("XH", False, 74), ("H.", False, 60), ("HH", True, 60), ("HIV", True, 60), ("VI", True, 60)],
)
def test_other_beginnings_of_lines_stay(read: str, alone: bool, confidence: int) -> None:
    assert numeral(read, alone, confidence) == read
