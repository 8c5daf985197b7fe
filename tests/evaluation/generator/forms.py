"""Biểu II.06a as it is printed: by the circular, and as offices print it out with other headings, columns and orders."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.evaluation.generator import grids, tables, units
from tests.evaluation.generator.headers import NUMBERS, Column, Head, laid
from tests.evaluation.generator.lists import loaded
from tests.evaluation.generator.sheet import Citation, Line, Turn
from tests.evaluation.generator.world import Group
from tests.evaluation.generator.writer import Writer

WORDS: dict[str, tuple[str, ...]] = {
    "total": ("Tổng số", "Tổng số", "Tổng", "Cộng"), "carried": ("Từ kỳ trước", "Kỳ trước chuyển sang", "Tồn kỳ trước", "Số kỳ trước chuyển qua"),
    "new": ("Trong kỳ", "Tiếp nhận trong kỳ", "Số mới tiếp nhận"), "online": ("Trực tuyến", "Qua mạng", "Trực tuyến"),
    "direct": ("Trực tiếp, dịch vụ bưu chính", "Trực tiếp, BCCI", "Trực tiếp hoặc qua dịch vụ bưu chính"),
    "in_person": ("Trực tiếp", "Nộp trực tiếp"), "postal": ("Qua BCCI", "Dịch vụ bưu chính"),
    "early": ("Trước hạn", "Sớm hạn"), "on_time": ("Đúng hạn",), "late": ("Quá hạn", "Trễ hạn"),
    "in_due": ("Trước và đúng hạn", "Trước hạn, đúng hạn"), "in_time": ("Trong hạn", "Chưa đến hạn"), "overdue": ("Quá hạn",),
    "RECEIVED": ("Số lượng hồ sơ tiếp nhận", "Số hồ sơ nhận giải quyết", "Hồ sơ tiếp nhận"),
    "RESOLVED": ("Số lượng hồ sơ đã giải quyết", "Số hồ sơ đã giải quyết", "Đã giải quyết"),
    "PENDING": ("Số lượng hồ sơ đang giải quyết", "Số hồ sơ đang giải quyết", "Đang giải quyết"),
    "FIRST": ("Lĩnh vực giải quyết", "Lĩnh vực, công việc giải quyết theo cấp", "Đơn vị, lĩnh vực", "Lĩnh vực"),
    "UNITS": ("Cơ quan, đơn vị", "Đơn vị thực hiện", "Đơn vị"),
}  # fmt: skip


class Chosen:
    """The words of one form: the circular's own, or for each heading one of those in use."""

    def __init__(self, w: Writer, own: bool) -> None:
        self.w, self.own = w, own

    def text(self, name: str) -> str:
        """The heading of a column or group."""
        return WORDS[name][0] if self.own else self.w.rng.choice(WORDS[name])

    def heads(self, *names: str) -> tuple[Head, ...]:
        """Headings over one column each."""
        return tuple(Head(self.text(name), Column(name)) for name in names)

    def total(self, name: str) -> Head:
        """The total of a group."""
        return Head(self.text("total"), Column(name))


def circular(c: Chosen) -> tuple[Head, ...]:
    """As the circular has it: "in the period" over two channels, totals first."""
    received = (c.total("received"), Head(c.text("new"), under=c.heads("online", "direct")), *c.heads("carried"))
    return (
        Head(c.text("RECEIVED"), under=received),
        Head(c.text("RESOLVED"), under=(c.total("resolved"), *c.heads("early", "on_time", "late"))),
        Head(c.text("PENDING"), under=(c.total("pending"), *c.heads("in_time", "overdue"))),
    )


def reordered(c: Chosen) -> tuple[Head, ...]:
    """What is carried over first, totals last in their group."""
    return (
        Head(c.text("RECEIVED"), under=(*c.heads("carried", "online", "direct"), c.total("received"))),
        Head(c.text("RESOLVED"), under=(*c.heads("early", "on_time", "late"), c.total("resolved"))),
        Head(c.text("PENDING"), under=(*c.heads("in_time", "overdue"), c.total("pending"))),
    )


def nested(c: Chosen) -> tuple[Head, ...]:
    """New dossiers with a total of their own over three channels."""
    new = (Head(c.text("total"), Column("new")), *c.heads("online", "in_person", "postal"))
    received = (c.total("received"), *c.heads("carried"), Head(c.text("new"), under=new))
    return (
        Head(c.text("RECEIVED"), under=received),
        Head(c.text("RESOLVED"), under=(c.total("resolved"), *c.heads("in_due", "late"))),
        Head(c.text("PENDING"), under=(c.total("pending"), *c.heads("in_time", "overdue"))),
    )


def flat(c: Chosen) -> tuple[Head, ...]:
    """Two header rows, early and on time in one."""
    return (
        Head(c.text("RECEIVED"), under=(c.total("received"), *c.heads("carried", "new"))),
        Head(c.text("RESOLVED"), under=(c.total("resolved"), *c.heads("in_due", "late"))),
        Head(c.text("PENDING"), under=(c.total("pending"), *c.heads("in_time", "overdue"))),
    )


def without_totals(c: Chosen) -> tuple[Head, ...]:
    """No totals of groups, a rate among the counts."""
    rate = Head(c.w.rng.choice(["Tỷ lệ đúng hạn (%)", "Tỷ lệ trước và đúng hạn (%)"]), Column("rate_on_time"))
    return (
        Head(c.text("RECEIVED"), under=c.heads("carried", "online", "in_person", "postal")),
        Head(c.text("RESOLVED"), under=(*c.heads("early", "on_time", "late"), rate)),
        Head(c.text("PENDING"), under=c.heads("in_time", "overdue")),
    )


def pending_first(c: Chosen) -> tuple[Head, ...]:
    """What is pending before what is done, and a named rate behind."""
    rate = Head("Tỷ lệ hồ sơ trước và đúng hạn/đã giải quyết (%)", Column("rate_on_time", base="resolved"))
    return (
        Head(c.text("RECEIVED"), under=(c.total("received"), *c.heads("online", "direct", "carried"))),
        Head(c.text("PENDING"), under=(c.total("pending"), *c.heads("in_time", "overdue"))),
        Head(c.text("RESOLVED"), under=(c.total("resolved"), *c.heads("in_due", "late"), rate)),
    )


SHAPES: tuple[Callable[[Chosen], tuple[Head, ...]], ...] = (
    circular, circular, circular, reordered, nested, flat, without_totals, pending_first,
)  # fmt: skip


def form06(w: Writer) -> None:
    """Biểu II.06a by field or office on a page of its own; another hand has headings of its own for the plain form alone."""
    if w.lists.part != "tuning" or w.rng.random() < 0.3:
        tables.form06(w)
    else:
        _form(w, ((None, w.world.parts),))


def form06_units(w: Writer) -> None:
    """The same over all units of a province or district, with subtotals by level, over several pages."""
    _form(w, units.grouped(w))


def _form(w: Writer, groups: Sequence[Group]) -> None:
    rng = w.rng
    shape = rng.choice(SHAPES)
    own = shape is circular and rng.random() < 0.5
    _above(w, own or rng.random() < 0.5)
    chosen = Chosen(w, own)
    by_unit = groups[0][0] is not None or w.world.parts_word == "cơ quan, đơn vị"
    first = chosen.text("UNITS" if by_unit else "FIRST")
    number = "STT" if own else rng.choice(["STT", "TT", "Số TT"])
    style = rng.choice(["brackets", "brackets", *NUMBERS, "none"])
    header = laid([Head(number), Head(first), *shape(chosen)], style)
    weights = [
        1.35 if len(text) > 11 else 1.0
        for text in (header.rows[-1][2:] if style != "none" else [""] * (len(header.columns) - 2))
    ]  # room for formulas
    widths = [207 * weight / sum(weights) for weight in weights]
    grids.written(w, header, groups, grids.rows_drawn(w), (11.0, 49.0, *widths), 10)


def _above(w: Writer, coded: bool) -> None:
    """The lines over the form: its number or the name of a print-out, period, unit."""
    world, rng = w.world, w.rng
    blocks = w.sheet.blocks
    blocks.append(Turn(landscape=True))
    names = (
        ["Biểu số II.06a/VPCP/KSTT", "Biểu số 06a/VPCP/KSTT"] if coded else ["Biểu tổng hợp", "Phụ lục", "Phụ biểu 01"]
    )
    blocks.append(Line(rng.choice(names), "left"))
    if coded and rng.random() < 0.4:
        blocks.append(Line(f"Ban hành theo {w.sheet.cite(_circular())}", "left"))
    title = ["TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH", "TỔNG HỢP KẾT QUẢ TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ TTHC"]
    blocks.append(Line(title[0] if coded else rng.choice(title), "centred"))
    start, end = (f"{d.day:02d}/{d.month:02d}/{d.year}" for d in (world.period.start, world.period.end))
    limits = f" (Từ ngày {start} đến ngày {end})" if world.period.stated and rng.random() < 0.5 else ""
    blocks.append(
        Line(
            f"(Kỳ báo cáo: {world.period.words})" if not limits else f"Kỳ báo cáo: {world.period.words}{limits}",
            "aside",
        )
    )
    blocks.append(Line(rng.choice(["Đơn vị tính: Số hồ sơ TTHC", "Đơn vị tính: Hồ sơ"]), "right"))


def _circular() -> Citation:
    items = next(group["items"] for group in loaded("names")["cited"] if group["kind"] == "circular")
    item = next(i for i in items if i["key"] == "01/2020/TT-VPCP")
    year, month, day = (int(part) for part in item["date"].split("-"))
    return Citation(0, "Thông tư số ", item["key"], (year, month, day), f" của {item['issuer']}", item["issuer"])
