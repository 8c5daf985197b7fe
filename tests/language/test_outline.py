"""Which line hangs under which: headings, bullets, sentences that end in a colon, lines torn apart by a page."""

from __future__ import annotations

import itertools

import pytest

from extractors.facts.clauses import sentences
from extractors.language.outline import PLAIN_DEPTH, Line, outline
from extractors.model import Cell, Paragraph, ParagraphKind, Passage, Table


def lines(*texts: str | Paragraph) -> list[Line]:
    """The outline of paragraphs p1, p2, …"""
    blocks = [
        text if isinstance(text, Paragraph) else Paragraph(Passage(text, f"p{n}")) for n, text in enumerate(texts, 1)
    ]
    return [item for item in outline(blocks, frozenset(), frozenset()) if isinstance(item, Line)]


def parents(*texts: str | Paragraph) -> list[int | None]:
    """The parent of each line."""
    return [line.parent for line in lines(*texts)]


@pytest.mark.parametrize(
    ("text", "depth", "marker"),
    [
        ("A. TÌNH HÌNH CHUNG", 0, "A"),
        ("II. KẾT QUẢ", 1, "II"),
        ("Phần II. KẾT QUẢ", 1, "II"),
        ("3. Cải cách thủ tục", 2, "3"),
        ("3.Cải cách thủ tục", 2, "3"),
        ("3.1. Kiểm soát thủ tục", 3, "3.1"),
        ("3.1.2 Rà soát", 3, "3.1.2"),
        ("a) Về tiếp nhận", 4, "a"),
        ("đ) Về trả kết quả", 4, "đ"),
        ("(1) Về tiếp nhận", 4, "1"),
        ("- Tiếp nhận", 5, "-"),
        ("– Tiếp nhận", 5, "-"),
        ("+ Quá hạn: 2", 5, "+"),
        ("Trong kỳ đã tiếp nhận", PLAIN_DEPTH, ""),
        ("33.451 hồ sơ", PLAIN_DEPTH, ""),
        ("2.5 điểm", 3, "2.5"),
        ("-5", 5, "-"),
    ],
)
def test_the_marker_of_a_line(text: str, depth: int, marker: str) -> None:
    (line,) = lines(text)
    assert (line.depth, line.bullet) == (depth, marker)
    assert not line.text[: line.body].strip(" .)(+-").replace("Phần ", "").replace(marker.strip("-+"), "", 1).strip()


def test_headings_hold_what_stands_under_them() -> None:
    made = lines("I. KẾT QUẢ", "1. Tiếp nhận", "Trong kỳ: 5 hồ sơ.", "2. Giải quyết", "II. ĐÁNH GIÁ", "Đạt yêu cầu.")
    assert [line.parent for line in made] == [None, 0, 1, 0, None, 4]
    assert [line.headings for line in made] == [(), (0,), (0, 1), (0,), (), (4,)]


def test_bullets_hang_under_the_sentence_with_the_colon() -> None:
    made = lines(
        "Kết quả giải quyết như sau:",
        "- Hồ sơ đang giải quyết: 14, trong đó:",
        "+ Trong hạn: 12",
        "+ Quá hạn: 2",
        "- Hồ sơ trả lại: 1",
    )
    assert [line.parent for line in made] == [None, 0, 1, 1, 0]
    assert len({line.site for line in made}) == 1


def test_a_plain_paragraph_ends_the_bullets() -> None:
    assert parents("- Một", "+ Hai", "Kết quả chung.", "+ Ba") == [None, 0, None, None]


def test_bullets_of_one_heading_share_a_site_those_of_the_next_do_not() -> None:
    made = lines("1. Tiếp nhận", "- Trực tuyến: 5", "- Trực tiếp: 6", "2. Giải quyết", "- Đúng hạn: 7")
    sites = [line.site for line in made]
    assert sites[0] == sites[1] == sites[2]
    assert sites[3] == sites[4] != sites[0]


def test_a_glyph_that_comes_back_closes_what_was_opened_below_it() -> None:
    assert parents("* Cấp tỉnh", "- Tiếp nhận", "+ Mới", "- Giải quyết", "* Cấp xã", "- Tiếp nhận") == [
        None,
        0,
        1,
        0,
        None,
        4,
    ]


def test_labels_that_the_file_generates_count_as_markers() -> None:
    made = lines(
        Paragraph(Passage("KẾT QUẢ", "p1"), label="I."),
        Paragraph(Passage("Tiếp nhận 5 hồ sơ", "p2"), label="-", level=0),
        Paragraph(Passage("Trong đó mới: 3", "p3"), label="-", level=1),
    )
    assert [(line.depth, line.bullet, line.parent) for line in made] == [(1, "I", None), (5, "-/0", 0), (5, "-/1", 1)]
    assert [line.body for line in made] == [0, 0, 0]


def test_a_sentence_torn_by_a_page_is_one_line_with_the_way_back() -> None:
    (line,) = lines("Trong kỳ đã giải quyết đúng hạn là", "33.451 hồ sơ, đạt 99%.")
    assert line.text == "Trong kỳ đã giải quyết đúng hạn là 33.451 hồ sơ, đạt 99%."
    at = line.text.index("33.451")
    passage, start, end = line.origin(at, at + 6)
    assert (passage.locator, passage.text[start:end]) == ("p2", "33.451")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Đã giải quyết 5 hồ sơ.", "trong đó 3 hồ sơ trước hạn"),
        ("Đã giải quyết 5 hồ sơ", "Trong đó 3 hồ sơ trước hạn"),
        ("Đã giải quyết 5 hồ sơ", "- trước hạn 3"),
        ("KẾT QUẢ NĂM", "Trong năm"),
    ],
)
def test_what_ends_or_begins_anew_is_not_joined(before: str, after: str) -> None:
    assert len(lines(before, after)) == 2


@pytest.mark.parametrize("kind", ["header", "footer", "footnote", "textbox"])
def test_furniture_hangs_nowhere_and_is_joined_to_nothing(kind: ParagraphKind) -> None:
    torn = (Paragraph(Passage("Đã giải quyết là", "p1")), Paragraph(Passage("5", "x1"), kind=kind), "12 hồ sơ")
    made = lines(*torn)
    assert [(line.kind, line.parent) for line in made] == [("body", None), (kind, None), ("body", None)]


def test_tables_keep_their_place() -> None:
    table = Table("t1", 1, 1, (Cell(0, 0, Passage("5", "t1/r1/c1")),))
    before, after = Paragraph(Passage("I. KẾT QUẢ", "p1")), Paragraph(Passage("Đạt.", "p2"))
    made = list(outline([before, table, after], frozenset(), frozenset()))
    assert made[1] is table
    assert isinstance(made[2], Line) and made[2].parent == 0


def test_titles_stand_alone() -> None:
    blocks = [Paragraph(Passage(t, f"p{n}")) for n, t in enumerate(("Kết quả cải cách của", "tỉnh năm 2024"), 1)]
    made = list(outline(blocks, frozenset({"p1"}), frozenset({"p1"})))
    assert [line.kind for line in made if isinstance(line, Line)] == ["title", "body"]


def test_sentences_end_at_full_stops_that_no_figure_holds() -> None:
    text = "Đã tiếp nhận 1.204 hồ sơ. Trong đó mới 1.150 hồ sơ; đạt 99.5%. Còn lại 5."
    spans = sentences(text, 0, [])
    assert next(text[a:b].strip() for a, b in spans) == "Đã tiếp nhận 1.204 hồ sơ."
    assert text[slice(*spans[-1])].strip() == "Còn lại 5."
    assert all(a < b for a, b in spans) and all(x[1] <= y[0] for x, y in itertools.pairwise(spans))


def test_a_deep_outline_is_walked_in_bounded_work() -> None:
    made = lines(*(f"{'-' if n % 2 else '+'} Mục {n}" for n in range(4_000)))
    assert len(made) == 4_000
    assert all(line.parent is None or line.parent < line.index for line in made)
