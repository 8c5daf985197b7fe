"""Who issued a document, as the words around its number say it.

A phrase such as "Chủ tịch UBND tỉnh Hải Dương" is read by a small grammar of posts, bodies and places, so that it
stops before what follows ("của Chính phủ về theo dõi", "của UBND tỉnh ban hành Kế hoạch"). Names of bodies come from
`agencies.csv`; a body outside it is read as long as its words look like a name.
"""

from __future__ import annotations

import re
from functools import cache

from extractors.vocabulary.registers import agencies, agency_named, agency_of, province_names, tone_key

_POSTS = (
    "Phó Chủ tịch|Quyền Chủ tịch|Chủ tịch|Thường trực|Phó Thủ tướng|Bộ trưởng, Chủ nhiệm|Bộ trưởng|Thứ trưởng|Chủ nhiệm"
    "|Phó Giám đốc|Giám đốc|Chánh Văn phòng|Chánh Thanh tra|Cục trưởng|Trưởng [Bb]an|Ban Thường vụ|BTV"
    "|Ban Chấp hành Đảng bộ|Ban Chấp hành|Thường vụ|Đảng bộ"
)
_LEVELS = "tỉnh|thành phố|TP\\.?|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu|cấp tỉnh"
#: Heads of bodies that the register does not list.
_HEADS = (
    "Sở|Bộ|Ban Quản lý|Ban Chỉ đạo|Ban|Trung tâm|Cục|Tổng cục|Chi cục|Viện|Trường|Phòng|Văn phòng|Thanh tra|Hội đồng"
    "|Tổ công tác|Công an|Kho bạc|Ngân hàng|Hội|Liên đoàn|Đoàn|Quỹ|Báo|Đài|Bệnh viện|Công ty|Tập đoàn|Tổng công ty"
    "|Đảng ủy|Chi bộ|Tòa án|Viện kiểm sát"
)
#: Heads that stand alone for a body known to the reader ("của Sở"), unless they begin another word ("Bộ trưởng").
_ALONE = re.compile(
    r"(?:Sở|Bộ|Cục|Trung tâm|Chi cục|Viện|Ban Chỉ đạo|Tổ công tác)(?!\w| (?:trưởng|phận|máy|chỉ|tiêu|luật|mẫu))"
)
#: Words that go on after a name: what the document does or is about.
_STOP = re.compile(
    r"(?:về|ban hành|có|đã|của|theo|tại|trong|ngày|số|do|để|cho|gửi|ký|quy định|quy chế|phê duyệt|công bố|hướng dẫn|vv"
    r"|được|đang|triển khai|sửa đổi|bổ sung|bãi bỏ|giao|thực hiện|sẽ|với|từ|đến|khi|nhằm|quyết định|thông báo|thông tư"
    r"|kế hoạch|chỉ thị|chỉ đạo|kết luận|tờ trình|đề án|đề nghị|chương trình|nghị quyết|nghị định|thành lập|điều chỉnh"
    r"|kiện toàn|thay thế|việc|sau|trước|bằng|là|hoặc|cùng|này|trên|dưới|năm|yêu cầu|trình|xin|đối với|tiếp tục|một số"
    r"|các|những|báo cáo|kiểm tra|tổ chức|tham mưu|đề xuất|nêu|như|đính kèm|kèm theo|phối hợp|căn cứ|đồng thời|nay|vừa"
    r"|cũng|không|chưa|v/v)(?!\w)"
)
_LONGEST = 240  # characters that a body's phrase can have
_NAMED_AFTER_PLACE = re.compile(
    r"Ban Quản lý|BQL|Trung tâm|Công an|Bảo hiểm|Kho bạc"
)  # "Ban Quản lý khu kinh tế Vân Phong"
_POST = re.compile(rf"(?:{_POSTS})\s+")
_LEVEL = re.compile(rf"\s+(?:{_LEVELS})(?!\w)", re.IGNORECASE)
_HEAD = re.compile(rf"(?:{_HEADS})(?!\w)")
_TERM = re.compile(r",?\s+(?:khóa|khoá|nhiệm kỳ)\s+(?:[IVX]+(?!\w)|\d{4}\s?-\s?\d{4})", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w&]*(?:\.(?=\w))?")
_STEP = re.compile(r"(?: (?:và|&|-) |, | |-)")
_OF = re.compile(r" của (?=Thủ tướng|Chính phủ)| (?=UBND|Ủy ban nhân dân|Tỉnh ủy|Thành ủy)")
_PROPER = re.compile(r"[ -](?:[^\W\d_][\w'’]*|\d{1,2}(?![\d/.,%]))")
_LETTER = re.compile(r"(?<![\w&])[^\W\d_]")


@cache
def _name_pattern() -> re.Pattern[str]:
    """Names of `agencies.csv`, longest first, in the key of `tone_key`."""
    return _longest_first({tone_key(n) for a in agencies() for n in (a.name, *a.aliases)})


@cache
def _province_pattern() -> re.Pattern[str]:
    return _longest_first(set(province_names()))


def _longest_first(names: set[str]) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True)) + r")(?!\w)")


def issuer_at(text: str, start: int) -> int:
    """End of the issuing body's phrase that begins at `start`; `start` itself where none does."""
    shift, text, start = start, text[start : start + _LONGEST].replace("\n", " "), 0
    key = tone_key(text)
    end = _body(text, key, start)
    if (post := _POST.match(text, start)) and (below := _body(text, key, post.end())) > post.end():
        end = max(end, below)
    while end > start and (link := _OF.match(text, end)):
        further = _body(text, key, link.end())
        if further == link.end():
            break
        end = further
    return shift + end


def _body(text: str, key: str, pos: int) -> int:
    """End of one body with its place: "UBND tỉnh Hà Nam", "Sở Công Thương", "Sở"."""
    if not text[pos : pos + 1].isupper():
        return pos
    if name := _name_pattern().match(key, pos):
        end = _place(text, key, name.end())
        named = end == name.end() and _NAMED_AFTER_PLACE.match(text, pos)
        return _proper_name(text, key, end) if named else end
    head = _HEAD.match(text, pos)
    if head is None:
        return pos
    end = _free_name(text, key, head.end())
    if end == head.end() and not _ALONE.match(text, pos) and not _LEVEL.match(text, end):
        return pos
    return _place(text, key, end)


def _free_name(text: str, key: str, pos: int) -> int:
    """End of a name outside the register: words with a capital, each with at most one lower case word behind it,
    joined by "và", "," or "-"."""
    end, lower_allowed = pos, False
    while step := _STEP.match(text, end):
        word = _WORD.match(text, step.end())
        if word is None or _STOP.match(key, step.end()):
            break
        if word.group()[0].isupper():
            lower_allowed = True
        elif step.group() == " " and lower_allowed and not _LEVEL.match(text, end):
            lower_allowed = False
        else:
            break
        end = word.end()
    return end


def _place(text: str, key: str, pos: int) -> int:
    """End of " tỉnh Hà Nam", " huyện Ý Yên", " Hải Dương" after a body."""
    end = pos
    if level := _LEVEL.match(text, end):
        end = level.end()
    blank = 1 if text[end : end + 1] == " " else 0
    if (province := _province_pattern().match(key, end + blank)) and text[province.start()].isupper():
        end = province.end()
    elif level:
        end = _proper_name(text, key, end)
    if term := _TERM.match(text, end):
        end = term.end()
    return end


def _proper_name(text: str, key: str, pos: int) -> int:
    """End of up to four capitalised words of a commune or district ("xã Ea H'leo", "phường 1")."""
    end = pos
    for _ in range(4):
        word = _PROPER.match(text, end)
        if word is None:
            break
        plain = word.group()[1:]
        if not (plain[0].isupper() or plain.isdigit()) or _STOP.match(key, end + 1):
            break
        end = word.end()
        if plain.isdigit():
            break
    return end


def issuer_before(text: str, end: int) -> tuple[int, str] | None:
    """The body whose phrase ends exactly at `end`, with its start: the longest one."""
    low = max(0, text.rfind("\n", 0, end) + 1, end - 120)
    for match in _LETTER.finditer(text, low, end):
        if match.group().isupper() and issuer_at(text, match.start()) == end:
            return match.start(), text[match.start() : end]
    return None


def initials(name: str) -> str:
    """The code a body's name would get: first letters of its syllables ("Sở Công Thương" -> "SCT")."""
    return "".join(word[0].upper() for word in re.findall(r"[^\W\d_]+", name) if tone_key(word) not in ("và", "các"))


def codes_of(name: str) -> frozenset[str]:
    """Codes that symbols of this body may carry; empty where the name says too little ("Sở")."""
    rest = re.sub(rf"^(?:(?:{_POSTS})\s+)+", "", name)
    key = tone_key(rest)
    if (match := _name_pattern().match(key)) and (agency := agency_named(rest[: match.end()])):
        return frozenset(agency.codes)
    return frozenset({initials(rest)} if len(rest.split()) > 1 else ())


def symbol_bodies(symbol: str, doc_type: str | None) -> tuple[str, ...]:
    """Codes in a symbol that may name its issuer: behind the type, or in front where there is no type."""
    parts = re.split(r"[-/.]", symbol)
    return tuple(parts[1:2] if doc_type not in (None, "CV") or "/" in symbol else parts[:1])


def issuer_by_symbol(symbol: str, doc_type: str | None) -> str | None:
    """The national body behind a symbol, the same everywhere: "NĐ-CP" -> "Chính phủ", "QH15" -> "Quốc hội"."""
    law = re.fullmatch(r"(QH|UBTVQH)\d{1,2}", symbol)
    if doc_type in ("TTLT", "NQLT"):
        return None
    for code in (law[1],) if law else symbol_bodies(symbol, doc_type):
        body = agency_of(re.sub(r"\d+$", "", code))
        if body is not None and body.central:
            return body.name
    return None
