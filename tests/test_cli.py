import io
import json
import os
import re
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline import cli, flow
from tests.exports.contract import problems
from tests.exports.sample import judgement, report

ROOT = Path(__file__).parents[1]
# the program with reading faked by the file's first word; noise goes where a library would send it
FAKE = textwrap.dedent("""
    import logging, sys, warnings
    from concurrent.futures import ThreadPoolExecutor
    from contextlib import contextmanager
    from pipeline import cli, flow
    from tests.exports.sample import judgement, refused, report

    def judge(path):
        warnings.warn("a library warns")
        logging.getLogger("pdfminer").error("a library logs")
        word = path.read_text().split()[0] if path.exists() else "gone"
        if word in ("gone", "locked"):
            return refused(str(path), "not_found" if word == "gone" else "encrypted"), None
        return report(str(path), path.read_bytes()), judgement() if word == "wrong" else None

    @contextmanager
    def pool(jobs):
        with ThreadPoolExecutor(jobs) as executor:
            yield executor

    flow.judge, flow.pool = judge, pool
    sys.exit(cli.main())
""")


def soat(*arguments, cwd, program=FAKE, together=False, **environment):
    """The faked program in its own process; `together`: both its streams into one pipe, buffered as usual."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    for name in ("COLUMNS", "PYTHONUNBUFFERED"):
        env.pop(name, None)
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT if together else subprocess.PIPE}
    return subprocess.run(command, **streams, text=True, encoding="utf-8", cwd=cwd, env=env, timeout=60)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    return tmp_path


def written(folder, **files):
    for name, text in files.items():
        (folder / "in" / f"{name}.txt").write_text(text)
    return sorted((folder / "in").iterdir())


def test_inspect_json_prints_lines_of_the_contract_and_nothing_else(folder):
    files = written(folder, a="right 1", b="wrong 2", c="locked 3")
    done = soat("inspect", *files, folder / "gone.pdf", "--json", cwd=folder)
    lines = [json.loads(text) for text in done.stdout.splitlines()]
    assert [problems(line) for line in lines] == [[]] * 4
    assert [line["source"]["path"] for line in lines] == [*map(str, files), str(folder / "gone.pdf")]
    assert [line["error"] and line["error"]["code"] for line in lines] == [None, None, "encrypted", "not_found"]
    assert "a library warns" in done.stderr and "a library logs" in done.stderr
    assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize("command", ["inspect", "run"])
def test_exit_codes(folder, command):
    right, wrong, locked = written(folder, a="right 1", b="wrong 2", c="locked 3")
    for expected, files in ((0, [right]), (1, [right, wrong]), (3, [wrong, locked]), (3, [folder / "gone.pdf"])):
        assert soat(command, *files, "--json", cwd=folder).returncode == expected
    assert soat(command, wrong, locked, "--exit-zero", cwd=folder).returncode == 0
    assert soat(command, cwd=folder).returncode == 2


def test_the_count_stands_behind_the_table_where_both_go_to_one_file(folder):
    written(folder, a="right 1")
    lines = [line for line in soat("run", "in", cwd=folder, together=True).stdout.splitlines() if line.strip()]
    assert lines[-2].startswith("1 tệp: 1 mới")


def test_run_shows_reports_findings_and_refusals_and_lands_them(folder):
    written(folder, a="right 1", b="wrong 2", c="locked 3")
    done = soat("run", "in", cwd=folder)
    assert done.returncode == 3
    order = ["LỖI  ratio.rate_early", "trang 1, đoạn 3", "Không đọc được", "in/c.txt", "Cơ quan"]
    places = [done.stdout.index(part) for part in order]
    assert all(name in done.stdout[places[-1] :] for name in ("a.txt", "b.txt"))
    assert places == sorted(places)
    assert "3 tệp: 2 mới, 0 đọc lại khác trước, 0 đã có, 1 không đọc được · 1 lỗi, 0 cảnh báo, 1 lưu ý" in done.stderr
    counted = soat("sql", "SELECT count(*) AS n FROM latest_reports", "--format", "json", cwd=folder)
    assert json.loads(counted.stdout) == {"n": 1}, "two versions of one report"
    again = soat("run", "in", "--lang", "en", cwd=folder)
    assert "3 files: 0 new, 0 read anew, 2 known, 1 not read" in again.stderr and "ERROR" in again.stdout


def test_run_tells_what_the_history_says(folder):
    written(folder, a="right 1")
    first = soat("run", "in", cwd=folder)
    assert "Đối chiếu" not in first.stdout
    changed = FAKE.replace("report(str(path), path.read_bytes())", "sent_again(path)") + ""
    changed = changed.replace(
        "def judge",
        textwrap.dedent("""
        def sent_again(path):
            import dataclasses
            from tests.exports.sample import observation
            o = observation(1, "33.999", "33999", "đã giải quyết: 33.999 hồ sơ", indicator="dossiers_resolved_total")
            return report(str(path), b"again", observations=(o,))

        def judge""").lstrip(),
        1,
    )
    written(folder, b="right 2")
    done = soat("run", "in/b.txt", cwd=folder, program=changed)
    assert "history.resent" in done.stdout and "bản trước ghi 33.451, bản gửi lại ghi 33.999" in done.stdout
    assert "in/a.txt" in done.stdout and "1 cảnh báo" in done.stderr and done.returncode == 0


def test_run_json_prints_only_lines(folder):
    written(folder, a="right 1", b="wrong 2")
    done = soat("run", "in", "--json", cwd=folder)
    assert sorted(json.loads(text)["source"]["path"] for text in done.stdout.splitlines()) == ["in/a.txt", "in/b.txt"]


def test_nothing_to_read_is_said(folder):
    done = soat("run", "in", cwd=folder)
    assert done.returncode == 0 and "Không có tệp nào để đọc." in done.stderr


def test_a_reader_that_goes_away_is_no_failure(folder):
    written(folder, **{f"f{n}": f"wrong {n}" for n in range(300)})
    command = f'{sys.executable} -W ignore -c "$FAKE" inspect in --json | head -1'
    env = {**os.environ, "PYTHONPATH": str(ROOT), "FAKE": FAKE.replace('logging.getLogger("pdfminer").error', "str")}
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=folder, env=env, timeout=60)
    assert json.loads(done.stdout)["schema"] == "soat.report/1"
    assert done.stderr == ""


def test_wrong_usage_is_2_with_a_hint(folder):
    for arguments in (
        ["run"],
        ["run", "--jobs", "0", "x"],
        ["sql", "x", "--format", "xml"],
        ["nothing"],
        ["run", "x", "--lang", "fr"],
    ):
        done = soat(*arguments, cwd=folder)
        assert (done.returncode, done.stdout) == (2, "")
        assert "--help" in done.stderr and "Traceback" not in done.stderr


def test_sql_is_read_only_and_tells_what_is_wrong(folder):
    missing = soat("sql", "SELECT 1", cwd=folder)
    assert missing.returncode == 3 and "Chưa có kho dữ liệu" in missing.stderr
    written(folder, a="right 1")
    soat("run", "in", cwd=folder)
    for statement in ("DELETE FROM observations", "SELECT * FROM read_text('in/a.txt')", "SELEC"):
        done = soat("sql", statement, cwd=folder)
        assert (done.returncode, done.stdout) == (2, "") and done.stderr.startswith("soat: ")
    done = soat("sql", "SELECT '=1+1' AS x, value FROM observations WHERE id = 'o1'", "--format", "csv", cwd=folder)
    assert done.stdout == "x,value\n'=1+1,33451\n"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_help_speaks_the_language_asked_for(lang):
    command = [sys.executable, "-m", "pipeline.cli", "--lang", lang, "run", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, timeout=60)
    assert done.returncode == 0 and done.stderr == ""
    assert ("Đọc, kiểm tra" in done.stdout) == (lang == "vi")
    assert ("Read reports" in done.stdout) == (lang == "en")


def test_every_help_text_is_translated():
    for lang in ("vi", "en"):
        group = cli._command(lang)
        texts = [p.help for c in (group, *group.commands.values()) for p in c.params]
        texts += [c.help for c in (group, *group.commands.values())]
        assert all(re.search(r"\w \w|\.$", text) for text in texts), texts


def test_help_imports_nothing_heavy():
    heavy = ("rich", "pandas", "duckdb", "spacy", "underthesea", "pdfplumber", "docx", "lxml", "pypdfium2")
    code = (
        f"import sys; from pipeline import cli; cli.main(['--help']); print([m for m in {heavy} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.stdout.splitlines()[-1] == "[]"


def test_doctor_rules_and_indicators_answer(folder):
    done = soat("doctor", "--json", cwd=folder)
    states = {row["Thành phần"]: row["Tình trạng"] for row in map(json.loads, done.stdout.splitlines())}
    assert done.returncode == 0 and states["duckdb"] == "có" and states["data/warehouse/soat.duckdb"] == "thiếu"
    (folder / "bad.duckdb").write_text("không phải kho " * 999)
    assert soat("doctor", "--warehouse", "bad.duckdb", cwd=folder).returncode == 1
    rules = [json.loads(text)["rule"] for text in soat("rules", "--json", cwd=folder).stdout.splitlines()]
    assert {"sum.resolved", "history.carried_over"} <= set(rules) and len(rules) == len(set(rules))
    listed = soat("indicators", "--json", cwd=folder).stdout.splitlines()
    assert {"dossiers_resolved_total", "rate_early"} <= {json.loads(text)["id"] for text in listed}


def test_history_verify_and_backup_answer(folder):
    written(folder, a="fine")
    assert soat("run", "in", cwd=folder).returncode == 0
    told = soat("history", "dossiers_resolved_total", "--format", "csv", cwd=folder)
    assert told.returncode == 0 and told.stdout.startswith("province,office,period,value,difference,trend,note")
    assert len(told.stdout.splitlines()) > 1
    unknown = soat("history", "dossiers_resolved", cwd=folder)
    assert unknown.returncode == 2 and "dossiers_resolved_total" in unknown.stderr
    sound = soat("verify", "--lang", "en", cwd=folder)
    assert sound.returncode == 0 and sound.stdout.rstrip().endswith("The warehouse is whole.")
    assert soat("backup", "copy.duckdb", cwd=folder).returncode == 0
    again = soat("backup", "copy.duckdb", cwd=folder)
    assert again.returncode == 3 and "copy.duckdb" in again.stderr
    assert soat("verify", "--warehouse", "copy.duckdb", cwd=folder).returncode == 0


def test_a_terminal_gets_a_bar_and_a_file_none(folder, monkeypatch, capsys):
    written(folder, a="wrong 1")

    @contextmanager
    def pool(jobs):
        with ThreadPoolExecutor(jobs) as executor:
            yield executor

    monkeypatch.setattr(flow, "judge", lambda path: (report(str(path)), judgement()))
    monkeypatch.setattr(flow, "pool", pool)

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    terminal = Terminal()
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(sys, "stderr", terminal)
    assert cli.main(["inspect", str(folder / "in"), "--json"]) == 1
    assert "Đang đọc" in terminal.getvalue()
    assert problems(json.loads(capsys.readouterr().out)) == []


@pytest.mark.parametrize("interrupt", [KeyboardInterrupt(), RuntimeError("Query interrupted")])
def test_an_interrupt_is_told_in_a_word(monkeypatch, capsys, interrupt):
    def stop(*_):
        raise interrupt

    monkeypatch.setattr(flow, "expand", stop)
    assert cli.main(["inspect", "x"]) == 130
    assert capsys.readouterr().err == "Đã dừng.\n"
