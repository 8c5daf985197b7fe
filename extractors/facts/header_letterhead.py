"""Boxes 1 to 4 of the layout of Nghị định 30/2020/NĐ-CP: bodies, number and symbol, place and date.

A page reader may hand over left and right box in one line ("SỞ CÔNG THƯƠNG Độc lập - Tự do - Hạnh phúc"); so every box
is searched for inside lines, and what is left over in capitals names the bodies.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extractors.facts.citation_grammar import tidy_symbol
from extractors.facts.header_lines import CAPITALS, HeadLine
from extractors.model import Issued
from extractors.vocabulary.registers import agencies, province_names, tone_key

_MOTTO = re.compile(
    r"CỘNG\s+H[ÒO][AÀ]\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM"
    r"|Độc\s+lập\s*-?\s*Tự\s+do\s*-?\s*Hạnh\s+phúc|[-_=*]{4,}",
    re.IGNORECASE,
)
_CODE = r"[A-ZĐƯ][\w&]*"
_NUMBER = re.compile(
    r"(?<!\w)(?:Số|SỐ|số:)\s*[:;.]?\s*(?P<number>\d{1,5}[a-zA-Z]?|\d{1,3}\.\d{3})?[\s.…_]*(?:/\s*(?P<year>(?:19|20)\d\d)\s*)?"
    rf"(?:/|(?P<party>-))\s*(?P<symbol>{_CODE}(?:\s?[-/.]\s?{_CODE}){{0,4}})"
)
_GAP = r"[\s.…_]*"
_DATE = re.compile(
    rf"(?:(?P<place>[{CAPITALS}][^,;:\d()\n]{{1,40}}?)\s*[,.]?\s*)?"
    rf"(?P<date>(?<!\w)ngày{_GAP}(?:(?P<day>\d{{1,2}}){_GAP})?tháng{_GAP}(?:(?P<month>\d{{1,2}}){_GAP})?năm{_GAP}(?P<year>(?:19|20)\d\d)?"
    rf"|(?<!\w)ngày{_GAP}(?P<day2>\d{{1,2}})?{_GAP}/{_GAP}(?P<month2>\d{{1,2}})?{_GAP}/{_GAP}(?P<year2>(?:19|20)\d\d))",
)
_HEADS = (
    "ỦY BAN|UBND|HĐND|HỘI ĐỒNG|SỞ|BỘ|BAN|TRUNG TÂM|VĂN PHÒNG|THANH TRA|CỤC|TỔNG CỤC|CHI CỤC|CÔNG AN|PHÒNG|CHÍNH PHỦ"
    "|QUỐC HỘI|VIỆN|TRƯỜNG|ĐẢNG ỦY|TỈNH ỦY|THÀNH ỦY|HUYỆN ỦY|ĐẢNG BỘ|BẢO HIỂM|KHO BẠC|NGÂN HÀNG|BỆNH VIỆN|TÒA ÁN"
    "|TỔ CÔNG TÁC|THỦ TƯỚNG|HỘI|LIÊN ĐOÀN|CÔNG TY|TỔNG CÔNG TY|TẬP ĐOÀN"
)
_STARTS = re.compile(rf"(?:{_HEADS})(?!\w)")
#: Where a second body begins inside one line, "UBND TỈNH KHÁNH HÒA SỞ CÔNG THƯƠNG".
_SECOND = re.compile(
    r"(?<=\w) (?=(?:SỞ|BAN QUẢN LÝ|VĂN PHÒNG|TRUNG TÂM|THANH TRA|CHI CỤC|CỤC|PHÒNG|UBND (?:XÃ|PHƯỜNG|HUYỆN)) )"
)
_OPEN_END = re.compile(
    r"(?:VĂN PHÒNG|THANH TRA|ĐẢNG ỦY|THƯỜNG TRỰC|VÀ|,|-|&|BAN CÁN SỰ ĐẢNG|TRUNG TÂM|CÁC|CỦA|HĐND VÀ)$"
)
_LEVELS = "TỈNH|THÀNH PHỐ|HUYỆN|THỊ XÃ|QUẬN|XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU"


@dataclass(frozen=True, slots=True)
class NumberLine:
    """ "Số: 12/BC-SCT" as printed (`text`), its parts without blanks, and where it stands."""

    text: str
    number: str | None
    symbol: str
    year: int | None
    line: HeadLine


@dataclass(frozen=True, slots=True)
class DateLine:
    """ "Khánh Hòa, ngày 05 tháng 12 năm 2023": place None where the line does not name it."""

    place: str | None
    issued: Issued
    line: HeadLine
    whole: bool  # the line holds nothing else


def read_number(lines: Sequence[HeadLine]) -> NumberLine | None:
    """The number line of the letterhead: the first "Số: .../..." that begins a line or follows a body's name."""
    for line in lines:
        match = _NUMBER.search(line.text)
        if match is None or (match.start() and not _mostly_capitals(line.text[: match.start()])):
            continue
        symbol = tidy_symbol(match["symbol"])
        if not re.match(r"[A-ZĐƯ]{2}|[A-ZĐƯ][a-zđ]{1,2}[A-ZĐƯ]", symbol):
            continue
        number = match["number"].replace(".", "") if match["number"] else None
        year = int(match["year"]) if match["year"] else None
        return NumberLine(match.group().strip(), number, symbol, year, line)
    return None


def _mostly_capitals(text: str) -> bool:
    letters = [c for c in _MOTTO.sub("", text) if c.isalpha()]
    return sum(c.isupper() for c in letters) >= 0.8 * len(letters)


def read_date(lines: Sequence[HeadLine]) -> DateLine | None:
    """The line of place and date: a whole line, or the right half of one that begins with the number."""
    for line in lines:
        text = _MOTTO.sub("  ", line.text)
        number = _NUMBER.search(text)
        rest = text[number.end() :] if number and number.end() < len(text) else text
        match = _DATE.search(rest)
        if match is None or not (match["place"] or match.start() == 0):
            continue
        tail, lead = rest[match.end() :].strip(" ./_-"), rest[: match.start()].strip(" ./_-()")
        if len(tail) > 3 or (lead and not _mostly_capitals(lead)):
            continue
        place = _place(match["place"])
        if match["place"] and place is None:
            continue
        parts = (match["year"] or match["year2"], match["month"] or match["month2"], match["day"] or match["day2"])
        year, month, day = (int(part) if part else None for part in parts)
        text_as_printed = " ".join(match["date"].split())
        return DateLine(place, Issued(year, month, day, text_as_printed), line, not lead and number is None)
    return None


def _place(words: str | None) -> str | None:
    """The place if the words before "ngày" can be one: no sentence, at most six syllables, each with a capital."""
    if not words:
        return None
    tidy = " ".join(words.split()).strip(" ,.-")
    syllables = tidy.split()
    small = [
        w for w in syllables if w[0].islower() and w not in ("tỉnh", "xã", "phường", "thành", "phố", "huyện", "quận")
    ]
    return tidy if len(syllables) <= 6 and not small else None


def bodies(lines: Sequence[HeadLine]) -> list[str]:
    """Names in capitals of the bodies that the letterhead prints, parent first, each joined over its lines."""
    found: list[str] = []
    box = "\n".join(line.text for line in lines)
    for pattern in (_MOTTO, _NUMBER, _DATE):
        box = pattern.sub("\n", box)
    for printed in box.split("\n"):
        text = " ".join(printed.split()).strip(" ,.-_*'|")
        if len(text) < 2 or not any(c.isalpha() for c in text) or not all(c.isupper() for c in text if c.isalpha()):
            continue
        for piece in _pieces(text):
            begins = _STARTS.match(piece) is not None
            if begins and not (found and _OPEN_END.search(found[-1])):
                found.append(piece)
            elif found:
                found[-1] += " " + piece
    return found


def _pieces(text: str) -> list[str]:
    """A line cut where a second body begins, "UBND TỈNH X | SỞ Y"; not inside "VĂN PHÒNG SỞ Y"."""
    pieces: list[str] = []
    start = 0
    for gap in _SECOND.finditer(text):
        before = text[start : gap.start()]
        if (
            not _OPEN_END.search(before)
            and len(before.split()) >= 3
            and not re.search(r"\b(?:ĐẢNG ỦY|CÔNG ĐOÀN)\b", before)
        ):
            pieces.append(before)
            start = gap.end()
    return [*pieces, text[start:]]


@cache
def _names() -> dict[str, str]:
    """Keys of names and aliases -> how the name is written."""
    return {tone_key(n): n for a in reversed(agencies()) for n in (*a.aliases, a.name)}


def written(capitals: str, text: str) -> str:
    """A body's name from capitals as it is written in running text ("SỞ CÔNG THƯƠNG" -> "Sở Công Thương").

    The register knows most names; others are looked up in the document's own `text`; what is left is written with a
    capital at each word of a place and at the first word of the name.
    """
    name = re.sub(r"(?<!\w)TP\.? ?(?=\w)", "THÀNH PHỐ ", " ".join(capitals.split()))
    name = re.sub(r"^(?:ỦY|UỶ) BAN NHÂN DÂN", "UBND", name)
    name = re.sub(r"^HỘI ĐỒNG NHÂN DÂN", "HĐND", name)
    name, place = _split_place(name)
    key = tone_key(name)
    known = _names().get(key)
    if known is None and not re.fullmatch(r"(?:UBND|HĐND)", name):
        prefix = next((k for k in sorted(_names(), key=len, reverse=True) if key.startswith(k + " ")), None)
        if (own := _as_in_text(name, text)) is not None:
            known = own
        elif prefix is not None and len(prefix) > 4:
            known = f"{_names()[prefix]} {_titled(name[len(prefix) + 1 :])}"
        else:
            known = _sentence_case(name)
    return " ".join(part for part in (known or name, place) if part)


def _split_place(name: str) -> tuple[str, str]:
    """ "SỞ CÔNG THƯƠNG TỈNH KHÁNH HÒA" -> ("SỞ CÔNG THƯƠNG", "tỉnh Khánh Hòa")."""
    if match := re.search(rf" ({_LEVELS})(?! HỘI(?:$| (?:{_LEVELS})\b))(?: (.+))?$", name):  # "XÃ HỘI" is no commune
        if match[2] and tone_key(match[2]) in province_names():
            return name[: match.start()], f"{match[1].lower()} {province_names()[tone_key(match[2])][0].name}"
        rest = _titled(match[2]) if match[2] else ""
        return name[: match.start()], f"{match[1].lower()} {rest}".strip()
    for count in (5, 4, 3, 2):
        words = name.split()
        if len(words) > count and (units := province_names().get(tone_key(" ".join(words[-count:])))):
            return " ".join(words[:-count]), units[0].name
    return name, ""


def _titled(words: str) -> str:
    """Each word with a capital, Roman numerals as they are."""
    tokens = re.split(r"([^\W\d_]+)", words)
    return "".join(t if re.fullmatch("[IVX]+", t) else t.capitalize() for t in tokens)


def _as_in_text(name: str, text: str) -> str | None:
    """The commonest spelling of `name` in mixed letters in the document."""
    key = tone_key(text)
    spellings = Counter(
        text[m.start() : m.end()] for m in re.finditer(rf"(?<!\w){re.escape(tone_key(name))}(?!\w)", key)
    )
    mixed = [(n, s) for s, n in spellings.items() if s[0].isupper() and any(c.islower() for c in s)]
    return max(mixed)[1] if mixed else None


_HEAD_WORDS = (
    *("Ban Quản lý", "Trung tâm", "Văn phòng", "Thanh tra", "Chi cục", "Tổng cục", "Công an", "Hội đồng", "Đảng ủy"),
    *("Ngân hàng", "Kho bạc", "Bệnh viện", "Bảo hiểm", "Công ty", "Tổng công ty", "Tập đoàn", "Tổ công tác"),
)


def _sentence_case(name: str) -> str:
    key = re.sub(r"(?<!\w)[ivx]+(?!\w)", lambda m: m.group().upper(), tone_key(name))
    for head in _HEAD_WORDS:
        if key == tone_key(head):
            return head
        if key.startswith(tone_key(head) + " "):
            rest = key[len(head) + 1 :]
            return f"{head} {rest[0].upper()}{rest[1:]}"
    first, _, rest = name.lower().partition(" ")
    return f"{first.capitalize()} {rest.capitalize()}".strip()
