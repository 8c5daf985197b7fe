"""How a sentence says a whole is made up: "Về cơ cấu 52.011 hồ sơ đã giải quyết: cấp tỉnh chiếm 78,54% (40.849 hồ sơ), …".

Each share is out of that whole. Where the shares add up to a hundred the list is all of it, and its counts must add up too;
a list of which the shares do not say so may be of the largest only.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from extractors.facts.clauses import Figure
from extractors.facts.draft import Draft, DraftRelation
from extractors.facts.sentence import Bound

_ANNOUNCED = re.compile(
    r"(?i)\b(?:cơ cấu|tỷ trọng|tỉ trọng|phân bố|phân bổ|chia (?:ra |theo)|phân theo|tính theo|xét theo|theo (?:từng |các )?(?:lĩnh vực|cấp|cơ quan|đơn vị|ngành))\b"
)
_HUNDRED = Decimal(100)


def made_up(
    done: Sequence[Bound], text: str, relations: list[DraftRelation], quote: Callable[[Figure], str]
) -> Iterator[DraftRelation]:
    """The whole as base of every share in `relations`, and the list of counts as its parts."""
    pairs = [(rate, count) for rate, count in _pairs(done) if rate.scope and rate.scope == count.scope]
    named = {rate.scope for rate, _ in pairs}
    if len(pairs) < 2 or len(named) < len(pairs):
        return
    whole = next((b for b in done if b.drafts[0].order < pairs[0][0].order and _is_whole(b, pairs)), None)
    if whole is None or not _ANNOUNCED.search(text, whole.figure.sentence[0], pairs[0][0].order[1]):
        return
    top = whole.drafts[0]
    counted = {id(rate): count for rate, count in pairs}
    for relation in relations:
        rate = relation.terms[0][1]
        if relation.kind == "share" and id(rate) in counted:  # that of the whole, where no other count was near
            relation.terms = [("rate", rate, 1), ("numerator", counted[id(rate)], 1), ("denominator", top, 1)]
    told = sum((rate.quantity.value for rate, _ in pairs), Decimal(0))
    slack = sum((rate.quantity.ulp for rate, _ in pairs), Decimal(0)) / 2
    terms = [("whole", top, 1), *(("part", count, 1) for _, count in pairs)]
    yield DraftRelation("parts", terms, top.passage.locator, quote(whole.figure), abs(told - _HUNDRED) <= slack)


def _pairs(done: Sequence[Bound]) -> Iterator[tuple[Draft, Draft]]:
    """Nameless percentages of an office, level or field, each with the count right behind it."""
    for rate, count in itertools.pairwise(done):
        single = len(rate.drafts) == 1 == len(count.drafts)
        if single and rate.figure.percent and rate.drafts[0].indicator is None and not count.figure.percent:
            yield rate.drafts[0], count.drafts[0]


def _is_whole(bound: Bound, pairs: Sequence[tuple[Draft, Draft]]) -> bool:
    """Whether a count may be divided into those of the list: of the same kind, of no office, and not smaller."""
    first = bound.drafts[0]
    alike = all((count.indicator, count.unit) == (first.indicator, first.unit) for _, count in pairs)
    larger = all(count.quantity.value <= first.quantity.value for _, count in pairs)
    return len(bound.drafts) == 1 and alike and larger and first.scope is None and not bound.figure.percent
