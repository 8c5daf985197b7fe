"""The documents say what the program does: commands exist, queries answer, outputs are fresh, lists are whole."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import pytest
import typer

from extractors import limits
from extractors.errors import CODES
from extractors.vocabulary import indicators
from pipeline import cli
from pipeline.checks import RULES
from pipeline.warehouse import history, store
from tests.docs import fill, measured, notebook, pages
from tests.docs.workspace import ROOT, Workspace

README, GUIDE, WAREHOUSE, CONTRIBUTING, LIMITS = (
    ROOT / "README.md",
    *(ROOT / "docs" / f"{name}.md" for name in ("huong-dan", "warehouse", "contributing", "limits")),
)
NOTEBOOK = ROOT / "notebooks" / "lich_su_cac_tinh.ipynb"
COMMANDS = pages.commands()
SOAT = [command for command in COMMANDS if command.words[0].endswith("soat")]
QUERIES = pages.queries()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory) -> Workspace:
    """The samples and the examples, landed."""
    made = Workspace(tmp_path_factory.mktemp("docs") / "soat")
    made.run("soat run data/raw; soat run docs/examples; soat run docs/examples/missing.docx")
    return made


# --- outputs -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", fill.PAGES, ids=lambda path: path.name)
def test_pasted_outputs_are_what_the_commands_print(path: Path) -> None:
    assert fill.page(path) == path.read_text(encoding="utf-8"), "stale: make readme"


def test_a_stale_output_and_a_failing_command_are_noticed(tmp_path) -> None:
    text = "```sh\nsoat --version\n```\n\n<!-- begin: above -->\n```text\nsoat 0.0.0\n```\n<!-- end -->\n"
    workspace = Workspace(tmp_path / "soat")
    made = fill.filled(text, workspace.run)
    assert made != text and re.search(r"```text\nsoat \d+\.\d+\.\d+\n```", made)
    assert fill.filled(made, workspace.run) == made
    for wrong in ("soat rum data/raw", "soat sql 'select 1'"):
        with pytest.raises(RuntimeError, match="exit"):
            workspace.run(wrong)


def test_measurements_are_shown_from_the_files_that_eval_and_bench_write(tmp_path) -> None:
    scores, figures = tmp_path / "s.json", tmp_path / "f.json"
    assert "make eval" in measured.measured(scores, figures) and "make bench" in measured.measured(scores, figures)
    counts = {"obs": 9, "obs_want": 10, "obs_got": 10, "error": 3, "error_want": 4, "error_extra": 1}
    scores.write_text(json.dumps({"samples": {"count": 2, "total": counts, "documents": {}}}))
    figures.write_text(json.dumps({"starting": {"ratio": 4.25}}))
    text = measured.measured(scores, figures)
    assert "| samples (`data/raw`) | 2 | 0.900 |" in text and "| 3 of 4 | 1 |" in text
    assert "| starting: ratio | 4.25 |" in text


# --- commands and queries ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", SOAT, ids=str)
def test_shown_commands_parse(command: pages.Command) -> None:
    group = cli._command("en")
    words = list(command.words[1:])
    if words[:1] == ["--lang"]:
        words = words[2:]
    if not words or words[0] in ("--version", "--help"):
        assert len(words) < 2
        return
    assert words[0] in group.commands
    try:
        group.commands[words[0]].make_context(words[0], words[1:])  # raises where an option does not exist
    except typer.Exit:
        assert "--help" in words
    except typer.TyperException as error:
        if command.whole or type(error).__name__ != "MissingParameter":
            raise


def test_an_unknown_option_does_not_parse() -> None:
    with pytest.raises(typer.TyperException):
        cli._command("en").commands["run"].make_context("run", ["data/raw", "--no-such-option"])


def test_every_command_is_shown_in_the_readme_and_the_guide() -> None:
    names = set(cli._command("en").commands)
    for page in (README, GUIDE):
        assert names == {c.words[1] for c in SOAT if c.page == page.name and c.words[1:2]} & names, page.name


def test_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    shown = {word for c in COMMANDS if c.words[0] == "make" for word in c.words[1:] if "=" not in word}
    assert shown <= targets
    assert {"run", "test", "eval", "bench", "readme", "notebook"} <= shown


def test_modules_run_by_python_exist() -> None:
    shown = [c.words for c in COMMANDS if c.words[0].endswith("python")]
    assert shown
    for words in shown:
        assert words[1] == "-m"
        done = subprocess.run([sys.executable, "-m", words[2], "--help"], cwd=ROOT, capture_output=True, text=True)
        options = [word for word in words[3:] if word.startswith("--")]
        assert done.returncode == 0 and "--help" in done.stdout and all(option in done.stdout for option in options)


@pytest.mark.parametrize(("page", "query"), QUERIES, ids=lambda text: text[:60])
def test_shown_queries_answer(page: str, query: str, workspace: Workspace) -> None:
    with store.query(workspace.warehouse, query) as (columns, found):
        assert columns and list(found), f"{page}: no rows"


@pytest.mark.parametrize(("page", "query"), pages.pasted_queries(), ids=lambda text: text[:60])
def test_pasted_answers_have_one_order(page: str, query: str, workspace: Workspace) -> None:
    """Rows that a query's order leaves equal come in any order, another one on another day: no rows may be left so."""
    upwards, downwards = _ties_both_ways(workspace, query)
    assert upwards == downwards, f"{page}: rows in no order"


@pytest.mark.parametrize(
    ("order", "one"), [("", False), (" order by province is null limit 2", False), (" order by path limit 2", True)]
)
def test_an_order_with_ties_is_noticed(order: str, one: bool, workspace: Workspace) -> None:
    upwards, downwards = _ties_both_ways(workspace, f"select path, province from latest_reports{order}")
    assert (upwards == downwards) is one


def _ties_both_ways(workspace: Workspace, query: str) -> list[str]:
    """The answer with rows that its last `order by` leaves equal in the order of their columns, and in the opposite one."""
    with store.query(workspace.warehouse, query) as (columns, _):
        every = range(1, len(columns) + 1)
    body, order, keys = query.rpartition("order by")
    if not order or keys.count(")") > keys.count("("):  # none, or one within brackets only
        body, keys = query, ""
    keys, limit, number = keys.partition("limit")
    if keys.strip() == "all":  # rows that this leaves equal look the same
        return [_answer(workspace, query)] * 2
    told = []
    for way in ("", " desc"):
        more = ", ".join(f"{column}{way}" for column in every)
        told.append(_answer(workspace, f"{body} order by {keys + ', ' if keys else ''}{more} {limit}{number}"))
    return told


def _answer(workspace: Workspace, query: str) -> str:
    with store.query(workspace.warehouse, query) as (_, found):
        return repr(list(found))


def test_python_of_the_pages_runs(workspace: Workspace, monkeypatch, capsys) -> None:
    monkeypatch.chdir(workspace.folder)
    (pandas,) = [f.body for f in pages.fences(WAREHOUSE) if f.language == "python"]
    exec(compile(pandas, WAREHOUSE.name, "exec"), {})
    assert "UBND tỉnh" in capsys.readouterr().out
    (sample,) = [f.body for f in pages.fences(CONTRIBUTING) if f.language == "python"]
    names: dict[str, object] = {}
    exec(compile(sample, CONTRIBUTING.name, "exec"), names)
    label = names["r"].label()  # type: ignore[attr-defined]
    assert [o["value"] for o in label["observations"]] == ["410", "405", "8"]
    assert [(f["rule"], f["suggestion"]) for f in label["findings"]] == [("sum.resolved", "402")]


# --- lists that must be whole --------------------------------------------------------------------------------------


def spelled(value: float) -> str:
    """A limit as the page writes it, without its unit of counting."""
    for unit, size in (("GiB", 2**30), ("MiB", 2**20)):
        if isinstance(value, int) and value >= size and value % size == 0:
            return f"{value // size} {unit}"
    return f"{value:,.0f}"


def test_the_limits_page_is_whole_and_right() -> None:
    told = {row[0].strip("`"): row[1:] for row in pages.rows(LIMITS)}
    named = {name: value for name, value in vars(limits).items() if name.isupper()}
    assert told.keys() == named.keys()
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "extractors").rglob("*.py") if path.name != "limits.py"
    )
    for name, (value, why, outcome) in told.items():
        assert re.match(rf"{re.escape(spelled(named[name]))}(?![\d,.])", value), name
        assert len(why) > 10
        assert re.search(rf"\b{name}\b", code), f"{name} is enforced nowhere"
        if outcome.startswith("warning"):
            assert f'"{outcome.split("`")[1]}"' in code
        elif outcome != "no refusal":
            assert outcome.strip("`") in CODES


def test_the_guide_advises_on_every_refusal() -> None:
    told = {row[0].strip("`") for row in pages.rows(GUIDE) if row[0].startswith("`")}
    assert {*CODES, "not_landed"} <= told
    assert told - {*CODES, "not_landed"} == {rule.family for rule in (*RULES, *history.RULES)}


def test_the_readme_lists_every_family_with_its_severities() -> None:
    told = {row[0].strip("`"): set(re.split(r" / ", row[2])) for row in pages.rows(README) if row[0].startswith("`")}
    families: dict[str, set[str]] = {}
    for rule in (*RULES, *history.RULES):
        families.setdefault(rule.family, set()).add(rule.severity)
    assert told == families


def test_the_readme_counts_the_indicators() -> None:
    assert f"one of {len(indicators())} indicators" in " ".join(README.read_text(encoding="utf-8").split())


def test_every_table_and_view_is_explained(workspace: Workspace) -> None:
    text = WAREHOUSE.read_text(encoding="utf-8")
    sql = "select table_name from duckdb_tables() union all select view_name from duckdb_views() where not internal"
    with store.query(workspace.warehouse, sql) as (_, found):
        names = {name for (name,) in found}
    assert "observations" in names and "open_findings" in names
    assert {name for name in names if f"`{name}`" not in text} == set()


@pytest.mark.parametrize("path", fill.PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]*)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        assert not target or (path.parent / target).exists(), target


WRITTEN = {measured.SCOREBOARD, measured.FIGURES}  # by make eval and make bench, perhaps not yet


@pytest.mark.parametrize("path", fill.PAGES, ids=lambda path: path.name)
def test_files_that_are_named_exist(path: Path) -> None:
    named = re.findall(r"`((?:extractors|pipeline|tests|docs|notebooks|data/raw)/[\w./-]+)`", path.read_text("utf-8"))
    assert [name for name in named if not (ROOT / name).exists() and ROOT / name not in WRITTEN] == []


def test_anchors_are_headings() -> None:
    for page in fill.PAGES:
        for target, anchor in re.findall(r"\]\(([^)#]*)#([^)]+)\)", page.read_text(encoding="utf-8")):
            text = (page.parent / target if target else page).read_text(encoding="utf-8")
            heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
            made = {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
            assert anchor in made, f"{page.name}: {anchor}"


# --- the worked examples of contributing.md --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def extended(tmp_path_factory) -> Path:
    """A copy of the program with the entries of contributing.md appended to the files they name."""
    copy = tmp_path_factory.mktemp("contributing")
    for name in ("extractors", "pipeline", "tests"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "corpus"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    for fence in pages.fences(CONTRIBUTING):
        if fence.file:
            with (copy / fence.file).open("a", encoding="utf-8") as file:
                file.write(("" if fence.language == "csv" else "\n") + fence.body)
    return copy


def inside(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the copy's packages."""
    env = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run([sys.executable, *words], cwd=folder, env=env, capture_output=True, text=True, timeout=240)


def test_the_worked_examples_work(extended: Path) -> None:
    where = ("tests/vocabulary/test_vocabulary.py", "tests/facts/test_narrative.py", "tests/checks/test_rules.py")
    chosen = "thất or ki-ốt or bound.returned or late or units or indicator"
    done = inside(extended, "-m", "pytest", "-p", "no:cacheprovider", "-vv", *where, "-k", chosen)
    assert done.returncode == 0, done.stdout[-2000:]
    assert "bound.returned" in done.stdout


def test_the_worked_examples_are_needed(extended: Path, tmp_path: Path) -> None:
    (sentence,) = [
        tomllib.loads(f.body)["sentence"][0]
        for f in pages.fences(CONTRIBUTING)
        if f.file == "tests/facts/sentences.toml"
    ]
    report = tmp_path / "report.txt"
    report.write_text("BÁO CÁO\nKết quả cải cách hành chính năm 2024\n" + sentence["text"], encoding="utf-8")

    def bound(folder: Path) -> list[str]:
        done = inside(folder, "-m", "pipeline.cli", "inspect", "--json", str(report))
        line = json.loads(done.stdout)
        return [f"{o['value']} {o['indicator'] or '-'}" for o in line["observations"] if o["kind"] == "narrative"]

    assert bound(extended) == sentence["figures"]
    assert bound(ROOT) == ["340 dossiers_resolved_total", "6 -", "3 -"]


def test_the_new_indicator_is_a_row_of_the_register() -> None:
    (line,) = [f.body for f in pages.fences(CONTRIBUTING) if f.language == "csv"]
    head = (ROOT / "extractors" / "vocabulary" / "indicators.csv").read_text(encoding="utf-8").splitlines()[0]
    (row,) = csv.DictReader([head, line])
    assert row["id"] == "kiosks" and None not in row and None not in row.values()


# --- the notebook ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("given", [True, False], ids=["of a warehouse", "of the samples"])
def test_the_notebook_runs(given: bool, workspace: Workspace, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("SOAT_WAREHOUSE", str(workspace.warehouse if given else tmp_path / "none.duckdb"))
    names: dict[str, object] = {"__name__": "notebook"}
    page = [notebook.shown(cell, value) for cell, value in notebook.executed(NOTEBOOK, names)]
    assert {(c["province"], int(c["difference"])) for c in names["carried"].to_dict("records")} == {  # type: ignore[attr-defined]
        ("Nam Định", -10),
        ("Ninh Bình", -10),
    }
    assert {"Nam Định", "Ninh Bình", "Quảng Ngãi"} <= set(names["late"]["province"])  # type: ignore[index]
    assert list(names["two_dates"]["key"]) == ["31/KH-UBND"]  # type: ignore[index]
    assert names["both"]["suspicious"].any() and not names["both"]["suspicious"].all()  # type: ignore[index]
    assert sum("<svg" in part for part in page) == 2 and sum("<table" in part for part in page) >= 8
    names["con"].close()  # type: ignore[attr-defined]


def test_the_notebook_is_kept_without_outputs() -> None:
    assert all(not cell.get("outputs") and not cell.get("execution_count") for cell in notebook.cells(NOTEBOOK))


def test_a_broken_cell_is_told_by_its_number(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ipynb"
    cell = {"cell_type": "code", "source": ["x = 1\n", "y = 1 / 0"]}
    broken.write_text(json.dumps({"cells": [cell]}))
    with pytest.raises(ZeroDivisionError) as told:
        list(notebook.executed(broken, {}))
    assert told.traceback[-1].path == Path("broken.ipynb, cell 1") or "cell 1" in str(told.traceback[-1].path)
