"""Values out of a fuzzer's bytes: front to back, so that a small mutation changes a value and keeps the others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from extractors.model import Quantity
from tests.properties.contracts.numbers import quantity

T = TypeVar("T")
_MOST_DIGITS, _MOST_PHRASES = 18, 60
_FIRST, _LAST = date(1990, 1, 1), date(2049, 12, 31)
_SCALES = (10, 1_000, 1_000_000, 10**9, 10**12)


class Draw:
    """A reader of bytes; behind their end everything drawn is the least it can be."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def integer(self, low: int, high: int) -> int:
        """Between both, of as many bytes as the range needs."""
        size = max(1, ((high - low).bit_length() + 7) // 8)
        piece = self.data[self.at : self.at + size]
        self.at += size
        return low + int.from_bytes(piece, "big") % (high - low + 1)

    def yes(self) -> bool:
        """One byte, odd or even."""
        return self.integer(0, 1) == 1

    def pick(self, choices: Sequence[T]) -> T:
        """One of some."""
        return choices[self.integer(0, len(choices) - 1)]

    def count(self) -> int:
        """A whole figure, small ones as likely as large ones."""
        return self.integer(0, 10 ** self.integer(0, 9))

    def decimal(self) -> Decimal:
        """A figure with one to six decimals."""
        return Decimal(self.integer(0, 10**8)).scaleb(-self.integer(1, 6))

    def printed(self) -> Decimal:
        """Any figure of as many digits as are read."""
        return Decimal(self.integer(0, 10 ** self.integer(1, _MOST_DIGITS) - 1)).scaleb(
            -self.integer(0, _MOST_DIGITS - 1)
        )

    def signed(self) -> Decimal:
        """The same, with a sign."""
        return self.printed() * (-1 if self.yes() else 1)

    def quantity(self) -> Quantity:
        """A figure as it is printed: exact, rounded, approximate, or of thousands and more."""
        kind = self.integer(0, 5)
        if kind == 0:
            by = self.pick(_SCALES)
            count = self.count()
            return Quantity(str(count), Decimal(count * by), Decimal(by))
        value = Decimal(self.count()) if kind < 3 else self.decimal() if kind < 5 else self.printed()
        return quantity(value, kind == 1)

    def share(self) -> Fraction:
        """From zero to one, both included."""
        return Fraction(self.integer(0, 255), 255)

    def day(self) -> date:
        """A day of the years that reports are from."""
        return _FIRST + timedelta(days=self.integer(0, (_LAST - _FIRST).days))

    def year(self) -> int:
        """One of these years."""
        return self.integer(_FIRST.year, _LAST.year)

    def text(self, phrases: Sequence[str]) -> str:
        """The bytes that are left: as UTF-8, or one phrase for each of the first of them, with blanks between or without."""
        how = self.integer(0, 3)
        rest, self.at = self.data[self.at :], len(self.data)
        if how < 2:
            return rest.decode("utf-8", errors="replace")
        return (" " if how == 2 else "").join(phrases[byte % len(phrases)] for byte in rest[:_MOST_PHRASES])
