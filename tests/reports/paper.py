"""The page: A4, Times New Roman and the parts of a state document that python-docx does not know by itself."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
STAMP = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks: size in points, first-line indent in millimetres, space after in points."""

    align: str = "both"
    bold: bool = False
    italic: bool = False
    size: float = 14
    indent: float = 0
    after: float = 0


def element(tag: str, **attributes: str) -> Any:
    """A WordprocessingML element with attributes of the same namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def new_document() -> Any:
    """An empty A4 document in Times New Roman 14 with a page number from page 2 on and fixed properties."""
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    style.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(17)
    section.top_margin = section.bottom_margin = Mm(20)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    core = document.core_properties
    core.author = core.last_modified_by = "tests/reports"
    core.title, core.comments, core.revision = "", "", 1
    core.created = core.modified = STAMP.replace(tzinfo=None)
    return document


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = ALIGN["center"]
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        if text:
            code = OxmlElement("w:instrText")
            code.text = text
            run._r.append(code)
        else:
            run._r.append(element("w:fldChar", fldCharType=kind or ""))


def turn(document: Any, landscape: bool) -> None:
    """Start a new page, landscape or portrait."""
    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    width, height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.page_width, section.page_height = width, height
    section.different_first_page_header_footer = False
    if landscape:
        section.left_margin, section.right_margin = Mm(15), Mm(15)


def dress(paragraph: Any, look: Look) -> None:
    """Give a paragraph its alignment and spacing."""
    paragraph.alignment = ALIGN[look.align]
    layout = paragraph.paragraph_format
    layout.space_after = Pt(look.after)
    layout.first_line_indent = Mm(look.indent) if look.indent else None


def write(paragraph: Any, text: str, look: Look) -> Any:
    """Add a run in this look."""
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = look.bold, look.italic, Pt(look.size)
    return run


def borders(table: Any, sides: bool) -> None:
    """Rule a table, or leave it without lines."""
    lines = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        lines.append(element(f"w:{side}", val="single" if sides else "nil", sz="4", space="0", color="000000"))
    table._tbl.tblPr.append(lines)
    if sides:
        margins = element("w:tblCellMar")
        for side in ("left", "right"):
            margins.append(element(f"w:{side}", w="57", type="dxa"))
        table._tbl.tblPr.append(margins)


def columns(table: Any, widths: Sequence[float]) -> None:
    """Fix the widths of the columns, in millimetres (the grid is what LibreOffice goes by)."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)


def underline(paragraph: Any) -> None:
    """The short rule beneath the issuing body or the motto, drawn as a border of an empty, narrowed paragraph."""
    edge = element("w:pBdr")
    edge.append(element("w:top", val="single", sz="6", space="1", color="000000"))
    paragraph._p.get_or_add_pPr().append(edge)


def numbering(document: Any) -> int:
    """Define automatic numbering I. / 1. / - on three levels; returns its number for `w:numId`."""
    root = document.part.numbering_part.element
    levels = (("upperRoman", "%1.", "0"), ("decimal", "%2.", "0"), ("bullet", "-", "0"))
    abstract = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="space"/><w:lvlText w:val="{shown}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:firstLine="567"/></w:pPr>'
        f"{'<w:rPr><w:b/></w:rPr>' if depth < 2 else ''}</w:lvl>"
        for depth, (kind, shown, left) in enumerate(levels)
    )
    made = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{abstract}</w:abstractNum>')
    root.insert(0, made)
    return int(root.add_num(90).numId)


def numbered(paragraph: Any, number: int, depth: int) -> None:
    """Put a paragraph under automatic numbering."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = depth, number


def footnotes(document: Any, notes: list[str]) -> None:
    """Add the part that holds the footnotes 1, 2, … of the document."""
    body = "".join(
        f'<w:footnote w:type="{kind}" w:id="{index}"><w:p><w:r><w:{tag}/></w:r></w:p></w:footnote>'
        for index, kind, tag in ((-1, "separator", "separator"), (0, "continuationSeparator", "continuationSeparator"))
    )
    for index, text in enumerate(notes, 1):
        body += (
            f'<w:footnote w:id="{index}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
            f'<w:r><w:rPr><w:sz w:val="20"/></w:rPr><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
        )
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {nsdecls("w")}>{body}</w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def packed(document: Any) -> bytes:
    """The document as bytes that depend on nothing but its contents (no clock in the archive)."""
    loose, fixed = io.BytesIO(), io.BytesIO()
    document.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return fixed.getvalue()


def saved(document: Any, path: Path) -> None:
    """Write the document to `path`."""
    path.write_bytes(packed(document))
