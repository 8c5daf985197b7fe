"""Citations: a document comes back as its key, and a key that was read reads as itself."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date

from extractors.facts.citations import find_citations, find_identifiers, resolve
from extractors.language.normalise import normalise

FRAMES = (
    "Thực hiện {word} số {key} ngày {d}/{m}/{y} về cải cách hành chính.",
    "Thực hiện {word} số {key}, ngày {d:02}/{m:02}/{y} của Thủ tướng Chính phủ.",
    "({word} số {key} ngày {d:02} tháng {m:02} năm {y})",
    "Căn cứ {word} số: {key} ngày {d}.{m}.{y};",
)
SPACED = ("{n} /{s}", "{n}/ {s}", "{n} / {s}")


def comes_back_with_its_date(word: str, key: str, day: date, frame: str) -> None:
    """A key in one of `FRAMES`."""
    text = frame.format(word=word, key=key, d=day.day, m=day.month, y=day.year)
    (span,) = find_citations(normalise(text).text)
    assert (span.key, span.date) == (key, day)


def keeps_its_key_without_a_date(word: str, key: str) -> None:
    """The bare words, in front of a full stop and inside a sentence."""
    for text in (f"Thực hiện {word} số {key}.", f"theo {word} số {key} và các văn bản khác"):
        (span,) = find_citations(text)
        assert (span.key, span.date, span.date_text) == (key, None, None)


def list_comes_back_one_by_one(keys: Sequence[str]) -> None:
    """Several keys in a row, each behind its word."""
    text = "Thực hiện các văn bản: " + "; ".join(f"Văn bản số {key}" for key in keys) + "."
    assert [span.key for span in find_citations(text)] == list(keys)


def blanks_and_look_alikes_do_not_change(key: str, spaced: str, look_alike: bool) -> None:
    """A key with blanks at its slash, as in `SPACED`, and the Icelandic letter in place of Đ."""
    number, _, symbol = key.partition("/")
    shown = spaced.format(n=number, s=symbol.replace("Đ", "\u00d0") if look_alike else symbol)
    (span,) = find_citations(normalise(f"Thực hiện Văn bản số {shown}.").text)
    assert span.key == key


def blank_number_has_no_key(symbol: str) -> None:
    """A number that is not yet given."""
    (span,) = find_citations(f"Thực hiện Kế hoạch số /{symbol}.")
    assert (span.number, span.key, span.symbol) == (None, None, symbol)


def fraction_is_no_citation(a: int, b: int, noun: str) -> None:
    """Figures with a slash between."""
    assert find_citations(f"Kết quả có {a}/{b} {noun} ({a}/{b}).") == []


def citations_of_any_text(raw: str) -> None:
    """Citations stand in order where they say; a key is made of what is printed and is read again as itself."""
    text = normalise(raw).text
    spans = find_citations(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    for span in spans:
        assert 0 <= span.start <= span.number_start <= span.number_end <= span.end <= len(text)
        assert span.start < span.end
        assert span.date is None or span.date_text
        printed = f"{span.number} {span.year} {span.symbol} {span.date_text}"
        assert all(ch.isascii() for ch in printed if ch.isdecimal())
        known = resolve(span, "Sở Công Thương")
        assert (known.key, known.date, known.symbol) == (span.key, span.date, span.symbol)
        if span.key is None:
            assert span.bare or span.number is None
            continue
        assert span.number and span.symbol and span.key.startswith(span.number) and span.key.endswith(span.symbol)
        (again,) = find_citations(f"Thực hiện Văn bản số {span.key}.")
        assert (again.key, again.number, again.year, again.symbol) == (span.key, span.number, span.year, span.symbol)


def identifiers_of_any_text(raw: str) -> None:
    """Codes and addresses stand in order, without overlaps."""
    text = normalise(raw).text
    spans = find_identifiers(text)
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
