"""The order of ideas of a document: lines with their marker, depth and parent, so that a bullet "+ Quá hạn: 2" is known
to stand under "- Hồ sơ đang giải quyết: 14, trong đó:".

Markers follow Nghị định 30/2020/NĐ-CP (I. / 1. / a) / -), with the "+" and "*" that offices add below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from extractors.language.normalise import Normalised, normalise
from extractors.model import Paragraph, Passage, Table

_MARKERS = (
    (1, re.compile(r"(?:Phần\s+)?([IVXL]{1,6})\s*[.)/\-:]\s+(?=\S)")),
    (0, re.compile(r"([A-Z])\s*[.)]\s+(?=\S)")),
    (3, re.compile(r"(\d{1,2}(?:\.\d{1,2})+)\s*[.)]?\s+(?=\S)")),
    (2, re.compile(r"(\d{1,2})\s*[.)/]\s+(?=\S)")),
    (2, re.compile(r"(\d{1,2})\.(?=[^\W\d_])")),
    (4, re.compile(r"\((\d{1,2})\)\s*")),
    (4, re.compile(r"([a-zđ])\s*[.)/]\s+(?=\S)")),
    (5, re.compile(r"((?:[-+*•●○▪■–►✓]\s*)+)(?=\S)")),
)
_OPEN_END = re.compile(
    r"(?:\b(?:năm|ngày|tháng|quý|số|là|đạt|gần|hơn|và|của|từ|đến|theo|được|tại|cho|các|với|trên)|[,(/-])\s*$"
)
_SENTENCE_END = re.compile(r"[.:;!?…”\"»)\]]\s*$")
_BULLET_DEPTH = 5
PLAIN_DEPTH = 9


@dataclass(frozen=True, slots=True)
class Segment:
    """A passage inside a line: its normalised text begins at `start` of the line's text."""

    start: int
    passage: Passage
    normalised: Normalised


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or several that a page break or a converter tore apart, as one normalised text.

    `body` is where the text begins after the marker; `parent` the index of the line it hangs under (the bullet above,
    the sentence that ends in a colon, or the heading), `headings` the indices of all headings above, outermost first.
    `site` names the stretch of text whose figures belong together.
    """

    index: int
    text: str
    segments: tuple[Segment, ...]
    body: int
    depth: int
    bullet: str
    parent: int | None
    headings: tuple[int, ...]
    site: str
    kind: str  # "body", "title", "footnote", "header", "footer", "textbox"

    def origin(self, start: int, end: int) -> tuple[Passage, int, int]:
        """Passage and offsets in the file's own text of `text[start:end]`, cut at the end of its first passage."""
        segment = next(s for s in reversed(self.segments) if s.start <= start)
        stop = min(end - segment.start, len(segment.normalised.text))
        first, last = segment.normalised.span(start - segment.start, max(stop, start - segment.start))
        return segment.passage, first, last

    @property
    def is_heading(self) -> bool:
        return self.depth < _BULLET_DEPTH and len(self.text) < 250


def _marker(text: str) -> tuple[int, str, int]:
    """Depth, marker and where the body begins; depth PLAIN_DEPTH without a marker."""
    lead = len(text) - len(text.lstrip())
    for depth, pattern in _MARKERS:
        match = pattern.match(text, lead)
        if match:
            glyph = match[1].replace(" ", "")
            return depth, glyph, match.end()
    return PLAIN_DEPTH, "", lead


def _joins(before: str, after: str) -> bool:
    """Whether `after` goes on with the sentence of `before`."""
    if not before or _SENTENCE_END.search(before):
        return False
    if _marker(after)[1] and not re.match(r"\s*(?:19|20)\d\d\b", after):
        return False
    head = after.lstrip()[:1]
    return head.islower() or (bool(_OPEN_END.search(before)) and not before.isupper())


def _merge(paragraphs: Iterable[Paragraph | Table], apart: frozenset[str]) -> Iterator[list[Paragraph] | Table]:
    """Paragraphs that belong to one sentence together; those in `apart` (letterhead, title) alone."""
    group: list[Paragraph] = []
    for block in paragraphs:
        if isinstance(block, Table):
            if group:
                yield group
            group = []
            yield block
            continue
        alone = block.passage.locator in apart or block.kind != "body" or block.label
        last = group[-1] if group and not alone else None
        open_end = last is not None and last.kind == "body" and last.passage.locator not in apart
        if last is not None and open_end and _joins(last.passage.text, block.passage.text):
            group.append(block)
            continue
        if group:
            yield group
        group = [block]
    if group:
        yield group


def outline(blocks: Iterable[Paragraph | Table], titles: frozenset[str], apart: frozenset[str]) -> list[Line | Table]:
    """Lines and tables in reading order. `titles` and `apart` are locators that `read_header` has placed."""
    items: list[Line | Table] = []
    lines: list[Line] = []
    walker = _Walker(lines)
    for group in _merge(blocks, apart | titles):
        if isinstance(group, Table):
            items.append(group)
            continue
        line = walker.place(_line(len(lines), group, titles))
        lines.append(line)
        items.append(line)
    return items


def _line(index: int, group: list[Paragraph], titles: frozenset[str]) -> Line:
    segments, text = [], ""
    for paragraph in group:
        text += " " if text else ""
        normalised = normalise(paragraph.passage.text)
        segments.append(Segment(len(text), paragraph.passage, normalised))
        text += normalised.text
    first = group[0]
    if first.label:
        depth, glyph, _ = _marker(normalise(first.label).text.strip() + " x")
        body = len(text) - len(text.lstrip())
        glyph = glyph or first.label
        depth = _BULLET_DEPTH if depth == PLAIN_DEPTH else depth
        if depth >= _BULLET_DEPTH:
            glyph += f"/{first.level}"
    else:
        depth, glyph, body = _marker(text)
        if depth == _BULLET_DEPTH:
            glyph = glyph[-1] if len(set(glyph)) > 1 else glyph[:1]
            glyph = "-" if glyph == "–" else glyph
    kind = "title" if first.passage.locator in titles else first.kind
    return Line(index, text, tuple(segments), body, depth, glyph, None, (), f"s{index}", kind)


class _Walker:
    """Keeps the open headings and bullets while lines go by."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self._headings: list[Line] = []
        self._bullets: list[Line] = []
        self._intro: Line | None = None

    def place(self, line: Line) -> Line:
        """The line with parent, headings and site."""
        if line.kind != "body":
            return line
        above = tuple(h.index for h in self._headings)
        if line.depth == PLAIN_DEPTH:
            self._bullets = []
            line = replace(line, parent=above[-1] if above else None, headings=above)
            self._intro = line if line.text.rstrip().endswith(":") else None
            return line
        if line.depth == _BULLET_DEPTH:
            return self._bullet(line, above)
        while self._headings and self._headings[-1].depth >= line.depth:
            self._headings.pop()
        above = tuple(h.index for h in self._headings)
        line = replace(line, parent=above[-1] if above else None, headings=above)
        self._headings.append(line)
        self._bullets, self._intro = [], None
        return line

    def _bullet(self, line: Line, above: tuple[int, ...]) -> Line:
        glyphs = [b.bullet for b in self._bullets]
        if line.bullet in glyphs:
            del self._bullets[glyphs.index(line.bullet) :]
        root = self._intro or (self._headings[-1] if self._headings else None)
        parent = self._bullets[-1] if self._bullets else root
        site = root.site if root else (self._bullets[0].site if self._bullets else line.site)
        line = replace(line, parent=parent.index if parent else None, headings=above, site=site)
        self._bullets.append(line)
        return line
