"""Work on the picture of a page before it is recognised: grey, level, clean.

All lengths are in pixels; `dpi` says how large a pixel is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from extractors.readers.scan_render import Picture

_MOST_SKEW: Final = 5.0  # degrees to either side
_LEVEL: Final = 0.05  # degrees of skew that do no harm
_SPECK: Final = 0.01  # inches; the side of a dot that is dirt, where there are many
_SPECKS: Final = 150  # single dots on a page from which it is taken to be strewn with them
_SKEW_DPI: Final = 100.0  # resolution at which the skew is measured
# Degrees from one try to the next. A rule across a page in landscape is sharp within 0.05 degrees of its angle and nowhere
# beside it, while the even rows of a table make lesser peaks a degree away: the first steps may not be wider than that.
_STEPS: Final = (0.05, 0.01)
_POINTS: Final = (15_000, 60_000)  # pixels of ink that are looked at with these steps


def without_specks(grey: Picture, dpi: float) -> Picture:
    """A page without the dots that a fax strews over it; a page that has few of them is left alone."""
    import cv2
    import numpy as np

    ink = ink_of(grey)
    alone = (cv2.boxFilter(ink // 255, -1, (3, 3), normalize=False) == 1) & (ink > 0)
    if int(np.count_nonzero(alone)) < _SPECKS:
        return grey
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    limit = max(2, round((_SPECK * dpi) ** 2))
    speck = stats[:, cv2.CC_STAT_AREA] <= limit
    speck[0] = False
    made = grey.copy()
    made[speck[labels]] = 255
    holes = cv2.medianBlur(np.where(ink > 0, 0, 255).astype(np.uint8), 3)
    made[(made > 127) & (holes == 0)] = 0  # white dots inside letters
    return made


def ink_of(grey: Picture) -> Picture:
    """255 where there is ink, 0 on the paper."""
    import cv2

    ink: Picture = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]
    return ink


def faint_ink_of(grey: Picture) -> Picture:
    """`ink_of` with all that is clearly darker than the paper: what is left of a thin rule."""
    import cv2

    level, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    ink: Picture = cv2.threshold(grey, min(215.0, level + 50), 255, cv2.THRESH_BINARY_INV)[1]
    return ink


def skew_of(ink: Picture, dpi: float) -> float:
    """Degrees by which the lines of a page rise to the right (negative: fall), within `_MOST_SKEW`; 0.0 where the page
    shows none. At the right angle the rows of ink are sharpest."""
    import cv2
    import numpy as np

    scale = min(1.0, _SKEW_DPI / dpi)
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else ink
    ys, xs = np.nonzero(small > 96)
    if len(ys) < 200:
        return 0.0
    rows = small.shape[0] + small.shape[1]

    def sharpness(angle: float, most: int = _POINTS[-1]) -> float:
        """Of the rows of ink at an angle, told from `most` to twice as many pixels of it."""
        every = max(1, len(ys) // most)
        at = ys[::every] + xs[::every] * np.tan(np.radians(angle)) + small.shape[1] / 2
        counts = np.bincount(np.clip(at, 0, rows).astype(np.int64), minlength=rows)
        return float((np.diff(counts.astype(np.float64)) ** 2).sum())

    best = 0.0
    for step, reach, most in zip(_STEPS, (_MOST_SKEW, _STEPS[0]), _POINTS, strict=True):
        middle = best
        tries = [middle + step * k for k in range(-round(reach / step), round(reach / step) + 1)]
        best = max((sharpness(angle, most), -abs(angle), angle) for angle in tries)[2]
    flat = sharpness(0.0)
    return best if abs(best) >= _LEVEL and sharpness(best) > 1.02 * flat else 0.0


def turned(picture: Picture, degrees: float) -> Picture:
    """The picture turned clockwise by a few degrees around its middle, white where nothing was."""
    import cv2

    if not degrees:
        return picture
    high, wide = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), -degrees, 1.0)
    made: Picture = cv2.warpAffine(
        picture,
        matrix,
        (wide, high),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(255, 255, 255),
    )
    return made
