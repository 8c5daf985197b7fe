"""Of what a zero in words is said: "không có hồ sơ trễ hạn" of the whole, or of a few offices, or as an order."""

from __future__ import annotations

import re
from typing import Final

#: What words such as "không có hồ sơ trễ hạn" may say that there is none of; never what came in or was resolved.
SAID_TO_BE_NONE: Final = frozenset(
    {
        "dossiers_resolved_late",
        "dossiers_pending_overdue",
        "dossiers_pending_total",
        "dossiers_returned",
        "dossiers_withdrawn",
        "dossiers_supplement",
        "dossiers_carried_over",
    }
)
_SOME_OFFICES = re.compile(r"(?i)\d+ (?:xã|phường|sở|đơn vị|cơ quan|huyện|phòng|chi nhánh)[^.;:]*$")
#: "Các phòng khác không có hồ sơ quá hạn", "không có hồ sơ quá hạn tại 09/12 cơ quan": nothing is said of the whole.
_OTHERS = re.compile(r"(?i)\b(?:khác|còn lại|kia|ấy|riêng [^,;:]*)\s*(?:thì |đều |cũng |hiện |vẫn )*$")
_AT_SOME = re.compile(
    r"(?i)\b(?:tại|ở|đối với|thuộc|của)\s+(?:\d|các\s|lĩnh vực\s|nhiều\s|một số\s|phần lớn\s|nhóm\s|khối\s|khâu\s|những\s)"
)
_ORDERED = re.compile(
    r"(?i)[\s\-+*•]*(?:tập trung|tiếp tục|đôn đốc|chỉ đạo|tăng cường|khẩn trương|phấn đấu|đề nghị|yêu cầu)\b"
)
#: Of hồ sơ that are "đang …", "còn …" in words we do not know, it is not said which are late.
_OF_OPEN = re.compile(r"(?i)\b(?:hồ sơ|hs|bộ|đơn)\b[^.;:]*?\b(?:đang|chưa|còn)\b")
_END = re.compile(r"[;:.(](?!\d)")


def reach(text: str, end: int) -> int:
    """Where the clause of a zero that ends at `end` ends itself."""
    found = _END.search(text, end)
    return found.start() if found else len(text)


def of_whole(text: str, opening: int, start: int, end: int, pending: bool) -> bool:
    """Whether a zero at `start:end` of a sentence that opens at `opening` is a result of all hồ sơ; `pending` says that
    the sentence was understood to speak of open ones."""
    return not (
        _SOME_OFFICES.search(text, max(0, start - 40), start)
        or _OTHERS.search(text, max(opening, start - 60), start)
        or _AT_SOME.search(text, end, reach(text, end))
        or _ORDERED.match(text, opening, start)
        or (_OF_OPEN.search(text, opening, start) and not pending)
    )
