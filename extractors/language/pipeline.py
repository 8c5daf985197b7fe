"""Words of Vietnamese text as spaCy documents, and the cues of the vocabulary in them.

Two views of one text. `words` keeps every figure, date and số hiệu that the grammar found as one token and has
underthesea segment the rest; it names the thing that a figure counts. `CueFinder` matches the phrases of the
vocabulary on syllables: a phrase must be found whether or not the statistical segmenter happens to join its syllables
(it glues `1.234 vụ` once and not the next time).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from extractors.language.normalise import normalise
from extractors.limits import MAX_SENTENCE_CHARS
from extractors.vocabulary import cues, units

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_SYLLABLE = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*|\S")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of the vocabulary at `start:end`, with the features (or the unit) it stands for."""

    start: int
    end: int
    features: tuple[str, ...]


def _spans_to_doc(vocab: Vocab, text: str, spans: Iterable[tuple[int, int]]) -> Doc:
    """A spaCy Doc whose tokens are `spans`; text between two spans must be white space.

    Runs of white space other than one blank become tokens of their own, so that `doc.text == text`.
    """
    from spacy.tokens import Doc

    words: list[str] = []
    spaces: list[bool] = []
    at = 0
    for start, end in [*spans, (len(text), len(text))]:
        gap = text[at:start]
        if words and gap.startswith(" "):
            spaces[-1] = True
            gap = gap[1:]
        if gap:
            words.append(gap)
            spaces.append(False)
        if end > start:
            words.append(text[start:end])
            spaces.append(False)
        at = end
    return Doc(vocab, words=words, spaces=spaces)


class WordTokenizer:
    """spaCy tokenizer: protected spans are single tokens, underthesea segments what lies between them."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        return self.tokenize(text, ())

    def tokenize(self, text: str, protected: Sequence[tuple[int, int]]) -> Doc:
        """Tokens of NFC `text`; `protected` are ordered, disjoint character spans."""
        return _spans_to_doc(self.vocab, text, self._spans(text, protected))

    def _spans(self, text: str, protected: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        at = 0
        for start, end in [*protected, (len(text), len(text))]:
            yield from _segment(text, at, start)
            if end > start:
                yield start, end
            at = end

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to store: the tokenizer has no state of its own."""
        return b""

    def from_bytes(self, _: bytes, **__: Any) -> WordTokenizer:
        """The counterpart of `to_bytes`."""
        return self


def _segment(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """underthesea's words in `text[start:end]` as offsets; long runs are cut, for it is quadratic in length."""
    from underthesea import word_tokenize

    for cut in range(start, end, MAX_SENTENCE_CHARS):
        piece = text[cut : min(cut + MAX_SENTENCE_CHARS, end)]
        if not piece.strip():
            continue
        at = cut
        for word in word_tokenize(piece, use_token_normalize=False):
            found = _find_spaced(text, word, at, cut + len(piece))
            if found is None:  # the tokenizer changed the text: fall back on syllables for the rest of the piece
                yield from (m.span() for m in _SYLLABLE.finditer(text, at, cut + len(piece)))
                break
            yield found
            at = found[1]


def _find_spaced(text: str, word: str, start: int, end: int) -> tuple[int, int] | None:
    """Where `word` stands from `start` on; its inner blanks may be any white space in the text."""
    at = text.find(word, start, end)
    if at >= 0 and not text[start:at].strip():
        return at, at + len(word)
    pattern = r"\s+".join(re.escape(part) for part in _SPACE.split(word.strip()))
    match = re.compile(r"\s*(" + pattern + ")").match(text, start, end)
    return match.span(1) if match else None


@cache
def pipeline() -> Language:
    """The Vietnamese pipeline of this process: a blank spaCy language on `WordTokenizer`."""
    import spacy

    nlp = spacy.blank("xx")
    nlp.tokenizer = WordTokenizer(nlp.vocab)
    return nlp


def words(text: str, protected: Sequence[tuple[int, int]] = ()) -> Doc:
    """`text` as a spaCy Doc of Vietnamese words, `protected` spans kept whole; `doc.text == text`."""
    tokenizer = pipeline().tokenizer
    assert isinstance(tokenizer, WordTokenizer)
    return tokenizer.tokenize(text, protected)


def syllables(text: str) -> Doc:
    """`text` as a spaCy Doc of syllables, figures and punctuation marks."""
    return _spans_to_doc(pipeline().vocab, text, (m.span() for m in _SYLLABLE.finditer(text)))


def _phrase(phrase: str) -> Doc:
    """A phrase of the vocabulary as `syllables` of a text would be; many thousands are made at once."""
    from spacy.tokens import Doc

    plain = phrase if unicodedata.is_normalized("NFC", phrase) else normalise(phrase).text
    return Doc(pipeline().vocab, words=_SYLLABLE.findall(plain.lower()))


class CueFinder:
    """Finds the phrases of the vocabulary; of overlapping ones the longest wins, then the earlier."""

    def __init__(self, phrases: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        from spacy.matcher import PhraseMatcher

        self._features: list[tuple[str, ...]] = []
        self._matcher = PhraseMatcher(pipeline().vocab, attr="LOWER")
        self._keys: dict[int, int] = {}
        by_features: dict[tuple[str, ...], list[Doc]] = {}
        for phrase, features in phrases:
            by_features.setdefault(features, []).append(_phrase(phrase))
        for number, (features, docs) in enumerate(by_features.items()):
            self._matcher.add(f"c{number}", docs)
            self._keys[pipeline().vocab.strings[f"c{number}"]] = number
            self._features.append(features)

    def find(self, text: str) -> list[Found]:
        """Matches in normalised `text`, left to right, disjoint."""
        from spacy.util import filter_spans

        doc = syllables(text)
        spans = self._matcher(doc, as_spans=True)
        return [
            Found(span.start_char, span.end_char, self._features[self._keys[span.label]])
            for span in sorted(filter_spans(spans))
        ]


@cache
def cue_finder() -> CueFinder:
    """The finder for `cues.toml`."""
    return CueFinder((phrase, cue.features) for cue in cues() for phrase in cue.phrases)


@cache
def unit_finder() -> CueFinder:
    """The finder for `units.toml`; the only feature of a match is the name of the unit."""
    return CueFinder((phrase, (unit.name,)) for unit in units() for phrase in unit.phrases)
