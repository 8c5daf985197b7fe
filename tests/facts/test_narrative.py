"""Sentences in the wordings that offices use, each figure with its indicator."""

import tomllib
from pathlib import Path

import pytest

from extractors.facts import clauses, stretch
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


def test_a_count_that_looks_like_a_hotline_is_a_count() -> None:
    report = read("BÁO CÁO", "Kết quả năm 2024", "Qua tổng đài 1022 đã tiếp nhận 1022 hồ sơ.")
    assert [(o.value, o.indicator) for o in report.observations] == [(1022, "dossiers_received_total")]


def test_rates_of_other_times_keep_the_name_of_the_rate_before_them() -> None:
    report = read(
        *("BÁO CÁO", "Kết quả tháng 9 năm 2024", "I. KẾT QUẢ ĐẠT ĐƯỢC"),
        "Đã giải quyết 803 hồ sơ, trễ hạn 03 hồ sơ, tỷ lệ trước và đúng hạn đạt 99,63% (tháng 8 là 99,48%).",
    )
    now, before = (o for o in report.observations if o.unit == "%")
    assert (now.indicator, before.indicator) == ("rate_on_time", "rate_on_time")
    assert before.period is not None or before.doubt is not None


def test_a_line_of_many_figures_costs_no_more_than_its_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    """The phrases, numbers and periods that a figure is held against are those of its sentence, however long the line."""
    seen: list[int] = []
    look = stretch.Sentences.seen

    def counted(self: stretch.Sentences, start: int, end: int) -> stretch.Stretch:
        one = look(self, start, end)
        seen.append(len(one.known) + len(one.mentions.numbers) + len(one.cues))
        return one

    monkeypatch.setattr(stretch.Sentences, "seen", counted)
    line = " ".join(f"Sở tiếp nhận {1000 + n} hồ sơ, giải quyết {900 + n} hồ sơ." for n in range(300))
    assert len(read(line).observations) == 600
    assert len(seen) == 300 and max(seen) < 20


def test_a_sentence_without_end_is_cut_behind_a_comma() -> None:
    text = ", ".join(f"lĩnh vực Số {n} có {n} hồ sơ" for n in range(1000))
    pieces = clauses.sentences(text, 0, [])
    assert "".join(text[a:b] for a, b in pieces) == text
    assert len(pieces) > 1 and all(b - a <= 4000 and text[:b].rstrip().endswith(",") for a, b in pieces[:-1])


def test_every_digit_run_is_accounted_for() -> None:
    report = read("Theo Kế hoạch số 12/KH-UBND ngày 03/01/2024, năm 2024 đã tiếp nhận 35 hồ sơ tại Mục 2, mã 77-88.")
    c = report.coverage
    assert c.total == c.observation + c.citation + c.date + c.numbering + c.ignored + c.unread
    assert (c.observation, c.ignored, c.unread) == (1, 1, 2)


def test_a_whole_and_its_shares_are_related() -> None:
    """Where the shares make a hundred the list is all of the whole; each share is out of that whole."""
    report = read(
        *("BÁO CÁO", "Kết quả năm 2024", "I. KẾT QUẢ ĐẠT ĐƯỢC"),
        "Về cơ cấu số đã giải quyết (52.000 hồ sơ): cấp tỉnh chiếm 75,00% (39.000 hồ sơ), cấp xã chiếm 25,00% (13.000 hồ sơ).",
    )
    values = {o.id: o.value for o in report.observations}
    stated = {(r.kind, r.complete, *(values[t.observation] for t in r.terms)) for r in report.relations}
    shares = {("share", False, 75, 39000, 52000), ("share", False, 25, 13000, 52000)}
    assert stated == shares | {("parts", True, 52000, 39000, 13000)}


def test_the_largest_shares_only_are_not_the_whole() -> None:
    report = read(
        *("BÁO CÁO", "Kết quả năm 2024", "I. KẾT QUẢ ĐẠT ĐƯỢC"),
        "Về cơ cấu số đã giải quyết (52.000 hồ sơ): cấp tỉnh chiếm 75,00% (39.000 hồ sơ), cấp xã chiếm 20,00% (10.400 hồ sơ).",
    )
    assert [r.complete for r in report.relations if r.kind == "parts"] == [False]


def test_figures_given_respectively_are_of_the_levels_named() -> None:
    report = read(
        *("BÁO CÁO", "Kết quả năm 2024", "I. KẾT QUẢ ĐẠT ĐƯỢC"),
        "Số hồ sơ tiếp nhận ở cấp tỉnh và cấp xã lần lượt là 14.826 và 71.385 hồ sơ, nâng tổng số lên 86.211 hồ sơ.",
    )
    assert [(o.value, o.scope) for o in report.observations] == [(14826, "cấp tỉnh"), (71385, "cấp xã"), (86211, None)]
