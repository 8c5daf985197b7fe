"""A statistics form whose row codes nest: parents that are the sum of their rows, and parents that only look like it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tests.evaluation.generator import matters
from tests.evaluation.generator.dossiers import INDICATORS
from tests.evaluation.generator.sheet import Grid, Line, Turn
from tests.evaluation.generator.writer import Writer


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator, with the rows beneath it."""

    name: str
    labels: tuple[str, ...]
    under: tuple[Row, ...] = ()
    alike: bool = False  # the rows beneath do not add up to it

    def names(self) -> set[str]:
        """All indicators of the branch."""
        return {self.name}.union(*(row.names() for row in self.under))


def _r(name: str, *labels: str, under: Sequence[Row] = (), alike: bool = False) -> Row:
    return Row(name, labels, tuple(under), alike)


CHANNELS = (
    _r("online", "Trực tuyến", "Hồ sơ nộp trực tuyến"),
    _r("direct", "Trực tiếp, dịch vụ bưu chính", "Trực tiếp hoặc qua BCCI"),
)
POSTAL = (CHANNELS[0], _r("direct", "Trực tiếp và bưu chính", under=(_r("in_person", "Nộp trực tiếp"), _r("postal", "Qua bưu chính công ích"))))  # fmt: skip
# Branches of dossiers, each of which a form takes in one of these shapes.
DOSSIERS: tuple[tuple[Row, ...], ...] = (
    (
        _r("received", "Tổng số hồ sơ tiếp nhận", "Hồ sơ tiếp nhận", under=(_r("carried", "Kỳ trước chuyển sang"), _r("new", "Tiếp nhận mới trong kỳ", under=CHANNELS))),
        _r("received", "Tổng số hồ sơ tiếp nhận", under=(_r("new", "Tiếp nhận trong kỳ", under=POSTAL), _r("carried", "Từ kỳ trước chuyển sang"))),
        _r("received", "Tổng số hồ sơ tiếp nhận", under=(_r("online", "Trong đó: tiếp nhận trực tuyến"), _r("postal", "Tiếp nhận qua bưu chính công ích")), alike=True),
    ),
    (
        _r("resolved", "Tổng số hồ sơ đã giải quyết", under=(_r("in_due", "Trước và đúng hạn", under=(_r("early", "Trước hạn"), _r("on_time", "Đúng hạn"))), _r("late", "Quá hạn"))),
        _r("resolved", "Số hồ sơ đã giải quyết", under=(_r("early", "Giải quyết trước hạn"), _r("on_time", "Giải quyết đúng hạn"), _r("late", "Giải quyết quá hạn"))),
        _r("resolved", "Số hồ sơ đã giải quyết", under=(_r("in_due", "Giải quyết trước và đúng hạn"), _r("early", "Trong đó: giải quyết trước hạn")), alike=True),
    ),
    (
        _r("pending", "Hồ sơ đang giải quyết", under=(_r("in_time", "Trong hạn"), _r("overdue", "Quá hạn"))),
        _r("pending", "Hồ sơ đang giải quyết", under=(_r("overdue", "Trong đó: đã quá hạn"),), alike=True),
    ),
)  # fmt: skip
OTHERS: tuple[Row, ...] = (
    _r("procedures", "Tổng số TTHC thuộc thẩm quyền", under=(_r("full", "DVCTT toàn trình"), _r("partial", "DVCTT một phần"), _r("info", "Chỉ cung cấp thông tin trực tuyến"))),
    _r("procedures", "Tổng số TTHC thuộc thẩm quyền", under=(_r("proc_new", "TTHC công bố mới"), _r("proc_amended", "TTHC được sửa đổi, bổ sung"), _r("proc_repealed", "TTHC bị bãi bỏ")), alike=True),
    _r("public_units", "Đơn vị sự nghiệp công lập", under=(_r("own_full", "Tự chủ chi thường xuyên và chi đầu tư"), _r("own_recurrent", "Tự chủ chi thường xuyên"), _r("own_partial", "Tự chủ một phần chi thường xuyên"), _r("own_none", "Do Nhà nước bảo đảm chi thường xuyên"))),
    _r("units", "Số phòng, ban, đơn vị thuộc, trực thuộc", under=(_r("public_units", "Trong đó: đơn vị sự nghiệp công lập"), _r("inspected", "Số đơn vị được kiểm tra CCHC")), alike=True),
    _r("staff", "Biên chế công chức được giao", under=(_r("staff_present", "Công chức có mặt"), _r("contracts", "Hợp đồng lao động")), alike=True),
    _r("tasks", "Số nhiệm vụ trong kế hoạch CCHC", under=(_r("tasks_done", "Số nhiệm vụ đã hoàn thành"), _r("documents", "Số văn bản chỉ đạo, điều hành")), alike=True),
    _r("legal_reviewed", "Số VBQPPL được rà soát", under=(_r("legal_proposed", "Kiến nghị xử lý sau rà soát"), _r("legal_handled", "Đã xử lý xong")), alike=True),
    _r("petitions", "Phản ánh, kiến nghị tiếp nhận", under=(_r("petitions_done", "Phản ánh, kiến nghị đã xử lý"),), alike=True),
)  # fmt: skip
CODES = ("1.1.1", "1.1.1.", "I, 1, a", "I, 1, a", "I, 1, 1.1", "A, I, 1")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


def code(style: str, place: Sequence[int]) -> str:
    """The printed code of a row by its place in every order (from 0)."""
    numbers = [n + 1 for n in place]
    dotted = ".".join(map(str, numbers))
    if style.startswith("1.1.1"):
        return dotted + style[5:]
    letters = "abcdeghik"[place[2]] if len(place) > 2 else ""
    roman, deep = ROMAN[place[min(len(place) - 1, 1)]], ".".join(map(str, numbers[2:]))
    if style == "A, I, 1":
        return ["ABCDEFGHI"[place[0]], roman, deep, deep][len(place) - 1]
    third = letters + "".join(map(str, numbers[3:])) if style.endswith("a") else ".".join(map(str, numbers[1:]))
    return [ROMAN[place[0]], str(numbers[-1]), third, third][len(place) - 1]


def hierarchy(w: Writer) -> None:
    """The form on a page of its own: code, indicator, unit, figure, note."""
    rng = w.rng
    branches = [rng.choice(shapes) for shapes in DOSSIERS]
    for row in rng.sample(OTHERS, len(OTHERS)):
        if len(branches) < 7 and not row.names() & set[str]().union(*(b.names() for b in branches)):
            branches.append(row)
    if rng.random() < 0.5:
        branches = [*branches[3:], *branches[:3]]
    w.sheet.blocks.append(Turn(landscape=False))
    w.sheet.blocks.append(Line(rng.choice(["Biểu số 02", "Phụ lục II", "Biểu mẫu 3"]), "left"))
    w.sheet.blocks.append(
        Line(f"THỐNG KÊ MỘT SỐ CHỈ TIÊU CẢI CÁCH HÀNH CHÍNH {w.world.period.words}".upper(), "centred")
    )
    form = _Form(w, rng.choice(CODES))
    for place, row in enumerate(branches):
        form.branch(row, (place,))
    form.rates(len(branches))
    header = (
        "STT",
        rng.choice(["Chỉ tiêu", "Nội dung", "Tên chỉ tiêu"]),
        "Đơn vị tính",
        rng.choice(["Số liệu", "Kết quả"]),
        "Ghi chú",
    )
    bold = frozenset(form.strong)
    w.sheet.blocks.append(Grid((header,), tuple(form.body), (15, 72, 26, 24, 26), size=11, bold=bold, coded=True))
    if any(row.alike for row in branches):
        w.sheet.tempting.add("parent_not_sum")


class _Form:
    """The rows under construction."""

    def __init__(self, w: Writer, style: str) -> None:
        self.w, self.style = w, style
        self.body: list[tuple[str, ...]] = []
        self.strong: set[int] = set()

    def branch(self, row: Row, place: tuple[int, ...]) -> None:
        """A row and those beneath it."""
        if len(place) == 1:
            self.strong.add(len(self.body))
        unit = "hồ sơ" if row.name in INDICATORS else matters.UNITS[row.name][1]
        printed = code(self.style, place)
        figure = self.w.count(row.name, self.w.world.whole, row=printed.rstrip("."), unit=unit, table=True)
        self._write(printed, self.w.rng.choice(row.labels), unit, figure, self._note(row.name, printed.rstrip(".")))
        for number, below in enumerate(row.under):
            self.branch(below, (*place, number))

    def rates(self, place: int) -> None:
        """Rates with the counts behind them as a note: 16.181/16.183, 127/127."""
        w, whole = self.w, self.w.world.whole
        joint = w.rng.choice(["/", "/", " /"])
        printed = code(self.style, (place,))
        row = printed.rstrip(".")
        rate = w.rate("rate_on_time", whole, "now", "resolved", row=row, bare=True)
        note = joint.join(w.count(name, whole, row=row, table=True) for name in ("in_due", "resolved"))
        self.strong.add(len(self.body))
        self._write(printed, "Tỷ lệ hồ sơ giải quyết trước và đúng hạn", "%", rate, note)
        if w.rng.random() < 0.6:
            printed = code(self.style, (place + 1,))
            row = printed.rstrip(".")
            told: dict[str, object] = {"row": row, "indicator_accept": ["*"]}
            name = "procedures_internal_process_rate"
            share = w.percent("part:approved/procedures", Decimal(100), name, whole, "now", bare=True, **told)
            of = w.world.counts["procedures"]
            more: dict[str, object] = {
                "value": of,
                "indicator": None,
                "role": "numerator",
                "unit": "TTHC",
                "table": True,
            }
            approved = w.count("approved", whole, "now", **more, **told)
            note = joint.join((approved, w.count("procedures", whole, row=row, table=True)))
            self.strong.add(len(self.body))
            self._write(printed, "Tỷ lệ TTHC được phê duyệt quy trình nội bộ", "%", share, note)

    def _note(self, name: str, row: str) -> str:
        """What some rows say beside their figure: the part of another, or that there is none."""
        whole = self.w.world.now["whole"]
        if name == "late" and whole.late == 0:
            return "Không có hồ sơ trễ hạn"
        if name == "petitions" and self.w.rng.random() < 0.5:
            given = (self.w.count(n, self.w.world.whole, row=row, table=True) for n in ("petitions_done", "petitions"))
            return "/".join(given)
        return ""

    def _write(self, printed: str, label: str, unit: str, figure: str, note: str) -> None:
        self.body.append((printed, label, unit if unit in ("%", "TTHC", "PAKN") else unit.capitalize(), figure, note))
