"""Numbers 33 to 46: what the reader of PDF must survive and must read right."""

from __future__ import annotations

import gzip
import pickle
import zlib
from collections.abc import Callable
from pathlib import Path

from extractors.model import Table
from tests.hostile import pages
from tests.hostile.case import READ, Case, File, Ground, Seen
from tests.hostile.container import dense_flate
from tests.readers.sheets import LEFT, Sheet, written

VALUE = "33459"
FIRST = "Tổng số hồ sơ đã tiếp nhận: 33.459 hồ sơ."
WRONG_SUM = "Đã giải quyết 120 hồ sơ, trong đó sớm hạn 100 hồ sơ, đúng hạn 15 hồ sơ, quá hạn 4 hồ sơ."  # 119
TCVN3 = "KÕt qu¶ c«ng t¸c c¶i c¸ch hµnh chÝnh: Tæng sè hå s¬ ®· tiÕp nhËn: 33.459 hå s¬."


def page(*texts: str, **look: object) -> Sheet:
    """A page of these paragraphs."""
    sheet = Sheet(**look)  # type: ignore[arg-type]
    for text in texts:
        sheet.write(text)
    return sheet


def drawn(content: str, *texts: str) -> Sheet:
    """A page of these paragraphs over drawing of its own."""
    sheet = page(*texts)
    sheet.content.insert(0, content)
    return sheet


def book(*contents: bytes) -> bytes:
    """A file of these content streams, packed."""
    kids = b" ".join(b"%d 0 R" % (10 + 2 * n) for n in range(len(contents)))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(contents)),
        5: pages.FONT,
    }
    for n, content in enumerate(contents):
        objects[10 + 2 * n] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
            % (11 + 2 * n)
        )
        objects[11 + 2 * n] = pages.stream(zlib.compress(content), b"/Filter/FlateDecode")
    return pages.pdf(objects)


RULES = b"".join(b"%d 0 m %d 700 l S 0 %d m 590 %d l S\n" % (n * 2, n * 2, n * 3, n * 3) for n in range(200))


def sixty_thousand_words() -> bytes:
    """One page of 60,000 words, small and over each other, then a page of one sentence."""
    words = b"".join(
        b"1 0 0 1 %d %d Tm (so%03d) Tj\n" % (20 + 11 * (n % 50), 830 - n // 50 % 400 * 2, n % 1000)
        for n in range(60_000)
    )
    return book(b"BT /F1 4 Tf " + words + b"ET", pages.TEXT)


def scan() -> bytes:
    """A page of text and one that is a picture of nothing that can be read."""
    picture = "q 595 0 0 842 0 0 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x00\x7f\x7f\x00 EI Q"
    return written(page(FIRST), drawn(picture))


def counted_unread(seen: Seen) -> None:
    """Both pages count, the warning names the second."""
    assert seen.line["source"]["pages"] == 2
    assert {w["page"] for w in seen.line["source"]["warnings"]} == {2}


def right_or_silent(right: str) -> Callable[[Seen], None]:
    """Text of a page that lies is repaired, or replaced by what is seen on the page, or doubted; in the last two cases no
    finding comes of it."""

    def facts(seen: Seen) -> None:
        repaired = right in " ".join(seen.text.split())
        doubted = {"untrusted_text", "recognised"} & set(seen.warnings)
        assert repaired or doubted, (seen.warnings, seen.text[:300])
        assert repaired or seen.rules == [], seen.rules
        assert seen.warnings, "what was repaired or doubted is said"

    return facts


def loose_letters() -> bytes:
    """Letters set apart ("ĐIỀ U KHO ẢN") and a mark stored by itself."""
    sheet = Sheet()
    x = LEFT
    for letter in "ĐIỀU KHOẢN":
        sheet.put(x, 80, letter)
        x += 9.5 if letter in "ỀẢ" else 7
    sheet.put(LEFT, 110, "Hô sơ quá hạn: 12 hồ sơ")
    sheet.put(LEFT + 7, 110, "\u0300")
    sheet.y = 150
    sheet.write(FIRST)
    return written(sheet)


def joined(seen: Seen) -> None:
    """The words are whole, the mark stands with its letter."""
    import unicodedata

    text = unicodedata.normalize("NFC", seen.text)
    assert "ĐIỀU KHOẢN" in text and "Hồ sơ quá hạn" in text, text


def unseen() -> bytes:
    """White on white, off the page, and a line printed over itself as bold."""
    sheet = Sheet()
    for shift in (0, 0.4, 0.8):
        sheet.put(LEFT + shift, 80, FIRST)
    sheet.put(LEFT, 120, "Đã giải quyết: 99.999 hồ sơ", ink="1 1 1 rg")
    sheet.put(700, 120, "99.999")
    sheet.put(LEFT, 900, "99.999")
    return written(sheet)


def turned() -> bytes:
    """A page turned by its own entry."""
    sheet = Sheet(entries="/Rotate 90")
    sheet.put(100, 700, FIRST, turn=90)
    return written(sheet)


LEFT_COLUMN = (
    "Toàn tỉnh tiếp nhận 33.459 hồ sơ trong kỳ báo",
    "cáo; các đơn vị đã giải quyết đúng hạn và",
    "trước hạn hầu hết hồ sơ của tổ chức, cá nhân.",
)
RIGHT_COLUMN = (
    "Cấp xã giải quyết 12.345 hồ sơ, quá hạn 08",
    "hồ sơ; nguyên nhân do hồ sơ đất đai phải xác",
    "minh nguồn gốc, lấy ý kiến của nhiều cơ quan.",
)


def two_columns() -> bytes:
    """Text set in two columns."""
    sheet = Sheet()
    for n in range(12):
        sheet.put(50, 100 + 14 * n, LEFT_COLUMN[n % 3], 10)
        sheet.put(310, 100 + 14 * n, RIGHT_COLUMN[n % 3], 10)
    return written(sheet)


def columns_in_turn(seen: Seen) -> None:
    """No line of one column goes on in the other."""
    text = " ".join(seen.text.split())
    assert text.index("các đơn vị đã giải quyết") < text.index("Cấp xã giải quyết"), text[:400]
    assert "báo cáo; các đơn vị đã" in text, text[:400]


def long_table() -> bytes:
    """A table over two pages, its header repeated."""
    xs, sheets = [85.0, 125.0, 385.0, 545.0], []
    for start in (1, 11):
        sheet = Sheet()
        ys = [80.0 + 24 * n for n in range(12)]
        sheet.grid(xs, ys)
        sheet.row(xs, ys[0] + 16, ["STT", "Chỉ tiêu", "Số lượng"])
        for n in range(10):
            sheet.row(xs, ys[n + 1] + 16, [str(start + n), f"Lĩnh vực {start + n}", str(100 + start + n)])
        sheets.append(sheet)
    return written(*sheets)


def one_table(seen: Seen) -> None:
    """One table of one header and twenty rows."""
    assert seen.document is not None
    [table] = [b for b in seen.document.blocks if isinstance(b, Table)]
    assert (table.n_rows, table.n_columns) == (21, 3)
    assert [c.passage.text for c in table.cells if c.row == 20] == ["20", "Lĩnh vực 20", "120"]


def odd_sizes() -> bytes:
    """Pages of 1e9 points, of no number, of negative corners, of an absurd UserUnit, and a plain one."""
    return written(
        Sheet(box="[0 0 1e9 1e9]"), Sheet(box="[0 0 nan (x)]"), page("Trang âm.", box="[595 842 0 0]"),
        page("Đơn vị lạ.", entries="/UserUnit 1000000000000"), page(FIRST),
    )  # fmt: skip


def only_two_left_out(seen: Seen) -> None:
    """Two pages of impossible size are left out, the other three are read."""
    told = [w["page"] for w in seen.line["source"]["warnings"] if w["code"] == "bad_geometry"]
    assert told == [1, 2] and seen.line["source"]["pages"] == 5


ACTIVE = (
    b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1:9'\\))>>]>>>>",
    b"/OpenAction<</S/Launch/F(/bin/sh)/Win<</F(cmd.exe)>>>>",
    b"/OpenAction<</S/URI/URI(http://127.0.0.1:9/spy)>>",
)


def active(entry: bytes) -> Callable[[], bytes]:
    """A report with this in its catalogue."""
    return lambda: written(page(FIRST), root=entry)


class Mark:
    """Unpickled, it writes a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[Path, str]]:
        return Path.write_text, (self.path, "run")


def pickled_map(ground: Ground) -> str:
    """Fonts whose encoding, or whose map, is named by the path of a pickle (CVE-2025-64512, CVE-2025-70559)."""
    from importlib.metadata import version

    place, mark = ground.place(), ground.place() / "mark"
    evil = place / "evil"
    for suffix in (".pickle.gz", ".json.gz", ""):
        Path(f"{evil}{suffix}").write_bytes(gzip.compress(pickle.dumps(Mark(mark))))
    name = "".join(f"#{ord(c):02x}" if c in "/." else c for c in str(evil)).encode()
    for encoding in (name, b"to-unicode-" + name, b"..#2f..#2f" + name):
        font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/%s/DescendantFonts[6 0 R]>>" % encoding
        kid = (
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(%s)/Ordering(%s)/Supplement 0>>>>"
            % (str(evil).encode(), str(evil).encode())
        )
        content = pages.TEXT + b" BT /F2 12 Tf 72 600 Td (abcd) Tj ET"
        objects = {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 7 0 R>>>>>>",
            4: pages.stream(content), 5: pages.FONT, 6: kid, 7: font,
        }  # fmt: skip
        seen = ground.see("a.pdf", pages.pdf(objects))
        assert seen.code is not None or READ in seen.text
        assert seen.touched == () and not mark.exists()
    assert int(version("pdfminer.six").split(".")[0]) >= 20251230
    return "impossible"


LIES = "repaired, or doubted and silent"
CASES = (
    Case(33, "a page tree that is its own child", (File("a.pdf", pages.loop, "corrupt"),)),
    Case(34, "a page tree 5,000 deep", (File("a.pdf", pages.deep_tree, "too_deep"),)),
    Case(35, "a content stream of 1 GiB from 1 MB", (
        File("a.pdf", lambda: pages.one_page(dense_flate(1024), b"/Filter/FlateDecode"), "too_large"),
    ), memory=300),
    Case(36, "200 x 200 rules; the next page is read", (
        File("a.pdf", pages.ruled_grid), File("b.pdf", lambda: book(RULES, pages.TEXT)),
        File("c.pdf", lambda: book(RULES * 30, pages.TEXT), warns=("page_too_complex",)),
    )),
    Case(37, "60,000 words on one page; the next page is read", (File("a.pdf", sixty_thousand_words, warns=("page_cut",)),), seconds=60),
    Case(38, "10,000 pages", (File("a.pdf", pages.many_pages, "too_many_pages"),), memory=300),
    Case(39, "a scanned page without a text layer", (File("a.pdf", scan, warns=("no_text_layer",), value=VALUE, facts=counted_unread),)),
    Case(40, "text layer in TCVN3 or VNI; broken ToUnicode", (
        File("a.pdf", lambda: written(page(TCVN3), fonts=(".VnTime", ".VnTimeH")), says=(), facts=right_or_silent(FIRST[:-1]), promise=LIES),
        File("b.pdf", lambda: written(page(WRONG_SUM, FIRST), unicode=False), says=(), facts=right_or_silent(FIRST[:-1]), promise=LIES),
        File("c.pdf", lambda: written(page(
            "Coâng taùc caûi caùch haønh chính: Toång soá hoà sô ñaõ tieáp nhaän: 33.459 hoà sô."), fonts=("VNI-Times", "VNI-Times")),
            says=(), facts=right_or_silent(FIRST[:-1]), promise=LIES),
    ), seconds=60),
    Case(41, "diacritics as glyphs of their own; ĐIỀ U KHO ẢN", (File("a.pdf", loose_letters, value=VALUE, facts=joined),)),
    Case(42, "white on white, off the page, overprinted", (
        File("a.pdf", unseen, warns=("hidden_text", "duplicated_characters"), never=("99.999",), value=VALUE),
    )),
    Case(43, "turned page, two columns, table over pages", (
        File("a.pdf", turned, value=VALUE), File("b.pdf", two_columns, facts=columns_in_turn),
        File("c.pdf", long_table, says=("Lĩnh vực 20",), facts=one_table),
    )),
    Case(44, "MediaBox of 1e9, NaN, negative; absurd UserUnit", (
        File("a.pdf", odd_sizes, warns=("bad_geometry",), says=(READ, "Trang âm", "Đơn vị lạ"), value=VALUE, facts=only_two_left_out),
        File("b.pdf", pages.huge_box, "bad_geometry"),
    )),
    Case(45, "JavaScript, launch action, embedded file, XFA", (
        *(File(f"{n}.pdf", active(entry), warns=("active_content",), value=VALUE) for n, entry in enumerate(ACTIVE)),
        File("d.pdf", active(b"/Names<</EmbeddedFiles<</Names[]/X 1>>>>"), warns=("embedded_file",), value=VALUE),
        File("e.pdf", active(b"/AcroForm<</XFA(x)/Fields[]>>"), warns=("form_fields",), value=VALUE),
    )),
    Case(46, "a CMap named by the path of a pickle", prove=pickled_map, expected="impossible"),
)  # fmt: skip
