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

from extractors.facts.citation_context import BEHIND_DATE, BEHIND_ISSUER, Reading, read_behind, read_front, type_word
from extractors.facts.citation_grammar import DATE, Covered, calendar_date, find_cores
from extractors.facts.citation_identifiers import (
    IdentifierSpan,
    find_dossier_ids,
    find_form_codes,
    find_identifiers,
    find_procedure_codes,
    find_standards,
    find_urls_emails_phones,
)
from extractors.facts.citation_issuers import codes_of, initials, issuer_at, issuer_by_symbol, symbol_bodies
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


def find_citations(text: str) -> list[CitationSpan]:
    """All cited documents of a normalised text, in order, without overlaps.

    The text is one passage: paragraph, cell or sentence. Line breaks inside a citation are tolerated.
    """
    if not any(c.isdigit() for c in text) and "/" not in text:
        return []
    masked = [(s.start, s.end) for s in find_identifiers(text) if s.kind not in ("article", "idiom", "phone")]
    cores = find_cores(text, masked)
    readings: list[Reading] = []
    starts = [core.start for core in cores] + [len(text)]
    for core, following in zip(cores, starts[1:], strict=True):
        low = readings[-1].end if readings else 0
        reading = Reading(text, core, low, following, core.start, core.end)
        read_front(reading)
        if core.certain or reading.cued:
            read_behind(reading)
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


def _finish(reading: Reading) -> CitationSpan:
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


_BARE_NUMBERED = re.compile(r"\s+số\s*:?\s*(?P<number>[0-9]{1,5}[a-z]?)(?![\w/%]|\s?/|[.,]\d)")
_BARE_PLAIN = re.compile(
    r"\s+(?P<number>[0-9]{1,4}[a-z]?)(?=\s*(?:$|[,;.:)\"”](?!\d)|(?:của|về|và|ngày|năm|theo|được|đã|trên|tại|cho|nhằm|như|v/v|có)\b))"
)
_BARE_TYPES = frozenset({"NĐ", "NQ", "TT", "CT", "ĐA", "QĐ", "KL", "CTr", "CĐ"})
_INDEX_NAME = re.compile(r"Bộ (?:chỉ số|tiêu chí) (?P<number>[0-9]{3,4})(?![\d.,/%])")


def _bare(text: str, spans: list[CitationSpan], masked: list[tuple[int, int]]) -> list[CitationSpan]:
    """Citations without a symbol: "Nghị định 111", "Kế hoạch số 45", "Bộ chỉ số 766"."""
    taken = Covered(len(text), [*((s.start, s.end) for s in spans), *masked])
    found: list[CitationSpan] = []
    for word in type_word().finditer(tone_key(text)):
        kind = type_words().get(word.group())
        match = _BARE_NUMBERED.match(text, word.end())
        if match is None and kind in _BARE_TYPES and text[word.start()].isupper():
            match = _BARE_PLAIN.match(text, word.end())
        if match and not taken.meets(word.start(), match.end()):
            found.append(_bare_span(text, word.start(), match, kind, taken))
    for match in _INDEX_NAME.finditer(text):
        if not taken.meets(*match.span()):
            found.append(_bare_span(text, match.start(), match, None, taken))
    return found


def _bare_span(text: str, start: int, match: re.Match[str], kind: str | None, taken: Covered) -> CitationSpan:
    """A bare citation with the date and the body behind it, as far as no other citation stands there."""
    end, when = match.end(), None
    if (link := BEHIND_DATE.match(text, end)) and (when := DATE.match(text, link.end())) and when["said"]:
        end = end if taken.meets(start, when.end()) else when.end()
    else:
        when = None
    if link := BEHIND_ISSUER.match(text, end):
        body_end = issuer_at(text, link.end())
        end = body_end if body_end > link.end() and not taken.meets(start, body_end) else end
    taken.add(start, end)
    return CitationSpan(
        start, end, kind, match["number"], None, None, None, calendar_date(when) if when else None,
        when.group() if when else None, None, *match.span("number"), bare=True,
    )  # fmt: skip
