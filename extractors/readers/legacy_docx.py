"""Word documents set in fonts of old codes: their texts are converted in place, before they are walked.

Which font a character has is stated by its run, else by the styles of run and paragraph, else by the document's
defaults; a name may come from the theme (ECMA-376 part 1, 17.3.2.26). Only a document that names an old font, or whose
words are no syllables, is looked at closely.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from extractors.readers.docx_names import VAL, W, child
from extractors.readers.docx_parts import Parts
from extractors.readers.legacy import Verdicts
from extractors.readers.legacy_codes import Name, code_of, is_unicode
from extractors.readers.progress import tick
from extractors.readers.syllables import Score, score

_P, _RUN, _TEXT, _FONTS = f"{W}p", f"{W}r", f"{W}t", f"{W}rFonts"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_WAYS: Final = ("hAnsi", "ascii")  # letters beyond ASCII are set in the first; the others are for other scripts
_GAPS: Final = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}
_SOFT, _SIGN = f"{W}softHyphen", f"{W}sym"  # in TCVN3 the place of the soft hyphen is a letter
_DOUBTED: Final = (100, 0.6)  # marked words looked at without a telling font, and the share of true ones that is sound
_DEEPEST: Final = 50  # styles based on styles


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text of a run: its element (None for a tab or break) and its font."""

    element: etree._Element | None
    text: str
    font: str | None


def convert(parts: Parts) -> tuple[Name, ...]:
    """Convert what is in an old code in all parts; the codes found."""
    roots = [parts.document, *parts.edges.values(), *(parts.single[n] for n in ("footnotes", "endnotes") if n in parts.single)]  # fmt: skip
    fonts = Fonts(parts.single.get("styles"), parts.theme)
    if not (fonts.old or any(map(_names_old, roots)) or _doubtful(roots)):
        return ()
    paragraphs = [stretches for root in roots for stretches in _paragraphs(root, fonts)]
    verdicts = Verdicts()
    for stretch in paragraphs:
        verdicts.learn("".join(piece.text for piece in stretch), stretch[0].font)
    if not verdicts.proved:
        return ()
    for stretch in paragraphs:
        _rewrite(stretch, verdicts)
    return tuple(sorted(verdicts.used))


def _names_old(root: etree._Element) -> bool:
    names = {str(name) for fonts in root.iter(_FONTS) for name in fonts.attrib.values()}
    signs = {sign.get(f"{W}font") for sign in root.iter(_SIGN)}
    return any(code_of(name) is not None for name in names | signs)


def _doubtful(roots: Iterable[etree._Element]) -> bool:
    """Whether words without a letter of Unicode's own are mostly no syllables."""
    found = Score()
    for root in roots:
        for element in root.iter(_TEXT):
            text = element.text or ""
            if not text.isascii() and not is_unicode(text):
                found += score(text, raw=True)
                if found.words >= _DOUBTED[0]:
                    return found.share <= _DOUBTED[1]
    return found.words > 0 and found.share <= _DOUBTED[1]


def _paragraphs(root: etree._Element, fonts: Fonts) -> Iterator[list[_Piece]]:
    """Stretches of one font in a paragraph, in order."""
    for n, p in enumerate(root.iter(_P)):
        if n % 200 == 0:
            tick()
        stretch: list[_Piece] = []
        for piece in _pieces(p, fonts):
            if stretch and stretch[-1].font != piece.font:
                yield stretch
                stretch = []
            stretch.append(piece)
        if stretch:
            yield stretch


def _pieces(p: etree._Element, fonts: Fonts) -> Iterator[_Piece]:
    """Texts, tabs and breaks of the runs of a paragraph, those of text boxes in it left to their own paragraphs."""
    props = child(p, "pPr")
    style = child(props, "pStyle") if props is not None else None
    below = fonts.paragraph(style.get(VAL) if style is not None else None)
    for run in p.iter(_RUN):
        if next(run.iterancestors(_P), None) is not p:
            continue
        font = fonts.run(child(run, "rPr")) or below
        for part in list(run):
            if part.tag == _SIGN:
                _spell(part, font)
            elif part.tag == _SOFT and code_of(font) is not None:
                _typed(part, "\u00ad")
            if part.tag == _TEXT and part.text:
                yield _Piece(part, part.text, font)
            elif part.tag in _GAPS:
                yield _Piece(None, _GAPS[part.tag], font)


def _spell(sign: etree._Element, font: str | None) -> None:
    """A sign set by its place in an old font is a character of the text like others."""
    place = sign.get(f"{W}char") or ""
    own = sign.get(f"{W}font") or font
    if code_of(own) is not None and code_of(own) == code_of(font) and len(place) == 4 and place[:2].upper() == "F0":
        try:
            _typed(sign, chr(int(place, 16)))
        except ValueError:
            return  # no place: the sign is told as unknown


def _typed(element: etree._Element, text: str) -> None:
    element.tag = _TEXT
    element.attrib.clear()
    element.set(_SPACE, "preserve")
    element.text = text


def _rewrite(stretch: list[_Piece], verdicts: Verdicts) -> None:
    """Give every piece what its characters stand for; a letter and a mark in two runs become one in the first."""
    made = verdicts.read("".join(piece.text for piece in stretch), stretch[0].font)
    if made is None:
        return
    spans = iter(made)
    span = next(spans, None)
    at = 0
    for piece in stretch:
        end = at + len(piece.text)
        text = ""
        while span is not None and span[0] < end:
            text += span[2]
            span = next(spans, None)
        if piece.element is not None and text != piece.text:
            piece.element.text = text
            piece.element.set(_SPACE, "preserve")
        at = end


class Fonts:
    """The fonts that styles give, by style id; `old` when a style or the theme names one of an old code."""

    def __init__(self, styles: etree._Element | None, theme: etree._Element | None) -> None:
        self._theme = _theme(theme)
        entries = styles.findall(f"{W}style") if styles is not None else []
        self._styles = {e.get(f"{W}styleId"): e for e in entries}
        self._default = next((e.get(f"{W}styleId") for e in entries if e.get(f"{W}type") == "paragraph" and e.get(f"{W}default") in ("1", "true", "on")), None)  # fmt: skip
        self._base = self._named(styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if styles is not None else None)
        self._found: dict[str | None, str | None] = {}
        self.old = (styles is not None and _names_old(styles)) or any(map(code_of, self._theme.values()))

    def run(self, props: etree._Element | None) -> str | None:
        """The font that a run's properties state, by themselves or by its style."""
        named = self._named(props)
        style = child(props, "rStyle") if named is None and props is not None else None
        return named or (self._of(style.get(VAL)) if style is not None else None)

    def paragraph(self, style: str | None) -> str | None:
        """The font of text without a word of its own, in a paragraph of a style."""
        return self._of(style if style in self._styles else self._default) or self._base

    def _of(self, style: str | None) -> str | None:
        """The nearest font along a style and those it is based on."""
        if style not in self._found:
            named, at = None, style
            for _ in range(_DEEPEST):
                entry = self._styles.get(at)
                if entry is None or named is not None:
                    break
                named = self._named(child(entry, "rPr"))
                based = child(entry, "basedOn")
                at = based.get(VAL) if based is not None else None
            self._found[style] = named
        return self._found[style]

    def _named(self, props: etree._Element | None) -> str | None:
        """The font that properties name; a name by the theme wins over one in full."""
        fonts = child(props, "rFonts") if props is not None else None
        if fonts is None:
            return None
        for way in _WAYS:
            role = fonts.get(f"{W}{way}Theme")
            name = (self._theme.get(role[:5]) if role else None) or fonts.get(f"{W}{way}")
            if name:
                return str(name)
        return None


def _theme(theme: etree._Element | None) -> dict[str, str]:
    """The two Latin fonts of a theme, by the beginning of their role ("majorHAnsi", "minorAscii")."""
    found: dict[str, str] = {}
    for role in ("major", "minor"):
        latin = theme.find(f".//{_A}{role}Font/{_A}latin") if theme is not None else None
        if latin is not None and latin.get("typeface"):
            found[role] = str(latin.get("typeface"))
    return found
