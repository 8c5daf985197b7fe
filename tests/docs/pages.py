"""What the documents say in a form that can be tried: fences by language, commands, tables."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.docs.fill import BLOCK, PAGES, command_of

_FENCE = re.compile(r"^```(?P<language>\w*)(?: (?P<file>\S+))?\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
_INLINE = re.compile(r"`((?:\.venv/bin/)?soat(?: [^`]+)?|make [^`]+)`")
_PROGRAMS = ("soat", ".venv/bin/soat", "make", ".venv/bin/python", "duckdb")


class Fence(NamedTuple):
    """A fenced block: ```language file."""

    language: str
    file: str | None
    body: str


class Command(NamedTuple):
    """A command as a page shows it; within the text it may be named without all its arguments."""

    page: str
    words: tuple[str, ...]
    whole: bool

    def __str__(self) -> str:
        return f"{self.page}: {shlex.join(self.words)}"[:100]


def fences(page: Path) -> list[Fence]:
    """The fences of a page."""
    return [Fence(*found.groups()) for found in _FENCE.finditer(page.read_text(encoding="utf-8"))]


def _lines(text: str) -> Iterator[list[str]]:
    """Shell commands, each as words; a quotation may go over several lines."""
    held = ""
    for line in text.splitlines():
        held = f"{held}\n{line}" if held else line
        try:
            words = shlex.split(held, comments=True)
        except ValueError:  # an open quotation
            continue
        held = ""
        if words:
            yield words
    if held:
        raise ValueError(f"a quotation is left open: {held!r}")


def commands() -> list[Command]:
    """Every command of every page, in sh fences, in blocks and within the text, once each."""
    found: dict[Command, None] = {}
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        shown = [(fence.body, True) for fence in fences(page) if fence.language == "sh"]
        shown += [(block["command"], True) for block in BLOCK.finditer(text)]
        shown += [(named, False) for named in _INLINE.findall(text)]
        for part, whole in shown:
            for words in _lines(part):
                for command in _simple(words):
                    found.setdefault(Command(page.name, command, whole))
    return list(found)


def _simple(words: list[str]) -> Iterator[tuple[str, ...]]:
    """The commands of a line that are ours: before and after |, ; and >."""
    held: list[str] = []
    for word in [*words, ";"]:
        ends = word in ("|", ";", ">", "&&") or word.startswith("2>")
        if not ends:
            held.append(word.rstrip(";") if word.endswith(";") else word)
        if (ends or word.endswith(";")) and held:
            if held[0] in _PROGRAMS:
                yield tuple(held)
            held = []


def queries() -> list[tuple[str, str]]:
    """(page, SQL) of every `soat sql` command."""
    return [(command.page, query) for command in commands() for query in _sql(command.words)]


def pasted_queries() -> list[tuple[str, str]]:
    """(page, SQL) of every `soat sql` command whose output stands on the page."""
    found: dict[tuple[str, str], None] = {}
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for block in BLOCK.finditer(text):
            for words in _lines(command_of(text, block)):
                for command in _simple(words):
                    found.update({(page.name, query): None for query in _sql(command)})
    return list(found)


def _sql(words: tuple[str, ...]) -> list[str]:
    """The query of a `soat sql` command."""
    return [words[2]] if words[0].endswith("soat") and words[1:2] == ("sql",) and len(words) > 2 else []


def rows(page: Path) -> list[list[str]]:
    """The cells of all table rows, heads left out."""
    lines = [line.strip() for line in page.read_text(encoding="utf-8").splitlines()]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("| ")]
    return [row for number, row in enumerate(cells) if not _rule(row) and not _rule(cells[number + 1 : number + 2])]


def _rule(row: list[str] | list[list[str]]) -> bool:
    """Whether a row is the line under a head: | --- | --: |."""
    flat = row[0] if row and isinstance(row[0], list) else row
    return bool(flat) and all(re.fullmatch(r"-+:?", str(cell)) for cell in flat)
