"""Pages that are pictures, recognised: drawn, levelled, cleaned, read by Tesseract, handed on as words and rules.

While Tesseract reads a page the next one is prepared. Nothing here knows paragraphs or tables: words and rules are what
a page with a text layer gives too.
"""

from __future__ import annotations

import tempfile
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from extractors import limits
from extractors.readers.pdf_lines import Word
from extractors.readers.pdf_rules import Rule, grids
from extractors.readers.progress import tick
from extractors.readers.scan_cells import CellReading, cells_in
from extractors.readers.scan_colour import without_stamps
from extractors.readers.scan_grid import drawn_rules
from extractors.readers.scan_image import faint_ink_of, ink_of, skew_of, turned, without_specks
from extractors.readers.scan_render import Renderer, Wanted
from extractors.readers.scan_tools import Recognition, turn_of
from extractors.readers.scan_words import Frame, found_in, words_of_page

_POINTS: Final = 72.0
_PAGE: Final = 3  # Tesseract's page segmentation mode
_GOOD: Final = 60  # confidence from which a page is taken to lie upright; sound pages have 85 and more


@dataclass(slots=True)
class Recognised:
    """What was recognised on a page: words, and the rules drawn on it, in points of the levelled page, which is `width`
    by `height` once its letters stand upright; `confidence` is the mean of its words, weighted by their letters."""

    words: list[Word]
    across: list[Rule]
    down: list[Rule]
    width: float
    height: float

    @property
    def confidence(self) -> int:
        letters = sum(len(w.text) for w in self.words)
        return round(sum(len(w.text) * (w.confidence or 0) for w in self.words) / letters) if letters else 0


@dataclass(slots=True)
class _Prepared:
    """A page at work: its rules, and the processes that read its text and its cells."""

    wanted: Wanted
    frame: Frame
    across: list[Rule]
    down: list[Rule]
    reading: Recognition
    cells: CellReading

    def stop(self) -> None:
        """End its processes, as far as they still run."""
        self.reading.stop()
        self.cells.stop()


def recognised(data: bytes, pages: Sequence[Wanted]) -> Iterator[tuple[Wanted, Recognised | None]]:
    """Each page of the PDF `data` that is wanted with what was recognised on it, in order; None where it could not be
    drawn or read, or the time for a file's recognition was over. Every page is a sign of life."""
    end = time.monotonic() + limits.SCAN_SECONDS
    renderer = Renderer(data)
    with tempfile.TemporaryDirectory(prefix="scan-") as name:
        waiting: deque[tuple[Wanted, _Prepared | None]] = deque()
        try:
            for wanted in pages:
                late = time.monotonic() > end
                waiting.append((wanted, None if late else _prepared(renderer, wanted, Path(name))))
                tick()
                if len(waiting) > 1:
                    yield _finished(renderer, *waiting.popleft(), Path(name))
            while waiting:
                yield _finished(renderer, *waiting.popleft(), Path(name))
        finally:
            for _, prepared in waiting:
                if prepared is not None:
                    prepared.stop()
            renderer.close()


def _prepared(renderer: Renderer, wanted: Wanted, folder: Path) -> _Prepared | None:
    """Draw a page, level and clean it, and set Tesseract to work on it."""
    import cv2

    drawn = renderer.page(wanted)
    if drawn is None:
        return None
    dpi = drawn.shape[1] / wanted.width * _POINTS
    grey = without_specks(without_stamps(drawn, dpi), dpi)
    skew = skew_of(ink_of(grey), dpi)
    grey = turned(grey, skew)
    rules = drawn_rules(faint_ink_of(grey), dpi)
    clean = rules.removed_from(grey)
    frame = Frame(wanted.number, wanted.width, wanted.height, wanted.width / grey.shape[1], skew)
    across, down = rules.in_points(frame.scale)
    cells, rest = cells_in(clean, ink_of(clean), grids(across, down)[0], frame.scale, dpi)
    image = folder / f"page{wanted.number}.pgm"
    cv2.imwrite(str(image), rest)
    reading = Recognition([image], _PAGE)
    cell_reading = CellReading(cells, dpi, folder, f"cell{wanted.number}")
    return _Prepared(wanted, frame, across, down, reading, cell_reading)


def _finished(
    renderer: Renderer, wanted: Wanted, prepared: _Prepared | None, folder: Path
) -> tuple[Wanted, Recognised | None]:
    """Wait for the words of a page; one that reads badly is looked at for the way it lies, and read again."""
    first = _words(prepared) if prepared is not None else None
    if first is None or (first.words and first.confidence >= _GOOD):
        return wanted, first
    again = _turned(renderer, wanted, folder)
    second = _words(again) if again is not None else None
    return wanted, second if second is not None and second.confidence > first.confidence else first


def _turned(renderer: Renderer, wanted: Wanted, folder: Path) -> _Prepared | None:
    """The page turned to stand upright, at work; None where it does already."""
    import cv2

    drawn = renderer.page(wanted)
    if drawn is None:
        return None
    image = folder / f"turn{wanted.number}.pgm"
    cv2.imwrite(str(image), cv2.cvtColor(drawn, cv2.COLOR_BGR2GRAY))
    turn = turn_of(image, limits.SCAN_PAGE_SECONDS / 2)
    image.unlink()
    tick()
    if not turn:
        return None
    width, height = (wanted.height, wanted.width) if turn in (90, 270) else (wanted.width, wanted.height)
    other = replace(wanted, turn=(wanted.turn + turn) % 360, width=width, height=height)
    return _prepared(renderer, other, folder)


def _words(prepared: _Prepared) -> Recognised | None:
    """What was recognised on a page at work; None where that failed or took too long."""
    wanted = prepared.wanted
    try:
        table = prepared.reading.result(limits.SCAN_PAGE_SECONDS)
        tick()
        if table is None:
            return None
        of_cells = prepared.cells.words(limits.SCAN_PAGE_SECONDS)
        tick()
        if of_cells is None:
            return None
    finally:
        prepared.stop()
    words = words_of_page([*found_in(table), *of_cells], prepared.frame)
    return Recognised(words, prepared.across, prepared.down, wanted.width, wanted.height)
