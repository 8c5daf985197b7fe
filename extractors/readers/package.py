"""Office packages: a ZIP whose members are checked before they are unpacked, and XML that cannot bite.

What is refused, and why, before a byte is expanded: members that overlap (one block of zeros declared two hundred
times), a name twice, sizes in the directory that differ from those at the member. A part is unpacked only when a
reader asks for it, never beyond its declared size, and never to disk; pictures and embedded files stay packed.
"""

from __future__ import annotations

import io
import itertools
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from typing import Final
from xml.parsers import expat

from lxml import etree

from extractors import limits
from extractors.errors import Unreadable

_LOCAL: Final = struct.Struct("<4s5H3I2H")  # APPNOTE.TXT 4.3.7
_ENCRYPTED: Final = 0x1
_SIZES_FOLLOW: Final = 0x8  # sizes stand in a descriptor behind the data, zeros in the local header
_ZIP_ERRORS: Final = (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, struct.error, IndexError)
_RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# ISO/IEC 29500 Strict names its namespaces by purl.oclc.org; the Transitional ones have the same local names.
_STRICT: Final = re.compile(rb"""(?<=["'])http://purl\.oclc\.org/ooxml/(\w+)(/[^"'<>]{1,80})""")
_PROLOG_CHUNK: Final = 4_096


class Package:
    """The members of a ZIP by part name, in lower case and without a leading slash (OPC: names compare so).

    Raises Unreadable: corrupt, ambiguous, zip_bomb, too_large, encrypted.
    """

    def __init__(self, data: bytes) -> None:
        if data.count(b"PK\x01\x02") > limits.MAX_PACKAGE_MEMBERS:
            raise Unreadable("too_large", f"hơn {limits.MAX_PACKAGE_MEMBERS} mục trong tệp nén")
        archive = opened_zip(data)
        self._data = data
        self._starts: dict[str, int] = {}
        self._members: dict[str, zipfile.ZipInfo] = {}
        self._unpacked = 0
        self._admit(archive.infolist(), archive.start_dir)

    def _admit(self, members: Sequence[zipfile.ZipInfo], directory: int) -> None:
        """Take every member that is no folder, and refuse the package where two of them share a name or bytes."""
        spans = []
        for member in members:
            start = data_start(self._data, member)
            spans.append((member.header_offset, start + member.compress_size))
            name = part_name(member.filename)
            if name.endswith("/"):
                continue
            if name in self._members:
                raise Unreadable("ambiguous", name[:80])
            self._members[name] = member
            self._starts[name] = start
        refuse_overlaps(spans, directory)

    def __contains__(self, name: str) -> bool:
        return part_name(name) in self._members

    @property
    def names(self) -> tuple[str, ...]:
        """Part names in lower case, in the order of the directory."""
        return tuple(self._members)

    def read(self, name: str) -> bytes:
        """One part, unpacked. Raises Unreadable: corrupt (missing, damaged, not of its declared size), too_large,
        encrypted."""
        name = part_name(name)
        member = self._members.get(name)
        if member is None:
            raise Unreadable("corrupt", f"thiếu {name[:80]}")
        self._allow(name, member)
        start = self._starts[name]
        packed = self._data[start : start + member.compress_size]
        content = unpacked(packed, member)
        if content is None or len(content) != member.file_size or zlib.crc32(content) != member.CRC:
            raise Unreadable("corrupt", f"{name[:80]}: dữ liệu nén không khớp khai báo")
        self._unpacked += len(content)
        return content

    def _allow(self, name: str, member: zipfile.ZipInfo) -> None:
        size = member.file_size
        if member.flag_bits & _ENCRYPTED:
            raise Unreadable("encrypted", name[:80])
        if size > limits.MAX_PART_BYTES or self._unpacked + size > limits.MAX_PARSED_BYTES:
            raise Unreadable("too_large", f"{name[:80]}: {size / 2**20:.0f} MB khi bung")
        if size > 2**20 and size > limits.MAX_RATIO * member.compress_size:
            raise Unreadable("too_large", f"{name[:80]}: bung gấp {size // max(1, member.compress_size)} lần")

    def xml(self, name: str) -> bytes:
        """One XML part in UTF-8 and Transitional namespaces, free of any DTD. Raises what `read` does and
        `dtd_present`."""
        return safe_xml(self.read(name), name)

    def relationships(self, part: str) -> tuple[Relationship, ...]:
        """What `part` ("" for the package) points to; none where it has no relationships part."""
        folder, base = posixpath.split(part_name(part))
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if rels not in self:
            return ()
        root = parse_xml(self.xml(rels), rels)
        return tuple(Relationship(entry, folder) for entry in root.iter(_RELATIONSHIP))


class Relationship:
    """One pointer: `id`, the last word of its `kind` ("styles"), and `target`, a part name, or an address where
    `external`."""

    __slots__ = ("external", "id", "kind", "target")

    def __init__(self, entry: etree._Element, folder: str) -> None:
        self.id = entry.get("Id", "")
        self.kind = entry.get("Type", "").rsplit("/", 1)[-1]
        self.external = entry.get("TargetMode", "").lower() == "external"
        target = entry.get("Target", "")
        self.target = target if self.external else part_name(posixpath.normpath(posixpath.join("/", folder, target)))


def part_name(name: str) -> str:
    """A member's name as parts are compared: forward slashes, no leading one, lower case (ECMA-376 part 2, 6.2.2.3)."""
    return name.replace("\\", "/").lstrip("/").lower()


# --- ZIP, of packages and of archives --------------------------------------------------------------------------------


def opened_zip(data: bytes) -> zipfile.ZipFile:
    """The directory of a ZIP. Raises Unreadable: corrupt."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _ZIP_ERRORS as error:
        raise Unreadable("corrupt", "tệp nén hỏng hoặc thiếu phần cuối") from error


def data_start(data: bytes, member: zipfile.ZipInfo) -> int:
    """Where a member's bytes begin, its own header agreeing with the directory. Raises Unreadable: corrupt."""
    at = member.header_offset
    if at < 0 or at + _LOCAL.size > len(data):
        raise Unreadable("corrupt", "mục lục của tệp nén hỏng")
    signature, _, flags, method, _, _, _, packed, size, name, extra = _LOCAL.unpack_from(data, at)
    if signature != b"PK\x03\x04" or method != member.compress_type:
        raise Unreadable("corrupt", "mục lục của tệp nén hỏng")
    declared = (packed, size)
    known = not flags & _SIZES_FOLLOW and 0xFFFFFFFF not in declared
    if known and declared != (member.compress_size, member.file_size):
        raise Unreadable("corrupt", "kích thước khai báo không khớp")
    return int(at + _LOCAL.size + name + extra)


def refuse_overlaps(spans: Sequence[tuple[int, int]], directory: int) -> None:
    """Raises Unreadable: zip_bomb where two of `spans` (first byte, the one after the last) share bytes, corrupt where one
    reaches into the directory."""
    ordered = sorted(spans)
    if any(end > start for (_, end), (start, _) in itertools.pairwise(ordered)):
        raise Unreadable("zip_bomb", "các mục nén chồng lên nhau")
    if ordered and ordered[-1][1] > directory:
        raise Unreadable("corrupt", "mục nén lấn vào mục lục")


def unpacked(packed: bytes, member: zipfile.ZipInfo) -> bytes | None:
    """At most one byte more than declared; None where the method is none of OPC's or the data is damaged."""
    if member.compress_type == zipfile.ZIP_STORED:
        return packed
    if member.compress_type != zipfile.ZIP_DEFLATED:
        return None
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, member.file_size + 1)
    except zlib.error:
        return None


# --- XML -----------------------------------------------------------------------------------------------------------


def safe_xml(content: bytes, name: str = "") -> bytes:
    """`content` in UTF-8, Strict namespaces made Transitional. Raises Unreadable: dtd_present for any DOCTYPE,
    whatever it holds and however it is encoded; corrupt."""
    content = _utf8(content, name)
    _forbid_dtd(content, name)
    return _STRICT.sub(_transitional, content)


def _utf8(content: bytes, name: str) -> bytes:
    """OPC allows UTF-8 and UTF-16 only (ECMA-376 part 2, 8.2.5)."""
    codec = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}.get(content[:2])
    if codec is None:
        return content
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as error:
        raise Unreadable("corrupt", f"{name[:80]}: bảng mã") from error
    return re.sub(r"^<\?xml[^>]*\?>", "", text).encode("utf-8", "replace")


def _forbid_dtd(content: bytes, name: str) -> None:
    """A DOCTYPE stands before the first element or nowhere, so that expat reads no further than that."""
    parser = expat.ParserCreate()
    begun = False

    def doctype(*_: object) -> None:
        raise Unreadable("dtd_present", name[:80])

    def element(*_: object) -> None:
        nonlocal begun
        begun = True

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = element
    at, size = 0, _PROLOG_CHUNK
    try:
        while at < len(content):
            parser.Parse(content[at : at + size], False)
            if begun:
                return
            at, size = at + size, 2 * size  # expat reads an unfinished token again from its start: few, growing steps
    except (expat.ExpatError, ValueError, LookupError) as error:
        if begun:
            return  # past the prolog: what is wrong there is told by the real parser
        raise Unreadable("corrupt", f"{name[:80]}: {error}"[:200]) from error
    raise Unreadable("corrupt", f"{name[:80]}: không có nội dung XML")


def _transitional(found: re.Match[bytes]) -> bytes:
    """ ".../ooxml/wordprocessingml/main" to ".../wordprocessingml/2006/main": the year comes in behind the family."""
    return b"http://schemas.openxmlformats.org/" + found[1] + b"/2006" + found[2]


def parse_xml(content: bytes, name: str = "") -> etree._Element:
    """The root of a part that `safe_xml` has passed. Raises Unreadable: dtd_present, too_deep, too_large, corrupt."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise xml_refusal(error, name) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("dtd_present", name[:80])
    return root


def xml_refusal(error: Exception, name: str) -> Unreadable:
    """The refusal for what libxml2 says of a part; its own limits are 256 levels and 10 MB of one text."""
    said = str(error)
    if "depth" in said.lower():
        return Unreadable("too_deep", f"{name[:80]}: hơn {limits.MAX_XML_DEPTH} tầng")
    if "huge" in said.lower() or "too long" in said.lower():
        return Unreadable("too_large", f"{name[:80]}: {said}"[:200])
    return Unreadable("corrupt", f"{name[:80]}: {said}"[:200])
