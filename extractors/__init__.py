"""From file to facts: `read` a file into a Document, `report_of` a Document, or both with `extract`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.model import Document, Report

__all__ = ["extract", "read", "report_of"]


def read(path: Path) -> Document:
    """The document in `path`. Raises `extractors.errors.Unreadable` with the code of the refusal."""
    from extractors.readers import read as read_file

    return read_file(path)


def report_of(document: Document) -> Report:
    """The facts that a document states."""
    from extractors.facts.assemble import facts

    return facts(document)


def extract(path: Path) -> Report:
    """The report in `path`; a file that cannot be read yields a report with `error` and no facts."""
    from extractors.errors import Unreadable
    from extractors.model import Report, Source

    try:
        return report_of(read(path))
    except Unreadable as refusal:
        from extractors.readers.intake import fingerprint

        digest, size = fingerprint(path)
        return Report(Source(str(path), digest, size, None), error=refusal.refusal())
