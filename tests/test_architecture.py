"""The house keeps its shape: one arrow between the packages, rooms of a readable size, only declared imports."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("extractors", "pipeline")
MODULES = sorted(p for name in PACKAGES for p in (ROOT / name).rglob("*.py"))
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "base", "misc", "lib", "core", "stuff"}
MODULE_LINES, FUNCTION_LINES = 400, 60  # lines that are not blank
LONG_MODULES, LONG_FUNCTIONS = 0.2, 0.05  # the share that may exceed 250 and 35 lines
IMPORT_NAMES = {
    "libarchive-c": "libarchive",
    "opencv-python-headless": "cv2",
    "pdfminer.six": "pdfminer",
    "pyHanko": "pyhanko",
    "python-docx": "docx",
}
EXTRAS = ("ocr", "signatures")  # imported where they are needed, with a warning where they are missing
HEAVY = {
    "spacy",
    "underthesea",
    "pandas",
    "numpy",
    "pdfplumber",
    "pdfminer",
    "docx",
    "lxml",
    "duckdb",
    "pypdfium2",
    "pyhanko",
    "cv2",
}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(path: Path, module: ast.Module) -> Iterator[tuple[str, bool]]:
    """Every absolute module name imported, and whether that happens when the module itself is imported."""
    inner = {
        id(node)
        for f in ast.walk(module)
        if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) or _for_types_only(f)
        for node in ast.walk(f)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) not in inner) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.relative_to(ROOT)}: relative import"
            name = node.module or ""
            yield name, id(node) not in inner
            yield from ((f"{name}.{alias.name}", id(node) not in inner) for alias in node.names)


def _for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def functions(module: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = [requirement for name in EXTRAS for requirement in project["optional-dependencies"][name]]
    wanted = [*project["dependencies"], *optional]
    names = {re.match(r"[A-Za-z0-9_.-]+", requirement)[0] for requirement in wanted}  # type: ignore[index]
    return {IMPORT_NAMES.get(name, name.replace("-", "_")) for name in names}


def test_extractors_never_import_pipeline() -> None:
    guilty = [
        (named(path), name)
        for path in MODULES
        if path.is_relative_to(ROOT / "extractors")
        for name, _ in imports(path, tree(path))
        if name.split(".")[0] in ("pipeline", "tests")
    ]
    assert guilty == []


def test_only_the_standard_library_and_declared_dependencies_are_imported() -> None:
    allowed = set(sys.stdlib_module_names) | declared() | set(PACKAGES)
    guilty = {(named(p), n) for p in MODULES for n, _ in imports(p, tree(p)) if n.split(".")[0] not in allowed}
    assert guilty == set()


def test_no_module_is_a_drawer_for_everything() -> None:
    assert [named(p) for p in MODULES if p.stem in FORBIDDEN or p.parent.name in FORBIDDEN] == []


def test_modules_and_functions_read_in_one_sitting() -> None:
    sizes = {named(p): sum(map(bool, map(str.strip, p.read_text(encoding="utf-8").splitlines()))) for p in MODULES}
    assert {n: s for n, s in sizes.items() if s > MODULE_LINES} == {}
    assert sum(s > 250 for s in sizes.values()) <= len(sizes) * LONG_MODULES
    lengths = [(named(p), name, length) for p in MODULES for name, length in functions(tree(p))]
    assert [f for f in lengths if f[2] > FUNCTION_LINES] == []
    assert sum(length > 35 for *_, length in lengths) <= len(lengths) * LONG_FUNCTIONS


def test_every_module_says_what_it_is_for() -> None:
    silent = [named(p) for p in MODULES if p.stat().st_size and not ast.get_docstring(tree(p))]
    assert silent == []


@pytest.mark.parametrize("entry", ["pipeline.cli", "extractors", "extractors.readers.guard", "extractors.model"])
def test_an_entry_imports_nothing_heavy(entry: str) -> None:
    code = f"import sys, {entry}; print(*sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_importing_opens_no_data_file() -> None:
    """Vocabulary and SQL are read when they are needed: an import that reads them makes every command slow."""
    code = (
        "import sys, pkgutil, importlib\n"
        "seen = []\n"
        "sys.addaudithook(lambda e, a: seen.append(str(a[0])) if e == 'open' else None)\n"
        "for name in ('extractors', 'pipeline'):\n"
        "    package = importlib.import_module(name)\n"
        "    for m in pkgutil.walk_packages(package.__path__, name + '.'):\n"
        "        '__main__' in m.name or importlib.import_module(m.name)\n"
        f"print(*[s for s in seen if s.startswith({str(ROOT)!r}) and s.endswith(('.toml', '.csv', '.sql', '.json'))])\n"
    )
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.split() == []
