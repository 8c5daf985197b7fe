"""What the figures of one sentence say of each other once they are bound."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from extractors.facts import binding
from extractors.facts.clauses import ADDING, Figure
from extractors.facts.draft import Draft, DraftRelation

_OUTCOMES = (
    frozenset(
        {
            "done",
            "resolved",
            "handled",
            "present",
            "published",
            "internal_process",
            "eprocess",
            "inspect",
            "digitised",
            "payment",
        }
    )
    | binding.TIMINGS
)


#: What a count of things done is out of.
_WHOLES = {
    "plan_tasks_done": "plan_tasks",
    "assigned_tasks_on_time": "assigned_tasks",
    "petitions_resolved": "petitions_received",
    "issues_fixed": "issues_found",
    "legal_docs_handled": "legal_docs_proposed",
    "civil_servants_present": "civil_servants_assigned",
    "public_employees_present": "public_employees_assigned",
    "services_fullprocess": "procedures_total",
    "services_partial": "procedures_total",
}


@dataclass(slots=True)
class Bound:
    """A figure of a sentence with the features that bound it and the drafts it became."""

    figure: Figure
    features: frozenset[str]
    drafts: list[Draft]


def settle_received(done: Sequence[Bound], text: str) -> None:
    """ "đã tiếp nhận 590 hồ sơ và 34 hồ sơ kỳ trước chuyển sang": the first figure is the in-period one; with "kể cả 34 hồ
    sơ" it is all of them."""
    for i, bound in enumerate(done):
        if not any(d.indicator == "dossiers_carried_over" for d in bound.drafts) or bound.figure.group:
            continue
        before = [(b, d) for b in done[:i] for d in b.drafts if d.role == "value"]
        if any(d.indicator == "dossiers_received_new" for b in done for d in b.drafts):
            continue
        if _WITHIN.search(text, max(0, bound.figure.start - 24), bound.figure.start):
            continue
        plain = [d for b, d in before if d.indicator == "dossiers_received_total" and "total" not in b.features]
        for draft in plain[-1:]:
            draft.indicator = "dossiers_received_new"
    for group in [None, *(bound.figure for bound in done)]:
        members = [b for b in done if b.figure.group is group]
        if any(d.indicator == "dossiers_carried_over" for b in members for d in b.drafts):
            for draft in (d for b in members if "in_period" in b.features for d in b.drafts if d.indicator is None):
                draft.indicator = "dossiers_received_new"  # "(kỳ trước 415 hồ sơ, trong kỳ 8.339 hồ sơ)"
    for bound in done:
        members = [b for b in done if b.figure.group is bound.figure]
        parts = {d.indicator for b in members for d in b.drafts}
        if "dossiers_carried_over" in parts:
            parts = {d.indicator for b in members for d in b.drafts}
        if parts & {"dossiers_received_new", "dossiers_carried_over"}:
            for draft in bound.drafts[-1:]:  # of a fraction the base
                over = "dossiers_carried_over" in parts and draft.indicator == "dossiers_received_new"
                if over or draft.indicator in ("dossiers_resolved_total", "dossiers_pending_total"):
                    draft.indicator = "dossiers_received_total"


_WITHIN = re.compile(r"(?i)\b(?:kể|gồm|bao gồm|tính|có) cả(?: số)?\s*$")
_MADE_OF = (
    ("dossiers_received_total", {"dossiers_received_new", "dossiers_carried_over"}),
    ("dossiers_pending_total", {"dossiers_pending_in_time", "dossiers_pending_overdue"}),
    (
        "dossiers_resolved_total",
        {
            "dossiers_resolved_early",
            "dossiers_resolved_on_time",
            "dossiers_resolved_early_or_on_time",
            "dossiers_resolved_late",
        },
    ),
    ("dossiers_received_new", {"dossiers_received_online", "dossiers_received_in_person", "dossiers_received_postal"}),
)


def settle_wholes(done: Sequence[Bound]) -> None:
    """ "Còn lại: 05 hồ sơ (còn trong hạn: 04 hồ sơ, quá hạn 01 hồ sơ)": a total that names itself by its parts."""
    for bound in done:
        members = [b for b in done if b.figure.group is bound.figure and not b.figure.percent]
        parts = {d.indicator for b in members for d in b.drafts}
        if len(bound.drafts) != 1 or bound.drafts[0].indicator or bound.drafts[0].unit != "hồ sơ" or not parts:
            continue
        for whole, kinds in _MADE_OF:
            if parts <= kinds and (len(parts) > 1 or whole != "dossiers_received_new"):
                bound.drafts[0].indicator = whole


#: What a count may be divided into, all of it; the parts in the order in which they are told.
_DIVIDED = (
    ("dossiers_pending_total", ("dossiers_pending_in_time", "dossiers_pending_overdue")),
    ("dossiers_resolved_total", ("dossiers_resolved_early", "dossiers_resolved_on_time", "dossiers_resolved_late")),
    ("dossiers_resolved_total", ("dossiers_resolved_early_or_on_time", "dossiers_resolved_late")),
    ("dossiers_received_total", ("dossiers_received_new", "dossiers_carried_over")),
    ("dossiers_received_new", ("dossiers_received_online", "dossiers_received_in_person_postal")),
)


def settle_parts(done: Sequence[Bound], text: str) -> None:
    """A part is no whole: "581 hồ sơ, trong đó 560 hồ sơ …" leaves the second without a name where its words were not
    understood. It is named by elimination where all other parts are known and they add up."""
    for bound in done:
        if len(bound.drafts) != 1 or bound.figure.percent or bound.drafts[0].unit != "hồ sơ":
            continue
        whole = bound.drafts[0]
        inside = [b for b in done if b.figure.group is bound.figure and not b.figure.percent and len(b.drafts) == 1]
        for opening in dict.fromkeys(b.figure.opening for b in inside):
            parts = [b.drafts[0] for b in inside if b.figure.opening == opening and b.drafts[0].unit == "hồ sơ"]
            told = [d for d in parts if (d.scope, d.period) == (whole.scope, whole.period)]
            nameless = [d for d in told if d.indicator in (None, whole.indicator)]
            if _COMPARED.search(text, bound.figure.unit_end, max(b.figure.start for b in inside)):
                continue
            for draft in nameless:
                draft.indicator = None
            exact = sum(d.quantity.value for d in parts) == whole.quantity.value
            if exact and len(parts) > 1 and len(nameless) == len(parts):
                _of_fields(whole, members=[b for b in inside if b.figure.opening == opening], text=text)
                continue
            if len(nameless) == 1 and len(parts) > 1 and exact and nameless[0].role == "value":
                nameless[0].indicator = _missing(whole.indicator, {d.indicator for d in parts if d.indicator})


#: "…, cộng 35 hồ sơ", "… thành 630 hồ sơ": what stands before it, added up.
_ADDED_UP = re.compile(
    r"(?i)(?:\b(?:cộng|tổng|tổng cộng|cộng lại|tính chung|tất cả|gộp lại)(?: là| thành| được)?|\b(?:thành|lên))\s*:?\s*$"
)

_PLUS = re.compile(rf"(?i)\b(?:{ADDING}|(?:kể|gồm|bao gồm|tính|gộp) cả(?: số)?)\s*$")
_ARE = re.compile(r"(?i)\b(?:là|thành|bằng|được|cộng|tổng)\s*:?\s*$")


def settle_sums(done: Sequence[Bound], text: str) -> None:
    """ "30 hồ sơ còn hạn, 5 hồ sơ quá hạn, cộng 35 hồ sơ": what adds up parts is their whole, not the last of them again."""
    for i, bound in enumerate(done):
        if len(bound.drafts) != 1 or bound.figure.percent or bound.drafts[0].unit != "hồ sơ":
            continue
        inside = [b for b in done[:i] if b.figure.group is bound.figure.group and not b.figure.percent]
        before = [b for b in inside if len(b.drafts) == 1 and b.drafts[0].unit == "hồ sơ"]
        if len(before) < 2:
            continue
        last = before[-1].figure
        plus = _PLUS.search(text, max(0, last.start - 24), last.start)
        if not (_ARE if plus else _ADDED_UP).search(text, last.unit_end, bound.figure.start):
            continue
        draft, added = bound.drafts[0], before[-1].drafts[0]
        if not plus and _of_several(before, draft):
            draft.scope, draft.indicator = None, added.indicator
            continue
        if plus and draft.indicator == "dossiers_carried_over" and added.indicator == "dossiers_received_total":
            added.indicator, draft.indicator = draft.indicator, added.indicator  # said between the two: of the first
        pairs = [
            b for b in before[:-1] if plus and b.drafts[0].quantity.value + added.quantity.value == draft.quantity.value
        ]
        told = {(pairs or before[-2:-1])[-1].drafts[0].indicator, added.indicator}
        for whole, kinds in _MADE_OF:
            if told <= kinds and len(told) == 2 and bound.drafts[0].indicator in (None, *kinds):
                bound.drafts[0].indicator = whole


def _of_several(before: Sequence[Bound], total: Draft) -> bool:
    """Whether what is added up are the like figures of several offices or levels: "cấp tỉnh 44.973 hồ sơ; cấp xã 161.193 hồ
    sơ; cộng 206.166 hồ sơ"."""
    parts = [b.drafts[0] for b in before if b.drafts[0].scope is not None]
    alike = len({d.indicator for d in parts}) == 1 and len({d.scope for d in parts}) == len(parts)
    return len(parts) > 1 and alike and total.scope == parts[-1].scope


def settle_bases(done: Sequence[Bound]) -> None:
    """ "… trên tổng số 504 hồ sơ tiếp nhận là 52,9% (267/504 hồ sơ)": the base of a fraction is the count said before it."""
    for i, bound in enumerate(done):
        base = bound.drafts[-1]
        if base.role == "denominator" and len(bound.drafts) == 2:
            before = (d for b in done[:i] if len(b.drafts) == 1 and not b.figure.percent for d in b.drafts)
            said = next((d for d in before if d.quantity.value == base.quantity.value and d.unit == base.unit), None)
            base.indicator = said.indicator or base.indicator if said else base.indicator


def settle_rates(done: Sequence[Bound]) -> None:
    """ "60,0% trước hạn, 39,5% đúng hạn": beside a share of its own for what was early, that of what was just on time is
    not the rate of all that was in time."""
    rates = [b for b in done if b.figure.percent and len(b.drafts) == 1]
    for i, bound in enumerate(rates):
        rate = bound.drafts[0]
        if rate.indicator != "rate_on_time" or "early" in bound.features:
            continue
        early = [b.drafts[0] for b in rates[:i] if b.drafts[0].indicator == "rate_early"]
        if any((e.scope, e.period) == (rate.scope, rate.period) for e in early):
            rate.indicator = None


def _of_fields(whole: Draft, members: Sequence[Bound], text: str) -> None:
    """ "16 hồ sơ trễ hạn gồm 14 hồ sơ đất đai và 02 hồ sơ xây dựng": parts that add up and of which only a field is said are
    of the same kind, each of its field."""
    for bound in members:
        draft, pieces = bound.drafts[0], bound.figure.after[:1] or bound.figure.before[:1]
        words = " ".join(" ".join(text[start:end].strip(" ,;:()") for start, end in pieces).split())
        if draft.scope is None and words:
            draft.scope = " ".join(words.split()[:8])
        draft.indicator = whole.indicator if draft.scope != whole.scope else None


def _missing(whole: str | None, known: set[str]) -> str | None:
    """The one part of a division that is not among those known."""
    for name, parts in _DIVIDED:
        if name == whole and known < set(parts) and len(parts) - len(known) == 1:
            return next(part for part in parts if part not in known)
    return None


def parts_of(done: Sequence[Bound], text: str, quote: Callable[[Figure], str]) -> Iterator[DraftRelation]:
    """ "N hồ sơ, trong đó a …, b …" as a relation of whole and parts, one for each way in which it is divided."""
    for bound in done:
        if len(bound.drafts) != 1 or bound.figure.percent or bound.drafts[0].role == "change":
            continue
        inside = [b for b in done if b.figure.group is bound.figure and not b.figure.percent and len(b.drafts) == 1]
        for opening in dict.fromkeys(b.figure.opening for b in inside):
            members = [b for b in inside if b.figure.opening == opening]
            between = [b for b in done if bound.figure.end <= b.figure.start < members[0].figure.start]
            whole = bound.drafts[0]
            if any(b.figure.unit is None and b.drafts[0].quantity.value > whole.quantity.value for b in members):
                continue  # "Ba đơn vị …: Tuy Hòa (138), Tuy An (71)": no parts of three
            if len(members) == 1 and any(b.figure.percent for b in between):
                continue  # "1.243 bộ, đạt 68% số mới nhận (1.828 bộ)"
            parts = [
                b.drafts[0]
                for b in members
                if b.drafts[0].role == "value"
                and b.drafts[0].period == whole.period
                and not _COMPARED.search(text, bound.figure.unit_end, b.figure.start)
                and not _APART.search(text, bound.figure.unit_end, b.figure.start)
                and alike(b.drafts[0], whole)
                and "total" not in b.features - bound.features  # "(cộng 37 thủ tục)" adds up what stands before it
            ]
            if parts:
                terms = [("whole", whole, 1), *(("part", d, 1) for d in parts)]
                relation = DraftRelation("parts", terms, whole.passage.locator, quote(bound.figure))
                rest = any(_REST.search(text, s, e) for b in members for s, e in b.figure.before[:1])
                rest = rest and len(parts) == len([b for b in members if not b.figure.percent])
                rest = rest or _all_services(members, text)
                relation.complete = (rest or all(b.figure.exhaustive for b in members)) and len(parts) > 1
                yield relation


def _all_services(members: Sequence[Bound], text: str) -> bool:
    """Whether parts are the three kinds of which every TTHC is one: online in whole, in part, or told of online only
    (Nghị định 42/2022/NĐ-CP)."""
    named = {b.drafts[0].indicator for b in members}
    told = [b.figure for b in members if b.drafts[0].indicator is None]
    if len(members) != 3 or len(told) != 1 or not named > {"services_fullprocess", "services_partial"}:
        return False
    return any("thông tin" in text[start:end] for start, end in (*told[0].before[:1], *told[0].after[:1]))


#: "6.418 lượt, ít hơn tháng 4 (6.902 lượt)": the bracket holds what is compared, no part.
_COMPARED = re.compile(r"(?i)\b(?:ít|nhiều|cao|thấp) hơn\b|\bso với (?:tháng|quý|năm|kỳ|cùng kỳ)\b|\bcùng kỳ\b")
_APART = re.compile(r"(?i)[;,]\s*riêng\b")  # "…; riêng số nhận mới phân theo hình thức …" divides another whole
_REST = re.compile(r"(?i)\bcòn lại\b")  # "…; còn lại 12 TTHC …": the parts are all there


def changes_of(done: Sequence[Bound], text: str, quote: Callable[[Figure], str]) -> Iterator[DraftRelation]:
    """ "1.310 hồ sơ, tăng 164 hồ sơ so với tháng 9 (1.146 hồ sơ)": value, change and the earlier value."""
    for i, bound in enumerate(done):
        if len(bound.drafts) != 1 or bound.drafts[0].role != "change" or not i:
            continue
        change = bound.drafts[0]
        head = text[done[i - 1].figure.unit_end : bound.figure.start].lower()
        sign = -1 if "giảm" in head or "thấp hơn" in head else 1 if "tăng" in head or "cao hơn" in head else 0
        value = next(
            (b.drafts[0] for b in reversed(done[:i]) if len(b.drafts) == 1 and b.drafts[0].role == "value"), None
        )
        later = [b.drafts[0] for b in done[i + 1 : i + 2] if len(b.drafts) == 1 and b.drafts[0].role == "value"]
        if not sign or value is None or not later or value.indicator is None:
            continue
        earlier = later[0]
        if earlier.indicator != value.indicator or earlier.scope != value.scope or earlier.period == value.period:
            continue
        sign = -sign if value.unit == "hạng" else sign  # "tăng 05 bậc" is towards the first place
        points = change.unit in ("điểm phần trăm", "điểm", value.unit) or {change.unit, value.unit} == {"bậc", "hạng"}
        if points or (change.of == "percent" and value.of == "count"):
            terms = [("value", value, 1), ("change", change, sign), ("earlier", earlier, 1)]
            yield DraftRelation("changed", terms, value.passage.locator, quote(bound.figure))


def returned_of(done: Sequence[Bound], text: str, quote: Callable[[Figure], str]) -> Iterator[DraftRelation]:
    """ "phát ra 482 phiếu, thu về 478 phiếu": forms that came back out of those handed out."""
    forms = [b for b in done if len(b.drafts) == 1 and b.drafts[0].indicator == "survey_forms"]
    for pair in itertools.pairwise(forms):
        came = [_said_of(text, b.figure, _CAME_BACK) for b in pair]
        if _OF_ALL.search(text, pair[0].figure.unit_end, pair[1].figure.start):
            came = [True, False]  # "631 phiếu nhận lại trong 673 phiếu đã gửi"
        if came[0] != came[1]:
            back, given = pair if came[0] else pair[::-1]
            if not _said_of(text, given.figure, _HANDED):
                continue  # "thu về 1.684 phiếu, trong đó khối sở 902 phiếu": no forms handed out
            terms = [("numerator", back.drafts[0], 1), ("denominator", given.drafts[0], 1)]
            yield DraftRelation("fraction", terms, back.drafts[0].passage.locator, quote(back.figure))


def _said_of(text: str, figure: Figure, words: re.Pattern[str]) -> bool:
    """Whether some words stand in what belongs to a figure."""
    return any(words.search(text, start, end) for start, end in (*figure.before[:1], *figure.after[:1]))


def staffed_of(done: Sequence[Bound], quote: Callable[[Figure], str]) -> Iterator[DraftRelation]:
    """ "Biên chế được giao 524 người, có mặt 512 người": those present out of the posts, whoever they are."""
    plain = [b for b in done if len(b.drafts) == 1 and b.drafts[0].indicator is None and "payroll" in b.features]
    for posts, people in itertools.pairwise(plain):
        given = posts.features & binding.STAFFING == {"assigned"}
        filled = people.features & binding.STAFFING == {"present"}
        if given and filled and people.figure.group is posts.figure.group:
            terms = [("numerator", people.drafts[0], 1), ("denominator", posts.drafts[0], 1)]
            yield DraftRelation("fraction", terms, people.drafts[0].passage.locator, quote(people.figure))


def over(full: frozenset[str], unit: str | None = None) -> tuple[str | None, str | None]:
    """Indicators of numerator and denominator of a fraction "a/b hồ sơ"."""
    if "payment" in full:
        return None, None
    if "digital_result" in full:
        return None, "dossiers_resolved_total"
    if "digitised" in full and "dossier" in full:
        return None, "dossiers_received_new"
    first = binding.choose(full, "count", unit)
    if first and first.startswith("dossiers_"):
        if first == "dossiers_resolved_total":
            return first, "dossiers_received_total"
        if full & binding.TIMINGS and "pending" not in full:
            return first, "dossiers_resolved_total"
        if full & binding.CHANNELS:  # the share of online dossiers is of those that came in, not of the stock
            return first, "dossiers_received_new" if "total" not in full else "dossiers_received_total"
        return first, "dossiers_received_total" if first != "dossiers_received_total" else None
    if first in _WHOLES:
        return first, _WHOLES[first]
    done = [part for part, whole in _WHOLES.items() if whole == first]
    if len(done) == 1:
        return done[0], first
    second = binding.choose(full - _OUTCOMES, "count", unit)
    return (None if first == second else first), second


def alike(part: Draft, whole: Draft) -> bool:
    """Whether a part may be of the same kind as its whole: same unit, or the part names none of its own."""
    return (
        part.unit == whole.unit or (part.indicator or "").split("_")[0] == (whole.indicator or "").split("_")[0] != ""
    )


_HANDED = re.compile(r"(?i)\b(?:phát|gửi|lấy|khảo sát|điều tra)\b")
_OF_ALL = re.compile(r"(?i)\b(?:trong|trên)\s+(?:tổng\s+)?(?:số\s+)?$")
_CAME_BACK = re.compile(r"(?i)\b(?:thu (?:về|lại|được|vào)|hợp lệ|nhận lại)\b")


def merge(mine: frozenset[str], ahead: frozenset[str]) -> frozenset[str]:
    """Features before a figure, completed by those after it in the dimensions that the former leave open."""
    if not mine - binding.IDLE:
        return mine | ahead
    if "pending" in ahead and "resolved" in mine:
        mine -= {"resolved"}  # "tập trung giải quyết 15 hồ sơ đang giải quyết đã quá hạn"
    extra = set(ahead)
    for dimension in (binding.ACTIONS, binding.TIMINGS, binding.CHANNELS):
        if mine & dimension:
            extra -= dimension - ({"new"} if mine & dimension == {"received"} else set())  # "tiếp nhận 538 hồ sơ mới"
    return mine | extra
