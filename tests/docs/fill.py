"""`make readme`: fill the marked blocks of README.md and docs/*.md from what the commands print now.

A block is

    <!-- begin: COMMAND -->
    (what COMMAND prints, between fences)
    <!-- end -->

COMMAND is a line for the shell; `above`, the commands of the last ```sh fence before the block; or `measured`, the tables
of tests/docs/measured.py. Commands run in a workspace of their document, block after block, and their standard output is
what is shown. A test compares every block with a new run, so that a pasted output cannot go stale.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.docs.measured import measured
from tests.docs.workspace import ROOT, Workspace

BLOCK = re.compile(r"(?P<begin><!-- begin: (?P<command>[^\n]+) -->\n)(?P<body>.*?)(?P<end><!-- end -->)", re.DOTALL)
SHELL = re.compile(r"^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))


def command_of(text: str, block: re.Match[str]) -> str:
    """What a block of the page runs."""
    above: list[str] = SHELL.findall(text[: block.start()])
    return above[-1] if block["command"] == "above" else block["command"]


def filled(text: str, run: Callable[[str], str]) -> str:
    """The page with every block filled; `run` answers a shell command with its output."""

    def fill(block: re.Match[str]) -> str:
        command = command_of(text, block)
        body = measured() if command == "measured" else f"```text\n{run(command)}\n```\n"
        return block["begin"] + body + block["end"]

    return BLOCK.sub(fill, text)


def page(path: Path) -> str:
    """A document as it should read now."""
    with tempfile.TemporaryDirectory() as folder:
        return filled(path.read_text(encoding="utf-8"), Workspace(Path(folder) / "soat").run)


def main() -> int:
    """Fill the documents named, or all of them."""
    for path in [Path(name).resolve() for name in sys.argv[1:]] or PAGES:
        before, after = path.read_text(encoding="utf-8"), page(path)
        if after != before:
            path.write_text(after, encoding="utf-8")
        print(f"{path.relative_to(ROOT)}: {'filled anew' if after != before else 'as before'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
