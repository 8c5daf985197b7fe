"""Workbooks, whatever program wrote them: the reader of their kind fills the sheets, and `sheets` makes the document."""

from __future__ import annotations

from dataclasses import replace

from extractors.model import Document, Source, SourceWarning
from extractors.readers.containers import OLE, zip_names
from extractors.readers.sheets import Book, document


def read(data: bytes, source: Source) -> Document:
    """The document in the bytes of an `.xlsx`, `.xls` or `.ods`; a warning `converted` says which of the old kinds it was,
    since `source.format` is "xlsx" for all of them.

    Raises Unreadable: encrypted, corrupt, ambiguous, zip_bomb, too_large, dtd_present, too_deep, table_too_wide.
    """
    if data.startswith(OLE):
        from extractors.readers.xls import fill

        return document(fill(data), _told(source, "Excel 97–2003 (.xls)"))
    if "content.xml" in zip_names(data):
        from extractors.readers.ods import fill as fill_ods

        return document(fill_ods(data), _told(source, "OpenDocument (.ods)"))
    from extractors.readers.xlsx import fill as fill_xlsx

    book: Book = fill_xlsx(data)
    return document(book, source)


def _told(source: Source, kind: str) -> Source:
    warning = SourceWarning("converted", f"Tệp {kind}, được ghi nhận như bảng tính Excel.")
    return replace(source, warnings=(*source.warnings, warning))
