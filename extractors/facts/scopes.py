"""Whose figure it is, where it is not the reporting body's own total: a level, a field, another office."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extractors.vocabulary.registers import agencies

#: Capital letters of Vietnamese; in Latin Extended they alternate with the small ones, so that a range cannot say them.
_CAPITAL = "A-Z" + "".join(c for c in map(chr, range(0xC0, 0x1EFA)) if c.isupper() and c.isalpha())
_LEVEL = re.compile(
    r"(?i)\b(cấp (?:tỉnh|thành phố|huyện|thị xã|thị trấn|xã|phường|sở|trung ương)|khối (?:sở|huyện|xã)(?:, (?:ban, )?ngành)?|tuyến (?:tỉnh|huyện|xã))\b"
)
#: "Tại 15 xã, thị trấn: …", "các xã, phường tiếp nhận …": the communes together.
_COMMUNES = re.compile(
    r"(?i)\b(?:tại|ở|các|của)\s+(?:\d{1,3}(?:/\d{1,3})?\s+)?(?:xã, phường(?:, (?:thị trấn|đặc khu))?|xã, thị trấn|phường, xã|xã, đặc khu)(?!\s+[A-ZĐ])"
)
_FIELD = re.compile(
    r"(?i)\blĩnh vực\s+((?!nào\b|được giao|quản lý|có |còn |nhiều|này|trên|khác|thuộc|và|như |sau|cụ thể|dưới đây|phát sinh|tiếp nhận|giải quyết|đã |đang )[^,.;:()\d]{3,60}?)(?=\s*(?:$|[,.;:()]|\bcó\b|\blà\b|\bvới\b|\bđã\b|\bđang\b|\bchưa\b|\bđược\b|\btrong\b|\bquá\b|\btrễ\b|\bchậm\b|\bbị\b|\bcòn\b|\bchiếm\b|\bđạt\b|\btiếp nhận\b|\bgiải quyết\b|\d))"
)
_OFFICE = re.compile(
    r"(Ban [Qq]uản lý (?:các )?[Kk]hu (?:kinh tế|công nghiệp|chế xuất|công nghệ cao|du lịch|bảo tồn)(?: và (?:các )?[Kk]hu công nghiệp)?|(?:Sở|Ban Quản lý|Ban quản lý|Chi cục|Hạt|Thanh tra tỉnh|Văn phòng UBND tỉnh|UBND (?:huyện|xã|phường|thị xã|thị trấn|thành phố)|"
    r"Ủy ban nhân dân (?:huyện|xã|phường|thị xã|thị trấn|thành phố)|Công an (?:tỉnh|thành phố|huyện)|"
    r"Bảo hiểm xã hội|Cục Thuế|Phòng|Trung tâm (?!Phục vụ)|Đội|Xã|Phường|Huyện|Thị trấn|Thành phố|Thị xã)"
    rf"(?:[ \u00a0]+(?:[{_CAPITAL}][^\s,.;:()]*|và(?=\s+[{_CAPITAL}])|\d{{1,2}}(?=\s|$)))+)"
)
#: A commune or district by name in running text; "UBND xã Tân Hòa" is its office.
_PLACE = re.compile(
    rf"(?<!\w)((?:UBND |Ủy ban nhân dân )?(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố(?! (?:Hà Nội|Hồ Chí Minh|Đà Nẵng|Hải Phòng|Cần Thơ|Huế)\b))(?:[ \u00a0]+[{_CAPITAL}][^\s,.;:()]*){{1,4}})"
)
_VERTICAL = re.compile(
    r"\b((?:Công an|Thanh tra|Bảo hiểm xã hội|BHXH|Kho bạc Nhà nước|Chi cục Thuế|Cục Thuế|Thuế|Chi nhánh Văn phòng [Đđ]ăng ký đất đai)\s+(?:tỉnh|huyện|thành phố|thị xã|xã|phường|khu vực)|"
    r"cơ quan ngành dọc|các cơ quan ngành dọc)\b"
)
_PERSON = re.compile(r"(?i)(?:giám đốc|phó giám đốc|lãnh đạo|trưởng|ông|bà|đồng chí)\s*$")
_WHOLE = re.compile(r"(?i)\b(?:toàn|trên địa bàn|cả) (?:tỉnh|huyện|thành phố|ngành|xã|đơn vị)\b")


def level(text: str) -> str | None:
    """The one administrative level that a text names, in lower case; None for none or several."""
    found = {m[1].lower() for m in _LEVEL.finditer(text)}
    if not found and _COMMUNES.search(text):
        return "cấp xã"
    return found.pop() if len(found) == 1 else None


def of_text(text: str, own: tuple[str, ...]) -> str | None:
    """The level, field or office (not one of `own`, the reporting body's names) that a stretch of text speaks of."""
    return level(text) or field_of(text) or office(text, own)


def field_of(text: str) -> str | None:
    """ "lĩnh vực đất đai" as "lĩnh vực đất đai"."""
    match = _FIELD.search(text)
    return f"lĩnh vực {match[1].strip()}" if match else None


def office(text: str, own: tuple[str, ...]) -> str | None:
    """Another office that a text names; None when it is the reporting body (one of `own`) or none."""
    listed = agency_pattern().search(text)
    if listed and not any(_same(listed[0], o) for o in own):
        return listed[0]
    vertical = _VERTICAL.search(text)
    if vertical and not any(_same(vertical[1], o) for o in own):
        return vertical[1]
    place = _PLACE.search(text)
    if place and not any(_same(place[1], o) or place[1].casefold() in o.casefold() for o in own):
        return place[1]
    for match in _OFFICE.finditer(text):
        name = match[1].strip()
        if any(_same(name, o) for o in own) or _PERSON.search(text[: match.start()]):
            continue
        return name
    return None


def in_order(text: str, own: tuple[str, ...]) -> list[str]:
    """Levels, or offices other than one's own, that a text names one after the other."""
    levels = [m[1].lower() for m in _LEVEL.finditer(text)]
    found = levels or [m[0] for m in agency_pattern().finditer(text)] or [m[1] for m in _PLACE.finditer(text)]
    return [] if any(_same(name, o) for name in found for o in own) else found


_NAMED = re.compile(
    r"(?:(?:phòng|chi cục|trung tâm|xã|phường|huyện|thị trấn|thành phố|thị xã|đội|ban|đơn vị|lĩnh vực|bộ phận)\s+)?([^\W\d_][^\d]{0,58})$"
)
_DESK = re.compile(r"(?i)(?:tại |ở )?(?:bộ phận |quầy )?(?:một cửa|tiếp nhận và trả kết quả)$")
_NO_NAME = re.compile(
    r"(?i)^(?:về|gần|hơn|khoảng|trên|trong|có|đã|tổng|hiện|kết quả|năm|tháng|quý|với|qua|đến|từ|theo|sau|tính|số|tỷ lệ|cụ thể|ngoài|đồng thời|bên cạnh|tiếp nhận|giải quyết|trả|còn|hồ sơ|trước|đúng|quá|trễ|lũy kế|toàn|cả|chiếm|đạt|ước|thực hiện|hoàn thành|tổ chức|ban hành|tham mưu|cung cấp|đảm bảo|bảo đảm|rà soát|kiểm tra|công bố|phấn đấu|sử dụng|cập nhật|tuyên truyền|đăng|phát hiện|xử lý|phát sinh|duy trì|phối hợp|bố trí|cử|không|100|chỉ|các|những|mỗi|một số|gồm|bao gồm|thêm|riêng|giải trình|báo cáo|đề nghị|xây dựng|triển khai)\b"
)


def named(text: str, listed: bool = False) -> str | None:
    """A stretch of text that is nothing but the name of an office or field: "phòng Quản lý xây dựng", "Thú y".

    `listed`: the sentence announces fields or offices, so that a name may begin with a small letter ("hộ tịch")."""
    plain = text.strip(" ,;:(-+*")
    plain = re.sub(r"^(?:và|còn)\s+", "", plain)
    match = None if _DESK.match(plain) else _NAMED.match(plain)
    if (
        not match
        or not (match[1][0].isupper() or listed)
        or len(plain) < 3
        or _NO_NAME.match(plain)
        or re.search(r"\b(?:là|có|được|đã)\b", plain)
    ):
        return None
    return plain


@cache
def agency_pattern() -> re.Pattern[str]:
    """The departments of a province by name, longest first."""
    names = {a.name for a in agencies() if a.name.startswith(("Sở ", "Ban Quản lý", "Thanh tra"))}
    return re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(names, key=len, reverse=True)))


@lru_cache(maxsize=4096)
def _same(a: str, b: str) -> bool:
    x, y = a.casefold(), b.casefold()
    return x == y or (" " in y and x.startswith(y)) or (" " in x and y.startswith(x))


def proper(name: str) -> bool:
    """Whether one of the body's names is its own, and not a word for any ("đơn vị", "Sở")."""
    return " " in name and name not in ("đơn vị", "cơ quan")


_LEVEL_NAME = re.compile(
    r"(?i)(?:các |khối |ubnd |khối các )?(?:sở, (?:ban, )?ngành(?: tỉnh| cấp tỉnh)?|cấp (?:tỉnh|huyện|xã|thành phố)|(?:huyện|xã|phường)(?:, (?:huyện|xã|phường|thị xã|thị trấn|thành phố|đặc khu))+)"
)
_INSPECTORATE = re.compile(r"Thanh tra(?: (?:tỉnh|thành phố|huyện|quận|thị xã|Sở|[A-ZĐ]\w+)(?: [A-ZĐ]\w+){0,3})?")


def is_name(text: str) -> bool:
    """Whether a label is nothing but the name of an office, commune or district."""
    plain = " ".join(text.split())
    known = any(pattern.fullmatch(plain) for pattern in (agency_pattern(), _OFFICE, _PLACE, _VERTICAL, _LEVEL_NAME))
    return known or bool(_INSPECTORATE.fullmatch(plain))


def whole(text: str) -> bool:
    """Whether a text speaks of the whole province, district or office."""
    return bool(_WHOLE.search(text))
