"""How well the pages of a PDF could be read is kept beside the reading, and is no part of its identity."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from extractors.model import PageScore
from pipeline.exports.json import Line, line
from pipeline.warehouse.load import Loader, Run
from pipeline.warehouse.rows import reading_id
from pipeline.warehouse.store import reading, writing
from pipeline.warehouse.verify import probes
from tests.exports.contract import problems
from tests.exports.sample import report


def scored(*scores: PageScore) -> Line:
    made = report()
    return line(dataclasses.replace(made, source=dataclasses.replace(made.source, scores=scores)), None)


def test_scores_are_rows_page_by_page(tmp_path: Path) -> None:
    made = scored(PageScore(1, 250, 249), PageScore(2, 0, 0))
    assert problems(made) == []
    with writing(tmp_path / "w.duckdb") as con:
        Loader(con, Run("0.1.0")).land(made)
    with reading(tmp_path / "w.duckdb") as con:
        found = con.execute("SELECT seq, page, words, syllables FROM page_scores ORDER BY seq").fetchall()
        assert [p for p in probes(con) if p.wrong] == []
    assert found == [(0, 1, 250, 249), (1, 2, 0, 0)]


def test_a_better_score_of_the_same_facts_is_the_same_reading() -> None:
    assert (
        reading_id(scored(PageScore(1, 250, 249))) == reading_id(scored(PageScore(1, 250, 250))) == reading_id(scored())
    )
    assert "page_scores" not in scored()["source"]
