"""Text layers that lie, told the truth where it is provable: fonts of old codes, codes shifted by a constant, syllables
that a blank cuts in two.

A repair is made for a font, not for a word, and only where it turns what are no syllables into syllables; what one page
proves of a font holds for the pages behind it. What is not repaired is left for `pdf_trust` to doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extractors.model import PageScore, SourceWarning
from extractors.readers.legacy import Verdicts, ranges, told
from extractors.readers.legacy_codes import Code, Name, code_of, spans
from extractors.readers.pdf_runs import Char, lines_along, merged, runs_along
from extractors.readers.pdf_shift import shift_of, shifted
from extractors.readers.pdf_split import mended
from extractors.readers.syllables import score

_HYPHEN_PLACE: Final = 0xAD  # a hyphen in WinAnsi (PDF 1.7, annex D.2), which is read as a blank; ư in TCVN3
_SIMPLE: Final = 0x100
_SHIFTED: Final = "Bảng mã phông hỏng ở trang {pages}: mã chữ lệch một hằng số, đã được sửa."


class Repairs:
    """What was proved and repaired in one file, page by page in order."""

    def __init__(self) -> None:
        self._verdicts = Verdicts()
        self._borrowed: dict[str, Code] = {}
        self._shifts: dict[str, int] = {}
        self._names: set[Name] = set()
        self._coded: list[int] = []
        self._moved: list[int] = []
        self._scores: list[PageScore] = []

    def page(self, chars: Sequence[Char], number: int) -> list[Char]:
        """The characters of a page, repaired, in the order in which they are stored. Those of a font that was converted
        have the key "repaired"."""
        stored = [_placed(c) for c in chars]
        lines = list(lines_along(stored))
        runs = [run for line in lines for run in runs_along(line)]
        self._learn(runs)
        kept: dict[int, Char | None] = {}  # id of a character -> what becomes of it
        for run in runs:
            self._convert(run, kept, number)
        self._shift([c for line in lines for c in line], kept, number)
        kept |= mended([[c for o in line if (c := kept.get(id(o), o)) is not None] for line in lines])
        found = (kept.get(id(c), c) for c in (kept.get(id(o), o) for o in stored) if c is not None)
        return [_plain(c) for c in found if c is not None]

    def score(self, number: int, words: Sequence[str]) -> None:
        """Keep the score of a page's words."""
        found = score(" ".join(words))
        self._scores.append(PageScore(number, found.words, found.true))

    @property
    def scores(self) -> tuple[PageScore, ...]:
        """The scores of the pages, as kept."""
        return tuple(self._scores)

    def warnings(self) -> list[SourceWarning]:
        """What was repaired, once for the document."""
        made = [told(self._names, self._coded)] if self._coded else []
        if self._moved:
            made.append(SourceWarning("repaired_text", _SHIFTED.format(pages=ranges(self._moved))))
        return made

    # --- fonts of old codes ---

    def _learn(self, runs: Sequence[Sequence[Char]]) -> None:
        """Words of a page bear witness font by font."""
        texts: dict[str, list[str]] = {}
        for run in runs:
            texts.setdefault(str(run[0]["fontname"]), []).append("".join(c["text"] for c in run))
        for font, words in texts.items():
            named = code_of(font) is not None
            for word in words if named else [" ".join(words)]:
                self._verdicts.learn(word, font)
        for font, words in texts.items():
            if code_of(font) is None and (code := self._verdicts.borrowed(" ".join(words))) is not None:
                self._borrowed.setdefault(font, code)

    def _convert(self, run: Sequence[Char], kept: dict[int, Char | None], number: int) -> None:
        """Letters of a run in an old code: a letter and its marks become one character."""
        font = str(run[0]["fontname"])
        code = self._verdicts.code(font) or self._borrowed.get(font)
        if code is None:
            return
        text = "".join(c["text"] for c in run)
        owners = [c for c in run for _ in c["text"]]  # a character may be two letters, as a ligature is
        found = spans(text, code)
        for start, end, out in found:
            group = list({id(c): c for c in owners[start:end]}.values())
            first = kept.get(id(group[0]))
            if first is not None:
                first["text"] += out
                continue
            kept |= {id(c): None for c in group}
            kept[id(group[0])] = {**merged(group, out), "repaired": True}
        if any(text[start:end] != out for start, end, out in found):
            self._names.add(code.name)
            if self._coded[-1:] != [number]:
                self._coded.append(number)

    # --- codes shifted by a constant ---

    def _shift(self, chars: Sequence[Char], kept: dict[int, Char | None], number: int) -> None:
        """Characters of fonts whose codes all differ from the true ones by one number."""
        fonts: dict[str, list[Char]] = {}
        for c in chars:
            if self._shifts.get(str(c["fontname"])) != 0 and id(c) not in kept:
                fonts.setdefault(str(c["fontname"]), []).append(c)
        for font, own in fonts.items():
            if font not in self._shifts:
                drawn = [[c["text"] for c in line] for line in lines_along(own)]
                found = shift_of(drawn, set(self._shifts.values()) - {0})
                if found is not None:
                    self._shifts[font] = found
                if not found:
                    continue
            for c in own:
                kept[id(c)] = {**c, "text": shifted(c["text"], self._shifts[font]), "repaired": True}
            if self._moved[-1:] != [number]:
                self._moved.append(number)


def _placed(c: Char) -> Char:
    """A character with what the library takes for a blank, or knows no character for, as its place in the font."""
    place, text = c.get("code"), c["text"]
    if place is None or not 0x80 <= place < _SIMPLE:
        return c
    if (place == _HYPHEN_PLACE and text.isspace()) or (text.startswith("(cid:") and code_of(str(c["fontname"]))):
        return {**c, "text": chr(place)}
    return c


def _plain(c: Char) -> Char:
    return {**c, "text": "-"} if c["text"] == "\u00ad" and c.get("code") == _HYPHEN_PLACE else c
