"""Opening the file of the warehouse while others want it too.

DuckDB lets in either one process that writes or any number that read, and refuses the rest at once. Here a refused one
asks again until its turn comes, and tells whoever runs it for whom it waits.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from pipeline.texts import Told

#: Seconds before a wait is told: windows of writing are shorter than that, and are nobody's concern.
TOLD_AFTER: Final = 2.0
_HELD: Final = re.compile(r"lock is held in (?P<program>.+?) \(PID (?P<pid>\d+)\)")
_FULL: Final = ("No space left", "File too large", "Disk quota exceeded")  # ENOSPC, EFBIG, EDQUOT
_PAUSE: Final = (0.02, 0.1)  # seconds between two tries, drawn anew each time: two that wait must not keep step


class WarehouseError(Told):
    """The warehouse cannot be used; `code` is missing, locked, newer, foreign, unreachable, full, damaged, exists or
    statement."""

    def __init__(self, code: str, vi: str, en: str) -> None:
        super().__init__(vi, en, exit_code=2 if code == "statement" else 3)
        self.code = code


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that has the file open: the name of its program and its number."""

    program: str
    pid: int


OnWait = Callable[[Path, Holder], None]


def connect(
    path: Path, patience: float, config: Mapping[str, str], read_only: bool, on_wait: OnWait | None
) -> duckdb.DuckDBPyConnection:
    """Open `path`, trying for `patience` seconds while another process has it; `on_wait` hears of a long wait once.

    Raises WarehouseError "locked" when patience is over, "foreign" where the file is no DuckDB file that this DuckDB
    reads, "full" or "unreachable" where the system refuses it.
    """
    start, told = time.monotonic(), False
    while True:
        try:
            return duckdb.connect(str(path), read_only=read_only, config=dict(config))
        except duckdb.Error as error:
            held = _HELD.search(str(error))
            if held is None:
                raise _unusable(path, error) from error
            holder, waited = Holder(Path(held["program"]).name, int(held["pid"])), time.monotonic() - start
            if waited >= patience:
                raise _locked(path, holder, patience) from error
            if on_wait and waited >= TOLD_AFTER and not told:
                on_wait(path, holder)
                told = True
            time.sleep(random.uniform(*_PAUSE))


def _locked(path: Path, holder: Holder, patience: float) -> WarehouseError:
    who = f"{holder.program}, PID {holder.pid}"
    return WarehouseError(
        "locked",
        f"Kho {path} đang được tiến trình khác sử dụng ({who}); đã chờ {patience:.0f} giây. Hãy đợi rồi chạy lại.",
        f"The warehouse {path} is in use by another process ({who}); waited {patience:.0f} s. Try again later.",
    )


def _unusable(path: Path, error: duckdb.Error) -> WarehouseError:
    first = str(error).splitlines()[0]
    if "not a valid DuckDB" in first or "version number" in first:
        return WarehouseError(
            "foreign", f"{path} không phải kho của Soát ({first}).", f"{path} is no warehouse of Soát ({first})."
        )
    return refused(path, error)


def refused(path: Path, error: Exception) -> WarehouseError:
    """What is said where the system does not let `path` be opened or written."""
    first = str(error).splitlines()[0].rstrip(" .")
    if any(word in str(error) for word in _FULL):
        return WarehouseError(
            "full",
            f"Hết chỗ trên đĩa khi ghi {path}: {first}. Những gì đã ghi vẫn còn nguyên.",
            f"The disk is full while {path} is written: {first}. What was landed before is whole.",
        )
    return WarehouseError("unreachable", f"Không mở được {path}: {first}", f"Cannot open {path}: {first}")
