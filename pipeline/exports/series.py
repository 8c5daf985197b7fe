"""The history of an indicator as rows to read: one a period, with a bar that shows how it moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from pipeline.exports.shown import period_words
from pipeline.texts import Texts
from pipeline.warehouse.series import Point

COLUMNS: Final = ("province", "office", "period", "value", "difference", "trend", "note")
_BAR: Final = 12  # cells of the longest bar
_EIGHTHS: Final = " ▏▎▍▌▋▊▉█"


def rows(points: Iterable[Point], t: Texts) -> Iterator[Sequence[Any]]:
    """Rows under `COLUMNS`. A bar is as long as its value is of the largest of its series; a value that is not whole, or is
    disputed, says so in the last column and has no bar."""
    for _, series in groupby(points, key=lambda p: (p.province, p.office, p.kind)):
        told = list(series)
        largest = max((p.value for p in told if p.whole), default=None)
        for point in told:
            bar = ""
            if point.whole and largest and point.value > 0:
                eighths = int(point.value * _BAR * 8 / largest)
                bar = _EIGHTHS[8] * (eighths // 8) + _EIGHTHS[eighths % 8].strip()
            when = period_words(point.kind, point.year, point.index, point.start, point.end, t)
            yield point.province, point.office, when, point.value, point.change, bar, note(point, t)


def note(point: Point, t: Texts) -> str | None:
    """Why a value is not to be compared."""
    said = [t("parts_missing", parts=point.parts, expected=point.expected)] if point.parts < point.expected else []
    said += [t("disputed")] if point.disputed else []
    return "; ".join(said) or None
