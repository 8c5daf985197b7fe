import dataclasses
from datetime import date

import pytest

from extractors.model import Period
from extractors.vocabulary import registers
from extractors.vocabulary.registers import VocabularyError, organisations
from pipeline.exports.json import line
from pipeline.warehouse.load import Loader, Run
from pipeline.warehouse.store import writing
from tests.exports.sample import report

#: The 63 provinces of 30 June 2025 by the 34 of the day after (Nghị quyết 202/2025/QH15), written down by hand.
MERGED = {
    "Hà Nội": "Hà Nội",
    "Cao Bằng": "Cao Bằng",
    "Tuyên Quang": "Hà Giang|Tuyên Quang",
    "Điện Biên": "Điện Biên",
    "Lai Châu": "Lai Châu",
    "Sơn La": "Sơn La",
    "Lào Cai": "Yên Bái|Lào Cai",
    "Thái Nguyên": "Bắc Kạn|Thái Nguyên",
    "Lạng Sơn": "Lạng Sơn",
    "Quảng Ninh": "Quảng Ninh",
    "Bắc Ninh": "Bắc Giang|Bắc Ninh",
    "Phú Thọ": "Hòa Bình|Vĩnh Phúc|Phú Thọ",
    "Hải Phòng": "Hải Dương|Hải Phòng",
    "Hưng Yên": "Thái Bình|Hưng Yên",
    "Ninh Bình": "Hà Nam|Nam Định|Ninh Bình",
    "Thanh Hóa": "Thanh Hóa",
    "Nghệ An": "Nghệ An",
    "Hà Tĩnh": "Hà Tĩnh",
    "Quảng Trị": "Quảng Bình|Quảng Trị",
    "Huế": "Huế",
    "Đà Nẵng": "Quảng Nam|Đà Nẵng",
    "Quảng Ngãi": "Kon Tum|Quảng Ngãi",
    "Gia Lai": "Bình Định|Gia Lai",
    "Khánh Hòa": "Ninh Thuận|Khánh Hòa",
    "Đắk Lắk": "Phú Yên|Đắk Lắk",
    "Lâm Đồng": "Đắk Nông|Bình Thuận|Lâm Đồng",
    "Đồng Nai": "Bình Phước|Đồng Nai",
    "Hồ Chí Minh": "Bình Dương|Bà Rịa - Vũng Tàu|Hồ Chí Minh",
    "Tây Ninh": "Long An|Tây Ninh",
    "Đồng Tháp": "Tiền Giang|Đồng Tháp",
    "Vĩnh Long": "Bến Tre|Trà Vinh|Vĩnh Long",
    "An Giang": "Kiên Giang|An Giang",
    "Cần Thơ": "Hậu Giang|Sóc Trăng|Cần Thơ",
    "Cà Mau": "Bạc Liêu|Cà Mau",
}
#: Codes whose owner of before the merger is not that of after it.
CHANGED_OWNER = {
    "15": ("Yên Bái", "Lào Cai"),
    "24": ("Bắc Giang", "Bắc Ninh"),
    "44": ("Quảng Bình", "Quảng Trị"),
    "52": ("Bình Định", "Gia Lai"),
    "80": ("Long An", "Tây Ninh"),
    "82": ("Tiền Giang", "Đồng Tháp"),
    "91": ("Kiên Giang", "An Giang"),
}


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    with writing(tmp_path_factory.mktemp("kho") / "w.duckdb") as con:
        yield con


@pytest.fixture
def fresh(tmp_path):
    with writing(tmp_path / "w.duckdb") as con:
        yield con


def bound(con, body, province="Nam Định", day=date(2024, 3, 31), parent=None):
    """Lands a report with this letterhead; the office that it leads to: organisation, kind, office, organisation of today."""
    header = dataclasses.replace(report().header, province=province, issuing_body=body, parent_body=parent)
    period = Period("quarter", day.year, 1, date(day.year, 1, 1), day, "quý I")
    name = f"{body}{province}{day}{parent}"
    Loader(con, Run("0.1.0")).land(line(report(name, name.encode(), header=header, period=period), None))
    (found,) = con.execute(
        "SELECT organisation, kind, office, organisation_today FROM report_offices JOIN readings USING (reading) WHERE path = ?",
        [name],
    ).fetchall()
    return found


def at(con, day):
    return dict(
        con.execute(
            """
            SELECT name, kind FROM province_units
            WHERE coalesce(valid_from, DATE '0001-01-01') <= $day AND coalesce(valid_to, DATE '9999-12-31') >= $day
            """,
            {"day": day},
        ).fetchall()
    )


@pytest.mark.parametrize(
    ("body", "organisation"),
    [
        ("Sở Xây dựng", "so_xay_dung"),
        ("SỞ XÂY DỰNG TỈNH NAM ĐỊNH", "so_xay_dung"),
        ("Sở Xây dựng Nam Định", "so_xay_dung"),
        ("Sở Nông nghiệp và PTNT", "so_nong_nghiep_ptnt"),
        ("Sở NN&PTNT", "so_nong_nghiep_ptnt"),
        ("Sở Nông nghiệp & Phát triển nông thôn", "so_nong_nghiep_ptnt"),
        ("Sở Nông nghiệp và Môi trường", "so_nong_nghiep_moi_truong"),
        ("Sở LĐ-TB&XH", "so_lao_dong_tbxh"),
        ("Sở LĐTBXH tỉnh Nam Định", "so_lao_dong_tbxh"),
        ("SỞ LAO ĐỘNG – THƯƠNG BINH VÀ XÃ HỘI", "so_lao_dong_tbxh"),
        ("Sở Văn hoá, Thể thao và Du lịch", "so_van_hoa_the_thao_du_lich"),
        ("Sở Văn hóa và Thể thao", "so_van_hoa_the_thao"),
        ("Thanh tra tỉnh", "thanh_tra_tinh"),
        ("Văn phòng Uỷ ban nhân dân tỉnh Nam Định", "vp_ubnd_tinh"),
        ("ỦY BAN NHÂN DÂN TỈNH NAM ĐỊNH", "ubnd_tinh"),
        ("UBND huyện Hải Hậu", "ubnd_huyen"),
        ("UBND thành phố Nam Định", "ubnd_huyen"),
        ("UBND thị xã Kỳ Anh", "ubnd_huyen"),
        ("UBND xã Hải Hưng", "ubnd_xa"),
        ("Ủy ban nhân dân đặc khu Phú Quý", "ubnd_xa"),
        ("Trung tâm Phục vụ hành chính công", "trung_tam_hcc_tinh"),
        ("Trung tâm PVHCC tỉnh", "trung_tam_hcc_tinh"),
        ("Trung tâm Phục vụ hành chính công xã Hải Hậu", "trung_tam_hcc_xa"),
        ("Chi cục Thủy lợi", None),
        ("Thanh tra Sở Xây dựng", None),
        ("UBND", None),
    ],
)
def test_an_office_is_known_by_any_way_to_write_it(con, body, organisation):
    assert bound(con, body)[0] == organisation


def test_a_city_is_a_province_only_where_and_while_it_is_one(con):
    assert bound(con, "UBND thành phố Hà Nội", "Hà Nội")[0] == "ubnd_tinh"
    assert bound(con, "UBND TP. Thủ Đức", "Hồ Chí Minh")[0] == "ubnd_huyen"
    assert bound(con, "UBND thành phố Huế", "Thừa Thiên Huế")[0] == "ubnd_huyen"
    assert bound(con, "UBND thành phố Huế", "Huế", date(2025, 3, 31))[0] == "ubnd_tinh"
    assert bound(con, "UBND thành phố Bắc Ninh", "Bắc Ninh")[0] == "ubnd_huyen"
    assert bound(con, "UBND thành phố Bắc Ninh", "Bắc Ninh", date(2026, 9, 30))[0] == "ubnd_tinh"
    assert bound(con, "UBND thành phố Hà Nội", None)[0] == "ubnd_huyen", "of an unknown province no city is known"


def test_a_centre_without_a_name_of_its_own_is_that_of_the_commune_above_it(con):
    body = "Trung tâm Phục vụ hành chính công"
    assert bound(con, body, "Thanh Hóa", date(2026, 3, 31), "UBND phường Sầm Sơn") == (
        "trung_tam_hcc_xa",
        "trung_tam_hcc",
        f"{body} (UBND phường Sầm Sơn)",
        "trung_tam_hcc_xa",
    )
    assert bound(con, body, "Thanh Hóa", date(2026, 3, 31), "UBND tỉnh Thanh Hóa")[0] == "trung_tam_hcc_tinh"


def test_offices_of_today_follow_the_mergers_of_2025(con):
    assert bound(con, "Sở GTVT") == ("so_giao_thong_van_tai", "so", "Sở Giao thông vận tải", "so_xay_dung")
    assert bound(con, "UBND huyện Hải Hậu") == ("ubnd_huyen", "ubnd_huyen", "UBND huyện Hải Hậu", None)
    assert bound(con, "Sở Xây dựng")[3] == "so_xay_dung"
    whole = con.execute("SELECT organisation, successor FROM organisation_successors WHERE whole ORDER BY 1").fetchall()
    assert whole == [
        ("ban_dan_toc", "so_dan_toc_ton_giao"),
        ("so_giao_thong_van_tai", "so_xay_dung"),
        ("so_ke_hoach_dau_tu", "so_tai_chinh"),
        ("so_lao_dong_tbxh", "so_noi_vu"),
        ("so_nong_nghiep_ptnt", "so_nong_nghiep_moi_truong"),
        ("so_tai_nguyen_moi_truong", "so_nong_nghiep_moi_truong"),
        ("so_thong_tin_truyen_thong", "so_khoa_hoc_cong_nghe"),
    ]
    doubted = con.execute(
        "SELECT DISTINCT organisation FROM organisation_successors WHERE NOT verified ORDER BY 1"
    ).fetchall()
    assert doubted == [("ban_dan_toc",), ("so_lao_dong_tbxh",), ("so_noi_vu",)]
    parts = con.execute("SELECT organisation, successor FROM organisation_successors WHERE NOT whole").fetchall()
    assert set(parts) == {
        ("so_lao_dong_tbxh", "so_giao_duc_dao_tao"),
        ("so_lao_dong_tbxh", "so_y_te"),
        ("so_noi_vu", "so_dan_toc_ton_giao"),
    }


def test_successors_stand_when_the_office_ends_and_no_office_has_two(con):
    wrong = con.execute("""
        SELECT o.id FROM organisations o
        JOIN organisation_successors s ON s.organisation = o.id AND s.whole
        JOIN organisations n ON n.id = s.successor
        WHERE o.valid_to + 1 <> s.from_day OR n.valid_to IS NOT NULL OR n.valid_from > s.from_day
    """).fetchall()
    assert wrong == []
    several = "SELECT organisation FROM organisation_successors WHERE whole GROUP BY ALL HAVING count(*) > 1"
    assert con.execute(several).fetchall() == []


def test_no_two_offices_are_written_alike(con):
    alike = con.execute("""
        SELECT organisation_key(alias, NULL, NULL, NULL) AS key, list(alias) FROM organisation_aliases
        GROUP BY key HAVING count(DISTINCT organisation) > 1 OR key = ''
    """).fetchall()
    assert alike == []
    assert con.execute("SELECT count(*) > 100 FROM organisation_aliases").fetchall() == [(True,)]


def test_offices_tells_who_has_reported(fresh):
    bound(fresh, "Sở NN&PTNT")
    bound(fresh, "Sở NN&PTNT", day=date(2023, 3, 31))
    bound(fresh, "Chi cục Thủy lợi", None)
    assert fresh.execute("FROM offices ORDER BY reports DESC").fetchall() == [
        (
            "Nam Định",
            "Ninh Bình",
            "Sở NN&PTNT",
            "so_nong_nghiep_ptnt",
            "so",
            "so_nong_nghiep_moi_truong",
            date(2023, 3, 31),
            date(2024, 3, 31),
            2,
        ),
        (None, None, "Chi cục Thủy lợi", None, "khac", None, date(2024, 3, 31), date(2024, 3, 31), 1),
    ]


def test_one_name_for_offices_of_two_levels_is_said_to_be_neither(fresh):
    body = "Trung tâm Phục vụ hành chính công"
    bound(fresh, body, "Thanh Hóa", date(2026, 3, 31), "UBND phường Sầm Sơn")
    bound(fresh, body, "Thanh Hóa", date(2027, 3, 31), "UBND tỉnh Thanh Hóa")
    found = fresh.execute("SELECT organisation, kind, organisation_today, reports FROM offices").fetchall()
    assert found == [(None, "trung_tam_hcc", None, 2)]


def test_63_provinces_are_34_by_the_list_made_by_hand(con):
    expected = {old: new for new, names in MERGED.items() for old in names.split("|")}
    assert (len(expected), len(MERGED)) == (63, 34)
    found = con.execute("SELECT name, name_today FROM provinces").fetchall()
    assert {name: today for name, today in found if name in expected} == expected
    assert set(at(con, date(2025, 6, 30))) == set(expected)
    assert set(at(con, date(2025, 7, 1))) == set(MERGED)


def test_every_name_of_the_time_leads_to_one_of_today_unless_it_was_divided(con):
    nowhere = {name for (name,) in con.execute("SELECT name FROM provinces WHERE name_today IS NULL").fetchall()}
    # what was divided in 1997 and is one again today leads there; parts of these two are in two provinces
    assert nowhere == {"Hải Hưng", "Sông Bé"}
    units = con.execute("""
        SELECT u.unit, count(s.to_unit) FROM province_units u
        LEFT JOIN province_successors s ON s.from_unit = u.unit
        WHERE u.valid_to IS NOT NULL GROUP BY u.unit
    """).fetchall()
    divided = {unit.split("/")[0] for unit, successors in units if successors == 2}
    assert {successors for _, successors in units} == {1, 2}
    assert divided == {
        "Lai Châu",
        "Đắk Lắk",
        "Cần Thơ",
        "Quảng Nam - Đà Nẵng",
        "Hải Hưng",
        "Hà Bắc",
        "Vĩnh Phú",
        "Nam Hà",
        "Bắc Thái",
        "Sông Bé",
        "Minh Hải",
    }


def test_successors_of_provinces_begin_when_the_unit_ends(con):
    wrong = con.execute("""
        SELECT f.unit, t.unit FROM province_successors s
        JOIN province_units f ON f.unit = s.from_unit
        JOIN province_units t ON t.unit = s.to_unit
        WHERE f.valid_to + 1 <> s.day OR coalesce(t.valid_from, s.day) > s.day OR t.valid_to < s.day OR s.basis = ''
    """).fetchall()
    assert wrong == []
    told = con.execute(
        "SELECT to_unit, day, basis FROM province_successors WHERE from_unit LIKE 'Hà Tây/%' OR from_unit LIKE 'Thừa%'"
    ).fetchall()
    assert {(unit.split("/")[0], day) for unit, day, _ in told} == {
        ("Hà Nội", date(2008, 8, 1)),
        ("Huế", date(2025, 1, 1)),
    }


@pytest.mark.parametrize(
    ("day", "units", "cities"),
    [
        (date(2024, 12, 31), 63, 5),
        (date(2025, 1, 1), 63, 6),
        (date(2025, 6, 30), 63, 6),
        (date(2025, 7, 1), 34, 6),
        (date(2026, 4, 30), 34, 7),
        (date(2026, 9, 1), 34, 8),
        (date(2026, 9, 20), 34, 9),
    ],
)
def test_how_many_units_there_are_on_a_day(con, day, units, cities):
    found = at(con, day)
    assert (len(found), list(found.values()).count("thành phố")) == (units, cities)


def test_a_code_is_no_key(con):
    found = con.execute("""
        SELECT b.code, b.name, a.name FROM province_units b JOIN province_units a ON a.code = b.code
        WHERE b.valid_to = DATE '2025-06-30' AND a.valid_from = DATE '2025-07-01' AND a.name <> b.name
    """).fetchall()
    assert {code: (before, after) for code, before, after in found} == CHANGED_OWNER
    joined_by_code = con.execute(
        """
        SELECT b.name, p.name_today FROM province_units b
        JOIN province_units a ON a.code = b.code AND a.valid_from = DATE '2025-07-01'
        JOIN provinces p ON p.name = b.name
        WHERE b.valid_to = DATE '2025-06-30' AND a.name = p.name_today AND b.code IN (SELECT unnest($codes))
    """,
        {"codes": list(CHANGED_OWNER)},
    ).fetchall()
    assert {name for name, _ in joined_by_code} == {before for before, _ in CHANGED_OWNER.values()}, (
        "the code goes with the merged unit, not with the name that bore it on"
    )
    kept = con.execute("""
        SELECT count(*) FROM province_units b
        JOIN province_units a ON a.code = b.code AND a.name = b.name AND a.valid_to IS NULL
        WHERE DATE '2025-06-30' BETWEEN coalesce(b.valid_from, DATE '1900-01-01') AND coalesce(b.valid_to, DATE '9999-12-31')
    """).fetchall()
    assert kept == [(34 - len(CHANGED_OWNER),)], "of 63 codes only these still stand for the name that they stood for"


def test_reference_data_is_refreshed_and_then_left_alone(tmp_path):
    path = tmp_path / "w.duckdb"
    with writing(path) as con:
        whole = {
            table: con.execute(f"FROM {table} ORDER BY ALL").fetchall()
            for table in ("organisations", "organisation_aliases", "organisation_successors", "province_successors")
        }
        con.execute("UPDATE organisation_successors SET basis = 'another'")
        con.execute("DELETE FROM province_successors")
    with writing(path) as con:
        assert {table: con.execute(f"FROM {table} ORDER BY ALL").fetchall() for table in whole} == whole
    before = path.read_bytes()
    with writing(path):
        pass
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"code": "XYZ"}, "XYZ"),
        ({"successors": "no_such"}, "no_such"),
        ({"from_day": ""}, "without a day"),
        ({"id": "so_noi_vu"}, "twice"),
    ],
)
def test_a_register_that_does_not_hold_together_is_told(monkeypatch, changed, words):
    rows = registers._rows("organisations.csv")
    wrong = [row | changed if row["id"] == "so_giao_thong_van_tai" else row for row in rows]
    monkeypatch.setattr(registers, "_rows", lambda name: wrong)
    registers.agencies()  # read before, so that only organisations see the changed file
    with pytest.raises(VocabularyError, match=words):
        organisations.__wrapped__()
