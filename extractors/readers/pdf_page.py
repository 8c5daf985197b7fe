"""A page as pdfplumber draws it, with what pdfminer leaves out: an end to drawing, clipping, invisible text, and what
annotations show."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import isfinite
from typing import Any, Final

from extractors import limits

_SHOWN: Final = frozenset({"Widget", "FreeText", "Stamp"})
_HIDDEN: Final = 2 | 32  # flags of an annotation: hidden, not shown (PDF 1.7, table 165)
_NOTES: Final = 500  # annotations of a page that are looked at
_APPEARANCE: Final = "appearance of an annotation"
_INVISIBLE: Final = 3  # text rendering mode: neither filled nor stroked (PDF 1.7, table 106)

Rectangle = tuple[float, float, float, float]


class _Full(Exception):
    """The page holds more than we draw."""


def drawn_page(plumber: Any, page: Any, number: int) -> Any:
    """pdfplumber's page of pdfminer's `page`. Drawing ends at MAX_PAGE_OBJECTS (`page.cut` says whether it did), what
    is clipped away is left out, and characters have the key "unseen" for invisible text."""
    from pdfminer.layout import LTChar
    from pdfplumber.page import Page

    class DrawnPage(Page):  # type: ignore[misc, unused-ignore]
        cut = False

        def process_object(self, obj: Any) -> dict[str, Any]:
            return _char(obj, self) if isinstance(obj, LTChar) else super().process_object(obj)

        @property
        def layout(self) -> Any:
            device = _device()(plumber.rsrcmgr, pageno=number)
            try:
                interpreter = _interpreter()(plumber.rsrcmgr, device)
                interpreter.appearances = _appearances(page)
                interpreter.process_page(page)
            except _Full:
                self.cut = True
                while device._stack:  # forms that were being drawn
                    device.end_figure("")
                device.end_page(page)
            return device.get_result()

    return DrawnPage(plumber, page, page_number=number)


@cache
def _device() -> Any:
    """pdfplumber's device, which gathers what is drawn, with the limit and the clipping box. The libraries are heavy:
    nothing of them is loaded before a PDF is read."""
    from pdfplumber.page import PDFPageAggregatorWithMarkedContent

    class Device(PDFPageAggregatorWithMarkedContent):  # type: ignore[misc, unused-ignore]
        drawn = 0
        clip: Rectangle | None = None
        mode = 0
        note, signed = 0, False

        def tag_cur_item(self) -> None:
            self.drawn += 1
            if self.drawn > limits.MAX_PAGE_OBJECTS:
                raise _Full

        def render_string(self, textstate: Any, *rest: Any) -> None:
            self.mode = textstate.render
            super().render_string(textstate, *rest)

        def render_char(self, *args: Any, **options: Any) -> Any:
            advance = super().render_char(*args, **options)
            char: Any = self.cur_item._objs[-1]
            if self.clip is not None and not _inside(char, self.clip):
                self.cur_item._objs.pop()
            char.unseen = self.mode == _INVISIBLE
            char.note, char.signed = self.note, self.signed
            font, place = args[1], args[5]
            char.code = place if not font.is_multibyte() else None  # of a simple font: its byte
            return advance

    return Device


@cache
def _interpreter() -> Any:
    """pdfminer's interpreter, which keeps the box of the clipping path with the other graphics state."""
    from pdfminer.pdfinterp import PDFPageInterpreter
    from pdfminer.psparser import LIT
    from pdfminer.utils import MATRIX_IDENTITY, apply_matrix_rect

    class Interpreter(PDFPageInterpreter):  # type: ignore[misc, unused-ignore]
        device: Any
        appearances: Sequence[tuple[Any, tuple[float, ...], bool]] = ()

        def render_contents(self, resources: Any, streams: Any, ctm: Any = MATRIX_IDENTITY) -> None:
            super().render_contents(resources, streams, ctm=ctm)
            for stream, matrix, signed in self.appearances:
                self.init_state(ctm)
                self.device.note, self.device.signed = self.device.note + 1, signed
                self.device.clip = None
                self.do_cm(*matrix)
                self.xobjmap[_APPEARANCE] = stream
                self.do_Do(LIT(_APPEARANCE))

        def init_state(self, ctm: Any) -> None:
            super().init_state(ctm)
            self.clips: list[Rectangle | None] = []

        def do_q(self) -> None:
            self.clips.append(self.device.clip)
            super().do_q()

        def do_Q(self) -> None:
            if self.clips:
                self.device.clip = self.clips.pop()
            super().do_Q()

        def do_W(self) -> None:
            points = [p for _, *values in self.curpath for p in zip(values[::2], values[1::2], strict=False)]
            if points:
                xs, ys = zip(*points, strict=True)
                box = apply_matrix_rect(self.ctm, (min(xs), min(ys), max(xs), max(ys)))
                self.device.clip = _common(self.device.clip, box)

        do_W_a = do_W

        def do_Do(self, name: Any) -> None:
            outside = self.device.clip
            super().do_Do(name)
            self.device.clip = outside

    return Interpreter


def _appearances(page: Any) -> list[tuple[Any, tuple[float, ...], bool]]:
    """What signature fields, filled fields, typed notes and stamps show on the page: forms with the matrices that put
    them in their places (PDF 1.7, 12.5.5), and whether it is a signature's. A document's number and date are often stamped
    so."""
    from pdfminer.pdftypes import PDFStream, resolve1, resolve_all
    from pdfminer.utils import MATRIX_IDENTITY, apply_matrix_rect

    found: list[tuple[Any, tuple[float, ...], bool]] = []
    notes = resolve1(page.annots)
    for note in map(resolve1, notes[:_NOTES] if isinstance(notes, list) else ()):
        if not isinstance(note, dict) or getattr(resolve1(note.get("Subtype")), "name", "") not in _SHOWN:
            continue
        flags, ways = resolve1(note.get("F")), resolve1(note.get("AP"))
        normal = resolve1(ways.get("N")) if isinstance(ways, dict) else None
        if isinstance(normal, dict):  # one for each state of the field
            normal = resolve1(normal.get(getattr(resolve1(note.get("AS")), "name", "")))
        if not isinstance(normal, PDFStream) or (isinstance(flags, int) and flags & _HIDDEN):
            continue
        place, box = _numbers(resolve_all(note.get("Rect")), 4), _numbers(resolve_all(normal.get("BBox")), 4)
        own: Any = _numbers(resolve_all(normal.get("Matrix")), 6) or MATRIX_IDENTITY
        if place is None or box is None:
            continue
        x0, y0, x1, y1 = apply_matrix_rect(own, (box[0], box[1], box[2], box[3]))
        if x1 - x0 <= 0 or y1 - y0 <= 0:
            continue
        left, right, low, high = *sorted((place[0], place[2])), *sorted((place[1], place[3]))
        across, up = (right - left) / (x1 - x0), (high - low) / (y1 - y0)
        found.append((normal, (across, 0.0, 0.0, up, left - x0 * across, low - y0 * up), _signs(note)))
    return found


def _signs(note: dict[str, Any]) -> bool:
    """Whether an annotation shows a field for a signature; the kind of field may stand with the field above it."""
    from pdfminer.pdftypes import resolve1

    above = resolve1(note.get("Parent"))
    kinds = [note.get("FT"), above.get("FT") if isinstance(above, dict) else None]
    return any(getattr(resolve1(kind), "name", "") == "Sig" for kind in kinds)


def _numbers(raw: Any, count: int) -> tuple[float, ...] | None:
    if not isinstance(raw, list) or len(raw) != count or not all(isinstance(v, int | float) for v in raw):
        return None
    return tuple(float(v) for v in raw) if all(map(isfinite, raw)) else None


def _inside(char: Any, clip: Rectangle) -> bool:
    """Whether the middle of a character lies inside the clipping box."""
    x, y = (char.x0 + char.x1) / 2, (char.y0 + char.y1) / 2
    return bool(clip[0] - 1 <= x <= clip[2] + 1 and clip[1] - 1 <= y <= clip[3] + 1)


def _common(outer: Rectangle | None, box: Rectangle) -> Rectangle:
    if outer is None:
        return box
    return max(outer[0], box[0]), max(outer[1], box[1]), min(outer[2], box[2]), min(outer[3], box[3])


def _char(char: Any, page: Any) -> dict[str, Any]:
    """A character as pdfplumber describes it, with the keys that are used here: half of the time of a page otherwise
    goes into the others."""
    left, top = page.mediabox[:2]
    bottom = page.height + top
    colour = char.graphicstate.ncolor
    return {
        "object_type": "char",
        "text": char.get_text(),
        "fontname": str(char.fontname),
        "size": char.size,
        "upright": char.upright,
        "matrix": char.matrix,
        "unseen": getattr(char, "unseen", False),
        "note": getattr(char, "note", 0),  # the how manieth annotation shows it; 0 for the page itself
        "signed": getattr(char, "signed", False),  # it is shown by a field for a signature
        "code": getattr(char, "code", None),
        "width": char.width,
        "height": char.height,
        "x0": char.x0 + left,
        "x1": char.x1 + left,
        "top": bottom - char.y1,
        "bottom": bottom - char.y0,
        "doctop": bottom - char.y1,
        "non_stroking_color": colour if isinstance(colour, tuple) else (colour,),
    }
