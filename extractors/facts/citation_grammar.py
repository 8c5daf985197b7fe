"""The grammar of số and ký hiệu, and of the dates beside them.

Five layouts cover what Nghị định 30/2020/NĐ-CP, the law on normative documents and the Party's rules prescribe:

    state   707/QĐ-UBND  2519/SCT-VP  57/2023/QĐ-UBND  66.25/2026/NQ-CP  80/2015/QH13  03/2010/TTLT-BNV-BTC
    party   91-KL/TU  587-CV/BCSD
    loose   707 QĐ-UBND             a slash forgotten, only after "số" or a type word
    blank   /KH-SCT  ...../QĐ-UBND  number not yet given, only after "số" or a type word
    bare    Nghị định 111           no symbol

Texts are normalised: NFC, "Đ" is U+0110, hyphens are "-", blanks are plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from extractors.vocabulary.registers import agency_of, type_codes

_CAP = "A-ZĐƯÔÂĂÊƠ"
_S = r"\s{0,2}"
# Two capitals at least, so that a word such as "Sở" never passes for a code; "L-CTN" is the one exception.
_PART = (
    rf"(?:(?:[{_CAP}]{{2}}|[{_CAP}][a-zđ]{{1,2}}[{_CAP}])[{_CAP}0-9&]*(?:[a-zđ]{{1,2}}[{_CAP}0-9&]*)?|L(?=\s?-\s?CTN))"
)
_END = r"(?=[^\w/]|$|/\s|ngày\b|_)"
# The type may stand off from its body ("BC - SCT"); units after it may only follow a line break inside a word.
_SYMBOL = (
    rf"{_PART}(?:(?:\s{{0,2}}[-]\s{{0,2}}|[./])(?!\d){_PART}(?:(?:-\s?|\.)(?:{_PART}|[{_CAP}][0-9]{{1,2}}(?!\w)))*)?"
)
_LAW = r"(?:QH|UBTVQH)\s?[0-9]{1,2}"
_D, _M, _Y = r"[0-9]{1,2}", r"[0-9]{1,2}", r"(?:19|20)[0-9]{2}"
_NUMBER = r"(?:[0-9]{1,3}\.[0-9]{1,3}|[0-9]{1,5}[a-zA-Z]{0,2})"
_FREE = r"(?:(?<![\w/.,&=-])|(?<=[Ss]ố)|(?<=[^\W\d],)|(?<=[^\w]-)|(?<=^-))"

STATE = re.compile(
    rf"{_FREE}(?P<number>{_NUMBER}){_S}/{_S}(?:(?P<year>{_Y}){_S}/{_S})?(?P<symbol>{_LAW}|{_SYMBOL}){_END}"
)
PARTY = re.compile(
    rf"{_FREE}(?P<number>{_NUMBER}){_S}-{_S}(?P<symbol>(?P<type>{_PART}|QĐi){_S}/{_S}{_PART}(?:-{_PART})*){_END}"
)
LOOSE = re.compile(rf"(?<=\s)(?P<number>[0-9]{{1,5}})[ -]{{0,2}}(?P<symbol>{_PART}\s?-\s?{_PART}(?:-{_PART})*){_END}")
BLANK = re.compile(
    rf"(?P<gap>[.…_]{{2,}}|…|(?<![\w/.)]))\s{{0,6}}/{_S}(?:(?P<year>{_Y})/)?(?P<symbol>{_PART}{_S}-{_S}{_PART}(?:-{_PART})*){_END}"
)

_GAP = r"[\s.…_]{0,8}"
#: A date after "ngày", or bare in digits; named groups hold its parts, absent where the page leaves them blank.
DATE = re.compile(
    rf"(?:(?P<said>ngày)\s*:?\s*)?(?:"
    rf"(?P<d1>{_D})\s?(?P<sep>[/.-])\s?(?P<m1>{_M})\s?(?P=sep)\s?(?P<y1>{_Y}|[0-9]{{2}}(?!\d))"
    rf"|(?P<d2>{_D})\s*tháng\s*(?P<m2>{_M})\s*(?:năm|/|,)\s*(?P<y2>{_Y})"
    rf")(?!\d|[/.-]\d)",
    re.IGNORECASE,
)
#: A date that lacks its day, its month or its year: "ngày /6/2023", "ngày tháng 12 năm 2023", "ngày 15/6".
PARTIAL_DATE = re.compile(
    rf"ngày(?:{_GAP}/{_GAP}(?:{_M})?{_GAP}/{_GAP}{_Y}|{_GAP}(?:{_D})?{_GAP}tháng{_GAP}(?:{_M})?{_GAP}năm{_GAP}(?:{_Y}|20(?!\d))?"
    rf"|\s*{_D}\s?[/.-]\s?{_M}(?!\d|[/.-]\d))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Core:
    """Number and symbol as found: offsets of the whole, of the number, and the normalised parts."""

    start: int
    end: int
    number: str | None
    number_start: int
    number_end: int
    year: int | None
    symbol: str
    key: str | None
    doc_type: str | None  # from the symbol alone; "CV" where it names no type
    certain: bool  # the shape alone proves it; else a word such as "số" must stand before


class Covered:
    """Which characters of a text are spoken for; a question costs the length of its span only."""

    def __init__(self, length: int, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._marks = bytearray(length)
        for start, end in spans:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        """Mark characters `start:end`."""
        self._marks[start:end] = b"\1" * (end - start)

    def meets(self, start: int, end: int) -> bool:
        """Whether any character of `start:end` is marked."""
        return 1 in self._marks[start:end]


def calendar_date(match: re.Match[str]) -> date | None:
    """The day a `DATE` match names; None where no calendar has it ("31/02/2023")."""
    day, month, year = match["d1"] or match["d2"], match["m1"] or match["m2"], match["y1"] or match["y2"]
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def tidy_symbol(printed: str) -> str:
    """Symbol without blanks, with the Đ that a scan has lost in a type or in "HĐND"."""
    parts = re.split(r"([-/.])", re.sub(r"\s+", "", printed))
    parts[0] = type_codes().get(parts[0], parts[0])
    if len(parts) == 1:
        parts = _unglued(parts[0])
    return "".join({"HDND": "HĐND", "UBNĐ": "UBND"}.get(part, part) for part in parts)


def _unglued(code: str) -> list[str]:
    """ "QĐUBND", whose hyphen a text layer has lost, as type and body; any other code as it is."""
    if agency_of(code) is None:
        for kind in sorted(type_codes(), key=len, reverse=True):
            # "L" stands in "L-CTN" alone: "LTTT" is no law of a body "TTT"
            if code.startswith(kind) and agency_of(code[len(kind) :]) is not None and (kind != "L" or code == "LCTN"):
                return [type_codes()[kind], "-", code[len(kind) :]]
    return [code]


def find_cores(text: str, masked: Iterable[tuple[int, int]]) -> list[Core]:
    """Every số/ký hiệu of `text` in order; what lies inside `masked` spans (web addresses, form codes) is left out."""
    taken = Covered(len(text), masked)
    found = []
    for pattern, build in ((PARTY, _party), (STATE, _state), (LOOSE, _state), (BLANK, _blank)):
        for match in pattern.finditer(text):
            if taken.meets(*match.span()):
                continue
            core = build(match)
            if core is not None:
                taken.add(core.start, core.end)
                found.append(core)
    return sorted(found, key=lambda core: core.start)


def _state(match: re.Match[str]) -> Core | None:
    groups = match.groupdict()
    symbol, number, year = tidy_symbol(groups["symbol"]), groups["number"], groups.get("year")
    head, *rest = re.split(r"[-/.]", symbol)
    if re.fullmatch(r"(?:QH|UBTVQH)\d{1,2}", head):
        kind, certain = None, year is not None
    elif head in type_codes().values():
        kind, certain = head, bool(rest) and match.re is STATE
        if not rest and head == "L":
            return None
    else:
        kind, certain = "CV", bool(rest) and agency_of(head) is not None
    if kind in (None, "CV") and (match.re is LOOSE or "/" in symbol):
        return None
    if not year:
        number = re.sub(
            r"(?<!^...)\.(?=[0-9]{3}$)", "", number
        )  # "1.578/QĐ-UBND": the point of a thousand, not of a resolution
        if "." in number:
            return None
    key = f"{number}/{year}/{symbol}" if year else f"{number}/{symbol}"
    return Core(*match.span(), number, *match.span("number"), int(year) if year else None, symbol, key, kind, certain)


def _party(match: re.Match[str]) -> Core | None:
    kind = type_codes().get(re.sub(r"i$", "", match["type"]))
    if kind is None or "." in match["number"]:
        return None
    symbol, number = tidy_symbol(match["symbol"]), match["number"]
    return Core(*match.span(), number, *match.span("number"), None, symbol, f"{number}-{symbol}", kind, True)


def _blank(match: re.Match[str]) -> Core | None:
    symbol = tidy_symbol(match["symbol"])
    head = symbol.split("-")[0]
    kind = head if head in type_codes().values() else "CV"
    year = int(match["year"]) if match["year"] else None
    return Core(*match.span(), None, match.start(), match.start(), year, symbol, None, kind, False)
