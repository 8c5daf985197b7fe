"""One report as one line of the contract, `soat.report/1`.

`line` is the only place where facts become JSON: the command line prints it, the warehouse lands it, the terminal
views show it. A figure is a decimal string with the decimals that the page prints, a date is ISO, a text is free of
characters that JSON, UTF-8 or a database cannot carry.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from extractors.model import (
    BBox,
    Citation,
    Coverage,
    DateMention,
    Form,
    Header,
    Observation,
    PageScore,
    Parent,
    Period,
    Quantity,
    Refusal,
    Relation,
    Report,
    Signature,
    Source,
    SourceWarning,
)

if TYPE_CHECKING:
    from pipeline.checks.model import Check, Finding, Judgement, Suspect

Line = dict[str, Any]  # one object of CONTRACT.md: JSON's own types only
SCHEMA: Final = "soat.report/1"
_UNCARRIED = re.compile("[\x00\ud800-\udfff]")  # NUL and lone surrogates
# characters that JSON lets stand but a terminal obeys (C1 controls, turns of direction) or a reader of lines breaks at
_ESCAPED = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def dumps(line: Mapping[str, Any]) -> str:
    """The line as text, without a line break or a control character inside; ValueError on NaN or infinity."""
    text = json.dumps(line, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def clean(text: str) -> str:
    """`text` with every character that UTF-8 or a database refuses shown as U+FFFD."""
    return _UNCARRIED.sub("\ufffd", text)


def figure(value: Decimal) -> str:
    """A decimal in plain notation, its printed decimals kept: "0.50", "33451", never "3.3E+4"."""
    return format(value, "f") if value.is_finite() else str(value)


def printed(quantity: Quantity) -> str:
    """The value of a figure; "10,18 ngàn" has no decimals of its own unit and gives "10180"."""
    value = quantity.value
    if quantity.ulp >= 1 and value.is_finite() and value == value.to_integral_value():
        value = value.quantize(Decimal(1)) if abs(value) < Decimal(10) ** 27 else value
    return figure(value)


def line(report: Report, judgement: Judgement | None) -> Line:
    """The object of CONTRACT.md for one file; without a judgement, or with an error, there are no checks."""
    refused = report.error is not None
    checks = () if judgement is None or refused else judgement.checks
    findings = () if judgement is None or refused else judgement.findings
    made: Line = {
        "schema": SCHEMA,
        "source": _source(report.source),
        "error": _refusal(report.error),
        "header": None if refused else _header(report.header),
        "period": period(report.period),
        "observations": [_observation(o) for o in report.observations],
        "citations": [_citation(c) for c in report.citations],
        "dates": [_date(d) for d in report.dates],
        "relations": [_relation(r) for r in report.relations],
        "forms": [_form(f) for f in report.forms],
        "coverage": None if refused else _coverage(report.coverage),
        "checks": [_check(c) for c in checks],
        "findings": [_finding(f) for f in findings],
    }
    plain: Line = _plain(made)
    return plain


def period(stated: Period | None) -> Line | None:
    """A reporting period with its limits."""
    if stated is None:
        return None
    keys = ("kind", "year", "index", "start", "end", "text")
    return {key: getattr(stated, key) for key in keys}


def _plain(value: Any) -> Any:
    """JSON's own types: decimals and dates as strings, texts cleaned, tuples as lists."""
    if isinstance(value, str):
        return clean(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Decimal):
        return figure(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {clean(str(k)): _plain(v) for k, v in value.items()}
    if isinstance(value, Iterable):
        return [_plain(v) for v in value]
    raise TypeError(f"no place in the contract for {type(value).__name__}")


def _source(source: Source) -> Line:
    return {
        "path": source.path,
        "sha256": source.sha256,
        "bytes": source.bytes,
        "format": source.format,
        "reader": source.reader,
        "pages": source.pages,
        "warnings": _warnings(source.warnings),
        **({"parent": _parent(source.parent)} if source.parent else {}),
        **({"signatures": [_signature(s) for s in source.signatures]} if source.signatures else {}),
        **({"page_scores": [_score(s) for s in source.scores]} if source.scores else {}),
    }


def _signature(s: Signature) -> Line:
    keys = ("signer", "title", "organisation", "email", "issuer", "kind", "time", "time_source", "reason", "location")
    return {key: getattr(s, key) for key in (*keys, "intact", "covers_all", "changes", "trust")}


def _score(s: PageScore) -> Line:
    return {"page": s.page, "words": s.words, "syllables": s.true}


def _warnings(warnings: Iterable[SourceWarning]) -> list[Line]:
    return [{"code": w.code, "message": w.message, "page": w.page} for w in warnings]


def _parent(parent: Parent) -> Line:
    """The container that a file came out of; what it holds besides, and the container around it, only where there is any."""
    made: Line = {"path": parent.path, "sha256": parent.sha256}
    if parent.warnings:
        made["warnings"] = _warnings(parent.warnings)
    if parent.parent:
        made["parent"] = _parent(parent.parent)
    return made


def _refusal(error: Refusal | None) -> Line | None:
    if error is None:
        return None
    return {"code": error.code, "message": {"vi": error.vi, "en": error.en}}


def _header(header: Header) -> Line:
    keys = ("doc_type", "number", "symbol", "issuing_body", "parent_body", "province", "place")
    issued = header.issued
    day = issued and {"year": issued.year, "month": issued.month, "day": issued.day, "text": issued.text}
    return {key: getattr(header, key) for key in keys} | {
        "issued": day,
        "title": header.title,
        "signer": header.signer,
    }


def _sure(confidence: int | None) -> Line:
    """How sure recognition is of a figure; nothing where the file gives the characters itself, so that the line of such a
    file, and with it the identity of its reading, stays what it was."""
    return {} if confidence is None else {"confidence": confidence}


def _observation(o: Observation) -> Line:
    return {
        "id": o.id,
        "indicator": o.indicator,
        "value": printed(o.quantity),
        "unit": o.unit,
        "approx": o.quantity.approx,
        "scope": o.scope,
        "period": period(o.period),
        "kind": o.kind,
        "row": o.row,
        "text": o.quantity.text,
        "quote": o.quote,
        "page": o.page,
        "bbox": _bbox(o.bbox),
        "locator": o.locator,
        "role": o.role,
        "qualifier": o.qualifier,
        "other_value": o.quantity.other,
        "column": o.column,
        "section": o.section,
        "span": [o.start, o.end],
        **_sure(o.confidence),
    }


def _citation(c: Citation) -> Line:
    keys = ("id", "doc_type", "number", "year", "symbol", "key", "date", "issuer", "quote", "page")
    return {key: getattr(c, key) for key in keys} | {
        "bbox": _bbox(c.bbox),
        "locator": c.locator,
        "date_text": c.date_text,
        "span": [c.start, c.end],
        **_sure(c.confidence),
    }


def _date(d: DateMention) -> Line:
    keys = ("id", "text", "start", "end", "precision", "problem", "quote", "page")
    made = {key: getattr(d, key) for key in keys}
    return made | {"bbox": _bbox(d.bbox), "locator": d.locator, "span": list(d.position), **_sure(d.confidence)}


def _relation(r: Relation) -> Line:
    return {
        "id": r.id,
        "kind": r.kind,
        "complete": r.complete,
        "expression": r.expression,
        "terms": [{"name": t.name, "observation": t.observation, "sign": t.sign} for t in r.terms],
        "listed": r.listed,
        "cited": r.cited,
        "quote": r.quote,
        "locator": r.locator,
    }


def _form(form: Form) -> Line:
    keys = ("code", "label", "unit", "locator", "page", "observations", "blank", "heading", "optional", "section")
    rows = [{key: getattr(row, key) for key in keys} for row in form.rows]
    return {"locator": form.locator, "title": form.title, "kind": form.kind, "columns": form.columns, "rows": rows}


def _coverage(coverage: Coverage) -> Line:
    keys = ("total", "observation", "citation", "date", "numbering", "ignored", "unread")
    made: Line = {key: getattr(coverage, key) for key in keys}
    made["examples"] = [
        {"text": u.text, "quote": u.quote, "locator": u.locator, "page": u.page} for u in coverage.examples
    ]
    return made


def _check(c: Check) -> Line:
    keys = ("id", "rule", "family", "verdict", "reason", "expression", "arithmetic", "stated", "expected")
    return {key: getattr(c, key) for key in keys} | {"observations": list(c.observations)}


def _finding(f: Finding) -> Line:
    return {
        "id": f.id,
        "rule": f.rule,
        "family": f.family,
        "severity": f.severity,
        "message": {"vi": f.message.vi, "en": f.message.en},
        "stated": f.stated,
        "expected": f.expected,
        "difference": f.difference,
        "checks": list(f.checks),
        "evidence": list(f.evidence),
        "suspects": [_suspect(s) for s in f.suspects],
        "rows": f.rows,
        "quote": f.quote,
        "locator": f.locator,
        "page": f.page,
    }


def _suspect(s: Suspect) -> Line:
    keys = ("observation", "suggestion", "reason", "reason_en", "tied")
    return {key: getattr(s, key) for key in keys}


def _bbox(box: BBox | None) -> list[float] | None:
    """The box in points, to a hundredth; None when a coordinate is no number."""
    return [round(x, 2) for x in box] if box and all(math.isfinite(x) for x in box) else None
