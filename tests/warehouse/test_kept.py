"""Kept findings are what the views would find now, or they are not shown."""

import pytest

import pipeline.warehouse.kept as kept
from pipeline.warehouse.history import comparisons
from pipeline.warehouse.kept import keep
from pipeline.warehouse.load import Loader, Run
from pipeline.warehouse.retract import retract
from pipeline.warehouse.store import reading, writing
from tests.warehouse.test_history_checks import Q1, Q2, Q3, stated

FIRST = stated(Q1, pending_total=197)
WRONG = stated(Q2, carried_over=187, pending_total=60)
OTHER = stated(Q2, province="Lạng Sơn", carried_over=5)
OTHER_BEFORE = stated(Q1, province="Lạng Sơn", pending_total=4)
LATE = stated(Q3, carried_over=61)


ANEW = "SELECT *, count(*) AS comparisons FROM (SELECT province, rule, verdict, reason FROM history_checks_of(NULL)) GROUP BY ALL"


@pytest.fixture
def warehouse(tmp_path):
    return tmp_path / "w.duckdb"


def land(warehouse, *lines):
    with writing(warehouse) as con:
        Loader(con, Run("0.1.0")).land_all(lines)


def told(warehouse):
    """Province, rule, stated and expected of what is told, and of what comparing all reports anew gives."""
    with reading(warehouse) as con:
        both = [
            con.execute(f"SELECT province, rule, stated, expected, message_vi FROM {asked} ORDER BY ALL").fetchall()
            for asked in ("history_findings", "history_findings_of(NULL)")
        ]
        counted = [
            con.execute(f"SELECT province, rule, verdict, reason, comparisons FROM {asked} ORDER BY ALL").fetchall()
            for asked in ("history_verdicts", f"({ANEW})")
        ]
        for rule in ("carried_over", "cumulative", "resent", "cited_dates"):
            of_rule = con.execute(f"SELECT province, 'history.{rule}' FROM history_{rule} ORDER BY ALL").fetchall()
            assert of_rule == [row[:2] for row in both[1] if row[1] == f"history.{rule}"]
    assert both[0] == both[1]
    assert counted[0] == counted[1] and sum(row[4] for row in counted[0] if row[2] == "error") == len(both[0])
    return [row[:4] for row in both[0]]


def rows(warehouse, query):
    with reading(warehouse) as con:
        return con.execute(query).fetchall()


one_by_one = kept._keep
CAO_BANG = ("Cao Bằng", "history.carried_over", "187", "197")
LANG_SON = ("Lạng Sơn", "history.carried_over", "5", "4")


def test_what_is_kept_is_what_the_views_find(warehouse):
    land(warehouse, FIRST, WRONG, OTHER, OTHER_BEFORE)
    assert told(warehouse) == [CAO_BANG, LANG_SON]
    assert keep(warehouse) == 2
    assert told(warehouse) == [CAO_BANG, LANG_SON]
    assert keep(warehouse) == 0


def test_units_that_are_compared_one_by_one_have_the_same_findings(warehouse, monkeypatch):
    land(warehouse, FIRST, WRONG, OTHER, OTHER_BEFORE)
    keep(warehouse)
    together = rows(warehouse, "FROM kept_findings ORDER BY ALL")
    with writing(warehouse) as con:
        con.execute("DELETE FROM kept_units")
    compared = []
    monkeypatch.setattr(kept, "_READINGS", 1)
    monkeypatch.setattr(kept, "_keep", lambda *some: compared.append(list(some[1])) or one_by_one(*some))
    assert keep(warehouse) == 2 and compared == [["Cao Bằng"], ["Lạng Sơn"]]
    assert rows(warehouse, "FROM kept_findings ORDER BY ALL") == together and len(together) == 2


def test_the_views_read_what_is_kept(warehouse):
    land(warehouse, FIRST, WRONG)
    keep(warehouse)
    with writing(warehouse) as con:
        con.execute("UPDATE kept_findings SET expected = '1'")
    assert rows(warehouse, "SELECT expected FROM history_findings") == [("1",)]
    assert rows(warehouse, "SELECT expected FROM history_carried_over") == [(1,)]
    with writing(warehouse) as con:
        con.execute("UPDATE kept_verdicts SET comparisons = 7")
    assert {n for (n,) in rows(warehouse, "SELECT comparisons FROM history_verdicts")} == {7}


def test_how_many_comparisons_came_to_what(warehouse):
    land(warehouse, FIRST, WRONG, OTHER, OTHER_BEFORE, LATE)
    asked = (
        "SELECT province, verdict, comparisons FROM history_verdicts WHERE rule = 'history.carried_over' ORDER BY ALL"
    )
    by_hand = [("Cao Bằng", "error", 2), ("Lạng Sơn", "error", 1)]
    assert rows(warehouse, asked) == by_hand
    assert keep(warehouse) == 2 and rows(warehouse, asked) == by_hand


def test_a_report_that_comes_after_is_compared_though_nobody_kept(warehouse):
    land(warehouse, FIRST, WRONG, OTHER, OTHER_BEFORE)
    keep(warehouse)
    land(warehouse, LATE)
    assert told(warehouse) == [CAO_BANG, ("Cao Bằng", "history.carried_over", "61", "60"), LANG_SON]
    assert rows(warehouse, "SELECT unit FROM history_due(NULL)") == [("Cao Bằng",)]
    assert keep(warehouse) == 1


def test_a_report_withdrawn_takes_its_findings_along(warehouse):
    land(warehouse, FIRST, WRONG)
    keep(warehouse)
    with writing(warehouse) as con:
        retract(con, FIRST["source"]["path"], "gửi nhầm")
    assert told(warehouse) == []
    assert keep(warehouse) == 1
    assert told(warehouse) == []


def test_a_catalogue_that_changes_makes_all_of_it_due(warehouse):
    land(warehouse, FIRST, WRONG, OTHER)
    keep(warehouse)
    with writing(warehouse) as con:
        con.execute("UPDATE view_versions SET fingerprint = 'of another program'")
        assert con.execute("SELECT count(*) FROM history_due(NULL)").fetchall() == [(2,)]


def test_what_another_run_changes_meanwhile_is_not_kept(warehouse, monkeypatch):
    land(warehouse, FIRST, WRONG, OTHER, OTHER_BEFORE)

    def interrupted(*args, **named):
        land(warehouse, LATE)
        return writing(*args, **named)

    monkeypatch.setattr(kept, "writing", interrupted)
    assert keep(warehouse) == 1
    assert rows(warehouse, "SELECT unit FROM kept_units") == [("Lạng Sơn",)]
    assert told(warehouse) == [CAO_BANG, ("Cao Bằng", "history.carried_over", "61", "60"), LANG_SON]


def test_the_end_of_a_run_tells_the_same_kept_or_not(warehouse):
    land(warehouse, FIRST, WRONG, OTHER, OTHER_BEFORE)
    paths = [FIRST["source"]["path"]]
    with reading(warehouse) as con:
        found = comparisons(con, paths)
    keep(warehouse)
    with reading(warehouse) as con:
        assert comparisons(con, paths) == found != []
    with writing(warehouse) as con:
        con.execute("UPDATE kept_findings SET message_vi = 'đã giữ'")
        assert [told.vi for told in comparisons(con, paths)] == ["đã giữ"]
