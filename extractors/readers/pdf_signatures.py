"""The digital signatures of a PDF: who signed and when, and whether what is read is what was signed.

All of it is told from the file alone. No revocation list, no authority and no time stamping service is asked: whether a
certificate is genuine cannot be known here, whether bytes were changed after signing can. pyHanko takes the file apart;
its functions that fetch are not called.
"""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any, Final, Literal

from extractors import limits
from extractors.model import Signature, SourceWarning
from extractors.readers.pdf_signers import Holder, holder, issuer, plain
from extractors.readers.progress import tick

_VIETNAM: Final = timezone(timedelta(hours=7))
_OBJECTS_A_TICK: Final = 2_000
_MISSING: Final = "Tệp có chữ ký số nhưng máy chưa cài thư viện đọc chữ ký: pip install 'soat[signatures]'."
_UNREADABLE: Final = "Không đọc được chữ ký số{whose}: {why}."
_BROKEN: Final = "Chữ ký số{whose} không còn đúng: nội dung đã bị thay đổi sau khi ký."
_CHANGED: Final = (
    "Sau chữ ký số{whose}, tệp bị sửa ngoài phạm vi cho phép: nội dung đọc được có thể không phải bản đã ký."
)
_UNCLEAR: Final = "Không xác định được chữ ký số{whose} bao phủ phần nào của tệp, hoặc tệp bị sửa gì sau khi ký."

Time = tuple[datetime | None, Literal["attribute", "dictionary", "timestamp"] | None]


class _Unfit(Exception):
    """A signature, or the file around it, that is not judged; the message is Vietnamese."""


def signatures_of(data: bytes) -> tuple[tuple[Signature, ...], list[SourceWarning]]:
    """The signatures of the PDF in `data` in the order of signing, and what is wrong with them.

    Empty signature fields are no signatures. Warnings: signatures_unread (pyHanko is missing), signature_unreadable,
    signature_broken, changed_after_signing. Raises nothing but MemoryError.
    """
    # The array of signed bytes stands in the open in every signed file: a name inside packed objects could not be filled in.
    if b"/ByteRange" not in data:
        return (), []
    try:
        import pyhanko.sign.validation  # noqa: F401
    except ImportError:
        return (), [SourceWarning("signatures_unread", _MISSING)]
    told = _Told()
    with _quiet():
        try:
            for embedded in _embedded(data, told):
                told.add(embedded)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001  a hostile file makes pyHanko raise anything
            told.unreadable("", error)
    return tuple(told.signatures), told.warnings


class _Told:
    """Gathers signatures and warnings; a signature that cannot be read does not keep the others from it."""

    def __init__(self) -> None:
        self.signatures: list[Signature] = []
        self.warnings: list[SourceWarning] = []

    def add(self, embedded: Any) -> None:
        """Judge one signature."""
        tick()
        try:
            made = _signature(embedded)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001  see above
            self.unreadable(_whose(_entry(embedded.sig_object, "/Name")), error)
            return
        self.signatures.append(made)
        whose = _whose(made.signer)
        if made.intact is None:
            self._warn(
                "signature_unreadable", _UNREADABLE.format(whose=whose, why="thuật toán lạ hoặc thiếu chứng thư")
            )
        elif not made.intact:
            self._warn("signature_broken", _BROKEN.format(whose=whose))
        if made.intact is not False and made.changes in ("forbidden", "unknown"):
            message = _CHANGED if made.changes == "forbidden" else _UNCLEAR
            self._warn("changed_after_signing", message.format(whose=whose))

    def unreadable(self, whose: str, error: Exception) -> None:
        """Tell that a signature could not be read, and why."""
        why = str(error) if isinstance(error, _Unfit) else f"dữ liệu hỏng ({type(error).__name__})"
        self._warn("signature_unreadable", _UNREADABLE.format(whose=whose, why=why))

    def _warn(self, code: str, message: str) -> None:
        self.warnings.append(SourceWarning(code, message))


def _whose(name: str | None) -> str:
    return f" của {name}" if name else ""


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pyHanko's doubts about the file, told at length in its log, off the terminal."""
    loggers = [logging.getLogger(name) for name in ("pyhanko", "pyhanko_certvalidator")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


# --- taking the file apart -----------------------------------------------------------------------------------------


@cache
def _reader() -> Any:
    """pyHanko's reader with a budget of objects: loops and trees of versions end there, whatever is asked of the file."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    class Reader(PdfFileReader):  # type: ignore[misc, unused-ignore]
        looked_up = 0

        def get_object(self, *args: Any, **options: Any) -> Any:
            self.looked_up += 1
            if self.looked_up > limits.MAX_SIGNATURE_OBJECTS:
                raise _Unfit("tệp có quá nhiều đối tượng hoặc phiên bản")
            if self.looked_up % _OBJECTS_A_TICK == 0:
                tick()
            return super().get_object(*args, **options)  # type: ignore[no-untyped-call, unused-ignore]

    return Reader


def _embedded(data: bytes, told: _Told) -> list[Any]:
    """The file's signatures as pyHanko takes them, in the order of signing."""
    from pyhanko.pdf_utils.crypt import AuthStatus
    from pyhanko.sign.fields import enumerate_sig_fields
    from pyhanko.sign.validation import EmbeddedPdfSignature

    reader = _reader()(io.BytesIO(data), strict=False)
    if reader.encrypted and reader.decrypt("").status == AuthStatus.FAILED:
        raise _Unfit("tệp có mật khẩu")
    found: list[Any] = []
    for name, value, field in enumerate_sig_fields(reader, filled_status=True):
        if len(found) == limits.MAX_SIGNATURES:
            told.unreadable("", _Unfit(f"tệp có hơn {limits.MAX_SIGNATURES} chữ ký, chỉ xét các chữ ký đầu"))
            break
        held = value.get_object()
        try:
            _weigh(held)
            found.append(EmbeddedPdfSignature(reader, field, name))
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001  see above
            told.unreadable(_whose(_entry(held, "/Name")), error)
    return sorted(found, key=lambda embedded: int(embedded.signed_revision))


def _entry(dictionary: Any, name: str) -> str | None:
    """A text of a dictionary of the file; None where it has none or is no dictionary. Reading by index decrypts."""
    return plain(dictionary[name]) if isinstance(dictionary, dict) and name in dictionary else None


def _weigh(value: Any) -> None:
    """Refuse what no signature looks like before any of it is decoded. Raises _Unfit."""
    from pyhanko.sign.validation.pdf_embedded import extract_contents

    stretches = value.raw_get("/ByteRange")
    if not isinstance(stretches, list) or len(stretches) != 4:
        raise _Unfit("phạm vi ký không hợp lệ")
    if not all(isinstance(number, int) and number >= 0 for number in stretches) or stretches[0] != 0:
        raise _Unfit("phạm vi ký không hợp lệ")
    if len(extract_contents(value)) > limits.MAX_SIGNATURE_BYTES:
        raise _Unfit(f"chữ ký lớn hơn {limits.MAX_SIGNATURE_BYTES >> 20} MB")


# --- judging -------------------------------------------------------------------------------------------------------


def _signature(embedded: Any) -> Signature:
    told = embedded.sig_object
    certificate = _certificate(embedded)
    who = holder(certificate) if certificate is not None else Holder(_entry(told, "/Name"), None, None, None)
    when, source = _time(embedded)
    covers_all, changes = _later(embedded)
    return Signature(
        signer=who.name,
        organisation=who.organisation,
        title=who.title,
        email=who.email,
        issuer=issuer(certificate) if certificate is not None else None,
        kind="timestamp" if _content_kind(embedded.signed_data) == "tst_info" else "signature",
        time=when,
        time_source=source,
        reason=_entry(told, "/Reason"),
        location=_entry(told, "/Location"),
        intact=None if certificate is None else _intact(embedded, certificate),
        covers_all=covers_all,
        changes=changes,
        trust="unknown" if certificate is None else _trust(certificate, when),
    )


def _certificate(embedded: Any) -> Any | None:
    """The signer's certificate; None where the signature does not hold it."""
    from pyhanko.sign.validation.errors import SignatureValidationError

    try:
        return embedded.signer_cert
    except SignatureValidationError:
        return None


def _content_kind(signed: Any) -> str:
    return str(signed["encap_content_info"]["content_type"].native)


def _intact(embedded: Any, certificate: Any) -> bool | None:
    """Whether the signed bytes have the digest that was signed, and the signature was made with the certificate's key.

    Of the kinds of PDF 2.0, 12.8.3: detached CMS and CAdES; adbe.pkcs7.sha1, which signs the SHA-1 of the bytes; time
    stamps, which sign a form that holds the digest.
    """
    signed = embedded.signed_data
    try:
        digest = embedded.compute_digest()
        content = signed["encap_content_info"]["content"]
        held = content.native is not None
        if _content_kind(signed) == "tst_info":
            whole = content.parsed["message_imprint"]["hashed_message"].native == digest
        else:
            whole = not held or content.native == embedded.compute_digest("sha1")
        if held:
            digest = hashlib.new(embedded.md_algorithm, bytes(content)).digest()
        return bool(whole and _made_by(signed, certificate, digest))
    except (MemoryError, _Unfit):
        raise
    except Exception:  # noqa: BLE001  an algorithm that nobody knows, a key that is none
        return None


def _made_by(signed: Any, certificate: Any, digest: bytes) -> bool:
    """Whether signed data is about `digest` and was signed with the certificate's key."""
    from pyhanko.sign.general import extract_signer_info
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    try:
        return all(validate_sig_integrity(extract_signer_info(signed), certificate, _content_kind(signed), digest))
    except SignatureValidationError:  # its parts contradict each other
        return False


def _later(embedded: Any) -> tuple[bool, Literal["none", "permitted", "forbidden", "unknown"]]:
    """Whether the signature covers the whole file, and what kind of changes came after it."""
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    _, first, gap, _ = (int(number) for number in embedded.byte_range)
    # The gap between the two stretches holds the signature in hexadecimal digits and its two brackets, and nothing else.
    if gap - first != 2 * len(embedded.pkcs7_content) + 2:
        return False, "unknown"
    embedded.compute_integrity_info(skip_diff=True)
    if embedded.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True, "none"
    if embedded.coverage != SignatureCoverageLevel.ENTIRE_REVISION:
        return False, "unknown"
    try:
        result = embedded.diff_result = embedded.evaluate_modifications(DEFAULT_DIFF_POLICY)
        allowed = embedded.summarise_integrity_info()["docmdp_ok"]
    except (MemoryError, _Unfit):
        raise
    except Exception:  # noqa: BLE001  the update is so odd that it cannot be compared
        return False, "unknown"
    if isinstance(result, DiffResult) and result.modification_level == ModificationLevel.NONE:
        return False, "none"
    return False, "permitted" if allowed else "forbidden"


def _trust(certificate: Any, when: datetime | None) -> Literal["unknown", "self_signed", "outside_validity"]:
    if certificate.self_issued:
        return "self_signed"
    if when is not None and not certificate.not_valid_before <= when <= certificate.not_valid_after:
        return "outside_validity"
    return "unknown"


# --- when ----------------------------------------------------------------------------------------------------------


def _time(embedded: Any) -> Time:
    """When it was signed, in Vietnam's time, and who says so: what was signed with the text goes before what only stands
    beside it."""
    from pyhanko.pdf_utils.generic import parse_pdf_date
    from pyhanko.pdf_utils.misc import PdfReadError
    from pyhanko.sign.validation.generic_cms import extract_self_reported_ts

    signed, note = embedded.signed_data, _entry(embedded.sig_object, "/M")
    if _content_kind(signed) == "tst_info":
        return _vietnam(signed["encap_content_info"]["content"].parsed["gen_time"].native), "timestamp"
    try:
        stated = extract_self_reported_ts(embedded.signer_info)
    except ValueError:  # no time at all
        stated = None
    if stated is not None:
        return _vietnam(stated), "attribute"
    try:
        return (_vietnam(parse_pdf_date(note, strict=False)), "dictionary") if note is not None else (None, None)
    except (PdfReadError, ValueError):
        return None, None


def _vietnam(when: datetime) -> datetime:
    """The moment by Vietnam's clocks; a time without a zone is taken for that already. Raises OverflowError at the ends of
    the calendar."""
    return when.replace(tzinfo=_VIETNAM) if when.tzinfo is None else when.astimezone(_VIETNAM)
