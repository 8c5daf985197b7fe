"""The tables of contents of ZIP and OLE files, read as they lie: nothing is unpacked, no chain of theirs is followed."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from extractors.errors import Unreadable
from extractors.limits import MAX_PACKAGE_MEMBERS

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how an OLE compound file begins


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
    """Whether the directory holds `stream`. Entries are 128 bytes long and aligned ([MS-CFB] 2.6.1: name in UTF-16,
    its length in bytes at offset 64), so they are found without following the file's own sector chains."""
    name = stream.encode("utf-16-le")
    at = data.find(name + b"\0\0")
    while at >= 0:
        if at % 128 == 0 and data[at + 64 : at + 66] == struct.pack("<H", len(name) + 2):
            return True
        at = data.find(name + b"\0\0", at + 1)
    return False
