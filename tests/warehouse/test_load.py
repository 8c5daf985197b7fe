import hashlib
import os
import signal
import subprocess
import sys
import textwrap
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model import Period
from pipeline.exports.json import line
from pipeline.warehouse.load import Loader, Run
from pipeline.warehouse.rows import reading_id, series
from pipeline.warehouse.store import reading, writing
from tests.exports.sample import judgement, observation, refused, report
from tests.warehouse.contents import contents

ROOT = Path(__file__).parents[2]


def land(path, *lines, version="0.1.0"):
    with writing(path) as con:
        loader = Loader(con, Run(version))
        return [loader.land(made) for made in lines]


def rows(path, query, *parameters):
    with writing(path) as con:
        return con.execute(query, list(parameters)).fetchall()


def tables(path):
    """Name -> hash of all rows, of every table."""
    with writing(path) as con:
        names = [name for (name,) in con.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]
        return {
            n: hashlib.sha256(repr(sorted(map(repr, con.execute(f"FROM {n}").fetchall()))).encode()).hexdigest()
            for n in names
        }


@pytest.fixture
def warehouse(tmp_path):
    return tmp_path / "w.duckdb"


def test_every_fact_lands(warehouse):
    assert land(warehouse, line(report(), judgement())) == ["new"]
    found = rows(warehouse, "SELECT id, value_text, approx, page, x0, row_code FROM observations ORDER BY seq")
    assert found[2] == ("o3", "99.98", False, 1, 72.0, None)
    assert found[3] == ("o4", "0.50", True, None, None, None)
    assert found[4] == ("o5", "10180", False, 1, 72.0, "3.1")
    assert rows(warehouse, "SELECT sum(value) FROM observations") == [
        (sum_of("33451", "33437", "99.98", "0.50", "10180"),)
    ]
    assert rows(warehouse, "SELECT key, cited_date::VARCHAR FROM citations") == [("707/QĐ-UBND", "2023-03-09")]
    assert rows(warehouse, "SELECT text, problem FROM dates") == [("31/6/2023", "impossible")]
    assert rows(warehouse, "SELECT code, page FROM warnings") == [("no_text_layer", 3)]
    assert rows(warehouse, "SELECT verdict, expected_low::VARCHAR FROM checks") == [("error", "99.9550000000")]
    assert rows(warehouse, "SELECT observation_id FROM check_observations ORDER BY seq") == [("o3",), ("o2",), ("o1",)]
    assert rows(warehouse, "SELECT finding_id, check_id FROM finding_checks") == [("f1", "k1")]
    assert rows(warehouse, "SELECT ref, observation_id, citation_id, date_id FROM finding_evidence ORDER BY seq") == [
        ("o3", "o3", None, None),
        ("o2", "o2", None, None),
        ("c1", None, "c1", None),
        ("d1", None, None, "d1"),
    ]
    assert rows(warehouse, "SELECT observation_id, suggestion, reason_en FROM suspects") == [
        ("o3", "99.96", "33,437/33,451 is 99.96%")
    ]
    assert rows(warehouse, "SELECT quote, page, locator FROM findings WHERE id = 'f2'") == [("Số: /BC-SCT", 1, "p2")]


def sum_of(*texts):
    from decimal import Decimal

    return sum(map(Decimal, texts))


def test_landing_twice_changes_nothing(warehouse):
    lines = [line(report(), judgement()), line(report("in/b.docx", b"two"), None), line(refused(), None)]
    assert land(warehouse, *lines) == ["new", "new", "refused"]
    before = tables(warehouse)
    assert land(warehouse, *lines) == ["known", "known", "refused"]
    assert tables(warehouse) == before
    assert all(count for (count,) in [rows(warehouse, "SELECT count(*) FROM runs")[0]])


def test_the_same_bytes_under_another_name_add_only_the_name(warehouse):
    assert land(warehouse, line(report("a.docx"), None), line(report("b.docx"), None)) == ["new", "known"]
    assert rows(warehouse, "SELECT path FROM files ORDER BY 1") == [("a.docx",), ("b.docx",)]
    assert rows(warehouse, "SELECT count(*) FROM readings") == [(1,)]


def test_a_better_reading_of_the_same_bytes_adds_to_the_history(warehouse):
    assert land(warehouse, line(report(), None)) == ["new"]
    assert land(warehouse, line(report(), judgement())) == ["reread"]
    assert rows(warehouse, "SELECT count(*) FROM readings") == [(2,)]
    assert rows(warehouse, "SELECT count(*) FROM report_versions") == [(1,)]
    assert rows(warehouse, "SELECT errors FROM latest_reports") == [(1,)]


def test_a_resent_report_is_a_new_version_and_the_old_one_stays(warehouse):
    land(warehouse, line(report("a.docx", b"first"), judgement()))
    time.sleep(0.01)
    land(warehouse, line(report("b.docx", b"second"), None))
    found = rows(warehouse, "SELECT path, version, is_latest FROM report_versions ORDER BY version")
    assert found == [("a.docx", 1, False), ("b.docx", 2, True)]
    assert rows(warehouse, "SELECT path, errors FROM latest_reports") == [("b.docx", 0)]
    assert rows(warehouse, "SELECT count(*) FROM findings") == [(2,)], "the first version's findings are history"


def test_within_one_run_a_scan_ranks_below_a_text_whatever_comes_first(warehouse):
    import dataclasses

    scan = report("a.pdf", b"scan")
    scan = dataclasses.replace(scan, source=dataclasses.replace(scan.source, format="pdf", reader="ocr"))
    text = report("z.docx", b"text")
    land(warehouse, line(text, None), line(scan, None))
    assert rows(warehouse, "SELECT path FROM latest_reports") == [("z.docx",)]


def test_a_report_without_office_or_period_stands_alone():
    nameless = [line(report(body=body, period=None), None) for body in (b"a", b"b")]
    assert series(nameless[0]) != series(nameless[1])
    named = [line(report(body=body), None) for body in (b"a", b"b")]
    assert series(named[0]) == series(named[1])
    assert reading_id(named[0]) != reading_id(named[1])


@pytest.mark.parametrize(
    "text", ["'; DROP TABLE observations; --", "$1 ? {}", 'a"b\\u0000', "Đường dẫn\ttab\nline", "A\x00B\udc80C"]
)
def test_text_is_data_whatever_it_says(warehouse, text):
    o = observation(1, text, "7", text, unit=text, scope=text)
    assert land(warehouse, line(report(path=text, observations=(o,)), None)) == ["new"]
    clean = text.replace("\x00", "\ufffd").replace("\udc80", "\ufffd")
    assert rows(warehouse, "SELECT text, quote, unit, scope FROM observations") == [(clean,) * 4]


def test_a_figure_that_the_column_does_not_hold_keeps_its_text(warehouse):
    huge, fine = "9" * 40, "0." + "1" * 20
    figures = (observation(1, huge, huge, huge), observation(2, fine, fine, fine))
    land(warehouse, line(report(observations=figures), None))
    assert rows(warehouse, "SELECT value, value_text FROM observations ORDER BY id") == [(None, huge), (None, fine)]


def test_a_document_lands_whole_or_not_at_all(warehouse):
    land(warehouse, line(report("a.docx", b"a"), judgement()))
    before = tables(warehouse)
    broken = line(report("b.docx", b"b"), judgement())
    broken["findings"][1]["severity"] = "catastrophe"
    with writing(warehouse) as con, pytest.raises(duckdb.ConstraintException):
        Loader(con, Run("0.1.0")).land(broken)
    assert tables(warehouse) == before


def test_evidence_that_is_nowhere_in_the_report_is_kept_by_name(warehouse):
    made = line(report(), judgement())
    made["findings"][1]["evidence"] = ["o99"]
    made["checks"][0]["observations"] = ["o1", "o99"]
    land(warehouse, made)
    assert rows(warehouse, "SELECT ref, observation_id FROM finding_evidence") == [("o99", None)]


def test_killed_in_the_middle_the_warehouse_holds_the_last_whole_document(warehouse):
    child = textwrap.dedent("""
        import sys
        from pathlib import Path
        from pipeline.exports.json import line
        from pipeline.warehouse.load import Loader, Run
        from pipeline.warehouse.store import reading, writing
        from tests.exports.sample import judgement, observation, report

        many = tuple(observation(n, str(n), str(n), f"số {n}") for n in range(1, 400))
        with writing(Path(sys.argv[1])) as con:
            loader = Loader(con, Run("0.1.0"))
            for n in range(10_000):
                loader.land(line(report(f"{n}.docx", str(n).encode(), observations=many), judgement()))
                print(n, flush=True)
    """)
    process = subprocess.Popen(
        [sys.executable, "-c", child, str(warehouse)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    told = [process.stdout.readline() for _ in range(3)]
    time.sleep(0.02)  # somewhere inside a later document
    os.kill(process.pid, signal.SIGKILL)
    told += process.stdout.readlines()
    process.wait()
    with reading(warehouse) as con:  # a reader comes first, while the log still stands beside the file
        whole = con.execute("SELECT reading, count(*) FROM observations GROUP BY 1").fetchall()
    assert rows(warehouse, "SELECT reading, count(*) FROM observations GROUP BY 1 ORDER BY 1") == sorted(whole)
    assert len(whole) in (len(told), len(told) + 1), "all that was acknowledged, at most one more that was committed"
    assert {count for _, count in whole} == {399}
    assert rows(warehouse, "SELECT count(*) FROM findings") == [(2 * len(whole),)]
    assert land(warehouse, line(report("after.docx", b"after"), None)) == ["new"], "and it goes on working"


LINES = (
    line(report(), judgement()),
    line(report("b.docx", b"b"), None),
    line(report("same-bytes.docx"), judgement()),
    line(refused(), None),
    line(refused("c.pdf"), None),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from(range(len(LINES))), max_size=5), min_size=1, max_size=4))
def test_any_order_and_repetition_in_any_batches_gives_the_same_tables(batches):
    """Whatever comes first, alone or together; what is left is landed at the end."""
    with TemporaryDirectory() as place:
        with writing(Path(place, "w.duckdb")) as con:
            loader = Loader(con, Run("0.1.0"))
            told = [
                (n, said) for b in batches for n, said in zip(b, loader.land_all([LINES[n] for n in b]), strict=True)
            ]
            told += list(enumerate(loader.land_all(LINES)))
            found = contents(con)
        with writing(Path(place, "plain.duckdb")) as con:
            for made in LINES:
                Loader(con, Run("0.1.0")).land(made)
            assert found == contents(con)
    first = dict(reversed(told))
    assert [first[n] for n in (1, 3, 4)] == ["new", "refused", "refused"]
    assert {first[0], first[2]} <= {"new", "known"} and "new" in (first[0], first[2])
    assert all(
        said in ("known", "refused") for n, said in told[::-1][: len(LINES)] if n in {m for m, _ in told[: -len(LINES)]}
    )


def test_a_batch_lands_whole_or_not_at_all(warehouse):
    broken = line(report("bad.docx", b"bad"), judgement())
    broken = broken | {"checks": [broken["checks"][0] | {"verdict": "perhaps"}, *broken["checks"][1:]]}
    with writing(warehouse) as con:
        loader = Loader(con, Run("0.1.0"))
        with pytest.raises(duckdb.ConstraintException):
            loader.land_all([line(report(), judgement()), broken])
        assert con.execute("SELECT count(*) FROM documents").fetchall() == [(0,)]
        assert loader.land_all([line(report(), judgement())]) == ["new"]


def test_an_offices_own_counts_are_kept_with_what_is_exact_first(warehouse):
    def said(number, value, **other):
        return observation(number, value, value, f"{value} hồ sơ", indicator="dossiers_resolved_total", **other)

    year = Period("year", 2020, None, None, None, "năm 2020")
    figures = (
        said(1, "500", approx=True),
        said(2, "507"),
        said(3, "9", scope="cấp huyện"),
        said(4, "100", role="target"),
        said(5, "80", period=year),
        said(6, "81", period=year),
        observation(7, "40", "40", "gần 40", indicator="dossiers_pending_total", approx=True),
    )
    land(warehouse, line(report(observations=figures), None))
    found = "SELECT indicator, period_year, period_end IS NULL, value::INTEGER, disputed, approx, quote FROM own_dossiers ORDER BY seq"
    assert rows(warehouse, found) == [
        ("dossiers_resolved_total", report().period.year, False, 507, False, False, "507 hồ sơ"),
        ("dossiers_resolved_total", 2020, True, 80, True, False, "80 hồ sơ"),
        ("dossiers_pending_total", report().period.year, False, 40, False, True, "gần 40"),
    ]


def test_how_sure_recognition_was_is_kept_of_recognised_figures_only(warehouse):
    figures = (observation(1, "12", "12", "12"), observation(2, "7", "7", "7", confidence=44))
    land(warehouse, line(report("scan.pdf", b"scan", observations=figures), None))
    land(warehouse, line(report("text.docx", b"text"), None))
    found = "SELECT o.text, f.confidence FROM recognised_figures f JOIN observations o USING (reading, seq)"
    assert rows(warehouse, found) == [("7", 44)]
    assert rows(warehouse, "SELECT count(*) FROM recognised_figures") == [(1,)]
    beyond = observation(1, "12", "12", "12", confidence=101)
    with pytest.raises(duckdb.ConstraintException):
        land(warehouse, line(report("beyond.pdf", b"beyond", observations=(beyond,)), None))


def test_reading_an_older_version_again_does_not_make_it_the_latest(warehouse):
    land(warehouse, line(report("first.docx", b"first"), None))
    time.sleep(0.002)
    land(warehouse, line(report("second.docx", b"second"), None))
    time.sleep(0.002)
    land(warehouse, line(report("first.docx", b"first", observations=()), None), version="0.2.0")
    found = rows(warehouse, "SELECT path, version, is_latest FROM report_versions ORDER BY version")
    assert found == [("first.docx", 1, False), ("second.docx", 2, True)]


@pytest.mark.parametrize("text", ["12345678901234567890123456", "0.1234567891", "9" * 28])
def test_a_figure_of_many_digits_lands_exactly(warehouse, text):
    land(warehouse, line(report(observations=(observation(1, text, text, text),)), None))
    assert rows(warehouse, "SELECT value FROM observations") == [(Decimal(text),)]


def test_centres_of_two_communes_send_two_reports(warehouse):
    def of(commune):
        header = replace(
            report().header, issuing_body="Trung tâm Phục vụ hành chính công", parent_body=f"UBND xã {commune}"
        )
        return line(report(f"{commune}.docx", commune.encode(), header=header), None)

    land(warehouse, of("Hải Hậu"), of("Giao Thủy"))
    assert rows(warehouse, "SELECT versions FROM report_versions") == [(1,), (1,)]
