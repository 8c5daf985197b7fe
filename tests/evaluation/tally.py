"""What one comparison of readings with labels counts, and how texts and values are compared."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

Facts = Mapping[str, Any]


def fold(text: object) -> str:
    """Lower case, NFC, one kind of hyphen and blank, UBND for its long form."""
    plain = unicodedata.normalize("NFC", "" if text is None else str(text))
    plain = re.sub("[‐-―−]", "-", plain)
    return re.sub("(ủy|uỷ) ban nhân dân", "ubnd", " ".join(plain.casefold().split()))


def words(text: object) -> Counter[str]:
    """The words and figures of a text, with their number."""
    return Counter(re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+", fold(text)))


def overlap(a: object, b: object) -> float:
    """Share of the shorter text's words that the longer one has."""
    x, y = words(a), words(b)
    return (x & y).total() / max(1, min(x.total(), y.total()))


def value(text: object) -> Decimal | None:
    """A decimal string as a number; None for anything else."""
    try:
        return Decimal(str(text))
    except InvalidOperation:
        return None


@dataclass(slots=True)
class Tally:
    """Counts of one document or set; `notes` says what was missed, extra or wrong.

    `rules` counts (rule, what) with what of tested, reported, right, missed; `kinds` counts (planted kind, what) with
    what of want, hit. Both are kept of findings that are no mere info.
    """

    counts: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    rules: Counter[tuple[str, str]] = field(default_factory=Counter)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Fold another tally into this one."""
        self.counts.update(other.counts)
        self.notes += other.notes
        self.rules.update(other.rules)
        self.kinds.update(other.kinds)

    def rate(self, part: str, whole: str) -> float | None:
        """A share, or None where there is nothing to divide by."""
        return self.counts[part] / self.counts[whole] if self.counts[whole] else None

    def f1(self, part: str, wanted: str, got: str) -> float | None:
        """Harmonic mean of precision and recall."""
        both = self.counts[wanted] + self.counts[got]
        return 2 * self.counts[part] / both if both else None
