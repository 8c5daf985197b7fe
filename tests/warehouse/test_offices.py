"""The views that officers ask for, on reports of a few figures each and answers worked out by hand."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest

from extractors.model import Period
from pipeline.checks.model import Judgement
from pipeline.exports.json import line
from pipeline.warehouse.decisions import decide
from pipeline.warehouse.load import Loader, Run
from pipeline.warehouse.store import writing
from tests.exports.sample import judgement, observation, report

Q1 = Period("quarter", 2024, 1, date(2024, 1, 1), date(2024, 3, 31), "quý I")
NAMES = {
    "received": "dossiers_received_total",
    "resolved": "dossiers_resolved_total",
    "early": "dossiers_resolved_early",
    "on_time": "dossiers_resolved_on_time",
    "in_time": "dossiers_resolved_early_or_on_time",
    "late": "dossiers_resolved_late",
    "pending": "dossiers_pending_total",
    "pending_late": "dossiers_pending_overdue",
    "carried": "dossiers_carried_over",
    "new": "dossiers_received_new",
    "online": "dossiers_received_online",
    "rate": "rate_on_time",
}


def quarter(index, year=2024, start=None, end=None):
    first = date(year, 3 * index - 2, 1)
    last = date(year, 3 * index, 30 if index in (2, 3) else 31)
    return Period("quarter", year, index, start or first, end or last, "quý")


def stated(province, office, period=Q1, made=None, name=None, title="Kết quả", parent=None, **figures):
    """A line of one office; a figure is a value or a tuple of the values that the report gives it."""
    said = [
        (NAMES[key], v) for key, values in figures.items() for v in (values if isinstance(values, tuple) else (values,))
    ]
    found = tuple(observation(n, str(v), str(v), f"{v} hồ sơ", indicator=i) for n, (i, v) in enumerate(said, 1))
    header = dataclasses.replace(
        report().header, province=province, issuing_body=office, parent_body=parent, title=title, doc_type="BC"
    )
    path = name or f"{province}-{office}-{period.kind}-{period.year}-{period.index}-{period.end}.docx"
    body = f"{path}{figures}".encode()
    return line(report(path, body, header=header, period=period, observations=found, citations=(), dates=()), made)


@pytest.fixture
def land(tmp_path):
    """Lands lines in one run each call and gives the connection."""
    with writing(tmp_path / "w.duckdb") as con:

        def landed(*lines):
            loader = Loader(con, Run("0.1.0"))
            for made in lines:
                loader.land(made)
            return con

        yield landed


def test_one_row_has_the_dossiers_of_an_office_with_rates_worked_out_anew(land):
    con = land(
        stated(
            "Nam Định",
            "Sở Xây dựng",
            received=1300,
            carried=197,
            new=1103,
            online=800,
            resolved=1113,
            early=903,
            on_time=204,
            late=6,
            pending=187,
            pending_late=2,
            rate="99.64",
        )
    )
    (row,) = con.execute("SELECT * EXCLUDE (reading, path) FROM dossiers_by_office").fetchall()
    assert row == (
        *("Nam Định", "Ninh Bình", "Sở Xây dựng", "Sở Xây dựng", "so_xay_dung", "so_xay_dung", "so"),
        *("quarter", 2024, 1, date(2024, 1, 1), date(2024, 3, 31)),
        *(1300, 197, 1103, 800, 1113, 903, 204, 6, 1107, 187, 2),
        # 6 / 1113 = 0.539083...%, 1107 / 1113 = 99.460916...%; the report says 99.64
        *(Decimal("0.5391"), Decimal("99.4609"), Decimal("99.64"), False),
    )


def test_a_disputed_figure_is_left_blank_and_what_follows_from_it_too(land):
    con = land(stated("Cao Bằng", "Sở Y tế", resolved=(500, 505), early=400, on_time=90, late=10, rate=("98", "98.1")))
    found = con.execute(
        "SELECT resolved_total, early, in_time, late, late_percent, on_time_percent, rate_on_time, disputed FROM dossiers_by_office"
    ).fetchall()
    assert found == [(None, 400, 490, 10, None, None, None, True)]


def test_a_figure_that_is_only_rough_is_left_blank(land):
    rough = observation(1, "hơn 500", "500", "hơn 500 hồ sơ", indicator=NAMES["resolved"], approx=True)
    late = observation(2, "6", "6", "6 hồ sơ", indicator=NAMES["late"])
    header = dataclasses.replace(report().header, province="Cao Bằng", issuing_body="Sở Y tế")
    con = land(line(report(header=header, period=Q1, observations=(rough, late), citations=(), dates=()), None))
    found = con.execute("SELECT resolved_total, late, late_percent, disputed FROM dossiers_by_office").fetchall()
    assert found == [(None, 6, None, False)]


@pytest.mark.parametrize(
    ("figures", "in_time", "percent"),
    [
        ({"resolved": 400, "early": 300, "on_time": 90, "in_time": 395, "late": 10}, 390, "97.5"),
        ({"resolved": 400, "early": 300, "in_time": 395, "late": 10}, 395, "98.75"),
        ({"resolved": 400, "early": 300, "late": 10}, 390, "97.5"),
        ({"resolved": 400, "early": 300}, None, None),
        ({"resolved": 0, "late": 0}, 0, None),
        ({"resolved": 3, "late": 1}, 2, "66.6667"),
        ({"resolved": 7, "late": 4}, 3, "42.8571"),
        ({"resolved": "123456789012345678", "late": 0}, 123456789012345678, "100"),
    ],
)
def test_in_time_is_what_the_report_says_most_directly(land, figures, in_time, percent):
    con = land(stated("Cao Bằng", "Sở Y tế", **figures))
    (row,) = con.execute("SELECT in_time, on_time_percent FROM dossiers_by_office").fetchall()
    assert row == (in_time, percent and Decimal(percent))


def test_a_row_of_digits_misread_as_a_figure_breaks_no_view(land):
    con = land(
        *(stated(name, "Sở Y tế", resolved=500, early=400, on_time=90) for name in ("Hà Nam", "Nam Định", "Ninh Bình")),
        stated("Cao Bằng", "Sở Y tế", name="1.docx", resolved=500),
    )
    land(stated("Cao Bằng", "Sở Y tế", name="2.docx", resolved=505))
    for table in ("observations", "own_dossiers"):
        for sign, which in (("", "<>"), ("-", "=")):
            con.execute(
                f"UPDATE {table} SET value = {sign}repeat('9', 28)::DECIMAL(38, 10) "
                f"WHERE reading IN (SELECT reading FROM readings WHERE path {which} '1.docx')"
            )
    rows = con.execute("SELECT DISTINCT in_time FROM dossiers_by_office").fetchall()
    assert rows == [(None,)]
    assert con.execute("FROM league_table").fetchall() == []
    assert con.execute("SELECT old_value < 0, new_value > 0, difference FROM resent_reports").fetchall() == [
        (True, True, None)
    ]


def test_parts_and_whole_come_from_one_report(land):
    """Not the last landed of all, which has one figure, but the fullest about the period."""
    full = stated("Cao Bằng", "Sở Y tế", resolved=500, early=400, on_time=90, late=10)
    special = stated("Cao Bằng", "Sở Y tế", title="Chuyên đề", name="chuyên đề.docx", resolved=900)
    later = stated("Cao Bằng", "SỞ Y TẾ TỈNH CAO BẰNG", quarter(2), resolved=600, late=12)
    con = land(full)
    land(special)
    land(later)
    found = con.execute(
        "SELECT office, period_index, resolved_total, late FROM dossiers_by_office ORDER BY 2"
    ).fetchall()
    assert found == [("Sở Y tế", 1, 500, 10), ("Sở Y tế", 2, 600, 12)]


def standing(con):
    return con.execute(
        "SELECT province, place, ranked, on_time_percent, missing FROM league_table ORDER BY place NULLS LAST, province"
    ).fetchall()


def test_provinces_of_today_are_ranked_and_those_with_units_missing_are_marked(land):
    con = land(
        stated("Hà Nam", "Sở Xây dựng", resolved=100, late=10),
        stated("Nam Định", "SỞ XÂY DỰNG", resolved=300, late=0),
        stated("Ninh Bình", "Sở Xây dựng tỉnh Ninh Bình", resolved=100, late=5),
        stated("Cao Bằng", "Sở Xây dựng", resolved=1000, late=30),
        stated("Lạng Sơn", "Sở Xây dựng", resolved=100, late=3),
        stated("Sơn La", "Sở Xây dựng", resolved=100, late=1),
        stated("Hải Dương", "Sở Xây dựng", resolved=50, late=0),
        # neither another office, another window, a sum that cannot be, nor an office of which there are many
        stated("Lai Châu", "Sở Y tế", resolved=10, late=0),
        stated(
            "Lai Châu", "Sở Xây dựng", quarter(1, start=date(2023, 12, 15), end=date(2024, 3, 14)), resolved=10, late=0
        ),
        stated("Điện Biên", "Sở Xây dựng", resolved=10, early=9, on_time=9),
        stated("Sơn La", "UBND huyện Mộc Châu", resolved=10, late=0),
    )
    found = con.execute("SELECT count(*) FROM league_table WHERE organisation = 'so_xay_dung'").fetchall()
    assert found == [(6,)]
    con.execute("CREATE TEMP TABLE all_of_it AS FROM league_table")
    rows = con.execute("""
        SELECT province, place, ranked, on_time_percent, in_time, resolved_total, units, missing
        FROM all_of_it WHERE organisation = 'so_xay_dung' AND period_end = DATE '2024-03-31'
        ORDER BY place NULLS LAST, province
    """).fetchall()
    assert rows == [
        ("Sơn La", 1, 4, 99, 99, 100, ["Sơn La"], []),
        # 90 + 300 + 95 of 500
        ("Cao Bằng", 2, 4, 97, 970, 1000, ["Cao Bằng"], []),
        ("Lạng Sơn", 2, 4, 97, 97, 100, ["Lạng Sơn"], []),
        ("Ninh Bình", 2, 4, 97, 485, 500, ["Hà Nam", "Nam Định", "Ninh Bình"], []),
        ("Hải Phòng", None, 4, 100, 50, 50, ["Hải Dương"], ["Hải Phòng"]),
    ]
    others = con.execute(
        "SELECT organisation, province, place FROM all_of_it WHERE period_end <> DATE '2024-03-31'"
    ).fetchall()
    assert others == [("so_xay_dung", "Lai Châu", 1)]
    kinds = con.execute("SELECT DISTINCT organisation FROM all_of_it ORDER BY 1").fetchall()
    assert kinds == [("so_xay_dung",), ("so_y_te",)]


def test_after_the_merger_the_new_province_stands_alone(land):
    con = land(stated("Ninh Bình", "Sở Xây dựng", quarter(3, 2025), resolved=200, late=1))
    assert standing(con) == [("Ninh Bình", 1, 1, Decimal("99.5"), [])]


def several(rules):
    """A judgement with the findings of these rules and severities."""
    error = judgement().findings[1]
    found = tuple(
        dataclasses.replace(error, id=f"f{n}", rule=rule, severity=severity, checks=(), evidence=(), suspects=())
        for n, (rule, severity) in enumerate(rules)
    )
    return Judgement((), found)


def test_findings_are_counted_by_office(land):
    rules = [("sum.balance", "error"), ("sum.balance", "warning"), ("date.order", "error"), ("header.blank", "info")]
    con = land(
        stated("Cao Bằng", "Sở Y tế", Q1, several(rules), resolved=1),
        stated(
            "Cao Bằng",
            "SỞ Y TẾ",
            quarter(2),
            several([("date.order", "error"), ("header.blank", "info")] * 2),
            resolved=1,
        ),
        stated("Cao Bằng", "Sở Tư pháp", resolved=1),
        stated(None, "Chi cục Thủy lợi", Q1, several([("b.rule", "warning"), ("a.rule", "warning")]), resolved=1),
    )
    found = con.execute("FROM findings_by_office ORDER BY office").fetchall()
    assert found == [
        (None, None, "Chi cục Thủy lợi", None, "khac", 1, 0, 2, 0, "a.rule", 1),
        ("Cao Bằng", "Cao Bằng", "Sở Tư pháp", "so_tu_phap", "so", 1, 0, 0, 0, None, None),
        ("Cao Bằng", "Cao Bằng", "Sở Y tế", "so_y_te", "so", 2, 4, 1, 3, "date.order", 3),
    ]


def test_what_was_sent_again_is_told_with_every_figure_that_changed(land):
    con = land(stated("Cao Bằng", "Sở Y tế", name="1.docx", resolved=500, late=6, pending=40))
    land(stated("Cao Bằng", "Sở Y tế", name="2.docx", resolved=505, late=4, pending=40))
    land(stated("Cao Bằng", "Sở Tư pháp", name="a.docx", resolved=7))
    land(stated("Cao Bằng", "Sở Tư pháp", name="b.docx", resolved=7))
    found = con.execute("""
        SELECT issuing_body, version, versions, indicator, old_value, new_value, difference, path, earlier_path
        FROM resent_reports ORDER BY issuing_body, indicator
    """).fetchall()
    assert found == [
        ("Sở Tư pháp", 2, 2, None, None, None, None, "b.docx", "a.docx"),
        ("Sở Y tế", 2, 2, "dossiers_resolved_late", 6, 4, -2, "2.docx", "1.docx"),
        ("Sở Y tế", 2, 2, "dossiers_resolved_total", 500, 505, 5, "2.docx", "1.docx"),
    ]
    names = con.execute("SELECT DISTINCT indicator_name FROM resent_reports WHERE difference < 0").fetchall()
    assert names == [("Quá hạn (đã giải quyết)",)]


def covered(con):
    return con.execute("""
        SELECT province, office, period_year, period_index, sent, sent_before, sent_year_before, offices_expected, offices_sent
        FROM coverage_of_submissions ORDER BY ALL
    """).fetchall()


def test_who_has_not_sent_what_it_sent_before(land):
    cut_off = quarter(2, start=date(2024, 3, 15), end=date(2024, 6, 14))
    con = land(
        *(stated("Cao Bằng", office, resolved=1) for office in ("Sở Y tế", "Sở Tư pháp", "Sở Nội vụ")),
        stated("Cao Bằng", "SỞ Y TẾ", cut_off, resolved=1),
        stated("Cao Bằng", "Sở Tài chính", quarter(2, 2023), resolved=1),
        stated("Cao Bằng", "Sở Tư pháp", quarter(2), resolved=1),
        # of another kind of period, and new: neither is waited for
        stated("Cao Bằng", "Sở Công Thương", Period("month", 2024, 5, date(2024, 5, 1), date(2024, 5, 31), "tháng 5")),
        stated("Cao Bằng", "Sở Ngoại vụ", quarter(2), resolved=1),
    )
    assert covered(con) == [
        ("Cao Bằng", "Sở Nội vụ", 2024, 2, False, True, False, 4, 2),
        ("Cao Bằng", "Sở Tài chính", 2024, 2, False, False, True, 4, 2),
        ("Cao Bằng", "Sở Tư pháp", 2024, 2, True, True, False, 4, 2),
        ("Cao Bằng", "Sở Y tế", 2024, 2, True, True, False, 4, 2),
    ]


def test_an_office_that_has_ended_is_not_waited_for(land):
    con = land(
        stated("Cao Bằng", "Sở Giao thông vận tải", quarter(4), resolved=1),
        stated("Cao Bằng", "Sở Xây dựng", quarter(4), resolved=1),
        stated("Nam Định", "Sở Xây dựng", quarter(2, 2025), resolved=1),
        stated("Ninh Bình", "Sở Xây dựng", quarter(2, 2025), resolved=1),
        stated("Sơn La", "Sở Xây dựng", quarter(1, 2025), resolved=1),
        stated("Sơn La", "Sở Xây dựng", quarter(3, 2025), resolved=1),
    )
    waited = [(province, office, year, index) for province, office, year, index, sent, *_ in covered(con) if not sent]
    assert waited == [
        ("Cao Bằng", "Sở Xây dựng", 2025, 1),
        ("Ninh Bình", "Sở Xây dựng", 2025, 3),
        ("Sơn La", "Sở Xây dựng", 2025, 2),
    ]


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("month", (2023, 12), (2024, 1)),
        ("quarter", (2023, 4), (2024, 1)),
        ("half", (2023, 2), (2024, 1)),
        ("nine_months", (2023, None), (2024, None)),
        ("year", (2023, None), (2024, None)),
        ("week", (2020, 53), (2021, 1)),
        ("week", (2021, 52), (2022, 1)),
    ],
)
def test_a_period_follows_the_one_before_it_over_the_turn_of_the_year(land, kind, before, after):
    def period(year, index):
        return Period(kind, year, index, date(year, 1, 1), date(year, 1, 7), "kỳ")

    con = land(
        stated("Cao Bằng", "Sở Y tế", period(*before), name="1", resolved=1),
        stated("Sơn La", "Sở Y tế", period(*after), name="2", resolved=1),
    )
    assert [(row[0], row[2], row[3], row[4]) for row in covered(con)] == [("Cao Bằng", *after, False)]


def test_news_and_odd_periods_are_no_submissions(land):
    odd = Period("quarter", 999999999, 7, None, None, "quý 7")
    spans = Period("range", 2024, None, date(2024, 1, 1), date(2024, 2, 2), "từ ngày")
    con = land(
        stated("Cao Bằng", "Sở Y tế", odd, resolved=1),
        stated("Cao Bằng", "Sở Tư pháp", spans, resolved=1),
        stated("Cao Bằng", "Sở Tư pháp", quarter(1, 2025), resolved=1),
    )
    con.execute("UPDATE readings SET doc_type = 'TIN' WHERE issuing_body = 'Sở Tư pháp'")
    assert covered(con) == []


def test_decided_findings_leave_the_count_of_an_office_when_they_leave_the_open_ones(land):
    con = land(stated("Cao Bằng", "Sở Y tế", Q1, several([("a.rule", "error")] * 2), name="1.docx", resolved=1))
    decide(con, "1.docx", "f0", "dismissed", None, "Lan")
    counted = con.execute("SELECT errors FROM findings_by_office").fetchall()
    assert counted == con.execute("SELECT count(*) FROM open_findings WHERE severity = 'error'").fetchall()
