"""Files in old codes say what the Unicode ones say: Word, PDF, text and HTML."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from extractors.model import Document, Source, SourceWarning
from extractors.readers.docx import read as read_docx
from extractors.readers.html import read as read_html
from extractors.readers.intake import take
from extractors.readers.txt import read as read_txt
from tests.readers.legacy import (
    ENCODERS,
    RAW,
    agreement,
    bytes_in,
    docx_in,
    html_in,
    pdf_in,
    report,
    set_in_fonts,
    tcvn3,
    txt_of,
    versions,
    vni,
)
from tests.readers.sheets import LEFT, Sheet, codes, paragraphs, taken, written

TITLE = "BÁO CÁO KẾT QUẢ CẢI CÁCH HÀNH CHÍNH"
BODY = "Trong kỳ, Sở Nội vụ đã tiếp nhận và giải quyết xong 33.435 hồ sơ, không có hồ sơ quá hạn; Ủy ban nhân dân tỉnh đánh giá cao."
MORE = (
    "Các cơ quan, đơn vị tiếp tục thực hiện nghiêm việc số hóa thành phần hồ sơ, kết quả giải quyết thủ tục hành chính."
)


def source(kind: str, data: bytes) -> Source:
    return Source(f"x.{kind}", "0" * 64, len(data), kind)  # type: ignore[arg-type]


def texts(document: Document) -> list[str]:
    return [unicodedata.normalize("NFC", p.text) for p in document.passages()]


def told(document: Document) -> list[str]:
    return [w.message for w in document.source.warnings if w.code == "legacy_encoding"]


# --- Word ----------------------------------------------------------------------------------------------------------


def word(*paragraphs: list[tuple[str, str | None]], base: str | None = None, style: str | None = None) -> bytes:
    """A Word file of paragraphs, each of runs with their font; `base` is the font of the style that all is set in."""
    made = docx.Document()
    if base is not None:
        fonts = made.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
        for key in list(fonts.attrib):
            del fonts.attrib[key]
        fonts.set(qn("w:ascii"), base)
        fonts.set(qn("w:hAnsi"), base)
    for runs in paragraphs:
        p = made.add_paragraph()
        for text, font in runs:
            run = p.add_run(text)
            if font is not None:
                run.font.name = font
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def opened(data: bytes) -> Document:
    return read_docx(data, source("docx", data))


@pytest.mark.parametrize("code", ENCODERS)
@pytest.mark.parametrize("private", [False, True])
def test_word_runs_in_an_old_font(code: str, private: bool) -> None:
    plain = word([(TITLE, None)], [(BODY, None)], [(MORE, None)])
    document = opened(docx_in(plain, code, private))
    assert [t.lower() for t in texts(document)] == [t.lower() for t in (TITLE, BODY, MORE)]
    if code != "VPS":  # which has no places for some capitals
        assert texts(document) == [TITLE, BODY, MORE]
    assert len(told(document)) == 1 and code in told(document)[0]


def test_the_font_may_come_from_a_style() -> None:
    document = opened(word([(tcvn3("Trong kỳ đã tiếp nhận hồ sơ"), None)], base=".VnTime"))
    assert texts(document) == ["Trong kỳ đã tiếp nhận hồ sơ"]


def test_the_font_may_come_from_the_theme() -> None:
    import re
    import zipfile

    data = word([(tcvn3("Trong kỳ đã tiếp nhận hồ sơ"), None)])
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename.startswith("word/theme/"):
                content = re.sub(rb'<a:latin typeface="[^"]*"', b'<a:latin typeface=".VnTime"', content)
            new.writestr(item.filename, content)
    assert texts(opened(buffer.getvalue())) == ["Trong kỳ đã tiếp nhận hồ sơ"]


def test_a_letterhead_in_an_old_font_over_a_unicode_body() -> None:
    head = [(text, font) for text, font in set_in_fonts(TITLE, "TCVN3")]
    document = opened(word(head, [(BODY, "Times New Roman")], [("Có ý kiến của các bên", None)]))
    assert texts(document) == [TITLE, BODY, "Có ý kiến của các bên"]


def test_unicode_words_in_an_old_font_stay() -> None:
    runs: list[tuple[str, str | None]] = [("có ý kiến và ", ".VnTime"), (MORE, ".VnTimeH")]
    document = opened(word(runs, [("§ 5, 12 × 3, có", ".VnTime")]))
    assert texts(document) == ["có ý kiến và " + MORE, "§ 5, 12 × 3, có"]
    assert told(document) == []


def test_a_font_for_other_scripts_is_not_the_font_of_the_text() -> None:
    data = word([("Có ý kiến của các bên, các cá nhân và hai bên là", None)])
    made = docx.Document(io.BytesIO(data))
    made.paragraphs[0].runs[0]._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:cs"), ".VnTime")
    buffer = io.BytesIO()
    made.save(buffer)
    assert texts(opened(buffer.getvalue())) == ["Có ý kiến của các bên, các cá nhân và hai bên là"]


def test_a_letter_and_its_mark_in_two_runs() -> None:
    raw = vni("kết quả hồ sơ được tiếp nhận")
    runs: list[tuple[str, str | None]] = [(letter, "VNI-Times") for letter in raw]
    assert texts(opened(word(runs))) == ["kết quả hồ sơ được tiếp nhận"]


def test_soft_hyphens_and_signs_are_letters_of_tcvn3() -> None:
    made = docx.Document(io.BytesIO(word([(tcvn3("phường đã tiếp nhận hồ sơ: th"), ".VnTime")])))
    p = made.paragraphs[0]
    for tag, attributes in (("w:softHyphen", {}), ("w:sym", {"w:font": ".VnTime", "w:char": "F0AC"})):
        run = p.add_run("")
        run.font.name = ".VnTime"
        run._r.append(run._r.makeelement(qn(tag), {qn(k): v for k, v in attributes.items()}))
        end = p.add_run(" t" if tag == "w:softHyphen" else ".")
        end.font.name = ".VnTime"
    buffer = io.BytesIO()
    made.save(buffer)
    assert texts(opened(buffer.getvalue())) == ["phường đã tiếp nhận hồ sơ: thư tơ."]


def test_an_old_code_under_a_new_font_name_is_told_by_its_syllables() -> None:
    document = opened(word([(tcvn3(BODY.replace("Ủy", "ủy")), "Times New Roman")], [(tcvn3(MORE), None)]))
    assert texts(document) == [BODY.replace("Ủy", "ủy"), MORE]


# --- text and HTML -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ENCODERS)
def test_bytes_of_a_text_file(code: str, tmp_path: Path) -> None:
    path = tmp_path / "bao cao.txt"
    path.write_bytes(bytes_in(f"{BODY.replace('Ủy', 'ủy')}\n\n{MORE}\n", code))
    data, found = take(path)
    document = read_txt(data, found)
    assert texts(document) == [BODY.replace("Ủy", "ủy"), MORE]
    assert len(told(document)) == 1 and code in told(document)[0]


def test_viscii_has_letters_among_the_control_characters() -> None:
    from extractors.readers.legacy_codes import Code, decoded

    places = {decoded(chr(n), Code("VISCII")): n for n in range(256)}
    data = bytes(places.get(c, ord(c) & 0xFF) for c in f"{BODY}\n{MORE}\nẴ Ẫ Ỹ Ỵ")
    document = read_txt(data, source("txt", data))
    assert texts(document)[:2] == [BODY, f"{MORE}"] or texts(document)[0].startswith(BODY)
    assert "VISCII" in told(document)[0]


def test_a_text_saved_as_utf8_before_it_was_converted() -> None:
    data = f"{tcvn3(MORE)}\n\n{tcvn3('Kết quả: đã giải quyết 33.435 hồ sơ.')}\n".encode()
    document = read_txt(data, source("txt", data))
    assert texts(document) == [MORE, "Kết quả: đã giải quyết 33.435 hồ sơ."]


@pytest.mark.parametrize("code", ENCODERS)
@pytest.mark.parametrize("as_utf8", [False, True])
def test_html_by_the_faces_of_its_fonts(code: str, as_utf8: bool) -> None:
    data = html_in(f"{TITLE}\n{BODY}\n{MORE}\nSố\t12\nHồ sơ\t33.435", code)
    data = data.decode("latin-1").encode() if as_utf8 else data
    document = read_html(data, source("html", data))
    assert [t.lower() for t in texts(document)] == [t.lower() for t in (TITLE, BODY, MORE, "Số", "12", "Hồ sơ", "33.435")]  # fmt: skip
    if code == "TCVN3":
        assert texts(document)[:3] == [TITLE, BODY, MORE]
    assert len(told(document)) == 1 and code in told(document)[0]


def test_html_by_its_style_sheet_and_entities() -> None:
    raw = tcvn3(MORE).encode("ascii", "xmlcharrefreplace").decode()
    head = tcvn3(TITLE.lower()).encode("ascii", "xmlcharrefreplace").decode()
    page = f"""<html><head><style>p.MsoNormal, li {{margin:0; font-family:".VnTime","serif"}}
        .big {{font:bold 14.0pt ".VnTimeH"}}</style></head><body><p class=MsoNormal>{raw}</p>
        <p class="big">{head}</p><p style="font-family:'Times New Roman'">Có ý kiến</p></body></html>"""
    document = read_html(page.encode(), source("html", page.encode()))
    assert texts(document) == [MORE, TITLE, "Có ý kiến"]


def test_a_declared_charset_does_not_hide_the_code() -> None:
    page = (
        b'<html><head><meta charset="windows-1258"></head><body><p>' + bytes_in(MORE, "TCVN3") + b"</p></body></html>"
    )
    assert texts(read_html(page, source("html", page))) == [MORE]


# --- PDF -----------------------------------------------------------------------------------------------------------


def pages() -> bytes:
    first, second = Sheet(), Sheet()
    first.centre(TITLE, bold=True)
    first.write(BODY)
    second.write(MORE)
    return written(first, second)


@pytest.mark.parametrize("code", ["TCVN3", "VNI"])
def test_pdf_fonts_of_old_codes(code: str) -> None:
    document = taken(pdf_in(pages(), code))
    assert [" ".join(t.split()) for t in paragraphs(document)] == [TITLE, BODY, MORE]
    assert codes(document) == ["legacy_encoding"]
    assert "ở trang 1–2" in told(document)[0]
    assert [(s.page, s.words > 10, s.true == s.words) for s in document.source.scores] == [(1, True, True), (2, True, True)]  # fmt: skip


def test_places_of_a_letter_and_its_marks_are_one() -> None:
    plain, old = taken(pages()), taken(pdf_in(pages(), "VNI"))
    for one, other in zip(plain.passages(), old.passages(), strict=True):
        assert [(p.start, p.end) for p in one.places] == [(p.start, p.end) for p in other.places]
        for p, q in zip(one.places, other.places, strict=True):
            assert (p.bbox[0], p.bbox[2]) == pytest.approx((q.bbox[0], q.bbox[2]), abs=1)


@pytest.mark.parametrize("code", ["TCVN3", "VNI"])
def test_a_pdf_font_whose_name_was_changed(code: str) -> None:
    document = taken(pdf_in(pages(), code, names=("TT12Bo00", "TT14Co00")))
    assert [t.lower() for t in paragraphs(document)] == [t.lower() for t in (TITLE, BODY, MORE)]


def test_unicode_in_a_pdf_font_with_an_old_name_stays() -> None:
    sheet = Sheet()
    sheet.write(BODY)
    document = taken(written(sheet, fonts=("ABCDEF+.VnTime", "VNI-Times")))
    assert paragraphs(document) == [BODY]
    assert codes(document) == []


# --- the samples ---------------------------------------------------------------------------------------------------

SAMPLES = sorted([*RAW.glob("*.docx"), *RAW.glob("*.pdf")], key=lambda p: p.stat().st_size)


@pytest.mark.slow
@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_samples_in_old_codes_state_the_same_facts(path: Path) -> None:
    shared = total = 0
    for name, sound, other, warned in versions(path):
        both, every, differing = agreement(sound, other)
        assert "legacy_encoding" in warned, name
        assert both >= 0.97 * every, (name, differing)
        shared, total = shared + both, total + every
    assert total > 100 and shared >= 0.99 * total


def test_the_smallest_sample_in_tcvn3() -> None:
    data = next(p for p in SAMPLES if p.suffix == ".docx").read_bytes()
    sound, _ = report(data, "docx")
    other, warned = report(docx_in(data, "TCVN3"), "docx")
    both, every, differing = agreement(sound, other)
    assert warned == ["legacy_encoding"] and both == every, differing


def test_the_measure_sees_a_difference() -> None:
    plain = txt_of(opened(word([("Tổng số hồ sơ tiếp nhận là 33.435 hồ sơ.", None)])))
    other = plain.replace("33.435", "33.436")
    both, every, differing = agreement(report(plain.encode(), "txt")[0], report(other.encode(), "txt")[0])
    assert both < every and len(differing) == 2


def test_a_page_of_figures_in_an_old_font_is_trusted() -> None:
    sheet = Sheet()
    for n in range(5):
        sheet.put(LEFT, 100 + 20 * n, f"{n}.435 {n} 33")
    document = taken(written(sheet, fonts=(".VnTime", ".VnTimeH")))
    assert [w for w in document.source.warnings if isinstance(w, SourceWarning)] == []
