"""What `soat verify` examined, as rows to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from pipeline.texts import Texts
from pipeline.warehouse.verify import Probe

COLUMNS: Final = ("probe", "examined", "wrong", "note")


def rows(probes: Iterable[Probe], t: Texts) -> Iterator[Sequence[Any]]:
    """Rows under `COLUMNS`, one a probe."""
    for probe in probes:
        names = dict(zip(("table", "other"), probe.about, strict=False))
        yield t(probe.name, **names), probe.examined, probe.wrong, t("gone", n=probe.gone) if probe.gone else None
