"""Numbers 19 to 32: what the reader of DOCX must survive and must read right."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

from extractors.model import Document, Table
from tests.hostile import packages
from tests.hostile.case import READ, Case, File, Ground, Seen

VALUE = "33459"
SLOWER = 2  # a busy machine
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MORE = (
    f'xmlns:r="{_R}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wpsCustomData="http://www.wps.cn/officeDocument/2013/wpsCustomData"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.%s+xml"
Relation = tuple[str, str, bool]  # kind, target, external


def para(text: str) -> str:
    """A paragraph of one run."""
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def row(*cells: str, before: str = "") -> str:
    """A row of a table; a cell that is no XML is a text."""
    made = (c if c.startswith("<") else f"<w:tc>{para(c)}</w:tc>" for c in cells)
    return f"<w:tr>{before}{''.join(made)}</w:tr>"


def cell(text: str, properties: str = "") -> str:
    """A cell with properties."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{para(text)}</w:tc>"


def docx(body: str, relations: tuple[Relation, ...] = (), parts: dict[str, str | bytes] | None = None) -> bytes:
    """A package with this body, these relationships of the main part (rId1, rId2...) and these parts below word/."""
    modes = {True: ' TargetMode="External"', False: ""}
    entries = "".join(
        f'<Relationship Id="rId{n}" Type="{_R}/{kind}" Target="{target}"{modes[external]}/>'
        for n, (kind, target, external) in enumerate(relations, 1)
    )
    kinds = {target: kind for kind, target, external in relations if not external}
    known = ("styles", "numbering", "settings", "header", "footer", "footnotes", "endnotes")
    overrides = "".join(
        f'<Override PartName="/word/{target}" ContentType="{_TYPE % kind}"/>'
        for target, kind in kinds.items()
        if kind in known
    )
    types = packages.TYPES.replace("</Types>", f"{overrides}</Types>")
    opening = f'<w:document xmlns:w="{packages.WORD}" {_MORE}>'
    xml = packages.document(body).replace(f'<w:document xmlns:w="{packages.WORD}">', opening)
    return packages.package(
        ("word/document.xml", xml),
        ("word/_rels/document.xml.rels", f'<Relationships xmlns="{packages.RELATIONS}">{entries}</Relationships>'),
        *((f"word/{name}", content) for name, content in (parts or {}).items()),
        types=types,
    )


def part(kind: str, body: str) -> str:
    """Another part of the package."""
    return f'<w:{kind} xmlns:w="{packages.WORD}">{body}</w:{kind}>'


# --- tables ---


def large_table() -> bytes:
    """5,000 rows of 20 figures."""
    rows = "".join(row(*(f"{n}.{m:03}" for m in range(20))) for n in range(1, 5_001))
    return docx(packages.SENTENCE + f"<w:tbl>{rows}</w:tbl>")


def timed(path: Path) -> tuple[float, Document]:
    """Seconds of the processor that the reader alone takes. Runs in the child."""
    from extractors.readers import read

    begun = time.process_time()
    document = read(path)
    return time.process_time() - begun, document


def read_fast(ground: Ground) -> str:
    """The reader alone takes the 2 seconds that a person waits; the whole of a run is bounded too."""
    path = ground.place() / "a.docx"
    path.write_bytes(large_table())
    own, document = ground.pool.submit(timed, path).result(timeout=120)
    [table] = [b for b in document.blocks if isinstance(b, Table)]
    assert (table.n_rows, table.n_columns, len(table.cells)) == (5_000, 20, 100_000)
    assert table.cells[-1].passage.text == "5000.019"
    assert own < 2 * SLOWER, f"{own:.1f} s"
    return "OK"


MERGED = "<w:tbl>" + "".join((
    row("Chỉ tiêu", cell("Số hồ sơ", '<w:gridSpan w:val="3"/>')),
    row("Tiếp nhận", cell(READ, '<w:gridSpan w:val="3"/>')),
    row(cell("Giải quyết", '<w:vMerge w:val="restart"/>'), "sớm hạn", "11", "12"),
    row(cell("", "<w:vMerge/>"), "đúng hạn", "13", "14"),
)) + "</w:tbl>"  # fmt: skip
GAPS = "<w:tbl>" + "".join((
    row("STT", "Chỉ tiêu", "Quý I", "Quý II"),
    row("Tiếp nhận", "111", "222", before='<w:trPr><w:gridBefore w:val="1"/></w:trPr>'),
    row("2", cell("Giải quyết", '<w:vMerge w:val="restart"/>'), "333", before='<w:trPr><w:gridAfter w:val="1"/></w:trPr>'),
    row("3", cell("", "<w:vMerge/>"), "444", "555"),
)) + "</w:tbl>"  # fmt: skip


def grid(seen: Seen) -> list[list[str]]:
    """The only table of a document, each text once."""
    assert seen.document is not None
    [table] = [b for b in seen.document.blocks if isinstance(b, Table)]
    rows = [[""] * table.n_columns for _ in range(table.n_rows)]
    for one in table.cells:
        rows[one.row][one.column] = one.passage.text
    return rows


def merged_stand_once(seen: Seen) -> None:
    """A merged cell stands at its first position only."""
    assert grid(seen) == [
        ["Chỉ tiêu", "Số hồ sơ", "", ""],
        ["Tiếp nhận", READ, "", ""],
        ["Giải quyết", "sớm hạn", "11", "12"],
        ["", "đúng hạn", "13", "14"],
    ]


def gaps_are_kept(seen: Seen) -> None:
    """Rows that begin late or end early stay on the grid."""
    assert grid(seen) == [
        ["STT", "Chỉ tiêu", "Quý I", "Quý II"],
        ["", "Tiếp nhận", "111", "222"],
        ["2", "Giải quyết", "333", ""],
        ["3", "", "444", "555"],
    ]


# --- text ---

TRACKED = (
    '<w:p><w:r><w:t xml:space="preserve">Tổng số hồ sơ đã tiếp nhận: </w:t></w:r>'
    '<w:ins w:id="1" w:author="a"><w:r><w:t>33.459</w:t></w:r></w:ins>'
    '<w:del w:id="2" w:author="a"><w:r><w:delText>99.999</w:delText></w:r></w:del>'
    '<w:r><w:t xml:space="preserve"> hồ sơ</w:t></w:r></w:p>'
)
HIDDEN = packages.SENTENCE + (
    "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Tổng số hồ sơ đã giải quyết: 99.999 hồ sơ</w:t></w:r></w:p>"
)


def odd_places() -> bytes:
    """A figure in a text box, a content control, a header, a footer and a footnote."""
    box = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><a:graphic><a:graphicData>"
        f"<wps:wsp><wps:txbx><w:txbxContent>{para('Quá hạn: 111 hồ sơ')}</w:txbxContent></wps:txbx></wps:wsp>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
        f"{para('Quá hạn: 111 hồ sơ')}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    control = f"<w:sdt><w:sdtContent>{para('Sớm hạn: 222 hồ sơ')}</w:sdtContent></w:sdt>"
    noted = '<w:p><w:r><w:t>Theo thống kê</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/><w:footerReference w:type="default" r:id="rId2"/></w:sectPr>'
    note = f'<w:footnote w:id="2">{para("Trong đó 555 hồ sơ đất đai")}</w:footnote>'
    return docx(
        packages.SENTENCE + box + control + noted + section,
        (("header", "header1.xml", False), ("footer", "footer1.xml", False), ("footnotes", "footnotes.xml", False)),
        {
            "header1.xml": part("hdr", para("Báo cáo số liệu 333 xã")),
            "footer1.xml": part("ftr", para("Nguồn: 444 đơn vị")),
            "footnotes.xml": part("footnotes", note),
        },
    )


def box_is_read_once(seen: Seen) -> None:
    """A text box and its fallback are one text."""
    assert seen.text.count("111") == 1


def numbered() -> bytes:
    """Items with automatic numbers and with typed ones; no number of an item is a figure."""
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    numbering = part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>',
    )
    listed = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    )
    items = listed.format("Công tác chỉ đạo") + listed.format("Kết quả giải quyết hồ sơ")
    return docx(
        items + para("3. Tổng số hồ sơ đã tiếp nhận: 33.459 hồ sơ") + para("4. Kiến nghị"),
        (("numbering", "numbering.xml", False),),
        {"numbering.xml": numbering},
    )


def only_the_figure(seen: Seen) -> None:
    """No number of an item is an observation."""
    assert seen.values == [VALUE], seen.values


FIELDS = (
    '<w:p><w:r><w:t xml:space="preserve">Tổng số hồ sơ đã tiếp nhận: </w:t></w:r><w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
    '<w:r><w:instrText> =SUM(ABOVE) \\# "99.999" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:t>33.459</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> hồ sơ</w:t></w:r></w:p>'
    '<w:p><w:r><w:t xml:space="preserve">Ngày in: </w:t></w:r><w:fldSimple w:instr=" DATE "><w:r><w:t>05/7/2024</w:t></w:r></w:fldSimple></w:p>'
    "<w:p><w:r><w:t xml:space='preserve'>Tỷ lệ: </w:t></w:r><m:oMath><m:r><m:t>98,5%</m:t></m:r></m:oMath></w:p>"
)

# --- other writers ---


def strict() -> bytes:
    """The good file in the namespaces of ISO/IEC 29500 Strict."""
    turned = {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/": "http://purl.oclc.org/ooxml/wordprocessingml/",
        "http://schemas.openxmlformats.org/officeDocument/2006/": "http://purl.oclc.org/ooxml/officeDocument/",
    }
    xml, root = packages.document(), packages.ROOT
    for old, new in turned.items():
        xml, root = xml.replace(old, new), root.replace(old, new)
    return packages.package(("word/document.xml", xml), root=root)


def wps() -> bytes:
    """As WPS Office writes: its own namespace, properties and empty runs; an attribute that only it knows."""
    body = (
        '<w:p wpsCustomData:paraId="1"><w:pPr><w:pStyle w:val="2"/><wpsCustomData:x/></w:pPr><w:bookmarkStart w:id="0" w:name="_GoBack"/>'
        "<w:bookmarkEnd w:id='0'/><w:r><w:rPr><w:rFonts w:hint='eastAsia'/></w:rPr><w:t xml:space='preserve'>Tổng số hồ sơ đã tiếp nhận: 33</w:t></w:r>"
        "<w:r/><w:proofErr w:type='spellStart'/><w:r><w:t>.459</w:t></w:r><w:proofErr w:type='spellEnd'/><w:r><w:t xml:space='preserve"
        "'> hồ sơ</w:t></w:r></w:p>"
    )
    return docx(body)


def through_libreoffice(ground: Ground) -> str:
    """A table, a list and a note, written anew by LibreOffice, say the same as before."""
    if shutil.which("soffice") is None:
        raise AssertionError("soffice is missing")
    place = ground.place()
    source = docx(packages.SENTENCE + MERGED + para("- Quá hạn: 12 hồ sơ."))
    before = ground.see("source.docx", source)
    (place / "out").mkdir()
    profile = f"-env:UserInstallation=file://{place}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "docx",
        "--outdir",
        str(place / "out"),
        str(place / "source.docx"),
    ]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    after = ground.see_path(place / "out" / "source.docx")
    assert after.code is None and grid(after) == grid(before)
    assert after.values == before.values and VALUE in after.values
    return "OK"


# --- what is neither fetched nor run ---


def pointing_outside() -> bytes:
    """A remote template, a linked picture, a linked file, all at an address that would tell who reads."""
    settings = part("settings", f'<w:attachedTemplate xmlns:r="{_R}" r:id="rId1"/>')
    where = "http://127.0.0.1:9/spy.dotm"
    rels = f'<Relationships xmlns="{packages.RELATIONS}"><Relationship Id="rId1" Type="{_R}/attachedTemplate" Target="{where}" TargetMode="External"/></Relationships>'
    return docx(
        packages.SENTENCE,
        (
            ("settings", "settings.xml", False),
            ("subDocument", where, True),
            ("image", "http://127.0.0.1:9/a.png", True),
        ),
        {"settings.xml": settings, "_rels/settings.xml.rels": rels},
    )


def with_object() -> bytes:
    """An embedded OLE object and a macro."""
    shape = '<w:p><w:r><w:object><o:OLEObject Type="Embed" ProgID="Package" r:id="rId1"/></w:object></w:r></w:p>'
    return docx(
        packages.SENTENCE + shape,
        (("oleObject", "embeddings/oleObject1.bin", False), ("vbaProject", "vbaProject.bin", False)),
        {"embeddings/oleObject1.bin": b"MZ\x90\0" * 100, "vbaProject.bin": b"\xd0\xcf\x11\xe0" * 50},
    )


CASES = (
    Case(19, "DTD with billion laughs", (
        File("a.docx", packages.billion_laughs, "dtd_present"), File("b.docx", packages.utf16_dtd, "dtd_present"),
    )),
    Case(20, "external entity file:///etc/passwd", (File("a.docx", packages.external_entity, "dtd_present"),)),
    Case(21, "nesting 3,000 deep", (
        File("a.docx", packages.deep, "too_deep"), File("b.html", lambda: b"<div>" * 3_000, "too_deep"),
    )),
    Case(22, "gridSpan of 50,000,000", (
        File("a.docx", packages.wide_table, "table_too_wide"), File("b.docx", packages.wide_gap, "table_too_wide"),
    ), memory=60),
    Case(23, "a table of 5,000 x 20", prove=read_fast, expected="OK", seconds=120),
    Case(24, "merged cells", (File("a.docx", lambda: docx(MERGED), value=VALUE, facts=merged_stand_once),)),
    Case(25, "gridBefore, gridAfter, vMerge", (File("a.docx", lambda: docx(GAPS), says=(), facts=gaps_are_kept),)),
    Case(26, "tracked insertions and deletions", (
        File("a.docx", lambda: docx(TRACKED), warns=("tracked_changes",), never=("99.999",), value=VALUE),
    )),
    Case(27, "hidden text", (File("a.docx", lambda: docx(HIDDEN), warns=("hidden_text",), never=("99.999",), value=VALUE),)),
    Case(28, "figures in a text box, content control, header, footer, footnote", (
        File("a.docx", odd_places, says=(READ, "111", "222", "333", "444", "555"), facts=box_is_read_once),
    )),
    Case(29, "automatic numbering beside a typed one", (File("a.docx", numbered, value=VALUE, facts=only_the_figure),)),
    Case(30, "fields, a dirty one too; an equation", (
        File("a.docx", lambda: docx(FIELDS), warns=("dirty_field",), says=(READ, "05/7/2024", "98,5"), never=("SUM", "99.999"), value=VALUE),
    )),
    Case(31, "Strict OOXML; WPS and LibreOffice output", (
        File("a.docx", strict, value=VALUE), File("b.docx", wps, value=VALUE),
    ), prove=through_libreoffice, expected="OK", seconds=600, slow=True),
    Case(32, "external link, remote template, OLE object, macro", (
        File("a.docx", pointing_outside, warns=("external_link", "unread_part"), value=VALUE),
        File("b.docm", with_object, warns=("embedded_object", "macro"), value=VALUE),
    )),
)  # fmt: skip
