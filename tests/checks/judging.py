"""A report of a few lines, read and judged by the program itself: text file to facts to findings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from extractors import extract
from extractors.model import Observation, Report
from pipeline.checks import check
from pipeline.checks.model import Check, Finding

NUMBER, DATE = "Số: 45/BC-SCT", "Hà Nam, ngày 20 tháng 12 năm 2024"
TITLE = "BÁO CÁO\nKết quả cải cách hành chính năm 2024"


@dataclass(frozen=True, slots=True)
class Judged:
    """What was read and what was judged of it."""

    report: Report
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]

    def named(self, rule: str) -> list[Check]:
        """The checks of one rule."""
        return [c for c in self.checks if c.rule == rule]

    def only(self, rule: str) -> Check:
        """The one check of a rule."""
        (found,) = self.named(rule)
        return found

    def raised(self, *severities: str) -> list[str]:
        """Rules of the findings, in order; of some severities."""
        return [f.rule for f in self.findings if not severities or f.severity in severities]

    def figure(self, observation: str) -> Observation:
        """The figure with an id."""
        return next(o for o in self.report.observations if o.id == observation)

    def shown(self, ids: tuple[str, ...]) -> list[str]:
        """Figures as printed and citations by key."""
        names = {o.id: o.quantity.text for o in self.report.observations}
        names |= {c.id: c.key or "" for c in self.report.citations}
        return [names[i] for i in ids]

    def suspected(self, finding: Finding) -> list[tuple[str, str | None]]:
        """Suspects as (printed figure, suggestion), likeliest first."""
        return [
            (self.figure(s.observation).quantity.text, None if s.suggestion is None else format(s.suggestion, "f"))
            for s in finding.suspects
        ]


@cache
def judged(body: str, number: str = NUMBER, date: str = DATE, title: str = TITLE) -> Judged:
    """A report of Sở Công Thương Hà Nam with this body."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "bao-cao.txt")
        path.write_text(f"UBND TỈNH HÀ NAM\nSỞ CÔNG THƯƠNG\n{number}\n{date}\n{title}\n{body}\n", encoding="utf-8")
        report = extract(path)
    assert report.error is None
    made = check(report)
    return Judged(report, made.checks, made.findings)
