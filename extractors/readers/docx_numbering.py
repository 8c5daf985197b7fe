"""Automatic numbers of Word lists, worked out as Word shows them (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from extractors.readers.docx_names import VAL, W, flag, value, whole
from extractors.readers.docx_styles import Look, Styles

_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LEVELS: Final = 9
_MAX_ROMAN: Final = 3_999
_MAX_LETTERS: Final = 26 * 4  # "dddd"; a longer list is not lettered by anybody
_LINKS: Final = 5  # lists defined through styles of lists, one after another


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int
    restart: int | None  # 1-based level above which nothing restarts this one; 0: never
    legal: bool  # "isLgl": all numbers in Arabic digits
    style: str | None


@dataclass(frozen=True, slots=True)
class _List:
    """One `w:num`: the counters it shares, its levels, and the levels that it starts afresh at."""

    counters: str
    levels: dict[int, _Level]
    restarts: dict[int, int]


class Numbering:
    """Counts the list items of a document as its paragraphs go by, in reading order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstracts = _by_id(root, "abstractNum", "abstractNumId")
        self._numbers = _by_id(root, "num", "numId")
        self._lists: dict[str, _List | None] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, own: etree._Element | None, look: Look) -> tuple[str, int]:
        """Label and depth (1-based) of a paragraph with its `own` w:numPr and its style; ("", 0) for one outside lists.

        Every bullet is "-", whatever its glyph and font.
        """
        if own is None and look.numbering is None:
            return "", 0
        number = value(own, "numId") or (look.numbering.number if look.numbering else None)
        found = self._list(number) if number and number != "0" else None
        if number is None or found is None:
            return "", 0
        at = self._level_of(value(own, "ilvl"), look, found)
        level = found.levels.get(at)
        if level is None:
            return "", at + 1
        counter = self._count(number, found, at, level)
        if level.form == "bullet":
            return "-", at + 1
        return _label(level, found.levels, counter), at + 1

    def _level_of(self, stated: str | None, look: Look, found: _List) -> int:
        """The paragraph's own level, else its style's, else the one at which the list names the style."""
        if stated is not None:
            return min(max(whole(stated, 0), 0), _LEVELS - 1)
        if look.numbering is None:
            return 0
        if look.numbering.level is not None:
            return min(look.numbering.level, _LEVELS - 1)
        return next((at for at, level in found.levels.items() if level.style == look.numbering.style), 0)

    def _count(self, number: str, found: _List, at: int, level: _Level) -> dict[int, int]:
        """Count one item at level `at`; what stands deeper begins anew. Lists of one definition share their counters,
        and one with a start of its own takes it at its first item."""
        counter = self._counters.setdefault(found.counters, {})
        if at in found.restarts and (number, at) not in self._begun:
            counter[at] = found.restarts[at]
        else:
            counter[at] = counter[at] + 1 if at in counter else level.start
        self._begun.add((number, at))
        for deeper in [k for k in counter if k > at]:
            below = found.levels.get(deeper)
            if below is None or below.restart is None or at < below.restart:
                del counter[deeper]
        return counter

    def _list(self, number: str) -> _List | None:
        if number not in self._lists:
            self._lists[number] = self._read(number)
        return self._lists[number]

    def _read(self, number: str) -> _List | None:
        num = self._numbers.get(number)
        name = value(num, "abstractNumId")
        for _ in range(_LINKS):
            abstract = self._abstracts.get(name or "")
            link = value(abstract, "numStyleLink")
            if link is None:
                break
            name = value(self._numbers.get(self._styles.number_of(link) or ""), "abstractNumId")
        if num is None or name is None or name not in self._abstracts:
            return None
        levels = {whole(e.get(f"{W}ilvl"), 0): _level(e) for e in self._abstracts[name].findall(f"{W}lvl")}
        restarts: dict[int, int] = {}
        for override in num.findall(f"{W}lvlOverride"):
            at = whole(override.get(f"{W}ilvl"), 0)
            own = override.find(f"{W}lvl")
            if own is not None:
                levels[at] = _level(own)
            start = value(override, "startOverride")
            if start is not None:
                restarts[at] = whole(start, 1)
                if at in levels:
                    levels[at] = replace(levels[at], start=restarts[at])
        return _List(name, levels, restarts)


def _by_id(root: etree._Element | None, tag: str, key: str) -> dict[str, etree._Element]:
    entries = root.findall(W + tag) if root is not None else []
    return {name: e for e in entries if (name := e.get(W + key)) is not None}


def _level(element: etree._Element) -> _Level:
    form = element.find(f"{W}numFmt")
    if form is None:  # a format of newer Word, with the old one as the fallback
        form = element.find(f".//{W}numFmt")
    restart = value(element, "lvlRestart")
    return _Level(
        form.get(VAL, "decimal") if form is not None else "decimal",
        value(element, "lvlText") or "",
        whole(value(element, "start"), 1),
        whole(restart, 0) if restart is not None else None,
        bool(flag(element, "isLgl")),
        value(element, "pStyle"),
    )


def _label(level: _Level, levels: dict[int, _Level], counter: dict[int, int]) -> str:
    """ "%1.%2." filled in; a level above that has no item yet stands at its start."""

    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        source = levels.get(at)
        if source is None:
            return ""
        form = "decimal" if level.legal and source.form not in ("bullet", "none") else source.form
        return shown(counter.get(at, source.start), form)

    return re.sub(r"%([1-9])", number, level.text).strip()


def shown(number: int, form: str) -> str:
    """A list number as Word prints it in `form`; a form that is not known here in Arabic digits."""
    make = _FORMS.get(form)
    return make(number) if make else str(number)


def _roman(number: int) -> str:
    if not 0 < number <= _MAX_ROMAN:
        return str(number)
    text = ""
    for worth, sign in _ROMAN:
        while number >= worth:
            text, number = text + sign, number - worth
    return text


def _letters(number: int) -> str:
    """a … z, aa, bb …"""
    if not 0 < number <= _MAX_LETTERS:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


_FORMS: Final[dict[str, Callable[[int], str]]] = {
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
    "lowerLetter": _letters,
    "upperLetter": lambda n: _letters(n).upper(),
    "decimalZero": lambda n: f"{n:02}",
    "bullet": lambda n: "",
    "none": lambda n: "",
}
