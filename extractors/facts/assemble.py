"""A document's facts put together: header, period, observations, citations, dates, relations, forms, coverage."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from extractors.facts import binding, scopes
from extractors.facts.binding import Context
from extractors.facts.citations import resolve
from extractors.facts.coverage import Tally
from extractors.facts.draft import Draft, DraftRelation, Origin, Surroundings
from extractors.facts.furniture import furniture
from extractors.facts.header import HeaderReading, own_short_names, read_header
from extractors.facts.lists import counted_lists, nested_parts
from extractors.facts.mentions import Mentions, scan
from extractors.facts.narrative import harvest
from extractors.facts.numbers import Habit, infer_habit
from extractors.facts.own_periods import same_period
from extractors.facts.periods import find_periods, reporting_period
from extractors.facts.table_shape import GridCell, Shape, continues, shape, stitch
from extractors.facts.tables import read_table
from extractors.language.normalise import normalise
from extractors.language.outline import Line, outline
from extractors.language.pipeline import cue_finder
from extractors.model import (
    Citation,
    Coverage,
    DateMention,
    Document,
    Form,
    Observation,
    ObservationKind,
    Passage,
    Period,
    Relation,
    Report,
    Table,
    Term,
)
from extractors.readers.progress import tick

_CAPTION = re.compile(
    r"(?i)^\s*(?:phụ lục|phụ biểu|biểu|bảng|mẫu|kết quả|tình hình|tổng hợp|số liệu|danh mục|thống kê)"
)


#: Lines of a form's head and its reference to the letter say nothing of whose figures stand below.
_FORM_HEAD = re.compile(
    r"(?i)(?:đơn vị|cơ quan)\s+(?:nhận|báo cáo|gửi|tính|lập)[^:]*:.*|\((?:ban hành\s+)?kèm\s+theo[^)]*\)?|kèm theo (?:báo cáo|công văn|quyết định|kế hoạch|văn bản).*"
)


_FUTURE = re.compile(
    r"(?i)^[\s\-+*•\dIVXLa-z.)]{0,8}(?:phương hướng|(?:một số )?nhiệm vụ(?:,| trọng tâm| và giải pháp| công tác| trong| thời gian| \d| quý| tháng| năm| sáu| chủ yếu)|mục tiêu|giải pháp|kế hoạch (?:công tác|thực hiện|trong|quý|tháng|năm|6|sáu)|chỉ tiêu phấn đấu|định hướng|dự kiến)"
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


def facts(document: Document) -> Report:
    """The report that a document states. Pure: same document, same report."""
    return _Assembler(document).report()


class _Assembler:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.reading: HeaderReading = read_header(document)
        self.header = self.reading.header
        self.habit: Habit = infer_habit(p.text for p in document.passages())
        self.own = own_short_names(self.header)
        self.items = outline(document.blocks, self.reading.title_locators, self.reading.consumed)
        self.lines = [item for item in self.items if isinstance(item, Line)]
        self.got = Gathered()
        self.year = self.header.issued.year if self.header.issued else None
        self.period = self._period()
        self.furniture = furniture(self.lines, self.header, self.reading.consumed)

    def _period(self) -> Period | None:
        body = [line.text for line in self.lines if line.kind == "body" and self._free(line)]
        title = [line.text for line in self.lines if line.kind == "title"]  # with the limits in brackets below it
        return reporting_period(self.header.title or "", " ".join(body[:4]), [*title, *body], self.year)

    def _free(self, line: Line) -> bool:
        return line.segments[0].passage.locator not in self.reading.consumed

    def report(self) -> Report:
        """Read all items, then number what was found."""
        pending: list[Table] = []
        for position, item in enumerate(self.items):
            if position % 50 == 0:
                tick()
            if isinstance(item, Table):
                if pending and not continues(pending[-1], item):
                    self._table(pending, position - len(pending))
                    pending = []
                pending.append(item)
                continue
            if pending:
                self._table(pending, position - len(pending))
                pending = []
            self._line(item, position)
        if pending:
            self._table(pending, len(self.items) - len(pending))
        self.got.relations += nested_parts(self.lines, self.got.by_line)
        self.got.relations += counted_lists(self.lines, self.got.by_line, self.got.mentions)
        return self._number()

    # -- lines -------------------------------------------------------------------------------------------------------------

    def _line(self, line: Line, position: int) -> None:
        self.got.endings[line.index] = frozenset()
        if line.index in self.furniture:
            self.got.tally.all(line, "ignored")
            return
        mentions = scan(line.text, line.body, self.habit, self.year)
        self.got.mentions[line.index] = mentions
        if line.segments[0].passage.locator != self.header.number_locator:  # its own number cites nothing
            self._citations(line.text, mentions, line.origin, position)
        if not self._free(line) and line.kind != "title":
            self.got.tally.line(line, replace(mentions, numbers=()), (), rest="ignored")
            return
        around = self._around(line, position)
        found = harvest(line.text, line.body, mentions, around, self.period, self.own)
        if line.kind == "title":
            found.drafts = [d for d in found.drafts if d.indicator]
        kept: list[Draft] = []
        unread: list[Draft] = []
        named = {id(t[1]) for r in found.relations if r.kind in ("product", "rank") for t in r.terms}
        for draft in found.drafts:
            (kept if _real(draft) or id(draft) in named else unread).append(draft)
        gone = {id(d) for d in unread}
        self.got.relations += [r for r in found.relations if not any(id(t[1]) in gone for t in r.terms)]
        self.got.drafts += kept
        self.got.by_line[line.index] = kept
        placed = (*mentions.placed, *((s, e, "ignored") for s, e in found.aside))
        self.got.tally.line(line, replace(mentions, placed=placed), [d.order[1] for d in kept])
        self._remember(line, kept)

    def _around(self, line: Line, position: int) -> Surroundings:
        chain, at, scope, period = [], line.parent, None, None
        level_seen = False
        while at is not None:
            above = self.lines[at]
            chain.append(self.got.endings.get(at, frozenset()))
            if not level_seen and self.got.scopes.get(at):
                scope, level_seen = self.got.scopes[at], True
            at = above.parent
        future = any(_FUTURE.search(self.lines[h].text) for h in (*line.headings, *([line.parent] if line.parent is not None else [])))
        kind: ObservationKind = "title" if line.kind == "title" else "note" if line.kind == "footnote" else "narrative"
        return Surroundings(
            Context(tuple(chain), 0 if line.depth == 9 else None),
            self._site(line),
            position,
            line.origin,
            kind,
            scope,
            period,
            subject=self._subject(line.headings),
            future=future,
        )

    def _subject(self, headings: tuple[int, ...]) -> frozenset[str]:
        """The index that the nearest heading or the title speaks of; none where it speaks of several."""
        texts = [*(self.lines[h].text for h in reversed(headings)), self.header.title or ""]
        for text in texts:
            found = binding.features(cue_finder().find(normalise(text).text)) & binding.INDICES
            if found:
                return found if len(found) == 1 else frozenset()
        return frozenset()

    def _site(self, line: Line) -> str:
        """Items "a)" and "1.1" of one heading belong together, as bullets do."""
        if line.depth in (3, 4) and line.parent is not None:
            return self.lines[line.parent].site
        return line.site

    def _remember(self, line: Line, drafts: list[Draft]) -> None:
        """What the line hands down to the lines under it: its first figure's features, or all its cues."""
        counts = [d for d in drafts if d.of != "percent" and d.role == "value"]
        if counts:
            last = counts[-1] if line.text.rstrip().endswith(":") else counts[0]
            self.got.endings[line.index] = last.features
            self.got.scopes[line.index] = last.scope
            return
        text = line.text if len(line.text) < 400 else line.text[-200:]
        self.got.endings[line.index] = binding.nearest(cue_finder().find(text), True)
        if line.depth < 9 or text.rstrip().endswith(":"):
            self.got.scopes[line.index] = (
                scopes.level(text)
                or scopes.field_of(text)
                or (scopes.office(text[line.body :], self.own) if len(text) < 120 else None)
            )

    # -- tables ------------------------------------------------------------------------------------------------------------

    def _table(self, tables: list[Table], position: int) -> None:
        tick()
        built: Shape | None = shape(stitch(tables))
        above = [i for i in self.items[:position] if isinstance(i, Line)]
        if built is None:
            for table in tables:
                for loose in table.cells:
                    self._loose(loose.passage, position)
            return
        caption = self._caption(above)
        title = " ".join(line.text.strip() for line in caption)
        text = title or (above[-1].text if above and above[-1].text.rstrip().endswith(":") else "")
        chain = [binding.nearest(cue_finder().find(text), True)]
        if above:
            chain += [self.got.endings.get(h, frozenset()) for h in reversed(above[-1].headings)]
        around = Surroundings(
            Context(tuple(chain)),
            built.table.locator,
            position,
            lambda s, e: (built.table.cells[0].passage, s, e),
            "table",
            scopes.of_text(_FORM_HEAD.sub(" ", title), self.own),
            self._own_period(title),
            subject=self._table_subject(title, above),
        )
        found = read_table(
            built, around, title, lambda t, b: scan(t, b, self.habit, self.year), self.period, self.own, self._level()
        )
        self.got.drafts += found.harvest.drafts
        self.got.relations += found.harvest.relations
        if found.form:
            self.got.forms.append(found.form)
        used: dict[str, list[int]] = {}
        for draft in found.harvest.drafts:
            used.setdefault(draft.passage.locator, []).append(draft.start)
        seen: set[str] = set()
        for read, mentions in found.scanned:
            passage = read.cell.passage
            if passage.locator in seen:
                continue
            seen.add(passage.locator)
            self._citations(read.normalised.text, mentions, _cell_origin(read), position)
            self.got.tally.cell(passage, read.normalised, mentions, used.get(passage.locator, []))
        for table in tables:
            for cell in table.cells:
                if cell.passage.locator not in seen:
                    self.got.tally.passage(cell.passage, "numbering")

    def _table_subject(self, title: str, above: list[Line]) -> frozenset[str]:
        found = binding.features(cue_finder().find(title)) & binding.INDICES
        if len(found) == 1:
            return found
        return self._subject((*above[-1].headings, *([above[-1].index] if above[-1].is_heading else []))) if above else frozenset()

    def _own_period(self, title: str) -> Period | None:
        """The period that the title of a table names, where it is not the report's."""
        named = [s.period for s in find_periods(_FORM_HEAD.sub(" ", title)) if s.period.year]
        return named[0] if len(named) == 1 and not same_period(named[0], self.period) else None

    def _caption(self, above: list[Line]) -> list[Line]:
        """The lines that title a table: up to four short ones right above it, back to the last sentence."""
        taken: list[Line] = []
        for line in reversed(above[-4:]):
            text = line.text.strip()
            short = len(text) < 200 and not text.endswith(";")
            if not short or (taken and text.endswith(".") and not _CAPTION.match(text)) or (line.depth == 5):
                break
            taken.append(line)
            if _CAPTION.match(text) and re.match(r"(?i)\s*(?:phụ lục|phụ biểu|biểu|bảng|mẫu)\b", text):
                break
        return list(reversed(taken))

    def _level(self) -> str | None:
        """Level of the reporting body: a Sở reports for the province, "UBND xã X" for a commune."""
        body = (self.header.issuing_body or "").lower()
        if re.search(r"\b(?:xã|phường|thị trấn|đặc khu)\b", body):
            return "xã"
        if re.search(r"\b(?:huyện|quận|thị xã)\b", body):
            return "huyện"
        return "tỉnh" if body else None

    def _loose(self, passage: Passage, position: int) -> None:
        """A cell of a table that is no table of figures, read as a line of its own."""
        from extractors.model import Paragraph

        for line in outline([Paragraph(passage)], frozenset(), frozenset()):
            if isinstance(line, Line):
                shifted = replace(line, index=-1 - len(self.got.by_line))
                mentions = scan(line.text, line.body, self.habit, self.year)
                self._citations(line.text, mentions, line.origin, position)
                around = Surroundings(Context(), f"x{passage.locator}", position, line.origin)
                found = harvest(line.text, line.body, mentions, around, self.period, self.own)
                kept = [d for d in found.drafts if _real(d)]
                self.got.drafts += kept
                self.got.tally.line(shifted, mentions, [d.order[1] for d in kept])

    # -- citations, dates ----------------------------------------------------------------------------------------------------

    def _citations(self, text: str, mentions: Mentions, origin: Origin, position: int) -> None:
        for span in mentions.citations:
            if span.bare:
                continue
            solved = resolve(span, self.header.issuing_body)
            passage, start, end = origin(span.start, span.end)
            page, box = passage.place(start, end)
            quote = " ".join(text[span.start : span.end].split())
            self.got.citations.append(
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
                    ),
                )
            )
        for date in mentions.dates:
            passage, start, end = origin(date.start, date.end)
            page, box = passage.place(start, end)
            quote = " ".join(text[max(0, date.start - 40) : date.end + 40].split())
            precision = date.precision if date.precision in ("day", "month", "year") else "day"
            self.got.dates.append(
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
                    ),
                )
            )

    # -- numbering --------------------------------------------------------------------------------------------------------------

    def _number(self) -> Report:
        got = self.got
        drafts = sorted(got.drafts, key=lambda d: (d.order, d.start))
        ids = {id(d): f"o{n}" for n, d in enumerate(drafts, 1)}
        citations = tuple(
            replace(c, id=f"c{n}") for n, (_, c) in enumerate(sorted(got.citations, key=lambda x: x[0]), 1)
        )
        where = {(c.locator, c.start): c.id for c in citations}
        relations: list[Relation] = []
        for draft in got.relations:
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
            for f in got.forms
        )
        dates = tuple(replace(d, id=f"d{n}") for n, (_, d) in enumerate(sorted(got.dates, key=lambda x: x[0]), 1))
        coverage: Coverage = got.tally.coverage()
        return Report(
            self.document.source,
            None,
            self.header,
            self.period,
            tuple(_observation(d, ids[id(d)]) for d in drafts),
            citations,
            dates,
            tuple(relations),
            forms,
            coverage,
        )


def _cell_origin(cell: GridCell) -> Origin:
    def origin(start: int, end: int) -> tuple[Passage, int, int]:
        first, last = cell.normalised.span(start, end)
        return cell.cell.passage, first, last

    return origin


def _row_of(locator: str) -> str:
    return locator.rsplit("/c", 1)[0] if "/c" in locator else locator


def _real(draft: Draft) -> bool:
    """A figure that counts something: bound, or with a unit of its own."""
    return bool(draft.indicator or draft.unit)


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
    )
