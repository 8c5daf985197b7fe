import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import duckdb
import fsspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.lake import compact as compacting
from pipeline.lake import paths
from pipeline.lake.compact import Compacted, compact
from pipeline.lake.paths import LakeError, Place, existing, listing
from pipeline.lake.read import query
from pipeline.lake.write import LakeWriter
from pipeline.warehouse.load import Run
from tests.lake.lakes import everything, facts, fail_after, held, in_memory, land, made, refusal, renamed, reread

AT_ONCE = timedelta(0)
TOLD = [table for table in paths.TABLES if table != "runs"]
LINES = [made(0, 2024), made(1, 2024), made(3, 2024), made(4, 2025), refusal(1), reread(1), renamed(2)]


@pytest.fixture
def lake():
    with in_memory() as uri:
        yield uri


def scattered(uri):
    """Many small parts, two of them with the same readings."""
    writers = [LakeWriter(uri, Run("0.1.0"), batch=1), LakeWriter(uri, Run("0.1.0"), batch=2)]
    for writer, lines in zip(writers, (LINES, LINES[:4]), strict=True):
        with writer:
            writer.land_many(lines)


def twice(uri):
    """One report in two parts of one year, and another: as little as shows what a compaction does."""
    first, second = LakeWriter(uri, Run("0.1.0")), LakeWriter(uri, Run("0.1.0"))
    with first, second:
        first.land_many([made(1, 2024)])
        second.land_many([made(1, 2024), made(2, 2024)])


def test_many_small_parts_become_one_a_year_and_read_the_same(tmp_path):
    uri = str(tmp_path / "lake")
    scattered(uri)
    before, files = held(uri), len(everything(uri))
    parts = [part for part in listing(existing(uri)).parts if part.year in ("2024", "2025")]
    done = compact(uri)
    assert done == Compacted(parts=5, merged=len(parts), written=2, skipped=0, deleted=0, swept=0)
    years = [part.year for part in listing(existing(uri)).parts]
    assert sorted(years) == ["2022", "2023", "2024", "2025", paths.NO_YEAR]
    assert held(uri) == before
    assert len(everything(uri)) > files, "what was replaced stays for those who are reading it"
    assert compact(uri) == Compacted(parts=5, merged=0, written=0, skipped=0, deleted=0, swept=0)
    done = compact(uri, grace=AT_ONCE)
    assert done.deleted == sum(len(part.files) for part in parts)
    assert held(uri) == before
    assert not [name for name in everything(uri) if name.startswith(paths.REPLACED)]
    with query(uri, "SELECT count(*) FROM lake_duplicates") as (_, rows):
        assert list(rows) == [(0,)]


def test_parts_are_replaced_when_the_new_one_is_sealed_and_deleted_after_the_grace(lake, monkeypatch):
    land(lake, made(0, 2024))
    land(lake, made(1, 2024))
    compact(lake, grace=timedelta(hours=1))
    assert len(listing(existing(lake)).parts) == 1
    stored = len(everything(lake))
    later = datetime.now(UTC) + timedelta(minutes=61)

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return later

    assert compact(lake).deleted == 0
    monkeypatch.setattr(compacting, "datetime", Later)
    assert compact(lake).deleted > 20
    assert len(everything(lake)) < stored
    assert facts(lake)["readings"][0] == 2


def test_large_parts_are_left_and_groups_end_at_the_target(lake):
    for number in range(6):
        land(lake, made(number, 2024))
    sizes = [part.size for part in listing(existing(lake)).parts]
    done = compact(lake, target_bytes=3 * max(sizes))
    assert (done.merged, done.written, done.parts) == (6, 2, 2)
    assert compact(lake, target_bytes=max(sizes)).merged == 0
    assert compact(lake).parts == 1


def test_files_are_sorted_and_compressed_and_keep_their_types(tmp_path):
    uri = str(tmp_path)
    for number in (3, 1, 2):
        land(uri, made(number, 2024))
    compact(uri, grace=AT_ONCE)
    (path,) = tmp_path.glob("observations/year=2024/*.parquet")
    with duckdb.connect() as con:
        assert con.execute(
            f"SELECT DISTINCT compression, (SELECT typeof(value) FROM '{path}' LIMIT 1) FROM parquet_metadata('{path}')"
        ).fetchall() == [("ZSTD", "DECIMAL(38,10)")]
        found = con.execute(f"SELECT indicator, reading, seq FROM '{path}'").fetchall()
        assert found == sorted(found, key=lambda row: (row[0] is None, row[0] or "", *row[1:]))
        assert con.execute(f"SELECT DISTINCT part || '.parquet' FROM '{path}'").fetchall() == [(path.name,)]


@pytest.mark.slow
def test_cut_off_anywhere_a_compaction_leaves_a_lake_that_reads_the_same(monkeypatch):
    """The store fails at the n-th file that is put or deleted, for every n."""
    with in_memory() as uri:
        twice(uri)
        wanted, files = facts(uri), len(everything(uri)) - 1
    failed = 0
    for fails_at in range(1000):
        with in_memory() as uri:
            twice(uri)
            with monkeypatch.context() as store:
                fail_after(store, fails_at)
                try:
                    compact(uri, grace=AT_ONCE)
                except LakeError as error:
                    assert error.code == "unreachable"
                    failed += 1
                else:
                    break
            assert facts(uri) == wanted
            compact(uri, grace=AT_ONCE, strays_after=AT_ONCE)
            assert facts(uri) == wanted
            (part,) = listing(existing(uri)).parts
            assert len(everything(uri)) == len(part.files) + 1, "nothing is left behind"
    assert failed > files


def test_what_runs_left_behind_is_swept_after_a_day(lake, monkeypatch):
    land(lake, made(0, 2024))
    whole = everything(lake)
    with monkeypatch.context() as store:
        fail_after(store, 5)
        with pytest.raises(LakeError):
            land(lake, made(1, 2024))
    place = existing(lake)
    for stray in ("checks/.x.parquet.12.building", "notes.txt", f"{paths.REPLACED}/{'a' * 32}-1-3.json"):
        place.write_text('{"parts": []}', stray)
    assert compact(lake).swept == 0
    assert compact(lake, strays_after=AT_ONCE).swept > 5
    assert everything(lake) == sorted([*whole, "notes.txt"]), "what is none of ours is left alone"


def test_a_damaged_lake_is_not_compacted(lake, monkeypatch):
    monkeypatch.setattr(paths, "_PAUSE", 0)
    land(lake, made(0, 2024))
    land(lake, made(1, 2024))
    place = existing(lake)
    place.remove(listing(place).parts[0].path("observations"))
    before = everything(lake)
    with pytest.raises(LakeError) as told:
        compact(lake, grace=AT_ONCE, strays_after=AT_ONCE)
    assert told.value.code == "damaged" and everything(lake) == before


class Turns:
    """Lets threads go one step of the store at a time, in an order that is drawn."""

    def __init__(self, monkeypatch):
        self._mine = threading.local()
        for name in ("write_text", "remove"):
            monkeypatch.setattr(Place, name, self._stepping(getattr(Place, name)))
        writing = Place.writing

        @contextmanager
        def stepping(place, relative):
            self._step()
            with writing(place, relative) as local:
                yield local

        monkeypatch.setattr(Place, "writing", stepping)
        monkeypatch.setattr(compacting, "listing", self._stepping(listing))

    def _stepping(self, real):
        def stepping(*given):
            self._step()
            return real(*given)

        return stepping

    def _step(self):
        if turn := getattr(self._mine, "turn", None):
            turn.arrive()

    def run(self, jobs, order, between):
        """Run the jobs, each in a thread, by the order drawn (job numbers), then each to its end; `between` any two steps."""
        turns = [Turn(self._mine, job) for job in jobs]
        for number in order:
            turns[number % len(turns)].go()
            between()
        for turn in turns:
            while turn.go():
                between()
        return [turn.failure for turn in turns]


class Turn:
    """One thread that waits before every step."""

    def __init__(self, mine, job):
        self._go, self._back, self._over, self.failure = threading.Semaphore(0), threading.Semaphore(0), False, None

        def work():
            mine.turn = self
            self._go.acquire()
            try:
                job()
            except (LakeError, OSError, duckdb.Error) as error:  # told to the test
                self.failure = error
            self._over = True
            self._back.release()

        self._thread = threading.Thread(target=work)
        self._thread.start()

    def arrive(self):
        self._back.release()
        self._go.acquire()

    def go(self):
        if self._over:
            self._thread.join()
            return False
        self._go.release()
        self._back.acquire()
        return True


@pytest.mark.slow
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 2), max_size=100))
def test_compactions_and_a_run_at_once_lose_nothing_whatever_their_order(monkeypatch, order):
    """Two compactions that delete at once, the worst case, and a run, step by step in any order; a reader between any two."""
    with in_memory() as uri, monkeypatch.context() as patched:
        twice(uri)
        before = facts(uri, ["readings"])["readings"][0]
        turns = Turns(patched)
        seen = []

        def between():
            seen.append(facts(uri, ["readings", "observations", "dates"]))

        jobs = [
            lambda: compact(uri, grace=AT_ONCE),
            lambda: compact(uri, grace=AT_ONCE, target_bytes=1 << 16),
            lambda: land(uri, made(4, 2024)),
        ]
        failures = turns.run(jobs, order, between)
        assert failures == [None] * 3
        counts = [tuple(one[t][0] for t in ("readings", "observations", "dates")) for one in seen]
        assert all(before <= r <= before + 1 for r, _, _ in counts) and [r for r, *_ in counts] == sorted(
            r for r, *_ in counts
        )
        assert all(o == 8 * r and d == r for r, o, d in counts), "a reading is there with all its figures or not at all"
        compact(uri, grace=AT_ONCE, strays_after=AT_ONCE)
        wanted = facts(uri, TOLD)
    with in_memory() as other:
        twice(other)
        land(other, made(4, 2024))
        assert facts(other, TOLD) == wanted


def test_parts_that_another_compaction_deletes_under_it_are_skipped(lake, monkeypatch):
    scattered(lake)
    wanted = facts(lake, TOLD)
    real, others = compacting._merge, []

    def overtaken(place, group):
        if not others:
            others.append(None)
            with monkeypatch.context() as plain:
                plain.setattr(compacting, "_merge", real)
                compact(lake, grace=AT_ONCE)
        return real(place, group)

    monkeypatch.setattr(compacting, "_merge", overtaken)
    done = compact(lake, grace=AT_ONCE)
    assert done.skipped > 0 and done.merged == 0
    assert facts(lake, TOLD) == wanted
    assert fsspec.filesystem("memory").exists(existing(lake).at(paths.MARKER))
