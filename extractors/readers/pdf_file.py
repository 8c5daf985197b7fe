"""A PDF file opened with care: its page tree is walked, and its page sizes judged, before any content is interpreted.

pdfminer trusts what a file says of itself. Here the tree is walked without recursion, compressed streams are unpacked
within a budget, and a page with more characters than a person can read stops being drawn.
"""

from __future__ import annotations

import io
import math
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from extractors import limits
from extractors.errors import Unreadable
from extractors.readers.pdf_page import drawn_page

# What pdfminer and pdfplumber raise on damaged objects; caught around their calls only, never around our own code.
BROKEN: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
_INHERITED: Final = ("Resources", "MediaBox", "CropBox", "Rotate")  # PDF 1.7, table 30
_FIELDS: Final = 500  # fields of a form that are looked at
_TAIL: Final = 4096  # bytes at the end of a whole file that hold "startxref", junk behind it allowed


class PdfFile:
    """The pages of an open file. `count` is the number of pages of the tree; a page is built when asked for."""

    def __init__(self, plumber: Any, leaves: list[tuple[object, dict[str, Any]]]) -> None:
        self._plumber = plumber
        self._leaves = leaves
        self.count = len(leaves)

    def page(self, number: int, turn: int = 0) -> Any | None:
        """pdfplumber's page `number` (1-based), turned clockwise by `turn` degrees more than the file says; None where
        its size is impossible. Raises Unreadable(corrupt)."""
        from pdfminer.pdfpage import PDFPage
        from pdfminer.pdftypes import resolve_all

        objid, attributes = self._leaves[number - 1]
        with parsing():
            attributes = dict(attributes)
            box = _box(resolve_all(attributes.get("MediaBox")))
            stated = resolve_all(attributes.get("Rotate"))
            crop = _box(resolve_all(attributes.get("CropBox")))
        if box is None:
            return None
        attributes["MediaBox"] = list(box)
        turn += stated if isinstance(stated, int) and stated % 90 == 0 else 0
        attributes["Rotate"] = turn % 360
        attributes["CropBox"] = list(_within(crop, box))
        for name in ("TrimBox", "BleedBox", "ArtBox"):  # of no use here, and as often wrong
            attributes.pop(name, None)
        with parsing():
            return drawn_page(self._plumber, PDFPage(self._plumber.doc, objid, attributes, None), number)

    def extras(self) -> list[str]:
        """Codes of what the file carries beside its pages, none of it opened or run: active_content, embedded_file,
        form_fields."""
        from pdfminer.pdftypes import resolve1

        def entry(holder: object, name: str) -> Any:
            return resolve1(holder.get(name)) if isinstance(holder, dict) else None

        with parsing():
            root = self._plumber.doc.catalog
            names, form, action = entry(root, "Names"), entry(root, "AcroForm"), entry(root, "OpenAction")
            codes = []
            if (
                entry(names, "JavaScript")
                or entry(root, "AA")
                or (isinstance(action, dict) and _acts(entry(action, "S")))
            ):
                codes.append("active_content")
            if entry(names, "EmbeddedFiles") or entry(root, "AF"):
                codes.append("embedded_file")
            fields = entry(form, "Fields")
            shown = [resolve1(f) for f in fields[:_FIELDS]] if isinstance(fields, list) else []
            if entry(form, "XFA") or any(
                entry(f, "V") and getattr(entry(f, "FT"), "name", "Sig") != "Sig" for f in shown
            ):
                codes.append("form_fields")
        return codes


@contextmanager
def opened(data: bytes) -> Iterator[PdfFile]:
    """The file in `data`. Raises Unreadable: encrypted, corrupt, too_deep, too_many_pages, too_large."""
    from pdfplumber.pdf import PDF

    if b"startxref" not in data[-_TAIL:]:
        raise Unreadable("corrupt", "the end of the file is missing")
    _bound_inflation()
    with parsing():
        plumber = PDF(io.BytesIO(data), raise_unicode_errors=False)
    try:
        with parsing():
            leaves = _leaves(plumber.doc)
        if not leaves:
            raise Unreadable("corrupt", "no pages")
        yield PdfFile(plumber, leaves)
    finally:
        plumber.stream.close()


@contextmanager
def parsing() -> Iterator[None]:
    """Turns what the libraries raise on damaged or locked files into Unreadable."""
    from pdfminer.pdfdocument import PDFEncryptionError
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    try:
        yield
    except Unreadable:
        raise
    except (PdfminerException, PSException, MalformedPDFException, *BROKEN) as error:
        wrapped = [error, error.__context__, error.__cause__, *error.args]
        for inner in wrapped:
            if isinstance(inner, Unreadable):
                raise inner from error
        if any(isinstance(inner, PDFEncryptionError) for inner in wrapped):
            raise Unreadable("encrypted") from error
        if any(isinstance(inner, RecursionError) for inner in wrapped):
            raise Unreadable("too_deep", "objects inside objects") from error
        raise Unreadable("corrupt", "cấu trúc PDF hỏng") from error


def _acts(kind: object) -> bool:
    """Whether an action does more than show a page of the file."""
    return getattr(kind, "name", "") not in ("GoTo", "Named", "")


def _leaves(document: Any) -> list[tuple[object, dict[str, Any]]]:
    """Object numbers and attributes (inherited ones too) of the pages, in order."""
    from pdfminer.pdftypes import PDFObjRef, dict_value, list_value, resolve1

    found: list[tuple[object, dict[str, Any]]] = []
    seen: set[int] = set()
    stack: list[tuple[Any, dict[str, Any], int]] = [(document.catalog.get("Pages"), {}, 1)]
    while stack:
        reference, above, depth = stack.pop()
        number = reference.objid if isinstance(reference, PDFObjRef) else 0
        if number in seen:
            raise Unreadable("corrupt", "the page tree loops")
        if number:
            seen.add(number)
        if depth > limits.MAX_PAGE_TREE_DEPTH:
            raise Unreadable("too_deep", "page tree")
        node = resolve1(reference)
        if not isinstance(node, dict):
            raise Unreadable("corrupt", "a page is missing")
        handed = above | {k: node[k] for k in _INHERITED if k in node}
        if "Kids" in node:
            stack += [(kid, handed, depth + 1) for kid in reversed(list_value(node["Kids"]))]
            continue
        found.append((number, handed | dict_value(node)))
        if len(found) > limits.MAX_PAGES:
            raise Unreadable("too_many_pages", f"> {limits.MAX_PAGES}")
    return found


def _box(raw: Any) -> tuple[float, float, float, float] | None:
    """A rectangle of the file, corners in order; None where it is none or its sides are impossible."""
    if not isinstance(raw, list) or len(raw) != 4:
        return None
    if not all(isinstance(v, int | float) and math.isfinite(v) for v in raw):
        return None
    x0, x1 = sorted((float(raw[0]), float(raw[2])))
    y0, y1 = sorted((float(raw[1]), float(raw[3])))
    if not (1 <= x1 - x0 <= limits.MAX_PAGE_SIDE and 1 <= y1 - y0 <= limits.MAX_PAGE_SIDE):
        return None
    if max(abs(v) for v in (x0, y0, x1, y1)) > 10 * limits.MAX_PAGE_SIDE:
        return None
    return x0, y0, x1, y1


def _within(
    crop: tuple[float, float, float, float] | None, box: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """The part of the page that is shown; all of it where the crop box is wrong."""
    if crop is None:
        return box
    cut = max(crop[0], box[0]), max(crop[1], box[1]), min(crop[2], box[2]), min(crop[3], box[3])
    return cut if cut[2] - cut[0] >= 1 and cut[3] - cut[1] >= 1 else box


class _BoundedZlib:
    """What pdfminer uses of zlib. A wrong or missing checksum is forgiven, missing or damaged data is not."""

    error = zlib.error
    decompressobj = zlib.decompressobj

    @staticmethod
    def decompress(data: bytes) -> bytes:
        if not data.strip():
            return b""
        engine = zlib.decompressobj(-zlib.MAX_WBITS)  # raw: its end shows without the checksum behind it
        try:
            out = engine.decompress(data[2:], limits.MAX_STREAM_BYTES + 1)
        except zlib.error as error:
            raise Unreadable("corrupt", "a compressed stream is damaged") from error
        if len(out) > limits.MAX_STREAM_BYTES:
            raise Unreadable("too_large", f"a stream unpacks to more than {limits.MAX_STREAM_BYTES >> 20} MB")
        if not engine.eof or int.from_bytes(data[:2], "big") % 31:
            raise Unreadable("corrupt", "a compressed stream is damaged")
        return out


def _bound_inflation() -> None:
    """Give pdfminer a zlib with a budget, once and for good: there is no other place where every stream passes."""
    from pdfminer import pdftypes

    vars(pdftypes)["zlib"] = _BoundedZlib
