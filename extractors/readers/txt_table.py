"""Table rows in plain text: where they begin and end, which belong to one table, and the grid they make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from extractors.errors import Unreadable
from extractors.limits import MAX_TABLE_CELLS, MAX_TABLE_COLUMNS
from extractors.model import Cell, Passage, Table
from extractors.readers.markup import plain

#: What begins a line of a list or a heading: no such line goes on with the one above.
MARKER: Final = re.compile(
    r"\s*(?:[-+•–▪●*]|(?:\d{1,2}(?:\.\d{1,2})*|[IVXL]{1,6}|[a-zđ])[.)](?=\s|$)|\(\d{1,2}\)|Phụ lục|Điều \d|Nơi nhận)"
)
_PIPE_ROW: Final = re.compile(r"\s*\|.*\|\s*$")
_PIPE_RULE: Final = re.compile(r"[\s|:+=-]+$")


def is_rule(line: str) -> bool:
    """A drawn line of a table, "|---|:--|" or "+----+"."""
    return "--" in line and _PIPE_RULE.fullmatch(line) is not None and ("|" in line or "+" in line)


def fields(line: str) -> list[str]:
    """The cells of a row, markup dropped."""
    if _PIPE_ROW.match(line):
        return [plain(part) for part in line.strip()[1:-1].split("|")]
    return [plain(part) for part in line.split("\t")]


def end_of_rows(lines: Sequence[str], at: int) -> tuple[int, bool]:
    """Where the run of lines with cells that begins at `at` ends (at least `at` + 1), and whether it is a table.

    A table is at least two lines with tabs, one of them with three filled cells (a letterhead set with tabs has two),
    or three lines with two filled cells each that are no numbered list.
    """
    end = at
    while end < len(lines) and ("\t" in lines[end].strip("\r\n ") or _PIPE_ROW.match(lines[end])):
        end += 1
    if end - at < 2:
        return max(end, at + 1), False
    filled = [[f for f in fields(line) if f] for line in lines[at:end]]
    if any(len(row) >= 3 for row in filled):
        return end, True
    listed = sum(1 for row in filled if row and MARKER.fullmatch(row[0]))
    return end, len(filled) >= 3 and all(len(row) == 2 for row in filled) and listed * 2 < len(filled)


def repeated(above: Sequence[Sequence[str]], rows: Sequence[Sequence[str]]) -> int:
    """How many rows repeat the header of the table above."""
    count = 0
    for old, new in zip(above, rows, strict=False):
        if _same(old, new) and not (count and _has_figures(new)):
            count += 1
        else:
            break
    return count


def _same(a: Sequence[str], b: Sequence[str]) -> bool:
    return [" ".join(f.casefold().split()) for f in _trimmed(a)] == [
        " ".join(f.casefold().split()) for f in _trimmed(b)
    ]


def _has_figures(row: Sequence[str]) -> bool:
    return any(re.fullmatch(r"[\d.,\s/%-]*\d[\d.,\s/%-]*", f) for f in row[1:])


def _trimmed(row: Sequence[str]) -> Sequence[str]:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]


def goes_on(width: int, rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows below an empty line belong to the table above: its width, and they bring figures at once."""
    return max(len(r) for r in rows) == width and (_has_figures(rows[0]) or is_rest(rows[0]))


def is_rest(row: Sequence[str]) -> bool:
    """The lower half of a row cut by a page break: no code, and every filled cell goes on in the middle of a phrase."""
    filled = [f.lstrip("(“\"'") for f in row if f]
    return bool(filled) and not row[0] and all(f[:1].islower() for f in filled)


def join_rest(row: list[str], rest: Sequence[str]) -> None:
    for column, text in enumerate(rest):
        if column >= len(row):
            row.append(text)
        elif text:
            row[column] = f"{row[column]} {text}".strip()


def table(rows: Sequence[Sequence[str]]) -> Table:
    width = max(len(_trimmed(row)) for row in rows)
    if width > MAX_TABLE_COLUMNS:
        raise Unreadable("table_too_wide", f"{width} cột")
    if width * len(rows) > MAX_TABLE_CELLS:
        raise Unreadable("too_large", f"bảng {len(rows)} dòng")
    grid = [[*row, *[""] * (width - len(row))][:width] for row in rows]
    spans = _header_spans(grid)
    cells = [
        Cell(r, c, Passage(text, ""), *spans.get((r, c), (1, 1)))
        for r, row in enumerate(grid)
        for c, text in enumerate(row)
        if text
    ]
    return Table("", len(grid), width, tuple(cells))


def _header_spans(grid: Sequence[Sequence[str]]) -> dict[tuple[int, int], tuple[int, int]]:
    """Row and column spans of a header of two rows, "STT | … | Kết quả thống kê | | Ghi chú" above "Đơn vị | Số liệu":
    text cannot say them, but a gap above a filled cell can only be a merged one."""
    if len(grid) < 3 or grid[1][0] or not grid[0][0] or _has_figures(grid[1]):
        return {}
    top, below = grid[0], grid[1]
    if not any(b and not t for t, b in zip(top, below, strict=True)):
        return {}
    spans = {}
    for column, text in enumerate(top):
        if not text:
            continue
        end = column + 1
        while end < len(top) and not top[end] and below[end] and below[column]:
            end += 1
        spans[0, column] = (1 if below[column] else 2, end - column)
    return spans
