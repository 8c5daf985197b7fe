"""How sure recognition was, carried from the words of a page to the figures, citations and dates that stand on it."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.facts.assemble import facts
from extractors.model import Document, Paragraph, Passage, Place, Report, Source

SOURCE = Source("in/quet.pdf", "0" * 64, 1, "pdf", "ocr", 2)
LINE = "Thực hiện Quyết định số 707/QĐ-UBND ngày 09/3/2023, đã giải quyết 33.451 hồ sơ, trước hạn 33.400 hồ sơ."


def passage(text: str, locator: str = "p1", page: int = 1, **sure: int | None) -> Passage:
    """A paragraph whose words have confidence 90, those of `sure` (by their place among the words, "w7") their own."""
    words = enumerate(re.finditer(r"\S+", text))
    places = (Place(w.start(), w.end(), page, (0, 0, 1, 1), sure.get(f"w{n}", 90)) for n, w in words)
    return Passage(text, locator, tuple(places))


def read(*passages: Passage) -> Report:
    return facts(Document(SOURCE, tuple(Paragraph(p) for p in passages)))


def test_a_passage_is_as_sure_as_the_least_sure_of_its_words() -> None:
    made = passage("đã giải quyết 33 451 hồ sơ", w3=70, w4=60, w5=10)
    assert made.confidence(14, 20) == 60
    assert made.confidence(14, 16) == 70
    assert made.confidence(0, 2) == 90
    assert Passage("không có chỗ", "p1").confidence(0, 5) is None
    assert replace(made, places=tuple(replace(p, confidence=None) for p in made.places)).confidence(0, 9) is None


def test_figures_citations_and_dates_have_the_confidence_of_their_own_words() -> None:
    report = read(passage(LINE, w5=55, w11=41, w12=3))
    assert [(o.quantity.text, o.confidence) for o in report.observations] == [("33.451", 41), ("33.400", 90)]
    assert [(c.key, c.confidence) for c in report.citations] == [("707/QĐ-UBND", 55)]
    (dated,) = read(passage("Tính đến hết ngày 15/12/2023, đã giải quyết 12 hồ sơ.", w4=62)).dates
    assert dated.confidence == 62


def test_pages_are_told_apart_by_how_their_words_were_obtained() -> None:
    text = passage("Có 12 hồ sơ trễ hạn.", "p1", 1, **{f"w{n}": None for n in range(6)})
    false = passage("Có 14 hồ sơ trễ hạn.", "p3", 3, **{f"w{n}": 0 for n in range(6)})
    report = read(text, passage(LINE, "p2", 2), false)
    assert (report.recognised, report.untrusted) == ((2, 3), (3,))
    assert read(text).recognised == ()


def test_a_word_that_was_not_made_out_leaves_its_paragraph_in_doubt() -> None:
    lost = passage("Tiếp nhận 766B hồ sơ, gồm 332 hồ sơ từ kỳ trước.", "p1")
    guessed = passage("Tiếp nhận 7668 hồ sơ, trong đó 332 hồ sơ.", "p2", w6=12)
    sound = passage("Tiếp nhận 7668 hồ sơ theo QĐ 20A, mẫu II.06b.", "p3")
    speck = passage("Tiếp nhận 7668 hồ sơ . trong kỳ", "p4", w5=1)
    assert read(lost, guessed, sound, speck).garbled == {"p1", "p2"}
    assert read(passage("Tiếp nhận 766B hồ sơ", "p1", **{f"w{n}": None for n in range(5)})).garbled == set()
