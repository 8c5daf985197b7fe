"""Characters of a PDF page to words: what a reader of the page sees, once, in the order of the eye.

Words come from the places of the characters, never from the order in which the file stores them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final, Literal
from unicodedata import combining, normalize

from extractors.readers.docx_symbols import printed
from extractors.readers.pdf_lines import Word
from extractors.readers.pdf_rules import Rule
from extractors.readers.syllables import in_order

# Share of an em that parts two words. Where the file stores blanks they part the words already, and a wider tolerance
# keeps "ĐIỀ U KHO ẢN" whole: glyphs of a substituted font stand loosely.
_GAP_WITHOUT_BLANKS: Final = 0.16
_GAP_WITH_BLANKS: Final = 0.32
_BLANKS: Final = 0.06  # share of blanks from which a page is taken to store them; Vietnamese prose has some 0.2
_GROUNDS: Final = 500  # coloured boxes of a page that are looked at
_WHITE: Final = 0.99
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f\u200b\ufeff]")
# what is drawn is no soft hyphen; within a figure it stays, and the figure unread
_DRAWN_HYPHEN: Final = re.compile(r"\u00ad(?!\d)|(?<!\d)\u00ad")
_UNREADABLE: Final = re.compile("[\ud800-\udfff]|\\(cid:\\d+\\)")
# Accents that stand as letters of their own, drawn over a letter: what combines of them.
_SPACING: Final = {"\u00b4": "\u0301", "`": "\u0300", "\u02c6": "\u0302", "^": "\u0302", "\u02dc": "\u0303", "~": "\u0303", "\u02d8": "\u0306", "\u02ca": "\u0301", "\u02cb": "\u0300"}  # fmt: skip
_OVER: Final = 0.5  # share of an accent's width that lies over its letter
_MARK: Final = re.compile(r"\d{1,2}|\*{1,3}")
_BEHIND_MARK: Final = '.,;:)”"'
_HEAD_MARK: Final = re.compile(r"(?:\d{1,2}|\*+)(?=[^\W\d])")
_AREA: Final = re.compile(r"(?:^|[\d\W])(?:[kcdm]?m)$", re.IGNORECASE)  # "km²" keeps its exponent

Rectangle = tuple[float, float, float, float]


def seen(
    chars: Sequence[dict[str, Any]], shown: Rectangle, fills: Sequence[dict[str, Any]], pictured: bool
) -> list[dict[str, Any]]:
    """The characters that show: inside the rectangle `shown`, not white on white, not invisible. `fills` are the page's
    boxes; invisible text over a page that is a picture (`pictured`) is what was recognised on it."""
    x0, top, x1, bottom = shown
    grounds = [f for f in fills if f.get("fill") and not _white(f)][:_GROUNDS]
    kept = []
    for c in chars:
        x, y = (c["x0"] + c["x1"]) / 2, (c["top"] + c["bottom"]) / 2
        if not (x0 <= x <= x1 and top <= y <= bottom) or (c["unseen"] and not pictured):
            continue
        if not _white(c) or (c["unseen"] and pictured) or _on_colour(x, y, grounds):
            kept.append(c)
    return kept


def _white(thing: dict[str, Any]) -> bool:
    colour = thing.get("non_stroking_color")
    parts = colour if isinstance(colour, list | tuple) else [colour]
    values = [v for v in parts if isinstance(v, int | float)]
    if not values or len(values) < len(parts):
        return False
    return not any(values) if len(values) == 4 else all(v >= _WHITE for v in values)


def _on_colour(x: float, y: float, grounds: Sequence[dict[str, Any]]) -> bool:
    """Whether a coloured box lies under a point: white letters on a dark heading do show."""
    return any(f["x0"] <= x <= f["x1"] and f["top"] <= y <= f["bottom"] for f in grounds)


def once(chars: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Characters printed over themselves (to look bold) once: the same one again within a point, and as large: a stamp
    set over the text in smaller type may hit the same letter."""
    taken: set[tuple[str, int, int, int]] = set()
    kept = []
    for c in chars:
        text, x, y, size = c["text"], round(c["x0"]), round(c["top"]), round(c["size"])
        if text.strip() and any((text, x + i, y + j, size) in taken for i in (-1, 0, 1) for j in (-1, 0, 1)):
            continue
        taken.add((text, x, y, size))
        kept.append(c)
    return kept


def words_of(
    chars: Sequence[dict[str, Any]],
    page: int,
    shift: tuple[float, float] = (0.0, 0.0),
    down: Sequence[Rule] = (),
) -> list[Word]:
    """Words of a page; upright ones first, then those set from below or above. `shift` is taken off every place;
    `down` are vertical rules, already shifted, that part the words of two columns."""
    made: list[Word] = []
    at = [rule.at + shift[0] for rule in down]
    for turn, group in _by_turn(_composed(chars)):
        for text, held in _found(group, turn):
            pieces = [held] if turn or not at else _parted(text, held, down, at, shift)
            for piece in pieces:
                made += _words(text["text"] if len(pieces) == 1 else _text(piece), piece, turn, page, shift)
    return [w for w in made if w.text]


def _composed(chars: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """Marks that are stored as characters of their own put behind the letter over which they stand; slanting text
    (a watermark) left out."""
    level = [c for c in chars if not _slants(c["matrix"])]
    marks = [c for c in level if len(c["text"]) == 1 and (combining(c["text"]) or c["text"] in _SPACING)]
    if not marks:
        return level
    known = {id(c) for c in marks}
    letters = [dict(c) for c in level if id(c) not in known]
    places: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for c in letters:
        places[_cell(c)].append(c)
    for mark in marks:
        column, row = _cell(mark)
        near = [c for i in (-1, 0, 1) for j in (-1, 0, 1) for c in places.get((column + i, row + j), ())]
        base = _base(mark, near)
        if base is None:
            letters.append(mark)
        else:
            base["text"] = in_order(base["text"] + _SPACING.get(mark["text"], mark["text"]))
    return letters


def _base(mark: dict[str, Any], near: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The letter over which a mark stands; an accent that is a sign of its own must lie over one that can carry it."""
    middle = mark["x0"] + mark["x1"]
    written = [c for c in near if c["text"].strip()]
    if mark["text"] in _SPACING:
        accent = _SPACING[mark["text"]]
        written = [
            c
            for c in written
            if min(c["x1"], mark["x1"]) - max(c["x0"], mark["x0"]) > _OVER * (mark["x1"] - mark["x0"])
            and abs(c["matrix"][5] - mark["matrix"][5]) < 0.6 * c["size"]
            and len(normalize("NFC", in_order(c["text"] + accent))) == 1
        ]
    return min(written, key=lambda c: abs(c["x0"] + c["x1"] - middle), default=None)


def _slants(matrix: Sequence[float]) -> bool:
    along, across = abs(matrix[0]), abs(matrix[1])
    return min(along, across) > 0.05 * max(along, across)


def _cell(c: dict[str, Any]) -> tuple[int, int]:
    return int((c["x0"] + c["x1"]) // 16), int((c["top"] + c["bottom"]) // 16)


def _parted(
    word: dict[str, Any],
    chars: list[dict[str, Any]],
    down: Sequence[Rule],
    at: Sequence[float],
    shift: tuple[float, float],
) -> list[list[dict[str, Any]]]:
    """The characters of a word, in two or more where a vertical rule runs between them."""
    pieces = [chars]
    y = (word["top"] + word["bottom"]) / 2 - shift[1]
    for n in range(bisect_right(at, word["x0"] + 1), bisect_left(at, word["x1"] - 1)):
        if not down[n].start <= y <= down[n].end:
            continue
        left = [c for c in pieces[-1] if (c["x0"] + c["x1"]) / 2 < at[n]]
        right = [c for c in pieces[-1] if (c["x0"] + c["x1"]) / 2 >= at[n]]
        inside = (c for c in chars if c["x0"] + 0.3 * c["width"] < at[n] < c["x1"] - 0.3 * c["width"])
        if left and right and not any(inside):
            pieces[-1:] = [left, right]
    return pieces


def _text(chars: Sequence[dict[str, Any]]) -> str:
    return "".join(c["text"] for c in chars)


def _by_turn(chars: Sequence[dict[str, Any]]) -> Iterator[tuple[Literal[-1, 0, 1], list[dict[str, Any]]]]:
    """Upright characters, characters that read upwards (1), characters that read downwards (-1)."""
    upright = [c for c in chars if c["upright"]]
    if upright:
        yield 0, upright
    if len(upright) == len(chars):
        return
    turned = [c for c in chars if not c["upright"]]
    up = [c for c in turned if c["matrix"][1] > 0]
    down = [c for c in turned if c["matrix"][1] <= 0]
    if up:
        yield 1, up
    if down:
        yield -1, down


def _found(chars: list[dict[str, Any]], turn: int) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """pdfplumber's words with their characters."""
    from pdfplumber.utils.text import WordExtractor

    blanks = sum(1 for c in chars if c["text"].isspace())
    ratio = _GAP_WITH_BLANKS if blanks > _BLANKS * len(chars) else _GAP_WITHOUT_BLANKS
    if turn == 0:
        options: dict[str, Any] = {"x_tolerance_ratio": ratio, "y_tolerance": 3}
    else:  # in turned text the two tolerances change places
        options = {"y_tolerance_ratio": ratio, "x_tolerance": 3}
        options |= {
            "line_dir_rotated": "ltr" if turn == 1 else "rtl",
            "char_dir_rotated": "btt" if turn == 1 else "ttb",
        }
    yield from WordExtractor(**options).iter_extract_tuples(chars)


def _words(
    text: str, chars: list[dict[str, Any]], turn: Literal[-1, 0, 1], page: int, shift: tuple[float, float]
) -> list[Word]:
    """A word; two where it begins with the raised number of a footnote. One that ends with such a number has it as
    its mark."""
    if turn or len(text) != len(chars) or len({c["size"] for c in chars}) == 1:
        return [_word(text, chars, turn, page, shift)]
    head = _HEAD_MARK.match(text)
    if head and _raised(chars[: head.end()], chars[-1]):
        cut = head.end()
        return [_word(text[:cut], chars[:cut], 0, page, shift), _word(text[cut:], chars[cut:], 0, page, shift)]
    end = len(text.rstrip(_BEHIND_MARK))
    cut = end
    while cut > 1 and end - cut < 3 and _raised(chars[cut - 1 : cut], chars[0]):
        cut -= 1
    if cut < end and _MARK.fullmatch(text[cut:end]) and not _AREA.search(text[:cut]):
        word = _word(text[:cut] + text[end:], [*chars[:cut], *chars[end:]], 0, page, shift)
        word.mark = text[cut:end]
        return [word]
    return [_word(text, chars, turn, page, shift)]


def _word(
    text: str, chars: Sequence[dict[str, Any]], turn: Literal[-1, 0, 1], page: int, shift: tuple[float, float]
) -> Word:
    text = _UNREADABLE.sub("\ufffd", _UNSEEN.sub("", text)).replace("\ufffe", "-")
    text = printed(_DRAWN_HYPHEN.sub("-", text) if "\u00ad" in text else text, str(chars[0]["fontname"]))
    bold = sum("bold" in str(c.get("fontname", "")).lower() for c in chars) * 2 > len(chars)
    dx, dy = shift
    return Word(
        text,
        min(c["x0"] for c in chars) - dx,
        min(c["top"] for c in chars) - dy,
        max(c["x1"] for c in chars) - dx,
        max(c["bottom"] for c in chars) - dy,
        page,
        bold,
        max(c["size"] for c in chars),
        turn,
    )


def _raised(mark: Sequence[dict[str, Any]], beside: dict[str, Any]) -> bool:
    """Whether some characters are a small mark above the line of the one beside them: the number of a footnote."""
    size = beside["size"]
    return all(c["size"] < 0.8 * size and c["bottom"] < beside["bottom"] - 0.12 * size for c in mark)
