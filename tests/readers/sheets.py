"""PDF pages written by place: what a test says stands at a point stands there, in Vietnamese, without any font file.

Every character is half its size wide, so that a test can tell where a line ends. Lengths in points from the top left.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.model import Document, Paragraph, Source, Table
from extractors.readers.pdf import read
from tests.hostile.pages import pdf, stream

LEFT, RIGHT, SIZE, LEADING = 85.0, 545.0, 14.0, 18.5
_TURNS = {0: "1 0 0 1", 90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0", 45: ".7 .7 -.7 .7"}
_FONTS = ("Times", "Times-Bold")


@dataclass
class Sheet:
    """One page in the making; `y` is the baseline of the next line of running text."""

    width: float = 595.0
    height: float = 842.0
    entries: str = ""
    box: str = ""
    y: float = 80.0
    content: list[str] = field(default_factory=list)

    def put(
        self, x: float, y: float, text: str, size: float = SIZE, bold: bool = False, turn: int = 0, ink: str = "0 g"
    ) -> None:
        """Text with its baseline's start at a point, turned against the clock; `ink` is a colour operator."""
        codes = "".join(f"{ord(ch):04x}" for ch in text)
        at = f"{_TURNS[turn]} {x:.2f} {self.height - y:.2f} Tm"
        self.content.append(f"BT {ink} /F{int(bold)} {size} Tf {at} <{codes}> Tj ET")

    def centre(self, text: str, x0: float = LEFT, x1: float = RIGHT, size: float = SIZE, bold: bool = False) -> None:
        """A line in the middle between two margins, at the running height."""
        self.put((x0 + x1 - len(text) * size / 2) / 2, self.y, text, size, bold)
        self.y += LEADING * size / SIZE

    def write(
        self,
        text: str,
        indent: float = 28,
        left: float = LEFT,
        right: float = RIGHT,
        size: float = SIZE,
        bold: bool = False,
        hanging: float = 0,
        space: float = 0,
    ) -> None:
        """A paragraph, broken where the next word does not fit; `hanging` moves its later lines in."""
        start, words = left + indent, text.split(" ")
        while words:
            count = 1
            while count < len(words) and start + len(" ".join(words[: count + 1])) * size / 2 <= right:
                count += 1
            self.put(start, self.y, " ".join(words[:count]), size, bold)
            self.y += LEADING * size / SIZE
            words, start = words[count:], left + hanging
        self.y += space

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A straight rule."""
        self.content.append(f"0 G 0.5 w {x0} {self.height - y0} m {x1} {self.height - y1} l S")

    def fill(self, x0: float, y0: float, x1: float, y1: float, ink: str = "0 g") -> None:
        """A filled box."""
        self.content.append(f"{ink} {x0} {self.height - y1} {x1 - x0} {y1 - y0} re f")

    def grid(self, xs: list[float], ys: list[float]) -> None:
        """All the rules of a table."""
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)

    def row(self, xs: list[float], y: float, texts: list[str], size: float = 10) -> None:
        """Texts at the left of columns, on one baseline."""
        for x, text in zip(xs, texts, strict=False):
            if text:
                self.put(x + 3, y, text, size)


def written(
    *sheets: Sheet,
    fonts: tuple[str, str] = _FONTS,
    root: bytes = b"",
    unicode: bool = True,
    more: dict[int, bytes] | None = None,
) -> bytes:
    """The file of these pages. `unicode` False leaves out the map from glyphs to characters; `more` are further objects."""
    objects: dict[int, bytes] = dict(more or {})
    first = 10
    kids = b" ".join(b"%d 0 R" % (first + 2 * n) for n in range(len(sheets)))
    objects[1] = b"<</Type/Catalog/Pages 2 0 R" + root + b">>"
    objects[2] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(sheets))
    ordering = b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    mapped = b"/ToUnicode 7 0 R" if unicode else b""
    for n, name in enumerate(name.encode() for name in fonts):
        descriptor = b"/Flags 4/FontBBox[0 -200 500 800]/Ascent 800/Descent -200/CapHeight 700/ItalicAngle 0/StemV 80"
        objects[8 + n] = b"<</Type/FontDescriptor/FontName/%s%s>>" % (name, descriptor)
        objects[3 + n] = (
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo%s/DW 500/FontDescriptor %d 0 R>>"
            % (name, ordering, 8 + n)
        )
        objects[5 + n] = b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]%s>>" % (
            name,
            3 + n,
            mapped,
        )
    ranges = "".join(f"<{high:02x}00><{high:02x}ff><{high:02x}00>\n" for high in range(0xD8))
    codes = "1 begincodespacerange <0000><ffff> endcodespacerange\n"
    objects[7] = stream(f"begincmap\n{codes}{0xD8} beginbfrange\n{ranges}endbfrange\nendcmap".encode())
    for n, sheet in enumerate(sheets):
        box = sheet.box or f"[0 0 {sheet.width} {sheet.height}]"
        page = f"<</Type/Page/Parent 2 0 R/MediaBox{box}/Contents {first + 2 * n + 1} 0 R{sheet.entries}"
        objects[first + 2 * n] = page.encode() + b"/Resources<</Font<</F0 5 0 R/F1 6 0 R>>>>>>"
        objects[first + 2 * n + 1] = stream("\n".join(sheet.content).encode())
    return pdf(objects)


def taken(data: bytes) -> Document:
    """The document in a file."""
    return read(data, Source("x.pdf", "0" * 64, len(data), "pdf"))


def paragraphs(document: Document, kind: str = "body") -> list[str]:
    """Texts of the paragraphs of a kind."""
    return [b.passage.text for b in document.blocks if isinstance(b, Paragraph) and b.kind == kind]


def tables(document: Document) -> list[list[list[str]]]:
    """Grids of the tables; a merged cell's text stands at its first position only."""
    found = []
    for table in document.blocks:
        if isinstance(table, Table):
            rows = [[""] * table.n_columns for _ in range(table.n_rows)]
            for cell in table.cells:
                rows[cell.row][cell.column] = cell.passage.text
            found.append(rows)
    return found


def codes(document: Document) -> list[str]:
    """Codes of the warnings."""
    return [w.code for w in document.source.warnings]
