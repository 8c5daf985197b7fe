"""What the header of a table says of each column."""

from __future__ import annotations

import re
from datetime import date
from dataclasses import dataclass, replace

from extractors.facts import binding, scopes
from extractors.facts.dates import find_dates
from extractors.facts.periods import find_periods
from extractors.language.pipeline import cue_finder
from extractors.model import Period

_PLAIN_HEAD = re.compile(
    r"(?i)^(?:số liệu|kết quả(?: thống kê| thực hiện)?|giá trị|số lượng|thực hiện|kỳ báo cáo|trong kỳ|số liệu báo cáo|kết quả đạt được)$"
)
#: Under a heading of what came in, these columns hold the part that came in newly.
_NEW_HEAD = re.compile(
    r"(?i)^(?:số )?(?:(?:tiếp nhận |phát sinh |nhận )?(?:trong|mới trong) (?:kỳ|năm|quý|tháng|tuần)(?: báo cáo)?|mới|phát sinh|tiếp nhận mới|mới tiếp nhận)(?: \d[\d/]*)?$"
)
_CUMULATIVE = re.compile(r"(?i)\blũy kế|\bluỹ kế|\bcộng dồn|\btừ đầu năm")
_RATE_HEAD = re.compile(r"(?i)^\s*(?:tỷ lệ|tỉ lệ|%)|%\s*\)?$")


@dataclass(frozen=True, slots=True)
class Column:
    """What the header says of a column: its own features, those above, its period and scope."""

    own: frozenset[str]
    context: tuple[frozenset[str], ...]
    period: Period | None
    scope: str | None

    @property
    def features(self) -> frozenset[str]:
        return self.own.union(*self.context) if self.context else self.own


def column(path: tuple[str, ...], role: str, report: Period | None) -> Column:
    if role != "value" or not path:
        return Column(frozenset(), (), None, None)
    leaf = frozenset() if _PLAIN_HEAD.match(path[-1]) else features_of(path[-1])
    above = tuple(features_of(text) for text in reversed(path[:-1]) if not _PLAIN_HEAD.match(text))
    if _NEW_HEAD.match(path[-1]) and any("received" in f for f in above):
        leaf = frozenset({"new"})
    text = " ".join(path)
    spans = find_periods(text, report.year if report else None)
    period = spans[-1].period if spans else None
    if period and report and (period.kind, period.year, period.index) == (report.kind, report.year, report.index):
        period = None
    if period and report and period.kind == "year" and period.year == report.year:
        period = None
    period = _cumulative(text, report) or period
    return Column(leaf, above, period, scopes.level(text) or scopes.office(text, ()))


def _cumulative(text: str, report: Period | None) -> Period | None:
    """ "Lũy kế", "Lũy kế từ 01/7/2025": from the first day of the year, or the day named, to the end of the report's
    period; None where the report itself begins there."""
    if not _CUMULATIVE.search(text) or report is None or report.end is None:
        return None
    named = next((d.first for d in find_dates(text, report.year) if d.first and d.kind == "day"), None)
    start = named or date(report.end.year, 1, 1)
    if report.start is None or start >= report.start or report.kind in ("year", "half", "nine_months"):
        return None
    return Period("range", report.end.year, None, start, report.end, text)


def features_of(text: str) -> frozenset[str]:
    """Features of a label; of several actions in it the last counts, as in a clause that leads to its figure."""
    return binding.nearest(cue_finder().find(text), True)


def lent(columns: list[Column]) -> list[Column]:
    """Columns of a flat header, where "Quá hạn" stands right of "Đã giải quyết" instead of under it."""
    made: list[Column] = []
    action: frozenset[str] = frozenset()
    for one in columns:
        said = one.features & binding.ACTIONS
        rate = "rate" in one.own
        if not said and not rate and one.own & binding.TIMINGS and action & {"resolved", "pending"}:
            one = replace(one, context=(*one.context, action))
        action = said or action
        made.append(one)
    return made
