"""Mails (.eml) and web pages saved as one file (.mht, RFC 2557): their attachments are documents.

The words of a mail are a document only where nothing is attached. Pictures that belong to the words (logos, signatures)
and what programs add for each other are left out, and told. A mail attached to a mail is opened in place: its attachments
stand under its subject. The mail is parsed under the policy `compat32`: the newer ones parse header fields on every
access, with code that raises on malformed ones and takes quadratic time on long ones.
"""

from __future__ import annotations

import codecs
import email.errors
import email.header
import email.message
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.feedparser import BytesFeedParser
from email.policy import compat32
from pathlib import PurePosixPath
from typing import Final

from extractors import limits
from extractors.errors import Unreadable
from extractors.model import SourceWarning
from extractors.readers.member_names import distinct, is_passed_over, plain, spelled
from extractors.readers.members import Entry
from extractors.readers.progress import tick

Part = email.message.Message
_CHUNK: Final = 2**18
_SHEET: Final = re.compile(r"(?:^|/)sheet\d+\.html?$", re.IGNORECASE)  # what Excel calls the pages of a saved workbook
#: What mail programs add for each other and no person reads.
_TECHNICAL: Final = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "text/calendar"}
    | {"message/delivery-status", "message/disposition-notification", "text/rfc822-headers", "text/x-amp-html"}
    | {"message/external-body", "message/partial", "text/css"}
)
_ENDINGS: Final = {
    "text/plain": ".txt",
    "text/html": ".html",
}  # mimetypes knows several, and which one depends on the system
BODY: Final = "noi-dung-thu"


@dataclass(frozen=True, slots=True)
class _Found:
    """A part that may be a document, and where it stands: below the subjects of the mails around it."""

    part: Part
    name: str
    place: str = ""

    @property
    def path(self) -> str:
        return plain(f"{self.place}/{self.name}")


class Mail:
    """A mail, or with `page` a saved web page; `name` is the file's. Raises Unreadable: too_large (parts)."""

    def __init__(self, data: bytes, page: bool, name: str) -> None:
        self._pictures = self._technical = 0
        parser = BytesFeedParser(policy=compat32)
        for at in range(0, len(data), _CHUNK):
            parser.feed(data[at : at + _CHUNK])
            tick()
        root = parser.close()
        self._damaged = False
        found = list(self._pages(root, name) if page else self._mail(root, ""))
        found = [one for one in found if not is_passed_over(one.path)]
        self._parts = [one.part for one in found]
        self.entries = tuple(Entry(path) for path in distinct(one.path for one in found))

    @property
    def warnings(self) -> tuple[SourceWarning, ...]:
        """How many pictures and technical parts were left out; whether the end is missing."""
        return (*left_out(self._pictures, self._technical), *([damaged()] if self._damaged else []))

    def read(self, position: int) -> bytes:
        """A part, decoded. Raises Unreadable: encrypted, too_large."""
        part = self._parts[position]
        if part.get_content_type() == "multipart/encrypted" or _enveloped(part):
            raise Unreadable("encrypted", "thư mã hóa")
        content = _content(part)
        if len(content) > limits.MAX_FILE_BYTES:
            raise Unreadable("too_large", f"{len(content) / 2**20:.0f} MB khi giải mã")
        return content

    def _mail(self, root: Part, place: str) -> Iterator[_Found]:
        """The attachments of a mail and of the mails attached to it; its words where there is no attachment."""
        words: list[Part] = []
        attached = False
        for part in self._leaves(root):
            if part.get_content_type() == "message/rfc822" and _parts(part):
                attached = True
                inner = _parts(part)[0]
                yield from self._mail(inner, f"{place}/{_subject(inner) or 'thư đính kèm'}.eml")
            elif self._is_left_out(part):
                continue
            elif _is_words(part):
                words.append(part)
            else:
                attached = True
                yield _Found(part, _name(part) or _unnamed(part), place)
        if not attached:
            best = next((p for p in words if p.get_content_type() == "text/html"), words[0] if words else None)
            if best is not None and _content(best).strip():
                yield _Found(best, BODY + _ENDINGS[best.get_content_type()], place)

    def _pages(self, root: Part, name: str) -> Iterator[_Found]:
        """The page itself; of a workbook saved by Excel, whose page is only a frame, its sheets."""
        pages = []
        for part in self._leaves(root):
            if part.get_content_type() == "text/html":
                pages.append(part)
            else:
                self._is_left_out(part)
        sheets = [(p, location) for p in pages if _SHEET.search(location := str(p.get("Content-Location", "")))]
        for part, location in sheets:
            yield _Found(part, PurePosixPath(location).name)
        if not sheets and pages:
            yield _Found(pages[0], PurePosixPath(name).stem + ".html")

    def _leaves(self, root: Part) -> Iterator[Part]:
        """The parts that are no list of parts, in order; an attached mail is one of them, and so is what is encrypted."""
        waiting, count = [root], 0
        while waiting:
            part = waiting.pop()
            count += 1
            if count > limits.MAX_PACKAGE_MEMBERS:
                raise Unreadable("too_large", f"hơn {limits.MAX_PACKAGE_MEMBERS} phần trong thư")
            _spell_out(part)
            self._damaged |= any(isinstance(d, email.errors.CloseBoundaryNotFoundDefect) for d in part.defects)
            listed = part.get_content_maintype() == "multipart" and part.get_content_type() != "multipart/encrypted"
            if listed and part.is_multipart():
                waiting.extend(reversed(_parts(part)))
            elif not listed:
                yield part

    def _is_left_out(self, part: Part) -> bool:
        """Whether a part is a picture of the words, or of a program; it is counted."""
        kind = part.get_content_type()
        if kind in _TECHNICAL:
            self._technical += 1
        elif part.get_content_maintype() == "image" and ("Content-ID" in part or _disposition(part) == "inline"):
            self._pictures += 1
        else:
            return False
        return True


def _parts(part: Part) -> list[Part]:
    """The parts that a part is a list of."""
    held = part.get_payload()
    return [one for one in held if isinstance(one, email.message.Message)] if isinstance(held, list) else []


def left_out(pictures: int, technical: int) -> tuple[SourceWarning, ...]:
    """What is said of the parts of a mail that are not read."""
    told: list[SourceWarning] = []
    if pictures:
        message = f"Thư có {pictures} ảnh nằm trong lời thư (logo, chữ ký…): không đọc."
        told.append(SourceWarning("mail_pictures", message))
    if technical:
        message = f"Thư có {technical} phần không phải tài liệu (chữ ký số, lịch hẹn, liên kết…): không đọc."
        told.append(SourceWarning("mail_parts", message))
    return tuple(told)


def damaged() -> SourceWarning:
    """What is said of a mail of which a part may be missing."""
    return SourceWarning("mail_damaged", "Thư bị cắt hoặc hỏng một phần: có thể thiếu tệp kèm.")


def _is_words(part: Part) -> bool:
    return part.get_content_type() in _ENDINGS and _disposition(part) != "attachment" and not _name(part)


def _disposition(part: Part) -> str:
    return str(part.get("Content-Disposition", "")).partition(";")[0].strip().lower()


def _enveloped(part: Part) -> bool:
    """Whether a part is encrypted by S/MIME (RFC 8551, 3.2.2)."""
    kind = part.get_content_type()
    return kind.endswith("pkcs7-mime") and str(part.get_param("smime-type", "")).lower() in ("enveloped-data", "")


def _content(part: Part) -> bytes:
    """The bytes of a part; text in an old encoding, which only the header tells, as UTF-8 with its mark."""
    content = part.get_payload(decode=True)
    content = content if isinstance(content, bytes) else b""
    charset = str(part.get_content_charset() or "").lower()
    if not _is_words(part) and "Content-Location" not in part:
        return content  # a file: its own bytes
    try:
        codec = codecs.lookup(charset).name if charset else "utf-8"
    except LookupError:
        return content
    if codec in ("utf-8", "ascii") or content.startswith(codecs.BOM_UTF8):
        return content
    try:
        return codecs.BOM_UTF8 + content.decode(codec, "replace").encode("utf-8", "replace")
    except (LookupError, UnicodeError):  # a codec that is none for text
        return content


# --- names ---------------------------------------------------------------------------------------------------------


def _spell_out(part: Part) -> None:
    """Bytes that are no ASCII stand in a header against the rules and without a stated encoding; they are decoded here."""
    for name, value in part.raw_items():
        if name.lower() in ("content-disposition", "content-type", "subject") and not str(value).isascii():
            part.replace_header(name, spelled(str(value).encode("utf-8", "surrogateescape")))


def _name(part: Part) -> str:
    """The file name of a part as its sender wrote it; "" where there is none."""
    try:
        told = part.get_filename("")
    except (ValueError, LookupError, TypeError):  # RFC 2231 in a form that the library does not expect
        return "" if part.get_content_type() in _ENDINGS else _unnamed(part)
    return _decoded(told)


def _unnamed(part: Part) -> str:
    kind = part.get_content_type()
    return "đính kèm" + (_ENDINGS.get(kind) or mimetypes.guess_extension(kind) or "")


def _subject(part: Part) -> str:
    return _decoded(part.get("Subject", "")).replace("/", "-").strip()[:100]


def _decoded(told: object) -> str:
    """A header's text, RFC 2047 words and bare bytes of an unknown encoding decoded."""
    text = re.sub(r"[\r\n]+[ \t]*", " ", str(told))
    try:
        pieces = email.header.decode_header(text)
    except (email.errors.HeaderParseError, ValueError):
        pieces = [(text, None)]
    made = []
    for piece, charset in pieces:
        raw = piece.encode("utf-8", "surrogateescape") if isinstance(piece, str) else piece
        try:
            made.append(raw.decode(charset) if charset and charset != "unknown-8bit" else spelled(raw))
        except (LookupError, UnicodeError):
            made.append(spelled(raw))
    return "".join(made).strip()
