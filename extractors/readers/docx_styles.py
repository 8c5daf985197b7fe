"""What Word's styles say of a paragraph and a run: weight, hiding, alignment, numbering, through inheritance.

Bold and hidden are toggles (ECMA-376 part 1, 17.7.3): paragraph and character style together cancel each other, and
what the run itself says wins over both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from lxml import etree

from extractors.readers.docx_names import W, flag, value

Align = Literal["left", "center", "right", "justify"]
ALIGNS: Final[dict[str, Align]] = {
    "left": "left", "start": "left", "center": "center", "right": "right", "end": "right", "both": "justify",
    "distribute": "justify", "lowKashida": "justify", "mediumKashida": "justify", "highKashida": "justify",
    "thaiDistribute": "justify",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StyleNumbering:
    """The list a style belongs to: `level` None where the list itself names the style at one of its levels."""

    number: str
    level: int | None
    style: str


@dataclass(frozen=True, slots=True)
class Look:
    """A style resolved: its own and inherited properties. `name` is the built-in name in lower case ("toc 1")."""

    bold: bool = False
    hidden: bool = False
    align: Align | None = None
    numbering: StyleNumbering | None = None
    name: str = ""


class Styles:
    """Styles by id; None stands for the default paragraph style. An unknown id is read as the default."""

    def __init__(self, root: etree._Element | None) -> None:
        entries = root.findall(f"{W}style") if root is not None else []
        self._entries = {e.get(f"{W}styleId"): e for e in entries if e.get(f"{W}styleId")}
        default = (
            e for e in entries if e.get(f"{W}type") == "paragraph" and e.get(f"{W}default") in ("1", "true", "on")
        )
        self._default = next((e.get(f"{W}styleId") for e in default), None)
        run = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
        paragraph = root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr") if root is not None else None
        self._base = Look(bool(flag(run, "b")), bool(flag(run, "vanish")), ALIGNS.get(value(paragraph, "jc") or ""))
        self._paragraphs: dict[str | None, Look] = {}
        self._characters: dict[str | None, Look] = {None: Look()}

    def paragraph(self, name: str | None) -> Look:
        """The look of a paragraph style, the document's defaults included."""
        found = self._paragraphs.get(name)
        if found is None:
            found = self._resolved(name if name in self._entries else self._default, self._base)
            self._paragraphs[name] = found
        return found

    def character(self, name: str | None) -> Look:
        """The look of a character style alone."""
        found = self._characters.get(name)
        if found is None:
            found = self._characters[name] = self._resolved(name, Look())
        return found

    def number_of(self, name: str | None) -> str | None:
        """The `numId` of a numbering style, for lists that are defined through one."""
        return next((n for s in self._chain(name) if (n := value(s.find(f"{W}pPr/{W}numPr"), "numId"))), None)

    def _resolved(self, name: str | None, base: Look) -> Look:
        chain = list(self._chain(name))
        runs = [s.find(f"{W}rPr") for s in chain]
        bold = next((b for r in runs if (b := flag(r, "b")) is not None), base.bold)
        hidden = next((h for r in runs if (h := flag(r, "vanish")) is not None), base.hidden)
        stated = next((v for s in chain if (v := value(s.find(f"{W}pPr"), "jc"))), None)
        align = ALIGNS.get(stated) if stated else base.align
        title = (value(chain[0], "name") or "").lower() if chain else ""
        return Look(bold, hidden, align, _numbering(chain), title)

    def _chain(self, name: str | None) -> Iterator[etree._Element]:
        """The style and those it is based on, nearest first; a circle ends where it closes."""
        seen: set[str] = set()
        while name is not None and name not in seen and name in self._entries:
            seen.add(name)
            entry = self._entries[name]
            yield entry
            name = value(entry, "basedOn")


def _numbering(chain: list[etree._Element]) -> StyleNumbering | None:
    """The nearest `numId` along the chain, with the level stated at it or nearer; "0" takes a style out of lists."""
    level: int | None = None
    for style in chain:
        props = style.find(f"{W}pPr/{W}numPr")
        stated = value(props, "ilvl")
        if level is None and stated is not None and stated.isdecimal():
            level = int(stated)
        number = value(props, "numId")
        if number is not None:
            own = style.get(f"{W}styleId") or ""
            return None if number == "0" else StyleNumbering(number, level, own)
    return None
