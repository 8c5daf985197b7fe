"""Fonts whose codes are all off by one number: the map to characters was lost, and the numbers of the glyphs, or codes
moved by the subset, were taken for them ("%iR FiR" for "Báo cáo").

The number is proved by the page: it must turn nearly all of what stands there into syllables, plain ones too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from extractors.readers.syllables import Score, score_of, true_syllable

_GLYPH: Final = re.compile(r"\(cid:(\d{1,6})\)")
_SAMPLE: Final = 1_500  # characters that are tried
_LEAST: Final = 40  # characters below which a font proves nothing
_SOUND: Final = 0.35  # share of syllables among all words from which the codes may be right: English has some 0.2
_TRUE: Final = 0.85  # share that proves a shift; abbreviations and names are no syllables in sound text either
_MARKED: Final = 5  # words with a letter beyond ASCII that must be there, nearly all of them true
_USUAL: Final = (29, -29, 31, -31)  # TrueType fonts begin with three or one glyphs before the blank
_COMMON: Final = " nhticgaoà"  # letters among which the most frequent codes of a Vietnamese text are
_LAST: Final = 0x10FFFF
_FIGURES: Final = re.compile(r"[\d.,:;%/()+\- ]+")
_BETWEEN: Final = re.compile(r"[^\w\u0300-\u036f]+|[\d_]+")


def shift_of(lines: Sequence[Sequence[str]], known: Collection[int] = ()) -> int | None:
    """The number to be added to every code of a font, given the characters of its lines: 0 where they are right as they
    stand, None where nothing is proved. A number `known` from other fonts of the file needs less: that nothing but syllables, or figures, comes of it."""
    places = [[place for text in line for place in _places(text)] for line in lines]
    sample = list(_sample(places))
    borrowed = next((shift for shift in known if _fits(sample, shift)), None)
    if borrowed is not None or sum(map(len, sample)) < _LEAST:
        return borrowed
    if _all_words(sample, 0)[0] > _SOUND:
        return 0
    common = [place for place, _ in Counter(p for line in sample for p in line).most_common(6)]
    tried = dict.fromkeys([*_USUAL, *(ord(letter) - place for place in common for letter in _COMMON)])
    tried.pop(0, None)
    found = [(share, shift) for shift in tried for share, marked in [_all_words(sample, shift)] if _proves(share, marked)]  # fmt: skip
    return max(found)[1] if found else None


def shifted(text: str, shift: int) -> str:
    """Characters with the number added; what would be no character stays as it is."""
    moved = [place + shift for place in _places(text)]
    return "".join(map(chr, moved)) if moved and all(_is_character(m) for m in moved) else text


def _fits(lines: Sequence[Sequence[int]], shift: int) -> bool:
    """Whether a few characters, none of which is text as it stands, are nothing but syllables and figures when moved."""
    raw = [place for line in lines for place in line]
    if _all_words(lines, 0)[0] > 0 or not raw or sum(1 for p in raw if chr(min(p, _LAST)).isalnum()) * 2 > len(raw):
        return False
    moved = "".join(chr(p + shift) if _is_character(p + shift) else "\ufffd" for p in raw)
    share, _ = _all_words(lines, shift)
    return "\ufffd" not in moved and (share >= _TRUE or _FIGURES.fullmatch(moved) is not None)


def _proves(share: float, marked: Score) -> bool:
    return share >= _TRUE and marked.words >= _MARKED and marked.share >= _TRUE


def _places(text: str) -> list[int]:
    glyph = _GLYPH.fullmatch(text)
    return [int(glyph[1])] if glyph else [ord(c) for c in text]


def _sample(lines: Sequence[Sequence[int]]) -> Iterator[Sequence[int]]:
    seen = 0
    for line in lines:
        if seen < _SAMPLE:
            yield line
        seen += len(line)


def _is_character(place: int) -> bool:
    return 0x20 <= place <= _LAST and not 0xD800 <= place <= 0xDFFF and not 0x7F <= place < 0xA0


def _all_words(lines: Sequence[Sequence[int]], shift: int) -> tuple[float, Score]:
    """Share of syllables among all words of two letters or more, and the score of the marked ones."""
    words: list[str] = []
    for line in lines:
        text = "".join(chr(p + shift) if _is_character(p + shift) else "\ufffd" for p in line)
        words += [w for w in _BETWEEN.split(text.replace("\ufffd", "\u00aa")) if len(w) > 1]
    if not words:
        return 0.0, Score()
    return sum(map(true_syllable, words)) / len(words), score_of(words)
