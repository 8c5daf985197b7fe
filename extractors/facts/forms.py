"""A table as a statistical form: which rows head a group, which required cells are empty."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.facts.draft import Draft
from extractors.facts.table_shape import Row, Shape
from extractors.model import Form, FormRow

Filled = tuple[Row, list[Draft], list[str]]  # a row, its figures, the headings of its empty value columns
_OPTIONAL = re.compile(r"(?i)\(?nếu có\)?")
_OF_WHICH = re.compile(r"(?i)^\s*(?:trong đó|gồm|bao gồm)\s*:?")


def form_of(
    shape: Shape, title: str, filled: Sequence[Filled], scores: bool, driven: bool, body_level: str | None
) -> Form | None:
    """The table as a form: which rows head a group, which required cells are empty."""
    values = shape.columns("value")
    codes = [r.code for r, _, _ in filled if r.code]
    dotted = sum("." in c for c in codes)
    if scores:
        kind = "scores"
    elif driven or _by_months(shape):
        kind = "columns"
    elif shape.columns("code") and shape.columns("unit") and (dotted * 3 >= len(codes) or len(values) == 1):
        kind = "statistical"
    else:
        kind = "other"
    expected = _filled_throughout(filled)
    rows: list[FormRow] = []
    last_code, section_optional = "", ""
    for n, (row, drafts, blank) in enumerate(filled):
        cell = next((g for c, g in enumerate(row.cells) if g and shape.roles[c] == "label"), None) or next(
            (g for g in row.cells if g), None
        )
        if cell is None or (not row.code and row.label and row.label[:1].islower() and not drafts):
            continue
        whole = " ".join(g.text for g in row.cells if g)
        code = row.code
        if _OF_WHICH.match(code) or (not code and _OF_WHICH.match(row.label)):
            code = f"{last_code} trong đó"
        elif re.match(r"[\dIVXA-Z]", code):
            last_code = code
        below = filled[n + 1][0].code if n + 1 < len(filled) else ""
        heading = (
            not drafts and len(blank) == len(values) and (not row.unit or (bool(code) and below.startswith(code + ".")))
        )
        if _OPTIONAL.search(whole):
            section_optional = code
        optional = bool(section_optional) and (code == section_optional or code.startswith(section_optional + "."))
        optional = optional or _elsewhere(row.label, body_level)
        passage = cell.cell.passage
        page, box = passage.place(0, len(passage.text))
        own = tuple(b for b in blank) if kind == "statistical" and not drafts else ()
        if kind == "columns" and drafts:
            own = tuple(b for b in blank if b in expected)
        rows.append(
            FormRow(
                code or None, row.label, row.unit or None, passage.locator, (), own, heading, optional, None, page, box
            )
        )
    return Form(shape.table.locator, title or None, kind, tuple(rows), tuple(" / ".join(p) for p in shape.paths))  # type: ignore[arg-type]


_MONTH = re.compile(r"(?i)^(?:tháng\s*\d{1,2}|T\.?\s?\d{1,2}|quý\s*(?:\d|[IV]+))\b")
_MONTHS = 3  # columns of months that make a table of months


def _by_months(shape: Shape) -> bool:
    """Whether the columns are the months or quarters of a period."""
    return (
        sum(bool(shape.paths[c] and _MONTH.match(shape.paths[c][-1].strip())) for c in shape.columns("value"))
        >= _MONTHS
    )


_ROWS_THAT_FILL = 4  # so many rows must fill a column before an empty cell in it is missed


def _filled_throughout(filled: Sequence[Filled]) -> frozenset[str]:
    """Headings of the columns that all rows with figures fill but one in eight at most."""
    rows = [blank for _, drafts, blank in filled if drafts]
    empty = Counter(heading for blank in rows for heading in blank if heading)
    return frozenset(
        heading for heading, n in empty.items() if len(rows) - n >= _ROWS_THAT_FILL - 1 and n <= max(1, len(rows) // 8)
    )


def _elsewhere(label: str, body_level: str | None) -> bool:
    """Whether a row asks for figures of another level than the reporting body's ("UBND cấp huyện" in a Sở's report)."""
    named = re.search(r"(?i)\b(?:cấp|UBND)\s+(huyện|xã)\b", label)
    return bool(named) and body_level is not None and named is not None and named[1].lower() != body_level
