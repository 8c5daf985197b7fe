"""What a document yields before it has ids, and the numbering that makes a report of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from extractors.facts.citations import resolve
from extractors.facts.coverage import Tally
from extractors.facts.draft import Draft, DraftRelation, Origin
from extractors.facts.mentions import Mentions
from extractors.model import (
    Citation,
    Coverage,
    DateMention,
    Form,
    Header,
    Observation,
    Period,
    Relation,
    Report,
    Source,
    Term,
)


@dataclass(slots=True)
class Gathered:
    """Everything found so far, before ids."""

    drafts: list[Draft] = field(default_factory=list)
    relations: list[DraftRelation] = field(default_factory=list)
    citations: list[tuple[tuple[int, int], Citation]] = field(default_factory=list)
    dates: list[tuple[tuple[int, int], DateMention]] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    by_line: dict[int, list[Draft]] = field(default_factory=dict)
    endings: dict[int, frozenset[str]] = field(default_factory=dict)
    scopes: dict[int, str | None] = field(default_factory=dict)
    mentions: dict[int, Mentions] = field(default_factory=dict)

    def cite(self, text: str, mentions: Mentions, origin: Origin, position: int, issuing_body: str | None) -> None:
        """Keep the citations and dates of a stretch of text, with their place on the page."""
        for span in mentions.citations:
            if span.bare:
                continue
            solved = resolve(span, issuing_body)
            passage, start, end = origin(span.start, span.end)
            page, box = passage.place(start, end)
            quote = " ".join(text[span.start : span.end].split())
            self.citations.append(
                (
                    (position, span.start),
                    Citation(
                        "",
                        solved.doc_type,
                        solved.number,
                        solved.year,
                        solved.symbol,
                        solved.key,
                        solved.date,
                        solved.issuer,
                        quote,
                        passage.locator,
                        start,
                        end,
                        solved.date_text,
                        page,
                        box,
                        passage.confidence(start, end),
                    ),
                )
            )
        for date in mentions.dates:
            passage, start, end = origin(date.start, date.end)
            page, box = passage.place(start, end)
            quote = " ".join(text[max(0, date.start - 40) : date.end + 40].split())
            precision = date.precision if date.precision in ("day", "month", "year") else "day"
            self.dates.append(
                (
                    (position, date.start),
                    DateMention(
                        "",
                        date.text,
                        date.first,
                        date.last,
                        quote,
                        passage.locator,
                        (start, end),
                        precision,
                        date.problem,
                        page,
                        box,
                        passage.confidence(start, end),
                    ),
                )
            )

    def report(self, source: Source, header: Header, period: Period | None) -> Report:
        """Number everything in the order of the document."""
        drafts = sorted(self.drafts, key=lambda d: (d.order, d.start))
        ids = {id(d): f"o{n}" for n, d in enumerate(drafts, 1)}
        citations = tuple(
            replace(c, id=f"c{n}") for n, (_, c) in enumerate(sorted(self.citations, key=lambda x: x[0]), 1)
        )
        where = {(c.locator, c.start): c.id for c in citations}
        relations: list[Relation] = []
        for draft in self.relations:
            terms = tuple(Term(name, ids[id(d)], sign) for name, d, sign in draft.terms if id(d) in ids)
            if len(terms) == len(draft.terms):
                cited = tuple(where[c] for c in draft.cited if c in where)
                relations.append(
                    Relation(
                        f"r{len(relations) + 1}",
                        draft.kind,
                        terms,
                        draft.locator,
                        draft.quote,
                        draft.complete,
                        draft.expression,
                        draft.listed,
                        cited,
                    )
                )
        in_row: dict[str, list[str]] = {}
        for d in drafts:
            in_row.setdefault(_row_of(d.passage.locator), []).append(ids[id(d)])
        forms = tuple(
            replace(f, rows=tuple(replace(r, observations=tuple(in_row.get(_row_of(r.locator), ()))) for r in f.rows))
            for f in self.forms
        )
        dates = tuple(replace(d, id=f"d{n}") for n, (_, d) in enumerate(sorted(self.dates, key=lambda x: x[0]), 1))
        coverage: Coverage = self.tally.coverage()
        return Report(
            source,
            None,
            header,
            period,
            tuple(_observation(d, ids[id(d)]) for d in drafts),
            citations,
            dates,
            tuple(relations),
            forms,
            coverage,
        )


def _row_of(locator: str) -> str:
    return locator.rsplit("/c", 1)[0] if "/c" in locator else locator


def _observation(draft: Draft, name: str) -> Observation:
    page, box = draft.passage.place(draft.start, draft.end)
    return Observation(
        name,
        draft.indicator,
        draft.quantity,
        draft.unit,
        draft.quote,
        draft.passage.locator,
        draft.start,
        draft.end,
        draft.site,
        draft.scope,
        draft.period,
        draft.kind,
        draft.role,
        draft.qualifier,
        draft.row,
        draft.column,
        draft.section,
        page,
        box,
        draft.doubt,
        draft.passage.confidence(draft.start, draft.end),
    )
