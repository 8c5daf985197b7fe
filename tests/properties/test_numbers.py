"""Figures: what is printed in Vietnamese notation is read back, and only equal or rounded values agree."""

from __future__ import annotations

import itertools
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from hypothesis import assume, example, given
from hypothesis import strategies as st

from extractors.facts.number_notation import COUNTED
from extractors.facts.number_words import value_of
from extractors.facts.numbers import Habit, find_fractions, find_numbers, infer_habit
from extractors.model import Quantity
from pipeline.checks import intervals
from pipeline.checks.slips import slip_cost
from tests.properties.effort import quick

counts = st.integers(0, 10**9)
decimals = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(0, 10**8), st.integers(min_value=1, max_value=6)
)


def vietnamese(value: Decimal | int, grouped: bool = True) -> str:
    """A figure as an office prints it, "33.451,5"; written here again, so that the program is not its own witness."""
    whole, _, rest = format(Decimal(value), "f").partition(".")
    groups = [whole[max(0, end - 3) : end] for end in range(len(whole), 0, -3)]
    head = ".".join(reversed(groups)) if grouped else whole
    return f"{head},{rest}" if rest else head


def english(value: Decimal | int) -> str:
    """The same in English notation."""
    return vietnamese(value).translate(str.maketrans(".,", ",."))


def quantity(value: Decimal) -> Quantity:
    """A figure that prints just the decimals of its value."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Quantity(str(value), value, Decimal(1).scaleb(min(0, exponent)))


@quick
@given(counts, st.booleans(), st.sampled_from(COUNTED))
def test_a_count_is_read_back(value: int, grouped: bool, noun: str) -> None:
    printed = vietnamese(value, grouped)
    (span,) = find_numbers(f"Trong kỳ có {printed} {noun}.")
    assert (span.quantity.value, span.quantity.ulp, span.quantity.other) == (value, 1, None)
    assert span.quantity.text == printed


@quick
@given(counts.filter(lambda n: n < 100), st.sampled_from(COUNTED))
def test_a_padded_count_is_read_back(value: int, noun: str) -> None:
    (span,) = find_numbers(f"gồm {value:02} {noun}")
    assert (span.quantity.value, span.quantity.text) == (value, f"{value:02}")


@quick
@given(decimals)
@example(Decimal("0.0003"))
@example(Decimal("99.980"))
def test_a_percentage_is_read_back_with_its_decimals(value: Decimal) -> None:
    printed = f"{vietnamese(value)}%"
    (span,) = find_numbers(f"đạt tỷ lệ {printed}.")
    assert span.percent and span.quantity.text == printed
    assert span.quantity.value == value
    assert span.quantity.ulp == Decimal(1).scaleb(value.as_tuple().exponent)  # type: ignore[arg-type]


@quick
@given(decimals)
def test_a_score_is_read_back_or_both_readings_are_kept(value: Decimal) -> None:
    (span,) = find_numbers(f"đạt {vietnamese(value)} điểm")
    assert value in (span.quantity.value, span.quantity.other)


@quick
@given(decimals)
def test_english_notation_is_read_back_where_it_is_the_habit(value: Decimal) -> None:
    (span,) = find_numbers(f"đạt tỷ lệ {english(value)}%", Habit(",", ".", sure=True))
    assert span.quantity.value == value


@quick
@given(counts, decimals.filter(lambda d: len(str(d).partition(".")[2]) not in (0, 3)))
def test_the_habit_is_inferred_from_figures_of_one_notation(count: int, rate: Decimal) -> None:
    assume(count >= 1000)
    for show, mark in ((vietnamese, ","), (english, ".")):
        texts = [f"{show(count)} hồ sơ, đạt {show(rate)}%" for _ in range(3)]
        assert infer_habit(texts).decimal == mark


@quick
@given(counts, counts.filter(bool))
def test_a_fraction_is_read_back(top: int, bottom: int) -> None:
    text = f"Kết quả có {vietnamese(top)}/{vietnamese(bottom)} hồ sơ."
    (pair,) = find_fractions(text, find_numbers(text))
    assert (pair.numerator.quantity.value, pair.denominator.quantity.value) == (top, bottom)


# --- words -----------------------------------------------------------------------------------------------------------

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def spoken(value: int) -> str:
    """A number from 1 to 999.999 as it is said, each group of three in full behind the thousands."""
    thousands, rest = divmod(value, 1000)
    if not thousands:
        return below_thousand(rest, full=False)
    head = f"{below_thousand(thousands, full=False)} nghìn"
    return f"{head} {below_thousand(rest, full=True)}" if rest else head


def below_thousand(value: int, full: bool) -> str:
    """Three digits; `full` says the hundreds even where there are none."""
    hundreds, rest = divmod(value, 100)
    head = f"{DIGITS[hundreds]} trăm" if hundreds or full else ""
    if not rest:
        return head
    if rest < 10:
        return f"{head} linh {DIGITS[rest]}" if head else DIGITS[rest]
    tens, unit = divmod(rest, 10)
    words = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    if unit:
        words += " " + ("lăm" if unit == 5 else "mốt" if unit == 1 and tens > 1 else DIGITS[unit])
    return f"{head} {words}".strip()


@quick
@given(st.integers(1, 999_999))
@example(15)
@example(21)
@example(105)
@example(1_005)
@example(999_999)
def test_a_number_in_words_is_read_back(value: int) -> None:
    assert value_of(spoken(value)) == value


def test_every_number_below_a_thousand_in_words_is_read_back() -> None:
    assert [value_of(spoken(n)) for n in range(1, 1000)] == list(range(1, 1000))


@quick
@given(st.lists(st.sampled_from([*DIGITS, "mười", "mươi", "trăm", "nghìn", "linh", "lăm", "mốt", "tư"]), max_size=9))
def test_any_heap_of_number_words_is_a_number_or_none(words: list[str]) -> None:
    value = value_of(" ".join(words))
    assert value is None or 0 <= value < 10**6


# --- what agrees -----------------------------------------------------------------------------------------------------


@quick
@given(counts, counts)
def test_two_exact_values_agree_only_where_they_are_equal(a: int, b: int) -> None:
    one, other = intervals.of(quantity(Decimal(a))), intervals.of(quantity(Decimal(b)))
    assert intervals.meet(one, other) == (a == b)
    assert intervals.meet(one, intervals.point(a))


@quick
@given(decimals, st.integers(0, 5))
def test_a_value_agrees_with_its_own_rounding(value: Decimal, places: int) -> None:
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    admitted = intervals.of(quantity(rounded), percent=True)
    exact = places == 0 and rounded in (0, 100)
    assert exact or intervals.meet(admitted, intervals.point(value))


@quick
@given(decimals, st.integers(1, 5))
def test_a_value_cut_off_is_known_for_it(value: Decimal, places: int) -> None:
    cut = quantity(value.quantize(Decimal(1).scaleb(-places), ROUND_DOWN))
    assert intervals.cut(cut, intervals.point(value))


@quick
@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(1, 4))
def test_a_rate_of_any_counts_is_admitted_to_any_decimals(top: int, bottom: int, places: int) -> None:
    """The rate is worked out in whole numbers, so that no rounding of the program is trusted."""
    unit = 10**places
    nearest = (2 * 100 * unit * top + bottom) // (2 * bottom)
    stated = intervals.of(quantity(Decimal(nearest).scaleb(-places)))
    computed = intervals.quotient(intervals.point(top), intervals.point(bottom))
    assert computed is not None and intervals.meet(stated, computed)
    off = intervals.of(quantity(Decimal(nearest + 2).scaleb(-places)))
    assert not intervals.meet(off, computed)


@quick
@given(st.lists(st.tuples(decimals, st.sampled_from([1, -1])), max_size=6))
def test_the_true_sum_lies_in_the_sum_of_intervals(parts: list[tuple[Decimal, int]]) -> None:
    low, high = intervals.add([(intervals.of(quantity(value)), sign) for value, sign in parts])
    assert low <= sum((value * sign for value, sign in parts), Decimal(0)) <= high


@quick
@given(st.one_of(counts.map(Decimal), decimals))
def test_what_the_messages_show_is_read_back(value: Decimal) -> None:
    assert intervals.show(value) == vietnamese(value)
    assert intervals.show_en(value) == english(value)


@quick
@given(st.one_of(counts.map(Decimal), decimals), st.one_of(counts.map(Decimal), decimals))
def test_the_cost_of_a_slip_is_symmetric_and_nothing_only_for_equals(a: Decimal, b: Decimal) -> None:
    assert slip_cost(a, b) == slip_cost(b, a)
    assert (slip_cost(a, b) == 0) == (a == b)


@quick
@given(st.integers(10, 10**8), st.data())
def test_one_changed_digit_is_the_cheapest_slip(value: int, data: st.DataObject) -> None:
    digits = list(str(value))
    at = data.draw(st.integers(1, len(digits) - 1))
    digits[at] = data.draw(st.sampled_from([d for d in "0123456789" if d != digits[at]]))
    assert slip_cost(Decimal(value), Decimal("".join(digits))) == 1


@quick
@given(st.text(alphabet=st.sampled_from("0123456789.,/% -xXhồsơ()="), max_size=60))
def test_figures_of_any_text_are_whole_runs_in_order(text: str) -> None:
    spans = find_numbers(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert all(span.quantity.ulp > 0 and span.quantity.value.is_finite() for span in spans)
    assert all(not text[span.end - 1 : span.end + 1].isdigit() or span.end == len(text) for span in spans)
