"""Several processes at one lake, some of them killed."""

import random
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from pipeline.lake.compact import compact
from pipeline.lake.paths import existing, listing
from tests.lake.lakes import held, land, made, refusal, undisturbed

ROOT = Path(__file__).parents[2]
WRITER = textwrap.dedent("""
    import sys
    from pipeline.lake.write import LakeWriter
    from pipeline.warehouse.load import Run
    from tests.lake.lakes import made, refusal

    uri, first, end, batch = sys.argv[1], *map(int, sys.argv[2:])
    lines = [made(n) for n in range(first, end)] + [refusal(n % 3) for n in range(first, end)]
    writer = LakeWriter(uri, Run("0.1.0"), batch)
    print("ready", flush=True)
    sys.stdin.readline()
    with writer:
        for line in lines:
            writer.land(line)
""")
COMPACTOR = textwrap.dedent("""
    import sys
    from datetime import timedelta
    from pipeline.lake.compact import compact

    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(int(sys.argv[2])):
        compact(sys.argv[1], grace=timedelta(seconds=float(sys.argv[3])))
""")


def start(code, *arguments):
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    assert process.stdout.readline() == "ready\n", process.stderr.read()
    return process


def let_go(*processes):
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()


def done(*processes):
    for process in processes:
        _, told = process.communicate()
        assert process.returncode == 0, told


def lines(end):
    return [made(n) for n in range(end)] + [refusal(n) for n in range(3)]


@pytest.mark.slow
def test_four_runs_at_once_with_overlapping_files_and_a_compaction(tmp_path):
    """All have looked at the empty lake before any writes, so what overlaps is written more than once."""
    uri = str(tmp_path / "lake")
    land(uri)
    writers = [start(WRITER, uri, first, first + 16, 5) for first in (0, 4, 8, 4)]
    compactor = start(COMPACTOR, uri, 3, 3600)
    let_go(*writers, compactor)
    done(*writers, compactor)
    wanted = undisturbed(tmp_path / "w.duckdb", lines(24))
    assert held(uri) == wanted
    readings = sum(part.files["readings"] > 0 for part in listing(existing(uri)).parts)
    assert readings > 4
    compact(uri)
    assert held(uri) == wanted


@pytest.mark.slow
def test_killed_at_random_moments_runs_and_compactions_leave_a_lake_that_reads_well(tmp_path):
    uri, chosen = str(tmp_path / "lake"), random.Random(2026)
    land(uri, made(0))
    wanted = undisturbed(tmp_path / "w.duckdb", lines(32))
    caught = 0
    for kill in range(8):  # each has some files more to land than the one before
        processes = [start(WRITER, uri, 0, 4 * kill + 4, 1), start(COMPACTOR, uri, 20, 3600)]
        let_go(*processes)
        for process in chosen.sample(processes, 2):
            time.sleep(chosen.uniform(0, 0.5))
            caught += process.poll() is None
            process.kill()
            process.communicate()
        found = held(uri)
        assert found["observations"][0] == 8 * found["readings"][0], f"after kill {kill}"
        assert 1 <= found["readings"][0] <= 4 * kill + 4
    assert caught >= 4, "some must die at work"
    writer = start(WRITER, uri, 0, 32, 20)
    let_go(writer)
    done(writer)
    assert held(uri) == wanted
    compact(uri)
    assert held(uri) == wanted
