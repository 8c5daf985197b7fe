"""The sections of a report in prose: each function writes one part of a layout."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.evaluation.generator.sheet import Line
from tests.evaluation.generator.writer import Writer

PIECES = ("intake", "result", "rest")


class Headings:
    """Numbers the headings of a report: I. II. … with 1. 2. … beneath, or 1. 2. … alone."""

    def __init__(self, w: Writer) -> None:
        self.w, self.roman, self.top = w, w.rng.random() < 0.7, 0

    def head(self, name: str) -> None:
        """A heading of the first order."""
        self.top += 1
        mark = ("I", "II", "III", "IV", "V", "VI", "VII")[self.top - 1] if self.roman else str(self.top)
        text = self.w.lists.word(self.w.rng, name, "heads")
        text = text if self.roman else text.capitalize().replace("tthc", "TTHC")
        self.w.sheet.blocks.append(Line(f"{mark}. {text}", "heading"))


def basis(w: Writer, shape: str, heads: Headings) -> None:
    """What the report is based on, and its period with or without limits."""
    period = w.world.period
    limits = ""
    if period.stated:
        start, end = (_day(w, d.day, d.month, d.year) for d in (period.start, period.end))
        limits = w.say(w.lists.wording(w.rng, "limits")["lines"][0], given={"start": start, "end": end})
    w.slot("basis", given={"limits": limits, "subject": w.lists.word(w.rng, "basis", "subjects")})


def _day(w: Writer, day: int, month: int, year: int) -> str:
    return f"{day:02d}/{month:02d}/{year}" if w.world.style.long_dates else f"{day}/{month}/{year}"


def directing(w: Writer, shape: str, heads: Headings) -> None:
    """Directing, plans, inspection and staff."""
    heads.head("directing")
    for slot in ("done", "directing", *(s for s in ("inspection", "staff", "survey") if w.rng.random() < 0.4)):
        w.slot(slot)


def results(w: Writer, shape: str, heads: Headings) -> None:
    """The dossiers of the whole, in one wording or in pieces."""
    heads.head("results")
    if w.rng.random() < 0.2:
        w.slot("heading", "heading")
    if w.rng.random() < 0.3:
        w.slot("filler")
    if shape == "pieces":
        pieces = [w.say(w.lists.wording(w.rng, slot)["lines"][0]) for slot in PIECES]
        style = w.rng.choice(["paragraph", "items", "lines", "headed"])
        texts = [" ".join(pieces)] if style == "paragraph" else pieces
        look = "item" if style == "items" else "body"
        for number, text in enumerate(texts):
            if style == "headed":
                mark = f"{number + 1}." if heads.roman else f"{'abc'[number]})"
                head = w.lists.word(w.rng, PIECES[number], "subheads")
                w.sheet.blocks.append(Line(f"{mark} {head}", "subheading"))
            w.sheet.blocks.append(Line(f"- {text}" if look == "item" else text, look))
    else:
        w.lines(w.lists.wording(w.rng, "whole", lambda e: e["shape"] == shape)["lines"])
    claims(w)
    if w.world.now["whole"].returned:
        w.slot("returned")


def claims(w: Writer) -> None:
    """True words about what did not happen."""
    whole = w.world.now["whole"]
    if whole.late == whole.overdue == 0 and w.rng.random() < 0.6:
        w.slot("no_late")
    if whole.overdue == 0 and w.rng.random() < 0.5:
        w.slot("no_overdue")


def parts(w: Writer, shape: str, heads: Headings) -> None:
    """The dossiers of every level or field, said to be all."""
    if shape == "items":
        w.slot("parts_lead")
        wording = w.lists.wording(w.rng, "parts_item")
        for scope in w.world.parts:
            w.lines(wording["lines"], scope=scope)
        listed(w, "level", wording["names"])
        return
    wording = w.lists.wording(w.rng, "shares" if shape == "shares" else "parts_inline", w.fits)
    joint = w.rng.choice(["; ", ", "])
    items = [w.say(wording["item"], scope) for scope in w.world.parts]
    text = w.say(wording["lead"]) + joint.join(items) + w.say(wording.get("close", "")) + "."
    w.sheet.blocks.append(Line(text))
    listed(w, "level", wording["names"])
    if shape == "shares":
        shared = f"part_of:{wording['names'][0]}"
        w.sheet.shares.append(tuple((shared, s.key, "now") for s in w.world.parts))


def listed(w: Writer, rule: str, names: list[str], when: str = "now") -> None:
    """Record that the parts just written are all of the whole, for these names."""
    for name in names:
        keys = tuple((name, scope.key, when) for scope in w.world.parts)
        w.sheet.listings.append((f"sum.{rule}", (name, "whole", when), keys))


def compare(w: Writer, shape: str, heads: Headings) -> None:
    """The same period a year before."""
    rises = w.world.now["whole"].received > w.world.before["whole"].received
    w.lines(w.lists.wording(w.rng, "compare", lambda e: rises or not e.get("rises"))["lines"])


def review(w: Writer, shape: str, heads: Headings) -> None:
    """What went well and what did not."""
    heads.head("review")
    w.slot("repeat" if w.rng.random() < 0.6 else "filler")
    if w.world.now["whole"].late and w.rng.random() < 0.5:
        w.slot("apology")
    if w.rng.random() < 0.3:
        w.slot("about")
    w.slot("hindrance")


def following(w: Writer, shape: str, heads: Headings) -> None:
    """Tasks of the next period, with targets."""
    heads.head("next")
    w.slot("plan_next")
    if w.rng.random() < 0.7:
        w.slot("target")
    thresholds = {e["lines"][0] for e in w.lists.entries("wordings", "threshold")}
    if w.rng.random() < 0.3 and not thresholds & w.used:
        w.slot("threshold")
    w.slot("closing", given={"subject": w.lists.word(w.rng, "closing", "subjects")})


def slots(*names: str, chance: float = 1.0) -> Callable[[Writer, str, Headings], None]:
    """A part that is one wording of each of these slots."""

    def write(w: Writer, shape: str, heads: Headings) -> None:
        for name in names:
            if w.rng.random() <= chance:
                w.slot(name)

    return write


def decisions(w: Writer, shape: str, heads: Headings) -> None:
    """So many decisions announced, and the list of them; too early in the year there are none."""
    issued = w.world.issued
    span = min(90, issued.timetuple().tm_yday - 1)
    if span < 20:
        return
    wording = w.lists.wording(w.rng, "decisions")
    count = w.rng.randint(3, 5)
    numbers = sorted(w.rng.sample(range(101, 2900), count))
    days = sorted(issued - timedelta(days=back) for back in w.rng.sample(range(8, span), count))
    lead = w.say(wording["lead"], given={"listed": count})
    items = [
        w.sheet.cite(w.local("Quyết định số ", f"{number}/QĐ-UBND", day, None))
        for number, day in zip(numbers, days, strict=True)
    ]
    w.sheet.blocks.append(Line(lead + "; ".join(items) + wording.get("close", "") + "."))


PARTS: dict[str, Callable[[Writer, str, Headings], None]] = {
    "basis": basis,
    "decisions": decisions,
    "directing": directing,
    "results": results,
    "parts": parts,
    "compare": compare,
    "review": review,
    "next": following,
    "online": slots("online"),
    "repeat": slots("repeat"),
    "procedures": slots("procedures"),
    "petitions": slots("petitions"),
}
