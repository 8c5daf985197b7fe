"""Rows to standard output: a table to read, CSV that a spreadsheet cannot run, or JSON Lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Literal, TextIO

from pipeline.exports.json import clean, dumps
from pipeline.texts import Texts

Rows = Iterable[Sequence[Any]]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(columns: Sequence[str], rows: Rows, shape: Literal["table", "csv", "json"], out: TextIO, t: Texts) -> None:
    """Write rows in one of three shapes; CSV and JSON stream."""
    if shape == "csv":
        told = _on_screen if out.isatty() else _in_lines  # a file gets the text as it is, a terminal would obey it
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([told(cell(name)) for name in columns])
        writer.writerows([told(cell(value)) for value in row] for row in rows)
    elif shape == "json":
        for row in rows:
            out.write(dumps({name: value_of(value) for name, value in zip(columns, row, strict=True)}) + "\n")
    else:
        from pipeline.exports import table

        texts = [[_spelled(value) for value in row] for row in rows]
        table.show(table.console(out), table.grid(columns, texts, t))


def _on_screen(text: str) -> str:
    from pipeline.exports.table import visible

    return visible(text)


def value_of(value: Any) -> Any:
    """A value as JSON has it: decimals as plain strings, dates as ISO; a float only where the query made one."""
    if isinstance(value, str):
        return clean(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else str(value)
    if isinstance(value, Decimal):
        return _plain(value)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): value_of(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [value_of(inner) for inner in value]
    return value.hex() if isinstance(value, bytes) else str(value)


def rules_table(t: Texts) -> tuple[list[str], Rows]:
    """The rules that reports are checked by, alone and against the history, with what the scoreboard measured of each."""
    from pipeline.checks import RULES
    from pipeline.checks.measured import Measured, measured
    from pipeline.warehouse.history import RULES as AGAINST_HISTORY

    columns = ["rule", "severity", "says", "example", "tested", "precision", "recall"]
    known, rows = measured(), []
    for rule in (*RULES, *AGAINST_HISTORY):
        of = known.get(rule.id, Measured())
        shares = [None if s is None else Decimal(f"{s:.3f}") for s in (of.precision, of.recall)]
        rows.append([rule.id, rule.severity, getattr(rule, t.language), rule.example, of.tested, *shares])
    return columns, rows


def indicators_table(t: Texts) -> tuple[list[str], Rows]:
    """The indicators that figures are bound to."""
    from extractors.vocabulary import indicators

    name = f"name_{t.language}"
    return ["id", name, "unit", "reference"], [
        [i.id, getattr(i, name), i.unit, i.reference] for i in indicators().values()
    ]


def _plain(value: Decimal) -> str:
    """Without the zeros that only the column's type puts there."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _spelled(value: Any) -> Any:
    """A cell for reading; numbers stay numbers so that they align."""
    if isinstance(value, Decimal):
        return _plain(value)
    if isinstance(value, list | tuple | Mapping):
        return json.dumps(value_of(value), ensure_ascii=False)
    return str(value_of(value)) if isinstance(value, timedelta | bytes) else value


def cell(value: Any) -> Any:
    """A CSV cell; text that a spreadsheet would run as a formula gets an apostrophe before it."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + clean(value)
    plain = value_of(value)
    return json.dumps(plain, ensure_ascii=False) if isinstance(plain, list | dict) else plain


def _in_lines(value: Any) -> Any:
    """Text whose lines end as CSV quotes them: a lone carriage return would break the row."""
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value
