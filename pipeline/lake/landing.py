"""Landing the lines of a run in a lake: gathered while reports are read, written as parts, told when they are in the lake."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Final

from pipeline.exports.json import Line
from pipeline.lake.write import BATCH, LakeWriter
from pipeline.warehouse.load import BROKEN, Outcome, Run, not_landed

#: Parts are written when so many lines, or one so old (seconds), wait: small parts make readers slow until a compaction.
LINES: Final = BATCH
SECONDS: Final = 60.0

OnDone = Callable[[Line, Outcome], None]


class LakeLanding:
    """Takes the lines of one run; `on_done` hears of each when it is in the lake, or refused for good.

    What was gathered and not written when the machine stops is read again by the next run.
    """

    def __init__(self, uri: str, run: Run, on_done: OnDone) -> None:
        """Raises LakeError, as `LakeWriter` does, where the lake cannot be used."""
        self._writer = LakeWriter(uri, run, batch=LINES + 1)
        self._on_done = on_done
        self._waiting: list[Line] = []
        self._since = 0.0

    def __enter__(self) -> LakeLanding:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()

    def take(self, made: Line) -> None:
        """Gather one line, and write what is gathered when that is due."""
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting.append(made)
        if len(self._waiting) >= LINES or time.monotonic() - self._since >= SECONDS:
            self.write()

    def write(self) -> None:
        """Write what is gathered. Raises LakeError where the lake cannot be reached."""
        lines, self._waiting = self._waiting, []
        landed = self._landed(lines)
        self._writer.flush()
        for made, outcome in landed:
            self._on_done(made, outcome)

    def _landed(self, lines: list[Line]) -> list[tuple[Line, Outcome]]:
        """As in the warehouse: a line that breaks its rules is a defect of ours, and lands as a refusal that says so."""
        try:
            return list(zip(lines, self._writer.land_all(lines), strict=True))
        except BROKEN as error:
            if len(lines) > 1:
                return [landed for made in lines for landed in self._landed([made])]
            refusal = not_landed(lines[0], str(error).splitlines()[0])
            return [(refusal, self._writer.land(refusal))]
