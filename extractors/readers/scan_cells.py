"""The cells of a drawn table, cut out of the page and recognised one by one.

Tesseract takes a page apart into columns of prose and loses half of the figures of a sparse table. A cell that holds
several lines is read as a block. A short one is read behind a printed word (`scan_carrier`), twice, with two different
words: where the two readings differ in a figure, a third one decides and the figure's confidence is low.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from extractors import limits
from extractors.readers.pdf_rules import Grid
from extractors.readers.progress import tick
from extractors.readers.scan_carrier import Carrier, carrier
from extractors.readers.scan_tools import Recognition
from extractors.readers.scan_words import Found, found_in

if TYPE_CHECKING:
    from extractors.readers.scan_render import Picture

_BLOCK, _LINE = 6, 7  # Tesseract's page segmentation modes
_CAP: Final = 0.67  # height of a digit or capital in type sizes
_INSET: Final = 0.012  # inches between the middle of a rule and what is cut out
_SPECK: Final = 0.02  # inches; ink that is smaller both ways is dirt where it stands alone
_EDGE: Final = 0.02  # inches; thinner ink at the edge of a cell is left of its rule
_ONE_LINE: Final = 1.45  # type sizes; a cell whose ink is higher holds several lines
_SHORT: Final = 9.0  # type sizes; a longer line is read as prose
_MARGIN: Final = 0.1  # inches of paper around what is cut out
_GAP: Final = 0.3  # type sizes between the printed word and the cell's own
_TALLEST, _WIDEST = 3.0, 4.5  # inches; a cell that exceeds both is a framed page, not a cell
# printed word, and its size beside the cell's
_CARRIERS: Final = (("Trang", 0.95), ("M\xe3 trang:", 1.0), ("Gi\xe1 l\xe0", 0.97))
_DOUBTED: Final = 30  # confidence of a figure on which two readings do not agree


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: its picture without the paper around it, the pixel of the page at its top left corner, the
    row of its baseline where it holds one line, and its type size in pixels."""

    picture: Picture
    left: int
    top: int
    base: int
    em: float

    @property
    def short(self) -> bool:
        """Whether it holds one short line."""
        high, wide = self.picture.shape[:2]
        return bool(high <= _ONE_LINE * self.em and wide <= _SHORT * self.em)


def cells_in(
    grey: Picture, ink: Picture, grids: Iterable[Grid], scale: float, dpi: float
) -> tuple[list[Cell], Picture]:
    """The cells with ink of tables, and the page without them. `grey` and `ink` are without rules; `scale` is points a
    pixel."""
    page = grey.copy()
    cut: list[Cell] = []
    inset = max(1, round(_INSET * dpi))
    for grid in grids:
        if len(grid.xs) < 3:
            continue
        for box in grid.boxes:
            left, right = (round(grid.xs[k] / scale) for k in (box.column, box.column + box.column_span))
            top, bottom = (round(grid.ys[k] / scale) for k in (box.row, box.row + box.row_span))
            if bottom - top > _TALLEST * dpi and right - left > _WIDEST * dpi:
                continue
            left, top, right, bottom = left + inset, top + inset, right - inset, bottom - inset
            if right - left < 4 or bottom - top < 4 or len(cut) >= limits.MAX_SCAN_CELLS:
                continue
            cell = _cut(grey, ink, (max(0, left), max(0, top), right, bottom), dpi)
            page[max(0, top) : bottom, max(0, left) : right] = 255
            if cell is not None:
                cut.append(cell)
    return _in_one_size(cut), page


def _cut(grey: Picture, ink: Picture, box: tuple[int, int, int, int], dpi: float) -> Cell | None:
    """What stands in a box of the page; None where it is empty."""
    import cv2
    import numpy as np

    left, top, right, bottom = box
    inside = ink[top:bottom, left:right]
    if not inside.any():
        return None
    count, labels, stats, _ = cv2.connectedComponentsWithStats(inside, connectivity=8)
    rest = [n for n in range(1, count) if not _at_edge(stats[n], inside.shape, _EDGE * dpi)]
    large = [n for n in rest if max(stats[n][2], stats[n][3]) >= _SPECK * dpi]
    if not large:
        return None
    x0, y0 = (min(int(stats[n][k]) for n in large) for k in (0, 1))
    x1, y1 = (max(int(stats[n][k] + stats[n][k + 2]) for n in large) for k in (0, 1))
    for n in rest:  # dots and marks beside what is large enough to be a letter
        x, y, wide, high, _ = (int(v) for v in stats[n])
        if (
            x + wide >= x0 - 0.06 * dpi
            and x <= x1 + 0.06 * dpi
            and y + high >= y0 - 0.06 * dpi
            and y <= y1 + 0.06 * dpi
        ):
            x0, y0, x1, y1 = min(x0, x), min(y0, y), max(x1, x + wide), max(y1, y + high)
    tallest = max(int(stats[n][3]) for n in large)
    high_ones = [int(stats[n][1] + stats[n][3]) for n in large if stats[n][3] > 0.6 * tallest]
    picture = grey[top + y0 : top + y1, left + x0 : left + x1].copy()
    kept = np.isin(labels[y0:y1, x0:x1], [0, *rest])
    picture[~kept] = 255
    return Cell(
        picture,
        left + x0,
        top + y0,
        round(median(high_ones)) - y0,
        float(np.clip(tallest / _CAP, 0.08 * dpi, 0.3 * dpi)),
    )


def _at_edge(stat: Sequence[int], shape: tuple[int, ...], thin: float) -> bool:
    """Whether ink at the edge of a cell is what is left of its rule."""
    x, y, wide, high, _ = (int(v) for v in stat)
    beside = x <= 1 or x + wide >= shape[1] - 1
    above = y <= 1 or y + high >= shape[0] - 1
    return (beside and wide <= thin) or (above and high <= thin)


def _in_one_size(cells: Sequence[Cell]) -> list[Cell]:
    """The cells with the type size that most of them show: a table is set in one size, "-" and "(" mislead."""
    if not cells:
        return []
    usual = median(c.em for c in cells)
    return [replace(c, em=c.em if 0.8 * usual <= c.em <= 1.25 * usual else usual) for c in cells]


class CellReading:
    """Tesseract at work on the cells of one page; `words` waits for it."""

    def __init__(self, cells: Sequence[Cell], dpi: float, folder: Path, name: str) -> None:
        self._dpi, self._folder, self._name = dpi, folder, name
        self._short = [c for c in cells if c.short]
        self._blocks = [c for c in cells if not c.short]
        self._at_work: list[Recognition] = []
        self._block_reading = self._start(self._blocks, None)
        self._line_readings = [self._start(self._short, k) for k in (0, 1)]

    def words(self, seconds: float) -> list[Found] | None:
        """The words of all cells, in pixels of the page; None where recognition failed or took longer."""
        blocks = self._read(self._block_reading, self._blocks, None, seconds)
        first = self._read(self._line_readings[0], self._short, 0, seconds)
        second = self._read(self._line_readings[1], self._short, 1, seconds)
        if blocks is None or first is None or second is None:
            return None
        split = [n for n in range(len(self._short)) if _said(first[n]) != _said(second[n])]
        doubted = [self._short[n] for n in split]
        third = self._read(self._start(doubted, 2), doubted, 2, seconds)
        if third is None:
            return None
        lines = [_surer(a, b) for a, b in zip(first, second, strict=True)]
        for n, words in zip(split, third, strict=True):
            lines[n] = _settled(first[n], second[n], words)
        return [word for words in (*blocks, *lines) for word in words]

    def stop(self) -> None:
        """End what still runs."""
        for recognition in self._at_work:
            recognition.stop()

    def _start(self, cells: Sequence[Cell], way: int | None) -> Recognition | None:
        """Set Tesseract to work on cells: as blocks, or behind the printed word number `way`."""
        if not cells:
            return None
        import cv2

        images = []
        for n, cell in enumerate(cells):
            image = self._folder / f"{self._name}-{'b' if way is None else way}-{n}.pgm"
            cv2.imwrite(str(image), self._framed(cell.picture) if way is None else self._carried(cell, way))
            images.append(image)
        recognition = Recognition(images, _BLOCK if way is None else _LINE)
        self._at_work.append(recognition)
        return recognition

    def _framed(self, picture: Picture) -> Picture:
        import cv2

        m = round(_MARGIN * self._dpi)
        made: Picture = cv2.copyMakeBorder(picture, m, m, m, m, cv2.BORDER_CONSTANT, value=255)
        return made

    def _carried(self, cell: Cell, way: int) -> Picture:
        """A cell behind a printed word, both on one baseline."""
        import numpy as np

        word = self._word(cell, way)
        m, (x, y, _) = round(_MARGIN * self._dpi), self._place(cell, way)
        x, y = x - m, y - m
        high, wide = cell.picture.shape[:2]
        base = max(word.base, cell.base)
        below = max(word.picture.shape[0] - word.base, high - cell.base)
        made = np.full((base + below, x + wide), 255, np.uint8)
        made[base - word.base : base - word.base + word.picture.shape[0], : word.picture.shape[1]] = word.picture
        made[y : y + high, x : x + wide] = cell.picture
        return self._framed(made)

    def _place(self, cell: Cell, way: int | None) -> tuple[int, int, int]:
        """The pixels of what is recognised at which the cell's own picture begins (x and y), and up to which what was
        printed before it may reach."""
        m = round(_MARGIN * self._dpi)
        if way is None:
            return m, m, 0
        word = self._word(cell, way)
        gap = max(2, round(_GAP * cell.em))
        x = word.picture.shape[1] + gap + m
        return x, max(word.base, cell.base) - cell.base + m, x - gap // 2

    def _word(self, cell: Cell, way: int) -> Carrier:
        text, share = _CARRIERS[way]
        return carrier(text, max(8, round(share * cell.em)))

    def _read(
        self, recognition: Recognition | None, cells: Sequence[Cell], way: int | None, seconds: float
    ) -> list[list[Found]] | None:
        """The words of each cell, in pixels of the page; None where recognition failed."""
        if recognition is None:
            return []
        table = recognition.result(seconds)
        tick()
        if table is None:
            return None
        by_image: dict[int, list[Found]] = defaultdict(list)
        for word in found_in(table):
            by_image[word.image].append(word)
        made = []
        for n, cell in enumerate(cells):
            x, y, end = self._place(cell, way)
            own = [w for w in by_image[n] if (w.x0 + w.x1) / 2 > end]
            made.append([_moved(w, cell.left - x, cell.top - y, (cell.left, cell.top, *w.line)) for w in own])
        return made


def _moved(word: Found, dx: float, dy: float, line: tuple[int, ...]) -> Found:
    return replace(word, line=line, x0=word.x0 + dx, x1=word.x1 + dx, top=word.top + dy, bottom=word.bottom + dy)


def _said(words: Sequence[Found]) -> str:
    return " ".join(w.text for w in words)


def _mean(words: Sequence[Found]) -> float:
    return sum(w.confidence for w in words) / len(words) if words else 0.0


def _surer(a: list[Found], b: list[Found]) -> list[Found]:
    return a if _mean(a) >= _mean(b) else b


def _settled(*readings: list[Found]) -> list[Found]:
    """Of readings that differ the one that most say, else the surest; a figure in it is doubted."""
    votes = Counter(_said(words) for words in readings if words)
    if not votes:
        return []
    often = max(votes.values())
    best = max((words for words in readings if votes[_said(words)] == often), key=_mean)
    if not any(ch.isdigit() for words in readings for w in words for ch in w.text):
        return best
    most = 2 * _DOUBTED if often > 1 else _DOUBTED
    return [replace(w, confidence=min(w.confidence, most)) for w in best]
