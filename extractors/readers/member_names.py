"""Names of members: labels for people, never places on a disk. What is passed over, in folders and containers alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Final

from extractors.limits import MAX_MEMBER_NAME

NAMELESS: Final = "không tên"
_NOT_REPORTS: Final = ("readme", "thumbs.db", "desktop.ini")
_DRIVE: Final = re.compile(r"^[A-Za-z]:")
_UNSHOWN: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_MARKS: Final = "\u0300\u0301\u0303\u0309\u0323"  # the five tones; code page 1258 sets them behind the vowel
_LETTERS: Final = frozenset("ăâđêôơưĂÂĐÊÔƠƯáàãéèíìĩóòõúùũýÁÀÃÉÈÍÌĨÓÒÕÚÙŨÝ") | frozenset(_MARKS)
_PUNCTUATION: Final = frozenset("–—‘’“”…·°\xa0")


def passed_over(name: str) -> bool:
    """Whether a file is no report by its name: hidden, Word's note "~$x.docx" that x.docx is open, a README, what Windows
    leaves in folders."""
    return name.startswith((".", "~$")) or name.lower().startswith(_NOT_REPORTS)


def passed_over_folder(name: str) -> bool:
    """Whether nothing below a folder is a report by the folder's name: hidden, or what macOS adds to an archive."""
    return name.startswith(".") or name == "__MACOSX"


def is_passed_over(path: str) -> bool:
    """Whether a member is passed over as a file at the same place below a folder would be."""
    *folders, name = path.split("/")
    return passed_over(name) or any(map(passed_over_folder, folders))


def spelled(raw: bytes) -> str:
    """A name whose encoding nobody states: UTF-8, else what Windows in Vietnamese wrote (code page 1258) where all its
    letters are Vietnamese, else the code page 437 of the ZIP specification (APPNOTE.TXT, appendix D)."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass  # the older programs
    try:
        old = raw.decode("cp1258")
    except UnicodeDecodeError:
        return raw.decode("cp437")
    foreign = {c for c in old if c > "\x7f"} - _LETTERS - _PUNCTUATION
    return raw.decode("cp437") if foreign else old


def plain(name: str) -> str:
    """A member's path as it is shown and stored: composed, with forward slashes, without what would lead out of the
    container on a disk (drive, root, ".."), without control characters, not too long."""
    folded = unicodedata.normalize("NFC", name).replace("\\", "/")
    parts = [_DRIVE.sub("", part).strip() for part in folded.split("/")]
    kept = _UNSHOWN.sub("\ufffd", "/".join(part for part in parts if part not in ("", ".", "..")))
    return _shortened(kept) if kept else NAMELESS


def _shortened(path: str) -> str:
    if len(path) <= MAX_MEMBER_NAME:
        return path
    ending = PurePosixPath(path).suffix[:20]
    return path[: MAX_MEMBER_NAME - len(ending) - 1] + "…" + ending


def distinct(names: Iterable[str]) -> Iterator[str]:
    """The names in order, a repeated one numbered: "a.docx", "a (2).docx"."""
    given: set[str] = set()
    counts: dict[str, int] = {}
    for name in names:
        chosen, count = name, counts.get(name, 1)
        while chosen in given:
            count += 1
            path = PurePosixPath(name)
            chosen = name[: len(name) - len(path.suffix)] + f" ({count})" + path.suffix
        counts[name] = count
        given.add(chosen)
        yield chosen
