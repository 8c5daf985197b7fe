"""What a cell shows, from its value and its display format: the same for every kind of workbook."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from extractors.readers.date_format import date_shown
from extractors.readers.number_format import shown, text_shown
from extractors.readers.sheets import Notes, clean

_LONGEST_CODE: Final = 255  # what Excel lets a display format be


def printed(value: Any, error: bool, code: str, place: str, notes: Notes) -> str:
    """The text that a cell shows; notes errors (`error`: the value is one) and hidden decimals."""
    if error:
        notes.add("formula_error", place)
        return ""
    code = code if len(code) <= _LONGEST_CODE else "General"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return clean(text_shown(value, code))
    if isinstance(value, datetime | date | time | timedelta):
        return date_shown(value, code)
    found = shown(exact(value), code)
    if found.hides:
        notes.add("hidden_decimals", place)
    return clean(found.text)


def exact(value: float) -> Decimal:
    """A stored number by its fifteen digits, which is all that Excel shows of it: 0.30000000000000004 is 0.3."""
    return Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
