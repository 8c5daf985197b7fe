"""From failing relations to findings: one per cause, its figure at fault first, with arithmetic and suggestion."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from pipeline.checks.intervals import show, show_en
from pipeline.checks.mistaken import mistaken
from pipeline.checks.model import Family, Finding, Message, Severity, Suspect
from pipeline.checks.repeats import vouched_for

if TYPE_CHECKING:
    from extractors.model import Observation
    from pipeline.checks.locate import Explanation, Locator
    from pipeline.checks.sheet import Constraint, Sheet

#: Which of several broken relations names a finding: a printed fraction speaks for itself, then totals, then repeats.
_RANK = {"ratio": 0, "sum": 1, "repeat": 2, "bound": 3}


class Placed(Protocol):
    """Anything with an address."""

    @property
    def locator(self) -> str: ...
    @property
    def page(self) -> int | None: ...


@dataclass(slots=True)
class Draft:
    """A finding before it has an id."""

    rule: str
    severity: Severity
    message: Message
    checks: Sequence[str]
    evidence: Sequence[str]
    stated: Decimal | None = None
    expected: Decimal | None = None
    suspect: tuple[str, Decimal | None] | None = None
    suspects: Sequence[Suspect] = field(default_factory=tuple)
    rows: tuple[str, ...] = ()
    quote: str | None = None
    locator: str | None = None
    place: Placed | None = None


def from_constraints(sheet: Sheet, locator: Locator) -> list[Draft]:
    """Findings of all failing constraints: those that one change repairs together are one finding."""
    _withdraw_misread(sheet)
    _withdraw_other_things(sheet)
    failing = [c for c in sheet.constraints if c.check.verdict == "error"]
    failing.sort(key=lambda c: _RANK.get(c.check.family, 9))
    explained = {}
    for constraint in failing:
        options = locator.explain(constraint)
        if reason := mistaken(sheet, constraint) or uncorroborated(sheet, constraint, options):
            sheet.withdraw(constraint, reason)
        else:
            explained[constraint.check.id] = constraint, options
    place = {c.check.id: n for n, c in enumerate(failing)}
    found = locator.corrections(explained)
    drafts = []
    for correction in sorted(found, key=lambda each: min(place[c.check.id] for c in each.together)):
        lead = min(correction.together, key=lambda c: place[c.check.id])
        drafts.append(_draft(sheet, lead, correction.together, correction.options))
    return drafts


_MISREAD_ROWS = 3  # rows of a table in which a relation must fail before its columns count as misread


def _withdraw_misread(sheet: Sheet) -> None:
    """Take back what fails in three rows and more of a table, a third of those tested: one relation between the same
    columns. Then a column is not what its heading was taken for, or the table follows another convention."""
    rows: dict[tuple[str, ...], list[Constraint]] = {}
    for constraint in sheet.constraints:
        figures = [sheet.by_id[name] for name in constraint.ids]
        in_row = len({o.locator.rsplit("/c", 1)[0] for o in figures}) == 1 and len(figures) > 1
        if in_row and all(o.kind == "table" for o in figures):
            columns = sorted(o.column or "" for o in figures)
            rows.setdefault((constraint.check.rule, figures[0].site, *columns), []).append(constraint)
    for tested in rows.values():
        failing = [c for c in tested if c.check.verdict == "error"]
        if len(failing) >= _MISREAD_ROWS and len(failing) * 3 >= len(tested):
            for constraint in failing:
                sheet.withdraw(
                    constraint, "it fails in many rows: the columns were not understood, or mean something else"
                )


_MENTIONS = 60  # of one figure; more are not compared with each other


def _withdraw_other_things(sheet: Sheet) -> None:
    """Take back repeats of which two or more fail between one sentence and another (or a table), and none holds: a sentence
    whose figures all differ speaks of another time or of other dossiers, whatever its words were taken for."""
    apart: dict[tuple[str, str], list[Constraint]] = {}
    agreed: set[tuple[str, str]] = set()
    for constraint in sheet.constraints:
        if constraint.kind != "same" or len(constraint.ids) > _MENTIONS:
            continue
        figures = [sheet.by_id[name] for name in constraint.ids]
        for one, other in itertools.combinations(figures, 2):
            for said, against in ((one, other), (other, one)):
                if said.kind == "table" or said.quote == against.quote or said.unit == "%":
                    continue
                if said.value == against.value:
                    agreed.add((said.site, said.quote))
                elif constraint.check.verdict == "error":
                    apart.setdefault((said.site, said.quote), []).append(constraint)
    for sentence, failing in apart.items():
        different = {c.check.id: c for c in failing}
        if len(different) > 1 and sentence not in agreed:
            for constraint in different.values():
                sheet.withdraw(constraint, "all figures of the sentence differ: it may be of another time or whole")


def uncorroborated(sheet: Sheet, failing: Constraint, options: Sequence[Explanation]) -> str | None:
    """Why a failing relation between figures that only words tie together is no error yet; None where it is.

    Words may be misread. A total row, a printed fraction, a "trong đó" are tied by the page; a bound or a rate of the
    vocabulary is tied by the names that the figures were given. It counts where the change that mends it mends another
    relation too, or is one slip of the keyboard in a figure of three digits or more.
    """
    named = [sheet.by_id[name] for name in failing.ids]
    if (
        not failing.lexical
        or failing.borne_out
        or all(o.kind == "table" for o in named)
        or not _weak(sheet, failing, named)
    ):
        return None
    best = options[0] if options else None
    if best is None:
        return "no single figure explains it: the words may have been misread"
    digits = max(len(sheet.by_id[best.observation].quantity.text.strip("%")), len(show(best.value)))
    if len(best.repairs) > 1 or (best.slip <= 1 and digits >= 3 and failing.check.rule != "bound.part"):
        return None  # of the many values below a limit one is soon a keystroke away
    if failing.kind == "same" and best.slip <= 1 and _agree_else(sheet, named):
        return None
    if failing.kind == "same" and vouched_for(sheet, named):
        return None
    if failing.kind == "ratio" and all(_summed(sheet, name) for name in failing.ids if name != failing.whole):
        return None  # the counts are borne out by sums that hold: the rate is what is wrong
    return "nothing else in the report bears it out: the words may have been misread"


_AGREEING = 5  # figures that a table and the running text must have alike before what differs counts as the same figure


def _agree_else(sheet: Sheet, named: Sequence[Observation]) -> bool:
    """Whether a table states nearly all that it has in common with the running text as that does: then one figure that
    differs by a keystroke is the same figure, mistyped in one of the two."""
    tables = {o.site for o in named if o.kind == "table"}
    if len(tables) != 1 or len(tables) == len({o.kind == "table" and o.site for o in named}):
        return False
    alike, apart = sheet.agreement.get(tables.pop(), (0, 0))
    return alike >= _AGREEING and apart * 4 <= alike


def _weak(sheet: Sheet, failing: Constraint, named: Sequence[Observation]) -> bool:
    """Whether a relation between names needs a second witness.

    Values of one name that are far apart, or two rates told in prose, are often of different things; a sum of the
    vocabulary does where the report's own wording was not understood well.
    """
    of_dossiers = any((o.indicator or "").startswith("dossiers_") for o in named)
    if failing.kind == "same":
        big, small = max(o.value for o in named), min(o.value for o in named)
        of_staff = (named[0].indicator or "").startswith(("civil_servants", "public_employees", "contract"))
        far = small * 10 < big * (9 if of_staff else 8 if of_dossiers else 6) and not (big < 20 and big - small <= 2)
        rates_in_prose = named[0].unit == "%" and all(o.kind != "table" for o in named)
        return far or rates_in_prose or (of_dossiers and not sheet.understood)
    if any(o.kind == "table" for o in named) or not of_dossiers:
        return False
    return failing.kind != "equal" or not sheet.understood


def _summed(sheet: Sheet, name: str) -> bool:
    """Whether a sum holds with a figure."""
    return any(c.kind == "equal" and c.check.verdict == "ok" for c in sheet.holding.get(name, []))


def _draft(sheet: Sheet, lead: Constraint, together: Sequence[Constraint], options: Sequence[Explanation]) -> Draft:
    suspects = _suspects(sheet, options)
    if not suspects and len(lead.ids) == 1:
        suspects = [Suspect(lead.ids[0], None, f"{lead.check.arithmetic}.", lead.check.arithmetic)]
    ids = [s.observation for s in suspects[:1]] + [n for c in (lead, *together) for n in c.ids]
    check = lead.check
    vi, en = _wording(sheet, lead)
    if suspects and suspects[0].suggestion is not None:
        o = sheet.by_id[suspects[0].observation]
        percent = "%" if o.unit == "%" else ""
        vi += (
            f" Nhiều khả năng “{o.quantity.text}” phải là {show(suspects[0].suggestion)}{percent}: {suspects[0].reason}"
        )
        en += f" Most likely “{o.quantity.text}” should be {show_en(suspects[0].suggestion)}{percent}."
    stated, expected = check.stated, None
    if suspects and suspects[0].suggestion is not None:
        stated, expected = sheet.by_id[suspects[0].observation].value, suspects[0].suggestion
    return Draft(
        check.rule,
        "error",
        Message(vi, en),
        [c.check.id for c in together],
        list(dict.fromkeys(ids)),
        stated,
        expected,
        suspects=suspects,
    )


def _suspects(sheet: Sheet, options: Sequence[Explanation]) -> list[Suspect]:
    """The likeliest explanations, one per figure; a tie is said."""
    best: list[Suspect] = []
    named: set[str] = set()
    equal = {o.observation for o in options if o.balance == options[0].balance}
    for option in options:
        if option.observation in named or len(best) == 3:
            continue
        named.add(option.observation)
        proof = "; ".join(_after(sheet, c, option) for c in option.repairs[:2])
        reason = proof + "." if proof else "thỏa mọi quan hệ đã kiểm tra."
        if option.copied and option.slip > 1:
            reason += " Có thể chép nhầm từ số bên cạnh."
        tied = len(equal) > 1 and option.observation in equal
        if tied:
            slips = option.slip <= 1 and option.cost < max(o.cost for o in options if o.observation in equal)
            reason += f" Phép tính chưa phân định được với số khác{'; số này chỉ lệch một lần gõ' if slips else ''}."
        if _only_bounded(option):  # that one figure exceeds another does not say what it should be
            limit = "; ".join(c.check.arithmetic for c in option.repairs[:2])
            best.append(Suspect(option.observation, None, f"{limit}.", limit, tied))
            continue
        said = proof or "satisfies every relation tested"
        best.append(Suspect(option.observation, option.value, reason, said, tied))
    return best


def _only_bounded(option: Explanation) -> bool:
    """Whether a proposal is merely the limit that the figure exceeds, not a figure it could have been typed for."""
    bounds = bool(option.repairs) and all(c.check.family == "bound" for c in option.repairs)
    return bounds and option.slip > 2 and not option.copied


def _after(sheet: Sheet, c: Constraint, option: Explanation) -> str:
    """The repaired relation with the proposal put in."""

    def value(name: str) -> Decimal:
        return option.value if name == option.observation else sheet.by_id[name].value

    if c.kind == "same":
        return f"chỗ khác ghi {show(option.value)}"
    if c.kind == "share":
        return "tỷ lệ không quá 100%"
    parts = "".join((" + " if s > 0 else " − ") * bool(i) + show(value(p)) for i, (p, s) in enumerate(c.parts))
    if c.kind == "ratio" and c.base and c.whole:
        top = f"({parts})" if len(c.parts) > 1 else parts
        return f"{top}/{show(value(c.base))} = {show(value(c.whole))}%"
    if c.kind == "mean" and c.whole:
        return f"trung bình của {len(c.parts)} số là {show(value(c.whole))}"
    if c.kind == "growth" and c.base and c.whole:
        return f"({parts})/{show(value(c.base))} = {show(value(c.whole))}%"
    if c.kind == "product" and c.base and c.factor and c.whole:
        return f"{parts}/{show(value(c.base))} × {show(value(c.factor))} = {show(value(c.whole))}"
    sign = "=" if c.kind == "equal" else "≤"
    left, right = (
        (show(value(c.whole)), parts) if c.kind == "equal" and c.whole else (parts, show(value(c.whole or "")))
    )
    return f"{left} {sign} {right}"


def _wording(sheet: Sheet, c: Constraint) -> tuple[str, str]:
    check = c.check
    if check.family == "repeat":
        said = list(dict.fromkeys(show(sheet.by_id[n].value) for n in check.observations))
        unit = sheet.by_id[check.observations[0]].unit or ""
        first = sheet.by_id[check.observations[0]]
        vi = f"Cùng một chỉ tiêu được ghi các giá trị khác nhau: {' và '.join(said)} {unit} (“{first.quote}”)."
        return vi, f"One indicator is stated with different values: {' and '.join(said)}."
    if check.family == "ratio":
        rate = sheet.by_id[check.observations[0]]
        return (
            f"Ghi {rate.quantity.text} nhưng {check.arithmetic}.",
            f"{rate.quantity.text} is stated, but {check.arithmetic}.",
        )
    if check.family == "bound":
        return f"Vượt giới hạn: {check.arithmetic}.", f"Out of bounds: {check.arithmetic}."
    over = c.kind == "at_most"
    vi = f"{'Các phần vượt tổng' if over else 'Tổng không bằng các phần'}: {check.arithmetic}."
    return vi, f"{'The parts exceed the total' if over else 'The total differs from its parts'}: {check.arithmetic}."


def number(sheet: Sheet, drafts: Iterable[Draft]) -> tuple[Finding, ...]:
    """Findings with ids that survive a re-run: made of rule, figures and quotes, not of running numbers."""
    facts = {**sheet.by_id, **{c.id: c for c in sheet.report.citations}}
    rank = {"error": 0, "warning": 1, "info": 2}
    findings: list[Finding] = []
    seen: dict[str, int] = {}
    for draft in sorted(drafts, key=lambda d: rank[d.severity]):
        says = [
            draft.rule,
            *(f"{getattr(facts[e], 'quote', '')}" for e in draft.evidence[:2] if e in facts),
            draft.quote or "",
            *draft.rows,
        ]
        digest = hashlib.sha256("\x1f".join(says).encode()).hexdigest()[:12]
        seen[digest] = seen.get(digest, 0) + 1
        name = f"f{digest}" + (f"-{seen[digest]}" if seen[digest] > 1 else "")
        family: Family = draft.rule.partition(".")[0]  # type: ignore[assignment]
        suspects = tuple(draft.suspects) or (
            (Suspect(draft.suspect[0], draft.suspect[1], draft.message.vi, draft.message.en),) if draft.suspect else ()
        )
        gap = draft.stated - draft.expected if draft.stated is not None and draft.expected is not None else None
        place = draft.place
        findings.append(
            Finding(
                name,
                draft.rule,
                family,
                draft.severity,
                draft.message,
                draft.stated,
                draft.expected,
                gap,
                tuple(draft.checks),
                tuple(draft.evidence),
                suspects,
                draft.rows,
                draft.quote,
                draft.locator or (place.locator if place else None),
                place.page if place else None,
            )
        )
    return tuple(findings)
