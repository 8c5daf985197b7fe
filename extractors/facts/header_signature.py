"""Boxes 7 and 9 of the layout: who signs, who receives; and where appendices begin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.facts.header_lines import CAPITALS, SMALL, HeadLine

_POSTS = (
    "GIÁM ĐỐC|CHỦ TỊCH|TỔNG GIÁM ĐỐC|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|TRƯỞNG BAN|TRƯỞNG PHÒNG|CHI CỤC TRƯỞNG|CỤC TRƯỞNG"
    "|BỘ TRƯỞNG|THỨ TRƯỞNG|VIỆN TRƯỞNG|HIỆU TRƯỞNG|BÍ THƯ|THỦ TRƯỞNG|TỔNG THANH TRA|TỔNG CỤC TRƯỞNG|CHỦ NHIỆM|TỔ TRƯỞNG"
)
_POST = re.compile(
    rf"(?:^|[\s:;.)])(?:(?:KT|TL|TM|TUQ|Q|K/T|T/M|T/L)\.?\s*)?"
    rf"(?:(?:PHÓ |QUYỀN |Q\. ?)?(?:{_POSTS})|ỦY VIÊN(?: THƯỜNG TRỰC)?"
    rf"|(?:KT|TL|TM|TUQ)\.\s*[{CAPITALS}]{{2}}[{CAPITALS} ,&-]*)(?: [{CAPITALS} ,&-]+)?\s*$"
)
_SYLLABLE = rf"[{CAPITALS}][{SMALL}'’]{{0,6}}"
_NAME = re.compile(rf"(?:{_SYLLABLE}|[A-Z]\.)(?:[ -](?:{_SYLLABLE}|[A-Z]['’]?\.?)){{1,5}}")
_CAPITAL_NAME = re.compile(rf"[{CAPITALS}]{{1,7}}(?: [{CAPITALS}]{{1,7}}){{1,4}}")
_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Đoàn|Đào|Trịnh|Trương|Lương|Mai|Tô|Tạ|Hà|Cao|Châu"
    "|Chu|Lâm|Lưu|Lại|Phùng|Quách|Thái|Triệu|Tống|Từ|Văn|Vương|Nông|Hứa|La|Giàng|Sùng|Lò|Vàng|Quàng|Cà|Tòng|Thào|Mùa|Hạng|Vừ"
    "|Lường|Bế|Ma|Đàm|Đồng|Kiều|Khuất|Nghiêm|Ninh|Doãn|Phí|Thân|Tăng|Thạch|Danh|Sơn|Kim|Điểu|Siu|Ksor|Rơ|Rmah|Nay|Y|H|Ông|Viên|Bạch"
)
_TAIL_NAME = re.compile(rf"[;:.)/]\s*(?P<name>(?:{_SURNAMES})(?: {_SYLLABLE}){{1,4}})$")
_TITLE_WORDS = re.compile(
    r"^(?:ThS|TS|PGS|GS|BS|KS|Ths|CN|Đ/c|Ông|Bà|(?:Đại|Thượng|Trung|Thiếu) (?:tá|tướng|úy))\.?\s+|\((?:Đã ký|đã ký)[^)]*\)|^(?:Đã|đã) ký:?\s*"
)
_NOT_NAMES = re.compile(
    r"(?:Nơi|Lưu|Như|Sở|Ủy|Uỷ|Hội|Văn phòng|Phòng|Ban|Trung|Công|Tỉnh|Thành|Cục|Chi|Các|Kính|Trưởng|Phó|Giám|Chánh|Bộ"
    r"|Đảng|Huyện|Xã|Thường|Lãnh|Thanh|Phụ|Biểu|Mục|Ghi|Tổng)(?: |$)"
)
_RECIPIENTS = re.compile(r"^\W{0,3}[Nn]ơi nhận\s*(?::|$|\()|^NƠI NHẬN\s*:?")
_APPENDIX = re.compile(
    r"(?:PHỤ LỤC|PHỤ BIỂU|BIỂU MẪU|BIỂU SỐ|BIỂU TỔNG HỢP|BẢNG TỔNG HỢP|BIỂU|BẢNG|MẪU BIỂU|DANH MỤC|DANH SÁCH"
    r"|THỐNG KÊ)(?!\w)|Phụ (?:lục|biểu)(?: số)?\s*(?:[IVX]+|\d+)?(?:[.: -]|$)"
    r"|Biểu (?:mẫu|số|tổng hợp)(?!\w)|Mẫu (?:biểu|số)(?!\w)|BIEU|Biểu \d"
)


def read_recipients(lines: Sequence[HeadLine]) -> set[str]:
    """Locators of "Nơi nhận:" and its list, up to "Lưu: VT"."""
    found: set[str] = set()
    open_list = False
    for line in lines:
        if _RECIPIENTS.search(line.text):
            open_list = True
            found.add(line.locator)
        elif open_list and (
            re.match(r"[-+•*]|Như |TT\.|Lưu", line.text) or (len(line.text) < 90 and line.text.endswith((";", ".")))
        ):
            found.add(line.locator)
            if re.search(r"(?<!\w)Lưu\s?:?\s", line.text):
                open_list = False
        elif open_list and not _POST.search(line.text) and not _NAME.fullmatch(line.text):
            open_list = False
    return found


def read_signature(lines: Sequence[HeadLine]) -> tuple[str | None, set[str], int | None]:
    """The signer's name, the locators of post and name, and the block of the last of them.

    Looked for behind the last line of post ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC") that a name follows before an appendix.
    """
    for index, line in enumerate(lines):
        if not _is_post(line):
            continue
        used = {line.locator}
        for later in lines[index + 1 : index + 22]:
            if _is_post(later):
                used.add(later.locator)
                continue
            name = _name_in(later)
            if name is not None:
                return name, used | {later.locator}, later.block
            if is_appendix(later):
                break
            if re.search(r"(?i)^\W*đã ký", later.text):
                used.add(later.locator)
    return None, set(), None


def _is_post(line: HeadLine) -> bool:
    return len(line.text) < 110 and _POST.search(line.text) is not None


def _name_in(line: HeadLine) -> str | None:
    text = _TITLE_WORDS.sub("", line.text).strip(" ./,")
    if _NAME.fullmatch(text) and not _NOT_NAMES.match(text):
        return text
    if _CAPITAL_NAME.fullmatch(text) and re.match(rf"(?:{_SURNAMES}) ".upper(), text):
        return text.title()
    tail = _TAIL_NAME.search(line.text)
    return tail["name"] if tail else None


def is_appendix(line: HeadLine) -> bool:
    """Whether a line is the heading of an appendix or of a form."""
    return len(line.text) < 220 and _APPENDIX.match(line.text) is not None


def appendix_starts(lines: Sequence[HeadLine], after: int) -> tuple[int, ...]:
    """Blocks behind block `after` that begin an appendix; headings that follow one another begin one together."""
    found: list[int] = []
    for line in lines:
        if line.block > after and is_appendix(line) and not (found and line.block - found[-1] <= 1):
            found.append(line.block)
    return tuple(found)
