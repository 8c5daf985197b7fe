"""The door: a file's bytes are taken once, safely, and named for what they are, not for what the file is called.

Nothing is unpacked or parsed here. Of a ZIP only the directory at its end is read, of an OLE file only the entries of
its directory, so that a hostile file costs no more than its own size.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

from extractors.errors import Unreadable
from extractors.limits import MAX_FILE_BYTES
from extractors.model import Format, Source, SourceWarning
from extractors.readers.containers import OLE, ole_holds, zip_names
from extractors.readers.encoding import decode

_CLAIMS: Final[dict[str, Format]] = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".doc": "doc",
    ".dot": "doc",
    ".xlsx": "xlsx",
    ".htm": "html",
    ".html": "html",
    ".txt": "txt",
}
_FRIENDLY: Final[dict[Format, str]] = {
    "pdf": "PDF",
    "docx": "Word (.docx)",
    "doc": "Word 97–2003 (.doc)",
    "xlsx": "Excel (.xlsx)",
    "html": "HTML",
    "txt": "văn bản thuần",
}
# Beginnings of files that are often renamed to a report's extension.
_FOREIGN: Final[tuple[tuple[bytes, str], ...]] = (
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "ảnh PNG"),
    (b"\xff\xd8\xff", "ảnh JPEG"),
    (b"GIF8", "ảnh GIF"),
    (b"II*\0", "ảnh TIFF"),
    (b"MM\0*", "ảnh TIFF"),
    (b"Rar!\x1a\x07", "tệp nén RAR"),
    (b"7z\xbc\xaf\x27\x1c", "tệp nén 7z"),
    (b"\x1f\x8b\x08", "tệp nén gzip"),
    (b"MZ\x90", "chương trình Windows"),
    (b"\x7fELF", "chương trình Linux"),
    (b"MIME-Version:", "trang web lưu trữ (MHTML)"),
)
_HTML: Final = re.compile(
    r"(?>(?:\s+|<!--.*?-->|<\?xml[^>]*\?>)*)"  # atomic: what was skipped is not tried again
    r"<(?:!doctype\s+html|html|head|body|meta|title|table|div|h[1-6]|p|span|font|style|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_WHOLE_PAGE: Final = re.compile(r"<(?:!doctype\s+html|html|body)\b", re.IGNORECASE)
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the bytes are: a format that has a reader, or another thing by its `name`."""

    format: Format | None
    name: str


# --- taking the bytes ----------------------------------------------------------------------------------------------


def take(path: Path) -> tuple[bytes, Source]:
    """The bytes of a regular file, read once, and their Source (hash of these very bytes, format by content).

    Raises Unreadable: not_found, not_regular (link, pipe, device, folder: none of them blocks), too_large, empty,
    and what `sniff` raises.
    """
    descriptor = _open(path)
    with os.fdopen(descriptor, "rb") as file:
        data = file.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise Unreadable("too_large", f"hơn {MAX_FILE_BYTES // 2**20} MB")
    if not data:
        raise Unreadable("empty")
    kind, warnings = sniff(data, path.name)
    return data, Source(shown(path), hashlib.sha256(data).hexdigest(), len(data), kind, warnings=warnings)


def _open(path: Path) -> int:
    """A descriptor of a regular file within the size limit; the check is made on what was opened, not on the name."""
    try:
        if not hasattr(os, "O_NOFOLLOW") and path.is_symlink():
            raise Unreadable("not_regular")
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO, errno.EISDIR, errno.EMLINK):
            raise Unreadable("not_regular") from error
        denied = "không có quyền đọc" if error.errno in (errno.EACCES, errno.EPERM) else ""
        raise Unreadable("not_found", denied) from error
    except ValueError as error:  # a NUL in the name
        raise Unreadable("not_found") from error
    state = os.fstat(descriptor)
    if not stat.S_ISREG(state.st_mode):
        os.close(descriptor)
        raise Unreadable("not_regular")
    if state.st_size > MAX_FILE_BYTES:
        os.close(descriptor)
        raise Unreadable("too_large", f"{state.st_size / 2**20:.0f} MB, tối đa {MAX_FILE_BYTES // 2**20} MB")
    return descriptor


def fingerprint(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file that was refused; ("", 0) for what cannot be opened or is no regular file, and
    ("", size) for one above the limit, which is not read. Never raises."""
    try:
        descriptor = _open(path)
    except Unreadable as refusal:
        return "", _size(path) if refusal.code == "too_large" else 0
    try:
        with os.fdopen(descriptor, "rb") as file:
            data = file.read(MAX_FILE_BYTES)
    except OSError:
        return "", 0
    return hashlib.sha256(data).hexdigest(), len(data)


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def shown(path: Path) -> str:
    """The path as text that can be printed and stored: bytes that are no UTF-8 stand as `\\xNN`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


# --- naming them ---------------------------------------------------------------------------------------------------


def sniff(data: bytes, name: str) -> tuple[Format, tuple[SourceWarning, ...]]:
    """Format of `data` and a `name_mismatch` warning where `name` claims another one.

    Raises Unreadable: encrypted (Office file with a password), wrong_type (a known other thing under a report's
    extension), unsupported (another thing under its own name), corrupt, ambiguous is left to the reader.
    """
    extension = PurePath(name).suffix.lower()
    claimed = _CLAIMS.get(extension)
    kind = _kind(data, claimed)
    if kind.format is None:
        if claimed is None or (kind.name == "RTF" and extension == ".rtf"):
            raise Unreadable("unsupported", kind.name)
        raise Unreadable("wrong_type", f"nội dung là {kind.name}")
    if claimed is None or claimed == kind.format:
        return kind.format, ()
    if not _readable_as(kind.format, claimed):
        raise Unreadable("wrong_type", f"nội dung là {kind.name}")
    message = f"Tên tệp là {extension} nhưng nội dung là {kind.name}; đã đọc theo nội dung."
    return kind.format, (SourceWarning("name_mismatch", message),)


def _readable_as(real: Format, claimed: Format) -> bool:
    """Whether a file is read in spite of its name: the innocent renamings (offices export HTML as ".doc")."""
    if real in ("pdf", "docx"):
        return True
    return real == "html" and claimed in ("doc", "txt")


def _kind(data: bytes, claimed: Format | None) -> _Kind:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data, claimed)
    if data.startswith(OLE):
        return _ole_kind(data)
    if data.startswith(b"%PDF") or re.search(rb"%PDF-\d", data[:1024]):
        return _Kind("pdf", _FRIENDLY["pdf"])
    for magic, name in _FOREIGN:
        if data.startswith(magic):
            return _Kind(None, name)
    return _text_kind(data, claimed)


def _text_kind(data: bytes, claimed: Format | None) -> _Kind:
    """HTML or plain text; what decodes as neither is damage where the name promises a document."""
    decoded = decode(data[:65_536], cut=len(data) > 65_536)
    if decoded is None:
        if claimed is None:
            raise Unreadable("unsupported", "tệp nhị phân không rõ loại")
        raise Unreadable("corrupt", "nội dung nhị phân không rõ loại")
    text = decoded.text
    if not text.strip() and len(data) <= 65_536:
        raise Unreadable("empty", "chỉ có khoảng trắng")
    if _HTML.match(text) and (claimed != "txt" or _WHOLE_PAGE.search(text[:4_096])):
        return _Kind("html", _FRIENDLY["html"])
    if text.lstrip().startswith("<?xml"):
        return _Kind(None, "XML")
    return _Kind("html", _FRIENDLY["html"]) if claimed == "html" else _Kind("txt", _FRIENDLY["txt"])


def _zip_kind(data: bytes, claimed: Format | None) -> _Kind:
    names = set(zip_names(data))
    if "word/document.xml" in names or ("[Content_Types].xml" in names and any(n.startswith("word/") for n in names)):
        return _Kind("docx", _FRIENDLY["docx"])
    if any(n.startswith("xl/workbook") for n in names):
        return _Kind("xlsx", _FRIENDLY["xlsx"])
    if any(n.startswith("ppt/") for n in names):
        return _Kind(None, "PowerPoint")
    if "content.xml" in names and "mimetype" in names:
        return _Kind(None, "OpenDocument (hãy lưu lại thành .docx)")
    if "[Content_Types].xml" in names and claimed == "docx":
        raise Unreadable("corrupt", "thiếu word/document.xml")
    return _Kind(None, "tệp nén ZIP")


def _ole_kind(data: bytes) -> _Kind:
    if ole_holds(data, "EncryptedPackage"):
        raise Unreadable("encrypted")
    if ole_holds(data, "WordDocument"):
        return _Kind("doc", _FRIENDLY["doc"])
    if ole_holds(data, "Workbook") or ole_holds(data, "Book"):
        return _Kind(None, "Excel 97–2003 (.xls)")
    if ole_holds(data, "PowerPoint Document"):
        return _Kind(None, "PowerPoint 97–2003 (.ppt)")
    return _Kind(None, "tệp OLE không rõ loại")
