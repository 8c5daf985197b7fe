"""Names, wordings and layouts from the TOML files, with the third that only `--part kept-out` may use."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).parent
PARTS = ("tuning", "kept-out")
Entry = Mapping[str, Any]


@cache
def loaded(name: str) -> Mapping[str, Any]:
    """One of the TOML files beside this module, read once."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Lists:
    """What one part may say: `tuning` never sees an entry that is kept out; `kept-out` takes those wherever there are any."""

    part: str

    def __post_init__(self) -> None:
        if self.part not in PARTS:
            raise ValueError(f"no such part: {self.part} (one of {', '.join(PARTS)})")

    def entries(self, file: str, slot: str, fits: Callable[[Entry], bool] = lambda _: True) -> list[Entry]:
        """The entries of a slot that this part may use and that fit."""
        fitting = [e for e in loaded(file)[slot] if fits(e)]
        held = [e for e in fitting if e.get("kept_out")]
        free = [e for e in fitting if not e.get("kept_out")]
        return (held or free) if self.part == "kept-out" else free

    def wording(
        self, rng: Random, slot: str, fits: Callable[[Entry], bool] = lambda _: True, file: str = "wordings"
    ) -> Entry:
        """One wording of a slot."""
        return rng.choice(self.entries(file, slot, fits))

    def word(self, rng: Random, name: str, table: str = "words") -> str:
        """One synonym, or one heading."""
        both = loaded("wordings")[table][name]
        return str(rng.choice(both["kept_out"] if self.part == "kept-out" and both["kept_out"] else both["open"]))

    def name(self, rng: Random, list_name: str) -> Any:
        """One name of a list (names are no wordings: both parts share them)."""
        return rng.choice(loaded("names")[list_name])
