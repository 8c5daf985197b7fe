"""Figures of running text, bullets and notes, bound to what they count."""

from __future__ import annotations

import itertools
import re
import sys
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from extractors.facts import binding, scopes, zeros
from extractors.facts.binding import Context
from extractors.facts.clauses import Figure, attach, sentences
from extractors.facts.draft import Harvest, Surroundings
from extractors.facts.drafting import Drafter
from extractors.facts.expressions import base_of, fraction, out_of, product
from extractors.facts.made_up import made_up
from extractors.facts.mentions import Mentions
from extractors.facts.numbers import NumberSpan, StatedZero
from extractors.facts.roles import kind_of, role_of
from extractors.facts.said import Said, said_of, strange
from extractors.facts.sentence import (
    Bound,
    changes_of,
    parts_of,
    returned_of,
    settle_bases,
    settle_parts,
    settle_rates,
    settle_received,
    settle_sums,
    settle_wholes,
    staffed_of,
)
from extractors.facts.shares import OPENED, Shares
from extractors.facts.stretch import Sentences, Stretch, stretch_of
from extractors.facts.units import asides, unit_after
from extractors.facts.whose import Whose
from extractors.language.pipeline import Found
from extractors.model import Period
from extractors.readers.progress import tick
from extractors.vocabulary import TOPICS

_FROM_TO = re.compile(r"(?i)\s*(?:xuống(?: còn)?|lên(?: thành)?|đến|còn|thành)\s+")

_SCORE_BEFORE = re.compile(
    r"(?i)\bđiểm(?: số)?(?: trung bình| bình quân| chung| đạt| cao nhất| thấp nhất| tổng| của \w+){0,2}\s*(?:đạt|là|:|=)?\s*$"
)

_OF_THOSE = re.compile(r"(?i)\s*(?:trong đó|trong số (?:này|đó)|số này|gồm|bao gồm)\b")
_RATE_OVER = re.compile(r"(?i)\b(?:tỷ lệ|tỉ lệ)\b[^;:.\d]{3,80}\b(?:trên|so với|trong)\s+(?:tổng\s+)?(?:số\s+)?$")
_IS = re.compile(r"(?i)[^,;:.()\d]{0,60}\b(?:là|đạt|chiếm|bằng)\s*")
_COORDINATED = re.compile(r"\s*(?:,|và|còn)\s*(?:và\s+)?[^,;.:()\d]{2,40}?\s(?:có|là)\s+")


_DONE = re.compile(r"(?i)\b(?:đã|đạt|hiện|kết quả|thực hiện|nay)\b|[();:]")
_EQUAL_TO = re.compile(
    r"(?i)\s*[,(]?\s*(?:tương đương|tương ứng|bằng|hay|tức(?: là)?)(?:\s+với)?(?:\s+(?:giảm|tăng))?\s+"
)
_EXCLUDED = re.compile(r"(?i)\b(?:không (?:tính|kể|bao gồm)|chưa (?:tính|kể)|ngoại trừ|loại trừ|trừ)\s+(?:số\s+)?$")


_CLOSED = re.compile(r"\s*\)\s*")
_STOP = re.compile(r"[,;.()\d]")
_TAIL = 60  # characters behind a stated zero that may say of what
_SKIP = Figure((), 0, 0)


def harvest(
    text: str, body: int, mentions: Mentions, around: Surroundings, report: Period | None, own: tuple[str, ...]
) -> Harvest:
    """Observations and relations of normalised `text` from `body` on.

    `report` is the report's own period, `own` the names under which the reporting body speaks of itself.
    """
    stretch = stretch_of(text, mentions, around, report, own)
    reader = _Reader(stretch, body)
    if mentions.numbers:
        for sentence in reader.sentences:
            reader.read(sentence)
    for zero in mentions.zeros:
        reader.zero(zero)
    return reader.drafter.out


class _Reader:
    def __init__(self, stretch: Stretch, body: int) -> None:
        self.stretch = stretch
        self.whole = Sentences(stretch)
        self.whose = Whose(stretch)
        self.drafter = Drafter(stretch, self.whose)
        self.shares = Shares(self.drafter)
        mentions = stretch.mentions
        self.expressions = _expressions(mentions)
        self.over: tuple[int, frozenset[str]] | None = None  # end of a base, and what its rate is of
        self.before: tuple[int, frozenset[str]] | None = None  # end and first count of the sentence before
        held = [(s, e) for s, e, kind in mentions.placed if kind in ("citation", "date")]
        held += [(n.start, n.end) for n in mentions.numbers]
        self.sentences = sentences(stretch.text, body, held)

    def _look(self, start: int, end: int) -> None:
        """Turn to one sentence."""
        self.stretch = self.whose.stretch = self.drafter.stretch = self.shares.stretch = self.whole.seen(start, end)

    def read(self, sentence: tuple[int, int]) -> None:
        """Bind the figures of one sentence, left to right."""
        tick()
        self._look(*sentence)
        figures = self._figures()
        if not figures:
            return
        names = [Found(n.start(), n.end(), ()) for n in scopes.agency_pattern().finditer(self.stretch.text, *sentence)]
        attach(self.stretch.text, sentence, figures, [*self.stretch.cues, *names])
        self._bare_parts(figures)
        self._by_office(figures)
        self._tails_after_brackets(figures)
        self._lend_tails(figures)
        self.whose.open(sentence, figures[0])
        done: list[Bound] = []
        for figure in figures:
            done.append(self._bind(figure, done))
        counts = [b for b in done if not b.figure.percent and b.figure.group is None]
        self.before = (sentence[1], (counts or done)[0].features)
        settle_received(done, self.stretch.text)
        settle_wholes(done)
        settle_parts(done, self.stretch.text)
        settle_sums(done, self.stretch.text)
        settle_bases(done)
        settle_rates(done)
        self.drafter.out.relations += parts_of(done, self.stretch.text, self.drafter.quote)
        self.drafter.out.relations += returned_of(done, self.stretch.text, self.drafter.quote)
        self.drafter.out.relations += staffed_of(done, self.drafter.quote)
        self.drafter.out.relations += list(
            made_up(done, self.stretch.text, self.drafter.out.relations, self.drafter.quote)
        )
        self.drafter.out.relations += changes_of(done, self.stretch.text, self.drafter.quote)

    def _figures(self) -> list[Figure]:
        figures = []
        for number in self.stretch.mentions.numbers:
            figure = self.expressions.get(number.start) or Figure((number,), number.start, number.end)
            if figure is _SKIP:
                continue
            figure.unit, figure.unit_end = unit_after(self.stretch.text, figure, self.stretch.units)
            if figure.unit in asides():
                self.drafter.out.aside.append((figure.start, figure.unit_end))
                continue
            if figure.unit is None and _SCORE_BEFORE.search(self.stretch.text, max(0, figure.start - 40), figure.start):
                figure.unit = "điểm"
            figures.append(figure)
        for left, right in itertools.pairwise(figures):  # "giảm từ 131 xuống còn 118 phòng"
            if (
                left.unit is None
                and not left.fraction
                and _FROM_TO.fullmatch(self.stretch.text, left.unit_end, right.start)
            ):
                left.unit = right.unit
        return figures

    def _bare_parts(self, figures: Sequence[Figure]) -> None:
        """ "06 phản ánh (04 về hành vi, 02 về quy định)": numbers without a noun of their own that add up to the count
        before their bracket are of its kind."""
        for whole in figures:
            members = [f for f in figures if f.group is whole and not f.percent and len(f.numbers) == 1]
            bare = [f for f in members if f.unit in (None, "kỳ", "tháng", "năm", "quý")]
            total = sum(f.numbers[0].quantity.value for f in members)
            if whole.unit and bare and len(members) > 1 and total == whole.numbers[0].quantity.value:
                for figure in bare:
                    if figure.unit is not None:  # "286 kỳ trước": the word belongs to what follows
                        figure.after = [(figure.end, figure.after[0][1] if figure.after else figure.unit_end)]
                    figure.unit, figure.unit_end = whole.unit, figure.end

    def _by_office(self, figures: Sequence[Figure]) -> None:
        """ "46 hồ sơ quá hạn, nằm ở 08 đơn vị: Sở Xây dựng (6), huyện Vũ Thư (2)": a bare number in a bracket behind the name
        of an office is of the hồ sơ told before, not of the offices counted."""
        counted: Figure | None = None
        for figure in figures:
            if figure.unit in ("hồ sơ", "đơn") and not figure.percent and figure.fraction is None:
                counted = figure
            text = self.stretch.text
            alone = text.endswith("(", 0, figure.start) and text.startswith(")", figure.end)
            if counted is None or figure.unit is not None or not alone or figure.percent or not figure.before:
                continue
            named = scopes.of_text(self.stretch.plain[slice(*figure.before[0])], ())
            if named and figure.numbers[0].quantity.value <= counted.numbers[0].quantity.value:
                figure.unit, figure.unit_end, figure.group = counted.unit, figure.end, counted
                figure.exhaustive, figure.opening = False, counted.start

    def _tails_after_brackets(self, figures: Sequence[Figure]) -> None:
        """ "Có 120/121 hồ sơ (tỷ lệ 99,17%) được giải quyết": the tail belongs to the count before the bracket."""
        for count, rate in itertools.pairwise(figures):
            closes = _CLOSED.match(self.stretch.text, rate.unit_end)
            opens = "(" in self.stretch.text[count.unit_end : rate.start]
            if rate.percent and not count.percent and closes and opens and not count.after:
                start = closes.end()
                stop = _STOP.search(self.stretch.text, start)
                end = stop.start() if stop else rate.sentence[1]
                if start < end:
                    count.after = [(start, end)]
                    rate.after = []

    def _lend_tails(self, figures: Sequence[Figure]) -> None:
        """ "Cấp huyện có 559 hồ sơ, cấp xã có 655 hồ sơ nộp qua mạng": the tail is said of both."""
        for left, right in reversed(list(itertools.pairwise(figures))):
            alike = left.unit == right.unit and not left.percent and left.numbers and right.after
            if not alike or not _COORDINATED.fullmatch(self.stretch.text, left.unit_end, right.start):
                continue
            said = [s for f in (left, right) for s in f.before[:1]]
            if any(s <= c.start < e for c in self.stretch.cues for s, e in said):
                continue
            left.after = [*right.after, *left.after]

    def _bind(self, figure: Figure, done: list[Bound]) -> Bound:
        said = self._over_the_line(figure, said_of(self.stretch, figure))
        own = said.own
        if figure.loose and (opener := next((b for b in done if b.figure is figure.group), None)):
            figure.group = figure.group if binding.part_of(own, opener.features) else None
        context = self._context(figure, said, done)
        role, qualifier = role_of(self.stretch.text, figure, own | said.idle, self.stretch.around.future)
        if role == "value" and done and self._aimed_with(done[-1], figure):
            role = "target"
        if (
            figure.percent
            and done
            and done[-1].drafts[0].role == "change"
            and self._same_again(done[-1].figure, figure)
        ):
            role = "change"
        if _EXCLUDED.search(self.stretch.text, max(0, figure.start - 24), figure.start):
            own &= {"total"}
        if figure.percent and (same := self.shares.restated(figure, done)):
            return same
        if figure.percent and (told := self.shares.respective(figure, done, role, qualifier)):
            return told
        if figure.percent and (part := self.shares.structure(figure, own, done, role)):
            return part
        if not figure.percent and (told := self.shares.counted(figure, own, done)):
            return told
        if figure.percent and not self._describes(figure, own, done) and self.shares.leans(figure, said.before, done):
            return self.shares.share(figure, done, role, qualifier)
        of = kind_of(self.stretch.text, figure, own, context)
        if strange(self.stretch, figure, own):
            context = Context(tuple(f & TOPICS for f in context.features))
        full = binding.complete(own, context) if self.drafter.says(figure, own) else own
        if figure.unit in binding.PROCEDURES:
            full = binding.procedures_as_said(full, own, own.union(*said.farther, *(b.features for b in done)))
        if binding.takes_subject(full, of):
            full |= self.stretch.around.subject
        if self.whose.lead[0] and full & binding.ACTIONS and not full & (binding.CHANNELS | binding.TIMINGS):
            full |= self.whose.lead[0]
        if role == "target":
            full |= {"target"}
        bound = Bound(figure, full, [])
        base = base_of(self.drafter, figure, own, done) if of in ("count", "score") and role == "value" else None
        if base:
            out_of(self.drafter, bound, base, of, role)
        elif figure.product:
            product(self.drafter, bound)
        elif figure.fraction:
            fraction(self.drafter, bound, of, role)
        else:
            indicator = binding.choose(full, of, figure.unit) if role in ("value", "target") else None
            if indicator == "rate_resolved" and not own & {"resolved", "rate"}:
                indicator = (
                    None  # "cấp tỉnh 61%" behind what was resolved is a share more likely than a rate of its own
                )
            bound.drafts.append(self.drafter.draft(figure, figure.numbers[0], of, full, indicator, role, qualifier))
        self.shares.join(bound, of, role, done)
        if opener := next((b for b in done if b.figure is figure.group and b.drafts[0].role == "change"), None):
            for draft in (d for d in bound.drafts if d.period == opener.drafts[0].period):
                draft.doubt = draft.doubt or f"in a bracket behind the change of {opener.drafts[0].quantity.text}"
        return bound

    def _over_the_line(self, figure: Figure, said: Said) -> Said:
        """ "Tỷ lệ hồ sơ nộp trực tuyến trên tổng số 504 hồ sơ tiếp nhận là 52,9%": the words before the count are of the
        percentage behind it, and the count is what that is out of."""
        text = self.stretch.text
        if not figure.percent:
            start = figure.before[0][0] if figure.before else figure.start
            over = _RATE_OVER.search(text, start, figure.start)
            self.over = (figure.unit_end, said.before | {"rate"}) if over else None
            if over is None:
                return said
            named = _IS.match(text, figure.unit_end)
            ahead = self.stretch.cues_within(figure.unit_end, named.end()) if named else []
            own = binding.nearest(ahead, False) | binding.unit_feature(figure.unit) | {"total"}
            return replace(said, own=own, before=frozenset(), farther=[])
        if self.over and _IS.fullmatch(text[self.over[0] : figure.start]):
            return replace(said, own=self.over[1], before=self.over[1])
        return said

    def _describes(self, figure: Figure, own: frozenset[str], done: list[Bound]) -> bool:
        """Whether a percentage says itself what it is of, its count in a bracket behind it: "75,0% trả sớm (650 hồ sơ), 0,4%
        trả chậm (3 hồ sơ)": the second is no share of the 650."""
        if not done or not own & (binding.TIMINGS | binding.CHANNELS):
            return False
        return ")" in self.stretch.text[done[-1].figure.unit_end : figure.start]

    def _aimed_with(self, before: Bound, figure: Figure) -> bool:
        """ "phấn đấu nâng tỷ lệ trực tuyến lên 95%, 100% hồ sơ được trả đúng hạn": the aim goes on to the next figure."""
        aim = before.drafts[0].role == "target" and figure.linked
        return aim and not _DONE.search(self.stretch.text, before.figure.unit_end, figure.start)

    def _same_again(self, before: Figure, figure: Figure) -> bool:
        """ "giảm 56 hồ sơ, tương đương 57,73%": the change said again as a percentage."""
        return bool(_EQUAL_TO.fullmatch(self.stretch.text, before.unit_end, figure.start))

    def _context(self, figure: Figure, said: Said, done: list[Bound]) -> Context:
        chain = list(said.farther)
        opener = next((b.features for b in done if b.figure is figure.group), None)
        if (
            said.own & (binding.TIMINGS | binding.CHANNELS)
            and self.before
            and self.before[0] <= figure.sentence[0]
            and _OF_THOSE.match(self.stretch.text, figure.sentence[0])
        ):
            chain.append(self.before[1])  # "Đang giải quyết: 30 hồ sơ. Trong đó quá hạn: 02 hồ sơ"
        if (
            done
            and done[-1].figure.percent
            and OPENED.fullmatch(self.stretch.text, done[-1].figure.unit_end, figure.start)
        ):
            chain.append(done[-1].features - {"rate"})  # "tỷ lệ trước hạn 76,3% (238 hồ sơ)"
        if opener:
            chain.append(opener)
        outer, near = self.stretch.around.context.features, self.stretch.around.context.near
        if figure.linked or opener:
            closed = [_closed_before(b.figure, figure) for b in done]
            order = sorted(range(len(done)), key=lambda i: (closed[i], -i))
            chain += [done[i].features for i in order]
            return Context((*chain, *outer), None if near is None else len(chain) + near)
        topics = [b.features & TOPICS for b in reversed(done)]
        parallel = tuple(b.features for b in reversed(done))
        return Context(
            (*chain, *outer, *topics), len(chain) + (len(outer) if near is None else near), parallel, len(chain)
        )

    def zero(self, zero: StatedZero) -> None:
        """ "không có hồ sơ trễ hạn" as a stated zero."""
        start, end = zero.start, zero.end
        sentence = self._sentence_of(start)
        self._look(sentence[0], end + _TAIL)
        stop = zeros.reach(self.stretch.text, end)
        cues = [c for c in self.stretch.cues if start <= c.start < stop]
        before = [c for c in self.stretch.cues if sentence[0] <= c.start and c.end <= start]
        said = [binding.nearest(before, True)]  # "Hồ sơ đang xử lý đều …, không hồ sơ nào quá hạn"
        said += [d.features for d in reversed(self.drafter.out.drafts) if sentence[0] <= d.order[1] < start]
        comma = self.stretch.text.find(",", end, stop)
        inside = binding.features([c for c in cues if c.start < (stop if comma < 0 else comma)])
        own = inside if inside & binding.TIMINGS else binding.nearest(cues, False)
        full = binding.complete(own | {"dossier"}, Context((*said, *self.stretch.around.context.features)))
        indicator = binding.choose(full, "count")
        whole = zeros.of_whole(self.stretch.text, sentence[0], start, end, "pending" in said[0])
        if indicator not in zeros.SAID_TO_BE_NONE or self.stretch.around.future or not whole:
            return
        number = NumberSpan(start, end, zero.quantity)
        figure = Figure((number,), start, end, "hồ sơ", end, clause=(start, end), sentence=sentence)
        figure.before = [(max(figure.sentence[0], start - 120), start)]
        figure.after = [(end, min(figure.sentence[1], end + _TAIL))]
        self.whose.lead, self.whose.carried = self.whose.announced(figure.sentence, figure), None
        self.drafter.draft(figure, number, "count", full, indicator, "value", None)

    def _sentence_of(self, at: int) -> tuple[int, int]:
        place = bisect_right(self.sentences, (at, sys.maxsize)) - 1
        found = self.sentences[place] if place >= 0 else (at, at)
        return found if found[0] <= at < found[1] else (at, at)


def _closed_before(earlier: Figure, figure: Figure) -> bool:
    """Whether a figure stands in a bracket or "trong đó" that `figure` is outside of; such ones lend last."""
    return earlier.group is not None and earlier.group is not figure.group and earlier is not figure.group


def _expressions(mentions: Mentions) -> dict[int, Figure]:
    """Products and fractions as one figure each, by the start of their first number; `_SKIP` at those of the others."""
    grouped: dict[int, Figure] = {}
    for each in mentions.products:
        first, *rest = [n for n in (each.numerator, each.denominator, each.factor, each.result) if n]
        grouped[first.start] = Figure((first, *rest), each.start, each.end, product=each)
        grouped.update({n.start: _SKIP for n in rest})
    for pair in mentions.fractions:
        if pair.numerator.start not in grouped:
            members = (pair.numerator, pair.denominator)
            grouped[members[0].start] = Figure(members, members[0].start, members[1].end, fraction=pair)
            grouped[members[1].start] = _SKIP
    return grouped
