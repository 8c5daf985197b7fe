"""Tables with figures beside figures: percentages beside counts, two periods with what rose or fell."""

from __future__ import annotations

from collections.abc import Sequence

from tests.evaluation.generator import grids, units
from tests.evaluation.generator.headers import Column, Head, laid
from tests.evaluation.generator.sheet import Line, Turn
from tests.evaluation.generator.world import Group
from tests.evaluation.generator.writer import Writer

FIRST = {"từng cấp": "Cấp giải quyết", "lĩnh vực": "Lĩnh vực"}
NAMES = {
    "received": ("Tổng tiếp nhận", "Số tiếp nhận", "Số hồ sơ tiếp nhận"), "new": ("Tiếp nhận mới", "Mới tiếp nhận"),
    "online": ("Trực tuyến", "Nộp trực tuyến"), "resolved": ("Đã giải quyết", "Giải quyết"), "in_due": ("Trước và đúng hạn", "Đúng hạn, trước hạn"),
    "early": ("Trước hạn",), "late": ("Quá hạn", "Trễ hạn"), "pending": ("Đang giải quyết", "Chưa giải quyết"),
}  # fmt: skip
# Count -> the rate that stands beside it, and the words for its denominator.
RATE = {
    "online": (("rate_online", "new", "mới tiếp nhận"), ("rate_online", "received", "tổng tiếp nhận")),
    "resolved": (("rate_resolved", "received", "tổng tiếp nhận"),),
    "in_due": (("rate_on_time", "resolved", "đã giải quyết"), ("rate_on_time", "received", "tổng tiếp nhận")),
    "early": (("rate_early", "resolved", "đã giải quyết"),),
    "late": (("rate_late", "resolved", "đã giải quyết"), ("rate_late", "received", "tổng tiếp nhận")),
}
SETS = (
    ("received", "resolved", "in_due", "late"),
    ("received", "new", "online", "resolved", "in_due"),
    ("received", "resolved", "early", "late", "pending"),
    ("new", "online", "resolved", "in_due", "late", "pending"),
)

CAPTIONS = (
    "Bảng 1. Kết quả giải quyết {resolved} hồ sơ TTHC <period>",
    "Biểu 1: Tình hình tiếp nhận {received} hồ sơ TTHC trong <period>",
    "Kết quả cụ thể như sau:",
)


def percents(w: Writer) -> None:
    """Counts, each with its rate in the next column, and the share of every unit in the whole."""
    rng = w.rng
    names = rng.choice(SETS)
    heads = [Head(rng.choice(["STT", "TT"])), Head(FIRST.get(w.world.parts_word, "Cơ quan, đơn vị"))]
    for name in names:
        count = Head(rng.choice(["Số lượng", "Số hồ sơ"]), Column(name))
        offers = [r for r in RATE.get(name, ()) if r[1] in names]
        if name == "received" and rng.random() < 0.8:
            share = Head(rng.choice(["Tỷ trọng (%)", "Chiếm (%)"]), Column("part_of:received"))
            heads.append(Head(rng.choice(NAMES[name]), under=(count, share)))
        elif offers:
            rate, base, words = rng.choice(offers)
            beside = Head(f"{rng.choice(['Tỷ lệ', 'Đạt tỷ lệ'])}/{words} (%)", Column(rate, base=base))
            heads.append(Head(rng.choice(NAMES[name]), under=(count, beside)))
        else:
            heads.append(Head(rng.choice(NAMES[name]), Column(name)))
    _caption(w, rng.choice(CAPTIONS))
    _table(w, heads, ((None, w.world.parts),), 163, rng.choice(["none", "none", "plain", "no formulas"]))
    w.sheet.tempting.add("percent_column")


COMPARED = (("received", "resolved"), ("received", "resolved", "late"), ("new", "online", "resolved"), ("resolved", "pending"))  # fmt: skip


def two_periods(w: Writer) -> None:
    """By unit: this period, the one before and the change, under a heading for each indicator; levels with units in a province."""
    rng, world = w.rng, w.world
    groups: Sequence[Group] = units.grouped(w)
    now, before = _periods(w)
    change = rng.choice(["count", "count", "rate", "both"])
    back = rng.random() < 0.35  # the earlier period first
    heads = [
        Head(rng.choice(["STT", "TT"])),
        Head("Cơ quan, đơn vị" if groups[0][0] else FIRST.get(world.parts_word, "Đơn vị")),
    ]
    for name in rng.choice(COMPARED):
        pair = [Head(now, Column(name)), Head(before, Column(name, "before"))]
        more = Head(rng.choice(["Tăng, giảm", "Tăng (+), giảm (-)", "So với cùng kỳ"]), Column(f"more:{name}"))
        growth = Head(rng.choice(["Tăng, giảm (%)", "Tỷ lệ tăng, giảm (%)"]), Column(f"growth:{name}"))
        last = {"count": (more,), "rate": (growth,), "both": (more, growth)}[change]
        heads.append(Head(rng.choice(NAMES[name]), under=(*(pair[::-1] if back else pair), *last)))
    w.sheet.blocks.append(Turn(landscape=True))
    _caption(w, f"SO SÁNH KẾT QUẢ GIẢI QUYẾT TTHC VỚI {before}".upper())
    _table(w, heads, groups, 265, rng.choice(["none", "none", "brackets", "letters"]))


def _periods(w: Writer) -> tuple[str, str]:
    """How the two periods are headed."""
    period, earlier = w.world.period, w.world.earlier
    if w.rng.random() < 0.5:
        return period.words[:1].upper() + period.words[1:], earlier.words[:1].upper() + earlier.words[1:]
    return f"Kỳ báo cáo ({period.year})", f"Cùng kỳ năm {earlier.year}"


def _caption(w: Writer, text: str) -> None:
    w.sheet.blocks.append(Line(w.say(text), "body" if text.endswith(":") else "centred"))


def _table(w: Writer, heads: Sequence[Head], groups: Sequence[Group], width: float, numbers: str) -> None:
    header = laid(heads, numbers)
    count = len(header.columns) - 2
    named = 50.0 if width > 200 else 36.0
    widths = (9.0, named, *[(width - 9 - named) / count] * count)
    grids.written(w, header, groups, grids.rows_drawn(w), widths, 10 if count > 6 else 11)
