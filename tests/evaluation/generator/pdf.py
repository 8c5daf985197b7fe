"""PDF of many reports at once: one call of LibreOffice for a batch of files, with a profile of its own."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.reports import paper

BATCH = 40


def converted(sources: Sequence[Path], out: Path) -> list[Path]:
    """Convert the files into `out`; raises FileNotFoundError where LibreOffice left one out."""
    with tempfile.TemporaryDirectory() as profile:
        command = [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{profile}",
            "--convert-to",
            "pdf",
            "--outdir",
            str(out),
        ]
        clock = {"SOURCE_DATE_EPOCH": str(int(paper.STAMP.timestamp()))}
        for first in range(0, len(sources), BATCH):
            batch = sources[first : first + BATCH]
            subprocess.run(
                [*command, *map(str, batch)], check=True, capture_output=True, timeout=600, env=os.environ | clock
            )
    made = [out / f"{source.stem}.pdf" for source in sources]
    for path in made:
        if not path.exists():
            raise FileNotFoundError(path)
    return made
