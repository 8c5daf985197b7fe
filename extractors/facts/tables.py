"""Figures of tables, bound by column path, row label and what stands above the table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from extractors.facts import binding, scopes
from extractors.facts.binding import Context
from extractors.facts.draft import Draft, DraftRelation, Harvest, Surroundings
from extractors.facts.forms import form_of
from extractors.facts.index_parts import name_index_parts
from extractors.facts.mentions import Mentions
from extractors.facts.narrative import harvest
from extractors.facts.numbers import NumberSpan, find_numbers
from extractors.facts.sentence import over
from extractors.facts.table_apart import Filled, tell_apart
from extractors.facts.table_columns import column, features_of, lent, named_pair
from extractors.facts.table_notes import noted
from extractors.facts.table_relations import relate
from extractors.facts.table_shape import GridCell, Row, Shape, is_figure
from extractors.facts.units import name_of
from extractors.language.pipeline import unit_finder
from extractors.model import Form, Passage, Period, Role
from extractors.vocabulary import TOPICS, FigureKind, indicators

_SCORE = frozenset({"self_score", "verified_score", "deduction", "max_score", "social_survey"})
#: A column whose path holds one of these is about that; its rows are whose figure it is.
_COLUMN_SAYS = (
    binding.ACTIONS
    | binding.TIMINGS
    | binding.CHANNELS
    | _SCORE
    | frozenset(
        {
            "fullprocess",
            "partial",
            "proc_new",
            "proc_amended",
            "proc_repealed",
            "assigned",
            "present",
            "satisfaction",
            "par_index",
            "rank",
            "procedure",
            "dossier",
            "total_only",
        }
    )
)
#: Topics that name who does something; under a column of what was received or resolved such a row is whose figure it is.
_WHO = frozenset(
    {"unit", "public_unit", "civil_servant", "public_employee", "leader", "payroll", "contract", "job_position"}
)
_PERCENT_HEAD = re.compile(r"(?i)tỷ lệ|tỉ lệ|%|phần trăm")
_OF_WHICH = re.compile(r"(?i)\s*(?:[-+*•–]\s*)?(?:trong đó|gồm|bao gồm|chia ra)\b")
_SCORE_HEAD = re.compile(r"(?i)\bđiểm\b")
_LIKE_YEAR = re.compile(r"\s*[0-9]{4}\s*")
_YEARS = re.compile(r"(?i)\s*(?:năm|thời gian|niên độ)\b(?!\s*\d)")  # heads a column of years
Scan = Callable[[str, int], Mentions]


@dataclass(slots=True)
class TableHarvest:
    """What a table yields: drafts, relations, the form it is, and its places of digits (for coverage)."""

    harvest: Harvest
    form: Form | None
    rows: Filled
    scanned: list[tuple[GridCell, Mentions]] = field(default_factory=list)
    labels: list[GridCell] = field(default_factory=list)


def read_table(
    shape: Shape,
    around: Surroundings,
    title: str,
    scan: Scan,
    report: Period | None,
    own: tuple[str, ...],
    body_level: str | None,
) -> TableHarvest:
    """Observations of one table. `around` carries the features of caption and headings, `title` their words."""
    reader = _TableReader(shape, around, title, scan, report, own)
    for row in shape.rows:
        reader.row(row)
    if reader.around.subject == {"par_index"}:
        name_index_parts(shape, reader.by_cell)
    tell_apart(reader.filled, reader.driven, reader.scores)
    relate(shape, reader.by_cell, reader.kinds, reader.driven, reader.out)
    form = form_of(shape, title, reader.filled, reader.scores, reader.driven, body_level)
    return TableHarvest(reader.out, form, reader.filled, reader.scanned, list(shape.header_cells))


class _TableReader:
    def __init__(
        self, shape: Shape, around: Surroundings, title: str, scan: Scan, report: Period | None, own: tuple[str, ...]
    ) -> None:
        self.shape, self.around, self.scan, self.report, self.own = shape, around, scan, report, own
        self.out = Harvest()
        self.by_cell: dict[tuple[int, int], list[Draft]] = {}
        self.filled: Filled = []
        self.scanned: list[tuple[GridCell, Mentions]] = []
        self.sections: list[Row] = []
        self.columns = lent([column(path, shape.roles[c], report) for c, path in enumerate(shape.paths)], shape.paths)
        values = shape.columns("value")
        self.driven = sum(self._tells(c) for c in values) * 2 >= len(values) > 0 and not self._told_by_rows(values)
        said = frozenset().union(*(self.columns[c].features for c in values))
        if not around.subject and {"verified_score", "social_survey"} <= said:
            self.around = replace(around, subject=frozenset({"par_index"}))  # what the index is made up of
        self.scores = any(self.columns[c].features & _SCORE for c in values)
        self.kinds: dict[int, FigureKind] = {}
        self.title = title
        self.topic = self._topic()
        self.labels = Counter(r.label for r in shape.rows)

    def _told_by_rows(self, values: Sequence[int]) -> bool:
        """Whether all columns say the same ("Số TTHC": tỉnh, huyện, xã), so that the labels tell which of it a row counts."""
        heads = {self.columns[c].features - binding.IDLE for c in values}
        said = [self._said(row) - next(iter(heads), frozenset()) - binding.IDLE for row in self.shape.rows]
        return len(values) > 1 and len(heads) == 1 and sum(map(bool, said)) * 2 > len(said)

    def _tells(self, column: int) -> bool:
        """Whether the head of a column says what its figures are, so that the rows are whose they are."""
        said = self.columns[column].features & (_COLUMN_SAYS | {"change"})
        return bool(said) or any(_SCORE_HEAD.search(head) for head in self.shape.paths[column])

    def _topic(self) -> frozenset[str]:
        """What a table is about where its title does not say: dossiers, where rows or columns tell of their fate."""
        said = frozenset().union(*(c.features for c in self.columns))
        rows = frozenset().union(*(features_of(r.label) for r in self.shape.rows))
        said |= rows & TOPICS - _WHO if said & binding.ACTIONS else rows
        return frozenset({"dossier"}) if said & binding.ACTIONS and not said & (TOPICS - {"dossier"}) else frozenset()

    def _said(self, row: Row) -> frozenset[str]:
        """Features of a row's label; the name of an office says nothing of what is counted."""
        return frozenset() if scopes.is_name(row.label) else features_of(row.label)

    # -- rows ------------------------------------------------------------------------------------------------------------

    def row(self, row: Row) -> None:
        """Bind the cells of one row; a row without figures opens a section."""
        while self.sections and self.sections[-1].depth >= row.depth:
            self.sections.pop()
        drafts: list[Draft] = []
        blank: list[str] = []
        seen: set[int] = set()
        for c, cell in enumerate(row.cells):
            role = self.shape.roles[c]
            if cell is None or id(cell.cell) in seen or not cell.text:
                if role == "value":
                    blank.append(" ".join(self.shape.paths[c]))
                continue
            seen.add(id(cell.cell))
            if role == "value" and cell.cell.column == c:
                found = self._value(row, c, cell)
                self.by_cell[row.index, c] = found
                drafts += found
            elif role in ("note", "text"):
                drafts += noted(self.out.relations, drafts, self._prose(row, c, cell))
            elif role == "label":
                drafts += self._label(row, c, cell)
        self.filled.append((row, drafts, blank))
        if not row.total:
            self.sections.append(row)

    def _surroundings(self, row: Row, column: int, cell: GridCell, context: Context, scope: str | None) -> Surroundings:
        def origin(start: int, end: int) -> tuple[Passage, int, int]:
            first, last = cell.normalised.span(start, end)
            return cell.cell.passage, first, last

        return Surroundings(
            context,
            self.shape.table.locator,
            self.around.order,
            origin,
            "table",
            scope,
            self.columns[column].period or (None if self.columns[column].current else self.around.period),
            row.code or None,
            " / ".join(self.shape.paths[column]) or None,
            self._section(),
        )

    def _section(self) -> str | None:
        top = next((s for s in self.sections if s.code and s.depth <= 2), None)
        return (top.code or top.label) if top else None

    def _row_context(self, row: Row) -> Context:
        above = tuple(self._said(s) for s in reversed(self.sections) if s.depth < row.depth)
        if _OF_WHICH.match(row.label) and self.filled:  # of the row right above, whatever its code
            above = (self._said(self.filled[-1][0]), *above)
        return Context((*above, *self.around.context.features), len(above) + 1)

    def _scope(self, row: Row, column: int) -> str | None:
        """Whose figure a cell is: the row in a table by columns, the level or office of the column otherwise."""
        named = self.columns[column].scope or self.around.scope
        if self.scores:
            section = self._section()
            label = " ".join(row.label.split()[:14])
            return (
                None
                if row.total
                else f"{section + '.' if section and section != row.code else ''}{row.code} {label}".strip()
            )
        if self.driven or not self._said(row) - binding.IDLE:
            if row.total or (scopes.whole(row.label) and len(row.label) < 30):
                return named
            label = row.label
            if self.labels[label] > 1 and self.sections and self.sections[-1].depth < row.depth:
                label = f"{label}, {self.sections[-1].label}"
            return f"{label}, {named}" if named else label or None
        return named

    def _value(self, row: Row, column: int, cell: GridCell) -> list[Draft]:
        head = self.columns[column]
        own_row = self._said(row) if not row.total else frozenset()
        if self.driven:
            topics = own_row & TOPICS - (_WHO if head.features & binding.ACTIONS else frozenset())
            lenders = (*head.context, topics, self.topic, *self.around.context.features)
            own, context = head.own, Context(lenders)
            if own - binding.IDLE in ({"procedure"}, {"task"}):  # "Số TTHC", "Số nhiệm vụ": all of them
                context = Context(tuple(f & {"plan", "assigned_by_leader"} for f in lenders))
                own |= context.first(frozenset({"plan", "assigned_by_leader"}))
        else:
            above = self._row_context(row)
            lenders = (*head.context, *above.features, self.topic)
            own, context = own_row, Context(lenders, len(head.context) + (above.near or 0))
        mentions = self._lone_count(column, cell, self.scan(cell.normalised.text, 0))
        self.scanned.append((cell, mentions))
        around = self._surroundings(row, column, cell, Context(), self._scope(row, column))
        cell_only = is_figure(cell.text) or (len(mentions.numbers) <= 2 and len(cell.text) < 30)
        if not cell_only:
            return self._add(
                harvest(
                    cell.normalised.text,
                    0,
                    mentions,
                    replace(around, context=Context((own, *context.features))),
                    self.report,
                    self.own,
                )
            )
        of = self._kind(row, column, cell, own)
        self.kinds[column] = of
        full = binding.complete(own, context)
        if self.around.subject & {"score_766", "dti"}:
            full -= {"verified_score"}  # "Điểm đạt" there is no verified self-score
        if binding.takes_subject(full, of):
            full |= self.around.subject
        return self._figures(row, column, cell, mentions, around, full, of)

    def _lone_count(self, column: int, cell: GridCell, mentions: Mentions) -> Mentions:
        """A cell "2015" is a count, not a year, unless its column is one of years."""
        path = self.shape.paths[column]
        if mentions.numbers or not _LIKE_YEAR.fullmatch(cell.normalised.text) or (path and _YEARS.match(path[-1])):
            return mentions
        return replace(mentions, numbers=tuple(find_numbers(cell.normalised.text)), placed=())

    def _figures(
        self,
        row: Row,
        column: int,
        cell: GridCell,
        mentions: Mentions,
        around: Surroundings,
        full: frozenset[str],
        of: FigureKind,
    ) -> list[Draft]:
        unit = self._unit(row, full, of, binding.choose(full, of))
        indicator: str | None = binding.choose(full, of, unit)
        role: Role = "value"
        if "max_score" in full and of == "score":
            indicator, role = None, "max"
        elif "change" in self.columns[column].own:
            indicator, role = None, "change"
        elif self.scores and of == "percent" and not self.columns[column].features - binding.IDLE:
            indicator = None  # the share of the maximum that was reached
        elif self.around.subject == {"score_766"} and not row.total and of == "score":
            indicator = None  # a group of the index, not the index
        drafts = []
        pair = mentions.fractions[0] if mentions.fractions else None
        named = named_pair(row.label, full) if pair and of == "count" else None
        if pair and of == "count" and unit == "%":  # "1.117/1.137" in a row of rates: counts, not percentages
            unit = name_of(full)
        for number in mentions.numbers:
            name, what = indicator, role
            if pair and number in (pair.numerator, pair.denominator) and of == "count":
                first, second = named or over(full)
                first, second = (i if binding.fits(i, unit) else None for i in (first, second))
                name, what = (first, "numerator") if number is pair.numerator else (second, "denominator")
            draft = self._draft(row, column, number, around)
            draft.of, draft.unit = ("percent", "%") if number.percent else (of, unit)
            draft.indicator, draft.role, draft.features = name, what, full
            drafts.append(draft)
        self.out.drafts += drafts
        if named:
            for draft in drafts:
                draft.role = "value"
        elif pair and len(drafts) == 2:
            kind = ("maximum", "value", "maximum") if of == "score" else ("fraction", "numerator", "denominator")
            terms = [(kind[1], drafts[0], 1), (kind[2], drafts[1], 1)]
            self.out.relations.append(DraftRelation(kind[0], terms, drafts[0].passage.locator, drafts[0].quote))  # type: ignore[arg-type]
        if drafts and drafts[0].indicator is None and not self.driven and around.scope is None and not row.total:
            for draft in drafts:
                draft.scope = row.label[:120] if draft.role == "value" else draft.scope
        return drafts

    def _draft(self, row: Row, column: int, number: NumberSpan, around: Surroundings) -> Draft:
        """A number of a cell with its place, still bound to nothing."""
        passage, start, end = around.origin(number.start, number.end)
        return Draft(
            number.quantity,
            passage,
            start,
            end,
            self._quote(row),
            around.site,
            (around.order, self._order(row, column, number.start)),
            scope=around.scope,
            period=around.period,
            kind="table",
            qualifier=number.qualifier,
            row=around.row,
            column=around.column,
            section=around.section,
        )

    def _order(self, row: Row, column: int, start: int) -> int:
        return (row.index * (self.shape.table.n_columns + 1) + column) * 100_000 + start

    def _unit(self, row: Row, full: frozenset[str], of: FigureKind, indicator: str | None) -> str | None:
        if of == "percent":
            return "%"
        if of == "score":
            return "điểm"
        if row.unit:
            if "=" in row.unit:
                return "mã"
            found = unit_finder().find(row.unit)
            return found[0].features[0] if found and found[0].start == 0 else row.unit.lower()
        if not self.driven and self.shape.columns("unit"):
            return None
        return indicators()[indicator].unit if indicator else name_of(full)

    def _kind(self, row: Row, column: int, cell: GridCell, own: frozenset[str]) -> FigureKind:
        head = " ".join(self.shape.paths[column])
        if "/" in cell.text and "%" not in cell.text and "%" in (row.unit or ""):
            return "count"  # "1.427/1.438" beside a rate: what it is worked out from
        if row.unit:
            return (
                "percent"
                if row.unit.strip().startswith("%") or "%" in cell.text
                else ("score" if row.unit.strip().lower() == "điểm" else "count")
            )
        headed = _PERCENT_HEAD.search(self.shape.paths[column][-1] if self.shape.paths[column] else "")
        if "%" in cell.text or (headed and not self._above_hundred(column)):
            return "percent"
        if own & _SCORE or (_SCORE_HEAD.search(head) and self.driven):
            return "score"
        if "rank" in self.columns[column].own:
            return "rank"
        if self.scores and "," in cell.text:
            return "score"  # "Chỉ số chung" beside "Điểm thẩm định"
        if not self.driven and _PERCENT_HEAD.match(row.label.strip()):
            return "percent"
        return "count"

    def _above_hundred(self, column: int) -> bool:
        """Whether a column headed by a rate holds its counts: whole figures throughout, larger than any share."""
        cells = [cell for row in self.shape.rows if (cell := row.cells[column]) and is_figure(cell.text)]
        values = [n.quantity for cell in cells for n in find_numbers(cell.normalised.text)[:1]]
        whole = all(q.ulp >= 1 for q in values) and not any("%" in cell.text for cell in cells)
        return whole and any(q.value > 100 for q in values)

    def _quote(self, row: Row) -> str:
        texts = []
        for c, cell in enumerate(row.cells):
            if cell and cell.cell.column == c and cell.cell.row == row.index and cell.text:
                texts.append(" ".join(cell.text.split())[:160])
        return "\t".join(texts)[:400]

    def _prose(self, row: Row, column: int, cell: GridCell) -> list[Draft]:
        """Figures in a note or a wordy cell, read as a sentence about the row."""
        mentions = self.scan(cell.normalised.text, 0)
        self.scanned.append((cell, mentions))
        if not mentions.numbers and not mentions.zeros:
            return []
        base = frozenset({"verified_score"}) if self.scores else features_of(row.label)
        above = self._row_context(row)
        context = Context((base, *above.features), 1 + (above.near or 0))
        scope = self._scope(row, column)
        around = self._surroundings(row, column, cell, context, scope)
        if not self.scores and is_figure(cell.text) and mentions.fractions:
            return self._figures(row, column, cell, mentions, around, binding.complete(base, context), "count")
        return self._add(harvest(cell.normalised.text, 0, mentions, around, self.report, self.own), row, column)

    def _label(self, row: Row, column: int, cell: GridCell) -> list[Draft]:
        """A label seldom states a figure: only a maximum ("…: 0,5 điểm") is one; the rest belongs to the name."""
        mentions = self.scan(cell.normalised.text, 0)
        if not self.scores or not mentions.numbers:
            self.scanned.append((cell, replace(mentions, numbers=())))
            return []
        scored = tuple(n for n in mentions.numbers if re.match(r"\s*điểm\b", cell.normalised.text[n.end :]))
        self.scanned.append((cell, replace(mentions, numbers=scored)))
        drafts = []
        for number in scored:
            around = self._surroundings(row, column, cell, Context(), self._scope(row, column))
            draft = self._draft(row, column, number, around)
            draft.of, draft.unit, draft.role = "score", "điểm", "max"
            draft.qualifier = None
            drafts.append(draft)
        self.out.drafts += drafts
        return drafts

    def _add(self, found: Harvest, row: Row | None = None, column: int = 0) -> list[Draft]:
        for draft in found.drafts:
            draft.order = (self.around.order, self._order(row, column, draft.order[1])) if row else draft.order
            if row:
                draft.quote = (
                    f"{self._quote(row)[:160]}\t{draft.quote}" if draft.quote not in self._quote(row) else draft.quote
                )
        self.out.drafts += found.drafts
        self.out.relations += found.relations
        return found.drafts
