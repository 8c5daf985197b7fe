"""The scoreboard as it is shown and kept: tables of sets, families and planted kinds, and what changed by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.evaluation.tally import Tally

Board = dict[str, dict[str, Any]]
COLUMNS = (
    "value P", "value R", "value F1", "+indic", "+scope", "cite F1", "date", "header", "grids",
    "errors", "false", "/clean", "remarks", "located", "suggest", "unread",
)  # fmt: skip
FAMILIES = ("sum", "ratio", "repeat", "bound", "claim", "date")


def share(value: float | None) -> str:
    """A share with three decimals, a dash for none."""
    return "-" if value is None else f"{value:.3f}"


def cells(t: Tally) -> list[str]:
    """One row of the scoreboard."""
    c = t.counts
    return [
        share(t.rate("obs", "obs_got")),
        share(t.rate("obs", "obs_want")),
        share(t.f1("obs", "obs_want", "obs_got")),
        share(t.f1("obs_indicator", "obs_want", "obs_got")),
        share(t.f1("obs_scope", "obs_want", "obs_got")),
        share(t.f1("cite", "cite_want", "cite_got")),
        share(t.rate("cite_date", "cite")),
        share(t.rate("head", "head_want")),
        share(t.rate("grid", "grid_want")),
        f"{c['error']}/{c['error_want']}",
        str(c["error_extra"]),
        f"{c['clean_extra']}/{c['clean']}",
        f"{c['remark']}/{c['remark_want']}",
        f"{c['located']}/{c['suggest_want']}",
        f"{c['suggest']}/{c['suggest_want']}",
        share(t.rate("unread", "digits")),
    ]


def sets_table(title: str, rows: Mapping[str, Tally], verbose: bool, brief: bool) -> Iterator[str]:
    """One set, a line a document and its total. `brief` leaves out the documents in which nothing went wrong."""
    width = max(len(name) for name in rows)
    yield f"\n== {title}"
    yield " ".join([" " * width, *(f"{c:>8}" for c in COLUMNS)])
    for name, tally in rows.items():
        if brief and name != "total" and not (verbose and tally.notes):
            continue
        yield " ".join([f"{name:<{width}}", *(f"{cell:>8}" for cell in cells(tally))])
        if verbose and name != "total":
            yield from (f"    {note}" for note in tally.notes)


def families_table(groups: Mapping[str, Tally]) -> Iterator[str]:
    """Error findings by family of the fault: found of planted, false ones, precision and recall."""
    yield "\n== errors by family (found/labelled, false, precision, recall)"
    yield " ".join([" " * 8, *(f"{name:>34}" for name in groups)])
    for family in (*FAMILIES, "all"):
        row = []
        for tally in groups.values():
            names = FAMILIES if family == "all" else (family,)
            hit, want, false = (sum(tally.counts[f"{f}:{what}"] for f in names) for what in ("hit", "want", "false"))
            precision, recall = (hit / n if n else None for n in (hit + false, want))
            row.append(f"{hit:>5}/{want:<5} {false:>4} {share(precision):>7} {share(recall):>7}")
        yield " ".join([f"{family:<8}", *(f"{cell:>34}" for cell in row)])


def kinds_table(groups: Mapping[str, Tally]) -> Iterator[str]:
    """Planted faults found, by kind of plant."""
    kinds = sorted({kind for tally in groups.values() for kind, _ in tally.kinds})
    yield "\n== planted faults found, by kind"
    yield " ".join([" " * 24, *(f"{name:>22}" for name in groups)])
    for kind in kinds:
        row = [f"{t.kinds[kind, 'hit']}/{t.kinds[kind, 'want']}" for t in groups.values()]
        yield " ".join([f"{kind:<24}", *(f"{cell:>22}" for cell in row)])


def changes(old: Board, new: Board) -> tuple[list[str], list[str]]:
    """(gains, losses) by name between two scoreboards: what is no longer wrong, what is newly wrong, in sets and
    documents that both hold. A generated document is compared only where both boards drew the same seeds."""
    gains, losses = [], []
    for name, board in new.items():
        before = old.get(name)
        if before is None or before.get("seeds") != board.get("seeds"):
            continue
        documents = board["documents"]
        for document in sorted({*documents, *before["documents"]}):
            was, now = (set(side.get(document, {}).get("wrong", [])) for side in (before["documents"], documents))
            gains += [f"{name} {document}: {note}" for note in sorted(was - now)]
            losses += [f"{name} {document}: {note}" for note in sorted(now - was)]
    return gains, losses


def changes_table(old: Board, new: Board) -> Iterator[str]:
    """The changes for a reader."""
    gains, losses = changes(old, new)
    yield f"\n== against the scoreboard before: {len(gains)} gains, {len(losses)} losses"
    yield from (f"+ {line}" for line in gains)
    yield from (f"- {line}" for line in losses)
