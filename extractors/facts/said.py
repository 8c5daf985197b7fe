"""What a sentence says of a figure: the phrases before it that tell, those right behind it, and the base of a share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.facts import binding
from extractors.facts.clauses import Figure, uncircumstanced
from extractors.facts.doubt import unknown_words
from extractors.facts.sentence import merge
from extractors.facts.stretch import Stretch

_NEWLY = re.compile(r"\s+mới\s*(?:[,;).]|và\b)")  # "(286 kỳ trước, 12.358 mới)"

_NEWLY_BEFORE = re.compile(r"(?:\(|[,;:]\s|\bvà\s)(?:trong đó\s+)?mới\s*(?:là\s*)?$")

_LEFT = re.compile(r"(?i)\bhồ sơ\b[^;.()]{0,40}(?:,|\bvà|;)\s*(?:hiện\s+)?còn(?:\s+lại)?\s*(?:là|:)?\s*$")

_BASE = re.compile(r"(?i)\b(?:so với|trên|trong|/)\s+(?:tổng|số)\b")

#: "bằng 0,96% số đã giải quyết": behind a percentage stands what it is out of.
_BASE_BEHIND = re.compile(
    r"(?i)\s*(?:của |trên |trong |so với )?(?:tổng |toàn bộ )?(?:số|lượng|khối lượng|danh mục|toàn bộ)\b(?! hóa)"
)

#: "99% số hoàn tất được trả đúng hạn": behind the base the clause says which of it.
_OF_THE_BASE = re.compile(r"(?i)\s(?=(?:được|đều|tỏ ra|cho biết|bày tỏ|đánh giá|bị)\s)")

#: A mark or a word behind which a count is not described any more.
_CIRCUMSTANCE_NEXT = re.compile(r"(?i)\s*(?:[,;:.()/–-]|(?:và|còn|của|tại|thuộc|ở|do|vì|cho|với|so với|là)\b|$)")

#: "chuyển sang năm 2020": what goes on to a period named is still open; "năm 2019 chuyển sang" came from one.
_ONWARD = re.compile(r"(?i)\bchuyển (?:tiếp )?(?:sang|qua)\s+(?:tháng|quý|năm|kỳ)\s*(?:[\dIVX]|sau\b|tới\b|tiếp)")
_FROM = re.compile(r"(?i)(?:\btừ\b[^,;.()]{0,40}|\b(?:tháng|quý|năm|kỳ)\s+(?:[\dIVX/]+(?: năm \d{4})?|trước|cũ)\s*)$")
#: "So với quý I năm 2021 (12.846 hồ sơ), số hồ sơ tiếp nhận mới tăng …": what is compared is named behind it.
_COMPARED = re.compile(r"(?i)[\s\-+*•]*so (?:sánh )?với\b[^;:()]{0,60}\(\s*$")
_RATE_NAMED = re.compile(r"(?i)\b(?:tỷ lệ|tỉ lệ)\b")
#: "+ Tại Bộ phận Một cửa: 30 hồ sơ", beside "+ Qua mạng: …"
_AT_THE_DESK = re.compile(
    r"(?i)[\s\-+*•]*(?:nộp |nhận |tiếp nhận |hồ sơ nộp )?(?:tại|ở) (?:bộ phận )?(?:một cửa|tiếp nhận và trả kết quả)\s*:?\s*"
)
_OF_THE_LAND = re.compile(r"(?i)\s*(?:dân số|diện tích|số hộ|hộ nghèo|GRDP|thu ngân sách|vốn)\b")
_COMMA = re.compile(r"\s*,")

_NEAR = 120  # characters before a figure in which such words are looked for


@dataclass(frozen=True, slots=True)
class Said:
    """Features that a sentence gives a figure: its own, those of them said before it, idle words, and farther ones."""

    own: frozenset[str]
    before: frozenset[str]
    idle: frozenset[str]
    farther: list[frozenset[str]]


def _features(
    stretch: Stretch, stretches: Sequence[tuple[int, int]], backward: bool, reach: int = 0
) -> list[frozenset[str]]:
    """Features of stretches of text; a phrase may begin `reach` characters early, in the unit before the stretch."""
    found = []
    for n, (start, end) in enumerate(stretches):
        low = start if n else start - reach
        cues = [c for c in stretch.cues if low <= c.start and start < c.end <= end]
        if cues:
            found.append(binding.nearest(cues, backward))
    return found


def strange(stretch: Stretch, figure: Figure, own: frozenset[str]) -> bool:
    """Whether words right behind a figure say something of it that was not understood: "100 hồ sơ dềnh dàng", "60% dân số".
    Such a figure does not take over what was said of the one before it."""
    if own - binding.IDLE - {"dossier"} or not figure.after:
        return False
    if figure.percent and _OF_THE_LAND.match(stretch.text, figure.end):
        return True
    if _CIRCUMSTANCE_NEXT.match(stretch.text, figure.unit_end):
        return False
    pieces = uncircumstanced(stretch.text, figure.after[:1], [(c.start, c.end) for c in stretch.cues])
    return bool(unknown_words(stretch.plain, pieces[:1], stretch.known))


def said_of(stretch: Stretch, figure: Figure) -> Said:
    """What the sentence says of a figure: the nearest phrases before it that tell, and those right behind it."""
    before = _features(stretch, _labels_first(stretch, _of_numerator(stretch, figure)), True)
    after = _features(stretch, _unaided(stretch, figure), False, figure.unit_end - figure.end)
    strong = next((i for i, f in enumerate(before) if f - binding.WEAK), None)
    if strong is None or binding.unit_feature(figure.unit) - {binding.FOREIGN}:
        first = next((i for i, f in enumerate(before) if f - binding.IDLE), None)
        telling = binding.WEAK - binding.IDLE - {"issued"}
        strong = first if strong is None or first is None or before[first] & telling else strong
    ahead: frozenset[str] = next((f for f in after if f - binding.IDLE), frozenset())
    mine = before[strong] if strong is not None else frozenset().union(*before[:1])
    if figure.percent and "rate" not in mine:  # "Tỷ lệ A, B đạt …" is one label, commas and all
        opened = next((i for i, f in enumerate(before) if "rate" in f), None)
        mine = mine.union(*before[: opened + 1]) if opened is not None else mine
    if not mine - binding.IDLE and figure.before and _AT_THE_DESK.fullmatch(stretch.text, *figure.before[0]):
        mine |= {"in_person"}
    near = max(figure.sentence[0], figure.start - _NEAR)
    newly = _NEWLY.match(stretch.text, figure.unit_end) or _NEWLY_BEFORE.search(stretch.text, near, figure.start)
    if newly and figure.group and not mine & (binding.ACTIONS - {"received"}):
        mine |= {"new"}
    if not (mine | ahead) & (binding.ACTIONS | binding.TIMINGS) and _left_over(stretch, figure):
        mine |= {"pending"}
    if "carried" in mine and _onward(stretch, figure):
        mine = mine - {"carried"} | {"pending"}
    if not (mine | ahead) - binding.IDLE - {"dossier"} and _COMPARED.match(
        stretch.text, figure.sentence[0], figure.start
    ):
        ahead = binding.nearest(stretch.cues_within(figure.unit_end, figure.unit_end + _NEAR), False)
    idle = frozenset().union(*before) & binding.IDLE
    if strong is not None and _COMMA.match(stretch.text, figure.unit_end):
        ahead = frozenset()  # "177 hồ sơ, đều trong hạn": said of the figure, but not what it counts
    own = merge(mine, ahead) | (idle & {"total"}) | binding.unit_feature(figure.unit)
    return Said(own, mine, idle, [f for i, f in enumerate(before) if i != strong])


def _labels_first(stretch: Stretch, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """ "Qua mạng (Cổng DVC): 3.868 hồ sơ": what stands in a bracket behind a label only explains it."""
    if len(pieces) > 1 and stretch.text[pieces[0][1] - 1] == ")" and stretch.text[pieces[1][1] - 1] == "(":
        return [pieces[1], pieces[0], *pieces[2:]]
    return pieces


def _of_numerator(stretch: Stretch, figure: Figure) -> list[tuple[int, int]]:
    """What stands before a figure; of a percentage "… so với tổng số …" only what is above the line."""
    if not figure.percent:
        return figure.before
    kept = []
    for start, end in figure.before:
        base = _BASE.search(stretch.text, start, end)
        if base and _RATE_NAMED.search(stretch.text, base.end(), end):
            base = None  # "tính trên số này thì tỷ lệ trước, đúng hạn là": named behind its base
        kept.append((start, base.start() if base and base.start() > start + 3 else end))
    return kept


def _unaided(stretch: Stretch, figure: Figure) -> list[tuple[int, int]]:
    """What follows a figure and says what it counts; all of it behind a percentage that nothing before names."""
    phrases = [(c.start, c.end) for c in stretch.cues]
    if figure.percent and _BASE_BEHIND.match(stretch.text, figure.unit_end):
        return _of_the_base(stretch, figure)
    if figure.percent and not any(s <= a and b <= e for s, e in figure.before for a, b in phrases):
        return figure.after
    return uncircumstanced(stretch.text, figure.after, phrases)


def _of_the_base(stretch: Stretch, figure: Figure) -> list[tuple[int, int]]:
    """What is said of part of a base: nothing of "5% số hồ sơ được giải quyết", "được trả đúng hạn" of "99% số …"."""
    telling = binding.TIMINGS | binding.CHANNELS | {"satisfaction"}
    for start, end in figure.after[:1]:
        said = _OF_THE_BASE.search(stretch.text, start, end)
        if said and telling & binding.features(stretch.cues_within(said.end(), end)):
            return [(said.end(), end)]
    return []


def _onward(stretch: Stretch, figure: Figure) -> bool:
    """Whether what was carried goes on to the next period instead of having come from the one before."""
    low = max(figure.sentence[0], figure.start - _NEAR)
    found = _ONWARD.search(stretch.text, low, figure.start)
    return found is not None and not _FROM.search(stretch.text[low : found.start()])


def _left_over(stretch: Stretch, figure: Figure) -> bool:
    """ "giải quyết 682 hồ sơ, còn 32 hồ sơ": what is left of a count of hồ sơ is still open."""
    return figure.unit == "hồ sơ" and bool(
        _LEFT.search(stretch.text, max(figure.sentence[0], figure.start - _NEAR), figure.start)
    )
