"""The door: only regular files, read once, named by content."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import sys
import time
import zipfile
from pathlib import Path

import pytest

from extractors import limits
from extractors.errors import Unreadable
from extractors.readers import intake
from extractors.readers.containers import zip_names

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return buffer.getvalue()


def ole(*streams: str) -> bytes:
    """An OLE header and one directory sector with the given entries: as much as the door looks at."""
    entries = b""
    for stream in ("Root Entry", *streams):
        name = stream.encode("utf-16-le") + b"\0\0"
        entries += name.ljust(64, b"\0") + struct.pack("<H", len(name)) + bytes(62)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entries


def open_document(kind: str) -> bytes:
    """As OpenDocument asks for: the member that says what it is comes first."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        package.writestr("content.xml", "x")
    return buffer.getvalue()


DOCX = zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
VIETNAMESE = "Tổng số hồ sơ đã tiếp nhận: 33.459 hồ sơ, trong đó đúng hạn 99,98%.\n"


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (PDF, "a.pdf", "pdf"),
        (b"junk of a mail gateway\r\n" + PDF, "a.pdf", "pdf"),
        (DOCX, "a.docx", "docx"),
        (zipped("[Content_Types].xml", "word/document2.xml"), "a.docx", "docx"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "a.xlsx", "xlsx"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "a.xlsm", "xlsx"),
        (ole("Workbook"), "a.xls", "xlsx"),
        (ole("Book"), "a.xls", "xlsx"),
        (ole("WordDocument"), "a.doc", "doc"),
        (b"{\\rtf1\\ansi x}", "a.rtf", "doc"),
        (open_document("text"), "a.odt", "doc"),
        (open_document("text-template"), "a.ott", "doc"),
        (open_document("spreadsheet"), "a.ods", "xlsx"),
        (zipped("content.xml", "mimetype"), "a.odt", "doc"),
        (zipped("content.xml", "mimetype"), "a.ods", "xlsx"),
        (b"a;b\n1;2\n", "a.csv", "txt"),
        (b"<!DOCTYPE html><p>x</p>", "a.html", "html"),
        (b"\xef\xbb\xbf  <!-- c --><html><body>x", "a.htm", "html"),
        (b"<p>33</p> trong van ban", "a.txt", "txt"),
        ("không có thẻ nào".encode(), "a.html", "html"),
        (VIETNAMESE.encode(), "a.txt", "txt"),
        (VIETNAMESE.encode("utf-8-sig"), "a", "txt"),
        (VIETNAMESE.encode("utf-16"), "a.txt", "txt"),
        ("Sở đã tiếp nhận".encode("cp1258", "ignore"), "a.txt", "txt"),
    ],
)
def test_the_content_names_the_format(data: bytes, name: str, expected: str) -> None:
    assert intake.sniff(data, name) == (expected, ())


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (PDF, "a.docx", "pdf"),
        (DOCX, "a.pdf", "docx"),
        (DOCX, "a.doc", "docx"),
        (b"<html><body><p>x", "a.doc", "html"),
        (b"<html><body><table>", "a.xls", "html"),
        (b"{\\rtf1\\ansi x}", "a.doc", "doc"),
        (open_document("text"), "a.doc", "doc"),
        (ole("WordDocument"), "a.rtf", "doc"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "a.xls", "xlsx"),
        (open_document("spreadsheet"), "a.xls", "xlsx"),
        (b"<html><body><p>x", "a.txt", "html"),
    ],
)
def test_an_innocent_wrong_name_is_read_with_a_warning(data: bytes, name: str, expected: str) -> None:
    kind, warnings = intake.sniff(data, name)
    assert kind == expected
    assert [w.code for w in warnings] == ["name_mismatch"]


@pytest.mark.parametrize(
    ("data", "name", "code", "told"),
    [
        (b"<html><body>x", "a.docx", "wrong_type", "HTML"),
        (b"{\\rtf1\\ansi x}", "a.docx", "wrong_type", "RTF"),
        (b"{\\rtf1\\ansi x}", "a.pdf", "wrong_type", "RTF"),
        (b"<html><body>x", "a.xlsx", "wrong_type", "HTML"),
        (open_document("text"), "a.docx", "wrong_type", "OpenDocument"),
        (open_document("presentation"), "a.odp", "unsupported", "OpenDocument"),
        (open_document("presentation"), "a.odt", "unsupported", "OpenDocument"),
        (open_document("presentation"), "a.doc", "wrong_type", "OpenDocument"),
        (open_document("text-master"), "a.odm", "unsupported", "OpenDocument"),
        (ole("WordDocument"), "a.docx", "wrong_type", "Word 97"),
        (ole("EncryptedPackage", "EncryptionInfo"), "a.docx", "encrypted", ""),
        (ole("Workbook"), "a.xlsx", "wrong_type", "Excel"),
        (ole("Workbook"), "a.doc", "wrong_type", "Excel"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "a.docx", "wrong_type", "Excel"),
        (zipped("[Content_Types].xml", "_rels/.rels"), "a.docx", "corrupt", "word/document.xml"),
        (zipped("mimetype", "content.xml"), "a.odt", "unsupported", "OpenDocument"),
        (zipped("a.txt"), "a.docx", "wrong_type", "ZIP"),
        (zipped("a.txt"), "a.zip", "unsupported", "ZIP"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "a.pdf", "wrong_type", "PNG"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "a.jpg", "unsupported", "JPEG"),
        (b"just text", "a.docx", "wrong_type", "văn bản"),
        (b"<?xml version='1.0'?><w:wordDocument/>", "a.doc", "wrong_type", "XML"),
        (bytes(range(256)) * 20, "a.pdf", "corrupt", ""),
        (bytes(range(256)) * 20, "a.bin", "unsupported", ""),
        (b" \n\t " * 9, "a.txt", "empty", ""),
        (DOCX[: len(DOCX) // 2], "a.docx", "corrupt", "mục lục"),
    ],
)
def test_what_is_not_read_says_what_it_is(data: bytes, name: str, code: str, told: str) -> None:
    with pytest.raises(Unreadable) as caught:
        intake.sniff(data, name)
    assert caught.value.code == code
    assert told in caught.value.detail


def test_the_hash_is_of_the_bytes_that_are_handed_on(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(VIETNAMESE.encode())
    data, source = intake.take(file)
    file.write_bytes(b"replaced meanwhile")
    assert hashlib.sha256(data).hexdigest() == source.sha256
    assert (source.bytes, source.format, source.path) == (len(data), "txt", str(file))


def code_of(path: Path) -> str:
    started = time.monotonic()
    with pytest.raises(Unreadable) as caught:
        intake.take(path)
    assert time.monotonic() - started < 2
    return caught.value.code


@posix
def test_only_regular_files_are_opened_and_none_blocks(tmp_path: Path) -> None:
    real = tmp_path / "real.txt"
    real.write_text("x")
    link, pipe = tmp_path / "link.txt", tmp_path / "pipe.pdf"
    link.symlink_to(real)
    os.mkfifo(pipe)
    assert [code_of(p) for p in (link, pipe, tmp_path, Path("/dev/zero"))] == ["not_regular"] * 4
    assert [intake.fingerprint(p) for p in (link, pipe, tmp_path)] == [("", 0)] * 3


@pytest.mark.parametrize("name", ["missing.pdf", "a\0b.pdf", "x" * 300 + ".pdf"])
def test_a_name_without_a_file_is_not_found(tmp_path: Path, name: str) -> None:
    assert code_of(tmp_path / name) == "not_found"
    assert intake.fingerprint(tmp_path / name) == ("", 0)


def test_an_empty_file(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.touch()
    assert code_of(file) == "empty"
    assert intake.fingerprint(file) == (hashlib.sha256(b"").hexdigest(), 0)


def test_a_file_above_the_limit_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    with file.open("wb") as sparse:
        sparse.truncate(limits.MAX_FILE_BYTES + 1)
    assert code_of(file) == "too_large"
    assert intake.fingerprint(file) == ("", limits.MAX_FILE_BYTES + 1)


@posix
@pytest.mark.parametrize(
    "name",
    [
        "-rf.txt",
        "<script>.txt",
        "dòng\nmới.txt",
        "a\u0301 NFD.txt",
        "x" * 251 + ".txt",
        "'; drop table x.txt",
        "\x1b[31m.txt",
    ],
)
def test_a_strange_name_is_only_a_name(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text("Báo cáo", encoding="utf-8")
    assert intake.take(file)[1].path == str(file)


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="its file system refuses such names")
def test_a_name_that_is_no_text_is_shown_escaped(tmp_path: Path) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xe1o.txt"))
    file.write_text("Báo cáo", encoding="utf-8")
    shown = intake.take(file)[1].path
    assert shown.endswith("b\\xe1o.txt")
    shown.encode("utf-8")


def test_the_directory_of_a_zip_is_read_whatever_it_claims() -> None:
    prefixed = b"self-extractor" + DOCX
    assert "word/document.xml" in set(zip_names(prefixed))
    lying = bytearray(DOCX)
    end = lying.rfind(b"PK\x05\x06")
    lying[end + 8 : end + 12] = b"\xff\x7f\xff\x7f"  # 32,767 entries claimed
    assert len(list(zip_names(bytes(lying)))) == 3
    lying[end + 12 : end + 20] = b"\xfe\xff\xff\xff" * 2
    with pytest.raises(Unreadable):
        list(zip_names(bytes(lying)))


def test_a_zip_of_very_many_members_is_refused() -> None:
    entry = b"PK\x01\x02" + bytes(24) + struct.pack("<HHH", 1, 0, 0) + bytes(12) + b"a"
    entries = entry * (limits.MAX_PACKAGE_MEMBERS + 1)
    data = (
        b"PK\x03\x04" + bytes(26) + entries + b"PK\x05\x06" + bytes(8) + struct.pack("<II", len(entries), 30) + bytes(2)
    )
    with pytest.raises(Unreadable) as caught:
        intake.sniff(data, "a.docx")
    assert caught.value.code == "too_large"


def test_a_zip64_directory_is_found() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package, package.open("word/document.xml", "w", force_zip64=True) as part:
        part.write(b"x")
    assert intake.sniff(buffer.getvalue(), "a.docx")[0] == "docx"
