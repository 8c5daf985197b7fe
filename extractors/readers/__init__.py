"""From a file to a Document: one module a format, the door (`intake`) and the guard (`guard`) beside them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.model import Document, Source
    from extractors.readers.members import Contents, Member

__all__ = ["look", "read"]


def read(path: Path) -> Document:
    """The document in `path`. Raises `Unreadable`, and nothing else for whatever the file holds, but MemoryError.

    What else escapes a reader is a defect of that reader; it is told as `corrupt` with the exception's name.
    """
    from extractors.readers.intake import take

    data, source = take(path)
    with _nothing_but_unreadable():
        return _dispatch(data, source)


def look(where: Path | Member) -> Document | Contents:
    """The document in a file or in a member of a container, or what the container there holds. Raises as `read` does."""
    from extractors.readers.members import Contents, look

    with _nothing_but_unreadable():
        found = look(where)
        return found if isinstance(found, Contents) else _dispatch(*found)


@contextmanager
def _nothing_but_unreadable() -> Iterator[None]:
    from extractors.errors import Unreadable

    try:
        yield
    except (Unreadable, MemoryError):
        raise
    except RecursionError as error:
        raise Unreadable("too_deep") from error
    except Exception as error:
        if _short_of_memory(error):
            raise MemoryError from error
        raise Unreadable("corrupt", f"{type(error).__name__}: {error}"[:300]) from error


def _short_of_memory(error: BaseException | None) -> bool:
    """Whether a library wrapped a MemoryError in an exception of its own."""
    while error is not None:
        if isinstance(error, MemoryError) or any(isinstance(a, MemoryError) for a in error.args):
            return True
        error = error.__cause__ or error.__context__
    return False


def _dispatch(data: bytes, source: Source) -> Document:
    """Hand the bytes to the reader of their format; the modules are heavy, so each is imported only when needed."""
    if source.format == "docx":
        from extractors.readers.docx import read as read_docx

        return read_docx(data, source)
    if source.format == "pdf":
        from extractors.readers.pdf import read as read_pdf

        return read_pdf(data, source)
    if source.format == "html":
        from extractors.readers.html import read as read_html

        return read_html(data, source)
    if source.format == "txt" and source.path.lower().endswith(".csv"):
        from extractors.readers.delimited import read as read_delimited

        return read_delimited(data, source)
    if source.format == "txt":
        from extractors.readers.txt import read as read_txt

        return read_txt(data, source)
    if source.format == "doc":
        from extractors.readers.office import read as read_office

        return read_office(data, source)
    if source.format == "xlsx":
        from extractors.readers.workbook import read as read_workbook

        return read_workbook(data, source)
    from extractors.errors import Unreadable

    raise Unreadable("unsupported", source.format or "")
