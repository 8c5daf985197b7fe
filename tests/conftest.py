"""What every test would pay for again and again: the catalogue of an empty warehouse, and walks over objects that stay."""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
from pathlib import Path

import pytest

from pipeline.warehouse import store

#: What is about making a warehouse makes it itself.
_MAKE_THEIR_OWN = frozenset({"test_store", "test_disk"})


@pytest.fixture(scope="module", autouse=True)
def settled_objects() -> None:
    """What is loaded by now stays: `flow` looks for cycles after every file, which in a process with all tests takes longer
    than the file."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def settled_objects_of_the_flow(request: pytest.FixtureRequest) -> None:
    """As `settled_objects`, of what the tests before in the module have loaded."""
    if request.module.__name__.endswith("test_flow"):
        gc.collect()
        gc.freeze()


@pytest.fixture(scope="session")
def place_of_empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where an empty warehouse is kept to be copied, once somebody wanted one."""
    return tmp_path_factory.mktemp("empty") / "w.duckdb"


@pytest.fixture(autouse=True)
def ready_made_warehouses(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, place_of_empty: Path
) -> None:
    """New warehouses are copies of one that was made before: over a second of binding views each time, saved."""
    create = store._create

    def copied(path: Path) -> None:
        if not place_of_empty.exists():
            create(place_of_empty)
            with store.writing(place_of_empty):  # which fills its catalogues
                pass
        unfinished = store.beside(path)
        try:
            shutil.copyfile(place_of_empty, unfinished)
        except OSError:  # no folder, no place, no right: what the program itself says of that is wanted
            store.discard(unfinished)
            create(path)
            return
        with contextlib.suppress(FileExistsError):
            os.link(unfinished, path)
        store.discard(unfinished)

    if request.module.__name__.rpartition(".")[2] not in _MAKE_THEIR_OWN:
        monkeypatch.setattr(store, "_create", copied)
