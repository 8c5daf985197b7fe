"""Compares findings with the faults that a label tells: found or not, by family, rule and planted kind; the figure named.

A finding answers a fault of its family (or of an accepted rule) whose figure or words are in its evidence. Localisation
is asked of the faults whose label names the right value: is the labelled figure the first suspect, is the value exact.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from tests.evaluation.tally import Facts, Tally, fold, overlap, value

#: An error that a label does not know counts as false unless it is about a labelled fault's own figures.
_KINDS = {"error": "error", "warning": "remark", "info": "remark"}
#: Families whose faults are wrong figures: the figure itself must be evidence, not merely stand in a quoted clause.
_BY_FIGURE = {"sum", "ratio", "repeat", "bound"}


def findings(label: Facts, got: Facts, tally: Tally) -> None:
    """All faults of a label against all findings of a document."""
    facts = {f["id"]: f for f in [*got["observations"], *got["citations"]]}
    wanted = sorted(label.get("findings") or [], key=lambda f: bool(f.get("optional")))
    rest = list(got["findings"])
    tally.rules.update((check["rule"], "tested") for check in got["checks"])
    tally.rules.update((f["rule"], "reported") for f in rest if f["severity"] != "info")
    for want in wanted:
        hit = min((f for f in rest if _answers(want, f, facts)), key=lambda f: _farness(want, f, facts), default=None)
        if hit is not None:
            rest.remove(hit)
        _count(want, hit, facts, tally)
    clean = not any(f["severity"] == "error" for f in wanted)
    tally.counts["clean"] += clean
    for extra in rest:
        same = any(_answers(w, extra, facts) for w in wanted)
        if same:  # the same fault told again
            tally.rules[extra["rule"], "right"] += extra["severity"] != "info"
        elif extra["severity"] == "error":
            tally.counts.update(error_extra=1, clean_extra=clean, **{f"{extra['family']}:false": 1})
            tally.notes.append(f"FALSE ERROR {extra['rule']}: {extra['message']['vi'][:160]}")


def _count(want: Facts, hit: Facts | None, facts: Mapping[str, Facts], tally: Tally) -> None:
    """One fault and the finding that answers it."""
    kind, optional = _KINDS[want["severity"]], bool(want.get("optional"))
    if hit is not None:
        tally.rules[hit["rule"], "right"] += hit["severity"] != "info"
    if optional:
        return
    family = str(want.get("family") or want["rule"]).partition(".")[0]
    tally.counts[f"{kind}_want"] += 1
    tally.kinds[str(want.get("kind") or want["rule"].partition(".")[0]), "want"] += want["severity"] != "info"
    if kind == "error":
        tally.counts[f"{family}:want"] += 1
    if hit is None:
        if want["severity"] != "info":
            tally.rules[str(want["rule"]), "missed"] += 1
        name = f"{want['rule']}: {want.get('figure')} {str(want.get('quote') or '')[:80]}"
        tally.notes.append(f"missed finding {want['severity']} {name}")
        return
    tally.counts[kind] += 1
    tally.kinds[str(want.get("kind") or want["rule"].partition(".")[0]), "hit"] += want["severity"] != "info"
    if kind == "error":
        tally.counts[f"{family}:hit"] += 1
    tally.counts["severity"] += hit["severity"] == want["severity"]
    if hit["severity"] != want["severity"]:
        tally.notes.append(f"severity {hit['severity']} for {want['severity']} {want['rule']}")
    _localisation(want, hit, facts, tally)


def _localisation(want: Facts, hit: Facts, facts: Mapping[str, Facts], tally: Tally) -> None:
    suspects = hit.get("suspects") or []
    if want.get("tied"):
        tied = len(suspects) > 1 and all(s.get("tied") for s in suspects[:2])
        tally.counts.update(tied_want=1, tied=tied)
        if not tied:
            tally.notes.append(f"tie not said: {want['rule']} {want.get('figure')}")
    if not want.get("suggestion") or want.get("figure") is None:
        return
    first = next(iter(suspects), {})
    named = facts.get(str(first.get("observation")), {})
    right = _same_figure(want, named)
    exact = right and value(first.get("suggestion")) == value(want["suggestion"])
    tally.counts.update(suggest_want=1, located=right, suggest=exact, tied_extra=bool(first.get("tied")))
    if not right:
        tally.notes.append(
            f"suspect {named.get('text')} ({first.get('suggestion')}) for {want['figure']} ({want['suggestion']}) {want['rule']}"
        )
    elif not exact:
        tally.notes.append(f"suggestion {first.get('suggestion')} for {want['suggestion']} {want['rule']}")


def _same_figure(want: Facts, named: Facts) -> bool:
    """Whether a suspected figure is the labelled one: printed alike, in the labelled words where a label has them."""
    alike = fold(want["figure"]).rstrip("% ") == fold(named.get("text")).rstrip("% ")
    return alike and (not want.get("quote") or overlap(want["quote"], named.get("quote")) >= 0.5)


def _farness(want: Facts, found: Facts, facts: Mapping[str, Facts]) -> tuple[bool, bool]:
    """How loosely a finding answers a label: another family, the labelled figure not its first suspect or evidence."""
    family = str(want.get("family") or want["rule"]).partition(".")[0]
    first = [*(s["observation"] for s in found.get("suspects", [])[:1]), *found.get("evidence", [])[:1]]
    texts = {fold(facts.get(n, {}).get("text")).rstrip("% ") for n in first}
    return found["family"] != family, fold(want.get("figure")).rstrip("% ") not in texts


def _answers(want: Facts, found: Facts, facts: Mapping[str, Facts]) -> bool:
    family = str(want.get("family") or want["rule"]).partition(".")[0]
    families = {family, *(str(r).partition(".")[0] for r in want.get("rule_accept") or [])}
    if found["family"] not in families and found["rule"] != want["rule"]:
        same_figure = _figure_in(want, found, facts)
        return bool(same_figure and found["severity"] == "error" == want["severity"])
    if family in ("header",):
        return True
    return _figure_in(want, found, facts)


def _printed(figure: str, text: str) -> bool:
    """Whether a text prints this figure, and not a longer one that holds its digits ("21" is not in "năm 2021")."""
    return bool(re.search(rf"(?<![0-9])(?<![0-9][.,]){re.escape(figure)}(?![.,]?[0-9])", text))


def _figure_in(want: Facts, found: Facts, facts: Mapping[str, Facts]) -> bool:
    ids: Sequence[str] = [*found.get("evidence", []), *(s["observation"] for s in found.get("suspects", []))]
    figure = fold(want.get("figure"))
    by_figure = str(want.get("family") or want["rule"]).partition(".")[0] in _BY_FIGURE
    for name in ids:
        fact = facts.get(name, {})
        texts = {fold(fact.get("text")), fold(fact.get("key")), fold(str(fact.get("text", "")).rstrip("% "))}
        if figure and (figure in texts or figure.rstrip("% ") in texts):
            return True
        if figure and not by_figure and _printed(figure, fold(fact.get("quote"))):
            return True
        if want.get("quote") and overlap(want["quote"], fact.get("quote")) >= 0.8:
            return True
    message = fold(found["message"]["vi"])
    return (bool(figure) and _printed(figure, message)) or (
        bool(want.get("quote")) and overlap(want["quote"], message + " " + fold(found.get("quote"))) >= 0.8
    )


def by_rule(patterns: Sequence[str], rules: Mapping[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    """Counts of all rules gathered under the patterns of `soat rules`: the first that fits ("ratio.rate_*"), else the
    family's last."""
    found: dict[str, Counter[str]] = {}
    for (rule, what), count in rules.items():
        found.setdefault(_pattern(patterns, rule), Counter())[what] += count
    return {name: dict(sorted(found.get(name, Counter()).items())) for name in patterns}


def _pattern(patterns: Sequence[str], rule: str) -> str:
    fitting = [p for p in patterns if p == rule or (p.endswith("*") and rule.startswith(p[:-1]))]
    family = [p for p in patterns if p.partition(".")[0] == rule.partition(".")[0]]
    return min(fitting, key=lambda p: (p.endswith("*"), -len(p))) if fitting else (family or [rule])[-1]
