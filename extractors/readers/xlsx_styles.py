"""What of a workbook's styles changes what is read: number formats, bold, centring, fonts, vertical rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from extractors.readers.package import parse_xml

_S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# Formats that a file names by number alone (ECMA-376 part 1, 18.8.30); 14 and 22 are the machine's own date.
BUILT_IN: Final = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 37: "#,##0_);(#,##0)", 38: "#,##0_);(#,##0)",
    39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);(#,##0.00)", 41: '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
    42: '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)', 43: '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)',
    44: '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks; `left` and `right` are 1 where a rule stands there."""

    code: str = "General"
    bold: bool = False
    centred: bool = False
    font: str | None = None
    left: int = 0
    right: int = 0


@dataclass(frozen=True, slots=True)
class Styles:
    """Cell formats by index."""

    looks: tuple[Style, ...] = (Style(),)

    def of(self, index: int) -> Style:
        """The cell format of an index; the plain one for an index that the file does not define."""
        return self.looks[index] if index < len(self.looks) else Style()


def read_styles(content: bytes | None) -> Styles:
    """The styles part. Raises Unreadable: corrupt, too_deep."""
    if content is None:
        return Styles()
    root = parse_xml(content, "styles.xml")
    codes = {
        int(entry.get("numFmtId", "0")): entry.get("formatCode", "General")
        for entry in root.iterfind(f"{_S}numFmts/{_S}numFmt")
        if re.fullmatch(r"\d{1,6}", entry.get("numFmtId", ""))
    }
    fonts = [_font(entry) for entry in root.iterfind(f"{_S}fonts/{_S}font")]
    rules = [(_has(entry, "left"), _has(entry, "right")) for entry in root.iterfind(f"{_S}borders/{_S}border")]
    looks = tuple(_look(entry, codes, fonts, rules) for entry in root.iterfind(f"{_S}cellXfs/{_S}xf"))
    return Styles(looks or (Style(),))


def _look(
    entry: etree._Element, codes: dict[int, str], fonts: list[tuple[bool, str | None]], rules: list[tuple[int, int]]
) -> Style:
    number, font, border = (_index(entry, name) for name in ("numFmtId", "fontId", "borderId"))
    bold, name = fonts[font] if font < len(fonts) else (False, None)
    left, right = rules[border] if border < len(rules) else (0, 0)
    alignment = entry.find(f"{_S}alignment")
    centred = alignment is not None and alignment.get("horizontal", "") in ("center", "centerContinuous")
    return Style(codes.get(number) or BUILT_IN.get(number, "General"), bold, centred, name, left, right)


def _index(entry: etree._Element, name: str) -> int:
    value = entry.get(name, "0")
    return int(value) if re.fullmatch(r"\d{1,6}", value) else 0


def _font(entry: etree._Element) -> tuple[bool, str | None]:
    bold, name = entry.find(f"{_S}b"), entry.find(f"{_S}name")
    is_bold = bold is not None and bold.get("val", "1") not in ("0", "false")
    return is_bold, name.get("val") if name is not None else None


def _has(entry: etree._Element, side: str) -> int:
    found = entry.find(_S + side)
    return int(found is not None and found.get("style", "none") != "none")
