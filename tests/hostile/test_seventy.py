"""The seventy numbers one by one, and all that are files in one folder through the real program."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.hostile import packages
from tests.hostile.case import Case, File, Ground, pool, tried
from tests.hostile.seventy import CASES

LONG_TEXTS = (56, 57)  # seconds each: they are tried by themselves


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    with pool() as children:
        yield Ground(tmp_path_factory.mktemp("hostile"), children)


def test_there_are_seventy() -> None:
    assert [case.number for case in CASES] == list(range(1, 71))
    assert all(case.files or case.prove for case in CASES)


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "case", [pytest.param(c, id=str(c.number), marks=[pytest.mark.slow] if c.slow else []) for c in CASES]
)
def test_a_hostile_input_comes_to_what_is_promised(case: Case, ground: Ground) -> None:
    done = tried(case, ground)
    assert done.wrong is None, f"{case.what}: expected {case.promised}, got {done.got}: {done.wrong}"


def files() -> dict[str, File]:
    """Every file-shaped input under a name of its own."""
    return {
        f"{case.number:02}-{n:02}-{file.name}": file
        for case in CASES
        if case.number not in LONG_TEXTS
        for n, file in enumerate(case.files)
    }


def tree(folder: Path) -> dict[str, tuple[int, int]]:
    """Every entry below a folder with size and time of its last change."""
    return {str(p.relative_to(folder)): (p.lstat().st_size, p.lstat().st_mtime_ns) for p in folder.rglob("*")}


#: Scratch folders of children, the sockets of multiprocessing, and the probe (eight characters, gone at once) by which
#: Python finds out whether it may write in a temporary folder.
OF_OURS: Final = re.compile(r"(?:soat-child-|pymp-).*|[a-z0-9_]{8}")


class Watched:
    """What appears in a folder while it is watched."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.names, self._done = folder, set[str](), threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def _watch(self) -> None:
        while not self._done.is_set():
            self.names |= {p.name for p in self.folder.iterdir()}
            time.sleep(0.02)

    def __enter__(self) -> Watched:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_run_over_all_of_them_lists_all_reads_the_good_and_leaves_nothing(ground: Ground) -> None:
    place = ground.fresh()
    folder, temporary, out = place / "in", place / "tmp", place / "out"
    for made in (folder, temporary, out):
        made.mkdir()
    hostile = files()
    for name, file in hostile.items():
        (folder / name).write_bytes(file.make())
    good = {f"99-{n:02}-good.docx": f"77.7{n:02}" for n in range(10)}
    for name, figure in good.items():
        said = packages.SENTENCE.replace(packages.READ, figure)
        (folder / name).write_bytes(packages.package(("word/document.xml", packages.document(said))))
    before = tree(folder)
    with Watched(temporary) as watched:
        done = ground.soat(
            "run", folder, "--json", "--warehouse", out / "w.duckdb", "--jobs", 2, seconds=500, TMPDIR=str(temporary)
        )
    assert done.code == 3 and "Traceback" not in done.err, done.err[-1000:]
    rows = {Path(row["source"]["path"]).name: row for row in map(json.loads, done.out.splitlines())}
    codes = {name: row["error"] and row["error"]["code"] for name, row in rows.items()}
    assert codes == {name: file.code for name, file in hostile.items()} | dict.fromkeys(good)
    for name, figure in good.items():
        assert [o["value"] for o in rows[name]["observations"]] == [figure.replace(".", "")]
    told = ground.soat(
        "sql",
        "SELECT code, count(*) AS n FROM refusals GROUP BY code",
        "--warehouse",
        out / "w.duckdb",
        "--format",
        "json",
    )
    refused = {row["code"] for row in map(json.loads, told.out.splitlines())}
    assert refused == {file.code for file in hostile.values() if file.code}
    assert ground.soat("verify", "--warehouse", out / "w.duckdb").code == 0
    assert tree(folder) == before
    assert [p.name for p in out.iterdir()] == ["w.duckdb"]
    assert list(temporary.iterdir()) == []
    assert {name for name in watched.names if not OF_OURS.fullmatch(name)} == set()
