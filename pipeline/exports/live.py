"""Watching a run: progress on standard error while it goes, results on standard output as they come or at its end."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from pipeline.exports import table
from pipeline.exports.json import Line, dumps
from pipeline.exports.shown import ShownReport, shown
from pipeline.texts import Texts

if TYPE_CHECKING:
    from pipeline.flow import RunSummary
    from pipeline.warehouse.load import Outcome
    from pipeline.warehouse.lock import Holder


class Watch:
    """Called with each line: prints it (`as_json`), shows it as a page (`in_full`), or keeps what the end will show."""

    def __init__(self, files: int, t: Texts, as_json: bool, in_full: bool = False) -> None:
        self._t, self._as_json, self._in_full = t, as_json, in_full
        self._kept: list[ShownReport] = []
        self._out, self._talk = table.console(sys.stdout), table.console(sys.stderr)
        columns = (TextColumn(t("reading")), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        streaming = (as_json or in_full) and sys.stdout.isatty()  # a bar among the results would garble both
        self._progress = Progress(
            *columns,
            console=self._talk,
            transient=True,
            redirect_stdout=False,
            disable=streaming or not sys.stderr.isatty(),
        )
        self._files = files
        self._task = self._progress.add_task("", total=files)
        if not files:
            self.say(t("nothing"))

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._progress.stop()

    def __call__(self, line: Line, outcome: Outcome) -> None:
        """Take one file's line."""
        self.advance()
        if self._as_json:
            sys.stdout.write(dumps(line) + "\n")
            sys.stdout.flush()
        elif self._in_full:
            table.show(self._out, table.page(line, self._t))
        else:
            self._kept.append(shown(line, self._t))

    def advance(self) -> None:
        """One file more is done."""
        self._progress.advance(self._task)

    def expect(self, more: int) -> None:
        """A container turned out to hold so many files more than it counted for."""
        self._files += more
        self._progress.update(self._task, total=self._files)

    def conclude(self, summary: RunSummary, warehouse: Path | str) -> None:
        """Print what was kept: findings by report, refused files, history, the table of reports; then, as talk, what the run
        did."""
        kept = sorted(self._kept, key=lambda report: report.path)
        t = self._t
        for part in self._parts(kept):
            table.show(self._out, part)
        if summary.history and not self._as_json:
            table.show(self._out, table.history(summary.history, t))
        read = [report for report in kept if report.refusal is None]
        if read:  # last, where the eye is when a run over many files has scrolled by
            table.show(self._out, table.reports(read, t))
        self._out.file.flush()  # where both go to one file, talk stands behind what it is about
        self.say(t("summary", **{key: getattr(summary, key) for key in summary.__slots__}))
        self.say(t("landed", warehouse=warehouse))

    def wait(self, path: Path, holder: Holder) -> None:
        """Say that another process has the warehouse open."""
        self.say(self._t("waiting", path=path, program=holder.program, pid=holder.pid))

    def _parts(self, kept: list[ShownReport]) -> Iterable[RenderableType]:
        read = [report for report in kept if report.refusal is None]
        refused = [report for report in kept if report.refusal is not None]
        for report in read:
            if report.findings:
                yield table.report_findings(report, self._t)
        if any(report.notes for report in read):
            yield table.notes(read, self._t)
        if refused:
            yield table.refused(refused, self._t)

    def say(self, text: str) -> None:
        """A line of talk."""
        _print(self._talk, text)


def _print(console: Console, text: str) -> None:
    console.print(table.visible(text), soft_wrap=True)
