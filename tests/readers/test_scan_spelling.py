"""Marks that recognition takes for others, mended in expressions of the field and nowhere else."""

from __future__ import annotations

import pytest

from extractors.readers.scan_spelling import spelled


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
        ("tiếp nhân 33.451 hồ sơ", "tiếp nhận 33.451 hồ sơ"),
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
        "tìm kiếm việc làm, nhân dân, hôn nhân",
        "chuyến đi thực tế, tôn giáo, thế nào, tố cáo",
        "33.451 - 33.437 = 14",
        "",
    ],
)
def test_other_words_and_figures_stay(text: str) -> None:
    assert " ".join(spelled(text.split())) == text
