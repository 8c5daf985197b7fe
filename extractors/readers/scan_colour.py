"""Stamps and signatures in coloured ink taken off a page, so that the black text under them can be read.

Only what is large is taken off: a seal, a signature, the frame of a stamp with what stands in it. A line printed in
colour keeps its letters. Where coloured ink runs over black, the black stays: it is dark in every colour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from extractors.readers.scan_render import Picture

_COLOURED: Final = 45  # difference of the strongest and the weakest colour of a pixel that is not grey
_LOOK: Final = 72.0  # dots per inch at which coloured ink is looked for
_LARGE: Final = 0.3  # inches; letters are smaller
_REACH: Final = 0.05  # inches within which strokes hang together
_LEAST: Final = 60  # pixels of coloured ink, looked at coarsely, below which a page has none
_DARK: Final = 110  # brightest colour of a pixel that is black ink under a stamp


def without_stamps(picture: Picture, dpi: float) -> Picture:
    """Shades of grey of a page (blue, green, red), large coloured ink taken off."""
    import cv2
    import numpy as np

    grey: Picture = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    scale = min(1.0, _LOOK / dpi)
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    coloured = ((small.max(axis=2) - small.min(axis=2)) > _COLOURED).astype(np.uint8)
    if int(coloured.sum()) < _LEAST:
        return grey
    reach = max(3, 2 * round(_REACH * _LOOK / 2) + 1)
    joined = cv2.morphologyEx(coloured, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    made = grey.copy()
    for n in range(1, count):
        x, y, wide, high, _area = (int(v) for v in stats[n])
        if wide < _LARGE * _LOOK or high < _LARGE * _LOOK:
            continue
        left, top = int((x - 2) / scale), int((y - 2) / scale)
        right, bottom = int((x + wide + 2) / scale), int((y + high + 2) / scale)
        area = np.s_[max(0, top) : bottom, max(0, left) : right]
        made[area] = _black_only(picture[area], grey[area])
    return made


def _black_only(picture: Picture, grey: Picture) -> Picture:
    """A part of the page with its black ink alone."""
    import numpy as np

    strongest = picture.max(axis=2)
    coloured = (strongest - picture.min(axis=2)) > _COLOURED
    made = grey.copy()
    made[coloured & (strongest > _DARK)] = 255
    # The colour of JPEG is coarse: beside a stroke of the stamp the grey of its edge is lighter ink, and goes too.
    lighter = np.clip((strongest.astype(np.int16) - _DARK) * 2 + _DARK, 0, 255).astype(np.uint8)
    return np.maximum(made, np.where(strongest > _DARK, lighter, made))
