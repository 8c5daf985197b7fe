"""Sentences in the wordings that offices use, each figure with its indicator."""

import tomllib
from pathlib import Path

import pytest

from extractors.facts.assemble import facts
from extractors.model import Document, Paragraph, Passage, Report, Source

SENTENCES = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))["sentence"]


def read(*paragraphs: str) -> Report:
    blocks = tuple(Paragraph(Passage(text, f"p{n}")) for n, text in enumerate(paragraphs, 1))
    return facts(Document(Source("x.txt", "0", 0, "txt"), blocks))


@pytest.mark.parametrize("entry", SENTENCES, ids=lambda e: e["text"][:50])
def test_figures_are_bound(entry: dict[str, object]) -> None:
    head = ["BÁO CÁO", "Kết quả năm 2024", "I. KẾT QUẢ ĐẠT ĐƯỢC"]
    under = [str(entry["under"])] if "under" in entry else []
    report = read(*head, *under, str(entry["text"]))
    own = [o for o in report.observations if not (under and o.locator == "p4")]
    got = [f"{format(o.value, 'f')} {o.indicator or '-'}" for o in own]
    assert got == entry["figures"]


def test_nested_bullets_are_parts_of_their_parent() -> None:
    report = read(
        "Kết quả như sau:",
        "- Tổng số hồ sơ tiếp nhận: 120 hồ sơ, trong đó:",
        "+ Kỳ trước chuyển sang: 20 hồ sơ",
        "+ Tiếp nhận mới: 100 hồ sơ",
    )
    (relation,) = [r for r in report.relations if r.kind == "parts"]
    values = {o.id: o.value for o in report.observations}
    assert [values[t.observation] for t in relation.terms] == [120, 20, 100]


def test_every_digit_run_is_accounted_for() -> None:
    report = read("Theo Kế hoạch số 12/KH-UBND ngày 03/01/2024, năm 2024 đã tiếp nhận 35 hồ sơ tại Mục 2, mã 77-88.")
    c = report.coverage
    assert c.total == c.observation + c.citation + c.date + c.numbering + c.ignored + c.unread
    assert (c.observation, c.ignored, c.unread) == (1, 1, 2)
