"""One sample report: its letterhead, body, tables and signature, with every figure recorded as it is written."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from docx.shared import Mm

from tests.reports import paper
from tests.reports.head import MOTTO, NAMES, NATION, Head
from tests.reports.paper import Look
from tests.reports.truth import NOTE, Fault, Json, Record, Truth, comma, dotted, unmarked


@dataclass(slots=True)
class Report:
    """A report under construction. `period` is (kind, year, index, start, end)."""

    stem: str
    form: str
    head: Head
    period: tuple[str, int, int | None, str, str]
    automatic: bool = False
    truth: Truth = field(default_factory=Truth)
    document: Any = field(default_factory=paper.new_document)
    notes: list[str] = field(default_factory=list)
    number: int = 0

    def __post_init__(self) -> None:
        if self.automatic:
            self.number = paper.numbering(self.document)
        self._letterhead()

    # -- recording ---------------------------------------------------------------------------------------------

    def n(
        self,
        value: int | str | Decimal,
        indicator: str | None = None,
        unit: str = "hồ sơ",
        scope: str | None = None,
        *,
        text: str | None = None,
        fault: Fault | None = None,
        **more: Any,
    ) -> str:
        """Record a count or score and return it printed; `more` holds role, optional, indicator_accept, scope_accept."""
        shown = text if text is not None else dotted(value) if isinstance(value, int) else comma(value)
        body: Json = {"value": str(value), "text": shown, "indicator": indicator, "unit": unit, "scope": scope}
        if indicator is None and scope is None:
            more.setdefault("scope_accept", ["*"])  # outside the vocabulary there is no agreed name for whose it is
        return self.truth.token("f", shown, Record(body | more, fault))

    def pct(
        self, value: Decimal | str | int, indicator: str | None = None, scope: str | None = None, **more: Any
    ) -> str:
        """Record a percentage and return it printed, sign included."""
        shown = str(more.pop("text", comma(Decimal(value)) + "%"))
        printed = shown.rstrip("%").replace(",", ".")
        return self.n(printed, indicator, "%", scope, text=shown, **more)

    def cite(
        self, text: str, key: str, date: str | None = None, issuer: str | None = None, fault: Fault | None = None
    ) -> str:
        """Record a citation and return its text; `date` is ISO (an impossible one as printed), null if none."""
        return self.truth.token("c", text, Record({"key": key, "date": date, "issuer": issuer}, fault))

    def note(self, text: str) -> str:
        """Attach a footnote; the mark it returns stands where its number is printed."""
        self.notes.append(text)
        return NOTE

    def own(self, kind: str) -> str:
        """Record and return how an appendix names the document it belongs to."""
        head = self.head
        key = f"{head.number}/{head.symbol}"
        return self.cite(f"{kind} số {key} ngày {head.short()} của {head.body}", key, head.iso(), head.body)

    def adds(self, total: int | str | Decimal, *parts: int | str | Decimal) -> None:
        """Record that `total` is the sum of `parts`; raises AssertionError where it is not."""
        assert Decimal(total) == sum(map(Decimal, parts)), (total, parts)
        self.truth.identities.append(f"{total} = {' + '.join(map(str, parts))}")

    def quiet(self, *reasons: str) -> None:
        """State what a checker must not flag in this report."""
        self.truth.must_not_flag.extend(reasons)

    # -- text --------------------------------------------------------------------------------------------------

    def p(self, text: str, look: Look | None = None, depth: int | None = None) -> None:
        """Add a paragraph of the body; `depth` puts it under automatic numbering."""
        look = look or Look(indent=10, after=4)
        paragraph = self.document.add_paragraph()
        paper.dress(paragraph, replace(look, indent=0) if depth is not None else look)
        if depth is not None:
            paper.numbered(paragraph, self.number, depth)
        plain = self.truth.place(text, "narrative")
        for index, piece in enumerate(plain.split(NOTE)):
            if index:
                self._note_mark(paragraph)
            paper.write(paragraph, piece, look)

    def _note_mark(self, paragraph: Any) -> None:
        made = sum(1 for _ in self.document.element.iter("{*}footnoteReference")) + 1
        run = paragraph.add_run()
        run.font.superscript = True
        run._r.append(paper.element("w:footnoteReference", id=str(made)))
        self.notes[made - 1] = self.truth.place(self.notes[made - 1], "note")

    def heads(self, *lines: str) -> None:
        """Add bold headings (numbered by hand, or by Word in an automatic report)."""
        for line in lines:
            mark, _, rest = line.partition(" ")
            depth = None if not self.automatic else 0 if mark[0] in "IVX" else 1
            self.p(rest if self.automatic else line, Look(bold=True, indent=10, after=4), depth)
            self.document.paragraphs[-1].paragraph_format.keep_with_next = True

    def items(self, *lines: str) -> None:
        """Add bulleted lines: `- ` in front, or `+ ` where the line begins so."""
        for line in lines:
            if self.automatic and not line.startswith("+ "):
                self.p(line, depth=2)
            else:
                self.p(line if line.startswith("+ ") else f"- {line}")

    def centred(self, *lines: str, size: float = 14) -> None:
        """Add bold centred lines (title of an appendix)."""
        for line in lines:
            self.p(line, Look("center", bold=True, size=size))

    def aside(self, line: str) -> None:
        """Add a centred line in italics ("Kèm theo …")."""
        self.p(line, Look("center", italic=True, size=13, after=6))

    # -- tables ------------------------------------------------------------------------------------------------

    def table(
        self,
        widths: list[float],
        header: list[list[str]],
        rows: list[list[str]],
        *,
        merges: tuple[tuple[int, int, int, int], ...] = (),
        size: float = 11,
        codes: int | None = 0,
        bold: tuple[int, ...] = (),
    ) -> None:
        """Add a ruled table: widths in mm, repeated header rows, merges as (row, column, row, column).

        `codes` names the column whose text is the `row` of the labels (None: no row codes); `bold` the rows in bold.
        """
        table = self.document.add_table(rows=len(header) + len(rows), cols=len(widths))
        paper.columns(table, widths)
        paper.borders(table, sides=True)
        for top, left, bottom, right in merges:
            table.cell(top, left).merge(table.cell(bottom, right))
        left = {column for texts in rows for column, text in enumerate(texts) if len(unmarked(text)) > 14}
        for index, texts in enumerate([*header, *rows]):
            row = table.rows[index]
            if index < len(header):
                row._tr.get_or_add_trPr().append(paper.element("w:tblHeader"))
            row._tr.get_or_add_trPr().append(paper.element("w:cantSplit"))
            look = Look(
                bold=index < len(header) or index - len(header) in bold, size=7.5 if texts[0] == "(1)" else size
            )
            self._row(row, texts, widths, look, codes, left if index >= len(header) else set())
        self.document.add_paragraph()

    def _row(
        self, row: Any, texts: list[str], widths: list[float], look: Look, codes: int | None, left: set[int]
    ) -> None:
        whole = "\t".join(text for text in map(unmarked, texts) if text)
        code = _code(texts[codes]) if codes is not None else None
        cells = row.cells
        seen: list[Any] = []
        for column, (cell, text, width) in enumerate(zip(cells, texts, widths, strict=True)):
            if cell._tc not in seen:
                seen.append(cell._tc)
                cell.width = Mm(width)
            if not text:
                continue
            plain = self.truth.place(text, "table", code, whole)
            paragraph = cell.paragraphs[0]
            paper.dress(paragraph, Look("left" if column in left else "center"))
            paper.write(paragraph, plain, look)

    def boxes(self, sides: list[list[tuple[str, Look]]], widths: list[float]) -> None:
        """Add blocks of lines side by side without rules; "___" is the short line under a name."""
        table = self.document.add_table(rows=1, cols=len(sides))
        paper.columns(table, widths)
        paper.borders(table, sides=False)
        table.rows[0]._tr.get_or_add_trPr().append(paper.element("w:cantSplit"))
        for cell, lines, width in zip(table.rows[0].cells, sides, widths, strict=True):
            cell.width = Mm(width)
            for index, (text, look) in enumerate(lines):
                paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
                paper.dress(paragraph, look)
                if text == "___":
                    paper.underline(paragraph)
                    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(width * 0.3)
                    text = ""
                paper.write(paragraph, self.truth.place(text, "table"), look)

    def _letterhead(self) -> None:
        head, centre = self.head, Look("center", size=13)
        strong, rule = replace(centre, bold=True), ("___", Look("center", size=4))
        left = [(head.printed_parent, replace(centre, size=12)), (head.printed_body, replace(strong, size=12)), rule]
        left.append((f"Số: {head.number}/{head.symbol}", centre))
        right = [(NATION, replace(strong, size=12)), (MOTTO, strong), rule]
        right.append((f"{head.place}, {head.date()}", replace(centre, italic=True)))
        self.boxes([left, right], [64, 99])
        self.document.add_paragraph()
        self.centred(NAMES[head.kind])
        self.p(head.title, Look("center", bold=True, after=10))

    def sign(self, *receivers: str) -> None:
        """Close the body: Nơi nhận on the left, post and name on the right."""
        small = Look("left", size=11)
        left = [
            ("Nơi nhận:", replace(small, bold=True, italic=True, size=12)),
            *((f"- {line}", small) for line in receivers),
        ]
        strong = Look("center", bold=True)
        right = [(line, strong) for line in self.head.post] + [("", strong)] * 3 + [(self.head.signer, strong)]
        for paragraph in (self.document.paragraphs[-1], self.document.add_paragraph()):
            paragraph.paragraph_format.keep_with_next = True
        self.boxes([left, right], [78, 85])

    def label(self) -> Json:
        """The truth of this report, as `tests/corpus/samples` holds it."""
        kind, year, index, start, end = self.period
        truth = self.truth
        return {
            "document": f"{self.stem}.{self.form}",
            "header": self.head.label(),
            "period": {"kind": kind, "year": year, "index": index, "start": start, "end": end},
            "observations": [record.body for record in truth.observations],
            "citations": [record.body for record in truth.citations],
            "findings": truth.findings,
            "identities": truth.identities,
            "must_not_flag": truth.must_not_flag,
        }


def _code(text: str) -> str | None:
    """The row code in a cell: "1.1.2." is 1.1.2; empty cells and words ("Trong đó") are none."""
    mark = unmarked(text).rstrip(".")
    return mark if mark[:1].isdigit() or mark.isupper() else None
