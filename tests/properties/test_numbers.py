"""Figures: what is printed in Vietnamese notation is read back, and any text yields whole figures only."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import assume, example, given
from hypothesis import strategies as st

from extractors.facts.number_notation import COUNTED
from extractors.facts.number_words import value_of
from tests.properties.contracts import numbers as contracts
from tests.properties.effort import quick
from tests.properties.figures import counts, decimals

nouns = st.sampled_from(COUNTED)
NOTATION = st.sampled_from("0123456789.,/% -xXhồsơ()=")
SAID = (
    "không có",
    "chưa phát sinh",
    "hồ sơ",
    "trễ hạn",
    "hai",
    "mươi",
    "lăm",
    "trăm",
    "linh",
    "một",
    "năm",
    ",",
    "TTHC",
)


@quick
@given(counts, st.booleans(), nouns)
def test_a_count_is_read_back(value: int, grouped: bool, noun: str) -> None:
    contracts.count_is_read_back(value, grouped, noun)


@quick
@given(st.integers(0, 99), nouns)
def test_a_padded_count_is_read_back(value: int, noun: str) -> None:
    contracts.padded_count_is_read_back(value, noun)


@quick
@given(decimals)
@example(Decimal("0.0003"))
@example(Decimal("99.980"))
def test_a_percentage_is_read_back_with_its_decimals(value: Decimal) -> None:
    contracts.percentage_is_read_back(value)


@quick
@given(decimals)
def test_a_fall_is_read_back_with_its_sign(value: Decimal) -> None:
    contracts.fall_is_read_back(value)


@quick
@given(decimals)
def test_a_score_is_read_back_or_both_readings_are_kept(value: Decimal) -> None:
    contracts.score_is_read_back_or_both_readings_are_kept(value)


@quick
@given(decimals)
def test_english_notation_is_read_back_where_it_is_the_habit(value: Decimal) -> None:
    contracts.english_is_read_back_where_it_is_the_habit(value)


@quick
@given(counts, decimals.filter(lambda d: len(str(d).partition(".")[2]) not in (0, 3)))
def test_the_habit_is_inferred_from_figures_of_one_notation(count: int, rate: Decimal) -> None:
    assume(count >= 1000)
    contracts.habit_is_inferred_from_one_notation(count, rate)


@quick
@given(counts, counts.filter(bool))
def test_a_fraction_is_read_back(top: int, bottom: int) -> None:
    contracts.fraction_is_read_back(top, bottom)


# --- words -----------------------------------------------------------------------------------------------------------


@quick
@given(st.integers(1, 999_999))
@example(15)
@example(21)
@example(105)
@example(1_005)
@example(999_999)
def test_a_number_in_words_is_read_back(value: int) -> None:
    contracts.words_are_read_back(value)


def test_every_number_below_a_thousand_in_words_is_read_back() -> None:
    assert [value_of(contracts.spoken(n)) for n in range(1, 1000)] == list(range(1, 1000))


@quick
@given(
    st.lists(
        st.sampled_from([*contracts.DIGITS, "mười", "mươi", "trăm", "nghìn", "linh", "lăm", "mốt", "tư"]), max_size=9
    )
)
def test_any_heap_of_number_words_is_a_number_or_none(words: list[str]) -> None:
    contracts.heap_of_words_is_a_number_or_none(words)


# --- any text --------------------------------------------------------------------------------------------------------


@quick
@given(st.text(alphabet=NOTATION, max_size=60) | st.text(max_size=60))
def test_figures_of_any_text_are_whole_runs_in_order(text: str) -> None:
    contracts.figures_of_any_text(text)


@quick
@given(st.lists(st.sampled_from(SAID), max_size=14).map(" ".join) | st.text(max_size=60))
def test_numbers_in_words_of_any_text_stand_where_they_say(text: str) -> None:
    contracts.words_of_any_text(text)
