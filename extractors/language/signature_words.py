"""How programs for digital signatures print what they did: "Ký bởi: …", "Thời gian ký: …", "Digitally signed by …".

Such a stamp is set over the finished page, wherever there is room. Its times and numbers are the program's, not the report's.
"""

from __future__ import annotations

import re
from typing import Final

#: Words with which a stamp begins.
OPENS: Final = re.compile(
    r"(?i)(?:(?:văn bản|tài liệu|báo cáo|tệp)\s+(?:này\s+)?(?=(?:đã\s+)?(?:được\s+)?ký\s+(?:số|điện tử)))?(?:đã\s+)?(?:được\s+)?"
    r"(?:ký\s+(?:(?:số|điện tử)\s+)?bởi|người ký(?:\s+số)?|digitally signed by|signed by|"
    r"signature\s+(?:is\s+)?(?:valid|not\s+verified|invalid)|chữ ký (?:số\s+)?(?:không\s+)?hợp lệ)\b"
)
#: Labels of its other lines.
GOES_ON: Final = re.compile(
    r"(?i)(?:\b(?:email|e-mail|thời gian(?: ký)?|ngày ký|giờ ký|ký ngày|cơ quan|tổ chức|chức vụ|date|reason|location|lý do(?: ký)?|"
    r"nơi ký|số chứng thư|serial(?: number)?|đơn vị|dn|cn|contact|pdf reader version|phiên bản)\s*[:=]|\bký ngày\s+\d)"
)
#: A time of day to the minute beside a day: what clocks write and reports do not.
MOMENT: Final = re.compile(
    r"(?i)\b(?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{4}[/.-]\d{1,2}[/.-]\d{1,2}|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})"
    r"[\s,T|-]*(?:lúc\s+)?\d{1,2}:\d{2}\b|\b\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AP]M)?[\s,|-]*(?:ngày\s+)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b"
)
#: A line that can be nothing else, wherever it stands.
TIMED: Final = re.compile(r"(?i)^\W*(?:thời gian ký|ngày ký|giờ ký|ký ngày|ký lúc|date)\s*:?\s*(?=\d)")


def is_stamp(text: str) -> bool:
    """Whether some words, standing apart, are the stamp of a signature: they open as one and tell when or for whom."""
    return bool(OPENS.match(text.lstrip()) and (GOES_ON.search(text) or MOMENT.search(text)))
