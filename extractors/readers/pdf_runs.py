"""Characters of a PDF page in reading order, before they are words: lines by baseline, runs of one font without a gap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

Char = dict[str, Any]

_SAME_LINE: Final = 1.0  # points between two baselines that are one
_GAP: Final = 0.25  # share of the size that parts two words


def lines_along(chars: Sequence[Char]) -> Iterator[list[Char]]:
    """Characters of each line by the place of their middle on it, upright ones first: a mark without width, which
    stands at the end of its letter, comes before the next letter, which begins there."""
    for turned in (False, True):
        group = [c for c in chars if c["upright"] is not turned]
        line: list[Char] = []
        for c in sorted(group, key=lambda c: _height(c, turned)):
            if line and _height(c, turned) - _height(line[-1], turned) > _SAME_LINE:
                yield sorted(line, key=lambda c: _along(c, turned))
                line = []
            line.append(c)
        if line:
            yield sorted(line, key=lambda c: _along(c, turned))


def _height(c: Char, turned: bool) -> float:
    """Place of a character's baseline across the direction of its line."""
    return float(c["matrix"][4] if turned else -c["matrix"][5])


def _along(c: Char, turned: bool) -> float:
    if not turned:
        return float(c["x0"] + c["x1"])
    middle = float(c["top"] + c["bottom"])
    return -middle if c["matrix"][1] > 0 else middle


def runs_along(line: Sequence[Char]) -> Iterator[list[Char]]:
    """Runs of a line: characters of one font with no blank and no gap between them."""
    run: list[Char] = []
    for c in line:
        if run and (c["text"].isspace() or c["fontname"] != run[-1]["fontname"] or _apart(run, c)):
            yield run
            run = []
        if not c["text"].isspace():
            run.append(c)
    if run:
        yield run


def _apart(run: Sequence[Char], c: Char) -> bool:
    """Whether a gap stands between a run and a character; where letters overlap, the last mark does not hide one."""
    before = run[-1]
    if not c["upright"]:
        gap = max(c["top"] - before["bottom"], before["top"] - c["bottom"])
    else:
        gap = c["x0"] - max(b["x1"] for b in run[-2:])
    return bool(gap > _GAP * max(c["size"], 1.0))


def merged(chars: Sequence[Char], text: str) -> Char:
    """Characters that are one letter, as one that stands where they stand."""
    first = chars[0]
    if len(chars) == 1:
        return {**first, "text": text}
    x0, x1 = min(c["x0"] for c in chars), max(c["x1"] for c in chars)
    top, bottom = min(c["top"] for c in chars), max(c["bottom"] for c in chars)
    return {**first, "text": text, "x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0}
