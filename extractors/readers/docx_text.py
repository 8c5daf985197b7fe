"""The text of one Word paragraph as it is printed: runs, breaks, fields, tracked changes, equations.

Left out with a warning: deleted and hidden text. Left out without: field codes, page numbers, comments.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from extractors.readers.docx_names import MC, M, W, branch, flag, value
from extractors.readers.docx_styles import Look, Styles
from extractors.readers.docx_symbols import printed, symbol

_RUN: Final = f"{W}r"
_TEXT: Final = f"{W}t"
_RUN_PROPS: Final = f"{W}rPr"
_ALTERNATE: Final = f"{MC}AlternateContent"
_BOX: Final = f"{W}txbxContent"
THROUGH: Final = frozenset(
    W + n for n in ("sdt", "sdtContent", "customXml", "smartTag", "hyperlink", "dir", "bdo", "ruby", "rubyBase")
)
INSERTED: Final = frozenset({f"{W}ins", f"{W}moveTo"})
DELETED: Final = frozenset({f"{W}del", f"{W}moveFrom"})
_MATH: Final = frozenset({f"{M}oMath", f"{M}oMathPara"})
_SHAPES: Final = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})
_NOTES: Final = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_SIGNS: Final = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "\u00ad",
}  # fmt: skip
_PAGE_FIELD: Final = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF)\b", re.IGNORECASE)
_LAYOUT_BLANKS: Final = re.compile(r"[\t\r\n]+")  # of the XML's own lines; a tab of the text is an element


@dataclass(frozen=True, slots=True)
class Inline:
    """A paragraph's text. `boxes` are the text boxes it anchors, `paged` says that page numbers were left out, and
    `runs_on` that the paragraph's end is deleted or hidden, so that the next one continues it."""

    text: str
    bold: bool
    look: Look
    props: etree._Element | None
    boxes: tuple[etree._Element, ...] = ()
    paged: bool = False
    runs_on: bool = False


@dataclass(slots=True)
class _Field:
    """An open field: its code as far as read, and whether what comes now is code or an unwanted result."""

    code: str = ""
    muted: bool = True


@dataclass(slots=True)
class _Gathered:
    look: Look
    pieces: list[str] = field(default_factory=list)
    bold: bool = True
    boxes: list[etree._Element] = field(default_factory=list)
    fields: list[_Field] = field(default_factory=list)
    paged: bool = False


class TextReader:
    """Reads paragraphs. `warn` is called with the code of what is left out; `notes` gathers (part, id) of the notes in
    the order of their marks."""

    def __init__(self, styles: Styles, warn: Callable[[str], None]) -> None:
        self._styles = styles
        self._warn = warn
        self.notes: list[tuple[str, str]] = []

    def read(self, p: etree._Element) -> Inline:
        """One w:p."""
        props = p.find(f"{W}pPr")
        look = self._styles.paragraph(value(props, "pStyle"))
        got = _Gathered(look)
        self._walk(p, got)
        mark = props.find(_RUN_PROPS) if props is not None else None
        runs_on = mark is not None and len(mark) > 0 and self._runs_on(mark)
        text = "".join(got.pieces)
        return Inline(text, got.bold, look, props, tuple(got.boxes), got.paged, runs_on)

    def _runs_on(self, mark: etree._Element) -> bool:
        if mark.find(f"{W}ins") is not None:
            self._warn("tracked_changes")
        if mark.find(f"{W}del") is not None:
            self._warn("tracked_changes")
            return True
        return bool(flag(mark, "specVanish"))

    def _walk(self, parent: etree._Element, got: _Gathered) -> None:
        for child in parent:
            tag = child.tag
            if tag == _RUN:
                self._run(child, got)
            elif tag in THROUGH:
                self._walk(child, got)
            elif tag in INSERTED:
                self._warn("tracked_changes")
                self._walk(child, got)
            elif tag in DELETED:
                self._warn("tracked_changes")
            elif tag == f"{W}fldSimple":
                self._simple_field(child, got)
            elif tag == _ALTERNATE:
                chosen = branch(child)
                if chosen is not None:
                    self._walk(chosen, got)
            elif tag in _MATH:
                self._add(got, formula(child), got.look.bold, False)

    def _run(self, run: etree._Element, got: _Gathered) -> None:
        bold, hidden, props = got.look.bold, got.look.hidden, None
        for child in run:
            tag = child.tag
            if tag == _TEXT:
                text = printed(child.text or "", _font(props) if props is not None else None)
                self._add(got, _LAYOUT_BLANKS.sub(" ", text), bold, hidden)
            elif tag == _RUN_PROPS:
                props = child
                bold, hidden = self._weight(child, got.look)
            elif tag in _SIGNS:
                self._add(got, _SIGNS[tag], bold, hidden)
            elif tag == f"{W}fldChar":
                self._field_mark(child, got)
            elif tag == f"{W}instrText":
                if got.fields:
                    got.fields[-1].code += child.text or ""
            elif tag in _SHAPES or tag == _ALTERNATE:
                self._shape(child, got, bold, hidden)
            elif tag in _NOTES:
                self.notes.append((_NOTES[tag], child.get(f"{W}id", "")))
            elif tag == f"{W}sym":
                self._add(got, symbol(child.get(f"{W}char"), child.get(f"{W}font")), bold, hidden)
            elif tag == f"{W}ruby":
                self._walk(child, got)

    def _weight(self, props: etree._Element, look: Look) -> tuple[bool, bool]:
        """Bold and hidden of a run: its own word, else the toggles of paragraph and character style."""
        style = value(props, "rStyle")
        bold, hidden = flag(props, "b"), flag(props, "vanish")
        if style is not None:
            named = self._styles.character(style)
            bold = look.bold ^ named.bold if bold is None else bold
            hidden = look.hidden ^ named.hidden if hidden is None else hidden
        return look.bold if bold is None else bold, look.hidden if hidden is None else hidden

    def _add(self, got: _Gathered, text: str, bold: bool, hidden: bool) -> None:
        if got.fields and any(f.muted for f in got.fields):
            return
        if hidden:
            if text.strip():
                self._warn("hidden_text")
            return
        got.pieces.append(text)
        if not bold and got.bold and text.strip():
            got.bold = False

    def _shape(self, shape: etree._Element, got: _Gathered, bold: bool, hidden: bool) -> None:
        """Text boxes are kept for later; other alternate content of a run is read in place."""
        if hidden:
            return
        boxes = list(text_boxes(shape))
        got.boxes.extend(boxes)
        if shape.tag == _ALTERNATE and not boxes:
            chosen = branch(shape)
            for text in chosen.iter(_TEXT) if chosen is not None else ():
                self._add(got, text.text or "", bold, hidden)

    # --- fields ---

    def _field_mark(self, mark: etree._Element, got: _Gathered) -> None:
        """Code is muted up to the separator; the result of a page number stays so."""
        self._doubt_field(mark)
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            got.fields.append(_Field())
        elif kind == "separate" and got.fields:
            got.fields[-1].muted = bool(_PAGE_FIELD.match(got.fields[-1].code))
            got.paged = got.paged or got.fields[-1].muted
        elif kind == "end" and got.fields:
            got.fields.pop()

    def _simple_field(self, element: etree._Element, got: _Gathered) -> None:
        self._doubt_field(element)
        if _PAGE_FIELD.match(element.get(f"{W}instr", "")):
            got.paged = True
        else:
            self._walk(element, got)

    def _doubt_field(self, element: etree._Element) -> None:
        if element.get(f"{W}dirty", "0") in ("1", "true", "on"):
            self._warn("dirty_field")


def _font(props: etree._Element) -> str | None:
    fonts = props.find(f"{W}rFonts")
    return fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") if fonts is not None else None


def text_boxes(shape: etree._Element) -> Iterator[etree._Element]:
    """Outermost text boxes in a drawing, one branch of each alternative; boxes inside them come with their paragraphs."""
    if shape.tag == _BOX:
        yield shape
        return
    chosen = branch(shape) if shape.tag == _ALTERNATE else shape
    for child in chosen if chosen is not None else ():
        yield from text_boxes(child)


# --- equations -----------------------------------------------------------------------------------------------------

_OPERATOR: Final = re.compile(r"[+\-−–×*/:÷=\s]")


def formula(element: etree._Element) -> str:
    """An equation on one line: fractions with "/", powers with "^", roots with "√"; brackets where they are needed."""
    tag = element.tag
    if tag == f"{M}t":
        return element.text or ""
    if tag == f"{M}f":
        return f"{_part(element, 'num')}/{_part(element, 'den')}"
    if tag in (f"{M}sSup", f"{M}sSub"):
        script = "sup" if tag == f"{M}sSup" else "sub"
        return f"{_inside(element, 'e')}{'^' if script == 'sup' else '_'}{_part(element, script)}"
    if tag == f"{M}rad":
        return f"√{_part(element, 'e')}"
    if tag == f"{M}d":
        opening, closing = (_delimiter(element, name, sign) for name, sign in (("begChr", "("), ("endChr", ")")))
        return opening + ";".join(formula(e) for e in element.findall(f"{M}e")) + closing
    return "".join(formula(child) for child in element if isinstance(child.tag, str))


def _inside(element: etree._Element, name: str) -> str:
    found = element.find(M + name)
    return formula(found) if found is not None else ""


def _part(element: etree._Element, name: str) -> str:
    text = _inside(element, name).strip()
    return f"({text})" if _OPERATOR.search(text) else text


def _delimiter(element: etree._Element, name: str, default: str) -> str:
    found = element.find(f"{M}dPr/{M}{name}")
    return default if found is None else found.get(f"{M}val", default)
