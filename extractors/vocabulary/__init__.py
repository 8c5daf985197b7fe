"""Vocabulary as data: what figures are called (`cues.toml`), what they count (`indicators.*`, `units.toml`).

Every file is read once per process, on first use, and checked while it is read: an unknown key, feature or indicator
is a `VocabularyError` that names the file and the line or entry.
"""

from __future__ import annotations

import csv
import itertools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from extractors.errors import VocabularyError

FigureKind = Literal["count", "percent", "score", "rank"]

#: Features that name the thing counted; a rule with topic "dossier" tolerates only the first two.
TOPICS: frozenset[str] = frozenset(
    [
        "dossier",
        "procedure",
        "service",
        "petition",
        "task",
        "news",
        "legal_doc",
        "directing_doc",
        "unit",
        "public_unit",
        "civil_servant",
        "public_employee",
        "contract",
        "leader",
        "survey",
        "apology",
        "issue",
        "dialogue",
        "edoc",
        "par_index",
    ]
)


@dataclass(frozen=True, slots=True)
class Cue:
    """Phrases that lend `features` to the words around them."""

    features: tuple[str, ...]
    phrases: tuple[str, ...]
    examples: tuple[str, ...]
    not_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """Features that make an indicator; see `indicators.toml`."""

    indicator: str
    of: FigureKind
    topic: str | None
    all: frozenset[str]
    any: frozenset[str]
    none: frozenset[str]


@dataclass(frozen=True, slots=True)
class Indicator:
    """An entry of the vocabulary of 98 indicators; `relations` in words, `reference` names form or source."""

    id: str
    name_vi: str
    name_en: str
    unit: str
    relations: str
    reference: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A counting noun: `name` as carried in observations, the `phrases` that stand for it, the feature it lends."""

    name: str
    phrases: tuple[str, ...]
    feature: str | None
    role: str | None


def entries(package: str, name: str, keys: Mapping[str, tuple[set[str], set[str]]]) -> dict[str, list[dict[str, Any]]]:
    """The entries of a rule file by the name of their table: `keys` are those that each must have, and those that it may.

    Raises VocabularyError naming the file and the line, or the entry and the key, where it does not hold together.
    """
    try:
        data = tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(f"{name}: {error}") from error
    tables = {key for key, found in data.items() if isinstance(found, list) and all(isinstance(e, dict) for e in found)}
    if not set(data) == set(keys) == tables:
        expected = " ".join(f"[[{key}]]" for key in keys)
        raise VocabularyError(f"{name}: expected {expected} and nothing else, found {sorted(data)}")
    for key, (needed, others) in keys.items():
        for number, entry in enumerate(data[key], 1):
            where = f"{name}: [[{key}]] {number}"
            if unknown := set(entry) - needed - others:
                raise VocabularyError(f"{where}: unknown key {sorted(unknown)[0]!r}")
            if missing := needed - set(entry):
                raise VocabularyError(f"{where}: no key {sorted(missing)[0]!r}")
    return data


def _entries(name: str, key: str, needed: set[str], others: set[str]) -> list[dict[str, Any]]:
    return entries(__name__, name, {key: (needed, others)})[key]


@cache
def cues() -> tuple[Cue, ...]:
    """All cues of `cues.toml` and `cue_patterns.toml`. A phrase may be spelled out under one feature only; of one that
    several patterns make the first counts, and one that is spelled out wins over all of them."""
    found, owner = [], dict[str, str]()
    for entry in _entries("cues.toml", "cue", {"feature", "phrases", "examples"}, {"not_examples"}):
        found.append(_cue("cues.toml", entry, entry["phrases"], owner))
    for entry in _entries("cue_patterns.toml", "cue", {"feature", "patterns", "examples"}, {"not_examples"}):
        made = dict.fromkeys(phrase for pattern in entry["patterns"] for phrase in expanded(pattern))
        found.append(_cue("cue_patterns.toml", entry, [phrase for phrase in made if phrase not in owner], owner))
    return tuple(found)


def _cue(name: str, entry: dict[str, Any], phrases: list[str], owner: dict[str, str]) -> Cue:
    for phrase in phrases:
        if owner.setdefault(phrase, entry["feature"]) != entry["feature"]:
            raise VocabularyError(f"{name}: {phrase!r} is both {owner[phrase]!r} and {entry['feature']!r}")
    features = () if entry["feature"] == "none" else tuple(entry["feature"].split())
    return Cue(features, tuple(phrases), tuple(entry["examples"]), tuple(entry.get("not_examples", ())))


_CHOICE = re.compile(r"\[([^\]]*)\]")


def expanded(pattern: str) -> list[str]:
    """Every phrase of a pattern: "[quá|trễ] hạn[| quy định]" is four; an empty choice leaves nothing."""
    choices = [piece.split("|") if n % 2 else [piece] for n, piece in enumerate(_CHOICE.split(pattern))]
    return list(dict.fromkeys(" ".join("".join(words).split()) for words in itertools.product(*choices)))


@cache
def indicators() -> dict[str, Indicator]:
    """The vocabulary of indicators by id."""
    with files(__name__).joinpath("indicators.csv").open(encoding="utf-8") as lines:
        return {row["id"]: Indicator(**row) for row in csv.DictReader(lines)}


@cache
def rules() -> tuple[Rule, ...]:
    """All rules of `indicators.toml` in file order."""
    features = {f for cue in cues() for f in cue.features} | {f for u in units() for f in (u.feature or "").split()}
    found = []
    for entry in _entries("indicators.toml", "rule", {"indicator"}, {"of", "topic", "all", "any", "none"}):
        sets = {key: frozenset(entry.get(key, ())) for key in ("all", "any", "none")}
        if unknown := frozenset().union(*sets.values()) - features:
            raise VocabularyError(f"indicators.toml: {entry['indicator']}: unknown feature {sorted(unknown)[0]!r}")
        if entry["indicator"] not in indicators():
            raise VocabularyError(f"indicators.toml: unknown indicator {entry['indicator']!r}")
        found.append(Rule(entry["indicator"], entry.get("of", "count"), entry.get("topic"), **sets))
    return tuple(found)


@cache
def units() -> tuple[Unit, ...]:
    """All counting nouns of `units.toml`."""
    return tuple(
        Unit(e["name"], tuple(e.get("phrases", (e["name"],))), e.get("feature"), e.get("role"))
        for e in _entries("units.toml", "unit", {"name"}, {"phrases", "feature", "role"})
    )
