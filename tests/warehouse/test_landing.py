"""Windows of writing: what is in one can be asked at once, and the end of a run leaves nothing beside the file."""

import pytest

import pipeline.warehouse.landing as landing
from pipeline.warehouse.landing import Landing
from pipeline.warehouse.load import Run
from pipeline.warehouse.store import reading
from tests.warehouse.test_history_checks import Q1, Q2, Q3, stated

LINES = [stated(period, pending_total=197) for period in (Q1, Q2, Q3)]


@pytest.fixture
def taking(tmp_path, monkeypatch):
    """A landing with windows of two lines, and the paths it told of."""
    monkeypatch.setattr(landing, "LINES", 2)
    told = []
    return Landing(tmp_path / "w.duckdb", Run("0.1.0"), lambda made, outcome: told.append(outcome)), told


def readings(path):
    with reading(path) as con:
        return con.execute("SELECT count(*) FROM readings").fetchall()[0][0]


def test_a_window_can_be_asked_and_the_log_is_merged_at_the_end(tmp_path, taking):
    lands, told = taking
    log = tmp_path / "w.duckdb.wal"
    for made in LINES:
        lands.take(made)
    assert log.stat().st_size and readings(tmp_path / "w.duckdb") == 2 == len(told)
    lands.write()
    assert not log.exists() and readings(tmp_path / "w.duckdb") == 3 == len(told)


def test_a_run_that_ends_with_a_window_merges_too(tmp_path, taking):
    lands, told = taking
    for made in LINES[:2]:
        lands.take(made)
    assert (tmp_path / "w.duckdb.wal").exists()
    lands.write()
    assert not (tmp_path / "w.duckdb.wal").exists() and told == ["new", "new"]
