"""A stretch of normalised text with all that was placed in it, and the places that say nothing of what is counted."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from extractors.facts import scopes
from extractors.facts.draft import Surroundings
from extractors.facts.mentions import Mentions
from extractors.language.pipeline import Found, cue_finder, unit_finder
from extractors.model import Period

#: "tổng số hồ sơ (kể cả kỳ trước chuyển qua) là 714": what a total includes is not what it is.
_INCLUDED = re.compile(
    r"(?i)(?:\(\s*(?:có )?cả|\b(?:kể|tính|bao gồm|gồm) cả)\s[^,;.:()\d]{3,80}(?=[,;)]|\s(?:là|đạt|có)\b)"
)
_FIELD_REACH = 16
_FIELD = re.compile(r"(?i:lĩnh vực)\s+$")  # "lĩnh vực Bưu chính" is a name, and says nothing of a channel
_OF_ISSUER = re.compile(r"\s*,?\s*của\s+[^,;.:()]{2,60}")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text whose figures are read: `plain` is `text` without cited documents, `cues` the phrases that may say what a
    figure counts, `known` all spans that were understood (cues, units, names of offices, dates, citations); offsets are
    of `text`."""

    text: str
    plain: str
    mentions: Mentions
    around: Surroundings
    report: Period | None
    own: tuple[str, ...]
    cues: tuple[Found, ...]
    known: tuple[tuple[int, int], ...]
    units: dict[int, Found]

    def cues_within(self, start: int, end: int) -> list[Found]:
        """The phrases that begin and end in a span."""
        return [c for c in self.cues if start <= c.start and c.end <= end]

    def is_own(self, name: str) -> bool:
        """Whether a subject is the reporting body itself, or the whole that it reports for."""
        said = name.casefold()
        mine = (o.casefold() for o in self.own)
        return scopes.whole(name) or any(said == o or (scopes.proper(o) and said.startswith(o)) for o in mine)


T = TypeVar("T")


class _InOrder(Generic[T]):
    """Things of a text by where they start."""

    def __init__(self, things: Iterable[T], start: Callable[[T], int]) -> None:
        self.things = sorted(things, key=start)
        self.starts = [start(thing) for thing in self.things]

    def between(self, start: int, end: int) -> tuple[T, ...]:
        """Those that start in a span."""
        return tuple(self.things[bisect_left(self.starts, start) : bisect_left(self.starts, end)])


class Sentences:
    """A stretch, to be seen a sentence at a time: a line of a thousand figures then costs no more than its sentences."""

    def __init__(self, stretch: Stretch) -> None:
        self.stretch = stretch
        self.cues = _InOrder(stretch.cues, lambda cue: cue.start)
        self.known = _InOrder(stretch.known, lambda span: span[0])
        self.numbers = _InOrder(stretch.mentions.numbers, lambda number: number.start)
        self.periods = _InOrder(stretch.mentions.periods, lambda period: period.start)

    def seen(self, start: int, end: int) -> Stretch:
        """The stretch with only those phrases, numbers and periods that start in `start:end`."""
        numbers, periods = self.numbers.between(start, end), self.periods.between(start, end)
        return replace(
            self.stretch,
            mentions=replace(self.stretch.mentions, numbers=numbers, periods=periods),
            cues=self.cues.between(start, end),
            known=self.known.between(start, end),
        )


def stretch_of(
    text: str, mentions: Mentions, around: Surroundings, report: Period | None, own: tuple[str, ...]
) -> Stretch:
    """Find the phrases, units and names of `text`; none where there is no figure to bind."""
    busy = bytearray(len(text) + 1)
    for start, end, kind in mentions.placed:
        if kind in ("citation", "ignored") and not text.startswith("mức độ", start):
            busy[start:end] = b"\1" * (end - start)
    own_names = (m.span() for o in own if scopes.proper(o) for m in re.finditer(re.escape(o), text))
    names = [*(m.span() for m in scopes.agency_pattern().finditer(text)), *own_names]
    for start, end in names:  # "Thanh tra tỉnh", "Sở Giao thông vận tải" do nothing here
        busy[start:end] = b"\1" * (end - start)
    cues: list[Found] = []
    units: dict[int, Found] = {}
    if mentions.numbers or mentions.zeros:
        held_back = [m.span() for m in _INCLUDED.finditer(text)]
        cues = [c for c in cue_finder().find(text) if not any(busy[c.start : c.end])]
        for start, end in held_back:
            busy[start:end] = b"\1" * (end - start)
        cues = [c for c in cues if not busy[c.start]]
        cues = [
            c for c in cues if not (text[c.start].isupper() and _FIELD.search(text, c.start - _FIELD_REACH, c.start))
        ]
        cues += [Found(s, e, ("total",)) for s, e in held_back]
        cues += [Found(c.start, c.end, ("plan",)) for c in mentions.citations if c.doc_type == "KH"]
        cues += [Found(c.start, c.end, ("score_766",)) for c in mentions.citations if c.key == "766/QĐ-TTg"]
        units = {u.start: u for u in unit_finder().find(text)}
    plain = _without_citations(text, mentions)  # whose figure it is, is never said by a cited document
    known = [(f.start, f.end) for f in (*cues, *units.values())] + [(s, e) for s, e, _ in mentions.placed] + names
    ordered = tuple(sorted(cues, key=lambda c: c.start))
    return Stretch(text, plain, mentions, around, report, own, ordered, tuple(known), units)


def _without_citations(text: str, mentions: Mentions) -> str:
    """The text with cited documents and the names of their issuers blanked, offsets kept."""
    kept = list(text)
    for start, end, kind in mentions.placed:
        if kind == "citation":
            issuer = _OF_ISSUER.match(text, end)
            stop = issuer.end() if issuer else end
            kept[start:stop] = " " * (stop - start)
    return "".join(kept)
