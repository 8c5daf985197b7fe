"""Text in an old Vietnamese code to Unicode, where that is provably what the page shows.

A font's name promises a code (`legacy_codes`); the syllables prove it. What proves nothing stays as it is: a Unicode
text in a font with an old name is Unicode. A text without such a name is converted where one code turns what are no
syllables into syllables.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from extractors.model import SourceWarning
from extractors.readers.legacy_codes import NAMES, SHOWN, Code, Name, code_of, decoded, is_unicode, pieces, spans
from extractors.readers.syllables import Score, score

_TRUE: Final = 0.9  # share of true syllables that proves a reading; sound reports have more than 0.97
_BETTER: Final = 0.2  # by which it must exceed that of the characters as they stand
_UNSOUND: Final = 0.6  # share of true syllables up to which text without a telling font name may be another code
_ENOUGH: Final = 8  # marked words from which such a text proves its code

Spans = list[tuple[int, int, str]]


@dataclass(slots=True)
class _Tally:
    """Scores of the text of a font as it stands, and read in the codes that it may be in."""

    raw: Score = field(default_factory=Score)
    new: dict[Name, Score] = field(default_factory=dict)

    def add(self, text: str, names: Iterable[Name]) -> None:
        """Count a stretch of text."""
        for name in names:
            self.new[name] = self.new.get(name, Score()) + score(decoded(text, Code(name)))

    def proves(self, name: Name, enough: int = 1) -> bool:
        """Whether the text is in the code `name`."""
        new = self.new.get(name, Score())
        return new.words >= enough and new.share >= _TRUE and self.raw.share <= new.share - _BETTER


class Verdicts:
    """What the text of one document has proved so far of its fonts; `used` are the codes that were converted from.

    `learn` is given stretches of text, each of one font and connected; `read` says what a stretch stands for.
    """

    def __init__(self) -> None:
        self.used: set[Name] = set()
        self._tallies: dict[str, _Tally] = {}
        self._proved: dict[str, Name | None] = {}

    def learn(self, text: str, font: str | None) -> None:
        """Count a stretch as a witness; one with letters of Unicode's own proves nothing of its font."""
        if text.isascii() or is_unicode(text):
            return
        named = code_of(font)
        key = _key(font, named)
        tally = self._tallies.setdefault(key, _Tally())
        raw = score(text, raw=True)
        tally.raw += raw
        if named is not None:
            tally.add(text, (named.name,))
        elif raw.share <= _UNSOUND:
            tally.add(text, NAMES)
        self._proved.clear()

    def code(self, font: str | None) -> Code | None:
        """The code that the text of a font is in; None where that is not proved."""
        named = code_of(font)
        key = _key(font, named)
        if key not in self._proved:
            self._proved[key] = self._judged(key, named)
        name = self._proved[key]
        return None if name is None else named or Code(name)

    def _judged(self, key: str, named: Code | None) -> Name | None:
        tally = self._tallies.get(key)
        if tally is None:
            return None
        if named is not None:
            return named.name if tally.proves(named.name) else None
        if tally.raw.share > _UNSOUND:
            return None
        proven = [name for name in NAMES if tally.proves(name, _ENOUGH)]
        return max(proven, key=lambda name: tally.new[name].true, default=None)

    @property
    def proved(self) -> bool:
        """Whether any font is in an old code."""
        return bool(self._names())

    def _names(self) -> set[Name]:
        """The codes proved so far."""
        return {name for key in self._tallies if (name := self._judged(key, _named(key))) is not None}

    def read(self, text: str, font: str | None) -> Spans | None:
        """What the stretches of a text stand for, in order and without gaps; None where it stays as it is."""
        code = self.code(font)
        if code is None and code_of(font) is None:
            code = self.borrowed(text)
        if code is None or is_unicode(text) or (text.isascii() and not code.capitals):
            return None
        made = spans(text, code)
        new = score("".join(out for _, _, out in made))
        if new.true < new.words and score(text, raw=True).share > new.share:
            return None
        if any(text[start:end] != out for start, end, out in made):
            self.used.add(code.name)
        return made

    def borrowed(self, text: str) -> Code | None:
        """The code proved by other fonts of the document, where it turns all of a short text into syllables."""
        if text.isascii() or is_unicode(text):
            return None
        raw = score(text, raw=True)
        for name in sorted(self._names()):
            new = score(decoded(text, Code(name)))
            if 0 < new.words == new.true and raw.true < raw.words:
                return Code(name)
        return None


def _key(font: str | None, named: Code | None) -> str:
    """Fonts of one code bear witness together, another font for itself."""
    return f"={named.name}" if named is not None else font or ""


def _named(key: str) -> Code | None:
    return next((Code(name) for name in NAMES if key == f"={name}"), None)


# --- texts without fonts -------------------------------------------------------------------------------------------

_SAMPLE: Final = 200_000  # characters that are looked at
_FEW: Final = 3  # marked words from which bytes that are no UTF-8 prove their code
_WINDOWS: Final = {n: bytes([n]).decode("cp1252", "replace") for n in range(0x80, 0xA0)}  # quotes and dashes


def converted(text: str) -> tuple[str, tuple[Name, ...]]:
    """A plain text, its lines in an old code converted, and the codes found; it comes back as it is without any."""
    if text.isascii():
        return text, ()
    lines = [piece for line in text.splitlines(keepends=True) for piece in pieces(line)]
    verdicts = Verdicts()
    seen = 0
    for line in lines:
        verdicts.learn(line, None)
        seen += len(line)
        if seen > _SAMPLE:
            break
    if verdicts.code(None) is None:
        return text, ()
    made = [line if (read := verdicts.read(line, None)) is None else joined(read) for line in lines]
    return "".join(made), tuple(sorted(verdicts.used))


def in_bytes(data: bytes, rival: str) -> tuple[str, Name] | None:
    """The text of bytes in an old code, its signs as Windows has them, and that code; None where `rival`, what the bytes
    are otherwise, has as many true syllables, or too few are true. The text is not yet converted: the fonts of a page
    may say which of its letters are capitals."""
    raw = data.decode("latin-1")
    bar = score(rival[:_SAMPLE]).share
    scores = {name: score(decoded(raw[:_SAMPLE], Code(name))) for name in NAMES}
    name = max(NAMES, key=lambda n: (scores[n].share, scores[n].true))
    if scores[name].words < _FEW or scores[name].share < max(_TRUE, bar) or scores[name].share == bar:
        return None
    return raw, name


def lines_in(text: str, name: Name) -> str:
    """A text converted line by line."""
    made = "".join(decoded(line, Code(name)) for line in text.splitlines(keepends=True))
    return made.translate(_WINDOWS)


def joined(made: Spans) -> str:
    """The text of spans."""
    return "".join(out for _, _, out in made)


# --- saying it -----------------------------------------------------------------------------------------------------


def told(names: Iterable[Name], pages: Sequence[int] = ()) -> SourceWarning:
    """The one warning of a document whose text was in old codes, with its pages where it has any."""
    codes = " và ".join(SHOWN[name] for name in sorted(set(names)))
    where = f" ở trang {ranges(pages)}" if pages else ""
    return SourceWarning("legacy_encoding", f"Chữ {codes}{where} đã được chuyển sang Unicode.")


def ranges(pages: Sequence[int]) -> str:
    """Page numbers put together: "1–3, 5"."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)
