"""Figures printed as one expression: "43/43", "hạng 12/63", "(93.552/93.560 × 7 = 6,9994)", "24 … trên tổng số 25"."""

from __future__ import annotations

import re

from extractors.facts import binding
from extractors.facts.clauses import Figure
from extractors.facts.draft import Draft
from extractors.facts.drafting import Drafter
from extractors.facts.numbers import NumberSpan
from extractors.facts.sentence import Bound, over
from extractors.model import Role
from extractors.vocabulary import FigureKind

_OVER = re.compile(r"(?i)(?:\b(?:trên|/)\s*(?:tổng\s+)?(?:số\s+)?(?:là\s+)?|\btrong\s+(?:tổng\s+)?(?:số\s+)?)$")


def fraction(drafter: Drafter, bound: Bound, of: FigureKind, role: Role) -> None:
    figure, full = bound.figure, bound.features
    above, below = figure.numbers
    if of == "rank":
        names: tuple[Role, Role] = ("value", "field_size")
        first, second = binding.choose(full | {"rank"}, "rank"), None
    elif of == "score":
        names, first, second = ("value", "max"), binding.choose(full, "score"), None
    else:
        names = ("numerator", "denominator")
        first, second = over(full, figure.unit if figure.unit in binding.PROCEDURES else None)
    behind = max((end for _, end in figure.after), default=figure.unit_end)
    timed = binding.features(drafter.stretch.cues_within(figure.unit_end, behind)) & binding.TIMINGS
    if first == "dossiers_resolved_total" and timed:  # "343 trên 967 hồ sơ đã giải quyết được trả đúng hạn"
        first, second = over(full | timed)
    if role not in ("value", "target"):
        first = second = None
    top = drafter.draft(figure, above, of, full, first, names[0], above.qualifier)
    bottom = drafter.draft(figure, below, of, full, second, names[1], below.qualifier)
    if of == "rank":
        top.unit, bottom.unit = "hạng", figure.unit or "đơn vị"
    elif of == "score" and bottom.scope is None and figure.before:
        piece = drafter.stretch.text[figure.before[0][0] : figure.before[0][1]]
        bottom.scope = re.sub(r"(?i)\b(?:đạt|là|được|có|trong đó)\b", "", piece).strip(" ,;:(*") or None
        bottom.scope = None if first == "par_index_score" else bottom.scope
    bound.drafts += [top, bottom]
    kind = {"rank": ("rank", "value", "field"), "score": ("maximum", "value", "maximum")}.get(
        of, ("fraction", "numerator", "denominator")
    )
    drafter.relate(kind[0], [(kind[1], top, 1), (kind[2], bottom, 1)], figure)


def product(drafter: Drafter, bound: Bound) -> None:
    figure, product = bound.figure, bound.figure.product
    assert product is not None
    terms: list[tuple[str, Draft, int]] = []
    score = binding.choose(bound.features | {"verified_score"}, "score") if product.result else None
    roles: dict[str, tuple[NumberSpan | None, Role]] = {
        "numerator": (product.numerator, "numerator"),
        "denominator": (product.denominator, "denominator"),
        "factor": (product.factor, "max"),
        "result": (product.result, "value"),
    }
    for name, (number, role) in roles.items():
        if number is None:
            continue
        draft = drafter.draft(
            figure,
            number,
            "score" if name in ("factor", "result") else "count",
            bound.features,
            score if name == "result" else None,
            role,
            None,
        )
        draft.unit = "điểm" if name in ("factor", "result") else None
        terms.append((name, draft, 1))
        bound.drafts.append(draft)
    drafter.relate("product", terms, figure)


def base_of(drafter: Drafter, figure: Figure, full: frozenset[str], done: list[Bound]) -> Bound | None:
    """The count before "trên tổng số N": "hoàn thành 24 nhiệm vụ trên tổng số 25 nhiệm vụ" says a fraction in words."""
    if (
        figure.fraction
        or figure.product
        or not done
        or not _OVER.search(drafter.stretch.text, figure.sentence[0], figure.start)
    ):
        return None
    top = done[-1]
    near = figure.start - top.figure.unit_end < 60 and top.figure.unit == figure.unit and len(top.drafts) == 1
    plain = not full & (binding.TIMINGS | binding.CHANNELS | {"new", "carried", "pending"})
    return top if near and plain and not top.figure.percent and not top.figure.fraction else None


def out_of(drafter: Drafter, bound: Bound, top: Bound, of: FigureKind, role: Role) -> None:
    """Bind a denominator said in words, and relate it to its numerator."""
    figure = bound.figure
    if top.drafts[0].indicator is None and "present" in top.features:  # "53 người có mặt trên 55 người theo biên chế"
        whose = bound.features & binding.STAFF
        top.drafts[0].indicator = binding.choose(top.features | whose, of, figure.unit) if whose else None
    if of == "score":
        draft = drafter.draft(figure, figure.numbers[0], of, bound.features, None, "max", None)
        bound.drafts.append(draft)
        drafter.relate("maximum", [("value", top.drafts[0], 1), ("maximum", draft, 1)], figure)
        return
    indicator = over(top.features)[1] or binding.choose(bound.features, of, figure.unit)
    draft = drafter.draft(figure, figure.numbers[0], of, bound.features, indicator, role, figure.numbers[0].qualifier)
    bound.drafts.append(draft)
    if top.drafts[0].role == "value" and top.drafts[0].quantity.value <= draft.quantity.value:
        shares = (r for r in drafter.out.relations if r.kind == "share" and r.terms[-1][1] is top.drafts[0])
        share = next((r for r in shares if len(r.terms) == 2), None)
        if share:  # "là 67,60%, ứng với 1.711 hồ sơ trên 2.414 hồ sơ"
            share.terms.append(("denominator", draft, 1))
        else:
            drafter.relate("fraction", [("numerator", top.drafts[0], 1), ("denominator", draft, 1)], figure)
