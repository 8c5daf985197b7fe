"""The whole run on one screen: files are read and judged in children, landed here, and told to whoever watches.

    paths ─▶ expand ─▶ judge (in the executor's children) ─▶ line ─▶ warehouse ─▶ on_done

Memory stays flat in the number of files: few lines are gathered before they are landed, only tallies remain.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from extractors.errors import Unreadable
from extractors.model import Report, Source
from pipeline.exports.json import Line, line

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from pipeline.checks.model import Judgement
    from pipeline.lake.landing import LakeLanding
    from pipeline.warehouse.history import Comparison
    from pipeline.warehouse.landing import Landing
    from pipeline.warehouse.load import Outcome
    from pipeline.warehouse.lock import OnWait

OnDone = Callable[[Line, "Outcome"], None]
IN_FLIGHT: Final = 64  # files handed to the executor and not yet landed; enough for every child that --jobs allows
_NOT_REPORTS: Final = ("readme", "thumbs.db", "desktop.ini")


@dataclass(slots=True)
class RunSummary:
    """What a run did: files by outcome, findings by severity; what the history says of the files (warnings too)."""

    files: int = 0
    new: int = 0
    reread: int = 0
    known: int = 0
    refused: int = 0
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    history: list[Comparison] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 nothing of error severity, 1 errors found, 3 some file could not be read."""
        return 3 if self.refused else 1 if self.errors else 0

    def count(self, made: Line, outcome: Outcome) -> None:
        """Add one file."""
        self.files += 1
        setattr(self, outcome, getattr(self, outcome) + 1)
        severities = [finding["severity"] for finding in made["findings"]]
        self.errors += severities.count("error")
        self.warnings += severities.count("warning")
        self.infos += severities.count("info")


def run(
    paths: Iterable[Path],
    warehouse: Path | str,
    executor: Executor,
    on_done: OnDone,
    on_wait: OnWait | None = None,
) -> RunSummary:
    """Read, judge and land every file; a file that fails is a refusal, never the end of the run.

    `warehouse` is a file, or as text the place of a lake. Other runs and questions may use it meanwhile. Raises
    `pipeline.warehouse.lock.WarehouseError` before anything is read where it cannot be used, and later where its disk is
    full or it stays locked.
    """
    from extractors.readers.intake import shown
    from pipeline.warehouse.history import comparisons
    from pipeline.warehouse.kept import keep

    summary, files = RunSummary(), expand(paths)

    def done(made: Line, outcome: Outcome) -> None:
        summary.count(made, outcome)
        on_done(made, outcome)

    with landing(warehouse, done, on_wait) as land:
        for made in lines(files, executor):
            land.take(made)
        land.write()
    if isinstance(warehouse, Path):
        keep(warehouse, on_wait)
    with asking(warehouse, on_wait) as con:
        summary.history = comparisons(con, [shown(file) for file in files])
    summary.warnings += len(summary.history)
    return summary


@contextmanager
def landing(warehouse: Path | str, on_done: OnDone, on_wait: OnWait | None) -> Iterator[Landing | LakeLanding]:
    """Where the lines of one run are landed: a warehouse, or a lake."""
    from pipeline.warehouse.load import Run

    this = Run(version("soat"))
    if isinstance(warehouse, str):
        from pipeline.lake.landing import LakeLanding

        with LakeLanding(warehouse, this, on_done) as lake:
            yield lake
    else:
        from pipeline.warehouse.landing import Landing

        yield Landing(warehouse, this, on_done, on_wait)


@contextmanager
def asking(warehouse: Path | str, on_wait: OnWait | None) -> Iterator[DuckDBPyConnection]:
    """The views of a warehouse or of a lake, to be asked only."""
    if isinstance(warehouse, str):
        from pipeline.lake.read import open_lake

        with open_lake(warehouse) as con:
            yield con
    else:
        from pipeline.warehouse.store import reading

        with reading(warehouse, on_wait=on_wait) as con:
            yield con


def inspect(paths: Iterable[Path], executor: Executor, on_done: OnDone) -> RunSummary:
    """Read and judge every file in the order given, without a warehouse."""
    summary = RunSummary()
    for made in lines(expand(paths), executor, in_order=True):
        outcome: Outcome = "refused" if made["error"] else "new"
        summary.count(made, outcome)
        on_done(made, outcome)
    return summary


@contextmanager
def pool(jobs: int) -> Iterator[Executor]:
    """The default executor: guarded child processes, stopped at once when the run is left early."""
    from extractors.readers.guard import GuardedPool

    executor = GuardedPool(jobs)
    try:
        yield executor
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def judged_line(path: Path) -> Line:
    """What a child hands back: the contract's line, plain data that is cheap to send.

    A report that was judged is let go of at once: its cycles would else pile up from file to file. What the first file
    loaded (vocabulary, language models) stays for good and is not searched again.
    """
    made = line(*judge(path))
    gc.collect()
    if not gc.get_freeze_count():
        gc.freeze()
    return made


def judge(path: Path) -> tuple[Report, Judgement | None]:
    """File to facts to findings; never raises for a bad file."""
    from extractors import extract
    from pipeline.checks import check

    report = extract(path)
    return report, None if report.error else check(report)


def expand(paths: Iterable[Path]) -> list[Path]:
    """The files to read, each once: a folder stands for what is under it, by name, but hidden files and READMEs.

    A name that does not exist stays in the list, so that its refusal is told.
    """
    found: dict[Path, None] = {}
    for path in paths:
        for file in _below(path) if path.is_dir() else [path]:
            found.setdefault(file)
    return list(found)


def _below(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            # "~$x.docx" is Word's note that x.docx is open
            if not name.startswith((".", "~$")) and not name.lower().startswith(_NOT_REPORTS):
                yield Path(parent, name)


def lines(files: Iterable[Path], executor: Executor, in_order: bool = False) -> Iterator[Line]:
    """The contract's line of each file, few files at a time in flight, as they are done or in the files' order.

    A file that cannot be read, or on which the program broke, has its line too. In order, what is done before its
    turn is held.
    """
    from extractors.readers.guard import map_unordered

    files = list(files)
    held: dict[Path, Line] = {}
    turns = iter(files)
    turn = next(turns, None)
    for path, result in map_unordered(executor, judged_line, files, IN_FLIGHT):
        made = _refusal(path, result) if isinstance(result, Unreadable) else result
        if not in_order:
            yield made
            continue
        held[path] = made
        while turn in held:
            yield held.pop(turn)
            turn = next(turns, None)


def _refusal(path: Path, refusal: Unreadable) -> Line:
    """The line of a file whose reading was stopped from outside."""
    from extractors.readers.intake import fingerprint, shown

    digest, size = fingerprint(path)
    return line(Report(Source(shown(path), digest, size, None), refusal.refusal()), None)
