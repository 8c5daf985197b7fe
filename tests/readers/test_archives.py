"""Archives: what they hold, member by member, and what the hostile ones come to."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import random
import stat
import struct
import subprocess
import sys
import tarfile
import unicodedata
import zipfile
import zlib
from pathlib import Path

import libarchive
import pytest

from extractors import limits, look
from extractors.errors import Unreadable
from extractors.model import Report
from extractors.readers import archives
from extractors.readers.archives import Stream, Zip
from extractors.readers.containers import container_kind
from extractors.readers.member_names import distinct, is_passed_over, plain, spelled
from extractors.readers.members import Contents, Member
from tests.readers.containers import by_libarchive, cp1258, rar4, rar5, text, zip_named, zipped

NAME = "Báo cáo quý IV/Phụ lục số 1.txt"
FILES = [(NAME, text(1)), ("b.txt", text(2)), ("c.txt", text(3))]


def refusal(call, *arguments) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        call(*arguments)
    return caught.value


def written(folder: Path, name: str, data: bytes) -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


def contents(file: Path) -> Contents:
    found = look(file)
    assert isinstance(found, Contents), found
    return found


def everything(where: Path | Member) -> list[Report]:
    """The reports of a file, containers opened as they come."""
    found = look(where)
    return [r for m in found.members for r in everything(m)] if isinstance(found, Contents) else [found]


def codes(file: Path) -> dict[str, str | None]:
    """Path below the file: code of the refusal, or None."""
    return {r.source.path.removeprefix(f"{file}/"): r.error.code if r.error else None for r in everything(file)}


KINDS = {
    "zip": zipped(*FILES),
    "zip bzip2": zipped(*FILES, method=zipfile.ZIP_BZIP2),
    "7z": by_libarchive(FILES),
    "7z stored": by_libarchive(FILES, options="compression=store"),
    "rar4": rar4(FILES),
    "rar5": rar5(FILES),
    "tar": by_libarchive(FILES, "pax"),
    "tar.gz": by_libarchive(FILES, "pax", "gzip"),
    "tar.xz": by_libarchive(FILES, "pax", "xz"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_member_is_a_document_tied_to_its_archive(kind: str, tmp_path: Path) -> None:
    file = written(tmp_path, "nop.bin", KINDS[kind])  # the content names the kind
    reports = everything(file)
    assert [r.source.path for r in reports] == [f"{file}/{name}" for name, _ in FILES]
    assert [r.source.sha256 for r in reports] == [hashlib.sha256(data).hexdigest() for _, data in FILES]
    assert [(r.error, r.source.format, len(r.observations)) for r in reports] == [(None, "txt", 4)] * 3
    parents = {(r.source.parent.path, r.source.parent.sha256, r.source.parent.parent) for r in reports}
    assert parents == {(str(file), hashlib.sha256(KINDS[kind]).hexdigest(), None)}


@pytest.mark.parametrize("kind", KINDS)
def test_members_are_reached_in_any_order_and_again(kind: str) -> None:
    data = KINDS[kind]
    found = container_kind(data)
    opened = Zip(data) if found == "zip" else Stream(data, found, "nop.bin")
    for position in (2, 0, 1, 1, 2, 0):
        assert opened.read(position) == FILES[position][1]


def test_members_asked_for_in_order_are_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Stream(KINDS["7z"], "7z", "nop.7z")
    passes = []
    walk = Stream._walk
    monkeypatch.setattr(Stream, "_walk", lambda self: passes.append(1) or walk(self))
    assert [opened.read(n) for n in range(3)] == [data for _, data in FILES]
    assert passes == [1]


def test_a_single_compressed_file_is_named_after_it(tmp_path: Path) -> None:
    for ending, compress in (("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)):
        assert codes(written(tmp_path, f"bao-cao.txt.{ending}", compress(text()))) == {"bao-cao.txt": None}


def test_containers_in_containers_are_opened_in_place(tmp_path: Path) -> None:
    inner = zipped(("t/c.txt", text(3)))
    file = written(
        tmp_path, "a.zip", zipped(("1.txt", text(1)), ("b.7z", by_libarchive([("c.zip", inner)])), ("2.txt", text(2)))
    )
    reports = everything(file)
    assert [r.source.path.removeprefix(str(file)) for r in reports] == ["/1.txt", "/b.7z/c.zip/t/c.txt", "/2.txt"]
    parent = reports[1].source.parent
    assert (parent.path, parent.sha256) == (f"{file}/b.7z/c.zip", hashlib.sha256(inner).hexdigest())
    assert parent.root.path == str(file) and parent.root.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_member_of_an_office_kind_is_a_document_not_a_container(tmp_path: Path) -> None:
    docx = zipped(("[Content_Types].xml", b""), ("word/document.xml", b"<x/>"))
    xlsx = zipped(("[Content_Types].xml", b""), ("xl/workbook.xml", b"<x/>"))
    held = contents(written(tmp_path, "a.zip", zipped(("a.docx", docx), ("b.xlsx", xlsx), ("ppt/c.txt", text()))))
    assert [isinstance(look(member), Report) for member in held.members] == [True] * 3


def test_what_folders_pass_over_is_passed_over_and_nothing_else(tmp_path: Path) -> None:
    kept = ("a.txt", "x/~a.txt", "logo.png")
    passed = ("__MACOSX/._a.txt", "x/Thumbs.db", ".hidden/a.txt", "x/.a.txt", "~$a.docx", "desktop.ini", "README.txt")
    made = zipped(*((name, text()) for name in (*passed, *kept)), ("thu-muc/", b""))
    assert codes(written(tmp_path, "a.zip", made)) == {"a.txt": None, "x/~a.txt": None, "logo.png": None}
    assert not any(map(is_passed_over, kept)) and all(map(is_passed_over, passed))


def test_an_archive_without_documents_is_empty(tmp_path: Path) -> None:
    for name, data in (
        ("a.zip", zipped()),
        ("b.zip", zipped(("x/", b""), ("Thumbs.db", b"x"))),
        ("c.7z", by_libarchive([])),
    ):
        assert codes(written(tmp_path, name, data)) == {f"{tmp_path}/{name}": "empty"}


# --- names ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("Phụ lục.txt".encode(), "Phụ lục.txt"),
        (unicodedata.normalize("NFD", "Phụ lục.txt").encode(), "Phụ lục.txt"),
        (b"B\xe1o c\xe1o n\xe3m.txt", "Báo cáo năm.txt"),
        (cp1258("Bảng số liệu.txt"), "Bảng số liệu.txt"),
        (b"caf\x82.txt", "café.txt"),
        (b"\xff\xfe\x00.txt", None),
    ],
)
def test_a_name_of_no_stated_encoding_is_read_with_sense(raw: bytes, read: str | None, tmp_path: Path) -> None:
    [report] = everything(written(tmp_path, "a.zip", zip_named(raw, text())))
    shown = report.source.path.removeprefix(f"{tmp_path}/a.zip/")
    assert report.error is None and "\0" not in shown and shown.endswith(".txt")
    if read is not None:
        assert shown == read


def test_windows_in_vietnamese_wrote_names_in_code_page_1258() -> None:
    name = "Bảng số liệu Đăk Lăk, Đồng Tháp – quý IV.txt"
    assert plain(spelled(cp1258(name))) == name


def test_a_unicode_name_beside_the_old_one_counts_only_for_that_one(tmp_path: Path) -> None:
    def extra(of: bytes) -> bytes:
        field = b"\1" + struct.pack("<I", zlib.crc32(of)) + "Quý IV.txt".encode()
        return struct.pack("<HH", 0x7075, len(field)) + field

    for told, name in ((b"Qu_.txt", "Quý IV.txt"), (b"other", "Qu_.txt")):
        assert codes(written(tmp_path, "a.zip", zip_named(b"Qu_.txt", text(), extra(told)))) == {name: None}


TRICKS = {
    "../../etc/passwd.txt": "etc/passwd.txt",
    "/etc/a.txt": "etc/a.txt",
    "C:\\Windows\\b.txt": "Windows/b.txt",
    "..\\..\\c.txt": "c.txt",
    "a/./b//d.txt": "a/b/d.txt",
    "x\ny\x1b[31m.txt": "x\ufffdy\ufffd[31m.txt",
    "con-\ud800.txt": "con-\ufffd.txt",
    "..": "không tên",
    "": "không tên",
    "đ" * 5_000 + ".txt": None,
}


@pytest.mark.parametrize("name", TRICKS, ids=repr)
def test_a_name_is_only_a_name(name: str) -> None:
    shown = plain(name)
    assert not shown.startswith("/") and ".." not in shown.split("/") and len(shown) <= limits.MAX_MEMBER_NAME
    if TRICKS[name] is not None:
        assert shown == TRICKS[name]


def test_names_of_members_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    names = [name for name in TRICKS if name.isprintable() and name.endswith(".txt")]
    for kind, data in (
        ("zip", zipped(*((name, text(n)) for n, name in enumerate(names)))),
        ("7z", by_libarchive([(name, text(n)) for n, name in enumerate(names)])),
        ("tar", by_libarchive([(name, text(n)) for n, name in enumerate(names)], "pax")),
    ):
        reports = everything(written(tmp_path / "in", f"a.{kind}", data))
        assert len(reports) == len(names) and not any(r.error for r in reports)
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.7z", "a.tar", "a.zip", "in"]


def test_two_members_of_one_name_are_both_read(tmp_path: Path) -> None:
    file = written(
        tmp_path, "a.zip", zipped(("a.txt", text(1)), ("a.txt", text(2)), ("../a.txt", text(3)), ("a (2).txt", text(4)))
    )
    reports = everything(file)
    assert len({r.source.path for r in reports}) == len({r.source.sha256 for r in reports}) == 4
    assert list(distinct(["a.b", "a.b", "a (2).b", "a.b"])) == ["a.b", "a (2).b", "a (2) (2).b", "a (3).b"]


def test_names_stay_where_the_locale_is_plain_c(tmp_path: Path) -> None:
    file = written(tmp_path, "a.7z", KINDS["7z"])
    code = f"from pathlib import Path; from extractors import look; print(ascii([m.path for m in look(Path({str(file)!r})).members]))"
    environment = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() == ascii([f"{file}/{name}" for name, _ in FILES])


# --- hostile -------------------------------------------------------------------------------------------------------


def test_an_archive_that_holds_itself_ends(tmp_path: Path) -> None:
    """Each level holds two of the level below: what a quine unpacks to, as far as anybody goes."""
    data = zipped(("a.txt", text()))
    for _ in range(6):
        data = zipped(("1.zip", data), ("2.zip", data))
    found = codes(written(tmp_path, "quine.zip", data))
    assert set(found.values()) == {"too_deep"} and len(found) == 2**limits.MAX_CONTAINER_DEPTH


def test_a_bomb_is_refused_and_its_siblings_are_read(tmp_path: Path) -> None:
    bomb = zipped(("a.txt", text()), ("bomb.txt", bytes(30 * 2**20)), ("b.txt", text(2)))
    assert codes(written(tmp_path, "a.zip", bomb)) == {"a.txt": None, "bomb.txt": "zip_bomb", "b.txt": None}


def test_more_than_a_file_may_hold_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_CONTAINER_BYTES", 1000)
    for name, data in (("a.zip", KINDS["zip"]), ("b.7z", KINDS["7z"]), ("c.tar", KINDS["tar.gz"])):
        file = written(tmp_path, name, data)
        assert codes(file) == {str(file): "too_large"}


def test_a_solid_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    zeros = bytes(35 * 2**20)
    for name, kind, packing in (("a.7z", "7zip", None), ("b.tar.gz", "pax", "gzip")):
        file = written(tmp_path, name, by_libarchive([("1.txt", zeros), ("2.txt", zeros)], kind, packing))
        assert file.stat().st_size < 2**20 and codes(file) == {str(file): "zip_bomb"}


def test_a_compressed_single_file_is_unpacked_no_further_than_its_ratio(tmp_path: Path) -> None:
    assert codes(written(tmp_path, "a.txt.gz", gzip.compress(b" " * (50 * 2**20)))) == {"a.txt": "zip_bomb"}


def test_members_that_share_bytes_are_refused_together(tmp_path: Path) -> None:
    data = zipped(("a.txt", text()))
    at = data.index(b"PK\1\2")
    body, entry, end = data[:at], data[at : data.index(b"PK\5\6")], data[data.index(b"PK\5\6") :]
    both = body + entry * 2 + end[:8] + struct.pack("<HHII", 2, 2, 2 * len(entry), at) + end[20:]
    file = written(tmp_path, "a.zip", both)
    assert codes(file) == {str(file): "zip_bomb"}


def test_ten_thousand_members_are_listed_and_one_more_is_refused(tmp_path: Path) -> None:
    for count in (10_000, 10_001):
        file = written(
            tmp_path, f"{count}.zip", zipped(*((f"{n}.txt", b"x") for n in range(count)), method=zipfile.ZIP_STORED)
        )
        if count > limits.MAX_MEMBERS:
            assert codes(file) == {str(file): "too_large"}
        else:
            assert len(contents(file).members) == count
    file = written(tmp_path, "a.tar", by_libarchive([(f"{n}.txt", b"x") for n in range(10_001)], "ustar"))
    assert codes(file) == {str(file): "too_large"}


def test_links_and_devices_are_no_files(tmp_path: Path) -> None:
    members: list[tuple[zipfile.ZipInfo | str, bytes]] = [("a.txt", text())]
    for name, kind in (("link.txt", stat.S_IFLNK), ("device.txt", stat.S_IFBLK), ("pipe.txt", stat.S_IFIFO)):
        info = zipfile.ZipInfo(name)
        info.create_system, info.external_attr = 3, (kind | 0o777) << 16
        members.append((info, b"/etc/passwd"))
    expected = {"a.txt": None, "link.txt": "not_regular", "device.txt": "not_regular", "pipe.txt": "not_regular"}
    assert codes(written(tmp_path, "a.zip", zipped(*members))) == expected
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, kind in (("a.txt", tarfile.REGTYPE), ("link.txt", tarfile.SYMTYPE), ("hard.txt", tarfile.LNKTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname, info.size = kind, "/etc/passwd", len(text()) if kind == tarfile.REGTYPE else 0
            archive.addfile(info, io.BytesIO(text()))
    expected = {"a.txt": None, "link.txt": "not_regular", "hard.txt": "not_regular"}
    assert codes(written(tmp_path, "a.tar", made.getvalue())) == expected


def test_a_member_with_a_password_is_refused_alone(tmp_path: Path) -> None:
    data = bytearray(zipped(("a.txt", text()), ("b.txt", text(2))))
    data[data.index(b"PK\3\4") + 6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    assert codes(written(tmp_path, "a.zip", bytes(data))) == {"a.txt": "encrypted", "b.txt": None}
    assert codes(written(tmp_path, "a.rar", rar4(FILES[1:], encrypted=["b.txt"]))) == {
        "b.txt": "encrypted",
        "c.txt": None,
    }


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (b"The archive header is encrypted, but currently not supported", "encrypted"),
        ("Unsupported block method: 7", "unsupported"),
        ("Truncated 7-Zip file body", "corrupt"),
        (None, "corrupt"),
    ],
)
def test_what_libarchive_complains_of_has_a_code(said: str | bytes | None, code: str) -> None:
    assert archives._refusal(libarchive.ArchiveError(said)).code == code


def test_memory_that_is_short_in_the_library_is_told_as_such() -> None:
    with pytest.raises(MemoryError):
        archives._refusal(libarchive.ArchiveError("Can't allocate memory"))


def test_without_the_library_it_is_said_which_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "libarchive", None)
    assert "libarchive" in refusal(Stream, KINDS["7z"], "7z", "a.7z").detail
    assert codes(written(tmp_path, "a.zip", KINDS["zip"])) == {name: None for name, _ in FILES}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "tar" not in kind])
def test_a_cut_archive_is_corrupt_or_gives_what_is_whole(kind: str, tmp_path: Path) -> None:
    data = KINDS[kind]
    for share in (0.3, 0.6, 0.95):
        found = codes(written(tmp_path, "a.bin", data[: int(len(data) * share)]))
        assert set(found.values()) <= {"corrupt", None} and "corrupt" in found.values()


def test_a_broken_member_leaves_its_siblings_whole(tmp_path: Path) -> None:
    data = bytearray(zipped(("a.txt", text()), ("b.txt", text(2)), ("c.txt", text(3)), method=zipfile.ZIP_STORED))
    data[data.index(text(2)) + 5] ^= 0xFF
    assert codes(written(tmp_path, "a.zip", bytes(data))) == {"a.txt": None, "b.txt": "corrupt", "c.txt": None}


def test_damage_anywhere_raises_nothing_but_refusals(tmp_path: Path) -> None:
    rng = random.Random(7)
    for data in KINDS.values():
        for _ in range(15):
            damaged = bytearray(data)
            for _ in range(rng.randint(1, 6)):
                damaged[rng.randrange(len(damaged))] = rng.randrange(256)
            for report in everything(written(tmp_path, "a.bin", bytes(damaged))):
                assert report.error is None or report.error.code != "crashed"


def test_an_archive_replaced_meanwhile_is_told(tmp_path: Path) -> None:
    file = written(tmp_path, "a.zip", zipped(("a.txt", text(1))))
    [member] = contents(file).members
    file.unlink()
    written(tmp_path, "a.zip", zipped(("a.txt", text(22))))
    report = look(member)
    assert isinstance(report, Report) and report.error is not None
    assert report.error.code == "corrupt" and "thay đổi" in report.error.vi
    file.unlink()
    report = look(member)
    assert isinstance(report, Report) and report.error is not None and report.error.code == "not_found"


def test_nothing_is_unpacked_to_disk(tmp_path: Path) -> None:
    """Every file that is opened for writing while all kinds are read."""
    paths = [written(tmp_path, f"{n}.bin", data) for n, data in enumerate(KINDS.values())]
    code = (
        "import sys; from pathlib import Path; from extractors import look\n"
        "import libarchive, extractors.facts.assemble, extractors.readers.txt\n"
        "def walk(w):\n"
        "    found = look(w)\n"
        "    return [r for m in found.members for r in walk(m)] if hasattr(found, 'members') else [found]\n"
        "walk(Path(sys.argv[1]))\n"
        "seen = []\n"
        "write = lambda mode, flags: 'w' in str(mode) or 'a' in str(mode) or '+' in str(mode) or (flags or 0) & 3\n"
        "sys.addaudithook(lambda e, a: seen.append(a[0]) if e == 'open' and write(*a[1:]) or e in ('os.mkdir', 'os.symlink') else None)\n"
        "print(sum(len(walk(Path(p))) for p in sys.argv[1:]), seen)\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code, *paths], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.strip() == f"{3 * len(KINDS)} []"
