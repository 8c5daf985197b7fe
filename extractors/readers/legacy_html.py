"""Pages set in fonts of old codes: their text nodes are converted in place, font by font."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from extractors.readers.legacy import Verdicts, joined
from extractors.readers.legacy_codes import Name

_FAMILY: Final = re.compile(r"font(?:-family)?\s*:\s*([^;{}]{1,300})", re.IGNORECASE)
_FIRST: Final = re.compile(r"""\s*(?:["']([^"']+)["']|([^,"']+))""")
_SHORTHAND: Final = re.compile(r"^.*?\d(?:\.\d+)?(?:pt|px|em|rem|%|cm|mm|in)(?:/\S+)?\s+", re.IGNORECASE)
_RULE: Final = re.compile(r"([^{}]{1,500})\{([^{}]{1,2000})\}")
_SELECTOR: Final = re.compile(r"([a-z][a-z0-9]*)?((?:\.[\w-]+)?)", re.IGNORECASE)
_SILENT: Final = frozenset({"script", "style", "title"})
_SHEET: Final = 200_000  # characters of style sheets that are looked at

_Node = tuple[etree._Element, str, str | None]  # element, "text" or "tail", font


def convert(root: etree._Element) -> tuple[Name, ...]:
    """Convert the text nodes of a page that are in an old code; the codes found."""
    nodes = [(node, _content(node)) for node in _nodes(root)]
    verdicts = Verdicts()
    for (_, _, font), text in nodes:
        verdicts.learn(text, font)
    if not verdicts.proved:
        return ()
    for (element, part, font), text in nodes:
        made = verdicts.read(text, font)
        if made is not None:
            setattr(element, part, joined(made))
    return tuple(sorted(verdicts.used))


def _content(node: _Node) -> str:
    return str(getattr(node[0], node[1]))


def _nodes(root: etree._Element) -> Iterator[_Node]:
    """Text nodes that are not blank, in order, each with the font that it is set in."""
    sheet = _sheet(root)
    fonts: dict[etree._Element, str | None] = {}
    for element in root.iter():
        parent = element.getparent()
        above = fonts.get(parent) if parent is not None else None
        if isinstance(element.tag, str):
            fonts[element] = _own(element, sheet) or above
            if element.text and element.text.strip() and element.tag not in _SILENT:
                yield element, "text", fonts[element]
        if element.tail and element.tail.strip():
            yield element, "tail", above


def _own(element: etree._Element, sheet: dict[str, str]) -> str | None:
    """The font that an element names itself, or that the style sheet names for its class or kind."""
    family = _family(element.get("style") or "") or (element.get("face") if element.tag == "font" else None)
    if family is None and sheet:
        classes = (element.get("class") or "").split()
        names = [*(f"{element.tag}.{c}" for c in classes), *(f".{c}" for c in classes), str(element.tag)]
        family = next((sheet[name] for name in names if name in sheet), None)
    first = _FIRST.match(family) if family else None
    return (first[1] or first[2]).strip() if first else None


def _sheet(root: etree._Element) -> dict[str, str]:
    """Font families by the last part of their selectors: "p", "p.note", ".note"."""
    text = "".join(style.text or "" for style in root.iter("style"))[:_SHEET]
    found: dict[str, str] = {}
    for selectors, rule in _RULE.findall(text):
        family = _family(rule)
        for selector in selectors.split(",") if family else ():
            last = (selector.split() or [""])[-1]
            match = _SELECTOR.fullmatch(last)
            if match and family:
                found[(match[1] or "").lower() + match[2]] = family
    return found


def _family(css: str) -> str | None:
    found = _FAMILY.search(css)
    return _SHORTHAND.sub("", found[1]) if found else None
