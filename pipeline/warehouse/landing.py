"""Landing while others ask: lines are gathered while reports are read, and written in windows of a second at most.

Between two windows the file is free, for questions and for other runs. What was gathered and not written when the machine
stops is read again by the next run; what was written is whole.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import duckdb

from pipeline.exports.json import Line
from pipeline.warehouse.load import BROKEN, Loader, Outcome, Run, not_landed
from pipeline.warehouse.lock import OnWait, refused
from pipeline.warehouse.store import WRITER_PATIENCE, writing

#: A window is due when so many lines, or lines of so many rows, or one so old (seconds) wait.
LINES: Final = 256
ROWS: Final = 50_000
SECONDS: Final = 2.0

OnDone = Callable[[Line, Outcome], None]


class Landing:
    """Takes the lines of one run; `on_done` hears of each when it is in the warehouse, or refused for good."""

    def __init__(
        self,
        warehouse: Path,
        run: Run,
        on_done: OnDone,
        on_wait: OnWait | None = None,
        patience: float = WRITER_PATIENCE,
    ) -> None:
        """Raises WarehouseError, as `store.writing` does, where the warehouse cannot be used."""
        self._warehouse, self._run, self._on_done = warehouse, run, on_done
        self._on_wait, self._patience = on_wait, patience
        self._waiting: list[Line] = []
        self._rows, self._since = 0, 0.0
        self._logged = False
        with writing(warehouse, patience, on_wait):
            pass  # made, brought up to date and known to be writable before anything is read

    def take(self, made: Line) -> None:
        """Gather one line, and write what is gathered when that is due."""
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting.append(made)
        self._rows += sum(len(made[table]) for table in ("observations", "citations", "dates", "checks"))
        if len(self._waiting) >= LINES or self._rows >= ROWS or time.monotonic() - self._since >= SECONDS:
            self._write(merge=False)

    def write(self) -> None:
        """Write what is gathered, the end of the run. Raises WarehouseError where the file stays locked or the disk is full."""
        if self._waiting or self._logged:
            self._write(merge=True)

    def _write(self, merge: bool) -> None:
        lines, self._waiting, self._rows, self._logged = self._waiting, [], 0, not merge
        try:
            with writing(self._warehouse, self._patience, self._on_wait, merge) as con:
                landed = _landed(Loader(con, self._run), lines)
        except (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException) as error:
            raise refused(self._warehouse, error) from error
        for made, outcome in landed:
            self._on_done(made, outcome)


def _landed(loader: Loader, lines: list[Line]) -> list[tuple[Line, Outcome]]:
    """Lines with their outcomes. One that breaks the warehouse's rules is a defect of ours: it must not take the others with
    it, and lands as a refusal that says so."""
    try:
        return list(zip(lines, loader.land_all(lines), strict=True))
    except BROKEN as error:
        if len(lines) > 1:
            return [landed for made in lines for landed in _landed(loader, [made])]
        refusal = not_landed(lines[0], str(error).splitlines()[0])
        return [(refusal, loader.land(refusal))]
