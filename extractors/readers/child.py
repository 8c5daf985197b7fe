"""One guarded child process: the parent's handle on it (`Child`), and what runs inside (`main`).

Over the pipe go, from the parent, pickled calls; from the child "t" (a sign of life), "r" + pickled result,
"e" + pickled exception, "m" (memory was short: this child is not used again).
"""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import signal
import sys
import tempfile
import threading
import time
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any, Final

from extractors import limits
from extractors.errors import Unreadable
from extractors.readers.progress import ticking
from extractors.readers.scratch import Scratch, hold, orphaned

_START_SECONDS: Final = 120.0  # a cold disk and the first import of the language models
_TICK_SECONDS: Final = 0.2  # ticks closer together are one tick
_TICK, _RESULT, _ERROR, _MEMORY, _READY = b"t", b"r", b"e", b"m", b"y"
# Starting a process polls all of multiprocessing's children: two threads must not read the same exit code.
_PROCESS_TABLE: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one file may cost: seconds in all, seconds without a sign of life, bytes above the idle child's address
    space; and how many files one child reads before a fresh one takes over."""

    wall: float = limits.WALL_SECONDS
    progress: float = limits.PROGRESS_SECONDS
    memory: int = limits.CHILD_MEMORY_BYTES
    files: int = limits.FILES_PER_CHILD


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call came to: its result or (`failed`) its exception; `spent` when the child must not go on."""

    value: Any
    failed: bool = False
    spent: bool = False


# --- the parent's side ---------------------------------------------------------------------------------------------


class Child:
    """A running child process with its private temporary folder. Not shared between threads, but for `kill`."""

    def __init__(self, context: BaseContext, initializer: Callable[[], object] | None, allowance: Allowance) -> None:
        """Start it and wait until it can work. Raises Unreadable("crashed") where it cannot."""
        self.files = 0
        self._allowance = allowance
        with _PROCESS_TABLE:  # multiprocessing makes its own folder at its first use
            self._scratch = Scratch()
        self._pipe, theirs = context.Pipe()
        line, self._lifeline = context.Pipe(duplex=False)  # its end is how the child knows that we are gone
        arguments = (theirs, line, initializer, allowance.memory, self._scratch.root)
        self._process = context.Process(target=main, args=arguments, daemon=True)  # type: ignore[attr-defined]
        try:
            with _PROCESS_TABLE:
                self._process.start()
        except BaseException:
            self._release()
            raise
        finally:
            theirs.close()
            line.close()
        try:
            self._await(_START_SECONDS, _START_SECONDS)
        except BaseException:
            self.close()
            raise

    def ask(self, call: bytes) -> Answer:
        """Run a pickled call. Raises Unreadable: timed_out, or out_of_memory or crashed where the child died."""
        self.files += 1
        try:
            self._pipe.send_bytes(call)
        except OSError as error:
            raise self._death() from error
        return self._await(self._allowance.wall, self._allowance.progress)

    def _await(self, wall: float, progress: float) -> Answer:
        """The child's next answer, its ticks turning the progress clock back."""
        begun = alive = time.monotonic()
        while True:
            left = min(begun + wall, alive + progress) - time.monotonic()
            if left <= 0:
                silent = alive + progress < begun + wall
                raise Unreadable("timed_out", f"{progress:g} giây không tiến triển" if silent else f"quá {wall:g} giây")
            ready = wait_for([self._pipe, self._process.sentinel], left)
            if self._pipe in ready:
                try:
                    message = self._pipe.recv_bytes()
                except (EOFError, OSError) as error:
                    raise self._death() from error
                if message[:1] != _TICK:
                    return _answer(message)
                alive = time.monotonic()
            elif ready:
                raise self._death()

    def _death(self) -> Unreadable:
        """Why the child is gone. A SIGKILL that is not ours is the kernel's, short of memory."""
        wait_for([self._process.sentinel], 5.0)
        with _PROCESS_TABLE:
            code = self._process.exitcode
        if code == -signal.SIGTERM:
            return Unreadable("crashed", "dừng theo yêu cầu")
        if code is not None and code < 0:
            name = signal.Signals(-code).name
            return Unreadable("out_of_memory" if name == "SIGKILL" else "crashed", name)
        return Unreadable("crashed", f"mã thoát {code}")

    def kill(self, number: int = signal.SIGTERM) -> None:
        """Stop the child and whatever it started; from any thread."""
        pid = self._process.pid
        with contextlib.suppress(OSError):
            if pid is not None and sys.platform != "win32":
                os.killpg(pid, number)
        with contextlib.suppress(OSError):
            self._process.kill() if number != signal.SIGTERM else self._process.terminate()

    def close(self) -> None:
        """End the child now, with its group, and remove its folder."""
        self.kill(getattr(signal, "SIGKILL", signal.SIGTERM))
        wait_for([self._process.sentinel], 10.0)
        with _PROCESS_TABLE:
            self._process.join(0)
        self._release()

    def _release(self) -> None:
        self._pipe.close()
        self._lifeline.close()
        self._scratch.remove()


def _answer(message: bytes) -> Answer:
    kind, body = message[:1], message[1:]
    if kind == _MEMORY:
        return Answer(Unreadable("out_of_memory"), failed=True, spent=True)
    return Answer(pickle.loads(body) if body else None, failed=kind == _ERROR)


# --- the child's side ----------------------------------------------------------------------------------------------


def main(
    pipe: Connection, lifeline: Connection, initializer: Callable[[], object] | None, memory: int, scratch: Path
) -> None:
    """Read calls until the parent closes the pipe; end at once when the parent is gone."""
    _settle_in(str(scratch / "tmp"))
    held = hold(scratch)  # noqa: F841  until this process ends
    threading.Thread(target=_watch, args=(lifeline, scratch), name="lifeline", daemon=True).start()
    if initializer is not None:
        initializer()
    _cap(memory)
    pipe.send_bytes(_READY)
    with contextlib.suppress(EOFError, OSError):  # the parent closed the pipe: nothing left to do
        while True:
            pipe.send_bytes(_work(pipe, pipe.recv_bytes()))


def _work(pipe: Connection, call: bytes) -> bytes:
    """The message that answers `call`."""
    try:
        function, arguments, named = pickle.loads(call)
        with ticking(_ticker(pipe)):
            return _RESULT + pickle.dumps(function(*arguments, **named))
    except MemoryError:
        return _MEMORY
    except BaseException as error:  # noqa: BLE001  all of it travels to the parent
        return _ERROR + _packed(error)


def _packed(error: BaseException) -> bytes:
    """The exception, pickled with its traceback as a note; one that cannot travel goes as a RuntimeError."""
    if not isinstance(error, Unreadable):
        error.add_note("".join(traceback.format_exception(error)))
    try:
        packed = pickle.dumps(error)
        pickle.loads(packed)
    except Exception as why:  # noqa: BLE001  pickling runs the exception's own code
        return pickle.dumps(RuntimeError(f"{type(error).__name__}: {error} (not picklable: {why})"))
    return packed


def _ticker(pipe: Connection) -> Callable[[], None]:
    last = 0.0

    def hook() -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _TICK_SECONDS:
            last = now
            pipe.send_bytes(_TICK)

    return hook


def _settle_in(folder: str) -> None:
    """Own process group, own temporary folder; Ctrl-C is the parent's; standard output stays the parent's alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":
        os.setsid()
    logging.disable(logging.CRITICAL)  # what a library says of a file may hold its characters, and is no talk of ours
    warnings.simplefilter("ignore")
    os.environ["TMPDIR"] = folder
    tempfile.tempdir = folder
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    try:
        os.dup2(2, 1)
    except OSError:  # the parent has no standard error
        os.dup2(nothing, 1)
    os.close(nothing)


def _watch(lifeline: Connection, scratch: Path) -> None:
    """Wait for the parent's end of the lifeline to close; then nobody needs this child."""
    with contextlib.suppress(EOFError, OSError):
        lifeline.recv_bytes()
    orphaned(scratch)
    if sys.platform != "win32":
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)


def _cap(memory: int) -> None:
    """Limit the address space to `memory` bytes above what the idle child holds; no effect but on Linux."""
    if sys.platform == "linux":
        import resource

        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123  one number, no need for a path
            held = int(file.read().split()[0]) * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = held + memory
        resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 else min(wanted, hard), hard))
