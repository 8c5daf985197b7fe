"""Display formats print as Excel prints, with Vietnamese marks."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest

from extractors.readers.date_format import Moment, date_shown
from extractors.readers.number_format import shown, text_shown

ACCOUNTS = '_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_);_(@_)'


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("33451", "#,##0", "33.451"),
        ("0.9998", "0.00%", "99,98%"),
        ("12.5", "General", "12,5"),
        ("33451", "General", "33451"),
        ("0.333333333333333", "General", "0,333333333"),
        ("1234.56789012", "General", "1234,56789"),
        ("1E+20", "General", "100000000000000000000"),
        ("0", "General", "0"),
        ("-0.00000000001", "General", "0"),
        ("1234567.891", "#,##0.00", "1.234.567,89"),
        ("1234567.895", "#,##0.00", "1.234.567,90"),
        ("-1234.5", "#,##0.0", "-1.234,5"),
        ("5", "00", "05"),
        ("987654321", "0000000000", "0987654321"),
        ("1234567890", "0000-000-000", "1234-567-890"),
        ("33451", "0\\.000", "33.451"),
        ("33451", '0"."000', "33.451"),
        ("33451", '#,##0 "hồ sơ"', "33.451 hồ sơ"),
        ("3", '"Quý "0', "Quý 3"),
        ("0", "#", ""),
        ("0", "#,##0", "0"),
        ("5", "#.##", "5"),
        ("5.1", "#.##", "5,1"),
        ("0.5", "0%", "50%"),
        ("0.00001", "0.00%", "0,00%"),
        ("0", ACCOUNTS, "-"),
        ("1234", ACCOUNTS, "1.234"),
        ("-1234", ACCOUNTS, "(1.234)"),
        ("-1", "0_);(0)", "(1)"),
        ("-5", "0;;0", ""),
        ("7", ";;;", ""),
        ("5", "[Red]#,##0;[Blue]-#,##0", "5"),
        ("-5", "[Red]#,##0;[Blue]-#,##0", "-5"),
        ("150", "[>100]0.0;0", "150,0"),
        ("50", "[>100]0.0;0.00", "50,00"),
        ("1234", "[$₫-42A]#,##0", "₫1.234"),
        ("1234", "#,##0\\ [$₫-42A]", "1.234 ₫"),
        ("1234567", "#,##0,", "1.235"),
        ("1234567", "0.0,,", "1,2"),
        ("123456", "0.00E+00", "1,23E+05"),
        ("9.99", "0.0E+0", "1,0E+1"),
        ("0.63157894736842", "# ??/??", "12/19"),
        ("1.375", "# ?/?", "1 3/8"),
        ("0.5", "# ?/8", "4/8"),
    ],
)
def test_a_number_prints_under_its_format(value: str, code: str, text: str) -> None:
    assert shown(Decimal(value), code).text == text


@pytest.mark.parametrize(
    ("value", "code", "hides"),
    [
        ("12.5", "0", True),
        ("12.5", "#,##0", True),
        ("0.9998", "0%", True),
        ("12", "0", False),
        ("12.345", "0.0", False),
        ("12.5", "General", False),
        ("0.5", "0%", False),
    ],
)
def test_hidden_decimals_are_told(value: str, code: str, hides: bool) -> None:
    assert shown(Decimal(value), code).hides is hides


def test_what_a_format_hides_is_rounded_away_from_nought() -> None:
    assert [shown(Decimal(v), "0").text for v in ("12.5", "13.5", "-12.5", "-0.2")] == ["13", "14", "-13", "0"]


def test_a_text_follows_its_own_section() -> None:
    assert text_shown("Tốt", "General") == "Tốt"
    assert text_shown("Tốt", '0;-0;0;"Loại: "@') == "Loại: Tốt"
    assert text_shown("Tốt", ";;;") == ""
    assert text_shown("1.234", "#,##0") == "1.234"


@pytest.mark.parametrize("code", ["", "[", '"', "\\", "[$", "E+", "/", "0/", "#,", ",", "%", ".", "@", ";;;;;;", "[>]0", "0.0.0", "General General"])  # fmt: skip
@pytest.mark.parametrize("value", ["0", "-1.5", "1E+300", "1E-300"])
def test_a_broken_format_still_prints(code: str, value: str) -> None:
    assert isinstance(shown(Decimal(value), code).text, str)


def test_the_largest_number_prints_in_groups() -> None:
    assert shown(Decimal("1E+308"), "#,##0").text == "100" + ".000" * 102


def test_no_number_without_a_format_is_printed_with_an_exponent() -> None:
    assert shown(Decimal("1.5E+30"), "General").text == "15" + "0" * 29
    assert shown(Decimal("1E-30"), "General").text == "0"


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (datetime(2023, 12, 5), "mm-dd-yy", "05/12/2023"),
        (datetime(2023, 12, 5), "d/m/yyyy;@", "05/12/2023"),
        (datetime(2023, 12, 5), "[$-42A]dd mmmm yyyy;@", "05/12/2023"),
        (datetime(2023, 12, 5, 14, 30), "m/d/yyyy h:mm", "05/12/2023 14:30"),
        (datetime(2023, 12, 5), "m/d/yyyy h:mm", "05/12/2023"),
        (datetime(2023, 2, 5), "mm/yyyy", "02/2023"),
        (datetime(2023, 2, 5), "yyyy", "2023"),
        (datetime(2023, 2, 5), "d/m", "5/2"),
        (datetime(2023, 2, 5), '"ngày" dd "tháng" mm "năm" yyyy', "ngày 05 tháng 02 năm 2023"),
        (time(14, 5), "h:mm", "14:05"),
        (timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
    ],
)
def test_a_date_prints_as_one(value: Moment, code: str, text: str) -> None:
    assert date_shown(value, code) == text
