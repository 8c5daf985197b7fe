"""The period of a figure, where it is not the report's own."""

from __future__ import annotations

import re
from datetime import date

from extractors.facts.clauses import Figure
from extractors.facts.dates import find_dates
from extractors.facts.mentions import Mentions
from extractors.facts.periods import named as named_period
from extractors.facts.periods import previous_year
from extractors.model import Period

_AGAINST = re.compile(
    r"(?i)\bcùng kỳ\b[^;]*[(:]\s*$|\b(?:so với(?! tổng| số| toàn| (?:quy định|thời hạn|hạn|giấy hẹn|ngày hẹn|phiếu hẹn|hẹn|kế hoạch|chỉ tiêu|yêu cầu)\b)|cùng kỳ)\b[^;]{0,60}(?:\((?:xếp |thứ )?(?:hạng|thứ|đạt)?|là|đạt|có|mức|con số|tỷ lệ|tiếp nhận|giải quyết)\s*(?:được\s*)?$|^\s*\(?\s*cùng kỳ\b|\bso với\s*$"
)
_PREVIOUS_YEAR = re.compile(r"(?i)\b(?:so với|cùng kỳ)\s*(?:cùng kỳ\s*)?(?:năm|quý|tháng)?\s*$")


_LEFT_OVER = re.compile(
    r"(?i)\b(?:tháng|quý|năm|kỳ|tuần)\s+[\dIVX]{1,4}(?:\s*(?:/|năm)\s*\d{4})?\s+(?:chuyển|còn lại|tồn|để lại)(?:\s+(?:sang|qua|tiếp|lại))*(?:\s*(?:là|:))?\s*$"
    r"|\bchuyển (?:sang|qua|tiếp)\s+(?:tháng|quý|năm|kỳ|tuần)\s+[\dIVX]{1,4}(?:\s*(?:/|năm)\s*\d{4})?(?:\s*(?:là|:))?\s*$"
)
_SAME_SPELL = re.compile(r"(?i)\bcùng kỳ(?: năm)?(?: trước| (\d{4}))?\b")
_CUMULATIVE = re.compile(
    r"(?i)\blũy kế|\bluỹ kế|\bcộng dồn|\btừ đầu năm(?! 20)|\btính chung(?= (?:từ|cả|\d|các|quý|năm|đến))"
)


_THIS_TIME = re.compile(r"(?i)\b(?:kỳ|tháng|quý|năm) (?:này|nay|báo cáo)\b(?! (?:năm )?trước)")


#: "từ 6.292 hồ sơ lên 7.363 hồ sơ": what it was and what it is.
_FROM = re.compile(r"(?i)\btừ\s+$")
_TO_NEXT = re.compile(r"(?i)\s*(?:lên|xuống|tăng lên|giảm xuống|thành)(?: còn| thành| tới| đến)?\s+\d")
_TO = re.compile(r"(?i)\b(?:lên|xuống|thành)(?: còn| thành| tới| đến)?\s+$")
#: "đạt 70,3% so với 41.019 hồ sơ nhận mới": what a rate is out of.
_RATE_OF = re.compile(r"(?i)\b(?:đạt|bằng|chiếm|tương ứng|tương đương|tỷ lệ|là)\s+[\d.,]+\s?%\s+so với\s*$")


def cumulative(text: str, report: Period | None) -> Period | None:
    """ "Lũy kế", "Lũy kế từ 01/7/2025": from the first day of the year, or the day named, to the end of the report's
    period; None where the report itself begins there."""
    if report is None or report.end is None or not _CUMULATIVE.search(text):
        return None
    named = next((d.first for d in find_dates(text, report.year) if d.first), None)
    start = named or date(report.end.year, 1, 1)
    if report.start is None or start >= report.start or report.kind in ("year", "half", "nine_months"):
        return None
    return Period("range", report.end.year, None, start, report.end, text.strip(" :-+")[:80])


def period_of(
    text: str, mentions: Mentions, figure: Figure, report: Period | None, default: Period | None
) -> Period | None:
    """The figure's own period: named in its clause, or at the head of its sentence."""
    head = figure.sentence[0]
    if _LEFT_OVER.search(text, max(head, figure.start - 60), figure.start):
        return default  # "tháng 9 chuyển sang 93 hồ sơ": the month they come from
    if _of_this_time(text, mentions, figure):
        return default
    if report and _FROM.search(text, head, figure.start) and _TO_NEXT.match(text, figure.unit_end):
        same = _SAME_SPELL.search(text, *figure.sentence)
        return _same_spell(same, report) if same else previous_year(report)
    if _TO.search(text, head, figure.start) and _FROM.search(text, head, _last_number(mentions, figure)):
        return default
    compared = _compared(text, mentions, figure, report)
    if compared is not None:
        return compared
    if report and (same := _SAME_SPELL.search(text, _last_end(mentions, figure), figure.start)) and same[1]:
        return _same_spell(same, report)  # "kỳ này 99,3%, cùng kỳ năm 2022 98,7%"
    same = _SAME_SPELL.search(text, head, figure.start)
    first = min((n.start for n in mentions.numbers if n.start >= head), default=figure.start)
    if same and report and same.start() < first and not re.search(r"(?i)so với", text[head : same.start()]):
        return _same_spell(same, report)
    shared = _respectively(text, mentions, figure)
    if shared is not None:
        return None if same_period(shared, report) else shared
    whole = cumulative(text[head : figure.start], report)
    if whole is not None:
        return whole
    best = None
    opening = max(head + 12, min((n.start for n in mentions.numbers if n.start >= head), default=head))
    for span in mentions.periods:
        if not head <= span.start < figure.start or span.period.year is None:
            continue
        in_clause = any(s <= span.start < e for s, e in figure.before)
        if not in_clause and span.end > opening:
            continue
        if _PREVIOUS_YEAR.search(text[head : span.start]):
            continue
        best = span.period
    if best is None:
        return default
    return None if same_period(best, report) else best


def _last_end(mentions: Mentions, figure: Figure) -> int:
    """Where the number before a figure ends that stands outside the name of a period; else where its sentence starts."""
    ends = (
        n.end
        for n in mentions.numbers
        if figure.sentence[0] <= n.start
        and n.end <= figure.start
        and not any(s.start <= n.start < s.end for s in mentions.periods)
    )
    return max(ends, default=figure.sentence[0])


def _last_number(mentions: Mentions, figure: Figure) -> int:
    """Where the number before a figure starts; where its sentence does, without one."""
    return max((n.start for n in mentions.numbers if n.start < figure.start), default=figure.sentence[0])


def _of_this_time(text: str, mentions: Mentions, figure: Figure) -> bool:
    """ "năm 2021 là 87.780 hồ sơ, kỳ này là 88.376 hồ sơ, đúng hạn 88.000": what was said last of the time holds on, whatever
    was named before."""
    said = list(_THIS_TIME.finditer(text, figure.sentence[0], figure.start))[-1:]
    if not said:
        return False
    later = any(said[0].end() <= s.start < figure.start for s in mentions.periods)
    return not later and _OTHER.search(text, said[0].end(), figure.start) is None


_OTHER = re.compile(r"(?i)\b(?:cùng kỳ|so với|(?:kỳ|tháng|quý|năm) (?:năm )?(?:trước|ngoái))\b")


def _same_spell(said: re.Match[str], report: Period) -> Period | None:
    """ "cùng kỳ năm 2023": what the report's own period was in that year."""
    year = int(said[1]) if said[1] else (report.year or 0) - 1
    return named_period(report.kind, year, report.index, said[0]) if report.kind != "range" else previous_year(report)


def _respectively(text: str, mentions: Mentions, figure: Figure) -> Period | None:
    """ "tháng 7 và tháng 8 … lần lượt 1.412 và 1.160 hồ sơ": the n-th figure is of the n-th period."""
    at = text.rfind("lần lượt", figure.sentence[0], figure.start)
    if at < 0:
        return None
    named = [s.period for s in mentions.periods if figure.sentence[0] <= s.start < at]
    place = sum(1 for n in mentions.numbers if at < n.start < figure.start)
    return named[place] if len(named) > 1 and place < len(named) else None


def _compared(text: str, mentions: Mentions, figure: Figure, report: Period | None) -> Period | None:
    """The earlier period of a figure that only serves comparison: "so với cùng kỳ năm 2023 (1.080 hồ sơ)"."""
    starts = [n.end for n in mentions.numbers if n.end <= figure.start]
    first = max([figure.sentence[0], *starts])
    match = _AGAINST.search(text, first, figure.start)
    if match is None or _RATE_OF.search(text, figure.sentence[0], figure.start):
        return None
    behind = [s for s in mentions.periods if figure.end <= s.start < figure.unit_end + 12]
    named = next(
        (s.period for s in [*behind, *mentions.periods] if first <= s.start < figure.start or s in behind), None
    )
    same = _SAME_SPELL.search(text, first, figure.start)
    if same and same[1] and report and report.year and int(same[1]) < report.year:
        return _same_spell(same, report)
    if named is not None and (report is None or not same_period(named, report)):
        return named
    return previous_year(report) if report else None


def same_period(period: Period, report: Period | None) -> bool:
    """Whether a period named in the text is the report's own, or the year that holds it; True without a report's."""
    if report is None:
        return True
    if period.kind == "year":
        return period.year == report.year or (
            report.kind == "range" and report.end is not None and report.end.year == period.year
        )
    if period.kind == report.kind:
        return (period.year, period.index) == (report.year, report.index) or period.start == report.start
    return period.kind == "range" and period.start == report.start
