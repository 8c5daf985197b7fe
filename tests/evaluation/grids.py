"""Compares the tables that a reader gives with a label's: grid by grid, cell by cell.

A label's table is its rows of cell texts, a merged cell's text at its top left and "" where it covers more. A table is
exact when rows, columns and every text are the same; its cells count one by one otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.evaluation.tally import Facts, Tally

Grid = tuple[tuple[str, ...], ...]


def grids(label: Facts, document: Path, tally: Tally) -> None:
    """The tables of a label against those of the document; nothing where a label tells no tables."""
    if "tables" not in label:
        return
    wanted = [_grid(table["rows"]) for table in label["tables"]]
    found = _read(document)
    tally.counts.update(grid_want=len(wanted), grid_got=len(found))
    for number, want in enumerate(wanted, 1):
        best = max(found, key=lambda g: _alike(want, g), default=())
        alike = _alike(want, best)
        if best in found:
            found.remove(best)
        exact = want == best
        cells = sum(len(row) for row in want)
        tally.counts.update(grid=exact, cell_want=cells, cell=alike, cell_got=sum(len(row) for row in best))
        if not exact:
            tally.notes.append(f"table {number} not exact: {alike} of {cells} cells; {_first_off(want, best)}")
    tally.counts["cell_got"] += sum(len(row) for grid in found for row in grid)


def _read(document: Path) -> list[Grid]:
    from extractors import read
    from extractors.model import Table

    tables = []
    for table in (b for b in read(document).blocks if isinstance(b, Table)):
        rows = [[""] * table.n_columns for _ in range(table.n_rows)]
        for cell in table.cells:
            rows[cell.row][cell.column] = cell.passage.text
        tables.append(_grid(rows))
    return tables


def _grid(rows: Sequence[Sequence[str]]) -> Grid:
    return tuple(tuple(" ".join(text.split()) for text in row) for row in rows)


def _alike(one: Grid, other: Grid) -> int:
    """Cells of the same place and text."""
    return sum(a == b for x, y in zip(one, other, strict=False) for a, b in zip(x, y, strict=False))


def _first_off(want: Grid, got: Grid) -> str:
    """Where two grids part, for the reader of the scoreboard."""
    if [len(row) for row in want] != [len(row) for row in got]:
        shapes = [f"{len(g)} x {max(map(len, g), default=0)}" for g in (got, want)]
        return f"{shapes[0]} for {shapes[1]}"
    places = ((r, c) for r, row in enumerate(want) for c, text in enumerate(row) if text != got[r][c])
    r, c = next(places)
    return f"r{r}c{c} {got[r][c][:40]!r} for {want[r][c][:40]!r}"
