"""Digital signatures as rows of the warehouse."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from extractors.model import Signature
from pipeline.exports.json import Line, line
from pipeline.exports.shown import signature
from pipeline.texts import Texts
from pipeline.warehouse.load import Loader, Run
from pipeline.warehouse.store import reading, writing
from pipeline.warehouse.verify import probes
from tests.exports.contract import problems
from tests.exports.sample import SIGNATURE, report

CHANGED = dataclasses.replace(
    SIGNATURE, signer="Nguyễn Thị Ánh", title="Giám đốc", covers_all=False, changes="forbidden"
)
UNCLEAR = Signature(None)


def signed(*signatures: Signature) -> Line:
    made = report()
    return line(dataclasses.replace(made, source=dataclasses.replace(made.source, signatures=signatures)), None)


def landed(place: Path, *lines: Line) -> None:
    with writing(place) as con:
        loader = Loader(con, Run("0.1.0"))
        for made in lines:
            loader.land(made)


def test_the_line_of_a_signed_file_keeps_the_contract_and_that_of_another_has_no_key() -> None:
    made = signed(SIGNATURE, CHANGED, UNCLEAR)
    assert problems(made) == []
    assert made["source"]["signatures"][0]["time"] == "2023-07-05T10:11:12+07:00"
    assert "signatures" not in line(report(), None)["source"]


def test_signatures_are_rows_in_the_order_of_signing(tmp_path: Path) -> None:
    landed(tmp_path / "w.duckdb", signed(SIGNATURE, CHANGED, UNCLEAR), line(report(body=b"two"), None))
    with reading(tmp_path / "w.duckdb") as con:
        rows = con.execute(
            "SELECT seq, signer, organisation, signed_at, time_source, intact, covers_all, changes, trust "
            "FROM signatures ORDER BY reading, seq"
        ).fetchall()
        assert [p for p in probes(con) if p.wrong] == []
    when = datetime(2023, 7, 5, 10, 11, 12)
    office = "UBND tỉnh Khánh Hòa"
    assert rows == [
        (0, "Sở Công Thương", office, when, "attribute", True, True, "none", "unknown"),
        (1, "Nguyễn Thị Ánh", office, when, "attribute", True, False, "forbidden", "unknown"),
        (2, None, None, None, None, None, False, "unknown", "unknown"),
    ]


def test_the_same_file_read_with_its_signatures_is_another_reading(tmp_path: Path) -> None:
    landed(tmp_path / "w.duckdb", line(report(), None), signed(SIGNATURE), signed(SIGNATURE))
    with reading(tmp_path / "w.duckdb") as con:
        assert con.execute("SELECT count(*), count(DISTINCT reading) FROM readings").fetchall() == [(2, 2)]
        assert con.execute("SELECT count(*) FROM signatures").fetchall() == [(1,)]


def test_a_lost_row_is_noticed(tmp_path: Path) -> None:
    landed(tmp_path / "w.duckdb", signed(SIGNATURE, CHANGED))
    with duckdb.connect(str(tmp_path / "w.duckdb")) as con:
        con.execute("DELETE FROM signatures WHERE seq = 0")
    with reading(tmp_path / "w.duckdb") as con:
        assert {(p.name, *p.about): p.wrong for p in probes(con) if p.wrong} == {("probe_order", "signatures"): 1}


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({}, "Sở Công Thương, UBND tỉnh Khánh Hòa, 05/07/2023 10:11: nội dung còn nguyên từ khi ký"),
        (
            {"intact": False},
            "Sở Công Thương, UBND tỉnh Khánh Hòa, 05/07/2023 10:11: nội dung đã bị thay đổi sau khi ký",
        ),
        ({"changes": "forbidden"}, "Sở Công Thương, UBND tỉnh Khánh Hòa, 05/07/2023 10:11: tệp bị sửa thêm sau khi ký"),
        ({"intact": None, "time": None, "organisation": None}, "Sở Công Thương: chưa kiểm tra được"),
    ],
)
def test_an_officer_reads_who_signed_and_whether_it_still_holds(changes: dict[str, Any], shown: str) -> None:
    told = signed(dataclasses.replace(SIGNATURE, **changes))["source"]["signatures"][0]
    assert signature(told, Texts("vi")) == shown
