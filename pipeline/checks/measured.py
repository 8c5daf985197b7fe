"""What the scoreboard has measured of each rule: how often it was tested, how many of its findings were right, how many
faults of its kind it missed. `make eval` writes the file beside this module; nothing here is reckoned at run time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Measured:
    """Counts over all labelled reports, errors and warnings; infos are not measured."""

    tested: int = 0
    reported: int = 0
    right: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """Share of the findings that answer a labelled fault; None where nothing was reported."""
        return self.right / self.reported if self.reported else None

    @property
    def recall(self) -> float | None:
        """Share of the labelled faults that were found; None where none was labelled."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None


def measured() -> dict[str, Measured]:
    """Counts by rule id as in `RULES`."""
    text = files(__package__).joinpath("measured.json").read_text(encoding="utf-8")
    return {rule: Measured(**counts) for rule, counts in json.loads(text).items()}
