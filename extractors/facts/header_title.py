"""Box 5 of the layout: the kind of document in capitals and the subject below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.facts.header_lines import HeadLine
from extractors.facts.header_signature import is_appendix
from extractors.facts.kinds import type_of_title

_SUBJECT_PART = 700  # characters of one line that can still be a subject
_BODY_START = re.compile(
    r"(?:Căn cứ|Thực hiện|Thi hành|Theo|Trên cơ sở|Kính gửi|Để|Nhằm|Tiếp theo|Ngày|Trong|Qua|Xét|Kính thưa|Phúc đáp|Sở"
    r"|UBND|Ủy ban)(?!\w)|(?:[IVX]{1,4}|[A-H]|\d{1,2}(?:\.\d{1,2})*)\s?[.)/]\s*\S|Phần (?:thứ|I|1|một)"
    r"|PHẦN (?:THỨ|I|1|MỘT)|[-+•] ?\S"
)
_NUMBERED = re.compile(r"(?:[IVX]{1,4}|[A-H]|1)\s?[./]\s|(?:Căn cứ|Kính gửi)(?!\w)")
_RULE = re.compile(r"[-_=*.\s]+")
_SIGNED_BY = frozenset({"QĐ", "NQ", "TT", "NĐ", "CT"})  # kinds that print who decides below the subject
_AUTHORITY = re.compile(
    r"(?:CHỦ TỊCH|ỦY BAN|UỶ BAN|UBND|GIÁM ĐỐC|HỘI ĐỒNG NHÂN DÂN|HĐND|BỘ TRƯỞNG|THỦ TƯỚNG|CHÍNH PHỦ)(?!\w)"
)
_PERIOD_LINE = re.compile(r"\((?:[Tt]ừ|[Ss]ố liệu|[Tt]ính|[Kk]ỳ|[Kk]èm|[Tt]hời)[^()]*\)")


@dataclass(frozen=True, slots=True)
class Title:
    """Kind, subject without the word of the kind, the lines used, the position of the first among the head lines."""

    code: str
    text: str | None
    lines: tuple[HeadLine, ...]
    first: int


def find_title(head: Sequence[HeadLine]) -> Title | None:
    """The line of the kind ("BÁO CÁO") with the subject below it, joined over its lines; None where the text begins
    before any such line."""
    for position, line in enumerate(head):
        if re.match(r"Kính gửi\s*:", line.text) or (len(line.text) > 120 and _BODY_START.match(line.text)):
            return None
        found = None if is_appendix(line) else type_of_title(line.text)
        if found is None:
            continue
        code, rest = found
        rest = re.sub(r"^\([^()]*\)\s*", "", rest)  # "BÁO CÁO (lần 2)"
        if rest and not _subject_like(rest, line):
            continue
        subject, used = _subject_below(code, rest, line, head[position + 1 : position + 9])
        return Title(code, " ".join(subject) or None, tuple(used), position)
    return None


def _subject_below(code: str, rest: str, line: HeadLine, below: Sequence[HeadLine]) -> tuple[list[str], list[HeadLine]]:
    subject, used = [rest] if rest else [], [line]
    fragment = 0 < len(rest.split()) <= 4  # "BÁO CÁO TÓM TẮT", "BÁO CÁO KẾT QUẢ": the subject still comes
    for later in below:
        if not _continues([] if fragment and len(used) == 1 else subject, later, used[-1]):
            break
        if code in _SIGNED_BY and subject and _AUTHORITY.match(later.text):
            break
        used.append(later)
        if not re.fullmatch(r"\(.*\)", later.text) and not _RULE.fullmatch(later.text):
            subject.append(later.text)
    return subject, used


def _subject_like(rest: str, line: HeadLine) -> bool:
    """A line "BÁO CÁO ..." is a title, a sentence that begins in capitals is none."""
    return len(line.text) < _SUBJECT_PART and not rest.endswith((";", ":")) and not re.match(r"[,;)(]", rest)


def _continues(subject: list[str], later: HeadLine, before: HeadLine) -> bool:
    """Whether `later` still belongs to the title: a rule, a period in brackets, the subject or its next line."""
    text = later.text
    if len(text) > _SUBJECT_PART or is_appendix(later) or re.match(r"Kính gửi|Số\s*:", text):
        return False
    if _RULE.fullmatch(text) or _PERIOD_LINE.fullmatch(text):
        return True
    if not subject:
        return not _NUMBERED.match(text)
    if _BODY_START.match(text) or text.endswith((";", ":", ".")) or (later.capitals and not before.capitals):
        return False
    if later.centred or later.bold:
        return (later.centred and before.centred) or (later.bold and before.bold)
    short = len(text) < 200
    return later.capitals or (short and (text[0].islower() or later.block == before.block))


def subject_of_letter(top: Sequence[HeadLine]) -> tuple[str | None, tuple[HeadLine, ...]]:
    """Subject of a công văn, "V/v ..." below the number, and its lines."""
    for position, line in enumerate(top):
        match = re.search(r"(?:^|\s)(?:V/v|v/v|Về việc)\s*:?\s*\S.*$", line.text)
        if match is None:
            continue
        used = [line]
        for later in top[position + 1 : position + 4]:
            other_box = re.search(r"(?i)kính gửi|ngày.*tháng|^số\s*:|độc lập|^[-_=*.\s]+$", later.text)
            if other_box or later.capitals or len(later.text) > 120:
                break
            used.append(later)
        return " ".join([match.group().strip(), *(u.text for u in used[1:])]), tuple(used)
    return None, ()
