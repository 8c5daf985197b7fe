"""Who signed a PDF, when, and whether what is read is what was signed."""

from __future__ import annotations

import builtins
import socket
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography.x509.oid import NameOID

from extractors import limits
from extractors.facts.assemble import facts
from extractors.model import Document, Paragraph, Passage, Signature, Source
from extractors.readers import pdf_signatures
from extractors.readers.pdf_signatures import signatures_of
from tests.hostile import pages
from tests.readers.sheets import Sheet, paragraphs, taken, written
from tests.readers.signed import (
    OFFICE,
    PERSON,
    SIGNED_AT,
    SUBFILTERS,
    VIETNAM,
    certificate,
    contents,
    encrypted,
    sign,
    sign_digest,
    signer,
    stamp,
    with_empty_field,
    with_text_added,
)

TEXT = "Tổng số hồ sơ đã tiếp nhận trong kỳ báo cáo: 33.459 hồ sơ."
RSA_SIGNER = signer(PERSON, kind="rsa", bmp=True)


def plain() -> bytes:
    sheet = Sheet()
    sheet.write(TEXT)
    return written(sheet)


def one(data: bytes) -> Signature:
    """The only signature, about which there is nothing to say."""
    (found,), warnings = signatures_of(data)
    assert warnings == []
    return found


def codes(data: bytes) -> list[str]:
    return [warning.code for warning in signatures_of(data)[1]]


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks the network fails, whatever the reader catches."""
    asked: list[object] = []

    def refuse(*args: object, **_: object) -> None:
        asked.append(args)
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr("aiohttp.ClientSession.__init__", refuse)


# --- what a good one says --------------------------------------------------------------------------------------------


def test_a_signature_names_the_office_and_covers_the_file() -> None:
    found = one(sign(plain(), reason="Ban hành", location="Khánh Hòa"))
    assert (found.signer, found.organisation, found.email) == (
        "Sở Công Thương",
        "UBND tỉnh Khánh Hòa",
        "sct@khanhhoa.gov.vn",
    )
    assert found.issuer == "Cơ quan chứng thực số thử nghiệm"
    assert (found.reason, found.location) == ("Ban hành", "Khánh Hòa")
    assert (found.kind, found.intact, found.covers_all, found.changes) == ("signature", True, True, "none")
    assert found.trust == "unknown"


@pytest.mark.parametrize(("subfilter", "source"), [("adbe", "attribute"), ("pades", "dictionary")])
def test_the_time_is_vietnams_and_says_where_it_stands(subfilter: str, source: str) -> None:
    found = one(sign(plain(), subfilter=SUBFILTERS[subfilter]))
    assert found.time is not None
    assert found.time_source == source
    assert found.time.utcoffset() == timedelta(hours=7)
    assert abs(found.time - datetime.now(VIETNAM)) < timedelta(minutes=5)


@pytest.mark.parametrize("kind", ["ec", "rsa"])
@pytest.mark.parametrize("bmp", [False, True])
@pytest.mark.parametrize("digest", ["sha1", "sha256", "sha512"])
def test_names_are_read_in_either_encoding_and_identity_numbers_left_out(kind: str, bmp: bool, digest: str) -> None:
    found = one(sign(plain(), signer(PERSON, kind=kind, bmp=bmp), md_algorithm=digest))
    assert (found.signer, found.title, found.organisation) == ("Nguyễn Thị Ánh", "Giám đốc", "Sở Công Thương")
    assert found.intact
    assert "225123456" not in repr(found)


@pytest.mark.parametrize(
    "name",
    ["Nguyễn Thị Ánh, CMND:225123456", "Nguyễn Thị Ánh (CCCD 056187001234)", "Nguyễn Thị Ánh - số CCCD: 056187001234"],
)
def test_an_identity_number_behind_the_name_is_left_out(name: str) -> None:
    assert one(sign(plain(), signer(((NameOID.COMMON_NAME, name),)))).signer == "Nguyễn Thị Ánh"


def test_a_name_whose_bytes_are_not_what_their_tag_promises_is_read() -> None:
    """Some authorities write UTF-8 and call it PrintableString."""
    from extractors.readers.pdf_signers import holder

    held, _ = certificate(((NameOID.COMMON_NAME, "Sở Tư pháp"),))
    text = "Sở Tư pháp".encode()
    der = held.dump().replace(b"\x0c%c" % len(text) + text, b"\x13%c" % len(text) + text)
    assert der != held.dump()
    assert holder(type(held).load(der)).name == "Sở Tư pháp"


@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_a_reason_is_read_in_either_encoding(coding: str) -> None:
    data = sign(plain(), reason="X" * 40)
    told = "Phê duyệt".encode(coding).hex().encode()
    (found,), _ = signatures_of(data.replace(b"(" + b"X" * 40 + b")", b"<" + told.ljust(40) + b">"))
    assert found.reason == "Phê duyệt"


def test_a_certificate_that_vouches_for_itself_is_told() -> None:
    assert one(sign(plain(), signer(OFFICE, own=True))).trust == "self_signed"


def test_the_old_kind_that_signs_a_digest_is_read() -> None:
    good = sign_digest(plain(), signer())
    found = one(good)
    assert (found.signer, found.intact, found.covers_all) == ("Sở Công Thương", True, True)
    assert (found.time, found.time_source) == (SIGNED_AT, "dictionary")
    changed = good.replace(b"/MediaBox[0 0 595.0 842.0]", b"/MediaBox[0 0 595.0 843.0]")
    assert changed != good
    assert codes(changed) == ["signature_broken"]


def test_two_sign_one_after_the_other_and_a_time_stamp_follows() -> None:
    data = stamp(sign(sign(plain(), RSA_SIGNER, "ThuTruong", subfilter=SUBFILTERS["pades"]), field="VanThu"))
    found, warnings = signatures_of(data)
    assert warnings == []
    assert [(s.signer, s.kind) for s in found] == [
        ("Nguyễn Thị Ánh", "signature"),
        ("Sở Công Thương", "signature"),
        ("Dịch vụ cấp dấu thời gian", "timestamp"),
    ]
    assert [(s.intact, s.covers_all, s.changes) for s in found] == [
        (True, False, "permitted"),
        (True, False, "permitted"),
        (True, True, "none"),
    ]
    assert (found[2].time, found[2].time_source) == (SIGNED_AT, "timestamp")


def test_an_encrypted_file_that_every_viewer_opens_is_judged() -> None:
    data = sign(encrypted(plain()), reason="Ban hành")
    found = one(data)
    assert (found.signer, found.reason, found.intact, found.covers_all) == ("Sở Công Thương", "Ban hành", True, True)
    assert taken(data).source.signatures == (found,)


def test_a_signature_behind_a_password_is_not_judged() -> None:
    assert codes(sign(encrypted(plain(), "x"), password="x")) == ["signature_unreadable"]


# --- none ------------------------------------------------------------------------------------------------------------


def test_a_box_that_waits_for_a_signature_is_none() -> None:
    assert signatures_of(with_empty_field(plain())) == ((), [])
    assert [s.changes for s in signatures_of(with_empty_field(sign(plain())))[0]] == ["permitted"]


def test_a_file_without_signatures_does_not_cost_the_import(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_signatures, "_embedded", None)
    assert signatures_of(plain()) == ((), [])


def test_a_missing_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    signed, real = sign(plain()), builtins.__import__

    def missing(name: str, *args: Any, **options: Any) -> Any:
        if name.split(".")[0] == "pyhanko":
            raise ImportError(name)
        return real(name, *args, **options)

    monkeypatch.setattr(builtins, "__import__", missing)
    found, warnings = signatures_of(signed)
    assert found == ()
    assert [w.code for w in warnings] == ["signatures_unread"]
    assert "pip install 'soat[signatures]'" in warnings[0].message


# --- changed, damaged, hostile ---------------------------------------------------------------------------------------


def altered(data: bytes) -> bytes:
    """One figure of the page is another, in the bytes that were signed."""
    old, new = "33.459".encode("utf-16-be").hex().encode(), "33.458".encode("utf-16-be").hex().encode()
    assert old in data
    return data.replace(old, new)


def test_a_figure_changed_after_signing_breaks_the_signature_and_the_report_is_read() -> None:
    document = taken(altered(sign(plain())))
    assert paragraphs(document) == [TEXT.replace("33.459", "33.458")]
    assert [s.intact for s in document.source.signatures] == [False]
    assert [(w.code, "Sở Công Thương" in w.message) for w in document.source.warnings] == [("signature_broken", True)]


def test_text_added_by_an_update_is_told() -> None:
    data = with_text_added(sign(plain()), b"0 0 m 10 10 l S")
    (found,), (warning,) = signatures_of(data)
    assert (found.intact, found.covers_all, found.changes) == (True, False, "forbidden")
    assert warning.code == "changed_after_signing"


def test_bytes_behind_the_end_of_the_file_change_nothing() -> None:
    found = one(sign(plain()) + b"\n\n")
    assert (found.intact, found.covers_all, found.changes) == (True, False, "none")


def test_a_signature_moved_to_another_file_is_broken() -> None:
    one_file, other = sign(plain()), sign(written(Sheet(y=200)), signer(OFFICE))
    (a, b), (c, d) = contents(one_file), contents(other)
    digits = one_file[a:b]
    moved = other[:c] + digits[: d - c].ljust(d - c, b"0") + other[d:]
    assert codes(moved) == ["signature_broken"]


@pytest.mark.parametrize("rubbish", [b"7", b"0", b"3080", b"ff"])
def test_rubbish_for_a_signature_is_a_warning_and_the_report_is_read(rubbish: bytes) -> None:
    data = sign(plain())
    start, end = contents(data)
    document = taken(data[:start] + (rubbish * (end - start))[: end - start] + data[end:])
    assert paragraphs(document) == [TEXT]
    assert [w.code for w in document.source.warnings] == ["signature_unreadable"]


def test_one_damaged_signature_leaves_the_other() -> None:
    data = sign(plain(), RSA_SIGNER)
    start, _ = contents(data)
    data = sign(data[:start] + b"77" * 20 + data[start + 40 :], field="Chuky2")
    found, warnings = signatures_of(data)
    assert [s.signer for s in found] == ["Sở Công Thương"]
    assert [w.code for w in warnings] == ["signature_unreadable"]


@pytest.mark.parametrize("stretches", [b"[0 5]", b"[9 9 9 9]", b"[0 1 2 -3]", b"[0 1 2 3 4 5 6 7]", b"(abc)", b"null"])
def test_an_impossible_range_of_signed_bytes_is_not_judged(stretches: bytes) -> None:
    data = sign(plain())
    at = data.index(b"/ByteRange") + len(b"/ByteRange ")
    end = data.index(b"]", at) + 1
    assert codes(data[:at] + stretches.ljust(end - at) + data[end:]) == ["signature_unreadable"]


def test_a_range_that_leaves_out_more_than_the_signature_is_doubted() -> None:
    """What stands between the two stretches is not signed: room for another text."""
    data = sign(plain())
    at = data.index(b"/ByteRange") + len(b"/ByteRange ")
    end = data.index(b"]", at) + 1
    numbers = [int(n) for n in data[at + 1 : end - 1].split()]
    wider = b"[0 %d %d %d]" % (numbers[1] - 10, numbers[2], numbers[3])
    found, warnings = signatures_of(data[:at] + wider.ljust(end - at) + data[end:])
    assert [(s.covers_all, s.changes) for s in found] == [(False, "unknown")]
    assert warnings[0].code == "signature_broken"


def test_the_first_of_many_signatures_are_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_SIGNATURES", 1)
    found, warnings = signatures_of(sign(sign(plain()), field="Chuky2"))
    assert [s.signer for s in found] == ["Sở Công Thương"]
    assert [w.code for w in warnings] == ["signature_unreadable"]


@pytest.mark.parametrize(("name", "value"), [("MAX_SIGNATURE_BYTES", 100), ("MAX_SIGNATURE_OBJECTS", 5)])
def test_a_signature_above_a_limit_is_not_judged(monkeypatch: pytest.MonkeyPatch, name: str, value: int) -> None:
    data = sign(plain())
    monkeypatch.setattr(limits, name, value)
    assert codes(data) == ["signature_unreadable"]


def test_fields_inside_themselves_end() -> None:
    looped = b"<</T(a)/FT/Sig/Kids[8 0 R 8 0 R]>>"
    data = pages.pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[8 0 R]>>>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
            8: looped,
            9: b"<</ByteRange[0 1 2 3]>>",
        }
    )
    assert codes(data) == ["signature_unreadable"]


def test_memory_that_runs_short_is_no_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    def short(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(pdf_signatures, "_intact", short)
    data = sign(plain())
    with pytest.raises(MemoryError):
        signatures_of(data)


def test_any_bytes_of_a_signed_file_may_be_wrong(capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing but warnings comes of it, and nothing on the terminal."""
    import random

    chance, data = random.Random(7), sign(plain())
    seen: set[str] = set()
    for _ in range(150):
        wrong = bytearray(data)
        for _ in range(chance.choice((1, 3, 30))):
            wrong[chance.randrange(len(wrong))] = chance.randrange(256)
        found, warnings = signatures_of(bytes(wrong))
        assert warnings or all(s.intact for s in found)
        seen.update(w.code for w in warnings)
    assert seen >= {"signature_broken", "signature_unreadable"}
    assert capfd.readouterr() == ("", "")


# --- what a signature shows on the page ------------------------------------------------------------------------------

STAMPS = [
    ["Ký bởi: Sở Công Thương", "Cơ quan: Tỉnh Khánh Hòa", "Ngày ký: 05-07-2023 10:11:12 +07:00"],
    ["Người ký: Sở Công Thương", "Email: sct2@khanhhoa.gov.vn", "Thời gian ký: 05.07.2023 10:11:12 +07:00"],
    ["Digitally signed by SỞ CÔNG THƯƠNG", "DN: C=VN, OID.0.9.2342=MST:4200123456", "Date: 2023.07.05 10:11:12+07'00'"],
    ["Signature Valid", "Ký bởi: Sở Công Thương", "Ký ngày: 5/7/2023"],
    ["Văn bản đã được ký số bởi: Nguyễn Văn A", "Thời gian: 10:11:12 05/07/2023"],
    ["Người ký:", "Sở Công Thương", "Thời gian ký:", "05/07/2023 10:11:12"],
    ["Ký số bởi: Nguyễn Thị Ánh", "Ngày 05 tháng 07 năm 2023, 10:11:12"],
]
BARE = ["SỞ CÔNG THƯƠNG", "TỈNH KHÁNH HÒA", "05/07/2023 10:11:12"]


def letter() -> Sheet:
    """The first page of a report, with one date and two figures of its own."""
    sheet = Sheet()
    sheet.put(85, 60, "SỞ CÔNG THƯƠNG", 13, bold=True)
    sheet.put(300, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11, bold=True)
    sheet.put(85, 100, "Số: 1519/BC-SCT", 13)
    sheet.put(330, 100, "Khánh Hòa, ngày 05 tháng 7 năm 2023", 13)
    sheet.y = 150
    sheet.centre("BÁO CÁO", bold=True)
    sheet.centre("Kết quả giải quyết thủ tục hành chính 6 tháng đầu năm 2023", bold=True)
    sheet.write("1. Tổng số hồ sơ đã tiếp nhận trong kỳ: 33.459 hồ sơ, trong đó tiếp nhận trực tuyến 31.002 hồ sơ.")
    sheet.put(380, sheet.y + 20, "GIÁM ĐỐC", 13, bold=True)
    sheet.put(370, sheet.y + 120, "Nguyễn Thị Ánh", 13, bold=True)
    return sheet


def told(data: bytes) -> tuple[object, ...]:
    """What a report says, but for how many runs of digits were passed over."""
    made = facts(taken(data))
    figures = [(o.quantity.text, o.indicator) for o in made.observations]
    counts = [getattr(made.coverage, name) for name in ("observation", "citation", "date", "numbering", "unread")]
    return figures, [d.text for d in made.dates], made.header.issued, made.header.number, made.header.signer, counts


def shown(lines: list[str], x: float, y: float, size: float, kind: str) -> bytes:
    """The letter with lines in an annotation that stands at a point."""
    sheet, form = letter(), Sheet(height=size * 1.2 * len(lines) + 4)
    for n, text in enumerate(lines):
        form.put(0, size + 1 + n * size * 1.2, text, size)
    wide = max(map(len, lines)) * size / 2 + 4
    box = f"/Type/XObject/Subtype/Form/BBox[0 0 {wide} {form.height}]/Resources<</Font<</F0 5 0 R>>>>".encode()
    rectangle = f"[{x} {sheet.height - y - form.height} {x + wide} {sheet.height - y}]"
    sheet.entries = f"/Annots[<</Type/Annot{kind}/F 4/Rect{rectangle}/AP<</N 90 0 R>>>>]"
    return written(sheet, more={90: pages.stream("\n".join(form.content).encode(), box)})


@pytest.mark.parametrize("lines", STAMPS, ids=lambda lines: lines[0])
@pytest.mark.parametrize(("x", "y", "size"), [(300, 20, 7), (370, 245, 10), (250, 165, 9), (85, 780, 14)])
def test_a_stamp_drawn_on_the_page_says_nothing_of_the_report(
    lines: list[str], x: float, y: float, size: float
) -> None:
    for centred in (False, True):
        sheet = letter()
        for n, text in enumerate(lines):
            shift = (max(map(len, lines)) - len(text)) * size / 4 if centred else 0
            sheet.put(x + shift, y + n * size * 1.2, text, size)
        assert told(written(sheet)) == told(written(letter()))


@pytest.mark.parametrize("kind", ["/Subtype/Widget/FT/Sig", "/Subtype/Stamp"])
@pytest.mark.parametrize(("lines", "x", "y"), [(s, 150 + 20 * n, 20 + 60 * n) for n, s in enumerate(STAMPS)])
def test_a_stamp_shown_by_an_annotation_says_nothing_of_the_report(
    lines: list[str], x: float, y: float, kind: str
) -> None:
    assert told(shown(lines, x, y, 9, kind)) == told(written(letter()))


def test_a_signatures_field_without_words_of_its_own_is_told_by_the_clock() -> None:
    assert told(shown(BARE, 370, 240, 10, "/Subtype/Widget/FT/Sig")) == told(written(letter()))
    above = "/Subtype/Widget/Parent<</FT/Sig>>"
    assert told(shown(BARE, 250, 165, 10, above)) == told(written(letter()))


def test_a_number_and_a_day_that_a_signatures_field_shows_are_the_documents() -> None:
    made = facts(taken(shown(["Số: 77/TB-SCT"], 85, 110, 12, "/Subtype/Widget/FT/Sig")))
    assert "77/TB-SCT" in [c.key for c in made.citations] or made.header.number == "77"


@pytest.mark.parametrize("lines", STAMPS[:5], ids=lambda lines: lines[0])
def test_a_stamp_among_the_lines_of_a_scan_or_a_copied_text_is_passed_over(lines: list[str]) -> None:
    text = ["Tổng số hồ sơ đã tiếp nhận trong kỳ: 33.459 hồ sơ."]
    blocks = tuple(Paragraph(Passage(t, f"p{n}")) for n, t in enumerate([*text, *lines], 1))
    made = facts(Document(Source("x.txt", "0" * 64, 1, "txt"), blocks))
    assert [o.quantity.text for o in made.observations] == ["33.459"]
    assert [d.text for d in made.dates] == []
    assert made.coverage.total == made.coverage.observation + made.coverage.ignored
