"""The text of one Word paragraph as it is printed: runs, breaks, fields, tracked changes, equations.

Left out with a warning: deleted and hidden text. Left out without: field codes, page numbers, comments.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from extractors.readers.docx_names import MC, VAL, M, W, branch, child, flag, is_on
from extractors.readers.docx_styles import ALIGNS, Align, Look, Styles
from extractors.readers.docx_symbols import printed, symbol
from extractors.readers.syllables import in_order

_RUN: Final = f"{W}r"
_TEXT: Final = f"{W}t"
_RUN_PROPS: Final = f"{W}rPr"
_STYLE, _ALIGN, _LISTED = f"{W}pStyle", f"{W}jc", f"{W}numPr"
_PARAGRAPH_PROPS: Final = (_STYLE, _ALIGN, _LISTED, _RUN_PROPS)
_BOLD, _HIDDEN = f"{W}b", f"{W}vanish"
_WEIGHTS: Final = (_BOLD, _HIDDEN, f"{W}rStyle")
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


@dataclass(slots=True)
class OpenField:
    """A field whose end has not come: its code as far as read, and whether what comes now is code or unwanted."""

    code: str = ""
    muted: bool = True


@dataclass(slots=True)
class Inline:
    """What a paragraph says, filled while it is read: not frozen, since a large table has a hundred thousand.

    `listed` is its own w:numPr, `boxes` are the text boxes it anchors, `paged` says that page numbers were left out,
    and `runs_on` that the paragraph's end is deleted or hidden, so that the next one continues it.
    """

    look: Look
    align: Align | None
    listed: etree._Element | None
    runs_on: bool
    pieces: list[str] = field(default_factory=list)
    bold: bool = True
    boxes: tuple[etree._Element, ...] = ()
    paged: bool = False
    fields: tuple[OpenField, ...] = ()

    @property
    def text(self) -> str:
        """The characters as printed, outer blanks included."""
        return self.pieces[0] if len(self.pieces) == 1 else "".join(self.pieces)


class TextReader:
    """Reads paragraphs. `warn` is called with the code of what is left out; `notes` gathers (part, id) of the notes in
    the order of their marks."""

    def __init__(self, styles: Styles, warn: Callable[[str], None]) -> None:
        self._styles = styles
        self._warn = warn
        self.notes: list[tuple[str, str]] = []

    def read(self, p: etree._Element) -> Inline:
        """One w:p."""
        props = child(p, "pPr")
        style, align, listed, runs_on = None, None, None, False
        for entry in props.iterchildren(*_PARAGRAPH_PROPS) if props is not None else ():
            if entry.tag == _STYLE:
                style = entry.get(VAL)
            elif entry.tag == _ALIGN:
                align = ALIGNS.get(entry.get(VAL, ""))
            elif entry.tag == _LISTED:
                listed = entry
            else:
                runs_on = len(entry) > 0 and self._runs_on(entry)
        look = self._styles.paragraph(style)
        got = Inline(look, align or look.align, listed, runs_on)
        self._walk(p, got)
        return got

    def _runs_on(self, mark: etree._Element) -> bool:
        if child(mark, "ins") is not None:
            self._warn("tracked_changes")
        if child(mark, "del") is not None:
            self._warn("tracked_changes")
            return True
        return bool(flag(mark, "specVanish"))

    def _walk(self, parent: etree._Element, got: Inline) -> None:
        for part in parent:
            tag = part.tag
            if tag == _RUN:
                self._run(part, got)
            elif tag in THROUGH:
                self._walk(part, got)
            elif tag in INSERTED:
                self._warn("tracked_changes")
                self._walk(part, got)
            elif tag in DELETED:
                self._warn("tracked_changes")
            elif tag == f"{W}fldSimple":
                self._simple_field(part, got)
            elif tag == _ALTERNATE:
                chosen = branch(part)
                if chosen is not None:
                    self._walk(chosen, got)
            elif tag in _MATH:
                self._add(got, formula(part), got.look.bold, False)

    def _run(self, run: etree._Element, got: Inline) -> None:
        bold, hidden, props = got.look.bold, got.look.hidden, None
        for part in run:
            tag = part.tag
            if tag == _TEXT:
                self._add(got, _shown(part.text or "", props), bold, hidden)
            elif tag == _RUN_PROPS:
                props = part
                bold, hidden = self._weight(part, got.look)
            elif tag in _SIGNS:
                self._add(got, _SIGNS[tag], bold, hidden)
            elif tag == f"{W}fldChar":
                self._field_mark(part, got)
            elif tag == f"{W}instrText":
                if got.fields:
                    got.fields[-1].code += part.text or ""
            elif tag in _SHAPES or tag == _ALTERNATE:
                self._shape(part, got, bold, hidden)
            elif tag in _NOTES:
                self.notes.append((_NOTES[tag], part.get(f"{W}id", "")))
            elif tag == f"{W}sym":
                self._add(got, symbol(part.get(f"{W}char"), part.get(f"{W}font")), bold, hidden)
            elif tag == f"{W}ruby":
                self._walk(part, got)

    def _weight(self, props: etree._Element, look: Look) -> tuple[bool, bool]:
        """Bold and hidden of a run: its own word, else the toggles of paragraph and character style."""
        bold, hidden, own_bold, own_hidden = look.bold, look.hidden, None, None
        for entry in props.iterchildren(*_WEIGHTS):
            if entry.tag == _BOLD:
                own_bold = is_on(entry)
            elif entry.tag == _HIDDEN:
                own_hidden = is_on(entry)
            else:
                named = self._styles.character(entry.get(VAL))
                bold, hidden = look.bold ^ named.bold, look.hidden ^ named.hidden
        return bold if own_bold is None else own_bold, hidden if own_hidden is None else own_hidden

    def _add(self, got: Inline, text: str, bold: bool, hidden: bool) -> None:
        if got.fields and any(f.muted for f in got.fields):
            return
        if hidden:
            if text.strip():
                self._warn("hidden_text")
            return
        got.pieces.append(text)
        if not bold and got.bold and text.strip():
            got.bold = False

    def _shape(self, shape: etree._Element, got: Inline, bold: bool, hidden: bool) -> None:
        """Text boxes are kept for later; other alternate content of a run is read in place."""
        if hidden:
            return
        boxes = tuple(text_boxes(shape))
        got.boxes += boxes
        if shape.tag == _ALTERNATE and not boxes:
            chosen = branch(shape)
            for text in chosen.iter(_TEXT) if chosen is not None else ():
                self._add(got, text.text or "", bold, hidden)

    # --- fields ---

    def _field_mark(self, mark: etree._Element, got: Inline) -> None:
        """Code is muted up to the separator; the result of a page number stays so."""
        self._doubt_field(mark)
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            got.fields += (OpenField(),)
        elif kind == "separate" and got.fields:
            got.fields[-1].muted = bool(_PAGE_FIELD.match(got.fields[-1].code))
            got.paged = got.paged or got.fields[-1].muted
        elif kind == "end" and got.fields:
            got.fields = got.fields[:-1]

    def _simple_field(self, element: etree._Element, got: Inline) -> None:
        self._doubt_field(element)
        if _PAGE_FIELD.match(element.get(f"{W}instr", "")):
            got.paged = True
        else:
            self._walk(element, got)

    def _doubt_field(self, element: etree._Element) -> None:
        if element.get(f"{W}dirty", "0") in ("1", "true", "on"):
            self._warn("dirty_field")


def _shown(text: str, props: etree._Element | None) -> str:
    """The characters of a w:t as they print: the XML's own line ends are blanks, signs of symbol fonts are signs."""
    if text.isascii():
        return text if text.isprintable() else _LAYOUT_BLANKS.sub(" ", text)
    fonts = child(props, "rFonts")
    font = fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") if fonts is not None else None
    return _LAYOUT_BLANKS.sub(" ", in_order(printed(text, font)))


def text_boxes(shape: etree._Element) -> Iterator[etree._Element]:
    """Outermost text boxes in a drawing, one branch of each alternative; boxes inside them come with their paragraphs."""
    if shape.tag == _BOX:
        yield shape
        return
    chosen = branch(shape) if shape.tag == _ALTERNATE else shape
    for part in chosen if chosen is not None else ():
        yield from text_boxes(part)


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
    return "".join(formula(part) for part in element if isinstance(part.tag, str))


def _inside(element: etree._Element, name: str) -> str:
    found = element.find(M + name)
    return formula(found) if found is not None else ""


def _part(element: etree._Element, name: str) -> str:
    text = _inside(element, name).strip()
    return f"({text})" if _OPERATOR.search(text) else text


def _delimiter(element: etree._Element, name: str, default: str) -> str:
    found = element.find(f"{M}dPr/{M}{name}")
    return default if found is None else found.get(f"{M}val", default)
