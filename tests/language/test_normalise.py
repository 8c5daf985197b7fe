"""One spelling for matching, and the way back to the characters of the file."""

from __future__ import annotations

import time
import unicodedata

import pytest

from extractors.language.normalise import normalise

NFD = unicodedata.normalize("NFD", "Đã giải quyết trước hạn 33.451 hồ sơ")


@pytest.mark.parametrize(
    ("text", "same"),
    [
        (NFD, "Đã giải quyết trước hạn 33.451 hồ sơ"),
        ("hoa\u0300", "hòa"),  # the mark typed behind the vowel it does not belong on
        ("QÐ-UBND, Ðà Nẵng, ð", "QĐ-UBND, Đà Nẵng, đ"),  # Icelandic eth for Đ
        ("33.451\u00a0hồ\u202fsơ\u3000mới", "33.451 hồ sơ mới"),
        ("thủ\u00ad tục, trễ\u200b hạn\ufeff", "thủ tục, trễ hạn"),
        ("30\u2013KH/TU, 707/QĐ\u2011UBND, \u2212 5", "30-KH/TU, 707/QĐ-UBND, - 5"),
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("99\uff05, 3\u20447", "99%, 3/7"),
        ("a\x00b\x1bc\u202ed", "abcd"),
        (
            "THỊ TRẤN ĐỊNH HÓA, TR\u0130ỆU, \u0131, \u017fáu",
            "THỊ TRẤN ĐỊNH HÓA, TRIỆU, i, sáu",
        ),  # i and s to patterns without case
        ("thu\u1ef7\u0f71\u0308", "thu\u1ef7\u0f71\u0308"),  # the bare vowel would take up the last mark
        ("1\u0309\u0f73", "1\u0f71\u0f72\u0309"),  # a sign that composing takes apart into marks
        ("\u0660 ٣ ７ ²", "\u0660 ٣ ７ ²"),  # digits of other scripts are no figures
    ],
)
def test_one_spelling(text: str, same: str) -> None:
    assert normalise(text).text == same


@pytest.mark.parametrize(
    ("late", "early"),
    [
        ("hoà, khoẻ, thuỷ, HOÀ, Thuý", "hòa, khỏe, thủy, HÒA, Thúy"),
        ("quý, quỳ, quỹ, Quý", "quý, quỳ, quỹ, Quý"),  # the u belongs to qu
        ("hoàn, toán, khoẻn, tuỳnh", "hoàn, toán, khoẻn, tuỳnh"),  # a final consonant: one spelling only
        ("hòa, khỏe, thủy", "hòa, khỏe, thủy"),
    ],
)
def test_the_tone_mark_stands_on_the_first_vowel(late: str, early: str) -> None:
    made = normalise(late)
    assert made.text == early
    assert [made.original(at) for at in range(len(late))] == list(range(len(late)))


def test_both_spellings_of_a_name_are_one() -> None:
    assert normalise("Khánh Hoà, Thanh Hoá").text == normalise("Khánh Hòa, Thanh Hóa").text


@pytest.mark.parametrize("needle", ["trước hạn", "33.451", "hồ sơ"])
def test_a_match_is_found_again_in_decomposed_text(needle: str) -> None:
    made = normalise(NFD)
    at = made.text.index(needle)
    start, end = made.span(at, at + len(needle))
    assert unicodedata.normalize("NFC", NFD[start:end]) == needle


def test_dropped_characters_stay_outside_the_spans_beside_them() -> None:
    text = "trễ\u200b hạn\u00ad: 7"
    made = normalise(text)
    assert made.text == "trễ hạn: 7"
    start, end = made.span(0, 3)
    assert text[start:end] == "trễ"
    start, end = made.span(4, 7)
    assert text[start:end] == "hạn"
    assert made.span(3, 3) == (made.original(3), made.original(3))
    assert made.original(len(made.text)) == len(text)


def test_marks_belong_to_the_letter_before_them() -> None:
    made = normalise("a\u0300\u0323b")
    assert (made.text, made.span(0, 1), made.span(2, 3)) == ("ạ\u0300b", (0, 3), (3, 4))


def test_empty_text() -> None:
    made = normalise("")
    assert (made.text, made.span(0, 0), made.original(0)) == ("", (0, 0), 0)


@pytest.mark.parametrize(
    "text",
    ["\u0300" * 50_000, "e\u0323" * 50_000, "a" + "\u0301" * 100_000, "\u200b" * 100_000, "oà" * 50_000],
    ids=["marks alone", "decomposed", "marks on one letter", "nothing visible", "late tones"],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    """A second is fifty times what this takes; a quadratic walk takes minutes."""
    begun = time.process_time()
    made = normalise(text)
    assert made.original(len(made.text)) == len(text)
    assert time.process_time() - begun < 1.5
