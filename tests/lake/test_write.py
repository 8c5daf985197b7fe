import itertools
import os

import duckdb
import fsspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.lake import landing, paths, schema, write
from pipeline.lake.landing import LakeLanding
from pipeline.lake.paths import LakeError, existing, listing
from pipeline.lake.read import open_lake
from pipeline.lake.write import LakeWriter
from pipeline.warehouse.load import Loader, Run
from pipeline.warehouse.rows import rows_of
from pipeline.warehouse.store import writing
from tests.lake.lakes import (
    everything,
    facts,
    fail_after,
    held,
    in_memory,
    land,
    made,
    refusal,
    renamed,
    reread,
    undisturbed,
)


@pytest.fixture
def lake():
    with in_memory() as uri:
        yield uri


def test_every_table_that_a_line_fills_is_in_the_lake():
    rows = rows_of(made(6), "r")
    assert set(rows) | {"runs", "refusals"} == set(paths.TABLES), "append a new table to TABLES, at its end"
    assert all(rows.values()), "the sample has a row of every table"


@pytest.mark.parametrize("kind", ["memory", "path", "file"])
def test_a_lake_holds_what_a_warehouse_holds(kind, tmp_path, lake):
    uri = {"memory": lake, "path": str(tmp_path / "hồ o'x"), "file": f"file://{tmp_path}/lake"}[kind]
    lines = [*map(made, range(8)), refusal(1), reread(2), renamed(3), made(4), refusal(1)]
    outcomes = land(uri, *lines)
    assert outcomes == ["new"] * 8 + ["refused", "reread", "known", "known", "refused"]
    assert held(uri) == undisturbed(tmp_path / "w.duckdb", lines)


def test_types_and_comments_are_those_of_the_warehouse(tmp_path, lake):
    land(lake, made(3), refusal(1))
    shapes = "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
    told = "SELECT view_name AS name, comment FROM duckdb_views() WHERE NOT internal"
    told += " UNION ALL SELECT table_name, comment FROM duckdb_tables() ORDER BY ALL"
    with writing(tmp_path / "w.duckdb") as con:
        want, wanted = con.execute(shapes).fetchall(), con.execute(told).fetchall()
    with open_lake(lake) as con:
        found, named = con.execute(shapes).fetchall(), con.execute(told).fetchall()
    assert [row for row in found if not row[0].startswith("lake_")] == want
    assert [row for row in named if not row[0].startswith("lake_")] == wanted
    assert all(row[-1] for row in (*found, *named))
    assert len(want) > 200


def test_landing_again_adds_nothing(lake):
    lines = [made(1), reread(1), renamed(2), refusal(1)]
    assert land(lake, *lines) == ["new", "reread", "new", "refused"]
    before = everything(lake)
    assert land(lake, *lines) == ["known", "known", "known", "refused"]
    assert everything(lake) == before
    assert land(lake, made(2)) == ["known"], "only its other name is new"
    with open_lake(lake, asked="") as con:
        assert con.execute("SELECT path FROM files WHERE path LIKE '%2.docx' ORDER BY 1").fetchall() == [
            ("in/2.docx",),
            ("in/again/2.docx",),
        ]
        assert con.execute("SELECT count(*) FROM runs").fetchall() == [(2,)]


TOLD = [table for table in paths.TABLES if table != "runs"]
LINES = [made(0), made(1), made(2, 2021), reread(0), reread(1), renamed(0), renamed(2), refusal(1), refusal(2)]


@settings(max_examples=12, deadline=None)
@given(st.lists(st.lists(st.sampled_from(range(len(LINES))), max_size=6), max_size=3), st.integers(1, 4))
def test_outcomes_are_those_of_the_loader_in_any_order_and_grouping(runs, batch):
    with in_memory() as uri, duckdb.connect(":memory:") as con:
        for table in paths.TABLES:
            con.execute(schema.structure(schema.newest()).made[table])
        for run in runs:
            lines = [LINES[i] for i in run]
            loader = Loader(con, Run("0.1.0"))
            wanted = [loader.land(one) for one in lines]
            assert land(uri, *lines, batch=batch) == wanted
        if any(runs):
            counts = {
                t: con.execute(f"SELECT count(*) FROM {t}").fetchall()[0][0] for t in ("readings", "files", "refusals")
            }
            assert {t: n for t, (n, _) in facts(uri, counts).items()} == counts


@settings(max_examples=5, deadline=None)
@given(st.lists(st.permutations(range(len(LINES))), min_size=2, max_size=3), st.integers(1, 9))
def test_runs_that_know_nothing_of_each_other_land_each_fact_once(orders, batch):
    """All start on the empty lake, so each writes everything: the worst that two runs at once can do."""
    with in_memory() as uri, in_memory() as other:
        writers = [LakeWriter(uri, Run("0.1.0"), batch) for _ in orders]
        for writer, order in zip(writers, orders, strict=True):
            with writer:
                writer.land_many(LINES[i] for i in order)
        land(other, *LINES)
        assert sum(part.readable for part in listing(existing(uri)).parts) >= len(orders)
        tables = [table for table in TOLD if table != "readings"]  # whose path is that of the first run
        assert facts(uri, tables) == facts(other, tables)


def test_of_two_copies_the_run_that_started_first_counts(lake):
    early, late = Run("0.1.0", run="zz"), Run("0.1.0", run="aa")
    first, second = LakeWriter(lake, late), LakeWriter(lake, early)
    with first, second:
        first.land(made(1))
        second.land(renamed(1))
    with open_lake(lake, asked="") as con:
        assert early.started_at < late.started_at
        assert con.execute("SELECT run, path FROM readings").fetchall() == [("zz", "in/again/1.docx")]
        assert con.execute("SELECT first_run FROM documents").fetchall() == [("zz",)]
        assert con.execute("SELECT count(*) FROM files").fetchall() == [(2,)]
        assert con.execute("SELECT run FROM lake_duplicates JOIN lake_runs ON true WHERE run = 'aa'").fetchall() == [
            ("aa",)
        ]


def test_years_are_folders_and_a_batch_is_one_part_of_each(lake):
    land(lake, made(1, 2024), made(2, 2024), made(3, 2025), made(4, 99999), refusal(1))
    parts = listing(existing(lake)).parts
    assert sorted(part.year for part in parts) == ["2024", "2025", paths.NO_YEAR]
    root = existing(lake).root
    found = fsspec.filesystem("memory").find(f"{root}/refusals")
    assert [f"year={paths.NO_YEAR}" in name for name in found] == [True]


def test_a_line_that_breaks_a_rule_is_not_staged_and_those_before_it_are(lake):
    broken = made(3)
    broken["findings"][1]["severity"] = "catastrophe"
    with LakeWriter(lake, Run("0.1.0")) as writer:
        with pytest.raises(duckdb.ConstraintException):
            writer.land_all([made(0), broken])
        assert writer.land(made(0)) == "new", "all or none"
        with pytest.raises(duckdb.ConstraintException):
            writer.land_many([made(1), broken, made(2)])
    assert facts(lake)["readings"][0] == 2


def test_a_landing_tells_of_a_line_when_it_is_in_the_lake(lake, monkeypatch):
    monkeypatch.setattr(landing, "LINES", 3)
    broken, heard = made(3), []
    broken["findings"][1]["severity"] = "catastrophe"

    def on_done(line, outcome):
        heard.append((line["source"]["path"], outcome, facts(lake)["readings"][0]))

    with LakeLanding(lake, Run("0.1.0"), on_done) as taking:
        taking.take(made(1))
        taking.take(broken)
        assert heard == []
        taking.take(made(2))
        assert heard == [("in/1.docx", "new", 2), ("in/3.docx", "refused", 2), ("in/2.docx", "new", 2)]
        taking.take(made(4))
        taking.write()
    assert heard[3:] == [("in/4.docx", "new", 3)]
    with open_lake(lake, asked="refused_files") as con:
        assert con.execute("SELECT code FROM refused_files").fetchall() == [("not_landed",)]


@pytest.mark.slow
def test_cut_off_anywhere_a_run_leaves_whole_parts_and_the_next_run_the_rest(monkeypatch):
    """The store fails at the n-th file that is put, for every n: what is not sealed does not exist."""
    lines = [made(0, 2024), made(3, 2025), refusal(1)]
    with in_memory() as other:
        land(other, made(9, 2024), *lines)
        wanted = facts(other, TOLD)
        files = sum(len(part.files) for part in listing(existing(other)).parts)
    for fails_at in range(files):
        with in_memory() as uri:
            land(uri, made(9, 2024))
            before = len(everything(uri))
            with monkeypatch.context() as store:
                fail_after(store, fails_at)
                with pytest.raises(LakeError, match="network") as told:
                    land(uri, *lines)
                assert told.value.code == "unreachable"
            seen = facts(uri, ("readings", "observations", "findings"))
            readings = seen["readings"][0]
            assert len(everything(uri)) <= before + fails_at
            assert 1 <= readings <= 3
            assert seen["observations"][0] == 8 * readings, "of what is there, everything is there"
            assert seen["findings"][0] == 2 * readings
            land(uri, *lines)
            assert facts(uri, TOLD) == wanted


def test_a_writer_that_took_too_long_does_not_seal(lake, monkeypatch):
    clock = itertools.count(0, write.SEAL_WITHIN)
    monkeypatch.setattr(write.time, "time", lambda: next(clock) * 1.01)
    with pytest.raises(LakeError) as told:
        land(lake, made(1))
    assert told.value.code == "slow"
    monkeypatch.undo()
    assert facts(lake)["readings"][0] == 0


def test_what_other_runs_land_meanwhile_is_known_after_a_while(lake, monkeypatch):
    monkeypatch.setattr(write, "LOOK_AGAIN", 0)
    with LakeWriter(lake, Run("0.1.0"), batch=1) as writer:
        writer.land(made(1))
        land(lake, made(2))
        assert writer.land(made(2)) == "known"


def test_on_a_folder_nothing_half_written_stands_under_a_final_name(tmp_path, monkeypatch):
    land(str(tmp_path), made(1))

    def no_disk(descriptor):
        raise OSError("no space left")

    with monkeypatch.context() as full, pytest.raises(LakeError):
        full.setattr(os, "fsync", no_disk)
        land(str(tmp_path), made(2))
    assert facts(str(tmp_path))["readings"][0] == 1
    assert not [name for name in everything(str(tmp_path)) if "building" in name]
