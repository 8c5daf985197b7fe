"""Dossiers over the levels of government: parts by level and their totals, in prose and as a table."""

from __future__ import annotations

from dataclasses import dataclass

from tests.reports.report import Report
from tests.reports.truth import Fault

COLUMNS = (
    ("Tổng tiếp nhận", "dossiers_received_total"),
    ("Kỳ trước chuyển sang", "dossiers_carried_over"),
    ("Tiếp nhận mới", "dossiers_received_new"),
    ("Đã giải quyết", "dossiers_resolved_total"),
    ("Trước và đúng hạn", "dossiers_resolved_early_or_on_time"),
    ("Quá hạn", "dossiers_resolved_late"),
    ("Đang giải quyết", "dossiers_pending_total"),
    ("Trả lại, rút hồ sơ", "dossiers_returned"),
)


@dataclass(frozen=True, slots=True)
class Level:
    """One level: carried over, new, in time, late, returned; pending is what the balance leaves."""

    name: str
    carried: int
    new: int
    in_time: int
    late: int
    returned: int

    def cells(self) -> tuple[int, ...]:
        """The columns of the table."""
        received, resolved = self.carried + self.new, self.in_time + self.late
        pending = received - resolved - self.returned
        assert pending >= 0, self.name
        return received, self.carried, self.new, resolved, self.in_time, self.late, pending, self.returned


def added(name: str, levels: list[Level]) -> Level:
    """The total over `levels`."""
    sums = [sum(getattr(level, part) for level in levels) for part in ("carried", "new", "in_time", "late", "returned")]
    return Level(name, *sums)


def level_table(r: Report, levels: list[Level], wrong: dict[tuple[int, int], tuple[int, Fault]] | None = None) -> None:
    """Write the levels and their total; `wrong` plants (row, column) -> (printed value, fault)."""
    body = []
    lines = [*levels, added("Tổng cộng", levels)]
    for column in zip(*(level.cells() for level in levels), strict=True):
        r.adds(sum(column), *column)
    for index, level in enumerate(lines):
        last = index == len(levels)
        texts = ["" if last else str(index + 1), level.name]
        for column, ((_, indicator), value) in enumerate(zip(COLUMNS, level.cells(), strict=True)):
            printed, fault = (wrong or {}).get((index, column), (value, None))
            shown = f"{printed:,}".replace(",", ".")
            scope = None if last else level.name.lower()
            accept = ["tổng cộng", "toàn tỉnh"] if last else [level.name]
            texts.append(r.n(printed, indicator, "hồ sơ", scope, text=shown, fault=fault, scope_accept=accept))
        body.append(texts)
    header = [["STT", "Cấp giải quyết", *(name for name, _ in COLUMNS)]]
    r.table([9, 26, *[16.0] * 8], header, body, size=11, bold=(len(levels),))
