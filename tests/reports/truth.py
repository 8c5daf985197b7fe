"""What a sample report states: figures, citations and planted faults, recorded while its text is written.

A figure becomes a token (private-use characters round the printed text). When the text is placed in the document the
tokens are taken out again and the clause or row they stand in becomes the quote, so text and label cannot differ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

OPEN, MID, CLOSE, NOTE = "\ue000", "\ue001", "\ue002", "\ue003"
TOKEN = re.compile(f"{OPEN}([fc])(\\d+){MID}([^{CLOSE}]*){CLOSE}")
CLAUSE_END = re.compile(r"(?<=[.;])\s+")

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Fault:
    """A planted fault: `suggestion` is what the figure should have been (None: no single right figure)."""

    rule: str
    suggestion: str | None = None
    severity: str = "error"
    also: tuple[str, ...] = ()


@dataclass(slots=True)
class Record:
    """One label under construction; `quote` is filled in when the text is placed."""

    body: Json
    fault: Fault | None = None
    quote: str = ""


def dotted(value: int) -> str:
    """A count as reports print it: thousands with dots, below ten with a leading nought (nought itself alone)."""
    if 0 < value < 10:
        return f"0{value}"
    return f"{value:,}".replace(",", ".")


def share(part: int, whole: int, places: int = 2, cut: bool = False) -> Decimal:
    """100 * part / whole rounded half up to `places` decimals (or cut off there)."""
    exact = Decimal(100 * part) / Decimal(whole)
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_DOWN if cut else ROUND_HALF_UP)


def comma(value: Decimal | str) -> str:
    """A decimal with the Vietnamese decimal comma; whole values lose their noughts ("100.00" is printed "100")."""
    number = Decimal(value)
    plain = str(int(number)) if number == int(number) else str(number)
    return plain.replace(".", ",")


@dataclass(slots=True)
class Truth:
    """Collects the records of one report in the order in which they are placed."""

    pending: list[Record] = field(default_factory=list)
    observations: list[Record] = field(default_factory=list)
    citations: list[Record] = field(default_factory=list)
    findings: list[Json] = field(default_factory=list)
    identities: list[str] = field(default_factory=list)
    must_not_flag: list[str] = field(default_factory=list)

    def token(self, letter: str, text: str, record: Record) -> str:
        """Keep `record` and return its printed text, marked."""
        self.pending.append(record)
        return f"{OPEN}{letter}{len(self.pending) - 1}{MID}{text}{CLOSE}"

    def place(self, marked: str, kind: str, row: str | None = None, whole: str | None = None) -> str:
        """Take the tokens out of `marked`, filing their records; returns the plain text (footnote marks stay)."""
        plain, found, last = "", [], 0
        for match in TOKEN.finditer(marked):
            plain += marked[last : match.start()]
            found.append((match.group(1), int(match.group(2)), len(plain)))
            plain += match.group(3)
            last = match.end()
        plain += marked[last:]
        for letter, index, start in found:
            record = self.pending[index]
            record.quote = whole if whole is not None else clause(plain, start)
            if letter == "f":
                record.body.setdefault("kind", kind)
                record.body.setdefault("row", row)
            self._file(letter, record)
        return plain

    def _file(self, letter: str, record: Record) -> None:
        record.body["quote"] = record.quote
        (self.observations if letter == "f" else self.citations).append(record)
        if record.fault is not None:
            printed = record.body["text"] if letter == "f" else record.body["key"]
            self.finding(record.fault, str(printed), record.quote)

    def finding(self, fault: Fault, figure: str | None, quote: str) -> None:
        """File a planted fault, with the printed text at fault."""
        entry: Json = {"rule": fault.rule, "family": fault.rule.split(".")[0], "severity": fault.severity}
        entry |= {"figure": figure, "quote": quote, "suggestion": fault.suggestion}
        if fault.also:
            entry["rule_accept"] = list(fault.also)
        self.findings.append(entry)


def clause(plain: str, start: int) -> str:
    """The clause of `plain` that holds the character `start`: up to a full stop or semicolon and a space."""
    text = plain.replace(NOTE, "")
    start -= plain[:start].count(NOTE)
    left = 0
    for match in CLAUSE_END.finditer(text):
        if match.start() > start:
            return text[left : match.start()].strip()
        left = match.end()
    return text[left:].strip()


def unmarked(marked: str) -> str:
    """The printed text of `marked`."""
    return TOKEN.sub(lambda match: match.group(3), marked)
