"""Old Vietnamese codes become Unicode where that is proved, and nothing else changes."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.readers.legacy import Verdicts, converted, joined, ranges, told
from extractors.readers.legacy_codes import NAMES, Code, Name, code_of, decoded
from extractors.readers.syllables import in_order, score, true_syllable
from tests.readers.legacy import ENCODERS, LETTERS, tcvn3, vni, vps

SENTENCE = "Công tác cải cách hành chính năm 2024: tiếp nhận 33.451 hồ sơ, giải quyết đúng hạn, số quá hạn là 16 hồ sơ"
CAPITALS = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"

both_cases = st.text(
    alphabet=LETTERS + LETTERS.upper() + "abcdefghiklmnopqrstuvxyABCDEFGH 0123456789.,/-%", max_size=60
)
small = st.text(alphabet=LETTERS + "abcdefghiklmnopqrstuvxy 0123456789.,/-%", max_size=60)


# --- the tables ----------------------------------------------------------------------------------------------------


@given(both_cases)
def test_vni_round_trip(text: str) -> None:
    assert decoded(vni(text), Code("VNI")) == text


@given(small)
def test_tcvn3_and_vps_round_trip_in_small_letters(text: str) -> None:
    assert decoded(tcvn3(text), Code("TCVN3")) == text
    assert decoded(vps(text), Code("VPS")) == text


@given(both_cases)
def test_a_font_of_capitals_shows_small_codes_as_capitals(text: str) -> None:
    assert decoded(tcvn3(text.lower()), Code("TCVN3", capitals=True)) == text.upper()


def test_every_letter_has_a_code_of_its_own() -> None:
    for encode in ENCODERS.values():
        assert len({encode(letter) for letter in LETTERS}) == len(LETTERS)


@pytest.mark.skipif(shutil.which("iconv") is None, reason="the C library's converter is not here")
def test_tcvn3_agrees_with_the_c_library() -> None:
    places = bytes([*range(0xA1, 0xB0), *range(0xB5, 0x100)])
    done = subprocess.run(["iconv", "-f", "TCVN", "-t", "UTF-8"], input=places, capture_output=True, check=True)
    theirs = unicodedata.normalize("NFC", done.stdout.decode())
    assert [decoded(chr(place), Code("TCVN3")) for place in places] == list(theirs)


def test_viscii_letters_stand_where_rfc_1456_has_them() -> None:
    places = {0xD0: "Đ", 0xF0: "đ", 0xD5: "ạ", 0xE4: "ả", 0xAA: "ế", 0xB5: "ộ", 0xFE: "ợ", 0xDF: "ư", 0x80: "Ạ", 0x02: "Ẳ", 0xCF: "ỳ", 0xB3: "Ỡ"}  # fmt: skip
    assert {place: decoded(chr(place), Code("VISCII")) for place in places} == places
    assert set(LETTERS + LETTERS.upper()) <= {decoded(chr(n), Code("VISCII")) for n in range(256)}


@pytest.mark.parametrize(
    "form", [lambda c: chr(0xF000 + ord(c)) if c > "\x7f" else c, lambda c: "\u03bc" if c == "µ" else c]
)
def test_places_of_symbol_fonts_and_the_greek_letter_are_known(form) -> None:  # type: ignore[no-untyped-def]
    assert decoded("".join(map(form, tcvn3(SENTENCE))), Code("TCVN3")) == SENTENCE


def test_what_windows_shows_for_places_of_control_characters_is_known() -> None:
    raw = vps("kết quả tiếp nhận điện tử").encode("latin-1").decode("cp1252")
    assert "‹" in raw or "Š" in raw or "‰" in raw
    assert decoded(raw, Code("VPS")) == "kết quả tiếp nhận điện tử"


@pytest.mark.parametrize(
    ("font", "code"),
    [
        (".VnTime", Code("TCVN3")),
        ("ABCDEF+.VnTimeH", Code("TCVN3", True)),
        (".VnArialH,Bold", Code("TCVN3", True)),
        (".VnTime,Bold", Code("TCVN3")),
        (".VNTIMEH", Code("TCVN3", True)),
        ("VNI-Times", Code("VNI")),
        ("VNI Helve", Code("VNI")),
        ("BCDEEE+VNI-Times-Bold", Code("VNI")),
        ("VPS Times", Code("VPS")),
        ("'VI Times'", Code("VISCII")),
        ("Times New Roman", None),
        ("VNPT Sans", None),
        ("Vnext", None),
        ("", None),
        (None, None),
    ],
)
def test_names_of_fonts(font: str | None, code: Code | None) -> None:
    assert code_of(font) == code


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("CéNG HßA X· HéI", "CỘNG HÒA XÃ HỘI"),
        ("Së Y TÕ", "SỞ Y TẾ"),
        ("UBND TØNH Hµ NAM b¸o c¸o", "UBND TỈNH Hà NAM báo cáo"),
        ("Hµ Néi, ngµy 5", "Hà Nội, ngày 5"),
        ("§µ L¹t", "Đà Lạt"),
        ("QĐ-UBND: 12".replace("Đ", "§"), "QĐ-UBND: 12"),
    ],
)
def test_capitals_typed_without_the_font_of_capitals(raw: str, text: str) -> None:
    assert decoded(raw, Code("TCVN3")) == text


# --- syllables -----------------------------------------------------------------------------------------------------

TRUE = "nghiệp khuyết quyền giữa giếng gì quốc Đắk ngoằn thuở khuỷu ỷ quýt hoạch ĐIỀU QĐ Kạn kỹ yếu uống xoong người hoà hòa"
FALSE = "taùc hµnh c«ng céng ngiệp hộk bácc ghà nháph cáb haỉn ÑOÀNG thủyy náàn quiên hòc cãp"


def test_the_inventory_of_syllables() -> None:
    assert [w for w in TRUE.split() if not true_syllable(w)] == []
    assert [w for w in FALSE.split() if true_syllable(w)] == []
    assert not true_syllable("hoc\u0300"), "a stop takes the sharp or the heavy tone only"


def test_the_share_of_syllables() -> None:
    assert score(SENTENCE).share == 1.0
    for encode in ENCODERS.values():
        assert score(encode(SENTENCE), raw=True).share < 0.5
    assert score("33.451 / 16 × 5 TTHC").words == 0


@given(st.sampled_from(LETTERS + LETTERS.upper()))
def test_marks_in_the_wrong_order_compose(letter: str) -> None:
    parts = unicodedata.normalize("NFD", letter)
    wrong = parts[0] + parts[:0:-1]
    assert unicodedata.normalize("NFC", in_order(wrong)) == letter
    assert in_order(parts) == parts and in_order(letter) == letter


# --- verdicts ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["TCVN3", "VNI", "VPS"])
def test_a_text_without_fonts_is_told_by_its_syllables(name: Name) -> None:
    text = f"{SENTENCE}\n{SENTENCE.replace('2024', '2023')}\n"
    assert converted(ENCODERS[name](text)) == (text, (name,))


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "Có hai bên: bên A và bên B có các ý kiến, cá nhân có ba lần là hàng hóa và cá thì bán xa, má là là tà là",
        "Le café est très cher à Paris, où l'été a été très chaud; voilà déjà, garçon, où ça? Élève, à côté, forêt.",
        "São Paulo não é a capital; informação, atenção, avião, coração, três, você, também, até, área, difícil.",
        "Die Behörde prüft Anträge für Bürger, die über größere Flächen verfügen: natürlich später möglich, gemäß.",
        "12 × 5 ± 3 §2 °C ½ ¼ µm «a» ² ³ × × × ÷ ÷ ÷ § § § µ µ",
        "Plain ASCII only.",
    ],
)
def test_sound_and_foreign_text_stays_as_it_is(text: str) -> None:
    assert converted(text) == (text, ())


def test_unicode_lines_of_a_mixed_text_stay() -> None:
    raw = f"{tcvn3(SENTENCE)}\n{SENTENCE}\nCó ý kiến của đơn vị\n"
    assert converted(raw) == (f"{SENTENCE}\n{SENTENCE}\nCó ý kiến của đơn vị\n", ("TCVN3",))


def test_unicode_in_a_font_with_an_old_name_stays() -> None:
    verdicts = Verdicts()
    for text in (SENTENCE, "có ý kiến", "bên A và bên B"):
        verdicts.learn(text, ".VnTime")
    assert not verdicts.proved
    assert all(verdicts.read(t, ".VnTime") is None for t in (SENTENCE, "có", "§ 5", "abc"))


def test_one_font_proves_nothing_for_another() -> None:
    verdicts = Verdicts()
    verdicts.learn(tcvn3(SENTENCE), ".VnTime")
    verdicts.learn("có ý kiến và các bên", "Times New Roman")
    made = verdicts.read(tcvn3("có ý kiến"), ".VnTimeH")
    assert made is not None and joined(made) == "CÓ Ý KIẾN"
    assert verdicts.read("có ý kiến", "Times New Roman") is None
    assert verdicts.read("ubnd", ".VnTimeH") is not None and verdicts.read("ubnd", ".VnTime") is None


def test_a_wrong_name_proves_nothing() -> None:
    verdicts = Verdicts()
    verdicts.learn(vni(SENTENCE), ".VnTime")
    assert verdicts.code(".VnTime") is None


def test_the_message_names_codes_and_pages() -> None:
    assert told(["VNI"]).message == "Chữ VNI đã được chuyển sang Unicode."
    assert (
        told(["TCVN3", "TCVN3"], [5, 1, 2, 3]).message == "Chữ TCVN3 (ABC) ở trang 1–3, 5 đã được chuyển sang Unicode."
    )
    assert ranges([2]) == "2"


@given(st.text(max_size=200), st.sampled_from(NAMES), st.booleans())
def test_no_text_breaks_the_decoder(text: str, name: Name, capitals: bool) -> None:
    from extractors.readers.legacy_codes import spans

    made = spans(text, Code(name, capitals))
    assert [text[start:end] for start, end, _ in made] == [text[a:b] for a, b in zip([0, *(e for _, e, _ in made)], [e for _, e, _ in made], strict=False)]  # fmt: skip
    assert "".join(text[start:end] for start, end, _ in made) == text
    assert isinstance(converted(text)[0], str)
