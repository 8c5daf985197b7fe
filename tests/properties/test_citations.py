"""Citations: every class of số and ký hiệu, as printed in a sentence, comes back as its key."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.properties.contracts import citations as contracts
from tests.properties.effort import quick

numbers = st.integers(1, 99_999).map(str) | st.integers(1, 9).map(lambda n: f"{n:02}") | st.sampled_from(["30c", "21a"])
years = st.integers(1990, 2049)
days = st.dates(date(1990, 1, 1), date(2049, 12, 31))

TYPES = ("QĐ", "KH", "BC", "TB", "CTr", "TTr", "HD", "CT", "NQ", "ĐA", "PA", "BB")
BODIES = ("UBND", "SCT", "SNV", "SNNMT", "SLĐTBXH", "SGD&ĐT", "BQLKKT", "TTPVHCC")
UNITS = ("", "-KHTC", "-VP", "-CĐS")
joined = st.builds

named = joined("{}/{}-{}{}".format, numbers, st.sampled_from(TYPES), st.sampled_from(BODIES), st.sampled_from(UNITS))
letter = joined("{}/{}-{}".format, numbers, st.sampled_from(BODIES), st.sampled_from(["VP", "KT", "CCHC", "NC"]))
normative = joined(
    "{}/{}/{}".format,
    st.integers(1, 400),
    years,
    st.sampled_from(["NĐ-CP", "QĐ-UBND", "NQ-HĐND", "QĐ-TTg", "TT-VPCP", "TT-BNV", "TB-UBND"]),
)
resolution = joined("{}.{}/{}/NQ-CP".format, st.integers(1, 99), st.integers(1, 99), st.integers(2025, 2030))
joint = joined("{}/{}/TTLT-{}-{}".format, st.integers(1, 200), years, st.just("BNV"), st.sampled_from(["BTC", "BTP"]))
law = joined("{}/{}/QH{}".format, st.integers(1, 120), years, st.integers(11, 16))
committee = joined("{}/{}/UBTVQH{}".format, st.integers(1, 120), years, st.integers(11, 16)) | joined(
    "{}/NQ-UBTVQH{}".format, st.integers(1, 1999), st.integers(11, 16)
)
merged = joined("{}/VBHN-{}".format, st.integers(1, 99), st.sampled_from(["VPQH", "BNV", "VPCP"]))
party = joined(
    "{}-{}/{}".format,
    st.integers(1, 9_999),
    st.sampled_from(["KL", "NQ", "CT", "CTr", "QĐ", "CV", "HD", "QyĐ"]),
    st.sampled_from(["TU", "TW", "ĐU", "BCSD", "VPTW"]),
)
CLASSES = {
    "named": (named, "Văn bản"),
    "letter": (letter, "Công văn"),
    "normative": (normative, "Văn bản"),
    "resolution": (resolution, "Nghị quyết"),
    "joint": (joint, "Thông tư liên tịch"),
    "law": (law, "Luật"),
    "committee": (committee, "Nghị quyết"),
    "merged": (merged, "Văn bản hợp nhất"),
    "party": (party, "Văn bản"),
}
keys = st.one_of(*(keys.map(lambda key, word=word: (key, word)) for keys, word in CLASSES.values()))


@quick
@given(keys, days, st.sampled_from(contracts.FRAMES))
def test_every_class_comes_back_as_its_key_with_its_date(named: tuple[str, str], day: date, frame: str) -> None:
    key, word = named
    contracts.comes_back_with_its_date(word, key, day, frame)


@quick
@given(keys)
def test_a_citation_without_a_date_keeps_its_key(named: tuple[str, str]) -> None:
    key, word = named
    contracts.keeps_its_key_without_a_date(word, key)


@quick
@given(st.lists(named, min_size=2, max_size=5, unique=True))
def test_a_list_comes_back_one_by_one(several: list[str]) -> None:
    contracts.list_comes_back_one_by_one(several)


@quick
@given(named, st.sampled_from(contracts.SPACED), st.booleans())
def test_blanks_and_a_look_alike_letter_do_not_change_the_key(key: str, spaced: str, look_alike: bool) -> None:
    contracts.blanks_and_look_alikes_do_not_change(key, spaced, look_alike)


@quick
@given(named)
def test_a_blank_number_has_no_key(key: str) -> None:
    contracts.blank_number_has_no_key(key.partition("/")[2])


@quick
@given(st.integers(1, 99_999), st.integers(1, 99_999), st.sampled_from(["hồ sơ", "TTHC", "điểm", "đơn vị", "văn bản"]))
def test_a_fraction_is_no_citation(a: int, b: int, noun: str) -> None:
    contracts.fraction_is_no_citation(a, b, noun)


@quick
@given(st.text(max_size=80) | st.text(alphabet=st.sampled_from("0123456789/-.&ĐQKHUBNDsố ngàytháwTr\n"), max_size=80))
def test_no_text_breaks_the_grammar(raw: str) -> None:
    contracts.citations_of_any_text(raw)
    contracts.identifiers_of_any_text(raw)
