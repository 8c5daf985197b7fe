"""A throw-away copy of what a reader of the documents has: the samples, the examples and the command `soat`.

Commands run in it as they are written (`soat`, `.venv/bin/soat`, paths under data/ and docs/), so that a pasted output is
the output of the command beside it and the repository's own warehouse is left alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WIDTH = 110  # columns of a pasted output


class Workspace:
    """A folder with data/raw, docs/examples and an empty data/warehouse."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("data/raw", "docs/examples"):
            shutil.copytree(ROOT / name, folder / name)
        (folder / "data" / "warehouse").mkdir()
        self._bin = folder / ".venv" / "bin"
        self._bin.mkdir(parents=True)
        program = self._bin / "soat"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pipeline.cli "$@"\n')
        program.chmod(0o755)

    @property
    def warehouse(self) -> Path:
        """Where `soat run` puts the warehouse here."""
        return self.folder / "data" / "warehouse" / "soat.duckdb"

    def run(self, command: str) -> str:
        """Standard output of a shell command, lines without blanks at their end.

        Raises RuntimeError where nothing is printed, or where the exit code is none of those with which Soát says what it
        found (1: errors, 3: some file could not be read).
        """
        env = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": str(WIDTH), "NO_COLOR": "1"}
        env["PATH"] = f"{self._bin}{os.pathsep}{env['PATH']}"
        for name in ("SOAT_WAREHOUSE", "SOAT_LANG"):
            env.pop(name, None)
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", command],
            cwd=self.folder, env=env, capture_output=True, text=True, encoding="utf-8", timeout=240,
        )  # fmt: skip
        shown = "\n".join(line.rstrip() for line in done.stdout.splitlines()).strip("\n")
        if done.returncode not in (0, 1, 3) or not shown:
            raise RuntimeError(f"{command}\nexit {done.returncode}, printed {shown!r}\n{done.stderr}")
        return shown
