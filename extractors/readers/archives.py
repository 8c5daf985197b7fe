"""Archives: ZIP by its directory, member by member; 7z, RAR, tar and compressed single files by libarchive, in order.

A ZIP's members are reached at random and share no bytes, so each is unpacked alone and within its own limits. The others
are streams: to reach a member all before it are unpacked. A cursor stays where the last member ended, so that members
asked for in order are one pass.
"""

from __future__ import annotations

import bz2
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from extractors import limits
from extractors.errors import Unreadable
from extractors.readers.containers import Container
from extractors.readers.member_names import distinct, is_passed_over, plain, spelled
from extractors.readers.members import Entry
from extractors.readers.package import data_start, opened_zip, refuse_overlaps, unpacked
from extractors.readers.progress import tick

if TYPE_CHECKING:
    from extractors.model import SourceWarning

_ENCRYPTED: Final = 0x1 | 0x40
_UTF8: Final = 0x800
_UNICODE_PATH: Final = 0x7075  # APPNOTE.TXT 4.6.9
_UNIX: Final = 3
_FREE: Final = 2**20  # bytes; what is smaller may be packed as well as it likes
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
# kind: formats and filters of libarchive that are switched on, and no others
_LIBARCHIVE: Final[dict[Container, tuple[tuple[str, ...], str]]] = {
    "7z": (("7zip",), "none"),
    "rar": (("rar", "rar5"), "none"),
    "tar": (("tar",), "none"),
    "gzip": (("tar", "raw"), "gzip"),
    "bzip2": (("tar", "raw"), "bzip2"),
    "xz": (("tar", "raw"), "xz"),
    "zstd": (("tar", "raw"), "zstd"),
}
_BLOCK: Final = 2**18


def _too_large(size: int) -> Unreadable:
    return Unreadable("too_large", f"{size / 2**20:.0f} MB khi bung")


class Zip:
    """A ZIP archive. Raises Unreadable: corrupt, zip_bomb (members share bytes), too_large (members)."""

    warnings: tuple[SourceWarning, ...] = ()

    def __init__(self, data: bytes) -> None:
        archive = opened_zip(data)
        found = archive.infolist()
        if len(found) > limits.MAX_PACKAGE_MEMBERS:
            raise Unreadable("too_large", f"hơn {limits.MAX_PACKAGE_MEMBERS} mục trong tệp nén")
        self._data = data
        self._starts: dict[int, int] = {}
        self._broken: dict[int, Unreadable] = {}
        spans = []
        for n, member in enumerate(found):
            try:
                self._starts[n] = data_start(data, member)
            except Unreadable as refusal:
                self._broken[n] = refusal
            else:
                spans.append((member.header_offset, self._starts[n] + member.compress_size))
        refuse_overlaps(spans, archive.start_dir)
        named = [(n, member, _zip_name(member)) for n, member in enumerate(found)]
        kept = [(n, m, plain(name)) for n, m, name in named if not _is_folder(m, name)]
        kept = [(n, m, name) for n, m, name in kept if not is_passed_over(name)]
        self._members = [(n, m) for n, m, _ in kept]
        names = distinct(name for *_, name in kept)
        self.entries = tuple(Entry(name, m.file_size) for name, (_, m) in zip(names, self._members, strict=True))

    def read(self, position: int) -> bytes:
        """A member, unpacked. Raises Unreadable: encrypted, not_regular (link, device), too_large, zip_bomb, unsupported (way
        of packing), corrupt."""
        n, member = self._members[position]
        _allow(member)
        if n in self._broken:
            raise self._broken[n]
        packed = self._data[self._starts[n] : self._starts[n] + member.compress_size]
        content = _bzip2(packed, member) if member.compress_type == zipfile.ZIP_BZIP2 else unpacked(packed, member)
        if content is None or len(content) != member.file_size or zlib.crc32(content) != member.CRC:
            raise Unreadable("corrupt", "dữ liệu nén không khớp khai báo")
        return content


def _allow(member: zipfile.ZipInfo) -> None:
    mode = member.external_attr >> 16 if member.create_system == _UNIX else 0
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise Unreadable("not_regular")
    if member.flag_bits & _ENCRYPTED:
        raise Unreadable("encrypted")
    size = member.file_size
    if size > limits.MAX_FILE_BYTES:
        raise _too_large(size)
    if size > _FREE and size > limits.MAX_RATIO * member.compress_size:
        raise Unreadable("zip_bomb", f"bung gấp {size // max(1, member.compress_size)} lần")
    if member.compress_type not in _METHODS:
        raise Unreadable("unsupported", f"cách nén ZIP số {member.compress_type}")


def _is_folder(member: zipfile.ZipInfo, name: str) -> bool:
    mode = member.external_attr >> 16 if member.create_system == _UNIX else 0
    return name.endswith(("/", "\\")) or stat.S_ISDIR(mode)


def _bzip2(packed: bytes, member: zipfile.ZipInfo) -> bytes | None:
    try:
        return bz2.BZ2Decompressor().decompress(packed, member.file_size + 1)
    except (OSError, ValueError):
        return None


def _zip_name(member: zipfile.ZipInfo) -> str:
    """The name, which zipfile takes for code page 437 where it is not marked as UTF-8."""
    if member.flag_bits & _UTF8:
        return member.orig_filename
    raw = member.orig_filename.encode("cp437")
    return _unicode_path(member.extra, raw) or spelled(raw)


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The name in UTF-8 that stands beside the old one; it counts only where it was made for this one."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_PATH and len(field) > 5 and field[0] == 1:
            if struct.unpack_from("<I", field, 1)[0] != zlib.crc32(raw):
                return None
            return field[5:].decode("utf-8", "replace")
        at += 4 + size
    return None


# --- by libarchive -------------------------------------------------------------------------------------------------


class Stream:
    """An archive that is read from its beginning. Raises Unreadable: encrypted (names too), too_large, zip_bomb, corrupt,
    unsupported where libarchive is missing."""

    warnings: tuple[SourceWarning, ...] = ()

    def __init__(self, data: bytes, kind: Container, name: str) -> None:
        self._data, self._kind = data, kind
        self._passes: Iterator[tuple[int, Any]] | None = None
        self._next = 0
        listed: list[tuple[int, str, int | None]] = []
        total = 0
        for n, entry in self._walk():
            if n >= limits.MAX_PACKAGE_MEMBERS:
                raise Unreadable("too_large", f"hơn {limits.MAX_PACKAGE_MEMBERS} mục trong tệp nén")
            size = entry.size
            total += max(0, size or 0)
            self._bearable(total)
            if entry.isdir:
                continue
            raw = entry.pathname
            spelt = spelled(raw) if isinstance(raw, bytes) else raw or ""
            path = plain(PurePosixPath(name).stem if size is None and kind in _SINGLE else spelt)
            if not is_passed_over(path):
                listed.append((n, path, size))
        names = distinct(path for _, path, _ in listed)
        self._places = [n for n, *_ in listed]
        self.entries = tuple(Entry(path, size) for path, (*_, size) in zip(names, listed, strict=True))

    def _bearable(self, total: int) -> None:
        """Stop before more is unpacked than an archive may hold."""
        if total > limits.MAX_CONTAINER_BYTES:
            raise _too_large(total)
        if total > limits.MAX_PART_BYTES and total > limits.MAX_RATIO * len(self._data):
            raise Unreadable("zip_bomb", f"bung gấp {total // len(self._data)} lần")

    def read(self, position: int) -> bytes:
        """A member, unpacked. Raises Unreadable: encrypted, not_regular (link, device), too_large, corrupt."""
        wanted = self._places[position]
        if self._passes is None or wanted < self._next:
            self._passes, self._next = self._walk(), 0
        try:
            for n, entry in self._passes:
                self._next = n + 1
                if n == wanted:
                    if _libarchive().ffi.entry_is_data_encrypted(entry._entry_p):
                        raise Unreadable("encrypted")
                    return _content(entry, self._single_limit())
        except BaseException:
            self._passes = None  # the cursor stands nowhere
            raise
        self._passes = None
        raise Unreadable("corrupt", "tệp nén thiếu phần cuối")

    def _single_limit(self) -> int:
        """How much of one member is taken: of a compressed single file, which tells no size, its ratio is the limit."""
        ratio = max(_FREE, limits.MAX_RATIO * len(self._data)) if self._kind in _SINGLE else limits.MAX_FILE_BYTES
        return min(limits.MAX_FILE_BYTES, ratio)

    def _walk(self) -> Iterator[tuple[int, Any]]:
        """Every entry with its number, from the first; only the one in hand can be read."""
        formats, packing = _LIBARCHIVE[self._kind]
        library = _libarchive()
        with _told(library), library.read.new_archive_read(formats[0], packing) as archive:
            for other in formats[1:]:
                library.ffi.get_read_format_function(other)(archive)
            library.ffi.read_open_memory(archive, self._data, len(self._data))
            for n, entry in enumerate(library.read.ArchiveRead(archive)):
                tick()
                yield n, entry


_SINGLE: Final = ("gzip", "bzip2", "xz", "zstd")


def _content(entry: Any, most: int) -> bytes:
    if not entry.isreg or entry.islnk:
        raise Unreadable("not_regular")
    size = entry.size
    if size is not None and size > limits.MAX_FILE_BYTES:
        raise _too_large(size)
    taken = bytearray()
    with _told(_libarchive()):
        for block in entry.get_blocks(_BLOCK):
            taken += block
            tick()
            if len(taken) > most:
                code = "zip_bomb" if most < limits.MAX_FILE_BYTES else "too_large"
                raise Unreadable(code, f"hơn {most >> 20} MB khi bung")
    if size is not None and len(taken) != size:
        raise Unreadable("corrupt", "dữ liệu nén không khớp khai báo")
    return bytes(taken)


@contextmanager
def _told(library: Any) -> Iterator[None]:
    """The library's errors as refusals."""
    try:
        yield
    except library.ArchiveError as error:
        raise _refusal(error) from error


def _refusal(error: Any) -> Unreadable:
    """What libarchive's complaint comes to. Raises MemoryError where memory was short."""
    said = error.msg.decode("ascii", "replace") if isinstance(error.msg, bytes) else str(error.msg or "")
    low = said.lower()
    if "encrypt" in low or "passphrase" in low:
        return Unreadable("encrypted")
    if "allocate" in low or "out of memory" in low:
        raise MemoryError(said) from error
    if "unsupported" in low or "not supported" in low:
        return Unreadable("unsupported", said[:120])
    return Unreadable("corrupt", said[:120])


def _libarchive() -> Any:
    """The library, which is a part of the system; where there is none that is told. Names come through the C library's
    locale, so that one without UTF-8 would lose them."""
    import locale
    import logging

    try:
        import libarchive
        import libarchive.read
    except (ImportError, OSError, TypeError, AttributeError) as error:
        raise Unreadable("unsupported", "máy thiếu thư viện libarchive (apt-get install libarchive-tools)") from error
    logging.getLogger("libarchive").setLevel(logging.ERROR)
    # not among what the binding declares; stored members of an encrypted RAR would be handed out as they lie
    libarchive.ffi.ffi("entry_is_data_encrypted", [libarchive.ffi.c_archive_entry_p], libarchive.ffi.c_int)
    if locale.nl_langinfo(locale.CODESET).upper() != "UTF-8":
        with suppress(locale.Error):
            locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    return libarchive
