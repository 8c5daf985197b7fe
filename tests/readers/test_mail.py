"""Mails and saved web pages: which of their parts are documents, and what is told of the others."""

from __future__ import annotations

import base64
import hashlib
import io
import random
import struct
from email import policy
from email.message import EmailMessage
from pathlib import Path

import olefile
import pytest

from extractors import limits, look
from extractors.model import Report
from extractors.readers.containers import container_kind
from extractors.readers.members import Contents, Member
from tests.readers.containers import OUTLOOK, attachment, cp1258, message, message_inside, ole, text, zipped

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
PAGE = (
    "<html><head><meta charset='windows-1258'></head><body><p>Tổng số hồ sơ đã giải quyết: 120 hồ sơ.</p></body></html>"
)


def mail(words: str = "Kính gửi Sở Nội vụ, xin gửi báo cáo.", subject: str = "Báo cáo quý IV") -> EmailMessage:
    made = EmailMessage(policy=policy.SMTP)
    made["From"], made["To"], made["Subject"] = "a@so.vn", "b@so.vn", subject
    made.set_content(words)
    return made


def attach(to: EmailMessage, name: str, data: bytes, kind: str = "application/octet-stream", **more: object) -> None:
    main, sub = kind.split("/")
    to.add_attachment(data, maintype=main, subtype=sub, filename=name, **more)  # type: ignore[arg-type]


def read(folder: Path, data: bytes, name: str = "thu.eml") -> list[Report]:
    file = folder / name
    file.write_bytes(data)

    def under(where: Path | Member) -> list[Report]:
        found = look(where)
        return [r for m in found.members for r in under(m)] if isinstance(found, Contents) else [found]

    return under(file)


def told(reports: list[Report], folder: Path, name: str = "thu.eml") -> dict[str, str | None]:
    """Path below the mail: code of the refusal, or None."""
    return {r.source.path.removeprefix(f"{folder / name}/"): r.error and r.error.code for r in reports}


def warnings(reports: list[Report]) -> set[str]:
    """What is told of the container of every one of the reports."""
    return {w.code for r in reports if r.source.parent for w in r.source.parent.warnings}


# --- .eml ----------------------------------------------------------------------------------------------------------


def test_the_attachments_of_a_mail_are_documents_and_its_words_are_not(tmp_path: Path) -> None:
    made = mail()
    attach(made, "Phụ lục số 1.txt", text(1))
    attach(made, "goi.zip", zipped(("trong.txt", text(2))), "application/zip")
    reports = read(tmp_path, made.as_bytes())
    assert told(reports, tmp_path) == {"Phụ lục số 1.txt": None, "goi.zip/trong.txt": None}
    assert [r.source.sha256 for r in reports] == [hashlib.sha256(text(n)).hexdigest() for n in (1, 2)]
    parent = reports[0].source.parent
    assert parent is not None
    assert (parent.path, parent.sha256) == (str(tmp_path / "thu.eml"), hashlib.sha256(made.as_bytes()).hexdigest())
    assert warnings(reports) == set()


def test_the_words_of_a_mail_without_attachments_are_a_document(tmp_path: Path) -> None:
    made = mail(text().decode())
    reports = read(tmp_path, made.as_bytes())
    assert told(reports, tmp_path) == {"noi-dung-thu.txt": None} and len(reports[0].observations) == 4
    made.add_alternative(f"<p>{text().decode()}</p><table><tr><td>1</td></tr></table>", subtype="html")
    reports = read(tmp_path, made.as_bytes())
    assert told(reports, tmp_path) == {"noi-dung-thu.html": None} and len(reports[0].observations) >= 4


def test_words_in_an_old_encoding_are_read_by_their_header(tmp_path: Path) -> None:
    body = "<html><body><p>Đã giải quyết 120 hồ sơ</p></body></html>".encode("utf-16-le")
    raw = b"From: a@so.vn\r\nTo: b\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-16-le\r\n"
    raw += b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(body)
    [report] = read(tmp_path, raw)
    assert report.error is None and [str(o.value) for o in report.observations] == ["120"]


def test_a_mail_with_nothing_in_it_is_empty(tmp_path: Path) -> None:
    assert told(read(tmp_path, mail(" ").as_bytes()), tmp_path) == {str(tmp_path / "thu.eml"): "empty"}


def test_pictures_of_the_words_and_technical_parts_are_told_not_read(tmp_path: Path) -> None:
    made = mail()
    made.add_alternative('<p>Xin gửi</p><img src="cid:logo@so.vn">', subtype="html")
    made.get_payload()[1].add_related(PNG, "image", "png", cid="<logo@so.vn>")  # type: ignore[union-attr]
    attach(made, "bc.txt", text())
    attach(made, "smime.p7s", b"\x30\x80", "application/pkcs7-signature")
    reports = read(tmp_path, made.as_bytes())
    assert told(reports, tmp_path) == {"bc.txt": None}
    assert warnings(reports) == {"mail_pictures", "mail_parts"}


def test_a_picture_that_is_attached_is_told_by_a_refusal(tmp_path: Path) -> None:
    made = mail()
    attach(made, "anh-chup.png", PNG, "image/png")
    assert told(read(tmp_path, made.as_bytes()), tmp_path) == {"anh-chup.png": "unsupported"}


def test_a_mail_with_a_logo_only_is_its_words(tmp_path: Path) -> None:
    made = mail(text().decode())
    made.add_related(PNG, "image", "png", cid="<logo@so.vn>")
    reports = read(tmp_path, made.as_bytes())
    assert told(reports, tmp_path) == {"noi-dung-thu.txt": None} and warnings(reports) == {"mail_pictures"}


def test_a_mail_in_a_mail_is_opened_in_place(tmp_path: Path) -> None:
    inner, outer = mail(subject="BC quý IV/2023"), mail()
    attach(inner, "a.txt", text())
    outer.add_attachment(inner)
    assert told(read(tmp_path, outer.as_bytes()), tmp_path) == {"BC quý IV-2023.eml/a.txt": None}


def test_what_is_encrypted_is_refused(tmp_path: Path) -> None:
    head = b"From: a\r\nTo: b\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    smime = head + b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n\r\nMIAG"
    pgp = head + b"Content-Type: multipart/encrypted; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n"
    for raw in (smime, pgp):
        assert set(told(read(tmp_path, raw), tmp_path).values()) == {"encrypted"}


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (b"attachment; filename*=utf-8''B%C3%A1o%20c%C3%A1o.txt", "Báo cáo.txt"),
        (b'attachment; filename="=?utf-8?B?QsOhbyBjw6FvLnR4dA==?="', "Báo cáo.txt"),
        (b'attachment; filename="B\xc3\xa1o c\xc3\xa1o.txt"', "Báo cáo.txt"),
        (b'attachment; filename="B\xe1o c\xe1o.txt"', "Báo cáo.txt"),
        (b'attachment; filename="../../../etc/passwd.txt"', "etc/passwd.txt"),
        (b"attachment", "đính kèm.txt"),
        (b"attachment; filename*0*=utf-8''B%C3; filename*1*=%A1o.txt", "Báo.txt"),
    ],
)
def test_names_as_programs_write_them(header: bytes, name: str, tmp_path: Path) -> None:
    raw = b"From: a\r\nTo: b\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
    raw += b"Content-Type: text/plain\r\nContent-Disposition: " + header + b"\r\n\r\n" + text() + b"\r\n--b--\r\n"
    assert told(read(tmp_path, raw), tmp_path) == {name: None}


def test_a_report_in_plain_text_is_no_mail(tmp_path: Path) -> None:
    assert container_kind(text()) is None
    assert container_kind(b"Subject: x\r\n\r\nFrom: y") is None
    [report] = read(tmp_path, b"From: a\nTo: b\nSubject: c\n\nTong so: 12 ho so", "ghi-chep.txt")
    assert report.source.parent is None and report.source.format == "txt"


def test_a_mail_under_the_name_of_a_document_is_refused(tmp_path: Path) -> None:
    assert told(read(tmp_path, mail().as_bytes(), "a.docx"), tmp_path, "a.docx") == {
        str(tmp_path / "a.docx"): "wrong_type"
    }


def test_hostile_mails_come_to_refusals_in_good_time(tmp_path: Path) -> None:
    head = b"From: a\r\nTo: b\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    deep = head + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3_000)
    )
    many = head + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n\r\n" * (limits.MAX_MEMBERS + 2)
    long = head + b"X: " + b"=?utf-8?q?" * 30_000 + b"\r\nContent-Disposition: attachment; filename=" + b'"\\' * 30_000
    inside = text()
    for _ in range(40):
        inside = head + b"Content-Type: message/rfc822\r\n\r\n" + inside
    for raw in (deep, many, long, inside, head, head + b"Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n"):
        codes = {r.error.code if r.error else None for r in read(tmp_path, raw)}
        assert codes and codes <= {"too_deep", "too_large", "empty", None}
    rng = random.Random(3)
    sound = mail()
    attach(sound, "a.txt", text())
    for _ in range(40):
        damaged = bytearray(sound.as_bytes())
        for _ in range(8):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        assert read(tmp_path, bytes(damaged))


# --- .mht ----------------------------------------------------------------------------------------------------------


def page(*parts: tuple[str, str, bytes]) -> bytes:
    """A page saved as one file: (type, address, bytes) of each part."""
    head = b"MIME-Version: 1.0\r\nX-Document-Type: Document\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
    for kind, location, data in parts:
        head += b"--b\r\n" + f"Content-Type: {kind}\r\nContent-Location: {location}\r\n\r\n".encode() + data + b"\r\n"
    return head + b"--b--\r\n"


@pytest.mark.parametrize("name", ["trang.mht", "trang.doc", "trang.html"])
def test_a_saved_page_is_its_page(name: str, tmp_path: Path) -> None:
    raw = page(
        ("text/html; charset=utf-8", "file:///C:/x.htm", PAGE.replace("windows-1258", "utf-8").encode()),
        ("image/png", "file:///C:/x_files/1.png", PNG),
        ("text/html; charset=utf-8", "file:///C:/x_files/header.htm", b"<p>dau trang 9</p>"),
    )
    [report] = read(tmp_path, raw, name)
    assert report.source.path == f"{tmp_path / name}/trang.html" and report.source.format == "html"
    assert [str(o.value) for o in report.observations] == ["120"]


def test_a_saved_page_is_read_in_the_encoding_of_its_header(tmp_path: Path) -> None:
    raw = page(("text/html; charset=windows-1258", "http://so.vn/tin", cp1258(PAGE)))
    [report] = read(tmp_path, raw, "tin.mht")
    assert report.error is None and [o.indicator for o in report.observations] == ["dossiers_resolved_total"]


def test_the_sheets_of_a_saved_workbook_are_documents(tmp_path: Path) -> None:
    sheet = b"<html><body><table><tr><td>12</td></tr></table></body></html>"
    raw = page(
        ("text/html", "file:///C:/x.htm", b"<html><frameset><frame src=x></frameset></html>"),
        ("text/html", "file:///C:/x_files/sheet001.htm", sheet),
        ("text/html", "file:///C:/x_files/sheet002.htm", sheet),
        ("text/html", "file:///C:/x_files/tabstrip.htm", b"<p>x</p>"),
    )
    assert told(read(tmp_path, raw, "b.xls"), tmp_path, "b.xls") == {"sheet001.htm": None, "sheet002.htm": None}


# --- .msg ----------------------------------------------------------------------------------------------------------


def test_the_maker_makes_what_the_library_reads() -> None:
    tree = {"big": bytes(range(256)) * 40, "small": b"x" * 100, "storage": {"inner": b"y" * 70, "none": b""}}
    with olefile.OleFileIO(io.BytesIO(ole(tree))) as made:
        assert made.listdir() == [["big"], ["small"], ["storage", "inner"], ["storage", "none"]]
        assert made.openstream("big").read() == tree["big"]
        assert made.openstream("storage/inner").read() == b"y" * 70


def test_the_attachments_of_an_outlook_message(tmp_path: Path) -> None:
    doc = ole({"WordDocument": b"not to be taken for a Word file of its own" * 99})
    made = message(
        "Kính gửi", "Báo cáo", attachment("Phụ lục số 1.txt", text(1), "PHULUC~1.TXT"), attachment("", text(2), "B.TXT"),
        attachment("logo.png", PNG, content_id="logo@so.vn"), attachment("image001.jpg", PNG, hidden=True),
        attachment("a.ppt", doc), message_inside(message("x", "Chuyển tiếp/BC", attachment("c.txt", text(3)))),
    )  # fmt: skip
    reports = read(tmp_path, ole(made, OUTLOOK), "thu.msg")
    assert told(reports, tmp_path, "thu.msg") == {
        "Phụ lục số 1.txt": None,
        "B.TXT": None,
        "a.ppt": reports[2].error.code if reports[2].error else None,
        "Chuyển tiếp-BC.eml/c.txt": None,
    }
    assert [r.source.sha256 for r in reports if not r.error] == [hashlib.sha256(text(n)).hexdigest() for n in (1, 2, 3)]
    assert warnings(reports) == {"mail_pictures"}


def test_the_words_of_an_outlook_message_without_attachments(tmp_path: Path) -> None:
    for clsid in (OUTLOOK, bytes(16)):
        reports = read(tmp_path, ole(message(text().decode()), clsid), "thu.msg")
        assert told(reports, tmp_path, "thu.msg") == {"noi-dung-thu.txt": None} and len(reports[0].observations) == 4


def test_an_attachment_without_bytes_is_told(tmp_path: Path) -> None:
    link = {"__substg1.0_3707001F": "a.docx".encode("utf-16-le"), "__properties_version1.0": bytes(8)}
    reports = read(tmp_path, ole(message("xem", "s", link, attachment("b.txt", text())), OUTLOOK), "thu.msg")
    assert told(reports, tmp_path, "thu.msg") == {"b.txt": None} and warnings(reports) == {"mail_parts"}


def test_a_mail_that_is_cut_says_so(tmp_path: Path) -> None:
    made = mail()
    attach(made, "a.txt", text(1))
    attach(made, "b.txt", text(2))
    raw = made.as_bytes()
    reports = read(tmp_path, raw[: raw.index(b"b.txt") - 200])
    assert warnings(reports) == {"mail_damaged"}


def test_damaged_outlook_messages_come_to_refusals(tmp_path: Path) -> None:
    sound = ole(message("x" * 99, "s", attachment("a.txt", text()), attachment("b.txt", text(2) * 20)), OUTLOOK)
    for size in (100, 512, 600, len(sound) // 2, len(sound) - 300):
        assert read(tmp_path, sound[:size], "thu.msg")
    looping = bytearray(sound)
    table = 512 * (1 + struct.unpack_from("<I", sound, 76)[0])
    looping[table : table + 512] = struct.pack("<128I", *([0] * 128))
    assert {r.error.code for r in read(tmp_path, bytes(looping), "thu.msg") if r.error} == {"corrupt"}
    rng = random.Random(5)
    for _ in range(60):
        damaged = bytearray(sound)
        for _ in range(6):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        assert read(tmp_path, bytes(damaged), "thu.msg")
