"""The walk through a Word document: its paragraphs, tables, boxes, notes and page edges as blocks in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from extractors.model import Cell, Paragraph, ParagraphKind, Passage, Table
from extractors.readers.docx_grid import Grid, Slot, flat, read_grid
from extractors.readers.docx_names import W, flag
from extractors.readers.docx_numbering import Numbering
from extractors.readers.docx_parts import Parts
from extractors.readers.docx_styles import Styles
from extractors.readers.docx_text import Inline, TextReader
from extractors.readers.layout import is_layout
from extractors.readers.progress import tick

_P: Final = f"{W}p"
_TABLE: Final = f"{W}tbl"
_CELL_PROPS: Final = f"{W}tcPr"
_CONTENT: Final = frozenset({_P, _TABLE})
_TICK_EVERY: Final = 200  # paragraphs
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CONTENTS_STYLE: Final = re.compile(r"toc \d|table of figures")
_PAGE_WORDS: Final = 12  # letters that may stand around a page number: "Trang", "trên tổng số"


@dataclass(slots=True)
class _Series:
    """Paragraphs of one kind and the counter of their locators."""

    prefix: str
    kind: ParagraphKind = "body"
    count: int = 0

    def locator(self) -> str:
        """The next address."""
        self.count += 1
        return f"{self.prefix}{self.count}"


@dataclass(slots=True)
class _Draft:
    """A paragraph without its address."""

    inline: Inline
    text: str
    label: str
    level: int

    @property
    def shown(self) -> str:
        """The text with its automatic number, as a cell gives it."""
        return f"{self.label} {self.text}".strip() if self.label else self.text


class Walk:
    """One pass over the parts; `warnings` are the codes of what was left out, each once, in the order met."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.warnings: dict[str, None] = dict.fromkeys(parts.warnings)
        styles = Styles(parts.single.get("styles"))
        self._numbering = Numbering(parts.single.get("numbering"), styles)
        self._text = TextReader(styles, self.warn)
        self._body = _Series("p")
        self._boxes = _Series("x", "textbox")
        self._tables = 0
        self._seen = 0

    def warn(self, code: str) -> None:
        """Note that something was left out."""
        self.warnings[code] = None

    def document(self) -> list[Paragraph | Table]:
        """All blocks: headers, body with its boxes, notes in the order of their marks, footers."""
        body = self._parts.document.find(f"{W}body")
        if body is None:
            return []
        blocks: list[Paragraph | Table] = [*self._edge("header", "h")]
        blocks.extend(self._blocks(body, self._body))
        blocks.extend(self._notes())
        blocks.extend(self._edge("footer", "f"))
        return blocks

    # --- paragraphs ---

    def _blocks(self, parent: etree._Element, series: _Series) -> Iterator[Paragraph | Table]:
        for item in self._items(parent):
            if isinstance(item, _Draft):
                yield from self._paragraph(item, series)
            else:
                yield from self._table(item)

    def _items(self, parent: etree._Element) -> Iterator[_Draft | etree._Element]:
        """Paragraphs, a deleted end joining two of them, and tables below `parent`, in order."""
        before: Inline | None = None
        for element in flat(parent, _CONTENT, self.warn):
            if element.tag == _TABLE:
                if before is not None:
                    yield self._draft(before)
                    before = None
                yield element
                continue
            inline = self._inline(element)
            if before is not None:
                inline = _joined(before, inline)
            before = inline if inline.runs_on else None
            if before is None:
                yield self._draft(inline)
        if before is not None:
            yield self._draft(before)

    def _inline(self, p: etree._Element) -> Inline:
        self._seen += 1
        if self._seen % _TICK_EVERY == 0:
            tick()
        return self._text.read(p)

    def _draft(self, inline: Inline) -> _Draft:
        """With its number: an empty item counts too, as Word shows it."""
        label, level = self._numbering.label(inline.listed, inline.look)
        return _Draft(inline, inline.text.strip(), label, level)

    def _paragraph(self, draft: _Draft, series: _Series) -> Iterator[Paragraph | Table]:
        if draft.text and _CONTENTS_STYLE.match(draft.inline.look.name):
            self.warn("contents_skipped")
        elif draft.text:
            yield _paragraph(draft, series)
        yield from self._boxed(draft.inline)

    def _boxed(self, inline: Inline) -> Iterator[Paragraph | Table]:
        for box in inline.boxes:
            yield from self._blocks(box, self._boxes)

    # --- tables ---

    def _table(self, table: etree._Element) -> Iterator[Paragraph | Table]:
        """A table and then those inside it; one that only places text gives its paragraphs cell by cell."""
        self._tables += 1
        name = f"t{self._tables}"
        grid = read_grid(table, self.warn)
        contents = [self._cell_items(slot) for slot in grid.slots]
        texts = ["\n".join(d.shown for d in items if isinstance(d, _Draft) and d.shown) for items in contents]
        if is_layout(_rows(grid, texts)):
            for slot, items in zip(grid.slots, contents, strict=True):
                series = _Series(f"{name}/r{slot.row + 1}/c{slot.column + 1}/p")
                for item in items:
                    yield from self._paragraph(item, series) if isinstance(item, _Draft) else self._table(item)
            return
        cells = (
            Cell(s.row, s.column, Passage(text, f"{name}/r{s.row + 1}/c{s.column + 1}"), s.row_span, s.column_span)
            for s, text in zip(grid.slots, texts, strict=True)
            if text
        )
        yield Table(name, grid.n_rows, grid.n_columns, tuple(cells))
        for items in contents:
            for item in items:
                yield from self._boxed(item.inline) if isinstance(item, _Draft) else self._table(item)

    def _cell_items(self, slot: Slot) -> list[_Draft | etree._Element]:
        for cell in slot.covered:
            if any(t.text and t.text.strip() for t in cell.iter(f"{W}t")):
                self.warn("hidden_text")
        if len(slot.cell) == 2 and slot.cell[0].tag == _CELL_PROPS and slot.cell[1].tag == _P:
            inline = self._inline(slot.cell[1])  # the common cell of one paragraph: a large table is made of them
            return [self._draft(inline)]
        return list(self._items(slot.cell))

    # --- notes and page edges ---

    def _notes(self) -> Iterator[Paragraph | Table]:
        """Each note that a mark calls for, once; its paragraphs are joined by line breaks."""
        found = {
            (part, note.get(f"{W}id", "")): note
            for part in ("footnotes", "endnotes")
            if (root := self._parts.single.get(part)) is not None
            for note in root
            if isinstance(note.tag, str)
        }
        series = _Series("n", "footnote")
        called = list(dict.fromkeys(self._text.notes))
        for key in sorted(called, key=lambda k: k[0] == "endnotes"):
            if key not in found:
                continue
            drafts = [item for item in self._deep_items(found[key]) if item.text]
            if drafts:
                text = "\n".join(d.shown for d in drafts)
                yield Paragraph(Passage(text, series.locator()), "footnote")

    def _deep_items(self, parent: etree._Element) -> Iterator[_Draft]:
        """Every paragraph below `parent`, those in tables and boxes too."""
        for item in self._items(parent):
            if isinstance(item, _Draft):
                yield item
                for box in item.inline.boxes:
                    yield from self._deep_items(box)
            else:
                for slot in read_grid(item, self.warn).slots:
                    yield from self._deep_items(slot.cell)

    def _edge(self, kind: ParagraphKind, letter: str) -> list[Paragraph]:
        """Headers or footers that the sections show, each distinct text once, page numbers left out."""
        series = _Series(letter, kind)
        given: set[str] = set()
        found = []
        for part in self._shown_edges(kind):
            for draft in self._deep_items(part):
                if draft.text not in given and not _is_page_number(draft):
                    given.add(draft.text)
                    found.append(_paragraph(draft, series))
        return found

    def _shown_edges(self, kind: str) -> list[etree._Element]:
        """First-page edges show only where the section has a title page, those of even pages where the settings say."""
        even = bool(flag(self._parts.single.get("settings"), "evenAndOddHeaders"))
        shown: dict[str, etree._Element] = {}
        for section in self._parts.document.iter(f"{W}sectPr"):
            for reference in section.findall(f"{W}{kind}Reference"):
                page = reference.get(f"{W}type", "default")
                name = reference.get(_RELATION, "")
                if (page == "first" and not flag(section, "titlePg")) or (page == "even" and not even):
                    continue
                if name in self._parts.edges:
                    shown[name] = self._parts.edges[name]
        return list(shown.values())


def _paragraph(draft: _Draft, series: _Series) -> Paragraph:
    passage = Passage(draft.text, series.locator())
    return Paragraph(passage, series.kind, draft.label, draft.level, draft.inline.align, draft.inline.bold)


def _joined(first: Inline, second: Inline) -> Inline:
    """Two paragraphs, the end of the first being deleted: what is left has the properties of the second."""
    if not first.text.strip() and not first.boxes:
        return second
    bold = (first.bold or not first.text.strip()) and (second.bold or not second.text.strip())
    return replace(
        second,
        pieces=first.pieces + second.pieces,
        bold=bold,
        boxes=first.boxes + second.boxes,
        paged=first.paged or second.paged,
    )


def _rows(grid: Grid, texts: list[str]) -> list[list[str]]:
    rows = [[""] * grid.n_columns for _ in range(grid.n_rows)]
    for slot, text in zip(grid.slots, texts, strict=True):
        rows[slot.row][slot.column] = text
    return rows


def _is_page_number(draft: _Draft) -> bool:
    """Nothing but signs and digits, or what is left around a page number: "Trang / "."""
    letters = sum(1 for c in draft.text if c.isalpha())
    return letters == 0 or (draft.inline.paged and letters <= _PAGE_WORDS)
