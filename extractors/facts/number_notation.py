"""How a run of digits is read: `.` groups thousands and `,` opens the decimals, unless the document's own habit differs.

A group of exactly three digits after a single mark ("1.234", "1,234") is the one ambiguous form. What it counts decides
first (there is no fifth of a dossier), then the document's habit; what neither decides keeps both readings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

MAX_DIGITS = 18  # more digits than a report can count

#: Things that are counted whole; a figure in front of one has no decimals.
COUNTED = (
    "hồ sơ",
    "bộ hồ sơ",
    "HS",
    "trường hợp",
    "TTHC",
    "thủ tục",
    "dịch vụ công",
    "DVC",
    "DVCTT",
    "lượt",
    "phiếu",
    "văn bản",
    "quyết định",
    "kế hoạch",
    "nhiệm vụ",
    "phản ánh",
    "kiến nghị",
    "PAKN",
    "đơn vị",
    "cơ quan",
    "doanh nghiệp",
    "tổ chức",
    "người",
    "công dân",
    "cán bộ",
    "công chức",
    "viên chức",
    "giao dịch",
    "tài khoản",
    "tin",
    "bài",
    "tin bài",
    "cuộc",
    "buổi",
    "lớp",
)
COUNTED_NEXT = re.compile(rf"(?i)[ \n]{{0,2}}(?:{'|'.join(COUNTED)})\b")

_GROUPED = {".": re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+"), ",": re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")}
_BOTH = {
    ",": re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+"),
    ".": re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+"),
}
_EVIDENCE = re.compile(r"(?<![0-9.,/-])[0-9]{1,3}(?:(?:[.,][0-9]{1,9})+|(?: [0-9]{3})+)(?![0-9/-]|[.,][0-9])")
_PERCENT_NEXT = re.compile(r"\s?%")
_BLANKS = re.compile("[\u00a0\u2009\u202f]")


@dataclass(frozen=True, slots=True)
class Habit:
    """How a document groups thousands and marks decimals.

    `sure` when its own figures show it; `mixed` when it prints decimal points besides, so that "1.234" may be either.
    """

    thousands: str = "."
    decimal: str = ","
    sure: bool = False
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A run of digits as a number: its value, the unit of its last place, and a second value where it may be either."""

    value: Decimal
    ulp: Decimal
    other: Decimal | None = None


def infer_habit(texts: Iterable[str]) -> Habit:
    """The document's notation, from figures that only one notation explains: "1.234,5", "99.5%", "1,234 hồ sơ"."""
    marks: Counter[tuple[str, str]] = Counter()
    for text in texts:
        text = _BLANKS.sub(" ", text)
        for match in _EVIDENCE.finditer(text):
            marks.update(_shown(match[0], text, match.end()))
    decimals = {mark: marks["decimal", mark] for mark in ",."}
    groups = {mark: marks["thousands", mark] for mark in "., "}
    english = decimals["."] + groups[","]
    vietnamese = decimals[","] + groups["."]
    if english > 2 * vietnamese and english > 1:
        return Habit(",", ".", sure=True)
    spaced = groups[" "] > groups["."] and groups[" "] > 1
    mixed = decimals["."] > 1 and decimals["."] >= groups["."]
    return Habit(" " if spaced else ".", ",", sure=vietnamese > 0 and not mixed, mixed=mixed)


def _other(mark: str) -> str:
    return "," if mark == "." else "."


def _shown(run: str, text: str, end: int) -> list[tuple[str, str]]:
    """What an unambiguous figure shows: ("decimal", mark) or ("thousands", mark)."""
    for decimal, pattern in _BOTH.items():
        if pattern.fullmatch(run):
            return [("decimal", decimal), ("thousands", _other(decimal))]
    if " " in run:
        return [("thousands", " ")] if COUNTED_NEXT.match(text, end) else []
    mark = next(ch for ch in run if ch in ".,")
    if _GROUPED[mark].fullmatch(run) and not run.startswith("0"):
        sure = run.count(mark) > 1 or COUNTED_NEXT.match(text, end)
        return [("thousands", mark)] if sure else []
    if run.count(".") + run.count(",") == 1 and _PERCENT_NEXT.match(text, end):
        return [("decimal", mark)]
    return []


def read_run(run: str, habit: Habit, *, counted: bool = False, percent: bool = False) -> Reading | None:
    """A run of digits with its inner marks as a number; None for a malformed one ("1.234.56", "1,2,3", "01.234").

    `counted`: a thing that is counted whole follows; `percent`: a percent sign follows. Digits are ASCII.
    """
    if not 0 < sum(map(str.isdigit, run)) <= MAX_DIGITS:
        return None
    if " " in run:
        return _spaced(run)
    dots, commas = run.count("."), run.count(",")
    if not dots and not commas:
        return _exact(run)
    if dots and commas:
        decimal = next((mark for mark, pattern in _BOTH.items() if pattern.fullmatch(run)), None)
        return _exact(run.replace(_other(decimal), "").replace(",", ".")) if decimal else None
    mark = "." if dots else ","
    if not _GROUPED[mark].fullmatch(run) or run.startswith("0"):
        return _decimals(run, mark)
    whole = _exact(run.replace(mark, ""))
    if dots + commas > 1 or counted:
        return whole
    return _either(whole, _exact(run.replace(mark, ".")), mark, habit, percent)


def _either(whole: Reading, decimal: Reading, mark: str, habit: Habit, percent: bool) -> Reading:
    """ "1.234" and "1,234" where nothing counted follows. A percentage in the thousands is the rarer thing."""
    if percent and mark != habit.decimal:
        return Reading(decimal.value, decimal.ulp, whole.value)
    if mark == habit.thousands:
        return Reading(whole.value, whole.ulp, decimal.value if habit.mixed and mark == "." else None)
    if mark == habit.decimal and (habit.sure or percent):
        return decimal
    if mark == ".":  # blanks group thousands in this document, commas open the decimals: a dot can only group
        return whole
    return Reading(decimal.value, decimal.ulp, whole.value)


def _decimals(run: str, mark: str) -> Reading | None:
    """A run with one mark before its decimals; padded ones ("01,02") are lists of numbers."""
    head, _, tail = run.partition(mark)
    if mark in tail or (len(head) > 1 and head.startswith("0") and (len(tail) > 1 or tail == "0")):
        return None
    return _exact(f"{head}.{tail}")


def _spaced(run: str) -> Reading | None:
    """Groups with blanks: "1 234 567,8", or the decimals of a spreadsheet, "0.000 3"."""
    head, _, rest = run.partition(" ")
    if "." in head or "," in head:
        return _exact(head.replace(",", ".") + rest.replace(" ", ""))
    return _exact(run.replace(" ", "").replace(",", "."))


def _exact(digits: str) -> Reading:
    value = Decimal(digits)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Reading(value, Decimal(1).scaleb(min(exponent, 0)))
