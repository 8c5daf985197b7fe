"""A date of a sheet as it is printed: dd/mm/yyyy whatever order the machine that wrote it had, unless the format spells out
words ("ngày" dd "tháng" mm) or only a part of the date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from extractors.readers.number_format import Token, sections

Moment = datetime | date | time | timedelta
_WEEKDAYS: Final = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


def date_shown(value: Moment, code: str) -> str:
    """A date, a time of day or a length of time under a display format."""
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{'-' if minutes < 0 else ''}{abs(minutes) // 60}:{abs(minutes) % 60:02d}"
    runs = _runs(sections(code)[0].tokens)
    kinds = {run for run, _ in runs}
    timed = bool(kinds & {"h", "minute", "s"})
    if isinstance(value, time):
        return f"{value:%H:%M}"
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    worded = any(run == "literal" and re.search(r"\w", text) for run, text in runs)
    partial = bool(kinds & {"y", "m", "d"}) and not {"y", "m", "d"} <= kinds
    if worded or partial:
        return "".join(_printed(run, text, moment) for run, text in runs).strip()
    day = f"{moment.day:02d}/{moment.month:02d}/{moment.year:04d}"
    if timed and "y" not in kinds:
        return f"{moment:%H:%M}"
    return f"{day} {moment:%H:%M}" if timed and moment.time() != time() else day  # midnight: only the day was entered


def _runs(tokens: Sequence[Token]) -> list[tuple[str, str]]:
    """The code as runs of one letter; an "m" beside hours or seconds is minutes."""
    runs: list[tuple[str, str]] = []
    for token in tokens:
        kind = token.text.strip("[]").lower()[:1] if token.kind == "date" else "literal"
        if runs and kind != "literal" and runs[-1][0] == kind:
            runs[-1] = (kind, runs[-1][1] + token.text)
        else:
            runs.append((kind, token.text))
    letters = [n for n, (kind, _) in enumerate(runs) if kind != "literal"]
    for at, n in enumerate(letters):
        around = [runs[letters[k]][0] for k in (at - 1, at + 1) if 0 <= k < len(letters)]
        before = around[0] if at else ""
        after = around[-1] if at + 1 < len(letters) else ""
        if runs[n][0] == "m" and (before == "h" or after == "s"):
            runs[n] = ("minute", runs[n][1])
    return runs


def _printed(kind: str, text: str, moment: datetime) -> str:
    if kind == "y":
        return f"{moment.year:04d}" if len(text) > 2 else f"{moment.year % 100:02d}"
    if kind == "m":
        return f"Tháng {moment.month}" if len(text) > 2 else f"{moment.month:0{len(text)}d}"
    if kind == "d":
        return _WEEKDAYS[moment.weekday()] if len(text) > 2 else f"{moment.day:0{len(text)}d}"
    hours = {"h": moment.hour, "minute": moment.minute, "s": moment.second}
    return f"{hours[kind]:0{min(2, len(text))}d}" if kind in hours else text
