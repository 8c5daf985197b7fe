"""Lines of a PDF to the author's paragraphs.

A line break belongs to the author where the next word would still have fitted, or where the next line is indented,
opens with a marker, stands apart or is set otherwise; every other break was made by the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from extractors.readers.pdf_lines import Line
from extractors.readers.pdf_regions import Frame

_MARKER: Final = re.compile(
    r"(?:[-+•●○▪◦*–■□❑◆❖➢➔✓☐➤►]|\d{1,2}(?:\.\d{1,2}){0,3}[.)]|\d{1,2}/|[IVX]{1,5}[./)]|[a-zđA-ZĐ][./)]|\([a-zđ\d]{1,2}\))$"
    r"|[-+•●](?=[^\W\d_])|\d{1,2}(?:\.\d{1,2}){1,3}$|(?:\d{1,2}|[IVX]{1,5}|[a-zđ])[.)](?=[^\W\d_a-zđ])"
)
_BARE_CODE: Final = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}$")  # "1.1 Kết quả", where "1.1 triệu" is a figure
# Lines of a signature block: each is a paragraph, however narrow the block.
_POST: Final = re.compile(
    r"(?:TM|KT|TL|TUQ|T/M|K/T|T/L|Q)\.? |(?:PHÓ |QUYỀN )?(?:CHỦ TỊCH|GIÁM ĐỐC|CHÁNH |TRƯỞNG |BỘ TRƯỞNG|CỤC TRƯỞNG)"
)
_TIED_BEHIND: Final = re.compile(r"(?: VÀ| CỦA| TẠI| VỀ|,| -)$")
_TIED_BEFORE: Final = re.compile(r"(?:VÀ|CỦA|CHO) ")
_DASH: Final = re.compile(r"[-+•●○▪◦*–■□❑◆❖➢➔✓☐➤►]")
_ENDS: Final = re.compile(r"[.;:!?…][”\"»)\]]*$|/\.?$")
# What a number at the start of the next line belongs to: "Điều / 2.", "ngày / 5.", "trang / 3.".
_NAMES_NUMBER: Final = re.compile(
    r"(?i)(?:(?<!\d )\b(?:ngày|số|năm|tháng|quý|điều|khoản|điểm|mục|chương|phần|phụ lục|bảng|biểu|mẫu|hình|trang|và|các|từ|đến|là|có|thứ|lần|cấp|mức độ|vùng)|[-–(,/=+×x])$"
)
_NAMES_LETTER: Final = re.compile(r"(?i)(?:\b(?:điểm|khoản|mục|phần|chương|nhóm|loại|lớp|hạng|và|hoặc|đến)|,)$")
_COUNTED: Final = re.compile(r"(?P<open>\(?)(?P<n>\d{1,2}|[b-zđ])\)")
_INDENT: Final = 6.0  # points
_CENTRED: Final = 3.0  # points by which a centred line may stand off the middle; more where it is short
_ASIDE: Final = 20.0  # points that a centred line leaves free on both sides
_SIZE: Final = 1.5  # points by which the type of one paragraph may differ from line to line
_STRETCHED: Final = 2.5  # points by which the last line alone of a justified paragraph ends before the margin
_PUSHED: Final = 0.3  # share of the width that a word tied to the next one may leave free

Align = Literal["center", "right"]


@dataclass(slots=True)
class Flow:
    """A paragraph in the making: its lines, over one page or more."""

    lines: list[Line]
    frame: Frame

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)

    @property
    def marked(self) -> bool:
        return is_marked(self.lines[0])

    @property
    def align(self) -> Align | None:
        """ "center" for lines set in the middle of their region; all but the last may fill it."""
        if len(self.lines) == 1 or not _fills(self.lines[0]):
            return "center" if all(centred(line, self.frame) for line in self.lines) else None
        last = self.lines[-1]
        return "center" if centred(last, self.frame) and self.lines[0].x0 <= self.lines[0].left + _ASIDE else None


def usual_pitch(lines: Sequence[Line]) -> float:
    """The distance from line to line within the paragraphs of a region; 0 where it shows none."""
    found = Counter(
        round((b.base - a.base) * 2) / 2
        for a, b in pairwise(lines)
        if a.page == b.page and 0.8 * b.size < b.base - a.base < 2.6 * b.size and abs(a.size - b.size) < 1
    )
    if not found:
        return 0.0
    most = max(found.values())
    return min(p for p, n in found.items() if n >= max(1, most // 3))


def begins(line: Line, flow: Flow, pitch: float) -> bool:
    """Whether `line` begins a new paragraph after the lines of `flow`."""
    before = flow.lines[-1]
    tail, head = before.text, line.text
    width = max(1.0, before.right - before.left)
    middle = not _at_margin(line, flow.frame) and (centred(before, flow.frame) or _balanced(before, flow.frame))
    room = width - (before.x1 - before.x0) if middle else before.right - before.x1
    first = line.words[0]
    short = room > first.x1 - first.x0 + max(2.0, 0.22 * line.size) + 1.5
    open_ = not _ENDS.search(tail)  # the sentence goes on
    named = head[:1].isdigit() and bool(_NAMES_NUMBER.search(tail))
    flows = open_ and (named or (head[:1].islower() and not _is_marker(line, tail)))
    if abs(before.size - line.size) > _SIZE and not (flows and abs(before.size - line.size) < 2 * _SIZE):
        return True
    if flows and middle and centred(line, flow.frame) and before.bold == line.bold:
        return _apart(before, line, flow, pitch) > 0.6
    if _name_runs_on(before, line):
        return False
    if flow.frame.justified and not (middle or open_) and room > _STRETCHED:
        return True
    if short and not (flows and not middle and room < _PUSHED * width and not before.bold):
        return True
    gap = _apart(before, line, flow, pitch)
    if gap > (1.2 if open_ else 0.2) or (gap > 0.2 and not flows and not head[:1].isdigit()):
        return True
    if _set_otherwise(before, line, flow) or (head.isupper() and _POST.match(head) and tail.isupper()):
        return True
    if _is_marker(line, tail):
        return _is_item(line, before, flow, open_)
    return _is_moved(line, before, flow, flows)


def _name_runs_on(before: Line, line: Line) -> bool:
    """Whether the name of an office in capitals goes on: "SỞ NÔNG NGHIỆP / VÀ MÔI TRƯỜNG"."""
    tail, head = before.text, line.text
    return tail.isupper() and head.isupper() and bool(_TIED_BEHIND.search(tail) or _TIED_BEFORE.match(head))


def is_marked(line: Line) -> bool:
    """Whether a line opens with the marker of a list or heading."""
    return _is_marker(line, "")


def _is_marker(line: Line, tail: str) -> bool:
    first = line.words[0].text
    if not _MARKER.match(first) or (len(line.words) == 1 and len(first) < 4):
        return False
    if first[0].isalnum() or first[0] == "(":
        if (_NAMES_NUMBER if first.strip("(")[0].isdigit() else _NAMES_LETTER).search(tail):
            return False
        if _BARE_CODE.match(first):
            return line.words[1].text[:1].isupper()
        return True
    following = line.words[1].text if len(line.words) > 1 else "x"
    return not (following[:1].isdigit() and tail[-1:].isdigit())  # "2021 / - 2025"


def centred(line: Line, frame: Frame) -> bool:
    """Whether a line stands in the middle of its region, at none of the usual indents."""
    left, right = line.x0 - line.left, line.right - line.x1
    if left < _ASIDE or right < _ASIDE or abs(left - right) > max(_CENTRED, 0.08 * min(left, right)):
        return False
    return not any(round(line.x0) + k in frame.indents for k in (-1, 0, 1))


def _balanced(line: Line, frame: Frame) -> bool:
    """Whether a long line leaves as much free at the left as at the right."""
    left, right = line.x0 - line.left, line.right - line.x1
    return left > 2 and abs(left - right) < 3 and not _at_margin(line, frame)


def _at_margin(line: Line, frame: Frame) -> bool:
    """Whether a line begins where running text does: at the left margin or a usual indent."""
    return line.x0 < line.left + 2 or any(round(line.x0) + k in frame.indents for k in (-1, 0, 1))


def _capitals(line: Line) -> bool:
    """Whether a line is set in capitals, words enough to tell."""
    return sum(ch.isupper() for ch in line.text) > 7 and line.text.isupper()


def _fills(line: Line) -> bool:
    return line.x1 - line.x0 > line.right - line.left - 2 * _ASIDE


def _apart(before: Line, line: Line, flow: Flow, pitch: float) -> float:
    """How much farther than usual a line stands below the one before, in type sizes; 0 over a page end."""
    if before.page != line.page or line.base <= before.base:
        return 0.0
    own = next((b.base - a.base for a, b in pairwise(reversed(flow.lines)) if a.page == b.page), None)
    if len(flow.lines) > 1 and flow.lines[-2].page == before.page:
        own = before.base - flow.lines[-2].base
    usual = own if own is not None and own > 0 else pitch or 1.2 * line.size
    return (line.base - before.base - usual) / max(line.size, 1.0)


def _set_otherwise(before: Line, line: Line, flow: Flow) -> bool:
    """Whether the page sets two lines in different ways: capitals, bold, in the middle, at the right."""
    if before.text.isupper() and not line.text.isupper() and len(before.words) > 1 and len(before.text) > 6:
        return True
    if _capitals(line) and len(line.words) > 3 and not before.words[-1].text.isupper():
        return True
    if _at_right(before) != _at_right(line):
        return True
    if flow.bold and not any(w.bold for w in line.words):
        return True
    whole = line.bold and not any(w.bold for w in before.words)
    if whole and (len(line.words) > 2 or is_marked(line)) and (_ENDS.search(before.text) or is_marked(line)):
        return True
    if centred(line, flow.frame) and not centred(before, flow.frame):
        return not (
            _fills(before) and before.bold == line.bold and not _ENDS.search(before.text) and not is_marked(before)
        )
    return False


def _at_right(line: Line) -> bool:
    return line.x0 - line.left > 80 and line.right - line.x1 < 10


def _is_item(line: Line, before: Line, flow: Flow, open_: bool) -> bool:
    """Whether a line that opens with a marker begins an item; else the marker is part of a sentence."""
    if _counts_on(line, flow):
        return False
    indented = line.x0 > line.left + _INDENT
    sibling = flow.marked and abs(line.x0 - flow.lines[0].x0) < 3 and (len(flow.lines) == 1 or before.x0 != line.x0)
    if not open_:
        first_indented = flow.lines[0].x0 > flow.lines[0].left + _INDENT
        return indented or not first_indented or sibling or bool(_DASH.match(line.words[0].text))
    if indented and before.x0 < line.x0 - 3:
        return True
    return sibling and (indented or len(flow.lines) > 1 or before.text.endswith(","))


def _counts_on(line: Line, flow: Flow) -> bool:
    """Whether a line opens with the next number of a count inside the sentence: "(1) …; (2) … / (3) …"."""
    match = _COUNTED.match(line.words[0].text)
    if match is None:
        return False
    last = match["n"]
    before = str(int(last) - 1) if last.isdigit() else chr(ord(last) - 1)
    inside = [word.text for n, above in enumerate(flow.lines) for word in above.words[n == 0 :]]
    return any(text.startswith(f"{match['open']}{before})") for text in inside)


def _is_moved(line: Line, before: Line, flow: Flow, flows: bool) -> bool:
    """Whether a line's indent begins a paragraph."""
    start = flow.lines[0]
    turned_over = before.page != line.page and abs(before.left - line.left) > 1  # odd and even pages have other margins
    shift = line.left - before.left if turned_over else 0.0
    x0 = line.x0 - shift
    if x0 > before.x0 + _INDENT:
        hanging = len(flow.lines) == 1 and x0 > start.x0 + 1 and (flow.marked or flows)
        both = centred(line, flow.frame) and (centred(before, flow.frame) or _fills(before))
        return not (hanging or both)
    if x0 < before.x0 - _INDENT and len(flow.lines) > 1:
        return not flows and not (centred(before, flow.frame) and centred(line, flow.frame))
    return False
