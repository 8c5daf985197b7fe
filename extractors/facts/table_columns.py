"""What the header of a table says of each column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.facts import binding, scopes
from extractors.facts.own_periods import cumulative
from extractors.facts.periods import find_periods
from extractors.language.pipeline import cue_finder
from extractors.model import Period
from extractors.vocabulary import TOPICS

_PLAIN_HEAD = re.compile(
    r"(?i)^(?:số liệu|kết quả(?: thống kê| thực hiện)?|giá trị|số lượng|thực hiện|kỳ báo cáo|trong kỳ|số liệu báo cáo|kết quả đạt được)$"
)
#: Under a heading of what came in, these columns hold the part that came in newly.
_NEW_HEAD = re.compile(
    r"(?i)^(?:số )?(?:(?:tiếp nhận |phát sinh |nhận )?(?:trong|mới trong) (?:kỳ|năm|quý|tháng|tuần)(?: báo cáo)?|mới|phát sinh|tiếp nhận mới|mới tiếp nhận)(?: \d[\d/]*)?$"
)
#: "Tổng số hồ sơ tiếp nhận (gồm kỳ trước chuyển sang)": what a total holds is not what it is.
_INCLUDED = re.compile(r"(?i)\((?:(?:bao )?gồm|kể cả|tính cả|cả)\b[^)]*\)")
#: "Tỷ lệ/tổng tiếp nhận (%)", "% so với số đã giải quyết": what a rate is out of is not what it is a rate of.
_RATE_BASE = re.compile(
    r"(?i)(?:tỷ lệ|tỉ lệ|tỷ trọng|phần trăm|%)(?P<of>[^/()]*?)\s*(?:/|\b(?:tính )?trên\b|\bso với\b|\btrong\b)\s*"
    r"(?:tổng|số|đã|mới|hồ sơ|hs|tiếp nhận|giải quyết|lượng)\b.*$"
)
#: A channel beside "Trực tuyến", not where all hồ sơ come in.
_AT_THE_DESK = re.compile(r"(?i)^(?:nộp |nhận |tiếp nhận )?(?:tại|ở) (?:bộ phận )?(?:một cửa|quầy)(?: giao dịch)?$")
#: A share of what stands in the column before it.
BARE_RATE = re.compile(r"(?i)^(?:đạt |chiếm )?(?:tỷ lệ|tỉ lệ|tỷ trọng|%)(?: đạt)?\s*(?:\(%\)|%)?$")
#: Beside "Hoàn thành": what is not.
_UNDER_WAY = re.compile(r"(?i)^(?:đang|chưa) (?:thực hiện|triển khai|hoàn thành)$")
_SHORT_MONTH = re.compile(r"\bT\.?\s?(0?[1-9]|1[0-2])(?=$|/)")  # "T1", "T.02", "T3/2025"
_BARE_YEAR = re.compile(r"(?<!năm )(?<![/\d.-])\b((?:19|20)\d\d)$")  # "Điểm 2024", "Hạng 2024"
_COMPARE_HEAD = re.compile(
    r"(?i)\bso (?:sánh|với)\b|\bchênh lệch\b|\btăng\b.{0,12}\bgiảm\b|\bhơn\s*[(,/]\s*kém\b|\bbiến động\b|\bthay đổi\b|\+/-"
)


@dataclass(frozen=True, slots=True)
class Column:
    """What the header says of a column: its own features, those above, its period and scope."""

    own: frozenset[str]
    context: tuple[frozenset[str], ...]
    period: Period | None
    scope: str | None
    current: bool = False  # the head names the report's own period, whatever the table's title speaks of

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
    elif (
        len(path) > 2 and _NEW_HEAD.match(path[-2]) and not leaf - binding.IDLE and any("received" in f for f in above)
    ):
        leaf = frozenset({"new"})  # "Hồ sơ tiếp nhận / Trong kỳ / Tổng số"
    if leaf - binding.IDLE - {"dossier"} == {"service"} and any(f & {"received", "new"} for f in above):
        leaf = leaf | {"online"}  # "Hồ sơ tiếp nhận / DVCTT"
    if _UNDER_WAY.match(path[-1]):
        leaf = leaf | {"pending"}
    if _AT_THE_DESK.match(path[-1]):
        leaf = frozenset({"in_person"})
    if above and not leaf - binding.IDLE - {"dossier"}:  # "Tổng số" is the total of what the heading above it says
        leaf = (leaf - ({"total"} if above[0] & {"in_period", "new"} else frozenset())) | above[0]
    text = _BARE_YEAR.sub(r"năm \1", _SHORT_MONTH.sub(r"tháng \1", " ".join(path)))
    spans = find_periods(text, report.year if report else None)
    period = spans[-1].period if spans else None
    named = period is not None
    if period and report and (period.kind, period.year, period.index) == (report.kind, report.year, report.index):
        period = None
    if period and report and period.kind == "year" and period.year == report.year:
        period = None
    if _COMPARE_HEAD.search(text):
        return Column(frozenset({"change"}), (), None, scopes.of_text(text, ()))
    period = cumulative(text, report) or period
    return Column(leaf, above, period, scopes.level(text) or scopes.office(text, ()), named and period is None)


def features_of(text: str) -> frozenset[str]:
    """Features of a label; of several actions in it the last counts, as in a clause that leads to its figure."""
    text = _INCLUDED.sub(" ", text)
    base = _RATE_BASE.search(text)
    found = cue_finder().find(text)
    if base:
        found = [cue for cue in found if cue.end <= max(base.end("of"), base.start() + 1)]
        return binding.nearest(found, True) | {"rate"}
    return binding.nearest(found, True)


def lent(columns: list[Column], paths: Sequence[tuple[str, ...]]) -> list[Column]:
    """Columns whose heads say less than they mean. Those of a flat header, where "Quá hạn" stands right of "Đã giải quyết" instead of under it, and "Tổng số hồ sơ"
    beside "Đã giải quyết", "Đang giải quyết" is what came in; and a bare "Tỷ lệ (%)" is of the column before it."""
    made: list[Column] = []
    resolved = any("resolved" in c.features for c in columns)
    fates = {"resolved", "pending"} <= frozenset().union(*(c.features for c in columns))
    columns = [
        replace(c, own=c.own | {"received"})
        if fates and c.features - binding.IDLE == {"dossier"} and "rate" not in c.own
        else c
        for c in columns
    ]
    action: frozenset[str] = frozenset()
    topic: frozenset[str] = frozenset()
    for one in columns:
        named = one.features & TOPICS
        if not named and topic == {"dossier"} and one.own & (binding.CHANNELS | {"rate"}):
            one = replace(one, context=(*one.context, topic))  # "Trong đó: trực tuyến" beside "Hồ sơ tiếp nhận mới"
        topic = named or topic
        said = one.features & binding.ACTIONS
        rate = "rate" in one.own
        if rate and resolved and not said and one.own & binding.TIMINGS:  # a rate of deadlines is of what was resolved
            one = replace(one, context=(*one.context, frozenset({"resolved"})))
        if not said and not rate and one.own & binding.TIMINGS and action & {"resolved", "pending"}:
            one = replace(one, context=(*one.context, action))
        before = made[-1].own if made else frozenset()
        if paths[len(made)] and BARE_RATE.match(paths[len(made)][-1]) and made:
            same = paths[len(made)][:-1] == paths[len(made) - 1][:-1]
            one = replace(one, own=one.own | before) if same and before & binding.TIMINGS else one
        action = said or action
        made.append(one)
    return made


def named_pair(label: str, full: frozenset[str]) -> tuple[str | None, str | None] | None:
    """Indicators of "44/41" in a row that names both: "Biên chế công chức được giao/có mặt"; None where it names one."""
    left, slash, right = label.partition("/")
    if not slash or not right.strip():
        return None
    first, second = features_of(left), features_of(right)
    apart = binding.ACTIONS | binding.TIMINGS | binding.STAFFING
    if not first & apart or not second & apart:
        return None
    names = (
        binding.choose(first | full - apart, "count"),
        binding.choose((first - apart) | second | full - apart, "count"),
    )
    return names if all(names) and names[0] != names[1] else None
