import duckdb
import pytest

from pipeline.exports.json import line
from pipeline.warehouse import rebuild as module
from pipeline.warehouse.load import Loader, Run
from pipeline.warehouse.lock import WarehouseError
from pipeline.warehouse.rebuild import known_paths, rebuild
from pipeline.warehouse.store import reading, writing
from pipeline.warehouse.verify import probes
from tests.exports.sample import judgement, refused, report
from tests.warehouse.contents import contents


@pytest.fixture
def warehouse(tmp_path):
    place = tmp_path / "w.duckdb"
    with writing(place) as con:
        loader = Loader(con, Run("0.1.0"))
        for made in (line(report(), judgement()), line(report("b.docx", b"b"), None), line(refused(), None)):
            loader.land(made)
    return place


def test_all_rows_and_views_are_there_in_the_file_that_takes_its_place(warehouse):
    inode = warehouse.stat().st_ino
    with reading(warehouse) as con:
        before, comments = contents(con), con.execute("SELECT count(comment) FROM duckdb_columns()").fetchall()
    done = rebuild(warehouse)
    assert warehouse.stat().st_ino != inode and done.after == warehouse.stat().st_size
    with reading(warehouse) as con:
        assert contents(con) == before
        assert con.execute("SELECT count(comment) FROM duckdb_columns()").fetchall() == comments
        assert con.execute("SELECT count(*) FROM figures").fetchall()[0][0] > 0
        assert [p for p in probes(con) if p.wrong] == []
    with writing(warehouse) as con:
        assert Loader(con, Run("0.1.0")).land(line(report("b.docx", b"b"), None)) == "known"
    assert [p.name for p in warehouse.parent.iterdir()] == [warehouse.name]


def test_one_that_does_not_come_over_whole_leaves_the_old_file(warehouse, monkeypatch):
    before = warehouse.read_bytes()
    compared = module._compared

    def lossy(con, source):
        con.execute("DELETE FROM anew.suspects")
        return compared(con, source)

    monkeypatch.setattr(module, "_compared", lossy)
    with pytest.raises(WarehouseError) as refusal:
        rebuild(warehouse)
    assert refusal.value.code == "damaged" and "suspects" in refusal.value.vi
    assert warehouse.read_bytes() == before
    assert [p.name for p in warehouse.parent.iterdir()] == [warehouse.name]


def test_a_warehouse_that_is_none_or_is_not_there_is_left_alone(tmp_path):
    with pytest.raises(WarehouseError) as missing:
        rebuild(tmp_path / "none.duckdb")
    assert missing.value.code == "missing" and list(tmp_path.iterdir()) == []
    foreign = tmp_path / "foreign.duckdb"
    with duckdb.connect(str(foreign)) as con:
        con.execute("CREATE TABLE of_others (i INTEGER)")
    with pytest.raises(WarehouseError) as stranger:
        rebuild(foreign)
    assert stranger.value.code == "foreign"


def test_files_that_still_stand_are_known_in_the_order_in_which_they_came(tmp_path):
    place, here = tmp_path / "w.duckdb", tmp_path / "b.docx"
    here.write_bytes(b"b")
    with writing(place) as con:
        Loader(con, Run("0.1.0")).land(line(report(str(here), b"b"), None))
        Loader(con, Run("0.1.0")).land(line(report(str(tmp_path / "a.docx"), b"a"), None))
        assert known_paths(con) == ([here], 1)
