"""Headers of tables: columns under headings under headings, and the row of column numbers with its printed formulas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.evaluation.generator.dossiers import RATES
from tests.evaluation.generator.identities import SUMS

Merge = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Column:
    """What a column states of the scope of its row, by its name in the model ("received", "more:received", …).

    `base` is the denominator of a rate where the heading names it; names of columns without figures are empty.
    """

    name: str = ""
    when: str = "now"
    base: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """A heading over one column, or over other headings."""

    text: str
    column: Column = field(default_factory=Column)
    under: tuple[Head, ...] = ()

    @property
    def leaves(self) -> tuple[Column, ...]:
        """The columns beneath, from left to right."""
        return tuple(c for head in self.under for c in head.leaves) if self.under else (self.column,)

    @property
    def depth(self) -> int:
        """Header rows that it needs."""
        return 1 + max((head.depth for head in self.under), default=0)


@dataclass(frozen=True, slots=True)
class Header:
    """Header rows, merges among them, and the columns."""

    rows: tuple[tuple[str, ...], ...]
    merges: tuple[Merge, ...]
    columns: tuple[Column, ...]


def laid(heads: Sequence[Head], numbers: str = "none") -> Header:
    """Lay headings out: a heading over nothing reaches down to the last row; `numbers` is a style of `numbered`."""
    depth = max(head.depth for head in heads)
    columns = tuple(c for head in heads for c in head.leaves)
    rows = [[""] * len(columns) for _ in range(depth)]
    merges: list[Merge] = []
    _place(heads, 0, 0, rows, merges)
    if numbers != "none":
        rows.append(numbered(columns, numbers))
    return Header(tuple(map(tuple, rows)), tuple(merges), columns)


def _place(heads: Sequence[Head], top: int, left: int, rows: list[list[str]], merges: list[Merge]) -> None:
    for head in heads:
        rows[top][left] = head.text
        right = left + len(head.leaves) - 1
        bottom = top if head.under else len(rows) - 1
        if (top, left) != (bottom, right):
            merges.append((top, left, bottom, right))
        _place(head.under, top + 1, left, rows, merges)
        left = right + 1


# Styles: brackets round the numbers, formulas, and letters over the columns without figures.
NUMBERS = {
    "brackets": (True, True, False),
    "plain": (False, True, False),
    "letters": (False, True, True),
    "bracketed letters": (True, True, True),
    "no formulas": (True, False, False),
    "plain, no formulas": (False, False, False),
}


def numbered(columns: Sequence[Column], style: str) -> list[str]:
    """The row of column numbers: (1) … (13), or A, B, 1 … 11; a column that is a sum or rate of others says so."""
    brackets, formulas, letters = NUMBERS[style]
    texts, names, last = [], {}, 0
    for place, column in enumerate(columns):
        if letters and not column.name:
            text = "ABCDEFG"[place]
        else:
            last += 1
            text = str(last)
        texts.append(f"({text})" if brackets else text)
        names[column.name, column.when] = texts[-1]
    if not formulas:
        return texts
    return [text + _formula(c, names) for text, c in zip(texts, columns, strict=True)]


def _formula(column: Column, names: dict[tuple[str, str], str]) -> str:
    """What stands after the number: "=(4)+(5)+(6)", "=(8)/(7)*100", or nothing."""
    when, (plain, _, argument) = column.when, column.name.partition(":")
    for _, total, parts, ceiling in SUMS:
        if not ceiling and total == column.name and all((p, when) in names for p in parts):
            return "=" + "+".join(names[p, when] for p in parts)
    if plain == "more" and {(argument, "now"), (argument, "before")} <= set(names):
        return f"={names[argument, 'now']}-{names[argument, 'before']}"
    if plain in RATES:
        part, whole = RATES[plain][column.base or next(iter(RATES[plain]))]
        if (part, when) in names and (whole, when) in names:
            return f"={names[part, when]}/{names[whole, when]}*100"
    return ""
