"""Figures of running text, bullets and notes, bound to what they count."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from extractors.facts import binding, scopes
from extractors.facts.binding import Context
from extractors.facts.clauses import Figure, attach, is_filler, sentences, uncircumstanced
from extractors.facts.doubt import doubt_of
from extractors.facts.draft import Draft, DraftRelation, Harvest, Surroundings
from extractors.facts.mentions import Mentions
from extractors.facts.numbers import NumberSpan, Qualifier, StatedZero
from extractors.facts.own_periods import period_of
from extractors.facts.roles import kind_of, role_of
from extractors.facts.sentence import Bound, changes_of, merge, over, parts_of, settle_received, settle_wholes
from extractors.facts.units import asides, name_of, unit_after
from extractors.language.pipeline import Found, cue_finder, unit_finder
from extractors.model import Period, Role
from extractors.vocabulary import TOPICS, FigureKind, indicators

_SUBJECT_END = re.compile(r"(?i)[,.;:()]|\b(?:đều|được|đã|có|là|sử dụng|hoàn thành|thực hiện|tham gia|đạt|khi|theo)\b")
_LISTING = re.compile(
    r"(?i)\b(?:lĩnh vực|đơn vị|phòng|xã|phường|huyện|cơ quan|sở)\b[^.;]*(?::|\b(?:gồm|là|như)\b)[^.;]*$"
)
_PLACED = re.compile(
    r"(?i)\s*[-+*•]?\s*(?:trong đó,?\s+)?(?:tại|riêng|riêng tại|đối với|ở|về|trong|thuộc)\s+(?:các\s+)?([^,;:()\d]{3,80}?)\s*(?:[,:]\s|(?=(?:không (?:có|còn|phát sinh)|chưa có) ))"
)
_FROM_TO = re.compile(r"(?i)\s*(?:xuống(?: còn)?|lên(?: thành)?|đến|còn|thành)\s+")
_OUT_OF = re.compile(r"(?i)\b(?:trong|trên|qua)\s+(?:tổng\s+)?(?:số\s+)?$")
_SCORE_BEFORE = re.compile(
    r"(?i)\bđiểm(?: số)?(?: trung bình| bình quân| chung| đạt| cao nhất| thấp nhất| tổng| của \w+){0,2}\s*(?:đạt|là|:|=)?\s*$"
)
_AGAIN = re.compile(r"(?i)\s*\(\s*(?:tức(?: là)?|chính xác(?: là)?|cụ thể(?: là)?)?\s*")
_COORDINATED = re.compile(r"\s*(?:,|và|còn)\s*(?:và\s+)?[^,;.:()\d]{2,40}?\s(?:có|là)\s+")
_OVER = re.compile(r"(?i)\b(?:trên|/)\s*(?:tổng\s+)?(?:số\s+)?(?:là\s+)?$")
_BASE_BRACKET = re.compile(r"(?i)\s*(?:trên |so với |của |trong )?(?:tổng )?số\b[^;:.()\d]{0,80}\(\s*")
_OPENED = re.compile(r"\s*\(\s*")
_LABEL = re.compile(r"\s*[-+*•]?\s*([^:;.()\d]{3,90}):\s*")  # "Đấu giá tài sản, công chứng, luật sư: 96 hồ sơ"
_FIRST_LISTED = re.compile(r"(?i)\b(?:là|gồm|như|:)\s+(?:lĩnh vực\s+)?([^,;:()\d]{2,60}?)\s*\($")
_AGAINST_RATE = re.compile(r"(?i)\s*[,(]?\s*(?:tăng|giảm|cao hơn|thấp hơn|so với|vượt)[^;:()\d]{0,40}\bmức\s+")
#: Offices and their parts as the subject of a sentence; the one-stop desk is where the body's own dossiers come in.
_SUBJECT = re.compile(
    r"\s*[-+*•]?\s*(?:[Rr]iêng |[Tt]rong đó,? )?((?:(?:Hệ thống|Khối|Các|Toàn bộ)\s+)?"
    r"(?:Văn phòng|Chi nhánh|Phòng|Chi cục|Cục|Ban Quản lý|Công an|Bảo hiểm xã hội|BHXH|Thuế|Đội|Trạm|Hạt|Sở|UBND|Ủy ban nhân dân|Cơ quan|chi nhánh|khối|cơ quan"
    r"|Trung tâm(?! (?:[Pp]hục vụ )?[Hh]ành chính công)|cấp|Cấp)\s(?!(?:đã|đang|cũng|mới|vẫn|còn|có|tiếp|nhận|giải|trả|xử|phát|thụ|đạt)\b)[^,;:.()\d]{2,70}?)\s*(?:\([^()\d]{1,30}\)\s*)?"
    r"(?:(?:đã|đang|cũng|mới|vẫn|còn|có)\s+)*(?:tiếp nhận|nhận|giải quyết|trả|xử lý|phát sinh|thụ lý|có|đạt)\b"
)
_EXCLUDED = re.compile(r"(?i)\b(?:không (?:tính|kể|bao gồm)|chưa (?:tính|kể)|ngoại trừ|loại trừ|trừ)\s+(?:số\s+)?$")
_SOME_OFFICES = re.compile(r"(?i)\d+ (?:xã|phường|sở|đơn vị|cơ quan|huyện|phòng|chi nhánh)[^.;:]*$")
_RATE_OF = re.compile(r"(?i)[\s\-+*]*(?:tỷ lệ|tỉ lệ|số(?! hóa)|tổng số)\s")
_BASE = re.compile(r"(?i)\b(?:so với|trên|trong|/)\s+(?:tổng|số)\b")
_OF_ISSUER = re.compile(r"\s*,?\s*của\s+[^,;.:()]{2,60}")
_LABEL_END = re.compile(r"(?i)(?::|=|\b(?:là|đạt|có|được|còn|gồm|tổng|cộng|tổng số|tổng cộng))\s*$")


def harvest(
    text: str, body: int, mentions: Mentions, around: Surroundings, report: Period | None, own: tuple[str, ...]
) -> Harvest:
    """Observations and relations of normalised `text` from `body` on.

    `report` is the report's own period, `own` the names under which the reporting body speaks of itself.
    """
    reader = _Reader(text, mentions, around, report, own)
    held = [(s, e) for s, e, kind in mentions.placed if kind in ("citation", "date")]
    held += [(n.start, n.end) for n in mentions.numbers]
    reader.sentences = sentences(text, body, held)
    for sentence in reader.sentences:
        reader.read(sentence)
    for zero in mentions.zeros:
        reader.zero(zero)
    return reader.out


class _Reader:
    def __init__(
        self, text: str, mentions: Mentions, around: Surroundings, report: Period | None, own: tuple[str, ...]
    ) -> None:
        self.text, self.mentions, self.around, self.report, self.own = text, mentions, around, report, own
        self.out = Harvest()
        busy = bytearray(len(text) + 1)
        for start, end, kind in mentions.placed:
            if kind in ("citation", "ignored") and not text.startswith("mức độ", start):
                busy[start:end] = b"\1" * (end - start)
        self.plain = _without_citations(text, mentions)  # whose figure it is, is never said by a cited document
        own_names = (m.span() for o in own if scopes.proper(o) for m in re.finditer(re.escape(o), text))
        self.names = [*(m.span() for m in scopes.agency_pattern().finditer(text)), *own_names]
        for start, end in self.names:  # "Thanh tra tỉnh", "Sở Giao thông vận tải" do nothing here
            busy[start:end] = b"\1" * (end - start)
        has_work = mentions.numbers or mentions.zeros
        self.sentences: list[tuple[int, int]] = []
        self.lead: tuple[frozenset[str], str | None] = (frozenset(), None)
        self.told: str | None = None  # whose figures an earlier sentence of the paragraph said that it states
        self.listing = False  # the sentence lists fields or offices by name
        self.carried: tuple[str, Figure | None] | None = None  # a scope named before a figure, good for those linked to it
        self.cues = [c for c in cue_finder().find(text) if not any(busy[c.start : c.end])] if has_work else []
        plans = [Found(c.start, c.end, ("plan",)) for c in mentions.citations if c.doc_type == "KH"]
        plans += [Found(c.start, c.end, ("score_766",)) for c in mentions.citations if c.key == "766/QĐ-TTg"]
        self.cues = sorted([*self.cues, *plans], key=lambda c: c.start) if has_work and plans else self.cues
        self.held = [(s, e) for s, e, _ in mentions.placed]
        self.units = {u.start: u for u in unit_finder().find(text)} if has_work else {}

    # -- one sentence ------------------------------------------------------------------------------------------------

    def read(self, sentence: tuple[int, int]) -> None:
        """Bind the figures of one sentence, left to right."""
        figures = list(self._figures(sentence))
        if not figures:
            return
        cues = [c for c in self.cues if sentence[0] <= c.start < sentence[1]]
        names = [Found(n.start(), n.end(), ()) for n in scopes.agency_pattern().finditer(self.text, *sentence)]
        attach(self.text, sentence, figures, [*cues, *names])
        self._tails_after_brackets(figures)
        self._lend_tails(figures)
        self.lead = self._lead(sentence, figures[0])
        head = self.plain[sentence[0] : figures[0].start]
        if self.lead[1] is not None:
            self.told = self.lead[1]
        elif scopes.whole(head) or any(scopes.proper(o) and o.casefold() in head.casefold() for o in self.own):
            self.told = None
        self.carried, self.listing = None, False
        done: list[Bound] = []
        for figure in figures:
            done.append(self._bind(figure, done))
        settle_received(done)
        settle_wholes(done)
        self.out.relations += parts_of(done, self.quote)
        self.out.relations += changes_of(done, self.text, self.quote)

    def _figures(self, sentence: tuple[int, int]) -> list[Figure]:
        inside = [n for n in self.mentions.numbers if sentence[0] <= n.start < sentence[1]]
        grouped: dict[int, Figure] = {}
        for product in self.mentions.products:
            members = [n for n in (product.numerator, product.denominator, product.factor, product.result) if n]
            grouped.update(
                {n.start: Figure(tuple(members), product.start, product.end, product=product) for n in members[:1]}
            )
            grouped.update({n.start: _SKIP for n in members[1:]})
        for fraction in self.mentions.fractions:
            if fraction.numerator.start in grouped:
                continue
            members = [fraction.numerator, fraction.denominator]
            grouped[members[0].start] = Figure(tuple(members), members[0].start, members[1].end, fraction=fraction)
            grouped[members[1].start] = _SKIP
        figures = []
        for number in inside:
            figure = grouped.get(number.start) or Figure((number,), number.start, number.end)
            if figure is _SKIP:
                continue
            figure.unit, figure.unit_end = unit_after(self.text, figure, self.units)
            if figure.unit in asides():
                self.out.aside.append((figure.start, figure.unit_end))
                continue
            if figure.unit is None and _SCORE_BEFORE.search(self.text, max(0, figure.start - 40), figure.start):
                figure.unit = "điểm"
            figures.append(figure)
        for left, right in itertools.pairwise(figures):  # "giảm từ 131 xuống còn 118 phòng"
            if left.unit is None and not left.fraction and _FROM_TO.fullmatch(self.text, left.unit_end, right.start):
                left.unit = right.unit
        return figures

    def _tails_after_brackets(self, figures: Sequence[Figure]) -> None:
        """ "Có 120/121 hồ sơ (tỷ lệ 99,17%) được giải quyết": the tail belongs to the count before the bracket."""
        for count, rate in itertools.pairwise(figures):
            closes = re.match(r"\s*\)\s*", self.text[rate.unit_end :])
            opens = "(" in self.text[count.unit_end : rate.start]
            if rate.percent and not count.percent and closes and opens and not count.after:
                start = rate.unit_end + closes.end()
                stop = re.search(r"[,;.()\d]", self.text[start:])
                end = start + stop.start() if stop else rate.sentence[1]
                if start < end:
                    count.after = [(start, end)]
                    rate.after = []

    def _lend_tails(self, figures: Sequence[Figure]) -> None:
        """ "Cấp huyện có 559 hồ sơ, cấp xã có 655 hồ sơ nộp qua mạng": the tail is said of both."""
        for left, right in reversed(list(itertools.pairwise(figures))):
            alike = left.unit == right.unit and not left.percent and left.numbers and right.after
            if not alike or not _COORDINATED.fullmatch(self.text, left.unit_end, right.start):
                continue
            said = [s for f in (left, right) for s in f.before[:1]]
            if any(s <= c.start < e for c in self.cues for s, e in said):
                continue
            left.after = [*right.after, *left.after]

    def _lead(self, sentence: tuple[int, int], first: Figure) -> tuple[frozenset[str], str | None]:
        """What a sentence announces before a colon ("Cấp xã: tiếp nhận …, giải quyết …") or says of itself at its head
        ("Tại phường A, tiếp nhận …, giải quyết …"): channels and scope of all in it."""
        head = self.plain[sentence[0] : first.start]
        placed = _PLACED.match(self.plain[sentence[0] : first.start + 16])
        placed = placed if placed and placed.end(1) <= len(head) else None
        if placed:
            named = scopes.of_text(placed[1], self.own) or scopes.named(placed[1])
            if named and not self._is_own(named):
                return frozenset(), named
        subject = _SUBJECT.match(head + self.plain[first.start : first.start + 2])
        if subject and not self._is_own(subject[1]):
            return frozenset(), " ".join(subject[1].split())
        colon = re.search(r":\s+(?=\S)", head)
        if not colon or not head[colon.end() :].strip():
            return frozenset(), None
        end = sentence[0] + colon.start()
        cues = [c for c in self.cues if sentence[0] <= c.start and c.end <= end]
        words = self.plain[sentence[0] : end]
        return binding.features(cues) & binding.CHANNELS, scopes.of_text(words, self.own)

    def _is_own(self, name: str) -> bool:
        """Whether a subject is the reporting body itself, or the whole that it reports for."""
        plain = name.casefold()
        return scopes.whole(name) or any(plain == o.casefold() or (scopes.proper(o) and plain.startswith(o.casefold())) for o in self.own)

    def _features(self, stretches: Sequence[tuple[int, int]], backward: bool, reach: int = 0) -> list[frozenset[str]]:
        """Features of stretches of text; a phrase may begin `reach` characters early, in the unit before the stretch."""
        found = []
        for n, (start, end) in enumerate(stretches):
            low = start if n else start - reach
            cues = [c for c in self.cues if low <= c.start and start < c.end <= end]
            if cues:
                found.append(binding.nearest(cues, backward))
        return found

    def _bind(self, figure: Figure, done: list[Bound]) -> Bound:
        before, after = (
            self._features(self._of_numerator(figure), True),
            self._features(self._unaided(figure), False, figure.unit_end - figure.end),
        )
        strong = next((i for i, f in enumerate(before) if f - binding.WEAK), None)
        if strong is None or binding.unit_feature(figure.unit) - {binding.FOREIGN}:
            first = next((i for i, f in enumerate(before) if f - binding.IDLE), None)
            strong = (
                first
                if strong is None or first is None or before[first] & binding.WEAK - binding.IDLE - {"issued"}
                else strong
            )
        ahead = next((f for f in after if f - binding.IDLE), frozenset())
        mine = before[strong] if strong is not None else frozenset().union(*before[:1])
        if figure.percent and "rate" not in mine:  # "Tỷ lệ A, B đạt …" is one label, commas and all
            opened = next((i for i, f in enumerate(before) if "rate" in f), None)
            mine = mine.union(*before[: opened + 1]) if opened is not None else mine
        idle = frozenset().union(*before) & binding.IDLE
        if strong is not None and re.match(r"\s*,", self.text[figure.unit_end :]):
            ahead = frozenset()  # "177 hồ sơ, đều trong hạn": said of the figure, but not what it counts
        own = merge(mine, ahead) | (idle & {"total"}) | binding.unit_feature(figure.unit)
        if figure.loose and (opener := next((b for b in done if b.figure is figure.group), None)):
            figure.group = figure.group if binding.part_of(own, opener.features) else None
        farther = [f for i, f in enumerate(before) if i != strong]
        context = self._context(figure, farther, done)
        role, qualifier = role_of(self.text, figure, own | idle, self.around.future)
        if _EXCLUDED.search(self.text, max(0, figure.start - 24), figure.start):
            own &= {"total"}
        if figure.percent and (same := self._restated(figure, done)):
            return same
        if figure.percent and self._leans(figure, mine, done):
            return self._share(figure, done, role, qualifier)
        of = kind_of(self.text, figure, own, context)
        full = binding.complete(own, context) if self._says(figure, own) else own
        if binding.takes_subject(full, of):
            full |= self.around.subject
        if self.lead[0] and full & binding.ACTIONS and not full & (binding.CHANNELS | binding.TIMINGS):
            full |= self.lead[0]
        if role == "target":
            full |= {"target"}
        bound = Bound(figure, full, [])
        base = self._base_of(figure, full, done) if of == "count" and role == "value" else None
        rate = done[-1] if done and done[-1].figure.percent and len(done[-1].drafts) == 1 else None
        opened = rate is not None and _OPENED.fullmatch(self.text, rate.figure.unit_end, figure.start)
        if base:
            self._out_of(bound, base, of, role)
        elif figure.product:
            self._product(bound)
        elif figure.fraction:
            self._fraction(bound, of, role)
        else:
            indicator = binding.choose(full, of, figure.unit) if role in ("value", "target") else None
            bound.drafts.append(self._draft(figure, figure.numbers[0], of, full, indicator, role, qualifier))
        if figure.percent and role == "value" and done and bound.drafts[0].indicator:
            self._rate_of_fraction(bound, done)
        if rate and opened and of == "count" and bound.drafts[0].role in ("value", "numerator"):
            self._rate_before(rate.drafts[0], bound)
        elif rate and of == "count" and len(bound.drafts) == 1 and _BASE_BRACKET.fullmatch(
            self.text, rate.figure.unit_end, figure.start
        ):
            self._base_behind(rate.drafts[0], bound)
        return bound

    def _rate_of_fraction(self, bound: Bound, done: list[Bound]) -> None:
        """ "Có 195/200 phiếu hài lòng, mức độ hài lòng đạt 97,5%": a rate with a name of its own, of the fraction before."""
        last = next((b for b in reversed(done) if not b.figure.percent), None)
        if last is None or not last.figure.fraction or ";" in self.text[last.figure.unit_end : bound.figure.start]:
            return
        if binding.choose(last.features, "percent") != bound.drafts[0].indicator:
            return
        relation = next((r for r in self.out.relations if any(t[1] is last.drafts[0] for t in r.terms)), None)
        if relation and relation.kind == "fraction" and all(name != "rate" for name, _, _ in relation.terms):
            relation.terms.append(("rate", bound.drafts[0], 1))

    def _base_behind(self, rate: Draft, bound: Bound) -> None:
        """ "chiếm 62,77% tổng số hồ sơ tiếp nhận (7.461 hồ sơ)": the bracket holds what the share is of."""
        relation = next((r for r in self.out.relations if r.kind == "share" and r.terms[0][1] is rate), None)
        if relation and all(name != "denominator" for name, _, _ in relation.terms):
            relation.terms.append(("denominator", bound.drafts[0], 1))

    def _rate_before(self, rate: Draft, bound: Bound) -> None:
        """ "đạt 58,7% (80.595/133.367 hồ sơ)", "trước hạn 76,3% (238 hồ sơ)": the rate stands before what it is of."""
        if rate.role != "value" or not (rate.indicator or rate.unit):
            return
        first = bound.drafts[0]
        if len(bound.drafts) == 2:
            relation = next(r for r in self.out.relations if any(t[1] is first for t in r.terms))
            relation.terms.append(("rate", rate, 1))
        elif not any(r.kind == "share" and r.terms[0][1] is rate for r in self.out.relations):
            self._relate("share", [("rate", rate, 1), ("numerator", first, 1)], bound.figure)

    def _base_of(self, figure: Figure, full: frozenset[str], done: list[Bound]) -> Bound | None:
        """The count before "trên tổng số N": "hoàn thành 24 nhiệm vụ trên tổng số 25 nhiệm vụ" says a fraction in words."""
        if figure.fraction or figure.product or not done or not _OVER.search(self.text, figure.sentence[0], figure.start):
            return None
        top = done[-1]
        near = figure.start - top.figure.unit_end < 60 and top.figure.unit == figure.unit and len(top.drafts) == 1
        plain = not full & (binding.TIMINGS | binding.CHANNELS | {"new", "carried", "pending"})
        return top if near and plain and not top.figure.percent and not top.figure.fraction else None

    def _out_of(self, bound: Bound, top: Bound, of: FigureKind, role: Role) -> None:
        """Bind a denominator said in words, and relate it to its numerator."""
        figure = bound.figure
        indicator = over(top.features)[1] or binding.choose(bound.features, of, figure.unit)
        draft = self._draft(figure, figure.numbers[0], of, bound.features, indicator, role, figure.numbers[0].qualifier)
        bound.drafts.append(draft)
        if top.drafts[0].role == "value" and top.drafts[0].quantity.value <= draft.quantity.value:
            self._relate("fraction", [("numerator", top.drafts[0], 1), ("denominator", draft, 1)], figure)

    def _unaided(self, figure: Figure) -> list[tuple[int, int]]:
        """What follows a figure and says what it counts; all of it behind a percentage that nothing before names."""
        phrases = [(c.start, c.end) for c in self.cues]
        if figure.percent and not any(s <= a and b <= e for s, e in figure.before for a, b in phrases):
            return figure.after
        return uncircumstanced(self.text, figure.after, phrases)

    def _of_numerator(self, figure: Figure) -> list[tuple[int, int]]:
        """What stands before a figure; of a percentage "… so với tổng số …" only what is above the line."""
        if not figure.percent:
            return figure.before
        kept = []
        for start, end in figure.before:
            base = _BASE.search(self.text, start, end)
            kept.append((start, base.start() if base and base.start() > start + 3 else end))
        return kept

    def _says(self, figure: Figure, own: frozenset[str]) -> bool:
        """Whether the clause itself shows that the figure counts something: a unit, a word for it, or a label's end."""
        named = bool(figure.group and figure.before and scopes.of_text(self.plain[slice(*figure.before[0])], ()))
        return bool(
            figure.unit or own - binding.IDLE or named or _LABEL_END.search(self.text[max(0, figure.start - 20) : figure.start])
        )

    def _context(self, figure: Figure, farther: list[frozenset[str]], done: list[Bound]) -> Context:
        chain = list(farther)
        opener = next((b.features for b in done if b.figure is figure.group), None)
        if done and done[-1].figure.percent and _OPENED.fullmatch(self.text, done[-1].figure.unit_end, figure.start):
            chain.append(done[-1].features - {"rate"})  # "tỷ lệ trước hạn 76,3% (238 hồ sơ)"
        if opener:
            chain.append(opener)
        outer, near = self.around.context.features, self.around.context.near
        if figure.linked or opener:
            chain += [b.features for b in reversed(done)]
            return Context((*chain, *outer), None if near is None else len(chain) + near)
        topics = [b.features & TOPICS for b in reversed(done)]
        parallel = tuple(b.features for b in reversed(done))
        return Context(
            (*chain, *outer, *topics), len(chain) + (len(outer) if near is None else near), parallel, len(chain)
        )

    def _restated(self, figure: Figure, done: list[Bound]) -> Bound | None:
        """ "đạt gần 99% (98,93%)": the same rate said again in a bracket, exactly."""
        if not done or not done[-1].figure.percent or not done[-1].drafts:
            return None
        before = done[-1]
        gap = (before.figure.unit_end, figure.start)
        again = _AGAIN.fullmatch(self.text, *gap)
        if not again and (not _AGAINST_RATE.fullmatch(self.text, *gap) or any(gap[0] <= c.start < gap[1] for c in self.cues if c.features[:1] != ("change",))):
            return None
        first = before.drafts[0]
        draft = self._draft(
            figure, figure.numbers[0], "percent", before.features, first.indicator, first.role, figure.numbers[0].qualifier
        )
        draft.scope, draft.period = first.scope, first.period if again else draft.period
        if not again and draft.period == first.period:
            draft.doubt = "may be of another time"
        return Bound(figure, before.features, [draft])

    # -- shares --------------------------------------------------------------------------------------------------------

    def _leans(self, figure: Figure, mine: frozenset[str], done: list[Bound]) -> bool:
        """Whether a percentage says how large the count before it is."""
        if not any(_shareable(b) for b in done) or mine - binding.IDLE:
            return False
        last = done[-1].figure
        if ";" in self.text[last.unit_end : figure.start]:
            return last.group is not None
        near = figure.before[0] if figure.before else None
        return near is None or is_filler(self.text[near[0] : near[1]])

    def _share(self, figure: Figure, done: list[Bound], role: Role, qualifier: Qualifier | None) -> Bound:
        """A percentage right behind a count: a share of what that count is part of. Its indicator may be said by a
        count farther before ("Trong 38.114 hồ sơ có nghĩa vụ tài chính, có 21.406 hồ sơ …, đạt 56,1%")."""
        counts = [b for b in reversed(done) if _shareable(b)]
        near, chosen, indicator = counts[0], counts[0], None
        tail = self._tail_features(figure)
        for candidate in counts[:3]:
            indicator = binding.choose(candidate.features, "percent") or binding.choose(
                candidate.features | tail, "percent"
            )
            if indicator:
                chosen = candidate
                break
        if (
            indicator == "rate_on_time"
            and any({"early"} <= b.features and "on_time" not in b.features for b in done)
            and "early" not in chosen.features
        ):
            indicator = None
        draft = self._draft(
            figure, figure.numbers[0], "percent", chosen.features, indicator if role == "value" else None, role, qualifier
        )
        draft.scope = self._share_scope(draft, chosen, counts)
        if role == "value" and draft.period == near.drafts[0].period:
            if near.figure.group and ";" in self.text[near.figure.unit_end : figure.start]:
                draft.doubt = "which count the rate is of is not said"
            else:
                self._related_share(figure, draft, near, chosen, counts)
        return Bound(figure, chosen.features, [draft])

    def _related_share(self, figure: Figure, rate: Draft, near: Bound, chosen: Bound, counts: list[Bound]) -> None:
        """The relation of a share: with the fraction printed before it, or with its count and the base that is named."""
        first = near.drafts[0]
        if len(near.drafts) == 2 and near.figure.fraction:
            relation = next(r for r in self.out.relations if any(t[1] is first for t in r.terms))
            if all(name != "rate" for name, _, _ in relation.terms):
                relation.terms.append(("rate", rate, 1))
            return
        near_is_base = chosen is not near and (self._is_base(near) or _larger_total(near, chosen))
        above, below = (chosen, near) if near_is_base else (near, chosen)
        terms = [("rate", rate, 1), ("numerator", above.drafts[0], 1)]
        if above is not below and (near_is_base or self._is_base(below)):
            terms.append(("denominator", below.drafts[-1], 1))
        elif above is below and (base := next((b for b in counts[1:] if self._is_base(b)), None)):
            if base.drafts[-1].quantity.value >= above.drafts[0].quantity.value:
                terms.append(("denominator", base.drafts[-1], 1))
        self._relate("share", terms, figure)

    def _is_base(self, bound: Bound) -> bool:
        """Whether a count is named as what a share is out of: "trên tổng số 33.459 hồ sơ", "trong 38.114 hồ sơ"."""
        return bool(_OUT_OF.search(self.text[max(0, bound.figure.start - 24) : bound.figure.start]))

    def _tail_features(self, figure: Figure) -> frozenset[str]:
        """What the clause goes on to say after the bracket of a percentage: "(đạt 100%) cũng được công khai"."""
        rest = self.text[figure.unit_end : figure.sentence[1]]
        stop = re.search(r"[;.:,(\d]", rest)
        end = figure.unit_end + (stop.start() if stop else len(rest))
        return (
            frozenset(binding.features(c for c in self.cues if figure.unit_end <= c.start and c.end <= end))
            - binding.ACTIONS
        )

    def _share_scope(self, rate: Draft, chosen: Bound, counts: list[Bound]) -> str | None:
        """A share is of the scope of its count, unless counts of several scopes precede it; one outside the vocabulary
        is named by what it is a share of."""
        first = chosen.drafts[0]
        if rate.indicator is None and first.indicator:
            return first.scope or indicators()[first.indicator].name_vi
        named = chosen.figure.before and _RATE_OF.match(self.text[chosen.figure.before[-1][0] :])
        if rate.indicator and first.indicator is None and first.scope is None and named:
            label = self._label(chosen.figure)
            for draft in chosen.drafts:
                draft.scope = label
            return self.around.scope
        return None if len({b.drafts[0].scope for b in counts}) > 1 else first.scope

    def _label(self, figure: Figure) -> str | None:
        """The words that lead to a figure, without "Tỷ lệ"."""
        start, end = figure.before[-1][0], figure.before[0][1]
        words = re.sub(r"(?i)^[\s\-+]*(?:tỷ lệ|tỉ lệ|số|tổng số)\s+", "", self.text[start:end])
        return " ".join(words.split())[:120].strip(" ,;:(") or None

    # -- fractions, products ---------------------------------------------------------------------------------------------

    def _fraction(self, bound: Bound, of: FigureKind, role: Role) -> None:
        figure, full = bound.figure, bound.features
        above, below = figure.numbers
        if of == "rank":
            names: tuple[Role, Role] = ("value", "field_size")
            first, second = binding.choose(full | {"rank"}, "rank"), None
        elif of == "score":
            names, first, second = ("value", "max"), binding.choose(full, "score"), None
        else:
            names = ("numerator", "denominator")
            first, second = over(full)
        if role not in ("value", "target"):
            first = second = None
        top = self._draft(figure, above, of, full, first, names[0], above.qualifier)
        bottom = self._draft(figure, below, of, full, second, names[1], below.qualifier)
        if of == "rank":
            top.unit, bottom.unit = "hạng", figure.unit or "đơn vị"
        elif of == "score" and bottom.scope is None and figure.before:
            piece = self.text[figure.before[0][0] : figure.before[0][1]]
            bottom.scope = re.sub(r"(?i)\b(?:đạt|là|được|có|trong đó)\b", "", piece).strip(" ,;:(*") or None
            bottom.scope = None if first == "par_index_score" else bottom.scope
        bound.drafts += [top, bottom]
        kind = {"rank": ("rank", "value", "field"), "score": ("maximum", "value", "maximum")}.get(
            of, ("fraction", "numerator", "denominator")
        )
        self._relate(kind[0], [(kind[1], top, 1), (kind[2], bottom, 1)], figure)

    def _product(self, bound: Bound) -> None:
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
            draft = self._draft(
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
        self._relate("product", terms, figure)

    # -- drafts and relations ------------------------------------------------------------------------------------------

    def _draft(
        self,
        figure: Figure,
        number: NumberSpan,
        of: FigureKind,
        features: frozenset[str],
        indicator: str | None,
        role: Role,
        qualifier: Qualifier | None,
    ) -> Draft:
        around = self.around
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
        elif draft.unit is None and figure.group and figure.group.unit and self._says(figure, features):
            draft.unit = figure.group.unit
        elif draft.unit is None:
            draft.unit = name_of(features) or (indicators()[indicator].unit if indicator else None)
        draft.scope = self._scope(figure, indicator, of, role)
        draft.period = period_of(self.text, self.mentions, figure, self.report, self.around.period)
        known = [*((c.start, c.end) for c in self.cues), *((u.start, u.end) for u in self.units.values()), *self.held, *self.names]
        draft.doubt = doubt_of(self.plain, figure, known, draft.scope, draft.period is not None)
        self.out.drafts.append(draft)
        return draft

    def quote(self, figure: Figure) -> str:
        """The clause of a figure, or its whole sentence where that is short."""
        start, end = figure.sentence
        if end - start > _LONG:
            first, last = figure.clause
            start = max(start, min(first, figure.start - _AROUND))
            end = min(end, max(last, figure.unit_end + _AROUND))
            start = self.text.find(" ", start, figure.start) + 1 if start > figure.sentence[0] else start
            end = self.text.rfind(" ", figure.unit_end, end) if end < figure.sentence[1] else end
            end = end if end > figure.unit_end else figure.unit_end
        return " ".join(self.text[start:end].split())

    def _scope(self, figure: Figure, indicator: str | None, of: FigureKind, role: Role) -> str | None:
        after = [p for p in figure.after if self.text[p[0] - 1] != "("]  # a bracket behind a figure explains it
        if re.match(r"\s*,", self.text[figure.unit_end :]):
            after = []  # "Sở Y tế 87,12%, Sở Tài chính 79,26%": what follows names the next one
        for start, end in [*figure.before[:1], *after, *figure.before[1:2]]:
            piece = self.plain[start:end]
            found = scopes.of_text(piece, self.own)
            if found:
                self.carried = self.carried if (start, end) in after else (found, figure.group)
                return found
            if scopes.whole(piece):
                self.carried = None
                return None
        label = _LABEL.match(self.plain, figure.sentence[0], figure.start)
        if label and label.end() == figure.start and not any(label.start(1) <= c.start < label.end(1) for c in self.cues):
            name = " ".join(label[1].split())
            if "," in name and not self._is_own(name) and scopes.named(name, True):
                return name
        bare = figure.before[0] if figure.before else None
        if bare and not any(bare[0] <= c.start < bare[1] for c in self.cues):
            self.listing = self.listing or bool(_LISTING.search(self.text[figure.sentence[0] : bare[0]]))
            listed = self.listing
            opens = bare[0] <= figure.sentence[0] + 2 and self.text[bare[1] - 1] not in ":(" and not listed
            name = None if opens else scopes.named(self.plain[bare[0] : bare[1]], listed)
            if name and not any(name.casefold() == o.casefold() for o in self.own):
                return name
        elif bare and self.text[bare[1] - 1] == "(" and (first := _FIRST_LISTED.search(self.plain, bare[0], bare[1])):
            name = scopes.named(first[1], True)
            if name and _LISTING.search(self.text[figure.sentence[0] : first.start(1)]):
                self.listing = True
                return name
        if self.carried and self.carried[1] is not figure.group and self.carried[1] is not None:
            self.carried = None  # the bracket in which that scope was named is closed
        if self.carried or self.lead[1]:
            return self.carried[0] if self.carried else self.lead[1]
        if self.told:
            return self.told
        if indicator is None and of == "percent" and figure.after and role == "value":
            subject = self.text[figure.after[0][0] : figure.after[-1][1]]
            cut = _SUBJECT_END.search(subject, 8)
            return " ".join((subject[: cut.start()] if cut else subject).split())[:80] or self.around.scope
        return self.around.scope

    def _relate(self, kind: str, terms: list[tuple[str, Draft, int]], figure: Figure) -> None:
        locator = terms[0][1].passage.locator
        self.out.relations.append(DraftRelation(kind, terms, locator, self.quote(figure)))  # type: ignore[arg-type]

    def zero(self, zero: StatedZero) -> None:
        """ "không có hồ sơ trễ hạn" as a stated zero."""
        start, end = zero.start, zero.end
        cues = [c for c in self.cues if start <= c.start < end + 60]
        full = binding.complete(binding.nearest(cues, False) | {"dossier"}, Context(self.around.context.features))
        indicator = binding.choose(full, "count")
        if indicator is None or self.around.future or _SOME_OFFICES.search(self.text, max(0, start - 40), start):
            return
        number = NumberSpan(start, end, zero.quantity)
        figure = Figure((number,), start, end, "hồ sơ", end, clause=(start, end), sentence=self._sentence_of(start))
        figure.before = [(max(figure.sentence[0], start - 120), start)]
        figure.after = [(end, min(figure.sentence[1], end + 60))]
        self.lead, self.carried = self._lead(figure.sentence, figure), None
        self._draft(figure, number, "count", full, indicator, "value", None)

    def _sentence_of(self, at: int) -> tuple[int, int]:
        return next((s for s in self.sentences if s[0] <= at < s[1]), (at, at))


def _shareable(bound: Bound) -> bool:
    """Whether a percentage may be a share of this figure: a count that is there, not a change, a span of time or a rank."""
    return (
        not bound.figure.percent
        and bool(bound.drafts)
        and bound.drafts[0].role not in ("change", "duration", "limit", "threshold")
        and bound.figure.unit not in ("điểm phần trăm", "bậc", "hạng")
    )


def _larger_total(near: Bound, part: Bound) -> bool:
    """Whether a count is a total that `part` may be out of: "31.680 …; tổng số hồ sơ tiếp nhận 33.459, đạt 94,68%"."""
    whole, first = near.drafts[0], part.drafts[0]
    return whole.indicator in _TOTALS and not part.figure.fraction and first.quantity.value <= whole.quantity.value


_TOTALS = frozenset({"dossiers_received_total", "dossiers_received_new", "dossiers_resolved_total"})


def _without_citations(text: str, mentions: Mentions) -> str:
    """The text with cited documents and the names of their issuers blanked, offsets kept."""
    kept = list(text)
    for start, end, kind in mentions.placed:
        if kind == "citation":
            issuer = _OF_ISSUER.match(text, end)
            stop = issuer.end() if issuer else end
            kept[start:stop] = " " * (stop - start)
    return "".join(kept)


_LONG, _AROUND = 240, 100  # a sentence up to this many characters is quoted whole, else so much around the figure
_SKIP = Figure((), 0, 0)


__all__ = ["Found", "harvest"]
