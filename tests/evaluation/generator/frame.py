"""The frame of a report: letterhead and title by Nghị định 30/2020/NĐ-CP, and the signature."""

from __future__ import annotations

from datetime import date

from tests.evaluation.generator.sheet import Line, Pair
from tests.evaluation.generator.world import Body
from tests.evaluation.generator.writer import Writer
from tests.reports.report import MOTTO, NATION
from tests.reports.truth import Json


def day_words(day: date, blank: bool) -> str:
    """The day in words, or with a gap for the day."""
    month = day.month if day.month > 2 else f"{day.month:02d}"
    return f"ngày {'' if blank else f'{day.day:02d} '}tháng {month} năm {day.year}".replace("  ", " ")


def letterhead(w: Writer, title: str) -> Json:
    """Write the letterhead and the title; returns the header as labelled. Number or day are blank now and then."""
    body, rng = w.world.body, w.rng
    no_number, no_day = rng.random() < 0.06, rng.random() < 0.05
    number = str(rng.randint(9, 2900))
    line = f"Số: {'' if no_number else number}{'  ' if no_number else ''}/{body.symbol}"
    day = f"{body.place}, {day_words(w.world.issued, no_day)}"
    left = ((body.printed_parent, "plain"), (body.printed, "strong"), ("___", ""), (line, "plain"))
    right = ((NATION, "strong"), (MOTTO, "strong"), ("___", ""), (day, "italic"))
    w.sheet.blocks += [Pair(left, right, (64, 99)), Line("BÁO CÁO", "title"), Line(title, "subtitle")]
    if rng.random() < 0.3:
        above = {"province": "Văn phòng Chính phủ", "center": f"Văn phòng UBND {body.kind} {body.province}"}
        w.slot("addressee", "addressee", {"above": above.get(body.who, f"UBND {body.kind} {body.province}")})
    for blank, rule, quote in ((no_number, "header.number_blank", line), (no_day, "header.day_blank", day)):
        if blank:
            w.sheet.remarks.append(
                {"rule": rule, "family": "header", "severity": "info", "figure": None, "quote": quote}
            )
    issued = w.world.issued
    day_number = None if no_day else issued.day
    return {
        "doc_type": "BC", "number": None if no_number else number, "symbol": body.symbol, "issuing_body": body.name,
        "issuing_body_accept": [f"{body.name} {body.kind} {body.province}", body.printed.capitalize()], "parent_body": body.parent or None,
        "parent_body_accept": _parents(body), "province": body.province, "place": body.place,
        "issued": {"year": issued.year, "month": issued.month, "day": day_number}, "title": title, "signer": body.signer,
    }  # fmt: skip


def _parents(body: Body) -> list[str | None]:
    if body.who in ("office", "center"):
        return [f"UBND {body.kind}", f"UBND {body.kind} {body.province}", f"Văn phòng UBND {body.kind}"]
    return [None, "", f"UBND {body.kind} {body.province}"]


RECEIVERS = {
    "office": ("UBND {kind} (b/c);", "Văn phòng UBND {kind};", "Sở Nội vụ;", "Lãnh đạo Sở;", "Các phòng, đơn vị thuộc Sở;"),
    "province": ("Văn phòng Chính phủ;", "CT, các PCT UBND {kind};", "Các sở, ban, ngành;", "Cổng Thông tin điện tử {kind};"),
    "district": ("UBND {kind};", "Thường trực Huyện ủy, HĐND huyện;", "Các phòng, ban, ngành;", "UBND các xã, thị trấn;"),
    "center": ("UBND {kind} (b/c);", "Lãnh đạo Văn phòng UBND {kind};", "Các sở, ban, ngành;"),
    "commune": ("UBND {kind} (b/c);", "Văn phòng UBND {kind};", "Thường trực Đảng ủy, HĐND;", "Trung tâm Phục vụ hành chính công;"),
}  # fmt: skip


def signature(w: Writer) -> None:
    """Write Nơi nhận and the signature."""
    body = w.world.body
    lines = RECEIVERS[body.who]
    chosen = lines[: w.rng.randint(2, len(lines))]
    last = w.rng.choice(["Lưu: VT.", "Lưu: VT, VP.", "Lưu: VT, KSTT."])
    receivers = [f"- {line.format(kind=body.kind)}" for line in chosen] + [f"- {last}"]
    left = (("Nơi nhận:", "receivers"), *((line, "small") for line in receivers))
    right = (*((line, "strong") for line in body.post), ("", ""), ("", ""), ("", ""), (body.signer, "strong"))
    w.sheet.blocks.append(Pair(left, right, (78, 85)))
