"""Folders of children that read: private, gone when their run is, and swept up where nobody was left to remove them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

import pytest

from extractors.errors import Unreadable
from extractors.readers import scratch
from extractors.readers.guard import GuardedPool
from tests.readers import guarded_work as work
from tests.readers.test_guard import alive, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals and locks of Linux")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty temporary folder with a short name: multiprocessing puts a socket below it, whose path may have some 100
    characters only, and keeps that place to the end of this process."""
    fresh = tempfile.mkdtemp(prefix="s-")
    monkeypatch.setattr(tempfile, "tempdir", fresh)
    monkeypatch.setattr(scratch, "_YOUNG", 0.0)
    return Path(fresh)


def ours(place: Path) -> list[str]:
    return sorted(p.name for p in place.glob(f"{scratch.PREFIX}*"))


def parent(place: Path, note: Path) -> subprocess.Popen[bytes]:
    """A run in a process of its own, its child at work."""
    script = textwrap.dedent(f"""
        from pathlib import Path
        from extractors.readers.guard import GuardedPool
        from tests.readers.guarded_work import note_pid_and_hang
        if __name__ == "__main__":
            GuardedPool(1, preload=()).submit(note_pid_and_hang, Path({str(note)!r})).result()
        """)
    path = note.with_suffix(".py")
    path.write_text(script, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(place)}
    process = subprocess.Popen([sys.executable, str(path)], env=environment, stderr=subprocess.DEVNULL)
    assert until(lambda: note.exists() and " " in note.read_text(), 60)
    return process


def test_a_killed_child_leaves_no_folder(place: Path, tmp_path: Path) -> None:
    note = tmp_path / "note"
    with GuardedPool(1, preload=()) as pool:
        future = pool.submit(work.note_pid_and_hang, note)
        assert until(lambda: note.exists() and " " in note.read_text(), 60)
        assert len(ours(place)) == 1
        os.kill(int(note.read_text().split()[0]), signal.SIGKILL)
        error = future.exception(timeout=30)
        assert isinstance(error, Unreadable) and error.code == "out_of_memory"
        assert until(lambda: ours(place) == [])


def test_a_killed_run_leaves_nothing_at_all(place: Path, tmp_path: Path) -> None:
    note = tmp_path / "note"
    process = parent(place, note)
    names = {p.name[:5] for p in place.iterdir()}
    assert names == {"soat-", "pymp-"}
    process.kill()
    process.wait()
    assert until(lambda: list(place.iterdir()) == []), list(place.iterdir())
    assert until(lambda: not alive(int(note.read_text().split()[0])))


def killed_with_its_child(place: Path, note: Path) -> None:
    """As when the power goes: the child has no time to clean up."""
    process = parent(place, note)
    child = int(note.read_text().split()[0])
    os.kill(child, signal.SIGSTOP)
    process.kill()
    process.wait()
    os.kill(child, signal.SIGKILL)
    assert until(lambda: not alive(child))


def test_what_nobody_was_left_to_remove_the_next_run_removes(place: Path, tmp_path: Path) -> None:
    killed_with_its_child(place, tmp_path / "note")
    assert len(ours(place)) == 1 and len(list(place.glob("pymp-*"))) == 1
    (place / "pymp-other").mkdir()
    (place / "soat-child-link").symlink_to(tmp_path)

    def swept() -> bool:  # the kernel lets go of a killed process's locks a moment after it is gone
        GuardedPool(1, preload=()).shutdown()
        return sorted(p.name for p in place.iterdir()) == ["pymp-other", "soat-child-link"]

    assert until(swept), list(place.iterdir())
    assert (tmp_path / "note").exists()


def test_a_living_run_is_left_alone_and_so_is_a_folder_just_made(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = parent(place, tmp_path / "note")
    try:
        before = ours(place)
        scratch.sweep()
        assert ours(place) == before != []
    finally:
        process.kill()
        process.wait()
    assert until(lambda: ours(place) == [])
    monkeypatch.setattr(scratch, "_YOUNG", 30.0)
    young = place / f"{scratch.PREFIX}young"
    young.mkdir()
    scratch.sweep()
    assert young.exists()
    old = time.time() - 60
    os.utime(young, (old, old))
    scratch.sweep()
    assert not young.exists()


def test_a_noted_folder_of_another_kind_or_place_is_not_removed(place: Path, tmp_path: Path) -> None:
    kept = tmp_path / "pymp-elsewhere"
    named = place / "important"
    for folder, noted in (("one", kept), ("two", named)):
        noted.mkdir()
        root = place / f"{scratch.PREFIX}{folder}"
        root.mkdir()
        (root / "listener").write_text(str(noted), encoding="utf-8")
    scratch.sweep()
    assert kept.exists() and named.exists() and ours(place) == []
