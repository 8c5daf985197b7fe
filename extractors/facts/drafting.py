"""Observations and relations of a stretch of text, written down as drafts."""

from __future__ import annotations

import re

from extractors.facts import binding, scopes
from extractors.facts.clauses import Figure
from extractors.facts.doubt import doubt_of
from extractors.facts.draft import Draft, DraftRelation, Harvest
from extractors.facts.numbers import NumberSpan, Qualifier
from extractors.facts.own_periods import period_of
from extractors.facts.stretch import Stretch
from extractors.facts.units import name_of
from extractors.facts.whose import Whose
from extractors.model import Period, Role
from extractors.vocabulary import FigureKind, indicators

_LABEL_END = re.compile(r"(?i)(?::|=|\b(?:là|đạt|có|được|còn|gồm|tổng|cộng|tổng số|tổng cộng))\s*$")

_LONG, _AROUND = 240, 100  # a sentence up to this many characters is quoted whole, else so much around the figure


_POSTS = frozenset({"civil_servants_assigned", "public_employees_assigned"})
_RATES = frozenset({"rate_on_time", "rate_early", "rate_late", "rate_online"})
_CARRIED_IN = re.compile(
    r"(?i)\b(?:tính|kể|gồm|bao gồm) cả\b[^.;]{0,40}\b(?:(?:kỳ|quý|tháng|năm) trước|đầu (?:kỳ|quý|tháng|năm))\b"
)
_NAMED_BASE = re.compile(
    r"(?i)(?:^|[\s(])(?:trong (?:tổng )?số|trong tổng|lấy|tính trên|so với (?:toàn bộ|tổng)|trên tổng)(?=\s)"
)
#: What shows that a count of procedures is of all those in force.
_SAYS_WHICH = frozenset({"total", "jurisdiction", "published", "internal_process", "received"})


class Drafter:
    """Writes what was bound into `out`."""

    def __init__(self, stretch: Stretch, whose: Whose) -> None:
        self.stretch, self.whose, self.out = stretch, whose, Harvest()

    def draft(
        self,
        figure: Figure,
        number: NumberSpan,
        of: FigureKind,
        features: frozenset[str],
        indicator: str | None,
        role: Role,
        qualifier: Qualifier | None,
    ) -> Draft:
        around = self.stretch.around
        passage, start, end = around.origin(number.start, number.end)
        if of == "count" and not binding.fits(indicator, figure.unit):
            indicator = None
        draft = Draft(
            number.quantity,
            passage,
            start,
            end,
            self.quote(figure),
            around.site,
            (around.order, number.start),
            of,
            indicator,
            figure.unit,
            kind=around.kind,
            role=role,
            qualifier=qualifier,
            row=around.row,
            column=around.column,
            section=around.section,
            features=features,
        )
        if of == "percent":
            draft.unit = "%"
        elif of == "rank":
            draft.unit = draft.unit or "hạng"
        elif draft.unit is None and figure.group and figure.group.unit and self.says(figure, features):
            draft.unit = figure.group.unit
        elif draft.unit is None:
            draft.unit = name_of(features) or (indicators()[indicator].unit if indicator else None)
        draft.scope = self.whose.of(figure, indicator, of, role)
        draft.period = period_of(
            self.stretch.text, self.stretch.mentions, figure, self.stretch.report, self.stretch.around.period
        )
        draft.period = draft.period or self._bracketed(figure)
        draft.doubt = doubt_of(self.stretch.plain, figure, self.stretch.known, draft.scope, draft.period is not None)
        vague = number.qualifier or number.quantity.approx or draft.scope is not None
        if indicator == "dossiers_received_new" and "new" not in features and vague:
            draft.doubt = draft.doubt or "what was carried over may be in it"
        if indicator in _POSTS and "assigned" not in features:
            draft.doubt = draft.doubt or "whether posts or people are counted is not said"
        if indicator in _RATES and (base := self._other_base(figure, indicator)):
            draft.doubt = draft.doubt or f"out of another base: {base}"
        if indicator == "procedures_total" and not features & _SAYS_WHICH:
            draft.doubt = draft.doubt or "only that procedures are counted is said, not which"
        self.out.drafts.append(draft)
        return draft

    def _other_base(self, figure: Figure, indicator: str) -> str | None:
        """The base that a sentence names for a rate, where it is not what rates are usually out of: "Trong số 9.765 hồ sơ đến
        hạn …, số đúng hạn chiếm 98,6%", "đem so với toàn bộ khối lượng phải xử lý thì …"."""
        base = _NAMED_BASE.search(self.stretch.text, figure.sentence[0], figure.start)
        if base is None:
            return None
        found = binding.nearest(self.stretch.cues_within(base.end(), min(base.end() + 60, figure.start)), False)
        of_all = found & binding.ACTIONS == {"received"}
        if indicator == "rate_online":
            of_all = of_all and bool(_CARRIED_IN.search(self.stretch.text, *figure.sentence))
        return " ".join(base[0].split()) if "due" in found or of_all else None

    def _bracketed(self, figure: Figure) -> Period | None:
        """The period of the figure before a bracket, for what stands in it: "cùng kỳ năm 2021 là 98,6% (đã giải quyết 2.049
        hồ sơ, trong đó …)"."""
        text, head = self.stretch.text, figure.sentence[0]
        opens = text.rfind("(", head, figure.start)
        if opens < 0 or ")" in text[opens : figure.start]:
            return None
        before = [d for d in self.out.drafts[-16:] if head <= d.order[1] < figure.start]
        last = next((d for d in reversed(before) if d.order[1] < opens), None)
        first = next((d for d in before if d.order[1] > opens), None)
        named = any(opens < s.start < figure.start for s in self.stretch.mentions.periods)
        if named:
            return first.period if first else None
        near = last is not None and not re.search(r"[;:.]\s", text[last.order[1] : opens])
        return first.period if first else last.period if last and near else None

    def says(self, figure: Figure, own: frozenset[str]) -> bool:
        """Whether the clause itself shows that the figure counts something: a unit, a word for it, or a label's end."""
        named = bool(
            figure.group and figure.before and scopes.of_text(self.stretch.plain[slice(*figure.before[0])], ())
        )
        return bool(
            figure.unit
            or own - binding.IDLE
            or named
            or _LABEL_END.search(self.stretch.text[max(0, figure.start - 20) : figure.start])
        )

    def relate(self, kind: str, terms: list[tuple[str, Draft, int]], figure: Figure) -> None:
        locator = terms[0][1].passage.locator
        self.out.relations.append(DraftRelation(kind, terms, locator, self.quote(figure)))  # type: ignore[arg-type]

    def quote(self, figure: Figure) -> str:
        """The clause of a figure, or its whole sentence where that is short."""
        start, end = figure.sentence
        if end - start > _LONG:
            first, last = figure.clause
            start = max(start, min(first, figure.start - _AROUND))
            end = min(end, max(last, figure.unit_end + _AROUND))
            start = self.stretch.text.find(" ", start, figure.start) + 1 if start > figure.sentence[0] else start
            end = self.stretch.text.rfind(" ", figure.unit_end, end) if end < figure.sentence[1] else end
            end = end if end > figure.unit_end else figure.unit_end
        return " ".join(self.stretch.text[start:end].split())
