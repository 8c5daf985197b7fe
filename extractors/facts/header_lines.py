"""The lines of a document's own paragraphs, as `header` reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.language.normalise import normalise
from extractors.model import Document, Paragraph, Table

#: Letters of Vietnamese for character classes; a range would mix capitals and small letters.
CAPITALS = "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬBCDĐEÈÉẺẼẸÊỀẾỂỄỆFGHIÌÍỈĨỊJKLMNOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢPQRSTUÙÚỦŨỤƯỪỨỬỮỰVWXYỲÝỶỸỴZ"
SMALL = CAPITALS.lower()


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One printed line: normalised text without marks of emphasis, its block and address, how it is set."""

    text: str
    block: int
    locator: str
    centred: bool
    bold: bool

    @property
    def capitals(self) -> bool:
        """Whether it is printed in capitals throughout (digits and signs aside)."""
        letters = [c for c in self.text if c.isalpha()]
        return len(letters) >= 2 and all(c.isupper() for c in letters)


def lines_of(document: Document, first: int = 0, last: int | None = None) -> list[HeadLine]:
    """Non-empty lines of the paragraphs in `blocks[first:last]`, in reading order; tables are left out."""
    found = []
    for index, block in enumerate(document.blocks[first:last], first):
        if isinstance(block, Table) or block.kind not in ("body", "textbox"):
            continue
        found.extend(_lines(block, index))
    return found


def cell_lines(document: Document, block: int) -> list[HeadLine]:
    """Lines of a table's cells, for a letterhead that a reader has kept as a table."""
    table = document.blocks[block]
    if not isinstance(table, Table):
        return []
    return [
        HeadLine(text, block, cell.passage.locator, False, False)
        for cell in table.cells
        for text in _clean(cell.passage.text)
    ]


def _lines(block: Paragraph, index: int) -> list[HeadLine]:
    centred = block.align == "center"
    return [HeadLine(text, index, block.passage.locator, centred, block.bold) for text in _clean(block.passage.text)]


def _clean(text: str) -> list[str]:
    pieces = (re.sub(r"[ \t]+", " ", piece).strip(" *#\t") for piece in re.split(r"\n|\t{2,}", normalise(text).text))
    return [piece for piece in pieces if piece]


def join(lines: Sequence[HeadLine]) -> str:
    """The lines as one running text."""
    return " ".join(line.text for line in lines)
