"""Hostile and odd DOCX packages, built when a test asks for them: no bomb lies in the repository."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="bin" ContentType="image/bmp"/>'
    f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>'
)
ROOT = (
    f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
SENTENCE = "<w:p><w:r><w:t>Tổng số hồ sơ đã tiếp nhận: 33.459 hồ sơ</w:t></w:r></w:p>"
READ = "33.459"  # what every readable file here must yield


def document(body: str = SENTENCE, before: str = "") -> str:
    """word/document.xml around a body; `before` stands between the declaration and the root."""
    opening = f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document xmlns:w="{WORD}"><w:body>'
    return f"{opening}{body}</w:body></w:document>"


def package(*parts: tuple[str, str | bytes], types: str = TYPES, root: str = ROOT) -> bytes:
    """A DOCX of these parts beside the two that every package has."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # zipfile warns of two members of one name, which is a case here
        for name, content in (("[Content_Types].xml", types), ("_rels/.rels", root), *parts):
            archive.writestr(name, content)
    return buffer.getvalue()


def good() -> bytes:
    """A plain report of one sentence."""
    return package(("word/document.xml", document()))


def truncated() -> bytes:
    """The first half: its directory is missing."""
    whole = package(("word/document.xml", document(SENTENCE * 50)))
    return whole[: len(whole) // 2]


def without_document() -> bytes:
    """An Office package in which nobody wrote."""
    return package(("word/styles.xml", f'<w:styles xmlns:w="{WORD}"/>'))


def wrong_content_types() -> bytes:
    """The main part is declared an image, and the package names no main part."""
    types = TYPES.replace(MAIN, "image/png")
    return package(("word/document.xml", document()), types=types, root=f'<Relationships xmlns="{RELATIONS}"/>')


def two_documents() -> bytes:
    """Two main parts of the same name: which one is the report?"""
    other = SENTENCE.replace("33.459", "99.999")
    return package(("word/document.xml", document()), ("word/document.xml", document(other)))


def wandering_names() -> bytes:
    """Members that would land outside a folder if anybody unpacked them."""
    names = ("../../outside.txt", "/etc/outside", "C:\\outside.txt", "word/../../x.xml")
    return package(("word/document.xml", document()), *((n, "outside") for n in names))


def huge_document() -> bytes:
    """80 MB of blanks in the main part, some 80 kB packed."""
    return package(("word/document.xml", document(SENTENCE + " " * (80 * 2**20))))


def huge_media() -> bytes:
    """300 MB of zeros in a picture that nothing shows: no reason to refuse, none to unpack."""
    return package(("word/document.xml", document()), ("word/media/image1.bin", bytes(300 * 2**20)))


def lying_size() -> bytes:
    """The directory promises 10 bytes of a part that unpacks to more."""
    whole = bytearray(package(("word/document.xml", document())))
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        header = whole.rfind(signature)
        whole[header + at : header + at + 4] = struct.pack("<I", 10)
    return bytes(whole)


def overlapping() -> bytes:
    """200 members that all unpack from the same bytes: 26 kB declare 3.2 GB."""
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = bytes(16 * 2**20)
    packed, checksum = engine.compress(block) + engine.flush(), zlib.crc32(block)
    sizes = struct.pack("<III", checksum, len(packed), len(block))
    names = [b"[Content_Types].xml", b"_rels/.rels", b"word/document.xml", *(b"word/x%03d.xml" % n for n in range(197))]
    head = struct.pack("<HHHHH", 20, 0, 8, 0, 33) + sizes
    local = b"PK\x03\x04" + head + struct.pack("<HH", len(names[0]), 0) + names[0]
    entry = b"PK\x01\x02" + struct.pack("<H", 20) + head
    directory = b"".join(entry + struct.pack("<HHHHHII", len(n), 0, 0, 0, 0, 0, 0) + n for n in names)
    start = len(local) + len(packed)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, len(names), len(names), len(directory), start, 0)
    return local + packed + directory + end


def billion_laughs() -> bytes:
    """Entities that grow tenfold on nine floors."""
    floors = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    dtd = f'<!DOCTYPE x [<!ENTITY l0 "lol">{floors}]>'
    return package(("word/document.xml", document("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", dtd)))


def external_entity() -> bytes:
    """Asks the reader to print a file of the machine."""
    dtd = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    return package(("word/document.xml", document("<w:p><w:r><w:t>&secret;</w:t></w:r></w:p>", dtd)))


def utf16_dtd() -> bytes:
    """The same declaration, hidden from a search for bytes by another encoding."""
    text = document("<w:p><w:r><w:t>&l0;</w:t></w:r></w:p>", '<!DOCTYPE x [<!ENTITY l0 "lol">]>')
    return package(("word/document.xml", text.replace("UTF-8", "UTF-16").encode("utf-16")))


def deep() -> bytes:
    """3,000 content controls inside each other."""
    opening, closing = "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"
    return package(("word/document.xml", document(opening * 3_000 + SENTENCE + closing * 3_000)))


def wide_table() -> bytes:
    """One cell that claims 50 million columns."""
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="50000000"/></w:tcPr>' + SENTENCE + "</w:tc>"
    return package(("word/document.xml", document(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")))


def wide_gap() -> bytes:
    """A row that begins 50 million columns to the right."""
    row = f'<w:tr><w:trPr><w:gridBefore w:val="50000000"/></w:trPr><w:tc>{SENTENCE}</w:tc></w:tr>'
    return package(("word/document.xml", document(f"<w:tbl>{row}</w:tbl>")))


def long_sentence() -> bytes:
    """One paragraph of 200 kB without a blank."""
    return package(("word/document.xml", document(SENTENCE + f"<w:p><w:r><w:t>{'1.' * 100_000}</w:t></w:r></w:p>")))
