"""Whatever bytes arrive, a reader gives a Document or an Unreadable: called directly, so that no net below it helps."""

from __future__ import annotations

import importlib
import importlib.util
import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.errors import Unreadable
from extractors.model import Document, Format, Source
from extractors.readers import intake
from tests.hostile import packages, pages

quick = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

FRAGMENTS = ["<table>", "<tr>", "<td rowspan=3>", "<td colspan=0>", "</table>", "<li>", "<ol start=x>", "<p hidden>", "<br>", "&#0;",
    "&#xD800;", "|", "\t", "\n\n", "**", "$", "\\frac{", "1.", "- + ", "STT\tTên\tSố\n", "33.459 hồ sơ", "\0", "\x1b[2J", "<!--"]  # fmt: skip
messy = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=5), max_size=60).map("".join)


def outcome(kind: Format, data: bytes) -> Document | str:
    source = Source("x", "0" * 64, len(data), kind)
    try:
        document: Document = importlib.import_module(f"extractors.readers.{kind}").read(data, source)
    except Unreadable as refusal:
        return refusal.code
    for passage in document.passages():
        assert passage.text
        assert passage.locator
        passage.text.encode("utf-8")
        assert "\0" not in passage.text
    return document


def mutated(good: bytes) -> st.SearchStrategy[bytes]:
    """The good file with some bytes changed, cut out, doubled, or its end missing."""

    def change(edits: list[tuple[str, int, bytes]]) -> bytes:
        data = bytearray(good)
        for what, at, new in edits:
            at %= max(1, len(data))
            if what == "set":
                data[at : at + len(new)] = new
            elif what == "cut":
                del data[at : at + 50]
            elif what == "double":
                data[at:at] = data[at : at + 200]
            else:
                del data[at:]
        return bytes(data)

    edit = st.tuples(
        st.sampled_from(["set", "set", "set", "cut", "double", "end"]),
        st.integers(0, max(1, len(good) - 1)),
        st.binary(min_size=1, max_size=8),
    )
    return st.lists(edit, min_size=1, max_size=6).map(change)


@quick
@given(
    st.binary(max_size=300) | messy.map(str.encode),
    st.sampled_from([".pdf", ".docx", ".doc", ".txt", ".html", "", ".zip"]),
)
def test_the_door_names_or_refuses(data: bytes, extension: str) -> None:
    try:
        kind, _ = intake.sniff(data, "a" + extension)
    except Unreadable:
        return
    assert kind in ("pdf", "docx", "doc", "xlsx", "html", "txt")


@quick
@given(st.binary(max_size=300) | messy.map(lambda t: t.encode("utf-8", "replace")))
def test_text(data: bytes) -> None:
    outcome("txt", data)


@quick
@given(st.binary(max_size=300) | messy.map(lambda t: t.encode("utf-8", "replace")))
def test_html(data: bytes) -> None:
    outcome("html", data)


@quick
@given(mutated(packages.good()))
def test_a_damaged_package(data: bytes) -> None:
    outcome("docx", data)


def _with_document(xml: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (("[Content_Types].xml", packages.TYPES), ("_rels/.rels", packages.ROOT)):
            archive.writestr(name, content)
        archive.writestr("word/document.xml", xml)
    return buffer.getvalue()


ROWS = "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"


@quick
@given(mutated(packages.document(packages.SENTENCE + ROWS * 2).encode()))
def test_a_damaged_document_in_a_sound_package(xml: bytes) -> None:
    outcome("docx", _with_document(xml))


@pytest.mark.skipif(importlib.util.find_spec("extractors.readers.pdf") is None, reason="its reader is not here yet")
@settings(quick, max_examples=40)
@given(mutated(pages.good()) | mutated(pages.ruled_grid()[:3_000]))
def test_a_damaged_pdf(data: bytes) -> None:
    outcome("pdf", data)
