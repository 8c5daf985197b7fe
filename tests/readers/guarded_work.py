"""What the guard's tests run in children: module-level, so that it can be pickled by name."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from extractors.errors import Unreadable
from extractors.readers.progress import tick


def size(path: Path) -> int:
    return path.stat().st_size


def pid(_: Path) -> int:
    return os.getpid()


def refuse(_: Path) -> None:
    raise Unreadable("encrypted", "thử")


def defect(_: Path) -> None:
    raise KeyError("rId7")


class Stubborn(Exception):
    """Cannot be rebuilt from its arguments."""

    def __init__(self, a: int, b: int) -> None:
        super().__init__(a)
        self.b = b


def stubborn(_: Path) -> None:
    raise Stubborn(1, 2)


def sleep(_: Path) -> None:
    time.sleep(60)


def deaf(_: Path) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        pass


def ticking_sleep(path: Path) -> str:
    for _ in range(8):
        time.sleep(0.25)
        tick()
    return path.name


def swell(_: Path) -> int:
    blocks = []
    while True:
        blocks.append(bytearray(2**24))


def die(_: Path) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def killed_by_the_kernel(_: Path) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leave(_: Path) -> None:
    os._exit(7)


def chatter(_: Path) -> str:
    print("noise on standard output")
    sys.stdout.flush()
    os.write(1, b"noise from C\n")
    return sys.stdin.read()


def temporary(_: Path) -> str:
    return tempfile.mkdtemp()


def grandchild_then_hang(path: Path) -> None:
    process = subprocess.Popen(["sleep", "60"])
    path.write_text(f"{process.pid} {tempfile.gettempdir()}")
    time.sleep(60)


def note_pid_and_hang(path: Path) -> None:
    path.write_text(f"{os.getpid()} {tempfile.gettempdir()}")
    time.sleep(60)


def big(_: Path) -> bytes:
    return bytes(30 * 2**20)


def remember() -> None:
    os.environ["GUARD_TEST"] = "set up"


def recall(_: Path) -> str:
    return os.environ.get("GUARD_TEST", "")
