"""The issuing body where no letterhead prints it: from the symbol, or from the sentence in which it reports."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.facts.citation_issuers import issuer_at, symbol_bodies
from extractors.facts.header_letterhead import written
from extractors.facts.header_lines import HeadLine
from extractors.facts.kinds import type_of_symbol
from extractors.vocabulary.registers import agency_of, tone_key

_COUNCILS = {
    "UBND": "UBND|Ủy ban nhân dân",
    "HĐND": "HĐND|Hội đồng nhân dân",
    "VP": "Văn phòng (?:UBND|Ủy ban nhân dân)",
}
_LEVELS = "tỉnh|thành phố|xã|phường|đặc khu|huyện|quận|thị xã|thị trấn"
_REPORTS = re.compile(
    r",?\s+(?:xin |trân trọng |kính |tổng hợp,? |đã )?(?:báo cáo|xây dựng|ban hành|triển khai|thông báo|đề nghị"
    r"|tổng hợp|trình|giải trình)(?!\w)"
)
_HEAD = re.compile(
    r"(?<!\w)(?:Sở|UBND|Ủy ban nhân dân|Ban|Trung tâm|Văn phòng|Thanh tra|Bộ|Cục|Chi cục|Công an|Phòng|Viện|Trường) "
)


def body_by_symbol(symbol: str | None, lines: Sequence[HeadLine]) -> str | None:
    """The body behind a symbol ("BC-SCT"); of "UBND" the one that a line names first with its place, else None."""
    for code in symbol_bodies(symbol, type_of_symbol(symbol)) if symbol else ():
        if code in _COUNCILS:
            return _council(_COUNCILS[code], lines)
        agency = agency_of(code)
        if agency is not None and code != "TTr" and agency.level != "party":
            return agency.name
    return None


def _council(names: str, lines: Sequence[HeadLine]) -> str | None:
    pattern = re.compile(rf"(?<!\w)(?:{names}) (?:{_LEVELS}) (?=[^\W\d_])", re.IGNORECASE)
    for line in lines:
        for match in pattern.finditer(line.text):
            if line.capitals:
                return written(line.text[match.start() :], "")
            end = issuer_at(line.text, match.start())
            if end > match.end():
                return short_council(line.text[match.start() : end])
    return None


def short_council(name: str) -> str:
    """ "Ủy ban nhân dân tỉnh X" as "UBND tỉnh X"."""
    return re.sub(r"^(?:Ủy|Uỷ) ban [Nn]hân dân", "UBND", name)


def body_by_sentence(lines: Sequence[HeadLine]) -> str | None:
    """The body of "..., Sở Công Thương báo cáo kết quả"."""
    for line in lines:
        for match in _HEAD.finditer(line.text):
            end = issuer_at(line.text, match.start())
            if end > match.end() and _REPORTS.match(line.text, end):
                return short_council(line.text[match.start() : end])
    return None


def body_of_text(title: str, text: str) -> str | None:
    """The body a news item is about: named in the headline, else the one the text names most."""
    for source in (title, text):
        counts: dict[str, int] = {}
        for match in _HEAD.finditer(source):
            name = source[match.start() : issuer_at(source, match.start())]
            if len(name.split()) >= 3:
                counts[name] = counts.get(name, 0) + 1
        if counts:
            return short_council(max(counts, key=lambda name: counts[name]))
    return None


def starts_like_body(line: str) -> bool:
    """Whether a line of a site's banner begins with a body ("SỞ CÔNG THƯƠNG HẢI DƯƠNG ...")."""
    return tone_key(line).startswith(("sở ", "ubnd ", "ủy ban nhân dân ", "trung tâm ", "ban quản lý "))
