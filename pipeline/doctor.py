"""What this machine has of what Soát needs: Python, libraries, the programs beside it, the warehouse."""

from __future__ import annotations

import platform
import shutil
import subprocess
from collections.abc import Iterator
from ctypes.util import find_library
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from pipeline.texts import Texts

_LIBRARIES: Final = (
    *("duckdb", "lxml", "olefile", "openpyxl", "pandas", "pdfminer.six", "pdfplumber"),
    *("python-docx", "rich", "spacy", "typer", "underthesea", "xlrd"),
)
# program: other names, what it is for, the command that installs it on Debian and Ubuntu
_PROGRAMS: Final = (
    (("tesseract",), "doctor_ocr", "apt-get install -y tesseract-ocr tesseract-ocr-vie"),
    (
        ("soffice", "libreoffice"),
        "doctor_doc",
        "apt-get install -y --no-install-recommends libreoffice-writer-nogui fonts-liberation2",
    ),
    (("chromium", "chromium-browser", "google-chrome"), "doctor_browser", "apt-get install -y chromium"),
)
_SIGNATURES: Final = (("signatures", ("pyhanko",), "doctor_signatures", 'pip install "soat[signatures]"'),)
_SECONDS: Final = 10


@dataclass(frozen=True, slots=True)
class Probe:
    """One thing looked at; `required` where nothing works without it."""

    name: str
    ok: bool
    detail: str
    required: bool


def examine(warehouse: Path, t: Texts) -> list[Probe]:
    """Look at everything; imports none of the libraries."""
    return [
        Probe("Python", True, platform.python_version(), True),
        *(_library(name, t) for name in _LIBRARIES),
        *_programs(t),
        *_extras(t),
        _archives(t),
        _warehouse(warehouse, t),
    ]


def rows(probes: list[Probe], t: Texts) -> tuple[list[str], list[list[Any]]]:
    """The probes as a table."""
    body = [[probe.name, t("present") if probe.ok else t("missing"), probe.detail] for probe in probes]
    return [t("component"), t("state"), t("detail")], body


def _library(name: str, t: Texts) -> Probe:
    try:
        return Probe(name, True, version(name), True)
    except PackageNotFoundError:
        return Probe(name, False, t("install_with", command=f"pip install {name}"), True)


def _programs(t: Texts) -> Iterator[Probe]:
    for names, purpose, command in _PROGRAMS:
        found = next(filter(None, map(shutil.which, names)), None)
        need = t("needed_for", purpose=t(purpose))
        if found is None:
            yield Probe(names[0], False, f"{need}; {t('install_with', command=command)}", False)
        else:
            yield Probe(names[0], True, found, False)
        if found and names[0] == "tesseract":
            yield _vietnamese(found, need, command, t)


def _vietnamese(tesseract: str, need: str, command: str, t: Texts) -> Probe:
    """Whether tesseract reads Vietnamese."""
    try:
        listed = subprocess.run([tesseract, "--list-langs"], capture_output=True, text=True, timeout=_SECONDS)
        ok = "vie" in (listed.stdout + listed.stderr).split()
    except (OSError, subprocess.TimeoutExpired):
        ok = False
    return Probe("tesseract: vie", ok, need if ok else f"{need}; {t('install_with', command=command)}", False)


def _extras(t: Texts) -> Iterator[Probe]:
    """Whether the libraries of the extras are installed, found without importing them."""
    from extractors.readers.scan_tools import INSTALL_LIBRARIES, LIBRARIES

    extras = (("ocr", LIBRARIES, "doctor_ocr", INSTALL_LIBRARIES), *_SIGNATURES)
    for name, modules, purpose, command in extras:
        absent = [module for module in modules if find_spec(module) is None]
        need = t("needed_for", purpose=t(purpose))
        detail = f"{need}; {t('install_with', command=command)}" if absent else need
        yield Probe(f"soat[{name}]", not absent, detail, False)


def _archives(t: Texts) -> Probe:
    """Whether the system has the library that unpacks 7z and RAR."""
    found = find_library("archive")
    need = t("needed_for", purpose=t("doctor_archives"))
    detail = found or f"{need}; {t('install_with', command='apt-get install -y libarchive-tools')}"
    return Probe("libarchive", found is not None, detail, False)


def _warehouse(path: Path, t: Texts) -> Probe:
    from pipeline.warehouse.lock import WarehouseError
    from pipeline.warehouse.store import reading

    try:
        with reading(path, patience=0):
            return Probe(str(path), True, t("doctor_readable"), True)
    except WarehouseError as error:
        absent = error.code == "missing"
        detail = t("doctor_absent") if absent else error.said(t.language)
        return Probe(str(path), False, detail, required=not absent and error.code != "locked")
