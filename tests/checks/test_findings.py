"""Findings: the figure at fault, ties, one finding a cause, ids that survive a re-run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.checks.cases import cases
from tests.checks.judging import judged

TABLE = (
    "Số hồ sơ tiếp nhận của các sở\n"
    "STT\tĐơn vị\tTháng 1\tTháng 2\tTháng 3\tTổng cộng\n"
    "1\tSở Xây dựng\t10\t12\t14\t{}\n"
    "2\tSở Y tế\t20\t22\t24\t66\n"
    "\tTổng cộng\t30\t34\t38\t{}"
)
TIE = "chưa phân định được với số khác"
RECEIVED = (
    "- Tổng số hồ sơ tiếp nhận: 120 hồ sơ, trong đó:\n+ Kỳ trước chuyển sang: 10 hồ sơ.\n+ Tiếp nhận mới: 100 hồ sơ."
)


def test_the_figure_whose_change_repairs_two_relations_is_suspected() -> None:
    for body, wrong, right in ((TABLE.format(37, 102), "37", "36"), (TABLE.format(36, 103), "103", "102")):
        made = judged(body)
        (finding,) = [f for f in made.findings if f.severity == "error"]
        assert made.suspected(finding)[0] == (wrong, right)
        assert len(finding.checks) == 2
        assert TIE not in finding.suspects[0].reason and not finding.suspects[0].tied


def test_a_tie_is_said() -> None:
    made = judged(RECEIVED)
    (finding,) = [f for f in made.findings if f.severity == "error"]
    assert made.suspected(finding) == [("120", "110"), ("10", "20"), ("100", "110")]
    assert TIE in finding.suspects[0].reason and TIE in finding.message.vi
    assert all(suspect.tied for suspect in finding.suspects)


def test_what_other_relations_confirm_is_not_suspected() -> None:
    made = judged(f"{RECEIVED}\n- Số hồ sơ đã giải quyết: 105 hồ sơ.\n- Số hồ sơ đang giải quyết: 15 hồ sơ.")
    (finding,) = [f for f in made.findings if f.severity == "error"]
    assert made.only("sum.balance").verdict == "ok"
    assert "120" not in [figure for figure, _ in made.suspected(finding)[:1]]
    assert (finding.stated, finding.expected, finding.difference) == (10, 20, -10)


def test_two_causes_are_two_findings() -> None:
    pending = "- Số hồ sơ đang giải quyết: 20 hồ sơ, trong đó trong hạn 17 hồ sơ, quá hạn 2 hồ sơ."
    made = judged(f"{RECEIVED}\n{pending}")
    assert sorted(made.raised("error")) == ["sum.pending", "sum.received"]
    assert len({f.id for f in made.findings}) == len(made.findings)


def test_a_copied_neighbour_is_said() -> None:
    """33.437, stated for those resolved early, has slipped into the total."""
    made = judged(
        "I. KẾT QUẢ\n1. Giải quyết\nSố hồ sơ đã giải quyết: 33.451 hồ sơ, trong đó:\n"
        "- Trước hạn: 33.437 hồ sơ.\n- Đúng hạn: 7 hồ sơ.\n- Quá hạn: 7 hồ sơ.\n"
        "2. Đánh giá\nTrong năm, Sở đã giải quyết 33.437 hồ sơ."
    )
    (finding,) = [f for f in made.findings if f.severity == "error"]
    assert finding.rule == "repeat.resolved_total"
    assert made.suspected(finding)[0] == ("33.437", "33451")
    assert "chép nhầm" in finding.suspects[0].reason


def test_errors_come_before_warnings_and_remarks() -> None:
    made = judged(
        f"{RECEIVED}\nSở đã ban hành 03 văn bản: Công văn số 12/SCT-VP ngày 05/01/2024, Công văn số 15/SCT-VP ngày 08/01/2024.",
        number="Số: /BC-SCT",
    )
    severities = [f.severity for f in made.findings]
    assert severities == sorted(severities, key=("error", "warning", "info").index)
    assert set(severities) == {"error", "warning", "info"}


def test_ids_hang_on_what_is_said_not_on_running_numbers() -> None:
    before = "Trong năm, Sở đã tổ chức 02 lớp tập huấn cho 150 công chức."
    alone, moved = judged(RECEIVED), judged(f"{before}\n{RECEIVED}")
    assert alone.findings[0].evidence != moved.findings[0].evidence
    assert [f.id for f in alone.findings] == [f.id for f in moved.findings]


def test_findings_that_say_the_same_are_told_apart() -> None:
    body = "Hội nghị tổ chức ngày 31/6/2024.\nĐã giải quyết 100 hồ sơ.\nHội nghị tổ chức ngày 31/6/2024."
    first, second = (f for f in judged(body).findings if f.rule == "date.impossible")
    assert second.id == f"{first.id}-2"
    assert first.locator != second.locator


SCRIPT = """
from tests.checks.cases import cases
for case in cases():
    made = case.broken.judged()
    print(made.checks, made.findings)
"""


def test_another_process_says_the_same_word_for_word() -> None:
    """Sets and hashes must not decide anything: their order changes with the process."""
    root = Path(__file__).parents[2]

    def said(seed: str) -> str:
        surroundings = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        run = [sys.executable, "-c", SCRIPT]
        return subprocess.run(run, env=surroundings, cwd=root, check=True, capture_output=True, text=True).stdout

    one, other = said("1"), said("2")
    assert one == other
    assert one.count("\n") == len(list(cases()))
