"""Family `ratio`: a stated percentage or score cannot come from its numerator and denominator, however rounded."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from extractors.model import Observation, Relation
from pipeline.checks.bases import (
    admits,
    as_another,
    base_before,
    candidates,
    named_base,
    of_channels,
    rule_of,
    usual_columns,
)
from pipeline.checks.intervals import Interval, add, cut, meet, product, quotient, show, significant
from pipeline.checks.model import Verdict
from pipeline.checks.sheet import Constraint, Sheet, fold_scope, identities, period_key, settled, short

_HUNDRED = Decimal(100)


def run(sheet: Sheet) -> None:
    """Test printed fractions, shares printed with their count, worked-out scores, and rates of the vocabulary."""
    for relation in sheet.relations("fraction"):
        if relation.of("rate"):
            _fraction(sheet, relation)
    for relation in sheet.relations("product"):
        _product(sheet, relation)
    wholes: dict[str, list[Observation]] = {}
    for relation in sheet.relations("parts"):
        for part in relation.of("part"):
            wholes.setdefault(part, []).append(sheet.by_id[relation.of("whole")[0]])
    for relation in sheet.relations("share"):
        _share(sheet, relation, wholes)
    _listed(sheet)
    rates = [
        (spec, rate, figures)
        for figures in sheet.groups.values()
        for spec in identities()["rate"]
        for rate in figures.get(spec["rate"], [])
        if rate.id not in sheet.rated and rate.role == "value"
    ]
    usual = usual_columns(sheet, rates)
    for spec, rate, figures in rates:
        named = [base for base in [named_base(rate)] if base in spec["bottoms"]]
        sure = named or (spec["bottoms"] if (rate.site, rate.column) in usual else [])
        beside = [base for base in [base_before(sheet, spec, rate)] if base and not sure]
        _rate(sheet, spec, rate, figures, sure or beside, bool(sure))


def _tell(
    sheet: Sheet, rule: str, rate: Observation, top: Observation, bottom: Observation, *, proof: bool = True
) -> Constraint | None:
    computed = quotient(sheet.interval(top.id), sheet.interval(bottom.id))
    if computed is None:
        return None
    return _held(sheet, rule, rate, [(top, 1)], bottom, computed, proof, printed=True)


def _held(
    sheet: Sheet,
    rule: str,
    rate: Observation,
    tops: Sequence[tuple[Observation, int]],
    bottom: Observation,
    computed: Interval,
    proof: bool,
    firm: bool = True,
    lexical: bool = False,
    printed: bool = False,
) -> Constraint:
    """Hold a stated rate against a computed interval and write the check down; `printed` where the page prints its fraction."""
    ids = [rate.id, *(t.id for t, _ in tops), bottom.id]
    above = "".join((" + " if s > 0 else " − ") * bool(i) + show(t.value) for i, (t, s) in enumerate(tops))
    above = f"({above})" if len(tops) > 1 else above
    shown = significant((computed[0] + computed[1]) / 2, rate.quantity)
    text = f"{above}/{show(bottom.value)} = {shown}%"
    expression = (
        f"{short(rate.indicator) if rate.indicator else 'rate'} = 100 × "
        + " + ".join(short(t.indicator) for t, _ in tops)
        + f" / {short(bottom.indicator)}"
    )
    reason = None
    verdict: Verdict
    if meet(sheet.interval(rate.id), computed):
        verdict = (
            "ok" if computed[0] == computed[1] == rate.value else "rounding" if computed[0] != rate.value else "ok"
        )
    elif cut(rate.quantity, computed):
        verdict, reason = "rounding", "last place cut off instead of rounded"
    elif rate.qualifier or (reason := sheet.unsure(*ids)):
        verdict, reason = "cannot_tell", reason or "the figure is a bound"
    elif rate.doubt and not (
        printed and rate.doubt.startswith(("out of another base", "its words", "may be of a part"))
    ):
        verdict, reason = "cannot_tell", rate.doubt
    elif not proof:
        verdict, reason = "cannot_tell", "the base of the rate is not stated"
    elif (
        not printed
        and any(o.site != rate.site for o in (bottom, *(t for t, _ in tops)))
        and (
            reason := sheet.doubt(*ids)
            or ("the texts around them speak of different things" if sheet.apart(ids) else None)
        )
    ):
        verdict = "cannot_tell"
    else:
        verdict = "error"
    mark = "" if verdict in ("ok", "rounding") else f" ≠ {show(rate.value)}%"
    check = sheet.tell(rule, verdict, expression, text + mark, ids, stated=rate.value, expected=computed, reason=reason)
    constraint = Constraint(check, "ratio", rate.id, tuple((t.id, s) for t, s in tops), base=bottom.id, firm=firm)
    constraint.lexical = lexical
    sheet.hold(constraint)
    return constraint


def _fraction(sheet: Sheet, relation: Relation) -> None:
    rate = sheet.by_id[relation.of("rate")[0]]
    top, bottom = sheet.by_id[relation.of("numerator")[0]], sheet.by_id[relation.of("denominator")[0]]
    sheet.rated.add(rate.id)
    _tell(sheet, rule_of(rate), rate, top, bottom)


def _share(sheet: Sheet, relation: Relation, wholes: dict[str, list[Observation]]) -> None:
    """A rate printed right after its count: tried against every total that could be its base; `wholes` are the totals
    that the page says a count is part of."""
    rate, top = sheet.by_id[relation.of("rate")[0]], sheet.by_id[relation.of("numerator")[0]]
    sheet.rated.add(rate.id)
    named = relation.of("denominator")
    spec = next((s for s in identities()["rate"] if s["rate"] == rate.indicator), None)
    figures = sheet.groups.get((fold_scope(top.scope), period_key(top.period)), {})
    if rate.scope is not None and top.scope is None and rate.indicator:  # "6.318 hồ sơ, chiếm 15,1% hồ sơ cấp tỉnh"
        figures = sheet.groups.get((fold_scope(rate.scope), period_key(top.period)), {})
    natural = [sheet.by_id[n] for n in named]
    if spec:
        natural += [o for b in spec["bottoms"] for o in _nearest(figures.get(b, []), rate)]
        local = [o for b in spec["local"] for o in _nearest(figures.get(b, []), rate)]
    else:
        bases = _bounded_by(top, figures)
        natural += wholes.get(top.id, []) or [o for o in bases if o.site == top.site]
        local = bases + [
            o for ms in figures.values() for o in ms if o.unit == top.unit and o.value > top.value and o.id != top.id
        ]
    if spec and top.indicator and [top.indicator] not in spec["tops"]:
        return _rate(sheet, spec, rate, figures)  # "98,2% đúng hạn, với 571 hồ sơ trước hạn, …"; "Trong 581 hồ sơ …"
    if spec and not named and relation.expression in spec["bottoms"]:
        natural, local = _nearest(figures.get(relation.expression or "", []), rate), []
    elif spec and not named and (base := named_base(rate)) in spec["bottoms"]:
        natural, local = _nearest(figures.get(base or "", []), rate), []
    elif spec and not named and (part_of := _usual_whole(wholes.get(top.id, []), spec, rate)):
        natural, local = [part_of], []  # "7.652 hồ sơ mới, trong đó 4.839 hồ sơ trực tuyến, chiếm 63,24%"
    elif spec and not named and (base := base_before(sheet, spec, rate)):
        natural, local = _nearest(figures.get(base, []), rate), []
    if named and (spec is None or sheet.by_id[named[0]].indicator in spec["bottoms"]):  # said on the page
        natural, local = natural[: len(named)], []
    if named and rate.kind == "table" and _made_to_fit(sheet, rate, top, natural[0]):
        return None
    _best(sheet, rate, [(top, 1)], natural, local)
    return None


def _usual_whole(wholes: Sequence[Observation], spec: dict[str, Any], rate: Observation) -> Observation | None:
    """What the text of a rate says that its count is part of, where that is what such rates are out of."""
    usual = spec["bottoms"][0]
    return next((o for o in wholes if o.indicator == usual and o.site == rate.site and o.kind != "table"), None)


def _made_to_fit(sheet: Sheet, rate: Observation, top: Observation, base: Observation) -> bool:
    """Whether a share in a column that adds up to 100 is off by no more than one in its last place: the last of such a
    column is often what is left of the hundred."""
    computed = quotient(sheet.interval(top.id), sheet.interval(base.id))
    if computed is None or admits(sheet, rate, computed):
        return False
    if not computed[0] - rate.quantity.ulp <= rate.value <= computed[1] + rate.quantity.ulp:
        return False
    shown = significant((computed[0] + computed[1]) / 2, rate.quantity)
    sheet.tell(
        "ratio.share",
        "rounding",
        f"share = 100 × {short(top.indicator)} / whole",
        f"{show(top.value)}/{show(base.value)} = {shown}%",
        [rate.id, top.id, base.id],
        stated=rate.value,
        expected=computed,
        reason="made to fit, so that the shares add up",
    )
    return True


def _nearest(mentions: Sequence[Observation], to: Observation) -> list[Observation]:
    """Mentions in the same stretch of text if there are any, else all."""
    firm = [o for o in mentions if o.role == "value"] or list(mentions)
    return [o for o in firm if o.site == to.site] or firm


_LISTED = 3  # shares in one list, of which all but one in four must show what they are out of


def _listed(sheet: Sheet) -> None:
    """A list of shares of one total ("Đất đai 27,39% (1.200 hồ sơ), Hộ tịch 12,8% (561 hồ sơ), …"): the total that nearly
    all of them are out of is the base of each."""
    lists: dict[str, list[tuple[Observation, Observation]]] = {}
    for relation in sheet.relations("share"):
        rate, top = sheet.by_id[relation.of("rate")[0]], sheet.by_id[relation.of("numerator")[0]]
        if not relation.of("denominator") and rate.indicator is None and rate.kind != "table":
            lists.setdefault(rate.locator, []).append((rate, top))
    for shares in lists.values():
        if len(shares) < _LISTED:
            _all_of_one(sheet, shares)
            continue
        most = sorted(top.value for _, top in shares)[-2]  # one of them may have a digit too many
        top = shares[0][1]
        wholes = sheet.groups.get((None, period_key(top.period)), {})  # totals of the report, not of a row or office
        bases = {o.value: o for ms in wholes.values() for o in ms[:4] if o.unit == top.unit and o.value > most}
        held, base = max(
            ((sum(_fits(sheet, *share, o) for share in shares), o) for o in bases.values()),
            key=lambda scored: scored[0],
            default=(0, None),
        )
        if base is None or held < _LISTED - 1 or len(shares) - held > max(1, len(shares) // 4):
            continue
        for rate, top in shares:
            if not sheet.tested((rate.id, top.id, base.id)):
                _tell(sheet, "ratio.share", rate, top, base)


def _all_of_one(sheet: Sheet, shares: Sequence[tuple[Observation, Observation]]) -> None:
    """Two counts with their shares that add up to a stated total of the report, of which they then are all."""
    scopes = {fold_scope(top.scope) for _, top in shares}
    if len(shares) != 2 or len(scopes) != 2 or None in scopes:
        return
    whole = shares[0][1].value + shares[1][1].value
    totals = sheet.groups.get((None, period_key(shares[0][1].period)), {}).get(shares[0][1].indicator or "", [])
    base = next((o for o in totals if o.value == whole), None)
    if base is None:
        return
    for rate, top in shares:
        if not sheet.tested((rate.id, top.id, base.id)):
            _tell(sheet, "ratio.share", rate, top, base)


def _fits(sheet: Sheet, rate: Observation, top: Observation, base: Observation) -> bool:
    computed = quotient(sheet.interval(top.id), sheet.interval(base.id))
    return computed is not None and admits(sheet, rate, computed)


def _bounded_by(top: Observation, figures: dict[str, list[Observation]]) -> list[Observation]:
    """What a count is by its nature out of: tasks done out of the tasks of the plan."""
    names = (b["whole"] for b in identities()["bound"] if b["part"] == top.indicator)
    return [o for name in names for o in figures.get(name, [])[:1] if settled(figures[name])]


def _best(
    sheet: Sheet,
    rate: Observation,
    tops: Sequence[tuple[Observation, int]],
    natural: Sequence[Observation],
    local: Sequence[Observation],
) -> bool:
    """Test against the base that fits; if none does, against the natural one, which then proves the error."""
    above = add([(sheet.interval(t.id), s) for t, s in tops])
    for bottom in [*natural, *local]:
        computed = quotient(above, sheet.interval(bottom.id))
        if computed and admits(sheet, rate, computed):
            _held(sheet, rule_of(rate), rate, tops, bottom, computed, True, firm=bottom not in local)
            return True
    if of_channels(sheet, rate):
        return True
    for bottom in natural[:1]:
        computed = quotient(above, sheet.interval(bottom.id))
        if computed:
            _held(sheet, rule_of(rate), rate, tops, bottom, computed, True)
            return False
    for bottom in local[:1]:
        computed = quotient(above, sheet.interval(bottom.id))
        if computed:
            _held(sheet, rule_of(rate), rate, tops, bottom, computed, False)
    return False


def _rate(
    sheet: Sheet,
    spec: dict[str, Any],
    rate: Observation,
    figures: dict[str, list[Observation]],
    usual: Sequence[str | None] = (),
    sure: bool = False,
) -> None:
    """A rate of the vocabulary against all its conventions, and against every value that its counts are stated with;
    against its `usual` bases alone where the page shows that it is out of one of those. `sure`: that is said of the rate
    itself, so that it is no other rate either."""
    early = "dossiers_resolved_early" in figures
    failed: list[tuple[Sequence[tuple[Observation, int]], Observation]] = []
    for members in spec["tops"]:
        if members == ["dossiers_resolved_on_time"] and early:
            continue
        choices = [candidates(figures.get(m.lstrip("-"), []), rate) for m in members]
        signs = [-1 if m.startswith("-") else 1 for m in members]
        for tops in itertools.islice(itertools.product(*choices), _MAX_TRIED):
            found = list(zip(tops, signs, strict=True))
            above = add([(sheet.interval(t.id), s) for t, s in found])
            for name in usual or [*spec["bottoms"], *spec["local"]]:
                for bottom in candidates(figures.get(name or "", []), rate):
                    computed = quotient(above, sheet.interval(bottom.id))
                    if computed and admits(sheet, rate, computed):
                        _held(sheet, rule_of(rate), rate, found, bottom, computed, True, firm=name not in spec["local"])
                        return
                    if name in spec["bottoms"]:
                        failed.append((found, bottom))
    if failed and not of_channels(sheet, rate) and (sure or not as_another(sheet, spec, rate, figures)):
        tried, base = failed[0]
        computed = quotient(add([(sheet.interval(t.id), s) for t, s in tried]), sheet.interval(base.id))
        settled_all = all(
            settled(_beside(figures[o.indicator], rate)) for o in (base, *(t for t, _ in tried)) if o.indicator
        )
        if computed:
            proof = settled_all and _comparable(rate, tried, base)
            told = named_base(rate) == base.indicator and all(t.locator == rate.locator for t, _ in tried)
            if computed[0] > _HUNDRED and not told:
                proof = False  # a count is no base of what exceeds it: one of the two was misread
            _held(sheet, rule_of(rate), rate, tried, base, computed, proof, lexical=not told)


_MAX_TRIED = 8


def _beside(mentions: Sequence[Observation], rate: Observation) -> list[Observation]:
    """Mentions in the text of the rate itself, which its reader takes it to be of; else all that it may be of."""
    return [o for o in mentions if o.site == rate.site] or candidates(mentions, rate)


def _comparable(rate: Observation, tops: Sequence[tuple[Observation, int]], bottom: Observation) -> bool:
    """Whether a failing rate is proof: its counts stand with it, or all are of one kind of text."""
    if any(t.quantity.words and t.site != rate.site for t, _ in tops):
        return False  # "Tại Trung tâm không có hồ sơ trễ hạn", said elsewhere
    sites = {o.site for o in (bottom, *(t for t, _ in tops))}
    return rate.site in sites or (len(sites) == 1 and rate.kind == bottom.kind)


def _product(sheet: Sheet, relation: Relation) -> None:
    """A score worked out on the page: result = a / b × maximum."""
    if not relation.of("result"):
        return
    names = [relation.of(n)[0] for n in ("numerator", "denominator", "factor", "result")]
    a, b, factor, result = (sheet.by_id[n] for n in names)
    share = quotient(sheet.interval(a.id), sheet.interval(b.id), Decimal(1))
    if share is None:
        return
    computed = product(share, (factor.value, factor.value))
    verdict: Verdict = "error"
    reason = None
    if meet(sheet.interval(result.id), computed):
        verdict = "rounding"
    elif cut(result.quantity, computed):
        verdict, reason = "rounding", "last place cut off instead of rounded"
    shown = significant(computed[0], result.quantity)
    text = f"{show(a.value)}/{show(b.value)} × {show(factor.value)} = {shown}" + (
        "" if verdict == "rounding" else f" ≠ {show(result.value)}"
    )
    check = sheet.tell(
        "ratio.score",
        verdict,
        "score = a / b × maximum",
        text,
        [result.id, a.id, b.id, factor.id],
        stated=result.value,
        expected=computed,
        reason=reason,
    )
    sheet.hold(Constraint(check, "product", result.id, ((a.id, 1),), base=b.id, factor=factor.id))
