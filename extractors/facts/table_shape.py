"""How a table is built: header rows, column paths, what each column and row is.

The grid is the reader's; this module only says which rows are header, what is printed above each column, and where
codes, labels, units, figures and notes stand. A table that a page break cut in several, with the header repeated, is
put together here when the reader could not know (a Word file in which the pieces are separate tables).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Literal

from extractors.language.normalise import Normalised, normalise
from extractors.model import Cell, Table
from extractors.vocabulary import units

ColumnRole = Literal["code", "label", "unit", "value", "note", "text"]

_CODE = re.compile(r"(?:[IVXL]+|[A-ZĐ]|[a-zđ]|(?:(?:[IVXL]+|[A-ZĐ])\.)?\d{1,3}(?:\.\d{1,3})*)\s*[.)]?$")
_COLUMN_NUMBER = re.compile(r"\(?\s*(\d{1,2})\s*\)?\s*(?:=\s*[\d()+\-–\s/*x%,.:=]+)?$")
#: "(3)=(4)+(5)+(6)", or one column worked out in two ways, "1=2+3+4=5+9+10".
_FORMULA = re.compile(r"\(?\s*(\d{1,2})\s*\)?\s*=\s*((?:\(?\s*\d{1,2}\s*\)?\s*[+\-–=]?\s*){2,})$")
_LONGEST_NUMBER = 5  # characters of a misread "(10)"
_READ_NUMBERS = 3  # numbers of columns that tell what the misread ones beside them are
_NUMERIC = re.compile(r"[-–]?\d[\d.,\s]*%?(?:\s*/\s*\d[\d.,\s]*%?)?$")
_TOTAL = re.compile(
    r"(?i)^(?:[ivx\d]+\s*[.)]?\s*)?(?:tổng(?:\s+(?:cộng|số|chung|toàn tỉnh|hợp|điểm))?|cộng|toàn tỉnh|toàn huyện|toàn thành phố|toàn ngành|toàn bộ|tất cả|tổng số hồ sơ)\b"
    r"(?:\s+(?:chung|lại|cộng|số|điểm|toàn (?:tỉnh|huyện|xã|ngành|thành phố|bộ|phường)|cả (?:tỉnh|huyện|xã|kỳ|năm)|các (?:cấp|đơn vị|lĩnh vực|cơ quan)|hồ sơ))*[\s:.]*(?:\(.*\))?(?:toàn \w+)?$"
)
_LEVELS = frozenset({"tỉnh", "huyện", "xã", "phường", "thị trấn", "thành phố", "cấp xã", "cấp huyện", "cấp tỉnh"})
_HEADS: tuple[tuple[ColumnRole, re.Pattern[str]], ...] = (
    ("code", re.compile(r"(?i)^(?:stt|tt|số tt|số thứ tự|mã số|mã|mục)\.?$")),
    ("unit", re.compile(r"(?i)\b(?:đơn vị tính|đvt|đ/vị tính)\b")),
    ("note", re.compile(r"(?i)^(?:ghi chú|chú thích|thuyết minh)\b")),
    (
        "text",
        re.compile(
            r"(?i)\b(?:ý kiến|lý do|nguyên nhân|phương án|giải pháp|giải trình|tài liệu kiểm chứng|thời gian|cơ quan chủ trì|căn cứ|nội dung thẩm định|diễn giải)\b"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell with its normalised text; `origin` is shared by all positions that a merged cell covers."""

    cell: Cell
    normalised: Normalised

    @property
    def text(self) -> str:
        return self.normalised.text.strip()


@dataclass(frozen=True, slots=True)
class Row:
    """A data row: its code ("3.2.1", ""), label, unit text, depth in the hierarchy, and whether it is a total."""

    index: int
    code: str
    label: str
    unit: str
    depth: int
    total: bool
    cells: tuple[GridCell | None, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A table understood: `paths` holds the header texts of each column, top down."""

    table: Table
    header_rows: int
    paths: tuple[tuple[str, ...], ...]
    roles: tuple[ColumnRole, ...]
    rows: tuple[Row, ...]
    numbers: dict[int, int]  # printed column number -> column
    formulas: tuple[tuple[str, int, tuple[tuple[int, int], ...]], ...]  # text, result column, (column, sign)
    header_cells: tuple[GridCell, ...]

    def columns(self, role: ColumnRole) -> list[int]:
        """Columns of a role, left to right."""
        return [c for c, r in enumerate(self.roles) if r == role]


def is_figure(text: str) -> bool:
    """Whether a cell holds nothing but a figure (or a fraction)."""
    return bool(_NUMERIC.fullmatch(text.strip()))


def stitch(tables: Sequence[Table]) -> Table:
    """Tables that follow one another without text between, under one header, as one table."""
    first = tables[0]
    head = _row_texts(first, 0)
    cells, offset = list(first.cells), first.n_rows
    for table in tables[1:]:
        skip = next((r for r in range(table.n_rows) if _row_texts(table, r) != _row_texts(first, r)), table.n_rows)
        skip = skip if head == _row_texts(table, 0) else 0
        for cell in table.cells:
            if cell.row >= skip:
                cells.append(replace(cell, row=cell.row - skip + offset))
        offset += table.n_rows - skip
    return Table(first.locator, offset, first.n_columns, tuple(cells))


def continues(first: Table, second: Table) -> bool:
    """Whether `second` goes on with `first`: same width, same header."""
    return first.n_columns == second.n_columns and _row_texts(first, 0) == _row_texts(second, 0)


def _row_texts(table: Table, row: int) -> tuple[str, ...]:
    return tuple(" ".join(re.sub(r"[*_]|</?\w+>", "", c.passage.text).split()) for c in table.cells if c.row == row)


def shape(table: Table) -> Shape | None:
    """Read the build of a table; None for one that holds no figures or is too small to be one."""
    grid = [
        [GridCell(c, n) if c is not None and (n := normalise(c.passage.text)) is not None else None for c in row]
        for row in _shared(table)
    ]
    if table.n_rows < 2 or table.n_columns < 2:
        return None
    header = _header_rows(grid)
    if header >= len(grid):
        return None
    numbers, formulas = _column_numbers(grid[:header])
    paths = tuple(_path(grid[:header], c) for c in range(table.n_columns))
    roles = _roles(grid[header:], paths)
    rows = _with_total(_rows(grid, header, roles), roles)
    above = {id(g.cell): g for row in grid[:header] for g in row if g}
    return Shape(table, header, paths, roles, rows, numbers, formulas, tuple(above.values()))


def _with_total(rows: tuple[Row, ...], roles: Sequence[ColumnRole]) -> tuple[Row, ...]:
    """The rows, with the last or first as their total where no label says so but its figures do: a row without a code that
    is the sum of the others in most of two or more columns."""
    if len(rows) < 4 or any(row.total for row in rows) or len({row.depth for row in rows if row.code}) > 1:
        return rows
    values = [c for c, role in enumerate(roles) if role == "value"]
    for place in (len(rows) - 1, 0):
        others = [row for n, row in enumerate(rows) if n != place]
        others = list({(row.code, row.label, *(_amount(row, c) for c in values)): row for row in others}.values())
        if rows[place].code or re.search(r"\d", rows[place].label) or not all(row.code for row in others):
            continue  # "Cộng 06 cơ quan" is of those only
        told = [(_amount(rows[place], c), [_amount(row, c) for row in others]) for c in values]
        tried = [(one, [v for v in parts if v is not None]) for one, parts in told if one is not None]
        tried = [(one, parts) for one, parts in tried if sum(v > 0 for v in parts) > 1]
        held = sum(one == sum(parts) for one, parts in tried)
        if held > 1 and held * 2 > len(tried):
            return tuple(replace(row, total=n == place) for n, row in enumerate(rows))
    return rows


def _amount(row: Row, column: int) -> Decimal | None:
    """The figure in a cell, if that is all it holds: "1.234", "1234", "97,25"."""
    cell = row.cells[column]
    text = cell.text.replace(".", "").replace(" ", "").replace(",", ".", 1) if cell else ""
    return Decimal(text) if re.fullmatch(r"[0-9]{1,11}(?:[.][0-9]{1,4})?", text) else None


def _shared(table: Table) -> list[list[Cell | None]]:
    return table.grid()


def _texts(row: Sequence[GridCell | None]) -> list[str]:
    return [g.text if g else "" for g in row]


def _is_number_row(row: Sequence[GridCell | None]) -> bool:
    """Whether a row numbers the columns: "(1) (2) (3)=(4)+(5) …", some of it misread or not."""
    return _numbers_columns(row) or _misread_numbering(row) is not None


def _numbers_columns(row: Sequence[GridCell | None]) -> bool:
    """Whether every cell of a row is the number of a column."""
    texts = [t for t in _texts(row) if t]
    found = [m for t in texts if (m := _COLUMN_NUMBER.match(t))]
    letters = [t for t in texts if re.fullmatch(r"\(?[A-ZĐ]\)?", t)]
    if len(texts) < 3 or len(found) + len(letters) < len(texts):
        return False
    values = [int(m[1]) for m in found]
    return values == sorted(set(values)) and values[-1] - values[0] <= len(values) + 2 and values[0] <= 4


def _misread_numbering(row: Sequence[GridCell | None]) -> int | None:
    """The number of the first column where a row numbers the columns and recognition has misread some of it. Most of them
    still stand one after the other, and either all are in brackets or what is left of them, "@) (2) (3) (4) G) (6) (1)",
    or the first two, where a row of figures has its ordinal and its label, are as they should be: "1 2 3 4 pm 6=7+9"."""
    texts = _texts(row)
    said = [t for t in texts if t]
    read = [(int(m[1]) - c, c) for c, t in enumerate(texts) if (m := _COLUMN_NUMBER.fullmatch(t))]
    if all(len(t) <= _LONGEST_NUMBER and set(t) & set("()") for t in said):
        read, least = [(first, c) for first, c in read if texts[c].startswith("(")], _READ_NUMBERS
    elif [first for first, c in read if c < 2] in ([0, 0], [1, 1]):
        least = 2 * _READ_NUMBERS
    else:
        return None
    first, times = max(Counter(first for first, _ in read).items(), key=lambda item: item[1], default=(0, 0))
    return first if times >= max(least, (len(said) + 1) // 2) and -3 <= first <= 4 else None


def _header_rows(grid: Sequence[Sequence[GridCell | None]]) -> int:
    """How many rows head the table."""
    last = 1
    for r, row in enumerate(grid):
        if _is_number_row(row):
            last = r + 1
            continue
        if r == 0:
            continue
        covered = any(g and g.cell.row < r for g in row)
        spread = any(g and g.cell.column_span > 1 for g in grid[r - 1])
        figures = sum(is_figure(t) for t in _texts(row)[1:])
        formula = any(_FORMULA.match(t) for t in _texts(row))
        texts = _texts(row)
        spread = spread or (r == 1 and not any(texts[:2]) and sum(map(bool, texts)) > 1 and not all(_texts(grid[0])))
        if formula or ((covered or spread) and not figures and r == last and r < 6):
            last = r + 1
        elif r > last:
            break
    return last


def _column_numbers(
    header: Sequence[Sequence[GridCell | None]],
) -> tuple[dict[int, int], tuple[tuple[str, int, tuple[tuple[int, int], ...]], ...]]:
    numbers: dict[int, int] = {}
    for row in header:
        if _numbers_columns(row):
            for c, text in enumerate(_texts(row)):
                match = _COLUMN_NUMBER.match(text)
                if match:
                    numbers.setdefault(int(match[1]), c)
        elif (first := _misread_numbering(row)) is not None:
            numbers = {c + first: c for c, text in enumerate(_texts(row)) if text} | numbers
    formulas = []
    for row in header:
        for c, text in enumerate(_texts(row)):
            match = _FORMULA.match(text) or _FORMULA.search(text)
            if not match:
                continue
            before = c - int(match[1])  # without a row of numbers the column itself tells where the numbering begins
            places = numbers or {k - before: k for k in range(len(row))}
            for side in match[2].split("="):
                terms = re.findall(r"([+\-–]?)\s*\(?\s*(\d{1,2})\s*\)?", side)
                if len(terms) > 1 and all(int(n) in places for _, n in terms):
                    signed = tuple((places[int(n)], -1 if sign in ("-", "–") else 1) for sign, n in terms)
                    formulas.append((text, places.get(int(match[1]), c), signed))
    return numbers, tuple(dict.fromkeys(formulas))


def _path(header: Sequence[Sequence[GridCell | None]], column: int) -> tuple[str, ...]:
    texts: list[str] = []
    for row in header:
        cell = row[column]
        text = " ".join(re.sub(r"\(?\d{1,2}\)?\s*=\s*[\d()+\-–\s]+$", "", cell.text).split()) if cell else ""
        if text and not _is_number_row(row) and (not texts or texts[-1] != text):
            texts.append(text)
    return tuple(texts)


def _roles(body: Sequence[Sequence[GridCell | None]], paths: Sequence[tuple[str, ...]]) -> tuple[ColumnRole, ...]:
    texts = [[t for row in body if (t := _texts(row)[c])] for c in range(len(paths))]
    named = [_named(path, held) for path, held in zip(paths, texts, strict=True)]
    roles: list[ColumnRole] = []
    for c, (path, held) in enumerate(zip(paths, texts, strict=True)):
        figures = sum(is_figure(t) for t in held)
        codes = sum(bool(_CODE.fullmatch(t)) for t in held)
        said = named[c]
        if said == "text" and "label" not in roles and not _worded_next(c, texts, named):
            said = None  # "Diễn giải", "Nội dung thẩm định" where no other column names the rows
        if c and said != "note" and "label" in roles and not figures and _are_units(held):
            said = "unit"  # whatever its heading: "ĐVT", "Đơn vị", "Tính bằng"
        if said:
            roles.append(said)
        elif not path and len(held) * 10 <= len(body):  # a sliver between rules
            roles.append("text")
        elif c == 0 and held and codes * 3 >= len(held) * 2 and "label" not in roles:
            roles.append("code")
        elif "label" not in roles and figures * 2 <= len(held):
            roles.append("label")
        elif figures * 2 >= len(held):
            roles.append("value")
        else:
            roles.append("value" if figures else "text")
    if "label" not in roles:
        roles = _force_label(roles)
    return tuple(roles)


def _named(path: tuple[str, ...], texts: Sequence[str]) -> ColumnRole | None:
    """The role that a heading says; a column of figures is no text, whatever it is headed by."""
    found = (role for role, pattern in _HEADS if path and (pattern.search(path[-1]) or pattern.search(" ".join(path))))
    role = next(found, None)
    return None if role == "text" and sum(map(is_figure, texts)) * 2 > len(texts) else role


def _worded_next(column: int, texts: Sequence[Sequence[str]], named: Sequence[ColumnRole | None]) -> bool:
    """Whether, before the figures begin, another column of words follows that may name the rows."""
    for c in range(column + 1, len(texts)):
        if sum(map(is_figure, texts[c])) * 2 > len(texts[c]):
            return False
        if named[c] is None and texts[c] and not _are_units(texts[c]):
            return True
    return False


def _are_units(texts: Sequence[str]) -> bool:
    """Whether the cells of a column name what is counted ("Nhiệm vụ", "%"), not offices or levels."""
    return bool(texts) and sum(t.strip().lower() in _unit_names() for t in texts) * 2 > len(texts)


@cache
def _unit_names() -> frozenset[str]:
    known = {p.lower() for u in units() for p in (u.name, *u.phrases)}
    return frozenset(known) - _LEVELS


def _force_label(roles: list[ColumnRole]) -> list[ColumnRole]:
    at = next((c for c, r in enumerate(roles) if r in ("text", "value")), None)
    return roles if at is None else [*roles[:at], "label", *roles[at + 1 :]]


def _depth(code: str, label: str) -> int:
    """Depth in the hierarchy of row codes: A, I, 1, 1.1, 1.1.1, a, -."""
    code = code.rstrip(".)")
    if re.fullmatch(r"[A-ZĐ]", code) and code not in ("I", "V", "X", "L"):
        return 0
    if re.fullmatch(r"[IVXL]+", code):
        return 1
    if re.fullmatch(r"(?:(?:[A-ZĐ]|[IVXL]+)\.)?\d+(?:\.\d+)*", code):  # "4.2", or with its section "B.4.2"
        return 2 + code.count(".")
    if re.fullmatch(r"[a-zđ]", code):
        return 7
    if bullet := re.match(r"\s*([-–+*•])", label):
        return 11 if bullet[1] in "+*" else 10
    return 9


def _rows(grid: Sequence[Sequence[GridCell | None]], header: int, roles: Sequence[ColumnRole]) -> tuple[Row, ...]:
    head = [_texts(row) for row in grid[:header]]
    rows = []
    code_column = next((c for c, r in enumerate(roles) if r == "code"), None)
    label_column = next((c for c, r in enumerate(roles) if r == "label"), 0)
    unit_column = next((c for c, r in enumerate(roles) if r == "unit"), None)
    for r in range(header, len(grid)):
        row, texts = grid[r], _texts(grid[r])
        if texts in head or not any(texts) or _is_number_row(row):
            continue
        code = texts[code_column] if code_column is not None else ""
        label = texts[label_column]
        merged = [g for c, g in enumerate(row) if g and c in (code_column, label_column)]
        if len(merged) == 2 and merged[0].cell is merged[1].cell:
            code = ""
        if code_column is None and (match := re.match(r"(\d+(?:\.\d+)*|[IVX]+)[.)]\s+(.*)", label, re.DOTALL)):
            code, label = match[1], match[2]
        total = bool(_TOTAL.match(label) or (_TOTAL.match(code) and not label) or _TOTAL.match(code))
        unit = texts[unit_column] if unit_column is not None else ""
        rows.append(Row(r, code.rstrip(".) "), " ".join(label.split()), unit, _depth(code, label), total, tuple(row)))
    return tuple(rows)
