"""The guard keeps a run alive: clocks, memory, death, recycling, and nothing left behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from extractors.errors import Unreadable
from extractors.readers.guard import Allowance, GuardedPool, map_unordered
from tests.readers import guarded_work as work

SMALL = Allowance(wall=1.5, progress=1.0, memory=256 * 2**20, files=3)
linux = pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")


@pytest.fixture(scope="module")
def pool() -> Iterator[GuardedPool]:
    with GuardedPool(1, allowance=SMALL, preload=()) as pool:
        yield pool


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def until(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return condition()


def refusal(future: Future[Any]) -> str:
    with pytest.raises(Unreadable) as caught:
        future.result(timeout=30)
    return caught.value.code


def test_a_result_comes_back(pool: GuardedPool, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("xin chào", encoding="utf-8")
    assert pool.submit(work.size, file).result(timeout=30) == len("xin chào".encode())


def test_a_large_result_comes_back_whole(pool: GuardedPool) -> None:
    assert len(pool.submit(work.big, Path("x")).result(timeout=30)) == 30 * 2**20


def test_a_refusal_comes_back_with_code_and_detail(pool: GuardedPool) -> None:
    error = pool.submit(work.refuse, Path("x")).exception(timeout=30)
    assert isinstance(error, Unreadable)
    assert (error.code, error.detail) == ("encrypted", "thử")


def test_a_defect_comes_back_as_itself_with_its_traceback(pool: GuardedPool) -> None:
    error = pool.submit(work.defect, Path("x")).exception(timeout=30)
    assert isinstance(error, KeyError)
    assert "guarded_work.py" in "".join(error.__notes__)


def test_an_exception_that_cannot_travel_is_named(pool: GuardedPool) -> None:
    error = pool.submit(work.stubborn, Path("x")).exception(timeout=30)
    assert isinstance(error, RuntimeError)
    assert "Stubborn" in str(error)


@pytest.mark.parametrize(
    ("function", "code"),
    [
        (work.sleep, "timed_out"),
        (work.deaf, "timed_out"),
        pytest.param(work.swell, "out_of_memory", marks=linux),
        pytest.param(work.killed_by_the_kernel, "out_of_memory", marks=linux),
        (work.die, "crashed"),
        (work.leave, "crashed"),
    ],
)
def test_a_child_that_fails_refuses_its_file_and_the_next_is_read(
    pool: GuardedPool, function: Callable[[Path], None], code: str
) -> None:
    started = time.monotonic()
    assert refusal(pool.submit(function, Path("x"))) == code
    assert time.monotonic() - started < 10
    assert isinstance(pool.submit(work.pid, Path("x")).result(timeout=30), int)


def test_ticks_turn_back_the_progress_clock_but_not_the_wall_clock() -> None:
    patient = Allowance(wall=10, progress=0.7, memory=2**30)
    hurried = Allowance(wall=1.0, progress=0.7, memory=2**30)
    with GuardedPool(1, allowance=patient, preload=()) as pool:
        assert pool.submit(work.ticking_sleep, Path("a")).result(timeout=30) == "a"
    with GuardedPool(1, allowance=hurried, preload=()) as pool:
        assert refusal(pool.submit(work.ticking_sleep, Path("a"))) == "timed_out"


def test_a_child_is_replaced_after_its_share_of_files() -> None:
    with GuardedPool(1, allowance=SMALL, preload=()) as pool:
        pids = [pool.submit(work.pid, Path(str(n))).result(timeout=30) for n in range(7)]
    assert [pids.count(p) for p in dict.fromkeys(pids)] == [3, 3, 1]


def test_the_initializer_runs_in_every_child() -> None:
    with GuardedPool(1, allowance=Allowance(files=1), initializer=work.remember, preload=()) as pool:
        answers = [pool.submit(work.recall, Path(str(n))).result(timeout=30) for n in range(2)]
    assert answers == ["set up", "set up"]


def test_a_child_that_cannot_start_refuses_its_file() -> None:
    with GuardedPool(1, initializer=sys.exit, preload=()) as pool:
        assert refusal(pool.submit(work.pid, Path("x"))) == "crashed"


def test_standard_output_stays_the_parents(capfd: pytest.CaptureFixture[str]) -> None:
    with GuardedPool(1, preload=()) as pool:
        assert pool.submit(work.chatter, Path("x")).result(timeout=30) == ""
    assert "noise" not in capfd.readouterr().out


def test_the_temporary_folder_is_private_and_removed(pool: GuardedPool) -> None:
    with GuardedPool(1, preload=()) as other:
        folder = Path(other.submit(work.temporary, Path("x")).result(timeout=30))
        assert folder.exists()
        assert folder.parent != Path(pool.submit(work.temporary, Path("x")).result(timeout=30)).parent
    assert not folder.parent.exists()


@linux
def test_a_kill_takes_grandchildren_and_the_temporary_folder_along(pool: GuardedPool, tmp_path: Path) -> None:
    note = tmp_path / "note"
    assert refusal(pool.submit(work.grandchild_then_hang, note)) == "timed_out"
    pid, folder = note.read_text().split()
    assert until(lambda: not alive(int(pid)))
    assert not Path(folder).exists()


def test_leaving_early_stops_the_work_at_once(tmp_path: Path) -> None:
    pool = GuardedPool(1, preload=())
    note = tmp_path / "note"
    running, queued = pool.submit(work.note_pid_and_hang, note), pool.submit(work.pid, Path("x"))
    assert until(lambda: note.exists() and " " in note.read_text(), 30)
    started = time.monotonic()
    pool.shutdown(wait=False, cancel_futures=True)
    assert time.monotonic() - started < 5
    assert refusal(running) == "crashed"
    with pytest.raises(CancelledError):
        queued.result(timeout=5)
    with pytest.raises(RuntimeError):
        pool.submit(work.pid, Path("x"))
    pid, folder = note.read_text().split()
    assert not alive(int(pid))
    assert not Path(folder).exists()


@linux
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_the_children_end_with_the_parent(tmp_path: Path, number: signal.Signals) -> None:
    note = tmp_path / "note"
    script = tmp_path / "parent.py"
    script.write_text(
        textwrap.dedent(f"""
        import signal
        from pathlib import Path
        from extractors.readers.guard import GuardedPool
        from tests.readers.guarded_work import note_pid_and_hang
        if __name__ == "__main__":
            signal.signal(signal.SIGINT, signal.default_int_handler)  # it is ignored where tests run in the background
            pool = GuardedPool(1, preload=())
            try:
                pool.submit(note_pid_and_hang, Path({str(note)!r})).result()
            finally:
                pool.shutdown(wait=False, cancel_futures=True)
        """)
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    parent = subprocess.Popen(
        [sys.executable, str(script)], env=environment, stderr=subprocess.DEVNULL, start_new_session=True
    )
    assert until(lambda: note.exists() and " " in note.read_text(), 30)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(parent.pid, number)
    parent.wait(timeout=60)
    pid, folder = note.read_text().split()
    assert until(lambda: not alive(int(pid)))
    assert until(lambda: not Path(folder).exists())


def test_two_children_work_at_the_same_time() -> None:
    with GuardedPool(2, preload=()) as pool:
        list(pool.map(work.pid, [Path("a"), Path("b")]))  # both are up
        started = time.monotonic()
        assert sorted(pool.map(work.ticking_sleep, [Path("a"), Path("b")])) == ["a", "b"]
        assert time.monotonic() - started < 3.5


def test_map_unordered_yields_results_and_refusals_and_keeps_few_in_flight() -> None:
    taken: list[str] = []

    def names() -> Iterator[Path]:
        for n in range(20):
            taken.append(str(n))
            yield Path(str(n))

    with ThreadPoolExecutor(2) as pool:
        answers = {}
        for path, outcome in map_unordered(pool, _odd_is_refused, names(), in_flight=4):
            answers[path.name] = outcome
            assert len(taken) <= len(answers) + 4
    assert [n for n, o in answers.items() if isinstance(o, Unreadable) and o.code == "encrypted"].__len__() == 10
    assert answers["4"] == 4


def test_map_unordered_names_a_defect() -> None:
    with ThreadPoolExecutor(1) as pool:
        [(_, outcome)] = map_unordered(pool, work.defect, [Path("x")], in_flight=2)
    assert isinstance(outcome, Unreadable)
    assert outcome.code == "crashed"
    assert "KeyError" in outcome.detail


def test_the_same_call_runs_on_a_plain_process_pool(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"12345")
    with ProcessPoolExecutor(1) as pool:
        assert dict(map_unordered(pool, work.size, [file], in_flight=1)) == {file: 5}


def _odd_is_refused(path: Path) -> int:
    if int(path.name) % 2:
        raise Unreadable("encrypted")
    return int(path.name)
