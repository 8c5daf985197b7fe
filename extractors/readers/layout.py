"""Which tables only place text on the page: letterhead, signature block, boxes, form heads.

The decision looks at the text alone, so that the readers of every format come to the same one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

_MAX_COLUMNS: Final = 4  # with text in them; letterheads use empty ones as spacers
_MAX_ROWS: Final = 12  # a letterhead or signature block set line by line
_MAX_ONE_ROW: Final = 3  # cells of a single row that may still be a form's head
_LONG: Final = 60  # characters of a cell that is a sentence rather than a heading

# A cell that is a figure and nothing else: "33.451", "99,98%", "12/19", "(5)", "-3", "0,5 điểm" is not one.
_FIGURE: Final = re.compile(r"[(\[]?\s*[-+−–<>≤≥]?\s*\d[\d\s.,/]*%?\s*[)\]]?")
# Nghị định 30/2020/NĐ-CP, Appendix I: boxes 1 (quốc hiệu, tiêu ngữ), 3 (số), 4 (place, date); the Party's title.
_MOTTO: Final = re.compile(r"cộng h(?:òa|oà) xã hội chủ nghĩa việt nam|độc lập\s*[-–—]\s*tự do|đảng cộng sản việt nam")
_NUMBER: Final = re.compile(r"số\s*:?\s*[\d.…_ ]*\s*[/-]\s*[a-zđ]|số\s*:\s*[\d.…_ ]*$")
_PLACE_DATE: Final = re.compile(r"\w[\w .-]{1,40}, ngày\s*[\d.…_ ]*\s*tháng\s*[\d.…_ ]*\s*năm")
# Boxes 7 and 9: who signs, who receives.
_RECIPIENTS: Final = re.compile(r"(?:nơi nhận|kính gửi|nơi gửi)\s*:?")
_SIGNED: Final = re.compile(r"\((?:đã ký|ký)|(?:ký,|ký và) ghi rõ|\(ký tên|chữ ký")
_POST: Final = re.compile(
    r"(?:(?:TM|KT|TL|TUQ|Q|T/M|K/T|T/L)\b\.?\s*.*)?"
    r"(?:^|(?<=[.\s]))(?:GIÁM ĐỐC|CHỦ TỊCH|TỔNG GIÁM ĐỐC|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|(?:CHI |TỔNG )?CỤC TRƯỞNG|BỘ TRƯỞNG"
    r"|THỨ TRƯỞNG|THỦ TƯỚNG|TRƯỞNG (?:BAN|PHÒNG|ĐƠN VỊ)|VIỆN TRƯỞNG|HIỆU TRƯỞNG|BÍ THƯ|THỦ TRƯỞNG|CHỦ NHIỆM|TỔ TRƯỞNG"
    r"|NGƯỜI (?:LẬP|TỔNG HỢP|BÁO CÁO|KÝ)|ĐẠI DIỆN|XÁC NHẬN CỦA)(?:\s|$)"
)
_FORM_HEAD: Final = re.compile(
    r"biểu (?:số|mẫu)|mẫu số|phụ lục|đơn vị (?:báo cáo|nhận)|kỳ báo cáo|ban hành (?:kèm )?theo"
)


def is_layout(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table only places text. `rows` are its rows of cell texts, a merged cell once (or repeated: the same).

    True for an empty table, one column, a letterhead, a signature block, and a single row without figures. A table
    with figures of its own is never layout, however few its columns.
    """
    filled = [row for row in rows if any(cell and not cell.isspace() for cell in row)]
    columns = {column for row in filled for column, cell in enumerate(row) if cell and not cell.isspace()}
    if len(columns) <= 1:
        return True
    if len(filled) > _MAX_ROWS or len(columns) > _MAX_COLUMNS:
        return False
    grid = [[_plain(cell) for cell in row] for row in filled]
    texts = [cell for row in grid for cell in row if cell]
    figures = sum(1 for cell in texts if _FIGURE.fullmatch(cell))
    if _is_letterhead(texts):
        return figures <= 1  # the document's own number in a cell of its own
    if figures:
        return False
    return _is_signature(texts) or _is_one_row(grid) or _is_prose(grid)


def is_head(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows that stand above others are the head of a page: a letterhead, or what a form prints over its table."""
    grid = [[_plain(cell) for cell in row] for row in rows]
    return _is_letterhead([cell for row in grid for cell in row if cell]) or _has_form_head(grid)


def _plain(cell: str) -> str:
    """The cell in NFC, blanks closed up line by line."""
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", cell).splitlines())
    return "\n".join(line for line in lines if line)


def _is_letterhead(texts: Sequence[str]) -> bool:
    small = [line for text in texts for line in text.casefold().split("\n")]
    if any(_MOTTO.match(line) for line in small):
        return True
    return any(_NUMBER.match(line) for line in small) and any(_PLACE_DATE.match(line) for line in small)


def _is_signature(texts: Sequence[str]) -> bool:
    """Recipients or the signer's post open a cell, or a line asks for the signature."""
    for text in texts:
        lines = text.split("\n")
        if _RECIPIENTS.match(lines[0].casefold()) or any(_SIGNED.search(line.casefold()) for line in lines):
            return True
        if any(line.isupper() and len(line) < _LONG and _POST.match(line) for line in lines[:3]):
            return True
    return False


def _is_one_row(grid: Sequence[Sequence[str]]) -> bool:
    """A single row can hold no heading and data: a form's head, a caption beside a text."""
    return len(grid) == 1 and (len([c for c in grid[0] if c]) <= _MAX_ONE_ROW or _has_form_head(grid))


def _has_form_head(grid: Sequence[Sequence[str]]) -> bool:
    return any(_FORM_HEAD.match(cell.casefold()) for row in grid for cell in row)


def _is_prose(grid: Sequence[Sequence[str]]) -> bool:
    """Two or three columns without a heading row: a form's head over some rows, or sentences side by side."""
    filled = [[cell for cell in row if cell] for row in grid]
    if max(len(row) for row in filled) > _MAX_ONE_ROW:
        return False
    if _has_form_head(grid) and len(grid) <= 5:
        return True
    return len(grid) <= 3 and all(len(cell) > _LONG for cell in filled[0])
