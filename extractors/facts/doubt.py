"""Why the reading of a figure is not certain: its clause says something of it that was not understood.

A figure is bound by the words that the vocabulary knows. What else stands in its clause may narrow it ("46 hồ sơ đăng
ký khai sinh", "khối chi nhánh vẫn còn 450 hồ sơ quá hạn", "trước đó …"): such a figure is a fact of the report, but two
of them that differ contradict nothing. The checks ask for figures without doubt before they call anything an error.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from extractors.facts.clauses import Figure

#: Another time than the period of the report, in words that name no period.
_OTHER_TIME = re.compile(
    r"(?i)\b(?:trước đó|trước đây|cùng kỳ|năm ngoái|năm trước|quý trước|tháng trước|kỳ trước|tuần trước|lũy kế|luỹ kế|cộng dồn|từ đầu năm"
    r"|tính chung(?= (?:từ|cả|\d|các|quý|năm|đến))|(?:bình quân|trung bình)(?= (?:mỗi|một|ngày|tháng|hồ sơ|cán bộ|\d))|mỗi (?:ngày|tháng|tuần|quý|năm)|hằng (?:ngày|tháng|tuần|quý|năm)|hàng (?:ngày|tháng|tuần|quý|năm)"
    r"|so với(?! (?:tổng|số|toàn|quy định|chỉ tiêu))|đầu kỳ|ngày đầu|giai đoạn)\b"
)
#: No comparison with another time, no part: what such rates are out of.
_OUT_OF_ALL = re.compile(
    r"(?i)\bso với(?= (?:tổng|số|toàn|quy định|chỉ tiêu)\b)"
    r"|\btính trên(?= (?:tổng )?số (?:hồ sơ |hs )?(?:đã (?:giải quyết|trả)|giải quyết xong|nhận mới|tiếp nhận mới|mới tiếp nhận))"
)
#: A part of the whole, in words that name no scope.
_PART = re.compile(
    r"(?i)\b(?:riêng|chỉ tính|chỉ xét|ngoài phạm vi|ngành (?:điện|nước|cấp nước|thuế|hải quan|ngân hàng|bưu điện|viễn thông|tòa án|kiểm sát)|một số|nhiều|các (?:đơn vị|xã|phường|huyện|phòng|chi nhánh|lĩnh vực)|khối|nhóm|tuyến|chi nhánh|bộ phận|điểm cầu|cơ sở"
    r"|thu về|hợp lệ|còn lại|số còn lại|ngoài ra|ngoài số|không (?:tính|kể|bao gồm))\b"
)
_ORDERED = re.compile(
    r"(?i)[\s\-+*•]*(?:đôn đốc|yêu cầu|đề nghị|tiếp tục|tập trung|tăng cường|phấn đấu|khẩn trương|chấn chỉnh|quyết liệt)\b"
)
_LEFT = re.compile(r"(?i)(?:[,;]|\bvà)\s*(?:hiện\s+)?còn\s*$")
_BELOW_ALL = re.compile(
    r"(?i)\s*,?\s*(?:thấp|cao) hơn (?:so với )?(?:mức )?(?:chung|bình quân chung|trung bình chung)\b"
)
_ONLY = re.compile(r"(?i)[\s\-+*•]*(?:riêng|trong khi đó|(?:trường hợp |nếu )?chỉ (?:xét|tính))\b")
#: "…, chủ yếu thuộc lĩnh vực đất đai (96 hồ sơ)": most of a count, however its words go on.
_MAINLY = re.compile(
    r"(?i)\b(?:chủ yếu|phần lớn|đa số|đa phần|tập trung (?:ở|tại|vào)|điển hình|nhiều nhất|cao nhất|ít nhất|thấp nhất)\b"
)
_SOME = re.compile(r"(?i)\bcác (?:đơn vị|xã|phường|huyện|phòng|chi nhánh|lĩnh vực|cơ quan|sở|ban)\b")
_WITHOUT = re.compile(
    r"(?i)\b(?:nếu )?(?:chỉ )?tính (?:trên|theo|riêng)\b|\bkhông (?:tính|kể|bao gồm)\b|\bchưa (?:tính|kể)\b|\bngoại trừ\b"
)
#: From here on the clause says why, and no longer what.
_CAUSE = re.compile(
    r"(?i)\b(?:là kết quả (?:của|từ)|là do|nhờ|cho thấy|thể hiện|khẳng định|phản ánh (?:sự|nỗ lực)|góp phần|đánh dấu)\b"
)
_WORD = re.compile(r"[^\W\d_]+")
#: Words that leave a figure what it is.
_PLAIN = frozenset(
    [
        "a",
        "anh",
        "ban",
        "bao",
        "báo",
        "bằng",
        "bị",
        "bộ",
        "bởi",
        "các",
        "cả",
        "cáo",
        "chiếm",
        "cho",
        "chung",
        "chính",
        "chuyển",
        "chất",
        "chỉ",
        "chú",
        "chúng",
        "công",
        "cùng",
        "cũng",
        "cơ",
        "của",
        "cán",
        "cộng",
        "cụ",
        "cục",
        "cửa",
        "có",
        "còn",
        "cùng",
        "do",
        "doanh",
        "dân",
        "diện",
        "dịch",
        "dung",
        "dụng",
        "gian",
        "giao",
        "giờ",
        "gì",
        "gồm",
        "hành",
        "hiện",
        "hệ",
        "học",
        "hoàn",
        "hồ",
        "hơn",
        "hạn",
        "hết",
        "hợp",
        "khi",
        "khác",
        "không",
        "khoảng",
        "kết",
        "kịp",
        "kỳ",
        "là",
        "lại",
        "làm",
        "lần",
        "lên",
        "liên",
        "loại",
        "lý",
        "lĩnh",
        "lượng",
        "lượt",
        "mà",
        "mình",
        "mặt",
        "mỗi",
        "mới",
        "mức",
        "một",
        "năm",
        "nay",
        "này",
        "nên",
        "nghiệp",
        "ngoài",
        "nguồn",
        "người",
        "ngày",
        "nhân",
        "nhưng",
        "nhất",
        "nhằm",
        "những",
        "như",
        "nội",
        "nước",
        "nữa",
        "nào",
        "phiếu",
        "phát",
        "phải",
        "phòng",
        "phương",
        "quan",
        "quy",
        "quyết",
        "quả",
        "quản",
        "qua",
        "quyền",
        "quá",
        "quý",
        "ra",
        "rất",
        "riêng",
        "sau",
        "sinh",
        "sát",
        "số",
        "sơ",
        "sẽ",
        "sở",
        "so",
        "sự",
        "tại",
        "tác",
        "thì",
        "thành",
        "theo",
        "thể",
        "thêm",
        "thuộc",
        "thủ",
        "thực",
        "thống",
        "tháng",
        "thời",
        "tình",
        "tính",
        "tỉnh",
        "toàn",
        "tổ",
        "tổng",
        "trên",
        "trong",
        "trình",
        "trường",
        "trước",
        "trực",
        "trung",
        "trả",
        "tế",
        "tỷ",
        "tỉ",
        "tục",
        "từ",
        "tới",
        "tiếp",
        "tiến",
        "tuy",
        "tất",
        "tuần",
        "ubnd",
        "uỷ",
        "ủy",
        "ủng",
        "và",
        "vào",
        "vẫn",
        "vấn",
        "về",
        "vì",
        "viên",
        "việc",
        "vụ",
        "với",
        "xã",
        "xong",
        "xử",
        "yêu",
        "cầu",
        "ý",
        "đã",
        "đang",
        "đạt",
        "đảm",
        "bảo",
        "đây",
        "đem",
        "đều",
        "để",
        "địa",
        "bàn",
        "điện",
        "đến",
        "điểm",
        "định",
        "đó",
        "đơn",
        "vị",
        "đúng",
        "được",
        "đầu",
        "đối",
        "độ",
        "đề",
        "đồng",
        "đợt",
        "đủ",
        "lệ",
        "nhận",
        "nộp",
        "huyện",
        "ngành",
        "cấp",
        "phường",
        "quận",
        "hiện",
        "nay",
        "kê",
        "khai",
        "tthc",
        "hs",
        "cchc",
        "trung",
        "tâm",
        "phục",
        "hành",
        "chính",
        "bộ",
        "máy",
    ]
)


def doubt_of(
    text: str, figure: Figure, known: Iterable[tuple[int, int]], scope: str | None, period_named: bool
) -> str | None:
    """What was not understood about a figure, as a short reason; None where its clause is read to the end.

    `known` are spans of the text that were understood: cues, units, names of periods, citations.
    """
    spans = list(known)
    first = figure.before[0][0] if figure.before else figure.start
    last = max([figure.unit_end, *(e for _, e in figure.after[:1])])
    spans += [m.span() for m in _OUT_OF_ALL.finditer(text, figure.sentence[0], last)]
    masked = _masked(text, figure.sentence[0], last, spans)
    if _WITHOUT.search(masked):
        return "may be of a part of the whole"
    if scope is None and _ONLY.match(masked):
        return "may be of a part of the whole"
    lead = masked[first - figure.sentence[0] : figure.start - figure.sentence[0]] if first >= figure.sentence[0] else ""
    if _ORDERED.match(masked) and "đã" not in masked.casefold().split():
        return "an order or a plan, not a result"
    if figure.unit != "hồ sơ" and _LEFT.search(text, max(figure.sentence[0], figure.start - 24), figure.start):
        return "what is left of a count"
    if scope is None and _BELOW_ALL.search(text, figure.unit_end, min(figure.sentence[1], figure.unit_end + 60)):
        return "compared with the whole: of a part of it"
    if not period_named and (_OTHER_TIME.search(lead) or _OTHER_TIME.match(masked.lstrip(" -+*•"))):
        return "may be of another time"
    if scope is None and not figure.group and (_PART.search(lead) or _SOME.search(text, first, figure.start)):
        return "may be of a part of the whole"
    if scope is None and _MAINLY.search(text, first, figure.start):
        return "may be of a part of the whole"
    if text[figure.unit_end : figure.unit_end + 2].lstrip().startswith(","):
        last = figure.unit_end  # "hơn 86.000 hồ sơ, tạo áp lực lớn": a clause of its own
    cause = _CAUSE.search(text, figure.unit_end, last)
    last = cause.start() if cause else last
    if figure.numbers[0].quantity.words:
        return None  # "…, không có hồ sơ quá hạn": a clause by itself
    rest = unknown_words(text, [(first, figure.start), (figure.unit_end, last)], spans)
    if len(rest) > 2:
        return f"its words are not all understood: {' '.join(rest[:6])}"
    return None


def _masked(text: str, start: int, end: int, known: Sequence[tuple[int, int]]) -> str:
    """`text[start:end]` with the phrases that were understood blanked."""
    kept = list(text[start:end])
    for s, e in known:
        low, high = max(s - start, 0), min(e - start, len(kept))
        if low < high:
            kept[low:high] = " " * (high - low)
    return "".join(kept)


def unknown_words(text: str, spans: Sequence[tuple[int, int]], known: Sequence[tuple[int, int]]) -> list[str]:
    """Words of the spans that no known phrase covers and that are not plain."""
    found = []
    ordered = sorted(known)
    starts = [s for s, _ in ordered]
    # the farthest end of a phrase that begins so early
    reach = list(itertools.accumulate((e for _, e in ordered), max))
    for start, end in spans:
        for match in _WORD.finditer(text, start, end):
            before = bisect_right(starts, match.start())
            inside = before > 0 and match.start() < reach[before - 1]
            if not inside and match[0].casefold() not in _PLAIN:
                found.append(match[0])
    return found
