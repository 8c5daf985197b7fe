"""Words of a PDF page to lines, lines to the author's paragraphs.

A line break belongs to the author where the first word of the next line would still have fitted, or where the next line
is indented, opens with a marker, or stands apart; every other break was made by the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from extractors.model import Passage, Place

_MARKER: Final = re.compile(r"(?:[-+•●○▪*–]|\d{1,2}(?:\.\d{1,2})*[.)]|[IVX]{1,5}[.)]|[a-zđA-Z][.)]|\(\d{1,2}\))$")
_GLUE_END: Final = re.compile(r"[\w.,]+[/-]$")
_JOINED: Final = re.compile(r"^[\w/]")
_INDENT: Final = 6.0  # points
_GAP: Final = 16.0  # points between two texts that stand side by side


@dataclass(slots=True)
class Word:
    """A word with its box on the page and whether it is bold."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    page: int
    bold: bool


@dataclass(slots=True)
class Line:
    """Words on one baseline, left to right."""

    words: list[Word]
    left: float = 0.0  # margins of the region that the line stands in
    right: float = 0.0

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def top(self) -> float:
        return min(w.top for w in self.words)

    @property
    def bottom(self) -> float:
        return max(w.bottom for w in self.words)

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(slots=True)
class Flow:
    """A paragraph in the making: its lines, over one page or two."""

    lines: list[Line] = field(default_factory=list)
    align: str | None = None

    @property
    def bold(self) -> bool:
        return all(w.bold for line in self.lines for w in line.words)


def words_of(found: Iterable[dict[str, Any]], page: int) -> list[Word]:
    """pdfplumber's words (with their characters) as `Word`s."""
    made = []
    for w in found:
        chars = w.get("chars") or []
        bold = bool(chars) and sum("bold" in str(c.get("fontname", "")).lower() for c in chars) * 2 > len(chars)
        made.append(Word(w["text"].replace("\ufffe", "-"), w["x0"], w["top"], w["x1"], w["bottom"], page, bold))
    return made


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Words clustered by height on the page; a raised or smaller word stays with its line."""
    lines: list[Line] = []
    for word in sorted(words, key=lambda w: (w.top + w.bottom, w.x0)):
        middle = (word.top + word.bottom) / 2
        home = next((line for line in lines[-3:] if line.top <= middle <= line.bottom and _overlap(line, word)), None)
        if home is None:
            lines.append(Line([word]))
        else:
            home.words.append(word)
    for line in lines:
        line.words.sort(key=lambda w: w.x0)
    return sorted(lines, key=lambda line: (line.top, line.x0))


def _overlap(line: Line, word: Word) -> bool:
    common = min(line.bottom, word.bottom) - max(line.top, word.top)
    return common > 0.5 * min(line.height, word.bottom - word.top)


def regions(lines: Sequence[Line], width: float) -> list[list[Line]]:
    """Lines in reading order: where text stands side by side (letterhead, signature), the left column, then the right."""
    found: list[list[Line]] = []
    run: list[tuple[Line, tuple[float, float] | None]] = []
    plain: list[Line] = []

    def flush_run() -> None:
        nonlocal run
        split = [r for r in run if r[1]]
        if len(split) >= 1 and len(run) >= 2:
            low = max(gap[0] for _, gap in split if gap)
            high = min(gap[1] for _, gap in split if gap)
            middle = (low + high) / 2
            if high - low >= _GAP / 2:
                left = [_side(line, middle, True, gap is not None) for line, gap in run]
                right = [_side(line, middle, False, gap is not None) for line, gap in run]
                found.append([x for x in left if x])
                found.append([x for x in right if x])
                run = []
                return
        plain.extend(line for line, _ in run)
        run = []

    def flush_plain() -> None:
        if plain:
            found.append(list(plain))
            plain.clear()

    for line in lines:
        gap = _gap(line, width)
        if gap or (run and _one_sided(line, run, width)):
            if not run:
                flush_plain()
            run.append((line, gap))
            continue
        if run:
            flush_run()
        plain.append(line)
    if run:
        flush_run()
    flush_plain()
    return [r for r in found if r]


def _gap(line: Line, width: float) -> tuple[float, float] | None:
    """The widest blank of a line, where it lies in the middle of the page."""
    best: tuple[float, float] | None = None
    for a, b in zip(line.words, line.words[1:], strict=False):
        if (
            b.x0 - a.x1 >= _GAP
            and 0.25 * width < (a.x1 + b.x0) / 2 < 0.72 * width
            and (best is None or b.x0 - a.x1 > best[1] - best[0])
        ):
            best = (a.x1, b.x0)
    return best


def _one_sided(line: Line, run: Sequence[tuple[Line, tuple[float, float] | None]], width: float) -> bool:
    """Whether a line without a blank goes on with one of two columns."""
    gaps = [g for _, g in run if g]
    if not gaps:
        return False
    low, high = max(g[0] for g in gaps), min(g[1] for g in gaps)
    middle = (low + high) / 2
    near = line.top - run[-1][0].bottom < 3.5 * line.height
    return near and (line.x1 <= middle < 0.6 * width or line.x0 >= middle > 0.35 * width)


def _side(line: Line, middle: float, left: bool, parted: bool) -> Line | None:
    if not parted:
        return line if ((line.x0 + line.x1) / 2 < middle) == left else None
    words = [w for w in line.words if ((w.x0 + w.x1) / 2 < middle) == left]
    return Line(words) if words else None


def set_margins(group: Sequence[Line], page_left: float | None = None, page_right: float | None = None) -> None:
    """Give the lines of a region their margins: the commonest left edge, the farthest right one."""
    if not group:
        return
    left = min(line.x0 for line in group)
    right = max(line.x1 for line in group)
    common = Counter(round(line.x0) for line in group).most_common(1)[0]
    if common[1] >= 3:
        left = min(left, common[0]) if abs(left - common[0]) < _INDENT else left
    for line in group:
        line.left = left if page_left is None else min(left, page_left)
        line.right = right if page_right is None else max(right, page_right)


def breaks(before: Line, line: Line, flow: Flow, spacing: float) -> bool:
    """Whether `line` begins a new paragraph after `before`, the last line of `flow`."""
    first = line.words[0]
    same_page = before.words[-1].page == first.page
    blank = max(2.0, 0.22 * line.height)
    room = before.right - before.x1
    if room > (first.x1 - first.x0) + blank + 1.5:
        return True
    if same_page and line.top - before.bottom > 0.9 * max(spacing, line.height * 0.4) + 0.55 * line.height:
        return True
    marked = bool(_MARKER.match(first.text)) and len(line.words) > 1
    hanging = bool(_MARKER.match(flow.lines[0].words[0].text)) and line.x0 > flow.lines[0].x0 + 1
    if _setting(before) != _setting(line) or (_capitals(before) and not _capitals(line) and len(before.words) > 3):
        return True
    indented = flow.lines[0].x0 > flow.lines[0].left + _INDENT
    if marked and (line.x0 > line.left + _INDENT or (not indented and re.search(r"[.;:,]$", before.text) is not None)):
        return not (re.match(r"\d", first.text) and re.search(r"\b(?:ngày|số|năm|tháng)$", before.text))
    if line.x0 > before.x0 + _INDENT and not hanging:
        return not (len(flow.lines) == 1 and _centred(before) and _centred(line))
    return (
        flow.bold
        and len(flow.lines) >= 1
        and not all(w.bold for w in line.words)
        and re.search(r"[.:]$", before.text) is not None
    )


def _centred(line: Line) -> bool:
    left, right = line.x0 - line.left, line.right - line.x1
    return left > 20 and right > 20 and abs(left - right) < 0.25 * max(left, right) + 6


def _capitals(line: Line) -> bool:
    return line.text.isupper()


def _setting(line: Line) -> str:
    """How a line is set: "center", "right" (against the right margin, far from the left one) or "body"."""
    if _centred(line):
        return "center"
    return "right" if line.x0 - line.left > 80 and line.right - line.x1 < 10 else "body"


def align_of(line: Line) -> str | None:
    """ "center" for a line set in the middle of its region."""
    return "center" if _centred(line) else None


def passage(lines: Sequence[Line], locator: str) -> Passage:
    """The text of some lines joined by blanks (none after a hyphen or slash inside a token), each word placed."""
    pieces: list[str] = []
    places: list[Place] = []
    at = 0
    for n, line in enumerate(lines):
        for k, word in enumerate(line.words):
            glue = not pieces
            if (
                not glue
                and k == 0
                and n
                and _GLUE_END.search(pieces[-1])
                and _JOINED.match(word.text)
                and len(pieces[-1]) > 1
            ):
                glue = True
            if not glue:
                pieces.append(" ")
                at += 1
            pieces.append(word.text)
            places.append(
                Place(
                    at,
                    at + len(word.text),
                    word.page,
                    (round(word.x0, 2), round(word.top, 2), round(word.x1, 2), round(word.bottom, 2)),
                )
            )
            at += len(word.text)
    return Passage("".join(pieces), locator, tuple(places))
