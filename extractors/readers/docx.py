"""Word documents (Office Open XML): python-docx opens the package, its XML is read on the true grid.

python-docx alone misses automatic numbers, tracked insertions, text boxes, content controls and nested tables, and
repeats merged cells; the walk below reads them (Transitional markup; Strict is mapped to it first).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from extractors import limits
from extractors.errors import Unreadable
from extractors.model import Cell, Document, Paragraph, ParagraphKind, Passage, Source, SourceWarning, Table
from extractors.readers.docx_numbering import Numbering
from extractors.readers.layout import is_layout
from extractors.readers.package import check_package, parse_xml, part_bytes
from extractors.readers.progress import tick

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
}
_WARNINGS = {
    "tracked_changes": "Có nội dung theo dõi thay đổi; đọc theo bản cuối.",
    "hidden_text": "Có chữ ẩn, không đọc.",
    "macro": "Có macro, không chạy.",
    "dirty_field": "Có trường chưa cập nhật; dùng giá trị đang hiển thị.",
}
_ALIGN = {
    "center": "center",
    "right": "right",
    "end": "right",
    "both": "justify",
    "distribute": "justify",
    "left": "left",
    "start": "left",
}


def read(data: bytes, source: Source) -> Document:
    """The document in `data`. Raises Unreadable with the codes of a refused package."""
    package = check_package(data)
    names = set(package.namelist())
    main = _main_part(package, names)
    parts: dict[str, etree._Element] = {}
    for name in [
        main,
        *(
            n
            for n in sorted(names)
            if re.match(r"word/(?:header|footer)\d*\.xml$|word/(?:footnotes|endnotes|numbering|styles)\.xml$", n)
        ),
    ]:
        content = part_bytes(package, name)
        for strict, transitional in _STRICT.items():
            content = content.replace(strict, transitional)
        parts[name] = parse_xml(content, name)
        tick()
    if parts[main].find(f"{W}body") is None:
        raise Unreadable("corrupt", "no body")
    walker = _Walker(parts)
    if any("vbaProject" in n for n in names):
        walker.warnings["macro"] = None
    blocks = walker.document(parts[main])
    warnings = tuple(SourceWarning(code, _WARNINGS[code]) for code in walker.warnings)
    return Document(replace(source, warnings=(*source.warnings, *warnings)), tuple(blocks))


def _main_part(package: zipfile.ZipFile, names: set[str]) -> str:
    if "[Content_Types].xml" not in names:
        raise Unreadable("corrupt", "no content types")
    types = part_bytes(package, "[Content_Types].xml")
    parse_xml(types, "[Content_Types].xml")
    if "word/document.xml" not in names:
        raise Unreadable("corrupt", "no word/document.xml")
    if (
        b"document.main+xml" not in types
        and b"document.macroEnabled.main+xml" not in types
        and b"template" not in types
    ):
        raise Unreadable("corrupt", "content types name no document")
    return "word/document.xml"


@dataclass(slots=True)
class _Text:
    """The text of one paragraph as it is walked."""

    pieces: list[str] = field(default_factory=list)
    bold: bool = True
    boxes: list[Any] = field(default_factory=list)
    field_depth: int = 0
    in_code: list[bool] = field(default_factory=list)

    def add(self, text: str, bold: bool) -> None:
        if self.in_code and self.in_code[-1]:
            return
        self.pieces.append(text)
        if text.strip():
            self.bold = self.bold and bold


class _Walker:
    def __init__(self, parts: dict[str, etree._Element]) -> None:
        self.parts = parts
        self.styles = _styles(parts.get("word/styles.xml"))
        self.numbering = Numbering(parts.get("word/numbering.xml"), self.styles)
        self.warnings: dict[str, None] = {}
        self.counts = {"p": 0, "t": 0, "h": 0, "f": 0, "n": 0, "x": 0}
        self.seen = 0

    def document(self, main: Any) -> list[Paragraph | Table]:
        """Headers, body, footnotes, footers."""
        blocks: list[Paragraph | Table] = []
        blocks += self._edges("word/header", "h", "header")
        body = main.find(f"{W}body")
        blocks += self.blocks(body)
        for name in ("word/footnotes.xml", "word/endnotes.xml"):
            if name in self.parts:
                for note in self.parts[name]:
                    if note.get(f"{W}type") in (None, "normal"):
                        blocks += self._plain(note, "n", "footnote")
        blocks += self._edges("word/footer", "f", "footer")
        return blocks

    def _edges(self, prefix: str, letter: str, kind: ParagraphKind) -> list[Paragraph]:
        found: list[Paragraph] = []
        texts: set[str] = set()
        for name, root in self.parts.items():
            if name.startswith(prefix):
                for paragraph in self._plain(root, letter, kind):
                    text = paragraph.passage.text.strip()
                    if text not in texts and not re.fullmatch(r"(?:Trang\s*)?[-\s]*\d*[-\s/]*\d*", text):
                        texts.add(text)
                        found.append(paragraph)
        return found

    def _plain(self, root: Any, letter: str, kind: ParagraphKind) -> list[Paragraph]:
        return [made for p in root.iter(f"{W}p") if (made := self._paragraph(p, letter, kind)[0]) is not None]

    def blocks(self, parent: Any) -> list[Paragraph | Table]:
        """Paragraphs and tables below `parent` in order, through content controls and insertions."""
        found: list[Paragraph | Table] = []
        for child in parent:
            self.seen += 1
            if self.seen % 200 == 0:
                tick()
            tag = child.tag
            if tag == f"{W}p":
                paragraph, boxes = self._paragraph(child, "p", "body")
                if paragraph:
                    found.append(paragraph)
                found += boxes
            elif tag == f"{W}tbl":
                found += self.table(child)
            elif tag in (f"{W}del", f"{W}moveFrom"):
                self.warnings["tracked_changes"] = None
            elif tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
                found += self.blocks(child)
            elif tag == f"{_MC}AlternateContent":
                found += self.blocks(_choice(child))
        return found

    # -- paragraphs -----------------------------------------------------------------------------------------------------------

    def _paragraph(self, p: Any, letter: str, kind: ParagraphKind) -> tuple[Paragraph | None, list[Paragraph]]:
        props = p.find(f"{W}pPr")
        style = _value(props, "pStyle")
        text = _Text()
        self._runs(p, text, self.styles.bold(style))
        label, level = self.numbering.label(props, style)
        boxes = [b for box in text.boxes for q in box.iter(f"{W}p") if (b := self._paragraph(q, "x", "textbox")[0])]
        joined = "".join(text.pieces).strip("\n")
        if not joined.strip():
            return None, boxes
        self.counts[letter] += 1
        passage = Passage(joined, f"{letter}{self.counts[letter]}")
        align = _ALIGN.get(_value(props, "jc") or self.styles.align(style) or "")
        return Paragraph(passage, kind, label, level, align, text.bold), boxes  # type: ignore[arg-type]

    def _runs(self, parent: Any, text: _Text, bold: bool) -> None:
        for child in parent:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, text, bold)
            elif tag in (f"{W}del", f"{W}moveFrom"):
                self.warnings["tracked_changes"] = None
            elif tag in (f"{W}ins", f"{W}moveTo"):
                self.warnings["tracked_changes"] = None
                self._runs(child, text, bold)
            elif tag in (
                f"{W}hyperlink",
                f"{W}smartTag",
                f"{W}sdt",
                f"{W}sdtContent",
                f"{W}customXml",
                f"{W}fldSimple",
                f"{W}dir",
                f"{W}bdo",
            ):
                self._runs(child, text, bold)
            elif tag == f"{_MC}AlternateContent":
                self._runs(_choice(child), text, bold)
            elif tag in (f"{_M}oMath", f"{_M}oMathPara"):
                text.add("".join(t.text or "" for t in child.iter(f"{_M}t")), bold)

    def _run(self, run: Any, text: _Text, bold: bool) -> None:
        props = run.find(f"{W}rPr")
        if _flag(props, "vanish") or self.styles.hidden(_value(props, "rStyle")):
            self.warnings["hidden_text"] = None
            return
        strong = _flag(props, "b") if props is not None and props.find(f"{W}b") is not None else bold
        for child in run:
            tag = child.tag
            if tag == f"{W}t":
                text.add(child.text or "", strong)
            elif tag == f"{W}tab":
                text.add("\t", strong)
            elif tag in (f"{W}br", f"{W}cr"):
                if child.get(f"{W}type") not in ("page", "column"):
                    text.add("\n", strong)
            elif tag == f"{W}noBreakHyphen":
                text.add("-", strong)
            elif tag == f"{W}softHyphen":
                text.add("\u00ad", strong)
            elif tag == f"{W}fldChar":
                self._field(child, text)
            elif tag == f"{_MC}AlternateContent":
                text.boxes += _choice(child).iter(f"{W}txbxContent")
            elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
                text.boxes += child.iter(f"{W}txbxContent")

    def _field(self, char: Any, text: _Text) -> None:
        """Field code is skipped, the shown result read."""
        kind = char.get(f"{W}fldCharType")
        if char.get(f"{W}dirty") in ("1", "true"):
            self.warnings["dirty_field"] = None
        if kind == "begin":
            text.in_code.append(True)
        elif kind == "separate" and text.in_code:
            text.in_code[-1] = False
        elif kind == "end" and text.in_code:
            text.in_code.pop()

    # -- tables ----------------------------------------------------------------------------------------------------------------

    def table(self, tbl: Any) -> list[Paragraph | Table]:
        """A table on its grid, then the tables nested in it; a layout table as paragraphs."""
        self.counts["t"] += 1
        name = f"t{self.counts['t']}"
        slots, width = _grid(tbl)
        nested: list[Any] = []
        placed: list[tuple[int, int, int, int, list[Paragraph]]] = []
        for row, column, height, span, tcs in slots:
            paragraphs = []
            for tc in tcs:
                for p in _cell_paragraphs(tc, nested):
                    counts = dict(self.counts)
                    made, boxes = self._paragraph(p, "p", "body")
                    self.counts = counts
                    paragraphs += [q for q in (made, *boxes) if q]
            placed.append((row, column, height, span, paragraphs))
        n_rows = max((r + h for r, _, h, _, _ in placed), default=0)
        if n_rows * width > limits.MAX_TABLE_CELLS:
            raise Unreadable("too_large", f"table of {n_rows} x {width}")
        texts = [[""] * width for _ in range(min(n_rows, 60))]
        for r, c, _, _, ps in placed:
            if r < len(texts):
                texts[r][c] = "\n".join(p.passage.text for p in ps)
        blocks: list[Paragraph | Table] = []
        if is_layout(texts):
            for r, c, _, _, ps in placed:
                for n, p in enumerate(ps, 1):
                    blocks.append(replace(p, passage=replace(p.passage, locator=f"{name}/r{r + 1}/c{c + 1}/p{n}")))
        else:
            cells = tuple(
                Cell(
                    r,
                    c,
                    Passage("\n".join(f"{p.label} {p.passage.text}".strip() for p in ps), f"{name}/r{r + 1}/c{c + 1}"),
                    h,
                    s,
                )
                for r, c, h, s, ps in placed
                if ps
            )
            blocks.append(Table(name, n_rows, width, cells))
        for inner in nested:
            blocks += self.table(inner)
        return blocks


def _cell_paragraphs(parent: Any, nested: list[Any]) -> Iterator[Any]:
    for child in parent:
        if child.tag == f"{W}p":
            yield child
        elif child.tag == f"{W}tbl":
            nested.append(child)
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}moveTo"):
            yield from _cell_paragraphs(child, nested)


def _rows(tbl: Any) -> Iterator[Any]:
    for child in tbl:
        if child.tag == f"{W}tr":
            props = child.find(f"{W}trPr")
            if props is None or props.find(f"{W}del") is None:
                yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _rows(child)


def _cells(tr: Any) -> Iterator[Any]:
    for child in tr:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _cells(child)


def _grid(tbl: Any) -> tuple[list[tuple[int, int, int, int, list[Any]]], int]:
    """(row, column, height, width, cells) of every cell on the true grid, and the width of the table."""
    slots: list[list[Any]] = []
    open_merges: dict[int, list[Any]] = {}
    width = 0
    for r, tr in enumerate(_rows(tbl)):
        column = _number(tr.find(f"{W}trPr"), "gridBefore", 0)
        for tc in _cells(tr):
            props = tc.find(f"{W}tcPr")
            span = max(1, _number(props, "gridSpan", 1))
            if column + span > limits.MAX_TABLE_COLUMNS:
                raise Unreadable("table_too_wide", f"{column + span} columns")
            merge = props.find(f"{W}vMerge") if props is not None else None
            going = merge is not None and merge.get(f"{W}val") != "restart"
            above = open_merges.get(column)
            if going and above is not None and above[3] == span and above[0] + above[2] == r:
                above[2] += 1
                above[4].append(tc)
            else:
                slot = [r, column, 1, span, [tc]]
                slots.append(slot)
                open_merges[column] = slot
            if merge is None:
                open_merges.pop(column, None)
            column += span
        width = max(width, column)
    return [tuple(s) for s in slots], width


def _number(props: Any, name: str, default: int) -> int:
    text = _value(props, name)
    if text is None or not re.fullmatch(r"\d{1,9}", text):
        return default
    value = int(text)
    if value > limits.MAX_TABLE_COLUMNS:
        raise Unreadable("table_too_wide", f"{value} columns")
    return value


def _value(props: Any, name: str) -> str | None:
    found = props.find(f"{W}{name}") if props is not None else None
    return found.get(f"{W}val") if found is not None else None


def _flag(props: Any, name: str) -> bool:
    found = props.find(f"{W}{name}") if props is not None else None
    return found is not None and found.get(f"{W}val") not in ("0", "false", "off", "none")


def _choice(alternate: Any) -> Any:
    """One branch of an AlternateContent: the first choice, else the fallback."""
    found = alternate.find(f"{_MC}Choice")
    return found if found is not None else next(iter(alternate), alternate)


class _Styles:
    """What paragraph and character styles say of weight, hiding, alignment and numbering, through inheritance."""

    def __init__(self, root: Any) -> None:
        self._by_id = {s.get(f"{W}styleId"): s for s in root.iter(f"{W}style")} if root is not None else {}

    def _chain(self, name: str | None) -> Iterator[Any]:
        seen: set[str] = set()
        while name and name in self._by_id and name not in seen:
            seen.add(name)
            yield self._by_id[name]
            name = _value(self._by_id[name], "basedOn")

    def bold(self, name: str | None) -> bool:
        return next(
            (
                _flag(p, "b")
                for s in self._chain(name)
                if (p := s.find(f"{W}rPr")) is not None and p.find(f"{W}b") is not None
            ),
            False,
        )

    def hidden(self, name: str | None) -> bool:
        return any(_flag(s.find(f"{W}rPr"), "vanish") for s in self._chain(name))

    def align(self, name: str | None) -> str | None:
        return next((v for s in self._chain(name) if (v := _value(s.find(f"{W}pPr"), "jc"))), None)

    def numbering(self, name: str | None) -> Any:
        """The numPr of the nearest style that has one."""
        return next(
            (
                n
                for s in self._chain(name)
                if (p := s.find(f"{W}pPr")) is not None and (n := p.find(f"{W}numPr")) is not None
            ),
            None,
        )


def _styles(root: Any) -> _Styles:
    return _Styles(root)
