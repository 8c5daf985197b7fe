"""The tables of generated reports: grids as labelled and as printed, sums in them, every layout, errors, figures that tie."""

from __future__ import annotations

import io
import re
from collections import Counter
from decimal import Decimal
from typing import Any

import docx
import pytest

from tests.evaluation.generator import Generated
from tests.evaluation.generator.ledger import Ledger
from tests.evaluation.generator.plants import FIGURES
from tests.evaluation.generator.sheet import Grid, Pair, marks
from tests.evaluation.test_generator import clean, every, faulty, one_sheet, plants


def grids_of_word(report: Generated) -> list[list[list[str]]]:
    """The ruled tables of the Word document, a merged cell's text in its top left cell alone."""
    tables = docx.Document(io.BytesIO(report.docx)).tables
    blocks = [b for b in report.edition.sheet.blocks if isinstance(b, (Pair, Grid))]
    assert len(tables) == len(blocks)
    found = []
    for table, block in zip(tables, blocks, strict=True):
        if isinstance(block, Grid):
            seen: set[Any] = set()
            rows = []
            for row in table.rows:
                cells = [("" if c._tc in seen else c.text, seen.add(c._tc)) for c in row.cells]
                rows.append([text for text, _ in cells])
            found.append(rows)
    return found


def test_grids_equal_the_tables_of_word() -> None:
    tried = 0
    for report in [r for r in every() if r.label["tables"]][::8]:
        label = report.label["tables"]
        assert grids_of_word(report) == [table["rows"] for table in label], report.stem
        tried += sum(len(row) for table in label for row in table["rows"])
        for table in label:
            for top, left, bottom, right in table["merges"]:
                inside = [table["rows"][r][c] for r in range(top, bottom + 1) for c in range(left, right + 1)]
                assert inside[0] and not any(inside[1:]), (report.stem, inside)
    assert tried > 3000


def test_header_rows_repeat_and_are_counted() -> None:
    for report in [r for r in every() if r.label["tables"]][::30]:
        marked = []
        for table in docx.Document(io.BytesIO(report.docx)).tables:
            heads = [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows]
            if any(heads):
                assert heads == sorted(heads, reverse=True)
                marked.append(sum(heads))
        assert marked == [table["header_rows"] for table in report.label["tables"]], report.stem


def number(text: str) -> Decimal | None:
    """The figure of a cell as Vietnamese tables print it; a dash is nought."""
    if text == "-":
        return Decimal(0)
    plain = text.replace(".", "").replace(",", ".")
    return Decimal(plain) if re.fullmatch(r"-?\d+(\.\d+)?", plain) else None


FORMULA = re.compile(r"\(?(\w+)\)?=([\w()+]+)")


def summed(rows: list[list[str]], header_rows: int) -> int:
    """Check every printed formula that is a sum in every row of figures; returns how many were checked."""
    numbers = [re.sub(r"[()]", "", text.partition("=")[0]) for text in rows[header_rows - 1]]
    tried = 0
    for column, text in enumerate(rows[header_rows - 1]):
        formula = FORMULA.fullmatch(text)
        if formula is None:
            continue
        parts = [numbers.index(re.sub(r"[()]", "", part)) for part in formula[2].split("+")]
        for row in rows[header_rows:]:
            values = [number(row[part]) for part in parts]
            if row[column] and None not in values:
                tried += 1
                assert number(row[column]) == sum(v for v in values if v is not None), (text, row)
    return tried


def test_printed_formulas_hold_in_clean_reports() -> None:
    tables = [t for report in clean() for t in report.label["tables"]]
    assert sum(summed(t["rows"], t["header_rows"]) for t in tables) > 600


LEVEL = re.compile(r"[IVA-D]+")


def columns_add_up(table: dict[str, Any], percent: set[int]) -> tuple[int, int]:
    """Check the total row of a table of units in every column of counts, and its subtotals by level; returns how many."""
    body = [row for row in table["rows"][table["header_rows"] :] if any(row)]
    units = [row for row in body if row[0].isdigit()]
    leveled = any(LEVEL.fullmatch(row[0]) for row in body)
    subtotals = [r for r in body if (LEVEL.fullmatch(r[0]) and r[2]) or (leveled and r[1].startswith("Cộng "))]
    totals = [r for r in body if not r[0].isdigit() and not LEVEL.fullmatch(r[0]) and r not in subtotals]
    assert len(totals) == 1, body[0]
    groups: list[list[list[str]]] = []
    for row in body:
        if LEVEL.fullmatch(row[0]):
            groups.append([])
        elif row[0].isdigit() and groups:
            groups[-1].append(row)
    tried = 0
    for column in range(2, len(totals[0])):
        if column in percent:
            continue
        value = lambda row, at=column: number(row[at]) or Decimal(0)  # noqa: E731
        assert value(totals[0]) == sum(map(value, units)), (column, totals[0])
        tried += 1
        for subtotal, group in zip(subtotals, groups, strict=bool(subtotals)):
            assert value(subtotal) == sum(map(value, group)), (column, subtotal)
    return tried, len(subtotals)


def test_columns_of_units_add_up_in_clean_reports() -> None:
    tried, levels = 0, 0
    for report in clean():
        grids = [b for b in report.edition.sheet.blocks if isinstance(b, Grid)]
        for grid, table in zip(grids, report.label["tables"], strict=True):
            if grid.units:
                percent = {c for row in grid.rows for c, text in enumerate(row) if units_of(report, text) & {"%"}}
                checked, subtotals = columns_add_up(table, percent)
                tried, levels = tried + checked, levels + subtotals
    assert tried > 300 and levels >= 6


def units_of(report: Generated, marked: str) -> set[str]:
    """The units of the figures in a marked text."""
    return {report.edition.sheet.figures[n].unit for is_figure, n in marks(marked) if is_figure}


def test_every_table_layout_occurs() -> None:
    """Forms of every shape and order, levels, long forms, totals first, rates beside counts, two periods, nested codes."""
    tables = [t for report in every() for t in report.label["tables"]]
    heads = [{text for row in t["rows"][: t["header_rows"]] for text in row} for t in tables]
    rows = [t["rows"][t["header_rows"] :] for t in tables]
    met = {
        "formulas": sum(any("=" in text for text in head) for head in heads),
        "letters": sum(bool(head & {"A", "(A)"}) for head in heads),
        "four header rows": sum(t["header_rows"] >= 4 for t in tables),
        "without numbers": sum(t["header_rows"] == 2 for t in tables),
        "long": sum(len(t["rows"]) > 30 for t in tables),
        "levels": sum(any(row[0] == "II" and row[2] for row in body) for body in rows),
        "subtotals below": sum(any(row[1].startswith("Cộng ") for row in body) for body in rows),
        "total first": sum("ổng" in (body[0][0] + body[0][1]).lower() for body in rows),
        "boxed total": sum(any(t["header_rows"] <= m[0] and m[3] == 1 for m in t["merges"]) for t in tables),
        "dash": sum(any("-" in row for row in body) for body in rows),
        "rates beside": sum(any(text.startswith(("Tỷ lệ/", "Đạt tỷ lệ/")) for text in head) for head in heads),
        "shares": sum(bool(head & {"Tỷ trọng (%)", "Chiếm (%)"}) for head in heads),
        "change": sum(any("ăng" in text or text == "So với cùng kỳ" for text in head) for head in heads),
        "quarters": sum("Quý I" in head and "Cộng" in head for head in heads),
        "1.1.1": sum(any(re.fullmatch(r"\d\.\d\.\d\.?", row[0]) for row in body) for body in rows),
        "I, 1, a": sum({"I", "1", "a"} <= {row[0] for row in body} for body in rows),
        "fraction": sum(any(re.fullmatch(r"[\d.]+ ?/[\d.]+", row[-1]) for row in body) for body in rows),
        "documents": sum(bool(head & {"Trích yếu", "Nội dung"} and len(head) == 3) for head in heads),
    }
    assert min(met.values()) >= 3, met
    kinds = {q["kind"] for report in clean() for q in report.label["must_not_flag"]}
    assert kinds >= {"subtotals", "total_first", "dash", "quarters", "percent_column", "parent_not_sum"}


def test_errors_are_planted_in_tables() -> None:
    found = Counter[str]()
    for report in faulty():
        kinds = {seen["id"]: seen["kind"] for seen in report.label["observations"]}
        found.update(str(f["kind"]) for f in plants(report) if kinds.get(f.get("observation")) == "table")
    assert set(found) == set(FIGURES) - {"title_text"}, found  # a title is a line


def changes(values: dict[str, list[int]], wrong: int, printed: int) -> set[int]:
    """By trial of every number up to 200: the figures a single change of which leaves nothing broken."""
    sheet = one_sheet(values)
    ledger = Ledger(sheet)
    planted = {wrong: Decimal(printed)}
    mending = {wrong}
    for figure in sheet.figures:
        for value in range(200):
            state = {n: v for n, v in ({**planted, figure.id: Decimal(value)}).items() if v != sheet.figures[n].value}
            shown = {f.key: state.get(f.id, f.value) for f in sheet.figures}
            agree = all(state.get(f.id, f.value) == shown[f.key] for f in sheet.figures)
            if figure.id != wrong and agree and all(i.holds(shown) for i in ledger.identities):
                mending.add(figure.id)
    return mending


@pytest.mark.parametrize(
    ("values", "wrong", "printed"),
    [
        ({"early": [60], "on_time": [20], "late": [3], "resolved": [83]}, 3, 93),
        ({"early": [60], "on_time": [20], "late": [3], "resolved": [83, 83]}, 1, 22),
        ({"early": [60], "on_time": [20], "in_due": [80], "late": [3], "resolved": [83]}, 2, 81),
        ({"early": [60], "on_time": [20], "in_due": [80], "late": [3], "resolved": [83]}, 0, 61),
        ({"carried": [7], "new": [93], "online": [50], "direct": [43], "received": [100, 100]}, 1, 94),
        ({"pending": [9, 9], "in_time": [8], "overdue": [1]}, 1, 10),
        ({"received": [120], "resolved": [100], "pending": [20], "in_time": [15], "overdue": [5]}, 2, 21),
        ({"received": [120], "resolved": [100], "pending": [20], "late": [4]}, 1, 102),
    ],
)
def test_figures_that_tie_are_those_that_a_trial_finds(values: dict[str, list[int]], wrong: int, printed: int) -> None:
    ledger = Ledger(one_sheet(values))
    assert ledger.explanations({wrong: Decimal(printed)}) == changes(values, wrong, printed)


def test_a_dash_counts_as_nought() -> None:
    sheet = one_sheet({"early": [60], "on_time": [20], "resolved": [80]})
    sheet.noughts.add(("late", "whole", "now"))
    assert Ledger(sheet).proven({2: Decimal(81)}) == ["sum.resolved"]
    assert Ledger(sheet).explanations({2: Decimal(81)}) == {0, 1, 2}
