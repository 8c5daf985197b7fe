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
from extractors.facts.citation_issuers import issuer_at, symbol_bodies
from extractors.facts.header_lines import HeadLine, cell_lines, join, lines_of
from extractors.facts.header_place import province
from extractors.facts.header_signature import appendix_starts, is_appendix, read_recipients, read_signature
from extractors.facts.kinds import NEWS, is_news, type_of_symbol, type_of_title
from extractors.model import Document, Header, Table
from extractors.vocabulary.registers import agency_named, agency_of, tone_key

_HEAD_LINES = 45
_TITLE_PART = 700  # characters of one line that can still be a subject
_BODY_START = re.compile(
    r"(?:Căn cứ|Thực hiện|Thi hành|Theo|Trên cơ sở|Kính gửi|Để|Nhằm|Tiếp theo|Ngày|Trong|Qua|Xét|Kính thưa|Phúc đáp|Sở|UBND|Ủy ban)(?!\w)"
    r"|(?:[IVX]{1,4}|[A-H]|\d{1,2}(?:\.\d{1,2})*)\s?[.)/]\s*\S|Phần (?:thứ|I|1|một)|PHẦN (?:THỨ|I|1|MỘT)|[-+•] ?\S"
)
_REPORTS = re.compile(
    r",?\s+(?:xin |trân trọng |kính |tổng hợp,? |đã )?(?:báo cáo|xây dựng|ban hành|triển khai|thông báo|đề nghị|tổng hợp|trình|giải trình)(?!\w)"
)


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


@dataclass(frozen=True, slots=True)
class _Title:
    code: str
    text: str | None
    lines: tuple[HeadLine, ...]
    first: int  # position among the head lines


def read_header(document: Document) -> HeaderReading:
    """Read the header of a document; every field that the page does not show is None."""
    lines = lines_of(document)
    head = _head_lines(document, lines)
    title = _find_title(head)
    number = letterhead.read_number(head[: title.first] if title and title.first else head)
    number = number or letterhead.read_number(head[:_HEAD_LINES])
    stamps = news.bylines(head[:16])
    texts = [line.text for line in lines]
    if number is None and title is None and is_news(texts, dated=bool(stamps)):
        return _news(document, lines, head, stamps)
    return _official(document, lines, head, title, number)


def own_short_names(header: Header) -> tuple[str, ...]:
    """How the document speaks of its own body: "Sở", "Sở Công Thương", "đơn vị", longest first."""
    body = header.issuing_body
    names = ["đơn vị", "cơ quan"]
    if body:
        agency = agency_named(body)
        names += [body, *(agency.aliases if agency else ())]
        short = re.match(r"Ban Quản lý|Trung tâm|Văn phòng|Thanh tra|Chi cục|\S+", body)
        if short and short.group() != body:
            names.append(short.group())
        if header.province and header.province not in body:
            names += [f"{body} {header.province}", f"{body} tỉnh {header.province}"]
    return tuple(dict.fromkeys(sorted(names, key=len, reverse=True)))


def _head_lines(document: Document, lines: list[HeadLine]) -> list[HeadLine]:
    """The lines in which a header can stand; cells of a table before them where a reader kept the letterhead as one."""
    for index, block in enumerate(document.blocks[:3]):
        if isinstance(block, Table):
            cells = cell_lines(document, index)
            if any(re.search(r"(?i)độc lập\s*-\s*tự do|^số\s*:", line.text) for line in cells):
                return [*cells, *lines][:_HEAD_LINES]
    return lines[:_HEAD_LINES]


def _find_title(head: Sequence[HeadLine]) -> _Title | None:
    """The line of the kind ("BÁO CÁO") with the subject below it, joined over its lines."""
    for position, line in enumerate(head):
        found = type_of_title(line.text)
        if found is None or is_appendix(line):
            if _BODY_START.match(line.text) and len(line.text) > 120:
                return None
            continue
        code, rest = found
        if rest and not _subject_like(rest, line):
            continue
        subject = [rest] if rest else []
        used = [line]
        for later in head[position + 1 : position + 9]:
            if not _continues(subject, later, used[-1]):
                break
            used.append(later)
            if not re.fullmatch(r"\(.*\)|[-_=*.\s]+", later.text):
                subject.append(later.text)
        return _Title(code, " ".join(subject) or None, tuple(used), position)
    return None


def _subject_like(rest: str, line: HeadLine) -> bool:
    """A line "BÁO CÁO ..." is a title, a sentence that begins in capitals is none."""
    return len(line.text) < _TITLE_PART and not rest.endswith((";", ":")) and not re.match(r"[,;)(]", rest)


def _continues(subject: list[str], later: HeadLine, before: HeadLine) -> bool:
    text = later.text
    if len(text) > _TITLE_PART or is_appendix(later) or re.match(r"Kính gửi|Số\s*:", text):
        return False
    if re.fullmatch(r"[-_=*.\s]+", text) or re.fullmatch(
        r"\((?:[Tt]ừ|[Ss]ố liệu|[Tt]ính|[Kk]ỳ|[Kk]èm|[Tt]hời)[^()]*\)", text
    ):
        return True
    if not subject:
        return not re.match(r"(?:[IVX]{1,4}|[A-H])\s?[./]\s|(?:Căn cứ|Kính gửi)(?!\w)", text)
    if _BODY_START.match(text) or text.endswith((";", ":", "./.", ".")):
        return False
    if later.capitals != before.capitals and later.capitals:
        return False
    same_style = (later.centred and before.centred) or (later.bold and before.bold) or later.capitals
    return same_style or (text[0].islower() and len(text) < 200) or (later.block == before.block and len(text) < 200)


def _official(
    document: Document,
    lines: list[HeadLine],
    head: list[HeadLine],
    title: _Title | None,
    number: letterhead.NumberLine | None,
) -> HeaderReading:
    top = head[: title.first] if title else _until_body(head)
    dated = letterhead.read_date(top) or letterhead.read_date(_closing_lines(lines))
    capitals = letterhead.bodies(_box_of_bodies(top, number))
    text = join(lines)
    named = [letterhead.written(name, text) for name in capitals]
    parent, issuing = (named[-2] if len(named) > 1 else None), (named[-1] if named else None)
    if issuing is None:
        issuing = _body_by_symbol(number.symbol if number else None, text) or _body_by_sentence(lines[:_HEAD_LINES])
    signer, signed, signed_block = read_signature(lines)
    recipients = read_recipients(lines)
    agency = agency_named(issuing) if issuing else None
    issued = dated.issued if dated else None
    place = dated.place if dated else None
    subject, used = _subject(title, top, number)
    header = Header(
        doc_type=_kind(title, number, head),
        number=number.number if number else None,
        symbol=number.symbol if number else None,
        issuing_body=issuing,
        parent_body=parent,
        province=province(
            place, [n for n in (issuing, parent) if n], text, issued, central=bool(agency and agency.central)
        ),
        place=place,
        issued=issued,
        title=subject,
        signer=signer,
        number_text=number.text if number else None,
        number_locator=number.line.locator if number else None,
        issued_locator=dated.line.locator if dated else None,
    )
    titles = frozenset(line.locator for line in used)
    letter = {line.locator for line in top if _is_letterhead(line)} | {x.line.locator for x in (number, dated) if x}
    letter -= {line.locator for line in lines if len(line.text) > 300}
    start = _body_start(document, lines, used, [x.line for x in (number, dated) if x])
    starts = appendix_starts(lines, signed_block if signed_block is not None else start)
    return HeaderReading(header, frozenset(letter | titles | recipients | signed), titles, start, starts)


def _kind(title: _Title | None, number: letterhead.NumberLine | None, head: Sequence[HeadLine]) -> str | None:
    if title is not None:
        return title.code
    if number is not None:
        return type_of_symbol(number.symbol)
    return "CV" if any(re.match(r"Kính gửi\s*:", line.text) for line in head) else None


def _until_body(head: list[HeadLine]) -> list[HeadLine]:
    """Lines before the text where no title parts them: up to "Kính gửi" or the first long line."""
    for position, line in enumerate(head):
        if re.match(r"Kính gửi", line.text) or len(line.text) > 160 or is_appendix(line):
            return head[:position]
    return head[:15]


def _box_of_bodies(top: list[HeadLine], number: letterhead.NumberLine | None) -> list[HeadLine]:
    """Lines that can name bodies: all before the number, or all of the letterhead when the page mixes the boxes."""
    if number is None or number.line not in top:
        return top
    before = top[: top.index(number.line) + 1]
    return before if letterhead.bodies(before) else top


def _closing_lines(lines: list[HeadLine]) -> list[HeadLine]:
    return [
        line
        for line in lines[_HEAD_LINES // 3 :]
        if re.search(r"(?i)ngày.*tháng.*năm", line.text) and len(line.text) < 70
    ]


def _is_letterhead(line: HeadLine) -> bool:
    return len(line.text) < 200 and (
        line.capitals
        or re.search(r"(?i)độc lập\s*-\s*tự do|^số\s*[:.]?|^v/v|ngày.*tháng.*năm", line.text) is not None
        or re.fullmatch(r"[\W_]*", line.text) is not None
    )


def _subject(
    title: _Title | None, top: Sequence[HeadLine], number: letterhead.NumberLine | None
) -> tuple[str | None, tuple[HeadLine, ...]]:
    """Subject and its lines; that of a công văn stands as "V/v ..." below the number."""
    if title is not None:
        return title.text, title.lines
    for position, line in enumerate(top):
        if match := re.search(r"(?:^|\s)(?:V/v|v/v|Về việc)\s*:?\s*\S.*$", line.text):
            used = [line]
            for later in top[position + 1 : position + 4]:
                if (
                    re.search(r"(?i)kính gửi|ngày.*tháng|^số\s*:|độc lập", later.text)
                    or later.capitals
                    or len(later.text) > 120
                ):
                    break
                used.append(later)
            return " ".join([match.group().strip(), *(u.text for u in used[1:])]), tuple(used)
    return None, ()


def _body_by_symbol(symbol: str | None, text: str) -> str | None:
    """The body behind a symbol; of "UBND" the one that the text says it is."""
    if symbol is None:
        return None
    for code in symbol_bodies(symbol, type_of_symbol(symbol)):
        agency = agency_of(code)
        if agency is None:
            continue
        if code in ("UBND", "HĐND", "VP", "TTr"):
            full = re.search(
                rf"(?:{re.escape(agency.name)}|{code}) (?:tỉnh|thành phố|xã|phường|đặc khu|huyện|quận|thị xã) ", text
            )
            end = issuer_at(text, full.start()) if full else 0
            return re.sub(r"^Ủy ban nhân dân", "UBND", text[full.start() : end]) if full and end > full.end() else None
        return agency.name
    return None


def _body_by_sentence(lines: Sequence[HeadLine]) -> str | None:
    """The body of "..., Sở Công Thương báo cáo kết quả"."""
    for line in lines:
        for match in re.finditer(
            r"(?<!\w)(?:Sở|UBND|Ủy ban nhân dân|Ban|Trung tâm|Văn phòng|Thanh tra|Bộ|Cục|Chi cục|Công an) ", line.text
        ):
            end = issuer_at(line.text, match.start())
            if end > match.end() and _REPORTS.match(line.text, end):
                return re.sub(r"^Ủy ban nhân dân", "UBND", line.text[match.start() : end])
    return None


def _body_start(
    document: Document, lines: Sequence[HeadLine], title: Sequence[HeadLine], head: Sequence[HeadLine]
) -> int:
    """Index of the first block behind title and letterhead; where they share a block with the text, that block."""
    last = max((line.block for line in (*title, *head) if line.block < len(document.blocks)), default=-1)
    if title:
        last = max(line.block for line in title)
    return min(last + 1, len(document.blocks))


def _news(document: Document, lines: list[HeadLine], head: list[HeadLine], stamps: list[news.Byline]) -> HeaderReading:
    byline = news.publication(stamps)
    title = news.headline(head, byline)
    text = join(lines)
    body = news.body_of_news(title.text if title else "", text)
    issued = byline.issued if byline else None
    site = [line.text for line in head[:3] if line.capitals]
    agency = agency_named(body) if body else None
    named = [body] if body else []
    home = [tone_site for tone_site in site if tone_key(tone_site).startswith(("sở", "ubnd", "ủy ban"))]
    header = Header(
        doc_type=NEWS,
        issuing_body=body,
        province=province(
            None, named, " ".join([*map(str.title, home), text]), issued, central=bool(agency and agency.central)
        ),
        issued=issued,
        title=title.text if title else None,
        issued_locator=byline.line.locator if byline else None,
    )
    titles = frozenset({title.locator} if title else ())
    consumed = titles | {stamp.line.locator for stamp in stamps if len(stamp.line.text) < 90}
    last = max([line.block for line in (title, byline.line if byline else None) if line], default=-1)
    return HeaderReading(header, frozenset(consumed), titles, min(last + 1, len(document.blocks)))
