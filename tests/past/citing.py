"""Documents that the reports of a province cite: plans and decisions of the year, central documents of all years."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Final

from tests.past.draft import Document

CENTRAL: Final = (
    Document("Nghị định", "NĐ", "61", 2018, "NĐ-CP", date(2018, 4, 23), "Chính phủ"),
    Document("Nghị định", "NĐ", "63", 2010, "NĐ-CP", date(2010, 6, 8), "Chính phủ"),
    Document("Nghị định", "NĐ", "107", 2021, "NĐ-CP", date(2021, 12, 6), "Chính phủ"),
    Document("Thông tư", "TT", "01", 2023, "TT-VPCP", date(2023, 4, 5), "Văn phòng Chính phủ"),
    Document("Nghị quyết", "NQ", "76", None, "NQ-CP", date(2021, 7, 15), "Chính phủ"),
    Document("Quyết định", "QĐ", "766", None, "QĐ-TTg", date(2022, 6, 23), "Thủ tướng Chính phủ"),
)
_KINDS: Final = (("Kế hoạch", "KH"), ("Quyết định", "QĐ"), ("Chỉ thị", "CT"), ("Kế hoạch", "KH"), ("Quyết định", "QĐ"))


class Shelf:
    """What one province cites in one year. `seen` is who cited a document first with its right date."""

    def __init__(self, rng: random.Random, body: str, first: date) -> None:
        self.seen: dict[Document, str] = {}
        self.documents: list[Document] = []
        # numbers start anew each year, and after a merger: the same number is another document then
        numbers = {"KH": 2, "QĐ": 11, "CT": 1}
        day = first
        for words, code in _KINDS:
            day += timedelta(days=rng.randint(3, 22))
            numbers[code] += rng.randint(1, 40)
            number = f"{numbers[code]:02d}"
            self.documents.append(Document(words, code, number, None, f"{code}-UBND", day, body))

    def cited(self, rng: random.Random, issued: date) -> list[tuple[Document, date]]:
        """One to three documents that are older than the report."""
        known = [document for document in (*self.documents, *CENTRAL) if document.issued < issued]
        picked = rng.sample(known, min(len(known), rng.randint(1, 3)))
        return [(document, document.issued) for document in picked]
