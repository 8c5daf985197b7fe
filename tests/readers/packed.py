"""Workbook packages written part by part, for what no well-meaning program writes."""

from __future__ import annotations

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>Tổng số hồ sơ đã tiếp nhận: 33.459 hồ sơ</t></is></c></row>'  # what is read


def sheet(rows: str = ROW, before: str = "", after: str = "", head: str = HEAD) -> str:
    """A worksheet part around rows."""
    return f'{head}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def strings(*texts: str, head: str = HEAD) -> str:
    """A shared strings part."""
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return f'{head}<sst xmlns="{MAIN}" count="4000000000" uniqueCount="4000000000">{items}</sst>'


def workbook(*names: str, properties: str = "", head: str = HEAD) -> str:
    """A workbook part that names sheets of which the part is sheet1.xml and so on."""
    entries = "".join(f'<sheet name="{n}" sheetId="{k}" r:id="rId{k}"/>' for k, n in enumerate(names, 1))
    return f'{head}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}<sheets>{entries}</sheets></workbook>'


def styles(codes: tuple[str, ...], head: str = HEAD) -> str:
    """A styles part with a cell format for each display format, after the plain one."""
    formats = "".join(f'<numFmt numFmtId="{n}" formatCode="{c}"/>' for n, c in enumerate(codes, 164))
    looks = "".join(f'<xf numFmtId="{n}"/>' for n in (0, *range(164, 164 + len(codes))))
    return f'{head}<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs>{looks}</cellXfs></styleSheet>'


def package(
    *sheets: str,
    shared: str | None = None,
    look: str | None = None,
    book: str | None = None,
    more: dict[str, str | bytes] | None = None,
    links: str = "",
) -> bytes:
    """The package of these parts; `links` are more relationships of the workbook, `more` are other members."""
    sheets = sheets or (sheet(),)
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": book or workbook(*(f"Sheet{n}" for n in range(1, len(sheets) + 1))),
    }
    targets = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    parts |= {f"xl/worksheets/sheet{n}.xml": content for n, content in enumerate(sheets, 1)}
    for kind, name, content in (("sharedStrings", "sharedStrings.xml", shared), ("styles", "styles.xml", look)):
        if content is not None:
            targets.append((kind, name))
            parts[f"xl/{name}"] = content
    parts["xl/_rels/workbook.xml.rels"] = relations(targets, links)
    parts["[Content_Types].xml"] = f'<Types xmlns="{PACKAGE}/content-types"/>'
    return zipped(parts | (more or {}))


def relations(entries: list[tuple[str, str]], more: str = "") -> str:
    """A relationships part."""
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(entries, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}{more}</Relationships>'


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP of these members, in their order; the first as it is."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for n, (name, content) in enumerate(parts.items()):
            archive.writestr(name, content, zipfile.ZIP_STORED if not n else None)
    return buffer.getvalue()
