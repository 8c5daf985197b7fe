"""How easily one figure becomes another under the fingers: the typing slips of Scholtus (2009), as a cost.

0 equal; 1 one digit inserted, dropped, changed, or two neighbours swapped; 2 a shifted decimal or thousands mark;
otherwise 3 and more.
"""

from __future__ import annotations

from decimal import Decimal


def slip_cost(a: Decimal, b: Decimal) -> int:
    """Cost of taking `a` for `b`; symmetric."""
    if a == b:
        return 0
    x, y = _digits(a), _digits(b)
    if x == y:
        return 1 if _zero_dropped(a, b) else 2
    if _one_edit(x, y):
        return 1
    return 3 + min(4, abs(len(x) - len(y)))


def _digits(value: Decimal) -> str:
    return format(value, "f").replace(".", "").lstrip("-0") or "0"


def _zero_dropped(a: Decimal, b: Decimal) -> bool:
    """Whether figures of the same digits differ by one zero behind the mark, "0,02" and "0,2"; the mark stands."""
    x, y = format(a, "f"), format(b, "f")
    return x.replace(".", "") != y.replace(".", "") and _one_edit(x, y)


def _one_edit(x: str, y: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours makes the strings equal."""
    if len(x) == len(y):
        off = [i for i in range(len(x)) if x[i] != y[i]]
        if len(off) == 1:
            return True
        return len(off) == 2 and off[1] == off[0] + 1 and x[off[0]] == y[off[1]] and x[off[1]] == y[off[0]]
    if abs(len(x) - len(y)) != 1:
        return False
    short, long = sorted((x, y), key=len)
    at = next((i for i in range(len(short)) if short[i] != long[i]), len(short))
    return short[at:] == long[at + 1 :]
