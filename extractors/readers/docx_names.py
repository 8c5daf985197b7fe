"""Names of WordprocessingML elements as lxml writes them, and the two ways of asking an element for a property."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VAL: Final = f"{W}val"

_OFF: Final = frozenset({"0", "false", "off", "none"})
_WHOLE: Final = re.compile(r"\s*[+-]?\d{1,18}\s*")


def child(parent: etree._Element | None, name: str) -> etree._Element | None:
    """The first child `w:name`. A fifth of the cost of `find`, which counts where every cell of a table is asked."""
    return next(parent.iterchildren(W + name), None) if parent is not None else None


def value(props: etree._Element | None, name: str) -> str | None:
    """`w:val` of the child `name` of a properties element; None where either is missing."""
    found = child(props, name)
    return found.get(VAL) if found is not None else None


def is_on(toggle: etree._Element) -> bool:
    """An on/off property that is present: on, unless its value says otherwise."""
    return toggle.get(VAL, "1") not in _OFF


def flag(props: etree._Element | None, name: str) -> bool | None:
    """An on/off property among `props`; None where it is not stated."""
    found = child(props, name)
    return None if found is None else is_on(found)


def whole(text: str | None, default: int) -> int:
    """A whole number, `default` for anything else."""
    return int(text) if text is not None and _WHOLE.fullmatch(text) else default


def branch(alternate: etree._Element) -> etree._Element | None:
    """The one branch of an mc:AlternateContent that is read: the first choice that holds text, else the fallback.

    A program shows one branch only; reading both would count every figure in a text box twice.
    """
    choices = alternate.findall(f"{MC}Choice")
    fallback = alternate.find(f"{MC}Fallback")
    with_text = (c for c in (*choices, fallback) if c is not None and c.find(f".//{W}t") is not None)
    return next(with_text, choices[0] if choices else fallback)
