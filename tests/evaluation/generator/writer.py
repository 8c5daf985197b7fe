"""Turns a wording into marked text: chooses among its words and sets figures, names and citations in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.evaluation.generator import matters
from tests.evaluation.generator.dossiers import INDICATORS, RATES, percent, rate
from tests.evaluation.generator.lists import Entry, Lists, loaded
from tests.evaluation.generator.sheet import Citation, Figure, Line, Sheet
from tests.evaluation.generator.world import Scope, World

CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
VARIABLE = re.compile(r"<([~\w:]+)(\^?)>")
FIGURE = re.compile(r"\{([^{}]+)\}")

Given = Mapping[str, object]
NONE: Given = {}


@dataclass(slots=True)
class Writer:
    """Writes one sheet. `tables` is set while a table is written: dots as the style says, no padding."""

    rng: Random
    lists: Lists
    world: World
    sheet: Sheet = field(default_factory=Sheet)
    cited: dict[str, Citation] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    # -- text ----------------------------------------------------------------------------------------------------

    def say(self, text: str, scope: Scope | None = None, when: str = "now", given: Given = NONE) -> str:
        """The marked text of a wording; `given` are names beyond the usual, and values of figures."""
        text = CHOICE.sub(lambda m: self.rng.choice(m[1].split("|")), text)
        text = VARIABLE.sub(lambda m: self._variable(m[1], bool(m[2]), scope, given), text)
        text = re.sub(r"(?<=\S) +(?=[ .,;])", "", text)
        return FIGURE.sub(lambda m: self._figure(m[1], scope or self.world.whole, when, given), text)

    def lines(self, texts: list[str], look: str = "body", scope: Scope | None = None, given: Given = NONE) -> None:
        """Write every line of a wording; a line that begins with a bullet or letter becomes an item."""
        for text in texts:
            item = re.match(r"[-+*–•]\s|[a-z]\)\s", text) is not None
            said = self.say(text, scope, given=given)
            said += ":" if said.endswith((" trong đó", " gồm", " cụ thể")) else ""
            self.sheet.blocks.append(Line(said, "item" if item else look))

    def slot(self, name: str, look: str = "body", given: Given = NONE) -> None:
        """Write one wording of a slot; one that this report has used already only where no other is left."""
        offered = self.lists.entries("wordings", name, self.fits)
        chosen = self.rng.choice([e for e in offered if e["lines"][0] not in self.used] or offered)
        self.used.add(chosen["lines"][0])
        self.lines(chosen["lines"], look, given=given)

    def fits(self, entry: Entry) -> bool:
        """Whether there is any of what a wording needs."""
        needed = entry.get("needs")
        return needed is None or getattr(self.world.now["whole"], needed) > 0

    def phrase(self, table: str, name: str, given: Given = NONE) -> str:
        """A heading, row label or lead-in of a table."""
        return self.say(self.lists.word(self.rng, name, table, "tables"), given=given)

    def _variable(self, name: str, capital: bool, scope: Scope | None, given: Given) -> str:
        if name.startswith("~"):
            text = self.lists.word(self.rng, name[1:])
        elif name.startswith("cite:"):
            return self.cite(name[5:])
        else:
            unit = (scope or self.world.whole).prose
            usual: dict[str, object] = {
                "body": self.world.body.name, "period": self.world.period.words, "before": self._earlier(),
                "hs": self.world.style.hs, "year": self.world.period.year, "kind": self.world.body.kind, "unit": unit,
                "Unit": unit[:1].upper() + unit[1:], "parts_word": self.world.parts_word,
            }  # fmt: skip
            text = str(given[name] if name in given else usual[name])
        return text[:1].upper() + text[1:] if capital else text

    def _earlier(self) -> str:
        year = self.world.period.year - 1
        return f"cùng kỳ năm {year}" if self.world.period.kind != "year" else f"năm {year}"

    # -- figures ---------------------------------------------------------------------------------------------------

    def _figure(self, spec: str, scope: Scope, when: str, given: Given) -> str:
        spec, _, other = spec.partition("@")
        when = other or when
        name, _, argument = spec.partition(":")
        if name in given:
            return self.count(name, scope, when, value=int(str(given[name])), **_told(given))
        special = {
            "target": self._target, "part": self._part, "part_of": self._part_of, "more": self._more,
            "growth": self._growth, "coarse": self._coarse, "about": self._about, "floor": self._floor, "hundred": self._hundred,
        }  # fmt: skip
        if name in special:
            return special[name](argument, scope, when)
        if name in RATES:
            return self.rate(name, scope, when, argument or None)
        if name == "satisfaction":
            value = Decimal(self.rng.randint(9000, 9990)).scaleb(-2)
            return self.percent("satisfaction", value, "satisfaction_rate", scope, when)
        return self.count(name, scope, when)

    def count(self, name: str, scope: Scope, when: str = "now", **more: object) -> str:
        """A count of the model (or `value`), as prose prints it; `more` are fields of the figure."""
        if name in INDICATORS:
            indicator: str | None = INDICATORS[name]
            unit = "hồ sơ"
            value = getattr(self.world.dossiers(scope.key, when), name)
        else:
            indicator, unit = matters.UNITS.get(name, (None, "hồ sơ"))
            value = self.world.counts.get(name, 0)
        if name == "returned":
            more = {"indicator_accept": ["dossiers_withdrawn"]} | more
        elif name == "forms_back":
            more = {"indicator_accept": [None]} | more
        exact = Decimal(int(str(more.pop("value", value))))
        given, unit = more.pop("indicator", indicator), str(more.pop("unit", unit))
        row, total = more.pop("row", None), bool(more.pop("total", False))
        dotted = self.rng.random() < self.world.style.dotted
        padded = self.world.style.padded and not more.pop("table", False)
        made = Figure(0, name, scope, when, exact, given, unit, dotted, padded, "", row, total, more)  # type: ignore[arg-type]
        return self.sheet.figure(made)

    def percent(
        self, name: str, value: Decimal, indicator: str | None, scope: Scope, when: str = "now", **more: object
    ) -> str:
        """A percentage as the report prints its sign; bare in a table whose heading says "%" (`bare`)."""
        sign = "" if more.pop("bare", False) else " %" if self.world.style.spaced else "%"
        row, total = more.pop("row", None), bool(more.pop("total", False))
        made = Figure(0, name, scope, when, value, indicator, "%", False, False, sign, row, total, more)  # type: ignore[arg-type]
        return self.sheet.figure(made)

    def rate(self, name: str, scope: Scope, when: str, base: str | None = None, **more: object) -> str:
        """A rate of the model; a base other than the usual one is part of its name, since it states another thing."""
        style = self.world.style
        value = rate(self.world.dossiers(scope.key, when), name, base, style.places, style.cut)
        usual = base in (None, next(iter(RATES[name])))
        return self.percent(name if usual else f"{name}/{base}", value, name, scope, when, base=base, **more)

    def _target(self, argument: str, scope: Scope, when: str) -> str:
        more = {"optional": True, "role": "target", "indicator_accept": ["*"]}
        return self.percent(f"target {argument}", Decimal(argument), None, scope, when, **more)

    def _hundred(self, argument: str, scope: Scope, when: str) -> str:
        return self.percent(argument, Decimal(100), argument, scope, when)

    def _part(self, argument: str, scope: Scope, when: str) -> str:
        part, whole = (self.world.counts[name] for name in argument.split("/"))
        style = self.world.style
        value = percent(part, whole, style.places, style.cut)
        return self.percent(f"part:{argument}", value, None, scope, when, indicator_accept=["*"], scope_accept=["*"])

    def _part_of(self, argument: str, scope: Scope, when: str) -> str:
        part, whole = (getattr(self.world.dossiers(key, when), argument) for key in (scope.key, "whole"))
        value = percent(part, whole, self.world.style.places, False)
        return self.percent(f"part_of:{argument}", value, None, scope, when, indicator_accept=["*"])

    def _more(self, argument: str, scope: Scope, when: str) -> str:
        now, before = (getattr(self.world.dossiers(scope.key, w), argument) for w in ("now", "before"))
        more = {"role": "change", "indicator_accept": [None, INDICATORS[argument]]}
        return self.count(f"more:{argument}", scope, when, value=now - before, indicator=None, unit="hồ sơ", **more)

    def _growth(self, argument: str, scope: Scope, when: str) -> str:
        now, before = (getattr(self.world.dossiers(scope.key, w), argument) for w in ("now", "before"))
        value = percent(now - before, before, self.world.style.places, False)
        return self.percent(f"growth:{argument}", value, None, scope, when, role="change", indicator_accept=["*"])

    def _about(self, argument: str, scope: Scope, when: str) -> str:
        exact = getattr(self.world.dossiers(scope.key, when), argument)
        step = 10 ** max(1, len(str(exact)) - 2)
        more = {"approx": True}
        return self.count(
            f"about:{argument}",
            scope,
            when,
            value=exact // step * step,
            indicator=INDICATORS[argument],
            unit="hồ sơ",
            **more,
        )

    def _coarse(self, argument: str, scope: Scope, when: str) -> str:
        d, style = self.world.dossiers(scope.key, when), self.world.style
        value = rate(d, argument, None, style.places - 1, style.cut)
        return self.percent(f"coarse:{argument}", value, argument, scope, when, approx=True)

    def _floor(self, argument: str, scope: Scope, when: str) -> str:
        exact = rate(self.world.dossiers(scope.key, when), argument, None, 2, True)
        return self.percent(f"floor:{argument}", Decimal(int(exact)), argument, scope, when, approx=True)

    def score(self, name: str, value: Decimal, indicator: str | None, scope: Scope, **more: object) -> str:
        """A score in points, with its decimals."""
        row, total = more.pop("row", None), bool(more.pop("total", False))
        made = Figure(0, name, scope, "now", value, indicator, "điểm", row=row, total=total, extra=more)  # type: ignore[arg-type]
        return self.sheet.figure(made)

    # -- citations -------------------------------------------------------------------------------------------------

    def cite(self, kind: str) -> str:
        """A cited document: one of the State's, or a plan or letter of the province made up for this report."""
        body, issued = self.world.body, self.world.issued
        if kind in ("plan", "letter"):
            if kind not in self.cited:
                far = body.who in ("district", "commune") or self.rng.random() < 0.4
                ubnd = f"UBND {body.kind} {body.province}" if far else f"UBND {body.kind}"
                day = issued - timedelta(days=self.rng.randint(12, 200))
                number = self.rng.randint(11, 3900)
                symbol = "KH-UBND" if kind == "plan" else self.rng.choice(["UBND-KSTT", "UBND-NC", "VP-KSTT"])
                lead = "Kế hoạch số " if kind == "plan" else "Công văn số "
                issuer = f"Văn phòng {ubnd}" if symbol.startswith("VP") else ubnd
                self.cited[kind] = self.local(lead, f"{number}/{symbol}", day, issuer)
            return self.sheet.cite(self.cited[kind])
        if kind in self.cited and self.rng.random() < 0.6:
            return self.sheet.cite(self.cited[kind])
        groups = loaded("names")["cited"]
        items = next(group["items"] for group in groups if group["kind"] == kind)
        item = self.rng.choice([i for i in items if i["date"] < issued.isoformat()])
        lead, tail = item["text"].split(item["key"])
        year, month, day_number = (int(part) for part in item["date"].split("-"))
        tail = tail[tail.index(" của") :]
        self.cited[kind] = Citation(0, lead, item["key"], (year, month, day_number), tail, item["issuer"])
        return self.sheet.cite(self.cited[kind])

    def local(self, lead: str, key: str, day: date, issuer: str | None) -> Citation:
        """A document of the province."""
        return Citation(0, lead, key, (day.year, day.month, day.day), f" của {issuer}" if issuer else "", issuer)


def _told(given: Given) -> dict[str, object]:
    return {
        k: given[k]
        for k in ("indicator", "unit", "approx", "indicator_accept", "scope_accept", "role", "period")
        if k in given
    }
