import dataclasses
import hashlib

import duckdb
import pytest

from pipeline.exports.json import line
from pipeline.warehouse.decisions import decide
from pipeline.warehouse.load import Loader, Run
from pipeline.warehouse.lock import WarehouseError
from pipeline.warehouse.store import writing
from tests.exports.sample import judgement, report

PATH, SHA256 = "in/bao-cao.docx", hashlib.sha256(b"one").hexdigest()


@pytest.fixture
def con(tmp_path):
    """The sample report with its error "f1" and its note "f2"."""
    with writing(tmp_path / "w.duckdb") as con:
        Loader(con, Run("0.1.0")).land(line(report(), judgement()))
        yield con


def decided(con):
    return con.execute(
        "SELECT finding_id, decision, closed, note, decided_by, times, still_found, is_latest FROM decided_findings ORDER BY 1"
    ).fetchall()


def refusal(con, *given):
    with pytest.raises(WarehouseError) as caught:
        decide(con, *given)
    assert (caught.value.code, caught.value.exit_code) == ("statement", 2)
    return caught.value.en


def test_a_later_decision_takes_the_place_of_an_earlier_one_and_none_is_lost(con):
    first = decide(con, PATH, "f1", "dismissed", "làm tròn", "Lan")
    second = decide(con, SHA256, "f1", "corrected", None, " Minh ")
    decide(con, PATH, "f2", "accepted", "", "Lan")
    assert (first.seq, second.seq, second.sha256, second.decided_by) == (0, 1, SHA256, "Minh")
    assert second.decided_at >= first.decided_at
    assert decided(con) == [
        ("f1", "corrected", False, None, "Minh", 2, True, True),
        ("f2", "accepted", True, None, "Lan", 1, True, True),
    ]
    kept = con.execute("SELECT finding_id, seq, decision, note FROM decisions ORDER BY 1, 2").fetchall()
    assert kept == [("f1", 0, "dismissed", "làm tròn"), ("f1", 1, "corrected", None), ("f2", 0, "accepted", None)]


def test_a_decision_holds_for_a_newer_reading_of_the_same_bytes(con):
    decide(con, PATH, "f1", "dismissed", None, "Lan")
    reread = report(coverage=dataclasses.replace(report().coverage, ignored=1, unread=0, examples=()))
    outcome = Loader(con, Run("0.2.0")).land(line(reread, judgement()))
    assert outcome == "reread"
    assert decided(con) == [("f1", "dismissed", True, None, "Lan", 1, True, True)]
    (told,) = con.execute(
        "SELECT d.reading <> v.reading FROM decisions d JOIN decided_findings v USING (sha256)"
    ).fetchall()
    assert told == (True,), "made on the old reading, shown with the new one"
    assert decide(con, PATH, "f1", "accepted", None, "Lan").seq == 1


def test_a_finding_that_a_newer_reading_no_longer_has_is_told_so(con):
    decide(con, PATH, "f1", "accepted", None, "Lan")
    Loader(con, Run("0.2.0")).land(line(report(), None))
    assert decided(con) == [("f1", "accepted", True, None, "Lan", 1, False, True)]
    assert "no finding" in refusal(con, PATH, "f1", "dismissed", None, "Lan")


def test_a_version_that_was_sent_again_has_findings_of_its_own(con):
    decide(con, PATH, "f1", "corrected", None, "Lan")
    Loader(con, Run("0.2.0")).land(line(report("in/lai.docx", b"again"), judgement()))
    assert decided(con) == [("f1", "corrected", False, None, "Lan", 1, True, False)]
    still = con.execute("SELECT path, finding_id FROM open_findings WHERE severity = 'error'").fetchall()
    assert still == [("in/lai.docx", "f1")]


def test_a_path_that_held_several_documents_means_the_last(con):
    Loader(con, Run("0.2.0")).land(line(report(PATH, b"two"), judgement()))
    assert decide(con, PATH, "f1", "accepted", None, "Lan").sha256 == hashlib.sha256(b"two").hexdigest()
    assert decide(con, SHA256, "f1", "accepted", None, "Lan").sha256 == SHA256


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("no.docx", "f1", "accepted", None, "Lan"), "no report"),
        (("0" * 64, "f1", "accepted", None, "Lan"), "no report"),
        ((PATH, "f9", "accepted", None, "Lan"), "no finding"),
        ((PATH, "f1", "maybe", None, "Lan"), "No decision"),
        ((PATH, "f1", "accepted", None, "  "), "Who decides"),
    ],
)
def test_what_cannot_be_decided_is_told_and_leaves_no_trace(con, given, words):
    assert words in refusal(con, *given)
    assert con.execute("SELECT count(*) FROM decisions").fetchall() == [(0,)]


def test_the_table_takes_no_other_decision(con):
    with pytest.raises(duckdb.ConstraintException):
        con.execute(
            "INSERT INTO decisions SELECT sha256, 'f1', 0, reading, 'maybe', NULL, 'Lan', TIMESTAMP '2026-01-01' FROM readings"
        )


def test_closed_findings_leave_the_open_ones_by_the_condition_on_offer(con):
    """The condition that `open_findings` needs; a view that has it already answers the same."""
    decide(con, PATH, "f2", "accepted", None, "Lan")
    decide(con, PATH, "f1", "dismissed", None, "Lan")
    decide(con, PATH, "f1", "corrected", None, "Lan")
    left = con.execute("""
        SELECT o.finding_id FROM open_findings o
        ANTI JOIN decided_findings d ON d.reading = o.reading AND d.finding_id = o.finding_id AND d.closed
    """).fetchall()
    assert left == [("f1",)], "only what was corrected waits for the new version"
