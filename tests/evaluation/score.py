"""Compares what Soát reads with hand-made labels: observations, citations, header, findings.

Labels are JSON in the reduced shape of the samples: header, period, observations, citations, findings. A produced
figure answers a label when the values are equal and the quotes share half of the shorter one's words; then indicator,
and indicator with scope, are compared on the matches.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

Facts = Mapping[str, Any]


def fold(text: object) -> str:
    """Lower case, NFC, one kind of hyphen and blank, UBND for its long form."""
    plain = unicodedata.normalize("NFC", "" if text is None else str(text))
    plain = re.sub("[‐-―−]", "-", plain)
    return re.sub("(ủy|uỷ) ban nhân dân", "ubnd", " ".join(plain.casefold().split()))


def _words(text: object) -> Counter[str]:
    return Counter(re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+", fold(text)))


def overlap(a: object, b: object) -> float:
    """Share of the shorter text's words that the longer one has."""
    x, y = _words(a), _words(b)
    return (x & y).total() / max(1, min(x.total(), y.total()))


def _value(text: object) -> Decimal | None:
    try:
        return Decimal(str(text))
    except InvalidOperation:
        return None


@dataclass(slots=True)
class Tally:
    """Counts of one document or set; `notes` says what was missed, extra or wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Fold another tally into this one."""
        self.counts.update(other.counts)
        self.notes += other.notes

    def rate(self, part: str, whole: str) -> float | None:
        """A share, or None where there is nothing to divide by."""
        return self.counts[part] / self.counts[whole] if self.counts[whole] else None

    def f1(self, part: str, wanted: str, got: str) -> float | None:
        """Harmonic mean of precision and recall."""
        both = self.counts[wanted] + self.counts[got]
        return 2 * self.counts[part] / both if both else None


def score(label: Facts, got: Facts) -> Tally:
    """All comparisons of one document."""
    tally = Tally()
    _observations(label, got, tally)
    _citations(label, got, tally)
    _header(label, got, tally)
    _findings(label, got, tally)
    coverage = got.get("coverage") or {}
    tally.counts.update(digits=coverage.get("total", 0), unread=coverage.get("unread", 0))
    return tally


def _accepts(label: Facts, key: str, value: object) -> bool:
    others = label.get(f"{key}_accept") or []
    wanted = [label.get(key), *(others if isinstance(others, list) else [others])]
    return "*" in wanted or any(fold(w) == fold(value) for w in wanted)


def _observations(label: Facts, got: Facts, tally: Tally) -> None:
    wanted, found = list(label["observations"]), list(got["observations"])
    pairs = []
    for i, want in enumerate(wanted):
        for j, have in enumerate(found):
            if _value(want["value"]) == _value(have["value"]):
                near = overlap(want.get("quote"), have.get("quote"))
                if near >= 0.5 or (want.get("row") and want.get("row") == have.get("row")):
                    right = _accepts(want, "indicator", have.get("indicator"))
                    scoped = _same_scope(want, have)
                    pairs.append((-round(near, 1), not right, not scoped, i, j))
    taken: dict[int, int] = {}
    for *_, i, j in sorted(pairs):
        if i not in taken and j not in taken.values():
            taken[i] = j
    optional = {i for i, w in enumerate(wanted) if w.get("optional")}
    tally.counts["obs_want"] += len(wanted) - len(optional)
    tally.counts["obs_got"] += len(found) - len(optional & set(taken))
    for i, want in enumerate(wanted):
        if i in optional:
            continue
        if i not in taken:
            tally.notes.append(f"missed {want['value']} {want.get('indicator')}: {want.get('quote', '')[:90]}")
            continue
        have = found[taken[i]]
        tally.counts["obs"] += 1
        right = _accepts(want, "indicator", have.get("indicator"))
        scoped = right and _same_scope(want, have)
        tally.counts.update(obs_indicator=right, obs_scope=scoped)
        if not right:
            tally.notes.append(
                f"indicator {have.get('indicator')} for {want.get('indicator')}: {want['value']} {want.get('quote', '')[:80]}"
            )
        elif not scoped:
            tally.notes.append(
                f"scope {have.get('scope')!r} for {want.get('scope')!r}: {want['value']} {want.get('quote', '')[:60]}"
            )
    for j, have in enumerate(found):
        if j not in taken.values():
            tally.notes.append(
                f"extra {have['value']} {have.get('indicator')} {have.get('unit')}: {have.get('quote', '')[:90]}"
            )


def _same_scope(want: Facts, have: Facts) -> bool:
    wanted = [want.get("scope"), *(want.get("scope_accept") or [])]
    mine = have.get("scope")
    return "*" in wanted or any((not w and not mine) or (w and mine and overlap(w, mine) >= 0.5) for w in wanted)


def _citations(label: Facts, got: Facts, tally: Tally) -> None:
    rest = list(got["citations"])
    wanted = [c for c in label["citations"] if not c.get("optional")]
    tally.counts["cite_want"] += len(wanted)
    optional = Counter(fold(c.get("key")) for c in label["citations"] if c.get("optional"))
    for want in wanted:
        hit = next(
            (c for c in rest if fold(c.get("key")) == fold(want.get("key")) and c.get("date") == want.get("date")), None
        )
        hit = hit or next((c for c in rest if fold(c.get("key")) == fold(want.get("key"))), None)
        if hit is None:
            tally.notes.append(f"missed citation {want.get('key')} {want.get('date')}")
            continue
        rest.remove(hit)
        tally.counts.update(cite=1, cite_date=hit.get("date") == want.get("date"))
        tally.counts["cite_issuer"] += not want.get("issuer") or _accepts(want, "issuer", hit.get("issuer"))
        if hit.get("date") != want.get("date"):
            tally.notes.append(f"citation date {hit.get('date')} for {want.get('date')}: {want.get('key')}")
    extra = [c for c in rest if c.get("key") or c.get("number")]
    for cite in extra:
        if optional[fold(cite.get("key"))]:
            optional[fold(cite.get("key"))] -= 1
            continue
        tally.counts["cite_got"] += 1
        tally.notes.append(f"extra citation {cite.get('key')}: {cite.get('quote', '')[:80]}")
    tally.counts["cite_got"] += tally.counts["cite"] if "_c" not in tally.counts else 0


_HEADER = ("doc_type", "number", "symbol", "issuing_body", "parent_body", "province", "place", "title", "signer")


def _header(label: Facts, got: Facts, tally: Tally) -> None:
    want, have = label.get("header") or {}, got.get("header") or {}
    for key in _HEADER:
        if key not in want:
            continue
        mine = have.get(key)
        right = _accepts(want, key, mine) or (key == "title" and overlap(want[key], mine) >= 0.9)
        tally.counts.update(head_want=1, head=right)
        if not right:
            tally.notes.append(f"header {key}: {mine!r} for {want[key]!r}")
    if want.get("issued"):
        mine = have.get("issued") or {}
        right = all(want["issued"].get(k) == mine.get(k) for k in ("year", "month", "day"))
        tally.counts.update(head_want=1, head=right)
        if not right:
            tally.notes.append(f"header issued: {mine} for {want['issued']}")
    if "period" in label:
        wanted, mine = label["period"] or {}, got.get("period") or {}
        keys = [k for k in ("kind", "year", "index", "start", "end") if k in wanted]
        right = bool(wanted) == bool(mine) and all(wanted[k] == mine.get(k) for k in keys)
        tally.counts.update(head_want=1, head=right)
        if not right:
            tally.notes.append(f"period {mine} for {wanted}")


def _findings(label: Facts, got: Facts, tally: Tally) -> None:
    """Planted faults against findings: same family (or an accepted rule), and the figure or words at fault in its evidence."""
    facts = {f["id"]: f for f in [*got["observations"], *got["citations"]]}
    rest = list(got["findings"])
    for want in sorted(label.get("findings") or [], key=lambda f: bool(f.get("optional"))):
        kind = "error" if want["severity"] == "error" else "remark"
        optional = bool(want.get("optional"))
        tally.counts[f"{kind}_want"] += not optional
        hit = min((f for f in rest if _answers(want, f, facts)), key=lambda f: _farness(want, f, facts), default=None)
        if hit is None:
            if not optional:
                tally.notes.append(
                    f"missed finding {want['severity']} {want['rule']}: {want.get('figure')} {want.get('quote', '')[:80]}"
                )
            continue
        rest.remove(hit)
        if optional:
            continue
        tally.counts[kind] += 1
        tally.counts["severity"] += hit["severity"] == want["severity"]
        if hit["severity"] != want["severity"]:
            tally.notes.append(f"severity {hit['severity']} for {want['severity']} {want['rule']}")
        if want.get("suggestion"):
            tally.counts["suggest_want"] += 1
            first = next(iter(hit.get("suspects") or []), {})
            right = _value(first.get("suggestion")) == _value(want["suggestion"])
            tally.counts["suggest"] += right
            if not right:
                tally.notes.append(f"suggestion {first.get('suggestion')} for {want['suggestion']} {want['rule']}")
    for extra in rest:
        same = any(_answers(w, extra, facts) for w in label.get("findings") or [])
        if extra["severity"] == "error" and not same:
            tally.counts["error_extra"] += 1
            tally.notes.append(f"FALSE ERROR {extra['rule']}: {extra['message']['vi'][:160]}")


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
    for name in ids:
        fact = facts.get(name, {})
        texts = {fold(fact.get("text")), fold(fact.get("key")), fold(str(fact.get("text", "")).rstrip("% "))}
        if figure and (figure in texts or figure.rstrip("% ") in texts or _printed(figure, fold(fact.get("quote")))):
            return True
        if want.get("quote") and overlap(want["quote"], fact.get("quote")) >= 0.8:
            return True
    message = fold(found["message"]["vi"])
    return (bool(figure) and _printed(figure, message)) or (
        bool(want.get("quote")) and overlap(want["quote"], message + " " + fold(found.get("quote"))) >= 0.8
    )
