"""Outlook messages (.msg): an OLE file whose storages are attachments ([MS-OXMSG] 2.2).

As in a mail: the attachments are documents, the words only where nothing is attached, a message attached to the message
is opened in place, and pictures of the words are left out and told.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from extractors import limits
from extractors.errors import Unreadable
from extractors.model import SourceWarning
from extractors.readers.mail import BODY, damaged, left_out
from extractors.readers.member_names import distinct, is_passed_over, plain
from extractors.readers.members import Entry
from extractors.readers.progress import tick

# Property tags ([MS-OXPROPS]); the types behind them: 001F text in UTF-16, 001E in the code page of its writer, 0102 bytes
_SUBJECT: Final = "0037"
_BODY: Final = "1000"
_HTML: Final = "1013"
_DATA: Final = "3701"
_NAMES: Final = ("3707", "3704", "3001")  # long, short (8.3), shown
_CONTENT_ID: Final = "3712"
_MIME: Final = "370E"
_ATTACHMENT: Final = "__attach_version1.0_#"
_MESSAGE: Final = f"__substg1.0_{_DATA}000D"  # a message in the place of bytes
_PROPERTIES: Final = "__properties_version1.0"
_HIDDEN: Final = 0x7FFE000B  # boolean: an attachment that the words show
_PICTURES: Final = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emz", ".wmz")

_BROKEN: Final = (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, struct.error)

Where = tuple[str, ...]  # names of storages from the root


@dataclass(frozen=True, slots=True)
class _Found:
    """A stream that is a document; `text`: it is UTF-16 words."""

    stream: Where
    path: str
    bytes: int
    text: bool = False


class Msg:
    """An Outlook message. Raises Unreadable: corrupt, too_deep."""

    def __init__(self, data: bytes) -> None:
        import olefile

        self._damaged = False
        try:
            self._ole: Any = olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_INCORRECT)
        except _BROKEN:
            self._damaged = True
            with _told():  # what can be reached all the same
                self._ole = olefile.OleFileIO(io.BytesIO(data))
        with _told():
            streams = [tuple(path) for path in self._ole.listdir()]
        self._storages: dict[Where, dict[str, Where]] = {}
        for path in streams:
            for depth in range(len(path)):
                self._storages.setdefault(path[:depth], {})[path[depth]] = path[: depth + 1]
        self._pictures = self._others = 0
        found = [one for one in self._message((), "") if not is_passed_over(one.path)]
        if not found and self._damaged:
            raise Unreadable("corrupt", "tệp Outlook hỏng")
        self._found = found
        names = distinct(one.path for one in found)
        self.entries = tuple(Entry(name, one.bytes) for name, one in zip(names, found, strict=True))

    @property
    def warnings(self) -> tuple[SourceWarning, ...]:
        """How many pictures and attachments without bytes of their own were left out; whether the file is damaged."""
        return (*left_out(self._pictures, self._others), *([damaged()] if self._damaged else []))

    def read(self, position: int) -> bytes:
        """The bytes of an attachment, or the words. Raises Unreadable: too_large, corrupt."""
        one = self._found[position]
        if one.bytes > limits.MAX_FILE_BYTES:
            raise Unreadable("too_large", f"{one.bytes / 2**20:.0f} MB")
        content = self._stream(one.stream)
        return content.decode("utf-16-le", "replace").encode("utf-8", "replace") if one.text else content

    def _message(self, at: Where, place: str) -> Iterator[_Found]:
        """The attachments of the message at a storage; its words where there is none."""
        attached = False
        for name, where in self._storages.get(at, {}).items():
            if not name.startswith(_ATTACHMENT):
                continue
            tick()
            inner = self._storages.get(where, {}).get(_MESSAGE)
            if inner is not None and _PROPERTIES in self._storages.get(inner, {}):
                attached = True
                subject = self._text(inner, _SUBJECT).replace("/", "-")[:100] or "thư đính kèm"
                yield from self._message(inner, f"{place}/{subject}.eml")
                continue
            named = next((told for tag in _NAMES if (told := self._text(where, tag))), "đính kèm")
            data = self._tagged(where, _DATA, "0102")
            if self._is_picture(where, named):
                self._pictures += 1
            elif data is None:
                self._others += 1  # a link, or an object of another program
            else:
                attached = True
                yield _Found(data, plain(f"{place}/{named}"), self._size(data))
        if not attached:
            yield from self._words(at, place)

    def _words(self, at: Where, place: str) -> Iterator[_Found]:
        for tag, kind, ending in ((_HTML, "0102", ".html"), (_BODY, "001F", ".txt"), (_BODY, "001E", ".txt")):
            stream = self._tagged(at, tag, kind)
            if stream is not None and self._size(stream) > 2:
                yield _Found(stream, plain(f"{place}/{BODY}{ending}"), self._size(stream), text=kind == "001F")
                return

    def _is_picture(self, where: Where, name: str) -> bool:
        """Whether an attachment is a picture of the words: it has an address in them, or is hidden from the list."""
        picture = self._text(where, _MIME).startswith("image/") or name.lower().endswith(_PICTURES)
        return picture and (bool(self._text(where, _CONTENT_ID)) or self._is_hidden(where))

    def _is_hidden(self, where: Where) -> bool:
        """A flag among the properties of fixed size: 8 bytes of header, then 16 each ([MS-OXMSG] 2.4.1, 2.4.2)."""
        stream = self._storages.get(where, {}).get(_PROPERTIES)
        content = self._stream(stream) if stream else b""
        for tag, _, value in struct.iter_unpack("<IIQ", content[8 : 8 + (len(content) - 8) // 16 * 16]):
            if tag == _HIDDEN:
                return bool(value & 0xFF)
        return False

    def _tagged(self, at: Where, tag: str, kind: str) -> Where | None:
        return self._storages.get(at, {}).get(f"__substg1.0_{tag}{kind}")

    def _text(self, at: Where, tag: str) -> str:
        """A property that is text; "" where it is absent."""
        for kind in ("001F", "001E"):
            stream = self._tagged(at, tag, kind)
            if stream is not None:
                content = self._stream(stream)
                text = content.decode("utf-16-le", "replace") if kind == "001F" else content.decode("cp1258", "replace")
                return text.rstrip("\0").strip()
        return ""

    def _size(self, stream: Where) -> int:
        return int(self._ole.get_size(list(stream)))

    def _stream(self, stream: Where) -> bytes:
        with _told():
            content: bytes = self._ole.openstream(list(stream)).read()
        if len(content) != self._size(stream):
            raise Unreadable("corrupt", "tệp Outlook thiếu phần cuối")
        return content


@contextmanager
def _told() -> Iterator[None]:
    """What the library raises on damage, as a refusal."""
    try:
        yield
    except _BROKEN as error:
        raise Unreadable("corrupt", f"tệp Outlook hỏng: {error}"[:200]) from error
