"""Reporting periods with the days that they close on: by the calendar, or on the 14th of the last month."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

Habit = Literal["calendar", "fourteenth"]
Kind = Literal["quarter", "half", "nine_months", "year"]
_ROMAN: Final = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Window:
    """A period: quarters `first..last` of `year`, from `start` to `end`, both included."""

    kind: Kind
    year: int
    first: int
    last: int
    start: date
    end: date
    habit: Habit

    @property
    def index(self) -> int | None:
        """The number within the year, as a reader of reports gives it."""
        return self.last if self.kind == "quarter" else 1 if self.kind == "half" else None

    @property
    def slot(self) -> tuple[str, int]:
        """What it is in any year: ("quarter", 2), ("half", 2), ("nine_months", 3), ("year", 4)."""
        return self.kind, self.last

    @property
    def label(self) -> str:
        """As a report names it, without the year."""
        if self.kind == "quarter":
            return f"quý {_ROMAN[self.last - 1]} năm"
        return {"half": "6 tháng đầu năm", "nine_months": "9 tháng đầu năm", "year": "năm"}[self.kind]

    @property
    def text(self) -> str:
        """As a report names it: "quý II năm 2024"."""
        return f"{self.label} {self.year}"

    def adjoins(self, later: Window) -> bool:
        """Whether `later` begins on the day after the end."""
        return self.end + timedelta(days=1) == later.start


def window(kind: Kind, year: int, last: int, habit: Habit) -> Window:
    """The period of `kind` that ends with quarter `last` of `year`."""
    first = last if kind == "quarter" else 1
    return Window(kind, year, first, last, _start(year, first, habit), _end(year, last, habit), habit)


def _start(year: int, quarter: int, habit: Habit) -> date:
    if habit == "calendar":
        return date(year, 3 * quarter - 2, 1)
    return date(year - 1, 12, 15) if quarter == 1 else date(year, 3 * quarter - 3, 15)


def _end(year: int, quarter: int, habit: Habit) -> date:
    month = 3 * quarter
    return date(year, month, 14 if habit == "fourteenth" else calendar.monthrange(year, month)[1])


Plan = Literal["cumulative", "everything", "quarters"]
#: What an office sends after each quarter.
PLANS: Final[dict[Plan, tuple[tuple[Kind, ...], ...]]] = {
    "cumulative": (("quarter",), ("half",), ("nine_months",), ("year",)),
    "everything": (("quarter",), ("quarter", "half"), ("quarter", "nine_months"), ("quarter", "year")),
    "quarters": (("quarter",), ("quarter",), ("quarter",), ("quarter", "year")),
}
