"""What recognition needs beside Python: Tesseract with its Vietnamese data, and the libraries of the extra `ocr`."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Final

LANGUAGE: Final = "vie"
INSTALL_PROGRAM: Final = "apt-get install -y tesseract-ocr tesseract-ocr-vie"
INSTALL_LIBRARIES: Final = 'pip install "soat[ocr]"'
LIBRARIES: Final = ("cv2", "numpy", "pypdfium2")  # what the extra `ocr` installs, by import name
_SECONDS: Final = 20.0
_ROTATE: Final = re.compile(r"^Rotate: (90|180|270)$", re.MULTILINE)


def missing() -> str | None:
    """The command that installs what recognition lacks on this machine; None where it lacks nothing."""
    if any(importlib.util.find_spec(name) is None for name in LIBRARIES):
        return INSTALL_LIBRARIES
    program = shutil.which("tesseract")
    return None if program and _reads_vietnamese(program) else INSTALL_PROGRAM


@cache
def _reads_vietnamese(program: str) -> bool:
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return LANGUAGE in (listed.stdout + listed.stderr).split()


def turn_of(image: Path, seconds: float) -> int:
    """Degrees by which an image must be turned clockwise for its letters to stand upright: 0, 90, 180 or 270; 0 where
    Tesseract cannot tell or lacks its data for it."""
    try:
        done = subprocess.run(
            ["tesseract", str(image), "-", "--psm", "0"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=seconds,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    told = _ROTATE.search(done.stdout)
    return int(told[1]) if told else 0


class Recognition:
    """One Tesseract process at work on images, which it reads in turn with one start.

    `psm` is Tesseract's page segmentation mode: 3 a whole page, 6 one block, 7 one line. It writes nothing and asks
    for nothing but the files it is given; it belongs to the process group of the reader and dies with it.
    """

    def __init__(self, images: list[Path], psm: int) -> None:
        folder = images[0].parent
        target = images[0]
        if len(images) > 1:
            target = images[0].with_suffix(".txt")
            target.write_text("".join(f"{image}\n" for image in images), encoding="utf-8")
        self._out = (folder / f"{images[0].stem}.tsv").open("w+b")  # a file: a pipe that nobody empties stops it
        self._files = [*images, target, folder / f"{images[0].stem}.tsv"]
        self._process = subprocess.Popen(
            ["tesseract", str(target), "-", "-l", LANGUAGE, "--psm", str(psm), "tsv"],
            stdin=subprocess.DEVNULL,
            stdout=self._out,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},
            cwd=folder,
        )

    def result(self, seconds: float) -> str | None:
        """Its table of words, at most `seconds` from now; None where it took longer or failed."""
        try:
            code = self._process.wait(timeout=max(0.0, seconds))
        except subprocess.TimeoutExpired:
            code = -1
        if code == 0:
            self._out.seek(0)
            text = self._out.read().decode("utf-8", "replace")
        self.stop()
        return text if code == 0 else None

    def stop(self) -> None:
        """End the process, if it still runs, and remove its files. May be called again."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._out.close()
        for file in self._files:
            file.unlink(missing_ok=True)
