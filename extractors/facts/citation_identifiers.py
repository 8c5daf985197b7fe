"""Codes whose digits are no figures and no citations: dossiers, procedures, standards, forms, addresses, references."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

IdentifierKind = Literal["dossier", "procedure", "standard", "form", "url", "email", "phone", "article", "idiom"]


@dataclass(frozen=True, slots=True)
class IdentifierSpan:
    """Characters `start:end` of the normalised text are an identifier of `kind`."""

    start: int
    end: int
    kind: IdentifierKind


# A count behind the number turns "Phụ lục 2" or "Mục 3" back into a figure: "bảng 12 hồ sơ".
_COUNTED = r"(?![\w%/]|[.,]\d|\s?(?:hồ sơ|TTHC|thủ tục|nội dung|nhiệm vụ|tiêu chí|%))"

_PATTERNS: tuple[tuple[IdentifierKind, re.Pattern[str]], ...] = (
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")),
    (
        "url",
        re.compile(
            r"(?:https?://|www\.)[^\s<>()\"“”]+[^\s<>()\"“”.,;:!?]"
            r"|(?<![\w@.])(?:[a-z0-9-]{1,63}\.){1,6}(?:gov|com|org|net|edu|vn)(?:\.vn)?(?![\w-])"
            r"(?:/[^\s<>()\"“”,;]*[^\s<>()\"“”.,;:!?])?",
            re.IGNORECASE,
        ),
    ),
    (  # 000.00.02.H23-200922-0005, H23.02-200922-0005, 000.19.H56-240115-0012
        "dossier",
        re.compile(
            r"(?<![\w.])(?:\d{3}\.)?(?:\d{2}\.){0,4}[HG]\d{2}(?:[.-]\d{2,3}){0,4}\s?-\s?\d{6}\s?-\s?\d{3,6}(?:/\w+)?(?!\w)"
        ),
    ),
    # 1.004616, 2.000815.000.00.00.H56
    ("procedure", re.compile(r"(?<![\w.,])[123]\.\d{6}(?:\.\d{3}(?:\.\d{2}){2,3}\.H\d{2})?(?![\w,])")),
    (
        "standard",
        re.compile(
            r"(?:TCVN|QCVN|ISO|IEC)(?:[ /]*(?:TCVN|ISO|IEC))*[ -]*\d{2,5}(?:-\d{1,2})?(?:\s?:\s?\d{4})?(?:/[A-Z]+)?"
        ),
    ),
    (  # II.06a/VPCP/KSTT, 06a/VPCP/KSTT; with a hyphen, "12/SNV-CCHC", it is a letter
        "form",
        re.compile(
            r"(?:[Bb]iểu (?:mẫu )?(?:số )?)?(?<![\w/])(?:[IVX]+\s?\.\s?)?\d{1,2}[a-hđg]?\s?/\s?(?:VPCP|BNV|UBND|SNV)"
            r"\s?/\s?(?:KSTT|TTHC|CCHC)(?!\w)"
        ),
    ),
    (
        "form",
        re.compile(
            r"(?<!\w)(?:[Bb]iểu(?: mẫu)?|[Mm]ẫu(?: biểu)?|Phụ (?:lục|biểu)|[Bb]ảng|Sơ đồ|Hình|BIỂU(?: MẪU)?|MẪU"
            r"|PHỤ (?:LỤC|BIỂU)|BẢNG)(?: số| SỐ)?\s?:?\s?(?:[IVX]+\s?\.\s?)?\d{1,2}(?:\.\d{1,2})?[a-hđ]?"
            rf"(?:/[A-ZĐ][A-ZĐ&a-z]*(?:[-/][A-ZĐ&]+)*)?{_COUNTED}"
        ),
    ),
    (
        "phone",
        re.compile(
            r"(?:(?:ĐT|SĐT|Tel|Fax|[Đđ]iện thoại|[Hh]otline|đường dây nóng)\s?:?\s?)\(?\+?\d[\d .()-]{6,16}\d"
            r"|(?<![\w.,/])(?:1800|1900)[ .]\d{4}(?![\w%]|[.,]\d)|(?<![\w.,/])0\d{2,3}[ .]\d{3,4}[ .]\d{3,4}(?!\d)"
        ),
    ),
    (  # khoản 2 Điều 5, Mục 2 Phần III
        "article",
        re.compile(
            r"(?<!\w)(?<!anh )(?<!uyên )(?<!ạng )(?:Điều|[Kk]hoản|[Mm]ục|Phần|Chương|[Tt]iết|[Đđ]iểm [a-zđ])\s(?:\d{1,3}|[IVX]+)[a-zđ]?"
            r"(?:\.\d{1,2}){0,3}(?:(?:,| và| đến)\s\d{1,3}(?=[,; ]+(?:Điều|khoản|Mục|Phần|Chương|của|và)))*"
            + _COUNTED.replace("[.,]", ",")
            + r"(?!\.\d{3})"
        ),
    ),
    (
        "idiom",  # round the clock
        re.compile(
            r"(?<![\w/.,])24\s?(?:/\s?24)?\s?/\s?7(?![\w/]|[.,]\d)|(?<![\w/.,])24\s?/\s?24(?=\s?(?:giờ|h\b|/7))"
        ),
    ),
)


def find_identifiers(text: str) -> list[IdentifierSpan]:
    """All identifiers of a normalised text in reading order, without overlaps; the earlier kind above wins."""
    found: list[IdentifierSpan] = []
    taken = bytearray(len(text))
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if 1 not in taken[start:end]:
                taken[start:end] = b"\1" * (end - start)
                found.append(IdentifierSpan(start, end, kind))
    return sorted(found, key=lambda span: span.start)


def _of(text: str, *kinds: IdentifierKind) -> list[IdentifierSpan]:
    return [span for span in find_identifiers(text) if span.kind in kinds]


def find_form_codes(text: str) -> list[IdentifierSpan]:
    """Codes of statistical forms: "II.06a/VPCP/KSTT", "Biểu số 06a/VPCP/KSTT", "Mẫu số 01"."""
    return _of(text, "form")


def find_dossier_ids(text: str) -> list[IdentifierSpan]:
    """Dossier ids of the one-stop system: "000.00.02.H23-200922-0005"."""
    return _of(text, "dossier")


def find_procedure_codes(text: str) -> list[IdentifierSpan]:
    """Codes of administrative procedures: "1.004616", "2.000815.000.00.00.H56"."""
    return _of(text, "procedure")


def find_standards(text: str) -> list[IdentifierSpan]:
    """Technical standards: "TCVN ISO 9001:2015"."""
    return _of(text, "standard")


def find_urls_emails_phones(text: str) -> list[IdentifierSpan]:
    """Web addresses, e-mail addresses and telephone numbers."""
    return _of(text, "url", "email", "phone")
