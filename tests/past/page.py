"""A draft as a line of the contract, in the very shape that `pipeline.exports.json.line` gives."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any, Final

from pipeline.exports.json import SCHEMA, Line
from tests.past.draft import ROW, Document, Draft
from tests.past.windows import Window

LABELS: Final = {
    "dossiers_received_total": "Tổng số hồ sơ tiếp nhận",
    "dossiers_carried_over": "Số hồ sơ từ kỳ trước chuyển sang",
    "dossiers_received_new": "Số hồ sơ tiếp nhận mới trong kỳ",
    "dossiers_received_online": "Tiếp nhận trực tuyến",
    "dossiers_received_in_person": "Tiếp nhận trực tiếp",
    "dossiers_received_postal": "Qua dịch vụ bưu chính công ích",
    "dossiers_resolved_total": "Số hồ sơ đã giải quyết",
    "dossiers_resolved_early": "Giải quyết trước hạn",
    "dossiers_resolved_on_time": "Giải quyết đúng hạn",
    "dossiers_resolved_late": "Giải quyết quá hạn",
    "dossiers_pending_total": "Số hồ sơ đang giải quyết",
    "dossiers_pending_in_time": "Đang giải quyết trong hạn",
    "dossiers_pending_overdue": "Đang giải quyết quá hạn",
}
_IDS: Final = {indicator: f"o{n}" for n, indicator in enumerate(LABELS, 1)}
_SUMS: Final = (
    ("sum.received", "dossiers_received_total", ("dossiers_carried_over", "dossiers_received_new")),
    (
        "sum.new",
        "dossiers_received_new",
        ("dossiers_received_online", "dossiers_received_in_person", "dossiers_received_postal"),
    ),
    (
        "sum.resolved",
        "dossiers_resolved_total",
        ("dossiers_resolved_early", "dossiers_resolved_on_time", "dossiers_resolved_late"),
    ),
    ("sum.balance", "dossiers_received_total", ("dossiers_resolved_total", "dossiers_pending_total")),
)


def printed(count: int) -> str:
    """1349 as "1.349", 6 as "06"."""
    return f"{count:02d}" if count < 1000 else f"{count:,}".replace(",", ".")


def percent(part: int, whole: int) -> str:
    """A share in hundredths of a per cent, halves upwards: percent(1342, 1349) is "99.48"."""
    hundredths = (20_000 * part + whole) // (2 * whole)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def line(draft: Draft) -> Line:
    """The line of a draft."""
    form = draft.path.rpartition(".")[2]
    observations = _observations(draft, form == "pdf")
    checks, findings = _judged(draft, observations)
    citations = [_citation(n, *cited) for n, cited in enumerate(draft.cited, 1)]
    return {
        "schema": SCHEMA,
        "source": _source(draft, form),
        "error": None,
        "header": _header(draft),
        "period": _period(draft.window),
        "observations": observations,
        "citations": citations,
        "dates": [_span(draft.window)],
        "relations": [_parts(n, whole, parts) for n, (_, whole, parts) in enumerate(_SUMS, 1)],
        "forms": [],
        "coverage": {
            "total": len(observations) + 3 * len(citations) + 9,
            "observation": len(observations),
            "citation": 3 * len(citations),
            "date": 6,
            "numbering": 2,
            "ignored": 0,
            "unread": 1,
            "examples": [{"text": "24", "quote": "24/24 giờ", "locator": "p3", "page": None}],
        },
        "checks": checks,
        "findings": findings,
    }


def refused(path: str) -> Line:
    """The line of a file with a password."""
    return {
        "schema": SCHEMA,
        "source": {
            "path": path, "sha256": _digest(path), "bytes": 20_480, "format": None, "reader": "text", "pages": None,
            "warnings": [],
        },
        "error": {
            "code": "encrypted",
            "message": {"vi": "Tệp có mật khẩu; hãy bỏ mật khẩu rồi gửi lại.", "en": "The file has a password."},
        },
        "header": None,
        "period": None,
        **{key: [] for key in ("observations", "citations", "dates", "relations", "forms")},
        "coverage": None,
        "checks": [],
        "findings": [],
    }  # fmt: skip


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _source(draft: Draft, form: str) -> Line:
    said = f"{draft.path}|{draft.number}|{draft.issued}|{list(draft.own.values())}"
    warning = {"code": "no_text_layer", "message": "Trang 3 là ảnh, không có lớp chữ.", "page": 3}
    return {
        "path": draft.path,
        "sha256": _digest(said),
        "bytes": 30_000 + len(said) * 61 + 190 * len(draft.rows),
        "format": form,
        "reader": "text",
        "pages": 4 if form == "pdf" else None,
        "warnings": [warning] if draft.warned else [],
    }


def _header(draft: Draft) -> Line:
    day = draft.issued
    return {
        "doc_type": "BC",
        "number": str(draft.number),
        "symbol": draft.symbol,
        "issuing_body": draft.office,
        "parent_body": draft.parent,
        "province": draft.province,
        "place": draft.place,
        "issued": {
            "year": day.year,
            "month": day.month,
            "day": day.day,
            "text": f"ngày {day.day:02d} tháng {day.month} năm {day.year}",
        },
        "title": draft.title,
        "signer": None,
    }


def _period(window: Window) -> Line:
    return {
        "kind": window.kind,
        "year": window.year,
        "index": window.index,
        "start": window.start.isoformat(),
        "end": window.end.isoformat(),
        "text": window.text,
    }


def _observations(draft: Draft, paged: bool) -> list[Line]:
    made: list[Line] = []

    def add(
        indicator: str, value: str, text: str, unit: str, quote: str, place: str, scope: str | None = None,
        kind: str = "narrative", row: str | None = None, column: str | None = None, period: Line | None = None,
    ) -> None:  # fmt: skip
        at = len(quote) - len(text) - len(unit) - 2
        made.append({
            "id": f"o{len(made) + 1}", "indicator": indicator, "value": value, "unit": unit, "approx": False,
            "scope": scope, "period": period, "kind": kind, "row": row, "text": text, "quote": quote,
            "page": 1 + len(made) // 40 if paged else None,
            "bbox": [90.0, 200.5 + 12 * (len(made) % 40), 131.25, 212.5 + 12 * (len(made) % 40)] if paged else None,
            "locator": place, "role": "value", "qualifier": None, "other_value": None, "column": column,
            "section": None, "span": [at, at + len(text)],
        })  # fmt: skip

    for n, (indicator, count) in enumerate(draft.own.items(), 6):
        text = printed(count)
        add(indicator, str(count), text, "hồ sơ", f"{LABELS[indicator]}: {text} hồ sơ.", f"p{n}")
    for indicator, label, value in _rates(draft):
        text = value.replace(".", ",")
        add(indicator, value, text, "%", f"{label} đạt {text} %.", "p20")
    text = printed(draft.procedures)
    add("procedures_total", str(draft.procedures), text, "TTHC", f"Tổng số TTHC thuộc thẩm quyền: {text} TTHC.", "p4")
    if draft.compared:
        window, count = draft.compared
        text = printed(count)
        quote = f"Cùng kỳ năm trước đã giải quyết {text} hồ sơ."
        add("dossiers_resolved_total", str(count), text, "hồ sơ", quote, "p21", period=_period(window))
    for n, (scope, figures) in enumerate(draft.rows, 1):
        texts = {indicator: printed(count) for indicator, count in figures.items()}
        quote = "\t".join((str(n), scope, *texts.values()))
        for c, indicator in enumerate(ROW, 3):
            place = f"t2/r{n + 1}/c{c}"
            add(
                indicator, str(figures[indicator]), texts[indicator], "hồ sơ", quote, place, scope, "table",
                str(n), LABELS[indicator],
            )  # fmt: skip
    return made


def _rates(draft: Draft) -> list[tuple[str, str, str]]:
    """(indicator, label, value) of the rates that can be told."""
    own, made = draft.own, []
    good = own["dossiers_resolved_early"] + own["dossiers_resolved_on_time"]
    whole = good + own["dossiers_resolved_late"]
    if whole:
        value = percent(good, whole)
        if draft.wrong_rate:  # two digits changed places
            value = f"{value[:-2]}{value[-1]}{value[-2]}"
        made.append(("rate_on_time", "Tỷ lệ giải quyết trước và đúng hạn", value))
    online = own["dossiers_received_online"]
    new = online + own["dossiers_received_in_person"] + own["dossiers_received_postal"]
    if new:
        made.append(("rate_online", "Tỷ lệ hồ sơ trực tuyến", percent(online, new)))
    return made


def _citation(n: int, document: Document, given: date) -> Line:
    day = f"{given.day:02d}/{given.month}/{given.year}"
    quote = f"{document.words} số {document.key} ngày {day} của {document.issuer}"
    return {
        "id": f"c{n}", "doc_type": document.doc_type, "number": document.number, "year": document.year,
        "symbol": document.symbol, "key": document.key, "date": given.isoformat(), "issuer": document.issuer,
        "quote": quote, "page": None, "bbox": None, "locator": "p3", "date_text": day, "span": [10, 10 + len(quote)],
    }  # fmt: skip


def _span(window: Window) -> Line:
    start, end = (f"{day.day:02d}/{day.month}/{day.year}" for day in (window.start, window.end))
    text = f"từ ngày {start} đến hết ngày {end}"
    return {
        "id": "d1", "text": text, "start": window.start.isoformat(), "end": window.end.isoformat(),
        "precision": "day", "problem": None, "quote": f"(số liệu tính {text})", "page": None, "bbox": None,
        "locator": "p3", "span": [14, 14 + len(text)],
    }  # fmt: skip


def _parts(n: int, whole: str, parts: tuple[str, ...]) -> Line:
    terms = [{"name": "whole", "observation": _IDS[whole], "sign": 1}]
    terms += [{"name": "part", "observation": _IDS[part], "sign": 1} for part in parts]
    return {
        "id": f"r{n}", "kind": "parts", "complete": True, "expression": None, "terms": terms, "listed": None,
        "cited": [], "quote": LABELS[whole], "locator": "p5",
    }  # fmt: skip


def _judged(draft: Draft, observations: list[Line]) -> tuple[list[Line], list[Line]]:
    """What the checks within the report say of the printed figures."""
    checks: list[Line] = []
    findings: list[Line] = []
    for rule, whole, parts in _SUMS:
        stated, expected = draft.own[whole], sum(draft.own[part] for part in parts)
        sign = "=" if stated == expected else "≠"
        said = f"{printed(stated)} {sign} {' + '.join(printed(draft.own[part]) for part in parts)}"
        _judge(
            checks, findings, rule, str(stated), (str(expected),) * 2, said, [_IDS[i] for i in (whole, *parts)], draft
        )
    resolved, late = draft.own["dossiers_resolved_total"], draft.own["dossiers_resolved_late"]
    rates = [o for o in observations if o["indicator"] == "rate_on_time"]
    if rates and resolved >= late and resolved:
        right = percent(resolved - late, resolved)
        said = f"({printed(resolved)} - {printed(late)})/{printed(resolved)} = {right.replace('.', ',')}%"
        figures = [rates[0]["id"], _IDS["dossiers_resolved_late"], _IDS["dossiers_resolved_total"]]
        _judge(checks, findings, "ratio.rate_on_time", rates[0]["value"], (right, right), said, figures, draft)
    return checks, findings


def _judge(
    checks: list[Line], findings: list[Line], rule: str, stated: str, expected: tuple[str, str], arithmetic: str,
    figures: list[str], draft: Draft,
) -> None:  # fmt: skip
    family, right = rule.split(".")[0], expected[0]
    wrong = stated != right
    checks.append({
        "id": f"k{len(checks) + 1}", "rule": rule, "family": family, "verdict": "error" if wrong else "ok",
        "reason": None, "expression": None, "arithmetic": arithmetic, "stated": stated, "expected": list(expected),
        "observations": figures,
    })  # fmt: skip
    if not wrong:
        return
    suspect: dict[str, Any] = {
        "observation": figures[0], "suggestion": right, "reason": arithmetic, "reason_en": arithmetic, "tied": False,
    }  # fmt: skip
    findings.append({
        "id": f"f{_digest(draft.path + rule)[:12]}", "rule": rule, "family": family, "severity": "error",
        "message": {"vi": f"Ghi {stated}, tính lại là {right}: {arithmetic}.", "en": f"Stated {stated}, recomputed {right}."},
        "stated": stated, "expected": right, "difference": None, "checks": [checks[-1]["id"]], "evidence": figures,
        "suspects": [suspect], "rows": [], "quote": None, "locator": None, "page": None,
    })  # fmt: skip
