"""A number of a sheet as it is printed: the display format of its cell, with the marks of Vietnamese print.

What is printed is what the report states: 0.9998 under `0.00%` is "99,98%", and the format thereby sets the rounding
interval of the figure. A format that hides the decimals of a figure which is not whole (12.5 under `0` prints "13") is
followed too, since the page that goes out says 13; but whoever checks must know, for sums of such figures do not close on
paper and are not wrong for it. So `Shown.hides` tells, and the reader warns and names the cells.

Format codes: ECMA-376 part 1, 18.8.31. Codes are stored with the marks of American print whatever the machine shows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from typing import Final

_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<gap>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]|(?P<general>General|Standard)'
    r"|(?P<exponent>E[+-])|(?P<digit>[0#?])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$")
_DIGITS: Final = "0#?"
_PLAIN_WIDTH: Final = 11  # characters that an unformatted number takes in a cell, mark included
_PRECISION: Final = 400  # digits: the largest number of a cell has 309


@dataclass(frozen=True, slots=True)
class Shown:
    """The print of a number; `hides` where the number is not whole and its print is."""

    text: str
    hides: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is "digit", "mark" (one of . , % / E @), "literal", "general" or "date"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One of the up to four parts of a code, with the condition that it states for itself."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None

    def has(self, text: str) -> bool:
        return any(t.kind == "mark" and t.text == text for t in self.tokens)


@lru_cache(maxsize=8_192)
def shown(value: Decimal, code: str) -> Shown:
    """A number under a display format. A code that makes no sense counts as no format."""
    with localcontext() as context:
        context.prec = _PRECISION
        section, signed = _chosen(sections(code), value)
        if section is None or any(t.kind in ("general", "date") for t in section.tokens):
            return _general(value, section)
        if not any(t.kind == "digit" for t in section.tokens):
            text = "".join(t.text for t in section.tokens if t.kind == "literal" or t.text in ".,%/")
            return Shown(text.strip())
        return _formatted(value if signed else abs(value), section)


def text_shown(text: str, code: str) -> str:
    """A text under a display format: its fourth section, or the one with an @ in it; else as it is."""
    parts = sections(code)
    section = parts[3] if len(parts) > 3 else next((p for p in parts if p.has("@")), None)
    if section is None:
        return text
    return "".join(text if t.text == "@" and t.kind == "mark" else t.text for t in section.tokens if t.kind != "date")


def plain(value: Decimal) -> str:
    """A number without a format, as a cell wide enough shows it: eleven characters, no grouping, never an exponent."""
    whole = len(str(abs(int(value))))
    places = max(0, _PLAIN_WIDTH - 1 - whole)
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text.replace(".", ",")


# --- codes ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1_024)
def sections(code: str) -> tuple[Section, ...]:
    """The sections of a code."""
    found: list[Section] = []
    tokens: list[Token] = []
    condition: tuple[str, Decimal] | None = None
    for match in _TOKEN.finditer(code):
        if match["other"] == ";":
            found.append(Section(tuple(tokens), condition))
            tokens, condition = [], None
        elif match["bracket"] is not None:
            inside = match["bracket"]
            stated = _CONDITION.match(inside)
            condition = (stated[1], Decimal(stated[2])) if stated else condition
            if inside.startswith("$"):
                tokens.append(Token("literal", inside[1:].partition("-")[0]))
            elif inside and not inside.lower().strip("hms"):
                tokens.append(Token("date", f"[{inside.lower()}]"))
        else:
            tokens.append(_token(match))
    return (*found, Section(tuple(tokens), condition))


def _token(match: re.Match[str]) -> Token:
    kind, text = match.lastgroup or "other", match[match.lastgroup or "other"]
    if kind in ("quoted", "escaped"):
        return Token("literal", text)
    if kind == "gap":
        return Token("literal", " ")
    if kind == "fill":
        return Token("literal", "")
    if kind == "general":
        return Token("general", "")
    if kind == "exponent":
        return Token("mark", "E")
    if kind == "digit":
        return Token("digit", text)
    if text in ".,%/@":
        return Token("mark", text)
    return Token("date" if text.lower() in "ymdhs" else "literal", text)


def _chosen(parts: Sequence[Section], value: Decimal) -> tuple[Section | None, bool]:
    """The section for a value, and whether its sign is still to be printed."""
    conditional = any(p.condition for p in parts[:2])
    if conditional:
        for part in parts[:3]:
            if part.condition is None or _holds(value, *part.condition):
                return part, True
        return None, True
    numeric = parts[:3]
    if value < 0 and len(numeric) > 1 and numeric[1].tokens:
        return numeric[1], False
    if value == 0 and len(numeric) > 2:
        return numeric[2], False
    if value < 0 and len(numeric) > 1 and len(parts) > 2:
        return numeric[1], False  # an empty second section: nothing is shown
    return numeric[0] if numeric[0].tokens or len(parts) > 1 else None, True


def _holds(value: Decimal, sign: str, limit: Decimal) -> bool:
    return {
        "<": value < limit,
        ">": value > limit,
        "=": value == limit,
        "<=": value <= limit,
        ">=": value >= limit,
        "<>": value != limit,
    }[sign]


# --- printing ------------------------------------------------------------------------------------------------------


def _general(value: Decimal, section: Section | None) -> Shown:
    """`General`, with what stands around it."""
    tokens = section.tokens if section else ()
    if not any(t.kind == "general" for t in tokens):
        return Shown(plain(value))
    return Shown("".join(plain(value) if t.kind == "general" else t.text for t in tokens).strip())


def _formatted(value: Decimal, section: Section) -> Shown:
    if section.has("E"):
        return Shown(_scientific(value, section))
    if section.has("/"):
        return Shown(_fraction(value, section))
    tokens = section.tokens
    point = next((n for n, t in enumerate(tokens) if t.kind == "mark" and t.text == "."), len(tokens))
    last = max((n for n, t in enumerate(tokens[:point]) if t.kind == "digit"), default=-1)
    end = max((n for n, t in enumerate(tokens) if t.kind == "digit"), default=-1)
    scale = _run_of_commas(tokens, last + 1) + (_run_of_commas(tokens, end + 1) if end > point else 0)
    grouped = any(t.text == "," and t.kind == "mark" for t in tokens[: last + 1])
    value *= Decimal(100) ** sum(t.text == "%" and t.kind == "mark" for t in tokens)
    value /= Decimal(1000) ** scale
    places = sum(t.kind == "digit" for t in tokens[point:])
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, decimals = f"{abs(rounded):f}".partition(".")
    text = _whole(whole, tokens[:point], grouped) + _decimals(decimals, tokens[point:])
    sign = "-" if rounded < 0 else ""
    return Shown((sign + text.strip()).strip(), hides=places == 0 and value != rounded)


def _run_of_commas(tokens: Sequence[Token], at: int) -> int:
    """Commas right behind the last digit of the whole part: each divides by a thousand."""
    count = 0
    while at + count < len(tokens) and tokens[at + count] == Token("mark", ","):
        count += 1
    return count


def _whole(digits: str, tokens: Sequence[Token], grouped: bool) -> str:
    """The whole part, right to left: a digit to a place, what is left over to the first place."""
    places = [n for n, t in enumerate(tokens) if t.kind == "digit"]
    zeros = [n for n in places if tokens[n].text == "0"]
    digits = digits.lstrip("0").rjust(sum(n >= zeros[0] for n in places) if zeros else 0, "0")
    out: list[str] = []
    written = 0
    for n in range(len(tokens) - 1, -1, -1):
        token = tokens[n]
        if token.kind == "digit":
            take = len(digits) if n == places[0] else min(1, len(digits))
            for _ in range(take):
                if grouped and written and written % 3 == 0:
                    out.append(".")
                out.append(digits[-1])
                digits, written = digits[:-1], written + 1
        elif token.text != ",":
            out.append(token.text[::-1])
        elif token.kind == "literal":
            out.append(",")
    return "".join(out)[::-1]


def _decimals(digits: str, tokens: Sequence[Token]) -> str:
    """The part behind the decimal mark; zeros that the format does not ask for are not printed."""
    places = [t.text for t in tokens if t.kind == "digit"]
    asked = max((n + 1 for n, text in enumerate(places) if text == "0"), default=0)
    kept = digits[:asked] + digits[asked:].rstrip("0")
    out, at = [], 0
    for token in tokens:
        if token.kind == "digit":
            out.append(kept[at : at + 1])
            at += 1
        elif token == Token("mark", "."):
            out.append("," if kept else "")
        elif token != Token("mark", ","):
            out.append(token.text)
    return "".join(out)


def _scientific(value: Decimal, section: Section) -> str:
    at = section.tokens.index(Token("mark", "E"))
    mantissa = section.tokens[:at]
    point = next((n for n, t in enumerate(mantissa) if t == Token("mark", ".")), len(mantissa))
    places = sum(t.kind == "digit" for t in mantissa[point:])
    width = sum(t.kind == "digit" for t in section.tokens[at:])
    power = value.adjusted() if value else 0
    rounded = abs(value).scaleb(-power).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if rounded >= 10:
        power, rounded = power + 1, (rounded / 10).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, decimals = f"{rounded:f}".partition(".")
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}{_decimals(decimals, mantissa[point:])}E{'-' if power < 0 else '+'}{abs(power):0{max(1, width)}d}"


def _fraction(value: Decimal, section: Section) -> str:
    """ "3/8", or "1 3/8" where the code has a place for the whole part."""
    at = section.tokens.index(Token("mark", "/"))
    below = "".join(t.text for t in section.tokens[at + 1 :] if t.kind == "digit" or t.text.isdigit())
    fixed = "".join(t.text for t in section.tokens[at + 1 :] if t.text.isdigit() and t.text != "0")
    groups = re.findall(r"[0#?]+", "".join(t.text if t.kind == "digit" else " " for t in section.tokens[:at]))
    exact = Fraction(abs(value))
    if fixed:
        bottom = int(fixed)
        part = Fraction(round(exact * bottom), bottom)
        top = round(part * bottom)
    else:
        part = exact.limit_denominator(10 ** max(1, len(below)) - 1)
        top, bottom = part.numerator, part.denominator
    sign = "-" if value < 0 else ""
    if len(groups) < 2:
        return f"{sign}{top}/{bottom}"
    whole, top = divmod(top, bottom)
    if not top:
        return f"{sign}{whole}"
    return f"{sign}{whole} {top}/{bottom}" if whole else f"{sign}{top}/{bottom}"
