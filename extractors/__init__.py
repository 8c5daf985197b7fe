"""From file to facts: `read` a file into a Document, `report_of` a Document, or both with `extract`.

Containers (archives, mails) hold files: `look` says which, or does what `extract` does.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.errors import Unreadable
    from extractors.model import Document, Report
    from extractors.readers.members import Contents, Member

__all__ = ["extract", "look", "read", "report_of"]


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

    try:
        return report_of(read(path))
    except Unreadable as refusal:
        return _refused(path, refusal)


def look(where: Path | Member) -> Report | Contents:
    """The report in a file or in a member of a container, or what the container there holds; each of its members can be looked
    at in turn. What cannot be read yields a report with `error` and no facts."""
    from extractors.errors import Unreadable
    from extractors.readers import look as look_at
    from extractors.readers.members import Contents

    try:
        found = look_at(where)
        return found if isinstance(found, Contents) else report_of(found)
    except Unreadable as refusal:
        return _refused(where, refusal)


def _refused(where: Path | Member, refusal: Unreadable) -> Report:
    from extractors.model import Report, Source
    from extractors.readers import intake, members

    if isinstance(where, members.Member):
        digest, size = members.fingerprint(where)
        return Report(Source(where.path, digest, size, None, parent=where.parent), error=refusal.refusal())
    digest, size = intake.fingerprint(where)
    return Report(Source(intake.shown(where), digest, size, None), error=refusal.refusal())
