"""Names, wordings and layouts from the TOML files: a first hand, others in folders of their own, and one that is kept out."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).parent
NAMES = ("second", "third", "fourth", "fifth", "sixth", "seventh")  # hands of other people, open by now
FOLDERS = {**{name: name for name in NAMES}, "kept-out": "kept_out"}
PARTS = ("tuning", *FOLDERS)
Entry = Mapping[str, Any]


@cache
def loaded(name: str) -> Mapping[str, Any]:
    """One of the TOML files of the first hand, beside this module, read once."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def hand(part: str, name: str) -> Mapping[str, Any]:
    """The file of the same name of another hand, read once; the first hand has none of its own."""
    if part not in FOLDERS:
        return {}
    return tomllib.loads((HERE / FOLDERS[part] / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Lists:
    """What one part may say: another hand has wordings of its own wherever it has any, else those of the first."""

    part: str

    def __post_init__(self) -> None:
        if self.part not in PARTS:
            raise ValueError(f"no such part: {self.part} (one of {', '.join(PARTS)})")

    def entries(self, file: str, slot: str, fits: Callable[[Entry], bool] = lambda _: True) -> list[Entry]:
        """The entries of a slot that this part may use and that fit."""
        held = [e for e in hand(self.part, file).get(slot, ()) if fits(e)]
        return held or [e for e in loaded(file)[slot] if fits(e)]

    def wording(
        self, rng: Random, slot: str, fits: Callable[[Entry], bool] = lambda _: True, file: str = "wordings"
    ) -> Entry:
        """One wording of a slot."""
        return rng.choice(self.entries(file, slot, fits))

    def word(self, rng: Random, name: str, table: str = "words", file: str = "wordings") -> str:
        """One of a list of synonyms, headings or titles."""
        held = hand(self.part, file).get(table, {}).get(name)
        return str(rng.choice(held or loaded(file)[table][name]))

    def name(self, rng: Random, list_name: str) -> Any:
        """One name of a list (names are no wordings: both parts share them)."""
        return rng.choice(loaded("names")[list_name])
