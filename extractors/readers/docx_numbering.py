"""Automatic numbers of Word lists, worked out as Word shows them."""

from __future__ import annotations

import re
from typing import Any, Protocol

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


class StyleNumbering(Protocol):
    """Knows which numbering a style carries."""

    def numbering(self, name: str | None) -> Any: ...


def _value(parent: Any, name: str) -> str | None:
    found = parent.find(f"{W}{name}") if parent is not None else None
    return found.get(f"{W}val") if found is not None else None


def _int(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else default


def roman(number: int) -> str:
    """Lower-case Roman numeral of a positive number below 4000."""
    out = ""
    for value, letters in _ROMAN:
        while number >= value:
            out, number = out + letters, number - value
    return out


def letters(number: int) -> str:
    """a … z, aa, bb … as Word counts."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def shown(number: int, form: str) -> str:
    """A list number in one of Word's formats."""
    number = max(0, min(number, 3999))
    if form in ("upperRoman", "lowerRoman"):
        text = roman(number)
        return text.upper() if form == "upperRoman" else text
    if form in ("upperLetter", "lowerLetter") and number:
        text = letters(number)
        return text.upper() if form == "upperLetter" else text
    return f"{number:02}" if form == "decimalZero" else str(number)


class Numbering:
    """Counts the list items of a document as its paragraphs go by."""

    def __init__(self, root: Any, styles: StyleNumbering) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._abstract: dict[str, str] = {}
        self._counters: dict[str, dict[int, int]] = {}
        if root is None:
            return
        abstracts = {a.get(f"{W}abstractNumId"): self._read(a) for a in root.iter(f"{W}abstractNum")}
        for num in root.iter(f"{W}num"):
            name, abstract = num.get(f"{W}numId"), _value(num, "abstractNumId")
            levels = dict(abstracts.get(abstract, {}))
            for override in num.iter(f"{W}lvlOverride"):
                at = _int(override.get(f"{W}ilvl"), 0)
                start = _value(override, "startOverride")
                if start is not None and at in levels:
                    levels[at] = (*levels[at][:2], _int(start, 1))
                    self._abstract[name] = f"num{name}"
                for own in override.iter(f"{W}lvl"):
                    levels[at] = self._level(own)
            self._levels[name] = levels
            self._abstract.setdefault(name, f"abs{abstract}")

    def _read(self, abstract: Any) -> dict[int, tuple[str, str, int]]:
        return {_int(lvl.get(f"{W}ilvl"), 0): self._level(lvl) for lvl in abstract.iter(f"{W}lvl")}

    def _level(self, lvl: Any) -> tuple[str, str, int]:
        return _value(lvl, "numFmt") or "decimal", _value(lvl, "lvlText") or "", _int(_value(lvl, "start"), 1)

    def label(self, props: Any, style: str | None) -> tuple[str, int]:
        """Label and depth (1-based) of the next paragraph; ("", 0) for one outside lists."""
        num = props.find(f"{W}numPr") if props is not None else None
        inherited = self._styles.numbering(style)
        name = _value(num, "numId") or (_value(inherited, "numId") if inherited is not None else None)
        if name is None or name == "0" or name not in self._levels:
            return "", 0
        at = _int(_value(num, "ilvl") or (_value(inherited, "ilvl") if inherited is not None else None), 0)
        levels = self._levels[name]
        if at not in levels:
            return "", 0
        form, text, start = levels[at]
        counter = self._counters.setdefault(self._abstract[name], {})
        counter[at] = counter.get(at, start - 1) + 1
        for deeper in [k for k in counter if k > at]:
            del counter[deeper]
        if form == "bullet":
            return "+" if text == "+" else "*" if text == "*" else "-", at + 1
        if form == "none":
            return "", at + 1

        def number(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            own = levels.get(level, ("decimal", "", 1))
            return shown(counter.setdefault(level, own[2]), own[0])

        return re.sub(r"%(\d)", number, text).strip(), at + 1
