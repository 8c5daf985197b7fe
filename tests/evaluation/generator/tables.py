"""The tables of a report: Biểu II.06a and its local variants, and the dossiers by level or field."""

from __future__ import annotations

from collections.abc import Sequence

from tests.evaluation.generator.sections import listed
from tests.evaluation.generator.sheet import Grid, Line, Turn
from tests.evaluation.generator.writer import Writer
from tests.reports.form06 import HEADER, MERGES, WIDTHS

COLUMNS = (
    "received",
    "online",
    "direct",
    "carried",
    "resolved",
    "early",
    "on_time",
    "late",
    "pending",
    "in_time",
    "overdue",
)
HEADS = {
    "received": ("Tổng tiếp nhận", "Tổng số hồ sơ tiếp nhận"), "carried": ("Kỳ trước chuyển sang", "Từ kỳ trước"),
    "new": ("Tiếp nhận mới", "Tiếp nhận trong kỳ"), "online": ("Trực tuyến",), "resolved": ("Đã giải quyết", "Tổng số đã giải quyết"),
    "in_due": ("Trước và đúng hạn",), "early": ("Trước hạn",), "on_time": ("Đúng hạn",), "late": ("Quá hạn", "Trễ hạn"),
    "pending": ("Đang giải quyết",), "rate_on_time": ("Tỷ lệ trước và đúng hạn (%)",),
}  # fmt: skip
SETS = (
    ("received", "carried", "new", "resolved", "in_due", "late", "pending"),
    ("received", "resolved", "early", "on_time", "late", "pending"),
    ("received", "online", "resolved", "late", "rate_on_time", "pending"),
    ("carried", "new", "received", "resolved", "pending"),
)


def rows(w: Writer, columns: Sequence[str], label: str, coded: bool = True) -> tuple[tuple[str, ...], ...]:
    """A row for every part and the total, which stands last (or first, as some do)."""
    made = []
    scopes = [*w.world.parts, w.world.whole]
    for number, scope in enumerate(scopes, 1):
        last = scope.key == "whole"
        code = None if last else str(number)
        texts = ["" if last else str(number), label if last else _name(scope.prose)]
        for column in columns:
            if column.startswith("rate"):
                texts.append(w.rate(column, scope, "now", row=code if coded else None, total=last, bare=True))
            else:
                texts.append(w.count(column, scope, row=code if coded else None, total=last, table=True))
        made.append(tuple(texts))
    listed(w, "column", [c for c in columns if not c.startswith("rate")])
    return tuple(made)


def _name(prose: str) -> str:
    short = prose.removeprefix("lĩnh vực ")
    return short[:1].upper() + short[1:]


def parts_table(w: Writer) -> None:
    """Dossiers by level or field, one header row, with a total."""
    columns = w.rng.choice(SETS)
    first = "Cấp giải quyết" if w.world.parts_word == "từng cấp" else "Lĩnh vực"
    header = ("STT" if w.rng.random() < 0.7 else "TT", first, *(w.rng.choice(HEADS[c]) for c in columns))
    lead = w.rng.choice(
        ["Số liệu chi tiết tại bảng sau:", "Tổng hợp số liệu theo bảng dưới đây:", "(Đơn vị tính: hồ sơ)"]
    )
    w.sheet.blocks.append(Line(lead))
    width = (163 - 9 - 30) / len(columns)
    body = rows(w, columns, w.rng.choice(["Tổng cộng", "Tổng số", "Cộng"]))
    w.sheet.blocks.append(Grid((header,), body, (9, 30, *[width] * len(columns)), bold=frozenset({len(body) - 1})))


def form06(w: Writer) -> None:
    """Biểu II.06a on a page of its own: three header rows, the row of column numbers with formulas, a total."""
    world, rng = w.world, w.rng
    w.sheet.blocks.append(Turn(landscape=True))
    code = rng.choice(["Biểu số II.06a/VPCP/KSTT", "Biểu số II.06a/VPCP/KSTT", "Phụ lục", "Biểu số 06a/VPCP/KSTT"])
    w.sheet.blocks.append(Line(code, "left"))
    w.sheet.blocks.append(Line("TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH", "centred"))
    w.sheet.blocks.append(Line(f"(Kỳ báo cáo: {world.period.words})", "aside"))
    w.sheet.blocks.append(Line("Đơn vị tính: Số hồ sơ TTHC", "right"))
    header = [list(row) for row in HEADER]
    if w.lists.part == "kept-out" or rng.random() < 0.25:
        header[0][1], header[0][2] = "Lĩnh vực, công việc giải quyết theo cấp", "Số hồ sơ nhận giải quyết"
    if rng.random() < 0.3:
        header[3] = [str(number) for number in range(1, 14)]
    body = rows(w, COLUMNS, rng.choice(["Tổng cộng", "TỔNG CỘNG", "Tổng số"]))
    grid = Grid(tuple(map(tuple, header)), body, tuple(WIDTHS), MERGES, 10, frozenset({len(body) - 1}))
    w.sheet.blocks.append(grid)
