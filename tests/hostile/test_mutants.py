"""Mutated samples through the guarded reader, few of them, and the mutations themselves."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.hostile import many, mutants
from tests.hostile.mutate import mutant, samples

ROOT = Path(__file__).parents[2]


def test_sixty_mutants_break_nothing(tmp_path: Path) -> None:
    """In a process of its own, whose memory is that of the run alone."""
    command = [
        sys.executable,
        "-m",
        "tests.hostile.mutants",
        "--files",
        "60",
        "--seed",
        "7",
        "--json",
        tmp_path / "told",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    counted = json.loads((tmp_path / "told").read_text(encoding="utf-8"))
    assert counted["lines"] >= 60 and counted["missing"] == 0 and 0 < counted["parent_mib"] < mutants.PARENT_MIB
    assert sum(n for name, n in counted["outcomes"].items() if name.endswith(" read")) > 10
    assert sum(n for name, n in counted["outcomes"].items() if not name.endswith(" read")) > 10


def test_a_defect_is_told_with_the_files_that_show_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lines(files: list[Path], pool: object) -> list[dict[str, object]]:
        message = {"en": "The file is damaged or incomplete. (KeyError: 'rId7')"}
        return [{"source": {"path": str(f)}, "error": {"code": "corrupt", "message": message}} for f in files[1:]]

    monkeypatch.setattr(mutants.flow, "lines", lines)
    counted = mutants.campaign(4, seed=1, jobs=1, keep=tmp_path / "kept")
    assert counted.missing == 1 and len(counted.named) == 1
    [(said, names)] = counted.named.items()
    assert "KeyError: 'rId7'" in said and sorted(names) == sorted(p.name for p in (tmp_path / "kept").iterdir())
    assert len([said for said in counted.wrong if "MiB" not in said]) == 2  # this process holds all tests before


def test_the_same_seed_gives_the_same_mutants_and_all_kinds_are_among_them() -> None:
    held = samples()
    first = [mutant(held, n, 1) for n in range(21)]
    assert first == [mutant(held, n, 1) for n in range(21)]
    assert [mutant(held, n, 2)[1] for n in range(21)] != [data for _, data in first]
    assert {Path(name).suffix for name, _ in first} == {".docx", ".pdf", ".html", ".txt", ".xlsx", ".zip", ".eml"}
    whole = {s.data for s in held}
    assert sum(data not in whole for _, data in first) >= 18


def test_samples_are_good_files() -> None:
    for sample in samples():
        if sample.name.endswith((".docx", ".xlsx", ".zip")):
            assert zipfile.ZipFile(io.BytesIO(sample.data)).testzip() is None


@pytest.mark.slow
def test_many_files_and_some_hostile_ones() -> None:
    done = many.run(files=120, hostile=12, jobs=2)
    assert done.wrong == []
    assert (done.read, done.refused) == (108, 12)
