"""Percentages bound to the counts they are a share of, whatever the order in which they are printed."""

from __future__ import annotations

import itertools
import re
from functools import cache

from extractors.facts import binding, scopes
from extractors.facts.clauses import Figure, is_filler
from extractors.facts.draft import Draft
from extractors.facts.drafting import Drafter
from extractors.facts.numbers import Qualifier
from extractors.facts.sentence import Bound
from extractors.model import Role
from extractors.vocabulary import FigureKind, indicators

_OUT_OF = re.compile(r"(?i)\b(?:trong|trên|qua)\s+(?:tổng\s+)?(?:số\s+)?$")

_AGAIN = re.compile(r"(?i)\s*\(\s*(?:tức(?: là)?|chính xác(?: là)?|cụ thể(?: là)?)?\s*")

#: "đạt 99,63% (tháng 8 là 99,48%, cùng kỳ năm trước là 98,9%)": the same rate of other times.
_OTHER_TIME = re.compile(
    r"(?i)\s*[(,;]\s*(?:so với\s+)?(?:tháng|quý|năm|kỳ|tuần|cùng kỳ|6 tháng)\b[^(),;:%]{0,40}?\s(?:là|đạt|:)\s+"
)
_AGAINST_RATE = re.compile(r"(?i)\s*[,(]?\s*(?:tăng|giảm|cao hơn|thấp hơn|so với|vượt)[^;:()\d]{0,40}\bmức\s+")

_RATE_OF = re.compile(r"(?i)[\s\-+*]*(?:tỷ lệ|tỉ lệ|số(?! hóa)|tổng số)\s")

_TOTALS = frozenset({"dossiers_received_total", "dossiers_received_new", "dossiers_resolved_total"})
_BASE = r"(?i)\s*(?:trên |so với |của |trong )?(?:tổng |toàn bộ )?(?:số|lượng|khối lượng|danh mục|toàn bộ)\b"
#: "đạt 77,10% so với 566 hồ sơ nhận mới"
_BASE_NEXT = re.compile(r"(?i)\s*(?:so với|trên|trong|của|tính trên)\s+(?:tổng )?(?:số )?\s*$")
_BASE_BRACKET = re.compile(_BASE + r"[^;:.()\d]{0,80}\(\s*")
_WITH = re.compile(
    r"(?i)\s*,?\s*(?:(?:là )?ứng với|với|tương ứng(?: với)?|tương đương(?: với)?)\s+(?:số lượng |tổng số )?"
)  # "chiếm 39,46% với 104.478 hồ sơ"
_BASE_NAMED = re.compile(_BASE + r"\s[^,;:.()\d]{3,80}")
#: "39,5% trả đúng hẹn (395 hồ sơ)", "Sở Y tế 40%, tức 400 hồ sơ": the count that a share comes to.
_COMES_TO = re.compile(
    r"(?i)[^;:.()\d]{0,90}\(\s*(?:(?:tức|tương ứng|tương đương|với|là|ứng với|số lượng|cụ thể|có)\s+)*|"
    r"\s*[,(–-]?\s*(?:tức|tức là|tương ứng(?: với)?|tương đương(?: với)?|ứng với|hay)\s+(?:là\s+)?"
)
#: "trên tổng số 3.405 hồ sơ (kể cả 134 hồ sơ tồn kỳ trước), đạt 96,42%"
_INCLUDING = re.compile(
    r"(?i)\(\s*(?:kể cả|gồm cả|bao gồm cả|tính cả|cả|không (?:kể|tính)|chưa (?:kể|tính)|ngoài)\s[^()\d]*$"
)
#: "Về cơ cấu số đã giải quyết (12.151 hồ sơ): Sở Y tế chiếm 8,68%": how a whole is made up.
_MADE_UP = re.compile(
    r"(?i)\b(?:cơ cấu|tỷ trọng|tỉ trọng|chiếm|đóng góp|phân bổ|phân bố|phân theo|chia theo|theo (?:từng|các) (?:cấp|lĩnh vực|cơ quan|đơn vị))\b"
)
#: A rate of its own for each, not its share: "tỷ lệ đúng hạn", but not "tỷ lệ phân theo từng cấp".
_RATE_OF_EACH = re.compile(r"(?i)\b(?:tỷ lệ|tỉ lệ)(?! (?:phân|chia|theo|của từng))\b")
_MARK, _TAIL = re.compile(r"[;.:,(\d]"), 120
#: "cấp tỉnh 38.735 hồ sơ, bằng 16,77% tổng số": out of what all of them are together.
_OF_ALL = re.compile(r"(?i)\s*(?:của |trong |trên )?(?:tổng số|tổng cộng|tổng thể)\s*(?:[,;.)]|$)")
OPENED = re.compile(r"(?i)\s*\(\s*(?:(?:tương ứng|tương đương|ứng|tức)(?: với| là)?\s+)?")


class Shares:
    """The percentages of one stretch of text."""

    def __init__(self, drafter: Drafter) -> None:
        self.drafter, self.stretch, self.whose = drafter, drafter.stretch, drafter.whose

    def restated(self, figure: Figure, done: list[Bound]) -> Bound | None:
        """ "đạt gần 99% (98,93%)": the same rate said again in a bracket; "(tháng 8 là 99,48%)": or of another time."""
        if not done or not done[-1].figure.percent or not done[-1].drafts:
            return None
        before, first = done[-1], done[-1].drafts[0]
        gap = (before.figure.unit_end, figure.start)
        again = _AGAIN.fullmatch(self.stretch.text, *gap)
        other = _OTHER_TIME.fullmatch(self.stretch.text, *gap)
        against = _AGAINST_RATE.fullmatch(self.stretch.text, *gap)
        if against and any(gap[0] <= c.start < gap[1] for c in self.stretch.cues if c.features[:1] != ("change",)):
            against = None  # another rate is named
        if not (again or other or against):
            return None
        number = figure.numbers[0]
        draft = self.drafter.draft(
            figure, number, "percent", before.features, first.indicator, first.role, number.qualifier
        )
        draft.scope, draft.period = first.scope, first.period if again else draft.period
        if not again and draft.period == first.period:
            draft.doubt = "may be of another time"
        return Bound(figure, before.features, [draft])

    def structure(self, figure: Figure, own: frozenset[str], done: list[Bound], role: Role) -> Bound | None:
        """The share that an office or field has in a whole: it has no name but whose it is."""
        if role != "value" or own - binding.IDLE - {"unit", "dossier"} or not figure.before:
            return None
        wholes = [b for b in done if _shareable(b) and len(b.drafts) == 1 and b.drafts[0].scope is None]
        first = self.stretch.text[figure.sentence[0] : figure.start]
        if not wholes or not _MADE_UP.search(first) or _RATE_OF_EACH.search(first):
            return None
        number = figure.numbers[0]
        draft = self.drafter.draft(figure, number, "percent", frozenset(), None, "value", number.qualifier)
        words = self.stretch.plain[slice(*figure.before[0])]
        last = done[-1]
        of_last = (
            not last.figure.percent and draft.scope == last.drafts[0].scope and last.figure.unit_end < figure.start
        )
        if of_last and OPENED.match(self.stretch.text, last.figure.unit_end):
            draft.scope = None  # "Sở Y tế 1.698 hồ sơ (tỷ trọng 24,9%)": the share of that count
        if not draft.scope or not (scopes.of_text(words, self.stretch.own) or draft.scope in words):
            self.drafter.out.drafts.pop()
            return None
        return Bound(figure, frozenset(), [draft])

    def counted(self, figure: Figure, own: frozenset[str], done: list[Bound]) -> Bound | None:
        """A count right behind its share, which says no more than how many that are: what the share is of, or the part of
        the whole that it names."""
        if not done or not done[-1].figure.percent or len(done[-1].drafts) != 1 or len(figure.numbers) != 1:
            return None
        before, rate = done[-1], done[-1].drafts[0]
        gap = self.stretch.text[before.figure.unit_end : figure.start]
        if rate.role != "value" or own - binding.IDLE - {"dossier", "procedure"} - before.features:
            return None
        if not _COMES_TO.fullmatch(gap) or re.match(_BASE, gap):
            return None
        if rate.indicator:
            indicator = binding.choose(before.features - {"rate"}, "count", figure.unit)
        else:
            wholes = [b for b in done if _shareable(b) and b.figure.unit == figure.unit and len(b.drafts) == 1]
            whole = next((b for b in wholes if b.figure is figure.group), wholes[0] if wholes else None)
            named = rate.scope is not None and whole is not None and rate.scope != whole.drafts[0].scope
            if whole is None or not named or rate.scope in _labels():
                return None
            indicator = whole.drafts[0].indicator
        if indicator is None:
            return None
        number = figure.numbers[0]
        draft = self.drafter.draft(figure, number, "count", before.features, indicator, "value", number.qualifier)
        draft.scope = rate.scope
        bound = Bound(figure, before.features, [draft])
        self._rate_before(rate, bound)
        return bound

    def respective(self, figure: Figure, done: list[Bound], role: Role, qualifier: Qualifier | None) -> Bound | None:
        """ "907 hồ sơ đúng hạn, 12 hồ sơ quá hạn, lần lượt chiếm 98,69% và 1,31%": the n-th share is of the n-th count."""
        text = self.stretch.text
        at = text.rfind("lần lượt", figure.sentence[0], figure.start)
        if at < 0:
            return None
        numbers = [n for n in self.stretch.mentions.numbers if at < n.start < figure.sentence[1]]
        shares = list(itertools.takewhile(lambda n: n.percent, numbers))
        counts = [b for b in done if _shareable(b) and b.figure.unit_end <= at and len(b.drafts) == 1][-len(shares) :]
        place = next((k for k, n in enumerate(shares) if n.start == figure.start), None)
        if place is None or len(shares) < 2 or len(counts) < len(shares):
            return None
        return self.share(figure, [counts[place]], role, qualifier)

    def leans(self, figure: Figure, mine: frozenset[str], done: list[Bound]) -> bool:
        """Whether a percentage says how large the count before it is."""
        if not any(_shareable(b) for b in done) or mine - binding.IDLE:
            return False
        last = done[-1].figure
        if ";" in self.stretch.text[last.unit_end : figure.start]:
            return last.group is not None
        near = figure.before[0] if figure.before else None
        return near is None or is_filler(self.stretch.text[near[0] : near[1]])

    def share(self, figure: Figure, done: list[Bound], role: Role, qualifier: Qualifier | None) -> Bound:
        """A percentage right behind a count: a share of what that count is part of. Its indicator may be said by a
        count farther before ("Trong 38.114 hồ sơ có nghĩa vụ tài chính, có 21.406 hồ sơ …, đạt 56,1%")."""
        counts = self._open_counts(figure, [b for b in reversed(done) if _shareable(b)])
        counts = self._above_the_line(counts)
        near, chosen, indicator = counts[0], counts[0], None
        tail = self._tail_features(figure)
        for candidate in counts[:3]:
            if candidate is not near and _nameless(near) and not self._is_base(candidate):
                continue  # the count right before was not understood: its share is not that of the one before it
            alone = binding.choose(candidate.features, "percent")
            told = binding.choose(candidate.features | tail, "percent")
            indicator = (told or alone) if tail & (binding.TIMINGS | binding.CHANNELS) else (alone or told)
            if indicator:
                chosen = candidate
                break
        if (
            indicator == "rate_on_time"
            and any({"early"} <= b.features and "on_time" not in b.features for b in done)
            and "early" not in chosen.features
        ):
            indicator = None
        if chosen.drafts[0].scope is not None and _OF_ALL.match(self.stretch.text, figure.unit_end):
            indicator = None
        draft = self.drafter.draft(
            figure,
            figure.numbers[0],
            "percent",
            chosen.features,
            indicator if role == "value" else None,
            role,
            qualifier,
        )
        words = " ".join(self.stretch.plain[start:end] for start, end in figure.after)
        if draft.scope is None or draft.scope != scopes.of_text(words, self.stretch.own):  # "40% thuộc Sở Y tế"
            draft.scope = self._share_scope(draft, chosen, counts)
        if role == "value" and draft.period == near.drafts[0].period:
            if near.figure.group and ";" in self.stretch.text[near.figure.unit_end : figure.start]:
                draft.doubt = "which count the rate is of is not said"
            else:
                self._related_share(figure, draft, near, chosen, counts)
        return Bound(figure, chosen.features, [draft])

    def _open_counts(self, figure: Figure, counts: list[Bound]) -> list[Bound]:
        """Counts, nearest first, without those of a bracket that is closed: "245.012 hồ sơ (cấp tỉnh 51.000, cấp xã 100.246),
        chiếm 56,2%" is a share of the first."""
        inner = counts[0].figure
        aside = _INCLUDING.search(self.stretch.text, max(0, inner.start - 40), inner.start)
        if aside and ")" in self.stretch.text[inner.unit_end : figure.start] and len(counts) > 1:
            counts = counts[1:]
            inner = counts[0].figure
        places = [n for n, bound in enumerate(counts) if bound.figure is inner.group]
        members = sum(bound.figure.group is inner.group for bound in counts)
        if places and members > 1 and ")" in self.stretch.text[inner.unit_end : figure.start]:
            return counts[places[0] :]
        return counts

    def _above_the_line(self, counts: list[Bound]) -> list[Bound]:
        """ "245 hồ sơ trễ hẹn trên 80.321 hồ sơ đã trả, tức 0,31%": the share is named by what is above the line."""
        last = counts[0].drafts[-1]
        words = next((r for r in self.drafter.out.relations if r.kind == "fraction" and r.terms[-1][1] is last), None)
        if (
            words is None
            or len(counts[0].drafts) > 1
            or len(counts) < 2
            or counts[1].drafts[0] is not words.terms[0][1]
        ):
            return counts
        return [counts[1], counts[0], *counts[2:]]

    def _related_share(self, figure: Figure, rate: Draft, near: Bound, chosen: Bound, counts: list[Bound]) -> None:
        """The relation of a share: with the fraction printed before it, or with its count and the base that is named."""
        first = near.drafts[0]
        if len(near.drafts) == 2 and near.figure.fraction:
            relation = next(r for r in self.drafter.out.relations if any(t[1] is first for t in r.terms))
            if all(name != "rate" for name, _, _ in relation.terms):
                relation.terms.append(("rate", rate, 1))
            return
        fractions = (r for r in self.drafter.out.relations if r.kind == "fraction")
        words = next((r for r in fractions if first in (r.terms[0][1], r.terms[-1][1])), None)
        if words and len(words.terms) == 2:  # "04 nhiệm vụ trên tổng số 22 nhiệm vụ (18,18%)"
            words.terms.append(("rate", rate, 1))
            return
        near_is_base = chosen is not near and (self._is_base(near) or _larger_total(near, chosen))
        above, below = (chosen, near) if near_is_base else (near, chosen)
        terms = [("rate", rate, 1), ("numerator", above.drafts[0], 1)]
        if above is not below and (near_is_base or self._is_base(below)):
            terms.append(("denominator", below.drafts[-1], 1))
        elif above is below:
            least = above.drafts[0].quantity.value
            bases = (b.drafts[-1] for b in counts[1:] if self._is_base(b))
            terms += [("denominator", base, 1) for base in itertools.islice(bases, 1) if base.quantity.value >= least]
        self.drafter.relate("share", terms, figure)
        self.drafter.out.relations[-1].expression = self._base_named(figure)

    def _base_named(self, figure: Figure) -> str | None:
        """The indicator named behind a percentage as what it is out of: "chiếm 74,3% số hồ sơ tiếp nhận mới"."""
        base = _BASE_NAMED.match(self.stretch.text, figure.unit_end, figure.sentence[1])
        if base is None:
            return None
        found = binding.nearest(self.stretch.cues_within(base.start(), base.end()), True) - {"rate"}
        return binding.choose(found | {"dossier"}, "count") if found & binding.ACTIONS else None

    def _is_base(self, bound: Bound) -> bool:
        """Whether a count is named as what a share is out of: "trên tổng số 33.459 hồ sơ", "trong 38.114 hồ sơ"."""
        return bool(_OUT_OF.search(self.stretch.text[max(0, bound.figure.start - 24) : bound.figure.start]))

    def _tail_features(self, figure: Figure) -> frozenset[str]:
        """What the clause goes on to say after the bracket of a percentage: "(đạt 100%) cũng được công khai"."""
        cues = self.stretch.cues_within(figure.unit_end, min(figure.sentence[1], figure.unit_end + _TAIL))
        marks = _MARK.finditer(self.stretch.text, figure.unit_end, figure.sentence[1])
        stop = next((m for m in marks if not any(c.start < m.start() < c.end for c in cues)), None)
        end = stop.start() if stop else figure.sentence[1]
        return binding.features(self.stretch.cues_within(figure.unit_end, end)) - binding.ACTIONS

    def _share_scope(self, rate: Draft, chosen: Bound, counts: list[Bound]) -> str | None:
        """A share is of the scope of its count, unless counts of several scopes precede it; one outside the vocabulary
        is named by what it is a share of."""
        first = chosen.drafts[0]
        if rate.indicator is None and first.indicator:
            return first.scope or indicators()[first.indicator].name_vi
        named = chosen.figure.before and _RATE_OF.match(self.stretch.text[chosen.figure.before[-1][0] :])
        if rate.indicator and first.indicator is None and first.scope is None and named:
            label = self.whose.label(chosen.figure)
            for draft in chosen.drafts:
                draft.scope = label
            return self.stretch.around.scope
        if len({b.drafts[0].scope for b in counts}) == 1:
            return first.scope
        of_last = chosen is counts[0] and chosen.figure.fraction and self._rated(counts[1].drafts[0], first)
        return first.scope if of_last else None

    def _rated(self, before: Draft, last: Draft) -> bool:
        """Whether a percentage stands between two counts: the earlier has its own, so the next is of the later alone."""
        return any(d.of == "percent" and before.order < d.order < last.order for d in self.drafter.out.drafts[-12:])

    def join(self, bound: Bound, of: FigureKind, role: Role, done: list[Bound]) -> None:
        """Relate a figure just bound to the rate or fraction right before it."""
        first = bound.drafts[0]
        if bound.figure.percent and role == "value" and done and first.indicator:
            self._rate_of_fraction(bound, done)
        rate = done[-1] if done and done[-1].figure.percent and len(done[-1].drafts) == 1 else None
        if rate is None or of != "count":
            return
        gap = rate.figure.unit_end, bound.figure.start
        if (OPENED.fullmatch(self.stretch.text, *gap) or _WITH.fullmatch(self.stretch.text, *gap)) and first.role in (
            "value",
            "numerator",
        ):
            self._rate_before(rate.drafts[0], bound)
        elif len(bound.drafts) == 1 and (
            _BASE_BRACKET.fullmatch(self.stretch.text, *gap) or _BASE_NEXT.fullmatch(self.stretch.text[slice(*gap)])
        ):
            self._base_behind(rate.drafts[0], bound)

    def _rate_of_fraction(self, bound: Bound, done: list[Bound]) -> None:
        """ "Có 195/200 phiếu hài lòng, mức độ hài lòng đạt 97,5%": a rate with a name of its own, of the fraction before."""
        last = next((b for b in reversed(done) if not b.figure.percent), None)
        if (
            last is None
            or not last.figure.fraction
            or ";" in self.stretch.text[last.figure.unit_end : bound.figure.start]
        ):
            return
        if binding.choose(last.features, "percent") != bound.drafts[0].indicator:
            return
        relation = next((r for r in self.drafter.out.relations if any(t[1] is last.drafts[0] for t in r.terms)), None)
        if relation and relation.kind == "fraction" and all(name != "rate" for name, _, _ in relation.terms):
            relation.terms.append(("rate", bound.drafts[0], 1))

    def _base_behind(self, rate: Draft, bound: Bound) -> None:
        """ "chiếm 62,77% tổng số hồ sơ tiếp nhận (7.461 hồ sơ)": the bracket holds what the share is of."""
        relation = next((r for r in self.drafter.out.relations if r.kind == "share" and r.terms[0][1] is rate), None)
        if relation and all(name != "denominator" for name, _, _ in relation.terms):
            relation.terms.append(("denominator", bound.drafts[0], 1))

    def _rate_before(self, rate: Draft, bound: Bound) -> None:
        """ "đạt 58,7% (80.595/133.367 hồ sơ)", "trước hạn 76,3% (238 hồ sơ)": the rate stands before what it is of."""
        if rate.role != "value" or not (rate.indicator or rate.unit):
            return
        first = bound.drafts[0]
        if len(bound.drafts) == 2:
            relation = next(r for r in self.drafter.out.relations if any(t[1] is first for t in r.terms))
            relation.terms.append(("rate", rate, 1))
        elif not any(r.kind == "share" and r.terms[0][1] is rate for r in self.drafter.out.relations):
            self.drafter.relate("share", [("rate", rate, 1), ("numerator", first, 1)], bound.figure)


def _shareable(bound: Bound) -> bool:
    """Whether a percentage may be a share of this figure: a count that is there, not a change, a span of time or a rank."""
    return (
        not bound.figure.percent
        and bool(bound.drafts)
        and bound.drafts[0].role not in ("change", "duration", "limit", "threshold")
        and bound.figure.unit not in ("điểm phần trăm", "bậc", "hạng")
    )


@cache
def _labels() -> frozenset[str]:
    """What a share without an indicator is called after its count; no name of whose it is."""
    return frozenset(i.name_vi for i in indicators().values())


def _nameless(bound: Bound) -> bool:
    """Whether a count of hồ sơ was left without an indicator."""
    return bound.drafts[0].indicator is None and bound.drafts[0].unit in ("hồ sơ", "đơn")


def _larger_total(near: Bound, part: Bound) -> bool:
    """Whether a count is a total that `part` may be out of: "31.680 …; tổng số hồ sơ tiếp nhận 33.459, đạt 94,68%"."""
    whole, first = near.drafts[0], part.drafts[0]
    return whole.indicator in _TOTALS and not part.figure.fraction and first.quantity.value <= whole.quantity.value
