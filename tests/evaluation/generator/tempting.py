"""What is right but looks wrong: a checker that flags any of it raises a false alarm. Recorded in `must_not_flag`."""

from __future__ import annotations

from collections.abc import Callable

from tests.evaluation.generator.sheet import Line
from tests.evaluation.generator.world import Scope
from tests.evaluation.generator.writer import Given, Writer

Tempt = Callable[[Writer], None]


def _note(w: Writer, kind: str, family: str, what: str, marked: str | None = None) -> None:
    w.sheet.quiet.append({"kind": kind, "family": family, "what": what, "marked": marked})


def _said(
    w: Writer, slot: str, kind: str, family: str, what: str, scope: Scope | None = None, given: Given | None = None
) -> None:
    wording = w.lists.wording(w.rng, slot, w.fits)
    w.used.add(wording["lines"][0])
    text = w.say(wording["lines"][0], scope, given=given or {})
    w.sheet.blocks.append(Line(text))
    _note(w, kind, family, what, text)


def competing(w: Writer) -> None:
    """A rate over another base than the usual one, and the base named."""
    _said(w, "competing", "competing_denominator", "ratio", "tỷ lệ tính trên mẫu số khác, mẫu số được nêu rõ")


def about(w: Writer) -> None:
    """A rounded-down copy of an exact figure."""
    _said(w, "about", "approximate", "repeat", "số làm tròn xuống, có chữ hơn/trên")


def coarse(w: Writer) -> None:
    """A rate once more, with fewer decimals."""
    _said(w, "coarse", "fewer_decimals", "repeat", "cùng tỷ lệ, ít chữ số thập phân hơn")


def look_alike(w: Writer) -> None:
    """A figure of another scope in the same words."""
    wording = w.lists.wording(w.rng, "look_alike")
    value = max(3, round(w.world.now["whole"].received * w.rng.uniform(0.05, 0.9)))
    scope = Scope("alike", wording["scope"], wording["scope"], ("*",))
    given = {"alike": value, "indicator": None, "indicator_accept": ["*"], "unit": wording.get("unit", "hồ sơ")}
    text = w.say(wording["lines"][0], scope, given=given)
    w.sheet.blocks.append(Line(text))
    _note(w, "other_scope", "repeat", "số liệu của phạm vi khác, cùng cách diễn đạt", text)


def estimate(w: Writer) -> None:
    """An estimate for the whole year."""
    if w.world.period.kind == "year":
        return
    year = {"kind": "year", "year": w.world.period.year, "index": None}
    value = int(w.world.now["whole"].received * w.rng.uniform(1.6, 2.4)) // 100 * 100 + 100
    given = {"estimate": value, "approx": True, "indicator_accept": ["*"], "period": year}
    _said(w, "estimate", "estimate", "repeat", "số ước cả năm, không phải số của kỳ", given=given)


def examples(w: Writer) -> None:
    """Some of the parts, not all: they do not add up to the whole."""
    if len(w.world.parts) < 3 or w.world.parts_word == "từng cấp":
        return
    ranked = sorted(w.world.parts, key=lambda s: -w.world.now[s.key].received)
    chosen = ranked[: w.rng.randint(2, len(ranked) - 1)]
    wording = w.lists.wording(w.rng, "examples")
    items = ", ".join(w.say(wording["item"], scope) for scope in chosen)
    text = w.say(wording["lead"]) + items + wording.get("close", ".")
    w.sheet.blocks.append(Line(text))
    _note(w, "not_exhaustive", "sum", "danh sách không đầy đủ, không cộng thành tổng", text)


def threshold(w: Writer) -> None:
    """A threshold of a rule beside results."""
    _said(w, "threshold", "threshold", "repeat", "ngưỡng của quy chế, không phải kết quả")


def standing(w: Writer) -> None:
    """24/7 and the number of a standard."""
    _said(w, "part_of_day", "not_a_ratio", "ratio", "24/7 và ISO 9001:2015 không phải số liệu")


OFFERS: tuple[Tempt, ...] = (competing, coarse, about, look_alike, estimate, examples, threshold, standing)


# What tables recorded about themselves -> family and words.
IN_TABLES = {
    "subtotals": ("sum", "cột có cả dòng cộng theo cấp, không cộng hai lần"),
    "total_first": ("sum", "dòng tổng số đứng đầu bảng"),
    "dash": ("form", "dấu gạch ngang là số không"),
    "quarters": ("sum", "cột cộng theo quý xen giữa các tháng"),
    "percent_column": ("sum", "cột tỷ lệ không cộng thành tổng"),
    "parent_not_sum": ("sum", "dòng cấp trên không phải tổng các dòng cấp dưới"),
}


def tempt(w: Writer) -> None:
    """Write two to four tempting passages."""
    for offer in w.rng.sample(OFFERS, w.rng.randint(2, 4)):
        offer(w)


def inherent(w: Writer) -> None:
    """Record what is tempting about the whole report."""
    world, whole = w.world, w.world.now["whole"]
    printed = {f.name for f in w.sheet.figures if f.scope.key == "whole"}
    if whole.returned:
        _note(w, "returned_outside", "sum", "hồ sơ trả lại nằm ngoài số đã giải quyết và đang giải quyết")
    if whole.resolved > whole.new and {"resolved", "new"} <= printed:
        _note(w, "resolved_above_new", "bound", "giải quyết nhiều hơn tiếp nhận mới vì có hồ sơ kỳ trước chuyển sang")
    if world.style.dotted < 1:
        _note(w, "undotted", "repeat", "số viết không có dấu chấm phân cách hàng nghìn")
    if world.style.cut:
        _note(w, "cut", "ratio", "tỷ lệ cắt bớt chữ số cuối thay vì làm tròn")
    if not world.period.standard:
        _note(w, "window", "date", "kỳ số liệu khác kỳ báo cáo theo quy định")
    if any(f.when == "before" for f in w.sheet.figures):
        _note(w, "two_periods", "repeat", "hai kỳ khác nhau, cùng chỉ tiêu")
    if w.sheet.shares:
        _note(w, "rounded_shares", "sum", "các tỷ lệ làm tròn có thể không cộng đúng 100%")
    for kind in sorted(w.sheet.tempting):
        _note(w, kind, *IN_TABLES[kind])
