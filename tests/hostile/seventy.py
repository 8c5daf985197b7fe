"""The seventy inputs that the program must survive, in one table."""

from __future__ import annotations

from tests.hostile import container, paper, process, word, wording
from tests.hostile.case import Case

CASES: tuple[Case, ...] = (*container.CASES, *word.CASES, *paper.CASES, *wording.CASES, *process.CASES)
