"""A report of a few lines as recognition would hand it over: every word on page 1 with a confidence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from extractors.facts.assemble import facts
from extractors.model import Document, Paragraph, Passage, Place
from extractors.readers import read
from pipeline.checks import check
from tests.checks.judging import DATE, NUMBER, TITLE, Judged


def document(body: str) -> Document:
    """The report as a text file gives it: without pages."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "bao-cao.txt")
        path.write_text(f"UBND TỈNH HÀ NAM\nSỞ CÔNG THƯƠNG\n{NUMBER}\n{DATE}\n{TITLE}\n{body}\n", encoding="utf-8")
        return read(path)


def scanned(body: str, sure: int = 96, unsure: Mapping[str, int] | None = None, page: int = 1) -> Judged:
    """The report as recognised: each word with confidence `sure`, those of `unsure` with their own."""
    told = partial(_placed, sure=sure, unsure=unsure or {}, page=page)
    text = document(body)
    blocks = tuple(
        replace(block, passage=told(block.passage))
        if isinstance(block, Paragraph)
        else replace(block, cells=tuple(replace(cell, passage=told(cell.passage)) for cell in block.cells))
        for block in text.blocks
    )
    report = facts(replace(text, blocks=blocks))
    made = check(report)
    return Judged(report, made.checks, made.findings)


def _placed(passage: Passage, sure: int, unsure: Mapping[str, int], page: int) -> Passage:
    places = (
        Place(
            word.start(),
            word.end(),
            page,
            (float(word.start()), 0.0, float(word.end()), 12.0),
            _of(word[0], sure, unsure),
        )
        for word in re.finditer(r"\S+", passage.text)
    )
    return replace(passage, places=tuple(places))


def _of(word: str, sure: int, unsure: Mapping[str, int]) -> int:
    return unsure.get(word.strip(".,;:()"), sure)
