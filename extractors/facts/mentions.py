"""Every run of digits of a line, placed: citation, date, numbering, ignored, or a figure that still has to be bound.

Spans of one class win over those of the next in this order: identifiers (dossier ids, standards, phone numbers),
citations, products, dates, fractions, periods and years, numbering and fixed expressions, figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from extractors.facts.citations import CitationSpan, find_citations, find_identifiers
from extractors.facts.dates import DateSpan, find_dates, find_years
from extractors.facts.numbers import (
    Fraction,
    Habit,
    NumberSpan,
    Product,
    StatedZero,
    find_fractions,
    find_numbers,
    find_products,
    find_stated_zeros,
)
from extractors.facts.periods import PeriodSpan, find_periods

Placed = Literal["citation", "date", "numbering", "ignored"]

#: References to parts of a document: their numbers count nothing.
_REFERENCE = re.compile(
    r"(?i:\b(?<!danh )(?<!chuyên )(?<!hạng )(?:điều|khoản|mục|tiểu mục|(?<!một )(?<!1 )phần|chương|bảng|biểu|biểu mẫu|biểu số|mẫu|mẫu số|phụ lục|phụ biểu|bước|giai đoạn|"
    r"nhóm|loại|cấp độ|mức độ|mức|(?<=viên )hạng|(?<=nghiệp )hạng|(?<=bằng )hạng|(?<=tế )hạng|(?<=lái )hạng|lần thứ|khóa|kỳ họp thứ|khu vực|vùng|quốc lộ|tổ|số nhà|ngõ|đường|"
    r"đề án|bộ chỉ số|dự án|nghị quyết|chỉ thị|đại hội|chương trình|tiêu chí số|nội dung|câu|ý|dòng|cột|trang|(?<!xếp )(?<!đứng )(?<!hạng )(?<!trí )(?<!\()thứ))"
    r"\s+(?:số\s+)?(?P<n>\d{1,4}(?:\.\d{1,2})*(?:\s*(?:,|và|;)\s*(?:mức độ\s+)?\d{1,2}(?!\d|[.,]\d|\s*(?:hồ sơ|HS|TTHC|%|đơn vị|cơ quan|người|thủ tục|nhiệm vụ|văn bản|xã|phường|trường hợp)))*[a-zđ]?)(?![\d%]|[.,]\d|\s*(?:hồ sơ|HS|TTHC|điểm|%|nhiệm vụ|thủ tục))"
)
_LOOSE_REFERENCES = frozenset(
    [
        "nội",
        "dung",
        "câu",
        "ý",
        "tổ",
        "loại",
        "nhóm",
        "đường",
        "hạng",
        "chương",
        "trình",
        "mức",
        "nghị",
        "quyết",
        "giai",
        "đoạn",
    ]
)
_INLINE_NUMBER = re.compile(
    r"(?<!\d)\((\d{1,2}|[ivx]{1,4})\)(?=\s*[^\W\d_])|(?:(?<=[:;.]\s)|(?<=[:;.]))(\d{1,2})\)\s*(?=[^\W\d_])"
)
_FIXED = re.compile(
    r"(?i:\b(?:bộ phận|cơ chế|mô hình|hệ thống)\s+(?:1|01)\s+cửa|\b(?:địa phương|chính quyền|mô hình)(?: địa phương)? 0?[23] cấp\b|\b24/(?:24|7)\b|\bcovid\s*-?\s*19\b|\b[A-ZĐ]\d+\b|"
    r"\b\d+\s*/\s*\d+\s+(?:giờ|h)\b|\bdưới dạng số\b|\b4\.0\b|\b(?:wi-?fi|office|windows|win)\s*\d+\b|\bmức\s+\d\b|\b5s\b|\b(?:tổng đài|đầu số|đường dây nóng|hotline|kênh|cổng|hệ thống)(?: thông tin)?(?: số)?\s+1022\b|\b3 (?:không|trong 1)\b|"
    r"\b\d{1,2}\s+tháng\s*$|\b(?:wcag|ipv)\s*\d(?:\.\d)?\b|\bmức độ\s+\d(?:\s*(?:,|và|&)\s*(?:mức độ\s+)?\d(?!\d|[.,]\d))*|"
    r"\bngày (?:mùng )?\d{1,2}(?=\s+(?:hàng|hằng|của|tháng (?:cuối|đầu|sau|tiếp|kế)))|\b\d+ trong 1\b)"
)
_CODE_LEGEND = re.compile(
    r"(?i:\b(?:không|có|trực tuyến|phát phiếu|kết hợp|đã thực hiện|chưa thực hiện|chưa|đã)[^=\d]{0,30}=\s*\d\b)"
)
#: "xếp thứ 13/12" is a place among so many, not a day.
_RANKED = re.compile(r"(?i)\b(?:thứ|hạng|xếp|vị trí)(?: thứ| hạng| thứ hạng)?\s*(?:là\s*)?$")
_WEEKDAY = re.compile(
    r"(?i)\b(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)\b[^.;:\d]{0,20}?\(?(?P<n>(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2]))(?![\d/])"
)
_MONTHS_SPENT = re.compile(
    r"(?i)\b(?:trong|qua|sau|hết|của|kết quả|số liệu)\s+(?P<n>\d{1,2} tháng)\b(?!\s+(?:đầu|cuối|năm))"
)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Mentions:
    """What stands in a line. `numbers` are the figures left to bind; `placed` holds (start, end, class) of the rest."""

    numbers: tuple[NumberSpan, ...]
    fractions: tuple[Fraction, ...]
    products: tuple[Product, ...]
    zeros: tuple[StatedZero, ...]
    citations: tuple[CitationSpan, ...]
    dates: tuple[DateSpan, ...]
    periods: tuple[PeriodSpan, ...]
    placed: tuple[tuple[int, int, Placed], ...]

    def covers(self, start: int, end: int) -> bool:
        """Whether something placed overlaps `start:end`."""
        return any(s < end and e > start for s, e, _ in self.placed)


class _Board:
    """Spans taken so far, with a mark per character: a question costs the length of the span."""

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length + 1)
        self.placed: list[tuple[int, int, Placed]] = []

    def free(self, start: int, end: int) -> bool:
        return not any(self._taken[start:end])

    def hold(self, start: int, end: int) -> None:
        self._taken[start:end] = b"\1" * (end - start)

    def place(self, start: int, end: int, kind: Placed) -> bool:
        """Take the span if it is free."""
        if not self.free(start, end):
            return False
        self.hold(start, end)
        self.placed.append((start, end, kind))
        return True


def scan(text: str, body: int, habit: Habit, year: int | None) -> Mentions:
    """Place the digits of normalised `text`, whose marker ends at `body`; `year` is the report's own."""
    board = _Board(len(text))
    for identifier in find_identifiers(text):
        board.place(identifier.start, identifier.end, "ignored")
    citations = [c for c in find_citations(text) if board.place(c.start, c.end, "citation")]
    if body and _DIGITS.search(text, 0, body):
        board.place(0, body, "numbering")
    for match in _CODE_LEGEND.finditer(text):
        board.place(*match.span(), "ignored")
    numbers = find_numbers(text, habit)
    ranked: set[tuple[int, int]] = set()
    products = [p for p in find_products(text, numbers) if board.free(p.start, p.end)]
    for product in products:
        board.hold(product.start, product.end)
    fractions = {(f.numerator.start, f.denominator.end): f for f in find_fractions(text, numbers)}
    for span in list(fractions):
        if _RANKED.search(text, max(0, span[0] - 24), span[0]) and board.free(*span):
            board.hold(*span)
            ranked.add(span)
    dates = [d for d in find_dates(text, year) if board.place(d.start, d.end, "date")]
    for day in _WEEKDAY.finditer(text):
        board.place(*day.span("n"), "date")
    for spent in _MONTHS_SPENT.finditer(text):
        board.place(*spent.span("n"), "date")
    for span in list(fractions):
        if span in ranked:
            continue
        if board.free(*span):
            board.hold(*span)
        else:
            del fractions[span]
    months = [d for d in dates if d.precision != "day"]  # "tháng 8/2021" is both
    periods = [
        p
        for p in find_periods(text, year)
        if board.free(p.start, p.end) or any(d.start < p.end and p.start < d.end for d in months)
    ]
    for span in [(p.start, p.end) for p in periods] + [(y.start, y.end) for y in find_years(text)]:
        board.place(*span, "date")
    _place_numbering(text, board)
    held = {id(n) for p in products for n in (p.numerator, p.denominator, p.factor, p.result) if n}
    held |= {id(n) for f in fractions.values() for n in (f.numerator, f.denominator)}
    left = [n for n in numbers if id(n) in held or board.free(n.start, n.end)]
    zeros = [z for z in find_stated_zeros(text) if board.free(z.start, z.end)]
    return Mentions(
        tuple(left),
        tuple(fractions.values()),
        tuple(products),
        tuple(zeros),
        tuple(citations),
        tuple(dates),
        tuple(periods),
        tuple(sorted(board.placed)),
    )


def _place_numbering(text: str, board: _Board) -> None:
    for match in _INLINE_NUMBER.finditer(text):
        board.place(*match.span(), "numbering")
    for match in _FIXED.finditer(text):
        if any(ch.isdigit() for ch in match[0]):
            board.place(*match.span(), "ignored")
    for match in _REFERENCE.finditer(text):
        board.place(*match.span("n"), "numbering")


def digit_runs(text: str) -> Iterable[tuple[int, int]]:
    """Runs of digits with their inner separators, as spans of `text`: what coverage counts."""
    return (m.span() for m in _DIGITS.finditer(text))
