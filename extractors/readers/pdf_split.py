"""Syllables that a stored blank cuts in two though the page shows them whole: "ĐIỀ U KHO ẢN".

Where a font lacked a letter, another was put in its place and the rest of the line moved up to it; the blank that the
program wrote between them has no room on the page. The places of the letters tell such a blank, no list of words does;
that the two parts together are a syllable is asked besides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extractors.readers.pdf_runs import Char
from extractors.readers.syllables import true_syllable

_NO_ROOM: Final = 0.06  # share of the size: less between two letters is no blank to the eye
_RARE: Final = 0.2  # share of the page's blanks without room from which its places are wrong, not its blanks
_LOOSE: Final = 0.5  # share of the size up to which letters without a blank between them may be one syllable
_BLANKS: Final = 0.5  # share of a line's gaps that hold a blank where the line stores its blanks


def mended(lines: Sequence[Sequence[Char]]) -> dict[int, Char | None]:
    """What becomes of characters of a page's lines, by id: None for a blank without room inside a syllable; a letter is
    widened to reach the next one of its syllable that stands loosely."""
    blanks = [n for line in lines for n in _blanks(line)]
    narrow = sum(1 for _, room in blanks if room < _NO_ROOM)
    if not blanks or narrow > _RARE * len(blanks):
        return {}
    changes: dict[int, Char | None] = {}
    for line in lines:
        changes |= _mended(line)
    return changes


def _blanks(line: Sequence[Char]) -> list[tuple[int, float]]:
    """Blanks between two letters of a line, by index, and the room that the letters leave, as a share of the size."""
    found = []
    for n in range(1, len(line) - 1):
        before, after = line[n - 1], line[n + 1]
        if line[n]["text"].isspace() and _letter(before) and _letter(after) and line[n]["upright"]:
            found.append((n, (after["x0"] - before["x1"]) / max(after["size"], 1.0)))
    return found


def _letter(c: Char) -> bool:
    return bool(c["text"].isalpha())


def _mended(line: Sequence[Char]) -> dict[int, Char | None]:
    if not line or not line[0]["upright"]:
        return {}
    dropped = {n for n, room in _blanks(line) if room < _NO_ROOM and _one_syllable(line, n - 1, n + 1)}
    changes: dict[int, Char | None] = {id(line[n]): None for n in dropped}
    kept = [c for n, c in enumerate(line) if n not in dropped]
    gaps = [n for n in range(1, len(kept)) if _room(kept, n) > 0.16 or kept[n]["text"].isspace()]
    stored = sum(1 for n in gaps if kept[n]["text"].isspace() or kept[n - 1]["text"].isspace())
    if stored < _BLANKS * len(gaps):
        return changes
    for n in gaps:
        before, after = kept[n - 1], kept[n]
        if _letter(before) and _letter(after) and 0.16 < _room(kept, n) <= _LOOSE and _torn(kept, n):
            changes[id(before)] = {**before, "x1": after["x0"], "width": after["x0"] - before["x0"]}
    return changes


def _room(line: Sequence[Char], n: int) -> float:
    return float((line[n]["x0"] - line[n - 1]["x1"]) / max(line[n]["size"], 1.0))


def _one_syllable(line: Sequence[Char], left: int, right: int) -> bool:
    """Whether the letters up to `left` and those from `right` on are one syllable."""
    return true_syllable(_before(line, left) + _behind(line, right))


def _torn(line: Sequence[Char], n: int) -> bool:
    """Whether the parts on both sides of a gap are one syllable, and one of them alone is none."""
    left, right = _before(line, n - 1), _behind(line, n)
    return true_syllable(left + right) and not (true_syllable(left) and true_syllable(right))


def _before(line: Sequence[Char], end: int) -> str:
    start = end
    while start > 0 and _letter(line[start - 1]) and _room(line, start) < 0.16:
        start -= 1
    return "".join(c["text"] for c in line[start : end + 1])


def _behind(line: Sequence[Char], start: int) -> str:
    end = start
    while end + 1 < len(line) and _letter(line[end + 1]) and _room(line, end + 1) < 0.16:
        end += 1
    return "".join(c["text"] for c in line[start : end + 1])
