"""The offices and communes beneath the levels of a province or district, with dossiers that add up to their level."""

from __future__ import annotations

from dataclasses import fields, replace
from random import Random

from tests.evaluation.generator.dossiers import Dossiers
from tests.evaluation.generator.lists import loaded
from tests.evaluation.generator.world import Group, Scope
from tests.evaluation.generator.writer import Writer


def grouped(w: Writer) -> tuple[Group, ...]:
    """The units by level, drawn once for a report; one group without a level where its parts are no levels."""
    world = w.world
    if world.parts_word != "từng cấp":
        return ((None, world.parts),)
    if not world.units:
        now, before, made = dict(world.now), dict(world.before), []
        for level in world.parts:
            scopes = _units(w, level.key)
            for period in (now, before):
                shares = split(w.rng, period[level.key], len(scopes))
                period.update({s.key: d for s, d in zip(scopes, shares, strict=True)})
            made.append((level, scopes))
        w.world = replace(world, now=now, before=before, units=tuple(made))
    return w.world.units


def _units(w: Writer, level: str) -> tuple[Scope, ...]:
    """The bodies of one level: enough of them for a table of several pages."""
    names, body = loaded("names"), w.world.body
    old = w.world.period.year < 2025
    if level == "cấp xã":
        drawn = w.rng.sample([*names["communes"], *names["more_communes"]], w.rng.randint(14, 40))
        town = "thị trấn" if old and (body.name.startswith("UBND huyện") or w.rng.random() < 0.5) else "phường"
        kinds = ("xã", "xã", "xã", town)
        named = [f"{w.rng.choice(kinds)} {name}" for name in drawn]
        return tuple(Scope(n, n, f"UBND {n}", (f"UBND {n}",)) for n in named)
    if level == "cấp huyện" and body.who == "province":
        places = next(p["districts"] for p in names["old_provinces"] if p["name"] == body.province)
        return tuple(Scope(n, n, f"UBND {n}", (f"UBND {n}",)) for n in places)
    if level == "cấp huyện":
        chosen = w.rng.sample(names["divisions"], w.rng.randint(5, len(names["divisions"])))
    else:
        offices = [o["name"] for o in names["old_offices" if old else "new_offices"]]
        chosen = [*offices, *(a.replace("tỉnh", body.kind) for a in w.rng.sample(names["agencies"], 4))]
    return tuple(Scope(n, n, n) for n in chosen)


def split(rng: Random, whole: Dossiers, count: int) -> list[Dossiers]:
    """`whole` in so many parts, each of which balances; raises ValueError where it is too small for that."""
    for _ in range(60):
        weights = [rng.uniform(0.5, 1.6) for _ in range(count)]
        shares = {f.name: _shared(getattr(whole, f.name), weights) for f in fields(Dossiers)}
        for place in range(count):
            row = {name: values[place] for name, values in shares.items()}
            came = row["carried"] + row["online"] + row["in_person"] + row["postal"]
            shares["early"][place] += came - sum(row.values()) + came
        if min(shares["early"]) >= 0:
            return [Dossiers(**{name: values[i] for name, values in shares.items()}) for i in range(count)]
    raise ValueError(f"{whole.received} dossiers in {count} parts")


def _shared(value: int, weights: list[float]) -> list[int]:
    """`value` by weight, the largest remainders rounded up."""
    exact = [value * weight / sum(weights) for weight in weights]
    made = [int(share) for share in exact]
    by_rest = sorted(range(len(exact)), key=lambda i: made[i] - exact[i])
    for place in by_rest[: value - sum(made)]:
        made[place] += 1
    return made
