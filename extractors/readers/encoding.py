"""Bytes of a text file to characters: UTF-8, UTF-16 with its mark, and the old Vietnamese codes (Windows-1258, TCVN3,
VNI, VPS, VISCII), which the syllables tell apart."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from extractors.model import SourceWarning
from extractors.readers.legacy import in_bytes, lines_in, told
from extractors.readers.syllables import in_order

_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UNKNOWN: Final = "\ufffd"
_MAX_DAMAGE: Final = 0.002  # share of characters that may be broken in what still counts as UTF-8
_MAX_CONTROL: Final = 0.01  # share of control characters above which the bytes are no text


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, NUL and other control characters replaced by U+FFFD, and what had to be said about it."""

    text: str
    warnings: tuple[SourceWarning, ...] = ()


def decode(data: bytes, cut: bool = False, convert: bool = True) -> Decoded | None:
    """The characters of `data`, or None where it is no text. `cut`: the end is missing, so half a character is fine.
    `convert` False leaves TCVN3 as it is, signs for letters: the fonts of a page say which of them are capitals."""
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _clean(data[len(mark) :].decode(codec, "replace"))
    try:
        return _clean(codecs.getincrementaldecoder("utf-8")().decode(data, final=not cut))
    except UnicodeDecodeError:
        pass  # not UTF-8 throughout: try the two readings below
    text = data.decode("utf-8", "replace")
    letters = sum(1 for c in text if c > "\x7f" and c != "\ufffd")
    if text.count("\ufffd") <= max(1, len(text) * _MAX_DAMAGE) and letters > text.count("\ufffd"):
        return _clean(text)
    old = data.decode("cp1258", "replace")
    coded = in_bytes(data, old)
    if coded is not None:
        raw, name = coded
        if name == "TCVN3" and not convert:
            return _clean(raw)
        clean = _clean(lines_in(raw, name))
        return clean and Decoded(clean.text, (*clean.warnings, told([name])))
    clean = None if _UNKNOWN in old else _clean(old)
    if clean is None or not _reads_as_text(old):
        return None
    message = "Tệp dùng bảng mã Windows-1258 cũ; hãy kiểm tra dấu."
    return Decoded(clean.text, (*clean.warnings, SourceWarning("legacy_encoding", message)))


def _clean(text: str) -> Decoded | None:
    """Text without control characters, its marks in the order that Unicode composes; None where there are too many of
    them for a text."""
    text = in_order(text)
    found = len(_CONTROL.findall(text))
    broken = text.count("\ufffd")
    if found > max(2, len(text) * _MAX_CONTROL) or broken > max(2, len(text) * _MAX_CONTROL):
        return None
    if not found and not broken:
        return Decoded(text)
    message = f"Đã thay {found + broken} ký tự không đọc được."
    return Decoded(_CONTROL.sub("\ufffd", text), (SourceWarning("replaced_characters", message),))


def _reads_as_text(text: str) -> bool:
    """Whether single-byte text looks written: mostly letters, digits, blanks and common marks."""
    sample = text[:20_000]
    plain = sum(1 for c in sample if c.isspace() or unicodedata.category(c)[0] in "LMN" or c in ".,;:-/()%\"'+")
    return plain >= len(sample) * 0.9
