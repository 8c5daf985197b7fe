"""Every hostile file ends in the code that its refusal promises, or is read: never a hang, a crash or a guess.

Each runs under the guard with small limits; `timed_out`, `out_of_memory` and `crashed` are never the expected answer to
a file that a reader can refuse by looking.
"""

from __future__ import annotations

import importlib.util
import os
import struct
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from extractors.errors import Unreadable
from extractors.readers import read
from extractors.readers.guard import Allowance, GuardedPool, map_unordered
from tests.hostile import packages, pages

LIMITS = Allowance(wall=30, progress=15, memory=700 * 2**20)
OK = "ok"
SENTENCE = "Tổng số hồ sơ đã tiếp nhận: 33.459 hồ sơ"


@dataclass(frozen=True, slots=True)
class Case:
    """A hostile file: what it is, its name, its bytes, and the codes that are right (or OK, with a warning's code)."""

    what: str
    name: str
    make: Callable[[], bytes]
    expected: tuple[str, ...]
    warning: str | None = None


def ole(stream: str) -> bytes:
    name = stream.encode("utf-16-le") + b"\0\0"
    entry = name.ljust(64, b"\0") + struct.pack("<H", len(name)) + bytes(62)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entry


CASES = (
    Case("an empty file", "a.docx", bytes, ("empty",)),
    Case("HTML named .docx", "a.docx", lambda: b"<html><body>33.459", ("wrong_type",)),
    Case("RTF named .docx", "a.docx", lambda: b"{\\rtf1 33.459}", ("wrong_type",)),
    Case("an old .doc named .docx", "a.docx", lambda: ole("WordDocument"), ("wrong_type",)),
    Case("PDF named .docx", "a.docx", pages.good, (OK,), "name_mismatch"),
    Case("DOCX named .pdf", "a.pdf", packages.good, (OK,), "name_mismatch"),
    Case("DOCX with a password", "a.docx", lambda: ole("EncryptedPackage"), ("encrypted",)),
    Case("PDF with a user password", "a.pdf", lambda: pages.encrypted(b"mat khau"), ("encrypted",)),
    Case("PDF with the empty password", "a.pdf", lambda: pages.encrypted(b""), (OK,)),
    Case("a truncated DOCX", "a.docx", packages.truncated, ("corrupt",)),
    Case("a truncated PDF", "a.pdf", pages.truncated, ("corrupt",)),
    Case("%PDF and random bytes", "a.pdf", pages.random_bytes, ("corrupt",)),
    Case("members that overlap", "a.docx", packages.overlapping, ("zip_bomb",)),
    Case("80 MB of document from 80 kB", "a.docx", packages.huge_document, ("too_large",)),
    Case("300 MB of media that nobody shows", "a.docx", packages.huge_media, (OK,)),
    Case("a part larger than declared", "a.docx", packages.lying_size, ("corrupt",)),
    Case("members outside the package", "a.docx", packages.wandering_names, (OK,)),
    Case("two main parts", "a.docx", packages.two_documents, ("ambiguous",)),
    Case("no main part", "a.docx", packages.without_document, ("corrupt",)),
    Case("wrong content types", "a.docx", packages.wrong_content_types, ("corrupt",)),
    Case("billion laughs", "a.docx", packages.billion_laughs, ("dtd_present",)),
    Case("an external entity", "a.docx", packages.external_entity, ("dtd_present",)),
    Case("a DTD in UTF-16", "a.docx", packages.utf16_dtd, ("dtd_present",)),
    Case("3,000 levels", "a.docx", packages.deep, ("too_deep",)),
    Case("50 million columns", "a.docx", packages.wide_table, ("table_too_wide",)),
    Case("50 million columns before the first", "a.docx", packages.wide_gap, ("table_too_wide",)),
    Case("a page tree that is its own child", "a.pdf", pages.loop, ("corrupt",)),
    Case("a page tree 5,000 deep", "a.pdf", pages.deep_tree, ("too_deep",)),
    Case("10,000 pages", "a.pdf", pages.many_pages, ("too_many_pages",)),
    Case("a stream of 256 MB", "a.pdf", pages.flate_bomb, ("too_large",)),
    Case("a page a thousand kilometres wide", "a.pdf", pages.huge_box, ("bad_geometry",)),
    Case("a page size that is no number", "a.pdf", pages.odd_box, ("bad_geometry", "corrupt", OK)),
    Case("200 x 200 rules", "a.pdf", pages.ruled_grid, (OK,)),
    Case("a text of one line", "a.txt", lambda: (SENTENCE + "\n" + "1." * 100_000).encode(), (OK,)),
    Case("a text of 200,000 tabs", "a.txt", lambda: ("a\t" * 200_000 + "\nb\t1\n").encode(), ("table_too_wide",)),
    Case("a paragraph of 200 kB", "a.docx", packages.long_sentence, (OK,)),
    Case("3,000 levels of HTML", "a.html", lambda: b"<div>" * 3_000, ("too_deep",)),
    Case("comments before no page", "a.html", lambda: b"<!-- x -->" * 6_000 + SENTENCE.encode(), (OK,)),
    Case("blanks and tags", "a.txt", lambda: ((" " * 100_000 + "<") * 20 + SENTENCE).encode(), (OK,)),
    Case("tables that never end", "a.txt", lambda: (SENTENCE + "\n" + "<table>" * 100_000).encode(), (OK,)),
    Case("stars", "a.txt", lambda: (SENTENCE + "\n" + "*a " * 100_000 + "$" * 100_000).encode(), (OK,)),
)


def outcome(path: Path) -> tuple[str, str, tuple[str, ...]]:
    """Code or OK, the text, the warnings. Runs in the child."""
    try:
        document = read(path)
    except Unreadable as refusal:
        return refusal.code, refusal.detail, ()
    return OK, "\n".join(p.text for p in document.passages()), tuple(w.code for w in document.source.warnings)


@pytest.fixture(scope="module")
def pool() -> Iterator[GuardedPool]:
    with GuardedPool(1, allowance=LIMITS) as pool:
        yield pool


def _has_reader(case: Case) -> bool:
    kind = "pdf" if case.make.__module__ == pages.__name__ or "PDF" in case.what else "docx"
    return importlib.util.find_spec(f"extractors.readers.{kind}") is not None


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.what)
def test_a_hostile_file_ends_in_its_code(case: Case, pool: GuardedPool, tmp_path: Path) -> None:
    if not _has_reader(case):
        pytest.skip("its reader is not here yet")
    file = tmp_path / case.name
    file.write_bytes(case.make())
    started = time.monotonic()
    code, told, warned = pool.submit(outcome, file).result(timeout=60)
    assert code in case.expected, told
    assert time.monotonic() - started < 15
    if code == OK:
        assert packages.READ in told
        assert case.warning is None or case.warning in warned
        assert "99.999" not in told


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")
def test_what_is_no_regular_file_is_passed_over(pool: GuardedPool, tmp_path: Path) -> None:
    link, pipe = tmp_path / "link.docx", tmp_path / "pipe.docx"
    link.symlink_to("/etc/passwd")
    os.mkfifo(pipe)
    for path in (link, pipe, Path("/dev/zero"), tmp_path):
        assert pool.submit(outcome, path).result(timeout=20)[0] == "not_regular"


def test_nothing_is_ever_unpacked_to_disk(pool: GuardedPool, tmp_path: Path) -> None:
    file = tmp_path / "in" / "a.docx"
    file.parent.mkdir()
    file.write_bytes(packages.wandering_names())
    assert pool.submit(outcome, file).result(timeout=30)[0] == OK
    assert [p.name for p in tmp_path.rglob("*")] == ["in", "a.docx"]


def swell(path: Path) -> int:
    """Stands for a reader that a file makes swell."""
    if "hostile" in path.name:
        return len(bytearray(2**40))
    return path.stat().st_size


@pytest.mark.skipif(sys.platform != "linux", reason="memory is capped on Linux only")
def test_one_hostile_file_among_many_costs_only_itself(pool: GuardedPool, tmp_path: Path) -> None:
    for n in range(40):
        (tmp_path / f"{n:02}.txt").write_text(SENTENCE, encoding="utf-8")
    (tmp_path / "hostile.txt").write_text(SENTENCE, encoding="utf-8")
    answers = dict(map_unordered(pool, swell, sorted(tmp_path.iterdir()), in_flight=8))
    refused = {path.name: a.code for path, a in answers.items() if isinstance(a, Unreadable)}
    assert len(answers) == 41
    assert refused == {"hostile.txt": "out_of_memory"}
