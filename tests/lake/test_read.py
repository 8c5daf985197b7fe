import json
import sys
from pathlib import Path

import duckdb
import pytest

from pipeline.lake import paths, read, schema
from pipeline.lake.compact import compact
from pipeline.lake.paths import LakeError, existing, listing
from pipeline.lake.read import open_lake, query
from pipeline.lake.verify import verify_lake
from pipeline.lake.write import LakeWriter
from pipeline.texts import Told
from pipeline.warehouse.history import comparisons
from pipeline.warehouse.load import Run
from pipeline.warehouse.series import points
from pipeline.warehouse.store import writing
from tests.lake.lakes import everything, facts, held, in_memory, land, made, refusal, renamed, undisturbed

ROOT = Path(__file__).parents[2]


@pytest.fixture
def lake():
    with in_memory() as uri:
        yield uri


def rows(uri, statement):
    with query(uri, statement) as (_, found):
        return list(found)


def refused(code, function, *arguments):
    with pytest.raises(LakeError) as told, function(*arguments):
        pass
    assert told.value.code == code and told.value.vi and isinstance(told.value, Told)
    return told.value


def test_an_empty_lake_has_typed_empty_views(lake, tmp_path):
    with LakeWriter(lake, Run("0.1.0")):
        pass
    assert everything(lake) == [paths.MARKER]
    assert held(lake) == undisturbed(tmp_path / "w.duckdb", [])
    assert rows(lake, "SELECT count(*), sum(value) FROM figures") == [(0, None)]
    assert rows(lake, "SELECT name_today FROM provinces WHERE name = 'Hà Nam'") == [("Ninh Bình",)]


def test_what_is_no_lake_is_refused_and_left_alone(tmp_path):
    refused("missing", open_lake, str(tmp_path / "none"))
    for name, text in (
        ("other.json", "{}"),
        (paths.MARKER, "[1]"),
        (paths.MARKER, '{"format": "delta", "version": 1}'),
    ):
        folder = tmp_path / str(len(text))
        folder.mkdir()
        (folder / name).write_text(text)
        refused("foreign" if name == paths.MARKER else "missing", open_lake, str(folder))
        refused("foreign", LakeWriter, str(folder), Run("0.1.0"))
        assert [(f.name, f.read_text()) for f in folder.iterdir()] == [(name, text)]


def test_a_lake_of_a_newer_program_is_refused(tmp_path):
    uri = str(tmp_path)
    land(uri, made(1))
    known = f"-{schema.newest()}-"
    for path in tmp_path.glob("*/*/*.parquet"):
        path.rename(path.with_name(path.name.replace(known, "-999-")))
    assert "999" in refused("newer", open_lake, uri).vi
    refused("newer", LakeWriter, uri, Run("0.1.0"))
    (tmp_path / paths.MARKER).write_text(json.dumps({"format": "soat.lake", "version": paths.FORMAT + 1}))
    assert str(paths.FORMAT + 1) in refused("newer", open_lake, uri).vi
    refused("newer", LakeWriter, uri, Run("0.1.0"))


@pytest.mark.parametrize(
    ("uri", "said"), [("s3://bucket/lake", "s3fs"), ("gs://b/l", "gcsfs"), ("nonsense://x", "nonsense")]
)
def test_a_store_whose_package_is_missing_is_named(uri, said, monkeypatch):
    for package in ("s3fs", "gcsfs"):
        monkeypatch.setitem(sys.modules, package, None)  # as if not installed
    assert said in refused("unreachable", open_lake, uri).en


def test_history_and_series_work_on_a_lake_as_on_a_warehouse(lake, tmp_path):
    lines = [made(n, 2023) for n in range(4)]
    land(lake, *lines)
    asked = [line["source"]["path"] for line in lines]
    undisturbed(tmp_path / "w.duckdb", lines)
    with writing(tmp_path / "w.duckdb") as con, open_lake(lake) as other:
        wanted = comparisons(con, asked), points(con, "dossiers_resolved_total")
        assert (comparisons(other, asked), points(other, "dossiers_resolved_total")) == wanted
        assert wanted[1]


@pytest.mark.parametrize("kind", ["memory", "folder"])
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO indicators VALUES ('x', 'x', 'x', 'x')",
        "DROP VIEW observations",
        "CREATE TABLE x AS SELECT 1",
        "ATTACH '{root}/other.duckdb'",
        "COPY observations TO '{root}/out.csv'",
        "COPY (SELECT 1) TO 'soatlake://out.csv'",
        "COPY (SELECT 1) TO 'soatlake://{part}'",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO 'soatlake://{part}'",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO '{root}/out.csv'",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM read_text('soatlake://../../etc/hostname')",
        "SELECT * FROM read_parquet('{root}/{part}')",
        "SELECT * FROM '/etc/hostname'",
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
        "INSTALL httpfs",
        "SELECT * FROM statement",
        "SELECT 1; COPY (SELECT 1) TO 'soatlake://{part}'",
        "SELEC 1",
    ],
)
def test_a_query_can_only_read(statement, kind, lake, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    uri = lake if kind == "memory" else str(tmp_path / "lake")
    land(uri, made(1))
    part = next(name for name in everything(uri) if name.startswith("observations"))
    before = facts(uri), everything(uri), sorted(tmp_path.rglob("*"))
    with pytest.raises(LakeError) as told:
        rows(uri, statement.format(root=uri, part=part))
    assert told.value.code == "statement"
    assert (facts(uri), everything(uri), sorted(tmp_path.rglob("*"))) == before


def test_only_the_parts_can_be_seen(lake):
    land(lake, made(1))
    assert (
        rows(lake, "SELECT * FROM glob('soatlake://*') UNION ALL SELECT filename FROM read_text('soatlake://soat-*')")
        == []
    )


@pytest.mark.parametrize(
    "statement",
    [
        "FROM figures",
        "SHOW TABLES",
        "DESCRIBE figures",
        "SUMMARIZE readings",
        "EXPLAIN FROM figures",
        "PIVOT readings ON province USING count(*)",
    ],
)
def test_whatever_reads_may_be_asked(lake, statement):
    land(lake, made(1))
    assert rows(lake, statement)


def test_a_lost_file_is_told_and_not_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "_PAUSE", 0)
    uri = str(tmp_path)
    land(uri, made(1), made(2))
    lost = next(tmp_path.glob("observations/*/*.parquet"))
    kept = lost.read_bytes()
    lost.unlink()
    assert str(lost.relative_to(tmp_path)) in refused("damaged", open_lake, uri).en
    refused("damaged", LakeWriter, uri, Run("0.1.0"))
    assert [(p.name, p.wrong) for p in verify_lake(uri) if p.wrong] == [("probe_parts", 1)]
    lost.write_bytes(kept[:100])
    refused("damaged", open_lake, uri)
    lost.write_bytes(kept)
    assert facts(uri)["readings"][0] == 2


def test_a_seal_that_is_no_parquet_is_told(tmp_path):
    land(str(tmp_path), made(1))
    next(tmp_path.glob("readings/*/*.parquet")).write_bytes(b"none" * 100)
    refused("damaged", open_lake, str(tmp_path))
    refused("damaged", LakeWriter, str(tmp_path), Run("0.1.0"))


def test_a_listing_that_lags_behind_is_asked_again(lake, monkeypatch):
    """The client of a shared folder may see the seal before the rest."""
    monkeypatch.setattr(paths, "_PAUSE", 0)
    land(lake, made(1))
    real, calls = paths._names, []

    def lagging(place):
        calls.append(place)
        return {n: size for n, size in real(place).items() if len(calls) > 2 or "citations" not in n}

    monkeypatch.setattr(paths, "_names", lagging)
    assert facts(lake)["readings"][0] == 1
    assert len(calls) == 3


@pytest.mark.parametrize("moment", ["listing", "_build"])
def test_a_file_that_vanishes_under_a_reader_is_told(lake, monkeypatch, moment):
    land(lake, made(1))
    land(lake, made(2))
    place = existing(lake)
    real, last = getattr(read, moment), listing(place).parts[-1].path("observations")

    def deleted_meanwhile(*given):
        found = real(*given)
        place.remove(last)
        return found

    monkeypatch.setattr(read, moment, deleted_meanwhile)
    with pytest.raises(LakeError) as told, query(lake, "SELECT sum(length(quote)) FROM observations") as (_, found):
        list(found)
    assert told.value.code == "changed"


def test_an_older_part_is_read_with_what_it_lacks(lake, monkeypatch):
    land(lake, made(1))
    real = schema.steps
    more = (
        900,
        "900_more.sql",
        "ALTER TABLE observations ADD COLUMN margin DECIMAL(38, 10); COMMENT ON COLUMN observations.margin IS 'Sai số';",
    )
    monkeypatch.setattr(schema, "steps", lambda folder: [*real(folder), more] if folder == "schema" else real(folder))
    schema.newest.cache_clear()
    schema.structure.cache_clear()
    try:
        newer = made(2)
        land(lake, newer)
        assert sorted(part.schema for part in listing(existing(lake)).parts) == [real("schema")[-1][0], 900]
        assert rows(lake, "SELECT count(*), count(margin), typeof(any_value(margin)) FROM observations") == [
            (16, 0, "DECIMAL(38,10)")
        ]
        assert rows(lake, "SELECT comment FROM duckdb_columns() WHERE column_name = 'margin'") == [("Sai số",)]
    finally:
        schema.newest.cache_clear()
        schema.structure.cache_clear()


def test_a_lake_is_verified_as_a_warehouse_is(tmp_path):
    uri = str(tmp_path / "lake")
    first, second = LakeWriter(uri, Run("0.1.0")), LakeWriter(uri, Run("0.1.0"))
    with first, second:
        first.land_many([made(1), refusal(1)])
        second.land_many([made(1), renamed(3)])
    (tmp_path / "lake" / "dates" / ".x.parquet.00.building").write_bytes(b"")
    found = {(p.name, p.about): p for p in verify_lake(uri)}
    assert not [probe for probe in found.values() if probe.wrong]
    assert found["probe_strays", ()].examined == 1 and found["probe_duplicates", ()].examined == 1
    assert found["probe_keys", ("observations",)].examined == 16
    assert found["probe_links", ("checks", "readings")].examined == 1
    with duckdb.connect() as con:  # a part that lost a row of the middle
        (path,) = (tmp_path / "lake").glob("observations/year=2024/*.parquet")
        con.execute(f"CREATE TABLE o AS FROM '{path}' WHERE seq <> 2")
        con.execute(f"COPY o TO '{path}' (FORMAT parquet)")
    assert {p.name for p in verify_lake(uri) if p.wrong} == {"probe_links", "probe_order"}


def test_the_statements_of_the_page_read_what_the_views_read(tmp_path, monkeypatch):
    """Copies of two runs at once, and parts that were written anew and not deleted yet."""
    uri = str(tmp_path / "lake")
    first, second = LakeWriter(uri, Run("0.1.0")), LakeWriter(uri, Run("0.1.0"))
    with first, second:
        second.land_many([made(2, 2024), renamed(3)])
        first.land_many([made(1, 2024), made(2, 2024), made(3)])
    compact(uri)
    cut_off, left = "f" * 32 + "-1-ffff", next(tmp_path.glob("lake/observations/year=2024/*.parquet"))
    with duckdb.connect() as con:
        con.execute(f"COPY (SELECT * REPLACE ('{cut_off}' AS part) FROM '{left}') TO '{left.parent}/{cut_off}.parquet'")
    page = (ROOT / "docs" / "lake.md").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with open_lake(uri, asked="") as con:
        asked = (
            "SELECT reading, seq, value, quote FROM observations ORDER BY ALL",
            "SELECT reading, run, path FROM readings ORDER BY 1",
        )
        wanted = [con.execute(one).fetchall() for one in asked]
    with duckdb.connect() as con:
        con.execute(page.split("```sql\n")[1].split("```")[0])
        assert [con.execute(one).fetchall() for one in asked] == wanted
        raw = con.execute("SELECT count(*) FROM 'lake/observations/*/*.parquet'").fetchall()[0][0]
    assert len(wanted[0]) == 24 < raw
