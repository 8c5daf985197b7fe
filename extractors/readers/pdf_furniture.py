"""What a page carries beside its text: page numbers, running headers and footers, signature stamps, footnotes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from extractors.readers.pdf_lines import Line
from extractors.readers.pdf_rules import Rule
from extractors.readers.pdf_tables import RawTable

_PAGE_NUMBER: Final = re.compile(
    r"(?i)[-–\s|]*(?P<word>trang\s*|page\s*)?(?P<n>\d{1,4})(?P<of>\s*[/|]\s*\d{1,4})?[-–\s|]*"
)
_EDGE: Final = 0.09  # share of the height at the top and the foot where running lines stand
_NUMBER_EDGE: Final = 0.12
_MARGIN: Final = 52.0  # points; nothing but a header or footer stands so near the edge of a page
_RUNNING_LINES: Final = 3
_NOTE_MARK: Final = re.compile(r"(?:\d{1,2}|\*{1,3}|\[\d{1,2}\]|\(\d{1,2}\))$")


@dataclass(slots=True)
class PageText:
    """What one page yields before the pages are joined. Lengths in points, from the top left corner."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    tables: list[RawTable] = field(default_factory=list)
    notes: list[list[Line]] = field(default_factory=list)
    stamps: list[list[Line]] = field(default_factory=list)
    loose: list[Rule] = field(default_factory=list)  # horizontal rules of no table


# -- page numbers and running lines -----------------------------------------------------------------------------------


def running_lines(pages: Sequence[PageText]) -> list[tuple[str, list[Line]]]:
    """Take page numbers and running lines off the pages; give each running text once, as ("header" or "footer", line)."""
    _drop_numbers(pages)
    running = _running(pages)
    found: list[tuple[str, list[Line]]] = []
    seen: set[str] = set()
    for page in pages:
        for line in [line for line in page.lines if _edge(line, page) and _key(line) in running]:
            page.lines.remove(line)
            if _key(line) not in seen:
                seen.add(_key(line))
                found.append((_edge(line, page), [line]))
    return found


def _drop_numbers(pages: Sequence[PageText]) -> None:
    """Drop the lines that number the pages: alone at the edge, and counting as the pages do."""
    candidates: list[tuple[PageText, Line, int, bool]] = []
    for page in pages:
        for line in page.lines:
            if line.bottom < _NUMBER_EDGE * page.height or line.top > (1 - _NUMBER_EDGE) * page.height:
                match = _PAGE_NUMBER.fullmatch(line.text)
                if match:
                    plain = match["word"] is None and match["of"] is None
                    candidates.append((page, line, int(match["n"]), plain and line.text.isdigit()))
    shifts = Counter(number - page.number for page, _, number, _ in candidates)
    for page, line, number, plain in candidates:
        shift = number - page.number
        if not plain or shift == 0 or shifts[shift] > 1 or _in_margin(line, page):
            page.lines.remove(line)


def _in_margin(line: Line, page: PageText) -> bool:
    return line.bottom < _MARGIN or line.top > page.height - _MARGIN


def _running(pages: Sequence[PageText]) -> set[str]:
    """Lines that stand at the edge of many pages, digits aside: three at least, or two where they stand in the margin
    itself, at one place."""
    places: dict[str, list[tuple[PageText, Line]]] = defaultdict(list)
    for page in pages:
        for line in page.lines:
            if _edge(line, page):
                places[_key(line)].append((page, line))
    found = set()
    for key, stands in places.items():
        often = len({page.number for page, _ in stands})
        (first_page, first), (last_page, last) = stands[0], stands[-1]
        fixed = abs(first.x0 - last.x0) < 1.5 and abs(first.top - last.top) < 1.5
        margin = _in_margin(first, first_page) and _in_margin(last, last_page)
        if (often >= _RUNNING_LINES and often * 2 >= len(pages)) or (often >= 2 and fixed and margin):
            found.add(key)
    return found


def _edge(line: Line, page: PageText) -> str:
    """ "header" or "footer" for a line at the edge of its page, else ""."""
    if line.bottom < _EDGE * page.height:
        return "header"
    return "footer" if line.top > (1 - _EDGE) * page.height else ""


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text.casefold()).strip()


# -- footnotes --------------------------------------------------------------------------------------------------------


def notes_of(lines: list[Line], loose: Sequence[Rule], page: PageText) -> tuple[list[list[Line]], list[Line]]:
    """Footnotes at the foot of a page, each as its lines, and the other lines. They stand under a short rule at the left
    margin, or in smaller type behind a mark, and nothing but them stands below."""
    upright = [line for line in lines if not line.words[0].turn]
    if len(upright) < 2:
        return [], lines
    start = _first_note(upright, loose, page)
    if start is None:
        return [], lines
    notes: list[list[Line]] = []
    for line in upright[start:]:
        if _opens_note(line) or not notes:
            notes.append([])
        notes[-1].append(line)
    held = {id(line) for line in upright[start:]}
    return notes, [line for line in lines if id(line) not in held]


def _first_note(lines: Sequence[Line], loose: Sequence[Rule], page: PageText) -> int | None:
    left = min(line.x0 for line in lines)
    usual = median(line.size for line in lines)
    for rule in reversed(loose):
        short = 36 < rule.end - rule.start < 0.5 * page.width
        if short and rule.at > 0.3 * page.height and abs(rule.start - left) < 12:
            below = next((n for n, line in enumerate(lines) if line.base > rule.at + 3), None)
            near = below is not None and below > 0 and lines[below].top - rule.at < 24
            if below is not None and near and _opens_note(lines[below]) and _small(lines[below:], lines[:below]):
                return below
    for n, line in enumerate(lines):
        if (
            line.top > 0.55 * page.height
            and n
            and _opens_note(line)
            and _raised_mark(line)
            and line.size <= usual - 1.5
        ):
            return n if _small(lines[n:], lines[:n]) else None
    return None


def _small(notes: Sequence[Line], text: Sequence[Line]) -> bool:
    """Whether all of the notes are set smaller than the text, or as small as the only text there is."""
    return max(line.size for line in notes) < median(line.size for line in text) - 0.4


def _opens_note(line: Line) -> bool:
    return bool(_NOTE_MARK.match(line.words[0].text)) and len(line.words) > 1


def _raised_mark(line: Line) -> bool:
    mark, word = line.words[0], line.words[1]
    return mark.size < 0.85 * word.size or mark.bottom < word.bottom - 0.12 * word.size


def without_mark(note: Sequence[Line]) -> list[Line]:
    """A footnote without the mark at its beginning, which is no part of its text."""
    first = note[0]
    if not _opens_note(first):
        return list(note)
    return [Line(first.words[1:], first.left, first.right), *note[1:]]
