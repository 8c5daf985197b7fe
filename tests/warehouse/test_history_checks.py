"""Every rule against the history with figures computed by hand: agrees, disagrees, cannot tell and why."""

import dataclasses
import itertools
import time
from datetime import date
from decimal import Decimal

import pytest

from extractors.model import Period
from pipeline.exports.json import line
from pipeline.warehouse.history import RULES, comparisons
from pipeline.warehouse.load import Loader, Run
from pipeline.warehouse.store import writing
from tests.exports.sample import observation, report


def window(kind, year, index, start, end):
    return Period(kind, year, index, date.fromisoformat(start), date.fromisoformat(end), f"{kind} {index} {year}")


Q1 = window("quarter", 2024, 1, "2023-12-15", "2024-03-14")
Q2 = window("quarter", 2024, 2, "2024-03-15", "2024-06-14")
Q3 = window("quarter", 2024, 3, "2024-06-15", "2024-09-14")
Q4 = window("quarter", 2024, 4, "2024-09-15", "2024-12-14")
HALF = window("half", 2024, 1, "2023-12-15", "2024-06-14")
NINE = window("nine_months", 2024, None, "2023-12-15", "2024-09-14")
YEAR = window("year", 2024, None, "2023-12-15", "2024-12-14")
BEFORE = window("year", 2023, None, "2022-12-15", "2023-12-14")
Q2_BY_CALENDAR = window("quarter", 2024, 2, "2024-04-01", "2024-06-30")


def stated(
    period, office="Sở Xây dựng", province="Cao Bằng", parent=None, again="", scopes=(), approx=False, **figures
):
    """The report of an office on a window; figures by indicator, a list says one twice; `scopes`: (scope, indicator, value)."""
    said = [
        (None, name, value)
        for name, values in figures.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    made = tuple(
        observation(n, str(v), str(v), f"{name} {v}", indicator=f"dossiers_{name}", scope=scope, approx=approx)
        for n, (scope, name, v) in enumerate([*said, *scopes], 1)
    )
    header = dataclasses.replace(report().header, province=province, issuing_body=office, parent_body=parent)
    header = dataclasses.replace(header, title=f"báo cáo {period.text}")
    path = f"{province}/{office}/{period.kind}{period.index or ''}-{period.year}-{period.start}{again}.docx"
    body = f"{path}{figures}{scopes}{parent}".encode()
    return line(report(path, body, header=header, period=period, observations=made, citations=()), None)


@pytest.fixture
def con(tmp_path):
    with writing(tmp_path / "w.duckdb") as opened:
        yield opened


@pytest.fixture
def checked(con):
    """Verdict, reason, stated and expected of one rule after landing lines, one run each."""

    def check(rule, *lines):
        for made in lines:
            Loader(con, Run("0.1.0")).land(made)
            time.sleep(0.002)
        # of the one rule: planning all nine takes longer than the test
        said = "{0}" if rule == "cited_dates" else "plain_figure({0})"
        found = con.execute(
            f"SELECT verdict, reason, CAST({said.format('stated')} AS VARCHAR) AS stated, "
            f"CAST({said.format('expected')} AS VARCHAR) AS expected FROM history_of_{rule}(NULL) ORDER BY ALL"
        )
        return found.fetchall()

    return check


def test_every_rule_is_a_warning_with_an_id_of_its_own(con):
    assert {rule.severity for rule in RULES} == {"warning"}
    assert len({rule.id for rule in RULES}) == len(RULES) == 9


# carried over


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        (stated(Q1, pending_total=197), stated(Q2, carried_over=197), ("ok", None, "197", "197")),
        (stated(Q1, pending_total=197), stated(Q2, carried_over=187), ("error", None, "187", "197")),
        (stated(BEFORE, pending_total=50), stated(HALF, carried_over=50), ("ok", None, "50", "50")),
        (stated(BEFORE, pending_total=50), stated(YEAR, carried_over=51), ("error", None, "51", "50")),
        (
            stated(Q1, pending_total=197),
            stated(Q2_BY_CALENDAR, carried_over=187),
            ("cannot_tell", "cửa sổ kỳ không bằng nhau: một kỳ theo mốc chốt, một kỳ theo lịch", "187", "197"),
        ),
        (
            stated(Q1, pending_total=197),
            stated(Q3, carried_over=187),
            ("cannot_tell", "có khoảng trống giữa hai kỳ", "187", "197"),
        ),
        (
            stated(window("range", 2024, None, "2023-12-10", "2024-03-20"), pending_total=197),
            stated(Q2, carried_over=187),
            ("cannot_tell", "hai kỳ chồng lên nhau", "187", "197"),
        ),
        (
            stated(Q1, pending_total=[197, 199]),
            stated(Q2, carried_over=187),
            ("cannot_tell", "báo cáo nêu nhiều giá trị", "187", "197"),
        ),
        (
            stated(Q1, pending_total=200, approx=True),
            stated(Q2, carried_over=187),
            ("cannot_tell", "chỉ nêu số gần đúng", "187", "200"),
        ),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_carried_over_against_the_window_that_meets_it(checked, earlier, later, expected, turned):
    lines = (later, earlier) if turned else (earlier, later)
    assert checked("carried_over", *lines) == [expected]


def test_reports_that_close_and_open_on_one_day_meet(checked):
    second = dataclasses.replace(Q2, start=date(2024, 3, 14))
    assert checked("carried_over", stated(Q1, pending_total=9), stated(second, carried_over=8)) == [
        ("error", None, "8", "9")
    ]


def test_a_cumulative_window_is_not_held_against_a_quarter_within_it(checked):
    assert checked("carried_over", stated(Q1, pending_total=197), stated(HALF, carried_over=160)) == []


def test_more_than_a_year_before_nothing_is_compared(checked):
    old = window("year", 2021, None, "2020-12-15", "2021-12-14")
    assert checked("carried_over", stated(old, pending_total=1), stated(Q2, carried_over=9)) == []


def test_offices_of_one_name_in_two_districts_are_two_offices(checked):
    one, other = "UBND huyện Hòa An", "UBND huyện Hà Quảng"
    lines = (
        stated(Q1, "Phòng Tư pháp", parent=one, pending_total=5),
        stated(Q2, "Phòng Tư pháp", parent=other, carried_over=7),
    )
    assert checked("carried_over", *lines) == []


def test_the_latest_version_counts(checked):
    first = stated(Q1, pending_total=197)
    again = stated(Q1, again="-2", pending_total=187)
    assert checked("carried_over", first, again, stated(Q2, carried_over=187)) == [("ok", None, "187", "187")]


OLD = window("quarter", 2025, 2, "2025-03-15", "2025-06-14")
NEW = window("quarter", 2025, 3, "2025-06-15", "2025-09-14")


@pytest.mark.parametrize(
    ("parts", "carried", "expected"),
    [
        ({"Hà Nam": 10, "Nam Định": 200, "Ninh Bình": 30}, 240, ("ok", None, "240", "240")),
        ({"Hà Nam": 10, "Nam Định": 200, "Ninh Bình": 30}, 30, ("error", None, "30", "240")),
        (
            {"Nam Định": 200, "Ninh Bình": 30},
            240,
            ("cannot_tell", "thiếu đơn vị: mới có 2/3 đơn vị trước sáp nhập", "240", "230"),
        ),
    ],
)
def test_a_merged_province_carries_over_what_all_its_old_units_left(checked, parts, carried, expected):
    for office in ("Sở Công Thương", "UBND tỉnh {}"):
        before = [stated(OLD, office.format(name), name, pending_total=n) for name, n in parts.items()]
        found = checked(
            "carried_over", *before, stated(NEW, office.format("Ninh Bình"), "Ninh Bình", carried_over=carried)
        )
        assert found[-1] == expected
    assert len(found) == 2, "one row per office"


def test_a_so_that_may_have_taken_in_another_proves_nothing_by_a_rise(checked):
    first = window("quarter", 2025, 1, "2024-12-15", "2025-03-14")
    lines = [stated(YEAR, "Sở Tài chính", pending_total=10), stated(first, "Sở Tài chính", carried_over=90)]
    assert checked("carried_over", *lines) == [("cannot_tell", "Sở có thể đã sáp nhập giữa hai kỳ", "90", "10")]
    lines = [stated(YEAR, "Sở Tư pháp", pending_total=10), stated(first, "Sở Tư pháp", carried_over=90)]
    assert ("error", None, "90", "10") in checked("carried_over", *lines)


# cumulative, adds up


@pytest.mark.parametrize(
    ("name", "first", "whole", "verdict"),
    [
        ("resolved_total", 500, 450, "error"),
        ("resolved_total", 500, 500, "ok"),
        ("received_total", 500, 450, "error"),
        ("received_online", 80, 90, "ok"),
    ],
)
def test_from_one_first_day_what_grows_does_not_fall(checked, name, first, whole, verdict):
    found = checked("cumulative", stated(Q1, **{name: first}), stated(HALF, **{name: whole}))
    assert found == [(verdict, None, str(whole), str(first))]


def test_what_may_fall_is_not_cumulative(checked):
    assert (
        checked(
            "cumulative", stated(Q1, pending_total=9, carried_over=8), stated(HALF, pending_total=3, carried_over=2)
        )
        == []
    )


def test_windows_that_open_on_other_days_are_not_compared(checked):
    half = window("half", 2024, 1, "2024-01-01", "2024-06-30")
    assert checked("cumulative", stated(Q1, resolved_total=500), stated(half, resolved_total=450)) == [
        ("cannot_tell", "cửa sổ kỳ không bằng nhau: không cùng ngày đầu", "450", "500")
    ]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_quarters_sum_to_the_half_whatever_comes_first(checked, order):
    lines = [stated(Q1, received_new=500), stated(Q2, received_new=450), stated(HALF, received_new=930)]
    assert checked("adds_up", *(lines[n] for n in order)) == [("error", None, "930", "950")]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([(HALF, 950), (Q3, 400), (NINE, 1350)], ("ok", None, "1350", "1350")),
        ([(NINE, 1350), (Q4, 50), (YEAR, 1300)], ("error", None, "1300", "1400")),
        ([(Q1, 500), (Q2, 450), (Q3, 400), (Q4, 50), (YEAR, 1400)], ("ok", None, "1400", "1400")),
        ([(Q1, 500), (Q2, 450), (Q3, 400), (NINE, 1351)], ("error", None, "1351", "1350")),
        ([(Q1, 500), (YEAR, 1400)], ("cannot_tell", "thiếu báo cáo của các kỳ còn lại", "1400", None)),
        (
            [(Q1, 500), (Q2_BY_CALENDAR, 450), (HALF, 930)],
            ("cannot_tell", "cửa sổ kỳ không bằng nhau: các kỳ không ghép khít", "930", "950"),
        ),
        ([(Q1, [500, 505]), (Q2, 450), (HALF, 930)], ("cannot_tell", "báo cáo nêu nhiều giá trị", "930", "950")),
    ],
)
def test_windows_that_tile_a_longer_one_sum_to_it(checked, lines, expected):
    assert checked("adds_up", *(stated(period, resolved_total=value) for period, value in lines)) == [expected]


def test_months_sum_to_their_quarter(checked):
    months = [
        window("month", 2024, 1, "2023-12-15", "2024-01-14"),
        window("month", 2024, 2, "2024-01-15", "2024-02-14"),
        window("month", 2024, 3, "2024-02-15", "2024-03-14"),
    ]
    lines = [stated(m, resolved_late=n) for m, n in zip(months, (3, 4, 5), strict=True)]
    assert checked("adds_up", *lines, stated(Q1, resolved_late=13)) == [("error", None, "13", "12")]


def test_the_total_received_holds_what_was_carried_over_and_does_not_add_up(checked):
    lines = [stated(Q1, received_total=660), stated(Q2, received_total=647), stated(HALF, received_total=1110)]
    assert checked("adds_up", *lines) == []


def test_the_year_of_a_merged_province_is_the_sum_of_its_old_units_and_its_own(checked):
    half = window("half", 2025, 1, "2024-12-15", "2025-06-14")
    nine = window("nine_months", 2025, None, "2024-12-15", "2025-09-14")
    parts = {"Hà Nam": 100, "Nam Định": 200, "Ninh Bình": 300}
    old = [stated(half, "Sở Công Thương", name, resolved_total=n) for name, n in parts.items()]
    new = [stated(NEW, "Sở Công Thương", "Ninh Bình", resolved_total=50)]
    new.append(stated(nine, "Sở Công Thương", "Ninh Bình", resolved_total=350))
    assert checked("adds_up", *old, *new) == [("error", None, "350", "650")]


# left in, unusual

FIGURES = {
    "received_total": 1310,
    "received_new": 1150,
    "resolved_total": 1113,
    "resolved_early": 903,
    "resolved_on_time": 204,
}


def changed(**figures):
    return FIGURES | figures


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        (changed(), ("error", None, "5", "5")),
        (changed(received_total=1402, resolved_on_time=310), ("error", None, "3", "5")),
        (changed(received_total=1402, resolved_on_time=310, resolved_early=800), ("ok", None, "2", "5")),
        ({"received_total": 1310, "received_new": 1150}, ("cannot_tell", "quá ít số từ 2 chữ số để so", "2", "2")),
    ],
)
def test_figures_left_in_from_the_preceding_report(checked, later, expected):
    assert checked("left_in", stated(Q1, **FIGURES), stated(Q2, **later)) == [expected]


def test_small_figures_and_one_figure_under_several_names_prove_nothing(checked):
    small = dict.fromkeys(("received_total", "received_new", "resolved_total", "resolved_early", "resolved_late"), 7)
    assert checked("left_in", stated(Q1, **small), stated(Q2, **small)) == []
    same = dict.fromkeys(FIGURES, 1310)
    found = checked("left_in", stated(Q1, "Sở Y tế", **same), stated(Q2, "Sở Y tế", **same))
    assert found == [("cannot_tell", "quá ít số từ 2 chữ số để so", "1", "1")]


def test_two_reports_on_one_quarter_are_not_one_left_in(checked):
    first = stated(window("quarter", 2024, 1, "2024-01-01", "2024-03-31"), **FIGURES)
    assert checked("left_in", first, stated(Q1, **FIGURES)) == []


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (Q1, HALF),
        (HALF, Q3),
        (window("quarter", 2023, 2, "2023-03-15", "2023-06-14"), Q2),
        (window("quarter", 2022, 2, "2022-03-15", "2022-06-14"), Q2),
    ],
)
def test_the_template_may_be_of_another_length_or_of_the_year_before(checked, earlier, later):
    assert checked("left_in", stated(earlier, **FIGURES), stated(later, **FIGURES)) == [("error", None, "5", "5")]


def test_what_was_carried_into_the_year_stays_the_same_in_its_cumulative_reports(checked):
    # two more that are the same by chance would be three with it
    first = FIGURES | {"carried_over": 160, "pending_total": 197}
    half = FIGURES | {
        "carried_over": 160,
        "pending_total": 240,
        "received_total": 1402,
        "resolved_early": 990,
        "resolved_on_time": 310,
    }
    assert checked("left_in", stated(Q1, **first), stated(HALF, **half)) == [("ok", None, "2", "6")]
    assert checked("left_in", stated(Q1, "Sở Y tế", **first), stated(Q2, "Sở Y tế", **half))[0] == (
        "error",
        None,
        "3",
        "7",
    )


@pytest.mark.parametrize(
    ("early", "on_time", "verdict"),
    # evidence with odds of four in five: 3 figures x (0.9 lg v - lg 1.2 + lg 0.8); 40, 50, 60 -> 4.0, 12, 15, 18 -> 2.6
    [((40, 50), 60, "error"), ((12, 15), 18, "cannot_tell")],
)
def test_small_counts_weigh_less(checked, early, on_time, verdict):
    figures = {"received_postal": early[0], "pending_total": early[1], "resolved_late": on_time}
    assert checked("left_in", stated(Q1, **figures), stated(Q2, **figures))[0][0] == verdict


def test_a_sum_whose_parts_are_the_same_is_no_evidence_of_its_own(checked):
    # of 113 = 53 + 60 two are free: two figures are not enough, the sum does not make them three
    figures = {"resolved_total": 1113, "resolved_early": 503, "resolved_on_time": 610, "pending_total": 88}
    found = checked("left_in", stated(Q1, **figures), stated(Q2, **{**figures, "pending_total": 91}))
    assert found == [("ok", None, "3", "4")]


def quarters(count):
    """Windows of consecutive quarters from quý I/2021 on."""
    for n in range(count):
        year, index = 2021 + n // 4, n % 4 + 1
        last = date(year, index * 3, 14)
        first = date(year - (index == 1), (index * 3 - 3) or 12, 15)
        yield Period("quarter", year, index, first, last, f"quý {index}/{year}")


STEADY = [1113, 1150, 1098, 1204, 1131, 1166, 1120, 1190]


@pytest.mark.parametrize(
    ("last", "verdict"), [(1140, "ok"), (11400, "error"), (114, "error"), (1, "error"), (2100, "ok"), (700, "ok")]
)
def test_a_digit_too_many_or_too_few_is_unusual(checked, last, verdict):
    lines = [stated(p, resolved_total=v) for p, v in zip(quarters(9), [*STEADY, last], strict=True)]
    found = [row for row in checked("unusual", *lines) if row[2] == str(last)]
    assert found == [(verdict, None, str(last), "1140.5")]


def test_a_season_is_not_unusual(checked):
    values = [100, 1000, 300, 320, 104, 1020, 310, 300, 99, 1050, 290, 310, 101]
    lines = [stated(p, received_new=v) for p, v in zip(quarters(13), values, strict=True)]
    assert {row[0] for row in checked("unusual", *lines)} == {"ok", "cannot_tell"}
    wrong = [stated(p, "Sở Y tế", received_new=v) for p, v in zip(quarters(13), [*values[:-1], 1010], strict=True)]
    assert [row[2] for row in checked("unusual", *wrong) if row[0] == "error"] == ["1010"]


def test_windows_of_other_lengths_are_compared_by_the_day(checked):
    # 90, 91, 92, 92 days and 183, 275, 366: about 12.3 a day throughout, so that a fifth quarter has seven windows before it
    sizes = [(Q1, 1120), (Q2, 1130), (HALF, 2250), (Q3, 1140), (NINE, 3390), (Q4, 1120), (YEAR, 4510)]
    fifth = window("quarter", 2025, 1, "2024-12-15", "2025-03-14")
    sixth = window("quarter", 2025, 2, "2025-03-15", "2025-06-14")
    seventh = window("half", 2025, 1, "2024-12-15", "2025-06-14")
    eighth = window("quarter", 2025, 3, "2025-06-15", "2025-09-14")
    sizes += [(fifth, 1100), (sixth, 1150), (seventh, 2250)]
    for last, verdict in ((1120, "ok"), (11200, "error"), (112, "error")):
        office = f"Sở {verdict} {last}"
        lines = [stated(p, office, resolved_total=v) for p, v in [*sizes, (eighth, last)]]
        assert [row[0] for row in checked("unusual", *lines) if row[2] == str(last) and row[1] is None] == [verdict]


CALM = {"received_new": 1150, "received_total": 1310, "resolved_early": 903, "pending_in_time": 190}


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        (1, ("error", None, "11130", "1113")),
        # the whole report is ten times as large: that is another office, and four periods do not say more
        (10, ("cannot_tell", "chuỗi quá ngắn: mới có 4 kỳ trước", "11130", "1113")),
    ],
)
def test_four_periods_do_where_the_rest_of_the_report_is_as_ever(checked, others, expected):
    lines = [stated(p, resolved_total=1113, **CALM) for p in list(quarters(5))[:4]]
    last = {name: value * others for name, value in CALM.items()}
    lines.append(stated(list(quarters(5))[4], resolved_total=11130, **last))
    assert expected in checked("unusual", *lines)


@pytest.mark.parametrize(("office", "verdict"), [("Sở Khoa học và Công nghệ", "ok"), ("Sở Tư pháp", "error")])
def test_a_so_that_took_in_another_has_a_new_level(checked, office, verdict):
    # eight quarters of 100, from quý II/2025 on 1.000: each new quarter is ten times the median, not of the one before
    rest = dict.fromkeys(("received_online", "received_postal", "received_in_person", "pending_in_time"), 80)
    lines = [
        stated(p, office, resolved_total=1000 if p.end > date(2025, 5, 1) else 100, **rest)
        for p in quarters(20)
        if p.year > 2022
    ]
    found = [row for row in checked("unusual", *lines) if row[2] == "1000" and row[1] is None]
    assert {row[0] for row in found} == {verdict}


def test_where_all_of_a_so_that_took_in_another_is_larger_nothing_is_told(checked):
    # quý III: the window just before is of after the change already, seven of eight are not
    values = [*STEADY[:7], 3000, 30_000]
    periods = [p for p in quarters(19) if p.end > date(2023, 5, 1)]
    assert periods[-1].end == date(2025, 9, 14)
    for office, verdict in (("Sở Xây dựng", "cannot_tell"), ("Sở Tư pháp", "error")):
        lines = [stated(p, office, resolved_total=v) for p, v in zip(periods[-9:], values, strict=True)]
        assert [row[0] for row in checked("unusual", *lines) if row[2] == "30000"].count(verdict) == 1


def test_a_channel_that_nobody_used_is_no_slip(checked):
    lines = [stated(p, received_online=v) for p, v in zip(quarters(9), [*STEADY, 0], strict=True)]
    assert {row[0] for row in checked("unusual", *lines)} == {"ok", "cannot_tell"}


def test_a_short_series_cannot_tell(checked):
    lines = [stated(p, received_new=v) for p, v in zip(quarters(3), [100, 101, 1000], strict=True)]
    assert ("cannot_tell", "chuỗi quá ngắn: mới có 2 kỳ trước", "1000", "100.5") in checked("unusual", *lines)


# the province and its Sở

PROVINCE = "UBND tỉnh Cao Bằng"
TWO = [("Sở Xây dựng", "resolved_total", 1113), ("Sở Y tế", "resolved_total", 400)]


@pytest.mark.parametrize(
    ("own", "period", "expected"),
    [
        (1113, Q1, ("ok", None, "1113", "1113")),
        (1131, Q1, ("error", None, "1113", "1131")),
        ([1113, 1131], Q1, ("cannot_tell", "báo cáo nêu nhiều giá trị", "1113", "1113")),
        (
            1131,
            window("quarter", 2024, 1, "2024-01-01", "2024-03-31"),
            ("cannot_tell", "cửa sổ kỳ không bằng nhau: Sở báo cáo 01/01/2024–31/03/2024", "1113", "1131"),
        ),
    ],
)
@pytest.mark.parametrize("body", [PROVINCE, "Văn phòng UBND tỉnh", "Sở Nội vụ"])
def test_the_province_states_of_a_so_what_the_so_states(checked, own, period, expected, body):
    lines = stated(Q1, body, scopes=TWO), stated(period, resolved_total=own)
    assert checked("province_part", *lines) == [expected]


def test_a_so_of_another_province_or_another_window_is_not_compared(checked):
    lines = (
        stated(Q1, PROVINCE, scopes=TWO),
        stated(Q1, province="Lạng Sơn", resolved_total=1),
        stated(Q2, resolved_total=2),
    )
    assert checked("province_part", *lines) == []


@pytest.mark.parametrize(
    ("total", "scopes", "expected"),
    [
        (1513, TWO, ("ok", None, "1513", "1513")),
        (1600, TWO, ("cannot_tell", "chưa đủ báo cáo của các đơn vị: mới có 2 Sở", "1600", "1513")),
        (1600, [TWO[0], ("Sở Y tế", "resolved_total", 487)], ("error", None, "1600", "1513")),
        (1500, (), ("error", None, "1500", "1513")),
        (1600, (), ("cannot_tell", "chưa đủ báo cáo của các đơn vị: mới có 2 Sở", "1600", "1513")),
        (
            1600,
            [*TWO, ("cấp huyện", "resolved_total", 87)],
            ("cannot_tell", "chưa đủ báo cáo của các đơn vị: mới có 2 Sở", "1600", "1513"),
        ),
        (
            1600,
            [*TWO, ("Sở Tư pháp", "resolved_total", 87)],
            ("cannot_tell", "chưa đủ báo cáo của các đơn vị: mới có 2 Sở", "1600", "1513"),
        ),
    ],
)
def test_the_provinces_total_against_the_sum_of_its_so(checked, total, scopes, expected):
    lines = [stated(Q1, resolved_total=1113), stated(Q1, "Sở Y tế", resolved_total=400)]
    assert checked("province_total", stated(Q1, PROVINCE, resolved_total=total, scopes=scopes), *lines) == [expected]


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        ((), ("error", None, "1600", "1513")),
        ([("UBND huyện Hòa An", "resolved_total", 70)], ("error", None, "1600", "1513")),
        (
            [("Công an tỉnh", "resolved_total", 87)],
            ("cannot_tell", "chưa đủ báo cáo của các đơn vị: mới có 2 Sở", "1600", "1513"),
        ),
    ],
)
def test_the_provincial_level_is_the_sum_of_its_so_where_nobody_else_is_of_it(checked, beside, expected):
    levels = [*TWO, *beside, ("cấp tỉnh", "resolved_total", 1600)]
    lines = [stated(Q1, resolved_total=1113), stated(Q1, "Sở Y tế", resolved_total=400)]
    assert checked("province_total", stated(Q1, "Văn phòng UBND tỉnh", scopes=levels), *lines) == [expected]


def test_boards_count_among_the_parts_of_a_province(checked):
    lines = [stated(Q1, resolved_total=1113), stated(Q1, "Ban Quản lý Khu kinh tế", resolved_total=400)]
    assert checked("province_total", stated(Q1, PROVINCE, resolved_total=1500), *lines) == [
        ("error", None, "1500", "1513")
    ]


@pytest.mark.parametrize("written", ["Sở GD&ĐT", "Sở GDĐT", "Sở Giáo dục & Đào tạo", "Sở Giáo dục và Đào tạo"])
@pytest.mark.parametrize("turned", [False, True])
def test_a_so_is_the_same_however_its_name_is_written(checked, written, turned):
    names = ["Sở Giáo dục và Đào tạo", written]
    own, scope = names[::-1] if turned else names
    lines = stated(Q1, PROVINCE, scopes=[(scope, "resolved_total", 90)]), stated(Q1, own, resolved_total=60)
    assert checked("province_part", *lines) == [("error", None, "90", "60")]


def test_the_provincial_level_is_a_total_of_its_own(checked):
    levels = [*TWO, ("cấp tỉnh", "resolved_total", 1500), ("cấp xã", "resolved_total", 9000)]
    lines = [stated(Q1, resolved_total=1113), stated(Q1, "Sở Y tế", resolved_total=400)]
    assert checked("province_total", stated(Q1, "Văn phòng UBND tỉnh", scopes=levels), *lines) == [
        ("error", None, "1500", "1513")
    ]


# sent again, comparisons


def test_a_version_is_held_against_the_one_before_figure_by_figure(checked):
    first = stated(Q1, resolved_total=500, received_new=600, pending_total=[3, 4])
    again = stated(Q1, again="-2", resolved_total=505, received_new=600, pending_total=5)
    assert checked("resent", first, again) == [
        ("cannot_tell", "báo cáo nêu nhiều giá trị", "5", "3"),
        ("error", None, "505", "500"),
        ("ok", None, "600", "600"),
    ]


def test_findings_are_the_checks_that_disagree_in_both_languages(con, checked):
    lines = [stated(Q1, received_new=500), stated(Q2, received_new=450), stated(HALF, received_new=930)]
    checked("adds_up", *lines, stated(Q1, "Sở Y tế", **FIGURES), stated(Q2, "Sở Y tế", **FIGURES))
    found = con.execute("SELECT rule, message_vi, message_en FROM history_findings ORDER BY 1").fetchall()
    assert [row[0] for row in found] == ["history.adds_up", "history.left_in"]
    assert found[0][1:] == (
        "Số hồ sơ tiếp nhận trong kỳ: ghi 930, nhưng các kỳ trong đó cộng lại là 950 (500 + 450 = 950 ≠ 930).",
        "Dossiers received new: states 930; the periods within it sum to 950 (500 + 450 = 950 ≠ 930).",
    )
    assert (
        "5/5 số từ 2 chữ số trở lên giống hệt báo cáo kỳ 15/12/2023–14/03/2024" in found[1][1]
        and "Tổng số hồ sơ đã giải quyết 1.113" in found[1][1]
    )
    disagree = con.execute("SELECT count(*) FROM history_checks_of(NULL) WHERE verdict = 'error'").fetchall()
    assert disagree == [(2,)]


def test_a_run_hears_of_every_disagreement_that_its_files_take_part_in(con, checked):
    lines = [stated(Q1, received_new=500), stated(Q2, received_new=450), stated(HALF, received_new=930)]
    elsewhere = [stated(Q1, province="Lạng Sơn", pending_total=1), stated(Q2, province="Lạng Sơn", carried_over=2)]
    checked("adds_up", *lines, *elsewhere)
    for made in lines:
        found = comparisons(con, [made["source"]["path"]])
        assert [(c.rule, c.path) for c in found] == [("history.adds_up", lines[2]["source"]["path"])]
    assert comparisons(con, ["khong-co.docx"]) == []
    assert len(comparisons(con, [made["source"]["path"] for made in (*lines, *elsewhere)])) == 2


def test_figures_of_checks_read_as_plain_numbers(con):
    (found,) = con.execute(
        "SELECT plain_figure(1310::DECIMAL(38, 10)), plain_figure(99.64::DECIMAL(38, 10)), plain_figure(100::DECIMAL(38, 10))"
    ).fetchall()
    assert found == ("1310", "99.64", "100") and Decimal(found[1]) == Decimal("99.64")
