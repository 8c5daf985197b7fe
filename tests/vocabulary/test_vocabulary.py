"""Every example and counter-example of the vocabulary holds, and the files hold together."""

from pathlib import Path

import pytest

from extractors import vocabulary
from extractors.errors import VocabularyError
from extractors.language.normalise import normalise
from extractors.language.pipeline import cue_finder
from extractors.vocabulary import Cue, cues, indicators, rules, units


def _features(sentence: str) -> set[str]:
    return {f for found in cue_finder().find(normalise(sentence).text) for f in found.features}


@pytest.mark.parametrize("cue", cues(), ids=lambda c: "+".join(c.features) or "none")
def test_examples_carry_the_feature(cue: Cue) -> None:
    assert cue.examples
    for sentence in cue.examples:
        assert set(cue.features) <= _features(sentence), sentence
    for sentence in cue.not_examples:
        assert not set(cue.features) <= _features(sentence), sentence


def test_every_indicator_but_the_rare_ones_has_a_rule() -> None:
    without = set(indicators()) - {rule.indicator for rule in rules()}
    assert without == {"par_grade", "petitions_on_time_rate"} - {r.indicator for r in rules()}


def test_units_are_named_once() -> None:
    phrases = [p for unit in units() for p in unit.phrases]
    assert len(phrases) == len(set(phrases))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[unit\n", "units.toml: .*line 1"),
        ('[[unit]]\nname = "a"\ncolour = "red"\n', r"units.toml: \[\[unit\]\] 1: unknown key 'colour'"),
        ('[[unit]]\nname = "a"\n[[unit]]\nrole = "b"\n', r"units.toml: \[\[unit\]\] 2: no key 'name'"),
        ("unit = 1\n", r"units.toml: expected \[\[unit\]\] and nothing else"),
        ('[unit]\nname = "a"\n', r"units.toml: expected \[\[unit\]\] and nothing else"),
        ("unit = [1]\n", r"units.toml: expected \[\[unit\]\] and nothing else"),
        ('[[unti]]\nname = "a"\n', r"units.toml: expected \[\[unit\]\] and nothing else, found \['unti'\]"),
    ],
)
def test_a_damaged_file_of_rules_tells_the_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "units.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(vocabulary, "files", lambda package: tmp_path)
    with pytest.raises(VocabularyError, match=said):
        vocabulary.entries("extractors.vocabulary", "units.toml", {"unit": ({"name"}, {"role"})})
