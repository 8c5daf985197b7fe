"""Registers: kinds of document, bodies that issue them, offices that report, provinces with their dates of validity.

The CSV files beside this module are read once per process, on first use. Columns that hold several values separate
them with "|". A province is looked up at a day, because 63 names became 34 on 2025-07-01 and three of these changed
from tỉnh to thành phố in 2026.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from extractors.errors import VocabularyError

Level = Literal["central", "ministry", "province", "district", "commune", "party", "any"]


@dataclass(frozen=True, slots=True)
class DocType:
    """A kind of document: `code` as in symbols ("QĐ"), `words` that name it, `also` other spellings of the code
    (unmarked letters of a scan), `series` among state, party, legal, copy, practice."""

    code: str
    name: str
    words: tuple[str, ...]
    series: tuple[str, ...]
    also: tuple[str, ...]
    examples: tuple[str, ...]
    not_examples: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Agency:
    """A body that issues documents; `codes` as in symbols, `aliases` other ways to write its name."""

    codes: tuple[str, ...]
    name: str
    aliases: tuple[str, ...]
    level: Level
    valid_from: date | None
    valid_to: date | None
    note: str
    source: str

    @property
    def central(self) -> bool:
        """Whether the code means the same body in every province."""
        return self.level in ("central", "ministry")


@dataclass(frozen=True, slots=True)
class Succession:
    """Where the duties of an office went: `whole` when it was merged, false when only a part was handed over. `verified`
    is false for what no published source confirmed; the day differs by province by some weeks."""

    successor: str
    from_day: date
    whole: bool
    basis: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Organisation:
    """A kind of office that reports ("Sở Xây dựng" of whatever province); `kind` and `level` as the warehouse has them.

    `level` "province" means that a province has one. `aliases` are all other ways to write it, its `code` among them
    where that is unlike anything else."""

    id: str
    name: str
    kind: str
    level: str
    code: str | None
    valid_from: date | None
    valid_to: date | None
    aliases: tuple[str, ...]
    successions: tuple[Succession, ...]


@dataclass(frozen=True, slots=True)
class Province:
    """A provincial unit under one name during one time; `valid_to` is its last day, None while it stands."""

    name: str
    kind: str
    valid_from: date | None
    valid_to: date | None
    code: str
    aliases: tuple[str, ...] = ()

    def valid(self, first: date | None, last: date | None) -> bool:
        """Whether the name was in use on some day of `first..last`; an open end admits everything on that side."""
        begins_late = self.valid_from is not None and last is not None and self.valid_from > last
        ended_before = self.valid_to is not None and first is not None and self.valid_to < first
        return not (begins_late or ended_before)


# The tone mark stands on either vowel of oa, oe, uy; both are in official use, so comparison settles on one.
_PLACED = re.compile("o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ]")
_MOVED = dict(
    zip(
        (a + b for a, bs in (("o", "àáảãạ"), ("o", "èéẻẽẹ"), ("u", "ỳýỷỹỵ")) for b in bs),
        (a + b for b, as_ in (("a", "òóỏõọ"), ("e", "òóỏõọ"), ("y", "ùúủũụ")) for a in as_),
        strict=True,
    )
)


def tone_key(text: str) -> str:
    """Lower case with one placement of tone marks ("Uỷ ban", "Hoà" -> "ủy ban", "hòa"); same length as `text`."""
    return _PLACED.sub(lambda m: _MOVED[m.group()], text.replace("\u0130", "i").lower())


def _rows(name: str) -> list[dict[str, str]]:
    with files("extractors.vocabulary").joinpath(name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def _many(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _day(cell: str, where: str) -> date | None:
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError as error:
        raise VocabularyError(f"{where}: {error}") from error


@cache
def doc_types() -> tuple[DocType, ...]:
    """All kinds of document; a code stands once."""
    found: dict[str, DocType] = {}
    for row in _rows("doc_types.csv"):
        code = row["code"]
        if code in found:
            raise VocabularyError(f"doc_types.csv: {code!r} stands twice")
        lists = {key: _many(row[key]) for key in ("words", "series", "also", "examples", "not_examples")}
        found[code] = DocType(code=code, name=row["name"], source=row["source"], **lists)
    return tuple(found.values())


@cache
def type_codes() -> dict[str, str]:
    """Every spelling of a code in a symbol -> the code; "Luật" and "PL" never stand in symbols."""
    return {spelling: t.code for t in doc_types() for spelling in (t.code, *t.also) if t.code not in ("Luật", "PL")}


@cache
def type_words() -> dict[str, str]:
    """Words in the key of `tone_key` -> code; where two kinds share a word ("quy định") the first of the file wins
    unless one has it as its own name."""
    words: dict[str, str] = {}
    for kind in doc_types():
        for word in kind.words:
            key = tone_key(word)
            if key not in words or tone_key(kind.name) == key:
                words[key] = kind.code
    return words


@cache
def agencies() -> tuple[Agency, ...]:
    """All bodies of `agencies.csv`, in file order."""
    found = []
    for row in _rows("agencies.csv"):
        where = f"agencies.csv: {row['name']}"
        days = _day(row["valid_from"], where), _day(row["valid_to"], where)
        level: Level = row["level"]  # type: ignore[assignment]
        found.append(
            Agency(_many(row["codes"]), row["name"], _many(row["aliases"]), level, *days, row["note"], row["source"])
        )
    return tuple(found)


@lru_cache(maxsize=4096)
def agency_of(code: str) -> Agency | None:
    """The body behind a code of a symbol ("SCT", "BLĐTB&XH"), None where it is unknown."""
    return next((agency for agency in agencies() if code in agency.codes), None)


@lru_cache(maxsize=4096)
def agency_named(name: str) -> Agency | None:
    """The body of this name or alias, case and placement of tones aside."""
    key = tone_key(name)
    return next((a for a in agencies() if key in {tone_key(n) for n in (a.name, *a.aliases)}), None)


@cache
def organisations() -> tuple[Organisation, ...]:
    """All offices of `organisations.csv`; one with a code takes dates and aliases from `agencies.csv` besides its own.

    Raises VocabularyError where an id stands twice, a code is unknown or a successor is none of them.
    """
    rows = _rows("organisations.csv")
    known = {row["id"] for row in rows}
    if len(known) < len(rows):
        raise VocabularyError("organisations.csv: an id stands twice")
    return tuple(_organisation(row, known) for row in rows)


def _organisation(row: dict[str, str], known: set[str]) -> Organisation:
    where, code = f"organisations.csv: {row['id']}", row["code"] or None
    agency = agency_of(code) if code else None
    if code and agency is None:
        raise VocabularyError(f"{where}: no agency has the code {code!r}")
    first, last = _day(row["valid_from"], where), _day(row["valid_to"], where)
    aliases = list(_many(row["aliases"]))
    if agency:
        first, last = first or agency.valid_from, last or agency.valid_to
        if row["kind"] != "ubnd_tinh":  # "UBND" alone may be that of any level
            aliases += [agency.name, *(alias for alias in agency.aliases if " " in alias)]
        aliases += [c for c in agency.codes if row["kind"] == "so"]
    day = _day(row["from_day"], where)
    handed = [(name, key == "successors") for key in ("successors", "parts_to") for name in _many(row[key])]
    if unknown := {name for name, _ in handed} - known:
        raise VocabularyError(f"{where}: unknown successor {sorted(unknown)[0]!r}")
    if handed and day is None:
        raise VocabularyError(f"{where}: successors without a day")
    verified = row["source"] != "verify"
    successions = tuple(Succession(name, day, whole, row["basis"], verified) for name, whole in handed if day)
    own = tuple(dict.fromkeys(alias for alias in aliases if alias != row["name"]))
    return Organisation(row["id"], row["name"], row["kind"], row["level"], code, first, last, own, successions)


@cache
def provinces() -> tuple[Province, ...]:
    """Every name a provincial unit has borne, each with its time; a unit unchanged in 2025 stands once."""
    found: list[Province] = []
    aliases: dict[str, tuple[str, ...]] = {}
    for row in _rows("provinces.csv"):
        # slugs ("hanoi") serve web addresses, not prose; names without marks are kept for scans
        aliases[row["name_old"]] = tuple(a for a in _many(row["aliases"]) if not a.islower())
        found.append(_province(row, row["name_old"], row["code_old"], aliases))
    for row in _rows("provinces_new.csv"):
        new = _province(row, row["name_new"], row["code_new"], aliases)
        found = [p for p in found if (p.name, p.kind, p.valid_from) != (new.name, new.kind, new.valid_from)]
        found.append(new)  # an unchanged unit stands in both files; the newer one knows its end
    for row in _rows("provinces_history.csv"):
        found.append(_province(row, re.sub(r" \(.*\)", "", row["name"]), row["code_old"], {}))
    return tuple(found)


def _province(row: dict[str, str], name: str, code: str, aliases: dict[str, tuple[str, ...]]) -> Province:
    days = _day(row["valid_from"], name), _day(row["valid_to"], name)
    own = aliases.get(name, ())
    if name == "Huế":  # "Thừa Thiên Huế" is a name of its own until 2024, not a way to write Huế
        own = tuple(a for a in own if "Th" not in a)
    elif name == "Thừa Thiên Huế":
        own = ("Thừa Thiên - Huế", "Thừa Thiên-Huế", "TT Huế", "TT-Huế", "Thua Thien Hue")
    return Province(name, row["kind"], *days, code, own)


@cache
def province_names() -> dict[str, tuple[Province, ...]]:
    """Names and aliases in the key of `tone_key` -> the units that have borne them."""
    found: dict[str, list[Province]] = {}
    for province in provinces():
        for name in (province.name, *province.aliases):
            found.setdefault(tone_key(name), []).append(province)
    return {key: tuple(units) for key, units in found.items()}


def province_named(text: str, first: date | None = None, last: date | None = None) -> str | None:
    """The province that `text` ("Khánh Hoà", "TP. HCM") names, if the name was in use on a day of `first..last`."""
    units = province_names().get(tone_key(" ".join(text.split())), ())
    return next((unit.name for unit in units if unit.valid(first, last)), None)


@lru_cache(maxsize=4096)
def province_of_hcode(code: str) -> str | None:
    """Old name of the province whose one-stop system writes `code` ("H23") into dossier ids."""
    return next((row["name_old"] for row in _rows("province_hcodes.csv") if row["h_code"] == code), None)
