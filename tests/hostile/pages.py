"""Hostile and odd PDF files, written object by object when a test asks for them."""

from __future__ import annotations

import hashlib
import random
import zlib

_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
TEXT = b"BT /F1 12 Tf 72 720 Td (Tong so ho so da tiep nhan: 33.459 ho so) Tj ET"


def pdf(objects: dict[int, bytes], trailer: bytes = b"") -> bytes:
    """A file of these objects with a right cross-reference table; object 1 is the catalogue."""
    out, offsets = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), {}
    for number, body in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 00000 f \n"
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(out)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), entries, content)


def one_page(content: bytes = TEXT, entries: bytes = b"", box: bytes = b"[0 0 595 842]", trailer: bytes = b"") -> bytes:
    """A file of one page; `entries` go into the content stream's dictionary, `box` is its MediaBox."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox %s/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>" % box
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: page,
        4: stream(content, entries),
        5: FONT,
    }
    return pdf(objects, trailer)


def good() -> bytes:
    """A plain report of one sentence."""
    return one_page()


def truncated() -> bytes:
    """The first third: no page is whole."""
    whole = one_page()
    return whole[: whole.index(b"3 0 obj")]


def random_bytes() -> bytes:
    """The mark of a PDF and nothing of one behind it."""
    return b"%PDF-1.7\n" + random.Random(8).randbytes(4_000)


def loop() -> bytes:
    """A page tree that is its own child."""
    return pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"})


def deep_tree() -> bytes:
    """A page under 5,000 nodes."""
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>"}
    for n in range(2, 5_002):
        parent = b"/Parent %d 0 R" % (n - 1) if n > 2 else b""
        objects[n] = b"<</Type/Pages/Kids[%d 0 R]/Count 1%s>>" % (n + 1, parent)
    objects[5_002] = b"<</Type/Page/Parent 5001 0 R/MediaBox[0 0 595 842]>>"
    return pdf(objects)


def many_pages() -> bytes:
    """10,000 empty pages."""
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>"}
    kids = b" ".join(b"%d 0 R" % n for n in range(3, 10_003))
    objects[2] = b"<</Type/Pages/Kids[%s]/Count 10000>>" % kids
    objects |= dict.fromkeys(range(3, 10_003), b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>")
    return pdf(objects)


def flate_bomb() -> bytes:
    """256 kB that unpack to 256 MB of blanks."""
    engine, block = zlib.compressobj(9), b" " * 2**24
    packed = b"".join(engine.compress(block) for _ in range(16)) + engine.flush()
    return one_page(packed, b"/Filter/FlateDecode")


def huge_box() -> bytes:
    """A page a thousand kilometres wide."""
    return one_page(box=b"[0 0 1000000000 1000000000]")


def odd_box() -> bytes:
    """A page whose size is no number."""
    return one_page(box=b"[0 0 nan (x)]")


def ruled_grid() -> bytes:
    """200 x 200 rules in 8 kB: 40,000 cells without a word, beside one sentence."""
    rules = b"".join(b"%d 0 m %d 700 l S 0 %d m 590 %d l S\n" % (n * 2, n * 2, n * 3, n * 3) for n in range(200))
    return one_page(zlib.compress(rules + TEXT), b"/Filter/FlateDecode")


def encrypted(password: bytes) -> bytes:
    """The good page under a user password, empty for the kind that every viewer opens.

    Standard security handler, revision 2 (PDF 1.7, 7.6.3.3, algorithms 2, 3 and 4).
    """
    identity, permissions = bytes(range(16)), -4
    owner = _rc4(hashlib.md5(_padded(b"owner")).digest()[:5], _padded(password))
    seed = _padded(password) + owner + permissions.to_bytes(4, "little", signed=True) + identity
    key = hashlib.md5(seed).digest()[:5]
    user = _rc4(key, _PAD)
    content_key = hashlib.md5(key + (4).to_bytes(3, "little") + bytes(2)).digest()[:10]
    entry = b"/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P %d>>/ID[<%s><%s>]" % (
        owner.hex().encode(), user.hex().encode(), permissions, identity.hex().encode(), identity.hex().encode(),
    )  # fmt: skip
    return one_page(_rc4(content_key, TEXT), trailer=entry)


def _padded(password: bytes) -> bytes:
    return (password + _PAD)[:32]


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
