"""Several processes at one warehouse: runs beside runs, and questions while runs go on."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest

from pipeline.warehouse.store import reading, writing
from tests.warehouse.contents import contents
from tests.warehouse.crash import SOAT, ended, reports, start

HOLD = "import duckdb, sys, time; con = duckdb.connect(sys.argv[1]); print('held', flush=True); time.sleep(float(sys.argv[2]))"


def held(warehouse, seconds):
    """A process that keeps the file open for so long."""
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(warehouse), str(seconds)], stdout=-1, text=True)
    assert holder.stdout.readline() == "held\n"
    return holder


def asked(warehouse, query, *options):
    command = [*SOAT, "sql", query, "--warehouse", str(warehouse), "--format", "json", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_two_runs_at_once_land_everything_and_questions_are_answered_meanwhile(tmp_path):
    halves = [tmp_path / "left", tmp_path / "right"]
    for seed, half in enumerate(halves):
        half.mkdir()
        reports(half, 30, 1000 * seed)
    warehouse = tmp_path / "w.duckdb"
    runs = [start(half, warehouse) for half in halves]
    answers = []
    while any(run.poll() is None for run in runs):
        if warehouse.exists():
            answers.append(asked(warehouse, "SELECT count(*) AS n FROM latest_reports"))
    assert [run.returncode for run in runs] == [0, 0]
    assert [a.stderr for a in answers if a.returncode] == [] and len(answers) >= 3
    counts = [json.loads(a.stdout)["n"] for a in answers]
    assert counts == sorted(counts), "what is landed stays"
    one_after_the_other = tmp_path / "w2.duckdb"
    for half in halves:
        ended(half, one_after_the_other)
    with reading(warehouse) as con, reading(one_after_the_other) as other:
        assert contents(con) == contents(other)
        assert con.execute("SELECT count(*) FROM readings").fetchall() == [(60,)]


def test_a_long_wait_is_told_with_who_has_the_file(tmp_path):
    warehouse = tmp_path / "w.duckdb"
    with writing(warehouse):
        pass
    command = [*SOAT, "sql", "SELECT 1 AS one", "--warehouse", str(warehouse), "--format", "json", "--lang", "en"]
    with held(warehouse, 60.0) as holder, subprocess.Popen(command, stdout=-1, stderr=-1, text=True) as asking:
        told = asking.stderr.readline()
        holder.kill()
        answer, more = asking.communicate()
        assert (asking.returncode, answer, more) == (0, '{"one":1}\n', "")
        assert f"(PID {holder.pid})" in told


def test_a_short_wait_is_not_worth_a_word(tmp_path):
    warehouse = tmp_path / "w.duckdb"
    with writing(warehouse):
        pass
    start_of_wait, told = time.monotonic(), []
    with held(warehouse, 0.5), reading(warehouse, on_wait=lambda *who: told.append(who)) as con:
        assert con.execute("SELECT count(*) FROM readings").fetchall() == [(0,)]
    assert told == [] and time.monotonic() - start_of_wait > 0.3
