"""ZIP packages and XML parts, checked before anything is expanded or parsed."""

from __future__ import annotations

import io
import itertools
import zipfile
import zlib
from collections import Counter

from lxml import etree

from extractors import limits
from extractors.errors import Unreadable

_DTD = (b"<!DOCTYPE", b"<!ENTITY")


def check_package(data: bytes) -> zipfile.ZipFile:
    """An open ZIP whose directory is sound. Raises Unreadable: corrupt, ambiguous, zip_bomb, too_large."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        members = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise Unreadable("corrupt", "zip") from error
    if len(members) > limits.MAX_PACKAGE_MEMBERS:
        raise Unreadable("zip_bomb", f"{len(members)} members")
    twice = [name for name, often in Counter(m.filename for m in members).items() if often > 1]
    if twice:
        raise Unreadable("ambiguous", twice[0][:80])
    spans = sorted((m.header_offset, m.header_offset + m.compress_size) for m in members if m.compress_size)
    if any(end > start for (_, end), (start, _) in itertools.pairwise(spans)):
        raise Unreadable("zip_bomb", "overlapping members")
    parsed = [m for m in members if m.filename.endswith((".xml", ".rels"))]
    for member in parsed:
        if member.file_size > limits.MAX_PART_BYTES:
            raise Unreadable("too_large", member.filename[:80])
        if member.file_size > 2**20 and member.file_size > limits.MAX_RATIO * max(member.compress_size, 1):
            raise Unreadable(
                "too_large", f"{member.filename[:80]} unpacks {member.file_size // max(member.compress_size, 1)} times"
            )
    if sum(m.file_size for m in parsed) > limits.MAX_PARSED_BYTES:
        raise Unreadable("too_large", "all parts together")
    return package


def part_bytes(package: zipfile.ZipFile, name: str) -> bytes:
    """One part, unpacked within its declared size. Raises Unreadable: corrupt."""
    try:
        member = package.getinfo(name)
        with package.open(member) as stream:
            content = stream.read(member.file_size + 1)
            rest = stream.read(1)
    except (
        KeyError,
        zipfile.BadZipFile,
        OSError,
        EOFError,
        RuntimeError,
        NotImplementedError,
        zlib.error,
    ) as error:
        raise Unreadable("corrupt", name[:80]) from error
    if len(content) != member.file_size or rest:
        raise Unreadable("corrupt", f"{name[:80]}: size")
    return content


def parse_xml(content: bytes, name: str = "") -> etree._Element:
    """Parse a part without entities, network or DTD. Raises Unreadable: dtd_present, too_deep, corrupt."""
    if any(mark in content[:4096] or mark in content for mark in _DTD):
        raise Unreadable("dtd_present", name[:80])
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        code = "too_deep" if "depth" in str(error).lower() else "corrupt"
        raise Unreadable(code, f"{name[:60]}: {error.msg[:80] if error.msg else 'XML'}") from error
