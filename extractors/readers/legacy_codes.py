"""The old Vietnamese codes: fonts in which the places of other letters, or of signs, show Vietnamese ones.

TCVN3 (ABC) has one place for each small letter with its marks, and capitals only by a second font whose small letters
are capitals (".VnTimeH"). VNI writes a letter and then its marks ("aâ"). VPS and VISCII have a place for each letter,
some of them where others have control characters. Sources: TCVN 5712:1993, RFC 1456 (VISCII), the code charts of VNI
and of the Vietnamese Professionals Society.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

Name = Literal["TCVN3", "VNI", "VPS", "VISCII"]
NAMES: Final[tuple[Name, ...]] = ("TCVN3", "VNI", "VPS", "VISCII")
SHOWN: Final[dict[Name, str]] = {"TCVN3": "TCVN3 (ABC)", "VNI": "VNI", "VPS": "VPS", "VISCII": "VISCII"}
_PRIVATE: Final = 0xF000  # Word stores the places of a symbol font from here on, and old fonts are such
_UNICODE: Final = re.compile("[\u0300-\u0323\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")  # fmt: skip

# The first place of each run of letters. TCVN3 has some capitals at places that its fonts leave empty; what VPS shows
# twice, as a small letter and a capital, is small here.
_TABLES: Final[dict[Name, dict[int, str]]] = {
    "TCVN3": {
        0xA1: "ĂÂÊÔƠƯĐăâêôơưđẰ",
        0xB5: "àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ",
    },
    "VISCII": {
        0x02: "Ẳ", 0x05: "ẴẪ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ",
        0x80: "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ",
        0xC0: "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ",
    },
    "VPS": {
        0x02: "ẠẬẶẸỆ", 0x10: "ỊỌỘỢỤỰ", 0x19: "Ỵ", 0x1C: "ẪỮ", 0x80: "ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ", 0x93: "ỀỂỄỐỒỔỖýỷỵỚỜỞ",
        0xA1: "ắằẳẵặỠớÙờởỡŨỨợỪổỬỲỸÍÌộỈĨÓửữÒỎÕựầÁÂấẩẫậđẻÉÊẹỉễịỹƯỦồốÔỏơÈừứÚũưÝẺ", 0xE0: "àáâãảạă", 0xE8: "èéêẽìí",
        0xEF: "ĩẴĐòóôõ", 0xF7: "Ơụùúủ", 0xFD: "ỶẼỳ",
    },
    "VNI": {0xC6: "Ỉ", 0xCC: "ÌÍỴ", 0xD1: "ĐỊĨƠ", 0xD6: "Ư", 0xE6: "ỉ", 0xEC: "ìíỵ", 0xF1: "địĩơ", 0xF6: "ư"},
}  # fmt: skip
# VNI: letters that take marks, the marks behind them in capitals (small ones 0x20 higher), and what comes of them.
_PAIRS: Final = (
    ("AEOUYƠƯ", (0xD9, 0xD8, 0xDB, 0xD5, 0xCF), ("ÁÀẢÃẠ", "ÉÈẺẼẸ", "ÓÒỎÕỌ", "ÚÙỦŨỤ", "ÝỲỶỸỴ", "ỚỜỞỠỢ", "ỨỪỬỮỰ")),
    ("AEO", (0xC2, 0xC1, 0xC0, 0xC5, 0xC3, 0xC4), ("ÂẤẦẨẪẬ", "ÊẾỀỂỄỆ", "ÔỐỒỔỖỘ")),
    ("A", (0xCA, 0xC9, 0xC8, 0xDA, 0xDC, 0xCB), ("ĂẮẰẲẴẶ",)),
)
_SINGLE_CAPITALS: Final[frozenset[Name]] = frozenset({"TCVN3", "VPS"})  # codes without capitals for all letters
_FONTS: Final[tuple[tuple[Name, re.Pattern[str]], ...]] = (
    ("VNI", re.compile(r"VNI[-_ A-Z]", re.IGNORECASE)),
    ("TCVN3", re.compile(r"(?:\.(?:VN|[Vv]n)|Vn(?=[A-Z0-9]))[\w-]")),
    ("VPS", re.compile(r"VPS[-_ A-Z]", re.IGNORECASE)),
    ("VISCII", re.compile(r"VI(?:SCII)?[-_ ](?:Times|Arial|Courier|Helv)", re.IGNORECASE)),
)
_CAPITAL_BEHIND_SMALL: Final = re.compile(r"[^\W\d_A-ZĂÂÊÔƠƯĐ][A-ZĂÂÊÔƠƯĐ]")
_PIECE: Final = 5_000  # characters that are converted at a time
_SUBSET: Final = re.compile(r"^[A-Z]{6}\+")  # of a font whose glyphs are embedded in part (PDF 1.7, 9.6.4)
_CUT: Final = re.compile(
    r"[,;].*|(?:[-, ](?:Bold|Italic|Regular|Normal|Oblique|BoldItalic|BoldOblique))+$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Code:
    """A code as a font shows it; `capitals`: its small letters are capitals."""

    name: Name
    capitals: bool = False


@lru_cache(maxsize=1_000)
def code_of(font: str | None) -> Code | None:
    """The code that a font's name promises; None for other fonts."""
    name = _SUBSET.sub("", font.strip().strip("'\"")) if font else ""
    for code, pattern in _FONTS:
        if pattern.match(name):
            return Code(code, code == "TCVN3" and _CUT.sub("", name).endswith(("H", "h")))
    return None


def is_unicode(text: str) -> bool:
    """Whether a text holds a letter that only Vietnamese has: such a text is in no old code."""
    return _UNICODE.search(text) is not None


def decoded(text: str, code: Code) -> str:
    """The text in Unicode; what the code has no letter for stays as it is."""
    return "".join(out for piece in pieces(text) for _, _, out in spans(piece, code))


def pieces(text: str) -> Iterator[str]:
    """A text in pieces of bounded length, no letter parted from the marks behind it."""
    at = 0
    while at < len(text):
        end = at + _PIECE
        while end < len(text) and not text[end].isascii():
            end += 1
        yield text[at:end]
        at = end


def spans(text: str, code: Code) -> list[tuple[int, int, str]]:
    """What each stretch `start:end` of a text stands for, in order and without gaps."""
    table = _table(code.name)
    made: list[tuple[int, int, str]] = []
    at = 0
    while at < len(text):
        pair = table.get(text[at : at + 2]) if code.name == "VNI" else None
        end = at + 2 if pair else at + 1
        made.append((at, end, pair or table.get(text[at], text[at])))
        at = end
    if code.capitals:
        return [(start, end, _capital(out)) for start, end, out in made]
    if code.name in _SINGLE_CAPITALS:
        for first, last in _in_capitals("".join(out for _, _, out in made)):
            for n in range(first, last):
                start, end, out = made[n]
                made[n] = start, end, _capital(out)
    return made


def _capital(letter: str) -> str:
    upper = letter.upper()
    return upper if len(upper) == len(letter) else letter


def _in_capitals(text: str) -> list[tuple[int, int]]:
    """What is set in capitals of which the code has the marked letters small only ("CộNG HòA", "Sở Y Tế"): words, or
    whole lines without a plain small letter. Characters of the text are those of the code, one each."""
    if text.islower():
        return []
    found = []
    for line in re.finditer(r"[^\n]+", text):
        words = list(re.finditer(r"\S+", line[0]))
        odd = [w for w in words if _CAPITAL_BEHIND_SMALL.search(w[0]) and not re.search("[a-z]", w[0])]
        whole = not re.search("[a-z]", line[0]) and re.search("[A-Z]", line[0])
        if odd or (whole and len(words) > 2):
            within = words if whole else odd
            found += [(line.start() + w.start(), line.start() + w.end()) for w in within]
    return found


@lru_cache(maxsize=4)
def _table(name: Name) -> dict[str, str]:
    """Characters (for VNI pairs of them too) as files hold them, to letters."""
    table: dict[str, str] = {}
    for first, letters in _TABLES[name].items():
        for place, letter in enumerate(letters, first):
            table |= dict.fromkeys(_forms(place), letter)
    if name == "VNI":
        for place in range(0x20, 0x100):
            table.setdefault(chr(_PRIVATE + place), bytes([place]).decode("cp1252", "replace"))
        table |= _pairs()
        return table
    for place in range(0x20, 0x100):
        table.setdefault(chr(_PRIVATE + place), bytes([place]).decode("cp1252", "replace"))
    return table


def _pairs() -> dict[str, str]:
    """VNI's letters with the marks behind them; the letter's own case is that of the whole."""
    places = {"Ơ": 0xD4, "Ư": 0xD6}
    made: dict[str, str] = {}
    for letters, marks, rows in _PAIRS:
        for letter, row in zip(letters, rows, strict=True):
            place = places.get(letter, ord(letter))
            for mark, shown in zip(marks, row, strict=True):
                for behind in (*_forms(mark), *_forms(mark + 0x20)):
                    made |= {form + behind: shown for form in _forms(place)}
                    made |= {form + behind: shown.lower() for form in _forms(place + 0x20)}
    return made


def _forms(place: int) -> tuple[str, ...]:
    """How a place of the code comes in files: as Latin-1, as Windows shows it, in the private area of symbol fonts."""
    windows = bytes([place]).decode("cp1252", "ignore")
    more = "\u03bc" if place == 0xB5 else ""  # a converter took the micro sign for the Greek letter
    return tuple(dict.fromkeys([chr(place), *windows, chr(_PRIVATE + place), *more]))
