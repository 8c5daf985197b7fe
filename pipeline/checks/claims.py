"""Family `claim`: words contradict figures."""

from __future__ import annotations

from decimal import Decimal

from pipeline.checks.findings import Draft
from pipeline.checks.intervals import show
from pipeline.checks.model import Message, Verdict
from pipeline.checks.sheet import Sheet, short


def run(sheet: Sheet) -> list[Draft]:
    """Stated zeros against figures, and one set of dossiers said to be both resolved and under way."""
    drafts = []
    for figures in sheet.groups.values():
        for indicator, mentions in figures.items():
            zeros = [o for o in mentions if o.quantity.words and o.value == 0]
            others = [o for o in mentions if not o.quantity.words and o.role in ("value", "numerator")]
            found = [d for zero in zeros for d in _zero(sheet, indicator, zero.id, [o.id for o in others])]
            for again in found[1:]:  # the same claim made twice is one contradiction
                found[0].evidence = [*found[0].evidence, again.evidence[0]]
                found[0].checks = [*found[0].checks, *again.checks]
            drafts += found[:1]
    return drafts + _late_status(sheet)


def _zero(sheet: Sheet, indicator: str, zero: str, others: list[str]) -> list[Draft]:
    said = sheet.by_id[zero]
    against = [o for n in others if (o := sheet.by_id[n]).value > 0]
    verdict: Verdict = "error" if against else "ok"
    if not others:
        return []
    clear = [o for o in against if not sheet.doubt(zero, o.id)]
    figure = (clear or against or [sheet.by_id[others[0]]])[0]
    doubt = sheet.doubt(zero, figure.id) if against else None
    if against and not doubt and sheet.apart([zero, figure.id]):
        doubt = "the texts around them speak of different things"
    if doubt:
        verdict = "cannot_tell"
    rule = "claim.no_late" if "late" in indicator else f"claim.no_{short(indicator)}"
    check = sheet.tell(
        rule,
        verdict,
        f"{short(indicator)} = 0",
        f"0 {'≠' if against else '='} {show(figure.value)}",
        [zero, figure.id],
        stated=Decimal(0),
        expected=(figure.value, figure.value),
        reason=doubt,
    )
    if not against or doubt:
        return []
    vi = f"Ghi “{said.quote}” nhưng báo cáo nêu {show(figure.value)} {figure.unit or 'hồ sơ'}: “{figure.quote}”."
    en = f"“{said.quote}” is contradicted by a stated {show(figure.value)}: “{figure.quote}”."
    return [
        Draft(
            rule,
            "error",
            Message(vi, en),
            [check.id],
            [zero, *(o.id for o in against)],
            stated=Decimal(0),
            expected=figure.value,
            suspect=(zero, figure.value),
        )
    ]


def _late_status(sheet: Sheet) -> list[Draft]:
    """Equal counts of late dossiers, once among the resolved, once among those still in process."""
    late = [
        o
        for o in sheet.by_id.values()
        if o.indicator == "dossiers_resolved_late" and o.role == "value" and o.value > 0 and o.scope is None
    ]
    pending = [
        o
        for o in sheet.by_id.values()
        if o.indicator in ("dossiers_pending_total", "dossiers_pending_overdue")
        and o.role == "value"
        and ("lỗi" in o.quote.lower() or "trễ" in o.quote.lower() or "quá hạn" in o.quote.lower())
    ]
    for p in pending:
        same = next((o for o in late if o.value == p.value and o.site != p.site), None)
        if same is None or p.indicator == "dossiers_pending_overdue":
            continue
        check = sheet.tell(
            "claim.late_status",
            "cannot_tell",
            "resolved_late and pending",
            f"{show(same.value)} = {show(p.value)}",
            [p.id, same.id],
            stated=p.value,
            reason="the same dossiers, or others",
        )
        vi = (
            f"{show(same.value)} hồ sơ trễ hạn được tính vào số đã giải quyết (“{same.quote}”) nhưng chỗ khác lại ghi đang giải quyết "
            f"(“{p.quote}”). Nếu là cùng hồ sơ thì hai trạng thái mâu thuẫn; đề nghị đơn vị xác nhận."
        )
        en = f"{show(same.value)} late dossiers count as resolved in one place and as still in process in another; please confirm."
        return [
            Draft(
                "claim.late_status",
                "warning",
                Message(vi, en),
                [check.id],
                [p.id, same.id],
                stated=p.value,
                suspect=(p.id, None),
            )
        ]
    return []
