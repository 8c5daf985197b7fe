"""Words and rules of a page to its tables and lines, wherever the words come from."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.readers.pdf_aligned import aligned_tables
from extractors.readers.pdf_furniture import PageText
from extractors.readers.pdf_lines import Word, lines_of
from extractors.readers.pdf_rules import Rule, grids
from extractors.readers.pdf_stamps import stamps_of
from extractors.readers.pdf_tables import raw_table


def lay_out(page: PageText, words: list[Word], across: Sequence[Rule], down: Sequence[Rule]) -> None:
    """Give `page` its stamps, tables and lines."""
    stamps, free = stamps_of(words)
    page.stamps += stamps
    found, page.loose = grids(across, down)
    for grid in found:
        table, taken = raw_table(grid, free, page.number)
        if table.n_columns >= 2 and taken:
            page.tables.append(table)
            free = [w for w in free if id(w) not in taken]
    aligned, page.lines = aligned_tables(lines_of(free), page.loose, page.number)
    page.tables += aligned
