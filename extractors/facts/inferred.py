"""Figures named by the sums that they make, where their words were not understood.

"Số còn lại là 367 hồ sơ: 364 hồ sơ …, 03 hồ sơ …" says in words we do not know which dossiers are late. But once all parts
of a division but one are known in a stretch of text, and a nameless figure of hồ sơ (or one that took the name of the
whole) is exactly the rest, it is that part; a nameless percentage that only one rate gives to its last place is that rate.
What is named so carries a doubt: it is a fact of the report, but proves nothing against other figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Final

from extractors.facts.draft import Draft

DOUBT: Final = "named by the sums that it makes, not by its words"
_LEAST = 5  # a rest below this may be a rest by chance

#: (whole, its parts): all of it, by what FACTS and the forms of Thông tư 01/2020/TT-VPCP divide it into.
_DIVISIONS: Final = (
    ("dossiers_received_total", ("dossiers_resolved_total", "dossiers_pending_total")),
    ("dossiers_received_total", ("dossiers_received_new", "dossiers_carried_over")),
    (
        "dossiers_received_total",
        ("dossiers_received_online", "dossiers_received_in_person_postal", "dossiers_carried_over"),
    ),
    ("dossiers_received_new", ("dossiers_received_online", "dossiers_received_in_person_postal")),
    (
        "dossiers_received_new",
        ("dossiers_received_online", "dossiers_received_in_person", "dossiers_received_postal"),
    ),
    ("dossiers_resolved_total", ("dossiers_resolved_early", "dossiers_resolved_on_time", "dossiers_resolved_late")),
    ("dossiers_resolved_total", ("dossiers_resolved_early_or_on_time", "dossiers_resolved_late")),
    ("dossiers_pending_total", ("dossiers_pending_in_time", "dossiers_pending_overdue")),
)
_RATES: Final = (
    ("rate_on_time", ("dossiers_resolved_early_or_on_time",), "dossiers_resolved_total"),
    ("rate_on_time", ("dossiers_resolved_early", "dossiers_resolved_on_time"), "dossiers_resolved_total"),
    ("rate_early", ("dossiers_resolved_early",), "dossiers_resolved_total"),
    ("rate_late", ("dossiers_resolved_late",), "dossiers_resolved_total"),
    ("rate_online", ("dossiers_received_online",), "dossiers_received_new"),
    ("rate_resolved", ("dossiers_resolved_total",), "dossiers_received_total"),
)
Known = dict[str, Decimal]


def infer(drafts: Sequence[Draft]) -> None:
    """Name figures of running text by their sums, stretch by stretch."""
    sites: dict[tuple[str, str | None, str], list[Draft]] = {}
    for draft in drafts:
        if draft.kind != "table" and draft.role == "value" and not draft.quantity.approx:
            sites.setdefault((draft.site, draft.scope, str(draft.period)), []).append(draft)
    for group in sites.values():
        counts = [d for d in group if d.of == "count" and d.unit in ("hồ sơ", "đơn") and not d.quantity.words]
        for _ in range(len(_DIVISIONS)):
            if not _step(counts):
                break
        _carried_inside(counts)
        _rated_whole(counts, [d for d in group if d.indicator == "rate_resolved"])
        _rates([d for d in group if d.of == "percent" and d.indicator is None], _known(counts))


def _known(counts: Sequence[Draft]) -> Known:
    """Indicators that a stretch states with one value."""
    found: dict[str, set[Decimal]] = {}
    for draft in counts:
        if draft.indicator:
            found.setdefault(draft.indicator, set()).add(draft.quantity.value)
    return {name: min(values) for name, values in found.items() if len(values) == 1}


def _step(counts: Sequence[Draft]) -> bool:
    """Name one figure, if one can be named."""
    for whole, rest, missing in _rests(counts):
        candidates = [d for d in counts if d.quantity.value == rest and d.indicator in (None, whole)]
        if len({d.indicator for d in candidates}) == 1:
            for draft in candidates:
                draft.indicator, draft.doubt = missing, draft.doubt or DOUBT
            return True
    return False


def _rests(counts: Sequence[Draft]) -> Iterator[tuple[str, Decimal, str]]:
    """(whole, what is left of it, the part that this is) for every division of which all parts but one are known."""
    known = _known(counts)
    named = {d.indicator for d in counts}
    for whole, parts in _DIVISIONS:
        absent = [part for part in parts if part not in known]
        if len(absent) != 1 or absent[0] in named:
            continue
        rest_of = sum((known[part] for part in parts if part in known), Decimal(0))
        for total in {d.quantity.value for d in counts if d.indicator == whole}:
            if rest_of > 0 and total - rest_of >= _LEAST:
                yield whole, total - rest_of, absent[0]


def _carried_inside(counts: Sequence[Draft]) -> None:
    """What was taken for newly received, but holds what was carried over too: "tiếp nhận 590: trực tuyến 400, trực tiếp
    150, kỳ trước chuyển sang 40"."""
    known = _known(counts)
    total, carried = known.get("dossiers_received_new"), known.get("dossiers_carried_over")
    if total is None or not carried or "dossiers_received_total" in known:
        return
    channels = [parts for whole, parts in _DIVISIONS if whole == "dossiers_received_new"]
    summed = (sum(known[p] for p in parts) for parts in channels if all(p in known for p in parts))
    if total - carried in summed:
        for draft in (d for d in counts if d.indicator == "dossiers_received_new"):
            draft.indicator = "dossiers_received_total"


def _rated_whole(counts: Sequence[Draft], rates: Sequence[Draft]) -> None:
    """What those resolved are out of: "187 hồ sơ thuộc xã A; đã giải quyết 176 hồ sơ, bằng 94,12%"."""
    known = _known(counts)
    resolved = known.get("dossiers_resolved_total")
    if resolved is None or "dossiers_received_total" in known or len(rates) != 1:
        return
    rate = rates[0].quantity
    for draft in counts:
        whole = draft.quantity.value
        if draft.indicator is None and whole >= max(resolved, Decimal(_LEAST)):
            exact = 100 * resolved / whole
            if rate.value in {exact.quantize(rate.ulp, mode) for mode in (ROUND_HALF_UP, ROUND_DOWN)}:
                draft.indicator, draft.doubt = "dossiers_received_total", draft.doubt or DOUBT


def _rates(rates: Sequence[Draft], known: Known) -> None:
    """Percentages without a name that exactly one rate of the counts beside them gives, rounded or cut."""
    for draft in rates:
        text = str(draft.quantity.value)
        if len(text.replace(".", "").strip("0")) < 3:
            continue
        fitting = set()
        for name, tops, bottom in _RATES:
            if bottom in known and known[bottom] and all(top in known for top in tops):
                exact = 100 * sum(known[top] for top in tops) / known[bottom]
                modes = (ROUND_HALF_UP, ROUND_DOWN)
                if draft.quantity.value in {exact.quantize(draft.quantity.ulp, mode) for mode in modes}:
                    fitting.add(name)
        if len(fitting) == 1:
            draft.indicator, draft.doubt = fitting.pop(), draft.doubt or DOUBT
