"""Names, wordings and layouts from the TOML files; those of the folder `kept_out` are for `--part kept-out` alone."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).parent
KEPT_OUT = HERE / "kept_out"
PARTS = ("tuning", "kept-out")
Entry = Mapping[str, Any]


@cache
def loaded(name: str) -> Mapping[str, Any]:
    """One of the open TOML files beside this module, read once."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def kept_out(name: str) -> Mapping[str, Any]:
    """What nobody tunes to: the file of the same name in the folder apart, read once."""
    return tomllib.loads((KEPT_OUT / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Lists:
    """What one part may say: `tuning` never sees an entry that is kept out; `kept-out` takes those wherever there are any."""

    part: str

    def __post_init__(self) -> None:
        if self.part not in PARTS:
            raise ValueError(f"no such part: {self.part} (one of {', '.join(PARTS)})")

    def entries(self, file: str, slot: str, fits: Callable[[Entry], bool] = lambda _: True) -> list[Entry]:
        """The entries of a slot that this part may use and that fit."""
        held = [e for e in self._held(file).get(slot, ()) if fits(e)]
        return held or [e for e in loaded(file)[slot] if fits(e)]

    def wording(
        self, rng: Random, slot: str, fits: Callable[[Entry], bool] = lambda _: True, file: str = "wordings"
    ) -> Entry:
        """One wording of a slot."""
        return rng.choice(self.entries(file, slot, fits))

    def word(self, rng: Random, name: str, table: str = "words", file: str = "wordings") -> str:
        """One of a list of synonyms, headings or titles."""
        held = self._held(file).get(table, {}).get(name)
        return str(rng.choice(held or loaded(file)[table][name]))

    def name(self, rng: Random, list_name: str) -> Any:
        """One name of a list (names are no wordings: both parts share them)."""
        return rng.choice(loaded("names")[list_name])

    def _held(self, file: str) -> Mapping[str, Any]:
        return kept_out(file) if self.part == "kept-out" else {}
