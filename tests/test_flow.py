import hashlib
import threading
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from extractors import limits
from extractors.errors import Unreadable
from pipeline import flow
from pipeline.warehouse.store import WarehouseError, reading
from tests.exports.contract import problems
from tests.exports.sample import judgement, refused, report
from tests.readers.containers import REPORT as SMALL_REPORT
from tests.readers.containers import text as small_report
from tests.readers.containers import zipped


@pytest.fixture
def judged(monkeypatch):
    """Reading replaced by the file's own first word: "good", "locked", "slow", "defect"; returns the names read."""
    names = []

    def judge(path: Path):
        names.append(path.name)
        word = path.read_text().split()[0]
        if word == "slow":
            raise Unreadable("timed_out", "60 s")
        if word == "defect":
            raise KeyError("lỗi của chương trình")
        if word == "locked":
            return refused(str(path)), None
        return report(str(path), path.read_bytes()), judgement()

    monkeypatch.setattr(flow, "judge", judge)
    return names


@pytest.fixture
def pool():
    with ThreadPoolExecutor(2) as executor:
        yield executor


def written(folder, **files):
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text)
    return folder


def test_a_run_lands_every_file_and_tells_each(tmp_path, judged, pool):
    folder = written(tmp_path / "in", a="good 1", b="good 2", c="locked", d="slow", e="defect")
    told = []
    summary = flow.run([folder], tmp_path / "w.duckdb", pool, lambda made, outcome: told.append((made, outcome)))
    assert (summary.files, summary.new, summary.refused, summary.errors, summary.infos) == (5, 2, 3, 2, 2)
    assert summary.exit_code == 3
    codes = {Path(made["source"]["path"]).name: made["error"] and made["error"]["code"] for made, _ in told}
    assert codes == {"a.txt": None, "b.txt": None, "c.txt": "encrypted", "d.txt": "timed_out", "e.txt": "crashed"}
    with reading(tmp_path / "w.duckdb") as con:
        assert con.execute("SELECT count(*) FROM readings").fetchall() == [(2,)]
        assert con.execute("SELECT code FROM refusals ORDER BY 1").fetchall() == [
            ("crashed",),
            ("encrypted",),
            ("timed_out",),
        ]
        defect = con.execute("SELECT message_vi, length(sha256) FROM refusals WHERE code = 'crashed'").fetchall()
    assert "KeyError" in defect[0][0] and defect[0][1] == 64


def test_a_second_run_finds_everything_known(tmp_path, judged, pool):
    folder = written(tmp_path / "in", a="good 1", b="good 2")
    first = flow.run([folder], tmp_path / "w.duckdb", pool, lambda *_: None)
    again = flow.run([folder], tmp_path / "w.duckdb", pool, lambda *_: None)
    assert (first.new, first.known, again.new, again.known, again.exit_code) == (2, 0, 0, 2, 1)


def test_what_breaks_the_warehouses_rules_is_a_refusal_not_the_end(tmp_path, judged, pool, monkeypatch):
    sound = flow.judge

    def judge(path):
        made, findings = sound(path)
        if path.name == "a.txt":
            findings = replace(findings, checks=(replace(findings.checks[0], verdict="perhaps"),))
        return made, findings

    monkeypatch.setattr(flow, "judge", judge)
    told = {}
    folder = written(tmp_path / "in", a="good 1", b="good 2")
    summary = flow.run(
        [folder], tmp_path / "w.duckdb", pool, lambda made, o: told.update({made["source"]["path"][-5:]: made})
    )
    assert (summary.new, summary.refused) == (1, 1)
    assert told["a.txt"]["error"]["code"] == "not_landed" and told["a.txt"]["observations"] == []


def test_inspect_keeps_the_order_of_the_files(tmp_path, judged, pool):
    folder = written(tmp_path / "in", **{f"f{n:02}": f"good {n}" for n in range(40)})
    files = sorted(folder.iterdir(), reverse=True)
    told = []
    flow.inspect(files, pool, lambda made, _: told.append(Path(made["source"]["path"])))
    assert told == files


class Counting(Executor):
    """Runs at once in this thread, and counts what was submitted before anything was taken."""

    submitted = 0

    def submit(self, fn, /, *arguments, **named):
        self.submitted += 1
        future = Future()
        future.set_result(fn(*arguments, **named))
        return future


def test_few_files_are_in_flight_and_lines_are_let_go(tmp_path, judged):
    folder = written(tmp_path / "in", **{f"f{n:03}": f"good {n}" for n in range(100)})
    executor, ahead, taken = Counting(), [], 0
    for _ in flow.lines(flow.expand([folder]), executor):
        taken += 1
        ahead.append(executor.submitted - taken)
    assert taken == 100 and max(ahead) <= flow.IN_FLIGHT


def test_a_folder_stands_for_its_files_by_name(tmp_path):
    for name in (
        "b.pdf",
        "a.DOCX",
        "sub/c.xyz",
        ".hidden.pdf",
        ".git/x.pdf",
        "README.md",
        "~$a.docx",
        ".gitkeep",
        "sub/README",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    gone = tmp_path / "gone.pdf"
    found = flow.expand([tmp_path, tmp_path / "b.pdf", gone])
    assert [str(f.relative_to(tmp_path)) for f in found] == ["a.DOCX", "b.pdf", "sub/c.xyz", "gone.pdf"]
    assert flow.expand([tmp_path / "README.md"]) == [tmp_path / "README.md"], "what is named is read"


def test_a_warehouse_that_cannot_be_used_stops_the_run_before_reading(tmp_path, judged, pool):
    folder = written(tmp_path / "in", a="good 1")
    (tmp_path / "w.duckdb").write_text("không phải kho " * 999)
    with pytest.raises(WarehouseError):
        flow.run([folder], tmp_path / "w.duckdb", pool, lambda *_: None)
    assert judged == []


def test_the_watcher_runs_in_the_callers_thread(tmp_path, judged, pool):
    folder, seen = written(tmp_path / "in", a="good 1", b="good 2"), set()
    flow.inspect([folder], pool, lambda *_: seen.add(threading.get_ident()))
    assert seen == {threading.get_ident()}


#: the parts make 119 of 120
REPORT = SMALL_REPORT.format(n=12).replace("trễ hạn: 5", "trễ hạn: 4")


def test_from_file_to_warehouse_through_the_guarded_pool(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    (folder / "empty.docx").write_bytes(b"")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    told = {}
    with flow.pool(2) as guarded:
        summary = flow.run([folder], tmp_path / "w.duckdb", guarded, lambda made, outcome: told.update({outcome: made}))
        again = flow.run([folder], tmp_path / "w.duckdb", guarded, lambda *_: None)
    assert (summary.new, summary.refused, summary.errors) == (1, 2, 1)
    assert (again.new, again.known, again.refused) == (0, 1, 2)
    assert problems(told["new"]) == []
    assert [finding["rule"] for finding in told["new"]["findings"] if finding["severity"] == "error"] == [
        "sum.resolved"
    ]
    with reading(tmp_path / "w.duckdb") as con:
        assert con.execute("SELECT province, issuing_body, errors FROM latest_reports").fetchall() == [
            ("Khánh Hòa", "Sở Công Thương", 1)
        ]
        assert con.execute("SELECT count(*) FROM refusals WHERE code IN ('empty', 'corrupt')").fetchall() == [(2,)]


# --- containers ----------------------------------------------------------------------------------------------------


def held(folder, name, *files):
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(zipped(*files))
    return folder / name


@pytest.fixture
def judged_bytes(monkeypatch):
    """Containers opened in earnest, documents judged by their own first word as in `judged`."""
    from extractors.readers.members import Contents, look

    def judge(place):
        try:
            found = look(place)
        except Unreadable as refusal:
            return replace(refused(str(getattr(place, "path", place))), error=refusal.refusal()), None
        if isinstance(found, Contents):
            return found
        data, source = found
        word = data.split()[0].decode()
        if word == "slow":
            raise Unreadable("timed_out", "60 s")
        if word == "defect":
            raise KeyError("lỗi của chương trình")
        made = report(source.path, data)
        return replace(made, source=replace(made.source, parent=source.parent)), judgement()

    monkeypatch.setattr(flow, "judge", judge)


def paths(told, folder):
    return [made["source"]["path"].removeprefix(f"{folder}/") for made in told]


def test_members_stand_at_their_containers_place(tmp_path, judged_bytes, pool):
    inner = zipped(("1.txt", b"good 1"), ("2.txt", b"good 2"))
    files = [(f"{n:02}.txt", f"good {n}".encode()) for n in range(30)]
    held(tmp_path / "in", "b.zip", *files[:10], ("sub/c.zip", inner), *files[10:])
    written(tmp_path / "in", a="good a", c="good c")
    (tmp_path / "in" / "d.zip").write_bytes(b"PK\x03\x04 and then nothing")
    told, more = [], []
    summary = flow.inspect([tmp_path / "in"], pool, lambda made, _: told.append(made), more.append)
    names = [f"b.zip/{name}" for name, _ in files]
    assert paths(told, tmp_path / "in") == [
        "a.txt", *names[:10], "b.zip/sub/c.zip/1.txt", "b.zip/sub/c.zip/2.txt", *names[10:], "c.txt", "d.zip",
    ]  # fmt: skip
    assert (summary.files, summary.new, summary.refused, summary.exit_code) == (35, 34, 1, 3)
    assert 4 + sum(more) == len(told), "the bar ends where the lines do"
    assert [problems(made) for made in told] == [[]] * len(told)
    assert "parent" not in told[0]["source"] and told[-1]["error"]["code"] == "corrupt"
    parent = told[11]["source"]["parent"]
    assert parent["path"].endswith("b.zip/sub/c.zip") and parent["sha256"] == hashlib.sha256(inner).hexdigest()
    assert parent["parent"]["path"].endswith("in/b.zip") and "parent" not in parent["parent"]


def test_a_member_that_kills_its_child_takes_no_sibling_with_it(tmp_path, judged_bytes, pool):
    held(tmp_path / "in", "a.zip", ("a.txt", b"good"), ("b.txt", b"slow"), ("c.txt", b"defect"), ("d.txt", b"good d"))
    told = {}
    summary = flow.run(
        [tmp_path / "in"], tmp_path / "w.duckdb", pool, lambda made, o: told.update({made["source"]["path"][-5:]: made})
    )
    codes = {name: made["error"] and made["error"]["code"] for name, made in told.items()}
    assert codes == {"a.txt": None, "b.txt": "timed_out", "c.txt": "crashed", "d.txt": None}
    assert (summary.new, summary.refused) == (2, 2) and problems(told["b.txt"]) == []
    assert told["b.txt"]["source"]["bytes"] == 4 and told["b.txt"]["source"]["parent"]["path"].endswith("a.zip")


def test_what_a_file_may_hold_counts_containers_inside_it(tmp_path, judged_bytes, pool, monkeypatch):
    monkeypatch.setattr(limits, "MAX_MEMBERS", 5)
    inner = zipped(*((f"{n}.txt", f"good {n}".encode()) for n in range(3)))
    held(tmp_path / "in", "a.zip", ("1.zip", inner), ("2.zip", inner + b" "))
    told = []
    flow.inspect([tmp_path / "in"], pool, lambda made, _: told.append(made))
    errors = [made["error"]["code"] for made in told if made["error"]]
    assert len(told) == 4 and errors == ["too_large"]


def test_few_members_are_in_flight(tmp_path, judged_bytes):
    held(tmp_path / "in", "a.zip", *((f"{n}.txt", f"good {n}".encode()) for n in range(300)))
    executor, ahead, taken = Counting(), [], 0
    for _ in flow.lines(flow.expand([tmp_path / "in"]), executor):
        taken += 1
        ahead.append(executor.submitted - taken)
    assert taken == 300 and max(ahead) <= flow.IN_FLIGHT + 1


def test_where_a_document_came_from_is_in_the_warehouse_and_landing_again_adds_nothing(tmp_path, judged_bytes, pool):
    from pipeline.warehouse.rebuild import known_paths
    from pipeline.warehouse.retract import retract
    from pipeline.warehouse.store import writing
    from pipeline.warehouse.verify import probes
    from tests.warehouse.contents import contents

    warehouse = tmp_path / "w.duckdb"
    container = held(tmp_path / "in", "a.zip", ("x/1.txt", b"good 1"), ("b.zip", zipped(("2.txt", b"good 2"))))
    loose = written(tmp_path / "in", z="good 1") / "z.txt"
    first = flow.run([tmp_path / "in"], warehouse, pool, lambda *_: None)
    assert (first.new, first.known) == (2, 1), "a member that equals a loose file is one document"
    with reading(warehouse) as con:
        before = contents(con)
        assert con.execute(
            "SELECT replace(path, root_path, ''), replace(parent_path, root_path, ''), member FROM members ORDER BY path"
        ).fetchall() == [("/b.zip/2.txt", "/b.zip", "2.txt"), ("/x/1.txt", "", "x/1.txt")]
        assert con.execute("SELECT DISTINCT root_path, root_sha256 FROM members").fetchall() == [
            (str(container), hashlib.sha256(container.read_bytes()).hexdigest())
        ]
        assert known_paths(con) == ([container, loose], 0)
        assert [p for p in probes(con) if p.wrong or p.gone] == []
    again = flow.run([tmp_path / "in"], warehouse, pool, lambda *_: None)
    assert (again.new, again.known) == (0, 3)
    with reading(warehouse) as con:
        assert contents(con) == before
    container.write_bytes(zipped(("x/1.txt", b"good 1")))
    with reading(warehouse) as con:
        (wrong,) = [p for p in probes(con) if p.wrong]
        assert (wrong.name, wrong.wrong) == ("probe_bytes", 1), "the container is not what was read"
    assert flow.run([container], warehouse, pool, lambda *_: None).known == 1
    with writing(warehouse) as con:
        assert [p for p in probes(con) if p.wrong] == [], "now it is known in both states"
        withdrawn = retract(con, str(container), "gửi nhầm")
        assert withdrawn == [hashlib.sha256(b"good 1").hexdigest()], "what is in it as it was landed last"
        other = retract(con, f"{container}/b.zip", "gửi nhầm")
        assert other == [hashlib.sha256(b"good 2").hexdigest()]


def test_a_lake_knows_where_documents_came_from(tmp_path, judged_bytes, pool):
    from pipeline.lake.read import open_lake
    from pipeline.lake.verify import verify_lake

    lake = str(tmp_path / "lake")
    loose = written(tmp_path / "in", a="good 1")
    flow.run([loose], lake, pool, lambda *_: None)
    container = held(tmp_path / "of", "a.zip", ("1.txt", b"good 1"), ("2.txt", b"good 2"))
    for known in (1, 2):
        assert flow.run([container], lake, pool, lambda *_: None).known == known
    with open_lake(lake, asked="") as con:
        assert con.execute("SELECT member FROM members ORDER BY 1").fetchall() == [("1.txt",), ("2.txt",)]
    assert [p for p in verify_lake(lake) if p.wrong] == []


def test_containers_through_the_guarded_pool(tmp_path):
    folder = tmp_path / "in"
    files = [(f"{n}.txt", small_report(n)) for n in range(6)]
    held(
        folder,
        "bao-cao.zip",
        *files,
        ("hong.pdf", b"%PDF-1.7 and then nothing"),
        ("trong.zip", zipped(("x.txt", small_report(9)))),
    )
    held(folder, "rong.zip")
    told = []
    with flow.pool(2) as guarded:
        summary = flow.inspect([folder], guarded, lambda made, _: told.append(made))
    assert paths(told, folder) == [
        *(f"bao-cao.zip/{name}" for name, _ in files), "bao-cao.zip/hong.pdf", "bao-cao.zip/trong.zip/x.txt", "rong.zip",
    ]  # fmt: skip
    assert [made["error"] and made["error"]["code"] for made in told] == [None] * 6 + ["corrupt", None, "empty"]
    assert [made["source"]["sha256"] for made in told[:6]] == [hashlib.sha256(data).hexdigest() for _, data in files]
    assert told[6]["source"]["sha256"] == hashlib.sha256(b"%PDF-1.7 and then nothing").hexdigest()
    assert (summary.new, summary.refused) == (7, 2)
