"""One spelling for matching, with the way back to the file's own characters.

NFC; Ð (U+00D0) as Đ; every blank as " ", every dash as "-"; soft hyphens, zero-width, bidi and control characters
dropped; the tone mark of oa, oe, uy on the first vowel where both spellings exist (hoà = hòa). Digits of other scripts
stay what they are: they are no figures of a Vietnamese report, and a checker must not read them as such.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
# U+FFFE is what PDFium writes for a hyphen at a line end; U+F02D and U+F0B7 are the Symbol font's hyphen and bullet
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d\ufffe\uf02d\uf0b7"
_DROPPED = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
_SINGLE = {
    **dict.fromkeys(_BLANKS, " "),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_DROPPED, ""),
    **dict.fromkeys("\r\v\f\u0085\u2028\u2029", "\n"),
    **dict.fromkeys("\u2044\u2215", "/"),
    "\u00d0": "Đ",
    "\u00f0": "đ",
    # patterns that ignore case take these for I and s, and lower case makes two letters of the first
    **dict(zip("\u0130\u0131\u017f", "Iis", strict=True)),
    "\uff05": "%",
}
_PLAIN = re.compile(r"[\t\n\x20-\x7eÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ“”‘’…×]*\Z")
_TONED = {"a": "àáảãạ", "e": "èéẻẽẹ", "y": "ỳýỷỹỵ"}
_FIRST = {"o": "òóỏõọ", "u": "ùúủũụ"}
#: "oà", "oè", "uỳ" at the end of a syllable, the u of "qu" being a consonant.
_LATE_TONE = re.compile(r"(?i:(?<!q)(?:(o)([àáảãạèéẻẽẹ])|(u)([ỳýỷỹỵ])))(?![^\W\d_]|[\u0300-\u036f])")
_TORN = "\u0f73\u0f75\u0f81"  # no marks themselves, but composing takes each apart into two
_MAX_MARKS = 30  # more marks on one letter are no writing, and composing them takes quadratic time


@dataclass(frozen=True, slots=True)
class Normalised:
    """`text` for matching and the way back.

    `breaks` holds (offset in text, offset in the original, end in the original of the character before), ascending,
    one for each place where the distance between the two offsets changes; `length` is that of the original.
    """

    text: str
    length: int
    breaks: tuple[tuple[int, int, int], ...] = ((0, 0, 0),)

    def original(self, at: int) -> int:
        """Offset in the original of the character at `at` of `text`; the length of the original behind the last."""
        if at >= len(self.text):
            return self.length
        here, there, _ = self.breaks[self._before(at)]
        return there + at - here

    def span(self, start: int, end: int) -> tuple[int, int]:
        """`text[start:end]` as a span of the original; an empty span stays empty."""
        first = self.original(start)
        return first, first if end <= start else max(first, self._end(end))

    def _end(self, end: int) -> int:
        """Original offset right behind the character before `end`, its combining marks included."""
        here, there, before = self.breaks[self._before(end)]
        return before if here == end else there + end - here

    def _before(self, at: int) -> int:
        return bisect_right(self.breaks, at, key=lambda b: b[0]) - 1


def normalise(text: str) -> Normalised:
    """Normalise `text`; linear in its length, the identity for text that is clean already."""
    if _PLAIN.match(text):
        return Normalised(_early_tones(text), len(text))
    out: list[str] = []
    breaks: list[tuple[int, int, int]] = []
    size, shift, before = 0, 0, 0
    for piece, start, end in _compose(_mapped(text)):
        for ch in piece:
            if start - size != shift or not breaks:
                shift = start - size
                breaks.append((size, start, before))
            out.append(ch)
            size += 1
            before = end
    if before != len(text) or before - size != shift or not breaks:
        breaks.append((size, len(text), before))
    return Normalised(_early_tones("".join(out)), len(text), tuple(breaks))


def _mapped(text: str) -> Iterator[tuple[str, int]]:
    """Characters as they are matched, with their offsets; dropped ones left out."""
    for at, ch in enumerate(text):
        if ch == "\r" and text.startswith("\n", at + 1):
            continue
        if ch <= "\x7e" and ch >= " ":
            yield ch, at
        elif mapped := _map(ch):
            yield mapped, at


@lru_cache(4096)
def _map(ch: str) -> str:
    if ch in _SINGLE:
        return _SINGLE[ch]
    return "" if unicodedata.category(ch) == "Cc" and ch not in "\t\n" else ch


def _compose(chars: Iterator[tuple[str, int]]) -> Iterator[tuple[str, int, int]]:
    """Letters with their combining marks, composed: (text, start, end in the original)."""
    letter, start, end = "", 0, 0
    for ch, at in chars:
        if letter and ch > "\u02ff" and (unicodedata.combining(ch) or ch in _TORN):
            letter, end = letter + ch, at + 1
            continue
        if letter:
            yield _nfc(letter), start, end
        letter, start, end = ch, at, at + 1
    if letter:
        yield _nfc(letter), start, end


def _nfc(letter: str) -> str:
    if letter.isascii() or len(letter) > _MAX_MARKS:
        return letter
    return unicodedata.normalize("NFC", letter)


def _early_tones(text: str) -> str:
    return _LATE_TONE.sub(_move_tone, text)


def _move_tone(match: re.Match[str]) -> str:
    following = match.string[match.end() : match.end() + 1]
    if following and unicodedata.combining(following):
        return match[0]  # a mark that the bare vowel would take up
    vowel, marked = (match[1], match[2]) if match[1] else (match[3], match[4])
    plain = next(v for v, toned in _TONED.items() if marked.lower() in toned)
    first = _FIRST[vowel.lower()][_TONED[plain].index(marked.lower())]
    return (first.upper() if vowel.isupper() else first) + (plain.upper() if marked.isupper() else plain)
