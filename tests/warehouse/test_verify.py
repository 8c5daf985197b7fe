import hashlib

import pytest

from pipeline.exports.json import line
from pipeline.warehouse.backup import backup
from pipeline.warehouse.load import Loader, Run
from pipeline.warehouse.store import WarehouseError, reading, writing
from pipeline.warehouse.verify import probes
from tests.exports.sample import judgement, refused, report


@pytest.fixture
def warehouse(tmp_path):
    """A warehouse of two reports and a refusal; the file of the second stands on disk."""
    place = tmp_path / "w.duckdb"
    there = tmp_path / "here.docx"
    there.write_bytes(b"here")
    with writing(place) as con:
        loader = Loader(con, Run("0.1.0"))
        for made in (line(report(), judgement()), line(report(str(there), b"here"), None), line(refused(), None)):
            loader.land(made)
    return place


def wrong(con):
    return {(p.name, *p.about): p.wrong for p in probes(con) if p.wrong}


def test_a_sound_warehouse_is_whole_and_everything_was_looked_at(warehouse):
    with reading(warehouse) as con:
        found = list(probes(con))
        rows = con.execute("SELECT count(*) FROM observations").fetchall()[0][0]
    assert [p for p in found if p.wrong] == []
    examined = {(p.name, *p.about): p.examined for p in found}
    assert examined["probe_keys", "observations"] == examined["probe_order", "observations"] == rows > 0
    assert examined["probe_links", "observations", "readings"] == rows
    by_bytes = next(p for p in found if p.name == "probe_bytes")
    assert (by_bytes.examined, by_bytes.gone) == (1, 1)


def test_a_file_that_was_changed_since_is_told(warehouse):
    (warehouse.parent / "here.docx").write_bytes(b"other")
    with reading(warehouse) as con:
        assert wrong(con) == {("probe_bytes", "files"): 1}


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (
            "DELETE FROM observations WHERE seq = 0",
            {("probe_order", "observations"), ("probe_dossiers", "own_dossiers")},
        ),
        ("UPDATE readings SET digits_unread = digits_unread + 1", {("probe_digits", "readings")}),
        (
            "UPDATE observations SET value = value + 1 WHERE seq = 0",
            {("probe_values", "observations"), ("probe_dossiers", "own_dossiers")},
        ),
        (
            "INSERT INTO documents SELECT '"
            + hashlib.sha256(b"lost").hexdigest()
            + "', 4, 'docx', run FROM runs LIMIT 1",
            {("probe_readings", "documents")},
        ),
        (
            "INSERT INTO citations SELECT * FROM citations WHERE seq = 0",
            {("probe_keys", "citations"), ("probe_order", "citations")},
        ),
        ("DELETE FROM checks WHERE seq = 0", {("probe_links", "finding_checks", "checks")}),
        ("UPDATE own_dossiers SET disputed = NOT disputed WHERE seq = 0", {("probe_dossiers", "own_dossiers")}),
        ("UPDATE suspects SET reading = 'none'", {("probe_links", "suspects", "findings")}),
    ],
)
def test_damage_is_found(warehouse, damage, told):
    with writing(warehouse) as con:
        con.execute("DELETE FROM finding_evidence")
        con.execute("DELETE FROM check_observations")
        con.execute(damage)
    with reading(warehouse) as con:
        assert set(wrong(con)) == told


def test_a_copy_holds_the_same_and_is_put_in_place_whole(warehouse, tmp_path):
    copy = tmp_path / "copy.duckdb"
    rows = backup(warehouse, copy)
    with reading(warehouse) as con:
        before = con.execute("SELECT * FROM figures ORDER BY ALL").fetchall()
        assert rows == sum(p.examined for p in probes(con) if p.name == "probe_keys")
    with reading(copy) as con:
        assert con.execute("SELECT * FROM figures ORDER BY ALL").fetchall() == before != []
        assert wrong(con) == {}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copy.duckdb", "here.docx", "w.duckdb"]


def test_nothing_is_written_over_and_a_stranger_is_no_warehouse(warehouse, tmp_path):
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(b"mine")
    with pytest.raises(WarehouseError) as caught:
        backup(warehouse, copy)
    assert caught.value.code == "exists" and copy.read_bytes() == b"mine"
    with pytest.raises(WarehouseError) as caught:
        backup(copy, tmp_path / "other.duckdb")
    assert caught.value.code == "foreign"
    with pytest.raises(WarehouseError) as caught:
        backup(warehouse, tmp_path / "no" / "folder.duckdb")
    assert caught.value.code == "unreachable"
    with pytest.raises(WarehouseError) as caught, writing(copy / "below a file.duckdb"):
        pass
    assert caught.value.code == "unreachable"
