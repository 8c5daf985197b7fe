"""Family `sum`: a total differs from its parts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from extractors.model import Observation, Relation
from pipeline.checks.bounds import at_most, holds_stock
from pipeline.checks.intervals import add, cut, mean_of, meet, quotient, show
from pipeline.checks.sheet import Constraint, Sheet, fold_scope, identities, settled, short
from pipeline.checks.slips import slip_cost
from pipeline.checks.totals import arithmetic, equal, judged, named

Members = dict[str, Observation]
_CHANNELS = frozenset(
    {
        "dossiers_received_online",
        "dossiers_received_in_person",
        "dossiers_received_postal",
        "dossiers_received_in_person_postal",
    }
)
_SOURCES = frozenset({"dossiers_carried_over", "dossiers_received_new"})
_CLASSES = frozenset(
    {
        "dossiers_resolved_early",
        "dossiers_resolved_on_time",
        "dossiers_resolved_late",
        "dossiers_resolved_early_or_on_time",
    }
)
_STATES = frozenset({"dossiers_pending_in_time", "dossiers_pending_overdue"})
#: Parts within one of these do not overlap, so that they may be added.
_DISJOINT = (
    _CHANNELS,
    _SOURCES,
    _CLASSES - {"dossiers_resolved_early_or_on_time"},
    _STATES,
    frozenset({"dossiers_resolved_early_or_on_time", "dossiers_resolved_late"}),
    frozenset({"services_fullprocess", "services_partial"}),
)


def run(sheet: Sheet) -> None:
    """Test identities of the vocabulary, then relations that the page states."""
    for figures in sheet.groups.values():
        sites = _by_site(figures)
        tested: set[tuple[str, ...]] = set()
        for members in [*sites, _agreed(figures)]:
            for identity in identities()["sum"]:
                _identity(sheet, identity, members, tested)
            _balance(sheet, members, tested)
    for relation in sheet.relations("parts", "formula"):
        _stated(sheet, relation)
    for relation in sheet.relations("deduction"):
        _deduction(sheet, relation)
    for relation in sheet.relations("mean"):
        _mean(sheet, relation)
    for relation in sheet.relations("changed"):
        _changed(sheet, relation)
    _row_codes(sheet)


def _by_site(figures: dict[str, list[Observation]]) -> list[Members]:
    """Per stretch of text, the indicators that are stated there once."""
    sites: dict[str, dict[str, list[Observation]]] = {}
    for indicator, mentions in figures.items():
        for o in mentions:
            if o.doubt and o.kind == "narrative":
                continue
            site = o.site if o.kind != "table" or not o.row or o.column else f"{o.site}"
            sites.setdefault(site, {}).setdefault(indicator, []).append(o)
    return [
        {i: m[0] for i, m in found.items() if len({o.value for o in m}) == 1}
        for found in sites.values()
        if len(found) > 1
    ]


def _agreed(figures: dict[str, list[Observation]]) -> Members:
    """Over the whole report: indicators with one value, or one stated more often than any other."""
    return {indicator: o for indicator, mentions in figures.items() if (o := settled(_certain(mentions)))}


def _certain(mentions: Sequence[Observation]) -> list[Observation]:
    """Mentions whose clause was understood; all where none was."""
    return [o for o in mentions if not o.doubt] or list(mentions)


def _identity(sheet: Sheet, identity: dict[str, Any], members: Members, tested: set[tuple[str, ...]]) -> None:
    total = members.get(identity["total"])
    if total is None:
        return
    for option in identity["any_of"]:
        parts = [members.get(p) for p in option["parts"]]
        if any(p is None for p in parts):
            continue
        found = [p for p in parts if p]
        values = (str(total.value), *(str(p.value) for p in found))
        ids = (total.id, *(p.id for p in found))
        if (identity["rule"], *ids) in tested or ids in tested:
            return
        tested.add((identity["rule"], *ids))
        if (identity["rule"], *values) in tested and len({o.site for o in (total, *found)}) > 1:
            return
        tested.add((identity["rule"], *values))
        other = members.get(identity.get("or_total", ""))
        if other is not None and _adds_up(sheet, other, found):
            total = other
        equal(sheet, identity["rule"], total, [(p, 1) for p in found], option.get("complete", True), lexical=True)
        return


def _adds_up(sheet: Sheet, total: Observation, parts: Sequence[Observation]) -> bool:
    return meet(sheet.interval(total.id), add([(sheet.interval(p.id), 1) for p in parts]))


# --- received = resolved + pending (+ returned, withdrawn …) -------------------------------------------------------------


def _balance(sheet: Sheet, members: Members, tested: set[tuple[str, ...]]) -> None:
    """The balance under the conventions of the field: returned, withdrawn and waiting dossiers inside or apart."""
    received, resolved = members.get("dossiers_received_total"), members.get("dossiers_resolved_total")
    if received is None or resolved is None:
        return None
    pending = members.get("dossiers_pending_total")
    left = (
        [pending]
        if pending
        else [o for k in ("dossiers_pending_in_time", "dossiers_pending_overdue") if (o := members.get(k))]
    )
    if not left:
        return None
    apart = [o for k in ("dossiers_returned", "dossiers_withdrawn", "dossiers_supplement") if (o := members.get(k))]
    key = ("sum.balance", *(str(o.value) for o in (received, resolved, *left, *apart)))
    if key in tested:
        return None
    tested.add(key)
    base = [(resolved, 1), *((o, 1) for o in left)]
    options = [base + [(o, 1) for o in chosen] for chosen in _subsets(apart)]
    stated = sheet.interval(received.id)
    for option in options:
        if meet(stated, add([(sheet.interval(o.id), s) for o, s in option])):
            return equal(sheet, "sum.balance", received, option, True, lexical=True)
    computed = add([(sheet.interval(o.id), s) for o, s in base])
    if computed[0] > stated[1] and holds_stock(received, {k: [o] for k, o in members.items()}):
        return equal(sheet, "sum.balance", received, base, True, lexical=True)
    whole = options[-1]
    names = [received.id, *(o.id for o, _ in whole)]
    if pending is None or not apart:
        if pending is not None and _nothing_apart(sheet, received, whole):
            return equal(sheet, "sum.balance", received, whole, True)
        reason = "returned, withdrawn or waiting dossiers may make up the rest"
        if computed[0] > stated[1]:
            reason = "dossiers carried over may not be among those received"
        check = sheet.tell(
            "sum.balance",
            "cannot_tell",
            f"{named(received)} = " + " + ".join(named(o) for o, _ in whole),
            arithmetic(received, whole, "cannot_tell"),
            names,
            stated=received.value,
            expected=computed,
            reason=reason,
        )
        if pending is not None and computed[1] <= stated[0]:
            sheet.hold(Constraint(check, "at_most", received.id, tuple((o.id, s) for o, s in whole), lexical=True))
        return None
    return equal(sheet, "sum.balance", received, whole, True, lexical=True)


def _nothing_apart(sheet: Sheet, received: Observation, parts: Sequence[tuple[Observation, int]]) -> bool:
    """Whether the other rows of the table, or the other offices of the text, show that a balance has no more parts there."""
    figures = [received, *(p for p, _ in parts)]
    if len({o.locator.rsplit("/c", 1)[0] for o in figures}) > 1:
        return False
    if received.kind == "table":
        return _balances(sheet, received.site)
    return received.scope is not None and len({o.site for o in figures}) == 1 and _balances(sheet, None)


def _balances(sheet: Sheet, table: str | None) -> bool:
    """Whether the rows of a table, but one in eight, balance without anything apart; at least three must show it. Without a
    table, whether the offices, fields and levels of the running text do, and the whole with them."""
    held = tried = 0
    for figures in sheet.groups.values():
        row = [
            {o.value for o in figures.get(f"dossiers_{name}", []) if (o.site == table if table else o.kind != "table")}
            for name in ("received_total", "resolved_total", "pending_total")
        ]
        if all(len(values) == 1 for values in row):
            tried += 1
            held += row[0].pop() == row[1].pop() + row[2].pop()
    return held >= (3 if table else 2) and tried - held <= max(1, tried // 8)


def _subsets(items: Sequence[Observation]) -> list[list[Observation]]:
    found: list[list[Observation]] = [[]]
    for item in items:
        found += [[*chosen, item] for chosen in found]
    return found


# --- relations of the page ------------------------------------------------------------------------------------------------


def _stated(sheet: Sheet, relation: Relation) -> None:
    whole_name = "whole" if relation.kind == "parts" else "result"
    total = sheet.by_id[relation.of(whole_name)[0]]
    parts = [(sheet.by_id[t.observation], t.sign) for t in relation.terms if t.name == "part"]
    if sheet.tested([total.id, *(p.id for p, _ in parts)], "equal", "at_most"):
        return None
    if relation.kind == "formula":
        return equal(sheet, "sum.formula", total, parts, True, relation.expression)
    if total.role not in ("value", "max", "change") or any(p.role != total.role for p, _ in parts):
        return None
    if (relation.expression or "").startswith(("column", "row")):
        rule = "sum.column" if (relation.expression or "").startswith("column") else "sum.row"
        return equal(sheet, rule, total, parts, relation.complete, relation.expression)
    if len(parts) == 1 and not relation.complete:
        part = parts[0][0]
        if part.indicator == total.indicator == "survey_forms":
            return None  # forms handed out stand behind those that came back
        nameless = part.indicator is None and (total.indicator or "").startswith(
            ("dossiers_", "par_")
        )  # of which dossiers or scores it is was not understood
        if part.unit == total.unit and not part.doubt and not nameless:  # "(đầu kỳ 1.916 TTHC)" is no part
            at_most(sheet, "bound.part", part, total, lexical=True)
        return None
    indicators = frozenset(p.indicator or "" for p, _ in parts)
    scopes = [p.scope for p, _ in parts]
    levels = (
        len(indicators) == 1
        and total.indicator in indicators
        and len(set(scopes)) == len(scopes)
        and None not in scopes
    )
    disjoint = any(indicators <= group and len(indicators) == len(parts) for group in _DISJOINT)
    if levels:
        slip = slip_cost(total.value, sum((p.value for p, _ in parts), start=total.value * 0)) == 1
        complete = relation.complete or (slip and total.value >= 100 and _all_levels(sheet, scopes))
        equal(sheet, "sum.levels", total, parts, complete)
    elif disjoint or (relation.complete and len(parts) > 1 and len({p.unit for p, _ in parts} | {total.unit}) == 1):
        full = (relation.complete and not disjoint) or _whole_set(total, indicators)
        equal(sheet, "sum.parts", total, parts, full)
    else:
        for part, _ in parts:
            if part.unit == total.unit and part.indicator not in (total.indicator, None):
                at_most(sheet, "bound.part", part, total, lexical=True)
    return None


#: The administrative levels; since 1 July 2025 there is no district (Luật Tổ chức chính quyền địa phương 2025).
_LEVELS = frozenset({"cấp tỉnh", "cấp huyện", "cấp xã"})
_TWO_LEVELS = date(2025, 7, 1)


def _all_levels(sheet: Sheet, scopes: Sequence[str | None]) -> bool:
    """Whether parts by level are all the levels that there were when the period began. Agencies under the ministries may
    stand beside them: only a total that is one slip of the keyboard off contradicts its levels."""
    named = {fold_scope(scope) for scope in scopes}
    period = sheet.report.period
    two = period is not None and period.start is not None and period.start >= _TWO_LEVELS
    return named == (_LEVELS - {"cấp huyện"} if two else _LEVELS)


def _whole_set(total: Observation, indicators: frozenset[str]) -> bool:
    """Whether disjoint parts are known to be all of their total."""
    for identity in identities()["sum"]:
        if total.indicator in (identity["total"], identity.get("or_total")):
            for option in identity["any_of"]:
                if frozenset(option["parts"]) == indicators and option.get("complete", True):
                    return True
    return False


def _deduction(sheet: Sheet, relation: Relation) -> None:
    mine, verified = sheet.by_id[relation.of("self")[0]], sheet.by_id[relation.of("verified")[0]]
    lost = relation.of("deduction")
    if lost:
        equal(sheet, "sum.deduction", sheet.by_id[lost[0]], [(mine, 1), (verified, -1)], True)


def _mean(sheet: Sheet, relation: Relation) -> None:
    """A mean against the figures it is of; a mean is a quotient with a whole base, so its rounding interval decides."""
    mean = sheet.by_id[relation.of("mean")[0]]
    parts = [sheet.by_id[n] for n in relation.of("part")]
    computed = mean_of([(sheet.interval(p.id), 1) for p in parts])
    names = [mean.id, *(p.id for p in parts)]
    verdict, reason = judged(sheet, names, sheet.interval(mean.id), computed, True)
    if verdict == "error" and cut(mean.quantity, computed):
        verdict, reason = "rounding", "last place cut off instead of rounded"
    total = sum((p.value for p in parts), start=mean.value * 0)
    sign = "=" if verdict in ("ok", "rounding") else "≠"
    text = f"{show(total)}/{len(parts)} = {show(total / len(parts), 3)} {sign} {show(mean.value)}"
    check = sheet.tell(
        "sum.mean", verdict, "mean = sum / number", text, names, stated=mean.value, expected=computed, reason=reason
    )
    sheet.hold(Constraint(check, "mean", mean.id, tuple((p.id, 1) for p in parts)))


def _changed(sheet: Sheet, relation: Relation) -> None:
    """A stated change against the two values it lies between; a percentage of change is a quotient of them."""
    value, change, earlier = (sheet.by_id[relation.of(n)[0]] for n in ("value", "change", "earlier"))
    sign = next(t.sign for t in relation.terms if t.name == "change")
    names = [change.id, value.id, earlier.id]
    now, then = sheet.interval(value.id), sheet.interval(earlier.id)
    gap = add([(now, sign), (then, -sign)])
    kind = "change"
    if change.unit == "%" and value.unit != "%":
        fallen = quotient((-gap[1], -gap[0]), then) if gap[1] < 0 else None
        computed = (-fallen[1], -fallen[0]) if fallen else quotient(gap, then) if gap[0] >= 0 else None
        kind = "growth"
    else:
        computed = gap
    if computed is None:
        return
    verdict, reason = judged(sheet, names, sheet.interval(change.id), computed, True)
    if verdict == "error" and cut(change.quantity, computed):
        verdict, reason = "rounding", "last place cut off instead of rounded"
    if verdict == "error":
        reason = sheet.doubt(*names)
        verdict = "cannot_tell" if reason and reason != "may be of another time" else verdict
    first, second = (value, earlier) if sign > 0 else (earlier, value)
    text = f"{show(first.value)} − {show(second.value)} = {show(first.value - second.value)}"
    if kind == "growth":
        text = f"({text})/{show(earlier.value)} = {show(computed[0], 2)}%".replace("= -", "= −")
    mark = "" if verdict in ("ok", "rounding") else f" ≠ {show(change.value)}"
    check = sheet.tell(
        f"sum.{kind}",
        verdict,
        f"{kind} between two periods",
        text + mark,
        names,
        stated=change.value,
        expected=computed,
        reason=reason if verdict != "error" else None,
    )
    if kind == "change":
        parts = ((value.id, sign), (earlier.id, -sign))
        sheet.hold(Constraint(check, "equal", change.id, parts))
    else:
        sheet.hold(Constraint(check, "growth", change.id, ((value.id, sign), (earlier.id, -sign)), base=earlier.id))


def _row_codes(sheet: Sheet) -> None:
    """A form's row against the rows under its code, where they carry the same indicator (5.4 = 5.4.1 + 5.4.2 + 5.4.3)."""
    for form in sheet.report.forms:
        if form.kind != "statistical":
            continue
        rows = {
            r.code: sheet.by_id[r.observations[0]]
            for r in form.rows
            if r.code and r.observations and r.observations[0] in sheet.by_id
        }
        for code, total in rows.items():
            below = [o for c, o in rows.items() if c.startswith(code + ".") and c.count(".") == code.count(".") + 1]
            if len(below) > 1 and total.indicator and all(o.indicator == total.indicator for o in below):
                equal(sheet, f"sum.{short(total.indicator)}", total, [(o, 1) for o in below], True)
