"""The words around a number and symbol: type and "số" in front, date and issuing body behind or in front."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.facts.citation_grammar import DATE, PARTIAL_DATE, Core
from extractors.facts.citation_issuers import codes_of, initials, issuer_at, issuer_before, symbol_bodies
from extractors.vocabulary.registers import tone_key, type_words


@dataclass(slots=True)
class Reading:
    """A citation while its surroundings are read."""

    text: str
    core: Core
    low: int  # the words in front may reach back to here, the end of the citation before
    high: int  # the words behind may reach to here, the number of the citation after
    start: int = 0
    end: int = 0
    cued: bool = False
    word_type: str | None = None
    date: re.Match[str] | None = None
    issuer: str | None = None


# "tổng số 12/UBND xã" counts, it does not number
_SO = re.compile(
    r"(?<!\w)(?<![Tt]ổng )(?<![Cc]on )(?<![Cc]hỉ )(?<![Mm]ột )(?:[Ss][ốôỗ]|SỐ)(?:\s?hiệu)?\s*[:;.]?\s*(?:/\s*)?$"
)
_SHORT_TYPE = re.compile(r"(?<![\w/.-])(?:QĐ|KH|NĐ|NQ|TT|CT|BC|TB|TTr|CV|VB|CTr|KL|HD|TTLT)\s*:?\s*$")
_SENTENCE_END = re.compile(r"[.;!?:)(\n\"“”]")
_VERB = re.compile(
    r"(?:\s+(?:đã|vừa|cũng|tiếp tục|kịp thời|chủ động|mới|có))*\s+(?:(?:ký|ra|phát|soạn thảo|xây dựng và|ký,)\s+)?"
    r"(?:ban hành|có|ký|ra|gửi|phát hành|phê duyệt|xây dựng|công bố|tại|trình)"
    r"(?:\s+(?:các|một số|những|\d{1,2}))?\s*:?\s*$"
)
BEHIND_DATE = re.compile(
    r"(?:\s*[,(]\s*|\s+|(?=ngày))(?:cùng )?(?:(?:được )?(?:ban hành|ký(?: ban hành)?|ra|phát hành)\s+)?", re.IGNORECASE
)
BEHIND_ISSUER = re.compile(r"\)?\s*,?\s*(?:của|do)\s+")
_CLAUSE_START = re.compile(r"(?:^|[-+*•.;:>(\n]\s*|\b[Vv]ào )$")


_REACH = 140  # how far in front of a number its type word can stand


@dataclass(frozen=True, slots=True)
class _Word:
    """A type word in the text and the kind it names; None for a generic one ("chỉ đạo")."""

    start: int
    end: int
    kind: str | None


def _type_words(text: str, low: int, high: int) -> list[_Word]:
    found = type_word().finditer(tone_key(text[low:high]))
    return [_Word(low + m.start(), low + m.end(), type_words().get(m.group())) for m in found]


@cache
def type_word() -> re.Pattern[str]:
    """Words that name a kind of document, in the key of `tone_key`; the "luật" of "pháp luật" is none."""
    words = sorted((*type_words(), "văn bản chỉ đạo", "công văn hỏa tốc", "chỉ đạo"), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?<!pháp )(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")


def read_front(reading: Reading) -> None:
    """Type words and "số" in front of the number, then body and date in front of these."""
    text, core = reading.text, reading.core
    pos = core.start
    low = max(reading.low, pos - _REACH)
    if said := _SO.search(text, low, pos):
        reading.start = pos = said.start()
        reading.cued = True
    if short := _SHORT_TYPE.search(text, low, pos):
        reading.start, reading.cued = short.start(), True
    words = _type_words(text, low, pos)
    if not words:
        return
    last = words[-1]
    adjacent = text[last.end : pos].strip(" \n\t:") == ""
    reading.cued |= adjacent
    if adjacent:
        reading.start = _phrase_start(text, words)
        reading.word_type = last.kind or "CV"
    if reading.cued and not (adjacent and reading.word_type == core.doc_type):
        _read_far_type(reading, words, pos)
    _read_subject(reading)


def _phrase_start(text: str, words: list[_Word]) -> int:
    """Start of the type phrase: that of "Văn bản" in "Văn bản chỉ đạo", two words that stand together."""
    last = words[-1]
    if last.kind is None and len(words) > 1 and not text[words[-2].end : last.start].strip():
        return words[-2].start
    return last.start


def _read_far_type(reading: Reading, words: list[_Word], pos: int) -> None:
    """The type word of "Luật Thống kê số 89/2015/QH13" and the body in "Kế hoạch của UBND tỉnh số 12/KH-UBND"."""
    text, core = reading.text, reading.core
    word = _far_type(text, core, words, pos)
    if word is None:
        return
    reading.start, reading.word_type = word.start, word.kind
    if said_by := re.search(r"của\s+", text[word.end : pos]):
        start = word.end + said_by.end()
        end = issuer_at(text, start)
        if end > start and not text[end:pos].strip(" ,"):
            reading.issuer = text[start:end]


def _far_type(text: str, core: Core, words: list[_Word], pos: int) -> _Word | None:
    """The nearest word of the symbol's kind in the same clause; no figure but a year or term lies between."""
    for word in reversed(words):
        between = text[word.end : pos]
        plain = re.sub(r"(?:năm|giai đoạn|quý|tháng)\s[\dIVX/ -]+", "", between)
        if len(between) > 110 or _SENTENCE_END.search(between) or re.search(r"\d", plain):
            return None
        if word.kind == core.doc_type or (core.doc_type is None and word.kind in ("Luật", "PL", "NQ")):
            return word
    return None


def _read_subject(reading: Reading) -> None:
    """Body in front of the type word ("UBND tỉnh đã ban hành ..."), and the date in front of the body."""
    text, low = reading.text, reading.low
    front = text[max(low, reading.start - 40) : reading.start]
    verb = _VERB.search(front)
    if verb is None:
        return
    body_end = reading.start - len(front) + verb.start()
    found = issuer_before(text, body_end)
    if found is None or found[0] < low:
        return
    start, name = found
    if reading.issuer is None and _fits(name, reading.core):
        reading.issuer = name
    if "tại" in verb.group():
        return
    for match in DATE.finditer(text, max(low, start - 45), start):
        opens = match.group().startswith("N") or _CLAUSE_START.search(text, max(low, match.start() - 9), match.start())
        if match["said"] and opens and not text[match.end() : start].strip(" ,"):
            reading.date, reading.start = match, match.start()


def _fits(name: str, core: Core) -> bool:
    """Whether the symbol can be of this body; a body whose codes are unknown is believed."""
    codes, said = codes_of(name), set(symbol_bodies(core.symbol, core.doc_type))
    if re.match(r"(?:QH|UBTVQH)\d", core.symbol):
        return bool({core.symbol.rstrip("0123456789")} & codes)
    if not codes:
        return not (said & {"UBND", "HĐND", "CP", "TTg"})
    if "UBND" in said and re.search(r"(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)", name):
        return True
    return bool(codes & said) or initials(name) in said


def read_behind(reading: Reading) -> None:
    """Date and issuing body behind the symbol, in either order."""
    text = reading.text
    _take_date(reading, direct=True)
    if link := BEHIND_ISSUER.match(text, reading.end, reading.high):
        end = issuer_at(text, link.end())
        if link.end() < end <= reading.high:
            reading.issuer, reading.end = text[link.end() : end], end
            if reading.date is None:
                _take_date(reading, direct=False)


def _take_date(reading: Reading, *, direct: bool) -> None:
    text = reading.text
    link = BEHIND_DATE.match(text, reading.end, reading.high)
    if link is None or (not direct and "," in link.group()):
        return
    match = DATE.match(text, link.end(), reading.high)
    opened = "(" in link.group()
    if match and (match["said"] or direct):
        if reading.date is None or match["said"]:
            reading.date = match
        reading.end = match.end()
    elif direct and (partial := PARTIAL_DATE.match(text, link.end(), reading.high)):
        reading.end = partial.end()
    else:
        return
    if opened and text[reading.end : reading.end + 1] == ")":
        reading.end += 1
