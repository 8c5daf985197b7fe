"""What a hostile input must come to, and the ground on which that is tried.

A file is read in a guarded child, under clocks and a memory cap, by the program's own functions; the child is watched:
what it connects to, starts, or writes outside its private folder counts against the input. Commands run as the real
program in a process of its own.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractors.errors import Unreadable
from extractors.model import Document
from extractors.readers.guard import Allowance, GuardedPool

ROOT = Path(__file__).resolve().parents[2]
LIMITS = Allowance(wall=60, progress=30, memory=1200 * 2**20)
READ = "33.459"  # what a file that is read must say
STARTED = ("tesseract", "soffice")  # programs that a reader may start
_RESET_PEAK = "5"  # proc(5), clear_refs
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_MIB = 2**20

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as a child saw it: the contract's line, the document where there is one, MiB at most above the idle child,
    and what the child touched that it must not."""

    line: Line
    document: Document | None
    rise: float
    peak: float
    touched: tuple[str, ...]

    @property
    def code(self) -> str | None:
        """The refusal's code."""
        return self.line["error"] and self.line["error"]["code"]

    @property
    def text(self) -> str:
        """All passages."""
        return "\n".join(p.text for p in self.document.passages()) if self.document else ""

    @property
    def warnings(self) -> list[str]:
        """Codes of the warnings, each once."""
        return list(dict.fromkeys(w["code"] for w in self.line["source"]["warnings"]))

    @property
    def values(self) -> list[str]:
        """Values of the observations, in order."""
        return [o["value"] for o in self.line["observations"]]

    @property
    def rules(self) -> list[str]:
        """Rules of the findings above info."""
        return [f["rule"] for f in self.line["findings"] if f["severity"] != "info"]

    @property
    def outcome(self) -> str:
        """In the words of the table."""
        if self.code:
            return f"REFUSE({self.code})"
        return f"WARN({', '.join(self.warnings)})" if self.warnings else "OK"


@dataclass(frozen=True, slots=True)
class File:
    """A file-shaped input: its name, its maker, and what must come of it. `code` refuses it; else it is read, with the
    warnings `warns`, its text `says` these and `never` those, `value` is a figure of it exactly once, and `facts` may
    look at the rest."""

    name: str
    make: Callable[[], bytes]
    code: str | None = None
    warns: tuple[str, ...] = ()
    told: str = ""  # part of the refusal's message
    says: tuple[str, ...] = (READ,)
    never: tuple[str, ...] = ()
    value: str | None = None
    facts: Callable[[Seen], None] | None = None
    promise: str = ""  # where the outcome has several right forms

    @property
    def expected(self) -> str:
        """In the words of the table."""
        if self.promise:
            return self.promise
        if self.code:
            return f"REFUSE({self.code})"
        return f"WARN({', '.join(self.warns)})" if self.warns else "OK"

    def judge(self, seen: Seen) -> None:
        """AssertionError where the file came to something else."""
        assert seen.touched == (), seen.touched
        if self.code:
            assert seen.code == self.code, (seen.outcome, seen.text[:200], seen.line["error"])
            assert self.told in seen.line["error"]["message"]["vi"], seen.line["error"]
            assert seen.line["observations"] == seen.line["findings"] == []
            return
        assert seen.code is None, seen.line["error"]
        assert set(self.warns) <= set(seen.warnings), (self.warns, seen.warnings)
        for part in self.says:
            assert part in seen.text, (part, seen.text[:500])
        for part in self.never:
            assert part not in seen.text, (part, seen.text[:500])
        if self.value is not None:
            assert seen.values.count(self.value) == 1, (self.value, seen.values)
        if self.facts:
            self.facts(seen)


@dataclass(slots=True)
class Ran:
    """A command that ended."""

    code: int
    out: str
    err: str


@dataclass
class Ground:
    """A folder and a pool to try inputs on; remembers the largest memory of what it started since `fresh`."""

    folder: Path
    pool: GuardedPool
    rise: float = 0.0
    peak: float = 0.0
    taken: int = field(default=0)

    def fresh(self) -> Path:
        """A new empty folder; measures begin anew."""
        self.rise = self.peak = 0.0
        self.taken += 1
        place = self.folder / f"{self.taken:03}"
        place.mkdir(parents=True)
        return place

    def place(self) -> Path:
        """The folder of the case at hand."""
        return self.folder / f"{self.taken:03}"

    def see(self, name: str, data: bytes) -> Seen:
        """A file with this content, read and judged."""
        path = self.place() / name
        path.write_bytes(data)
        return self.see_path(path)

    def see_path(self, path: Path) -> Seen:
        """A file that is there, read and judged."""
        seen = self.pool.submit(see, path).result(timeout=400)
        self.rise, self.peak = max(self.rise, seen.rise), max(self.peak, seen.peak)
        return seen

    def soat(self, *arguments: object, cwd: Path | None = None, seconds: float = 400, **environment: str) -> Ran:
        """The program, in a process of its own, to its end."""
        env = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "SOAT_LANG")}
        env |= {"PYTHONPATH": str(ROOT)} | environment
        command = [sys.executable, "-m", "pipeline.cli", *map(str, arguments)]
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, cwd=cwd or self.place(), env=env
            )
            self.wait(process, seconds)
            said = []
            for stream in (out, err):
                stream.seek(0)
                said.append(stream.read().decode("utf-8", "backslashreplace"))
        return Ran(process.returncode, *said)

    def wait(self, process: subprocess.Popen[bytes], seconds: float = 400) -> None:
        """Wait for a process that was started here and note its memory."""
        end = time.monotonic() + seconds
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() > end:
                process.kill()
                process.wait()
                raise AssertionError(f"still running after {seconds:g} s: {process.args}")
            time.sleep(0.01)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.peak = max(self.peak, usage.ru_maxrss / 1024)


@dataclass(frozen=True, slots=True)
class Case:
    """One number of the table. `files` are read; `prove` tries the rest and gives in few words what was got. `seconds`
    bounds one file's reading, or all of `prove`; `memory` is in MiB above the idle child."""

    number: int
    what: str
    files: tuple[File, ...] = ()
    prove: Callable[[Ground], str] | None = None
    expected: str = ""
    seconds: float = 20
    memory: float = 400
    slow: bool = False

    @property
    def promised(self) -> str:
        """What is expected, in the words of the table."""
        return " · ".join(dict.fromkeys([*(f.expected for f in self.files), *filter(None, [self.expected])]))


@dataclass(frozen=True, slots=True)
class Row:
    """What a number came to; `wrong` is None where that is what was expected."""

    case: Case
    got: str
    seconds: float
    peak: float
    wrong: str | None = None


def tried(case: Case, ground: Ground) -> Row:
    """Try one number. Whatever goes wrong is in the row."""
    ground.fresh()
    got: list[str] = []
    longest, wrong = 0.0, None
    try:
        for file in case.files:
            data = file.make()
            started = time.monotonic()
            seen = ground.see(file.name, data)
            longest = max(longest, time.monotonic() - started)
            got.append(seen.outcome)
            file.judge(seen)
            got[-1] = file.promise or seen.outcome
            (ground.place() / file.name).unlink()  # the next may have the same name, and bombs need the room
        if case.prove:
            started = time.monotonic()
            got.append(case.prove(ground))
            longest = max(longest, time.monotonic() - started)
        assert longest <= case.seconds, f"took {longest:.1f} s, allowed {case.seconds:g}"
        assert ground.rise <= case.memory, f"took {ground.rise:.0f} MiB, allowed {case.memory:g}"
    except Exception as error:  # noqa: BLE001  the table goes on
        wrong = f"{type(error).__name__}: {error}"[:1500]
    return Row(case, " · ".join(dict.fromkeys(got)), longest, ground.peak, wrong)


# --- in the child ----------------------------------------------------------------------------------------------------

_touched: list[str] = []


def see(path: Path) -> Seen:
    """Read and judge a file as a run does; what is refused has its line too."""
    from extractors import report_of
    from extractors.model import Report, Source
    from extractors.readers import read
    from extractors.readers.intake import fingerprint, shown
    from pipeline.checks import check
    from pipeline.exports.json import line

    _touched.clear()
    before, _ = memory(reset=True)
    document = None
    try:
        document = read(path)
        report = report_of(document)
        made = line(report, check(report))
    except Unreadable as refusal:
        document = None
        digest, size = fingerprint(path)
        made = line(Report(Source(shown(path), digest, size, None), refusal.refusal()), None)
    _, peak = memory()
    return Seen(made, document, (peak - before) / _MIB, peak / _MIB, tuple(_touched))


def settle() -> None:
    """Make a child ready: what the first file loads is loaded, and from here on the child is watched."""
    from extractors import report_of
    from extractors.model import Paragraph, Passage, Source
    from pipeline.checks import check

    sys.dont_write_bytecode = True
    said = Paragraph(Passage("Tổng số hồ sơ đã tiếp nhận: 12 hồ sơ.", "p1"))
    check(report_of(Document(Source("x.txt", "0" * 64, 1, "txt"), (said,))))
    sys.addaudithook(_note)


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "os.system"):
        _touched.append(f"{event} {arguments[1:]!r}"[:200])
    elif event == "subprocess.Popen" and not str(arguments[0]).endswith(STARTED):
        _touched.append(f"{event} {arguments[0]!r}"[:200])
    elif event == "open" and isinstance(arguments[0], str | bytes) and arguments[2] & _WRITING:
        path = os.fsdecode(arguments[0])
        if not path.startswith((tempfile.gettempdir() + os.sep, os.devnull, "/proc/")):
            _touched.append(f"open {path!r} for writing")


def memory(reset: bool = False) -> tuple[int, int]:
    """Bytes that this process holds now, and at most since the last reset (since its start where the system has none)."""
    if reset:
        with contextlib.suppress(OSError):  # the peak is then that of the whole life: a stricter measure
            Path("/proc/self/clear_refs").write_text(_RESET_PEAK, encoding="ascii")
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0, 0
    found = {row.split(":")[0]: row.split()[1] for row in status.splitlines() if row.startswith(("VmHWM", "VmRSS"))}
    return int(found["VmRSS"]) * 1024, int(found["VmHWM"]) * 1024


def pool(jobs: int = 1) -> GuardedPool:
    """The guarded pool on which inputs are tried."""
    return GuardedPool(jobs, allowance=LIMITS, initializer=settle)
