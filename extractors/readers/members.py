"""What stands in a container, and how it is reached: one member at a time, by its position, as bytes.

    look(file) ──▶ Contents: its members ──▶ look(member) ──▶ bytes and Source, or Contents again

A container is opened anew in whichever child reads one of its members, so that a member that kills its child takes no
other with it. What a child opened last stays open in it (one file, with the containers inside it on the way to the
member), so that ten thousand members do not cost ten thousand readings of the directory. Nothing is unpacked to disk.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from extractors import limits
from extractors.errors import Unreadable
from extractors.model import Parent, Source, SourceWarning
from extractors.readers import intake
from extractors.readers.containers import Container
from extractors.readers.progress import tick


@dataclass(frozen=True, slots=True)
class Entry:
    """One file in a container: `name` as it is shown; `bytes` unpacked, as the container tells, None where it does not."""

    name: str
    bytes: int | None = None


class Opened(Protocol):
    """An open container. `read` gives an entry's bytes by its position, or raises Unreadable for this entry alone."""

    @property
    def entries(self) -> Sequence[Entry]:
        """Its files, without what is passed over."""

    @property
    def warnings(self) -> tuple[SourceWarning, ...]:
        """What else is in it and is not read."""

    def read(self, position: int) -> bytes:
        """The entry's bytes, MAX_FILE_BYTES at most."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a container. `file` is the file on disk, `steps` the position in it, and in the container that stands there,
    and so on; `path` is for people: "bao-cao.zip/phu-luc.docx"."""

    file: Path
    steps: tuple[int, ...]
    path: str
    bytes: int | None
    parent: Parent


@dataclass(frozen=True, slots=True)
class Contents:
    """The members of a container, one at least, in its own order; `bytes` of them all as told."""

    members: tuple[Member, ...]
    bytes: int


class _Kept(threading.local):
    """What this thread opened last: the file, its state, and the containers on the way to the member by their steps."""

    def __init__(self) -> None:
        self.file: tuple[Path, tuple[int, ...]] | None = None
        self.opened: dict[tuple[int, ...], Opened] = {}

    def hold(self, file: Path, state: tuple[int, ...]) -> None:
        """Turn to a file; what was open of another one, or of an earlier state, is let go."""
        if self.file != (file, state):
            self.file, self.opened = (file, state), {}

    def clear(self) -> None:
        self.file, self.opened = None, {}


_KEPT = _Kept()


def look(where: Path | Member) -> tuple[bytes, Source] | Contents:
    """The bytes of a document with their Source, or what the container there holds.

    Raises Unreadable: what `intake.take` does; of a container too_large, too_deep, zip_bomb, encrypted, corrupt, and empty
    where it holds nothing to read; of a member what reading it came to.
    """
    if isinstance(where, Member):
        data, path, parent, file, steps = _bytes(where), where.path, where.parent, where.file, where.steps
    else:
        _KEPT.clear()
        data, state = intake.taken(where)
        path, parent, file, steps = intake.shown(where), None, where, ()
    if not data:
        raise Unreadable("empty")
    kind = intake.contains(data, path)
    if kind is None:
        return data, intake.described(data, path, parent)
    if len(steps) >= limits.MAX_CONTAINER_DEPTH:
        raise Unreadable("too_deep", f"hơn {limits.MAX_CONTAINER_DEPTH} lớp tệp nén lồng nhau")
    opened = _open(data, kind, path)
    if not steps:
        _KEPT.hold(file, state)
    _KEPT.opened[steps] = opened
    own = Parent(path, hashlib.sha256(data).hexdigest(), opened.warnings, parent)
    return _contents(opened, own, file, steps)


def fingerprint(member: Member) -> tuple[str, int]:
    """SHA-256 and size of a member that was refused; ("", the size told) where its bytes cannot be had."""
    try:
        data = _bytes(member)
    except Unreadable:
        return "", member.bytes or 0
    return hashlib.sha256(data).hexdigest(), len(data)


def _contents(opened: Opened, own: Parent, file: Path, steps: tuple[int, ...]) -> Contents:
    if not opened.entries:
        raise Unreadable("empty", "không có tài liệu nào bên trong")
    total = sum(entry.bytes or 0 for entry in opened.entries)
    if len(opened.entries) > limits.MAX_MEMBERS:
        raise Unreadable("too_large", f"hơn {limits.MAX_MEMBERS} tệp bên trong")
    if total > limits.MAX_CONTAINER_BYTES:
        raise Unreadable("too_large", f"{total / 2**20:.0f} MB khi bung")
    members = (
        Member(file, (*steps, n), f"{own.path}/{entry.name}", entry.bytes, own)
        for n, entry in enumerate(opened.entries)
    )
    return Contents(tuple(members), total)


def _bytes(member: Member) -> bytes:
    """A member's bytes. Raises Unreadable, corrupt too where the file is no longer the one that was listed."""
    _KEPT.hold(member.file, intake.state(member.file))
    opened = _container(member.file, member.steps[:-1], member.parent)
    data = opened.read(member.steps[-1])
    tick()
    return data


def _container(file: Path, steps: tuple[int, ...], told: Parent) -> Opened:
    """The container at `steps`, which `told` describes; it and those around it stay open."""
    found = _KEPT.opened.get(steps)
    if found is not None:
        return found
    if told.parent is None:
        data, state = intake.taken(file)
        _KEPT.hold(file, state)
    else:
        data = _container(file, steps[:-1], told.parent).read(steps[-1])
    if hashlib.sha256(data).hexdigest() != told.sha256:
        raise Unreadable("corrupt", "tệp nén thay đổi trong lúc đọc")
    kind = intake.contains(data, told.path)
    if kind is None:
        raise Unreadable("corrupt", "tệp nén thay đổi trong lúc đọc")
    opened = _open(data, kind, told.path)
    # one way down at a time: of a file of many inner containers only those around this member stay in memory
    _KEPT.opened = {at: kept for at, kept in _KEPT.opened.items() if at == steps[: len(at)]} | {steps: opened}
    return opened


def _open(data: bytes, kind: Container, path: str) -> Opened:
    """Open a container; the modules are imported only when needed. Raises Unreadable."""
    tick()
    name = PurePosixPath(path).name
    if kind == "zip":
        from extractors.readers.archives import Zip

        return Zip(data)
    if kind == "msg":
        from extractors.readers.msg import Msg

        return Msg(data)
    if kind in ("eml", "mhtml"):
        from extractors.readers.mail import Mail

        return Mail(data, page=kind == "mhtml", name=name)
    from extractors.readers.archives import Stream

    return Stream(data, kind, name)
