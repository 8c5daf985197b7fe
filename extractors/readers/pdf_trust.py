"""Whether the text layer of a page says what the page shows, after `pdf_repair` did what it could.

Old office files were set in TCVN3 and VNI fonts, whose codes are other letters to everybody else; and a broken font map
gives glyph numbers. Both read as Vietnamese that is not: the share of true syllables tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from extractors.readers.legacy_codes import code_of, is_unicode
from extractors.readers.syllables import true_syllable

_WORD: Final = re.compile(r"[^\s\d.,;:!?()/\"“”'‘’%…•●○▪+*=<>–—-]+")
_HORN: Final = re.compile("[ơờớởỡợ]", re.IGNORECASE)
_HORNED: Final = re.compile("ư[ơờớởỡợ]", re.IGNORECASE)
_TORN: Final = 3  # words without their ư that prove its loss
_ENOUGH: Final = 12  # words with letters beyond ASCII below which a page shows nothing
_TRUE: Final = 0.7  # share of them that are syllables in sound text; it is above 0.97 in real reports


def untrusted(chars: Sequence[dict[str, Any]], words: Iterable[str]) -> bool:
    """Whether the text of a page cannot be trusted: glyphs without a character, fonts of old codes, no syllables."""
    if not chars:
        return False
    bad = sum(1 for c in chars if c["text"].startswith("(cid:") or "\ufffd" in c["text"] or _private(c["text"]))
    silent = sum(1 for c in chars if c["text"] < " " and not c["text"].isspace())
    old = sum(1 for c in chars if not c["text"].isascii() and not c.get("repaired") and code_of(str(c.get("fontname"))))
    if (bad + silent) * 50 > len(chars):
        return True
    marked = [w for text in words for w in _WORD.findall(text) if not w.isascii() and "\ufffd" not in w]
    if _lost_letters(marked):
        return True
    true = sum(map(true_syllable, marked))
    if old * 50 > len(chars):  # a Unicode text in a font with an old name is sound
        proven = len(marked) >= _ENOUGH or any(map(is_unicode, marked))
        return not (proven and true >= 0.9 * len(marked))
    return len(marked) >= _ENOUGH and true < _TRUE * len(marked)


def _lost_letters(words: Sequence[str]) -> bool:
    """Whether the letter ư is missing from "ươ" throughout ("nớc", "lợng"): in TCVN3 it has the place of the soft hyphen,
    which programs drop. Words like "ngời" could be either, so that the page is not to be read as it is."""
    torn = 0
    for word in words:
        if _HORNED.search(word):
            return False
        whole = _HORN.sub(lambda m: ("Ư" if m[0].isupper() else "ư") + m[0], word, count=1)
        torn += whole != word and not true_syllable(word) and true_syllable(whole)
    return torn >= _TORN


def _private(text: str) -> bool:
    return any("\ue000" <= ch <= "\uf8ff" and not "\uf020" <= ch <= "\uf0ff" for ch in text)
