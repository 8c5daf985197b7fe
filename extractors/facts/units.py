"""The counting noun of a figure: from the vocabulary, else the noun that underthesea sees after the figure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from extractors.facts.clauses import Figure
from extractors.language.pipeline import Found, words
from extractors.vocabulary import units

_BY_TOPIC = {
    "dossier": "hồ sơ",
    "procedure": "TTHC",
    "service": "dịch vụ công",
    "petition": "phản ánh, kiến nghị",
    "task": "nhiệm vụ",
    "news": "tin bài",
    "legal_doc": "văn bản",
    "directing_doc": "văn bản",
    "issue": "vấn đề",
    "survey": "phiếu",
    "apology": "văn bản",
    "public_unit": "đơn vị",
    "unit": "đơn vị",
    "civil_servant": "người",
    "public_employee": "người",
    "contract": "người",
    "leader": "người",
    "dialogue": "cuộc",
    "par_index": "điểm",
    "payroll": "người",
    "digitised": "hồ sơ",
    "digital_result": "hồ sơ",
}
_BLANK = re.compile(r"[ \t\n]*(?:các )?")
_WINDOW = 60  # characters after a figure in which an unlisted noun is looked for


def unit_after(text: str, figure: Figure, known: Mapping[int, Found]) -> tuple[str | None, int]:
    """Unit printed after a figure and where it ends; (None, end of the figure) where there is none."""
    if figure.percent:
        return "%", figure.end
    blank = _BLANK.match(text, figure.end)
    at = blank.end() if blank else figure.end
    if at in known:
        return known[at].features[0], known[at].end
    if at < len(text) and text[at].isalpha() and at > figure.end:
        noun = _noun(text[at].lower() + text[at + 1 : at + _WINDOW])
        if noun:
            return noun, at + len(noun)
    return None, figure.end


@lru_cache(maxsize=4096)
def _noun(ahead: str) -> str | None:
    """The noun that opens `ahead`, by underthesea's words and part-of-speech tags."""
    from underthesea import pos_tag

    clause = re.split(r"[,.;:()\d]", ahead, maxsplit=1)[0]
    doc = words(clause)
    if not len(doc) or not doc[0].text.strip():
        return None
    tagged = pos_tag(clause)
    if not tagged or tagged[0][1] not in {"N", "Nc", "Nu", "Ny", "Nb"}:
        return None
    word = doc[0].text
    return word if clause.startswith(word) and len(word) > 1 else None


@cache
def asides() -> frozenset[str]:
    """Units of figures that no report of this kind is about: sums of money, ages, areas."""
    return frozenset(u.name for u in units() if u.role == "aside")


def name_of(features: frozenset[str]) -> str | None:
    """The unit that the thing counted is usually given in."""
    return next((unit for topic, unit in _BY_TOPIC.items() if topic in features), None)
