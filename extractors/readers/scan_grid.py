"""Rules on the picture of a page: found as long thin runs of ink, and taken out before recognition.

Lengths in pixels of the levelled picture unless said otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from extractors.readers.pdf_rules import Rule

if TYPE_CHECKING:
    from extractors.readers.scan_render import Picture

_LONG: Final = 0.22  # inches; a run of ink that is longer is part of a rule: letters have none
_SHORTEST: Final = 0.3  # inches; a rule that is shorter, put together, is none
_THICK: Final = 0.035  # inches; a thicker stroke is an area
_GAP: Final = 0.12  # inches by which pieces of one rule may stand apart
_BREAK: Final = 0.03  # inches of paper inside a rule that is broken to bits
_SHORTEST_BROKEN: Final = 0.8  # inches; letters that are run together make no thin line as long

_Line = tuple[float, float, float]  # at, start, end


@dataclass(frozen=True, slots=True)
class DrawnRules:
    """The rules of a picture: (at, start, end) each, and the pixels that they are drawn with (255)."""

    across: list[_Line]
    down: list[_Line]
    mask: Picture

    def removed_from(self, grey: Picture) -> Picture:
        """The picture without its rules: paper where they ran."""
        import cv2
        import numpy as np

        if not self.across and not self.down:
            return grey
        wide = cv2.dilate(self.mask, np.ones((3, 3), np.uint8))
        made = grey.copy()
        made[wide > 0] = 255
        return made

    def in_points(self, scale: float) -> tuple[list[Rule], list[Rule]]:
        """Horizontal and vertical rules in points, `scale` points a pixel."""
        across, down = ([Rule(*(v * scale for v in rule)) for rule in rules] for rules in (self.across, self.down))
        return across, down


def drawn_rules(ink: Picture, dpi: float) -> DrawnRules:
    """The rules on a page; `ink` is 255 where there is ink."""
    import cv2

    made = ink * 0
    found: list[list[_Line]] = []
    for upright in (False, True):
        picture = cv2.rotate(ink, cv2.ROTATE_90_COUNTERCLOCKWISE) if upright else ink
        rules, mask = _across(picture, dpi)
        if upright:
            high = ink.shape[1]
            rules = sorted((high - at, start, end) for at, start, end in rules)
            mask = cv2.rotate(mask, cv2.ROTATE_90_CLOCKWISE)
        made |= mask
        found.append(rules)
    return DrawnRules(found[0], found[1], made)


def _across(ink: Picture, dpi: float) -> tuple[list[_Line], Picture]:
    """Horizontal rules and the pixels they are drawn with: unbroken ones, and long ones that are broken to pieces as a
    levelled fax shows them."""
    import cv2
    import numpy as np

    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))  # a rule that is not quite level runs on over a step
    closed = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, max(3, round(_BREAK * dpi))), np.uint8))
    made: list[_Line] = []
    mask = ink * 0
    for picture, long, shortest, gap in (
        (thick, _LONG, _SHORTEST, _GAP),
        (closed, _SHORTEST_BROKEN, _SHORTEST_BROKEN, 0.0),
    ):
        rules, drawn = _runs(picture, dpi, long, shortest, gap)
        fresh = [rule for rule in rules if not any(_same(rule, known, dpi) for known in made)]
        made += fresh
        mask |= drawn
    return sorted(made), mask & cv2.dilate(ink, np.ones((3, 3), np.uint8))


def _runs(picture: Picture, dpi: float, long: float, shortest: float, gap: float) -> tuple[list[_Line], Picture]:
    """Thin horizontal runs of a picture of at least `long` inches, put together over gaps of `gap` to rules of at least
    `shortest`, and their pixels."""
    import cv2
    import numpy as np

    runs = cv2.morphologyEx(picture, cv2.MORPH_OPEN, np.ones((1, max(8, round(long * dpi))), np.uint8))
    if not runs.any():
        return [], runs
    count, labels, stats, middles = cv2.connectedComponentsWithStats(runs, connectivity=8)
    limit = _THICK * dpi + 2
    pieces = []
    for n in range(1, count):
        x, _, wide, high, area = (int(v) for v in stats[n])
        if area <= limit * wide and high <= limit + 0.02 * wide:
            pieces.append((float(middles[n][1]), float(x), float(x + wide), n))
    rules: list[_Line] = []
    wanted = np.zeros(count, np.uint8)
    for at, start, end, members in _joined(pieces, dpi, gap):
        if end - start >= shortest * dpi:
            rules.append((at, start, end))
            wanted[members] = 255
    return rules, wanted[labels]


def _same(rule: _Line, known: _Line, dpi: float) -> bool:
    """Whether a rule is one that is known, or a part of it."""
    return abs(rule[0] - known[0]) <= 0.02 * dpi and rule[1] >= known[1] - 2 and rule[2] <= known[2] + 2


def _joined(
    pieces: list[tuple[float, float, float, int]], dpi: float, gap: float
) -> list[tuple[float, float, float, list[int]]]:
    """Pieces on one height with gaps of at most `gap` inches between them as one rule."""
    made: list[tuple[float, float, float, list[int]]] = []
    for at, start, end, n in sorted(pieces, key=lambda p: p[1]):
        for k in range(len(made) - 1, -1, -1):
            height, first, last, members = made[k]
            if abs(at - height) <= 0.02 * dpi and start - last <= gap * dpi and end > first:
                share = (last - first) / max(1.0, last - first + end - start)
                made[k] = (height * share + at * (1 - share), first, max(last, end), [*members, n])
                break
        else:
            made.append((at, start, end, [n]))
    return made
