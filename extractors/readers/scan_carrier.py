"""A printed word to stand before a short piece of text while it is recognised.

Tesseract scales a line by what it finds in it and was trained on lines of prose: "1.2.1." alone, with no letter above or
below the height of a digit, is read as "12148:" as often as not. Behind a word set in its size it is read right.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from extractors.readers.scan_render import Picture

_BASE: Final = 60  # points of the baseline above the lower edge of the page that is drawn
_SIZE: Final = 100
_HEIGHT: Final = 220
_WIDTH: Final = 1_000


@dataclass(frozen=True, slots=True)
class Carrier:
    """A word in black on white, and the row of its baseline."""

    picture: Picture
    base: int


@cache
def carrier(text: str, em: int) -> Carrier:
    """`text` (of Latin-1) in Times with a type size of `em` pixels, drawn by PDFium with the font that it brings."""
    import numpy as np
    import pypdfium2

    file = pypdfium2.PdfDocument(_page_with(text))
    try:
        bitmap = file[0].render(scale=em / _SIZE, grayscale=True)
        grey = bitmap.to_numpy()
        grey = grey.reshape(grey.shape[:2]).copy()
    finally:
        file.close()
    ys, xs = np.nonzero(grey < 200)
    if not len(ys):
        return Carrier(grey[:1, :1], 0)
    base = round((_HEIGHT - _BASE) * em / _SIZE) - int(ys.min())
    return Carrier(grey[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1], base)


def _page_with(text: str) -> bytes:
    """A PDF of one page with one word."""
    content = b"BT /F %d Tf 20 %d Td (%b) Tj ET" % (_SIZE, _BASE, text.encode("latin-1"))
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
        % (_WIDTH, _HEIGHT),
        b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>",
    )
    made = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, table)
    made += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(made)
