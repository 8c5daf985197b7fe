"""Biểu II.06a: dossiers by field in thirteen columns, with its number row of printed formulas and its total row."""

from __future__ import annotations

from dataclasses import dataclass

from tests.reports.paper import Look
from tests.reports.report import Report
from tests.reports.truth import Fault

INDICATORS = (
    "dossiers_received_total",
    "dossiers_received_online",
    "dossiers_received_in_person_postal",
    "dossiers_carried_over",
    "dossiers_resolved_total",
    "dossiers_resolved_early",
    "dossiers_resolved_on_time",
    "dossiers_resolved_late",
    "dossiers_pending_total",
    "dossiers_pending_in_time",
    "dossiers_pending_overdue",
)
WIDTHS = [10.0, 44.0, 20.4, *[18.1] * 3, 24.4, *[18.1] * 3, 21.6, *[18.1] * 2]
HEADER = [
    ["STT", "Lĩnh vực giải quyết", "Số lượng hồ sơ tiếp nhận", "", "", "", "Số lượng hồ sơ đã giải quyết", "", "", "", "Số lượng hồ sơ đang giải quyết", "", ""],
    ["", "", "Tổng số", "Trong kỳ", "", "Từ kỳ trước", "Tổng số", "Trước hạn", "Đúng hạn", "Quá hạn", "Tổng số", "Trong hạn", "Quá hạn"],
    ["", "", "", "Trực tuyến", "Trực tiếp, dịch vụ bưu chính", *[""] * 8],
    ["(1)", "(2)", "(3)=(4)+(5)+(6)", "(4)", "(5)", "(6)", "(7)=(8)+(9)+(10)", "(8)", "(9)", "(10)", "(11)=(12)+(13)", "(12)", "(13)"],
]  # fmt: skip
MERGES = (
    (0, 0, 2, 0),
    (0, 1, 2, 1),
    (0, 2, 0, 5),
    (0, 6, 0, 9),
    (0, 10, 0, 12),
    (1, 2, 2, 2),
    (1, 3, 1, 4),
    *((1, column, 2, column) for column in range(5, 13)),
)
# The same columns under two header rows, "in the period" inside the headings.
FLAT_HEADER = [
    ["TT", "Lĩnh vực, công việc giải quyết theo cấp", "Số hồ sơ nhận giải quyết", "", "", "", "Số hồ sơ đã giải quyết", "", "", "", "Số hồ sơ đang giải quyết", "", ""],
    ["", "", "Tổng số", "Trực tuyến (trong kỳ)", "Trực tiếp, DVBC (trong kỳ)", "Từ kỳ trước", "Tổng số", "Trước hạn", "Đúng hạn", "Quá hạn", "Tổng số", "Trong hạn", "Quá hạn"],
    HEADER[3],
]  # fmt: skip
FLAT_MERGES = ((0, 0, 1, 0), (0, 1, 1, 1), *MERGES[2:5])


@dataclass(frozen=True, slots=True)
class Field:
    """One row: online, direct and carried over; early, on time and late; pending in time and overdue."""

    name: str
    counts: tuple[int, int, int, int, int, int, int, int]

    def cells(self) -> tuple[int, ...]:
        """Columns (3) to (13); the row balances: received = resolved + pending."""
        online, direct, carried, early, on_time, late, in_time, overdue = self.counts
        received, resolved, pending = online + direct + carried, early + on_time + late, in_time + overdue
        assert received == resolved + pending, (self.name, received, resolved + pending)
        return received, online, direct, carried, resolved, early, on_time, late, pending, in_time, overdue


def field(
    name: str, online: int, direct: int, carried: int, on_time: int, late: int, in_time: int, overdue: int
) -> Field:
    """A row whose early count is what the balance leaves."""
    early = online + direct + carried - on_time - late - in_time - overdue
    assert early >= 0, name
    return Field(name, (online, direct, carried, early, on_time, late, in_time, overdue))


def totals(rows: list[Field]) -> dict[str, int]:
    """The column totals by indicator."""
    return dict(zip(INDICATORS, map(sum, zip(*(row.cells() for row in rows), strict=True)), strict=True))


def balances(r: Report, rows: list[Field]) -> None:
    """Record the printed formulas of every row and the column totals."""
    cells = [row.cells() for row in rows]
    for received, online, direct, carried, resolved, early, on_time, late, pending, in_time, overdue in cells:
        r.adds(received, online, direct, carried)
        r.adds(resolved, early, on_time, late)
        r.adds(pending, in_time, overdue)
        r.adds(received, resolved, pending)
    for column in zip(*cells, strict=True):
        r.adds(sum(column), *column)


def form06(
    r: Report, rows: list[Field], wrong: dict[tuple[int, int], tuple[int, Fault]], size: float = 10, flat: bool = False
) -> None:
    """Write the form; `wrong` plants (row, printed column number) -> (printed value, fault); row -1 is Tổng cộng."""
    body: list[list[str]] = []
    balances(r, rows)
    lines = [(str(number), row.name, row.cells()) for number, row in enumerate(rows, 1)]
    lines.append(("", "Tổng cộng", tuple(totals(rows).values())))
    for index, (mark, name, cells) in enumerate(lines):
        last = index == len(rows)
        texts = [mark, name]
        for column, (indicator, value) in enumerate(zip(INDICATORS, cells, strict=True), 3):
            printed, fault = wrong.get((-1 if last else index, column), (value, None))
            shown = f"{printed:,}".replace(",", ".")
            scope, accept = (None, ["Tổng cộng", "tổng cộng", "Tổng số"]) if last else (name, [f"lĩnh vực {name}"])
            code = {"row": None} if last else {}
            texts.append(r.n(printed, indicator, "hồ sơ", scope, text=shown, fault=fault, scope_accept=accept, **code))
        body.append(texts)
    header, merges = (FLAT_HEADER, FLAT_MERGES) if flat else (HEADER, MERGES)
    r.table(WIDTHS, header, body, merges=merges, size=size, bold=(len(rows),))


def heading(r: Report, code: str, body: str, period: str, limits: str) -> None:
    """The lines over the form: its number, name, period and unit."""
    r.p(f"Biểu số {code}")
    r.centred("TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH", f"TẠI {body.upper()}", size=13)
    r.aside(f"Kỳ báo cáo: {period} ({limits})")
    r.p("Đơn vị tính: Số hồ sơ TTHC")


def boxed_heading(r: Report, code: str, period: str, limits: str, receiver: str) -> None:
    """The same as boxes side by side, with who reports to whom."""
    small, strong = Look("left", size=11), Look("center", bold=True, size=13)
    circular = r.cite("Thông tư số 01/2020/TT-VPCP ngày 21/10/2020", "01/2020/TT-VPCP", "2020-10-21")
    left = [(f"Biểu số {code}", Look("left", bold=True, size=11)), (f"Ban hành theo {circular}", small)]
    middle = [
        (line, strong)
        for line in ("TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT TTHC", "TẠI CƠ QUAN, ĐƠN VỊ TRỰC TIẾP GIẢI QUYẾT TTHC")
    ]
    middle += [(line, Look("center", italic=True, size=12)) for line in (f"Kỳ báo cáo: {period}", f"({limits})")]
    right = [("Đơn vị báo cáo:", small), (r.head.body, small), ("Đơn vị nhận báo cáo:", small), (receiver, small)]
    r.boxes([left, middle, right], [66, 128, 73])
    r.p("Đơn vị tính: Số hồ sơ TTHC", Look("right", italic=True, size=11))
