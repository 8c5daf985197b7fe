"""Compares what Soát reads with hand-made labels: observations, citations, header; findings in their own module.

Labels are JSON in the reduced shape of the samples: header, period, observations, citations, findings. A produced
figure answers a label when the values are equal and the quotes share half of the shorter one's words; then indicator,
and indicator with scope, are compared on the matches.
"""

from __future__ import annotations

from collections import Counter

from tests.evaluation.findings import findings
from tests.evaluation.tally import Facts, Tally, fold, overlap, value


def score(label: Facts, got: Facts) -> Tally:
    """All comparisons of one document."""
    tally = Tally()
    _observations(label, got, tally)
    _citations(label, got, tally)
    _header(label, got, tally)
    findings(label, got, tally)
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
            if value(want["value"]) == value(have["value"]):
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
