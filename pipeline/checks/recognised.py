"""What recognition may have misread proves nothing: findings on scanned pages, held to a stricter proof.

Every rule judges the figures as they were read. Here, once all is judged, a finding whose figures were recognised from an
image stays an error only where the reading itself is beyond doubt: recognition was sure of every figure and made out every
word around it, no single misreading of one figure explains the contradiction, and the build of the table on which it rests
is borne out by another of its columns or rows. A misreading that would break a sum or a rate that holds explains nothing:
that a wrong digit makes another relation true by chance is far less likely than a wrong figure on the page. All else
becomes a warning that says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pipeline.checks.locate import holds
from pipeline.checks.model import Check, Finding, Judgement, Message, Severity

if TYPE_CHECKING:
    from extractors.model import Citation, Observation
    from pipeline.checks.sheet import Constraint, Sheet

#: The least confidence, of 100, with which a figure may prove an error. Below it several digits of a figure may be wrong at
#: once; from it on one is, or a mark (`python -m tests.scans --json` keeps every figure with its confidence).
SURE: Final = 90
UNSURE: Final = "a figure may have been misrecognised"
UNTRUSTED: Final = "the text layer of the page is not trusted"
_NOTE: Final = Message(
    " Có thể do nhận dạng chữ từ ảnh quét: đề nghị đối chiếu với bản gốc.",
    " It may come from recognising the scan: please compare with the original.",
)
_DIGITS: Final = "0123456789"
_SHIFTS: Final = (-3, -2, -1, 1, 2, 3)  # a decimal or thousands mark lost, made up, or taken for the other
_RANK: Final[dict[Severity, int]] = {"error": 0, "warning": 1, "info": 2}
#: Relations that a wrong digit breaks: one that holds bears out all its figures.
_EXACT: Final = ("equal", "same", "ratio", "growth", "product", "mean")
#: Families whose proof is a figure; of the others a single misread date, row code or number explains any finding.
_OF_FIGURES: Final = ("sum", "ratio", "repeat", "bound", "claim")
_WHOLE: Final = frozenset({"hồ sơ", "TTHC", "văn bản", "nhiệm vụ"})  # there are no parts of these
_HOLDING: Final = ("ok", "rounding")
_SIBLING_ROWS: Final = 2  # rows of a table that must hold as the failing row does not

#: What a relation of a table joins: "rows" of one column or "columns" of one row, the whole, and all of them.
Joined = tuple[str, str, tuple[str, ...]]


def settle(sheet: Sheet, judged: Judgement) -> Judgement:
    """The judgement with what rests on recognised figures weighed anew; the same object where nothing was recognised."""
    if not sheet.report.recognised:
        return judged
    scales = _Scales.of(sheet)
    reasons: dict[str, str] = {}
    findings = []
    for finding in judged.findings:
        kept, reason = scales.settled(finding)
        if kept is not None:
            findings.append(kept)
        if reason:
            reasons |= dict.fromkeys(finding.checks, reason)
    checks = tuple(scales.told(check, reasons.get(check.id)) for check in judged.checks)
    return Judgement(checks, tuple(sorted(findings, key=lambda f: _RANK[f.severity])))


def misreadings(value: Decimal) -> Iterator[Decimal]:
    """What may stand on the page where `value` was read: one digit another, one more or one less, or the mark elsewhere."""
    digits, places = _printed(value)
    texts = {digits[:i] + d + digits[i + 1 :] for i in range(len(digits)) for d in _DIGITS}
    texts |= {digits[:i] + d + digits[i:] for i in range(len(digits) + 1) for d in _DIGITS}
    texts |= {digits[:i] + digits[i + 1 :] for i in range(len(digits)) if len(digits) > 1}
    values = {Decimal(text).scaleb(-places) for text in texts}
    values |= {Decimal(digits).scaleb(-places + shift) for shift in _SHIFTS if places or shift < 0}
    yield from sorted(values - {value})


def _printed(value: Decimal) -> tuple[str, int]:
    """The digits of a figure without its mark, and how many of them stand behind it."""
    whole, _, decimals = format(abs(value), "f").partition(".")
    return whole + decimals, len(decimals)


@dataclass(slots=True)
class _Scales:
    """One report's figures, laid out to weigh its findings: facts and relations by id, how often a build of a table holds,
    and where words were not made out."""

    sheet: Sheet
    facts: dict[str, Observation | Citation]
    constraints: dict[str, Constraint]
    checks: dict[str, Check]
    untrusted: frozenset[int]
    borne_out: Counter[tuple[str, str, Joined]] = field(default_factory=Counter)
    broken: Counter[tuple[str, str, Joined]] = field(default_factory=Counter)  # how often one fails
    paragraphs: frozenset[int] = frozenset()  # that are garbled
    rows: frozenset[str] = frozenset()  # of tables, with a garbled cell
    first_rows: dict[str, int] = field(default_factory=dict)  # of tables, with a figure: the head stands above

    @classmethod
    def of(cls, sheet: Sheet) -> _Scales:
        """Index a sheet on which everything is judged."""
        garbled = sheet.report.garbled
        made = cls(
            sheet,
            {c.id: c for c in sheet.report.citations} | sheet.by_id,
            {c.check.id: c for c in sheet.constraints},
            {c.id: c for c in sheet.checks},
            frozenset(sheet.report.untrusted),
            paragraphs=frozenset(n for n in map(_paragraph, garbled) if n is not None),
            rows=frozenset(_row(locator) for locator in garbled if "/c" in locator),
        )
        for o in sheet.by_id.values():
            table, row, number = _row(o.locator).partition("/r")
            if "/c" in o.locator and row:
                made.first_rows[table] = min(int(number), made.first_rows.get(table, int(number)))
        for c in sheet.constraints:
            joined = made.joined(c) if c.check.verdict in (*_HOLDING, "error") else None
            if joined is not None:
                build = c.kind, sheet.by_id[c.ids[0]].site, joined
                told = sum(bool(sheet.by_id[name].value) for name in c.ids) >= min(3, len(c.ids))
                made.broken[build] += c.check.verdict == "error"
                made.borne_out[build] += told and c.check.verdict in _HOLDING
        return made

    def settled(self, finding: Finding) -> tuple[Finding | None, str | None]:
        """A finding as it may stand (None: not at all), and why its checks cannot be told."""
        figures = self.figures(finding)
        pages = {f.page for f in figures if f.page} or {finding.page or 1}
        if pages & self.untrusted:
            return None, UNTRUSTED
        if finding.severity == "info" or not pages & set(self.sheet.report.recognised):
            return finding, None
        if finding.family == "form":
            return _doubted(finding, "info"), UNSURE
        if finding.severity == "error" and not self.doubtful(finding, figures):
            return finding, None
        return _doubted(finding, "warning"), UNSURE

    def told(self, check: Check, reason: str | None) -> Check:
        """A check whose failure may be one of reading; none is told on a page that is not trusted."""
        by_id = self.sheet.by_id
        if self.untrusted and any(by_id[n].page in self.untrusted for n in check.observations if n in by_id):
            return replace(check, verdict="cannot_tell", reason=UNTRUSTED)
        if reason and check.verdict == "error":
            return replace(check, verdict="cannot_tell", reason=reason)
        return check

    def figures(self, finding: Finding) -> list[Observation | Citation]:
        """The facts on which a finding rests."""
        of_checks = (n for check in finding.checks if check in self.checks for n in self.checks[check].observations)
        names = dict.fromkeys([*finding.evidence, *of_checks])
        return [self.facts[name] for name in names if name in self.facts]

    def doubtful(self, finding: Finding, figures: Sequence[Observation | Citation]) -> bool:
        """Whether reading alone may have made an error."""
        if finding.family not in _OF_FIGURES or self.unclear(figures) or self.beside(finding, figures):
            return True
        if any(f.unit in _WHOLE and f.value % 1 for f in map(self.sheet.by_id.get, (f.id for f in figures)) if f):
            return True  # the heading of a rate was misread
        if finding.family == "claim":  # words against a figure: of one digit it may be a speck, or a nought
            against = (self.sheet.by_id[n].value for n in finding.evidence[1:] if n in self.sheet.by_id)
            return any(len(_printed(value)[0]) < 2 for value in against)
        failing = [self.constraints[check] for check in finding.checks if check in self.constraints]
        return not failing or not all(map(self.built, failing)) or self.explained(failing)

    def beside(self, finding: Finding, figures: Sequence[Observation | Citation]) -> bool:
        """Whether the figure that would be right stands in a sentence of those that contradict each other, or one by which
        their sum misses the whole: then a word that names one of them was misread more likely than a figure miswritten. So
        it is where the report says elsewhere, of another unit, just what a sum lacks: a part of it was not read."""
        wanted = {abs(value) for value in (finding.expected, finding.difference) if value}
        told = [o for o in map(self.sheet.by_id.get, (f.id for f in figures)) if o]
        sentences = {(o.site, o.quote) for o in told}
        if any(
            o.value in wanted and o not in figures
            for sentence in sentences
            for o in self.sheet.by_sentence.get(sentence, [])
        ):
            return True
        missing, counted = abs(finding.difference or 0), {o.indicator for o in told}
        return finding.family == "sum" and any(
            o.value == missing and o.indicator in counted and o.scope and o not in figures
            for o in self.sheet.by_id.values()
        )

    def unclear(self, figures: Sequence[Observation | Citation]) -> bool:
        """Whether recognition was not sure of a figure, or of a word where figures stand, in their rows or above their
        columns, or in a paragraph or row between them: there another figure may have stood, or another name."""
        if any(f.confidence is not None and f.confidence < SURE for f in figures):
            return True
        locators = {f.locator for f in figures}
        numbers = [n for n in map(_paragraph, locators) if n is not None]
        if numbers and any(min(numbers) <= n <= max(numbers) for n in self.paragraphs):
            return True
        rows = set(_between(_row(locator) for locator in locators if "/c" in locator))
        tables = {row.partition("/r")[0] for row in rows}
        heads = {f"{table}/r{n}" for table in tables for n in range(1, max(2, self.first_rows.get(table, 1)))}
        return bool((rows | heads) & self.rows or locators & self.sheet.report.garbled)

    # -- one misreading ------------------------------------------------------------------------------------------------

    def explained(self, failing: Sequence[Constraint]) -> bool:
        """Whether relations that fail together would all hold, and none that holds would fail, had one figure been misread
        in one place."""
        by_id = self.sheet.by_id
        return any(
            all(holds(self.sheet, c, {name: value}) for c in failing) and self.bears(name, value)
            for name in dict.fromkeys(name for c in failing for name in c.ids)
            if by_id[name].confidence is not None and not by_id[name].quantity.words
            for value in misreadings(by_id[name].value)
        )

    def bears(self, name: str, value: Decimal) -> bool:
        """Whether the relations that hold with a figure would hold with another value of it too."""
        return all(
            holds(self.sheet, c, {name: value})
            for c in self.sheet.holding.get(name, [])
            if c.check.verdict in _HOLDING and c.kind in _EXACT and len(c.ids) > 1
        )

    # -- the build of a table --------------------------------------------------------------------------------------------

    def built(self, failing: Constraint) -> bool:
        """Whether the rows and columns that a relation joins are those that were printed: a lost cell, a heading misread or
        a row taken for another of its level breaks a sum too. Other columns of the same rows, or other rows of the same
        columns, show it where as many of them hold as fail; rows of a form say themselves what they count."""
        figures = [self.sheet.by_id[name] for name in failing.ids]
        tabled = [o.site for o in figures if o.kind == "table"]
        if failing.kind == "same":
            return len(tabled) == len(set(tabled)) and all(map(self.agrees, tabled))
        if len(figures) < 2 or len(tabled) < len(figures) or len(set(tabled)) > 1:
            return True
        joined = self.joined(failing)
        if joined is None:
            return False
        if joined[0] == "rows" and failing.lexical:
            return True
        build = failing.kind, tabled[0], joined
        return self.borne_out[build] >= max(1 if joined[0] == "rows" else _SIBLING_ROWS, self.broken[build])

    def agrees(self, table: str) -> bool:
        """Whether a table states most of what it has in common with the running text as that does."""
        alike, apart = self.sheet.agreement.get(table, (0, 0))
        return alike > apart

    def joined(self, c: Constraint) -> Joined | None:
        """What a relation joins in one table; None where its figures stand in several rows and columns, or in no table."""
        places = {name: self.sheet.by_id[name].locator.rpartition("/c") for name in c.ids}
        rows, columns = {p[0] for p in places.values()}, {p[2] for p in places.values()}
        if not all(p[1] for p in places.values()):
            return None
        whole = places.get(c.whole or "", ("", "", ""))
        if len(columns) == 1:
            return "rows", whole[0], tuple(sorted(rows))
        if len(rows) == 1:
            return "columns", whole[2], tuple(sorted(columns))
        return None


def _doubted(finding: Finding, severity: Severity) -> Finding:
    said = Message(finding.message.vi + _NOTE.vi, finding.message.en + _NOTE.en)
    return replace(finding, severity=severity, message=said)


def _paragraph(locator: str) -> int | None:
    """The number of a paragraph of running text; None for other places."""
    return int(locator[1:]) if locator[:1] == "p" and locator[1:].isdigit() else None


def _between(rows: Iterable[str]) -> Iterator[str]:
    """Rows of tables ("t2/r5") and those that stand between two of one table."""
    numbers: dict[str, list[int]] = {}
    for table, _, number in (row.partition("/r") for row in rows):
        numbers.setdefault(table, []).append(int(number))
    for table, found in numbers.items():
        yield from (f"{table}/r{n}" for n in range(min(found), max(found) + 1))


def _row(locator: str) -> str:
    return locator.rpartition("/c")[0]
