"""Whose figures a sentence states: what it announces of itself, what it names before or behind a figure."""

from __future__ import annotations

import re

from extractors.facts import binding, scopes
from extractors.facts.clauses import Figure
from extractors.facts.stretch import Stretch
from extractors.model import Role
from extractors.vocabulary import FigureKind

_COMMA = re.compile(r"\s*,")
_SUBJECT_END = re.compile(r"(?i)[,.;:()]|\b(?:đều|được|đã|có|là|sử dụng|hoàn thành|thực hiện|tham gia|đạt|khi|theo)\b")

#: "Tại 15 xã, thị trấn: tiếp nhận 28.642 hồ sơ, …"
_PLACED_COUNT = re.compile(r"\s*[-+*•]?\s*((?:Tại|Ở|Đối với)\s+(?:các\s+|\d{1,3}(?:/\d{1,3})?\s+)?[^:;.()\d]{3,40}):\s")
_LISTING = re.compile(
    r"(?i)\b(?:lĩnh vực|đơn vị|phòng|xã|phường|huyện|cơ quan|sở)\b[^.;]*(?::|\b(?:gồm|là|như)\b)[^.;]*$"
)

_PLACED = re.compile(
    r"(?i)\s*[-+*•]?\s*(?:trong đó,?\s+)?(?:tại|riêng|riêng tại|đối với|với|ở|về phía|phía|về|trong|thuộc)\s+(?:các\s+)?([^,;:()\d]{3,80}?)\s*(?:[,:]\s|(?=(?:không (?:có|còn|phát sinh)|chưa có) ))"
)

#: "…, các sở, ban, ngành 61,27 ngàn HS": a level by its usual name, in the plural.
_TOGETHER = re.compile(
    r"(?i)[\s,;:(]*(?:trong đó:?,?\s*)?(các sở, (?:ban, )?ngành(?: (?:cấp )?tỉnh)?)\s*(?:là|có|:)?\s*"
)
_LABEL = re.compile(r"\s*[-+*•]?\s*([^:;.()\d]{3,90}):\s*")  # "Đấu giá tài sản, công chứng, luật sư: 96 hồ sơ"

_FIRST_LISTED = re.compile(r"(?i)\b(?:là|gồm|như|:)\s+(?:lĩnh vực\s+)?([^,;:()\d]{2,60}?)\s*\($")
#: Offices and their parts as the subject of a sentence; the one-stop desk is where the body's own dossiers come in.
_SUBJECT = re.compile(
    r"\s*[-+*•]?\s*(?:[Rr]iêng |[Tt]rong đó,? )?((?:(?:Hệ thống|Khối|Các|Toàn bộ)\s+)?"
    r"(?:Văn phòng|Chi nhánh|Phòng|Chi cục|Cục|Ban Quản lý|Công an|Bảo hiểm xã hội|BHXH|Thuế|Đội|Trạm|Hạt|Sở|UBND|Ủy ban nhân dân|Cơ quan|chi nhánh|khối|cơ quan"
    r"|Trung tâm(?! (?:[Pp]hục vụ )?[Hh]ành chính công)|cấp|Cấp)\s(?!(?:đã|đang|cũng|mới|vẫn|còn|có|tiếp|nhận|giải|trả|xử|phát|thụ|đạt|hiện|không|chưa|đều|luôn|được|sẽ|bố trí|cử|quản lý|tổ chức|triển khai|thực hiện|ban hành)\b)[^,;:.()\d]{2,70}?)(?: và \d{1,3} (?:chi nhánh|phòng|đơn vị|cơ sở|trạm)[^,;:.()\d]{0,30}?)?\s*(?:\([^()\d]{1,30}\)\s*)?"
    r"(?:(?:đã|đang|cũng|mới|vẫn|còn|có)\s+)*(?:tiếp nhận|nhận|giải quyết|trả|xử lý|phát sinh|thụ lý|có|đạt)\b"
)


class Whose:
    """The scope of figures, read sentence by sentence from left to right."""

    def __init__(self, stretch: Stretch) -> None:
        self.stretch = stretch
        self.lead: tuple[frozenset[str], str | None] = (frozenset(), None)
        self.told: str | None = None  # whose figures an earlier sentence of the paragraph said that it states
        self.scoped: dict[int, str | None] = {}  # scopes of the figures of the sentence, by identity
        self.listing = False  # the sentence lists fields or offices by name
        self.carried: tuple[str, Figure | None] | None = None  # named before a figure, good for those linked to it

    def open(self, sentence: tuple[int, int], first: Figure) -> None:
        """Begin a sentence whose first figure is `first`."""
        self.lead = self.announced(sentence, first)
        head = self.stretch.plain[sentence[0] : first.start]
        own = (o.casefold() for o in self.stretch.own if scopes.proper(o))
        if self.lead[1] is not None:
            self.told = self.lead[1]
        elif scopes.whole(head) or any(o in head.casefold() for o in own):
            self.told = None
        self.carried, self.listing, self.scoped = None, False, {}

    def announced(self, sentence: tuple[int, int], first: Figure) -> tuple[frozenset[str], str | None]:
        """What a sentence announces before a colon ("Cấp xã: tiếp nhận …, giải quyết …") or says of itself at its head
        ("Tại phường A, tiếp nhận …, giải quyết …"): channels and scope of all in it."""
        head = self.stretch.plain[sentence[0] : first.start]
        if (opening := _PLACED_COUNT.match(self.stretch.plain, *sentence)) and (communes := scopes.level(opening[1])):
            return frozenset(), communes
        placed = _PLACED.match(self.stretch.plain[sentence[0] : first.start + 16])
        placed = placed if placed and placed.end(1) <= len(head) else None
        if placed:
            named = scopes.of_text(placed[1], self.stretch.own) or scopes.named(placed[1])
            if named and not self.stretch.is_own(named):
                return frozenset(), named
        subject = _SUBJECT.match(self.stretch.plain[sentence[0] : min(first.start + 60, sentence[1])])
        if subject and subject.end(1) <= len(head) and not self.stretch.is_own(subject[1]):
            return frozenset(), " ".join(subject[1].split())
        colon = re.search(r":\s+(?=\S)", head)
        if not colon or not head[colon.end() :].strip():
            return frozenset(), None
        end = sentence[0] + colon.start()
        cues = self.stretch.cues_within(sentence[0], end)
        if any(binding.CHANNELS & set(c.features) for c in self.stretch.cues_within(end, sentence[1])):
            cues = []  # "Về hồ sơ trực tuyến: tiếp nhận 38.915 hồ sơ, trong đó trực tuyến …"
        words = self.stretch.plain[sentence[0] : end]
        return binding.features(cues) & binding.CHANNELS, scopes.of_text(words, self.stretch.own)

    def of(self, figure: Figure, indicator: str | None, of: FigureKind, role: Role) -> str | None:
        """The scope of a figure: its own, or that of the count which it is a part of."""
        found = self._own(figure, indicator, of, role)
        if found is None and figure.group is not None and not self._of_all(figure):
            found = self.scoped.get(id(figure.group))
        self.scoped[id(figure)] = found
        return found

    def _opens(self, figure: Figure) -> bool:
        """Whether a list item begins with the figure: "- 156 hồ sơ của Sở Nội vụ, với 30 hồ sơ …" is all of that office."""
        return not self.stretch.plain[figure.sentence[0] : figure.start].strip(" -+*•–.")

    def _of_all(self, figure: Figure) -> bool:
        """Whether the words before a figure speak of the whole."""
        return any(scopes.whole(self.stretch.plain[start:end]) for start, end in figure.before[:1])

    def _own(self, figure: Figure, indicator: str | None, of: FigureKind, role: Role) -> str | None:
        """Said near it, by its label or list, else carried on, else inherited."""
        plain, around = self.stretch.plain, self.stretch.around
        after = [p for p in figure.after if self.stretch.text[p[0] - 1] != "("]  # such a bracket explains the figure
        if _COMMA.match(self.stretch.text, figure.unit_end):
            after = []  # "Sở Y tế 87,12%, Sở Tài chính 79,26%": what follows names the next one
        for start, end in [*figure.before[:1], *after, *figure.before[1:2]]:
            found = scopes.of_text(plain[start:end], self.stretch.own)
            if found:
                if (start, end) not in after or self._opens(figure):
                    self.carried = found, figure.group
                return found
            if scopes.whole(plain[start:end]):
                self.carried = None
                return None
        if name := self._respectively(figure):
            return name
        if name := self._labelled(figure) or self._listed(figure):
            return name
        if self.carried and self.carried[1] is not figure.group and self.carried[1] is not None:
            self.carried = None  # the bracket in which that scope was named is closed
        inherited = self.carried[0] if self.carried else self.lead[1] or self.told
        if inherited:
            return inherited
        if indicator is None and of == "percent" and figure.after and role == "value":
            subject = self.stretch.text[figure.after[0][0] : figure.after[-1][1]]
            cut = _SUBJECT_END.search(subject, 8)
            return " ".join((subject[: cut.start()] if cut else subject).split())[:80] or around.scope
        return around.scope

    def _silent(self, start: int, end: int) -> bool:
        return not any(start <= c.start < end for c in self.stretch.cues)

    def _respectively(self, figure: Figure) -> str | None:
        """ "ở cấp tỉnh và cấp xã lần lượt là 14.826 và 71.385 hồ sơ": the n-th figure is of the n-th name."""
        start = figure.sentence[0]
        at = self.stretch.text.rfind("lần lượt", start, figure.start)
        if at < 0 or re.search(r"[;.]\s", self.stretch.text[at : figure.start]):
            return None
        opening = max(self.stretch.text.rfind(";", start, at), start - 1) + 1
        names = scopes.in_order(self.stretch.plain[opening:at], self.stretch.own)
        place = sum(1 for n in self.stretch.mentions.numbers if at < n.start < figure.start)
        return names[place] if len(names) > 1 and place < len(names) else None

    def _labelled(self, figure: Figure) -> str | None:
        """ "Đấu giá tài sản, công chứng, luật sư: 96 hồ sơ": a sentence that opens with several names and a colon."""
        label = _LABEL.match(self.stretch.plain, figure.sentence[0], figure.start)
        if label is None or label.end() != figure.start or not self._silent(*label.span(1)):
            return None
        name = " ".join(label[1].split())
        return name if "," in name and not self.stretch.is_own(name) and scopes.named(name, True) else None

    def _listed(self, figure: Figure) -> str | None:
        """A bare name before a figure: "các lĩnh vực: Đất đai 1.200, Hộ tịch 800", "gồm Sở Y tế (12 hồ sơ)"."""
        if not figure.before:
            return None
        text, plain, opening = self.stretch.text, self.stretch.plain, figure.sentence[0]
        start, end = figure.before[0]
        if together := _TOGETHER.fullmatch(plain, start, end):
            return together[1]
        if self._silent(start, end):
            self.listing = self.listing or bool(_LISTING.search(text[opening:start]))
            opens = start <= opening + 2 and text[end - 1] not in ":(" and not self.listing
            name = None if opens else scopes.named(plain[start:end], self.listing)
            own = tuple(o.casefold() for o in self.stretch.own)  # "Sở Tài chính xác định" too
            return name if name and not any(f"{name.casefold()} ".startswith(f"{o} ") for o in own) else None
        first = _FIRST_LISTED.search(plain, start, end) if text[end - 1] == "(" else None
        if first and _LISTING.search(text[opening : first.start(1)]):
            name = scopes.named(first[1], True)
            self.listing = self.listing or bool(name)
            return name
        return None

    def label(self, figure: Figure) -> str | None:
        """The words that lead to a figure, without "Tỷ lệ"."""
        start, end = figure.before[-1][0], figure.before[0][1]
        words = re.sub(r"(?i)^[\s\-+]*(?:tỷ lệ|tỉ lệ|số|tổng số)\s+", "", self.stretch.text[start:end])
        return " ".join(words.split())[:120].strip(" ,;:(") or None
