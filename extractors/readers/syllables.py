"""Whether words have the spelling of Vietnamese: a syllable is an initial, a rhyme and a tone, and the lists are short.

The share of true syllables is the one witness on whether characters are what the page shows. Only words that hold a
letter beyond ASCII are counted ("marked"): names, abbreviations and foreign words are mostly plain. Source of the
inventory: the orthography of Vietnamese as taught in schools (initials, rhymes with their spelling before e, ê, i; a
rhyme that ends in a stop takes the sharp or the heavy tone only).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_QUALITIES: Final = "\u0302\u0306\u031b"  # circumflex, breve, horn: marks of the vowel itself
_MISORDERED: Final = re.compile(f"[^\\W\\d_][{_TONES}{_QUALITIES}]*[{_QUALITIES}][{_TONES}{_QUALITIES}]*")
_STOP_TONES: Final = frozenset("\u0301\u0323")
_BREAK: Final = re.compile(r"[\s\d!-/:-@\[-`{-~“”‘’„–—…•●○▪■□◦‣§©®™°²³\u00a0\u200b\ufeff]+")
_BREAK_OF_RAW: Final = re.compile(r"[\s\d!-/:-@\[-`{-~“”‘’„–—…•●○▪■□]+")  # signs of Latin-1 are letters of old codes

# Rhymes by their vowel, without tone: the endings that each takes ("-" stands for none).
_RHYMES: Final = {
    "a": "- c ch i m n ng nh o p t u y", "ă": "c m n ng p t", "â": "c m n ng p t u y",
    "e": "- c m n ng o p t", "ê": "- ch m n nh p t u", "i": "- a c ch m n nh p t u", "iê": "c m n ng p t u",
    "o": "- c i m n ng p t", "oa": "- c ch i m n ng nh o p t y", "oă": "c m n ng t", "oe": "- n o t", "oo": "c ng",
    "ô": "- c i m n ng p t", "ơ": "- i m n p t", "u": "- a c i m n ng p t", "uâ": "n ng t y", "uê": "- ch n nh u",
    "uơ": "-", "uy": "- a ch n nh p t u", "uyê": "n t", "uô": "c i m n ng t", "ư": "- a c i m n ng t u",
    "ươ": "c i m n ng p t u", "y": "- m n nh t", "yê": "m n ng t u",
}  # fmt: skip
_BACK: Final = frozenset(["a", "ă", "â", "o", "oa", "oă", "oe", "oo", "ô", "ơ", "u", "uâ", "uê", "uơ", "uy", "uyê", "uô", "ư", "ươ"])  # fmt: skip
_FRONT: Final = frozenset({"e", "ê", "i", "iê"})
_AFTER_Q: Final = ("a", "ă", "â", "e", "ê", "y", "yê", "ơ", "i", "ô")  # the rhyme behind "qu"
_FREE: Final = ("", "b", "ch", "d", "đ", "h", "kh", "l", "m", "n", "nh", "p", "ph", "r", "s", "t", "th", "tr", "v", "x")
_LONGEST: Final = 16  # characters of a syllable, its marks apart: "nghiêng" has nine
_OPEN_Y: Final = frozenset({"", "h", "k", "l", "m", "s", "t", "v"})  # "kỹ", "lý": initials that y alone may follow


@dataclass(frozen=True, slots=True)
class Score:
    """Words of two characters or more with one beyond ASCII, and how many of them are true syllables: a character that
    stands alone ("×", "ở") witnesses nothing."""

    words: int = 0
    true: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.words + other.words, self.true + other.true)

    @property
    def share(self) -> float:
        """Share of true syllables, 0 to 1; 0 without words."""
        return self.true / self.words if self.words else 0.0


def score(text: str, raw: bool = False) -> Score:
    """The score of a text. `raw`: it may hold letters of an old code that look like signs ("c«ng"), so that such signs
    are no breaks between words."""
    if text.isascii():
        return Score()
    return score_of((_BREAK_OF_RAW if raw else _BREAK).split(text))


def score_of(words: Iterable[str]) -> Score:
    """The score of words that were parted before."""
    marked = [w for w in words if len(w) > 1 and not w.isascii()]
    return Score(len(marked), sum(map(true_syllable, marked)))


def true_syllable(word: str) -> bool:
    """Whether a word is spelt as one Vietnamese syllable, tone included; capitals put together ("QĐ") count too."""
    return len(word) <= _LONGEST and _spelt(word)


@lru_cache(maxsize=20_000)
def _spelt(word: str) -> bool:
    parts = unicodedata.normalize("NFD", word)
    tones = [c for c in parts if c in _TONES]
    bare = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
    if not bare.isalpha() or len(tones) > 1:
        return False
    if not tones and bare.isupper() and len(bare) <= 6 and not re.search("[^A-ZĐĂÂÊÔƠƯ]", bare):
        return True
    if not (bare.islower() or bare.isupper() or bare[1:].islower()):
        return False
    spelt = bare.lower()
    stops = spelt[-1] in "cpt" or spelt.endswith("ch")
    return spelt in _spellings() and (not stops or (bool(tones) and tones[0] in _STOP_TONES))


@lru_cache(maxsize=1)
def _spellings() -> frozenset[str]:
    """Every toneless spelling of a syllable."""
    rhymes = {v: [v + ("" if e == "-" else e) for e in ends.split()] for v, ends in _RHYMES.items()}
    made: set[str] = {"gi", "gin", "giêc", "ngoeo", "khuyu", "đăk", "lăk"}  # the last two in names of provinces
    for vowel, all_rhymes in rhymes.items():
        heads = list(_FREE)
        if vowel in _FRONT:
            heads += ["k", "gh", "ngh"]
        elif vowel in _BACK:
            heads += ["c", "g", "ng", "k"]  # "Kạn", "Kon": names keep their k
        if vowel == "y":
            heads = sorted(_OPEN_Y)
        if vowel == "yê":
            heads = [""]
        if vowel == "iê":
            heads.remove("")
        made |= {head + rhyme for head in heads for rhyme in all_rhymes}
        if vowel not in ("i", "iê", "y", "yê"):
            made |= {"gi" + rhyme for rhyme in all_rhymes}
    for vowel in _AFTER_Q:
        made |= {"qu" + rhyme for rhyme in rhymes[vowel]}
    made |= {"gi" + rhyme for rhyme in ("êc", "êng", "êm", "êp", "êt", "êu", "ên")}
    return frozenset(made)


# --- marks ---------------------------------------------------------------------------------------------------------


def in_order(text: str) -> str:
    """A text whose vowels have the mark of their quality before that of the tone: typed or stored the other way round,
    they look alike and do not compose ("a" + sharp + circumflex). Text in good order comes back as it is."""
    if not any(mark in text for mark in _QUALITIES):
        return text
    return _MISORDERED.sub(_composed, text)


def _composed(match: re.Match[str]) -> str:
    if len(unicodedata.normalize("NFC", match[0])) == 1:
        return match[0]
    parts = unicodedata.normalize("NFD", match[0])
    marks = sorted(parts[1:], key=lambda c: c in _TONES)
    made = unicodedata.normalize("NFC", parts[0] + "".join(marks))
    return made if len(made) == 1 else match[0]
