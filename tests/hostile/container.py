"""Numbers 1 to 18: what the door and the packages must survive."""

from __future__ import annotations

import io
import json
import os
import struct
import threading
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from tests.hostile import packages, pages
from tests.hostile.case import READ, Case, File, Ground

VALUE = "33459"
_BLOCK = 2**20


def ole(stream: str) -> bytes:
    """A compound file whose directory has one stream of this name."""
    name = stream.encode("utf-16-le") + b"\0\0"
    entry = name.ljust(64, b"\0") + struct.pack("<H", len(name)) + bytes(62)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entry


def swollen(name: str, mebibytes: int, before: bytes = b"", after: bytes = b"", fill: bytes = b"\0") -> bytes:
    """The good package with one member more (or its main part instead) of so many MiB of one byte, packed in blocks."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for part, content in (("[Content_Types].xml", packages.TYPES), ("_rels/.rels", packages.ROOT)):
            archive.writestr(part, content)
        if name != "word/document.xml":
            archive.writestr("word/document.xml", packages.document())
        with archive.open(name, "w", force_zip64=True) as member:
            member.write(before)
            for _ in range(mebibytes):
                member.write(fill * _BLOCK)
            member.write(after)
    return buffer.getvalue()


def large_document() -> bytes:
    """A main part of 300 MB from some 300 kB."""
    head, tail = packages.document().split("</w:body>")
    return swollen("word/document.xml", 286, head.encode(), f"</w:body>{tail}".encode(), b" ")


def dense_flate(mebibytes: int) -> bytes:
    """A zlib stream of blanks, a thousandth of what it unpacks to; made of one block again and again."""
    engine = zlib.compressobj(9)
    head = engine.compress(b" ") + engine.flush(zlib.Z_FULL_FLUSH)
    block = engine.compress(b" " * 2**24) + engine.flush(zlib.Z_FULL_FLUSH)
    return head + block * (mebibytes // 16) + b"\x03\x00"


NAMES = (
    "a\nb.docx",
    "<script>alert(1)<\\script>.docx",
    "-rf.docx",
    "a'; DROP TABLE readings; --.docx",
    "%s%n{0}[bold]$(id)`id`.docx",
    "=HYPERLINK(1).docx",
    "\x1b]0;x\x07\u202exslx.docx",
    "n" * 250 + ".docx",
    unicodedata.normalize("NFD", "báo cáo quý Ⅱ.docx"),
    " .docx",
    "CON.docx",
)


def strange_names(ground: Ground) -> str:
    """A run over files with such names: all land, each under its own name, and the screen shows none of them raw."""
    folder = ground.place() / "in"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        text = packages.SENTENCE.replace(READ, f"33.4{number:02}")
        (folder / name).write_bytes(packages.package(("word/document.xml", packages.document(text))))
    (folder / os.fsdecode(b"khong-phai-utf8-\xff.docx")).write_bytes(packages.good())
    done = ground.soat("run", folder / ".." / "in", "--warehouse", "w.duckdb", "--exit-zero")
    assert done.code == 0 and "Traceback" not in done.err, done.err[-500:]
    assert not set(done.out) & set("\x1b\x07\u202e")
    told = ground.soat("sql", "SELECT path FROM latest_reports", "--warehouse", "w.duckdb", "--format", "json")
    kept = [json.loads(row)["path"] for row in told.out.splitlines()]
    paths = {Path(p).name for p in kept}
    assert paths == {*NAMES, "khong-phai-utf8-\\xff.docx"}, paths ^ set(NAMES)
    dashed = ground.soat("inspect", "--json", "--", "-rf.docx", cwd=folder)
    assert json.loads(dashed.out)["error"] is None
    return "OK"


def no_regular_files(ground: Ground) -> str:
    """A folder with a link, a pipe and a report: the first two are listed, the report is read, nothing blocks."""
    folder = ground.place() / "in"
    folder.mkdir()
    (folder / "good.docx").write_bytes(packages.good())
    (folder / "link.docx").symlink_to("/etc/passwd")
    os.mkfifo(folder / "pipe.docx")
    done = ground.soat("run", folder, "/dev/zero", "a\tb\\.docx", "--json", "--warehouse", "w.duckdb")
    rows = {Path(row["source"]["path"]).name: row["error"] and row["error"]["code"] for row in lines(done.out)}
    odd = dict.fromkeys(("link.docx", "pipe.docx", "zero"), "not_regular")
    assert rows == odd | {"good.docx": None, "a\tb\\.docx": "not_found"}, rows
    assert done.code == 3 and "root:" not in done.out
    return "REFUSE(not_regular)"


def lines(text: str) -> Iterator[dict]:
    """Objects of JSON Lines."""
    return (json.loads(row) for row in text.splitlines())


def replaced_while_read(ground: Ground) -> str:
    """Two reports take turns under one name while it is read: hash and figures are always of the same one."""
    path, other = ground.place() / "a.docx", ground.place() / "b.docx"
    made = {}
    for value in ("11.111", "22.222"):
        data = packages.package(("word/document.xml", packages.document(packages.SENTENCE.replace(READ, value))))
        made[value.replace(".", "")] = data
    path.write_bytes(made["11111"])
    done = threading.Event()

    def swap() -> None:
        while not done.is_set():
            for data in made.values():
                other.write_bytes(data)
                other.replace(path)

    swapping = threading.Thread(target=swap)
    swapping.start()
    try:
        seen = [ground.see_path(path) for _ in range(30)]
    finally:
        done.set()
        swapping.join()
    from hashlib import sha256

    for one in seen:
        assert one.code is None, one.line["error"]
        [value] = one.values
        assert one.line["source"]["sha256"] == sha256(made[value]).hexdigest()
    return "OK"


RTF = b"{\\rtf1\\ansi " + READ.encode() + b"}"
CASES = (
    Case(1, "an empty file", (File("a.docx", bytes, "empty"), File("b.pdf", bytes, "empty"))),
    Case(2, "HTML, RTF or old .doc named .docx", (
        File("a.docx", lambda: b"<html><body>33.459", "wrong_type", told="HTML"),
        File("b.docx", lambda: RTF, "wrong_type", told="RTF"),
        File("c.docx", lambda: ole("WordDocument"), "wrong_type", told="Word 97"),
    )),
    Case(3, "PDF named .docx and the reverse", (
        File("a.docx", pages.good, warns=("name_mismatch",)),
        File("b.pdf", packages.good, warns=("name_mismatch",), value=VALUE),
    )),
    Case(4, "DOCX under a password", (File("a.docx", lambda: ole("EncryptedPackage"), "encrypted"),)),
    Case(5, "PDF that needs a user password", (File("a.pdf", lambda: pages.encrypted(b"mat khau"), "encrypted"),)),
    Case(6, "PDF under the empty user password", (File("a.pdf", lambda: pages.encrypted(b"")),)),
    Case(7, "truncated DOCX, truncated PDF", (
        File("a.docx", packages.truncated, "corrupt"), File("a.pdf", pages.truncated, "corrupt"),
    )),
    Case(8, "%PDF and random bytes", (File("a.pdf", pages.random_bytes, "corrupt"),)),
    Case(9, "zip whose entries overlap, 26 kB to 3.2 GB", (File("a.docx", packages.overlapping, "zip_bomb"),), memory=60),
    Case(10, "document.xml of 300 MB from 300 kB", (File("a.docx", large_document, "too_large"),), memory=60),
    Case(11, "1 GiB of media that nothing shows", (
        File("a.docx", lambda: swollen("word/media/image1.bin", 1024), value=VALUE),
    ), memory=60),
    Case(12, "declared size is not the real one", (File("a.docx", packages.lying_size, "corrupt"),)),
    Case(13, "members ../../x, /abs, C:\\x", (File("a.docx", packages.wandering_names, value=VALUE),)),
    Case(14, "two word/document.xml", (File("a.docx", packages.two_documents, "ambiguous"),)),
    Case(15, "no document.xml; wrong content types", (
        File("a.docx", packages.without_document, "corrupt"), File("b.docx", packages.wrong_content_types, "corrupt"),
    )),
    Case(16, "file names: ../, newline, <script>, leading -, not UTF-8, 255 bytes, NFD", prove=strange_names, expected="OK", seconds=600, slow=True),
    Case(17, "symlink, FIFO, /dev/zero among the reports", prove=no_regular_files, expected="REFUSE(not_regular)", seconds=600, slow=True),
    Case(18, "file replaced while it is read", prove=replaced_while_read, expected="OK", seconds=60),
)  # fmt: skip
