"""Whether the text layer of a page says what the page shows.

Old office files were set in TCVN3 and VNI fonts, whose codes are other letters to everybody else; and a broken font map
gives glyph numbers. Both read as Vietnamese that is not: the share of true syllables tells.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, Final

_LEGACY_FONT: Final = re.compile(r"(?:^|\+)(?:\.?Vn[A-Z]|VNI[-A-Z])")
_TONES: Final = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_WORD: Final = re.compile(r"[^\s\d.,;:!?()/\"“”'‘’%…•●○▪+*=<>–—-]+")
_SYLLABLE: Final = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?[aăâeêioôơuưy]{1,3}(?:ch|ng|nh|[cmnptk])?"
)
_ENOUGH: Final = 12  # words with letters beyond ASCII below which a page shows nothing
_TRUE: Final = 0.6  # share of them that are syllables in sound text; it is above 0.95 in real reports


def untrusted(chars: Sequence[dict[str, Any]], words: Iterable[str]) -> bool:
    """Whether the text of a page cannot be trusted: glyphs without a character, fonts of old codes, no syllables."""
    if not chars:
        return False
    bad = sum(1 for c in chars if c["text"].startswith("(cid:") or "\ufffd" in c["text"] or _private(c["text"]))
    fonts: dict[str, int] = {}
    for c in chars:
        name = str(c.get("fontname"))
        fonts[name] = fonts.get(name, 0) + 1
    old = sum(n for name, n in fonts.items() if _LEGACY_FONT.search(name))
    if bad * 50 > len(chars):
        return True
    marked = [w for text in words for w in _WORD.findall(text) if not w.isascii() and "\ufffd" not in w]
    true = sum(map(is_syllable, marked))
    if old * 10 > len(chars):  # a Unicode text in a font with an old name is sound
        return not (len(marked) >= _ENOUGH and true >= 0.9 * len(marked))
    return len(marked) >= _ENOUGH and true < _TRUE * len(marked)


def is_syllable(word: str) -> bool:
    """Whether a word has the form of a Vietnamese syllable, or of capitals put together ("QĐ", "UBND")."""
    bare = unicodedata.normalize("NFC", _TONES.sub("", unicodedata.normalize("NFD", word)))
    if bare.isupper() and bare.isalpha() and len(bare) <= 6 and not re.search("[^A-ZĐĂÂÊÔƠƯ]", bare):
        return True
    return bool(_SYLLABLE.fullmatch(bare.lower()))


def _private(text: str) -> bool:
    return any("\ue000" <= ch <= "\uf8ff" and not "\uf020" <= ch <= "\uf0ff" for ch in text)
