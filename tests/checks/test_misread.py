"""Relations that fail because words were misread: what shows it, and that what was mistyped is still told."""

from __future__ import annotations

from tests.checks.judging import judged


def test_a_figure_that_stands_elsewhere_under_a_like_name_proves_nothing() -> None:
    made = judged(
        "- Tổng số hồ sơ tiếp nhận: 530 hồ sơ, trong đó tiếp nhận mới 500 hồ sơ, kỳ trước chuyển sang 30 hồ sơ.\n"
        "- Số hồ sơ tiếp nhận trực tuyến là 410 hồ sơ.\n"
        "- Số hồ sơ đã giải quyết: 520 hồ sơ; đang giải quyết: 10 hồ sơ.\n"
        "- Đã rà soát 12 TTHC, công bố mới 05 TTHC.\n"
        "II. ĐÁNH GIÁ\n"
        "Trong kỳ có 410 hồ sơ tiếp nhận mới được xử lý nhanh.\n"
    )
    reasons = [check.reason for check in made.named("repeat.received_new")]
    assert reasons == ["410 is stated elsewhere as received_online: its words may be of that"]
    assert not made.raised("error")


def test_a_slip_is_told_where_no_like_name_has_the_value() -> None:
    made = judged(
        "- Tổng số hồ sơ tiếp nhận: 530 hồ sơ, trong đó tiếp nhận mới 500 hồ sơ, kỳ trước chuyển sang 30 hồ sơ.\n"
        "II. ĐÁNH GIÁ\n"
        "Trong kỳ có 5.000 hồ sơ tiếp nhận mới.\n"
    )
    assert made.raised("error") == ["repeat.received_new"]


def test_a_sentence_of_which_every_figure_differs_is_of_another_time() -> None:
    made = judged(
        "- Tổng số hồ sơ tiếp nhận: 1.530 hồ sơ; đã giải quyết 1.500 hồ sơ; đang giải quyết 30 hồ sơ.\n"
        "II. ĐÁNH GIÁ\n"
        "Lần tổng kết ấy nêu tiếp nhận 1.490 hồ sơ, đã giải quyết 1.466 hồ sơ.\n"
    )
    assert not made.raised("error")


def test_a_rate_over_the_base_of_another_is_told_where_the_page_names_its_base() -> None:
    made = judged(
        "- Tổng số hồ sơ tiếp nhận: 1.000 hồ sơ; đã giải quyết 900 hồ sơ, trong đó trước và đúng hạn 890 hồ sơ, quá hạn 10 hồ sơ.\n"
        "- Tỷ lệ giải quyết trước và đúng hạn so với số đã giải quyết là 89,0%.\n"
    )
    assert made.raised("error") == ["ratio.rate_on_time"]
