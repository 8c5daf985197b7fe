"""What a rate is out of, where that is not the usual base: bases that the page names, columns that show their own, and other
rates or shares that a failing rate may be instead."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from extractors.model import Observation
from pipeline.checks.intervals import Interval, add, cut, meet, quotient, show, significant
from pipeline.checks.sheet import Sheet, fold_scope, identities, period_key, short


def admits(sheet: Sheet, rate: Observation, computed: Interval) -> bool:
    """Whether a printed rate may stand for a quotient, rounded or cut off."""
    return meet(sheet.interval(rate.id), computed) or cut(rate.quantity, computed)


def candidates(mentions: Sequence[Observation], rate: Observation) -> list[Observation]:
    """Mentions of a count that a rate may be of, one per value: those that stand with it first."""
    firm = [o for o in mentions if not (o.quantity.words or o.quantity.approx)] or [o for o in mentions if not o.doubt]
    ordered = sorted(firm, key=lambda o: (o.site != rate.site, o.role != "value"))
    return list({o.value: o for o in reversed(ordered)}.values())[::-1][:4]


_USUAL_ROWS = 4  # rows of a column of rates that must be out of one base before a row out of another is wrong
Rated = tuple[dict[str, Any], Observation, dict[str, list[Observation]]]


def usual_columns(sheet: Sheet, rates: Sequence[Rated]) -> frozenset[tuple[str, str | None]]:
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
        choices = [candidates(figures.get(m.lstrip("-"), []), rate)[:2] for m in members]
        for tops in itertools.product(*choices):
            above = add([(sheet.interval(t.id), s) for t, s in zip(tops, signs, strict=True)])
            for bottom in (b for name in bottoms for b in candidates(figures.get(name, []), rate)[:2]):
                computed = quotient(above, sheet.interval(bottom.id))
                if computed and admits(sheet, rate, computed):
                    return True
    return False


_NAMED = re.compile(
    r"(?i)\b(?:(?:so với|trên|trong|lấy)\s+(?:tổng )?số (?:hồ sơ |hs )?|(?:so với|trên)\s+(?:hồ sơ |hs ))(?:(?P<done>đã (?:giải quyết|trả|có kết quả|xử lý)|hoàn tất|hoàn thành)|(?P<new>(?:mới )?(?:tiếp nhận mới|nhận mới|mới tiếp nhận|phát sinh|(?:tiếp )?nhận trong kỳ|mới nộp)))"
)


_NAMED_ABOVE = re.compile(
    r"(?i)(?:/|\b(?:so với|trên|trong))\s*(?:tổng )?(?:số )?(?:hồ sơ |hs )?(?:(?P<done>đã (?:giải quyết|trả|xử lý))|(?P<new>mới (?:tiếp )?nhận|(?:tiếp )?nhận mới|tiếp nhận trong kỳ))"
)


def named_base(rate: Observation) -> str | None:
    """The usual base, where the words before a rate say that it is out of that: "so với số đã giải quyết 95,21%", or where
    its column does: "Tỷ lệ/mới tiếp nhận (%)"."""
    if rate.kind == "table":
        above = _NAMED_ABOVE.search(rate.column or "")
        return None if above is None else "dossiers_resolved_total" if above["done"] else "dossiers_received_new"
    before, found, after = rate.quote.partition(rate.quantity.text)
    if not found:
        return None
    named = list(_NAMED.finditer(before))[-1:]
    opens = bool(named) and before.startswith(":", named[0].end())  # "Trong số đã giải quyết: …; tỷ lệ …"
    if not named or (not opens and re.search(r"[;.]\s", before[named[0].end() :])):
        behind = _NAMED.search(after)
        named = [behind] if behind and not re.search(r"[;.]\s|\d", after[: behind.start()]) else []
    if not named:
        return None
    return "dossiers_resolved_total" if named[0]["done"] else "dossiers_received_new"


def base_before(sheet: Sheet, spec: dict[str, Any], rate: Observation) -> str | None:
    """The usual base of a rate, where the sentence states it before the rate, and no other that it may be out of: "Nhận mới
    2.208 hồ sơ, trong đó 1.846 hồ sơ trực tuyến (83,61%)"."""
    if rate.kind == "table":
        return None
    bases: list[str] = [*spec["bottoms"], *spec["local"]]
    usual, others = bases[0], bases[1:]
    told = sheet.by_locator.get(rate.locator, [])
    last = bisect_left(told, sheet.place[rate.id], key=lambda o: sheet.place[o.id])
    near = itertools.takewhile(lambda o: rate.start - o.start < _REACH, reversed(told[max(0, last - _FEW) : last]))
    named = {o.indicator for o in near if o.unit != "%" and (o.scope, o.period) == (rate.scope, rate.period)}
    tops = {m.lstrip("-") for members in spec["tops"] for m in members}
    return usual if usual in named and named & tops - {usual} and not named & set(others) else None


_REACH, _FEW = 240, 24  # characters, and figures, from a base to its rate


def as_another(sheet: Sheet, spec: dict[str, Any], rate: Observation, figures: dict[str, list[Observation]]) -> bool:
    """Whether a rate that fails holds to its last printed place as another rate of the same dossiers: then its words were
    taken for the wrong one ("đúng hạn" for "trước và đúng hạn"), or the clerk's were."""
    if _of_whole(sheet, spec, rate, figures):
        return True
    if len(str(rate.value).replace(".", "").strip("0")) < 3:
        return False
    for other in identities()["rate"]:
        for members in other["tops"] if other["rate"] != spec["rate"] else ():
            signs = [-1 if m.startswith("-") else 1 for m in members]
            for tops in itertools.product(*(candidates(figures.get(m.lstrip("-"), []), rate)[:2] for m in members)):
                above = add([(sheet.interval(t.id), s) for t, s in zip(tops, signs, strict=True)])
                for bottom in (b for name in other["bottoms"] for b in candidates(figures.get(name, []), rate)[:2]):
                    computed = quotient(above, sheet.interval(bottom.id))
                    if computed and admits(sheet, rate, computed):
                        sheet.tell(
                            rule_of(rate),
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
        for top in candidates(figures.get(name, []), rate):
            for base in candidates(whole.get(name, []), rate):
                computed = quotient(sheet.interval(top.id), sheet.interval(base.id))
                if base.value > top.value and computed and admits(sheet, rate, computed):
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


def of_channels(sheet: Sheet, rate: Observation) -> bool:
    """Whether a share of online hồ sơ holds with the sum of the channels as its base, where no total of what came in
    newly is printed: 35,77% for 402 online and 722 on paper."""
    figures = sheet.groups.get((fold_scope(rate.scope), period_key(rate.period)), {})
    if rate.indicator != "rate_online":
        return False
    for online in candidates(figures.get("dossiers_received_online", []), rate):
        rest = [candidates(figures[name], rate)[0] for name in _CHANNELS if name in figures]
        for parts in (rest[:1], rest[-2:]):
            base = add([(sheet.interval(o.id), 1) for o in (online, *parts)])
            computed = quotient(sheet.interval(online.id), base) if parts else None
            if computed and admits(sheet, rate, computed):
                total = " + ".join(show(o.value) for o in (online, *parts))
                value = significant((computed[0] + computed[1]) / 2, rate.quantity)
                names = " + ".join(short(o.indicator) for o in (online, *parts))
                sheet.tell(
                    rule_of(rate),
                    "ok" if computed[0] == computed[1] == rate.value else "rounding",
                    f"rate_online = 100 × {short(online.indicator)} / ({names})",
                    f"{show(online.value)}/({total}) = {value}%",
                    [rate.id, online.id, *(o.id for o in parts)],
                    stated=rate.value,
                    expected=computed,
                )
                return True
    return False


def rule_of(rate: Observation) -> str:
    return f"ratio.{rate.indicator}" if rate.indicator else "ratio.share"
