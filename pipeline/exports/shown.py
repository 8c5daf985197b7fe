"""A contract line boiled down to what a person is shown of it: one row of the table, and its findings with their place.

Small enough to keep for every file of a run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from pipeline.exports.json import Line
from pipeline.texts import Texts

_ORDER: Final = {"error": 0, "warning": 1, "info": 2}
_GROUPED: Final = 4  # a figure of so many digits shows whether thousands are set apart
_BESIDE: Final = 4  # places shown beside the first


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A stretch of the document: the figure or number as printed, the words around it, its address in words."""

    text: str
    quote: str
    where: str


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding in one language. `places[0]` is the figure most likely wrong, else the first piece of evidence."""

    severity: str
    rule: str
    message: str
    places: tuple[ShownPlace, ...]
    arithmetic: tuple[str, ...]
    suggestion: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class ShownReport:
    """One file of a run: `refusal` is set, and all else empty, where it could not be read. `notes` are what the reader
    left out or doubts."""

    path: str
    office: str | None
    period: str | None
    figures: int
    unread: int
    digits: int
    findings: tuple[ShownFinding, ...]
    notes: tuple[str, ...] = ()
    refusal: str | None = None

    def count(self, severity: str) -> int:
        """How many findings of one severity."""
        return sum(finding.severity == severity for finding in self.findings)


def shown(line: Line, t: Texts) -> ShownReport:
    """What a run shows of one line."""
    path = line["source"]["path"]
    if line["error"]:
        return ShownReport(path, None, None, 0, 0, 0, (), refusal=line["error"]["message"][t.language])
    header, coverage = line["header"], line["coverage"]
    office = ", ".join(part for part in (header["issuing_body"], header["province"]) if part) or None
    return ShownReport(
        path=path,
        office=office,
        period=period(line["period"], t),
        figures=len(line["observations"]),
        unread=coverage["unread"],
        digits=coverage["total"],
        findings=findings(line, t),
        notes=tuple(dict.fromkeys(warning["message"] for warning in warnings_of(line["source"]))),
    )


def warnings_of(source: Line) -> Iterator[Line]:
    """Of a file, and of the containers that it came out of."""
    told: Line | None = source
    while told:
        yield from told.get("warnings", ())
        told = told.get("parent")


def signature(told: Line, t: Texts) -> str:
    """A digital signature in a line: "Sở Công Thương, UBND tỉnh Khánh Hòa, 05/07/2023 10:11: nội dung còn nguyên từ khi ký"."""
    when = told["time"] and f"{t.day(told['time'][:10])} {told['time'][11:16]}"
    who = dict.fromkeys(part for part in (told["signer"], told["title"], told["organisation"], when) if part)
    if told["intact"] is None or told["changes"] == "unknown":
        state = "signature_unclear"
    else:
        state = "signature_changed" if told["changes"] == "forbidden" else "signature_intact"
    state = "signature_broken" if told["intact"] is False else state
    return f"{', '.join(who) or t('unknown')}: {t(state)}"


def findings(line: Line, t: Texts) -> tuple[ShownFinding, ...]:
    """The findings of a line, errors first."""
    entries = {entry["id"]: entry for table in ("observations", "citations", "dates") for entry in line[table]}
    arithmetic = {check["id"]: check["arithmetic"] for check in line["checks"]}
    made = [_finding(finding, entries, arithmetic, t) for finding in line["findings"]]
    return tuple(sorted(made, key=lambda finding: _ORDER[finding.severity]))


def period(stated: Line | None, t: Texts) -> str | None:
    """A reporting period with its limits: "năm 2023 (01/01/2023 – 15/12/2023)"."""
    if stated is None:
        return None
    text = " ".join(str(stated["text"]).split()).split(" (")[0]
    if not (stated["start"] and stated["end"]):
        return text
    limits = f"{t.day(stated['start'])} – {t.day(stated['end'])}"
    return f"{text} ({limits})" if text else limits


_ROMAN = ("", "I", "II", "III", "IV")


def period_words(
    kind: str | None, year: int | None, index: int | None, start: date | None, end: date | None, t: Texts
) -> str:
    """A period by kind, year and number: "quý II/2024"; by its limits where it is of no such kind."""
    named = {
        "year": t("of_year", year=year),
        "quarter": t("of_quarter", index=_ROMAN[index] if index in (1, 2, 3, 4) else "", year=year),
        "month": t("of_month", index=index, year=year),
        "half": t("of_half", index=index or 1, year=year),
        "nine_months": t("of_nine_months", year=year),
    }
    if kind in named and year is not None and (index is not None or kind in ("year", "nine_months", "half")):
        return named[kind]
    days = [day.strftime("%d/%m/%Y") for day in (start, end) if day]
    return " – ".join(days) or t("unknown")


def _finding(finding: Line, entries: Mapping[str, Line], arithmetic: Mapping[str, str], t: Texts) -> ShownFinding:
    suspect = finding["suspects"][0] if finding["suspects"] else None
    ids = [suspect["observation"]] if suspect else []
    ids += [ref for ref in finding["evidence"] if ref not in ids]
    places = [_place(entries[ref], t) for ref in ids if ref in entries]
    if not places and finding.get("quote"):
        where = t.place(finding["page"], finding["locator"]) if finding["locator"] else ""
        places = [ShownPlace("", finding["quote"], where)]
    steps = dict.fromkeys(arithmetic[ref] for ref in finding["checks"] if arithmetic.get(ref))
    message = finding["message"][t.language]
    reason = _reason(suspect, t) if suspect else None
    return ShownFinding(
        severity=finding["severity"],
        rule=finding["rule"],
        message=message,
        places=tuple(_distinct(places))[: 1 + _BESIDE],
        arithmetic=tuple(steps),
        suggestion=_suggestion(suspect, entries, t) if suspect else None,
        reason=None if reason and reason in message else reason,
    )


def _place(entry: Line, t: Texts) -> ShownPlace:
    text = entry.get("text") or entry.get("key") or ""
    return ShownPlace(text, entry["quote"], t.place(entry["page"], entry["locator"]))


def _distinct(places: list[ShownPlace]) -> list[ShownPlace]:
    """Places of the same words at the same address are told once."""
    kept: dict[tuple[str, str], ShownPlace] = {}
    for place in places:
        kept.setdefault((place.quote, place.where), place)
    return list(kept.values())


def _suggestion(suspect: Line, entries: Mapping[str, Line], t: Texts) -> str | None:
    if suspect.get("suggestion") is None:
        return None
    printed = entries.get(suspect["observation"], {}).get("text") or suspect["observation"]
    new = _as_printed(str(suspect["suggestion"]), printed)
    return t("change", old=printed, new=new)


def _as_printed(value: str, printed: str) -> str:
    """A figure as it is to be typed into the document in place of `printed`: in Vietnamese notation whatever the
    language of the message, without points between thousands and with a leading zero where `printed` has it so."""
    whole, _, decimals = value.lstrip("-").partition(".")
    grouped = "." in printed.partition(",")[0] or len(re.sub(r"\D", "", printed)) < _GROUPED
    text = f"{int(whole):,}".replace(",", ".") if grouped else str(int(whole))
    text = text.zfill(2) if re.match(r"0\d", printed) else text
    sign, percent = "-" * value.startswith("-"), "%" * printed.endswith("%")
    return sign + text + ("," + decimals if decimals.strip("0") else "") + percent


def _reason(suspect: Line, t: Texts) -> str | None:
    reason: str | None = (suspect.get("reason_en") if t.language == "en" else None) or suspect["reason"]
    return reason
