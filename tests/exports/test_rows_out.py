import csv
import io
import json
from datetime import date
from decimal import Decimal

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
