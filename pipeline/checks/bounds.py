"""Family `bound`: a part exceeds its whole, a share leaves 0–100, a score its maximum, a rank the field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from extractors.model import Observation
from pipeline.checks.intervals import show
from pipeline.checks.model import Verdict
from pipeline.checks.sheet import Constraint, Sheet, identities, settled, short


def run(sheet: Sheet) -> None:
    """Test fractions, maxima, ranks, shares and the bounds of the vocabulary."""
    for relation in sheet.relations("fraction"):
        top, bottom = relation.of("numerator")[0], relation.of("denominator")[0]
        a, b = sheet.by_id[top], sheet.by_id[bottom]
        at_most(sheet, f"bound.{short(a.indicator) if a.indicator else 'fraction'}", a, b)
    for relation in sheet.relations("maximum"):
        value, maximum = sheet.by_id[relation.of("value")[0]], sheet.by_id[relation.of("maximum")[0]]
        at_most(sheet, f"bound.{value.indicator or 'score'}", value, maximum)
    for relation in sheet.relations("rank"):
        at_most(sheet, "bound.par_rank", sheet.by_id[relation.of("value")[0]], sheet.by_id[relation.of("field")[0]])
    for relation in sheet.relations("deduction"):
        at_most(
            sheet,
            "bound.verified_le_self",
            sheet.by_id[relation.of("verified")[0]],
            sheet.by_id[relation.of("self")[0]],
            proof=False,
        )
    for o in sheet.by_id.values():
        if o.unit == "%" and o.role == "value":
            _share(sheet, o)
    _vocabulary(sheet)


def at_most(
    sheet: Sheet, rule: str, part: Observation, whole: Observation, proof: bool = True, lexical: bool = False
) -> None:
    if sheet.tested((part.id, whole.id), "at_most"):
        return
    low, high = sheet.interval(part.id)[0], sheet.interval(whole.id)[1]
    verdict: Verdict = "ok"
    reason = None
    if low > high:
        reason = sheet.unsure(part.id, whole.id) or (None if proof else "the whole may not hold all of the part")
        if not reason and part.site != whole.site:
            reason = sheet.doubt(part.id, whole.id)
            if not reason and sheet.apart([part.id, whole.id]):
                reason = "the texts around them speak of different things"
        verdict = "cannot_tell" if reason else "error"
    sign = "≤" if part.value <= whole.value else ">"
    check = sheet.tell(
        rule,
        verdict,
        f"{short(part.indicator)} ≤ {short(whole.indicator)}",
        f"{show(part.value)} {sign} {show(whole.value)}",
        [part.id, whole.id],
        stated=part.value,
        expected=(part.value * 0, high),
        reason=reason,
    )
    sheet.hold(Constraint(check, "at_most", whole.id, ((part.id, 1),), lexical=lexical))


def _share(sheet: Sheet, o: Observation) -> None:
    """A percentage of something lies in 0–100; growth is not one, nor is a rate that the vocabulary does not know."""
    if 0 <= o.value <= 100:
        return
    if o.indicator is None:
        sheet.tell(
            "bound.share",
            "cannot_tell",
            "0 ≤ rate ≤ 100",
            f"{show(o.value)}% > 100%",
            [o.id],
            stated=o.value,
            expected=(o.value * 0, o.value * 0 + 100),
            reason="may be a comparison, not a share",
        )
        return
    check = sheet.tell(
        "bound.share",
        "error",
        "0 ≤ rate ≤ 100",
        f"{show(o.value)}% > 100%",
        [o.id],
        stated=o.value,
        expected=(o.value * 0, o.value * 0 + 100),
    )
    sheet.hold(Constraint(check, "share", None, ((o.id, 1),)))


def _together(parts: Sequence[Observation], wholes: Sequence[Observation]) -> Iterator[tuple[Observation, Observation]]:
    """Part and whole of one stretch of text, where it states each of them in one value."""
    for site in dict.fromkeys(p.site for p in parts):
        here = [o for o in parts if o.site == site and o.role == "value"]
        there = [o for o in wholes if o.site == site and o.role == "value"]
        if len({o.value for o in here}) == len({o.value for o in there}) == 1:
            yield here[0], there[0]


def holds_stock(received: Observation, figures: Mapping[str, Sequence[Observation]]) -> bool:
    """Whether a figure of dossiers received surely holds those carried over too: "tiếp nhận" alone may not."""
    words = f"{received.quote} {received.column or ''}".lower()
    return "dossiers_carried_over" in figures or any(
        w in words for w in ("tổng", "phải giải quyết", "gồm", "nhận giải quyết")
    )


def _vocabulary(sheet: Sheet) -> None:
    """Parts and wholes of the vocabulary, stated together; over the whole report where all mentions agree."""
    for figures in sheet.groups.values():
        for bound in identities()["bound"]:
            parts, wholes = figures.get(bound["part"], []), figures.get(bound["whole"], [])
            if not parts or not wholes:
                continue
            near = list(_together(parts, wholes))
            one, other = settled(parts), settled(wholes)
            if not near and one and other:
                near = [(one, other)]
            for part, whole in near[:20]:
                proof = part.site == whole.site
                if bound["rule"] == "bound.resolved":
                    proof = proof and holds_stock(whole, figures)
                at_most(sheet, bound["rule"], part, whole, proof=proof, lexical=True)
    for figures in sheet.groups.values():
        proposed, checked, reviewed = (figures.get(f"legal_docs_{k}", []) for k in ("proposed", "checked", "reviewed"))
        for p, c, r in zip(proposed[:1], checked[:1], reviewed[:1], strict=False):
            verdict: Verdict = "ok" if p.value <= c.value + r.value else "cannot_tell"
            sheet.tell(
                "bound.legal_docs_proposed",
                verdict,
                "legal_docs_proposed ≤ legal_docs_checked + legal_docs_reviewed",
                f"{show(p.value)} ≤ {show(c.value)} + {show(r.value)}",
                [p.id, c.id, r.id],
                stated=p.value,
                reason=None if verdict == "ok" else "documents of an earlier period may be proposed",
            )
