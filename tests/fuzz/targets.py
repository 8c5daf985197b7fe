"""Targets: the contracts of one subject, each fed from bytes. The first byte names the contract, the rest its values."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import cache

from extractors.facts.number_notation import COUNTED
from pipeline.checks import intervals as rounding
from pipeline.checks.intervals import Interval
from tests.fuzz import phrases
from tests.fuzz.draw import Draw
from tests.hostile import mutate
from tests.properties.contracts import citations, dates, files, intervals, locate, numbers, offsets, periods, slips

Contract = Callable[[Draw], None]


# --- numbers ---------------------------------------------------------------------------------------------------------


def _figures(d: Draw) -> None:
    numbers.figures_of_any_text(d.text(phrases.NUMBERS))


def _words(d: Draw) -> None:
    numbers.words_of_any_text(d.text(phrases.NUMBERS))


def _said(d: Draw) -> None:
    numbers.heap_of_words_is_a_number_or_none(d.text(phrases.NUMBERS).split())
    numbers.words_are_read_back(1 + len(d.data) + 4_999 * sum(d.data) % 990_000)


def _counted(d: Draw) -> None:
    noun = d.pick(COUNTED)
    numbers.count_is_read_back(d.count(), d.yes(), noun)
    numbers.padded_count_is_read_back(d.integer(0, 99), noun)
    numbers.fraction_is_read_back(d.count(), 1 + d.count())


def _decimals(d: Draw) -> None:
    value = d.decimal()
    numbers.percentage_is_read_back(value)
    numbers.fall_is_read_back(value)
    numbers.score_is_read_back_or_both_readings_are_kept(value)
    numbers.english_is_read_back_where_it_is_the_habit(value)


def _habit(d: Draw) -> None:
    rate = Decimal(d.integer(0, 10**8)).scaleb(-d.pick((1, 2, 4, 5, 6)))
    numbers.habit_is_inferred_from_one_notation(1000 + d.count(), rate)


# --- dates -----------------------------------------------------------------------------------------------------------


def _dates(d: Draw) -> None:
    year = d.year() if d.yes() else None
    dates.dates_of_any_text(d.text(phrases.DATES), year)


def _years(d: Draw) -> None:
    dates.years_of_any_text(d.text(phrases.DATES))


def _written(d: Draw) -> None:
    day = d.day()
    dates.written_form_says_its_day(day, d.pick(dates.FORMS), d.pick(dates.SENTENCES))
    dates.blank_day_leaves_the_month(day, d.pick(dates.BLANK_DAYS))
    dates.year_is_no_date(day.year)
    dates.day_behind_the_end_of_its_month_does_not_exist(day.year, day.month, d.integer(0, 3), d.pick(dates.FORMS[:10]))


def _ranges(d: Draw) -> None:
    first, days = d.day(), d.integer(1, 300)
    dates.range_says_both_limits(first, days, d.pick(dates.RANGE_FORMS), d.pick(dates.RANGES))
    if first.month != (first + timedelta(days=days)).month:
        dates.range_without_its_first_year_begins_before_its_end(first, days)
    dates.range_of_months_says_both(first, d.integer(1, 11), d.yes(), d.pick(dates.MONTH_RANGES))


# --- periods ---------------------------------------------------------------------------------------------------------


def _periods(d: Draw) -> None:
    year = d.year() if d.yes() else None
    periods.periods_of_any_text(d.text(phrases.PERIODS), year)


def _reporting(d: Draw) -> None:
    year = d.year() if d.yes() else None
    periods.reporting_period_of_any_text(d.text(phrases.PERIODS), year)


def _calendar(d: Draw) -> None:
    day = d.day()
    periods.limits_contain_their_days(day)
    periods.a_day_lies_in_one_window(day)
    periods.previous_ends_right_before(day)


def _named(d: Draw) -> None:
    form, year = d.pick(periods.NAMED), d.year()
    periods.name_is_read_back(form, year, d.pick(periods.FRAMES))
    periods.months_of_a_year_are_read_back(d.integer(1, 11), year)
    periods.limits_alone_name_the_period(*d.pick(periods.KNOWN), year, d.yes())
    if form[0] != "week":
        periods.stated_limits_win(form, year)


# --- citations -------------------------------------------------------------------------------------------------------


_TYPES = ("QĐ", "KH", "BC", "TB", "CTr", "TTr", "HD", "CT", "NQ", "ĐA", "PA", "BB")
_BODIES = ("UBND", "SCT", "SNV", "SNNMT", "SLĐTBXH", "SGD&ĐT", "BQLKKT", "TTPVHCC")
_NORMATIVE = ("NĐ-CP", "QĐ-UBND", "NQ-HĐND", "QĐ-TTg", "TT-VPCP", "TT-BNV", "TB-UBND")
_PARTY = (("KL", "NQ", "CT", "CTr", "QĐ", "CV", "HD", "QyĐ"), ("TU", "TW", "ĐU", "BCSD", "VPTW"))


def _citations(d: Draw) -> None:
    citations.citations_of_any_text(d.text(phrases.CITATIONS))


def _identifiers(d: Draw) -> None:
    citations.identifiers_of_any_text(d.text(phrases.CITATIONS))


def _symbol(d: Draw) -> str:
    return f"{d.pick(_TYPES)}-{d.pick(_BODIES)}{d.pick(('', '-KHTC', '-VP', '-CĐS'))}"


def _keys(d: Draw) -> None:
    kind, number = d.integer(0, 3), d.integer(1, 99_999)
    word, key = "Văn bản", f"{number}/{_symbol(d)}"
    if kind == 1:
        key = f"{number % 400 + 1}/{d.year()}/{d.pick(_NORMATIVE)}"
    elif kind == 2:
        word, key = "Luật", f"{number % 120 + 1}/{d.year()}/QH{d.integer(11, 16)}"
    elif kind == 3:
        key = f"{number % 9_999 + 1}-{d.pick(_PARTY[0])}/{d.pick(_PARTY[1])}"
    citations.comes_back_with_its_date(word, key, d.day(), d.pick(citations.FRAMES))
    citations.keeps_its_key_without_a_date(word, key)


def _series(d: Draw) -> None:
    keys = list(dict.fromkeys(f"{d.integer(1, 9_999)}/{_symbol(d)}" for _ in range(d.integer(1, 4))))
    citations.list_comes_back_one_by_one(keys)
    citations.blanks_and_look_alikes_do_not_change(keys[0], d.pick(citations.SPACED), d.yes())
    citations.blank_number_has_no_key(keys[0].partition("/")[2])
    citations.fraction_is_no_citation(1 + d.count(), 1 + d.count(), d.pick(("hồ sơ", "TTHC", "điểm", "đơn vị")))


# --- intervals, slips and what is solved for -------------------------------------------------------------------------


def _interval(d: Draw) -> Interval:
    return rounding.of(d.quantity(), d.yes())


def _signed(d: Draw) -> Interval:
    low, high = _interval(d)
    return (-high, -low) if d.yes() else (low, high)


def _admitted(d: Draw) -> None:
    intervals.admits_its_value(d.quantity(), d.yes())
    intervals.exact_values_agree_only_where_equal(d.count(), d.count())
    intervals.meeting_is_symmetric_and_shares_a_value(_signed(d), _signed(d))
    intervals.rate_of_counts_is_admitted(d.count(), 1 + d.count() % 10**6, d.integer(1, 4))


def _rounded(d: Draw) -> None:
    value = d.signed()
    intervals.agrees_with_its_rounding(value, d.integer(0, 5))
    intervals.cutting_is_known(value, d.integer(1, 5))
    intervals.is_shown_as_printed(value)
    intervals.rounding_goes_to_the_nearest(abs(value), Decimal(1).scaleb(d.integer(-6, 3)))
    intervals.significant_shows_the_value(abs(value), d.quantity())


def _arithmetic(d: Draw) -> None:
    intervals.sum_encloses([(_interval(d), d.pick((1, -1)), d.share()) for _ in range(d.integer(0, 5))])
    at = (d.share(), d.share())
    intervals.quotient_encloses(_signed(d), _interval(d), at, d.pick((Decimal(100), Decimal(1), Decimal("0.5"))))
    a, b = _interval(d), _interval(d)
    if a[0] >= 0 and b[0] >= 0:
        intervals.product_encloses(a, b, at)


def _slips(d: Draw) -> None:
    a, b = d.printed(), d.printed()
    slips.cost_is_symmetric_and_nothing_only_for_equals(a, b)
    if a:
        slips.shifted_mark_is_cheaper_than_another_figure(a, d.integer(1, 3))
    value = 100 + d.count()
    digits = str(value)
    at = d.integer(1, len(digits) - 2)
    slips.one_changed_digit_is_the_cheapest(value, at, str((int(digits[at]) + d.integer(1, 9)) % 10))
    slips.one_dropped_digit_is_the_cheapest(value, at)
    if digits[at] != digits[at + 1]:
        slips.two_swapped_neighbours_are_the_cheapest(value, at)


def _solved(d: Draw) -> None:
    kind, share = d.pick(locate.KINDS), d.share()
    signs = [d.pick((1, -1)) for _ in range(d.integer(1, 4))]
    locate.solved_values_hold(kind, [d.quantity() for _ in range(3 + len(signs))], signs, share)


# --- offsets ---------------------------------------------------------------------------------------------------------


def _offsets(d: Draw) -> None:
    text = d.text(phrases.LETTERS)
    offsets.offsets_ascend_and_stay_inside(text)
    offsets.every_span_is_a_span_of_the_original(text)
    offsets.a_word_is_found_again(text)
    offsets.twice_changes_nothing(text)


# --- files -----------------------------------------------------------------------------------------------------------


@cache
def _bases() -> dict[str, bytes]:
    """Good files that the drawn edits make wrong."""
    book = mutate.workbook()
    inner = mutate.repacked([("báo cáo.txt", "Tổng số: 33.451 hồ sơ".encode()), ("b/a.csv", b"a;b\n1;2\n")])
    return {
        "book": book,
        "zip": mutate.repacked([("a.txt", b"33.451"), ("trong.zip", inner)]),
        "mail": mutate.mail(("a.zip", inner)),
    }


_PIECES = (
    b"\0",
    b"\xff\xff\xff\xff",
    b"<",
    b">",
    b'="',
    b"99999999",
    b"-1",
    b"PK\x01\x02",
    b"&#0;",
    b"\r\n\r\n",
    b"=?utf-8?b?",
    b"../",
)


def _edited(d: Draw, base: bytes) -> bytes:
    """The base with some bytes set, cut out, doubled, or pieces put in between."""
    made = bytearray(base)
    for _ in range(d.integer(0, 5)):
        at, way = d.integer(0, max(0, len(made) - 1)), d.integer(0, 4)
        if way == 0:
            made[at : at + 1] = bytes([d.integer(0, 255)])
        elif way == 1:
            del made[at : at + d.integer(1, 255)]
        elif way == 2:
            made[at:at] = made[at : at + d.integer(1, 255)]
        elif way == 3:
            made[at:at] = d.pick(_PIECES)
        else:
            made[at : at + 4] = d.integer(0, 2**32 - 1).to_bytes(4, "little")
    return bytes(made)


def _workbook(d: Draw) -> None:
    files.workbook_is_read_or_refused(_edited(d, _bases()["book"]))


def _sheet(d: Draw) -> None:
    with zipfile.ZipFile(io.BytesIO(_bases()["book"])) as archive:
        held = [(info.filename, archive.read(info)) for info in archive.infolist()]
    at = d.integer(0, len(held) - 1)
    held[at] = (held[at][0], _edited(d, held[at][1]))
    files.workbook_is_read_or_refused(mutate.repacked(held))


def _archive(d: Draw) -> None:
    files.archive_is_opened_or_refused(_edited(d, _bases()["zip"]))


def _mail(d: Draw) -> None:
    files.mail_is_opened_or_refused(_edited(d, _bases()["mail"]))


#: the contracts of a target; those of any text come first and are seeded with real texts
TARGETS: dict[str, tuple[Contract, ...]] = {
    "numbers": (_figures, _words, _said, _counted, _decimals, _habit),
    "dates": (_dates, _years, _written, _ranges),
    "periods": (_periods, _reporting, _calendar, _named),
    "citations": (_citations, _identifiers, _keys, _series),
    "intervals": (_admitted, _rounded, _arithmetic, _slips, _solved),
    "offsets": (_offsets,),
    "files": (_workbook, _sheet, _archive, _mail),
}


def attempt(target: str, data: bytes) -> None:
    """Try the contract that the first byte names on the values of the others."""
    draw = Draw(data)
    draw.pick(TARGETS[target])(draw)
