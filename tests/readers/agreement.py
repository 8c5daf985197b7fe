"""How far the kinds of one document agree: `python -m tests.readers.agreement [FOLDER]`.

Prints, for every kind, the share of the facts of the DOCX that the other file yields too (observations, citations, dates,
header and period; both ways, so that a fact too many counts as well): old files as they were handed over
(`FOLDER`, with a `.docx` beside every `.doc`; else that beside the repository), and the samples of `data/raw` rewritten by LibreOffice as `.doc`, `.odt` and `.rtf`; and how many appendix tables
come out of `.xlsx` and `.xls` exactly as out of Word.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from extractors import read, report_of
from extractors.model import Document, Paragraph, Report, Source
from extractors.readers.docx import read as read_docx
from extractors.readers.soffice import convert
from extractors.readers.workbook import read as read_workbook
from tests.readers import books

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted((ROOT / "data" / "raw").glob("*.docx"))
SEEDS = ROOT.parent / "shared" / "seeds"
REWRITTEN = ("doc", "odt", "rtf")
ENOUGH = 0.99


@dataclass(frozen=True, slots=True)
class Agreement:
    """Facts of both files that are the same, and how many there are of either."""

    same: int
    first: int
    second: int

    @property
    def share(self) -> float:
        """Of all facts of the two, those that both have."""
        every = self.first + self.second
        return 2 * self.same / every if every else 1.0

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(self.same + other.same, self.first + other.first, self.second + other.second)


def compared(first: Report, second: Report) -> Agreement:
    """Two reports fact by fact, places and quotes included."""
    one, other = Counter(_facts(first)), Counter(_facts(second))
    return Agreement((one & other).total(), one.total(), other.total())


def _facts(report: Report) -> Iterator[tuple[Any, ...]]:
    for o in report.observations:
        value = (o.quantity.value, o.quantity.ulp, o.unit, o.scope, o.period)
        yield (
            "o",
            o.indicator,
            *value,
            o.kind,
            o.role,
            o.row,
            o.column,
            o.section,
            o.locator,
            o.start,
            " ".join(o.quote.split()),
        )
    for c in report.citations:
        yield "c", c.key, c.date, c.issuer, c.locator
    for d in report.dates:
        yield "d", d.text, d.locator
    for name in (f.name for f in fields(report.header)):
        yield "h", name, str(getattr(report.header, name))
    yield "p", str(report.period)


def rewritten(sample: Path, kind: str, folder: Path) -> Path:
    """A sample as LibreOffice writes it in another format."""
    made = folder / f"{sample.stem}.{kind}"
    made.write_bytes(convert(sample.read_bytes(), ".docx", kind))
    return made


def sheets_agree(document: Document) -> Iterator[tuple[str, bool]]:
    """For every table of a document and every kind of workbook: whether grid and facts are those of Word."""
    for appendix in books.appendices(document):
        word = read_docx(books.as_docx(appendix), Source("a", "", 0, "docx"))
        wanted = (shape_of(word), list(_facts(report_of(word))))
        for kind, made in (
            ("xlsx", books.as_xlsx(appendix)),
            ("xlsx without rules", books.as_xlsx(appendix, ruled=False)),
            ("xls", books.as_xls(appendix)),
            ("xls without rules", books.as_xls(appendix, ruled=False)),
        ):
            book = read_workbook(made, Source("a", "", 0, "xlsx"))
            yield kind, (shape_of(book), list(_facts(report_of(book)))) == wanted


def shape_of(document: Document) -> list[object]:
    """Blocks by what they say and where they say it."""
    return [(b.passage.text, b.passage.locator) if isinstance(b, Paragraph) else b for b in document.blocks]


def main(folders: Sequence[str]) -> int:
    """Print the shares; 1 where one is too low."""
    shares: dict[str, Agreement] = {}
    for old in sorted(Path(*(folders[:1] or [SEEDS])).glob("*.doc")):
        found = compared(report_of(read(old.with_suffix(".docx"))), report_of(read(old)))
        shares["doc as handed over"] = shares.get("doc as handed over", Agreement(0, 0, 0)) + found
    with tempfile.TemporaryDirectory() as folder:
        for sample in SAMPLES:
            word = report_of(read(sample))
            for kind in REWRITTEN:
                found = compared(word, report_of(read(rewritten(sample, kind, Path(folder)))))
                shares[f"{kind} rewritten"] = shares.get(f"{kind} rewritten", Agreement(0, 0, 0)) + found
    tables: Counter[str] = Counter()
    exact: Counter[str] = Counter()
    for sample in sorted((ROOT / "data" / "raw").glob("*")):
        for kind, agrees in sheets_agree(read(sample)):
            tables[kind] += 1
            exact[kind] += agrees
    for name, share in shares.items():
        print(f"{name}: {share.same} of {share.first} facts, {share.second} read ({share.share:.2%})")
    for kind, count in tables.items():
        print(f"{kind}: {exact[kind]} of {count} tables exact")
    return int(any(s.share < ENOUGH for s in shares.values()) or exact != tables)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.readers.agreement", description=__doc__)
    parser.add_argument("folders", nargs="*", help="a folder with .doc and .docx of the same names")
    sys.exit(main(parser.parse_args().folders))
