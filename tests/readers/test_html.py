"""HTML pages and exports: what is seen is read, on its true grid; what is hidden or runs is not."""

from __future__ import annotations

import pytest

from extractors import limits
from extractors.errors import Unreadable
from extractors.model import Document, Paragraph, Source, Table
from extractors.readers import html


def document(markup: str | bytes) -> Document:
    data = markup.encode() if isinstance(markup, str) else markup
    return html.read(data, Source("a.html", "0" * 64, len(data), "html"))


def paragraphs(markup: str) -> list[Paragraph]:
    return [b for b in document(markup).blocks if isinstance(b, Paragraph)]


def tables(markup: str) -> list[Table]:
    return [b for b in document(markup).blocks if isinstance(b, Table)]


def rows(found: Table) -> list[list[str]]:
    return [[c.passage.text if c else "" for c in row] for row in found.grid()]


def test_blocks_are_paragraphs_and_blanks_are_collapsed() -> None:
    found = paragraphs("<h1>BÁO&nbsp;CÁO</h1><div>Tổng số:\n   <b>33.451</b> hồ sơ<br>dòng hai<p>ba</div>đuôi")
    assert [(p.passage.locator, p.passage.text) for p in found] == [
        ("p1", "BÁO\xa0CÁO"),
        ("p2", "Tổng số: 33.451 hồ sơ\ndòng hai"),
        ("p3", "ba"),
        ("p4", "đuôi"),
    ]
    assert [p.bold for p in found] == [True, False, False, False]


def test_a_number_split_by_tags_stays_whole() -> None:
    assert paragraphs("<p>33<b>.4</b><span>51</span> hồ sơ")[0].passage.text == "33.451 hồ sơ"


def test_alignment_comes_from_style_attribute_or_element() -> None:
    found = paragraphs('<p style="text-align:center">a<p align="RIGHT">b<center>c</center><div align=justify><p>d')
    assert [p.align for p in found] == ["center", "right", "center", "justify"]


def test_lists_give_labels_and_levels() -> None:
    found = paragraphs(
        "<ul><li>Một<ul><li>Hai 2</li></ul></li><li>- Ba</li></ul><ol start=3><li>x<li>y</ol><ol type=a><li>z</ol>"
        "<ul style='list-style: none'><li>q</ul>"
    )
    assert [(p.level, p.label, p.passage.text) for p in found] == [
        (1, "-", "Một"),
        (2, "-", "Hai 2"),
        (1, "", "- Ba"),
        (1, "3.", "x"),
        (1, "4.", "y"),
        (1, "a.", "z"),
        (1, "", "q"),
    ]


def test_what_a_browser_does_not_show_is_left_out() -> None:
    found = paragraphs(
        "<head><title>1</title><style>p{2}</style></head><nav>3</nav><script>4</script><p hidden>5"
        "<p style='display: none'>6<!-- 7 --><div role=navigation>8</div><button>9</button><p>thấy"
    )
    assert [p.passage.text for p in found] == ["thấy"]


def test_spans_make_the_true_grid() -> None:
    [found] = tables(
        "<table><caption>Bảng 1</caption><tr><th rowspan=2>STT<th colspan=2>Kết quả<tr><th>ĐVT<th>Số liệu"
        "<tr><td rowspan=0>1<td>Hồ sơ<td><p>12</p><p>13</p><tr><td><td>5</table>"
    )
    assert rows(found) == [
        ["STT", "Kết quả", "Kết quả"],
        ["STT", "ĐVT", "Số liệu"],
        ["1", "Hồ sơ", "12\n13"],
        ["1", "", "5"],
    ]
    assert found.cells[1].passage.locator == "t1/r1/c2"


def test_hidden_rows_and_cells_take_no_place() -> None:
    [found] = tables("<table><tr><td>a<td>1<tr style='display:none'><td>x<td>9<tr><td>b<td hidden>8<td>2</table>")
    assert rows(found) == [["a", "1"], ["b", "2"]]


def test_a_table_that_only_places_things_is_read_as_text() -> None:
    page = "<table><tr><td><h2>Tin</h2><p>Sở đã nhận 590 hồ sơ<td><table><tr><td>a<td>1<tr><td>b<td>2</table></table>"
    assert [p.passage.text for p in paragraphs(page)] == ["Tin", "Sở đã nhận 590 hồ sơ"]
    assert [rows(t) for t in tables(page)] == [[["a", "1"], ["b", "2"]]]


@pytest.mark.parametrize(
    "page",
    [
        "<meta charset=utf-8><p>Tổng số hồ sơ".encode(),
        "<meta charset='windows-1252'><p>Tổng số hồ sơ".encode(),  # lies: it is UTF-8
        "\ufeff<p>Tổng số hồ sơ".encode("utf-16-le"),
        "<meta charset=windows-1252><p>T\u1ed5ng s\u1ed1 h\u1ed3 s\u01a1".encode("cp1252", "xmlcharrefreplace"),
        '<?xml version="1.0" encoding="utf-8"?><html><body><p>Tổng số hồ sơ</p></body></html>'.encode(),
    ],
)
def test_encodings(page: bytes) -> None:
    assert next(document(page).passages()).text == "Tổng số hồ sơ"


def test_no_entity_of_the_file_is_expanded() -> None:
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y "bom">]><p>[&x;][&y;]'
    assert "bom" not in paragraphs(page)[-1].passage.text.replace("ENTITY y", "")
    assert "[&x;]" in paragraphs(page)[-1].passage.text


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<table><tr><td colspan=50000000>a<td>b</table>", "table_too_wide"),
        ("<table><tr>" + "<td>1" * (limits.MAX_TABLE_COLUMNS + 1) + "</table>", "table_too_wide"),
        ("<table><tr><td colspan=500>a<td>b" + "<tr><td>1" * 1_100 + "</table>", "too_large"),
        ("<div>" * 3_000 + "9", "too_deep"),
        ("<b>" * 3_000 + "9", "too_deep"),
        ("<table><tr><td>" * 700 + "9", "too_deep"),
        ("<html><script>1</script></html>", "empty"),
    ],
)
def test_limits(page: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        document(page)
    assert caught.value.code == code


def test_a_long_page_takes_linear_time() -> None:
    page = "<table>" + "<tr><td>1<td>Hồ sơ<td>5" * 5_000 + "</table>" + "<p>x 1" * 5_000
    found = document(page)
    assert len(found.blocks) == 5_001
