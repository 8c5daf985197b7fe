import dataclasses
import json
from decimal import Decimal

from extractors.model import Quantity
from pipeline.exports.json import clean, dumps, line, printed
from tests.exports.contract import problems
from tests.exports.sample import judgement, observation, refused, report


def test_a_report_makes_a_line_of_the_contract():
    made = line(report(), judgement())
    assert problems(made) == []
    assert problems(made | {"period": {"kind": "year"}}), "the validator itself must be able to fail"


def test_a_refused_file_makes_a_line_without_facts():
    made = line(refused(), judgement())
    assert problems(made) == []
    assert made["error"] == {"code": "encrypted", "message": {"vi": "Tệp có mật khẩu.", "en": "Locked."}}
    assert made["findings"] == made["checks"] == []


def test_figures_keep_the_decimals_that_the_page_prints():
    values = [o["value"] for o in line(report(), None)["observations"]]
    assert values == ["33451", "33437", "99.98", "0.50", "10180"]


def test_figures_are_in_plain_notation():
    cases = {
        ("1E+3", "1000"): "1000", ("10180.00", "10"): "10180", ("0.0000264", "0.0000001"): "0.0000264",
        ("99999999999999999999999999999999", "1"): "99999999999999999999999999999999", ("-0.5", "0.1"): "-0.5",
    }  # fmt: skip
    for (value, ulp), expected in cases.items():
        assert printed(Quantity(value, Decimal(value), Decimal(ulp))) == expected


def test_dates_are_iso_and_absent_boxes_null():
    made = line(report(), None)
    assert made["period"] == {
        "kind": "year", "year": 2023, "index": None, "start": "2023-01-01", "end": "2023-12-15", "text": "năm 2023",
    }  # fmt: skip
    assert made["citations"][0]["date"] == "2023-03-09"
    assert [o["bbox"] for o in made["observations"]][2:4] == [[72.0, 90.5, 120.25, 104.0], None]


def test_a_box_that_is_no_box_is_null():
    odd = observation(1, "7", "7", "7 hồ sơ", bbox=(0.0, float("nan"), float("inf"), 1.0))
    made = line(report(observations=(odd,)), None)
    assert made["observations"][0]["bbox"] is None
    dumps(made)


def test_text_is_free_of_what_utf8_json_or_a_terminal_cannot_bear():
    bad = dataclasses.replace(report().header, title="A\x00B\ud800C\x9b31mD\u2028E\nF")
    made = line(report(header=bad), None)
    text = dumps(made)
    assert text.encode("utf-8") and len(text.splitlines()) == 1
    assert "\x9b" not in text and "\u2028" not in text
    assert json.loads(text)["header"]["title"] == "A\ufffdB\ufffdC\x9b31mD\u2028E\nF"
    assert clean("đủ dấu") == "đủ dấu"


def test_the_judgement_is_carried_with_its_figures_as_strings():
    made = line(report(), judgement())
    check, (note, finding) = made["checks"][0], made["findings"]
    assert check["stated"] == "99.98" and check["expected"] == ["99.955", "99.965"]
    assert finding["difference"] == "0.02" and finding["suspects"][0]["suggestion"] == "99.96"
    assert note["message"] == {"vi": "Để trống số văn bản.", "en": "The number is blank."}


def test_only_what_was_recognised_has_a_confidence():
    told = report()
    figures = (dataclasses.replace(told.observations[0], confidence=61), *told.observations[1:])
    cited = (dataclasses.replace(told.citations[0], confidence=0), *told.citations[1:])
    made = line(dataclasses.replace(told, observations=figures, citations=cited), None)
    assert problems(made) == []
    assert [o.get("confidence") for o in made["observations"]] == [61, None, None, None, None]
    assert made["citations"][0]["confidence"] == 0
    assert not any(
        "confidence" in entry for entry in [*made["observations"][1:], *made["citations"][1:], *made["dates"]]
    )
