"""Family `ratio`: a stated percentage or score cannot come from its numerator and denominator, however rounded."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from extractors.model import Observation, Relation
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
    usual = _usual_columns(sheet, rates)
    for spec, rate, figures in rates:
        _rate(sheet, spec, rate, figures, (rate.site, rate.column) in usual or _named_base(rate) in spec["bottoms"])


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
    elif rate.doubt and not (printed and rate.doubt.startswith("out of another base")):
        verdict, reason = "cannot_tell", rate.doubt
    elif not proof:
        verdict, reason = "cannot_tell", "the base of the rate is not stated"
    elif any(o.site != rate.site for o in (bottom, *(t for t, _ in tops))) and (
        reason := sheet.doubt(*ids) or ("the texts around them speak of different things" if sheet.apart(ids) else None)
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


def _rule(rate: Observation) -> str:
    return f"ratio.{rate.indicator}" if rate.indicator else "ratio.share"


def _fraction(sheet: Sheet, relation: Relation) -> None:
    rate = sheet.by_id[relation.of("rate")[0]]
    top, bottom = sheet.by_id[relation.of("numerator")[0]], sheet.by_id[relation.of("denominator")[0]]
    sheet.rated.add(rate.id)
    _tell(sheet, _rule(rate), rate, top, bottom)


def _share(sheet: Sheet, relation: Relation, wholes: dict[str, list[Observation]]) -> None:
    """A rate printed right after its count: tried against every total that could be its base; `wholes` are the totals
    that the page says a count is part of."""
    rate, top = sheet.by_id[relation.of("rate")[0]], sheet.by_id[relation.of("numerator")[0]]
    sheet.rated.add(rate.id)
    named = relation.of("denominator")
    spec = next((s for s in identities()["rate"] if s["rate"] == rate.indicator), None)
    figures = sheet.groups.get((fold_scope(top.scope), period_key(top.period)), {})
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
    if spec and top.indicator in spec["bottoms"] and [top.indicator] not in spec["tops"]:
        return _rate(sheet, spec, rate, figures)  # "Trong 581 hồ sơ đã giải quyết, 98,2% đúng hạn"
    if spec and not named and relation.expression in spec["bottoms"]:
        said = _nearest(figures.get(relation.expression or "", []), rate)
        natural, local = said or natural, [] if said else local
    if spec and named and sheet.by_id[named[0]].indicator in spec["bottoms"]:  # said on the page: no other will do
        natural, local = natural[: len(named)], []
    _best(sheet, rate, [(top, 1)], natural, local)
    return None


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
            continue
        most = max(top.value for _, top in shares)
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


def _fits(sheet: Sheet, rate: Observation, top: Observation, base: Observation) -> bool:
    computed = quotient(sheet.interval(top.id), sheet.interval(base.id))
    return computed is not None and _admits(sheet, rate, computed)


def _admits(sheet: Sheet, rate: Observation, computed: Interval) -> bool:
    """Whether a printed rate may stand for a quotient, rounded or cut off."""
    return meet(sheet.interval(rate.id), computed) or cut(rate.quantity, computed)


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
        if computed and _admits(sheet, rate, computed):
            _held(sheet, _rule(rate), rate, tops, bottom, computed, True, firm=bottom not in local)
            return True
    if _of_channels(sheet, rate):
        return True
    for bottom in natural[:1]:
        computed = quotient(above, sheet.interval(bottom.id))
        if computed:
            _held(sheet, _rule(rate), rate, tops, bottom, computed, True)
            return False
    for bottom in local[:1]:
        computed = quotient(above, sheet.interval(bottom.id))
        if computed:
            _held(sheet, _rule(rate), rate, tops, bottom, computed, False)
    return False


_USUAL_ROWS = 4  # rows of a column of rates that must be out of one base before a row out of another is wrong
Rated = tuple[dict[str, Any], Observation, dict[str, list[Observation]]]


def _usual_columns(sheet: Sheet, rates: Sequence[Rated]) -> frozenset[tuple[str, str | None]]:
    """(table, column) of the rates of which all rows but one in eight are out of the usual base, so that every one is."""
    held: dict[tuple[str, str | None], list[bool]] = {}
    for spec, rate, figures in rates:
        if rate.kind == "table" and rate.column:
            fits, other = (_over(sheet, spec, rate, figures, spec[bases]) for bases in ("bottoms", "local"))
            if fits != other:  # a rate of nought, or over two equal bases, shows nothing
                held.setdefault((rate.site, rate.column), []).append(fits)
    return frozenset(
        place
        for place, rows in held.items()
        if sum(rows) >= _USUAL_ROWS and len(rows) - sum(rows) <= max(1, len(rows) // 8)
    )


def _over(
    sheet: Sheet,
    spec: dict[str, Any],
    rate: Observation,
    figures: dict[str, list[Observation]],
    bottoms: Sequence[str],
) -> bool:
    """Whether a rate holds over one of some bases."""
    for members in spec["tops"]:
        signs = [-1 if m.startswith("-") else 1 for m in members]
        choices = [_candidates(figures.get(m.lstrip("-"), []), rate)[:2] for m in members]
        for tops in itertools.product(*choices):
            above = add([(sheet.interval(t.id), s) for t, s in zip(tops, signs, strict=True)])
            for bottom in (b for name in bottoms for b in _candidates(figures.get(name, []), rate)[:2]):
                computed = quotient(above, sheet.interval(bottom.id))
                if computed and _admits(sheet, rate, computed):
                    return True
    return False


_NAMED = re.compile(
    r"(?i)\b(?:so với|trên|trong)\s+(?:tổng )?số (?:hồ sơ |hs )?(?:(?P<done>đã (?:giải quyết|trả|có kết quả|xử lý))|(?P<new>(?:mới )?(?:tiếp nhận mới|nhận mới|mới tiếp nhận|phát sinh|(?:tiếp )?nhận trong kỳ|mới nộp)))"
)


def _named_base(rate: Observation) -> str | None:
    """The usual base, where the words before a rate say that it is out of that: "so với số đã giải quyết 95,21%"."""
    before, found, after = rate.quote.partition(rate.quantity.text)
    if not found or rate.kind == "table":
        return None
    named = list(_NAMED.finditer(before))[-1:]
    if not named or re.search(r"[;.]\s", before[named[0].end() :]):
        behind = _NAMED.search(after)
        named = [behind] if behind and not re.search(r"[;.]\s|\d", after[: behind.start()]) else []
    if not named:
        return None
    return "dossiers_resolved_total" if named[0]["done"] else "dossiers_received_new"


def _rate(
    sheet: Sheet,
    spec: dict[str, Any],
    rate: Observation,
    figures: dict[str, list[Observation]],
    usual: bool = False,
) -> None:
    """A rate of the vocabulary against all its conventions, and against every value that its counts are stated with;
    against its `usual` bases alone where the page shows that it is out of one of those."""
    early = "dossiers_resolved_early" in figures
    failed: list[tuple[Sequence[tuple[Observation, int]], Observation]] = []
    for members in spec["tops"]:
        if members == ["dossiers_resolved_on_time"] and early:
            continue
        choices = [_candidates(figures.get(m.lstrip("-"), []), rate) for m in members]
        signs = [-1 if m.startswith("-") else 1 for m in members]
        for tops in itertools.islice(itertools.product(*choices), _MAX_TRIED):
            found = list(zip(tops, signs, strict=True))
            above = add([(sheet.interval(t.id), s) for t, s in found])
            for name in [*spec["bottoms"], *(() if usual else spec["local"])]:
                for bottom in _candidates(figures.get(name, []), rate):
                    computed = quotient(above, sheet.interval(bottom.id))
                    if computed and _admits(sheet, rate, computed):
                        _held(sheet, _rule(rate), rate, found, bottom, computed, True, firm=name not in spec["local"])
                        return
                    if name in spec["bottoms"]:
                        failed.append((found, bottom))
    if failed and not _of_channels(sheet, rate) and (usual or not _as_another(sheet, spec, rate, figures)):
        tried, base = failed[0]
        computed = quotient(add([(sheet.interval(t.id), s) for t, s in tried]), sheet.interval(base.id))
        settled_all = all(
            settled(_beside(figures[o.indicator], rate)) for o in (base, *(t for t, _ in tried)) if o.indicator
        )
        if computed:
            proof = settled_all and _comparable(rate, tried, base)
            _held(sheet, _rule(rate), rate, tried, base, computed, proof, lexical=True)


def _as_another(sheet: Sheet, spec: dict[str, Any], rate: Observation, figures: dict[str, list[Observation]]) -> bool:
    """Whether a rate that fails holds to its last printed place as another rate of the same dossiers: then its words were
    taken for the wrong one ("đúng hạn" for "trước và đúng hạn"), or the clerk's were."""
    if _of_whole(sheet, spec, rate, figures):
        return True
    if len(str(rate.value).replace(".", "").strip("0")) < 3:
        return False
    for other in identities()["rate"]:
        for members in other["tops"] if other["rate"] != spec["rate"] else ():
            signs = [-1 if m.startswith("-") else 1 for m in members]
            for tops in itertools.product(*(_candidates(figures.get(m.lstrip("-"), []), rate)[:2] for m in members)):
                above = add([(sheet.interval(t.id), s) for t, s in zip(tops, signs, strict=True)])
                for bottom in (b for name in other["bottoms"] for b in _candidates(figures.get(name, []), rate)[:2]):
                    computed = quotient(above, sheet.interval(bottom.id))
                    if computed and _admits(sheet, rate, computed):
                        sheet.tell(
                            _rule(rate),
                            "cannot_tell",
                            f"{short(rate.indicator)} = {short(other['rate'])}",
                            " + ".join(show(t.value) for t in tops) + f" / {show(bottom.value)} = {show(rate.value)}%",
                            [rate.id, *(t.id for t in tops), bottom.id],
                            stated=rate.value,
                            expected=computed,
                            reason=f"it holds as {short(other['rate'])}: what the rate is of was not understood",
                        )
                        return True
    return False


def _of_whole(sheet: Sheet, spec: dict[str, Any], rate: Observation, figures: dict[str, list[Observation]]) -> bool:
    """Whether a rate of an office or field is the share that its count has in the count of the whole."""
    whole = sheet.groups.get((None, period_key(rate.period)), {})
    for name in {m.lstrip("-") for members in spec["tops"] for m in members} if rate.scope is not None else ():
        for top in _candidates(figures.get(name, []), rate):
            for base in _candidates(whole.get(name, []), rate):
                computed = quotient(sheet.interval(top.id), sheet.interval(base.id))
                if base.value > top.value and computed and _admits(sheet, rate, computed):
                    sheet.tell(
                        "ratio.share",
                        "rounding" if computed[0] != rate.value else "ok",
                        f"share = 100 × {short(top.indicator)} / {short(base.indicator)} of the whole",
                        f"{show(top.value)}/{show(base.value)} = {significant((computed[0] + computed[1]) / 2, rate.quantity)}%",
                        [rate.id, top.id, base.id],
                        stated=rate.value,
                        expected=computed,
                    )
                    return True
    return False


_CHANNELS = ("dossiers_received_in_person_postal", "dossiers_received_in_person", "dossiers_received_postal")


def _of_channels(sheet: Sheet, rate: Observation) -> bool:
    """Whether a share of online hồ sơ holds with the sum of the channels as its base, where no total of what came in
    newly is printed: 35,77% for 402 online and 722 on paper."""
    figures = sheet.groups.get((fold_scope(rate.scope), period_key(rate.period)), {})
    if rate.indicator != "rate_online":
        return False
    for online in _candidates(figures.get("dossiers_received_online", []), rate):
        rest = [_candidates(figures[name], rate)[0] for name in _CHANNELS if name in figures]
        for parts in (rest[:1], rest[-2:]):
            base = add([(sheet.interval(o.id), 1) for o in (online, *parts)])
            computed = quotient(sheet.interval(online.id), base) if parts else None
            if computed and _admits(sheet, rate, computed):
                total = " + ".join(show(o.value) for o in (online, *parts))
                value = significant((computed[0] + computed[1]) / 2, rate.quantity)
                names = " + ".join(short(o.indicator) for o in (online, *parts))
                sheet.tell(
                    _rule(rate),
                    "ok" if computed[0] == computed[1] == rate.value else "rounding",
                    f"rate_online = 100 × {short(online.indicator)} / ({names})",
                    f"{show(online.value)}/({total}) = {value}%",
                    [rate.id, online.id, *(o.id for o in parts)],
                    stated=rate.value,
                    expected=computed,
                )
                return True
    return False


_MAX_TRIED = 8


def _candidates(mentions: Sequence[Observation], rate: Observation) -> list[Observation]:
    """Mentions of a count that a rate may be of, one per value: those that stand with it first."""
    firm = [o for o in mentions if not o.quantity.words] or [o for o in mentions if not o.doubt]
    ordered = sorted(firm, key=lambda o: (o.site != rate.site, o.role != "value"))
    return list({o.value: o for o in reversed(ordered)}.values())[::-1][:4]


def _beside(mentions: Sequence[Observation], rate: Observation) -> list[Observation]:
    """Mentions in the text of the rate itself, which its reader takes it to be of; else all that it may be of."""
    return [o for o in mentions if o.site == rate.site] or _candidates(mentions, rate)


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
