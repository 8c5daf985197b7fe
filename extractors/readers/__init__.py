"""From a file to a Document: one module a format, the door (`intake`) and the guard (`guard`) beside them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.model import Document, Source

__all__ = ["read"]


def read(path: Path) -> Document:
    """The document in `path`. Raises `Unreadable`, and nothing else for whatever the file holds, but MemoryError.

    What else escapes a reader is a defect of that reader; it is told as `corrupt` with the exception's name.
    """
    from extractors.errors import Unreadable
    from extractors.readers.intake import take

    data, source = take(path)
    try:
        return _dispatch(data, source)
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
    if source.format == "txt":
        from extractors.readers.txt import read as read_txt

        return read_txt(data, source)
    from extractors.errors import Unreadable

    advice = {"doc": "hãy lưu lại thành .docx", "xlsx": "bảng tính Excel"}
    raise Unreadable("unsupported", advice.get(source.format or "", source.format or ""))
