"""PDF files with digital signatures, made when a test asks for them with certificates of its own."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any

from asn1crypto import keys, x509
from cryptography import x509 as made
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.name import _ASN1Type
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

VIETNAM = timezone(timedelta(hours=7))
SIGNED_AT = datetime(2023, 7, 5, 10, 11, 12, tzinfo=VIETNAM)
Name = Sequence[tuple[made.ObjectIdentifier, str]]
OFFICE: Name = (
    (NameOID.COMMON_NAME, "Sở Công Thương"),
    (NameOID.ORGANIZATION_NAME, "UBND tỉnh Khánh Hòa"),
    (NameOID.EMAIL_ADDRESS, "sct@khanhhoa.gov.vn"),
)
PERSON: Name = (
    (NameOID.COMMON_NAME, "Nguyễn Thị Ánh"),
    (NameOID.TITLE, "Giám đốc"),
    (NameOID.ORGANIZATION_NAME, "Sở Công Thương"),
    (NameOID.USER_ID, "CMND:225123456"),
)
AUTHORITY: Name = ((NameOID.COMMON_NAME, "Cơ quan chứng thực số thử nghiệm"),)


@cache
def key(kind: str, of: str) -> Any:
    """A private key; the same for the same words."""
    return rsa.generate_private_key(65537, 2048) if kind == "rsa" else ec.generate_private_key(ec.SECP256R1())


@cache
def certificate(
    subject: tuple[tuple[made.ObjectIdentifier, str], ...], kind: str = "ec", bmp: bool = False, own: bool = False
) -> tuple[x509.Certificate, keys.PrivateKeyInfo]:
    """A certificate and its key, made out by AUTHORITY or (`own`) by its holder; `bmp` writes its names in BMPString."""
    held = key(kind, repr(subject))
    coded = made.Name([made.NameAttribute(oid, text, *_type(oid, bmp)) for oid, text in subject])
    author, with_key = (coded, held) if own else (_name(AUTHORITY), key("ec", "authority"))
    builder = made.CertificateBuilder().subject_name(coded).issuer_name(author).public_key(held.public_key())
    builder = builder.serial_number(7).not_valid_before(datetime(2022, 1, 1)).not_valid_after(datetime(2027, 1, 1))
    usage = made.KeyUsage(True, True, False, False, False, False, False, False, False)
    signed = builder.add_extension(usage, critical=True)
    stamping = (
        made.ExtendedKeyUsage([made.ExtendedKeyUsageOID.TIME_STAMPING]) if "dấu thời gian" in subject[0][1] else None
    )
    signed = signed.add_extension(stamping, critical=True) if stamping else signed
    der = signed.sign(with_key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    private = held.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return x509.Certificate.load(der), keys.PrivateKeyInfo.load(private)


def _name(subject: Name) -> made.Name:
    return made.Name([made.NameAttribute(oid, text) for oid, text in subject])


def _type(oid: made.ObjectIdentifier, bmp: bool) -> tuple[_ASN1Type, ...]:
    return (_ASN1Type.BMPString,) if bmp and oid != NameOID.EMAIL_ADDRESS else ()


def signer(subject: Name = OFFICE, **options: Any) -> signers.SimpleSigner:
    """Signs as the holder of a certificate."""
    held, private = certificate(tuple(subject), **options)
    return signers.SimpleSigner(signing_cert=held, signing_key=private, cert_registry=SimpleCertificateStore())


def sign(
    data: bytes, by: signers.SimpleSigner | None = None, field: str = "Chuky1", password: str = "", **metadata: Any
) -> bytes:
    """The file with a signature added to it; `password` opens it."""
    by = by or signer()
    writer = IncrementalPdfFileWriter(io.BytesIO(data), strict=False)
    if writer.prev.encrypted:
        writer.encrypt(password)
    options = {"md_algorithm": "sha256", **metadata}
    told = signers.PdfSignatureMetadata(field_name=field, **options)
    return _bytes(signers.PdfSigner(told, signer=by).sign_pdf(writer))


def stamp(data: bytes, field: str = "Dau1") -> bytes:
    """The file with a document time stamp."""
    subject = ((NameOID.COMMON_NAME, "Dịch vụ cấp dấu thời gian"),)
    held, private = certificate(subject, "rsa")
    stamper = DummyTimeStamper(held, private, fixed_dt=SIGNED_AT)
    writer = IncrementalPdfFileWriter(io.BytesIO(data), strict=False)
    made_stamp = signers.PdfTimeStamper(stamper, field_name=field)
    return _bytes(made_stamp.timestamp_pdf(writer, md_algorithm="sha256", validation_context=None))


def with_empty_field(data: bytes, name: str = "Trong") -> bytes:
    """The file with a box that waits for a signature."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data), strict=False)
    append_signature_field(writer, SigFieldSpec(name, box=(100, 100, 200, 150)))
    return _written(writer)


def with_text_added(data: bytes, content: bytes) -> bytes:
    """The file with more drawn on its first page by an incremental update: the signed bytes stay."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data), strict=False)
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = generic.ArrayObject(
        [page.raw_get("/Contents"), writer.add_object(generic.StreamObject(stream_data=content))]
    )
    writer.update_container(page)
    return _written(writer)


def contents(data: bytes) -> tuple[int, int]:
    """Where the first signature's hexadecimal digits begin and end."""
    embedded = PdfFileReader(io.BytesIO(data), strict=False).embedded_signatures[0]
    _, first, gap, _ = embedded.byte_range
    return int(first) + 1, int(gap) - 1


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _bytes(made_file: Any) -> bytes:
    return bytes(made_file.getbuffer())


SUBFILTERS = {"pades": SigSeedSubFilter.PADES, "adbe": SigSeedSubFilter.ADOBE_PKCS7_DETACHED}


def sign_digest(data: bytes, by: signers.SimpleSigner, field: str = "Chuky1") -> bytes:
    """The file signed in the old way, adbe.pkcs7.sha1: the signature holds the SHA-1 of the bytes and signs that."""
    from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
    from pyhanko.sign.signers.pdf_byterange import SignatureObject

    writer = IncrementalPdfFileWriter(io.BytesIO(data), strict=False)
    steps: Any = PdfCMSEmbedder().write_cms(field_name=field, writer=writer)
    next(steps)
    box = SignatureObject(timestamp=SIGNED_AT, bytes_reserved=16_384)
    box["/SubFilter"] = generic.pdf_name("/adbe.pkcs7.sha1")
    steps.send(SigObjSetup(sig_placeholder=box))
    prepared, out = steps.send(SigIOSetup(md_algorithm="sha1", in_place=False))
    held = asyncio.run(by.async_sign_general_data(prepared.document_digest, "sha256", detached=False))
    steps.send(held)
    return _bytes(out)


def encrypted(data: bytes, password: str = "") -> bytes:
    """The file under a user password; under the empty one every viewer opens it."""
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(data), strict=False))
    writer.encrypt(owner_pass="owner", user_pass=password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
