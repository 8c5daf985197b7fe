"""Rows and columns of a table that would state one thing twice, told apart by what stands beside them."""

from __future__ import annotations

from collections import Counter

from extractors.facts.draft import Draft
from extractors.facts.table_shape import Row
from extractors.vocabulary import indicators

Filled = list[tuple[Row, list[Draft], list[str]]]  # a row, its drafts, and the headings of its blank cells
Members = list[tuple[Row, Draft]]


def tell_apart(filled: Filled, driven: bool, scores: bool) -> None:
    """Give rows of one indicator in one column their own label, or that of the section they stand in, as scope; doubt
    two columns of one name, which nothing tells apart. `driven` tables are bound by their columns."""
    if driven and not scores:
        for _, drafts, _ in filled:
            _doubt_twins(drafts)
    if driven:
        return
    parents = _parents(filled)
    groups: dict[tuple[str, str | None], Members] = {}
    for row, drafts, _ in filled:
        for draft in drafts:
            bare = draft.indicator and draft.role == "value" and draft.scope is None
            if bare and "/c" in draft.passage.locator:  # a figure of the table, not of a note in it
                groups.setdefault((draft.indicator or "", draft.column), []).append((row, draft))
    for (indicator, _), members in groups.items():
        if indicators()[indicator].unit != "%" or not _same_value(members):
            _name_rows(members, parents)


def _doubt_twins(drafts: list[Draft]) -> None:
    keys = {id(d): (d.indicator, d.scope, d.period) for d in drafts}
    alike = Counter(keys[id(d)] for d in drafts if d.indicator and d.role == "value")
    columns: dict[object, set[str | None]] = {}
    for draft in drafts:
        columns.setdefault(keys[id(draft)], set()).add(draft.column)
    for draft in drafts:
        if alike[keys[id(draft)]] > 1 and len(columns[keys[id(draft)]]) > 1:
            draft.doubt = "two columns of the table carry one name"


def _name_rows(members: Members, parents: dict[int, str | None]) -> None:
    if len({id(row) for row, _ in members}) < 2:
        return
    above = {parents[id(row)] for row, _ in members}
    by_section = len(above) == len(members) and None not in above
    wholes = {whole for row, _ in members for whole in _codes_above(row.code)}
    for row, draft in members:
        if row.code not in wholes:
            draft.scope = parents[id(row)] if by_section else row.label


def _parents(filled: Filled) -> dict[int, str | None]:
    """By `id` of a row: label of the section it stands in, the nearest row above that is less deep or has no figures."""
    found: dict[int, str | None] = {}
    less_deep: list[Row] = []
    bare: Row | None = None
    for row, drafts, _ in filled:
        while less_deep and less_deep[-1].depth >= row.depth:
            less_deep.pop()
        above = less_deep[-1] if less_deep else None
        if bare and (above is None or bare.index > above.index):
            above = bare
        found[id(row)] = above.label if above else None
        less_deep.append(row)
        if not drafts and row.label and not row.unit:
            bare = row
    return found


def _same_value(members: Members) -> bool:
    return len({d.quantity.value for _, d in members}) == 1 and len({r.label for r, _ in members}) == 1


def _codes_above(code: str) -> list[str]:
    """The codes under which "1.2.3" stands: "1", "1.2"."""
    pieces = code.split(".")
    return [".".join(pieces[:n]) for n in range(1, len(pieces))]
