"""Where every run of digits ended. A run is digits with their inner separators; what nobody placed is unread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from extractors.facts.mentions import Mentions, digit_runs
from extractors.language.normalise import Normalised
from extractors.language.outline import Line
from extractors.model import Coverage, Passage, Unread

_MAX_EXAMPLES = 50


@dataclass(slots=True)
class Tally:
    """Counts by class, filled while the document is read."""

    counts: Counter[str] = field(default_factory=Counter)
    unread: list[Unread] = field(default_factory=list)

    def line(self, line: Line, mentions: Mentions, kept: Iterable[int], rest: str = "unread") -> None:
        """Count the runs of a line; `kept` are the starts of figures that became observations."""

        def where(at: int) -> tuple[Passage, int]:
            passage, start, _ = line.origin(at, at)
            return passage, start

        self._count(line.text, mentions, set(kept), rest, where)

    def cell(self, passage: Passage, normalised: Normalised, mentions: Mentions, kept: Iterable[int]) -> None:
        """Count the runs of a table cell; `kept` are starts in the cell's own text."""
        starts = set(kept)
        inside = {n.start for n in mentions.numbers if normalised.span(n.start, n.end)[0] in starts}
        self._count(normalised.text, mentions, inside, "numbering", lambda at: (passage, normalised.span(at, at)[0]))

    def passage(self, passage: Passage, kind: str) -> None:
        """All runs of a passage under one class."""
        self.counts[kind] += sum(1 for _ in digit_runs(passage.text))

    def all(self, line: Line, kind: str) -> None:
        """All runs of a line under one class."""
        self.counts[kind] += sum(1 for _ in digit_runs(line.text))

    def _count(self, text: str, mentions: Mentions, kept: set[int], rest: str, where: object) -> None:
        spans = [(n.start, n.end, "observation") for n in mentions.numbers if n.start in kept]
        spans += list(mentions.placed)
        spans.sort()
        at = 0
        for start, end in digit_runs(text):
            while at < len(spans) and spans[at][1] <= start:
                at += 1
            kind = next((k for s, e, k in spans[at : at + 4] if s < end and e > start), rest)
            self.counts[kind] += 1
            if kind == "unread" and len(self.unread) < _MAX_EXAMPLES:
                passage, first = where(start)  # type: ignore[operator]
                quote = " ".join(text[max(0, start - 40) : end + 40].split())
                self.unread.append(Unread(text[start:end], quote, passage.locator, passage.place(first, first + 1)[0]))

    def coverage(self) -> Coverage:
        """The totals so far."""
        c = self.counts
        return Coverage(
            sum(c.values()),
            c["observation"],
            c["citation"],
            c["date"],
            c["numbering"],
            c["ignored"],
            c["unread"],
            tuple(self.unread),
        )
