"""Stamps of digital signatures: "Ký bởi: …", "Thời gian ký: …". They are printed over the finished page, often over its text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from extractors.language.signature_words import GOES_ON, MOMENT, OPENS, is_stamp
from extractors.readers.pdf_lines import Line, Word, lines_of

_LINES: Final = 10
_SMALLER: Final = 1.5  # points by which the type of a stamp is smaller than the page's
_CHARACTERS: Final = 600

Char = dict[str, Any]


@dataclass(slots=True)
class _Strip:
    """Characters that the file stores one behind the other and that stand on one line."""

    chars: list[Char]

    @property
    def text(self) -> str:
        return "".join(c["text"] for c in self.chars)

    @property
    def box(self) -> tuple[float, float]:
        return self.chars[0]["x0"], self.chars[-1]["x1"]

    @property
    def size(self) -> float:
        return float(median(c["size"] for c in self.chars))


def stamp_runs(chars: Sequence[Char]) -> tuple[list[list[Char]], Sequence[Char]]:
    """The characters of signature stamps, told by how the file stores them, and the other characters.

    A stamp is printed over the finished page, as often as not over a line of its text: its place alone tells nothing. What
    an annotation shows is a stamp as a whole or not at all; the number and date of the document are shown so too.
    """
    shown: dict[int, list[Char]] = defaultdict(list)
    for c in chars:
        if c.get("note"):
            shown[c["note"]].append(c)
    runs = [run for run in shown.values() if _is_shown_stamp(run)]
    taken = {id(c) for run in runs for c in run}
    rest = [c for c in chars if id(c) not in taken] if taken else chars
    drawn = _drawn_runs(rest)
    taken.update(id(c) for run in drawn for c in run)
    return runs + drawn, [c for c in chars if id(c) not in taken] if taken else chars


def _is_shown_stamp(run: Sequence[Char]) -> bool:
    """Whether an annotation is a signature's stamp: by its words; where it belongs to a signature, by a clock's time."""
    text = " ".join(strip.text for strip in _strips(run))
    return is_stamp(text) or bool(run[0]["signed"] and MOMENT.search(text))


def _drawn_runs(chars: Sequence[Char]) -> list[list[Char]]:
    if not OPENS.search("".join(c["text"] for c in chars)):
        return []
    strips = _strips(chars)
    usual = median(c["size"] for c in chars)
    runs: list[list[Char]] = []
    n = 0
    while n < len(strips):
        group = _group(strips, n, usual) if OPENS.match(strips[n].text.lstrip()) else []
        text = " ".join(strip.text for strip in group)
        if group and (group[0].size <= usual - _SMALLER or GOES_ON.search(text) or MOMENT.search(text)):
            runs.append([c for strip in group for c in strip.chars])
            n += len(group)
        else:
            n += 1
    return runs


def _strips(chars: Sequence[Char]) -> list[_Strip]:
    strips: list[_Strip] = []
    for c in chars:
        if strips and _follows(strips[-1].chars[-1], c):
            strips[-1].chars.append(c)
        else:
            strips.append(_Strip([c]))
    return strips


def _follows(before: Char, c: Char) -> bool:
    """Whether a character goes on with the line of the one before."""
    level = abs(before["bottom"] - c["bottom"]) < 0.3 * c["size"] and abs(before["size"] - c["size"]) < 0.6
    return bool(level and -1 < c["x0"] - before["x1"] < 1.5 * c["size"])


def _group(strips: Sequence[_Strip], at: int, usual: float) -> list[_Strip]:
    """A strip that opens a stamp and those that go on with it: stored behind it, in its type, close under it."""
    group = [strips[at]]
    small = group[0].size <= usual - _SMALLER
    for strip in strips[at + 1 :]:
        last, size = group[-1], group[0].size
        down = strip.chars[0]["bottom"] - last.chars[0]["bottom"]
        over = min(strip.box[1], max(g.box[1] for g in group)) - max(strip.box[0], min(g.box[0] for g in group))
        beside = abs(down) < 0.3 * size and 0 <= strip.box[0] - last.box[1] < 4 * size
        under = 0.3 * size < down < 2 * size and over > 0
        if abs(strip.size - size) > 0.6 or not (beside or under) or len(group) == _LINES:
            break
        if not small and not (_belongs(strip.text) or last.text.rstrip().endswith((":", ","))):
            break
        if sum(len(g.chars) for g in group) + len(strip.chars) > _CHARACTERS:
            break
        group.append(strip)
    return group


def _belongs(text: str) -> bool:
    """Whether a line as large as the text of the page is one of a stamp by its own words."""
    return bool(OPENS.match(text.lstrip()) or GOES_ON.search(text) or MOMENT.search(text))


def stamps_of(words: list[Word]) -> tuple[list[list[Line]], list[Word]]:
    """The stamps of digital signatures ("Ký bởi: …", "Thời gian ký: …") as groups of lines, and the other words."""
    if not any(w.text.casefold().rstrip(":") in ("ký", "bởi", "người", "signed", "signature", "chữ") for w in words):
        return [], words
    usual = median(w.size for w in words)
    pieces = _set_alike(words)
    stamps: list[list[Line]] = []
    taken: set[int] = set()
    for n, piece in enumerate(pieces):
        if not OPENS.match(piece.text) or id(piece.words[0]) in taken:
            continue
        group = _below(pieces, n, usual)
        text = " ".join(line.text for line in group)
        if piece.size <= usual - _SMALLER or GOES_ON.search(text) or MOMENT.search(text):
            stamps.append(group)
            taken.update(id(w) for line in group for w in line.words)
    return stamps, [w for w in words if id(w) not in taken] if taken else words


def _set_alike(words: Sequence[Word]) -> list[Line]:
    """Pieces of lines: words of one size that follow each other closely, whatever is printed under or over them."""
    by_size: dict[int, list[Word]] = defaultdict(list)
    for word in words:
        if not word.turn:
            by_size[round(word.size * 2)].append(word)
    pieces: list[Line] = []
    for group in by_size.values():
        for line in lines_of(group):
            piece = [line.words[0]]
            for word in line.words[1:]:
                if word.x0 - piece[-1].x1 > 1.5 * word.size:
                    pieces.append(Line(piece))
                    piece = []
                piece.append(word)
            pieces.append(Line(piece))
    return sorted(pieces, key=lambda line: (line.top, line.x0))


def _below(pieces: Sequence[Line], at: int, usual: float) -> list[Line]:
    """A piece and the lines that stand right under it in its type, on its left edge or its middle."""
    group = [pieces[at]]
    first = group[0]
    small = first.size <= usual - _SMALLER
    for line in pieces[at + 1 :]:
        last = group[-1]
        if line.top - last.bottom > 0.9 * last.size or len(group) == _LINES:
            break
        set_under = abs(line.x0 - first.x0) < 4 or abs(line.x0 + line.x1 - first.x0 - first.x1) < 8
        if line.base <= last.base + 0.5 * last.size or not set_under or abs(line.size - last.size) >= 0.8:
            continue
        if not small and not (_belongs(line.text) or last.text.endswith((":", ","))):
            break
        group.append(line)
    return group
