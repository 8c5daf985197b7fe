"""A list of documents as a table, said to be so many: each row cites one."""

from __future__ import annotations

from datetime import timedelta

from tests.evaluation.generator.sheet import Grid, Line
from tests.evaluation.generator.writer import Writer

MATTERS = (
    "Công bố danh mục TTHC được sửa đổi, bổ sung", "Phê duyệt quy trình nội bộ giải quyết TTHC", "Ban hành quy chế hoạt động của Bộ phận Một cửa",
    "Phê duyệt phương án đơn giản hóa TTHC", "Công bố TTHC bị bãi bỏ", "Kiện toàn cán bộ đầu mối kiểm soát TTHC",
)  # fmt: skip
LEADS = (
    "[Trong <period>, <body>|<body>] đã ban hành {listed} Quyết định [về TTHC|về kiểm soát TTHC], [cụ thể tại bảng sau|danh mục như sau]:",
    "Danh mục {listed} Quyết định [đã ban hành|được ban hành] trong <period>:",
)
MIXED = (
    "[Trong <period>, <body>|<body>] đã ban hành và triển khai {listed} văn bản [chỉ đạo|về kiểm soát TTHC], gồm:",
    "Danh mục {listed} văn bản chỉ đạo, điều hành trong <period>:",
)


def documents(w: Writer) -> None:
    """Decisions of the period, or decisions with the plan and the letter that the prose cites; too early in the year there are none."""
    rng, issued = w.rng, w.world.issued
    span = min(90, issued.timetuple().tm_yday - 1)
    if span < 20:
        return
    count = rng.randint(3, 6)
    numbers = sorted(rng.sample(range(101, 2900), count))
    days = sorted(issued - timedelta(days=back) for back in rng.sample(range(8, span), count))
    made = [w.local("Quyết định số ", f"{n}/QĐ-UBND", day, None) for n, day in zip(numbers, days, strict=True)]
    mixed = rng.random() < 0.5
    cells = [w.cite(kind) for kind in ("plan", "letter")] if mixed else []
    given: dict[str, object] = {"listed": count + len(cells)}
    cells += [w.sheet.cite(cited) for cited in made]
    lead = w.say(rng.choice(MIXED if mixed else LEADS), given=given | ({"unit": "văn bản"} if mixed else {}))
    w.sheet.blocks.append(Line(lead))
    about = ["Kế hoạch kiểm soát TTHC", "Chấn chỉnh việc giải quyết TTHC"] if mixed else []
    about += [rng.choice(MATTERS) for _ in made]
    body = tuple((str(i), cell, text) for i, (cell, text) in enumerate(zip(cells, about, strict=True), 1))
    header = ("STT", rng.choice(["Số, ký hiệu, ngày ban hành", "Văn bản"]), rng.choice(["Trích yếu", "Nội dung"]))
    w.sheet.blocks.append(Grid((header,), body, (12, 75, 76)))
