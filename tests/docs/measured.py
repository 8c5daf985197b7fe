"""The README's tables of measurements, made from what `make eval` and `make bench` have written.

Shares are worked out here from the counts, so that the file holds what was counted and the page what follows from it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.docs.workspace import ROOT
from tests.evaluation.tally import Tally

SCOREBOARD = ROOT / "tests" / "evaluation" / "scoreboard.json"
FIGURES = ROOT / "tests" / "benchmark" / "figures.json"
_SETS = {
    "samples": "samples (`data/raw`)",
    "reports": "labelled apart, rules tuned to it",
    "earlier": "held out at first, then tuned to",
    "unseen": "held out at first, then tuned to (2)",
    "later": "held out at first, then tuned to (3)",
    "last": "held out at first, then tuned to (4)",
    "mixed": "held out at first, then tuned to (5)",
    "held": "read once at the end of an earlier stage; its false errors mended",
    "fresh": "looked at while working, then tuned to",
    "final": "read once at the end; some of what it showed mended",
    "latest": "read once at the end, then tuned to",
    "aside": "read once at the end, kept aside",
    "generated tuning": "generated, wordings used for tuning",
    "generated second": "generated, a second hand (once kept out)",
    "generated third": "generated, a third hand (once kept out)",
    "generated fourth": "generated, a fourth hand (once unseen)",
    "generated fifth": "generated, a fifth hand (once unseen)",
    "generated sixth": "generated, a sixth hand (once kept out)",
    "generated seventh": "generated, a seventh hand (once kept out)",
    "generated kept-out": "generated, wordings kept out",
}
_HEAD = (
    "set",
    "documents",
    "figures F1",
    "with indicator",
    "citations F1",
    "header",
    "errors found",
    "false errors",
    "in clean reports",
    "unread",
)


def measured(scoreboard: Path = SCOREBOARD, figures: Path = FIGURES) -> str:
    """Both tables as Markdown; in place of one whose file is not there, a line that says how to make it."""
    parts = [
        "\n".join(_scores(json.loads(scoreboard.read_text(encoding="utf-8"))))
        if scoreboard.exists()
        else "*Scores: not written yet; `make eval` writes them.*",
        "\n".join(_figures(json.loads(figures.read_text(encoding="utf-8"))))
        if figures.exists()
        else "*Speed and memory: not written yet; `make bench` writes them.*",
    ]
    return "\n" + "\n\n".join(parts) + "\n\n"


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _scores(sets: dict[str, Any]) -> Iterator[str]:
    yield _row(_HEAD)
    yield _row(("---", *("--:" for _ in _HEAD[1:])))
    for name, found in sets.items():
        t = Tally(Counter(found["total"]))
        c = t.counts
        yield _row(
            (
                _SETS.get(name, name),
                str(found["count"]),
                _share(t.f1("obs", "obs_want", "obs_got")),
                _share(t.f1("obs_indicator", "obs_want", "obs_got")),
                _share(t.f1("cite", "cite_want", "cite_got")),
                _share(t.rate("head", "head_want")),
                f"{c['error']} of {c['error_want']}",
                str(c["error_extra"]),
                f"{c['clean_extra']} in {c['clean']}",
                _share(t.rate("unread", "digits")),
            )
        )


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _figures(parts: dict[str, dict[str, float]]) -> Iterator[str]:
    yield "| measured in one run | |"
    yield "| --- | --: |"
    for title, rows in parts.items():
        for name, value in rows.items():
            yield f"| {title}: {name} | {value:.3g} |"
