"""Scans of text PDFs: pages drawn as pictures, spoilt as offices' scanners spoil them, bound as a PDF without text.

`clean` is a good office scan: grey, a trace of noise, JPEG at quality 85. `hard` is a bad one: each page turned by 1 to 2
degrees, blurred, noisy, at quality 40 and with a red round stamp over figures of one page; every third document is
bilevel instead, as old copiers send it. The same PDF, seed, kind and resolution give the same bytes.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

import cv2
import numpy as np
import pypdfium2

Kind = Literal["clean", "hard"]
KINDS: Final[tuple[Kind, ...]] = ("clean", "hard")
_RED: Final = (45, 35, 200)  # blue, green, red
_STAMP: Final = 36 / 25.4  # inches across: the round stamp of an office is 36 mm wide


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a picture: PDF points of its paper, pixels, and the bytes of an image stream with its filter."""

    width: float
    height: float
    pixels: tuple[int, int]
    data: bytes
    filter: Literal["DCTDecode", "FlateDecode"]
    space: Literal["DeviceRGB", "DeviceGray"]
    bits: int


def scan(pdf: bytes, dpi: int, kind: Kind, seed: int) -> bytes:
    """The PDF as a scanner of this resolution would give it."""
    rng = np.random.default_rng([seed, dpi, KINDS.index(kind)])
    bilevel = kind == "hard" and seed % 3 == 2
    return bound([spoilt(page, size, kind, bilevel, dpi, rng) for page, size in _stamped(pdf, dpi, kind, rng)])


def drawn(pdf: bytes, dpi: int) -> Iterator[tuple[Any, tuple[float, float], list[tuple[float, float]]]]:
    """Pages as blue-green-red pictures, their size in points, and where their digits stand, in pixels."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            size, scale = page.get_size(), dpi / 72
            picture = page.render(scale=scale, rev_byteorder=False).to_numpy()[:, :, :3].copy()
            text = page.get_textpage()
            boxes = [
                text.get_charbox(i) for i, c in enumerate(text.get_text_range()[: text.count_chars()]) if c.isdigit()
            ]
            yield picture, size, [((b[0] + b[2]) / 2 * scale, (size[1] - (b[1] + b[3]) / 2) * scale) for b in boxes]
            text.close()
            page.close()
    finally:
        document.close()


def _stamped(pdf: bytes, dpi: int, kind: Kind, rng: np.random.Generator) -> list[tuple[Any, tuple[float, float]]]:
    """The pages; of a hard scan the one with most digits has a stamp over some of them."""
    pages = list(drawn(pdf, dpi))
    if kind == "hard" and pages:
        picture, _, digits = max(pages, key=lambda page: len(page[2]))
        if digits:
            stamp(picture, digits[int(rng.integers(len(digits)))], dpi, rng)
    return [(picture, size) for picture, size, _ in pages]


def stamp(picture: Any, near: tuple[float, float], dpi: int, rng: np.random.Generator) -> None:
    """Print a red round stamp near a point, as ink: what is under it shows through."""
    radius = _STAMP * dpi / 2
    x, y = (int(v + rng.uniform(-0.5, 0.5) * radius) for v in near)
    ink = np.full_like(picture, 255)
    thick = max(2, dpi // 70)
    for share in (1.0, 0.93, 0.6):
        cv2.circle(ink, (x, y), int(radius * share), _RED, thick if share == 1.0 else max(1, thick // 2), cv2.LINE_AA)
    points = [
        (x + radius * 0.35 * (0.45 if k % 2 else 1) * math.sin(math.pi * k / 5),
         y - radius * 0.35 * (0.45 if k % 2 else 1) * math.cos(math.pi * k / 5))
        for k in range(10)
    ]  # fmt: skip
    cv2.fillPoly(ink, [np.array(points, dtype=np.int32)], _RED, cv2.LINE_AA)
    for k, letter in enumerate("UBND TINH * SO * CONG HOA XHCN VN"):
        angle = 2 * math.pi * k / 33
        at = (
            int(x + radius * 0.77 * math.sin(angle)) - thick * 2,
            int(y - radius * 0.77 * math.cos(angle)) + thick * 2,
        )
        cv2.putText(ink, letter, at, cv2.FONT_HERSHEY_SIMPLEX, dpi / 500, _RED, max(1, thick // 2), cv2.LINE_AA)
    picture[:] = (picture.astype(np.uint16) * ink // 255).astype(np.uint8)


def spoilt(
    page: Any, size: tuple[float, float], kind: Kind, bilevel: bool, dpi: int, rng: np.random.Generator
) -> Picture:
    """A page as it comes from the scanner."""
    if kind == "clean":
        grey = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
        return _jpeg(_noisy(grey, 2.0, rng), size, 85)
    turned = _turned(page, float(rng.uniform(1.0, 2.0)) * float(rng.choice([-1, 1])))
    blurred = cv2.GaussianBlur(turned, (0, 0), 0.5 * dpi / 150)
    noisy = _noisy(blurred, 9.0, rng)
    if not bilevel:
        return _jpeg(noisy, size, 40)
    grey = cv2.cvtColor(noisy, cv2.COLOR_BGR2GRAY)
    black = np.packbits(grey > 150, axis=1)
    return Picture(
        *size, (grey.shape[1], grey.shape[0]), zlib.compress(black.tobytes(), 6), "FlateDecode", "DeviceGray", 1
    )


def _noisy(picture: Any, sigma: float, rng: np.random.Generator) -> Any:
    """Gaussian noise, and paper a little darker than white, so that noise shows on it."""
    paper = picture.astype(np.float32) * (250 / 255)
    return np.clip(paper + rng.normal(0.0, sigma, picture.shape).astype(np.float32), 0, 255).astype(np.uint8)


def _turned(picture: Any, degrees: float) -> Any:
    """A page laid crookedly on the glass: turned around its middle, white beyond its edges."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))


def _jpeg(picture: Any, size: tuple[float, float], quality: int) -> Picture:
    done, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert done
    space: Literal["DeviceRGB", "DeviceGray"] = "DeviceRGB" if picture.ndim == 3 else "DeviceGray"
    return Picture(*size, (picture.shape[1], picture.shape[0]), data.tobytes(), "DCTDecode", space, 8)


def bound(pictures: list[Picture]) -> bytes:
    """A PDF of pictures, one a page, without any text."""
    kids = " ".join(f"{3 + 3 * n} 0 R" for n in range(len(pictures)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pictures)} >>".encode(),
    ]
    for n, p in enumerate(pictures):
        first = 3 + 3 * n
        paint = f"q {p.width:.2f} 0 0 {p.height:.2f} 0 0 cm /Scan Do Q".encode()
        shape = f"/Width {p.pixels[0]} /Height {p.pixels[1]} /ColorSpace /{p.space} /BitsPerComponent {p.bits}"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {p.width:.2f} {p.height:.2f}] /Contents {first + 1} 0 R "
            f"/Resources << /XObject << /Scan {first + 2} 0 R >> >> >>".encode(),
            _stream("", paint),
            _stream(f"/Type /XObject /Subtype /Image {shape} /Filter /{p.filter}", p.data),
        ]
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return made + end % (len(objects) + 1, table, len(objects) + 1, len(made))


def _stream(entries: str, data: bytes) -> bytes:
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"
