"""A document's facts put together: header, period, observations, citations, dates, relations, forms, coverage."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.facts import binding, scopes
from extractors.facts.binding import Context
from extractors.facts.draft import Draft, Origin, Surroundings
from extractors.facts.furniture import furniture
from extractors.facts.gathered import Gathered
from extractors.facts.header import HeaderReading, own_short_names, read_header
from extractors.facts.inferred import infer
from extractors.facts.lists import counted_lists, nested_parts, tabled_documents
from extractors.facts.mentions import Mentions, scan
from extractors.facts.narrative import harvest
from extractors.facts.numbers import Habit, infer_habit
from extractors.facts.own_periods import same_period
from extractors.facts.periods import find_periods, reporting_period
from extractors.facts.recognised import recognised
from extractors.facts.table_shape import GridCell, Shape, continues, shape, stitch
from extractors.facts.tables import read_table
from extractors.language.normalise import normalise
from extractors.language.outline import Line, outline
from extractors.language.pipeline import cue_finder
from extractors.limits import MAX_LINE_FIGURES
from extractors.model import (
    Document,
    ObservationKind,
    Passage,
    Period,
    Report,
    Table,
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

_ABOVE = 4  # lines above a table that may title it
#: "Số liệu so với cùng kỳ năm 2025": the table is not of that year.
_AGAINST = re.compile(r"(?i)\b(?:so với|so sánh với|cùng kỳ)\s*(?:cùng kỳ\s*)?(?:của\s*)?$")


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
        self.read = 0  # lines read so far
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
        infer(self.got.drafts)
        self.got.relations += nested_parts(self.lines, self.got.by_line)
        self.got.relations += counted_lists(self.lines, self.got.by_line, self.got.mentions)
        made = self.got.report(self.document.source, self.header, self.period)
        return recognised(self.document, made)

    # -- lines -------------------------------------------------------------------------------------------------------------

    def _line(self, line: Line, position: int) -> None:
        self.read = line.index + 1
        self.got.endings[line.index] = frozenset()
        if line.index in self.furniture:
            self.got.tally.all(line, "ignored")
            return
        mentions = self._scan(line)
        self.got.mentions[line.index] = mentions
        if line.segments[0].passage.locator != self.header.number_locator:  # its own number cites nothing
            self.got.cite(line.text, mentions, line.origin, position, self.header.issuing_body)
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

    def _scan(self, line: Line) -> Mentions:
        """What the text of a line names; figures of which it has too many are left unread."""
        mentions = scan(line.text, line.body, self.habit, self.year)
        return replace(mentions, numbers=mentions.numbers[:MAX_LINE_FIGURES])

    def _around(self, line: Line, position: int) -> Surroundings:
        chain, at, scope, period = [], line.parent, None, None
        level_seen = False
        while at is not None:
            above = self.lines[at]
            chain.append(self.got.endings.get(at, frozenset()))
            if not level_seen and self.got.scopes.get(at):
                scope, level_seen = self.got.scopes[at], True
            at = above.parent
        future = any(
            _FUTURE.search(self.lines[h].text)
            for h in (*line.headings, *([line.parent] if line.parent is not None else []))
        )
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
        above = self.lines[max(0, self.read - _ABOVE) : self.read]
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
        rows = {row.index for row in built.rows if row.label and not row.total}
        citing = {read.cell.row for read, mentions in found.scanned if mentions.citations} & rows
        if above and (
            listed := tabled_documents(above[-1], self.got.by_line.get(above[-1].index, []), len(rows), len(citing))
        ):
            self.got.relations.append(listed)
        used: dict[str, list[int]] = {}
        for draft in found.harvest.drafts:
            used.setdefault(draft.passage.locator, []).append(draft.start)
        seen: set[str] = set()
        for read, mentions in found.scanned:
            passage = read.cell.passage
            if passage.locator in seen:
                continue
            seen.add(passage.locator)
            self.got.cite(read.normalised.text, mentions, _cell_origin(read), position, self.header.issuing_body)
            self.got.tally.cell(passage, read.normalised, mentions, used.get(passage.locator, []))
        for table in tables:
            for cell in table.cells:
                if cell.passage.locator not in seen:
                    self.got.tally.passage(cell.passage, "numbering")

    def _table_subject(self, title: str, above: list[Line]) -> frozenset[str]:
        found = binding.features(cue_finder().find(title)) & binding.INDICES
        if len(found) == 1:
            return found
        return (
            self._subject((*above[-1].headings, *([above[-1].index] if above[-1].is_heading else [])))
            if above
            else frozenset()
        )

    def _own_period(self, title: str) -> Period | None:
        """The period that the title of a table names, where it is not the report's."""
        text = _FORM_HEAD.sub(" ", title)
        named = [s.period for s in find_periods(text) if s.period.year and not _AGAINST.search(text, 0, s.start)]
        return named[0] if len(named) == 1 and not same_period(named[0], self.period) else None

    def _caption(self, above: list[Line]) -> list[Line]:
        """The lines that title a table: up to four short ones right above it, back to the last sentence."""
        taken: list[Line] = []
        for line in reversed(above):
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
                mentions = self._scan(line)
                self.got.cite(line.text, mentions, line.origin, position, self.header.issuing_body)
                around = Surroundings(Context(), f"x{passage.locator}", position, line.origin)
                found = harvest(line.text, line.body, mentions, around, self.period, self.own)
                kept = [d for d in found.drafts if _real(d)]
                self.got.drafts += kept
                self.got.tally.line(shifted, mentions, [d.order[1] for d in kept])


def _cell_origin(cell: GridCell) -> Origin:
    def origin(start: int, end: int) -> tuple[Passage, int, int]:
        first, last = cell.normalised.span(start, end)
        return cell.cell.passage, first, last

    return origin


def _real(draft: Draft) -> bool:
    """A figure that counts something: bound, or with a unit of its own."""
    return bool(draft.indicator or draft.unit)
