"""The three columns of a ranking by the PAR index, told by how they add up.

The index of an office is the score that the appraisal of its documents gave and the score of the survey, added up (Quyết định
876/QĐ-BNV for the provinces, and the rules that they made after it). Where a table of the index has such columns and their
headings do not say which is which, the larger part is of the appraisal. A score that one gave oneself is also a sum, of what
was kept and what was taken off: columns that say so are left alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from extractors.facts.draft import Draft
from extractors.facts.table_shape import Shape

_ROWS = 4  # rows in which two columns must make the third
_OTHERS = frozenset({"par_self_score", "par_deduction"})
_NAMES = ("par_verified_score", "par_survey_score", "par_index_score")


def name_index_parts(shape: Shape, by_cell: Mapping[tuple[int, int], list[Draft]]) -> None:
    """Name the figures of two columns and of their sum, where at least one of the three has no name or shares another's."""
    rows = [row.index for row in shape.rows]
    cells = {key: found[0] for key, found in by_cell.items() if len(found) == 1}
    scores = [
        c for c in shape.columns("value") if any("," in d.quantity.text for r in rows if (d := cells.get((r, c))))
    ]
    for total in scores if len(scores) == 3 else ():  # with more, what was added to a part is another sum
        for one, other in itertools.combinations([c for c in scores if c != total], 2):
            trios = [[cells.get((r, c)) for c in (one, other, total)] for r in rows]
            full = [(a, b, c) for a, b, c in trios if a and b and c]
            if any(d.indicator in _OTHERS or d.role != "value" for trio in full for d in trio):
                continue
            held = sum(a.quantity.value + b.quantity.value == c.quantity.value for a, b, c in full)
            if held < _ROWS or (len(full) - held) * 3 > held:  # hundredths agree by chance in no such number
                continue
            larger = sum(a.quantity.value > b.quantity.value for a, b, _ in full) * 2 > len(full)
            for a, b, c in full:
                parts = (a, b) if larger else (b, a)
                _name((*parts, c))
            return


def _name(trio: tuple[Draft, Draft, Draft]) -> None:
    """Name a row's three scores, unless their headings named all of them apart."""
    said = [draft.indicator for draft in trio]
    if None not in said and len(set(said)) == len(said):
        return
    for draft, name in zip(trio, _NAMES, strict=True):
        draft.indicator, draft.of, draft.unit = name, "score", "điểm"
