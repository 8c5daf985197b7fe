"""A disk that is full, and a warehouse that may not be written: said in one line, and nothing is lost."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess

import pytest

from pipeline.warehouse.store import reading, writing
from pipeline.warehouse.verify import probes
from tests.warehouse.contents import contents
from tests.warehouse.crash import SOAT, ended, reports

# the largest file that the process may write: room for an empty warehouse and some reports
ROOM = 2_200_000


def within(room):
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))


def bound_by_permissions():
    """Root may write what nobody may, but for this: CAP_DAC_OVERRIDE is taken from what the process will be."""
    drop, override = 24, 1
    if os.geteuid() == 0 and ctypes.CDLL(None, use_errno=True).prctl(drop, override, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def run(folder, warehouse, **how):
    command = [*SOAT, "run", str(folder), "--warehouse", str(warehouse), "--lang", "en", "--jobs", "2", "--exit-zero"]
    return subprocess.run(command, capture_output=True, text=True, check=False, **how)


@pytest.mark.slow
def test_a_full_disk_is_said_and_what_was_landed_is_whole(tmp_path):
    folder, warehouse = tmp_path / "in", tmp_path / "w.duckdb"
    folder.mkdir()
    reports(folder, 90, 1)
    stopped = run(folder, warehouse, preexec_fn=within(ROOM))
    assert stopped.returncode == 3 and "disk is full" in stopped.stderr and "Traceback" not in stopped.stderr
    with reading(warehouse) as con:
        (landed,) = con.execute("SELECT count(*) FROM readings").fetchall()[0]
        assert [p for p in probes(con) if p.wrong] == []
    assert 0 < landed < 90
    assert run(folder, warehouse).returncode == 0
    with reading(warehouse) as con:
        again = contents(con)
    assert again == ended(folder, tmp_path / "undisturbed.duckdb")


def test_no_room_for_an_empty_warehouse_leaves_nothing(tmp_path):
    folder, place = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    stopped = run(folder, place / "w.duckdb", preexec_fn=within(200_000))
    assert stopped.returncode == 3 and "disk is full" in stopped.stderr
    assert list(place.iterdir()) == []


def test_a_warehouse_that_may_only_be_read_answers_and_refuses_a_run(tmp_path):
    folder, warehouse = tmp_path / "in", tmp_path / "out" / "w.duckdb"
    folder.mkdir()
    with writing(warehouse):
        pass
    before = warehouse.read_bytes()
    warehouse.chmod(0o444)
    warehouse.parent.chmod(0o555)
    try:
        stopped = run(folder, warehouse, preexec_fn=bound_by_permissions)
        answer = subprocess.run(
            [*SOAT, "sql", "SELECT count(*) AS n FROM readings", "--warehouse", str(warehouse), "--format", "csv"],
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=bound_by_permissions,
        )
    finally:
        warehouse.parent.chmod(0o755)
    assert stopped.returncode == 3 and str(warehouse) in stopped.stderr and "Traceback" not in stopped.stderr
    assert warehouse.read_bytes() == before
    assert (answer.returncode, answer.stdout) == (0, "n\n0\n")
