"""Old Word files, RTF and OpenDocument texts: LibreOffice writes them as DOCX, and the reader of DOCX reads that.

Why LibreOffice: of antiword, catdoc, wvText and two libraries, measured on five reports, it alone kept all paragraphs and all
cells of all tables; the others give tables as lines of text. It costs 1.3 to 1.7 seconds a file.

What can be told cheaply is told before: a password, a file that is no Word file. An OpenDocument text is handed on as its
two text parts alone, checked as those of a DOCX are; pictures, macros and embedded files stay behind.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from extractors.errors import Unreadable
from extractors.model import Document, Source, SourceWarning
from extractors.readers.containers import OLE, ole_begin, ole_holds
from extractors.readers.docx import read as read_docx
from extractors.readers.package import Package, parse_xml
from extractors.readers.soffice import convert

_MANIFEST: Final = "meta-inf/manifest.xml"
_TEXT: Final = "application/vnd.oasis.opendocument.text"
_KEPT: Final = ("content.xml", "styles.xml")
_CODES: Final = (0xA5EC, 0xA5DC)  # wIdent of Word 97 and later, and of Word 6 and 95 ([MS-DOC] 2.5.2)
_ENCRYPTED: Final = 0x0100  # fEncrypted in the flags at offset 10
_OBJECT: Final = re.compile(r"object ?\d+/content\.xml$")
_MACROS: Final = re.compile(r"(?:basic|scripts)/.")
_MESSAGES: Final = {
    "macro": "Tệp có macro; macro không được chạy.",
    "unread_part": "Tệp có phần chưa đọc được (biểu đồ, sơ đồ hoặc tệp con).",
}


@dataclass(frozen=True, slots=True)
class Prepared:
    """What LibreOffice is given: bytes and the extension that tells it their kind; `name` of the kind for people; codes of
    what stays unread."""

    data: bytes
    suffix: str
    name: str
    codes: tuple[str, ...] = ()


def read(data: bytes, source: Source) -> Document:
    """The document in the bytes of a `.doc`, `.rtf` or `.odt`, read as the DOCX that LibreOffice makes of it.

    A warning `converted` names the kind, since `source.format` is "doc" for all three. Locators are those of the DOCX.
    Raises Unreadable: unsupported (no LibreOffice here), encrypted, corrupt, timed_out, crashed, and what the reader of
    DOCX raises.
    """
    ready = prepared(data)
    made = convert(ready.data, ready.suffix)
    told = f"Tệp {ready.name} được LibreOffice chuyển sang .docx để đọc; hãy đối chiếu khi cần với bản gốc."
    warnings = (SourceWarning("converted", told), *(SourceWarning(code, _MESSAGES[code]) for code in ready.codes))
    document = read_docx(made, replace(source, warnings=(*source.warnings, *warnings)))
    once = {warning.code: warning for warning in document.source.warnings}
    return replace(document, source=replace(document.source, warnings=tuple(once.values())))


def prepared(data: bytes) -> Prepared:
    """The file as LibreOffice may have it. Raises Unreadable: encrypted, corrupt, and what `package` raises."""
    kinds: tuple[tuple[bytes, Callable[[bytes], Prepared]], ...] = (
        (OLE, _word),
        (b"{\\rtf", lambda rtf: Prepared(rtf, ".rtf", "RTF")),
        (b"PK", _open_document),
    )
    return next(prepare for magic, prepare in kinds if data.startswith(magic))(data)


def _word(data: bytes) -> Prepared:
    """A file of Word 6 to 2003, its file information block looked at."""
    begin = ole_begin(data, "WordDocument")
    if len(begin) < 12 or struct.unpack_from("<H", begin)[0] not in _CODES:
        raise Unreadable("corrupt", "không có phần văn bản Word")
    if struct.unpack_from("<H", begin, 10)[0] & _ENCRYPTED:
        raise Unreadable("encrypted")
    macros = ole_holds(data, "Macros") or ole_holds(data, "_VBA_PROJECT")
    return Prepared(data, ".doc", "Word 97–2003 (.doc)", ("macro",) if macros else ())


def _open_document(data: bytes) -> Prepared:
    """An OpenDocument text as its text parts alone, under a manifest of our own writing."""
    package = Package(data)
    if _MANIFEST in package and b":encryption-data" in package.xml(_MANIFEST):
        raise Unreadable("encrypted")
    parts = {name: package.xml(name) for name in _KEPT if name == "content.xml" or name in package}
    for name, content in parts.items():
        parse_xml(content, name)
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", _TEXT), *((name, "text/xml") for name in parts))
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", _TEXT)
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{space}" manifest:version="1.2">{entries}</manifest:manifest>',
        )
    found = (("macro", _MACROS.match), ("unread_part", _OBJECT.match))
    codes = tuple(code for code, matches in found if any(map(matches, package.names)))
    return Prepared(buffer.getvalue(), ".odt", "OpenDocument (.odt)", codes)
