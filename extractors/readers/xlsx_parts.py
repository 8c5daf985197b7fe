"""The parts of a workbook package that hold cells, checked and made plain before openpyxl sees them.

openpyxl builds whatever a part claims: every cell below a merged range or a hyperlink of the whole sheet, every picture and
chart, every style. It is therefore given a package of our own writing: the sheets with their filled cells alone, the shared
strings as plain text, number formats and no other style. Merged ranges, hidden rows and columns and the rules of the table
are read here, by streaming, so that a sheet costs what it holds.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from extractors import limits
from extractors.errors import Unreadable
from extractors.readers.package import Package, Relationship, parse_xml
from extractors.readers.xlsx_stream import SPACE, Allowed, RawSheet, SheetParser, Strings
from extractors.readers.xlsx_styles import Style, Styles, read_styles

_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.%s+xml"
_LEFT_OUT: Final = (
    (re.compile(r"vbaproject\.bin$"), "macro"),
    (re.compile(r"(?:^|/)xl/(?:externallinks/|connections\.xml|querytables/)"), "external_link"),
    (re.compile(r"(?:^|/)xl/embeddings/"), "embedded_object"),
    (re.compile(r"(?:^|/)xl/(?:charts|diagrams|chartsheets)/"), "unread_part"),
)


@dataclass(slots=True)
class Parts:
    """Sheets that are shown; names of those that are not; codes of what is not read; the package for openpyxl."""

    sheets: list[RawSheet]
    styles: Styles
    hidden: list[str]
    warnings: list[str]
    package: io.BytesIO


def open_parts(data: bytes) -> Parts:
    """Open the package. Raises Unreadable with the codes of `package`, and unsupported for the binary kind (.xlsb)."""
    package = Package(data)
    main = _main_part(package)
    root = parse_xml(package.xml(main), main)
    relations = {r.id: r for r in package.relationships(main) if not r.external}
    warnings = [code for pattern, code in _LEFT_OUT if any(map(pattern.search, package.names))]
    styles = read_styles(_optional(package, relations, "styles"))
    shared = _optional(package, relations, "sharedStrings")
    strings = _strings(shared) if shared is not None else None
    sheets: list[RawSheet] = []
    hidden: list[str] = []
    seen: set[str] = set()
    for entry in root.iter(f"{{{SPACE}}}sheet"):
        name, relation = entry.get("name", ""), relations.get(entry.get(f"{{{_RELATIONS}}}id", ""))
        if relation is None or relation.kind != "worksheet" or relation.target in seen:
            continue  # a sheet of charts or of old macros
        seen.add(relation.target)
        if entry.get("state", "visible") != "visible":
            hidden.append(name)
        elif len(sheets) == limits.MAX_SHEETS:
            warnings.append("sheets_left_out")
            break
        else:
            raw = RawSheet(name, f"s{len(sheets) + 1}")
            SheetParser(raw, _allowed(sheets, styles, strings)).parse(package.xml(relation.target), relation.target)
            sheets.append(raw)
    properties = root.find(f"{{{SPACE}}}workbookPr")
    since_1904 = properties is not None and properties.get("date1904", "0") in ("1", "true")
    plain = _plain_package(sheets, styles, strings, since_1904)
    return Parts(sheets, styles, hidden, warnings, plain)


def _main_part(package: Package) -> str:
    for relation in package.relationships(""):
        if relation.kind == "officeDocument" and not relation.external:
            if relation.target.endswith(".bin"):
                raise Unreadable("unsupported", "Excel nhị phân (.xlsb); hãy lưu lại thành .xlsx")
            if relation.target not in package:
                raise Unreadable("corrupt", f"thiếu {relation.target[:80]}")
            return relation.target
    raise Unreadable("corrupt", "thiếu phần sổ tính chính")


def _optional(package: Package, relations: dict[str, Relationship], kind: str) -> bytes | None:
    """The part of a kind that a workbook has once, or None."""
    target = next((r.target for r in relations.values() if r.kind == kind and r.target in package), None)
    return package.xml(target) if target else None


def _strings(content: bytes) -> list[str]:
    strings = Strings()
    strings.parse(content, "sharedStrings")
    return strings.found


def _allowed(before: list[RawSheet], styles: Styles, strings: list[str] | None) -> Allowed:
    """What is left to a sheet after those before it."""
    cells = limits.MAX_SHEET_CELLS - sum(len(s.styles) for s in before)
    merges = limits.MAX_SHEET_MERGES - sum(len(s.merges) for s in before)
    return Allowed(styles, len(strings or ()), cells, merges)


# --- the package for openpyxl --------------------------------------------------------------------------------------


def _plain_package(sheets: list[RawSheet], styles: Styles, strings: list[str] | None, since_1904: bool) -> io.BytesIO:
    entries = "".join(
        f'<sheet name="{s.title}" sheetId="{n}" r:id="rId{n}" xmlns:r="{_RELATIONS}"/>' for n, s in enumerate(sheets, 1)
    )
    properties = f'<workbookPr date1904="{int(since_1904)}"/>'
    parts: dict[str, tuple[str, str, bytes]] = {
        f"xl/{s.title}.xml": ("worksheet", _TYPE % "worksheet", s.xml) for s in sheets
    }
    parts["xl/styles.xml"] = ("styles", _TYPE % "styles", _plain_styles(styles))
    if strings is not None:
        parts["xl/sharedStrings.xml"] = ("sharedStrings", _TYPE % "sharedStrings", _plain_strings(strings))
    workbook = f'<workbook xmlns="{SPACE}">{properties}<sheets>{entries}</sheets></workbook>'
    overrides = "".join(_override(name, kind) for name, (_, kind, _) in parts.items())
    main = _override("xl/workbook.xml", _TYPE % "sheet.main")
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{default}{main}{overrides}</Types>'
        )
        archive.writestr("_rels/.rels", _links([("officeDocument", "/xl/workbook.xml")]))
        archive.writestr("xl/workbook.xml", workbook)
        archive.writestr("xl/_rels/workbook.xml.rels", _links([(kind, f"/{n}") for n, (kind, *_) in parts.items()]))
        for name, (*_, content) in parts.items():
            archive.writestr(name, content)
    buffer.seek(0)
    return buffer


def _plain_strings(strings: list[str]) -> bytes:
    items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
    return f'<sst xmlns="{SPACE}">{items}</sst>'.encode("utf-8", "replace")


def _plain_styles(styles: Styles) -> bytes:
    """Number formats alone, one cell format for each of the file's."""
    codes = {code: n for n, code in enumerate(dict.fromkeys(look.code for look in styles.looks), 200)}
    formats = "".join(f'<numFmt numFmtId="{n}" formatCode={quoteattr(code)}/>' for code, n in codes.items())
    looks = "".join(_xf(codes, look) for look in styles.looks)
    empty = (
        "<fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>"
        '<cellStyleXfs><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    )
    inside = f"<numFmts>{formats}</numFmts>{empty}<cellXfs>{looks}</cellXfs>"
    return f'<styleSheet xmlns="{SPACE}">{inside}</styleSheet>'.encode("utf-8", "replace")


def _xf(codes: dict[str, int], look: Style) -> str:
    return f'<xf numFmtId="{codes[look.code]}" fontId="0" fillId="0" borderId="0" xfId="0"/>'


def _override(name: str, kind: str) -> str:
    return f'<Override PartName="/{name}" ContentType="{kind}"/>'


def _links(entries: list[tuple[str, str]]) -> str:
    """Relationships, numbered in their order."""
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/{kind}" Target={quoteattr(target)}/>'
        for n, (kind, target) in enumerate(entries, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'
