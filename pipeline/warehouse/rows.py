"""One line of the contract as rows of the warehouse: a plain mapping, table by table, no database in sight."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, InvalidOperation, localcontext
from typing import Any, Final

from pipeline.exports.json import Line

Row = dict[str, Any]
Rows = dict[str, list[Row]]
_WHOLE_DIGITS: Final = Decimal(10) ** 28
_LAST_PLACE: Final = Decimal("1e-10")
_INTEGER: Final = 2**31
_OF_A_PARENT: Final = ("trung tâm", "phòng", "ban", "bộ phận", "chi cục")
_PERIOD: Final = ("period_kind", "period_year", "period_index", "period_start", "period_end")
#: What is told of a source beside its facts: where it stood, and how well its pages could be read.
_NO_FACTS: Final = frozenset({"path", "parent", "page_scores"})


def reading_id(line: Line) -> str:
    """The identity of what was read: of the bytes and of all facts, wherever they stood."""
    facts = {key: value for key, value in line.items() if key != "source"}
    facts["source"] = {key: value for key, value in line["source"].items() if key not in _NO_FACTS}
    canonical = json.dumps(facts, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:24]


def series(line: Line) -> str:
    """The key that joins the versions of one report; a report without office, period or title stands alone."""
    header, period = line["header"], line["period"]
    named = header["issuing_body"] and header["title"] and period and (period["start"] or period["year"])
    if not named:
        return str(line["source"]["sha256"])
    stated = [header["province"], header["issuing_body"], header["doc_type"], header["title"]]
    if header["issuing_body"].casefold().startswith(_OF_A_PARENT):
        stated.append(header["parent_body"])  # every commune has its "Trung tâm Phục vụ hành chính công"
    limits = [period["kind"], period["year"], period["index"], period["start"], period["end"]]
    parts = [_plain_words(part) for part in (*stated, *limits)]
    return "|".join(parts)


def _plain_words(part: object) -> str:
    """Letters and digits only: a re-sent report may differ in case, blanks and punctuation."""
    text = unicodedata.normalize("NFC", str(part or "")).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())


def decimal(text: str | None) -> str | None:
    """A decimal that DECIMAL(38,10) holds exactly, as text; None where it does not fit."""
    if text is None:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    with localcontext(prec=60):  # 28 whole digits and 10 decimals: more than the usual 28 of all
        fits = value.is_finite() and abs(value) < _WHOLE_DIGITS and value % _LAST_PLACE == 0
    return format(value, "f") if fits else None


def _outward(bound: str | None, rounding: str) -> str | None:
    """The end of a computed interval, which may run on for ever, at the last place that the column holds."""
    if bound is None:
        return None
    value = Decimal(bound)
    kept = value.is_finite() and abs(value) < _WHOLE_DIGITS
    with localcontext(prec=60):
        return decimal(str(value.quantize(_LAST_PLACE, rounding))) if kept else None


def rows_of(line: Line, run: str) -> Rows:
    """All rows of a file that was read, tables in an order that satisfies the foreign keys."""
    source, reading = line["source"], reading_id(line)
    rows: Rows = {
        "documents": [
            {"sha256": source["sha256"], "bytes": source["bytes"], "format": source["format"], "first_run": run}
        ],
        "files": [{"path": source["path"], "sha256": source["sha256"], "first_run": run}],
        "members": _members(source, run),
        "readings": [_reading(line) | {"reading": reading, "run": run}],
        "warnings": source["warnings"],
        "observations": [_observation(o) for o in line["observations"]],
        "citations": [_citation(c) for c in line["citations"]],
        "dates": [d | {"date_start": d["start"], "date_end": d["end"]} for d in line["dates"]],
        "checks": [_check(c) for c in line["checks"]],
        "findings": [_finding(f) for f in line["findings"]],
        **_links(line),
    }
    rows["own_dossiers"] = _own_dossiers(rows["readings"][0], rows["observations"])
    rows["recognised_figures"] = [
        {"seq": seq, "confidence": o["confidence"]}
        for seq, o in enumerate(line["observations"])
        if o.get("confidence") is not None
    ]
    rows["signatures"] = [_signature(s) for s in source.get("signatures", ())]
    rows["page_scores"] = list(source.get("page_scores", ()))
    for table in list(rows)[4:]:
        rows[table] = [{"reading": reading, "seq": seq} | _fitted(row) for seq, row in enumerate(rows[table])]
    return rows


def refusal_row(line: Line, run: str) -> Row:
    """The row of a file that could not be read."""
    source, error = line["source"], line["error"]
    message = error["message"]
    return {
        "path": source["path"],
        "sha256": source["sha256"] or "",
        "code": error["code"],
        "message_vi": message["vi"],
        "message_en": message["en"],
        "run": run,
    }


def _members(source: Line, run: str) -> list[Row]:
    """Where a file came from that stood in a container; none for one that stood by itself."""
    if "parent" not in source:
        return []
    parent: Line = source["parent"]
    root = parent
    while "parent" in root:
        root = root["parent"]
    row = {
        f"{which}_{key}": told[key]
        for which, told in (("parent", parent), ("root", root))
        for key in ("path", "sha256")
    }
    row |= {"path": source["path"], "sha256": source["sha256"], "first_run": run}
    row["member"] = source["path"][len(parent["path"]) + 1 :]
    row["notes"] = " ".join(warning["message"] for warning in parent.get("warnings", ())) or None
    return [row]


def _fitted(row: Mapping[str, Any]) -> Row:
    """The row without whole numbers that INTEGER does not hold (a year of thirty digits is text, not a year)."""
    return {k: None if type(v) is int and abs(v) >= _INTEGER else v for k, v in row.items()}


def _period(period: Line | None) -> Row:
    keys = ("kind", "year", "index", "start", "end", "text")
    return {f"period_{key}": period[key] if period else None for key in keys}


def _reading(line: Line) -> Row:
    source, header, coverage = line["source"], line["header"], line["coverage"]
    issued = header["issued"] or {}
    keys = ("doc_type", "number", "symbol", "issuing_body", "parent_body", "province", "place", "title", "signer")
    classes = ("total", "observation", "citation", "date", "numbering", "ignored", "unread")
    row = {key: header[key] for key in keys} | _period(line["period"])
    row |= {f"issued_{key}": issued.get(key) for key in ("year", "month", "day", "text")}
    row |= {f"digits_{key}": coverage[key] for key in classes}
    row |= {key: source[key] for key in ("sha256", "path", "reader", "pages")}
    return _fitted(row) | {"series": series(line)}


def _observation(o: Line) -> Row:
    row = {key: o[key] for key in ("id", "indicator", "unit", "approx", "scope", "kind", "text", "quote", "page")}
    row |= {key: o.get(key) for key in ("qualifier", "section")} | {"role": o.get("role") or "value"}
    row |= {"row_code": o["row"], "column_code": o.get("column"), "locator": o["locator"]}
    row |= {"value": decimal(o["value"]), "value_text": o["value"], "other_value": decimal(o.get("other_value"))}
    row |= dict(zip(("x0", "top", "x1", "bottom"), o["bbox"] or (None,) * 4, strict=True))
    return row | _period(o["period"])


def _citation(c: Line) -> Row:
    left = ("date", "bbox", "span", "confidence")
    return {key: value for key, value in c.items() if key not in left} | {"cited_date": c["date"]}


def _check(c: Line) -> Row:
    low, high = c["expected"] or (None, None)
    row = {key: c[key] for key in ("id", "rule", "family", "verdict", "reason", "expression", "arithmetic")}
    bounds = {"expected_low": _outward(low, ROUND_FLOOR), "expected_high": _outward(high, ROUND_CEILING)}
    return row | {"stated": decimal(c["stated"])} | bounds


def _finding(f: Line) -> Row:
    row = {key: f[key] for key in ("id", "rule", "family", "severity", "stated", "expected", "difference")}
    row |= {key: f.get(key) for key in ("quote", "page", "locator")} | {
        "row_codes": ", ".join(f.get("rows", ())) or None
    }
    return row | {"message_vi": f["message"]["vi"], "message_en": f["message"]["en"]}


def _signature(s: Line) -> Row:
    """The row of a digital signature; its time is Vietnam's, of which the column keeps no zone."""
    row = {key: value for key, value in s.items() if key != "time"}
    return row | {"signed_at": s["time"] and s["time"].removesuffix("+07:00")}


def _own_dossiers(reading: Row, observations: list[Row]) -> list[Row]:
    """The counts of hồ sơ of the office itself, one a period and indicator: the exact value said first, and whether others are
    said; an approximate one or a bound (`approx`) only where none is exact."""
    found: dict[tuple[Any, ...], Row] = {}
    for o in observations:
        own = o["scope"] is None and o["role"] == "value" and (o["indicator"] or "").startswith("dossiers_")
        if not own or o["value"] is None:
            continue
        # a period of its own is its own altogether: "năm 2023" without days does not end when the report's period ends
        period = {key: (reading if o["period_kind"] is None else o)[key] for key in _PERIOD}
        about = (o["indicator"], *period.values())
        row = {"point": _digest(reading["province"], reading["issuing_body"], *about), "indicator": o["indicator"]}
        row |= {**period, "value": o["value"], "disputed": False, "quote": o["quote"]}
        row["approx"] = o["approx"] or o["qualifier"] is not None
        first = found.setdefault(about, row)
        if first["approx"] and not row["approx"]:
            first.update(row)
        elif first["approx"] == row["approx"]:
            first["disputed"] |= Decimal(first["value"]) != Decimal(o["value"])
    return list(found.values())


def _digest(*parts: object) -> str:
    """One value for many, as schema step 006 makes it; no secret."""
    told = "|".join("" if part is None else str(part) for part in parts)
    return hashlib.md5(told.encode(), usedforsecurity=False).hexdigest()


def _links(line: Line) -> Rows:
    """Which figures a check rests on, which checks and which evidence a finding, whom it suspects."""
    kinds = (("observation_id", "observations"), ("citation_id", "citations"), ("date_id", "dates"))
    known = {entry["id"]: column for column, table in kinds for entry in line[table]}
    checks = {check["id"] for check in line["checks"]}
    return {
        "check_observations": [
            {"check_id": check["id"], "observation_id": ref, "seq": seq}
            for check in line["checks"]
            for seq, ref in enumerate(check["observations"])
            if known.get(ref) == "observation_id"
        ],
        "finding_checks": [
            {"finding_id": finding["id"], "check_id": ref}
            for finding in line["findings"]
            for ref in _once(finding["checks"])
            if ref in checks
        ],
        "finding_evidence": [
            {"finding_id": finding["id"], "seq": seq, "ref": ref} | ({known[ref]: ref} if ref in known else {})
            for finding in line["findings"]
            for seq, ref in enumerate(finding["evidence"])
        ],
        "suspects": [
            {"finding_id": finding["id"], "seq": seq, "observation_id": suspect["observation"]}
            | {
                "suggestion": suspect["suggestion"],
                "reason_vi": suspect["reason"],
                "reason_en": suspect.get("reason_en"),
            }
            for finding in line["findings"]
            for seq, suspect in enumerate(finding["suspects"])
        ],
    }


def _once(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(items))
