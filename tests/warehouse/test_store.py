import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipeline.exports.json import line
from pipeline.warehouse import load, store
from pipeline.warehouse.keys import FACTS, Key, keys
from pipeline.warehouse.load import Loader, Run
from pipeline.warehouse.lock import WarehouseError
from pipeline.warehouse.rows import rows_of
from pipeline.warehouse.store import query, reading, writing
from pipeline.warehouse.verify import probes
from tests.exports.sample import judgement, report
from tests.warehouse.contents import contents


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "deep" / "w.duckdb"
    with writing(path):
        pass
    return path


@pytest.fixture
def warehouse(made, tmp_path):
    """A copy of one that was made here, by the program."""
    return Path(shutil.copy(made, tmp_path / "w.duckdb"))


def test_every_table_view_and_column_is_explained(warehouse):
    with reading(warehouse) as con:
        bare = con.execute("""
            SELECT table_name, '' FROM duckdb_tables() WHERE comment IS NULL
            UNION ALL SELECT view_name, '' FROM duckdb_views() WHERE NOT internal AND comment IS NULL
            UNION ALL SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL
        """).fetchall()
        (columns,) = con.execute("SELECT count(*) FROM duckdb_columns() WHERE NOT internal").fetchall()[0]
    assert bare == []
    assert columns > 200, "the query above must see the columns"


def test_the_file_is_one_that_duckdb_1_4_opens(warehouse):
    with reading(warehouse) as con:
        tags = con.execute("SELECT tags FROM duckdb_databases() WHERE NOT internal").fetchall()
    assert tags[0][0]["storage_version"].startswith("v1.4.0")


def test_opening_again_changes_nothing(warehouse):
    def stamps():
        with reading(warehouse) as con:
            return con.execute("FROM schema_versions").fetchall(), con.execute("FROM view_versions").fetchall()

    before = stamps()
    with writing(warehouse):
        pass
    assert stamps() == before and len(before[0]) == len(list(store._steps("schema")))


def test_changed_views_are_built_anew(warehouse):
    with writing(warehouse) as con:
        con.execute("DELETE FROM view_versions")
        con.execute("DROP VIEW dossiers")
    with writing(warehouse) as con:
        assert con.execute("SELECT count(*) FROM dossiers").fetchall() == [(0,)]


def test_an_older_warehouse_is_brought_up_to_date(tmp_path, monkeypatch):
    path, steps = tmp_path / "w.duckdb", store._steps
    with monkeypatch.context() as old:
        old.setattr(store, "_steps", lambda folder: steps(folder)[:1] if folder == "schema" else [])
        old.setattr(store, "refresh", lambda con: None)
        with writing(path) as con:
            assert con.execute("SELECT max(version) FROM schema_versions").fetchall() == [(1,)]
    with writing(path) as con:
        assert con.execute("SELECT max(version) FROM schema_versions").fetchall() == [(len(steps("schema")),)]
        assert con.execute("SELECT name_today FROM provinces WHERE name = 'Hà Nam'").fetchall() == [("Ninh Bình",)]


def test_a_step_that_fails_leaves_the_old_schema(tmp_path, monkeypatch):
    path, steps = tmp_path / "w.duckdb", store._steps
    with writing(path):
        pass
    bad = ("900_bad.sql", "CREATE TABLE extra (i INTEGER); SELECT no_such_column;")
    monkeypatch.setattr(store, "_steps", lambda folder: [*steps(folder), bad] if folder == "schema" else steps(folder))
    with pytest.raises(duckdb.Error), writing(path):
        pass
    monkeypatch.undo()
    with reading(path) as con:
        assert con.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'extra'").fetchall() == [(0,)]


def test_a_newer_warehouse_is_refused(warehouse):
    with writing(warehouse) as con:
        con.execute("INSERT INTO schema_versions VALUES (999, '999_future.sql', TIMESTAMP '2030-01-01')")
    for opened in (reading, writing):
        with pytest.raises(WarehouseError) as refusal, opened(warehouse):
            pass
        assert refusal.value.code == "newer" and "999" in refusal.value.vi


def test_what_is_no_warehouse_is_refused_and_left_alone(tmp_path):
    text, foreign = tmp_path / "text.duckdb", tmp_path / "foreign.duckdb"
    text.write_text("không phải kho " * 1000, encoding="utf-8")
    with duckdb.connect(str(foreign)) as con:
        con.execute("CREATE TABLE schema_of_others (i INTEGER)")
    for path in (text, foreign):
        before = path.read_bytes()
        with pytest.raises(WarehouseError) as refusal, writing(path):
            pass
        assert refusal.value.code == "foreign"
        assert path.read_bytes() == before
    with pytest.raises(WarehouseError) as refusal, reading(tmp_path / "none.duckdb"):
        pass
    assert refusal.value.code == "missing"


def test_a_lock_is_waited_for_and_its_holder_named(warehouse):
    hold = "import duckdb, sys; con = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    holder = subprocess.Popen([sys.executable, "-c", hold, str(warehouse)], stdin=-1, stdout=-1, text=True)
    try:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(WarehouseError) as refusal, writing(warehouse, patience=0.3):
            pass
        assert refusal.value.code == "locked" and f"PID {holder.pid}" in refusal.value.vi
    finally:
        holder.stdin.close()
        holder.wait()
    with writing(warehouse, patience=0.3):
        pass


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO runs VALUES ('x', now(), '0')",
        "DROP TABLE observations",
        "ATTACH 'other.duckdb'",
        "COPY observations TO 'out.csv'",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM '/etc/hostname'",
        "SET enable_external_access = true",
        "EXPORT DATABASE 'out'",
        "INSTALL httpfs",
        "SELECT * FROM statement",  # a variable of this process is no table
        "SELEC 1",
    ],
)
def test_a_query_can_only_read(warehouse, statement, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(WarehouseError) as refusal, query(warehouse, statement) as (_, rows):
        list(rows)
    assert refusal.value.code == "statement"
    assert sorted(tmp_path.iterdir()) == before


def test_a_failure_while_rows_are_fetched_is_told_too(warehouse):
    with (
        pytest.raises(WarehouseError),
        query(warehouse, "SELECT CAST('x' || i AS INTEGER) FROM range(9000) t(i)") as (_, rows),
    ):
        list(rows)


def test_rows_of_an_older_warehouse_come_through_with_their_columns_and_keys_become_declared(tmp_path, monkeypatch):
    path, steps = tmp_path / "w.duckdb", store._steps
    facts = "SELECT column_name, data_type, is_nullable, comment FROM duckdb_columns() WHERE table_name = 'findings'"
    with monkeypatch.context() as old:
        old.setattr(store, "_steps", lambda folder: steps(folder)[:2] if folder == "schema" else [])
        old.setattr(store, "refresh", lambda con: None)
        old.setattr(
            load, "rows_of", lambda made, run: {k: v for k, v in rows_of(made, run).items() if k != "own_dossiers"}
        )
        with writing(path) as con:
            Loader(con, Run("0.0.1")).land(line(report(), judgement()))
            before = {t: con.execute(f"FROM {t} ORDER BY ALL").fetchall() for t in FACTS if t != "decisions"}
            shape = con.execute(facts).fetchall()
    with writing(path) as con:
        assert {t: con.execute(f"FROM {t} ORDER BY ALL").fetchall() for t in before} == before
        assert all(before[table] for table in ("observations", "checks", "findings", "suspects"))
        assert con.execute(facts).fetchall() == shape
        assert [p for p in probes(con) if p.wrong] == []
        assert Key("suspects", ("reading", "finding_id"), "findings", ("reading", "id")) in keys(con)
        indexed = con.execute(
            "SELECT count(*) FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY' AND table_name = 'checks'"
        )
        assert indexed.fetchall() == [(0,)]
        with pytest.raises(duckdb.ConstraintException):
            con.execute("UPDATE findings SET severity = 'fatal'")
        assert con.execute("SELECT count(*) FROM dossiers").fetchall()[0][0] > 0
    with writing(tmp_path / "fresh.duckdb") as con:
        Loader(con, Run("0.0.1")).land(line(report(), judgement()))
        fresh = contents(con)
    with reading(path) as con:
        assert contents(con) == fresh
