"""Registers of kinds, bodies and provinces: they load, agree with each other, and know the day."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.vocabulary.registers import (
    agencies,
    agency_named,
    agency_of,
    doc_types,
    province_named,
    province_of_hcode,
    provinces,
    tone_key,
    type_codes,
    type_words,
)


def test_kinds_have_words_and_one_code_each() -> None:
    assert {"BC", "KH", "QĐ", "CV", "TB", "TTr", "NĐ", "TTLT", "XN", "BCTĐ"} <= {k.code for k in doc_types()}
    assert all(kind.words and kind.series and kind.source for kind in doc_types())
    state = {k.code for k in doc_types() if "state" in k.series}
    assert len(state - {"CV"}) == 27  # the coded kinds of Nghị định 30/2020/NĐ-CP
    assert type_codes()["QD"] == "QĐ"
    assert type_words()["quyết định"] == "QĐ"
    assert type_words()["quy định"] == "QyĐ"
    assert type_words()["công văn"] == "CV"


def test_no_code_belongs_to_two_bodies() -> None:
    seen: dict[str, str] = {}
    for agency in agencies():
        for code in agency.codes:
            assert seen.setdefault(code, agency.name) == agency.name
    assert not set(seen) & set(type_codes()) - {"TTr"}  # "TTr" is tờ trình before, thanh tra behind the hyphen


@pytest.mark.parametrize(
    ("code", "name", "central"),
    [
        ("SCT", "Sở Công Thương", False),
        ("CP", "Chính phủ", True),
        ("TTg", "Thủ tướng Chính phủ", True),
        ("BTTTT", "Bộ Thông tin và Truyền thông", True),
        ("BLĐTB&XH", "Bộ Lao động - Thương binh và Xã hội", True),
        ("UBND", "Ủy ban nhân dân", False),
    ],
)
def test_body_of_a_code(code: str, name: str, central: bool) -> None:
    agency = agency_of(code)
    assert agency is not None
    assert (agency.name, agency.central) == (name, central)


def test_unknown_code_and_names_by_alias() -> None:
    assert agency_of("XYZ") is None
    assert agency_named("SỞ TN&MT") == agency_of("STNMT")
    assert agency_named("sở công thương") == agency_of("SCT")
    assert agency_named("Sở") is None


@pytest.mark.parametrize(
    ("day", "total", "cities"),
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
def test_provinces_on_a_day(day: date, total: int, cities: int) -> None:
    standing = [p for p in provinces() if p.valid(day, day)]
    assert len({p.name for p in standing}) == len(standing) == total
    assert sum(p.kind == "thành phố" for p in standing) == cities


@pytest.mark.parametrize(
    ("printed", "day", "name"),
    [
        ("Khánh Hoà", date(2023, 12, 1), "Khánh Hòa"),
        ("TP. HCM", date(2023, 12, 1), "Hồ Chí Minh"),
        ("Bình Định", date(2023, 12, 1), "Bình Định"),
        ("Bình Định", date(2026, 1, 1), None),
        ("Huế", date(2023, 12, 1), None),
        ("Thừa Thiên Huế", date(2023, 12, 1), "Thừa Thiên Huế"),
        ("Thừa Thiên - Huế", date(2023, 12, 1), "Thừa Thiên Huế"),
        ("Thừa Thiên Huế", date(2025, 1, 1), None),
        ("Huế", date(2025, 1, 1), "Huế"),
        ("Hà Tây", date(2008, 7, 1), "Hà Tây"),
        ("Hà Tây", date(2009, 7, 1), None),
        ("Nha Trang", date(2023, 12, 1), None),
    ],
)
def test_a_name_holds_in_its_time_only(printed: str, day: date, name: str | None) -> None:
    assert province_named(printed, day, day) == name


def test_a_name_without_a_day() -> None:
    assert province_named("Bình Định") == "Bình Định"
    assert province_named("đắk lắk") == "Đắk Lắk"


def test_dossier_codes_name_old_provinces() -> None:
    assert province_of_hcode("H23") == "Hải Dương"
    assert province_of_hcode("H99") is None
    old = {p.name for p in provinces() if p.valid(date(2025, 1, 1), date(2025, 1, 1))}
    assert {province_of_hcode(f"H{n:02}") for n in range(1, 64)} <= old | {None}


def test_tone_key_keeps_the_length() -> None:
    text = "Uỷ ban Hoà Bình, Thuỷ, khoẻ, QUÝ"
    assert tone_key(text) == "ủy ban hòa bình, thủy, khỏe, quý"
    assert len(tone_key(text)) == len(text)
