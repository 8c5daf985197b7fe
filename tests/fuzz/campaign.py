"""One target under the fuzzer, in a process of its own: `python -m tests.fuzz.campaign TARGET FINDINGS [libFuzzer options]`.

A contract that fails is written down and the search goes on: each place in the code where one fails is one finding, kept
as the input and the trace. What ends the process (a timeout, too much memory, a fault in native code) libFuzzer keeps.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from pathlib import Path


class Campaign:
    """Tries inputs on one contract after another; `failed` is what failed, by place."""

    def __init__(self, attempt: Callable[[bytes], None], folder: Path) -> None:
        self.attempt = attempt
        self.folder = folder
        self.failed: set[tuple[str, str, int | None]] = set()

    def one(self, data: bytes) -> None:
        """Try one input and keep it where it fails as none did before."""
        try:
            self.attempt(data)
        except Exception as error:  # noqa: BLE001  every failure is a finding, and the next may be another
            last = traceback.extract_tb(error.__traceback__)[-1]
            place = (type(error).__name__, Path(last.filename).name, last.lineno)
            if place not in self.failed:
                self.failed.add(place)
                self._keep(data, error, f"{Path(last.filename).stem}-{last.lineno}-{type(error).__name__}")

    def _keep(self, data: bytes, error: Exception, name: str) -> None:
        (self.folder / f"found-{name}").write_bytes(data)
        (self.folder / f"trace-{name}").write_text("".join(traceback.format_exception(error)), encoding="utf-8")


def main(target: str, findings: str, *options: str) -> None:
    """Fuzz until libFuzzer's options say that it is enough; it ends the process itself."""
    import atheris

    # without atheris' hook of regular expressions, whose patterns take no position to begin at
    with atheris.instrument_imports(include=["extractors", "pipeline", "tests.properties.contracts"]):
        from tests.fuzz.targets import attempt
    campaign = Campaign(lambda data: attempt(target, data), Path(findings))
    atheris.Setup([sys.argv[0], *options], campaign.one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
