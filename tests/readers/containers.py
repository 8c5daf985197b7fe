"""Containers made at test time: archives of every kind that is read, and Outlook messages, whole or hostile."""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Mapping, Sequence

import libarchive

REPORT = """UBND TỈNH KHÁNH HÒA
SỞ CÔNG THƯƠNG
Số: {n}/BC-SCT
Khánh Hòa, ngày 20 tháng 12 năm 2023
BÁO CÁO
Kết quả cải cách hành chính năm 2023
Tổng số hồ sơ đã giải quyết: 120 hồ sơ, trong đó:
- Số hồ sơ giải quyết sớm hạn: 100 hồ sơ.
- Số hồ sơ giải quyết đúng hạn: 15 hồ sơ.
- Số hồ sơ giải quyết trễ hạn: 5 hồ sơ.
"""
Files = Sequence[tuple[str, bytes]]


def text(n: int = 1) -> bytes:
    """A small report, another one for every number."""
    return REPORT.format(n=n).encode()


def cp1258(characters: str) -> bytes:
    """Text as Windows in Vietnamese wrote it: vowels with their shape, the tone behind."""
    made = b""
    for character in characters:
        base, *marks = unicodedata.normalize("NFD", character)
        tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
        shaped = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark not in tones))
        made += (shaped + "".join(tones)).encode("cp1258")
    return made


def zipped(*files: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP; two members may have one name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in files:
            archive.NameToInfo.clear()  # or a second member of one name warns
            archive.writestr(name, data, method)
    return made.getvalue()


def zip_named(raw: bytes, data: bytes, extra: bytes = b"") -> bytes:
    """A ZIP of one stored member whose name is these bytes, not marked as UTF-8."""
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 0, 0, 33, zlib.crc32(data), len(data), len(data), len(raw), 0)
    entry = struct.pack(
        "<4s6H3I5H2I",
        b"PK\1\2",
        20,
        20,
        0,
        0,
        0,
        33,
        zlib.crc32(data),
        len(data),
        len(data),
        len(raw),
        len(extra),
        0,
        0,
        0,
        0,
        0,
    )
    body = local + raw + data
    directory = entry + raw + extra
    return body + directory + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(directory), len(body), 0)


def by_libarchive(files: Files, kind: str = "7zip", packing: str | None = None, options: str = "") -> bytes:
    """A 7z, or a tar with a filter, by libarchive's writer."""
    made = io.BytesIO()
    with libarchive.custom_writer(made.write, kind, packing, options=options) as archive:
        for name, data in files:
            archive.add_file_from_memory(name, len(data), data)
    return made.getvalue()


# --- RAR: nothing free writes it, so its headers are made here, members stored --------------------------------------


def rar4(files: Files, encrypted: Sequence[str] = ()) -> bytes:
    """RAR 2.9 to 4.x (technote.txt of unrar): marker, archive header, a header before each member, end."""

    def block(kind: int, flags: int, body: bytes) -> bytes:
        head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
        return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head

    made = b"Rar!\x1a\x07\0" + block(0x73, 0, bytes(6))
    for name, data in files:
        raw = name.encode()
        told = struct.pack(
            "<IIBIIBBHI", len(data), len(data), 3, zlib.crc32(data), 0x5B215800, 29, 0x30, len(raw), 0o100644
        )
        made += block(0x74, 0x8200 | (4 if name in encrypted else 0), told + raw) + data
    return made + block(0x7B, 0x4000, b"")


def rar5(files: Files) -> bytes:
    """RAR 5 (its published format note): the same with numbers of variable length."""

    def vint(number: int) -> bytes:
        made = b""
        while number > 127:
            made, number = made + bytes([number & 127 | 128]), number >> 7
        return made + bytes([number])

    def block(*numbers: int, rest: bytes = b"") -> bytes:
        body = b"".join(map(vint, numbers)) + rest
        sized = vint(len(body)) + body
        return struct.pack("<I", zlib.crc32(sized)) + sized

    made = b"Rar!\x1a\x07\1\0" + block(1, 0, 0)
    for name, data in files:
        raw = name.encode()
        rest = struct.pack("<I", zlib.crc32(data)) + vint(0) + vint(1) + vint(len(raw)) + raw
        made += block(2, 2, len(data), 4, len(data), 0o100644, rest=rest) + data
    return made + block(5, 0, 0)


# --- OLE: a writer of the plainest compound file ([MS-CFB]) ---------------------------------------------------------

Tree = Mapping[str, "bytes | Tree"]
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def ole(tree: Tree, clsid: bytes = bytes(16)) -> bytes:
    """A compound file: sectors of 512 bytes, small streams in the mini stream, siblings as one chain to the right."""
    entries: list[list[object]] = [["Root Entry", 5, _FREE, _FREE, b""]]  # name, kind, right sibling, child, bytes

    def add(parent: int, held: Tree) -> None:
        before = None
        for name, value in held.items():
            at = len(entries)
            entries.append(
                [name, 2 if isinstance(value, bytes) else 1, _FREE, _FREE, value if isinstance(value, bytes) else b""]
            )
            if before is None:
                entries[parent][3] = at
            else:
                entries[before][2] = at
            before = at
            if not isinstance(value, bytes):
                add(at, value)

    add(0, tree)
    sectors: list[bytes] = []
    fat: list[int] = []

    def stored(data: bytes) -> int:
        """The first of the sectors that hold `data`."""
        if not data:
            return _END
        first, count = len(sectors), -(-len(data) // 512)
        sectors.extend(data[n * 512 : n * 512 + 512].ljust(512, b"\0") for n in range(count))
        fat.extend([*range(first + 1, first + count), _END])
        return first

    small, mini_fat, starts = b"", [], []
    for _, kind, _, _, data in entries:
        assert isinstance(data, bytes)
        if kind == 2 and len(data) < 4096:
            first, count = len(mini_fat), -(-len(data) // 64)
            small += data.ljust(count * 64, b"\0")
            mini_fat += [*range(first + 1, first + count), _END] if count else []
            starts.append(first if count else _END)
        else:
            starts.append(stored(data))
    starts[0] = stored(small)
    mini_at = stored(b"".join(struct.pack("<I", n) for n in mini_fat))
    directory = b""
    for n, (name, kind, right, child, data) in enumerate(entries):
        raw = str(name).encode("utf-16-le") + b"\0\0"
        size = len(small) if n == 0 else len(data)  # type: ignore[arg-type]
        told = struct.pack("<HBB3I", len(raw), kind, 1, _FREE, right, child)
        directory += (
            raw.ljust(64, b"\0")
            + told
            + (clsid if n == 0 else bytes(16))
            + bytes(20)
            + struct.pack("<IQ", starts[n], size)
        )
    directory_at = stored(directory)
    count = next(k for k in range(1, 100) if k * 128 >= len(fat) + k)
    table_at = len(fat)
    fat += [_FAT] * count
    fat += [_FREE] * (count * 128 - len(fat))
    sectors.append(b"".join(struct.pack("<I", n) for n in fat))
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    mini_sectors = -(-len(mini_fat) * 4 // 512)
    head += struct.pack(
        "<9I", 0, count, directory_at, 0, 4096, mini_at if mini_sectors else _END, mini_sectors, _END, 0
    )
    head += b"".join(struct.pack("<I", table_at + n if n < count else _FREE) for n in range(109))
    return head + b"".join(sectors)


OUTLOOK = bytes.fromhex("0b0d020000000000c000000000000046")


def attachment(name: str, data: bytes, short: str = "", content_id: str = "", hidden: bool = False) -> Tree:
    """The storage of one attachment of an Outlook message."""
    made: dict[str, bytes | Tree] = {"__substg1.0_37010102": data}
    properties = struct.pack("<IIQ", 0x7FFE000B, 6, hidden)
    told = {"3707001F": name, "3704001F": short, "3712001F": content_id}
    made |= {f"__substg1.0_{tag}": value.encode("utf-16-le") for tag, value in told.items() if value}
    return made | {"__properties_version1.0": bytes(8) + properties}


def message(body: str = "Kính gửi Sở Nội vụ.", subject: str = "Báo cáo", *attached: Tree) -> Tree:
    """The streams of one Outlook message, for `ole` or as a message in a message."""
    made: dict[str, bytes | Tree] = {"__properties_version1.0": bytes(32), "__nameid_version1.0": {"x": b""}}
    for tag, value in (("1000001F", body), ("0037001F", subject)):
        made[f"__substg1.0_{tag}"] = value.encode("utf-16-le")
    return made | {f"__attach_version1.0_#{n:08X}": one for n, one in enumerate(attached)}


def message_inside(inner: Tree) -> Tree:
    """The storage of an attachment that is a message."""
    return {"__substg1.0_3701000D": inner, "__properties_version1.0": bytes(8)}
