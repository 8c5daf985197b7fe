"""The words that belong to a figure: what stands before it, after it, and in which bracket or "trong đó" it hangs.

Two styles alternate in one sentence. Label first: "Số hồ sơ trễ hạn: 7 hồ sơ". Figure first: "33 hồ sơ đang trong thời
hạn giải quyết". The text between two figures is therefore cut at its delimiters, and each piece given to the figure it
leans on.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.facts.numbers import Fraction, NumberSpan, Product
from extractors.language.pipeline import Found

_SENTENCE_END = re.compile(r"[.!?…](?=\s+[\"“(]?(\S))|\n")
_ABBREVIATION = re.compile(r"(?:\b(?:TP|Tp|TX|ThS|TS|PGS|GS|KT|TM|TL|Q|P|STT|No|Ths|đ/c)|\b[A-ZĐ])\.$")
_PARTS = re.compile(
    r"(?i)\b(?:trong đó|trong số đó|bao gồm|gồm có|gồm|cụ thể(?: là)?|chia ra|phân ra|phân theo|chia theo|(?<=[,;:(.] )trong số (?:hồ sơ )?(?:này|trên))\b\s*:?"
)
_STRONG = re.compile(r"[;()]|(?<!\d)[.:]|[.:](?!\d)")
_SAID = re.compile(r"\w{2,}\s+\w{2,}")  # words before "còn", not only a word that leads on
_AND = re.compile(r"(?i)\s(?:và|còn|thì|đồng thời|cùng với|cùng|lẫn|cộng với|cộng thêm|và thêm)\s")
#: After a figure these words open a circumstance, not what the figure counts.
_CIRCUMSTANCE = re.compile(
    r"(?i)\b(?:do|vì|để|theo(?! biên chế)|thuộc|của|nên|tại|so với|cho|bởi|mà(?! (?:đã|chưa|vẫn|nay|còn|không)\b)|nhằm|thông qua|trên địa bàn|về|liên quan|từ|đối với|trên tổng số|trong tổng số|/)\b|/"
)
_BASE_WORDS = re.compile(
    r"(?i)\s*(?:trên |so với |của |trong )?(?:tổng |toàn bộ )?(?:số|danh mục|khối lượng|lượng|toàn bộ)\b"
)
_OVER_TOTAL = re.compile(r"(?i)\s(?:trên(?: tổng)?(?: số)?|trong tổng(?: số)?|trong số)\s+$")
_SUM_OF_ALL = re.compile(r"(?i)\s*tổng(?: số| cộng)?\s*(?:là|:)?\s*$")  # "…, tổng số 440 hồ sơ"
#: "cùng 40 hồ sơ còn lại từ kỳ trước thành 630 hồ sơ": what the parts add up to.
_MAKES = re.compile(r"(?i)(?<=\w)\s+(?:thành|lên thành|nâng (?:tổng số |số )?lên(?: thành)?|là thành)\s*$")
#: What adds the next figure to the one before.
ADDING = r"cộng với|cộng thêm|cộng dồn|cộng cả|cùng với|cùng|thêm"
_PLUS = re.compile(rf"(?i)\b(?:{ADDING}|và)\s*$")
#: "cộng với 38 hồ sơ kỳ trước chuyển sang là 1.714 hồ sơ"
_ARE = re.compile(
    r"(?i)(?<=\w)\s+(?:thành|lên thành|là|thành ra|bằng|được|thì tổng(?: số)?(?: là)?|tổng(?: cộng)? là)\s*$"
)
_WHOLE_NAMED = re.compile(r"(?i)\b(?:thì|tổng)\b")
_IN_NAME = re.compile(r"\b[Ll]ĩnh vực\s+[^\W\d_a-zà-ỹ]\w*[^,;:()\d]*$")
_FINITE = re.compile(r"(?i)\s(?:có|thì)\s*$")
_NEW_SUBJECT = re.compile(r"[,;]\s*(?!(?:và|đã|được|đều|trong đó|cụ thể)\b)[^\W\d_][^,;()\d]*[^\W\d_]\s*$")
_LIST_COLON = re.compile(r"[^,;:()\d]{0,60}:\s")
_AMONG = re.compile(r"(?i)\btrong(?: tổng)? số\s*$")
#: "03 hồ sơ (lĩnh vực đất đai); …": a bracket without figures explains the figure before it.
_ASIDE = re.compile(r"[^;():.]{0,60}\(([^()\d]{2,160})\)\s*[,;.:]?")
_FILLER = re.compile(
    r"(?i)^[\s,;:()–\-“”\"]*(?:(?:và|còn|với|có|là|được|đạt|chiếm|tương ứng|tương đương|tỷ lệ|tỉ lệ|bằng|khoảng|gần|hơn|trên|hiện|số|lệ|ước|ở|mức|xấp xỉ|với tỷ lệ|tổng|đều|lần lượt|cả|tức|ứng|hay|nghĩa là|tính ra|quy ra)[\s,:()–\-]*)*$"
)


@dataclass(slots=True)
class Figure:
    """One number, a fraction a/b or a product, with the unit printed after it; offsets in the line.

    `before` and `after` are the stretches of text that belong to it, nearest first; `group` is the figure that opened
    the "trong đó" or bracket in which this one stands, `exhaustive` how that opening reads; `clause` spans the quote.
    """

    numbers: tuple[NumberSpan, ...]
    start: int
    end: int
    unit: str | None = None
    unit_end: int = 0
    product: Product | None = None
    fraction: Fraction | None = None
    before: list[tuple[int, int]] = field(default_factory=list)
    after: list[tuple[int, int]] = field(default_factory=list)
    group: Figure | None = None
    linked: bool = True  # no full stop or semicolon between this figure and the one before
    exhaustive: bool = False
    opening: int = 0  # which bracket or "trong đó" of the sentence that is: one count may be divided twice
    loose: bool = False  # a semicolon may have ended that "trong đó"
    clause: tuple[int, int] = (0, 0)
    sentence: tuple[int, int] = (0, 0)

    @property
    def percent(self) -> bool:
        return self.numbers[0].percent


_LEVELS = re.compile(r"[();]|" + _PARTS.pattern[4:], re.IGNORECASE)


def _leads_in(word: re.Match[str], phrases: Sequence[tuple[int, int]]) -> bool:
    """Whether a word of circumstance belongs to a known phrase: it begins one, or "từ quý I chuyển sang" follows."""
    far = 16 if word[0].lower() in ("từ", "của") else 0
    return any(s <= word.start() < e or word.end() < s <= word.end() + far for s, e in phrases)


def uncircumstanced(
    text: str, pieces: Sequence[tuple[int, int]], phrases: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Pieces behind a figure without the circumstances ("do …", "tại …"), which do not say what is counted."""
    kept = []
    for first, last in pieces:
        cut = next((m for m in _CIRCUMSTANCE.finditer(text, first, last) if not _leads_in(m, phrases)), None)
        kept.append((first, cut.start() if cut else last))
        if cut:
            resumed = _RESUMED.search(text, cut.end(), last) if cut[0].lower() in _WHERE else None
            kept += [(resumed.start(), last)] if resumed else []
            break
    return [p for p in kept if text[p[0] : p[1]].strip(" ,")]


#: "68 TTHC của Sở được cung cấp …": behind a place the clause goes on with what happened.
_WHERE = frozenset({"của", "thuộc", "tại", "trên địa bàn"})
_RESUMED = re.compile(r"(?i)\b(?:được|đã|đang)\s")


def sentences(text: str, start: int, held: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sentences of `text[start:]` as spans; a stop inside a `held` span (citation, figure) ends none."""
    inside = sorted(held)
    starts = [s for s, _ in inside]
    spans, at = [], start
    for match in _SENTENCE_END.finditer(text, start):
        k = bisect_right(starts, match.start()) - 1
        if k >= 0 and inside[k][1] > match.start() + 1:
            continue
        if match[1] and not (match[1].isupper() or match[1] in "0123456789+-*•"):
            continue
        if text[match.start()] == "." and _ABBREVIATION.search(text[at : match.end()]):
            continue
        if text[at : match.end()].strip():
            spans.append((at, match.end()))
        at = match.end()
    if text[at:].strip():
        spans.append((at, len(text)))
    return [piece for span in spans for piece in _bounded(text, *span)]


_LONGEST = 4000  # characters of a sentence; what is longer is a list, and is cut behind a semicolon or comma
_CUT = re.compile(r"[;,]\s")


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A span in pieces of at most about `_LONGEST` characters: the figures of a sentence are compared with each other."""
    while end - start > _LONGEST:
        cut = max((m.end() for m in _CUT.finditer(text, start + _LONGEST // 2, start + _LONGEST)), default=0)
        if not cut:  # nothing that parts: at a blank, so that no figure is cut
            cut = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST) + 1
        if not cut:
            break
        yield start, cut
        start = cut
    yield start, end


def attach(text: str, sentence: tuple[int, int], figures: Sequence[Figure], cues: Sequence[Found]) -> None:
    """Fill `before`, `after`, `group`, `clause` of the figures of one sentence, in place."""
    if not figures:
        return
    phrases = [(c.start, c.end) for c in cues]
    pieces = _pieces(text, sentence[0], figures[0].start, phrases)
    figures[0].before = list(reversed(pieces))
    for left, right in itertools.pairwise(figures):
        _share(text, left, right, phrases)
    last = figures[-1]
    last.after = _tail(text, last.unit_end, sentence[1], phrases)
    _groups(text, sentence, figures)
    _wholes_behind(text, sentence, figures, phrases)
    for i, figure in enumerate(figures):
        first = min([s for s, _ in figure.before[:2]] or [figure.start])
        stop = max([e for _, e in figure.after[:1]] or [figure.unit_end])
        figure.clause = _trim(text, min(first, figure.start), max(stop, figure.unit_end))
        figure.sentence = sentence
        figure.linked = i == 0 or not re.search(r"[;]|\.\s", text[figures[i - 1].unit_end : figure.start])


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " ,;:.-+()\t\n":
        start += 1
    while end > start and text[end - 1] in " ,;:(\t\n":
        end -= 1
    return start, end


def _pieces(text: str, start: int, end: int, phrases: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """`text[start:end]` cut at commas and stronger marks that stand in no phrase of the vocabulary."""
    cuts = [start]
    for match in re.finditer(r"[,;()]|:(?=\s)|\.(?=\s)|(?i:\btrong đó\b|\bbao gồm\b)", text[start:end]):
        at = start + match.start()
        if not any(s < at < e for s, e in phrases):
            cuts.append(start + match.end())
    cuts.append(end)
    return [(a, b) for a, b in itertools.pairwise(cuts) if text[a:b].strip(" ,;:()")]


def _share(text: str, left: Figure, right: Figure, phrases: Sequence[tuple[int, int]]) -> None:
    """Give the text between two figures to the one or the other."""
    start, end = left.unit_end, right.start
    gap = text[start:end]
    opening = _PARTS.search(gap)
    strong = next((m for m in _STRONG.finditer(gap) if not _inside(start + m.start(), phrases) and m[0] != ":"), None)
    cut = min((m.start() for m in (opening, strong) if m), default=None)
    aside = _ASIDE.match(gap)
    if aside and cut is not None and aside.start(1) - 1 <= cut:
        left.after = [
            p
            for p in ((start, start + aside.start(1) - 1), (start + aside.start(1), start + aside.end(1)))
            if text[slice(*p)].strip(" ,")
        ]
        right.before = list(reversed(_pieces(text, start + aside.end(), end, phrases)))
        return
    if cut is not None:
        left.after = _tail(text, start, start + cut, phrases)
        rest = start + (max(m.end() for m in (opening, strong) if m and m.start() == cut))
        right.before = list(reversed(_pieces(text, rest, end, phrases)))
        if text[rest - 1] == "(" and not right.before and (name := _named_bracket(text, start, rest - 1, phrases)):
            right.before = [name]
            left.after = left.after if left.percent else [p for p in left.after if p[1] <= name[0]]
        return
    pieces = _pieces(text, start, end, phrases)
    comma = bool(re.match(r"\s*,", gap))
    over = _OVER_TOTAL.search(gap)
    if over and not comma and not _FILLER.match(gap[: over.start()]):
        left.after = [(a, min(b, start + over.start())) for a, b in pieces if a < start + over.start()]
        right.before = [(start + over.start(), end)]
        return
    added = _PLUS.search(text, max(0, left.start - 24), left.start)
    made = (_ARE if added else _MAKES).search(gap)
    if made and len(pieces) == 1 and not comma and not _WHOLE_NAMED.search(gap, 0, made.start()):
        left.after, right.before = [(start, start + made.start())], [(start + made.start(), end)]
        return
    joint = _joint(text, start, end, comma, phrases)
    if joint and len(pieces) == 1:
        pieces = [p for p in ((start, joint.start()), (joint.end(), end)) if p[0] <= p[1]]
        left.after, right.before = [pieces[0]], [pieces[1]]
    elif len(pieces) == 1 and gap.rstrip().endswith(":") and not comma and not right.percent:
        left.after = pieces  # "Toàn bộ 152.930 hồ sơ tiếp nhận được phân theo từng cấp: 69.960 …"
    elif len(pieces) == 1 and _FINITE.search(gap) and not _FILLER.match(gap) and not comma:
        left.after = pieces  # "Trong số 12.846 hồ sơ tiếp nhận trong kỳ có 11.318 …"
    elif len(pieces) == 1 and not comma and not gap.rstrip().endswith(","):
        if _FILLER.match(gap) or any(not _FILLER.match(text[s:e]) for s, e in left.before[:1]):
            right.before = pieces
        else:
            left.after = pieces
    elif pieces and _SUM_OF_ALL.match(text[pieces[-1][0] : end]):
        left.after, right.before = pieces[:-1], pieces[-1:]
    elif pieces and (_FILLER.match(text[pieces[-1][0] : end]) or (gap.rstrip().endswith(",") and not comma)):
        left.after = pieces
    elif pieces:
        first_is_left = not comma and len(pieces) > 1
        left.after = pieces[:1] if first_is_left else []
        right.before = list(reversed(pieces[1:] if first_is_left else pieces))


def _joint(text: str, start: int, end: int, comma: bool, phrases: Sequence[tuple[int, int]]) -> re.Match[str] | None:
    """The "và" or "còn" that parts what is said of two figures."""
    joint = next((m for m in _AND.finditer(text, start, end) if not _within(m.start() + 1, phrases)), None)
    if joint and _IN_NAME.search(text, start, joint.start()) and not any(joint.end() <= s < end for s, _ in phrases):
        return None  # "lĩnh vực Thành lập và hoạt động của doanh nghiệp với 220 hồ sơ"
    if joint and comma and joint[0].strip() == "còn" and _SAID.search(text, start, joint.start()):
        return None  # ", sau thẩm định còn 93 điểm"
    return joint


def _named_bracket(text: str, start: int, bracket: int, phrases: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """What stands right before a bracket that holds a figure and no words: "…, vượt chỉ tiêu được giao (80%)" and
    "…, Kiểm lâm (592 hồ sơ)"; None where those words go on with the figure before them."""
    opens = re.match(r"\s*[),;.:]|\s*(?:và|còn|cùng)\s", text[start:bracket]) or _BASE_WORDS.match(text[start:bracket])
    pieces = _pieces(text, start, bracket, phrases)
    said = len(pieces) > 1 and any(pieces[-1][0] <= s < pieces[-1][1] for s, _ in phrases)
    mainly = len(pieces) > 1 and bool(_MAINLY.match(text, *pieces[-1]))
    if (opens or said or mainly) and pieces and not _FILLER.match(text[slice(*pieces[-1])]):
        return pieces[-1]
    return None


#: "3.347 hồ sơ trễ hẹn, tập trung ở lĩnh vực đất đai (2.900 hồ sơ)": the bracket is of what stands before it.
_MAINLY = re.compile(
    r"(?i)\s*(?:tập trung|chủ yếu|phần lớn|đa số|nhất là|riêng|điển hình|cao nhất|nhiều nhất|nhiều ở)\b"
)


def _inside(at: int, phrases: Sequence[tuple[int, int]]) -> bool:
    return any(s < at < e for s, e in phrases)


def _within(at: int, phrases: Sequence[tuple[int, int]]) -> bool:
    """As `_inside`, the phrase may also begin here."""
    return any(s <= at < e for s, e in phrases)


def _tail(text: str, start: int, end: int, phrases: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What follows a figure up to the next strong mark."""
    short = re.match(r"[^(;:.]{0,40}?(\([A-ZĐ]{2,8}\))", text[start:end])  # "hồ sơ thủ tục hành chính (TTHC) được …"
    first = start + short.end() if short else start
    strong = next((m for m in _STRONG.finditer(text, first, end) if not _inside(m.start(), phrases)), None)
    stop = strong.start() if strong else end
    return [p for p in _pieces(text, start, stop, phrases) if not short or p[0] != start + short.start(1) + 1]


@dataclass(slots=True)
class _Open:
    """A bracket or "trong đó" that is open while a sentence is walked; `members` are the figures in it so far."""

    mark: str
    opener: Figure | None
    exhaustive: bool = False
    last: Figure | None = None  # nearest count inside: what the next "trong đó" opens from
    members: int = 0
    at: int = 0


def _groups(text: str, sentence: tuple[int, int], figures: Sequence[Figure]) -> None:
    """Which figure opened the bracket or "trong đó" that a figure stands in: the nearest count before it on its level.

    A semicolon ends a "trong đó" whose parts were set off by commas; after a single part it may go on (`loose`)."""
    stack = [_Open("", None)]
    at = sentence[0]
    for figure in figures:
        marks = list(_LEVELS.finditer(text, at, figure.start))
        for match in marks:
            if _of_another(text, stack[-1].last, match):
                continue  # "… gồm 08 chỉ số, khối địa phương gồm 09 chỉ số": a new whole without a figure
            _cross(stack, match[0].lower(), match.start())
        if not marks and _opens_list(text, stack[-1].last, figure):
            stack.append(_Open("in", stack[-1].last, at=at))
        opened = next((level for level in reversed(stack) if level.opener is not None), None)
        if opened:
            figure.group, figure.exhaustive, figure.opening = opened.opener, opened.exhaustive, opened.at
            opened.members += 1
            figure.loose = opened.mark == "in;"
        if not figure.percent:
            stack[-1].last = figure
            if _AMONG.search(text, sentence[0], figure.start):
                stack.append(_Open("in", figure, at=figure.start))
        for _ in range(text.count(")", figure.start, figure.unit_end)):
            _cross(stack, ")", figure.end)
        at = figure.unit_end


#: "Hồ sơ đã giải quyết (đúng hạn 303, chậm hẹn 05) là 308 hồ sơ": behind the bracket, of what stands before it.
_BEHIND = re.compile(r"[^()\d;]{0,60}\)\s*(?:là|có|được|tổng cộng|cộng)?\s*:?\s*(?:tổng số\s*)?")


def _wholes_behind(
    text: str, sentence: tuple[int, int], figures: Sequence[Figure], phrases: Sequence[tuple[int, int]]
) -> None:
    """Give a figure right behind a bracket the words before the bracket, and the bracket's figures to it as parts."""
    for left, right in itertools.pairwise(figures):
        opens = text.rfind("(", sentence[0], left.start)
        if opens < 0 or right.percent or not _BEHIND.fullmatch(text, left.unit_end, right.start):
            continue
        earlier = [f for f in figures if f.unit_end <= opens]
        head = (earlier[-1].unit_end if earlier else sentence[0], opens)
        named = any(head[0] <= s < head[1] for s, _ in phrases)
        if not named or (earlier and not re.search(r"[,;:.]\s", text[head[0] : opens])):
            continue  # the bracket says more of the figure before it
        right.before = list(reversed(_pieces(text, *head, phrases)))
        for member in (f for f in figures if opens < f.start < right.start):
            member.before = [p for p in member.before if p[0] >= opens]
            member.group, member.opening = right, opens


def _of_another(text: str, last: Figure | None, mark: re.Match[str]) -> bool:
    """Whether "gồm" has a subject of its own behind a comma."""
    word = mark[0].lower().rstrip(" :")
    if last is None or word not in ("gồm", "bao gồm", "gồm có"):
        return False
    return bool(_NEW_SUBJECT.search(text, last.unit_end, mark.start()))


def _opens_list(text: str, whole: Figure | None, figure: Figure) -> bool:
    """ "370 hồ sơ đã được giải quyết: 365 hồ sơ đúng hạn, 5 hồ sơ trễ hạn": the colon behind a count opens its parts."""
    if whole is None or whole.unit is None or figure.unit not in (whole.unit, None) or figure.percent:
        return False
    return bool(_LIST_COLON.match(text, whole.unit_end, figure.start))


def _cross(stack: list[_Open], mark: str, at: int) -> None:
    """One mark between two figures opens or closes levels."""
    if mark == "(":
        stack.append(_Open("(", stack[-1].last, at=at))
    elif mark == ")":
        while len(stack) > 1 and stack.pop().mark != "(":
            pass
    elif mark == ";":
        while stack[-1].mark == "in" and stack[-1].members > 1:
            below = stack.pop()
            stack[-1].last = stack[-1].last or below.last
        if stack[-1].mark == "in":
            stack[-1].mark = "in;"
    else:
        stack.append(_Open("in", stack[-1].last, not mark.startswith(("trong", "cụ thể")), at=at))


def is_filler(text: str) -> bool:
    """Whether a stretch of text only leads to a figure ("đạt tỷ lệ", "(chiếm")."""
    return bool(_FILLER.match(text))
