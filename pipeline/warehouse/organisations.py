"""Offices that report, as rows: their kinds, all ways to write their names, and who took over from whom.

Source: `extractors/vocabulary/organisations.csv` with `agencies.csv`. Reports are bound to them by the view
`report_offices`, which compares names by the macro `organisation_key`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

#: Table and columns, tables that others refer to first.
COLUMNS: Final = {
    "organisations": ("id", "name", "kind", "level", "code", "valid_from", "valid_to"),
    "organisation_aliases": ("alias", "organisation"),
    "organisation_successors": ("organisation", "successor", "from_day", "whole", "basis", "verified"),
}


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Rows of the tables of `COLUMNS`, every value as DuckDB casts it to text (a day "2025-03-01", a truth "true")."""
    return {
        "organisations": list(_organisations()),
        "organisation_aliases": list(_aliases()),
        "organisation_successors": list(_successors()),
    }


def _organisations() -> Iterator[tuple[Any, ...]]:
    from extractors.vocabulary.registers import organisations

    for o in organisations():
        days = (day and day.isoformat() for day in (o.valid_from, o.valid_to))
        yield o.id, o.name, o.kind, o.level, o.code, *days


def _aliases() -> Iterator[tuple[str, str]]:
    from extractors.vocabulary.registers import organisations

    for o in organisations():
        yield from ((alias, o.id) for alias in dict.fromkeys((o.name, *o.aliases)))


def _successors() -> Iterator[tuple[Any, ...]]:
    from extractors.vocabulary.registers import organisations

    for o in organisations():
        for s in o.successions:
            yield o.id, s.successor, s.from_day.isoformat(), str(s.whole).lower(), s.basis, str(s.verified).lower()
