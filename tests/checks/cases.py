"""The cases of `cases/*.toml`: for each rule a report that breaks it and one that only looks so."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.checks.judging import DATE, NUMBER, TITLE, Judged, judged

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True, slots=True)
class Page:
    """A report: its body, and the lines of its letterhead."""

    text: str
    number: str = NUMBER
    date: str = DATE
    title: str = TITLE

    def judged(self) -> Judged:
        """What the program makes of it."""
        return judged(self.text.strip("\n"), self.number, self.date, self.title.strip("\n"))


@dataclass(frozen=True, slots=True)
class Told:
    """What the finding on a broken report must tell; figures as decimal texts, `evidence` as printed, None where the
    family has nothing of the kind."""

    stated: str | None = None
    expected: str | None = None
    suspect: str | None = None
    arithmetic: str | None = None
    evidence: tuple[str, ...] | None = None
    rows: tuple[str, ...] = ()
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A rule with both reports; `verdict` and `reason` are those of its check on the clean one, "none" for no check."""

    rule: str
    raises: str
    broken: Page
    told: Told
    clean: Page
    verdict: str
    reason: str | None

    def __str__(self) -> str:
        return self.raises


def cases() -> Iterator[Case]:
    """All cases, file by file."""
    for path in sorted(FOLDER.glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            yield _case(entry)


def _case(entry: dict[str, Any]) -> Case:
    broken, clean = dict(entry["broken"]), dict(entry["clean"])
    verdict, reason = clean.pop("verdict"), clean.pop("reason", None)
    page = Page(**{name: broken.pop(name) for name in ("text", "number", "date", "title") if name in broken})
    told = Told(**{name: tuple(value) if isinstance(value, list) else value for name, value in broken.items()})
    return Case(entry["rule"], entry.get("raises", entry["rule"]), page, told, Page(**clean), verdict, reason)
