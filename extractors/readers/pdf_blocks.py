"""The pages of a PDF put together: paragraphs and tables in reading order, over page ends."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from extractors.model import Paragraph, ParagraphKind, Table
from extractors.readers.layout import is_layout
from extractors.readers.pdf_flow import Flow, begins, usual_pitch
from extractors.readers.pdf_furniture import PageText, notes_of, running_lines, without_mark
from extractors.readers.pdf_lines import Line, passage
from extractors.readers.pdf_regions import Frame, Region, frame_of, regions
from extractors.readers.pdf_tables import RawCell, RawTable, append, continues, finished

_LETTER: Final[dict[ParagraphKind, str]] = {"body": "p", "header": "h", "footer": "f", "footnote": "n", "textbox": "x"}
_LAYOUT_ROWS: Final = 40  # rows by which a table is judged to be one
_PADDING: Final = 4.0  # points between a cell's rule and its text
_OWN_LINES: Final = 6  # lines as wide as text from which a page shows its own margins


def blocks_of(pages: Sequence[PageText]) -> list[Paragraph | Table]:
    """Blocks in reading order: headers, body, footnotes, footers."""
    return _Blocks(pages).all()


class _Blocks:
    def __init__(self, pages: Sequence[PageText]) -> None:
        self._pages = pages
        self._blocks: list[Paragraph | Table] = []
        self._counts = Counter[str]()
        self._flow: Flow | None = None
        self._table: RawTable | None = None

    def all(self) -> list[Paragraph | Table]:
        beside = running_lines(self._pages)
        for page in self._pages:
            for stamp in page.stamps:
                beside.append(("header" if stamp[0].top < page.height / 2 else "footer", stamp))
            page.notes, page.lines = notes_of(page.lines, page.loose, page)
        for place, lines in beside:
            if place == "header":
                self._add(lines, "header")
        frames = self._frames()
        for page in self._pages:
            self._page(page, frames[page.number])
        self._end_flow()
        self._end_table()
        for page in self._pages:
            for note in page.notes:
                self._add(without_mark(note), "footnote")
        for place, lines in beside:
            if place == "footer":
                self._add(lines, "footer")
        return self._blocks

    # -- pages ------------------------------------------------------------------------------------------------------------

    def _frames(self) -> dict[int, Frame]:
        """The margins of each page: its own, else those of the pages of its size, else what its lines reach."""
        alike: dict[tuple[int, int], list[Line]] = defaultdict(list)
        for page in self._pages:
            alike[round(page.width), round(page.height)] += page.lines
        shared = {size: frame_of(lines, size[0]) for size, lines in alike.items()}
        frames = {}
        for page in self._pages:
            common = shared[round(page.width), round(page.height)]
            wide = sum(line.x1 - line.x0 > 0.45 * page.width for line in page.lines)
            own = frame_of(page.lines, page.width) if wide >= _OWN_LINES or common is None else None
            first = min((line.x0 for line in page.lines), default=0.0)
            last = max((line.x1 for line in page.lines), default=page.width)
            if len(page.lines) < _OWN_LINES:
                last = max(last, page.width - first)
            reach = Frame(first, last)
            frames[page.number] = own or common or reach
        return frames

    def _page(self, page: PageText, frame: Frame) -> None:
        """The page's tables and the text between them, from top to bottom; turned text comes last."""
        rest = [line for line in page.lines if not line.words[0].turn]
        for table in sorted(page.tables, key=lambda t: t.top):
            above = [line for line in rest if (line.top + line.bottom) / 2 < table.top]
            rest = [line for line in rest if (line.top + line.bottom) / 2 >= table.top]
            self._text(above, page, frame)
            self._add_table(table)
        self._text(rest, page, frame)
        for line in page.lines:
            if line.words[0].turn:
                self._add([line], "textbox")

    def _text(self, lines: list[Line], page: PageText, frame: Frame) -> None:
        if not lines:
            return
        self._end_table()
        for region in regions(lines, frame, page.width):
            if not (region.whole or region.runs_on):
                self._end_flow()
            self._region(region, region.frame(frame))
            if not (region.whole or region.runs_on):
                self._end_flow()

    def _region(self, region: Region, frame: Frame) -> None:
        for line in region.lines:
            line.left, line.right = min(frame.left, line.x0), max(frame.right, line.x1)
        pitch = usual_pitch(region.lines)
        for line in region.lines:
            if self._flow is not None and not begins(line, self._flow, pitch):
                self._flow.lines.append(line)
                continue
            self._end_flow()
            self._flow = Flow([line], frame)

    # -- tables -----------------------------------------------------------------------------------------------------------

    def _add_table(self, raw: RawTable) -> None:
        if self._table is not None and continues(self._table, raw):
            append(self._table, raw)
            return
        self._end_flow()
        self._end_table()
        self._table = raw

    def _end_table(self) -> None:
        if self._table is None:
            return
        raw, self._table = self._table, None
        self._counts["t"] += 1
        name = f"t{self._counts['t']}"
        if not raw.ruled or not is_layout([list(raw.row_texts(r)) for r in range(min(raw.n_rows, _LAYOUT_ROWS))]):
            self._blocks.append(finished(raw, name))
            return
        for cell in sorted(raw.cells, key=lambda c: (c.row, c.column)):
            self._layout_cell(cell, f"{name}/r{cell.row + 1}/c{cell.column + 1}")

    def _layout_cell(self, cell: RawCell, place: str) -> None:
        """The paragraphs of a cell that only places text."""
        if not cell.lines:
            return
        frame = Frame(cell.left + _PADDING, cell.right - _PADDING)
        flows: list[Flow] = []
        pitch = usual_pitch(cell.lines)
        for line in cell.lines:
            line.left, line.right = min(frame.left, line.x0), max(frame.right, line.x1)
            if flows and not begins(line, flows[-1], pitch):
                flows[-1].lines.append(line)
            else:
                flows.append(Flow([line], frame))
        for n, flow in enumerate(flows, 1):
            self._blocks.append(Paragraph(passage(flow.lines, f"{place}/p{n}"), align="center", bold=flow.bold))

    # -- paragraphs -------------------------------------------------------------------------------------------------------

    def _end_flow(self) -> None:
        if self._flow is not None:
            flow, self._flow = self._flow, None
            self._add(flow.lines, "body", flow)

    def _add(self, lines: Sequence[Line], kind: ParagraphKind, flow: Flow | None = None) -> None:
        self._counts[kind] += 1
        text = passage(lines, f"{_LETTER[kind]}{self._counts[kind]}")
        look = (flow.align, flow.bold) if flow else (None, False)
        self._blocks.append(Paragraph(text, kind, align=look[0], bold=look[1]))
