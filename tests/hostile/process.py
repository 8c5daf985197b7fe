"""Numbers 59 to 70: the warehouse, the exports, and the program as a process."""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb

from extractors.errors import Unreadable
from extractors.readers.guard import Allowance, GuardedPool, map_unordered
from tests.hostile import packages, word
from tests.hostile.case import READ, Case, File, Ground, Seen
from tests.hostile.wording import BODY, HEAD, RECEIVED, text

INJECTION = "'); DROP TABLE readings; -- \" % ; $1 ? {0} \\"
FORMULAS = ('=HYPERLINK("http://127.0.0.1:9","x")', "+1+1", "-1+2", "@SUM(A1)", "\t=1+1", "=cmd|' /C calc'!A0")


def titled(title: str) -> bytes:
    """A report with this title, in DOCX."""
    from xml.sax.saxutils import escape

    said = HEAD.replace("Kết quả cải cách hành chính năm 2023", title) + BODY
    return packages.package(
        ("word/document.xml", packages.document("".join(word.para(escape(row)) for row in said.splitlines())))
    )


def titles(ground: Ground) -> list[str | None]:
    """Titles in the warehouse of this case."""
    done = ground.soat(
        "sql", "SELECT title FROM report_versions ORDER BY path", "--warehouse", "w.duckdb", "--format", "json"
    )
    assert done.code == 0, done.err
    return [json.loads(row)["title"] for row in done.out.splitlines()]


def sql_text(ground: Ground) -> str:
    """Text that would be a statement is stored as it is, and the warehouse stays whole."""
    (ground.place() / "a.docx").write_bytes(titled(f"Kết quả năm 2023 {INJECTION}"))
    assert ground.soat("run", "a.docx", "--warehouse", "w.duckdb", "--exit-zero").code == 0
    assert INJECTION in str(titles(ground)[0]), titles(ground)
    assert ground.soat("verify", "--warehouse", "w.duckdb").code == 0
    return "stored as data"


def no_unicode(ground: Ground) -> str:
    """NUL in a text file, lone surrogates by entity in HTML: replaced, said, landed."""
    place = ground.place()
    (place / "a.txt").write_bytes(text(RECEIVED.format(READ) + "x\x00y\n" + BODY * 5))
    (place / "b.html").write_bytes(
        b"<html><body><p>x&#xD800;y &#0; &#xDFFF; " + RECEIVED.format(READ).encode() + b"</p></body></html>"
    )
    done = ground.soat("run", "a.txt", "b.html", "--json", "--warehouse", "w.duckdb", "--exit-zero")
    rows = [json.loads(row) for row in done.out.splitlines()]
    assert done.code == 0 and [row["error"] for row in rows] == [None, None], done.err
    assert all("33459" in [o["value"] for o in row["observations"]] for row in rows)
    assert "replaced_characters" in [w["code"] for row in rows for w in row["source"]["warnings"]]
    told = ground.soat("sql", "SELECT count(*) AS n FROM readings", "--warehouse", "w.duckdb", "--format", "csv")
    assert told.out.split() == ["n", "2"]
    return "WARN(replaced_characters)"


def formulas(ground: Ground) -> str:
    """Titles that a spreadsheet would run, exported as CSV, XLSX and by `soat sql`: texts, all of them."""
    place = ground.place()
    for number, formula in enumerate(FORMULAS):
        (place / f"{number}.docx").write_bytes(titled(formula))
    files = [f"{n}.docx" for n in range(len(FORMULAS))]
    assert ground.soat("run", *files, "--warehouse", "w.duckdb", "--exit-zero").code == 0
    landed(place / "w.duckdb", *FORMULAS)
    assert ground.soat("export", "--csv", "out", "--xlsx", "w.xlsx", "--warehouse", "w.duckdb").code == 0
    begin = ("=", "+", "@", "\t", "\r")
    for path in (place / "out").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            assert not [cell for row in csv.reader(stream) for cell in row if cell.startswith(begin)], path.name
    from openpyxl import load_workbook

    book = load_workbook(place / "w.xlsx")
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds, kinds
    shown = ground.soat("sql", "SELECT '=1+1' AS x", "--warehouse", "w.duckdb", "--format", "csv")
    assert shown.out.split() == ["x", "'=1+1"]
    return "text cells"


def landed(warehouse: Path, *names: str) -> None:
    """Land a report of the tests under each of these titles, as no reader would hand it over."""
    from pipeline.exports.json import line
    from pipeline.warehouse.load import Loader, Run
    from pipeline.warehouse.store import writing
    from tests.exports.sample import report

    with writing(warehouse) as con:
        loader = Loader(con, Run("0.1.0"))
        for number, title in enumerate(names):
            header = dataclasses.replace(report().header, title=title, issuing_body=f"Sở {number}")
            loader.land(line(report(f"x{number}.docx", f"x{number}".encode(), header=header), None))


def large_cells(ground: Ground) -> str:
    """A cell of 40,000 characters is cut with a mark, a view of more rows than a sheet goes on in the next, odd names of
    sheets are made good."""
    from openpyxl import load_workbook

    from pipeline.exports import workbook

    place = ground.place()
    landed(place / "w.duckdb", "ơ" * 40_000, *(f"b{n}" for n in range(20)))
    rows, workbook.SHEET_ROWS = workbook.SHEET_ROWS, 8  # type: ignore[misc]
    try:
        workbook.export_xlsx(place / "w.duckdb", place / "w.xlsx")
    finally:
        workbook.SHEET_ROWS = rows  # type: ignore[misc]
    assert rows <= 1_048_576
    book = load_workbook(place / "w.xlsx", read_only=True)
    parts = [sheet for sheet in book if sheet.title.startswith("report_versions")]
    cells = [c for sheet in parts for row in sheet.iter_rows(min_row=2, values_only=True) for c in row]
    assert len(parts) == 3 and "ơ" * 32_766 + "…" in cells and {f"b{n}" for n in range(20)} <= set(cells)
    assert workbook.sheet_name("a/b:c*", 1) == "a_b_c_"
    return "cut with a mark"


MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script>"


def markup(ground: Ground) -> str:
    """A title of markup, as text of a DOCX and as markup of an HTML page: never markup of ours, nothing fetched."""
    import pandas

    from tests.docs.notebook import shown

    (ground.place() / "a.docx").write_bytes(titled(f"Kết quả năm 2023 {MARKUP}"))
    assert ground.soat("run", "a.docx", "--warehouse", "w.duckdb", "--exit-zero").code == 0
    [title] = titles(ground)
    assert MARKUP in str(title)
    page = shown({"cell_type": "code"}, pandas.DataFrame({"title": [title]})) + shown({"cell_type": "code"}, title)
    assert "<img" not in page and "<script" not in page and "&lt;img" in page
    return "escaped"


def no_script(seen: Seen) -> None:
    """What a page runs is no text of it."""
    assert "alert" not in seen.text, seen.text


def again(ground: Ground) -> str:
    """The same file twice, the same content under another name, a new version under the old one."""
    place = ground.place()
    (place / "a.txt").write_bytes(text(BODY))

    def run(*files: str) -> str:
        done = ground.soat("run", *files, "--warehouse", "w.duckdb", "--exit-zero", "--lang", "en")
        assert done.code == 0
        return done.err

    assert "1 new" in run("a.txt")
    assert "0 new, 0 read anew, 1 known" in run("a.txt")
    (place / "b.txt").write_bytes(text(BODY))
    assert "0 new, 0 read anew, 1 known" in run("b.txt")
    (place / "a.txt").write_bytes(text(BODY.replace("33.459", "33.460")))
    assert "1 new" in run("a.txt")
    told = ground.soat("sql", "SELECT count(*) AS n FROM report_versions", "--warehouse", "w.duckdb", "--format", "csv")
    assert told.out.split() == ["n", "2"], told.out
    return "idempotent"


def disturbed(ground: Ground) -> str:
    """Runs killed at three moments, a full disk, a second writer: what was landed is whole, and the reason is said."""
    from pipeline.warehouse.store import WarehouseError, writing
    from tests.warehouse.crash import ended, kill, reports

    place = ground.place()
    folder = place / "in"
    folder.mkdir()
    reports(folder, 12, 5)
    begun = time.monotonic()
    whole = ended(folder, place / "whole.duckdb")
    lasts = time.monotonic() - begun
    draw = random.Random(5)
    for _ in range(3):
        done = kill(folder, place / "w.duckdb", draw.uniform(0.4, 0.95) * lasts, whole)
        assert done.wrong is None, done
    room = 200_000
    full = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "run", str(folder), "--warehouse", str(place / "f" / "w.duckdb"), "--lang", "en"],
        capture_output=True, text=True, timeout=120, check=False, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )  # fmt: skip
    assert full.returncode == 3 and "disk is full" in full.stderr and "Traceback" not in full.stderr
    hold = "import duckdb, sys; con = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(place / "whole.duckdb")], stdin=-1, stdout=-1, text=True
    ) as holder:
        assert holder.stdout is not None and holder.stdin is not None and holder.stdout.readline() == "held\n"
        try:
            with writing(place / "whole.duckdb", patience=0.2):
                raise AssertionError("two writers")
        except WarehouseError as refusal:
            assert refusal.code == "locked" and str(holder.pid) in refusal.vi
        holder.stdin.close()
    return "last state whole"


REACHING = (
    "SELECT * FROM read_text('/etc/passwd')", "SELECT * FROM '/etc/passwd'", "COPY (SELECT 1) TO 'out.csv'", "ATTACH 'other.duckdb'",
    "INSTALL httpfs", "LOAD httpfs", "SET enable_external_access = true", "SELECT getenv('HOME')", "DROP TABLE readings",
    "SELECT * FROM read_csv('http://127.0.0.1:9/x')",
)  # fmt: skip


def foreign_warehouses(ground: Ground) -> str:
    """A warehouse of a newer program, a file that is none, and statements that reach outside: refused in a line."""
    place = ground.place()
    landed(place / "w.duckdb", "Kết quả")
    for statement in REACHING:
        done = ground.soat("sql", statement, "--warehouse", "w.duckdb", "--format", "csv")
        assert done.code == 2 and done.out == "" and "root:" not in done.err and "Traceback" not in done.err, (
            statement,
            done,
        )
    (place / "text.duckdb").write_text("không phải kho " * 1_000, encoding="utf-8")
    with duckdb.connect(str(place / "w.duckdb")) as con:
        con.execute("INSERT INTO schema_versions VALUES (999, '999_future.sql', now()::TIMESTAMP)")
    (place / "a.txt").write_bytes(text(BODY))
    for name, said in (("w.duckdb", "newer"), ("text.duckdb", "no warehouse")):
        before = (place / name).read_bytes()
        for arguments in (["sql", "SELECT 1"], ["run", "a.txt"]):
            done = ground.soat(*arguments, "--warehouse", name, "--lang", "en")
            assert done.code == 3 and said in done.err and "Traceback" not in done.err, done
        assert (place / name).read_bytes() == before
    assert sorted(p.name for p in place.iterdir()) == ["a.txt", "text.duckdb", "w.duckdb"]
    return "refused"


def swell(path: Path) -> int:
    """Stands for a reader that one file makes swell. Runs in the child."""
    if "swell" in path.name:
        return len(b"".join([bytes(2**20)] * 4_000))
    return path.stat().st_size


def children_of(pid: int) -> list[int]:
    """Processes below a process, the nearest first."""
    found = [pid]
    for parent in found:
        for task in Path("/proc", str(parent), "task").glob("*/children"):
            with contextlib.suppress(OSError):
                found += [int(child) for child in task.read_text(encoding="ascii").split()]
    return found[1:]


def out_of_memory(ground: Ground) -> str:
    """One file that swells its child, and one whose child the kernel kills: both are listed, the others are read."""
    place = ground.place()
    names = ("a.txt", "swell.txt", "z.txt")
    for name in names:
        (place / name).write_text(name, encoding="utf-8")
    with GuardedPool(1, allowance=Allowance(wall=60, progress=30, memory=300 * 2**20), preload=()) as pool:
        answers = dict(map_unordered(pool, swell, [place / n for n in names], in_flight=3))
    refused = {p.name: a.code for p, a in answers.items() if isinstance(a, Unreadable)}
    assert refused == {"swell.txt": "out_of_memory"} and len(answers) == 3, answers
    folder = place / "in"
    folder.mkdir()
    (folder / "0.docx").write_bytes(word.large_table())
    (folder / "1.docx").write_bytes(packages.good())
    out = place / "out.json"
    command = [
        sys.executable,
        "-m",
        "pipeline.cli",
        "run",
        str(folder),
        "--jobs",
        "1",
        "--json",
        "--warehouse",
        str(place / "w.duckdb"),
    ]
    with out.open("wb") as stream:
        process = subprocess.Popen(command, stdout=stream, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        try:
            os.kill(busiest(process.pid), signal.SIGKILL)
        finally:
            ground.wait(process)
    rows = {
        Path(r["source"]["path"]).name: r["error"] and r["error"]["code"]
        for r in map(json.loads, out.read_text().splitlines())
    }
    assert rows == {"0.docx": "out_of_memory", "1.docx": None}, rows
    assert process.returncode == 3
    return "REFUSE(out_of_memory)"


def busiest(pid: int) -> int:
    """The child that reads, once it has worked for a while: it leads a group of its own."""
    end = time.monotonic() + 90
    while time.monotonic() < end:
        for child in children_of(pid):
            with contextlib.suppress(OSError):
                state = (
                    Path("/proc", str(child), "stat")
                    .read_text(encoding="ascii", errors="replace")
                    .rsplit(")", 1)[1]
                    .split()
                )
                if int(state[2]) == child and (int(state[11]) + int(state[12])) / os.sysconf("SC_CLK_TCK") > 1.2:
                    return child
        time.sleep(0.05)
    raise AssertionError("no child at work")


def many_files(ground: Ground) -> str:
    """A hundred small files and three hostile ones (`python -m tests.hostile.many` takes ten thousand)."""
    folder = ground.place() / "in"
    folder.mkdir()
    for number in range(100):
        (folder / f"{number:03}.txt").write_bytes(text(RECEIVED.format(1_000 + number)))
    bad = {"017a.docx": packages.deep(), "050a.docx": packages.overlapping(), "099a.pdf": b"%PDF-1.7\nx"}
    for name, data in bad.items():
        (folder / name).write_bytes(data)
    done = ground.soat("run", folder, "--json", "--warehouse", "w.duckdb", seconds=240)
    rows = {
        Path(r["source"]["path"]).name: r["error"] and r["error"]["code"]
        for r in map(json.loads, done.out.splitlines())
    }
    assert {n: c for n, c in rows.items() if c} == {
        "017a.docx": "too_deep",
        "050a.docx": "zip_bomb",
        "099a.pdf": "corrupt",
    }
    assert len(rows) == 103 and done.code == 3
    told = ground.soat("sql", "SELECT (SELECT count(*) FROM readings) AS read, (SELECT count(*) FROM refusals) AS refused",
                       "--warehouse", "w.duckdb", "--format", "csv")  # fmt: skip
    assert told.out.split() == ["read,refused", "100,3"], told.out
    return "all listed"


def odd_terminals(ground: Ground) -> str:
    """Locales without UTF-8, no colour, a dumb terminal, a pipe that closes early."""
    place = ground.place()
    for number in range(30):
        (place / f"{number:02}.txt").write_bytes(text(RECEIVED.format(number) + BODY))
    for environment in (
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "cp437", "TERM": "dumb"},
        {"PYTHONIOENCODING": "ascii", "NO_COLOR": "1", "LANG": ""},
    ):
        done = ground.soat("inspect", "00.txt", "--exit-zero", **environment)
        assert done.code == 0 and "Traceback" not in done.err and "\x1b" not in done.out + done.err, done
        assert "Tổng số hồ sơ" in done.out
    shut = f"{sys.executable} -m pipeline.cli inspect . --json --exit-zero | head -c 10"
    env = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    done = subprocess.run(["sh", "-c", shut], capture_output=True, cwd=place, env=env, timeout=120, check=True)
    assert done.stdout == b'{"schema":' and done.stderr == b"", done.stderr[-500:]
    return "no traceback"


def json_beside_talk(ground: Ground) -> str:
    """Reports with warnings and a refusal, as JSON: every line of standard output is an object of the contract."""
    from tests.exports.contract import problems

    place = ground.place()
    (place / "a.pdf").write_bytes(packages.good())
    (place / "b.docx").write_bytes(word.docx(word.HIDDEN))
    (place / "c.docx").write_bytes(packages.truncated())
    (place / "d.txt").write_bytes(text(BODY))
    for command in ("inspect", "run"):
        extra = ["--warehouse", "w.duckdb"] if command == "run" else []
        done = ground.soat(
            command, "a.pdf", "b.docx", "c.docx", "d.txt", "--json", *extra, PYTHONWARNINGS="always", PYTHONDEVMODE="1"
        )
        rows = [json.loads(row) for row in done.out.splitlines()]
        assert [problems(row) for row in rows] == [[]] * 4 and done.code == 3
    return "valid JSON"


CASES = (
    Case(59, "text '); DROP TABLE …, quotes, %, ;", prove=sql_text, expected="stored as data", seconds=600, slow=True),
    Case(60, "NUL or a lone surrogate in a text", prove=no_unicode, expected="WARN(replaced_characters)", seconds=600, slow=True),
    Case(61, "=HYPERLINK(…), +, -, @, TAB in CSV and XLSX", prove=formulas, expected="text cells", seconds=600, slow=True),
    Case(62, "cell of 40,000 characters, sheet a/b:c*, too many rows", prove=large_cells, expected="cut with a mark", seconds=300),
    Case(63, "<img onerror=…> in a title and in a page", (
        File("a.html", lambda: f"<html><body><h1>{MARKUP}</h1><p>{RECEIVED.format(READ)}</p></body></html>".encode(), value="33459", facts=no_script),
    ), prove=markup, expected="escaped", seconds=600),
    Case(64, "same file twice, same content new name, new version", prove=again, expected="idempotent", seconds=600, slow=True),
    Case(65, "kill -9 while landing, disk full, second writer", prove=disturbed, expected="last state whole", seconds=600, slow=True),
    Case(66, "newer warehouse, no warehouse, statements that reach outside", prove=foreign_warehouses, expected="refused", seconds=600, slow=True),
    Case(67, "child killed for its memory", prove=out_of_memory, expected="REFUSE(out_of_memory)", seconds=600),
    Case(68, "many files, few of them hostile", prove=many_files, expected="all listed", seconds=600, slow=True),
    Case(69, "non-UTF-8 locale, NO_COLOR, pipe closed early", prove=odd_terminals, expected="no traceback", seconds=600, slow=True),
    Case(70, "--json while warnings are told", prove=json_beside_talk, expected="valid JSON", seconds=600, slow=True),
)  # fmt: skip
