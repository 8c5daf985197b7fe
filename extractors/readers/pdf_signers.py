"""Who signed: what a certificate says of its holder, without the numbers of identity papers that Vietnamese authorities put
into it.

A report's signature names an office ("Sở Công Thương") or a person; the person's certificate carries "CMND:…" or "CCCD:…"
as well, in a field of its own or behind the name. That number is nobody's business here.
"""

from __future__ import annotations

import re
import unicodedata
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

_IDENTITY: Final = re.compile(
    r"(?i)[\s,;(–-]*\b(?:số\s+)?(?:CMND|CMTND|CMT|CCCD|CĐ?DCN|căn cước(?: công dân)?|hộ chiếu|passport|BHXH|MST|MNS|UID)\b"
    r"\s*(?:số\s*)?[:.=-]?\s*[A-Z]{0,2}\d[\d .-]{4,}\d\)?"
)
_UNPRINTED: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_CHARACTERS: Final = 300  # of a name or a reason; longer is no name
_MARKS: Final = (BOM_UTF16_BE, BOM_UTF16_LE)  # strings of a PDF that say their encoding
_OWN_CODES: Final = frozenset({12, 28, 30})  # tags of UTF8String, UniversalString, BMPString: these say their encoding


@dataclass(frozen=True, slots=True)
class Holder:
    """The holder of a certificate; None for what it does not say."""

    name: str | None
    organisation: str | None
    title: str | None
    email: str | None


def holder(certificate: Any) -> Holder:
    """The holder as the certificate (of asn1crypto) names him. Raises what asn1crypto raises on a damaged one."""
    told = _told(certificate.subject)
    names = certificate.subject_alt_name_value or ()
    other = next((str(n.native) for n in names if n.name == "rfc822_name"), None)
    return Holder(
        told.get("common_name"),
        told.get("organization_name") or told.get("organizational_unit_name"),
        told.get("title"),
        told.get("email_address") or plain(other),
    )


def issuer(certificate: Any) -> str | None:
    """Who made the certificate out."""
    told = _told(certificate.issuer)
    return told.get("common_name") or told.get("organization_name")


def _told(name: Any) -> dict[str, str]:
    """Kinds of attributes of a distinguished name and what they say; the first of a kind stands."""
    found: dict[str, str] = {}
    for kind, value in _attributes(name):
        text = plain(value)
        if text:
            found.setdefault(kind, text)
    return found


def _attributes(name: Any) -> Iterator[tuple[str, str]]:
    for part in name.chosen:
        for attribute in part:
            kind = attribute["type"].native
            held = attribute["value"]
            yield kind, _characters(getattr(held, "chosen", held))


def _characters(held: Any) -> str:
    """An ASN.1 string as text. Some authorities store UTF-8 under a tag that promises ASCII or Latin letters."""
    if held.tag not in _OWN_CODES:
        with suppress(UnicodeDecodeError):
            return bytes(held.contents).decode("utf-8")
    try:
        return str(held.native)
    except ValueError:
        return bytes(held.contents).decode("utf-8", "replace")


def plain(value: object) -> str | None:
    """A text of the file as one line fit to show, composed, without identity numbers; None where nothing is left.

    A string of the file keeps its bytes: some programs write UTF-8 there without saying so.
    """
    if value is None:
        return None
    stored = getattr(value, "original_bytes", b"")
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    if not text.isascii() and not stored.startswith(_MARKS):
        with suppress(UnicodeDecodeError):
            text = stored.decode("utf-8") or text
    text = _UNPRINTED.sub(" ", unicodedata.normalize("NFC", text))
    return _IDENTITY.sub("", text).strip(" ,;-–")[:_CHARACTERS] or None
