"""The whole run on one screen: files are read and judged in children, landed here, and told to whoever watches.

    paths ─▶ expand ─▶ judge (in the executor's children) ─▶ line ─▶ warehouse ─▶ on_done
                 ▲                 │
                 └─ its members ◀──┘ of a container

Memory stays flat in the number of files: few lines are gathered before they are landed, only tallies remain.
"""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from extractors import limits
from extractors.errors import Unreadable, VocabularyError
from extractors.model import Report, Source
from extractors.readers.member_names import passed_over, passed_over_folder
from extractors.readers.members import Contents, Member
from pipeline.exports.json import Line, line
from pipeline.texts import Told

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from pipeline.checks.model import Judgement
    from pipeline.lake.landing import LakeLanding
    from pipeline.warehouse.history import Comparison
    from pipeline.warehouse.landing import Landing
    from pipeline.warehouse.load import Outcome
    from pipeline.warehouse.lock import OnWait

Place = Path | Member  # of a document: a file, or a member of a container
OnDone = Callable[[Line, "Outcome"], None]
OnFound = Callable[[int], None]  # hears of every container how many more lines there will be
T = TypeVar("T")
IN_FLIGHT: Final = 64  # places handed to the executor and not yet landed; enough for every child that --jobs allows


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
    on_found: OnFound | None = None,
) -> RunSummary:
    """Read, judge and land every file, and every member of a container as a file of its own; one that fails is a refusal,
    never the end of the run.

    `warehouse` is a file, or as text the place of a lake. Other runs and questions may use it meanwhile. Raises
    `pipeline.warehouse.lock.WarehouseError` before anything is read where it cannot be used, and later where its disk is
    full or it stays locked.
    """
    from pipeline.warehouse.history import comparisons
    from pipeline.warehouse.kept import keep

    summary, files = RunSummary(), expand(paths)
    landed: list[str] = []

    def done(made: Line, outcome: Outcome) -> None:
        summary.count(made, outcome)
        landed.append(made["source"]["path"])
        on_done(made, outcome)

    with landing(warehouse, done, on_wait) as land:
        for made in lines(files, executor, on_found=on_found):
            land.take(made)
        land.write()
    if isinstance(warehouse, Path):
        keep(warehouse, on_wait)
    with asking(warehouse, on_wait) as con:
        summary.history = comparisons(con, landed)
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


def inspect(paths: Iterable[Path], executor: Executor, on_done: OnDone, on_found: OnFound | None = None) -> RunSummary:
    """Read and judge every file in the order given, without a warehouse; members stand at their container's place."""
    summary = RunSummary()
    for made in lines(expand(paths), executor, in_order=True, on_found=on_found):
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


def judged_line(place: Place) -> Line | Contents:
    """What a child hands back: the contract's line, plain data that is cheap to send; of a container, what it holds.

    A report that was judged is let go of at once: its cycles would else pile up from file to file. What the first file
    loaded (vocabulary, language models) stays for good and is not searched again.
    """
    found = judge(place)
    if isinstance(found, Contents):
        return found
    made = line(*found)
    del found
    gc.collect()
    if not gc.get_freeze_count():
        gc.freeze()
    return made


def judge(place: Place) -> tuple[Report, Judgement | None] | Contents:
    """File to facts to findings; never raises for a bad file."""
    from extractors import look
    from pipeline.checks import check

    found = look(place)
    if isinstance(found, Contents):
        return found
    return found, None if found.error else check(found)


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
        folders[:] = sorted(name for name in folders if not passed_over_folder(name))
        yield from (Path(parent, name) for name in sorted(names) if not passed_over(name))


def lines(
    files: Iterable[Path], executor: Executor, in_order: bool = False, on_found: OnFound | None = None
) -> Iterator[Line]:
    """The contract's line of each document, few at a time in flight, as they are done or in the files' order.

    A container stands for its members, which come before the files after it. A file that cannot be read, or on which the
    program broke, has its line too. In order, what is done before its turn is held. Raises Told where our own rules cannot be
    read.
    """
    from extractors.readers.guard import map_unordered

    queue = _Queue(files)
    turns: deque[Place] = deque(queue.waiting)
    held: dict[Place, Line | Contents] = {}
    results = map_unordered(executor, judged_line, queue, IN_FLIGHT)
    for place, result in _by_sound_rules(results):
        made = queue.admitted(place, result) if isinstance(result, Contents) else result
        if isinstance(made, Unreadable):
            made = _refusal(place, made)
        if isinstance(made, Contents) and on_found:
            on_found(len(made.members) - 1)
        if in_order:
            held[place] = made
            yield from _whose_turn(turns, held)
        elif not isinstance(made, Contents):
            yield made


def _by_sound_rules(results: Iterator[T]) -> Iterator[T]:
    """The same; our own rules are the same for every file, so one that cannot be read is told once and ends the run."""
    try:
        yield from results
    except VocabularyError as error:
        vi = f"Quy tắc của chính chương trình bị hỏng, dừng kiểm tra: {error}"
        raise Told(vi, f"The program's own rules are damaged, checking ends here: {error}") from error


def _whose_turn(turns: deque[Place], held: dict[Place, Line | Contents]) -> Iterator[Line]:
    """The lines that are done and before which none is missing; a container gives its turn to its members."""
    while turns and turns[0] in held:
        made = held.pop(turns.popleft())
        if isinstance(made, Contents):
            turns.extendleft(reversed(made.members))
        else:
            yield made


class _Queue:
    """The places still to be read: members go before the files that wait, so that few containers are open at a time.

    What a file may hold in all is counted here, because each container inside it is opened in a call of its own.
    """

    def __init__(self, files: Iterable[Path]) -> None:
        self.waiting: deque[Place] = deque(files)
        self._held: dict[Path, tuple[int, int]] = {}

    def __iter__(self) -> Iterator[Place]:
        return self

    def __next__(self) -> Place:
        if not self.waiting:
            raise StopIteration
        return self.waiting.popleft()

    def admitted(self, place: Place, found: Contents) -> Contents | Unreadable:
        """Queue the members of a container; its refusal where the file that it is in holds too much with them."""
        file = place.file if isinstance(place, Member) else place
        members, size = self._held.get(file, (0, 0))
        members, size = members + len(found.members), size + found.bytes
        if members > limits.MAX_MEMBERS or size > limits.MAX_CONTAINER_BYTES:
            return Unreadable("too_large", "cùng các tệp nén khác trong cùng tệp")
        self._held[file] = members, size
        self.waiting.extendleft(reversed(found.members))
        return found


def _refusal(place: Place, refusal: Unreadable) -> Line:
    """The line of a file whose reading was stopped from outside. A member's bytes are not looked at for its hash: what they
    did to a child, they would do here."""
    from extractors.readers.intake import fingerprint, shown

    if isinstance(place, Member):
        source = Source(place.path, "", place.bytes or 0, None, parent=place.parent)
    else:
        source = Source(shown(place), *fingerprint(place), None)
    return line(Report(source, refusal.refusal()), None)
