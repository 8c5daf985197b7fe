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
from extractors.model import Format, Parent, Source, SourceWarning
from extractors.readers.containers import OLE, Container, container_kind, ole_holds, zip_names
from extractors.readers.encoding import decode

_CLAIMS: Final[dict[str, Format]] = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".doc": "doc",
    ".dot": "doc",
    ".rtf": "doc",
    ".odt": "doc",
    ".ott": "doc",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xltx": "xlsx",
    ".xltm": "xlsx",
    ".xls": "xlsx",
    ".xlt": "xlsx",
    ".ods": "xlsx",
    ".ots": "xlsx",
    ".htm": "html",
    ".html": "html",
    ".txt": "txt",
    ".csv": "txt",
}
#: Names that promise one kind of a format that has several; anything else under them is read with a word about it.
_NAMED_FOR: Final = {
    ".doc": "doc",
    ".dot": "doc",
    ".rtf": "rtf",
    ".odt": "odt",
    ".ott": "odt",
    ".xls": "xls",
    ".xlt": "xls",
    ".ods": "ods",
    ".ots": "ods",
}
_STRICT: Final = frozenset({".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".xltx", ".xltm"})
_FRIENDLY: Final[dict[Format, str]] = {
    "pdf": "PDF",
    "docx": "Word (.docx)",
    "doc": "Word 97–2003 (.doc)",
    "xlsx": "Excel (.xlsx)",
    "html": "HTML",
    "txt": "văn bản thuần",
}
_OPEN_NAMES: Final = frozenset({".odt", ".ott", ".ods", ".ots"})
_OTHER_OPEN: Final = "OpenDocument (hãy lưu lại thành .docx)"
_ZIP: Final = "tệp nén ZIP"
# Beginnings of files that are often renamed to a report's extension.
_FOREIGN: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\x89PNG", "ảnh PNG"),
    (b"\xff\xd8\xff", "ảnh JPEG"),
    (b"GIF8", "ảnh GIF"),
    (b"II*\0", "ảnh TIFF"),
    (b"MM\0*", "ảnh TIFF"),
    (b"MZ\x90", "chương trình Windows"),
    (b"\x7fELF", "chương trình Linux"),
    (b"MIME-Version:", "trang web lưu trữ (MHTML)"),
)
_ARCHIVE_NAMES: Final[dict[Container | None, str]] = {"rar": "RAR", "7z": "7z", "gzip": "gzip", "bzip2": "bzip2", "xz": "xz", "zstd": "zstd", "tar": "tar"}  # fmt: skip
_HTML: Final = re.compile(
    r"(?>(?:\s+|<!--.*?-->|<\?xml[^>]*\?>)*)"  # atomic: what was skipped is not tried again
    r"<(?:!doctype\s+html|html|head|body|meta|title|table|div|h[1-6]|p|span|font|style|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_WHOLE_PAGE: Final = re.compile(r"<(?:!doctype\s+html|html|body)\b", re.IGNORECASE)
_OPEN_DOCUMENT: Final = re.compile(
    rb"mimetypeapplication/vnd\.oasis\.opendocument\.(text|spreadsheet)(?:-template)?(?![a-z-])"
)
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the bytes are: a format that has a reader, or another thing by its `name`. `variant` tells apart the files
    of one format ("rtf" and "odt" are "doc")."""

    format: Format | None
    name: str
    variant: str = ""


# --- taking the bytes ----------------------------------------------------------------------------------------------


def take(path: Path) -> tuple[bytes, Source]:
    """The bytes of a regular file, read once, and their Source (hash of these very bytes, format by content).

    Raises Unreadable: not_found, not_regular (link, pipe, device, folder: none of them blocks), too_large, empty,
    and what `sniff` raises.
    """
    data, _ = taken(path)
    return data, described(data, shown(path))


def taken(path: Path) -> tuple[bytes, tuple[int, ...]]:
    """The bytes of a regular file, read once, and what `state` says of it. Raises Unreadable as `take` does."""
    descriptor = _open(path)
    with os.fdopen(descriptor, "rb") as file:
        state = _state(os.fstat(descriptor))
        data = file.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise Unreadable("too_large", f"hơn {MAX_FILE_BYTES // 2**20} MB")
    if not data:
        raise Unreadable("empty")
    return data, state


def state(path: Path) -> tuple[int, ...]:
    """What changes when a file is replaced or written to. Raises Unreadable: not_found, not_regular, too_large."""
    descriptor = _open(path)
    try:
        return _state(os.fstat(descriptor))
    finally:
        os.close(descriptor)


def _state(told: os.stat_result) -> tuple[int, ...]:
    return told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns


def described(data: bytes, path: str, parent: Parent | None = None) -> Source:
    """The Source of bytes that stood at `path`, a file's or a member's. Raises Unreadable as `sniff` does."""
    kind, warnings = sniff(data, path)
    return Source(path, hashlib.sha256(data).hexdigest(), len(data), kind, warnings=warnings, parent=parent)


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
        if claimed is None or (kind.name == _OTHER_OPEN and extension in _OPEN_NAMES):
            raise Unreadable("unsupported", kind.name)
        raise Unreadable("wrong_type", f"nội dung là {kind.name}")
    if claimed is None or _is_named_so(kind, extension, claimed):
        return kind.format, ()
    if not _readable_as(kind, extension, claimed):
        raise Unreadable("wrong_type", f"nội dung là {kind.name}")
    message = f"Tên tệp là {extension} nhưng nội dung là {kind.name}; đã đọc theo nội dung."
    return kind.format, (SourceWarning("name_mismatch", message),)


def contains(data: bytes, name: str) -> Container | None:
    """What kind of container the bytes are; None for a document, for anything else, and for what its name says to be a
    document: `sniff` tells of these. Raises Unreadable: corrupt or too_large for the directory of a ZIP."""
    found, claimed = container_kind(data), _CLAIMS.get(PurePath(name).suffix.lower())
    if found == "mhtml" and claimed in ("doc", "xlsx", "html"):
        return found  # what Office and systems that export for it write under ".doc", ".xls"
    if found is None or claimed is not None:
        return None
    return None if found == "zip" and _zip_kind(data, claimed).name != _ZIP else found


def _is_named_so(kind: _Kind, extension: str, claimed: Format) -> bool:
    """Whether the name says what the content is, down to the kind: RTF named .doc is not so named."""
    return claimed == kind.format and (not kind.variant or _NAMED_FOR.get(extension, kind.format) == kind.variant)


def _readable_as(kind: _Kind, extension: str, claimed: Format) -> bool:
    """Whether a file is read in spite of its name: the innocent renamings. Word writes RTF under ".doc", systems export
    HTML as ".doc" and ".xls", and old files are handed on under any old name. Nothing but its own package hides behind
    ".docx" and ".xlsx", which Office itself would not open then."""
    if kind.format in ("pdf", "docx"):
        return True
    if kind.format == "html":
        return claimed in ("doc", "txt") or _NAMED_FOR.get(extension) == "xls"
    return kind.format == claimed and extension not in _STRICT


def _kind(data: bytes, claimed: Format | None) -> _Kind:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data, claimed)
    if data.startswith(OLE):
        return _ole_kind(data)
    if data.startswith(b"%PDF") or re.search(rb"%PDF-\d", data[:1024]):
        return _Kind("pdf", _FRIENDLY["pdf"])
    if data.startswith(b"{\\rtf"):
        return _Kind("doc", "RTF", "rtf")
    if archive := _ARCHIVE_NAMES.get(container_kind(data)):
        return _Kind(None, f"tệp nén {archive}")
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
        return _Kind("xlsx", _FRIENDLY["xlsx"], "xlsx")
    if any(n.startswith("ppt/presentation") for n in names):
        return _Kind(None, "PowerPoint")
    if "content.xml" in names and "mimetype" in names:
        return _open_document_kind(data, claimed)
    if "[Content_Types].xml" in names and claimed == "docx":
        raise Unreadable("corrupt", "thiếu word/document.xml")
    return _Kind(None, _ZIP)


def _open_document_kind(data: bytes, claimed: Format | None) -> _Kind:
    """Text, sheet or another one, as its first member says, which is stored as it is (ODF 1.3 part 2, 3.3); where a ZIP
    program has put the members in another order, as the name says."""
    found = _OPEN_DOCUMENT.match(data, 30)
    said = found[1] if found else b""
    if not data.startswith(b"mimetype", 30):
        said = {"doc": b"text", "xlsx": b"spreadsheet"}.get(claimed or "", b"")
    if said == b"text":
        return _Kind("doc", "OpenDocument (.odt)", "odt")
    if said == b"spreadsheet":
        return _Kind("xlsx", "OpenDocument (.ods)", "ods")
    return _Kind(None, _OTHER_OPEN)


def _ole_kind(data: bytes) -> _Kind:
    if ole_holds(data, "EncryptedPackage"):
        raise Unreadable("encrypted")
    if ole_holds(data, "WordDocument"):
        return _Kind("doc", _FRIENDLY["doc"], "doc")
    if ole_holds(data, "Workbook") or ole_holds(data, "Book"):
        return _Kind("xlsx", "Excel 97–2003 (.xls)", "xls")
    if ole_holds(data, "PowerPoint Document"):
        return _Kind(None, "PowerPoint 97–2003 (.ppt)")
    return _Kind(None, "tệp OLE không rõ loại")
