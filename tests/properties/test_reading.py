"""Whatever a text says, reading and judging it ends in facts that hang together."""

from __future__ import annotations

from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st

from extractors import report_of
from extractors.language.normalise import normalise
from extractors.model import Cell, Document, Paragraph, Passage, Report, Source, Table
from pipeline.checks import check
from pipeline.checks.model import Judgement
from tests.properties.effort import heavy

PHRASES = [
    "BÁO CÁO", "Số: /BC-SCT", "Hà Nam, ngày 20 tháng 12 năm 2024", "Kết quả cải cách hành chính năm 2024", "I. KẾT QUẢ",
    "Tổng số hồ sơ tiếp nhận", "đã giải quyết", "đang giải quyết", "trong đó", "gồm", "trước hạn", "đúng hạn", "quá hạn", "trả lại",
    "không có hồ sơ trễ hạn", "tỷ lệ", "đạt", "hồ sơ", "TTHC", "điểm", "%", "/", "(", ")", ",", ";", ".", ":", "- ", "+ ", "\n", "= ", " × ",
    "33.451", "7", "0", "99,98%", "12/19", "26/127", "1.234", "1,2,3", "104,2%", "gần 600", "ngày 31/6/2024", "từ ngày 1/1/2024 đến 15/12/2024",
    "Quyết định số 12/QĐ-UBND ngày 01/3/2024 của UBND tỉnh", "04 quyết định", "Nghị định 61", "91-KL/TU", "quý III", "so với cùng kỳ năm 2023",
    "H23.02-200922-0005", "II.06a/VPCP/KSTT", "24/7", "tám hồ sơ", "xếp hạng", "Chỉ số CCHC", "cấp tỉnh", "Sở Y tế", "phấn đấu", "\u00a0", "\u00ad",
]  # fmt: skip
phrases = st.sampled_from(PHRASES)
lines = st.lists(phrases, min_size=1, max_size=14).map(" ".join) | st.text(max_size=30)
HEADS = ["STT", "Đơn vị", "Tổng số", "Số hồ sơ tiếp nhận", "Trước hạn", "Tổng cộng", "(3)=(4)+(5)", "Điểm trừ", "Ghi chú", "Đơn vị tính", "1.1", "1.2.3"]  # fmt: skip
cells = st.sampled_from(HEADS) | st.sampled_from(["", "5", "12", "33.451", "0,5", "98%", "Sở Y tế", "x"]) | phrases


def document(paragraphs: list[str], rows: list[list[str]]) -> Document:
    """Paragraphs, then a table, as a reader would hand them over."""
    blocks: list[Paragraph | Table] = [
        Paragraph(Passage(text, f"p{n}")) for n, text in enumerate(paragraphs, 1) if text
    ]
    width = max(map(len, rows), default=0)
    if width:
        made = tuple(
            Cell(r, c, Passage(text, f"t1/r{r + 1}/c{c + 1}"))
            for r, row in enumerate(rows)
            for c, text in enumerate(row)
            if text
        )
        blocks.append(Table("t1", len(rows), width, made))
    return Document(Source("x.txt", "0" * 64, 1, "txt"), tuple(blocks))


def hang_together(source: Document, report: Report, judgement: Judgement) -> None:
    """Coverage adds up, ids are unique and lead somewhere, and a figure stands where it says."""
    c = report.coverage
    assert c.total == c.observation + c.citation + c.date + c.numbering + c.ignored + c.unread
    figures = {o.id for o in report.observations}
    facts = [*report.observations, *report.citations, *report.dates, *report.relations]
    assert max(Counter(fact.id for fact in facts).values(), default=1) == 1
    assert all(term.observation in figures for relation in report.relations for term in relation.terms)
    named = figures | {cited.id for cited in report.citations}
    assert all(cited in named for relation in report.relations for cited in relation.cited)
    said = {passage.locator: passage.text for passage in source.passages()}
    for o in report.observations:
        assert normalise(said[o.locator][o.start : o.end]).text.startswith(o.quantity.text)
    checks = {check.id for check in judgement.checks}
    assert len({finding.id for finding in judgement.findings}) == len(judgement.findings)
    for finding in judgement.findings:
        assert set(finding.checks) <= checks and set(finding.evidence) <= named
        assert all(suspect.observation in figures for suspect in finding.suspects)


@heavy
@given(st.lists(lines, max_size=8), st.lists(st.lists(cells, max_size=6), max_size=6))
@example([], [["Đơn vị", "Tổng số", ""], []])  # a column without a head beside one of totals
@example([], [["Đơn vị", "Đơn vị"], ["Tổng số"], ["Tổng số"]])  # nothing but rows of totals
def test_any_text_is_read_and_judged(paragraphs: list[str], rows: list[list[str]]) -> None:
    source = document(paragraphs, rows)
    report = report_of(source)
    hang_together(source, report, check(report))
    assert report_of(source) == report


@heavy
@given(st.lists(st.integers(0, 500), min_size=2, max_size=6), st.integers(0, 3))
@example([500, 500, 1015], 0)  # 2015 is no year here
@example([19, 500, 500], 3)  # nor 1022 a hotline
def test_a_total_row_is_judged_by_its_sum_alone(column: list[int], off: int) -> None:
    """A column of any figures with its total: an error exactly where the total is wrong."""
    rows = [["STT", "Đơn vị", "Số hồ sơ tiếp nhận"]]
    rows += [[str(n), f"Phường {chr(64 + n)}", str(value)] for n, value in enumerate(column, 1)]
    rows += [["", "Tổng cộng", str(sum(column) + off)]]
    judgement = check(report_of(document(["Số hồ sơ tiếp nhận của các phường năm 2024"], rows)))
    assert [c.verdict for c in judgement.checks if c.rule == "sum.column"] == ["error" if off else "ok"]
