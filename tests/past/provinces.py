"""The 63 provinces until 30 June 2025, the 34 since, and whether each is tỉnh or thành phố."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from extractors.vocabulary import registers

MERGED: Final = (2025, 3)  # the first quarter whose report the successor sends
_LARGE: Final = {
    "Hà Nội": 4.0,
    "Hồ Chí Minh": 5.0,
    "Bình Dương": 2.2,
    "Đồng Nai": 2.2,
    "Thanh Hóa": 1.8,
    "Hải Phòng": 1.7,
}


@dataclass(frozen=True, slots=True)
class Place:
    """A province of before the merger: `name` on 30 June 2025, `today` the unit that it became, `size` as a factor."""

    name: str
    today: str
    size: float

    def called(self, year: int) -> str:
        """Its name in `year`: Huế was Thừa Thiên Huế until 2024."""
        return "Thừa Thiên Huế" if self.name == "Huế" and year < 2025 else self.name


@cache
def places() -> tuple[Place, ...]:
    """All 63, in the order of their codes."""
    with files("extractors.vocabulary").joinpath("provinces.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    return tuple(Place(row["name_old"], row["name_new"], _LARGE.get(row["name_old"], 1.0)) for row in rows)


@cache
def kind(name: str, day: date) -> str:
    """ "tỉnh" or "thành phố", as the province of this name was on `day`."""
    units = [unit for unit in registers.provinces() if unit.name == name]
    return next((unit.kind for unit in units if unit.valid(day, day)), units[0].kind)


@cache
def last_day(name: str, today: str) -> date:
    """The last day on which a body of this old name could sign; a day far away where it goes on."""
    if name == "Thừa Thiên Huế":
        return date(2024, 12, 31)
    parts = [place for place in places() if place.today == today]
    return date(2025, 6, 30) if len(parts) > 1 else date.max
