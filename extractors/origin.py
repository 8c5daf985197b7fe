"""What is known of a file itself, beside what it says: name, hash, format, warnings, signatures, container. A part of
`extractors.model`, from where it is imported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Format = Literal["pdf", "docx", "doc", "xlsx", "html", "txt"]


@dataclass(frozen=True, slots=True)
class SourceWarning:
    """Something a reader left out or doubts: `code` is stable, `message` is Vietnamese."""

    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class PageScore:
    """How much of a page's text layer is Vietnamese: its words with a letter beyond ASCII, and those of them that are
    true syllables, after repair. A page with few `words` shows nothing; of one with many nearly all are `true`."""

    page: int
    words: int
    true: int


@dataclass(frozen=True, slots=True)
class Signature:
    """A digital signature of the file, judged from the file alone: no revocation, no authority was asked about.

    `signer`, `title`, `organisation`, `email`: as the certificate names its holder, numbers of identity papers left out;
    `issuer` is who made it out. `time` is Vietnam's; `time_source` tells whether it was signed with the text ("attribute"),
    is a note beside the signature ("dictionary"), or a time stamping authority's ("timestamp"). `intact`: the bytes that
    were signed are unchanged and the signature belongs to them; None where this cannot be computed. `covers_all`: nothing
    stands in the file but what was signed. `changes` came after it: "permitted" are further signatures, filled fields and
    data for long keeping. `trust` "unknown" is the rule: nobody vouches for a certificate offline.
    """

    signer: str | None
    organisation: str | None = None
    title: str | None = None
    email: str | None = None
    issuer: str | None = None
    kind: Literal["signature", "timestamp"] = "signature"
    time: datetime | None = None
    time_source: Literal["attribute", "dictionary", "timestamp"] | None = None
    reason: str | None = None
    location: str | None = None
    intact: bool | None = None
    covers_all: bool = False
    changes: Literal["none", "permitted", "forbidden", "unknown"] = "unknown"
    trust: Literal["unknown", "self_signed", "outside_validity"] = "unknown"


@dataclass(frozen=True, slots=True)
class Parent:
    """The container (archive, mail) that a file came out of; `parent` where that one came out of another.

    `warnings` tell what else is in the container and was not read.
    """

    path: str
    sha256: str
    warnings: tuple[SourceWarning, ...] = ()
    parent: Parent | None = None

    @property
    def root(self) -> Parent:
        """The outermost container, which is a file on disk."""
        return self.parent.root if self.parent else self


@dataclass(frozen=True, slots=True)
class Source:
    """The file as it was read: `sha256` is of the very bytes that were parsed, `pages` is None without pages.

    `signatures` are its digital signatures, in the order of signing; `scores` tell of each page of a PDF how far its
    text layer is to be trusted.
    """

    path: str
    sha256: str
    bytes: int
    format: Format | None
    reader: Literal["text", "ocr"] = "text"
    pages: int | None = None
    warnings: tuple[SourceWarning, ...] = ()
    signatures: tuple[Signature, ...] = ()
    scores: tuple[PageScore, ...] = ()
    parent: Parent | None = None  # the container it came out of; `path` is then "the container's path/its name there"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file yields no facts; `code` is one of `extractors.errors.CODES`."""

    code: str
    vi: str
    en: str
