"""Family `repeat`: the same indicator, scope and period stated twice with different values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from extractors.model import Observation
from pipeline.checks.intervals import cut, meet, of, show
from pipeline.checks.model import Verdict
from pipeline.checks.sheet import Constraint, Sheet, fold_scope, period_key, short
from pipeline.checks.slips import slip_cost

#: More distinct values than this are not one figure said again but figures of things that we could not tell apart.
_MAX_VALUES = 3
#: Indicators that a report rightly states with several values: ranks of many, forms handed out and those that came back.
_SEVERAL = frozenset({"par_rank", "survey_forms"})


def run(sheet: Sheet) -> None:
    """Test every group of mentions."""
    nested = {
        t.observation
        for r in sheet.relations("parts")
        for t in r.terms
        if t.name == "part" and any(_same_thing(sheet.by_id[t.observation], sheet.by_id[w]) for w in r.of("whole"))
    }
    for figures in sheet.groups.values():
        for indicator, mentions in figures.items():
            if indicator in _SEVERAL:
                continue
            said = [o for o in mentions if not o.quantity.words and o.id not in nested]
            stated = {o.site for o in said if o.role != "denominator"}
            firm = [o for o in said if o.role != "denominator" or _same_base(o, stated)]
            sites = {(o.site, o.row, o.locator) for o in firm}
            beside = any(o.role == "denominator" for o in firm)
            if len(said) > 1 and (len(sites) > 1 or len(said) > len(firm) or beside):
                _group(sheet, indicator, said, firm)


def _same_base(o: Observation, stated: set[str]) -> bool:
    """ "Tiếp nhận 42 phản ánh; đã giải quyết 21/24": the base of a fraction right beside the count itself. Of hồ sơ the
    base may be another count (received, or received newly)."""
    return o.site in stated and not (o.indicator or "").startswith("dossiers_")


def _same_thing(part: Observation, whole: Observation) -> bool:
    """A part that was bound like its whole: its scope could not be read, so it repeats nothing."""
    return part.indicator == whole.indicator and part.scope == whole.scope


def _group(sheet: Sheet, indicator: str, said: Sequence[Observation], firm: Sequence[Observation]) -> None:
    about = [o for o in firm if o.quantity.approx]
    exact = [o for o in firm if not o.quantity.approx and o.quantity.other is None]
    if about and exact:
        for rough in about:
            _roughly(sheet, indicator, rough, [*exact, *_with_carried(sheet, indicator, rough)])
        firm, said = exact, [o for o in said if not o.quantity.approx]
    agreeing = [o for o in said if o.role == "denominator" and all(_agree(o, f) for f in firm)]
    group = [*firm, *agreeing]
    if len(group) < 2:
        return
    values = Counter(o.value for o in group)
    conflict = (
        [(a, b) for i, a in enumerate(firm) for b in firm[i + 1 :] if not _agree(a, b)] if len(firm) <= 60 else []
    )
    verdict: Verdict = "ok" if len(values) == 1 else "rounding"
    reason, copied = None, False
    if conflict:
        copied = _copied_beside(sheet, group, values)
        verdict, reason = _judge(sheet, group, values, copied)
    order = _suspected_first(sheet, group, values) if conflict else list(group)
    sign = " ≈ " if verdict == "rounding" else " ≠ "
    text = " = ".join(show(o.value) for o in group) if len(values) == 1 else sign.join(show(v) for v in values)
    check = sheet.tell(
        f"repeat.{short(indicator)}",
        verdict,
        " = ".join([short(indicator)] * min(len(group), 2)),
        text,
        [o.id for o in order],
        stated=order[0].value,
        expected=sheet.interval(order[-1].id),
        reason=reason,
    )
    borne_out = copied and verdict == "error"
    sheet.hold(Constraint(check, "same", None, tuple((o.id, 1) for o in order), lexical=True, borne_out=borne_out))


_OVERSTATED = r"(?i)\b(?:hơn|trên|vượt)\s+{}(?![\d.,]*\d)"


def _roughly(sheet: Sheet, indicator: str, rough: Observation, exact: Sequence[Observation]) -> None:
    """A round figure against the exact one that the report gives elsewhere. "hơn 5.500" for 5.412 says too much; what is
    off by more than a fifth is of something else, and "gần", "khoảng" prove nothing."""
    values = {o.value for o in exact}
    low, high = sheet.interval(rough.id)
    over = bool(re.search(_OVERSTATED.format(re.escape(rough.quantity.text)), rough.quote))
    low = rough.value if over else low
    verdict: Verdict = "rounding"
    reason = None
    if not any(low <= value <= high for value in values):
        value = max(values)
        sure = [o for o in exact if not o.doubt] or exact
        either = {o.indicator for o in exact} > {indicator}  # whichever of two it is of, it says too much
        names = (*(() if either else (rough.id,)), *(o.id for o in sure))
        reason = sheet.doubt(*names) or (
            "the texts around them speak of different things" if sheet.apart(names) else None
        )
        near = over and (len(values) == 1 or either) and value < rough.value and value * 5 >= rough.value * 4
        verdict, reason = ("error", None) if near and not reason else ("cannot_tell", reason or "approximate figure")
    check = sheet.tell(
        f"repeat.{short(indicator)}",
        verdict,
        " ≥ ".join([short(indicator)] * 2) if over else " ≈ ".join([short(indicator)] * 2),
        f"{show(exact[0].value)} {'<' if verdict == 'error' else '≈'} {show(rough.value)}",
        [rough.id, *(o.id for o in exact)],
        stated=rough.value,
        expected=sheet.interval(exact[0].id),
        reason=reason,
    )
    if verdict == "error":
        sheet.hold(Constraint(check, "same", None, ((rough.id, 1), *((o.id, 1) for o in exact))))


def _with_carried(sheet: Sheet, indicator: str, rough: Observation) -> list[Observation]:
    """All that came in, where words such as "trong kỳ đã tiếp nhận trên 33.000 hồ sơ" may be of that as well."""
    figures = sheet.groups.get((fold_scope(rough.scope), period_key(rough.period)), {})
    if indicator != "dossiers_received_new" or not (rough.doubt or "").startswith("what was carried over"):
        return []
    return [o for o in figures.get("dossiers_received_total", []) if not o.quantity.approx and o.role == "value"]


def _agree(a: Observation, b: Observation) -> bool:
    first, second = of(a.quantity, a.unit == "%"), of(b.quantity, b.unit == "%")
    return meet(first, second) or (a.unit == "%" and (cut(a.quantity, second) or cut(b.quantity, first)))


def _judge(
    sheet: Sheet, group: Sequence[Observation], values: Counter[Decimal], copied: bool
) -> tuple[Verdict, str | None]:
    """Whether different values prove a contradiction, or may be figures of different things."""
    unsure = sheet.unsure(*(o.id for o in group))
    if unsure:
        return "cannot_tell", unsure
    if len(values) > _MAX_VALUES:
        return "cannot_tell", "many values: whose figures they are could not be told apart"
    (top, often), *rest = values.most_common()
    of_fraction = "denominator" in {o.role for o in group} and len(values) == 2 and slip_cost(top, rest[0][0]) == 1
    if len({(o.site, o.quote) for o in group}) == 1 and not of_fraction:
        return "cannot_tell", "figures of one sentence or row: they may be of different things"
    if not _typing_slip(values) and (doubt := sheet.doubt(*(o.id for o in group))):
        return "cannot_tell", doubt
    if not _typing_slip(values) and sheet.apart(o.id for o in group):
        return "cannot_tell", "the texts around them speak of different things"
    vouched = vouched_for(sheet, group)
    if copied:
        return "error", None
    if not _typing_slip(values) and not vouched and (part := _told_apart(sheet, group, values)):
        return "cannot_tell", f"the values differ by {show(part)}, stated beside them: they may be a whole and its part"
    if any(all(_listed(sheet, o) for o in group if o.value == value) for value in values):
        return "cannot_tell", "one of the counts is of the list that follows it"
    tables = {o.site for o in group if o.kind == "table"}
    if len(tables) > 1 and len(group) == len([o for o in group if o.kind == "table"]):
        one_holds = sum(_confirmed(sheet, group, value) for value in values) == 1 and len(values) == 2
        if not (one_holds and slip_cost(*values) == 1):
            return "cannot_tell", "figures of different tables"
    if len(values) > 2 and often == 1 and sum(_confirmed(sheet, group, value) for value in values) != 1:
        return "cannot_tell", "many values: whose figures they are could not be told apart"
    other = rest[0][0]
    big, small = max(top, other), min(top, other)
    if small * 10 < big * 6 and slip_cost(top, other) > 1:
        return "cannot_tell", "the values are far apart: they may be of different scope"
    rates = group[0].unit == "%"
    if rates and any(_of_named_base(sheet, group, value) for value in values):
        return "cannot_tell", "a rate over another base than the usual one, and the base is named"
    if often > 1 and often > rest[0][1]:
        return "error", None
    if len(values) == 2 and _confirmed(sheet, group, top) != _confirmed(sheet, group, other):
        return "error", None
    if rates:
        if all(_confirmed(sheet, group, value) or _of_own_row(sheet, group, value) for value in values):
            return "cannot_tell", "each rate holds with counts of its own: they are of different bases"
        return "error", None
    known = {o.value for o in sheet.by_id.values() if o.unit == group[0].unit and o.value not in (top, other)}
    if slip_cost(top, other) <= 2 or small * 10 >= big * 8 or top in known or other in known:
        return "error", None
    return "cannot_tell", "the values are far apart: they may be of different scope"


def vouched_for(sheet: Sheet, group: Sequence[Observation]) -> bool:
    """Whether a figure that is one keystroke off stands in a sentence whose other figures the report all states alike
    elsewhere: then the sentence is of the same hồ sơ and time, and what differs in it is wrong there or elsewhere."""
    values = Counter(o.value for o in group)
    if len(values) != 2 or group[0].unit == "%" or slip_cost(*values) > 1:
        return False
    for o in group:
        if o.kind == "table" or values[o.value] > 1 or o.doubt:
            continue
        alike = 0
        for p in sheet.by_sentence.get((o.site, o.quote), []):
            if p.indicator in (o.indicator, None) or p.unit == "%" or p.role != "value" or p.value < _TELLING:
                continue
            mentions = sheet.groups.get((fold_scope(p.scope), period_key(p.period)), {}).get(p.indicator or "", [])
            elsewhere = {q.value for q in mentions if q.quote != o.quote and q.role == "value"}
            if elsewhere and p.value not in elsewhere:
                return False
            alike += bool(elsewhere)
        if alike:
            return True
    return False


def _copied_beside(sheet: Sheet, group: Sequence[Observation], values: Counter[Decimal]) -> bool:
    """Whether one of two values is that of its neighbour in the sentence, which the report states alike elsewhere, while a sum
    of the report holds with the other: "trước hạn 414 hồ sơ, đúng hạn 414 hồ sơ" beside 137."""
    if len(values) != 2 or group[0].unit == "%":
        return False
    for o in group:
        other = next(v for v in values if v != o.value)
        if o.kind == "table" or values[o.value] > 1 or o.doubt or o.value < _TELLING:
            continue
        beside = [p for p in sheet.by_sentence.get((o.site, o.quote), []) if p.value == o.value and p.indicator]
        if len(beside) == 2 and _confirmed(sheet, group, other) and not _confirmed(sheet, group, o.value):
            twin = next(p for p in beside if p is not o)
            mentions = sheet.groups.get((fold_scope(twin.scope), period_key(twin.period)), {}).get(
                twin.indicator or "", []
            )
            if twin.indicator != o.indicator and any(q.value == o.value and q.quote != o.quote for q in mentions):
                return True
    return False


_TELLING = 10  # smaller figures are alike by chance


def _listed(sheet: Sheet, o: Observation) -> bool:
    """Whether at least half of the items that a figure says are listed right behind it: "ban hành 06 văn bản chỉ đạo, gồm: …"."""
    counts = (r for r in sheet.relations("count") if r.of("stated")[0] == o.id)
    return any(r.listed and r.listed * 2 >= o.value for r in counts)


def _told_apart(sheet: Sheet, group: Sequence[Observation], values: Counter[Decimal]) -> Decimal | None:
    """What two values of one count differ by, where the report states it as a count of its own in the same scope: "tiếp
    nhận 120" and "tiếp nhận 110" beside "kỳ trước chuyển sang 10" are a whole and its part in like words."""
    name = group[0].indicator or ""
    if len(values) != 2 or not name.startswith("dossiers_"):
        return None
    gap = abs(max(values) - min(values))
    place = fold_scope(group[0].scope), period_key(group[0].period)
    stated = {
        o.value
        for o in sheet.by_id.values()
        if o.unit == group[0].unit
        and o.role == "value"
        and o.indicator != name
        and (fold_scope(o.scope), period_key(o.period)) == place
    }
    return gap if gap in stated else None


def _confirmed(sheet: Sheet, group: Sequence[Observation], value: Decimal) -> bool:
    """Whether a sum or a rate of the report holds with one of the values."""
    names = {o.id for o in group if o.value == value}
    return any(
        c.kind in ("equal", "ratio") and c.firm and c.check.verdict in ("ok", "rounding")
        for name in names
        for c in sheet.holding.get(name, [])
    )


def _of_own_row(sheet: Sheet, group: Sequence[Observation], value: Decimal) -> bool:
    """Whether a rate of a table holds with counts of its own row, over whichever base."""
    return any(
        c.kind == "ratio"
        and c.check.verdict in ("ok", "rounding")
        and {sheet.by_id[name].locator.rsplit("/c", 1)[0] for name in c.ids} == {o.locator.rsplit("/c", 1)[0]}
        for o in group
        if o.value == value and o.kind == "table"
        for c in sheet.holding.get(o.id, [])
    )


_BASE = re.compile(
    r"(?i)\b(?:tính (?:trên|theo|cả)|nếu tính|so với|trên (?:tổng|số|toàn)|trong (?:tổng|toàn)|toàn bộ|tiếp nhận|nhận (?:vào|được)|phải (?:giải quyết|xử lý)|đầu vào)\b"
)


def _of_named_base(sheet: Sheet, group: Sequence[Observation], value: Decimal) -> bool:
    """Whether a rate holds over a base that is not the usual one, and its clause says a base."""
    names = [o for o in group if o.value == value and _BASE.search(o.column or o.quote)]
    return any(
        c.kind == "ratio" and not c.firm and c.check.verdict in ("ok", "rounding")
        for o in names
        for c in sheet.holding.get(o.id, [])
    )


def _typing_slip(values: Counter[Decimal]) -> bool:
    """Whether two long figures are one keystroke apart: too alike to be of different things."""
    a, *others = values
    return len(others) == 1 and min(a, others[0]) >= 1000 and slip_cost(a, others[0]) == 1


def _suspected_first(sheet: Sheet, group: Sequence[Observation], values: Counter[Decimal]) -> list[Observation]:
    """Mentions ordered so that the least confirmed stand first."""
    good = {
        o.id: sum(c.kind != "same" and c.check.verdict in ("ok", "rounding") for c in sheet.holding.get(o.id, []))
        for o in group
    }
    place = {o.id: n for n, o in enumerate(group)}
    return sorted(group, key=lambda o: (values[o.value], good[o.id], -place[o.id]))
