"""Documents that a text cites: "Kế hoạch số 73/KH-SCT ngày 28/9/2023 của Sở Công Thương".

Number and symbol are found first (`citation_grammar`); then the words around each of them are read outwards: the type
and "số" in front, date and issuing body behind, or the body and the date in front ("Ngày 30/9/2020, Sở Công Thương đã
ban hành văn bản số 1691/XN-SCT"). Nothing is guessed: what the words do not say stays None, and `resolve` adds what
the symbol itself proves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from extractors.facts.citation_grammar import DATE, PARTIAL_DATE, Core, calendar_date, find_cores
from extractors.facts.citation_identifiers import (
    IdentifierSpan,
    find_dossier_ids,
    find_form_codes,
    find_identifiers,
    find_procedure_codes,
    find_standards,
    find_urls_emails_phones,
)
from extractors.facts.citation_issuers import (
    codes_of,
    initials,
    issuer_at,
    issuer_before,
    issuer_by_symbol,
    symbol_bodies,
)
from extractors.vocabulary.registers import tone_key, type_words

__all__ = [
    "CitationSpan",
    "IdentifierSpan",
    "find_citations",
    "find_dossier_ids",
    "find_form_codes",
    "find_identifiers",
    "find_procedure_codes",
    "find_standards",
    "find_urls_emails_phones",
    "resolve",
]


@dataclass(frozen=True, slots=True)
class CitationSpan:
    """One cited document in a normalised text; offsets count its characters.

    `key` is None for a blank number ("/KH-SCT") and for a bare citation ("Nghị định 111", `bare`). `date` is None
    with `date_text` kept where the day does not exist; a date printed with blanks ("ngày /6/2023") leaves both None.
    `issuer` is as printed, possibly a short form ("Sở") until `resolve`.
    """

    start: int
    end: int
    doc_type: str | None
    number: str | None
    year: int | None
    symbol: str | None
    key: str | None
    date: date | None
    date_text: str | None
    issuer: str | None
    number_start: int
    number_end: int
    bare: bool = False


@dataclass(slots=True)
class _Reading:
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


_SO = re.compile(r"(?:(?<!\w)(?:mang |có )?[Ss][ốôỗ]|SỐ)\s*[:;.]?\s*(?:/\s*)?$|(?<!\w)[Ss]ố\s?hiệu\s*:?\s*$")
_SENTENCE_END = re.compile(r"[.;!?:)(\n\"“”]")
_VERB = re.compile(
    r"(?:\s+(?:đã|vừa|cũng|tiếp tục|kịp thời|chủ động|mới|có))*\s+(?:(?:ký|ra|phát|soạn thảo|xây dựng và|ký,)\s+)?"
    r"(?:ban hành|có|ký|ra|gửi|phát hành|phê duyệt|xây dựng|công bố|tại|trình)"
    r"(?:\s+(?:các|một số|những|\d{1,2}))?\s*:?\s*$"
)
_BEHIND_DATE = re.compile(
    r"(?:\s*[,(]\s*|\s+|(?=ngày))(?:(?:được )?(?:ban hành|ký(?: ban hành)?|ra|phát hành)\s+)?", re.IGNORECASE
)
_BEHIND_ISSUER = re.compile(r"\)?\s*,?\s*(?:của|do)\s+")
_CLAUSE_START = re.compile(r"(?:^|[-+*•.;:>(\n]\s*|\b[Vv]ào )$")


@cache
def _type_word() -> re.Pattern[str]:
    words = sorted((*type_words(), "văn bản chỉ đạo", "công văn hỏa tốc", "chỉ đạo"), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?<!pháp )(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")


def find_citations(text: str) -> list[CitationSpan]:
    """All cited documents of a normalised text, in order, without overlaps.

    The text is one passage: paragraph, cell or sentence. Line breaks inside a citation are tolerated.
    """
    if not any(c.isdigit() for c in text) and "/" not in text:
        return []
    masked = [(s.start, s.end) for s in find_identifiers(text) if s.kind not in ("article", "idiom", "phone")]
    cores = list(find_cores(text, masked))
    readings: list[_Reading] = []
    for core in cores:
        low = readings[-1].end if readings else 0
        following = next((c.start for c in cores if c.start >= core.end), len(text))
        reading = _Reading(text, core, low, following, core.start, core.end)
        _read_front(reading)
        if core.certain or reading.cued:
            _read_behind(reading)
            readings.append(reading)
    spans = _share_issuers(text, [_finish(reading) for reading in readings])
    return sorted(spans + _bare(text, spans, masked), key=lambda span: span.start)


def resolve(span: CitationSpan, own_body: str | None) -> CitationSpan:
    """The citation with its issuer as far as it is proven.

    "Sở" becomes the reporting body `own_body`; where the words name nobody, the symbol names a national body
    ("NĐ-CP") or the reporting body itself ("KH-SCT" in a report of Sở Công Thương), else the issuer stays None.
    """
    issuer = span.issuer
    if issuer is not None:
        if own_body and _is_short_for(issuer, own_body):
            issuer = own_body
    elif span.symbol:
        issuer = issuer_by_symbol(span.symbol, span.doc_type)
        if issuer is None and own_body and not _is_council(own_body):
            codes = codes_of(own_body) | {initials(own_body)}
            if codes & set(symbol_bodies(span.symbol, span.doc_type)):
                issuer = own_body
    return span if issuer == span.issuer else replace(span, issuer=issuer)


def _is_short_for(issuer: str, own_body: str) -> bool:
    key, own = tone_key(issuer), tone_key(own_body)
    return len(key.split()) <= 2 and own != key and own.startswith(key + " ") and key not in ("ubnd", "hđnd")


def _is_council(own_body: str) -> bool:
    return bool(re.match(r"ubnd|hđnd|ủy ban nhân dân|hội đồng nhân dân", tone_key(own_body)))


def _read_front(reading: _Reading) -> None:
    """Type words and "số" in front of the number, then body and date in front of these."""
    text, core = reading.text, reading.core
    pos = core.start
    if said := _SO.search(text, reading.low, pos):
        reading.start = pos = said.start()
        reading.cued = True
    key = tone_key(text)
    words = list(_type_word().finditer(key, max(reading.low, pos - 140), pos))
    if not words:
        return
    last = words[-1]
    between = text[last.end() : pos]
    if not between.strip() or between.strip() == ":":
        reading.cued = True
        reading.word_type = type_words().get(last.group(), "CV")
        reading.start = _widen(key, last, words)
        if reading.word_type != core.doc_type and (far := _far_type(text, core, words, pos)) is not None:
            reading.start = far.start()
            reading.word_type = type_words().get(far.group())
    elif reading.cued and (far := _far_type(text, core, words, pos)) is not None:
        reading.start = far.start()
        reading.word_type = type_words().get(far.group())
        inner = text[far.end() : pos]
        if said_by := re.search(r"của\s+", inner):
            start = far.end() + said_by.end()
            end = issuer_at(text, start)
            if end > start and not text[end:pos].strip(" ,"):
                reading.issuer = text[start:end]
    _read_subject(reading)


def _widen(key: str, last: re.Match[str], words: list[re.Match[str]]) -> int:
    """Start of the type phrase: "Văn bản" of "văn bản chỉ đạo" when both were matched apart."""
    if len(words) > 1 and not key[words[-2].end() : last.start()].strip() and last.group() == "chỉ đạo":
        return words[-2].start()
    return last.start()


def _far_type(text: str, core: Core, words: list[re.Match[str]], pos: int) -> re.Match[str] | None:
    """The type word of "Luật Thống kê số 89/2015/QH13": same kind as the symbol, in the same clause."""
    for word in reversed(words):
        between = text[word.end() : pos]
        plain = re.sub(r"(?:năm|giai đoạn|quý|tháng)\s[\dIVX/ -]+", "", between)
        if len(between) > 110 or _SENTENCE_END.search(between) or re.search(r"\d", plain):
            return None
        kind = type_words().get(word.group())
        if kind == core.doc_type or (core.doc_type is None and kind in ("Luật", "PL", "NQ")):
            return word
    return None


def _read_subject(reading: _Reading) -> None:
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
        opens = match.group().startswith("N") or _CLAUSE_START.search(text, low, match.start())
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


def _read_behind(reading: _Reading) -> None:
    """Date and issuing body behind the symbol, in either order."""
    text = reading.text
    _take_date(reading, direct=True)
    if link := _BEHIND_ISSUER.match(text, reading.end, reading.high):
        end = issuer_at(text, link.end())
        if link.end() < end <= reading.high:
            reading.issuer, reading.end = text[link.end() : end], end
            if reading.date is None:
                _take_date(reading, direct=False)


def _take_date(reading: _Reading, *, direct: bool) -> None:
    text = reading.text
    link = _BEHIND_DATE.match(text, reading.end, reading.high)
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


def _finish(reading: _Reading) -> CitationSpan:
    core, match = reading.core, reading.date
    doc_type = core.doc_type
    if doc_type in (None, "CV") and reading.word_type not in (None, "CV"):
        doc_type = reading.word_type if "/" not in core.symbol else doc_type
    return CitationSpan(
        start=reading.start,
        end=reading.end,
        doc_type=doc_type,
        number=core.number,
        year=core.year,
        symbol=core.symbol,
        key=core.key,
        date=calendar_date(match) if match else None,
        date_text=re.sub(r"(?i)^ngày\s*:?\s*", "", match.group()) if match else None,
        issuer=" ".join(reading.issuer.split()) if reading.issuer else None,
        number_start=core.number_start,
        number_end=core.number_end,
    )


def _share_issuers(text: str, spans: list[CitationSpan]) -> list[CitationSpan]:
    """In a list of one series ("các Quyết định số 1/QĐ-UBND, số 2/QĐ-UBND và 3/QĐ-UBND của UBND tỉnh") all members
    have the issuer named behind the last."""
    shared = list(spans)
    for i in range(len(shared) - 2, -1, -1):
        here, then = shared[i], shared[i + 1]
        chained = re.fullmatch(r"\s*(?:,|;|và|, và|; và)\s*(?:số\s*)?", text[here.end : then.start])
        no_word = not text[then.start].isupper()
        if chained and no_word and here.issuer is None and then.issuer and here.symbol == then.symbol:
            shared[i] = replace(here, issuer=then.issuer)
    return shared


_BARE_NUMBERED = re.compile(r"\s+số\s*:?\s*(?P<number>\d{1,5}[a-z]?)(?![\w/%]|\s?/|[.,]\d)")
_BARE_PLAIN = re.compile(
    r"\s+(?P<number>\d{1,4}[a-z]?)(?=\s*(?:$|[,;.:)\"”](?!\d)|(?:của|về|và|ngày|năm|theo|được|đã|trên|tại|cho|nhằm|như|v/v|có)\b))"
)
_BARE_TYPES = frozenset({"NĐ", "NQ", "TT", "CT", "ĐA", "QĐ", "KL", "CTr", "CĐ"})
_INDEX_NAME = re.compile(r"Bộ (?:chỉ số|tiêu chí) (?P<number>\d{3,4})(?![\d.,/%])")


def _bare(text: str, spans: list[CitationSpan], masked: list[tuple[int, int]]) -> list[CitationSpan]:
    """Citations without a symbol: "Nghị định 111", "Kế hoạch số 45", "Bộ chỉ số 766"."""
    taken = [(s.start, s.end) for s in spans] + masked
    found: list[CitationSpan] = []
    for word in _type_word().finditer(tone_key(text)):
        kind = type_words().get(word.group())
        match = _BARE_NUMBERED.match(text, word.end())
        if match is None and kind in _BARE_TYPES and text[word.start()].isupper():
            match = _BARE_PLAIN.match(text, word.end())
        if match and not any(word.start() < end and match.end() > start for start, end in taken):
            found.append(_bare_span(text, word.start(), match, kind))
    found.extend(_bare_span(text, match.start(), match, None) for match in _INDEX_NAME.finditer(text))
    return found


def _bare_span(text: str, start: int, match: re.Match[str], kind: str | None) -> CitationSpan:
    end, when = match.end(), None
    if (link := _BEHIND_DATE.match(text, end)) and (when := DATE.match(text, link.end())) and when["said"]:
        end = when.end()
    else:
        when = None
    if link := _BEHIND_ISSUER.match(text, end):
        end = max(end, issuer_at(text, link.end()) if issuer_at(text, link.end()) > link.end() else end)
    return CitationSpan(
        start, end, kind, match["number"], None, None, None, calendar_date(when) if when else None,
        when.group() if when else None, None, *match.span("number"), bare=True,
    )  # fmt: skip
