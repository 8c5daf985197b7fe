"""The four verdicts, and the conventions of the field that compete for one figure."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.checks.judging import judged


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the first check of a rule says of a body."""

    body: str
    rule: str
    verdict: str
    arithmetic: str
    reason: str | None = None

    def __str__(self) -> str:
        return f"{self.rule} {self.arithmetic}"


RECEIVED = "Tổng số hồ sơ tiếp nhận {}, trong đó kỳ trước chuyển sang 10 hồ sơ, tiếp nhận mới {} hồ sơ."
SURVEY = "Có 2/3 phiếu khảo sát (chiếm {}) góp ý."
APPROXIMATE, CUT = "approximate figure", "last place cut off instead of rounded"

FOUR = (
    Verdict(RECEIVED.format("118 hồ sơ", 108), "sum.received", "ok", "118 = 10 + 108"),
    Verdict(RECEIVED.format("khoảng 120 hồ sơ", 108), "sum.received", "rounding", "120 ≈ 10 + 108 = 118"),
    Verdict(RECEIVED.format("khoảng 120 hồ sơ", 90), "sum.received", "cannot_tell", "120 ≠ 10 + 90 = 100", APPROXIMATE),
    Verdict(RECEIVED.format("120 hồ sơ", 108), "sum.received", "error", "120 ≠ 10 + 108 = 118"),
    Verdict(SURVEY.replace("2/3", "1/2").format("50%"), "ratio.share", "ok", "1/2 = 50,00%"),
    Verdict(SURVEY.format("66,7%"), "ratio.share", "rounding", "2/3 = 66,67%"),
    Verdict(SURVEY.format("67%"), "ratio.share", "rounding", "2/3 = 66,67%"),
    Verdict(SURVEY.format("66,6%"), "ratio.share", "rounding", "2/3 = 66,67%", CUT),
    Verdict(SURVEY.format("66%"), "ratio.share", "rounding", "2/3 = 66,67%", CUT),
    Verdict(SURVEY.format("100%").replace("2/3", "299/300"), "ratio.share", "error", "299/300 = 99,67% ≠ 100%"),
    Verdict(SURVEY.format("66,8%"), "ratio.share", "error", "2/3 = 66,67% ≠ 66,8%"),
    Verdict(SURVEY.format("66,5%"), "ratio.share", "error", "2/3 = 66,67% ≠ 66,5%"),
    Verdict(SURVEY.format("khoảng 60%"), "ratio.share", "cannot_tell", "2/3 = 66,67% ≠ 60%", APPROXIMATE),
)

STOCK = (
    "- Tổng số hồ sơ tiếp nhận: {} hồ sơ.\n- Số hồ sơ đã giải quyết: {} hồ sơ.\n- Số hồ sơ đang giải quyết: {} hồ sơ.\n"
)
RETURNED = "- Số hồ sơ trả lại do không đủ điều kiện: {} hồ sơ.\n"
WITHDRAWN = "- Số hồ sơ công dân xin rút: {} hồ sơ.\n"
CARRIED = "dossiers carried over may not be among those received"
OPEN = "returned, withdrawn or waiting dossiers may make up the rest"

BALANCES = (
    Verdict(STOCK.format(120, 105, 15), "sum.balance", "ok", "120 = 105 + 15"),
    Verdict(STOCK.format(120, 105, 15) + RETURNED.format(5), "sum.balance", "ok", "120 = 105 + 15"),
    Verdict(STOCK.format(120, 100, 15) + RETURNED.format(5), "sum.balance", "ok", "120 = 100 + 15 + 5"),
    Verdict(
        STOCK.format(120, 105, 10) + RETURNED.format(3) + WITHDRAWN.format(5), "sum.balance", "ok", "120 = 105 + 10 + 5"
    ),
    Verdict(
        STOCK.format(120, 100, 12) + RETURNED.format(3) + WITHDRAWN.format(5),
        "sum.balance",
        "ok",
        "120 = 100 + 12 + 3 + 5",
    ),
    Verdict(STOCK.format(120, 100, 15), "sum.balance", "cannot_tell", "120 ≠ 100 + 15 = 115", OPEN),
    Verdict(STOCK.format(120, 100, 15) + RETURNED.format(3), "sum.balance", "error", "120 ≠ 100 + 15 + 3 = 118"),
    Verdict(STOCK.format(120, 105, 16) + RETURNED.format(5), "sum.balance", "error", "120 ≠ 105 + 16 = 121"),
    Verdict(
        STOCK.format(120, 105, 16).replace("Tổng số", "Số"),
        "sum.balance",
        "cannot_tell",
        "120 ≠ 105 + 16 = 121",
        CARRIED,
    ),
)

ONLINE = (
    "- Tổng số hồ sơ tiếp nhận: 1.000 hồ sơ, trong đó tiếp nhận mới 900 hồ sơ.\n"
    "- Số hồ sơ tiếp nhận trực tuyến: 450 hồ sơ, đạt tỷ lệ {}.\n"
)
ON_TIME = (
    "- Số hồ sơ tiếp nhận: 800 hồ sơ.\n"
    "- Số hồ sơ đã giải quyết: 600 hồ sơ, trong đó trước hạn 500 hồ sơ, đúng hạn 97 hồ sơ, quá hạn 3 hồ sơ.\n"
    "- Tỷ lệ giải quyết đúng hạn đạt {}.\n"
)
RESOLVED = (
    "- Số hồ sơ tiếp nhận: 800 hồ sơ, trong đó kỳ trước chuyển sang 50 hồ sơ, tiếp nhận mới 750 hồ sơ.\n"
    "- Số hồ sơ đã giải quyết: 600 hồ sơ, đạt tỷ lệ {}.\n"
)

RATES = (
    Verdict(ONLINE.format("50%"), "ratio.rate_online", "ok", "450/900 = 50,00%"),
    Verdict(ONLINE.format("45%"), "ratio.rate_online", "ok", "450/1.000 = 45,00%"),
    Verdict(ONLINE.format("54%"), "ratio.rate_online", "error", "450/900 = 50,00% ≠ 54%"),
    Verdict(ON_TIME.format("99,5%"), "ratio.rate_on_time", "ok", "(500 + 97)/600 = 99,50%"),
    Verdict(ON_TIME.format("74,6%"), "ratio.rate_on_time", "rounding", "(500 + 97)/800 = 74,63%"),
    Verdict(ON_TIME.format("95,9%"), "ratio.rate_on_time", "error", "(500 + 97)/600 = 99,50% ≠ 95,9%"),
    Verdict(RESOLVED.format("75%"), "ratio.rate_resolved", "ok", "600/800 = 75,00%"),
    Verdict(RESOLVED.format("80%"), "ratio.rate_resolved", "ok", "600/750 = 80,00%"),
    Verdict(RESOLVED.format("85%"), "ratio.rate_resolved", "error", "600/800 = 75,00% ≠ 85%"),
)


@pytest.mark.parametrize("case", [*FOUR, *BALANCES, *RATES], ids=str)
def test_the_verdict_with_its_reason(case: Verdict) -> None:
    made = judged(case.body.strip("\n"))
    check = made.named(case.rule)[0]
    assert (check.verdict, check.reason, check.arithmetic) == (case.verdict, case.reason, case.arithmetic)
    assert (case.rule in made.raised("error")) == (case.verdict == "error")


def test_a_figure_of_undecided_notation_proves_nothing() -> None:
    """Decimal points and decimal commas in one report: "1.234" alone in a cell may be either."""
    made = judged(
        "Chỉ số hài lòng đạt 99.5%, quý trước 98.2%, cùng kỳ 97,1%, bình quân 96,3%.\n"
        "Số hồ sơ tiếp nhận của các sở\n"
        "STT\tĐơn vị\tSố hồ sơ tiếp nhận\n"
        "1\tSở Xây dựng\t500\n"
        "2\tSở Y tế\t700\n"
        "\tTổng cộng\t1.234"
    )
    check = made.only("sum.column")
    assert (check.verdict, check.reason) == ("cannot_tell", "notation of a figure is ambiguous")
    assert made.raised("error") == []


def test_a_total_as_likely_of_another_scope_is_not_held_against_the_first() -> None:
    made = judged("I. KẾT QUẢ\nSở đã giải quyết 581 hồ sơ.\nII. ĐÁNH GIÁ\nTrong kỳ, đã giải quyết 5.544 hồ sơ.")
    check = made.only("repeat.resolved_total")
    assert check.verdict == "cannot_tell"
    assert check.reason == "the values are far apart: they may be of different scope"


def test_parts_stated_apart_from_their_whole_prove_nothing() -> None:
    made = judged("- Số hồ sơ tiếp nhận: 120 hồ sơ.\n- Số hồ sơ đã giải quyết: 130 hồ sơ.")
    check = made.only("bound.resolved")
    assert (check.verdict, check.reason) == ("cannot_tell", "the whole may not hold all of the part")


def test_every_check_that_cannot_tell_says_why() -> None:
    bodies = [case.body.strip("\n") for case in (*FOUR, *BALANCES, *RATES)]
    silent = [c for body in bodies for c in judged(body).checks if c.verdict == "cannot_tell" and not c.reason]
    assert silent == []
