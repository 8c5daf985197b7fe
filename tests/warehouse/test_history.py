import dataclasses
import time
from datetime import date

import pytest

from extractors.model import Issued, Period
from pipeline.exports.json import line
from pipeline.warehouse.load import Loader, Run
from pipeline.warehouse.store import writing
from tests.exports.sample import observation, report


def quarter(number, start, end, **figures):
    """A report of one quarter whose figures are named by indicator."""
    period = Period("quarter", 2023, number, start, end, f"quý {number}")
    made = [
        observation(n, value, value, f"{name} {value}", indicator=f"dossiers_{name}")
        for n, (name, value) in enumerate(figures.items(), 1)
    ]
    header = dataclasses.replace(report().header, title=f"Báo cáo quý {number}")
    return line(
        report(f"q{number}.docx", f"{figures}".encode(), header=header, period=period, observations=tuple(made)), None
    )


FIRST = (1, date(2023, 1, 1), date(2023, 3, 31))
SECOND = (2, date(2023, 4, 1), date(2023, 6, 30))


@pytest.fixture
def told(tmp_path):
    """Rule and message of what the history says after landing runs of lines, one run each."""

    def tell(*runs):
        with writing(tmp_path / "w.duckdb") as con:
            for lines in runs:
                loader = Loader(con, Run("0.1.0"))
                for made in lines:
                    loader.land(made)
                time.sleep(0.002)
            return con.execute("SELECT rule, message_vi FROM history_findings ORDER BY 1, 2").fetchall()

    return tell


@pytest.mark.parametrize("turned", [False, True])
def test_carried_over_is_what_the_period_before_left_pending(told, turned):
    runs = [[quarter(*FIRST, pending_total="1024")], [quarter(*SECOND, carried_over="1042")]]
    assert told(*(runs[::-1] if turned else runs)) == [
        (
            "history.carried_over",
            "Số hồ sơ kỳ trước chuyển sang ghi 1.042, nhưng báo cáo kỳ trước còn 1.024 hồ sơ đang giải quyết.",
        )
    ]


def test_nothing_is_said_where_it_agrees_or_the_periods_do_not_meet(told):
    third = (3, date(2023, 7, 1), date(2023, 9, 30))
    lines = [
        quarter(*FIRST, pending_total="24"),
        quarter(*SECOND, carried_over="24"),
        quarter(*third, carried_over="99"),
    ]
    assert told(lines) == []


def test_a_cumulative_figure_does_not_fall(told):
    half = (2, date(2023, 1, 1), date(2023, 6, 30))
    found = told(
        [quarter(*FIRST, resolved_total="500", pending_total="9")],
        [quarter(*half, resolved_total="450", pending_total="3")],
    )
    assert [rule for rule, _ in found] == ["history.cumulative"]
    assert "450" in found[0][1] and "500" in found[0][1]


def test_a_report_sent_again_with_other_figures(told):
    first = quarter(*FIRST, resolved_total="500", received_total="600")
    again = quarter(*FIRST, resolved_total="505", received_total="600")
    found = told([first], [again])
    assert found == [("history.resent", "Tổng số hồ sơ đã giải quyết: bản trước ghi 500, bản gửi lại ghi 505.")]


def test_a_document_cited_with_two_dates_of_one_year(told):
    def citing(path, day, province="Khánh Hòa"):
        citation = dataclasses.replace(report().citations[0], date=day)
        header = dataclasses.replace(report().header, province=province, title=path)
        return line(report(path, path.encode(), header=header, citations=(citation,)), None)

    a, b = citing("a", date(2023, 3, 9)), citing("b", date(2023, 4, 11))
    other_year, elsewhere = citing("c", date(2021, 5, 5)), citing("d", date(2023, 8, 8), "Hà Nam")
    found = told([a], [b], [other_year, elsewhere])
    assert found == [
        (
            "history.cited_dates",
            "Văn bản 707/QĐ-UBND được viện dẫn với ngày 11/04/2023; báo cáo khác ghi ngày 09/03/2023.",
        )
    ]


def citing(path, day, province="Khánh Hòa", issuer=None, key="707/QĐ-UBND", issued=None):
    """A report that cites one document with a date."""
    number, symbol = key.split("/")
    citation = dataclasses.replace(
        report().citations[0], date=day, issuer=issuer, number=number, symbol=symbol, key=key
    )
    header = dataclasses.replace(report().header, province=province, title=path, issued=issued)
    return line(report(path, path.encode(), header=header, citations=(citation,)), None)


@pytest.fixture
def dated(tmp_path):
    """Verdict, path, date and other date of citations after landing lines, one run each."""

    def tell(*lines):
        with writing(tmp_path / "w.duckdb") as con:
            for made in lines:
                Loader(con, Run("0.1.0")).land(made)
                time.sleep(0.002)
            found = con.execute(
                "SELECT verdict, path, stated, expected, earlier_path FROM history_checks_of(NULL) "
                "WHERE rule = 'history.cited_dates' ORDER BY path, expected"
            )
            return found.fetchall()

    return tell


def test_each_report_that_gives_the_rarer_date_is_one_finding(dated):
    days = {"a": 11, "b": 9, "c": 9, "d": 9, "e": 11}
    found = dated(*(citing(path, date(2023, 3, day)) for path, day in days.items()))
    assert [row for row in found if row[0] == "error"] == [
        ("error", "a", "2023-03-11", "2023-03-09", "b"),
        ("error", "e", "2023-03-11", "2023-03-09", "b"),
    ]
    assert [row[1] for row in found if row[0] == "ok"] == ["b", "c", "d"]


@pytest.mark.parametrize(("province", "verdict"), [("Ninh Bình", "cannot_tell"), ("Hà Nội", "error")])
def test_a_merged_province_numbers_its_documents_anew(dated, province, verdict):
    a = citing("a", date(2025, 3, 9), province, issued=Issued(2025, 9, 20, ""))
    b = citing("b", date(2025, 8, 9), province, issued=Issued(2025, 9, 20, ""))
    assert dated(a, b) == [(verdict, "b", "2025-08-09", "2025-03-09", "a")]


def test_what_was_cited_before_the_merger_is_of_before_it(dated):
    a = citing("a", date(2025, 3, 9), "Ninh Bình", issued=Issued(2025, 4, 20, ""))
    b = citing("b", date(2025, 8, 9), "Ninh Bình", issued=Issued(2025, 5, 20, ""))
    assert dated(a, b) == [("error", "b", "2025-08-09", "2025-03-09", "a")]


@pytest.mark.parametrize(
    ("key", "days", "verdict"),
    [
        ("12/QĐ-SXD", (date(2025, 1, 9), date(2025, 5, 9)), "cannot_tell"),
        ("12/QĐ-SXD", (date(2025, 2, 9), date(2025, 3, 9)), "cannot_tell"),
        ("12/QĐ-SXD", (date(2025, 4, 9), date(2025, 5, 9)), "error"),
        ("12/QĐ-SXD", (date(2024, 1, 9), date(2024, 5, 9)), "error"),
        ("12/QĐ-UBND", (date(2025, 1, 9), date(2025, 5, 9)), "error"),
    ],
)
def test_a_so_that_took_in_another_numbers_its_documents_anew(dated, key, days, verdict):
    found = dated(*(citing(f"{n}", day, "Hà Nội", key=key) for n, day in enumerate(days)))
    assert [row[0] for row in found] == [verdict]


def test_a_central_document_has_one_number_over_the_merger(dated):
    days = date(2025, 3, 9), date(2025, 8, 9)
    found = dated(*(citing(f"{n}", day, "Ninh Bình", key="45/NĐ-CP") for n, day in enumerate(days)))
    assert [row[0] for row in found] == ["error"]


@pytest.mark.parametrize("issuer", ["UBND huyện Cam Lâm", "UBND xã Suối Dầu", "UBND tỉnh Ninh Thuận"])
def test_a_number_of_another_issuer_is_another_document(dated, issuer):
    a, b = citing("a", date(2023, 3, 9), issuer="UBND tỉnh"), citing("b", date(2023, 4, 9), issuer=issuer)
    assert dated(a, b) == []
    assert [row[0] for row in dated(citing("c", date(2023, 4, 11), issuer="UBND tỉnh Khánh Hòa"))] == ["error"]
