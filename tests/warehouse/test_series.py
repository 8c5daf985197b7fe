import csv
import dataclasses
from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest

from extractors.model import Period
from pipeline.exports.json import line
from pipeline.exports.series import rows
from pipeline.texts import Texts
from pipeline.warehouse.load import Loader, Run
from pipeline.warehouse.series import points
from pipeline.warehouse.store import WarehouseError, writing
from tests.exports.sample import observation, report

BEFORE = Period("quarter", 2024, 1, date(2024, 1, 1), date(2024, 3, 31), "quý I")
AFTER = Period("quarter", 2026, 1, date(2026, 1, 1), date(2026, 3, 31), "quý I")
RESOLVED = "dossiers_resolved_total"


def stated(province, period, *values, office="Sở Xây dựng", indicator=RESOLVED):
    """The report of one office of a province that states an indicator, with one value or several."""
    found = tuple(observation(n, v, v, f"{v} hồ sơ", indicator=indicator) for n, v in enumerate(values, 1))
    header = dataclasses.replace(report().header, province=province, issuing_body=office)
    name = f"{province}-{office}-{period.kind}-{period.year}-{indicator}"
    return line(report(f"{name}.docx", name.encode(), header=header, period=period, observations=found), None)


@pytest.fixture
def land(tmp_path):
    """Lands lines in a new warehouse and yields its connection."""

    with writing(tmp_path / "w.duckdb") as con:

        def landed(*lines):
            loader = Loader(con, Run("0.1.0"))
            for made in lines:
                loader.land(made)
            return con

        yield landed


def said(found):
    return [(p.province, p.year, p.value, p.parts, p.expected, p.change) for p in found]


@pytest.mark.parametrize(
    ("today", "units"),
    [
        ("Ninh Bình", {"Hà Nam": 100, "Nam Định": 250, "Ninh Bình": 40}),
        ("Lâm Đồng", {"Lâm Đồng": 7, "Đắk Nông": 80, "Bình Thuận": 900}),
        ("Hải Phòng", {"Hải Phòng": 12, "Hải Dương": 34}),
        ("Huế", {"Thừa Thiên Huế": 65}),
        ("Tuyên Quang", {"Tuyên Quang": 5, "Hà Giang": 6}),
    ],
)
def test_before_a_merger_the_unit_of_today_is_the_sum_of_those_that_made_it(land, today, units):
    con = land(*(stated(name, BEFORE, str(n)) for name, n in units.items()), stated(today, AFTER, "1000"))
    total = Decimal(sum(units.values()))
    assert said(points(con, RESOLVED)) == [
        (today, 2024, total, len(units), len(units), None),
        (today, 2026, Decimal(1000), 1, 1, 1000 - total),
    ]
    then = {(p.province, p.value) for p in points(con, RESOLVED, today=False) if p.year == 2024}
    assert then == {(name, Decimal(n)) for name, n in units.items()}


def test_sums_before_and_after_agree_to_the_unit_for_all_provinces(land):
    with files("extractors.vocabulary").joinpath("provinces.csv").open(encoding="utf-8") as stream:
        merged = {row["name_old"]: row["name_new"] for row in csv.DictReader(stream) if row["valid_to"] != "2024-12-31"}
    values = {name: 1000 + 37 * n for n, name in enumerate(sorted(merged))}
    con = land(*(stated(name, BEFORE, str(value)) for name, value in values.items()))
    expected: dict[str, int] = {}
    for name, value in values.items():
        expected[merged[name]] = expected.get(merged[name], 0) + value
    found = points(con, RESOLVED)
    assert {p.province: int(p.value) for p in found} == expected
    assert sum(p.value for p in found) == sum(values.values())


def test_a_missing_unit_is_told_and_not_compared(land):
    con = land(stated("Hà Nam", BEFORE, "100"), stated("Nam Định", BEFORE, "250"), stated("Ninh Bình", AFTER, "400"))
    assert said(points(con, RESOLVED)) == [
        ("Ninh Bình", 2024, Decimal(350), 2, 3, None),
        ("Ninh Bình", 2026, Decimal(400), 1, 1, None),
    ]
    shown = list(rows(points(con, RESOLVED), Texts("vi")))
    assert [row[2:] for row in shown] == [
        ("quý I/2024", Decimal(350), None, "", "mới có 2/3 đơn vị"),
        ("quý I/2026", Decimal(400), None, "████████████", None),
    ]


def test_a_disputed_value_is_told_and_not_compared(land):
    later = dataclasses.replace(BEFORE, year=2025, start=date(2025, 1, 1), end=date(2025, 3, 31))
    con = land(stated("Cao Bằng", BEFORE, "500", "505"), stated("Cao Bằng", later, "480"))
    first, second = points(con, RESOLVED)
    assert (first.value, first.disputed, second.change) == (500, True, None)
    assert next(iter(rows([first], Texts("en"))))[-1] == "stated with several values"


def test_kinds_of_period_and_offices_are_series_of_their_own(land):
    half = Period("half", 2024, 1, date(2024, 1, 1), date(2024, 6, 30), "6 tháng")
    con = land(
        stated("Cao Bằng", BEFORE, "500"),
        stated("Cao Bằng", half, "900"),
        stated("Cao Bằng", BEFORE, "20", office="Sở Y tế"),
    )
    found = points(con, RESOLVED)
    assert [(p.office, p.kind, p.change) for p in found] == [
        ("Sở Xây dựng", "half", None),
        ("Sở Xây dựng", "quarter", None),
        ("Sở Y tế", "quarter", None),
    ]
    assert [p.office for p in points(con, RESOLVED, office="y TẾ")] == ["Sở Y tế"]
    assert points(con, RESOLVED, province="Lạng Sơn") == []


def test_of_several_reports_on_a_period_its_own_counts_and_then_the_last(land):
    later = dataclasses.replace(BEFORE, index=2, start=date(2024, 4, 1), end=date(2024, 6, 30))
    looking_back = observation(1, "510", "510", "quý I: 510 hồ sơ", indicator=RESOLVED, period=BEFORE)
    header = dataclasses.replace(report().header, province="Hà Nam", issuing_body="Sở Xây dựng")
    second = report("second.docx", b"second", header=header, period=later, observations=(looking_back,))
    again = dataclasses.replace(header, title="báo cáo chuyên đề")
    special = report(
        "A special one.docx",
        b"special",
        header=again,
        period=BEFORE,
        observations=(observation(1, "520", "520", "520 hồ sơ", indicator=RESOLVED),),
    )
    con = land(stated("Hà Nam", BEFORE, "500"))
    land(line(second, None))
    for today in (True, False):
        assert [p.value for p in points(con, RESOLVED, today=today)] == [500], "the report about the period itself"
    land(line(special, None))
    for today in (True, False):
        assert [p.value for p in points(con, RESOLVED, today=today)] == [520], "the one that was landed last"


def test_what_is_no_count_is_not_added_up(land):
    con = land(*(stated(name, BEFORE, "98.5", indicator="rate_on_time") for name in ("Hà Nam", "Nam Định")))
    assert [(p.province, p.value) for p in points(con, "rate_on_time")] == [
        ("Hà Nam", Decimal("98.5")),
        ("Nam Định", Decimal("98.5")),
    ]


def test_an_unknown_indicator_is_told_with_what_is_near(land):
    with pytest.raises(WarehouseError, match="dossiers_resolved_total") as caught:
        points(land(), "dossiers_resolvd_total")
    assert (caught.value.code, caught.value.exit_code) == ("statement", 2)
