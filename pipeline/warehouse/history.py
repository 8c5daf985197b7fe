"""What the history says of some files: the view `history_findings` as objects."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import duckdb


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports that do not agree: a warning on the one at `path`, with the words of both."""

    rule: str
    vi: str
    en: str
    path: str
    quote: str
    earlier_path: str
    earlier_quote: str


def comparisons(con: duckdb.DuckDBPyConnection, paths: Collection[str]) -> list[Comparison]:
    """Every disagreement in the warehouse that one of `paths` takes part in, by path."""
    found = con.execute(
        """
        WITH asked AS (SELECT unnest(?::VARCHAR[]) AS path)
        SELECT rule, message_vi, message_en, path, quote, earlier_path, earlier_quote FROM history_findings
        WHERE path IN (FROM asked) OR earlier_path IN (FROM asked)
        ORDER BY path, rule, message_vi
        """,
        [list(paths)],
    )
    return [Comparison(*row) for row in found.fetchall()]
