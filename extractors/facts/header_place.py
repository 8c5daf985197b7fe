"""The province of a document, under the name it bore on the day of the document."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from datetime import date
from functools import cache

from extractors.model import Issued
from extractors.vocabulary.registers import province_named, province_names, province_of_hcode, tone_key


def span_of(issued: Issued | None) -> tuple[date | None, date | None]:
    """First and last day the date line admits; (None, None) where it has no year."""
    if issued is None or issued.year is None:
        return None, None
    try:
        month = issued.month or 1
        first = date(issued.year, month, issued.day or 1)
        last_month = issued.month or 12
        last = date(issued.year, last_month, issued.day or monthrange(issued.year, last_month)[1])
    except ValueError:  # a day that does not exist says no more than its year
        return date(issued.year, 1, 1), date(issued.year, 12, 31)
    return first, last


@cache
def _named() -> re.Pattern[str]:
    names = "|".join(re.escape(n) for n in sorted(province_names(), key=len, reverse=True))
    lead = r"tỉnh|thành phố|tp\.?|sở [^.,;\n]{3,40}?|ubnd|ngành [^.,;\n]{3,20}?"
    return re.compile(rf"(?<!\w)(?:{lead})\s?(?P<name>{names})(?!\w)")


def province_in(text: str, first: date | None, last: date | None) -> str | None:
    """The province that `text` names most often after "tỉnh", "thành phố" or a body, by a name valid at the time."""
    counts: Counter[str] = Counter()
    for match in _named().finditer(tone_key(text)):
        printed = text[match.start("name") : match.end("name")]
        name = province_named(printed, first, last)
        if name is not None and printed[:1].isupper():
            counts[name] += 1
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


@cache
def _bare() -> re.Pattern[str]:
    names = "|".join(re.escape(n) for n in sorted(province_names(), key=len, reverse=True) if " " in n)
    return re.compile(rf"(?<!\w)(?P<name>{names})(?!\w)")


def province_of_news(texts: list[str], first: date | None, last: date | None) -> str | None:
    """The one province that a headline or an opening names without "tỉnh" ("Thanh Hóa tiếp nhận …"); the first text
    that names just one decides. Names of one syllable are left out: they are words and people too."""
    for text in texts:
        found = {text[m.start("name") : m.end("name")] for m in _bare().finditer(tone_key(text))}
        names = {name for printed in found if printed.istitle() and (name := province_named(printed, first, last))}
        if len(names) == 1:
            return names.pop()
    return None


def province_by_dossiers(text: str, first: date | None, last: date | None) -> str | None:
    """The province whose code all dossier ids of the text carry, if its name was valid at the time."""
    codes = {
        m.group(1) for m in re.finditer(r"(?<!\w)(?:\d{3}\.)?(?:\d{2}\.){0,4}(H\d{2})[.-][\d.]*-?\d{6}-\d{3,6}", text)
    }
    name = province_of_hcode(codes.pop()) if len(codes) == 1 else None
    return province_named(name, first, last) if name else None


def province(
    place: str | None, letterhead: list[str], text: str, issued: Issued | None, *, central: bool
) -> str | None:
    """The province by the place line, the letterhead, the text, the dossier ids, in this order; None for ministries."""
    if central:
        return None
    first, last = span_of(issued)
    plain = re.sub(r"^(?:tỉnh|thành phố)\s+", "", place or "", flags=re.IGNORECASE)
    if place and (name := province_named(plain, first, last)):
        return name
    for body in letterhead:
        if name := province_in(body, first, last) or _at_end(body, first, last):
            return name
    return province_in(text, first, last) or province_by_dossiers(text, first, last)


def _at_end(body: str, first: date | None, last: date | None) -> str | None:
    words = body.split()
    names = (province_named(" ".join(words[-n:]), first, last) for n in (5, 4, 3, 2) if len(words) > n)
    return next((name for name in names if name), None)
