import csv
import io
import json
import re
from datetime import date
from decimal import Decimal

import pytest

from pipeline.exports.rows import write
from pipeline.texts import Texts

COLUMNS = ["name", "value", "day", "list", "none"]
ROWS = [
    ("=HYPERLINK(1)", Decimal("33451.0000000000"), date(2023, 1, 2), [1, "x"], None),
    ("đủ", Decimal("-0.50"), None, [], None),
]


def written(shape):
    out = io.StringIO()
    write(COLUMNS, iter(ROWS), shape, out, Texts("vi"))
    return out.getvalue()


def test_csv_is_safe_in_a_spreadsheet_and_keeps_numbers():
    rows = list(csv.reader(io.StringIO(written("csv"))))
    assert rows == [COLUMNS, ["'=HYPERLINK(1)", "33451", "2023-01-02", '[1, "x"]', ""], ["đủ", "-0.5", "", "[]", ""]]


def test_json_is_one_object_a_line_with_decimals_as_strings():
    rows = [json.loads(text) for text in written("json").splitlines()]
    assert rows[0] == {"name": "=HYPERLINK(1)", "value": "33451", "day": "2023-01-02", "list": [1, "x"], "none": None}
    assert rows[1]["value"] == "-0.5"


def test_a_table_shows_every_value():
    text = written("table")
    for part in ("name", "=HYPERLINK(1)", "33451", "2023-01-02", "đủ"):
        assert part in text


STEER = "\x1b[31mđỏ\x1b]0;tên\x07\x9b \u202engược\u2066"


@pytest.mark.parametrize("shape", ["table", "csv", "json"])
def test_no_shape_steers_a_terminal(shape):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    out = Terminal()
    write([STEER], iter([(STEER,)]), shape, out, Texts("vi"))
    own = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue().replace("\x1b[31m", "\x07"))  # what the table sets in bold
    assert not set(own) & set("\x1b\x07\x9b\u202e\u2066")
    assert "đỏ" in out.getvalue()


def test_a_file_gets_the_text_as_it_is():
    for shape, read in (
        ("csv", lambda text: next(iter(csv.reader(io.StringIO(text, newline=""))))[0]),
        ("json", lambda text: json.loads(text)["a"]),
    ):
        out = io.StringIO()
        write(["a"], iter([(STEER,)]), shape, out, Texts("vi"))
        told = out.getvalue().removeprefix("a\n")
        assert read(told) == STEER
