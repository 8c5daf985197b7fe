import dataclasses
import json

import pytest

from pipeline.warehouse.store import reading
from tests.past import Break, Past
from tests.past.__main__ import main as demonstrate
from tests.past.landing import Landed, land
from tests.past.measure import Found, findings, main, scores

OFFICES = ["Sở Xây dựng", "Sở Giao thông vận tải", "Sở Y tế", "Sở Tư pháp"]
BROKEN = Break(
    "history.carried_over", "Huế", "Sở Y tế", "quý II năm 2024", "dossiers_carried_over", "7 → 70", "b", "a",
    frozenset({"dossiers_carried_over", "dossiers_pending_total"}),
)  # fmt: skip
LANDED = Landed(3, {
    "a": ("Huế", "Sở Y tế", "2024-01-01", "2024-03-31"),
    "b": ("Huế", "Sở Y tế", "2024-04-01", "2024-06-30"),
    "c": ("Huế", "Sở Y tế", "2024-07-01", "2024-09-30"),
    "h": ("Huế", "Sở Y tế", "2024-01-01", "2024-06-30"),
})  # fmt: skip
FOUND = Found("history.carried_over", "Huế", "Sở Y tế", "…", "b", "a", "dossiers_carried_over", "warning")


@pytest.fixture(scope="module")
def landed(tmp_path_factory):
    """A small past with its warehouse."""
    past = Past(4, (2023, 2025), ["Ninh Bình", "Huế"], offices=OFFICES, breaks=0.2)
    warehouse = tmp_path_factory.mktemp("past") / "past.duckdb"
    return past, warehouse, land(past, warehouse)


def one(truth, found, landed=LANDED):
    return scores(truth, found, landed)["history.carried_over"]


def test_a_planted_break_is_found_missed_or_out_of_reach():
    assert dataclasses.asdict(one([BROKEN], [FOUND]))["found"] == 1
    assert (one([BROKEN], [FOUND]).precision, one([BROKEN], [FOUND]).recall) == (1.0, 1.0)
    missed = one([BROKEN], [])
    assert (missed.found, missed.recall, missed.precision, missed.missed_ones) == (0, 0.0, None, [BROKEN])
    unlanded = dataclasses.replace(BROKEN, path="elsewhere")
    assert scores([unlanded], [], LANDED) == {}


def test_a_finding_without_a_cause_is_false():
    alone = one([], [FOUND])
    assert (alone.false, alone.precision, alone.false_ones) == (1, 0.0, [FOUND])
    other = dataclasses.replace(FOUND, indicator="dossiers_received_new")
    assert one([BROKEN], [other]).false == 1, "the break left that figure alone"
    resent = dataclasses.replace(BROKEN, rule="history.resent", path="a", earlier_path="c")
    assert one([resent], [FOUND]).false == 1, "a report sent again is right"


def test_what_a_break_of_another_rule_causes_is_collateral():
    digit = dataclasses.replace(BROKEN, rule="history.unusual")
    next_one = dataclasses.replace(FOUND, path="c", earlier_path="b")
    made = scores([digit], [next_one], LANDED)
    assert (made["history.carried_over"].collateral, made["history.carried_over"].false) == (1, 0)
    assert (made["history.unusual"].found, made["history.unusual"].elsewhere) == (0, 1)
    half = dataclasses.replace(FOUND, rule="history.adds_up", path="h", earlier_path="a")
    assert scores([digit], [half], LANDED)["history.adds_up"].collateral == 1, "through a third report"
    # the successor's sum rests on a part of another name
    merged = Landed(2, {
        "b": ("Hà Nam", "Sở Giao thông vận tải", "2025-04-01", "2025-06-30"),
        "n": ("Ninh Bình", "Sở Xây dựng", "2025-07-01", "2025-09-30"),
    })  # fmt: skip
    successor = dataclasses.replace(FOUND, path="n", earlier_path=None)
    assert scores([digit], [successor], merged)["history.carried_over"].collateral == 1


def test_all_of_a_past_lands_and_fills_every_table(landed):
    _, warehouse, told = landed
    tables = ("documents", "readings", "warnings", "observations", "citations", "dates", "checks", "check_observations")
    tables += ("findings", "finding_checks", "finding_evidence", "suspects", "refusals")
    with reading(warehouse) as con:
        counts = {t: con.execute(f"SELECT count(*) FROM {t}").fetchall()[0][0] for t in tables}
        latest = con.execute("SELECT path FROM report_versions WHERE versions > 1 AND is_latest").fetchall()
    assert counts["readings"] == len(told.reports) and told.lines == len(told.reports) + counts["refusals"]
    assert {t for t, n in counts.items() if not n} <= {"refusals"}
    assert latest and all("_lan-2." in path for (path,) in latest)


def test_rules_find_what_was_planted(landed):
    past, warehouse, told = landed
    found = findings(warehouse)
    made = scores(past.truth, found, told)
    assert {f.severity for f in found} == {"warning"}
    for rule in ("history.carried_over", "history.cited_dates", "history.resent"):
        assert made[rule].planted >= 3 and made[rule].recall >= 0.9, rule
    early = [f for f in found if (told.reports[f.path][3]) < "2025"]
    stable = ("history.carried_over", "history.cited_dates", "history.resent")
    before = scores(past.truth, [f for f in early if f.rule in stable], told)
    assert [f for rule in stable for f in before[rule].false_ones] == [], (
        "before anything merged there is nothing to excuse"
    )


def test_the_command_prints_counts_and_writes_them(tmp_path, capsys):
    out = tmp_path / "scores.json"
    asked = "--seed 4 --years 2024 2025 --provinces Huế --breaks 0.2 --reports 100 --show 1 --json"
    assert main([*asked.split(), str(out)]) == 0
    printed, written = capsys.readouterr().out, json.loads(out.read_text(encoding="utf-8"))
    assert "100 reports landed" in printed and "history.carried_over" in printed
    planted = sum(rule["planted"] for rule in written["rules"].values())
    assert planted >= 10 and set(written["severities"]) == {"warning"}


def test_a_demonstration_warehouse_is_made_once(tmp_path, capsys):
    out = tmp_path / "demo.duckdb"
    asked = ["--out", str(out), "--years", "2025", "2025", "--provinces", "Huế", "--reports", "30"]
    assert demonstrate(asked) == 0 and "30 reports" in capsys.readouterr().out
    assert demonstrate(asked) == 2 and "exists already" in capsys.readouterr().err
