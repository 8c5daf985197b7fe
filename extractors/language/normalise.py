"""One spelling for matching, with the way back to the file's own characters.

NFC; Ð (U+00D0) as Đ; every blank as " ", every dash as "-"; soft hyphens, zero-width and control characters dropped;
the tone mark of oa, oe, uy on the first vowel where both spellings exist (hoà = hòa).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufffe\uf0b7"
_DROPPED = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_SINGLE = {
    **dict.fromkeys(_BLANKS, " "),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_DROPPED, ""),
    "\u00d0": "Đ",
    "\u00f0": "đ",
    "\u0110": "Đ",
    "\r": "\n",
    "\v": "\n",
    "\f": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
    "\u00d7": "×",
    "\u2044": "/",
    "\uff05": "%",
}
_PLAIN = re.compile(r"[\t\n\x20-\x7eÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ“”‘’…×]*\Z")
_TONES = {
    "à": "a",
    "á": "a",
    "ả": "a",
    "ã": "a",
    "ạ": "a",
    "è": "e",
    "é": "e",
    "ẻ": "e",
    "ẽ": "e",
    "ẹ": "e",
    "ỳ": "y",
    "ý": "y",
    "ỷ": "y",
    "ỹ": "y",
    "ỵ": "y",
}
_FIRST = {"o": "òóỏõọ", "u": "ùúủũụ"}
#: "oà", "oè", "uỳ" at the end of a syllable, the u of "qu" being a consonant.
_LATE_TONE = re.compile(r"(?<![qQ])([oOuU])([àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ])(?![^\W\d_])")


@dataclass(frozen=True, slots=True)
class Normalised:
    """`text` for matching; `breaks` maps offsets back: (offset in text, offset in the original), ascending."""

    text: str
    length: int
    breaks: tuple[tuple[int, int], ...] = ((0, 0),)

    def original(self, at: int) -> int:
        """Offset in the original of offset `at` of `text`."""
        k = bisect_right(self.breaks, (at, 1 << 60)) - 1
        here, there = self.breaks[k]
        return min(there + at - here, self.length)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """`text[start:end]` as a span of the original; an empty span stays empty."""
        first = self.original(start)
        if end <= start:
            return first, first
        return first, max(first, self._after(end))

    def _after(self, end: int) -> int:
        return self.original(end) if end >= len(self.text) else self._end_of(end - 1)

    def _end_of(self, last: int) -> int:
        """Original offset right after the cluster of the character at `last`."""
        following = self.original(last + 1)
        return max(following, self.original(last) + 1)


def normalise(text: str) -> Normalised:
    """Normalise `text`; linear in its length, the identity for text that is clean already."""
    if _PLAIN.match(text) and not _LATE_TONE.search(text):
        return Normalised(text, len(text))
    out: list[str] = []
    breaks: list[tuple[int, int]] = [(0, 0)]
    size = at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        cluster = unicodedata.normalize("NFC", text[at:end])
        piece = "".join(_SINGLE.get(ch, _control(ch)) for ch in cluster)
        out.append(piece)
        size += len(piece)
        if len(piece) != end - at:
            breaks.append((size, end))
        at = end
    joined = _early_tones("".join(out))
    return Normalised(joined, len(text), tuple(_last_of_each(breaks)))


def _control(ch: str) -> str:
    return "" if unicodedata.category(ch) == "Cc" and ch not in "\t\n" else ch


def _last_of_each(breaks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Several originals for one offset (dropped characters): the last one holds."""
    kept: dict[int, int] = {}
    for here, there in breaks:
        kept[here] = there
    return sorted(kept.items())


def _early_tones(text: str) -> str:
    return _LATE_TONE.sub(_move_tone, text)


def _move_tone(match: re.Match[str]) -> str:
    vowel, marked = match[1], match[2]
    low = marked.lower()
    plain = _TONES[low]
    if vowel.lower() == "u" and plain != "y":
        return match[0]
    if vowel.lower() == "o" and plain == "y":
        return match[0]
    row = [k for k in _TONES if _TONES[k] == plain]
    toned = _FIRST[vowel.lower()][row.index(low)]
    return (toned.upper() if vowel.isupper() else toned) + (plain.upper() if marked.isupper() else plain)
