"""Pages of a PDF as pictures, drawn by PDFium within a budget of pixels."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any, Final

from extractors import limits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Picture = NDArray[Any]  # of uint8: rows, columns and, in colour, blue, green and red

_USUAL_DPI: Final = 200.0  # of a page that is drawn, not scanned
_LEAST_DPI: Final = 200.0
_MOST_DPI: Final = 300.0
_READABLE_DPI: Final = 90.0  # below it nothing is read
_POINTS: Final = 72.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page to be recognised: its number, the size that it is shown with (points), degrees by which it is turned
    clockwise beyond what the file says, and the dots per inch of the scan on it (0 where it is none)."""

    number: int
    width: float
    height: float
    turn: int = 0
    dpi: float = 0.0

    @property
    def resolution(self) -> float | None:
        """Dots per inch to draw the page with; None where it is too large to be drawn readably.

        A scan is drawn as it was made, as long as that is neither too coarse for Tesseract nor finer than letters need.
        """
        wanted = min(max(self.dpi, _LEAST_DPI), _MOST_DPI) if self.dpi else _USUAL_DPI
        area = self.width * self.height / _POINTS**2
        fits = min(wanted, sqrt(limits.MAX_SCAN_PIXELS / area))
        return fits if fits >= _READABLE_DPI else None


class Renderer:
    """A file opened by PDFium. Draws what the page shows, annotations included."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        self._error = pypdfium2.PdfiumError
        try:
            self._file = pypdfium2.PdfDocument(data)
            with suppress(self._error):  # forms of another maker: the page is drawn without them
                self._file.init_forms()
        except self._error:
            self._file = None

    def page(self, wanted: Wanted) -> Picture | None:
        """The page in blue, green and red (rows, columns, 3); None where PDFium cannot draw it or it is too large."""
        dpi = wanted.resolution
        if self._file is None or dpi is None:
            return None
        try:
            page = self._file[wanted.number - 1]
            try:
                width, height = page.get_size()
                if wanted.turn in (90, 270):
                    width, height = height, width
                if abs(width - wanted.width) > 2 or abs(height - wanted.height) > 2:
                    return None  # the two libraries do not agree on what the page is
                bitmap = page.render(scale=dpi / _POINTS, rotation=wanted.turn, no_smoothimage=False)
                picture: Picture = bitmap.to_numpy()[:, :, :3].copy()
                bitmap.close()
            finally:
                page.close()
        except self._error:
            return None
        return picture

    def close(self) -> None:
        """Give its memory back."""
        if self._file is not None:
            self._file.close()
            self._file = None


def scan_dpi(images: Sequence[dict[str, Any]]) -> float:
    """Dots per inch of the largest picture of a page; 0 where it has none."""
    best = max(images, key=_area, default=None)
    if best is None or _area(best) <= 0:
        return 0.0
    wide, high = best["srcsize"]
    return sqrt(float(wide) * float(high) / _area(best)) * _POINTS


def pixels(images: Sequence[dict[str, Any]]) -> int:
    """Pixels that the pictures of a page unpack to, as the file says, masks included."""
    return sum(
        _size(image["stream"]) + _size(image["stream"].get("SMask")) + _size(image["stream"].get("Mask"))
        for image in images
    )


def _size(stream: Any) -> int:
    from pdfminer.pdftypes import resolve1

    stream = resolve1(stream)
    if not hasattr(stream, "get"):
        return 0
    wide, high = (resolve1(stream.get(key, stream.get(key[0]))) for key in ("Width", "Height"))
    if not isinstance(wide, int) or not isinstance(high, int):
        return 0
    return abs(wide) * abs(high)


def _area(image: dict[str, Any]) -> float:
    return float((image["x1"] - image["x0"]) * (image["bottom"] - image["top"]))
