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
        "history.adds_up",
        "history",
        "warning",
        "Các kỳ ghép khít cộng lại khác số của cả kỳ",
        "Periods that make up a longer one do not sum to it",
        "quý I 500, quý II 450; 6 tháng 930",
    ),
    Rule(
        "history.left_in",
        "history",
        "warning",
        "Nhiều số giữ nguyên của báo cáo kỳ trước",
        "Many figures are those of the preceding report",
        "1.310, 1.113, 903, 204 ở cả quý I và quý II",
    ),
    Rule(
        "history.unusual",
        "history",
        "warning",
        "Số thay đổi khác hẳn các kỳ trước của cơ quan",
        "A figure unlike the office's own past",
        "1.113; 1.150; 1.098; …; 11.130",
    ),
    Rule(
        "history.province_part",
        "history",
        "warning",
        "Số của một Sở trong báo cáo của tỉnh khác báo cáo của Sở",
        "The province states of a Sở other than that Sở itself",
        "tỉnh ghi Sở Xây dựng 1.131; Sở báo cáo 1.113",
    ),
    Rule(
        "history.province_total",
        "history",
        "warning",
        "Tổng của tỉnh không khớp tổng các Sở đã báo cáo",
        "The province's total does not fit the sum of its Sở",
        "tỉnh 2.000; các Sở cộng lại 2.350",
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


_KEPT: Final = "(SELECT * FROM kept_findings WHERE list_contains($provinces::VARCHAR[], unit))"


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
    """Every disagreement in the warehouse that one of `paths` takes part in, by path.

    Only the provinces of those files are looked at, so that the end of a run does not wait for the whole history.
    """
    asked = con.execute(
        """
        SELECT DISTINCT coalesce(p.name_today, r.province, '') FROM readings r
        LEFT JOIN provinces p ON p.name = r.province
        WHERE r.path IN (SELECT unnest(?::VARCHAR[]))
        """,
        [list(paths)],
    )
    provinces = [name for (name,) in asked.fetchall()]
    if not provinces:
        return []
    ((due,),) = con.execute("SELECT count(*) FROM history_due(?::VARCHAR[])", [provinces]).fetchall()
    # what was kept is all there is to ask; to compare anew, nine rules are planned, which takes longer than a small history
    told = "history_told($provinces::VARCHAR[])" if due else _KEPT
    found = con.execute(
        f"""
        SELECT rule, message_vi, message_en, path, quote, earlier_path, earlier_quote
        FROM {told}
        WHERE list_has_any(paths, $paths::VARCHAR[])
        ORDER BY path, rule, message_vi, earlier_path
        """,
        {"provinces": provinces, "paths": list(paths)},
    )
    return [Comparison(*row) for row in found.fetchall()]
