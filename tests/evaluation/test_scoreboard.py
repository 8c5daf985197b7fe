"""The scoreboard: what counts as found, located and exact; gains and losses by name; nothing lost unnoticed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx
import pytest

from pipeline.checks.measured import measured
from pipeline.checks.rules import RULES
from tests.evaluation import board
from tests.evaluation.__main__ import ROOT, entry, labelled, scored
from tests.evaluation.findings import by_rule, findings
from tests.evaluation.grids import grids
from tests.evaluation.tally import Tally

SCOREBOARD = ROOT / "tests" / "evaluation" / "scoreboard.json"


def observation(name: str, text: str, quote: str) -> dict[str, Any]:
    return {"id": name, "text": text, "quote": quote}


def finding(rule: str, severity: str, evidence: list[str], suspects: list[dict[str, Any]]) -> dict[str, Any]:
    body = {"rule": rule, "family": rule.partition(".")[0], "severity": severity, "evidence": evidence}
    return body | {"suspects": suspects, "message": {"vi": "", "en": ""}}


def got(*made: dict[str, Any]) -> dict[str, Any]:
    seen = [
        observation("o1", "120", "tiếp nhận 120 hồ sơ"),
        observation("o2", "100", "giải quyết 100 hồ sơ"),
        observation("o3", "120", "cấp xã 120 hồ sơ"),
    ]
    return {"observations": seen, "citations": [], "checks": [{"rule": "sum.balance"}], "findings": list(made)}


def fault(**more: Any) -> dict[str, Any]:
    body = {"rule": "sum.balance", "severity": "error", "figure": "100", "quote": "giải quyết 100 hồ sơ"}
    return {"findings": [body | {"suggestion": "95", "kind": "digits_swapped"} | more]}


def counted(label: dict[str, Any], line: dict[str, Any]) -> Tally:
    tally = Tally()
    findings(label, line, tally)
    return tally


def suspect(name: str, suggestion: str | None, **more: Any) -> dict[str, Any]:
    return {"observation": name, "suggestion": suggestion} | more


def test_found_located_exact() -> None:
    t = counted(fault(), got(finding("sum.balance", "error", ["o1", "o2"], [suspect("o2", "95")])))
    assert (t.counts["error"], t.counts["located"], t.counts["suggest"], t.counts["error_extra"]) == (1, 1, 1, 0)
    assert t.kinds["digits_swapped", "hit"] == 1 and t.rules["sum.balance", "right"] == 1 and not t.notes


def test_wrong_suspect_is_found_but_not_located() -> None:
    t = counted(fault(), got(finding("sum.balance", "error", ["o1", "o2"], [suspect("o1", "125")])))
    assert (t.counts["error"], t.counts["located"], t.counts["suggest"]) == (1, 0, 0)
    assert any("suspect 120" in note for note in t.notes)


def test_wrong_value_is_located_but_not_exact() -> None:
    t = counted(fault(), got(finding("sum.balance", "error", ["o2"], [suspect("o2", "99")])))
    assert (t.counts["located"], t.counts["suggest"]) == (1, 0)


def test_a_finding_that_merely_quotes_the_figure_is_false() -> None:
    line = got(finding("repeat.received", "error", ["o1"], []))
    line["observations"][0]["quote"] = "tiếp nhận 120 hồ sơ, giải quyết 100 hồ sơ"
    t = counted(fault(quote=None), line)
    assert (t.counts["error"], t.counts["error_extra"], t.counts["repeat:false"]) == (0, 1, 1)
    assert t.rules["sum.balance", "missed"] == 1 and t.counts["clean"] == 0


def test_false_errors_of_clean_reports_are_counted_apart() -> None:
    t = counted({"findings": []}, got(finding("repeat.received", "error", ["o1"], [])))
    assert (t.counts["clean"], t.counts["clean_extra"]) == (1, 1)


def test_tie_must_be_said() -> None:
    label = fault(suggestion=None, tied=["o1", "o2"])
    silent = counted(
        label, got(finding("sum.balance", "error", ["o1", "o2"], [suspect("o2", "95"), suspect("o1", "125")]))
    )
    both = [suspect("o2", "95", tied=True), suspect("o1", "125", tied=True)]
    said = counted(label, got(finding("sum.balance", "error", ["o1", "o2"], both)))
    assert [t.counts["tied"] for t in (silent, said)] == [0, 1] and said.counts["tied_want"] == 1


def test_rules_are_gathered_under_their_pattern() -> None:
    counts = by_rule(
        ["ratio.rate_*", "ratio.share", "ratio.*"], {("ratio.rate_late", "tested"): 2, ("ratio.x", "right"): 1}
    )
    assert counts == {"ratio.rate_*": {"tested": 2}, "ratio.share": {}, "ratio.*": {"right": 1}}


def test_grid_is_compared_cell_by_cell(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(4, 3)
    rows = [["STT", "Lĩnh vực", "Hồ sơ"], ["1", "Đất đai", "12"], ["2", "Hộ tịch", "30"], ["", "Cộng", "42"]]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    made.save(str(tmp_path / "a.docx"))
    exact, off = Tally(), Tally()
    grids({"tables": [{"rows": rows}]}, tmp_path / "a.docx", exact)
    grids({"tables": [{"rows": [*rows[:3], ["", "Cộng", "43"]]}]}, tmp_path / "a.docx", off)
    assert (exact.counts["grid"], exact.counts["cell"]) == (1, 12)
    assert (off.counts["grid"], off.counts["cell"], off.counts["cell_want"]) == (
        0,
        11,
        12,
    ) and "'42' for '43'" in off.notes[0]


def test_changes_are_told_by_name() -> None:
    old = {"s": {"seeds": None, "documents": {"a": {"wrong": ["x", "y"]}}}, "g": {"seeds": "1+2", "documents": {}}}
    new = {
        "s": {"seeds": None, "documents": {"a": {"wrong": ["y", "z"]}}},
        "g": {"seeds": "9+2", "documents": {"b": {"wrong": ["q"]}}},
    }
    assert board.changes(old, new) == (["s a: x"], ["s a: z"])


def test_measured_names_every_rule_and_no_other() -> None:
    known = measured()
    assert set(known) == {rule.id for rule in RULES}
    assert all(
        m.right <= m.reported for name, m in known.items() if not name.startswith(("header", "date.nonstandard"))
    )
    assert sum(m.tested for m in known.values()) > 5000


@pytest.mark.slow
def test_nothing_is_lost_against_the_committed_scoreboard(capsys: pytest.CaptureFixture[str]) -> None:
    """Every document labelled by hand reads as well as when the scoreboard was written; what differs is printed by name.

    A loss that is meant is accepted by writing the scoreboard anew (`make eval`); a gain asks for the same.
    """
    kept = json.loads(SCOREBOARD.read_text(encoding="utf-8"))
    now = {name: entry(name, scored(pairs), None) for name, pairs in labelled().items()}
    _, losses = board.changes(kept, now)
    with capsys.disabled():
        print(*board.changes_table(kept, now), sep="\n")
    assert set(now) == {name for name in kept if not name.startswith("generated")}
    assert not losses
