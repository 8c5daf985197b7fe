"""Every rule: a report that breaks it is told so with its arithmetic, one that only looks so is left in peace."""

from __future__ import annotations

from decimal import Decimal
from fnmatch import fnmatchcase

import pytest

from pipeline.checks import RULES
from pipeline.checks.rules import Rule
from pipeline.checks.sheet import identities
from tests.checks.cases import Case, cases

CASES = tuple(cases())


def rule_named(name: str) -> Rule | None:
    """The rule under which `soat rules` explains a name: its own entry, else the one with a star."""
    exact = next((rule for rule in RULES if rule.id == name), None)
    return exact or next((rule for rule in RULES if fnmatchcase(name, rule.id)), None)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_broken_report_is_told_once_with_its_arithmetic(case: Case) -> None:
    made = case.broken.judged()
    rule = rule_named(case.raises)
    assert rule is not None and rule.id == case.rule
    (finding,) = [f for f in made.findings if f.severity != "info" or f.rule == case.raises]
    assert (finding.rule, finding.family, finding.severity) == (case.raises, rule.family, rule.severity)
    assert (finding.stated, finding.expected) == (_decimal(case.told.stated), _decimal(case.told.expected))
    if case.told.suspect is None:
        assert finding.suspects == ()
    else:
        assert made.suspected(finding)[0] == (case.told.suspect, case.told.expected)
        assert finding.evidence[0] == finding.suspects[0].observation
    if case.told.arithmetic is not None:
        told = {check.id: check.arithmetic for check in made.checks}
        assert case.told.arithmetic in [told[check] for check in finding.checks]
    if case.told.evidence is not None:
        assert tuple(made.shown(finding.evidence)) == case.told.evidence
    assert finding.rows == case.told.rows
    if case.told.quote is not None:
        assert finding.quote == case.told.quote
    assert finding.message.vi and finding.message.en


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_report_that_only_looks_broken_raises_nothing(case: Case) -> None:
    made = case.clean.judged()
    assert made.raised("error", "warning") == []
    assert case.raises not in made.raised()
    verdicts = {(c.verdict, c.reason) for c in made.named(case.raises)}
    if case.verdict == "none":
        assert verdicts == set()
    else:
        assert (case.verdict, case.reason) in verdicts
        assert "error" not in {verdict for verdict, _ in verdicts}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_both_cases(rule: Rule) -> None:
    own = [case for case in CASES if case.rule == rule.id]
    assert own
    assert all(case.broken.text.strip() and case.clean.text.strip() for case in own)


def test_every_name_that_the_identities_raise_is_explained() -> None:
    tables = identities()
    names = [entry["rule"] for entry in (*tables["sum"], *tables["bound"])]
    names += [f"ratio.{entry['rate']}" for entry in tables["rate"]]
    assert [name for name in names if rule_named(name) is None] == []
    assert len({rule.id for rule in RULES}) == len(RULES)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
