"""The types of the lower floor: what a file says (`Document`) and what a report states (`Report`).

Everything here is frozen, picklable and free of floats between page and warehouse: a figure is a `Quantity` whose
`Decimal` was made from the printed digits. Lengths on a page are PDF points from the top left corner.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from extractors.origin import Format as Format
from extractors.origin import PageScore as PageScore
from extractors.origin import Parent as Parent
from extractors.origin import Refusal as Refusal
from extractors.origin import Signature as Signature
from extractors.origin import Source as Source
from extractors.origin import SourceWarning as SourceWarning

BBox = tuple[float, float, float, float]  # x0, top, x1, bottom
Language = Literal["vi", "en"]


# --- the document --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """Characters `start:end` of a passage stand on `page` (1-based) inside `bbox`.

    `confidence`: how sure recognition is of the word, 0 to 100; None where the file gives the characters itself. A page
    whose text layer cannot be trusted has 0.
    """

    start: int
    end: int
    page: int
    bbox: BBox
    confidence: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of text with its address: one paragraph, or one table cell.

    `text` holds the file's own characters, not normalised; a paragraph that a PDF breaks over lines is joined with
    single blanks, a line break that the author typed stays "\\n". `locator` is always present: "p12", "t2/r3/c4",
    "h1" (page header), "f1" (footer), "n1" (footnote), "x1" (text box). `places` are words in text order, empty where
    the format has no pages.
    """

    text: str
    locator: str
    places: tuple[Place, ...] = ()

    def place(self, start: int, end: int) -> tuple[int | None, BBox | None]:
        """Page and box that hold `text[start:end]`; of words on two pages, those on the first."""
        hits = [p for p in self.places if p.start < end and p.end > start]
        if not hits:
            return None, None
        page = hits[0].page
        boxes = [p.bbox for p in hits if p.page == page]
        return page, (
            min(b[0] for b in boxes),
            min(b[1] for b in boxes),
            max(b[2] for b in boxes),
            max(b[3] for b in boxes),
        )

    def confidence(self, start: int, end: int) -> int | None:
        """The least confidence of the words that hold `text[start:end]`; None where none of them was recognised."""
        told = [p.confidence for p in self.places if p.start < end and p.end > start and p.confidence is not None]
        return min(told, default=None)


ParagraphKind = Literal["body", "header", "footer", "footnote", "textbox"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `label` is a number or bullet that the file generates and `text` does not hold ("1.", "-", "a)");
    `level` is the list depth that the file states, 0 where it states none; `bold` when all of it is bold."""

    passage: Passage
    kind: ParagraphKind = "body"
    label: str = ""
    level: int = 0
    align: Literal["left", "center", "right", "justify"] | None = None
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at its top left grid position (0-based); a merged cell stands once, with its spans."""

    row: int
    column: int
    passage: Passage
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of `n_rows` x `n_columns`; `cells` in reading order, absent positions are empty cells.

    A table continued over pages is one table: a repeated header is dropped, a row cut by the page end is joined.
    Layout tables (letterhead, signature block) are not tables: readers give them as paragraphs, cell by cell.
    """

    locator: str
    n_rows: int
    n_columns: int
    cells: tuple[Cell, ...]

    def grid(self) -> list[list[Cell | None]]:
        """Rows of cells; a merged cell stands at every position it covers (the same object)."""
        rows: list[list[Cell | None]] = [[None] * self.n_columns for _ in range(self.n_rows)]
        for cell in self.cells:
            for r in range(cell.row, min(cell.row + cell.row_span, self.n_rows)):
                for c in range(cell.column, min(cell.column + cell.column_span, self.n_columns)):
                    rows[r][c] = cell
        return rows


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader hands over: blocks in reading order."""

    source: Source
    blocks: tuple[Paragraph | Table, ...]

    def passages(self) -> Iterator[Passage]:
        """Every passage in reading order, cells row by row."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block.passage
            else:
                for cell in block.cells:
                    yield cell.passage


# --- the facts -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as printed.

    `value` is exact; `ulp` is the unit of the last printed place (0.01 for "99,98", 1 for "33.451", 10 for "10,18
    ngàn"). `other` is the second reading of a figure whose notation cannot be decided ("1.234" read 1234 or 1.234):
    checks on it cannot tell. `words` for a number written in words or a stated zero ("không có").
    """

    text: str
    value: Decimal
    ulp: Decimal = Decimal(1)
    approx: bool = False
    other: Decimal | None = None
    words: bool = False

    @property
    def interval(self) -> tuple[Decimal, Decimal]:
        """Closed rounding interval [value - ulp/2, value + ulp/2]; a whole count (ulp 1) is exact: [value, value]."""
        if self.ulp == 1:
            return self.value, self.value
        half = self.ulp / 2
        return self.value - half, self.value + half


PeriodKind = Literal["week", "month", "quarter", "half", "nine_months", "year", "range"]


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period; stated limits win over the calendar. `stated` when the text gives the limits."""

    kind: PeriodKind
    year: int | None
    index: int | None
    start: date | None
    end: date | None
    text: str
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Issued:
    """Date line of the letterhead; parts left blank on the page are None."""

    year: int | None
    month: int | None
    day: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Header:
    """Letterhead, title and signature of a document in the layout of Nghị định 30/2020/NĐ-CP (Appendix I)."""

    doc_type: str | None = None
    number: str | None = None
    symbol: str | None = None
    issuing_body: str | None = None
    parent_body: str | None = None
    province: str | None = None
    place: str | None = None
    issued: Issued | None = None
    title: str | None = None
    signer: str | None = None
    number_text: str | None = None  # the line "Số: /BC-SCT" as printed; None where the document has no such line
    number_locator: str | None = None
    issued_locator: str | None = None


ObservationKind = Literal["narrative", "table", "title", "note"]
Role = Literal[
    "value",  # the figure of the indicator, or a plain figure of the report
    "numerator", "denominator",  # of a printed fraction a/b
    "max",  # the maximum of a score, "57,88/65 điểm"
    "field_size",  # how many are ranked, "12/19"
    "threshold", "target", "limit", "instruction",  # rules, aims, orders: not results
    "change",  # "tăng 3 bậc", "giảm 2,5% so với"
    "code",  # an answer by code, "Không = 0, Có = 1"
    "duration", "frequency",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure of the report, bound to what it counts.

    `indicator` is an id of the vocabulary or None for a real figure outside it. `scope` says whose figure it is where
    it is not the reporting body's own total. `period` is its own, None where it is the report's. `quote` is the
    clause or row around it; `start:end` are its characters in the passage at `locator`. `site` names the stretch of
    the document in which figures belong together: "t2" for a table, "s3" for a bullet group or paragraph;
    `row`, `column`, `section` are the form's own codes and headings.
    """

    id: str
    indicator: str | None
    quantity: Quantity
    unit: str | None
    quote: str
    locator: str
    start: int
    end: int
    site: str
    scope: str | None = None
    period: Period | None = None
    kind: ObservationKind = "narrative"
    role: Role = "value"
    qualifier: Literal["<", "<=", ">", ">="] | None = None  # the figure is a bound, not a value
    row: str | None = None
    column: str | None = None
    section: str | None = None
    page: int | None = None
    bbox: BBox | None = None
    doubt: str | None = None  # why scope, period or indicator are not certain; None where they are
    confidence: int | None = None  # the least of its words (see Place); None where the file gives the characters itself

    @property
    def value(self) -> Decimal:
        return self.quantity.value


@dataclass(frozen=True, slots=True)
class Citation:
    """A document named by number and symbol; `key` is normalised ("707/QĐ-UBND", "91-KL/TU", "57/2023/QĐ-UBND")."""

    id: str
    doc_type: str | None
    number: str | None
    year: int | None
    symbol: str | None
    key: str | None
    date: date | None
    issuer: str | None
    quote: str
    locator: str
    start: int
    end: int
    date_text: str | None = None  # as printed; with `date` None it is a date that does not exist, "31/02/2023"
    page: int | None = None
    bbox: BBox | None = None
    confidence: int | None = None


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or a range of dates in running text. `start` is None where the date does not exist ("31/6/2023")."""

    id: str
    text: str
    start: date | None
    end: date | None
    quote: str
    locator: str
    position: tuple[int, int]
    precision: Literal["day", "month", "year"] = "day"
    problem: str | None = None  # "impossible" and the like
    page: int | None = None
    bbox: BBox | None = None
    confidence: int | None = None


RelationKind = Literal[
    "parts",  # whole = (or >=) sum of parts: "trong đó", total row or column, levels. terms: whole, part...
    "fraction",  # "33.451 /33.435 hồ sơ (tỷ lệ 99,98%)". terms: numerator, denominator, [rate]
    "share",  # a rate printed with its count, base unnamed: "33437 hồ sơ, tỷ lệ: 99,98%". terms: rate, numerator
    "maximum",  # "57,88/65 điểm". terms: value, maximum
    "rank",  # "12/19". terms: value, field
    "product",  # "9/170281 × 0,5 = 0,0003". terms: numerator, denominator, factor, result
    "deduction",  # self-score, verified score and deduction of one criterion. terms: self, verified, [deduction]
    "count",  # "04 quyết định (…)" beside a list. terms: stated; `listed` entries, `cited` citations
    "formula",  # a formula that the form prints, "(3)=(4)+(5)+(6)". terms: result, part...
    "mean",  # a row of means. terms: mean, part...
    "changed",  # "1.310 hồ sơ, tăng 164 so với tháng 9 (1.146)". terms: value, change, earlier
    "restated",  # the same figure said again in the same cell or bracket. terms: first, again
]


@dataclass(frozen=True, slots=True)
class Term:
    """One figure of a relation: what it plays there, and the observation."""

    name: str
    observation: str
    sign: int = 1


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between figures that the page itself states by its structure; the checks test it.

    `complete`: the parts are said or built to be all ("gồm", total row, printed formula); False: "trong đó" and the
    like, where the parts may not exceed the whole. `listed` counts the entries of a list for kind "count".
    """

    id: str
    kind: RelationKind
    terms: tuple[Term, ...]
    locator: str
    quote: str = ""
    complete: bool = False
    expression: str | None = None
    listed: int | None = None
    cited: tuple[str, ...] = ()

    def of(self, name: str) -> tuple[str, ...]:
        """Observation ids that play `name` here, in order."""
        return tuple(t.observation for t in self.terms if t.name == name)


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of a statistical form. `blank` names value columns left empty; `heading` takes no value; `optional` is
    marked "(nếu có)" or does not apply to the reporting body."""

    code: str | None
    label: str
    unit: str | None
    locator: str
    observations: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    heading: bool = False
    optional: bool = False
    section: str | None = None
    page: int | None = None
    bbox: BBox | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A table read as a form. `kind`: "statistical" (row codes, unit, figure), "columns" (II.06a and its variants),
    "scores" (criteria that lost points: a selection, no row is missing), "other"."""

    locator: str
    title: str | None
    kind: Literal["statistical", "columns", "scores", "other"]
    rows: tuple[FormRow, ...]
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A run of digits that nobody could place."""

    text: str
    quote: str
    locator: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Where every run of digits of the document ended; the six classes add up to `total`."""

    total: int = 0
    observation: int = 0
    citation: int = 0
    date: int = 0
    numbering: int = 0
    ignored: int = 0
    unread: int = 0
    examples: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All facts of one file; with `error` set there are none. Ids are unique in the report and follow reading order.

    `recognised` are the pages on which a word was recognised from an image or is not trusted, `untrusted` those of them
    without a word that is, `garbled` the locators of paragraphs of which a word was not made out.
    """

    source: Source
    error: Refusal | None = None
    header: Header = field(default_factory=Header)
    period: Period | None = None
    observations: tuple[Observation, ...] = ()
    citations: tuple[Citation, ...] = ()
    dates: tuple[DateMention, ...] = ()
    relations: tuple[Relation, ...] = ()
    forms: tuple[Form, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    recognised: tuple[int, ...] = ()
    untrusted: tuple[int, ...] = ()
    garbled: frozenset[str] = frozenset()
