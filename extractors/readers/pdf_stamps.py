"""Stamps of digital signatures: "Ký bởi: …", "Thời gian ký: …". They are printed over the finished page, often over its text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from statistics import median
from typing import Any, Final

from extractors.readers.pdf_lines import Line, Word, lines_of

_STAMP: Final = re.compile(
    r"(?i)(?:được )?(?:ký (?:số )?bởi|người ký|ký điện tử bởi|digitally signed by|signature (?:valid|not verified)|signed by)\b"
)
_STAMP_MORE: Final = re.compile(
    r"(?i)(?:email|e-mail|thời gian ký|ngày ký|giờ ký|cơ quan|tổ chức|chức vụ|date|reason|location|số chứng thư|đơn vị)\s*:"
)
_STAMP_LINES: Final = 9
_STAMP_CHARACTERS: Final = 500


def stamp_runs(chars: Sequence[dict[str, Any]]) -> tuple[list[list[dict[str, Any]]], Sequence[dict[str, Any]]]:
    """The characters of signature stamps, told by the order in which the file stores them, and the other characters.

    A stamp is printed over the finished page, as often as not over a line of its text: its place alone tells nothing.
    """
    text = "".join(c["text"][:1] or " " for c in chars)
    usual = median(c["size"] for c in chars) if chars else 0.0
    runs: list[list[dict[str, Any]]] = []
    taken: set[int] = set()
    for match in _STAMP.finditer(text):
        start = match.start()
        if id(chars[start]) in taken or (start and _follows(chars[start - 1], chars[start])):
            continue
        end = start + 1
        while (
            end < len(chars)
            and end - start < _STAMP_CHARACTERS
            and _same_stamp(chars[start], chars[end - 1], chars[end])
        ):
            end += 1
        if chars[start]["size"] <= usual - 1.5 or _STAMP_MORE.search(text[start:end]):
            runs.append(list(chars[start:end]))
            taken.update(id(c) for c in chars[start:end])
    return runs, [c for c in chars if id(c) not in taken] if taken else chars


def _follows(before: dict[str, Any], c: dict[str, Any]) -> bool:
    """Whether a character goes on with the line of the one before."""
    level = abs(before["bottom"] - c["bottom"]) < 0.3 * c["size"] and abs(before["size"] - c["size"]) < 0.6
    return bool(level and -1 < c["x0"] - before["x1"] < 1.5 * c["size"])


def _same_stamp(first: dict[str, Any], before: dict[str, Any], c: dict[str, Any]) -> bool:
    """Whether a character belongs to the stamp: set in its type, close under the line before, not left of its edge."""
    size = first["size"]
    down = c["bottom"] - before["bottom"]
    return bool(abs(c["size"] - size) < 0.6 and -0.3 * size < down < 2 * size and c["x0"] > first["x0"] - 1.5 * size)


def stamps_of(words: list[Word]) -> tuple[list[list[Line]], list[Word]]:
    """The stamps of digital signatures ("Ký bởi: …", "Thời gian ký: …") as groups of lines, and the other words."""
    if not any(w.text.casefold().rstrip(":") in ("ký", "bởi", "người", "signed", "signature") for w in words):
        return [], words
    usual = median(w.size for w in words)
    pieces = _set_alike(words)
    stamps: list[list[Line]] = []
    taken: set[int] = set()
    for n, piece in enumerate(pieces):
        if not _STAMP.match(piece.text) or id(piece.words[0]) in taken:
            continue
        group = _below(pieces, n)
        text = " ".join(line.text for line in group)
        if piece.size <= usual - 1.5 or _STAMP_MORE.search(text):
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


def _below(pieces: Sequence[Line], at: int) -> list[Line]:
    """A piece and the lines that stand right under it in its type and on its left edge."""
    group = [pieces[at]]
    for line in pieces[at + 1 :]:
        last = group[-1]
        if line.top - last.bottom > 0.9 * last.size or len(group) == _STAMP_LINES:
            break
        if (
            line.base > last.base + 0.5 * last.size
            and abs(line.x0 - group[0].x0) < 4
            and abs(line.size - last.size) < 0.8
        ):
            group.append(line)
    return group
