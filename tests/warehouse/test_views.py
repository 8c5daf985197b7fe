import dataclasses
from datetime import date
from decimal import Decimal

import pytest

from extractors.model import Period
from pipeline.exports.json import line
from pipeline.warehouse.load import Loader, Run
from pipeline.warehouse.store import writing
from tests.exports.sample import judgement, observation, refused, report


@pytest.fixture
def con(tmp_path):
    """The sample report, one of the same office for another year, one of a merged province, one refusal."""
    later = Period("year", 2024, None, date(2024, 1, 1), date(2024, 12, 14), "năm 2024")
    twice = (
        observation(1, "500", "500", "đã giải quyết 500 hồ sơ", indicator="dossiers_resolved_total"),
        observation(2, "505", "505", "tổng 505 hồ sơ", indicator="dossiers_resolved_total"),
        observation(3, "9", "9", "cấp huyện 9 hồ sơ", indicator="dossiers_resolved_total", scope="cấp huyện"),
        observation(4, "100", "100", "chỉ tiêu 100", indicator="dossiers_resolved_total", role="target"),
        observation(
            5,
            "80",
            "80",
            "năm trước 80",
            indicator="dossiers_resolved_total",
            period=Period("year", 2023, None, None, None, "năm 2023"),
        ),
    )
    header = dataclasses.replace(report().header, province="Hà Nam", issued=None)
    with writing(tmp_path / "w.duckdb") as con:
        loader = Loader(con, Run("0.1.0"))
        for made in (
            line(report(), judgement()),
            line(report("next.docx", b"next", period=later, observations=twice), None),
            line(report("hanam.docx", b"hanam", header=header), None),
            line(refused(), None),
        ):
            loader.land(made)
        yield con


def test_latest_reports_count_figures_and_findings(con):
    found = con.execute("SELECT path, figures, errors, warnings FROM latest_reports ORDER BY path").fetchall()
    assert found == [("hanam.docx", 5, 0, 0), ("in/bao-cao.docx", 5, 1, 0), ("next.docx", 5, 0, 0)]


def test_a_blank_or_impossible_day_of_issue_breaks_nothing(con):
    con.execute("UPDATE readings SET issued_year = 2023, issued_month = 2, issued_day = 31 WHERE path = 'next.docx'")
    assert con.execute("SELECT DISTINCT issued_on FROM report_versions").fetchall() == [(None,)]


def test_dossiers_take_the_offices_own_results_and_say_when_they_are_disputed(con):
    found = con.execute("""
        SELECT period_year, value, disputed FROM dossiers
        WHERE indicator = 'dossiers_resolved_total' AND path = 'next.docx' ORDER BY 1
    """).fetchall()
    assert found == [(2023, Decimal(80), False), (2024, Decimal(500), True)]


def test_a_series_goes_on_over_the_merger_of_provinces(con):
    found = con.execute("SELECT province, province_today FROM report_versions WHERE path = 'hanam.docx'").fetchall()
    assert found == [("Hà Nam", "Ninh Bình")]
    assert con.execute("SELECT count(DISTINCT name_today) FROM provinces").fetchall() == [(34,)]
    assert con.execute("SELECT name_today FROM provinces WHERE name = 'Hải Hưng'").fetchall() == [(None,)], "divided"


def test_rates_show_what_is_stated_beside_what_is_recomputed(con):
    found = con.execute("SELECT stated, expected_low, expected_high, verdict FROM rates").fetchall()
    assert found == [(Decimal("99.98"), Decimal("99.955"), Decimal("99.965"), "error")]


def test_open_findings_carry_the_suspect_with_its_place(con):
    found = con.execute("""
        SELECT suspect_text, page, locator, suggestion, arithmetic FROM open_findings WHERE severity = 'error'
    """).fetchall()
    assert found == [("99,98%", 1, "p3", "99.96", "33.437 / 33.451 = 99,96%")]
    assert con.execute("SELECT count(*) FROM open_findings").fetchall() == [(2,)]


def test_unread_share_by_office(con):
    found = con.execute("SELECT province, reports, unread, unread_percent FROM unread_share ORDER BY 1").fetchall()
    assert found == [("Hà Nam", 1, 1, Decimal(10)), ("Khánh Hòa", 2, 2, Decimal(10))]


def test_cited_documents_are_counted_over_reports(con):
    con.execute(
        "UPDATE citations SET cited_date = DATE '2023-04-11' "
        "WHERE reading = (SELECT reading FROM readings WHERE path = 'next.docx')"
    )
    found = con.execute("SELECT key, reports, dates_given, dates_disagree FROM documents_cited").fetchall()
    assert found == [("707/QĐ-UBND", 3, [date(2023, 3, 9), date(2023, 4, 11)], True)]


def test_a_refused_file_is_listed_until_it_can_be_read(con):
    assert con.execute("SELECT path, code FROM refused_files").fetchall() == [("in/khoa.docx", "encrypted")]
    Loader(con, Run("0.1.0")).land(line(report("in/khoa.docx", b"locked"), None))
    assert con.execute("SELECT count(*) FROM refused_files").fetchall() == [(0,)]
