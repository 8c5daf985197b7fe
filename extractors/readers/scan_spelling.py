"""Words that Tesseract misspells in expressions that every report uses: "Tống số" for "Tổng số", "VH." for "VII.".

In small or worn print its Vietnamese model takes the hook above a circumflex for an acute, and writes a "g" of some fonts as
"ø". Many such words are words too, so a word is only mended beside a neighbour with which it makes an expression of the
field; figures are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

#: Misspelt syllable -> the right one, and the neighbours beside which it is what it seems.
_ALWAYS: Final[dict[str, tuple[str, frozenset[str]]]] = {
    "tống": ("tổng", frozenset({"đạt", "giam", "tiền"})),
    "biếu": ("biểu", frozenset({"quà", "kính", "trao", "tặng"})),
    "siải": ("giải", frozenset()),
}
#: Misspelt syllable -> the right one, what must stand behind it or before it.
_BESIDE: Final[dict[str, tuple[str, str, str]]] = {
    "kiếm": ("kiểm", "tra soát điểm định toán kê duyệt lâm", ""),
    "thấm": ("thẩm", "quyền định tra phán", ""),
    "điếm": ("điểm", "tối trừ tự thẩm thấm đánh chuẩn cộng thưởng đạt chấm số mạnh", "số tổng thời địa trọng"),
    "đối": ("đổi", "mới", "sửa thay trao chuyển"),
    "bố": ("bổ", "sung nhiệm trợ", ""),
    "phố": ("phổ", "biến thông cập", ""),
    "chuyến": ("chuyển", "sang qua đổi tiếp giao", "trước luân"),
    "tố": ("tổ", "chức trưởng", ""),
    "cố": ("cổ", "phần đông", ""),
    "ốn": ("ổn", "định", ""),
    "thế": ("thể", "chế", "cụ"),
    "tôn": ("tồn", "đọng tại kỳ chuyển", ""),
    "nhân": ("nhận", "", "tiếp sơ"),
    "số": ("sổ", "", "vào"),
}
_SIGNS: Final = "\"'“”‘’.,;:()[]-–/"
#: Syllable of `_BESIDE` -> words behind it with which it is itself: "vào sổ" is how dossiers are entered in the book, "vào số
#: liệu" is not; "hồ sơ nhận giải quyết" heads a column, "hồ sơ nhân sự" is of people.
_ITSELF: Final[dict[str, str]] = {
    "số": "liệu lượng hồ người văn thứ đông",
    "nhân": "sự khẩu dân viên thân lực hộ công đạo",
}
_BEFORE_A_WORD: Final = frozenset({"số"})  # mended only where a word is behind it, not a figure
_MERGED: Final = re.compile(r"(?=[IVXH]{2})([IVXH]*H[IVXH]*)(\.?)")
_ROMAN: Final = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_SURE_OF_A_NUMERAL: Final = 96  # "VH" that is printed so is mostly recognised with no less
_G: Final = re.compile(r"ø(?=[iaăâeêoôơuưhàáảãạ])|(?<=n)ø", re.IGNORECASE)
#: "TTHC" with strokes for its two T, as bold capitals are often read: "1IHC", "1rrHC", "TIHC".
_TTHC: Final = re.compile(r"(?!TTHC)[1IlT][1IlLrT|!]{1,3}HC(?=[.,;:)]*$)")


def numeral(word: str, alone: bool, confidence: int) -> str:
    """The first word of a line; where two strokes of a Roman numeral were taken for an H, the numeral.

    `alone`: it is the whole line, as in a column of ordinals; else a full stop must end it. Offices are written so too
    (VH, XH), but those are mostly recognised without doubt, and do not stand where rows are numbered.
    """
    found = _MERGED.fullmatch(word)
    if not found or confidence >= _SURE_OF_A_NUMERAL or not (alone or found[2]):
        return word
    right = found[1].replace("H", "II")
    return right + found[2] if _ROMAN.fullmatch(right) else word


def spelled(words: Sequence[str]) -> list[str]:
    """The words of a line or of a passage, mended; as many as before."""
    plain = [_TTHC.sub("TTHC", _G.sub("g", word)) for word in words]
    bare = [word.strip(_SIGNS).casefold() for word in plain]
    for n, syllable in enumerate(bare):
        before, after = bare[n - 1] if n else "", bare[n + 1] if n + 1 < len(bare) else ""
        if syllable in _ALWAYS:
            right, others = _ALWAYS[syllable]
            plain[n] = plain[n] if {before, after} & others else _as(plain[n], right)
        elif syllable in _BESIDE:
            right, behind, ahead = _BESIDE[syllable]
            if after in _ITSELF.get(syllable, "").split() or (syllable in _BEFORE_A_WORD and not after.isalpha()):
                continue
            if (after and after in behind.split()) or (before and before in ahead.split()):
                plain[n] = _as(plain[n], right)
    return plain


def _as(word: str, right: str) -> str:
    """The right syllable in the capitals and between the signs of the misspelt one."""
    head = len(word) - len(word.lstrip(_SIGNS))
    tail = len(word.rstrip(_SIGNS))
    core = word[head:tail]
    cased = right.upper() if core.isupper() and len(core) > 1 else right.capitalize() if core[0].isupper() else right
    return word[:head] + cased + word[tail:]
