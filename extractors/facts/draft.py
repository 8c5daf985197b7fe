"""Facts on their way: observations and relations before they have ids."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from extractors.facts.binding import Context
from extractors.facts.numbers import Qualifier
from extractors.model import ObservationKind, Passage, Period, Quantity, RelationKind, Role
from extractors.vocabulary import FigureKind

Origin = Callable[[int, int], tuple[Passage, int, int]]


@dataclass(slots=True, eq=False)
class Draft:
    """An observation before it is numbered; `order` is its place in the document, `features` what it was bound by."""

    quantity: Quantity
    passage: Passage
    start: int
    end: int
    quote: str
    site: str
    order: tuple[int, int]
    of: FigureKind = "count"
    indicator: str | None = None
    unit: str | None = None
    scope: str | None = None
    period: Period | None = None
    kind: ObservationKind = "narrative"
    role: Role = "value"
    qualifier: Qualifier | None = None
    row: str | None = None
    column: str | None = None
    section: str | None = None
    features: frozenset[str] = frozenset()
    doubt: str | None = None


@dataclass(slots=True, eq=False)
class DraftRelation:
    """A relation between drafts; `terms` are (name, draft, sign)."""

    kind: RelationKind
    terms: list[tuple[str, Draft, int]]
    locator: str
    quote: str = ""
    complete: bool = False
    expression: str | None = None
    listed: int | None = None
    cited: tuple[tuple[str, int], ...] = ()  # (locator, start) of the citations of a list


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a stretch of text inherits: features and scope of what stands above it, its period, its address."""

    context: Context
    site: str
    order: int
    origin: Origin
    kind: ObservationKind = "narrative"
    scope: str | None = None
    period: Period | None = None
    row: str | None = None
    column: str | None = None
    section: str | None = None
    subject: frozenset[str] = frozenset()  # the index that the heading or title speaks of, for scores and ranks
    future: bool = False  # under "Phương hướng, nhiệm vụ": figures there are aims


@dataclass(slots=True)
class Harvest:
    """Drafts and relations of a stretch of text, and the features with which it ends (for the bullets below)."""

    drafts: list[Draft] = field(default_factory=list)
    relations: list[DraftRelation] = field(default_factory=list)
    aside: list[tuple[int, int]] = field(
        default_factory=list
    )  # figures of things that are not reported on: money, ages
