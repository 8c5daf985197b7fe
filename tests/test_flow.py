import threading
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.errors import Unreadable
from pipeline import flow
from pipeline.warehouse.store import WarehouseError, reading
from tests.exports.contract import problems
from tests.exports.sample import judgement, refused, report


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


def test_few_files_are_in_flight_and_lines_are_let_go(tmp_path, judged):
    class Counting(Executor):
        """Runs at once in this thread, and counts what was submitted before anything was taken."""

        submitted = 0

        def submit(self, fn, /, *arguments, **named):
            self.submitted += 1
            future = Future()
            future.set_result(fn(*arguments, **named))
            return future

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


REPORT = """UBND TỈNH KHÁNH HÒA
SỞ CÔNG THƯƠNG
Số: 12/BC-SCT
Khánh Hòa, ngày 20 tháng 12 năm 2023
BÁO CÁO
Kết quả cải cách hành chính năm 2023
Tổng số hồ sơ đã giải quyết: 120 hồ sơ, trong đó:
- Số hồ sơ giải quyết sớm hạn: 100 hồ sơ.
- Số hồ sơ giải quyết đúng hạn: 15 hồ sơ.
- Số hồ sơ giải quyết trễ hạn: 4 hồ sơ.
"""


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
