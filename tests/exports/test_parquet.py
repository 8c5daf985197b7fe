import duckdb
import pytest

from pipeline.exports.json import line
from pipeline.exports.parquet import VIEWS, export
from pipeline.warehouse.load import Loader, Run
from pipeline.warehouse.store import WarehouseError, reading, writing
from tests.exports.sample import judgement, refused, report


@pytest.fixture
def warehouse(tmp_path):
    place = tmp_path / "it's a warehouse.duckdb"
    with writing(place) as con:
        loader = Loader(con, Run("0.1.0"))
        for made in (line(report(), judgement()), line(report("next.docx", b"next"), None), line(refused(), None)):
            loader.land(made)
    return place


def test_every_view_comes_back_as_it_was(warehouse, tmp_path):
    folder = tmp_path / "kho, 'bản sao'"
    rows = export(warehouse, folder)
    counted = 0
    with reading(warehouse) as con, duckdb.connect() as other:
        for view, divided in VIEWS.items():
            kept = con.execute(f"SELECT * FROM {view}").fetchall()
            columns = ", ".join(f'"{name[0]}"' for name in con.description)
            place = folder / view / "*" / "*.parquet" if divided else folder / f"{view}.parquet"
            found = other.execute(
                f"SELECT {columns} FROM read_parquet(?, hive_partitioning = ?)", [str(place), bool(divided)]
            )
            assert sorted(map(repr, found.fetchall())) == sorted(map(repr, kept)), view
            counted += len(kept)
    assert rows == counted > 0
    assert [p.name for p in (folder / "figures").iterdir()] == ["period_year=2023"]


def test_nothing_is_written_over_or_left_half_done(warehouse, tmp_path):
    with pytest.raises(WarehouseError) as caught:
        export(warehouse, tmp_path)
    assert caught.value.code == "exists"
    with pytest.raises(WarehouseError) as caught:
        export(tmp_path / "none.duckdb", tmp_path / "out")
    assert caught.value.code == "missing"
    with pytest.raises(WarehouseError) as caught:
        export(warehouse, warehouse / "below a file")
    assert caught.value.code == "unreachable"
    assert [p.name for p in tmp_path.iterdir()] == [warehouse.name]
