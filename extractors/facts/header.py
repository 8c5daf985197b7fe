"""Letterhead, title and signature of a document in the layout of Nghị định 30/2020/NĐ-CP, or of a news item.

Copies on the web lose boxes of the layout; each is read for itself, what is missing stays None, and the issuing body
is then taken from the symbol or from the sentence in which it reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.facts import header_letterhead as letterhead
from extractors.facts import header_news as news
from extractors.facts.header_body import body_by_sentence, body_by_symbol, body_of_text, starts_like_body
from extractors.facts.header_lines import HeadLine, cell_lines, join, lines_of, rejoin
from extractors.facts.header_place import province, province_of_news, span_of
from extractors.facts.header_signature import appendix_starts, is_appendix, read_recipients, read_signature
from extractors.facts.header_title import Title, find_title, subject_of_letter
from extractors.facts.kinds import NEWS, after_motto, is_news, type_of_symbol
from extractors.model import Document, Header, Table
from extractors.vocabulary.registers import agency_named, provinces

_HEAD_LINES = 45
_SHORT = re.compile(r"(?:Ban Quản lý|Trung tâm|Văn phòng|Thanh tra|Chi cục|Sở|Bộ|Ban|Cục|UBND|Phòng|Viện)(?!\w)")


@dataclass(frozen=True, slots=True)
class HeaderReading:
    """The header and where it stands.

    `consumed` are locators of letterhead, title, recipients and signature; `title_locators` those of the title alone.
    The body begins at `blocks[body_start]`; `appendix_starts` are indices of blocks that head an appendix.
    """

    header: Header
    consumed: frozenset[str]
    title_locators: frozenset[str]
    body_start: int
    appendix_starts: tuple[int, ...] = ()


def read_header(document: Document) -> HeaderReading:
    """Read the header of a document; every field that the page does not show is None."""
    lines = lines_of(document)
    head = _head_lines(document, lines)
    title = find_title(head)
    number = letterhead.read_number(head[: title.first + 4] if title else head)
    stamps = news.bylines(head[:16])
    if number is None and title is None and is_news([line.text for line in lines], dated=bool(stamps)):
        at = after_motto([line.text for line in head])
        return _news(
            document, lines[at:] if lines[:at] == head[:at] else lines, head[at:], news.bylines(head[at:][:16])
        )
    return _Official(document, lines, head, title, number).reading()


def own_short_names(header: Header) -> tuple[str, ...]:
    """How the document speaks of its own body: "Sở Công Thương", "Sở", "đơn vị", longest first."""
    names = ["đơn vị", "cơ quan"]
    if body := header.issuing_body:
        agency = agency_named(body)
        names += [body, *(agency.aliases if agency else ())]
        short = _SHORT.match(body)
        names += [short.group()] if short else []
        names += [
            body.replace("Bảo hiểm xã hội", "BHXH"),
            body.replace("UBND", "Ủy ban nhân dân"),
            body.replace("Ủy ban nhân dân", "UBND"),
        ]
        if header.province:
            names += [
                n.removesuffix(header.province).strip()
                for n in list(names)
                if n.endswith(header.province) and " " in n.removesuffix(header.province).strip()
            ]
        if header.province and header.province not in body:
            kinds = {unit.kind for unit in provinces() if unit.name == header.province}
            names += [f"{body} {header.province}", *(f"{body} {kind} {header.province}" for kind in sorted(kinds))]
    return tuple(dict.fromkeys(sorted(names, key=len, reverse=True)))


def _head_lines(document: Document, lines: list[HeadLine]) -> list[HeadLine]:
    """The lines in which a header can stand; cells of a table before them where a reader kept the letterhead as one."""
    for index, block in enumerate(document.blocks[:3]):
        if isinstance(block, Table):
            cells = cell_lines(document, index)
            if any(re.search(r"(?i)độc lập\s*-?\s*tự do|^số\s*:", line.text) for line in cells):
                return rejoin([*cells, *lines])[:_HEAD_LINES]
    return rejoin(lines[: 2 * _HEAD_LINES])[:_HEAD_LINES]


class _Official:
    """Reads the boxes of an official document one after the other."""

    def __init__(
        self,
        document: Document,
        lines: list[HeadLine],
        head: list[HeadLine],
        title: Title | None,
        number: letterhead.NumberLine | None,
    ) -> None:
        self.document, self.lines, self.head, self.title, self.number = document, lines, head, title, number
        self.top = head[: title.first] if title else _until_body(head)
        self.dated = letterhead.read_date(self.top) or letterhead.read_date(_closing_lines(lines, self.top))
        self.text = join(lines)

    def reading(self) -> HeaderReading:
        parent, issuing = self._bodies()
        subject, used = (self.title.text, self.title.lines) if self.title else subject_of_letter(self.top)
        signer, signed, signed_block = read_signature(self.lines)
        titles = frozenset(line.locator for line in used)
        boxes = [box.line for box in (self.number, self.dated) if box]
        start = self._body_start(used, boxes)
        letter = {at for line in [*self._letterhead(boxes), *boxes] if len(line.text) < 300 for at in line.locators}
        consumed = letter | titles | signed | read_recipients(self.lines)
        starts = appendix_starts(self.lines, start if signed_block is None else signed_block)
        return HeaderReading(self._header(parent, issuing, subject, signer), frozenset(consumed), titles, start, starts)

    def _header(self, parent: str | None, issuing: str | None, subject: str | None, signer: str | None) -> Header:
        number, dated = self.number, self.dated
        place, issued = (dated.place, dated.issued) if dated else (None, None)
        agency = agency_named(issuing) if issuing else None
        named = [name for name in (issuing, parent) if name]
        return Header(
            doc_type=self._kind(),
            number=number.number if number else None,
            symbol=number.symbol if number else None,
            issuing_body=issuing,
            parent_body=parent,
            province=province(place, named, self.text, issued, central=bool(agency and agency.central)),
            place=place,
            issued=issued,
            title=subject,
            signer=signer,
            number_text=number.text if number else None,
            number_locator=number.line.locator if number else None,
            issued_locator=dated.line.locator if dated else None,
        )

    def _kind(self) -> str | None:
        if self.title is not None:
            return self.title.code
        if self.number is not None:
            return type_of_symbol(self.number.symbol)
        return "CV" if any(re.match(r"Kính gửi\s*:", line.text) for line in self.head) else None

    def _bodies(self) -> tuple[str | None, str | None]:
        """Parent and issuing body; those of the letterhead stand above the number unless the page mixes its boxes."""
        box = self.top
        if self.number is not None and self.number.line in self.top:
            above = self.top[: self.top.index(self.number.line) + 1]
            box = above if letterhead.bodies(above) else self.top
        names = [letterhead.written(name, self.text) for name in letterhead.bodies(box)]
        if names:
            parent = names[-2] if len(names) > 1 else None
            if names[-1] in ("UBND", "HĐND"):  # the second line of the name is lost
                return parent, body_by_symbol(f"QĐ-{names[-1]}", self.lines) or names[-1]
            return parent, _in_full(names[-1], parent)
        symbol = self.number.symbol if self.number else None
        return None, body_by_symbol(symbol, self.lines) or body_by_sentence(self.head)

    def _letterhead(self, boxes: Sequence[HeadLine]) -> list[HeadLine]:
        """Lines of the letterhead: all above the title; without a title, down to the last box found."""
        if self.title is None:
            last = max((self.top.index(line) for line in boxes if line in self.top), default=-1)
            return [line for line in self.top[: last + 1] if _is_letterhead(line)]
        return [line for line in self.top if _is_letterhead(line)]

    def _body_start(self, title: Sequence[HeadLine], boxes: Sequence[HeadLine]) -> int:
        """Index of the first block behind title and letterhead."""
        used = list(title) if self.title else [*title, *(line for line in boxes if line in self.top)]
        if not self.title and used:
            used += [line for line in self.top if _is_letterhead(line)]
        return min(max((line.block for line in used), default=-1) + 1, len(self.document.blocks))


def _in_full(name: str, parent: str | None) -> str:
    """ "Văn phòng" below "UBND tỉnh X" is "Văn phòng UBND tỉnh X", "Thanh tra" there "Thanh tra tỉnh X"."""
    if parent is None or name not in ("Văn phòng", "Thanh tra"):
        return name
    return f"{name} {parent.removeprefix('UBND ') if name == 'Thanh tra' else parent}"


def _until_body(head: list[HeadLine]) -> list[HeadLine]:
    """Lines before the text where no title parts them: up to "Kính gửi" or the first long line."""
    for position, line in enumerate(head):
        if re.match(r"Kính gửi", line.text) or len(line.text) > 160 or is_appendix(line):
            return head[:position]
    return head[:15]


def _closing_lines(lines: list[HeadLine], top: list[HeadLine]) -> list[HeadLine]:
    """Lines near the signature that hold place and date, as some communes print them."""
    dated = re.compile(r"(?i)ngày.*tháng.*năm")
    return [line for line in lines[len(top) :] if len(line.text) < 70 and dated.search(line.text)]


def _is_letterhead(line: HeadLine) -> bool:
    box = re.search(r"(?i)độc lập\s*-?\s*tự do|^số\s*[:.]?|^v/v|ngày.*tháng.*năm|^[\W_]*$", line.text)
    return len(line.text) < 200 and (line.capitals or box is not None)


def _news(document: Document, lines: list[HeadLine], head: list[HeadLine], stamps: list[news.Byline]) -> HeaderReading:
    byline = news.publication(stamps)
    title = news.headline(head, byline)
    text = join(lines)
    body = body_of_text(title.text if title else "", text)
    agency = agency_named(body) if body else None
    issued = byline.issued if byline else None
    first, last = span_of(issued)
    banners = [line.text.title() for line in head[:3] if line.capitals and starts_like_body(line.text)]
    header = Header(
        doc_type=NEWS,
        issuing_body=body,
        province=province(
            None, [body] if body else [], " ".join([*banners, text]), issued, central=bool(agency and agency.central)
        )
        or province_of_news([title.text if title else "", *(line.text for line in head[:6])], first, last),
        issued=issued,
        title=title.text if title else None,
        issued_locator=byline.line.locator if byline else None,
    )
    titles = frozenset({title.locator} if title else ())
    consumed = titles | {stamp.line.locator for stamp in stamps}
    end = max((line.block for line in (title, byline.line if byline else None) if line), default=-1)
    return HeaderReading(header, consumed, titles, min(end + 1, len(document.blocks)))
