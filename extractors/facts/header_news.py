"""Headline, date of publication and body of an item of a website."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from extractors.facts.header_lines import HeadLine
from extractors.facts.kinds import furniture_lines
from extractors.model import Issued
from extractors.vocabulary.registers import tone_key

_TIME = r"\d{1,2}\s?[:hg]\s?\d{2}(?::\d{2})?(?:\s?[AP]M)?"
_STAMP = re.compile(
    r"(?P<text>(?:(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|cn)\s*[,-]?\s*)?(?:ngày\s+)?"
    rf"(?:(?P<before>{_TIME})\s*[,|-]?\s*(?:ngày\s+)?)?"
    r"(?:(?P<a>\d{1,2})\s?[/.-]\s?(?P<b>\d{1,2})\s?[/.-]\s?(?P<y>(?:19|20)\d\d)"
    r"|(?P<day>\d{1,2}) tháng (?P<month>\d{1,2})[, ]+(?:năm )?(?P<year>(?:19|20)\d\d)"
    r"|(?P<iso>(?:19|20)\d\d)-(?P<isom>\d\d)-(?P<isod>\d\d))"
    rf"(?:\s*[,|-]?\s*(?:lúc\s+)?(?P<after>{_TIME}))?)",
    re.IGNORECASE,
)
#: What may stand beside the date in a byline: labels, counters of views.
_BYLINE_REST = re.compile(
    r"(?:ngày đăng|đăng (?:ngày|lúc)|cập nhật(?: lúc| ngày)?|ngày|date|lượt xem|lượt đọc|gmt|đã xem|xem|tin ngày"
    r"|thời gian|published|đăng bởi|người đăng|bởi|tác giả|quản trị viên|quản trị|ban biên tập|bbt|admin|in trang|in bài|in|chia sẻ|facebook|zalo|bản in|gửi email|email|cỡ chữ|a[+-]|a|font|[\d\s:|,;.()+/-])*",
    re.IGNORECASE,
)
_NOT_HEADLINE = re.compile(
    r"trang chủ|>>|»| > |đăng nhập|tìm kiếm|liên hệ|english|menu|^https?:|cổng thông tin|trang thông tin"
)


@dataclass(frozen=True, slots=True)
class Byline:
    """The line of publication: date as printed and read, `timed` where an hour stands beside it."""

    issued: Issued
    line: HeadLine
    timed: bool


def bylines(lines: Sequence[HeadLine]) -> list[Byline]:
    """Lines near the head that hold a date and nothing else to read."""
    found = []
    for line in lines:
        match = _STAMP.search(line.text)
        if match is None or len(line.text) > 90:
            continue
        rest = line.text[: match.start()] + " " + line.text[match.end() :]
        if not _BYLINE_REST.fullmatch(rest.strip()):
            continue
        timed = bool(match["before"] or match["after"])
        found.append(Byline(_issued(match), line, timed))
    return found


def _issued(match: re.Match[str]) -> Issued:
    text = " ".join(match["text"].split())
    if match["iso"]:
        return Issued(int(match["iso"]), int(match["isom"]), int(match["isod"]), text)
    if match["day"]:
        return Issued(int(match["year"]), int(match["month"]), int(match["day"]), text)
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    american = second > 12 or re.search(r"[AP]M", text, re.IGNORECASE) is not None  # "12/18/2020 7:51:30 AM"
    month, day = (first, second) if american and first <= 12 else (second, first)
    return Issued(year, month, day, text)


def publication(found: Sequence[Byline]) -> Byline | None:
    """The date of publication: one with an hour before one without, the earlier before the later, since pages also
    print the day of the visit."""

    def rank(byline: Byline) -> tuple[bool, date]:
        issued = byline.issued
        try:
            day = date(issued.year or 9999, issued.month or 12, issued.day or 28)
        except ValueError:
            day = date.max
        return not byline.timed, day

    return min(found, key=rank, default=None)


def headline(lines: Sequence[HeadLine], byline: Byline | None) -> HeadLine | None:
    """The first line in mixed letters that can be a headline: before the byline where one stands there, else behind."""
    position = lines.index(byline.line) if byline else 0
    before, behind = lines[:position], lines[position + 1 :] if byline else lines
    for group in (before, behind):
        for line in group[:15]:
            if _headline_like(line) and not line.capitals:
                return line
    return next((line for line in (*behind[:4], *before) if _headline_like(line)), None)


def _headline_like(line: HeadLine) -> bool:
    words = line.text.split()
    plain = not _NOT_HEADLINE.search(tone_key(line.text)) and not furniture_lines([tone_key(line.text)])
    return 5 <= len(words) <= 60 and plain and not _STAMP.fullmatch(line.text)
