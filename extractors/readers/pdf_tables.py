"""Tables of a PDF page: the words of a grid's cells, rows that no rule parts, and the pieces of one table over pages."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from extractors.model import Cell, Table
from extractors.readers.pdf_lines import Line, Word, joint, lines_of, passage
from extractors.readers.pdf_rules import Grid
from extractors.readers.syllables import true_syllable

_SAME_EDGE: Final = 12.0  # points by which the columns of a table's pieces may differ
_ALIKE: Final = 0.8  # likeness of two recognised texts that are one
_BASE: Final = 3.0  # points by which figures of one row may stand higher or lower
_ITEM: Final = re.compile(r"[-+•●○▪–*]$|[-+•●○▪][^\W\d_]|\d{1,2}[.)]$|[a-zđ]\)$|\(\d{1,2}\)$")
_ENDS: Final = re.compile(r"[.;:!?]$")
# What a narrow cell breaks inside: "ST/T", "33.4/51", "(11)=(12)+(1/3)"; never two words.
_BROKEN: Final = re.compile(r"[A-ZĐ]{2,5}|[-+<>≤≥]?\d[\d.,/]*%?|\(?[\d()=+/*,.:\[\]-]*[=+(][\d()=+/*,.:\[\]-]*")
FIGURE: Final = re.compile(r"[(\[]?\s*[-+−–<>≤≥]?\s*\d[\d\s.,/]*%?\s*[)\]]?")


@dataclass(slots=True)
class RawCell:
    """A cell of a page's table: grid position, spans, and its lines of words. `left`, `right`: its sides, in points."""

    row: int
    column: int
    row_span: int
    column_span: int
    lines: list[Line]
    left: float = 0.0
    right: float = 0.0

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def is_figure(self) -> bool:
        """Whether it holds a figure and nothing else."""
        return bool(FIGURE.fullmatch(self.text))


@dataclass(slots=True)
class RawTable:
    """A table, or a page's piece of one. `edges` part its columns; `ruled`: its rows are parted by rules."""

    n_rows: int
    edges: list[float]
    cells: list[RawCell]
    top: float
    bottom: float
    ruled: bool = True
    page: int = 0
    last_page: int = field(default=0)

    @property
    def n_columns(self) -> int:
        return len(self.edges) - 1

    def row(self, number: int) -> list[RawCell]:
        """Cells that begin in a row, left to right."""
        return sorted((c for c in self.cells if c.row == number), key=lambda c: c.column)

    def row_texts(self, number: int) -> tuple[str, ...]:
        """Texts of a row, left to right."""
        return tuple(c.text for c in self.row(number))


def raw_table(grid: Grid, words: Sequence[Word], page: int) -> tuple[RawTable, set[int]]:
    """The table on a grid, and the ids of the words in its cells."""
    xs, ys = grid.xs, grid.ys
    home = {
        (r, k): n
        for n, b in enumerate(grid.boxes)
        for r in range(b.row, b.row + b.row_span)
        for k in range(b.column, b.column + b.column_span)
    }
    inside: dict[int, list[Word]] = {}
    taken: set[int] = set()
    for word in words:
        x, y = word.middle
        n = home.get((bisect_right(ys, y) - 1, bisect_right(xs, x) - 1))
        if n is not None:
            inside.setdefault(n, []).append(word)
            taken.add(id(word))
    cells = [
        RawCell(
            b.row,
            b.column,
            b.row_span,
            b.column_span,
            lines_of(inside.get(n, [])),
            xs[b.column],
            xs[b.column + b.column_span],
        )
        for n, b in enumerate(grid.boxes)
    ]
    table = RawTable(len(ys) - 1, list(xs), cells, ys[0], ys[-1], True, page, page)
    return _with_rows_parted(table), taken


def _with_rows_parted(table: RawTable) -> RawTable:
    """Rows parted where no rule does: figures of several columns stand three or more times at the same heights."""
    rows: list[list[list[RawCell]]] = []
    changed = False
    for number in range(table.n_rows):
        row = table.row(number)
        heights = _heights(row)
        if len(heights) < 3 or any(c.row_span > 1 for c in table.cells if c.row <= number < c.row + c.row_span):
            rows.append([row])
            continue
        changed = True
        parted: list[list[RawCell]] = [[] for _ in heights]
        for cell in row:
            shares: list[list[Line]] = [[] for _ in heights]
            for line in cell.lines:
                shares[max(0, bisect_left(heights, line.base + _BASE) - 1)].append(line)
            for n, share in enumerate(shares):
                parted[n].append(RawCell(0, cell.column, 1, cell.column_span, share, cell.left, cell.right))
        rows.append(parted)
    if not changed:
        return table
    starts, at = [], 0
    for pieces in rows:
        starts.append(at)
        at += len(pieces)
    starts.append(at)
    cells = []
    for number, pieces in enumerate(rows):
        for n, piece in enumerate(pieces):
            for c in piece:
                span = starts[min(len(rows), number + c.row_span)] - starts[number] if len(pieces) == 1 else 1
                cells.append(RawCell(starts[number] + n, c.column, span, c.column_span, c.lines, c.left, c.right))
    return RawTable(at, table.edges, cells, table.top, table.bottom, True, table.page, table.last_page)


def _heights(row: Sequence[RawCell]) -> list[float]:
    """Where the figures of a tall row stand, when two columns or more agree on it; else nothing."""
    columns = [
        [line.base for line in c.lines]
        for c in row
        if len(c.lines) >= 3 and all(FIGURE.fullmatch(line.text) for line in c.lines)
    ]
    if len(columns) < 2:
        return []
    first = max(columns, key=len)
    agreeing = [c for c in columns if all(any(abs(a - b) <= _BASE for b in first) for a in c)]
    return first if len(agreeing) == len(columns) and sum(len(c) == len(first) for c in columns) >= 2 else []


def continues(above: RawTable, below: RawTable) -> bool:
    """Whether the first table of a page goes on with the last one of the page before: columns on the same edges, or
    on some of them where every row of one piece merges others."""
    if above.ruled != below.ruled or below.page != above.last_page + 1:
        return False
    if not (_near(above.edges[0], below.edges[0]) and _near(above.edges[-1], below.edges[-1])):
        return False
    fewer, more = sorted((above.edges, below.edges), key=len)
    return all(any(_near(a, b) for b in more) for a in fewer) and len(fewer) > 2


def _near(a: float, b: float) -> bool:
    return abs(a - b) < _SAME_EDGE


def append(above: RawTable, below: RawTable) -> None:
    """Add a page's piece: a repeated header is dropped, a row that the page end cut is joined to its beginning."""
    if above.n_columns < below.n_columns:
        _spread(above, below.edges)
    elif below.n_columns < above.n_columns:
        _spread(below, above.edges)
    skip = 0
    read = any(w.confidence is not None for c in below.row(0) for line in c.lines for w in line.words)
    while skip < min(above.n_rows, below.n_rows) and _repeats(_bare(below, skip), _bare(above, skip), read):
        skip += 1
    first = below.row(skip)
    last = above.n_rows - 1
    ending = {c.column: c for c in above.cells if c.row <= last < c.row + c.row_span}
    cut = skip < below.n_rows and bool(first) and _goes_on(first, ending)
    offset = above.n_rows - skip - cut
    for cell in below.cells:
        if cell.row < skip:
            continue
        if cut and cell.row == skip and cell.column in ending:
            ending[cell.column].lines += cell.lines
            continue
        above.cells.append(
            RawCell(cell.row + offset, cell.column, cell.row_span, cell.column_span, cell.lines, cell.left, cell.right)
        )
    above.n_rows += below.n_rows - skip - cut
    above.last_page = below.last_page


def _spread(piece: RawTable, edges: list[float]) -> None:
    """Put a piece with fewer columns on the edges of the whole table."""
    at = [min(range(len(edges)), key=lambda k: abs(edges[k] - edge)) for edge in piece.edges]
    for cell in piece.cells:
        end = at[cell.column + cell.column_span]
        cell.column = at[cell.column]
        cell.column_span = max(1, end - cell.column)
    piece.edges = list(edges)


def _repeats(again: tuple[str, ...], first: tuple[str, ...], recognised: bool) -> bool:
    """Whether a row prints the header again; a cell of it may be cut short by its row's height, and of one that was
    recognised a few letters may be others."""
    if len(again) != len(first) or not any(again):
        return False
    pairs = list(zip(again, first, strict=True))
    same = [a == b or (recognised and _alike(a, b)) for a, b in pairs]
    return sum(same) * 2 >= len(first) and all(
        whole or (len(a) >= 8 and (b.startswith(a) or (recognised and _alike(a, b[: len(a)]))))
        for whole, (a, b) in zip(same, pairs, strict=True)
    )


def _alike(a: str, b: str) -> bool:
    """Whether two recognised texts are one: words in which a letter or a mark differs; never two figures."""
    if a == b:
        return True
    if re.sub(r"\D", "", a) != re.sub(r"\D", "", b) or min(len(a), len(b)) < 3:
        return False
    return SequenceMatcher(None, _plain(a), _plain(b), autojunk=False).ratio() >= _ALIKE


def _plain(text: str) -> str:
    """Letters without marks and case."""
    bare = unicodedata.normalize("NFD", text.casefold())
    return "".join(ch for ch in bare if not unicodedata.combining(ch))


def _bare(raw: RawTable, row: int) -> tuple[str, ...]:
    """Texts of a row without blanks and marks of emphasis that a converter left in."""
    return tuple(re.sub(r"</?\w+>|[\s*_]", "", text) for text in raw.row_texts(row))


def _goes_on(first: Sequence[RawCell], ending: Mapping[int, RawCell]) -> bool:
    """Whether the first row of a page's piece is the rest of the cut row above: no code, no second figure in a column
    that has one, and a label that begins in the middle or is none."""
    if first[0].text or not any(c.text for c in first):
        return False
    if any(c.is_figure and c.column in ending and ending[c.column].is_figure for c in first):
        return False
    label = first[1].text if len(first) > 1 else ""
    if not label or label.lstrip('(“"')[:1].islower():
        return True
    above = ending.get(first[1].column)
    figures = any(c.is_figure for c in first)
    return not figures and above is not None and bool(above.text) and not _ENDS.search(above.text)


def finished(raw: RawTable, name: str) -> Table:
    """The table with its cells as passages."""
    cells = tuple(
        Cell(
            c.row,
            c.column,
            passage(c.lines, f"{name}/r{c.row + 1}/c{c.column + 1}", cell_joints(c)),
            c.row_span,
            c.column_span,
        )
        for c in sorted(raw.cells, key=lambda c: (c.row, c.column))
        if c.lines
    )
    return Table(name, raw.n_rows, raw.n_columns, cells)


def _is_broken(before: str, after: str) -> bool:
    """Whether a word was broken between two lines: both halves are one code, figure or syllable."""
    whole = (before + after).rstrip(".,;:)")
    return bool(_BROKEN.fullmatch(before + after)) or (
        true_syllable(whole) and not true_syllable(after.rstrip(".,;:)"))
    )


def cell_joints(cell: RawCell) -> dict[int, str]:
    """What stands before the lines of a cell: a line break where its author began a paragraph, nothing inside a token
    that the cell was too narrow for, else a blank."""
    joints: dict[int, str] = {}
    if len(cell.lines) < 2:
        return joints
    upright = [line for line in cell.lines if not line.words[0].turn]
    start = min((line.x0 for line in upright), default=cell.left)
    end = max((line.x1 for line in upright), default=cell.right)
    for n in range(1, len(cell.lines)):
        before, line = cell.lines[n - 1], cell.lines[n]
        word = line.words[0]
        if before.words[-1].turn or word.turn:
            continue
        room = min(cell.right - cell.left - 2 * max(1.0, start - cell.left), end - start + 4) - (before.x1 - before.x0)
        letter = max((word.x1 - word.x0) / max(1, len(word.text)), 0.5 * word.size)
        if len(before.words) == 1 and room < letter and _is_broken(before.text, word.text):
            joints[n] = ""
        elif (
            _ITEM.match(word.text)
            and (len(line.words) > 1 or len(word.text) > 2)
            and (
                _ENDS.search(before.text) or room > word.x1 - word.x0 + 2 * letter or _ITEM.match(before.words[0].text)
            )
        ) or (_ENDS.search(before.text) and room > 1.5 * (word.x1 - word.x0) + 2 * letter):
            joints[n] = "\n"
        else:
            joints[n] = joint(before.words[-1], word)
    return joints
