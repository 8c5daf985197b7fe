import csv
import dataclasses
import json
from datetime import date, datetime
from decimal import Decimal

import duckdb
import pytest

from pipeline.exports.json import line
from pipeline.exports.parquet import VIEWS, export
from pipeline.exports.sheets import export_csv
from pipeline.warehouse.load import Loader, Run
from pipeline.warehouse.lock import WarehouseError
from pipeline.warehouse.store import reading, writing
from tests.exports.sample import judgement, refused, report

#: A text, and what stands in the file for it.
HOSTILE = {
    "=cmd|' /C calc'!A0": "'=cmd|' /C calc'!A0",
    "+1": "'+1",
    "-1+2": "'-1+2",
    "@SUM(A1)": "'@SUM(A1)",
    "\t=1": "'\t=1",
    "\r=1": "'\r=1",
    'a "b", c;d': 'a "b", c;d',
    "một\nhai\r\nba\rbốn": "một\nhai\r\nba\rbốn",
    "a]:*?/\\b['": "a]:*?/\\b['",
    "a\x01b": "a\x01b",
    "ơ" * 40_000: "ơ" * 40_000,
    "😀 ": "😀 ",
}


@pytest.fixture
def warehouse(tmp_path):
    place = tmp_path / "it's a warehouse.duckdb"
    with writing(place) as con:
        loader = Loader(con, Run("0.1.0"))
        for made in (line(report(), judgement()), line(report("next.docx", b"next"), None), line(refused(), None)):
            loader.land(made)
    return place


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def spelled(value):
    """What a cell says, in the words of the manual."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, list):
        return json.dumps([v.isoformat() if isinstance(v, date) else v for v in value], ensure_ascii=False)
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def test_every_view_is_a_file_that_excel_reads_as_vietnamese(warehouse, tmp_path):
    folder = tmp_path / "kho, 'bảng'"
    written = export_csv(warehouse, folder)
    assert sorted(p.stem for p in folder.iterdir()) == sorted(VIEWS)
    counted = 0
    with reading(warehouse) as con:
        for view in VIEWS:
            kept = con.execute(f"SELECT * FROM {view}").fetchall()
            names = [name[0] for name in con.description]
            header, *body = rows(folder / f"{view}.csv")
            assert header == names
            assert sorted(body) == sorted([spelled(value) for value in row] for row in kept), view
            counted += len(kept)
            assert (folder / f"{view}.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert written == counted > 0
    figures = {row[header.index("value")] for header, *body in [rows(folder / "figures.csv")] for row in body}
    assert figures == {"33451", "33437", "99.98", "0.5", "10180"}


def test_no_text_is_a_formula_and_no_cell_breaks_its_row(warehouse, tmp_path):
    with writing(warehouse) as con:
        loader = Loader(con, Run("0.2.0"))
        for number, text in enumerate(HOSTILE):
            header = dataclasses.replace(report().header, title=text, issuing_body=f"Sở {number}")
            loader.land(line(report(f"h{number}.docx", f"h{number}".encode(), header=header), None))
    export_csv(warehouse, tmp_path / "out")
    header, *body = rows(tmp_path / "out" / "report_versions.csv")
    assert {len(row) for row in body} == {len(header)}
    found = {row[header.index("path")]: row[header.index("title")] for row in body}
    assert [found[f"h{number}.docx"] for number in range(len(HOSTILE))] == list(HOSTILE.values())


def test_nothing_is_written_over_or_left_half_done(warehouse, tmp_path):
    codes = []
    for place, target in (
        (warehouse, tmp_path),
        (tmp_path / "none.duckdb", tmp_path / "out"),
        (warehouse, warehouse / "below a file"),
    ):
        with pytest.raises(WarehouseError) as caught:
            export_csv(place, target)
        codes.append(caught.value.code)
    assert codes == ["exists", "missing", "unreachable"]
    assert [p.name for p in tmp_path.iterdir()] == [warehouse.name]


def test_parquet_has_the_types_of_the_views(warehouse, tmp_path):
    export(warehouse, tmp_path / "out")
    with reading(warehouse) as con, duckdb.connect() as other:
        for view, divided in VIEWS.items():
            kept = [(name, kind) for name, kind, *_ in con.execute(f"DESCRIBE {view}").fetchall()]
            place = tmp_path / "out" / (f"{view}/*/*.parquet" if divided else f"{view}.parquet")
            found = other.execute("DESCRIBE SELECT * FROM read_parquet(?, hive_partitioning = false)", [str(place)])
            assert sorted((name, kind) for name, kind, *_ in found.fetchall()) == sorted(kept), view


def test_no_view_has_a_type_that_other_programs_round(warehouse):
    with reading(warehouse) as con:
        kinds = {(view, name, kind) for view in VIEWS for name, kind, *_ in con.execute(f"DESCRIBE {view}").fetchall()}
    assert {k for k in kinds if k[2] in ("HUGEINT", "DOUBLE", "FLOAT")} == set()
    assert ("dossiers_by_office", "on_time_percent", "DECIMAL(18,4)") in kinds
