"""What the history findings are worth: how many planted breaks they find, how many findings are false.

    python -m tests.past.measure --seed 2026 --years 2023 2026

A finding is true where its rule was broken in one of its reports; it is *collateral* where it rests on a figure that a break
of another rule changed (a digit too many in what is pending also breaks what is carried over), and false otherwise. What is
found of a break by other rules only is counted apart. Rules were looked at with TUNING; what is reported is of another seed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from extractors.vocabulary import indicators
from pipeline.warehouse.store import writing
from tests.past.__main__ import add_options, chosen
from tests.past.landing import Landed, land
from tests.past.offices import OFFICES
from tests.past.page import LABELS
from tests.past.past import Past
from tests.past.plants import Break
from tests.past.provinces import places

TUNING: Final = 11
_INDICATORS: Final = {label: indicator for indicator, label in LABELS.items()}
_PAIR: Final = {"dossiers_carried_over": "dossiers_pending_total", "dossiers_pending_total": "dossiers_carried_over"}


_SUMS_UP: Final = ("history.adds_up", "history.cumulative", "history.carried_over")


@dataclass(frozen=True, slots=True)
class Found:
    """A row of history_findings."""

    rule: str
    province: str | None
    office: str | None
    message: str
    path: str
    earlier_path: str | None
    indicator: str | None
    severity: str

    @property
    def paths(self) -> set[str]:
        """The reports that it names."""
        return {path for path in (self.path, self.earlier_path) if path}


@dataclass(slots=True)
class Score:
    """The counts of one rule; `elsewhere` are planted breaks that only other rules found."""

    planted: int = 0
    found: int = 0
    elsewhere: int = 0
    true: int = 0
    collateral: int = 0
    false: int = 0
    missed_ones: list[Break] = field(default_factory=list)
    false_ones: list[Found] = field(default_factory=list)

    @property
    def precision(self) -> float | None:
        """True findings in those that are true or false; None where there are none."""
        return self.true / (self.true + self.false) if self.true + self.false else None

    @property
    def recall(self) -> float | None:
        """Breaks found in those planted; None where none was planted."""
        return self.found / self.planted if self.planted else None


def findings(warehouse: Path) -> list[Found]:
    """All history findings of a warehouse."""
    with writing(warehouse) as con:
        result = con.execute("SELECT * FROM history_findings")
        names = [column[0] for column in result.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    return [
        Found(
            row["rule"], row["province"], row["issuing_body"], row["message_vi"], row["path"], row["earlier_path"],
            row.get("indicator") or _told(row["quote"], row["message_vi"]), row.get("severity") or "warning",
        )
        for row in rows
    ]  # fmt: skip


def _told(quote: str | None, message: str) -> str | None:
    """The indicator of a line of prose, else that with whose name the message begins; a row of a table does not tell it."""
    named = (i.id for i in indicators().values() if message.startswith(f"{i.name_vi}:"))
    return _INDICATORS.get((quote or "").partition(":")[0]) or next(named, None)


def scores(truth: Iterable[Break], found: Sequence[Found], landed: Landed) -> dict[str, Score]:
    """The counts by rule."""
    truth = [broken for broken in truth if broken.path in landed.reports]
    made: dict[str, Score] = {}
    seen: set[int] = set()  # breaks that some finding of another rule rests on
    hit: set[int] = set()
    book = _Book(truth, landed)
    for finding in found:
        score = made.setdefault(finding.rule, Score())
        causes = book.causes(finding)
        own = {n for n in causes if truth[n].rule == finding.rule and truth[n].path in finding.paths}
        hit |= own
        seen |= causes - own
        if own:
            score.true += 1
        elif causes:
            score.collateral += 1
        else:
            score.false += 1
            score.false_ones.append(finding)
    for n, broken in enumerate(truth):
        score = made.setdefault(broken.rule, Score())
        score.planted += 1
        score.found += n in hit
        if n not in hit:
            score.elsewhere += n in seen
            score.missed_ones.append(broken)
    return dict(sorted(made.items()))


class _Book:
    """Which breaks may have caused a finding."""

    def __init__(self, truth: Sequence[Break], landed: Landed) -> None:
        self._truth = truth
        self._landed = landed
        self._by_path: dict[str, set[int]] = {}
        self._by_office: dict[tuple[str, str], set[int]] = {}
        self._by_window: dict[tuple[str, str, str], set[int]] = {}
        for n, broken in enumerate(truth):
            province, office, start, end = landed.reports[broken.path]
            for path in {broken.path, broken.earlier_path if broken.rule == "history.resent" else broken.path}:
                self._by_path.setdefault(str(path), set()).add(n)
            if broken.rule != "history.resent":  # the report sent again is right
                self._by_office.setdefault(_today(province, office), set()).add(n)
                self._by_window.setdefault((province, start, end), set()).add(n)

    def causes(self, finding: Found) -> set[int]:
        """Breaks in the reports that it names, in others of the office for the days within or just before (a sum over its
        periods, or over the offices that merged), in others of the province for the same days (a sum over its Sở), where they changed the figure in question."""
        near = set().union(*(self._by_path.get(path, set()) for path in finding.paths))
        for path in finding.paths & self._landed.reports.keys():
            province, office, start, end = self._landed.reports[path]
            if finding.rule in _SUMS_UP:
                near |= {n for n in self._by_office.get(_today(province, office), ()) if self._leads_to(n, start, end)}
            if finding.rule.startswith("history.province_"):
                near |= self._by_window.get((province, start, end), set())
        return {n for n in near if self._concerns(self._truth[n], finding)}

    def _leads_to(self, n: int, start: str, end: str) -> bool:
        """Whether the broken report is of days within a period, or of some that end just before it."""
        _, _, first, last = self._landed.reports[self._truth[n].path]
        eve = (date.fromisoformat(start) - timedelta(days=1)).isoformat()
        return (start <= first and last <= end) or last == eve

    @staticmethod
    def _concerns(broken: Break, finding: Found) -> bool:
        if (broken.rule == "history.cited_dates") != (finding.rule == "history.cited_dates"):
            return False
        if (broken.rule == "history.resent") != (finding.rule == "history.resent"):
            return False
        if finding.indicator is None or finding.rule == "history.left_in":
            return True
        return bool(broken.touched & {finding.indicator, _PAIR.get(finding.indicator, finding.indicator)})


def _today(province: str, office: str) -> tuple[str, str]:
    """The office as it is called now: a finding may rest on reports of all the parts that merged."""
    today = {place.name: place.today for place in places()}
    name = "Huế" if province == "Thừa Thiên Huế" else today.get(province, province)
    known = OFFICES.get(office)
    return name, known.today if known else office.split()[0]  # the UBND of any name


def shown(made: dict[str, Score], first: int) -> str:
    """The counts as a table, then the first false and missed ones of every rule in full."""
    lines = [
        f"{'rule':24}{'planted':>8}{'found':>7}{'other':>7}{'true':>7}{'collat.':>8}{'false':>7}  precision  recall"
    ]
    for rule, s in made.items():
        counts = f"{s.planted:8}{s.found:7}{s.elsewhere:7}{s.true:7}{s.collateral:8}{s.false:7}"
        lines.append(f"{rule:24}{counts}  {_share(s.precision):>9}  {_share(s.recall):>6}")
    for rule, s in made.items():
        lines += [f"false   {f.path} | {f.earlier_path} | {f.message}" for f in s.false_ones[:first]]
        lines += [f"missed  {rule} {b.path} | {b.earlier_path} | {b.period} | {b.what}" for b in s.missed_ones[:first]]
    return "\n".join(lines)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def as_json(made: dict[str, Score], severities: dict[str, int], first: int) -> dict[str, Any]:
    """The same for a file."""
    rules = {}
    for rule, s in made.items():
        rules[rule] = {
            **{k: getattr(s, k) for k in ("planted", "found", "elsewhere", "true", "collateral", "false")},
            "precision": s.precision, "recall": s.recall,
            "false_ones": [asdict(f) for f in s.false_ones[:first]],
            "missed_ones": [asdict(b) | {"touched": sorted(b.touched)} for b in s.missed_ones[:first]],
        }  # fmt: skip
    return {"rules": rules, "severities": severities}


def measured(past: Past, warehouse: Path, reports: int | None = None) -> tuple[dict[str, Score], dict[str, int], str]:
    """Land a past, read what the warehouse finds; the counts by rule, findings by severity, and how long it took."""
    began = time.monotonic()
    landed = land(past, warehouse, reports)
    middle = time.monotonic()
    found = findings(warehouse)
    ended = time.monotonic()
    made = scores(past.truth, found, landed)
    said = (
        f"{landed.lines} reports landed in {middle - began:.0f} s, {len(found)} findings read in {ended - middle:.1f} s"
    )
    return made, dict(Counter(f.severity for f in found)), said


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; 1 where a finding has the severity of an error, which history cannot prove."""
    parser = argparse.ArgumentParser(prog="python -m tests.past.measure", description=__doc__)
    add_options(parser)
    parser.set_defaults(seed=TUNING)
    parser.add_argument("--show", type=int, default=5, help="false and missed ones of each rule")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write all counts")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        made, severities, said = measured(chosen(options), Path(folder) / "past.duckdb", options.reports)
    print(f"seed {options.seed}: {said}; severities {severities}\n{shown(made, options.show)}")
    if options.json:
        text = json.dumps(as_json(made, severities, options.show), ensure_ascii=False, indent=1)
        options.json.write_text(text + "\n", encoding="utf-8")
    return int("error" in severities)


if __name__ == "__main__":
    sys.exit(main())
