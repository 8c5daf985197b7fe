"""What the checks say: relations tested (`Check`), contradictions found (`Finding`), figures suspected (`Suspect`)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Family = Literal["sum", "ratio", "repeat", "bound", "claim", "count", "date", "form", "header", "history"]
Severity = Literal["error", "warning", "info"]
Verdict = Literal["ok", "rounding", "error", "cannot_tell"]


@dataclass(frozen=True, slots=True)
class Message:
    """One text in both languages."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Check:
    """One relation that was tested. `expected` is the interval (low, high) that `stated` was held against;
    `reason` says why a verdict of cannot_tell could not be told, or that a last place was cut instead of rounded."""

    id: str
    rule: str
    family: Family
    verdict: Verdict
    expression: str
    arithmetic: str
    observations: tuple[str, ...]
    stated: Decimal | None = None
    expected: tuple[Decimal, Decimal] | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure that is likely wrong, the value that would satisfy the report, and why. `tied`: by arithmetic alone another
    figure could as well be the wrong one."""

    observation: str
    suggestion: Decimal | None
    reason: str
    reason_en: str = ""
    tied: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction, or a lack, shown with its arithmetic. `evidence` are ids of observations and citations, the one
    at fault first; `rows` are codes of a form, and `quote`, `locator`, `page` a place, where no figure is evidence."""

    id: str
    rule: str
    family: Family
    severity: Severity
    message: Message
    stated: Decimal | None = None
    expected: Decimal | None = None
    difference: Decimal | None = None
    checks: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    rows: tuple[str, ...] = ()
    quote: str | None = None
    locator: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """All checks and findings of one report."""

    checks: tuple[Check, ...] = ()
    findings: tuple[Finding, ...] = ()
