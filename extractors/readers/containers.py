"""What holds other things, told by how it begins; the tables of contents of ZIP and OLE files, read as they lie.

Nothing is unpacked here, no chain of theirs is followed.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final, Literal

from extractors.errors import Unreadable
from extractors.limits import MAX_PACKAGE_MEMBERS

_MINI_STREAM: Final = 4_096  # shorter streams share sectors
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how an OLE compound file begins
Container = Literal["zip", "7z", "rar", "tar", "gzip", "bzip2", "xz", "zstd", "eml", "mhtml", "msg"]
_ARCHIVES: Final[tuple[tuple[bytes, Container], ...]] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
)
# class of an Outlook item ([MS-OXMSG] 2.1: 00020D0B-0000-0000-C000-000000000046), at offset 80 of the root's entry
_OUTLOOK: Final = bytes.fromhex("0b0d020000000000c000000000000046")
_HEAD: Final = 65_536  # the header of a mail ends before
_TRANSPORT: Final = frozenset({"received", "return-path", "to", "delivered-to", "bcc", "reply-to"})
_MAIL: Final = frozenset({"from", "subject", "date", "message-id", "mime-version", "content-type"}) | _TRANSPORT


def container_kind(data: bytes) -> Container | None:
    """What kind of container the bytes begin as; an Office package is a "zip" here too."""
    for magic, kind in _ARCHIVES:
        if data.startswith(magic):
            return kind
    if data[257:262] == b"ustar":
        return "tar"
    if data.startswith(OLE):
        return "msg" if _is_outlook(data) else None
    return _mail_kind(data[:_HEAD])


def _is_outlook(data: bytes) -> bool:
    """By the class of the root, which is the first entry of the directory; programs that leave it out name the stream that
    every Outlook item has, and none of the streams of Office."""
    if len(data) < 512:
        return False
    size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
    root = (struct.unpack_from("<I", data, 48)[0] + 1) * size
    told = data[root + 80 : root + 96]
    if told == _OUTLOOK:
        return True
    return not any(told) and ole_holds(data, "__properties_version1.0") and ole_holds(data, "__nameid_version1.0")


def _mail_kind(head: bytes) -> Container | None:
    """A mail or a saved web page (RFC 2557) by the names of its first header fields (RFC 5322, 2.2)."""
    names: dict[str, bytes] = {}
    for line in head.replace(b"\r\n", b"\n").split(b"\n"):
        if line[:1] in (b" ", b"\t") and names:
            continue
        name, colon, value = line.partition(b":")
        if not colon or not name.isascii() or any(c <= 32 for c in name):
            if line.startswith(b"From ") and not names:  # the first line of a mailbox file
                continue
            break
        names.setdefault(name.decode("ascii").lower(), value.strip().lower())
    if len(_MAIL & names.keys()) < 2 or not names.keys() & {"from", "mime-version", "received"}:
        return None
    kind = names.get("content-type", b"")
    page = kind.startswith((b"multipart/related", b"text/html"))
    return "mhtml" if page and not names.keys() & _TRANSPORT else "eml"


def zip_names(data: bytes) -> Iterator[str]:
    """Names in the central directory of a ZIP, read without unpacking anything.

    Layout: APPNOTE.TXT 4.3.12 (directory entries), 4.3.14–16 (end records). Raises Unreadable: corrupt where the
    directory is missing or cut, too_large for more than MAX_PACKAGE_MEMBERS entries.
    """
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if end < 0 or end + 22 > len(data):
        raise Unreadable("corrupt", "thiếu mục lục của tệp nén")
    size, at = struct.unpack_from("<II", data, end + 12)
    if 0xFFFFFFFF in (size, at):
        at = _zip64_start(data, end)
    else:
        at = end - size if data[end - size : end - size + 4] == b"PK\x01\x02" else at
    count = 0
    while data[at : at + 4] == b"PK\x01\x02" and at + 46 <= len(data):
        count += 1
        if count > MAX_PACKAGE_MEMBERS:
            raise Unreadable("too_large", f"hơn {MAX_PACKAGE_MEMBERS} mục trong tệp nén")
        flags = struct.unpack_from("<H", data, at + 8)[0]
        name, extra, comment = struct.unpack_from("<HHH", data, at + 28)
        yield data[at + 46 : at + 46 + name].decode("utf-8" if flags & 0x800 else "cp437", "replace")
        at += 46 + name + extra + comment
    if count == 0 and size:
        raise Unreadable("corrupt", "mục lục của tệp nén hỏng")


def _zip64_start(data: bytes, end: int) -> int:
    """Where the directory of a ZIP64 file begins."""
    if end < 20 or data[end - 20 : end - 16] != b"PK\x06\x07":
        raise Unreadable("corrupt", "thiếu mục lục ZIP64")
    record = struct.unpack_from("<Q", data, end - 12)[0]
    if data[record : record + 4] != b"PK\x06\x06" or record + 56 > len(data):
        raise Unreadable("corrupt", "mục lục ZIP64 hỏng")
    return int(struct.unpack_from("<Q", data, record + 48)[0])


def ole_holds(data: bytes, stream: str) -> bool:
    """Whether the directory holds `stream`."""
    return _ole_entry(data, stream) is not None


def ole_begin(data: bytes, stream: str) -> bytes:
    """The first bytes of a stream that has sectors of its own (one of 4,096 bytes and more), up to the end of its first
    sector; b"" for any other. The start sector stands at offset 116 of the entry, the sector size at 30 of the file."""
    at = _ole_entry(data, stream)
    if at is None or at + 128 > len(data):
        return b""
    sector, length = struct.unpack_from("<II", data, at + 116)
    size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
    start = (sector + 1) * size
    return data[start : start + size] if length >= _MINI_STREAM else b""


def _ole_entry(data: bytes, stream: str) -> int | None:
    """Where the directory entry of `stream` stands. Entries are 128 bytes long and aligned ([MS-CFB] 2.6.1: name in UTF-16,
    its length in bytes at offset 64), so they are found without following the file's own sector chains."""
    name = stream.encode("utf-16-le")
    at = data.find(name + b"\0\0")
    while at >= 0:
        if at % 128 == 0 and data[at + 64 : at + 66] == struct.pack("<H", len(name) + 2):
            return at
        at = data.find(name + b"\0\0", at + 1)
    return None
