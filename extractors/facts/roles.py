"""What kind of figure stands in a clause, and what it plays there."""

from __future__ import annotations

import re

from extractors.facts.binding import Context
from extractors.facts.clauses import Figure
from extractors.facts.numbers import Qualifier
from extractors.model import Role
from extractors.vocabulary import FigureKind

_CHANGE = re.compile(
    r"(?i)\b(?:tăng|giảm|cao hơn|thấp hơn|cắt giảm)(?:\s+(?:thêm|đi|lên|khoảng|gần|hơn|được|ít nhất|từ|là|bình quân|tương ứng))*\s*(?:\([^)]*)?$"
)
#: "bằng 93% so với năm 2022": the result as a percentage of an earlier one.
_EQUALS = re.compile(r"(?i)\bbằng\s*(?:khoảng |gần )?$")
_AGAINST = re.compile(r"(?i)\s*(?:so với|cùng kỳ|của (?:cùng kỳ|năm|tháng|quý|kỳ) )(?! kế hoạch| chỉ tiêu)")
_LIMIT = re.compile(
    r"(?i)\b(?:không quá|tối đa|tối thiểu|ít nhất|chậm nhất|(?<!kỳ )(?<!năm )(?<!quý )(?<!tháng )(?<!tuần )trước|không vượt quá|tổng điểm không quá)\s*(?:là\s*)?$"
)
_BOUND_AFTER = re.compile(r"(?i)^\s*[^,.;\d]{0,40}\btrở (?:lên|xuống)\b")
_ORDER = re.compile(
    r"(?i)\b(?:(?<!đáp ứng )(?<!theo )yêu cầu(?! (?:nghĩa vụ|bổ sung|giải quyết|thanh toán|của|công việc))|phải (?:thực hiện|được|đạt|bảo đảm|đảm bảo)|(?:bảo đảm|đảm bảo) (?:đạt )?(?:tối thiểu )?$|cần (?:đạt|bảo đảm|đảm bảo))"
)
_RANK_BEFORE = re.compile(r"(?i)\b(?:xếp|đứng|vị trí|thứ(?! (?:hai|ba|tư|năm|sáu|bảy)\b)|hạng)\b[^,;.\d]{0,30}$")
_SCORES = frozenset(
    {
        "par_index",
        "self_score",
        "verified_score",
        "deduction",
        "social_survey",
        "sipas",
        "papi",
        "pci",
        "ddci",
        "dti",
        "score_766",
    }
)
_DURATIONS = frozenset({"ngày làm việc", "ngày", "giờ", "phút", "giây", "tháng", "năm", "tuần"})


def kind_of(text: str, figure: Figure, own: frozenset[str], context: Context) -> FigureKind:
    """Whether a figure is a count, a percentage, a score or a rank."""
    if figure.percent:
        return "percent"
    if figure.unit == "hạng" or (
        _RANK_BEFORE.search(text[max(0, figure.start - 40) : figure.start]) and figure.unit not in ("hồ sơ", "điểm")
    ):
        return "rank"
    if figure.unit == "điểm":
        return "score"
    if (
        figure.unit is None
        and (own | frozenset().union(*context.features[:1])) & _SCORES
        and figure.numbers[0].quantity.ulp < 1
    ):
        return "score"
    return "count"


#: "Nâng tỷ lệ số hóa lên trên 80%": an order, where nothing says that it was done.
_AIM = re.compile(
    r"(?i)[\s\-+*•]*(?:nâng|đưa|kéo giảm|kéo|đẩy|tăng|giảm) (?!tổng số|số )[^.;:]{3,80}\b(?:lên|xuống|đạt)\b"
)
_RAISE = re.compile(
    r"(?i)(?:[,;]|\b(?:đồng thời|và|phải|cần|sẽ|để|quyết tâm|yêu cầu|đề nghị))\s+(?:nâng|đưa|kéo|đẩy)\b(?! (?:tổng|số))[^.;:,]*\b(?:lên|xuống|đạt|về)\s*(?:trên|mức|ít nhất|tối thiểu|khoảng|hơn)?\s*$"
)
#: "Chỉ tiêu kỳ sau: hồ sơ trực tuyến 85%"
_GOALS = re.compile(
    r"(?i)[\s\-+*•]*(?:(?:các )?(?:chỉ tiêu|mục tiêu)(?: (?:cụ thể|chủ yếu|phấn đấu|đề ra))?(?: (?:kỳ|quý|tháng|năm)[^.:]{0,20})?|phấn đấu[^.:]{0,40}):"
)
#: "…, vượt chỉ tiêu UBND tỉnh giao (90%)"
_AIMED_AT = re.compile(r"(?i)\b(?:chỉ tiêu|mục tiêu|kế hoạch)\b[^.;:()\d]{0,50}\(\s*$")
_ACHIEVED = re.compile(r"(?i)\b(?:đã|kết quả|hiện nay|hiện có|năm qua|vừa qua|tính đến)\b")


def role_of(text: str, figure: Figure, own: frozenset[str], future: bool = False) -> tuple[Role, Qualifier | None]:
    """What a figure plays: a result, or a rule, an aim, an order, a change; and the bound it may be. Under a heading of
    things to come (`future`) a figure is an aim unless its sentence says that it was reached."""
    number = figure.numbers[0]
    head = text[max(0, figure.start - 60) : figure.start]
    if _CHANGE.search(head) or (figure.percent and _EQUALS.search(head) and _AGAINST.match(text, figure.end)):
        return "change", number.qualifier
    if figure.unit in _DURATIONS:
        return (
            "limit" if _LIMIT.search(head) or re.search(r"(?i)\btrong (?:thời hạn |vòng )?$", head) else "duration"
        ), None
    if _BOUND_AFTER.match(text[figure.unit_end :]) or _quoted(text, figure.start):
        return "threshold", number.qualifier
    if _LIMIT.search(head):
        return "limit", number.qualifier
    if figure.unit and re.match(r"\s*/\s*(?:tháng|năm|quý|tuần|ngày|lần)\b", text[figure.unit_end :]):
        return "frequency", None
    aimed = _AIM.match(text, figure.sentence[0], figure.start) and not _ACHIEVED.search(text, *figure.sentence)
    aimed = aimed or bool(_GOALS.match(text, figure.sentence[0], figure.start))
    aimed = aimed or (_RAISE.search(head) and not _ACHIEVED.search(head))
    aimed = aimed or bool(_AIMED_AT.search(head))
    if "target" in own or aimed or (future and not _ACHIEVED.search(text, figure.sentence[0], figure.start)):
        return "target", number.qualifier
    if figure.percent and _ORDER.search(
        text[figure.sentence[0] : figure.start][-80:] + " … " + text[figure.unit_end : figure.sentence[1]][:160]
    ):
        return "instruction", number.qualifier
    return "value", number.qualifier


def _quoted(text: str, at: int) -> bool:
    return text.count("“", 0, at) > text.count("”", 0, at)
