"""HTML: a news item of an office's site, or a report exported as HTML (also under the name .doc).

lxml's HTML parser expands no entity of the file's making and fetches nothing. What a reader of the page would not see
(scripts, styles, hidden parts, menus) is left out.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final, Literal, cast

from lxml import etree

from extractors.errors import Unreadable
from extractors.limits import MAX_TEXT_BYTES, MAX_XML_DEPTH
from extractors.model import Document, Paragraph, Passage, Source, Table
from extractors.readers.encoding import Decoded, decode
from extractors.readers.html_table import build, is_layout
from extractors.readers.legacy import in_bytes, told
from extractors.readers.legacy_html import convert
from extractors.readers.progress import tick

_DROPPED: Final = frozenset(
    {"script", "style", "noscript", "template", "nav", "head", "iframe", "object", "embed", "svg", "form", "button"}
    | {"select", "textarea", "input"}
)
_BLOCKS: Final = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "fieldset"}
    | {"figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main"}
    | {"ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
_BOLD: Final = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"})
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_ALIGN: Final = re.compile(r"text-align\s*:\s*(left|center|right|justify)", re.IGNORECASE)
_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_MENU_CHARACTERS: Final = 1_000  # a longer list, or one with a figure in it, is no menu
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
_TYPED_BULLET: Final = re.compile(r"\s*(?:[-+*•–]|\d{1,3}[.)]|[a-zđ]\))\s")

Align = Literal["left", "center", "right", "justify"]


def read(data: bytes, source: Source) -> Document:
    """The page as paragraphs p1, p2, … and tables t1, t2, …

    Raises Unreadable: too_large, too_deep, table_too_wide, corrupt, empty.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise Unreadable("too_large", f"trang HTML hơn {MAX_TEXT_BYTES // 2**20} MB")
    decoded = _decode(data)
    root = _parsed(decoded.text)
    codes = convert(root) if root is not None else ()
    found = list(_Flow().run(root)) if root is not None else []
    if not found:
        raise Unreadable("empty", "trang không có chữ nào")
    warnings = (*source.warnings, *decoded.warnings, *([told(codes)] if codes else ()))
    return Document(replace(source, warnings=warnings), tuple(found))


def blocks(markup: str) -> list[Paragraph | Table]:
    """Blocks of a page or of a piece of HTML, in reading order.

    Raises Unreadable: too_deep, table_too_wide, too_large, corrupt.
    """
    root = _parsed(markup)
    return [] if root is None else list(_Flow().run(root))


def _parsed(markup: str) -> etree._Element | None:
    """The root of a page; None of one without elements. Raises Unreadable: corrupt, too_deep."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable("corrupt", str(error)[:200]) from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise Unreadable("too_deep")
    return root


def _decode(data: bytes) -> Decoded:
    """Characters by UTF-8 where they are valid UTF-8, else in an old Vietnamese code that the syllables prove, else as
    the page declares, else by the best guess."""
    declared = _CHARSET.search(data[:4_096])
    guess = decode(data, convert=False)
    if declared and not data.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF8)):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            with_charset = _declared(data, declared[1].decode("ascii"))
            if with_charset is not None and in_bytes(data, with_charset.text) is None:
                return with_charset
    if guess is None:
        raise Unreadable("corrupt", "không phải văn bản")
    return guess


def _declared(data: bytes, charset: str) -> Decoded | None:
    try:
        text = data.decode(codecs.lookup(charset).name)
    except (LookupError, UnicodeDecodeError):
        return None
    return decode(text.encode("utf-8", "replace"))


# --- the flow of text ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Style:
    """What an element hands down: bold, alignment, preformatted blanks, list depth."""

    bold: bool = False
    align: Align | None = None
    pre: bool = False
    level: int = 0
    depth: int = 0


@dataclass(slots=True)
class _Flow:
    """Collects inline text until a block ends; then it is a paragraph."""

    pieces: list[tuple[str, bool]] = field(default_factory=list)
    label: str = ""
    paragraphs: int = 0
    tables: int = 0
    items: dict[etree._Element, int] = field(default_factory=dict)  # list -> items seen

    def run(self, element: etree._Element) -> Iterator[Paragraph | Table]:
        """All blocks inside `element`."""
        yield from self._content(element, _Style())
        yield from self._flush(_Style())

    def _element(self, element: etree._Element, above: _Style) -> Iterator[Paragraph | Table]:
        tag = element.tag
        if not isinstance(tag, str) or tag in _DROPPED or hidden(element) or _is_menu(element, tag):
            return
        if tag == "br":
            self.pieces.append(("\n", above.bold))
            return
        style = _style(element, tag, above)
        if tag not in _BLOCKS:
            yield from self._content(element, style)
            return
        yield from self._flush(above)
        if tag == "table" and not is_layout(element):
            yield from self._table(element)
            return
        if tag == "li":
            self.label = self._item_label(element)
        yield from self._content(element, style)
        yield from self._flush(style)
        if tag == "li":
            self.label = ""

    def _content(self, element: etree._Element, style: _Style) -> Iterator[Paragraph | Table]:
        if style.depth > MAX_XML_DEPTH:
            raise Unreadable("too_deep")
        self._text(element.text, style)
        for child in element:
            yield from self._element(child, style)
            self._text(child.tail, style)

    def _text(self, text: str | None, style: _Style) -> None:
        if text:
            self.pieces.append((text if style.pre else _BLANKS.sub(" ", text), style.bold))

    def _flush(self, style: _Style) -> Iterator[Paragraph]:
        pieces, self.pieces = self.pieces, []
        raw = "".join(text for text, _ in pieces)
        raw = raw if style.pre else re.sub(" {2,}", " ", raw)
        text = "\n".join(line.strip(" ") for line in raw.split("\n")).strip()
        if not text.replace("\xa0", " ").strip():
            return
        label, self.label = self.label, ""
        if _TYPED_BULLET.match(text):
            label = ""
        self.paragraphs += 1
        tick()
        bold = all(is_bold for piece, is_bold in pieces if piece.strip())
        passage = Passage(text, f"p{self.paragraphs}")
        yield Paragraph(passage, label=label, level=style.level, align=style.align, bold=bold)

    def _table(self, element: etree._Element) -> Iterator[Paragraph | Table]:
        for caption in element.iterchildren("caption"):
            yield from self._element(caption, _Style())
        table = build(element, f"t{self.tables + 1}", cell_text, hidden)
        if table is not None:
            self.tables += 1
            yield table

    def _item_label(self, item: etree._Element) -> str:
        """What a browser prints before a list item."""
        parent = item.getparent()
        if parent is None or re.search(r"list-style[^;]*none", parent.get("style") or ""):
            return ""
        if parent.tag != "ol":
            return "-"
        start = parent.get("start") or "1"
        before = self.items.get(parent, 0)
        self.items[parent] = before + 1
        number = (int(start) if re.fullmatch(r"\d{1,4}", start) else 1) + before
        kind = parent.get("type") or "1"
        if kind in ("a", "A") and number <= 26:
            return chr(ord(kind) + number - 1) + "."
        return f"{number}."


def cell_text(element: etree._Element) -> str:
    """The text of one cell, its paragraphs on lines of their own, generated labels in front."""
    parts = [block for block in _Flow().run(element) if isinstance(block, Paragraph)]
    return "\n".join(f"{p.label} {p.passage.text}".strip() for p in parts)


def hidden(element: etree._Element) -> bool:
    """Whether a browser shows nothing of the element."""
    if element.get("hidden") is not None or element.get("role") == "navigation":
        return True
    return bool(_HIDDEN.search(element.get("style") or ""))


def _is_menu(element: etree._Element, tag: str) -> bool:
    """Whether an element leads to other pages: a path of crumbs, or a list in which every word is a link."""
    named = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    if "breadcrumb" in named or element.get("role") in ("menu", "menubar"):
        return True
    if tag not in ("ul", "ol"):
        return False
    said = linked = ""
    for piece in cast("Iterator[str]", element.itertext()):
        said += "".join(piece.split())
        if len(said) > _MENU_CHARACTERS or any(ch.isdigit() for ch in piece):
            return False
    links = list(element.iter("a"))
    linked = "".join("".join("".join(cast("Iterator[str]", a.itertext())).split()) for a in links)
    return len(links) > 1 and said == linked


def _style(element: etree._Element, tag: str, above: _Style) -> _Style:
    css = element.get("style") or ""
    align = _ALIGN.search(css)
    stated = (align[1] if align else element.get("align") or ("center" if tag == "center" else "")).lower()
    bold = above.bold or tag in _BOLD or bool(re.search(r"font-weight\s*:\s*(?:bold|[6-9]00)", css, re.IGNORECASE))
    return _Style(
        bold,
        cast(Align, stated) if stated in ("left", "center", "right", "justify") else above.align,
        above.pre or tag == "pre",
        above.level + (tag in ("ul", "ol")),
        above.depth + 1,
    )
