"""The parts of a Word package that hold text, opened with python-docx from bytes that were checked first.

python-docx follows every relationship and unpacks what it finds, pictures included. It is therefore given a package
of the text parts alone, rebuilt in memory: styles, numbering, settings, headers, footers and notes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final
from xml.sax.saxutils import quoteattr

from docx import Document as open_docx
from docx.oxml.ns import qn
from lxml import etree

from extractors.errors import Unreadable
from extractors.readers.package import Package, Relationship, parse_xml, xml_refusal
from extractors.readers.progress import tick

_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.%s+xml"
_TYPES: Final = "[content_types].xml"
_KINDS: Final = frozenset({"styles", "numbering", "settings", "header", "footer", "footnotes", "endnotes"})
_ONCE: Final = _KINDS - {"header", "footer"}
# A main part of Word: document or template, with or without macros.
_MAIN_TYPES: Final = (
    _WORD_TYPE % "document.main",
    _WORD_TYPE % "template.main",
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
_WARNED: Final = {
    "vbaProject": "macro",
    "attachedTemplate": "external_link",
    "oleObject": "embedded_object",
    "package": "embedded_object",
    "aFChunk": "unread_part",
    "subDocument": "unread_part",
    "chart": "unread_part",
    "diagramData": "unread_part",
}


@dataclass(frozen=True, slots=True)
class Parts:
    """Roots of the parts; headers and footers by relationship id. `warnings` are codes, in the order found."""

    document: etree._Element
    single: dict[str, etree._Element]  # "styles", "numbering", "settings", "footnotes", "endnotes"
    edges: dict[str, etree._Element]
    warnings: tuple[str, ...]
    theme: etree._Element | None = None


def open_parts(data: bytes) -> Parts:
    """Open the package. Raises Unreadable with the codes of `package`."""
    package = Package(data)
    main = _main_part(package)
    relations = package.relationships(main)
    content = {main: package.xml(main)}
    kept: list[Relationship] = []
    singles: set[str] = set()
    for relation in relations:
        if relation.external or relation.kind not in _KINDS or relation.target not in package:
            continue
        if relation.kind in _ONCE and relation.kind in singles:
            continue
        singles.add(relation.kind)
        kept.append(relation)
        if relation.target not in content:
            content[relation.target] = package.xml(relation.target)
            tick()
    warnings = tuple(dict.fromkeys(_doubts(package, relations)))
    return replace(_opened(content, main, kept, warnings), theme=_theme(package, relations))


def _theme(package: Package, relations: tuple[Relationship, ...]) -> etree._Element | None:
    """The part that names the fonts of the theme; a damaged one is left out, since the text does not need it."""
    target = next((r.target for r in relations if r.kind == "theme" and not r.external and r.target in package), None)
    if target is None:
        return None
    try:
        return parse_xml(package.xml(target), target)
    except Unreadable:
        return None


def _main_part(package: Package) -> str:
    """The part that the package's own relationships call its document, if its content type is Word's."""
    if _TYPES not in package:
        raise Unreadable("corrupt", "thiếu [Content_Types].xml")
    types = _content_types(package)
    for relation in package.relationships(""):
        if relation.kind == "officeDocument" and not relation.external:
            if relation.target not in package:
                raise Unreadable("corrupt", f"thiếu {relation.target[:80]}")
            if types.get(relation.target) not in _MAIN_TYPES:
                raise Unreadable("corrupt", "phần chính không phải văn bản Word")
            return relation.target
    raise Unreadable("corrupt", "thiếu phần văn bản chính")


def _content_types(package: Package) -> dict[str, str]:
    """Content types of the parts: an Override by name wins over the Default of the extension."""
    root = parse_xml(package.xml(_TYPES), _TYPES)
    space = f"{{{_PACKAGE}/content-types}}"
    defaults = {e.get("Extension", "").lower(): e.get("ContentType", "") for e in root.iter(f"{space}Default")}
    found = {name: defaults.get(name.rpartition(".")[2], "") for name in package.names}
    for entry in root.iter(f"{space}Override"):
        found[entry.get("PartName", "").lstrip("/").lower()] = entry.get("ContentType", "")
    return found


def _doubts(package: Package, relations: tuple[Relationship, ...]) -> Iterator[str]:
    """Codes of what is neither fetched nor run nor read."""
    if any(name.endswith("vbaproject.bin") for name in package.names):
        yield "macro"
    for relation in relations:
        if relation.kind in _WARNED:
            yield _WARNED[relation.kind]
        elif relation.external and relation.kind not in ("hyperlink", "image"):
            yield "external_link"
    settings = next((r.target for r in relations if r.kind == "settings" and r.target in package), None)
    if settings and any(r.external for r in package.relationships(settings)):
        yield "external_link"


def _opened(content: dict[str, bytes], main: str, kept: list[Relationship], warnings: tuple[str, ...]) -> Parts:
    try:
        part = open_docx(_minimal(content, main, kept)).part
    except (etree.XMLSyntaxError, ValueError, KeyError) as error:
        raise xml_refusal(error, main) from error
    single: dict[str, etree._Element] = {}
    edges: dict[str, etree._Element] = {}
    for relation in kept:
        target = part.related_parts[relation.id]
        root = getattr(target, "element", None)
        if root is None:  # a kind that python-docx holds as bytes: notes
            root = parse_xml(target.blob, relation.target)
        if relation.kind in _ONCE:
            single[relation.kind] = root
        else:
            edges[relation.id] = root
    if part.element.find(qn("w:body")) is None:
        raise Unreadable("corrupt", "văn bản không có phần thân")
    return Parts(part.element, single, edges, warnings)


def _minimal(content: dict[str, bytes], main: str, kept: list[Relationship]) -> io.BytesIO:
    """A stored ZIP of the checked parts, with content types and relationships of our own writing."""
    kinds = {r.target: r.kind for r in kept}
    overrides = "".join(
        f"<Override PartName={quoteattr('/' + name)} ContentType={quoteattr(_WORD_TYPE % kinds.get(name, 'document.main'))}/>"
        for name in content
    )
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    types = f'<Types xmlns="{_PACKAGE}/content-types">{default}{overrides}</Types>'
    folder, _, base = main.rpartition("/")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", _relations([("rId1", "officeDocument", main)]))
        archive.writestr(
            f"{folder}/_rels/{base}.rels".lstrip("/"), _relations([(r.id, r.kind, r.target) for r in kept])
        )
        for name, part in content.items():
            archive.writestr(name, part)
    buffer.seek(0)
    return buffer


def _relations(entries: list[tuple[str, str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id={quoteattr(name)} Type="{_RELATIONS}/{kind}" Target={quoteattr("/" + target)}/>'
        for name, kind, target in entries
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'
