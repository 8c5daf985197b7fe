"""Family `count`: a stated number of things beside a list of another length."""

from __future__ import annotations

from decimal import Decimal

from pipeline.checks.findings import Draft
from pipeline.checks.intervals import show
from pipeline.checks.model import Message, Verdict
from pipeline.checks.sheet import Sheet

_RULES = {"quyết định": "count.decisions", "kế hoạch": "count.plans", "văn bản": "count.documents"}


def run(sheet: Sheet) -> list[Draft]:
    """Test stated counts against lists, and normative documents issued against those named."""
    drafts = []
    for relation in sheet.relations("count"):
        stated = sheet.by_id[relation.of("stated")[0]]
        listed = Decimal(relation.listed or 0)
        rule = _RULES.get(stated.unit or "", "count.list")
        verdict: Verdict = "ok" if stated.value == listed else "error"
        check = sheet.tell(
            rule,
            verdict,
            "stated = listed",
            f"{show(stated.value)} {'=' if verdict == 'ok' else '≠'} {show(listed)}",
            [stated.id],
            stated=stated.value,
            expected=(listed, listed),
        )
        if verdict == "error":
            vi = f"Ghi {stated.quantity.text} {stated.unit or ''} nhưng liệt kê {show(listed)}: “{stated.quote}”."
            en = f"{stated.quantity.text} stated, {show(listed)} listed."
            drafts.append(
                Draft(
                    rule,
                    "warning",
                    Message(vi, en),
                    [check.id],
                    [stated.id, *relation.cited],
                    stated=stated.value,
                    expected=listed,
                    suspect=(stated.id, listed),
                )
            )
    return drafts + _legal_docs(sheet)


def _legal_docs(sheet: Sheet) -> list[Draft]:
    """Normative documents (year inside the number) of the own province, dated in the period, against the count stated."""
    period = sheet.report.period
    stated = next(
        (
            o
            for o in sheet.by_id.values()
            if o.indicator == "legal_docs_issued" and o.role == "value" and o.scope is None
        ),
        None,
    )
    if stated is None or period is None or period.start is None or period.end is None:
        return []
    named = {
        c.key: c.id
        for c in sheet.report.citations
        if c.year is not None
        and c.symbol
        and c.symbol.endswith(("-UBND", "-HĐND"))
        and c.date
        and period.start <= c.date <= period.end
    }
    low = Decimal(len(named))
    verdict: Verdict = "ok" if stated.value >= low else "error"
    check = sheet.tell(
        "count.legal_docs",
        verdict,
        "legal_docs_issued ≥ normative documents named",
        f"{show(stated.value)} {'≥' if verdict == 'ok' else '<'} {show(low)}",
        [stated.id],
        stated=stated.value,
        expected=(low, low),
    )
    if verdict == "ok":
        return []
    keys = ", ".join(k for k in named if k)
    vi = (
        f"Ghi {show(stated.value)} văn bản quy phạm pháp luật đã ban hành/tham mưu, nhưng phần lời nêu {keys} ban hành trong kỳ "
        f"(số hiệu có năm là văn bản quy phạm pháp luật): ít nhất phải là {show(low)}."
    )
    en = f"{show(stated.value)} normative documents stated, but the text names {keys}: at least {show(low)}."
    return [
        Draft(
            "count.legal_docs",
            "warning",
            Message(vi, en),
            [check.id],
            [stated.id, *named.values()],
            stated=stated.value,
            expected=low,
            suspect=(stated.id, low),
        )
    ]
