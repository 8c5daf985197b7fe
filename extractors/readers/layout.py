"""Tables that only place text: the letterhead of Nghị định 30/2020/NĐ-CP, the signature block, a framed box."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PLACED = re.compile(
    r"(?i)cộng h(?:òa|oà) xã hội chủ nghĩa|độc lập\s*-\s*tự do|đảng cộng sản việt nam|^\s*số\s*:\s*[\d\s]*/|\bnơi nhận\s*:|"
    r"^\s*(?:KT\.|TM\.|TL\.|TUQ\.|Q\.)\s|^\s*(?:phó )?(?:giám đốc|chủ tịch|chánh văn phòng|trưởng phòng|trưởng ban)\b"
)
_FIGURE = re.compile(r"\d[\d.,]*\s*%?")


def is_layout(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table of cell texts only places text. A table of data stays a table, however narrow."""
    cells = [cell.strip() for row in rows for cell in row if cell and cell.strip()]
    if not cells:
        return True
    width = max(len(row) for row in rows)
    if width == 1:
        return len(rows) <= 2
    figures = sum(bool(_FIGURE.fullmatch(cell)) for cell in cells)
    if figures * 4 >= len(cells):
        return False
    marks = sum(bool(_PLACED.search(line)) for cell in cells for line in cell.split("\n"))
    return marks > 0 and width <= 4 and len(rows) <= 8
