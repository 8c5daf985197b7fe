"""The scans themselves: pages of pictures, the same for the same seed, spoilt as they say; and how texts are compared."""

from __future__ import annotations

import io

import numpy as np
import pypdfium2
import pytest

from tests.scans.maker import Kind, drawn, scan
from tests.scans.measure import distance

DPI = 60  # enough to see what was done, and fast


def text_pdf(pages: int = 1) -> bytes:
    """A PDF with a line of figures on each page, in one of the fonts that every reader of PDF has."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(pages))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n in range(pages):
        paint = f"BT /F 14 Tf 72 400 Td (Page {n + 1}: 33.451 = 33.437 + 14) Tj ET"
        shape = "/MediaBox [0 0 420 595] /Resources << /Font << /F 3 0 R >> >>"
        objects += [
            f"<< /Type /Page /Parent 2 0 R {shape} /Contents {5 + 2 * n} 0 R >>",
            f"<< /Length {len(paint)} >>\nstream\n{paint}\nendstream",
        ]
    made, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    made += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return (made + f"startxref\n{made.index('xref')}\n%%EOF\n").encode()


def page(pdf: bytes, number: int = 0) -> np.ndarray:
    """A page of a PDF as blue-green-red pixels at 60 dpi."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    picture = document[number].render(scale=DPI / 72).to_numpy()
    if picture.ndim == 2 or picture.shape[2] == 1:
        picture = np.repeat(picture.reshape(*picture.shape[:2], 1), 3, axis=2)
    return picture[:, :, :3].astype(int)


def red(picture: np.ndarray) -> int:
    """How many pixels are clearly red."""
    return int(((picture[:, :, 2] - picture[:, :, 0]) > 60).sum())


@pytest.mark.parametrize("kind", ["clean", "hard"])
def test_a_scan_has_the_pages_of_its_text_and_no_text(kind: Kind) -> None:
    document = pypdfium2.PdfDocument(io.BytesIO(scan(text_pdf(3), DPI, kind, 1)))
    assert [p.get_size() for p in document] == [(420, 595)] * 3
    assert [p.get_textpage().count_chars() for p in document] == [0, 0, 0]
    assert [len(list(p.get_objects())) for p in document] == [1, 1, 1]


def test_a_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    made = {seed: scan(text_pdf(), DPI, "hard", seed) for seed in (3, 4)}
    assert made[3] == scan(text_pdf(), DPI, "hard", 3)
    assert made[3] != made[4] != scan(text_pdf(), DPI, "clean", 4)


def test_only_a_hard_scan_is_stamped_over_figures() -> None:
    assert red(page(scan(text_pdf(), DPI, "clean", 1))) == 0
    assert red(page(scan(text_pdf(), DPI, "hard", 1))) > 100


def test_every_third_hard_scan_is_bilevel() -> None:
    assert b"/BitsPerComponent 1" in scan(text_pdf(), DPI, "hard", 2)
    assert b"/BitsPerComponent 1" not in scan(text_pdf(), DPI, "hard", 3)


def test_digits_are_known_where_they_stand() -> None:
    ((picture, size, digits),) = drawn(text_pdf(), DPI)
    assert size == (420, 595) and picture.shape == (496, 350, 3)
    assert len(digits) == len("1334513343714")
    assert all(abs(y - (595 - 405) * DPI / 72) < 6 for _, y in digits)


@pytest.mark.parametrize(
    ("a", "b", "edits"),
    [
        ("", "", 0),
        ("33451", "33451", 0),
        ("33451", "3345", 1),
        ("hồ sơ", "hô sơ", 1),
        ("kitten", "sitting", 3),
        ("", "ab", 2),
    ],
)
def test_texts_are_compared_character_by_character(a: str, b: str, edits: int) -> None:
    assert distance(a, b) == distance(b, a) == edits
