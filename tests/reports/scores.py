"""The score table of the PAR INDEX: fields and criteria with maximum, own score, deduction and verified score."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tests.reports.report import Report
from tests.reports.truth import Fault

CENT = Decimal("0.01")
HEADER = [
    ["STT", "Lĩnh vực, tiêu chí", "Điểm tối đa", "Điểm tự chấm", "Điểm trừ", "Điểm thẩm định", "Lý do trừ điểm"],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)=(4)-(5)", "(7)"],
]
WIDTHS = [11.0, 56.0, 16.0, 17.0, 15.0, 19.0, 31.0]
COLUMNS = ((None, "max"), ("par_self_score", None), ("par_deduction", None), ("par_verified_score", None))


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: maximum, own score and deduction in points; `why` is the printed reason."""

    name: str
    most: Decimal
    own: Decimal
    cut: Decimal
    why: str = ""

    def cells(self) -> tuple[Decimal, ...]:
        """Maximum, own score, deduction, verified score."""
        assert self.own <= self.most, self.name
        return self.most, self.own, self.cut, self.own - self.cut


Fields = dict[str, list[Criterion]]
Wrong = dict[tuple[str, int], tuple[str, Fault]]


def criterion(name: str, most: str, own: str, cut: str = "0", why: str = "") -> Criterion:
    """A criterion from printed points ("2", "1.75")."""
    return Criterion(name, *(Decimal(points).quantize(CENT) for points in (most, own, cut)), why)


def summed(criteria: list[Criterion]) -> tuple[Decimal, ...]:
    """The column sums of some criteria."""
    return tuple(map(sum, zip(*(one.cells() for one in criteria), strict=True)))  # type: ignore[arg-type]


def points(value: Decimal) -> str:
    """Points as the table prints them: "2,00"."""
    return f"{value:.2f}".replace(".", ",")


def score_table(r: Report, fields: Fields, wrong: Wrong) -> None:
    """Write the table; `wrong` plants (name of the row, column 0 to 3) -> (printed value, fault)."""
    body: list[list[str]] = []
    strong = []
    for number, (field, criteria) in enumerate(fields.items()):
        section = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")[number]
        strong.append(len(body))
        sums = summed(criteria)
        body.append([section, field, *_cells(r, field, sums, f"{section} {field}", wrong, section=section), ""])
        for column, value in enumerate(sums):
            r.adds(value, *(one.cells()[column] for one in criteria))
        for place, one in enumerate(criteria, 1):
            scope = f"{section}.{place} {one.name}"
            cells = _cells(r, one.name, one.cells(), scope, wrong, section=section, scope_accept=[one.name])
            r.adds(one.own, one.cells()[3], one.cut)
            body.append([str(place), one.name, *cells, one.why])
    whole = summed([one for criteria in fields.values() for one in criteria])
    for column, value in enumerate(whole):
        r.adds(value, *(summed(criteria)[column] for criteria in fields.values()))
    strong.append(len(body))
    body.append(["", "Tổng cộng", *_cells(r, "Tổng cộng", whole, None, wrong, scope_accept=["*"]), ""])
    r.table(WIDTHS, HEADER, body, size=11, bold=tuple(strong))


def _cells(
    r: Report, name: str, values: tuple[Decimal, ...], scope: str | None, wrong: Wrong, **more: Any
) -> list[str]:
    texts = []
    for column, ((indicator, role), value) in enumerate(zip(COLUMNS, values, strict=True)):
        printed, fault = wrong.get((name, column), (value, None))
        shown = points(Decimal(printed))
        extra = {"role": role, "optional": True} if role else {}
        texts.append(r.n(str(printed), indicator, "điểm", scope, text=shown, fault=fault, **more, **extra))
    return texts
