"""A report before it is printed, and what an office keeps of one that it has sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tests.past.windows import Window

Figures = dict[str, int]
#: Indicators of a row of a table: a Sở in the province's report, a lĩnh vực in that of a Sở.
ROW = (
    "dossiers_received_total",
    "dossiers_carried_over",
    "dossiers_received_new",
    "dossiers_resolved_total",
    "dossiers_resolved_late",
    "dossiers_pending_total",
)


@dataclass(frozen=True, slots=True)
class Document:
    """A document that reports cite; `issuer` as they name it."""

    words: str
    doc_type: str
    number: str
    year: int | None
    symbol: str
    issued: date
    issuer: str

    @property
    def key(self) -> str:
        """The number as the warehouse normalises it."""
        middle = f"{self.year}/" if self.year else ""
        return f"{self.number}/{middle}{self.symbol}"


@dataclass(slots=True)
class Draft:
    """What one report will say. `own` are the office's own counts, `rows` those by scope, `cited` documents with the date
    given, `compared` the period of a year before with what was resolved in it."""

    path: str
    province: str
    office: str
    parent: str | None
    place: str
    window: Window
    issued: date
    number: int
    symbol: str
    title: str
    own: Figures
    rows: list[tuple[str, Figures]]
    procedures: int
    cited: list[tuple[Document, date]] = field(default_factory=list)
    compared: tuple[Window, int] | None = None
    wrong_rate: bool = False
    warned: bool = False

    def again(self, path: str, issued: date, number: int) -> Draft:
        """A copy to be sent at another time, its figures its own."""
        copied = [(scope, dict(figures)) for scope, figures in self.rows]
        kept = (self.province, self.office, self.parent, self.place, self.window)
        return Draft(
            path,
            *kept,
            issued,
            number,
            self.symbol,
            self.title,
            dict(self.own),
            copied,
            self.procedures,
            list(self.cited),
        )


@dataclass(frozen=True, slots=True)
class Sent:
    """A report as it was sent; `touched` are the indicators that a planted break changed in it."""

    path: str
    window: Window
    own: Figures
    rows: dict[str, Figures]
    touched: frozenset[str]
