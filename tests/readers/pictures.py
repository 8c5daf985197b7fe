"""Scans made for tests: text set in the Times that PDFium brings, drawn, spoilt, and bound as a PDF of pictures alone.

Only letters of Latin-1 can be set, so the sentences are Vietnamese that needs no others.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from typing import Any

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

from tests.hostile.pages import pdf, stream

Picture = NDArray[Any]
WIDTH, HEIGHT, DPI = 595, 842, 200


def drawn(content: str, dpi: int = DPI) -> Picture:
    """A page of PDF operators (font /F is Times) as a picture: blue, green, red."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
        % (WIDTH, HEIGHT),
        4: stream(content.encode("latin-1")),
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>",
    }
    file = pypdfium2.PdfDocument(pdf(objects))
    try:
        return file[0].render(scale=dpi / 72).to_numpy()[:, :, :3].copy()
    finally:
        file.close()


def line(x: float, y: float, text: str, size: float = 14, ink: str = "0 g") -> str:
    """Text whose baseline starts at a point, in points from the top left."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"{ink} BT /F {size} Tf {x} {HEIGHT - y} Td ({escaped}) Tj ET\n"


def grid(xs: Sequence[float], ys: Sequence[float], width: float = 0.6) -> str:
    """All rules of a table."""
    level = "".join(f"{xs[0]} {HEIGHT - y} m {xs[-1]} {HEIGHT - y} l S\n" for y in ys)
    return f"0 G {width} w\n{level}" + "".join(f"{x} {HEIGHT - ys[0]} m {x} {HEIGHT - ys[-1]} l S\n" for x in xs)


def ring(x: float, y: float, radius: float, ink: tuple[int, int, int] = (40, 30, 210)) -> Callable[[Picture], Picture]:
    """A round stamp over a picture, its middle in points; `ink` is blue, green, red."""

    def stamped(picture: Picture) -> Picture:
        scale = picture.shape[1] / WIDTH
        over = picture.copy()
        for share in (1.0, 0.9, 0.6, 0.3):
            cv2.circle(over, (round(x * scale), round(y * scale)), round(share * radius * scale), ink, round(2 * scale))
        return np.minimum(picture, over)

    return stamped


def skewed(degrees: float) -> Callable[[Picture], Picture]:
    """A page laid on the glass askew: turned against the clock."""

    def turned(picture: Picture) -> Picture:
        high, wide = picture.shape[:2]
        matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1.0)
        return cv2.warpAffine(picture, matrix, (wide, high), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))

    return turned


def bilevel(picture: Picture) -> Picture:
    """What a fax makes of a page: black or white, and dirt."""
    rng = np.random.default_rng(3)
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    made = np.where(grey < 160, 0, 255).astype(np.uint8)
    dirt = rng.random(made.shape)
    made[dirt < 0.0008] = 0
    made[dirt > 0.9992] = 255
    return cv2.cvtColor(made, cv2.COLOR_GRAY2BGR)


def scan(*pictures: Picture, text: str = "", claimed: tuple[int, int] | None = None) -> bytes:
    """A PDF whose pages are pictures; `text` are operators drawn over the first; `claimed`: a size that the pictures
    have not."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[%s]/Count %d>>"
        % (b" ".join(b"%d 0 R" % (10 + 3 * n) for n in range(len(pictures))), len(pictures)),
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>",
    }
    for n, picture in enumerate(pictures):
        high, wide = picture.shape[:2]
        width, height = (WIDTH, HEIGHT) if high >= wide else (HEIGHT, WIDTH)
        place = b"q %d 0 0 %d 0 0 cm /I Do Q\n" % (width, height)
        objects[10 + 3 * n] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R"
            b"/Resources<</Font<</F 5 0 R>>/XObject<</I %d 0 R>>>>>>" % (width, height, 11 + 3 * n, 12 + 3 * n)
        )
        objects[11 + 3 * n] = stream(place + (text.encode("latin-1") if not n else b""))
        size = b"/Width %d/Height %d" % (claimed or (wide, high))
        objects[12 + 3 * n] = stream(
            zlib.compress(picture[:, :, ::-1].tobytes(), 1),
            b"/Type/XObject/Subtype/Image/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode" + size,
        )
    return pdf(objects)
