"""Private temporary folders of the children that read, and what is done about those of runs that were killed.

    soat-child-ab12cd/          locked while the run that made it, or its child, lives
        listener                path of multiprocessing's own folder of that run
        tmp/                    TMPDIR of the child: whatever reading writes is below it

A run that ends removes its folders; a child whose run was killed removes its own. Where both are killed at once (power,
the kernel short of memory) the next run does: it removes a folder that nobody holds locked.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import time
from multiprocessing import util
from pathlib import Path
from typing import Final

PREFIX: Final = "soat-child-"
_YOUNG: Final = 30.0  # seconds: a folder between its making and its locking is left alone
_LISTENER: Final = "listener"
_MULTIPROCESSING: Final = "pymp-"


class Scratch:
    """A folder that exists as long as it is held: `tmp` is where a child may write."""

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix=PREFIX))
        self.tmp = self.root / "tmp"
        self.tmp.mkdir(mode=0o700)
        (self.root / _LISTENER).write_text(util.get_temp_dir(), encoding="utf-8")
        self._lock = hold(self.root)

    def remove(self) -> None:
        """Remove the folder with all that is in it."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
        shutil.rmtree(self.root, ignore_errors=True)


def hold(root: Path) -> int | None:
    """A descriptor that marks the folder as in use until it is closed or the process ends; None where the system or the
    file system has no such locks."""
    if sys.platform == "win32":
        return None
    import fcntl

    descriptor = None
    try:
        descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        if descriptor is not None:
            os.close(descriptor)
        return None
    return descriptor


def orphaned(root: Path) -> None:
    """What a child does whose run is gone: its folder goes, and multiprocessing's, which nobody else removes."""
    _remove_listener(root)
    shutil.rmtree(root, ignore_errors=True)


def sweep() -> None:
    """Remove what dead runs of this user left in the temporary folder. Never raises: cleaning is no reason to fail."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        for root in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
            if _dead(root):
                orphaned(root)


def _dead(root: Path) -> bool:
    """Whether a folder of ours is held by nobody."""
    import fcntl

    try:
        state = root.lstat()
        if state.st_uid != os.getuid() or time.time() - state.st_mtime < _YOUNG or root.is_symlink():
            return False
        descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # held; or no locks on this file system, where nothing is known and nothing removed
        return False
    finally:
        os.close(descriptor)
    return True


def _remove_listener(root: Path) -> None:
    """Remove the folder of multiprocessing's socket that the run noted; only one of that name beside our own."""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        noted = Path((root / _LISTENER).read_text(encoding="utf-8"))
        if noted.parent == root.parent and noted.name.startswith(_MULTIPROCESSING) and not noted.is_symlink():
            shutil.rmtree(noted, ignore_errors=True)
