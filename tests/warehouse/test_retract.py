import pytest

from pipeline.exports.json import line
from pipeline.warehouse.load import Loader, Run
from pipeline.warehouse.lock import WarehouseError
from pipeline.warehouse.retract import retract
from pipeline.warehouse.store import writing
from tests.exports.sample import report


@pytest.fixture
def con(tmp_path):
    """Two versions of one report, landed one after the other."""
    with writing(tmp_path / "w.duckdb") as con:
        for name in ("first", "second"):
            Loader(con, Run("0.1.0")).land(line(report(f"{name}.docx", name.encode()), None))
        yield con


def latest(con):
    return con.execute("SELECT path, version, versions FROM report_versions WHERE is_latest").fetchall()


def test_the_version_before_counts_again_and_what_is_put_back_counts_as_before(con):
    assert latest(con) == [("second.docx", 2, 2)]
    (sha256,) = retract(con, "second.docx", "gửi nhầm")
    assert latest(con) == [("first.docx", 1, 1)]
    assert con.execute("SELECT sha256, reason FROM retracted_documents").fetchall() == [(sha256, "gửi nhầm")]
    assert con.execute("SELECT count(*) FROM readings").fetchall() == [(2,)], "no fact is deleted"
    assert retract(con, sha256, "vẫn dùng", undo=True) == [sha256]
    assert latest(con) == [("second.docx", 2, 2)]
    assert con.execute("SELECT seq, retracted, reason FROM retractions ORDER BY seq").fetchall() == [
        (0, True, "gửi nhầm"),
        (1, False, "vẫn dùng"),
    ]


def test_a_withdrawn_document_that_is_read_again_stays_withdrawn(con):
    retract(con, "second.docx", "gửi nhầm")
    Loader(con, Run("0.2.0")).land(line(report("second.docx", b"second"), None))
    assert latest(con) == [("first.docx", 1, 1)]


def test_what_cannot_be_withdrawn_is_said(con):
    retract(con, "second.docx", "gửi nhầm")
    for document, undo, told in (
        ("none.docx", False, "none.docx"),
        ("second.docx", False, "already"),
        ("first.docx", True, "is not withdrawn"),
    ):
        with pytest.raises(WarehouseError, match=told) as refusal:
            retract(con, document, "vì sao", undo)
        assert refusal.value.code == "statement"
    assert con.execute("SELECT count(*) FROM retractions").fetchall() == [(1,)]
