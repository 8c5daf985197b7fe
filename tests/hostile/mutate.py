"""Files made wrong by chance: bytes, members of packages, XML, objects of PDF. The same seed gives the same file."""

from __future__ import annotations

import io
import random
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parents[2]
_LARGEST = 400_000  # bytes of a sample that is mutated: larger ones only cost time
Change = Callable[[bytes, random.Random], bytes]


@dataclass(frozen=True, slots=True)
class Sample:
    """A good file and the ways in which its kind is made wrong."""

    name: str
    data: bytes
    changes: tuple[Change, ...]


# --- any bytes ---


def cut(data: bytes, chance: random.Random) -> bytes:
    """The beginning only, or the end."""
    at = chance.randrange(len(data))
    return data[:at] if chance.random() < 0.8 else data[at:]


def flip(data: bytes, chance: random.Random) -> bytes:
    """Single bits."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 64))):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def shuffle(data: bytes, chance: random.Random) -> bytes:
    """A block taken out, doubled, blanked, or put elsewhere."""
    size = chance.choice((1, 16, 200, 4_000))
    at, to = chance.randrange(len(data)), chance.randrange(len(data))
    block = data[at : at + size]
    way = chance.randrange(4)
    if way == 0:
        return data[:at] + data[at + size :]
    if way == 1:
        return data[:at] + block * chance.choice((2, 20)) + data[at + size :]
    if way == 2:
        return data[:at] + bytes(len(block)) + data[at + size :]
    return data[:to] + block + data[to:]


def noise(data: bytes, chance: random.Random) -> bytes:
    """Random bytes in between."""
    at = chance.randrange(len(data))
    return data[:at] + chance.randbytes(chance.choice((1, 10, 500))) + data[at:]


BYTES: tuple[Change, ...] = (cut, flip, shuffle, noise)

# --- markup and text ---

_TAG = re.compile(rb"<[^<>]{1,300}>")
_NUMBER = re.compile(rb"(?<![\w.])-?\d{1,9}(?![\w.])")
_PIECES = (
    b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"&#0;", b"&#xD800;", b"&x;", b"<!DOCTYPE x>", b"<![CDATA[", b"]]>", b"<!--", b"<table>", b"</td>",
    b'colspan="-1" ', b'rowspan="99999999" ', "\u202e\u200b\u0301".encode(), b"9" * 400, b"1E999", "½²٣".encode(), b"\x1b[2J", b"\n" * 300,
)  # fmt: skip
_NUMBERS = (b"-1", b"0", b"99999999999", b"2147483648", b"1e9", b"NaN", b"-32768", b"65536", b"0.0000001")


def tags(data: bytes, chance: random.Random) -> bytes:
    """A tag taken out, doubled, swapped with another or nested a thousand times."""
    found = list(_TAG.finditer(data))
    if not found:
        return pieces(data, chance)
    one, other = chance.choice(found), chance.choice(found)
    way = chance.randrange(4)
    if way == 0:
        return data[: one.start()] + data[one.end() :]
    if way == 1:
        return data[: one.start()] + one[0] * chance.choice((2, 1_000)) + data[one.end() :]
    first, second = sorted((one, other), key=lambda m: m.start())
    if way == 2 and first.end() <= second.start():
        middle = data[first.end() : second.start()]
        return data[: first.start()] + second[0] + middle + first[0] + data[second.end() :]
    return data[: one.start()] + other[0] + data[one.end() :]


def pieces(data: bytes, chance: random.Random) -> bytes:
    """Odd characters in between."""
    for _ in range(chance.choice((1, 1, 5))):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.choice(_PIECES) + data[at:]
    return data


def numbers(data: bytes, chance: random.Random) -> bytes:
    """Numbers replaced by ones that nobody expects."""
    found = list(_NUMBER.finditer(data))
    for one in sorted(chance.sample(found, min(len(found), chance.choice((1, 3)))), key=lambda m: -m.start()):
        data = data[: one.start()] + chance.choice(_NUMBERS) + data[one.end() :]
    return data


MARKUP: tuple[Change, ...] = (*BYTES, tags, pieces, numbers)

# --- packages ---


_DAY: Final = (2026, 1, 1, 0, 0, 0)  # of every member: the same seed gives the same bytes at any time


def repacked(members: list[tuple[str, bytes]]) -> bytes:
    """A ZIP of these members."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        warnings.simplefilter("ignore")  # of doubled names
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name, _DAY), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def members(data: bytes, chance: random.Random) -> bytes:
    """Members swapped, doubled, renamed, lost, or their content made wrong."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        held = [(info.filename, archive.read(info)) for info in archive.infolist()]
    at, to = chance.randrange(len(held)), chance.randrange(len(held))
    name, content = held[at]
    way = chance.randrange(9)
    if way == 0:
        held[at], held[to] = (name, held[to][1]), (held[to][0], content)
    elif way == 1:
        held.append((name, held[to][1]))
    elif way == 2:
        held[at] = (
            chance.choice((name.upper(), "../" + name, name + "\x00", name[::-1], "", "/" + name, name + "/")),
            content,
        )
    elif way == 3:
        del held[at]
    else:
        texts = [n for n, (m, c) in enumerate(held) if c and not m.lower().endswith((".png", ".jpeg", ".jpg", ".bin"))]
        at = chance.choice(texts or [at])
        name, content = held[at]
        if content:
            for _ in range(chance.choice((1, 1, 3))):
                content = chance.choice(MARKUP)(content, chance) or b" "
        held[at] = (name, content)
    return repacked(held)


def headers(data: bytes, chance: random.Random) -> bytes:
    """A field in a header of a member, or in the directory, overwritten."""
    marks = [m.start() for m in re.finditer(rb"PK(?:\x01\x02|\x03\x04|\x05\x06)", data)]
    made, at = bytearray(data), chance.choice(marks) + chance.randrange(4, 40)
    made[at : at + 4] = chance.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", chance.randbytes(4), b"\x01\0\0\0"))
    return bytes(made)


PACKAGE: tuple[Change, ...] = (cut, flip, shuffle, headers, members, members, members, members)

# --- PDF ---

_OBJECT = re.compile(rb"\d+ 0 obj.*?endobj", re.DOTALL)
_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
_STREAM = re.compile(rb"/Length (\d+)([^<>]{0,200})>>\s*stream\r?\n")


def objects(data: bytes, chance: random.Random) -> bytes:
    """Objects lost, doubled, swapped; references turned to others, to themselves or to nothing."""
    found = list(_OBJECT.finditer(data))
    links = list(_REFERENCE.finditer(data))
    way = chance.randrange(5)
    if way < 2 and links:
        for one in sorted(chance.sample(links, min(len(links), 1 + 2 * way)), key=lambda m: -m.start()):
            number = chance.choice((chance.choice(links)[1], b"0", b"99999", one[1]))
            data = data[: one.start()] + number + b" 0 R" + data[one.end() :]
        return data
    if not found:
        return flip(data, chance)
    one, other = chance.choice(found), chance.choice(found)
    if way == 2:
        return data[: one.start()] + data[one.end() :]
    if way == 3:
        return data[: one.start()] + other[0] + data[one.end() :]
    opening, closing = chance.choice(((b"[", b"]"), (b"<</A ", b">>"), (b"(", b")")))
    depth = chance.choice((2, 300, 20_000))
    at = one.start() + len(one[0]) // 2
    return data[:at] + opening * depth + closing * chance.choice((0, depth)) + data[at:]


def cross_references(data: bytes, chance: random.Random) -> bytes:
    """The table of offsets, or the word that finds it, made wrong."""
    at = max(data.rfind(b"xref"), data.rfind(b"startxref"))
    if at < 0:
        return cut(data, chance)
    tail = chance.choice((numbers, flip, shuffle))(data[at:], chance)
    return data[:at] + tail


def streams(data: bytes, chance: random.Random) -> bytes:
    """What a compressed stream unpacks to made wrong, and packed again."""
    found = list(_STREAM.finditer(data))
    for one in chance.sample(found, len(found)):
        packed = data[one.end() : one.end() + int(one[1])]
        try:
            content = zlib.decompress(packed)
        except zlib.error:
            continue
        if not content:
            continue
        again = zlib.compress(chance.choice(MARKUP)(content, chance))
        start = data[: one.start(1)] + b"%d" % len(again) + data[one.end(1) : one.end()]
        return start + again + data[one.end() + int(one[1]) :]
    return flip(data, chance)


PDF: tuple[Change, ...] = (*BYTES, numbers, objects, objects, cross_references, streams, streams)

# --- the samples ---


def workbook() -> bytes:
    """A sheet of figures with a merged head, a formula, a date and a second sheet."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "Biểu 06a"
    sheet.append(["STT", "Lĩnh vực", "Tiếp nhận", "Giải quyết", "Tỷ lệ"])
    for n in range(1, 31):
        sheet.append([n, f"Lĩnh vực {n}", 100 + n, 90 + n, f"=D{n + 1}/C{n + 1}"])
    sheet.append(["", "Tổng cộng", "=SUM(C2:C31)", 3165, 0.97])
    sheet.merge_cells("A32:B32")
    book.create_sheet("Ghi chú").append(["Số liệu đến ngày 15/12/2023"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def mail(*attached: tuple[str, bytes]) -> bytes:
    """A letter with files."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = (
        "so@example.org",
        "ubnd@example.org",
        "Báo cáo cải cách hành chính quý I",
    )
    letter.set_content("Kính gửi báo cáo: tổng số hồ sơ tiếp nhận 1.234 hồ sơ.")
    for name, content in attached:
        letter.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return letter.as_bytes()


def samples() -> list[Sample]:
    """Good files of every kind that is read without another program."""
    found = [*(ROOT / "data" / "raw").glob("*"), *(ROOT / "tests" / "corpus").glob("*/*")]
    kinds: dict[str, tuple[Change, ...]] = {".docx": PACKAGE, ".pdf": PDF, ".html": MARKUP, ".txt": MARKUP}
    made = [
        Sample(path.name, path.read_bytes(), kinds[path.suffix])
        for path in sorted(found)
        if path.suffix in kinds and path.stat().st_size < _LARGEST
    ]
    small = {kind: min((s for s in made if s.name.endswith(kind)), key=lambda s: len(s.data)) for kind in kinds}
    both = [(f"báo cáo{kind}", small[kind].data) for kind in (".docx", ".txt")]
    nested = repacked([*both, ("trong/hai.zip", repacked(both))])
    return [
        *made,
        Sample("a.xlsx", workbook(), PACKAGE),
        Sample("a.zip", nested, PACKAGE),
        Sample("a.eml", mail(*both, ("b.zip", repacked(both))), (*BYTES, pieces, numbers)),
    ]


def mutant(held: list[Sample], number: int, seed: int) -> tuple[str, bytes]:
    """Name and bytes of mutant `number`: kinds in turn, samples and changes by chance, one to three changes."""
    chance = random.Random(f"{seed}-{number}")
    kinds = sorted({Path(s.name).suffix for s in held})
    kind = kinds[number % len(kinds)]
    sample = chance.choice([s for s in held if s.name.endswith(kind)])
    data = sample.data
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        try:
            data = chance.choice(sample.changes)(data, chance) or b"x"
        except (
            zipfile.BadZipFile,
            zlib.error,
            NotImplementedError,
            ValueError,
            OSError,
            IndexError,
            RuntimeError,
            EOFError,
        ):
            data = flip(data, chance)  # it was no package any more
    return f"{number:06}{kind}", data
