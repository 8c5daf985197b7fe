"""Renders an edition as plain text (tables tab-separated) or as a Word document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from tests.evaluation.generator.sheet import Edition, Grid, Line, Pair, Turn
from tests.reports import paper
from tests.reports.paper import Look

LOOKS = {
    "body": Look(indent=10, after=4), "item": Look(indent=10, after=4), "heading": Look(bold=True, indent=10, after=4),
    "subheading": Look(bold=True, italic=True, indent=10, after=4), "title": Look("center", bold=True), "subtitle": Look("center", bold=True, after=10), "centred": Look("center", bold=True, size=13),
    "aside": Look("center", italic=True, size=13, after=6), "left": Look("left", size=13), "right": Look("right", italic=True, size=12),
    "plain": Look("center", size=13), "strong": Look("center", bold=True, size=12.5), "italic": Look("center", italic=True, size=13),
    "addressee": Look("center", size=14, after=6), "receivers": Look("left", bold=True, italic=True, size=12), "small": Look("left", size=11), "": Look("center", size=13),
}  # fmt: skip


def text(edition: Edition) -> str:
    """The report as text: a paragraph a line, a table row a line with tabs between its cells."""
    lines: list[str] = []
    for block in edition.sheet.blocks:
        if isinstance(block, Line):
            lines += [edition.text(block.text), ""]
        elif isinstance(block, Grid):
            lines += ["\t".join(row) for row in block.header]
            lines += ["\t".join(map(edition.text, row)) for row in block.rows]
            lines.append("")
        elif isinstance(block, Pair):
            lines += [line for line, _ in (*block.left, *block.right) if line and line != "___"]
            lines.append("")
    return "\n".join(lines)


AUTOMATIC = re.compile(r"([IVX]+\.|-) ")


def document(edition: Edition, automatic: bool = False) -> Any:
    """The report as a python-docx document; `automatic` leaves "I." and "-" to the numbering of Word."""
    made = paper.new_document()
    numbering = paper.numbering(made) if automatic else None
    for block in edition.sheet.blocks:
        if isinstance(block, Line):
            _line(made, edition.text(block.text), block.look, numbering)
        elif isinstance(block, Turn):
            paper.turn(made, block.landscape)
        elif isinstance(block, Pair):
            _pair(made, block)
            made.add_paragraph()
        else:
            made.element.body.insert_element_before(_grid(edition, block), "w:sectPr")
            made.add_paragraph()
    return made


def _line(made: Any, text: str, kind: str, numbering: int | None) -> None:
    paragraph, look = made.add_paragraph(), LOOKS[kind]
    mark = AUTOMATIC.match(text) if numbering is not None and kind in ("heading", "item") else None
    paper.dress(paragraph, replace(look, indent=0) if mark else look)
    if numbering is not None and mark:
        paper.numbered(paragraph, numbering, 2 if mark[1] == "-" else 0)
    paper.write(paragraph, text[mark.end() :] if mark else text, look)


def _pair(made: Any, block: Pair) -> None:
    table = made.add_table(rows=1, cols=2)
    paper.columns(table, block.widths)
    paper.borders(table, sides=False)
    table.rows[0]._tr.get_or_add_trPr().append(paper.element("w:cantSplit"))
    for cell, lines, width in zip(table.rows[0].cells, (block.left, block.right), block.widths, strict=True):
        cell.width = Mm(width)
        for index, (line, look) in enumerate(lines):
            paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
            paper.dress(paragraph, LOOKS[look])
            if line == "___":
                paper.underline(paragraph)
                paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(width * 0.3)
                paper.write(paragraph, "", replace(LOOKS[""], size=4))
            else:
                paper.write(paragraph, line, LOOKS[look])


def _grid(edition: Edition, grid: Grid) -> Any:
    """The table as XML, written at once: python-docx takes seconds for a large one."""
    twips = [round(width * 56.7) for width in grid.widths]
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = '<w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>'
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    rows = [_row(row, twips, grid, number, head=True) for number, row in enumerate(grid.header)]
    for number, row in enumerate(grid.rows):
        rows.append(_row([edition.text(t) for t in row], twips, grid, number, head=False))
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )


def _row(texts: Sequence[str], twips: Sequence[int], grid: Grid, number: int, *, head: bool) -> str:
    cells, column = [], 0
    small = head and texts[0] in ("(1)", "1", "(A)", "A")
    strong = head or number in grid.bold
    while column < len(texts):
        span, vertical = _merged(grid, number if head else number + len(grid.header), column)
        width = sum(twips[column : column + span])
        left = not head and column == 1
        size = round(2 * (7.5 if small else grid.size))
        wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        bold = "<w:b/>" if strong else ""
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{wide}{vertical}<w:vAlign w:val="center"/></w:tcPr>'
            f'<w:p><w:pPr><w:jc w:val="{"left" if left else "center"}"/></w:pPr><w:r><w:rPr>{bold}<w:sz w:val="{size}"/></w:rPr>'
            f'<w:t xml:space="preserve">{escape(texts[column])}</w:t></w:r></w:p></w:tc>'
        )
        column += span
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def _merged(grid: Grid, row: int, column: int) -> tuple[int, str]:
    """(columns spanned, vertical merge) of a cell; rows count from the first of the header."""
    for top, left, bottom, right in grid.merges:
        if top <= row <= bottom and left == column:
            vertical = "" if top == bottom else f'<w:vMerge w:val="{"restart" if row == top else "continue"}"/>'
            return right - left + 1, vertical
    return 1, ""
