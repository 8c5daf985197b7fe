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
    first = {"từng cấp": "Cấp giải quyết", "lĩnh vực": "Lĩnh vực"}.get(w.world.parts_word, "Cơ quan, đơn vị")
    header = ("STT" if w.rng.random() < 0.7 else "TT", first, *(w.rng.choice(HEADS[c]) for c in columns))
    lead = w.rng.choice(
        ["Số liệu chi tiết tại bảng sau:", "Tổng hợp số liệu theo bảng dưới đây:", "(Đơn vị tính: hồ sơ)"]
    )
    w.sheet.blocks.append(Line(lead))
    width = (163 - 9 - 30) / len(columns)
    body = rows(w, columns, w.rng.choice(["Tổng cộng", "Tổng số", "Cộng"]))
    w.sheet.blocks.append(Grid((header,), body, (9, 30, *[width] * len(columns)), bold=frozenset({len(body) - 1})))


# Local print-outs of the form: columns, header rows, merges.
LOCAL: tuple[tuple[tuple[str, ...], tuple[tuple[str, ...], ...], tuple[tuple[int, int, int, int], ...]], ...] = (
    (
        ("carried", "online", "in_person", "postal", "early", "on_time", "late", "rate_on_time", "in_time", "overdue"),
        (
            ("TT", "Lĩnh vực", "Tiếp nhận", "", "", "", "Đã xử lý", "", "", "", "Đang xử lý", ""),
            ("", "", "Kỳ trước", "Qua mạng", "Trực tiếp", "Qua BCCI", "Trước hạn", "Đúng hạn", "Quá hạn", "Tỷ lệ đúng hạn (%)", "Trong hạn", "Quá hạn"),
        ),
        ((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 5), (0, 6, 0, 9), (0, 10, 0, 11)),
    ),
    (
        ("received", "carried", "new", "resolved", "in_due", "late", "pending", "in_time", "overdue"),
        (
            ("STT", "Đơn vị, lĩnh vực", "Hồ sơ tiếp nhận", "", "", "Hồ sơ đã giải quyết", "", "", "Hồ sơ đang giải quyết", "", ""),
            ("", "", "Tổng số", "Tồn kỳ trước", "Trong kỳ", "Tổng số", "Trước và đúng hạn", "Quá hạn", "Tổng số", "Trong hạn", "Quá hạn"),
            ("(1)", "(2)", "(3)=(4)+(5)", "(4)", "(5)", "(6)=(7)+(8)", "(7)", "(8)", "(9)=(10)+(11)", "(10)", "(11)"),
        ),
        ((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 4), (0, 5, 0, 7), (0, 8, 0, 10)),
    ),
)  # fmt: skip
# How the sums of the form are printed in its row of column numbers.
FORMULAS: tuple[dict[str, str], ...] = (
    {},
    {"(3)=(4)+(5)+(6)": "3=4+5+6", "(7)=(8)+(9)+(10)": "7=8+9+10", "(11)=(12)+(13)": "11=12+13"},
    {"(3)=(4)+(5)+(6)": "(3)", "(7)=(8)+(9)+(10)": "(7)", "(11)=(12)+(13)": "(11)"},
)


def form06(w: Writer) -> None:
    """Biểu II.06a on a page of its own: header of three rows, the row of column numbers, a total; or a local variant."""
    world, rng = w.world, w.rng
    local = rng.random() < 0.35
    w.sheet.blocks.append(Turn(landscape=True))
    code = "Biểu tổng hợp" if local else rng.choice(["Biểu số II.06a/VPCP/KSTT", "Phụ lục", "Biểu số 06a/VPCP/KSTT"])
    w.sheet.blocks.append(Line(code, "left"))
    w.sheet.blocks.append(Line("TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH", "centred"))
    w.sheet.blocks.append(Line(f"(Kỳ báo cáo: {world.period.words})", "aside"))
    w.sheet.blocks.append(Line("Đơn vị tính: Số hồ sơ TTHC", "right"))
    total = rng.choice(["Tổng cộng", "TỔNG CỘNG", "Tổng số"])
    if local:
        columns, header, merges = rng.choice(LOCAL)
        widths = (10.0, 50.0, *[200 / len(columns)] * len(columns))
    else:
        columns, header, merges, widths = COLUMNS, _header(w), MERGES, tuple(WIDTHS)
    body = rows(w, columns, total)
    w.sheet.blocks.append(Grid(header, body, widths, merges, 10, frozenset({len(body) - 1})))


def _header(w: Writer) -> tuple[tuple[str, ...], ...]:
    header = [list(row) for row in HEADER]
    if w.lists.part == "kept-out" or w.rng.random() < 0.25:
        header[0][1], header[0][2] = "Lĩnh vực, công việc giải quyết theo cấp", "Số hồ sơ nhận giải quyết"
    if w.rng.random() < 0.15:
        header[3] = [str(number) for number in range(1, 14)]
    else:
        changed = w.rng.choice(FORMULAS)
        header[3] = [changed.get(text, text) for text in header[3]]
    return tuple(map(tuple, header))


SUMMARY = {
    "received": "Tổng số hồ sơ tiếp nhận", "carried": "Hồ sơ kỳ trước chuyển sang", "new": "Hồ sơ tiếp nhận mới trong kỳ",
    "online": "Hồ sơ tiếp nhận trực tuyến", "resolved": "Hồ sơ đã giải quyết", "early": "Giải quyết trước hạn",
    "on_time": "Giải quyết đúng hạn", "late": "Giải quyết quá hạn", "pending": "Hồ sơ đang giải quyết",
    "rate_on_time": "Tỷ lệ giải quyết trước và đúng hạn",
}  # fmt: skip


def summary(w: Writer) -> None:
    """The whole in a small table: one indicator a row, its unit and figure."""
    w.sheet.blocks.append(Line(w.say("Kết quả giải quyết TTHC trong <period> được tổng hợp như sau:")))
    left = w.rng.choice([(), ("carried", "new"), ("online",), ("early", "on_time")])
    names = [n for n in SUMMARY if n not in left]
    body = []
    for number, name in enumerate(names, 1):
        row = str(number)
        if name.startswith("rate"):
            figure = w.rate(name, w.world.whole, "now", row=row, bare=True)
        else:
            figure = w.count(name, w.world.whole, row=row, table=True)
        body.append((row, SUMMARY[name], "%" if name.startswith("rate") else "Hồ sơ", figure))
    header = ("STT", w.rng.choice(["Nội dung", "Chỉ tiêu"]), "Đơn vị tính", w.rng.choice(["Số lượng", "Kết quả"]))
    w.sheet.blocks.append(Grid((header,), tuple(body), (12, 90, 28, 33)))
