"""Who reports what: the reporting body, its period, its parts, and the true value of every figure it could print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from tests.evaluation.generator import dossiers, matters, periods
from tests.evaluation.generator.dossiers import Dossiers
from tests.evaluation.generator.lists import Lists, loaded
from tests.evaluation.generator.periods import Period
from tests.reports.truth import Json


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose figures: `key` inside the generator, `name` as labelled (None: the reporting body), `prose` as printed."""

    key: str
    name: str | None
    prose: str
    accept: tuple[str, ...] = ()


Group = tuple[Scope | None, tuple[Scope, ...]]  # a level and its units


@dataclass(frozen=True, slots=True)
class Body:
    """The reporting body and its letterhead lines."""

    who: str
    name: str
    printed: str
    parent: str
    printed_parent: str
    symbol: str
    province: str
    kind: str
    place: str
    post: tuple[str, ...]
    signer: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Style:
    """How this report prints: dots in thousands, padded small counts, decimals, cut rates, word for dossiers."""

    dotted: float
    padded: bool
    places: int
    cut: bool
    spaced: bool
    hs: str
    long_dates: bool
    automatic: bool


@dataclass(frozen=True, slots=True)
class World:
    """Everything true about one report. `now` and `before` are dossiers by scope key; `counts` the other figures.

    `units` are the bodies beneath the levels, where a table has asked for them.
    """

    body: Body
    period: Period
    earlier: Period
    issued: date
    whole: Scope
    parts: tuple[Scope, ...]
    parts_word: str
    now: Mapping[str, Dossiers]
    before: Mapping[str, Dossiers]
    counts: Mapping[str, int]
    style: Style
    units: tuple[Group, ...] = ()

    def dossiers(self, scope: str, when: str) -> Dossiers:
        """The dossiers of a scope in this period ("now") or the one compared with ("before")."""
        return (self.now if when == "now" else self.before)[scope]

    def own_period(self, when: str) -> Json | None:
        """The period of a figure as labelled: None for the report's own."""
        if when[0] in "mq":
            kind = "month" if when[0] == "m" else "quarter"
            return {"kind": kind, "year": self.period.year, "index": int(when[1:])}
        return self.earlier.own() if when == "before" else None


def _person(rng: Random, lists: Lists) -> str:
    return " ".join(lists.name(rng, part) for part in ("surnames", "middles", "given"))


def _body(rng: Random, lists: Lists, who: str, old: bool) -> Body:
    province: Mapping[str, Any] = lists.name(rng, "old_provinces" if old else "new_provinces")
    name, kind, signer = province["name"], province["kind"], _person(rng, lists)
    ubnd, upper = f"UBND {kind} {name}", f"{kind} {name}".upper()
    deputy = rng.random() < 0.5
    committee = ("TM. ỦY BAN NHÂN DÂN", *(("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH") if deputy else ("CHỦ TỊCH",)))
    common = {"province": name, "kind": kind, "signer": signer}
    if who == "office":
        office = lists.name(rng, "old_offices" if old else "new_offices")
        post = ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC") if deputy else ("GIÁM ĐỐC",)
        return Body(
            who, office["name"], office["name"].upper(), ubnd, f"UBND {upper}", f"BC-{office['code']}",
            place=name, post=post, fields=tuple(office["fields"]), **common,
        )  # fmt: skip
    if who == "province":
        return Body(who, ubnd, upper, "", "ỦY BAN NHÂN DÂN", "BC-UBND", place=name, post=committee, fields=(), **common)
    if who == "district":
        district = rng.choice(province["districts"])
        place = district.split(" ", 2 if district.startswith("thị xã") else 1)[-1]
        return Body(
            who, f"UBND {district}", district.upper(), "", "ỦY BAN NHÂN DÂN", "BC-UBND",
            place=place, post=committee, fields=(), **common,
        )  # fmt: skip
    if who == "center":
        name, parent = f"Trung tâm Phục vụ hành chính công {kind} {province['name']}", f"Văn phòng {ubnd}"
        return Body(
            who, name, "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", parent, f"VĂN PHÒNG UBND {upper}", "BC-TTPVHCC",
            place=province["name"], post=("GIÁM ĐỐC",), fields=(), **common,
        )  # fmt: skip
    level = rng.choice(["xã", "xã", "phường"])
    commune, fields = lists.name(rng, "communes"), tuple(lists.name(rng, "commune_fields") for _ in range(9))
    return Body(
        who, f"UBND {level} {commune}", f"{level} {commune}".upper(), "", "ỦY BAN NHÂN DÂN", "BC-UBND",
        place=commune, post=committee, fields=tuple(dict.fromkeys(fields)), **common,
    )  # fmt: skip


LEVELS = {
    "cấp tỉnh": ("cấp tỉnh", "các sở, ban, ngành", "khối sở, ban, ngành"),
    "cấp huyện": ("cấp huyện", "UBND cấp huyện"),
    "cấp xã": ("cấp xã", "UBND cấp xã"),
}


def _parts(rng: Random, lists: Lists, body: Body, old: bool) -> tuple[tuple[Scope, ...], str]:
    if body.who == "center":
        offices = [o["name"] for o in loaded("names")["old_offices" if old else "new_offices"]]
        names = [*offices, *(a.replace("tỉnh", body.kind) for a in loaded("names")["agencies"])]
        chosen = rng.sample(names, rng.randint(5, len(names)))
        return tuple(Scope(n, n, n) for n in sorted(chosen, key=names.index)), "cơ quan, đơn vị"
    if body.who == "district" and rng.random() < 0.4:
        communes = rng.sample(loaded("names")["communes"], rng.randint(8, 24))
        named = [f"xã {c}" for c in communes]
        return tuple(Scope(n, n, f"UBND {n}", (f"UBND {n}",)) for n in named), "UBND cấp xã"
    if body.who in ("province", "district"):
        names = ["cấp tỉnh", "cấp huyện", "cấp xã"] if old else ["cấp tỉnh", "cấp xã"]
        if body.who == "district":
            names = names[1:]
        parts = []
        for key in names:
            prose = rng.choice(LEVELS[key]) if rng.random() < 0.3 else key
            parts.append(Scope(key, prose, prose, (key, *LEVELS[key])))
        return tuple(parts), "từng cấp"
    chosen = rng.sample(body.fields, min(len(body.fields), rng.randint(3, 6)))
    return tuple(Scope(f, f, f"lĩnh vực {f}", (f"lĩnh vực {f}",)) for f in chosen), "lĩnh vực"


# Two-tier local government works from this day; nothing is dated in the future.
FIRST, LAST = date(2025, 7, 1), date(2026, 11, 20)
SIZES = {
    "center": (6000, 60000),
    "office": (180, 9000),
    "province": (30000, 400000),
    "district": (6000, 60000),
    "commune": (250, 5000),
}


def drawn(rng: Random, lists: Lists, who: str, tempting: bool) -> World:
    """A reporting body with its figures; `tempting` lets dossiers be returned outside the balance."""
    old = True if who == "district" else False if who == "commune" else rng.random() < 0.6
    while True:
        period = periods.drawn(rng, range(2021, 2025) if old else range(2025, 2027))
        issued = periods.signed(rng, period)
        if old or (period.end >= FIRST and issued <= LAST):
            break
    body = _body(rng, lists, who, old)
    parts, word = _parts(rng, lists, body, old)
    late, overdue = rng.random() < 0.75, rng.random() < 0.6
    returned = tempting and rng.random() < 0.5
    low, high = SIZES[who]
    size = round(low * (high / low) ** rng.random() / len(parts))
    flags = {"late": late, "overdue": overdue, "returned": returned}
    now = {p.key: dossiers.drawn(rng, round(size * rng.uniform(0.3, 1.7)), **flags) for p in parts}
    before = {p.key: dossiers.drawn(rng, round(now[p.key].received * rng.uniform(0.7, 1.1)), **flags) for p in parts}
    now["whole"], before["whole"] = dossiers.added(now.values()), dossiers.added(before.values())
    wide = ("toàn tỉnh", "toàn thành phố") if who == "province" else ("toàn huyện",) if who == "district" else ()
    short = {"office": "Sở", "province": "tỉnh", "district": "huyện", "commune": "xã", "center": "Trung tâm"}[who]
    whole = Scope("whole", None, body.name, (body.name, *wide, short, "tổng cộng", "tổng số"))
    style = Style(
        dotted=1.0 if not tempting or rng.random() < 0.5 else rng.choice([0.0, 0.5]), padded=rng.random() < 0.7,
        places=rng.choice([1, 2, 2]), cut=tempting and rng.random() < 0.4, spaced=rng.random() < 0.06,
        hs=rng.choices(["hồ sơ", "hồ sơ TTHC", "HS"], [8, 1, 1])[0],
        long_dates=rng.random() < 0.4, automatic=rng.random() < 0.2,
    )  # fmt: skip
    counts = matters.drawn(rng, now["whole"])
    return World(body, period, period.earlier(), issued, whole, parts, word, now, before, counts, style)
