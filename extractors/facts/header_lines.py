"""The lines of a document's own paragraphs, as `header` reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

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
    also: tuple[str, ...] = ()  # addresses of lines that were joined to this one

    @property
    def locators(self) -> tuple[str, ...]:
        """Addresses of all that the line holds."""
        return self.locator, *self.also

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


_CUT = re.compile(r"(?:^|\s)Số\s*:?$|ngày\s*\d{0,2}$|tháng\s*\d{0,2}$")


def rejoin(lines: Sequence[HeadLine]) -> list[HeadLine]:
    """The lines with number and date whole where a narrow cell broke them ("Số:" | "06/2024/QĐ-UBND")."""
    whole: list[HeadLine] = []
    for line in lines:
        if whole and len(whole[-1].text) < 60 and len(line.text) < 60 and _CUT.search(whole[-1].text):
            whole[-1] = replace(whole[-1], text=f"{whole[-1].text} {line.text}", also=(*whole[-1].also, line.locator))
        else:
            whole.append(line)
    return whole


def join(lines: Sequence[HeadLine]) -> str:
    """The lines as one running text."""
    return " ".join(line.text for line in lines)
