"""Figures: what is printed is read back, and of any text only whole figures are read."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.facts.number_words import find_number_words, value_of
from extractors.facts.numbers import Habit, find_fractions, find_numbers, find_products, find_stated_zeros, infer_habit
from extractors.language.normalise import normalise
from extractors.model import Quantity

ENGLISH, SPACED = Habit(",", ".", sure=True), Habit(" ", ",", sure=True)
DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def vietnamese(value: Decimal | int, grouped: bool = True) -> str:
    """A figure as an office prints it, "33.451,5"; written here again, so that the program is not its own witness."""
    whole, _, rest = format(Decimal(value), "f").partition(".")
    sign, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    groups = [whole[max(0, end - 3) : end] for end in range(len(whole), 0, -3)]
    head = sign + (".".join(reversed(groups)) if grouped else whole)
    return f"{head},{rest}" if rest else head


def english(value: Decimal | int) -> str:
    """The same in English notation."""
    return vietnamese(value).translate(str.maketrans(".,", ",."))


def quantity(value: Decimal, approx: bool = False) -> Quantity:
    """A figure that prints just the decimals of its value."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Quantity(str(value), value, Decimal(1).scaleb(min(0, exponent)), approx)


# --- what is printed -------------------------------------------------------------------------------------------------


def count_is_read_back(value: int, grouped: bool, noun: str) -> None:
    """A count before the thing it counts has one reading, with or without its groups."""
    printed = vietnamese(value, grouped)
    (span,) = find_numbers(f"Trong kỳ có {printed} {noun}.")
    assert (span.quantity.value, span.quantity.ulp, span.quantity.other) == (value, 1, None)
    assert span.quantity.text == printed


def padded_count_is_read_back(value: int, noun: str) -> None:
    """ "07 hồ sơ" are seven; `value` is below a hundred."""
    (span,) = find_numbers(f"gồm {value:02} {noun}")
    assert (span.quantity.value, span.quantity.text) == (value, f"{value:02}")


def percentage_is_read_back(value: Decimal) -> None:
    """A percentage keeps its value and the place it is rounded to; `value` has decimals."""
    printed = f"{vietnamese(value)}%"
    (span,) = find_numbers(f"đạt tỷ lệ {printed}.")
    assert span.percent and span.quantity.text == printed
    assert span.quantity.value == value
    assert span.quantity.ulp == quantity(value).ulp


def fall_is_read_back(value: Decimal) -> None:
    """A rate of growth keeps its sign; `value` has decimals."""
    (span,) = find_numbers(f"tốc độ tăng trưởng -{vietnamese(value)}%")
    assert (span.quantity.value, span.quantity.text) == (-value, f"-{vietnamese(value)}%")


def score_is_read_back_or_both_readings_are_kept(value: Decimal) -> None:
    """Where the notation cannot be decided, the right reading is one of the two."""
    (span,) = find_numbers(f"đạt {vietnamese(value)} điểm")
    assert value in (span.quantity.value, span.quantity.other)


def english_is_read_back_where_it_is_the_habit(value: Decimal) -> None:
    """`value` has decimals."""
    (span,) = find_numbers(f"đạt tỷ lệ {english(value)}%", ENGLISH)
    assert span.quantity.value == value


def habit_is_inferred_from_one_notation(count: int, rate: Decimal) -> None:
    """`count` is a thousand or more; `rate` prints neither no nor three decimals."""
    for show, mark in ((vietnamese, ","), (english, ".")):
        texts = [f"{show(count)} hồ sơ, đạt {show(rate)}%" for _ in range(3)]
        assert infer_habit(texts).decimal == mark


def fraction_is_read_back(top: int, bottom: int) -> None:
    """Both figures of "580/624 hồ sơ"."""
    text = f"Kết quả có {vietnamese(top)}/{vietnamese(bottom)} hồ sơ."
    (pair,) = find_fractions(text, find_numbers(text))
    assert (pair.numerator.quantity.value, pair.denominator.quantity.value) == (top, bottom)


# --- words -----------------------------------------------------------------------------------------------------------


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


def words_are_read_back(value: int) -> None:
    """A number from 1 to 999.999."""
    assert value_of(spoken(value)) == value


def heap_of_words_is_a_number_or_none(words: Sequence[str]) -> None:
    """Number words in any order."""
    value = value_of(" ".join(words))
    assert value is None or 0 <= value < 10**6


# --- any text --------------------------------------------------------------------------------------------------------


def _significant(printed: str) -> str:
    return re.sub("[^0-9]", "", printed).strip("0")


def figures_of_any_text(raw: str) -> None:
    """Figures are whole runs in order, made of just the digits that are printed, whatever the notation."""
    text = normalise(raw).text
    for habit in dict.fromkeys((Habit(), ENGLISH, SPACED, infer_habit([text]))):
        spans = find_numbers(text, habit)
        assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
        for span in spans:
            figure = span.quantity
            assert 0 <= span.start < span.end <= len(text)
            assert figure.text == text[span.start : span.end]
            assert figure.value.is_finite() and figure.ulp > 0 and figure.other != figure.value
            if figure.words:
                assert figure.value > 0 and figure.value == figure.value.to_integral_value()
                continue
            assert not ("0" <= text[span.start - 1 : span.start] <= "9") or text[span.start] == "-"
            assert not re.match("[0-9]", text[span.end :]) or not text[span.end - 1].isdigit()
            for value in (figure.value, figure.value if figure.other is None else figure.other):
                assert _significant(format(value, "f")) == _significant(figure.text)
        pairs = find_fractions(text, spans)
        assert all(p.numerator.end <= p.denominator.start for p in pairs)
        for product in find_products(text, spans):
            parts = [p for p in (product.numerator, product.denominator, product.factor, product.result) if p]
            assert all(a.end <= b.start for a, b in itertools.pairwise(parts))
            assert (product.start, product.end) == (parts[0].start, parts[-1].end)


def words_of_any_text(raw: str) -> None:
    """Numbers and zeros in words stand where they say."""
    text = normalise(raw).text
    for word in find_number_words(text):
        assert text[word.start : word.end] == word.quantity.text and 0 < word.quantity.value < 10**6
    for zero in find_stated_zeros(text):
        assert text[zero.start : zero.end].startswith(zero.quantity.text) and zero.quantity.value == 0
