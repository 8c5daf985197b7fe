"""Signs that Word stores by their place in a symbol font (U+F020–F0FF), as the characters they print.

Only signs that reports use are listed: comparisons and operators, arrows, ticks and boxes. Sources: the encoding tables
of Adobe's Symbol and Microsoft's Wingdings fonts.
"""

from __future__ import annotations

import re
from typing import Final

_PRIVATE: Final = re.compile("[\uf020-\uf0ff]")
_SYMBOL: Final = {
    0x2D: "−", 0xA3: "≤", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞",
    0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xBA: "≡", 0xBC: "…", 0xD7: "⋅", 0xDB: "⇔",
    0xDE: "⇒", 0xC5: "⊕", 0xE5: "∑", 0x44: "Δ", 0x61: "α", 0x62: "β", 0x6D: "μ", 0x73: "σ",
}  # fmt: skip
_WINGDINGS: Final = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x74: "◆", 0x76: "❖", 0x9F: "•", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢",
    0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x46: "☞", 0x4A: "☺",
}  # fmt: skip
_UNKNOWN: Final = "\ufffd"


def symbol(code: str | None, font: str | None) -> str:
    """The character of a `w:sym` with hexadecimal `code` in `font`; U+FFFD where it is not known."""
    if code is None or not re.fullmatch(r"[0-9A-Fa-f]{1,4}", code):
        return _UNKNOWN
    place = int(code, 16)
    if place < 0x20 or 0xD800 <= place <= 0xDFFF:
        return _UNKNOWN
    return printed(chr(place), font)


def printed(text: str, font: str | None = None) -> str:
    """`text` with characters of symbol fonts replaced by what they print; other text comes back as it is."""
    if text.isascii() or not _PRIVATE.search(text):
        return text
    table = _WINGDINGS if font is not None and "wingdings" in font.lower() else _SYMBOL

    def sign(match: re.Match[str]) -> str:
        place = ord(match[0]) - 0xF000
        if place in table:
            return table[place]
        return chr(place) if 0x20 < place < 0x40 and table is _SYMBOL else _UNKNOWN

    return _PRIVATE.sub(sign, text)
