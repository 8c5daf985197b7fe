"""Whatever bytes a workbook, an archive or a mail holds: it is read or it is refused, and what is read can be kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from extractors.errors import Unreadable
from extractors.model import Source
from extractors.readers import workbook
from extractors.readers.archives import Zip
from extractors.readers.mail import Mail
from extractors.readers.members import Entry

_MOST = 20  # members that are read: an archive may name thousands


class Holder(Protocol):
    """An open container."""

    @property
    def entries(self) -> Sequence[Entry]: ...

    def read(self, position: int) -> bytes: ...


def workbook_is_read_or_refused(data: bytes) -> None:
    """The reader of sheets raises Unreadable and nothing else; passages are text that a database takes, with an address."""
    try:
        document = workbook.read(data, Source("x.xlsx", "0" * 64, len(data), "xlsx"))
    except Unreadable:
        return
    for passage in document.passages():
        assert passage.locator
        assert "\0" not in passage.text
        passage.text.encode("utf-8")


def archive_is_opened_or_refused(data: bytes) -> None:
    """A ZIP lists its members or is refused; each of them gives its bytes or is refused alone."""
    try:
        opened = Zip(data)
    except Unreadable:
        return
    _members(opened)


def mail_is_opened_or_refused(data: bytes) -> None:
    """The same of a mail: its text and what is attached."""
    try:
        opened = Mail(data, page=False, name="x.eml")
    except Unreadable:
        return
    _members(opened)


def _members(opened: Holder) -> None:
    for position, entry in enumerate(opened.entries[:_MOST]):
        assert entry.name and "\0" not in entry.name
        entry.name.encode("utf-8")
        try:
            assert isinstance(opened.read(position), bytes)
        except Unreadable:
            continue
