"""Reports as offices wrote them before Unicode: the samples of `data/raw` put into old codes, and how many of their
facts are read all the same. `python -m tests.readers.legacy` prints the share for each file and code.

The encoders are written from the structure of the codes (letter, mark, tone), apart from the reader's tables.
"""

from __future__ import annotations

import argparse
import copy
import io
import re
import sys
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from lxml import etree

from extractors import report_of
from extractors.model import Document, Report, Source, Table
from tests.hostile.pages import pdf, stream

RAW: Final = Path(__file__).resolve().parents[2] / "data" / "raw"
W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LETTERS: Final = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_TONES: Final = {"\u0301": 0, "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0323": 4}
_MARKS: Final = {"": "ùøûõï", "\u0302": "áàåãä", "\u0306": "éèúüë"}  # VNI: sharp, grave, hook, tilde, dot
_TCVN3_TOP: Final = dict(zip("ĂÂÊÔƠƯĐăâêôơưđ", range(0xA1, 0xAF), strict=True))
# TCVN3: the rows of the chart, each tone's place of each vowel; grave, hook, tilde, sharp, dot.
_TCVN3_ROWS: Final = {
    "a": "B5 B6 B7 B8 B9", "ă": "BB BC BD BE C6", "â": "C7 C8 C9 CA CB", "e": "CC CE CF D0 D1",
    "ê": "D2 D3 D4 D5 D6", "i": "D7 D8 DC DD DE", "o": "DF E1 E2 E3 E4", "ô": "E5 E6 E7 E8 E9",
    "ơ": "EA EB EC ED EE", "u": "EF F1 F2 F3 F4", "ư": "F5 F6 F7 F8 F9", "y": "FA FB FC FD FE",
}  # fmt: skip
_ROW_TONES: Final = "\u0300\u0309\u0303\u0301\u0323"
# VPS: code -> letter, for the letters that its fonts show; in capitals where only a capital stands there.
_VPS: Final = {
    "a": "E0 E1 E4 E3 E5", "ă": "A2 A1 A3 A4 A5", "â": "C0 C3 C4 C5 C6", "e": "E8 E9 C8 EB CB", "ê": "8A 89 8B CD 8C",
    "i": "EC ED CC EF CE", "o": "F2 F3 D5 F5 86", "ô": "D2 D3 B0 87 B6", "ơ": "A9 A7 AA AB AE", "u": "F9 FA FB DB F8",
    "ư": "D8 D9 BA BB BF", "y": "FF 9A 9B CF 9C",
}  # fmt: skip
_VPS_TONES: Final = "\u0300\u0301\u0309\u0303\u0323"
_VPS_PLAIN: Final = {"ă": 0xE6, "â": 0xE2, "ê": 0xEA, "ô": 0xF4, "ơ": 0xD6, "ư": 0xDC, "đ": 0xC7}
_VPS_CAPITALS: Final = {"Ă": 0x88, "Â": 0xC2, "Ê": 0xCA, "Ô": 0xD4, "Ơ": 0xF7, "Ư": 0xD0, "Đ": 0xF1}


# --- encoders ------------------------------------------------------------------------------------------------------


def _parts(letter: str) -> tuple[str, str, str]:
    """Vowel with its quality, quality alone, tone of a letter."""
    marks = unicodedata.normalize("NFD", letter)
    tone = "".join(c for c in marks[1:] if c in _TONES)
    vowel = unicodedata.normalize("NFC", "".join(c for c in marks if c not in _TONES))
    return vowel, "".join(c for c in marks[1:] if c not in _TONES), tone


def tcvn3(text: str) -> str:
    """Characters of Latin-1 that a TCVN3 font shows as the text; its marked capitals as small letters."""
    made = ""
    for letter in unicodedata.normalize("NFC", text):
        vowel, _, tone = _parts(letter)
        if letter in _TCVN3_TOP:
            made += chr(_TCVN3_TOP[letter])
        elif tone and vowel.lower() in _TCVN3_ROWS:
            made += chr(int(_TCVN3_ROWS[vowel.lower()].split()[_ROW_TONES.index(tone)], 16))
        else:
            made += letter
    return made


def vni(text: str) -> str:
    """Characters of Latin-1 that a VNI font shows as the text."""
    singles = {"ì": "ì", "í": "í", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ", "ơ": "ô", "ư": "ö"}
    made = ""
    for letter in unicodedata.normalize("NFC", text):
        small, capital = letter.lower(), letter.isupper()
        vowel, quality, tone = _parts(small)
        if small in singles:
            shown = singles[small]
        elif vowel in ("ơ", "ư"):
            shown = singles[vowel] + _MARKS[""][_TONES[tone]]
        elif quality in ("\u0302", "\u0306"):
            bare = unicodedata.normalize("NFD", vowel)[0]
            alone = "â" if quality == "\u0302" else "ê"
            shown = bare + (_MARKS[quality][_TONES[tone]] if tone else alone)
        elif tone:
            shown = vowel + _MARKS[""][_TONES[tone]]
        else:
            shown = small
        made += shown.upper() if capital else shown
    return made


def vps(text: str) -> str:
    """Characters of Latin-1 that a VPS font shows as the text; capitals without a place of their own as small letters."""
    made = ""
    for letter in unicodedata.normalize("NFC", text):
        vowel, _, tone = _parts(letter)
        if letter in _VPS_CAPITALS:
            made += chr(_VPS_CAPITALS[letter])
        elif letter in _VPS_PLAIN:
            made += chr(_VPS_PLAIN[letter])
        elif tone and vowel.lower() in _VPS:
            made += chr(int(_VPS[vowel.lower()].split()[_VPS_TONES.index(tone)], 16))
        else:
            made += letter
    return made


ENCODERS: Final[dict[str, Callable[[str], str]]] = {"TCVN3": tcvn3, "VNI": vni, "VPS": vps}
FONTS: Final = {"TCVN3": (".VnTime", ".VnTimeH"), "VNI": ("VNI-Times", "VNI-Times"), "VPS": ("VPS Times", "VPS Times")}


def set_in_fonts(text: str, code: str) -> list[tuple[str, str]]:
    """The text in pieces, each with its font: in TCVN3 what is in capitals stands in the font of capitals."""
    normal, capitals = FONTS[code]
    if code != "TCVN3":
        return [(ENCODERS[code](text), normal)]
    pieces: list[tuple[str, str]] = []
    for word in re.findall(r"\s+|\S+", text):
        whole = word.isupper() and tcvn3(word.lower()) != word.lower()
        for letter in [word] if whole else word:
            lost = whole or (letter.isupper() and _parts(letter)[2] != "")
            font = capitals if lost else normal
            shown = tcvn3(letter.lower() if lost else letter)
            if pieces and pieces[-1][1] == font:
                pieces[-1] = pieces[-1][0] + shown, font
            else:
                pieces.append((shown, font))
    return pieces


# --- files ---------------------------------------------------------------------------------------------------------


def docx_in(data: bytes, code: str, private: bool = False) -> bytes:
    """A Word file with every run in fonts of a code; `private`: letters beyond ASCII at places of symbol fonts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item)
            if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml", item.filename):
                content = _part_in(content, code, private)
            new.writestr(item.filename, content)
    return buffer.getvalue()


def _part_in(content: bytes, code: str, private: bool) -> bytes:
    root = etree.fromstring(content)
    for run in list(root.iter(f"{W}r")):
        texts = run.findall(f"{W}t")
        if not texts:
            continue
        at = run
        for part in [p for p in run if p.tag != f"{W}rPr"]:
            pieces = set_in_fonts(part.text or "", code) if part.tag == f"{W}t" else [("", FONTS[code][0])]
            for text, font in pieces:
                made = etree.Element(f"{W}r")
                props = run.find(f"{W}rPr")
                props = copy.deepcopy(props) if props is not None else etree.Element(f"{W}rPr")
                for fonts in props.findall(f"{W}rFonts"):
                    props.remove(fonts)
                props.insert(1 if props.find(f"{W}rStyle") is not None else 0, etree.Element(f"{W}rFonts", {f"{W}ascii": font, f"{W}hAnsi": font}))  # fmt: skip
                made.append(props)
                inner = copy.deepcopy(part)
                if part.tag == f"{W}t":
                    inner.text = "".join(_stored(c, private) for c in text)
                    inner.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                made.append(inner)
                at.addnext(made)
                at = made
        parent = run.getparent()
        assert parent is not None
        parent.remove(run)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _stored(c: str, private: bool) -> str:
    """A place as Word stores it: as Windows shows it, or where symbol fonts have theirs."""
    if not "\x7f" < c < "\u0100":
        return c
    return chr(0xF000 + ord(c)) if private else bytes([ord(c)]).decode("cp1252", "ignore") or c


def txt_of(document: Document) -> str:
    """A document as plain text: paragraphs on lines, tables with tabs."""
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Table):
            grid = block.grid()
            for r, row in enumerate(grid):
                lines.append(
                    "\t".join(
                        "" if c is None or c.row != r or c.column != n else " ".join(c.passage.text.split())
                        for n, c in enumerate(row)
                    )
                )
            lines.append("")
        else:
            lines += [" ".join(f"{block.label} {block.passage.text}".split()), ""]
    return "\n".join(lines)


_SIGNS: Final = {"–": 0x96, "—": 0x97, "“": 0x93, "”": 0x94, "‘": 0x91, "’": 0x92, "…": 0x85, "•": 0x95}


def bytes_in(text: str, code: str) -> bytes:
    """The bytes of a text file; signs as Windows has them in TCVN3 and VNI, plain ones where the code has letters."""
    made = bytearray()
    for letter in ENCODERS[code](text):
        if ord(letter) < 256:
            made.append(ord(letter))
        elif letter in _SIGNS and code != "VPS":
            made.append(_SIGNS[letter])
        else:
            made += {"–": b"-", "—": b"-", "…": b"...", "•": b"-"}.get(letter, b"?" if letter not in "“”‘’" else b'"')
    return bytes(made)


def html_in(text: str, code: str) -> bytes:
    """A page of paragraphs in `font` elements, its bytes those of the code."""
    rows = []
    for line in text.split("\n"):
        cells = ["".join(f'<font face="{font}">{_escaped(piece)}</font>' for piece, font in set_in_fonts(cell, code)) for cell in line.split("\t")]  # fmt: skip
        rows.append("<p>" + cells[0] + "</p>" if len(cells) == 1 else "<tr><td>" + "</td><td>".join(cells) + "</td></tr>")  # fmt: skip
    body = re.sub(r"((?:<tr>.*</tr>\n?)+)", r"<table>\1</table>", "\n".join(rows))
    return f"<html><head><title>x</title></head><body>{body}</body></html>".encode("latin-1", "xmlcharrefreplace")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# --- PDF: every character again at its place, in simple fonts with names of the code ---------------------------------


def pdf_in(data: bytes, code: str, names: tuple[str, str] | None = None) -> bytes:
    """A PDF file whose characters stand where they stood, in two simple fonts of the code that are not embedded;
    `names` are other names for the two fonts. Rules and boxes are kept, pictures are not."""
    import pdfplumber

    objects: dict[int, bytes] = {1: b"<</Type/Catalog/Pages 2 0 R>>"}
    marks = {ord(c) for row in (*_MARKS.values(), "âê") for c in (*row, *row.upper())} if code == "VNI" else set()
    for n, name in enumerate(names or FONTS[code]):
        widths = " ".join("0" if c in marks else "500" for c in range(32, 256))
        shown = name.replace(" ", "#20")
        objects[3 + n] = (
            f"<</Type/Font/Subtype/TrueType/BaseFont/{shown}/FirstChar 32/LastChar 255/Widths[{widths}]"
            f"/Encoding/WinAnsiEncoding/FontDescriptor {6 + n} 0 R>>"
        ).encode()
        objects[6 + n] = (
            f"<</Type/FontDescriptor/FontName/{shown}/Flags 32/FontBBox[0 -200 500 800]/Ascent 800/Descent -200"
            "/CapHeight 700/ItalicAngle 0/StemV 80>>"
        ).encode()
    objects[5] = b"<</Type/Font/Subtype/Type1/BaseFont/Symbol>>"
    kids = []
    with pdfplumber.open(io.BytesIO(data)) as file:
        for n, page in enumerate(file.pages):
            content = "\n".join([*_drawn(page), *_placed(page, code)])
            x0, top, x1, bottom = page.bbox
            objects[10 + 2 * n] = (
                f"<</Type/Page/Parent 2 0 R/MediaBox[{x0} {top} {x1} {bottom}]/Contents {11 + 2 * n} 0 R"
                "/Resources<</Font<</F0 3 0 R/F1 4 0 R/F2 5 0 R>>>>>>"
            ).encode()
            objects[11 + 2 * n] = stream(content.encode("latin-1"))
            kids.append(f"{10 + 2 * n} 0 R")
            page.close()
    objects[2] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode()
    return pdf(objects)


def _drawn(page: Any) -> Iterator[str]:
    height = float(page.height)
    for line in page.lines:
        yield f"0 G 0.5 w {line['x0']:.2f} {height - line['top']:.2f} m {line['x1']:.2f} {height - line['bottom']:.2f} l S"
    for box in page.rects:
        yield f"0 g {box['x0']:.2f} {height - box['bottom']:.2f} {box['width']:.2f} {box['height']:.2f} re f"


def _placed(page: Any, code: str) -> Iterator[str]:
    height = float(page.height)
    words = page.extract_words(x_tolerance_ratio=0.3, return_chars=True, keep_blank_chars=True)
    for word in words:
        chars = word["chars"]
        in_capitals = "".join(c["text"] for c in chars).isupper()
        for c in chars:
            text = unicodedata.normalize("NFC", c["text"])
            lost = code == "TCVN3" and text.isupper() and (in_capitals or _parts(text[0])[2] != "")
            shown = ENCODERS[code](text.lower() if lost else text)
            font = "F1" if lost else "F0"
            codes = [ord(x) if ord(x) < 256 else _SIGNS.get(x, 0x3F) for x in shown]
            if not codes or not c["upright"]:
                continue
            wide = c["width"] / (0.5 * c["size"]) if c["width"] else 1.0
            at = (
                f"{wide * c['size']:.4f} 0 0 {c['size']:.4f} {c['x0']:.3f} {height - c['bottom'] + 0.2 * c['size']:.3f}"
            )
            yield f"BT /{font} 1 Tf {at} Tm <{bytes(codes).hex()}> Tj ET"


# --- facts ---------------------------------------------------------------------------------------------------------


def facts(report: Report) -> Counter[tuple[object, ...]]:
    """What a report states, without ids and places on the page."""
    found: Counter[tuple[object, ...]] = Counter()
    for o in report.observations:
        quantity = o.quantity
        found["figure", str(quantity.value), quantity.text.lower(), o.unit, o.indicator, (o.scope or "").lower(), o.role, o.kind] += 1  # fmt: skip
    for c in report.citations:
        found["citation", c.key, c.date, c.doc_type] += 1
    for d in report.dates:
        found["date", d.start, d.end, d.precision] += 1
    header = report.header
    for name in ("doc_type", "number", "symbol", "issuing_body", "parent_body", "province", "place", "issued", "title", "signer"):  # fmt: skip
        value = getattr(header, name)
        found["header", name, " ".join(str(value).lower().split())] += 1
    return found


def agreement(one: Report, other: Report) -> tuple[int, int, list[tuple[object, ...]]]:
    """Facts that two reports share, all facts of the richer one, and the facts that only one of them states."""
    a, b = facts(one), facts(other)
    both = sum((a & b).values())
    return both, max(sum(a.values()), sum(b.values())), [*(a - b), *(b - a)]


def report(data: bytes, kind: str) -> tuple[Report, list[str]]:
    """The report in the bytes of a file, and the codes of its warnings."""
    from importlib import import_module

    read: Callable[[bytes, Source], Document] = import_module(f"extractors.readers.{kind}").read
    document = read(data, Source(f"x.{kind}", "0" * 64, len(data), kind))  # type: ignore[arg-type]
    return report_of(replace(document, source=replace(document.source, path="x"))), [w.code for w in document.source.warnings]  # fmt: skip


def versions(path: Path) -> Iterator[tuple[str, Report, Report, list[str]]]:
    """For each code and format a sample can take: its name, the facts of the Unicode file and of the other one."""
    from extractors.readers import read

    kind, data = path.suffix[1:], path.read_bytes()
    plain = txt_of(read(path))
    sound, sound_txt = report(data, kind)[0], report(plain.encode(), "txt")[0]
    for code in ENCODERS:
        if kind == "docx":
            yield f"{code} docx", sound, *report(docx_in(data, code), kind)
        elif code != "VPS":  # a third of its letters are at places that WinAnsi has no glyph for
            yield f"{code} pdf", report(data, kind)[0], *report(pdf_in(data, code), kind)
        yield f"{code} txt", sound_txt, *report(bytes_in(plain, code), "txt")


def main(names: list[str]) -> int:
    """Print the share of facts that agree, file by file; 1 where it is below 99 % in all."""
    shared = total = 0
    for path in sorted([*RAW.glob("*.docx"), *RAW.glob("*.pdf")]):
        if names and not any(name in path.name for name in names):
            continue
        for name, one, other, codes in versions(path):
            both, every, differing = agreement(one, other)
            shared, total = shared + both, total + every
            print(f"{both:5} of {every:5}  {both / every:6.1%}  {name:11} {path.stem}  {' '.join(codes)}")
            if names:
                print(*(f"        {fact}" for fact in differing), sep="\n")
    print(f"{shared} of {total} facts, {shared / total:.2%}")
    return int(shared < 0.99 * total)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.readers.legacy", description=__doc__)
    parser.add_argument("names", nargs="*", help="only samples with one of these in their name, and what differs")
    sys.exit(main(parser.parse_args().names))
