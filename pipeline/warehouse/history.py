"""What the history says of some files: the view `history_findings` as objects."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import duckdb

from pipeline.checks.rules import Rule

RULES: Final = (
    Rule(
        "history.carried_over",
        "history",
        "warning",
        "Kỳ trước chuyển sang khác số đang giải quyết cuối kỳ trước",
        "Carried over differs from what the period before left pending",
        "chuyển sang 24; kỳ trước còn 42",
    ),
    Rule(
        "history.cumulative",
        "history",
        "warning",
        "Số lũy kế giảm so với báo cáo trước",
        "A cumulative figure falls",
        "quý I 500; 6 tháng 450",
    ),
    Rule(
        "history.resent",
        "history",
        "warning",
        "Bản gửi lại thay đổi số liệu",
        "A report sent again changes figures",
        "500, gửi lại 505",
    ),
    Rule(
        "history.cited_dates",
        "history",
        "warning",
        "Một văn bản được hai báo cáo ghi hai ngày",
        "One document cited with two dates by two reports",
        "707/QĐ-UBND 9/3 và 11/4",
    ),
)


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
