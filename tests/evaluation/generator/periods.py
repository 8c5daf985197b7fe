"""Reporting periods: their words, calendar or stated limits, and the day on which the report is signed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from tests.reports.truth import Json

ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period; `start` and `end` are the limits of its figures, `stated` whether the report prints them."""

    kind: str
    year: int
    index: int | None
    words: str
    start: date
    end: date
    stated: bool
    standard: bool

    def label(self) -> Json:
        """As the labels hold it: limits only where the report states them."""
        body: Json = {"kind": self.kind, "year": self.year, "index": self.index}
        if self.stated:
            body |= {"start": self.start.isoformat(), "end": self.end.isoformat()}
        return body

    def own(self) -> Json:
        """As a figure of this period holds it, where it is not the report's."""
        return {"kind": self.kind, "year": self.year, "index": self.index}

    def earlier(self) -> Period:
        """The same period a year before."""
        words = self.words.replace(str(self.year), str(self.year - 1))
        start, end = (_shifted(day, -1) for day in (self.start, self.end))
        return replace(self, year=self.year - 1, words=words, start=start, end=end, stated=False)


def _shifted(day: date, years: int) -> date:
    last = 28 if day.month == 2 else day.day
    return date(day.year + years, day.month, min(day.day, last))


def _months(kind: str, index: int | None) -> tuple[int, int]:
    if kind == "month":
        return index or 1, index or 1
    if kind == "quarter":
        return 3 * (index or 1) - 2, 3 * (index or 1)
    return {"half": (1, 6), "nine_months": (1, 9), "year": (1, 12)}[kind]


def _words(rng: Random, kind: str, year: int, index: int | None) -> str:
    if kind == "month":
        return rng.choice([f"tháng {index} năm {year}", f"tháng {index:02d}/{year}"])
    if kind == "quarter":
        roman = ROMAN[index or 1]
        return rng.choice([f"quý {roman} năm {year}", f"quý {roman}/{year}", f"Quý {roman} năm {year}"])
    if kind == "half":
        return f"6 tháng đầu năm {year}"
    if kind == "nine_months":
        return f"9 tháng đầu năm {year}"
    return f"năm {year}"


def _last(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def drawn(rng: Random, years: range) -> Period:
    """A period of one of these years, with limits of the calendar, from the 15th to the 14th, or of the office's own."""
    kind = rng.choices(["month", "quarter", "half", "nine_months", "year"], [2, 5, 3, 2, 4])[0]
    year = rng.choice(years)
    index = rng.randint(1, 12) if kind == "month" else rng.randint(1, 4) if kind == "quarter" else None
    index = 1 if kind == "half" else index
    first, last = _months(kind, index)
    limits = rng.choices(["calendar", "fifteenth", "own", "unstated"], [2, 4, 1, 3])[0]
    start, end = date(year, first, 1), _last(year, last)
    if limits == "fifteenth":
        start, end = start - timedelta(days=1), date(year, last, 14)
        start = start.replace(day=15)
    elif limits == "own":
        end = end.replace(day=rng.choice([5, 8, 10, 20]))
        start = start - timedelta(days=rng.choice([0, 11, 16, 25]))
    words = _words(rng, kind, year, index)
    return Period(kind, year, index, words, start, end, limits != "unstated", limits in ("fifteenth", "unstated"))


def signed(rng: Random, period: Period) -> date:
    """The day of the report: shortly after its figures close (in the last days of the period if no limits are stated)."""
    if period.stated:
        return period.end + timedelta(days=rng.randint(1, 9))
    return period.end + timedelta(days=rng.randint(1, 12))
