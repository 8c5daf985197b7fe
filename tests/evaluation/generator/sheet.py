"""A report before it becomes a file: lines and tables whose figures and citations are marked, not yet printed.

A figure stands in a text as a mark that names it; what is printed for it is decided when the sheet is rendered, so that an
error can be planted after the whole report is written and every label still quotes what is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from tests.evaluation.generator.world import Scope
from tests.reports.truth import Json

MARK = re.compile("([\ue000\ue001])(\\d+)\ue002")
Key = tuple[str, str, str]  # name, scope key, period ("now" or "before")


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure: what it is, its true value and how it is printed."""

    id: int
    name: str
    scope: Scope
    when: str
    value: Decimal
    indicator: str | None
    unit: str
    dotted: bool = True
    padded: bool = False
    sign: str = ""
    row: str | None = None
    total: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """What it states: two figures of one key must agree."""
        return self.name, self.scope.key, self.when

    def printed(self, value: Decimal) -> str:
        """The value as this figure prints it: decimal comma, dots or none in thousands, "05" where padded."""
        if value != value.to_integral_value() or self.sign:
            whole, _, rest = str(value).partition(".")
            text = whole if not rest or int(rest) == 0 else f"{whole},{rest}"
            return text + self.sign
        count = int(value)
        if self.padded and 0 < count < 10:
            return f"0{count}"
        return f"{count:,}".replace(",", "." if self.dotted else "")


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited document: `day` is (year, month, day) as printed, possible or not."""

    id: int
    lead: str
    key: str
    day: tuple[int, int, int]
    tail: str
    issuer: str | None

    def printed(self) -> str:
        """As in the text: month 1 and 2 and days below ten with a leading nought."""
        return f"{self.lead}{self.key} ngày {self.date_text()}{self.tail}"

    def date_text(self) -> str:
        """The date alone."""
        year, month, day = self.day
        return f"{day:02d}/{month if month > 2 else f'{month:02d}'}/{year}"

    def date_label(self) -> str:
        """ISO, or as printed where there is no such day."""
        try:
            return date(*self.day).isoformat()
        except ValueError:
            return self.date_text()


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. `look`: body, item, heading, title, centred, aside, left."""

    text: str
    look: str = "body"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: header rows and rows of marked texts; widths in millimetres; merges as (row, column, row, column).

    Merges count rows from the first of the header. `coded`: a form whose first column holds row codes and whose fourth
    its figures; `units`: a row for every unit, numbered in the first column and named in the second.
    """

    header: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    merges: tuple[tuple[int, int, int, int], ...] = ()
    size: float = 11
    bold: frozenset[int] = frozenset()
    coded: bool = False
    units: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two boxes side by side: the letterhead, or Nơi nhận and the signature. Each line is (text, look)."""

    left: tuple[tuple[str, str], ...]
    right: tuple[tuple[str, str], ...]
    widths: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Turn:
    """A new page, upright or lying."""

    landscape: bool


Block = Line | Grid | Pair | Turn


@dataclass(slots=True)
class Sheet:
    """The report under construction, and the listings whose parts are said to be all of a whole."""

    blocks: list[Block] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    listings: list[tuple[str, Key, tuple[Key, ...]]] = field(default_factory=list)
    shares: list[tuple[Key, ...]] = field(default_factory=list)
    quiet: list[Json] = field(default_factory=list)
    remarks: list[Json] = field(default_factory=list)
    noughts: set[Key] = field(default_factory=set)  # stated by a dash
    tempting: set[str] = field(default_factory=set)  # what in its tables is right but looks wrong

    def figure(self, made: Figure) -> str:
        """File a figure under its own number; returns its mark."""
        self.figures.append(replace(made, id=len(self.figures)))
        return f"\ue000{len(self.figures) - 1}\ue002"

    def cite(self, made: Citation) -> str:
        """File a citation; returns its mark."""
        self.citations.append(replace(made, id=len(self.citations)))
        return f"\ue001{len(self.citations) - 1}\ue002"

    def texts(self) -> Iterator[tuple[int, str]]:
        """(number of the block, marked text) of every line and table row, in reading order."""
        for number, block in enumerate(self.blocks):
            if isinstance(block, Line):
                yield number, block.text
            elif isinstance(block, Grid):
                for row in block.rows:
                    yield number, "\t".join(row)

    def printed(self) -> list[Figure]:
        """The figures that stand in the text, in reading order."""
        return [self.figures[n] for _, text in self.texts() for is_figure, n in marks(text) if is_figure]


def marks(text: str) -> Iterator[tuple[bool, int]]:
    """(is a figure, number) of every mark in a text."""
    for match in MARK.finditer(text):
        yield match[1] == "\ue000", int(match[2])


@dataclass(frozen=True, slots=True)
class Edition:
    """What is printed for every figure and citation of a sheet, planted errors included."""

    sheet: Sheet
    values: tuple[Decimal, ...]
    citations: tuple[Citation, ...]

    def plain(self, text: str) -> tuple[str, list[tuple[bool, int, int]]]:
        """The printed text, and (is a figure, number, place in it) of every mark."""
        made, found, last = "", [], 0
        for match in MARK.finditer(text):
            made += text[last : match.start()]
            number, figure = int(match[2]), match[1] == "\ue000"
            found.append((figure, number, len(made)))
            shown = (
                self.sheet.figures[number].printed(self.values[number]) if figure else self.citations[number].printed()
            )
            made += shown
            last = match.end()
        return made + text[last:], found

    def text(self, marked: str) -> str:
        """The printed text alone."""
        return self.plain(marked)[0]


def truthful(sheet: Sheet) -> Edition:
    """The sheet with nothing planted."""
    return Edition(sheet, tuple(f.value for f in sheet.figures), tuple(sheet.citations))
