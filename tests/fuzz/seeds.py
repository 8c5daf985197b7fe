"""What a fuzzer starts from: lines of the sample texts for contracts of any text, a few random bytes for the others."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.fuzz import phrases
from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).resolve().parents[2]
ANY_TEXT = {
    "numbers": 3,
    "dates": 2,
    "periods": 2,
    "citations": 2,
    "intervals": 0,
    "offsets": 1,
    "files": 0,
}  # contracts in front
_FORE = {"dates": b"\0", "periods": b"\0"}  # these draw a flag before their text: no year is given
PHRASES = {
    "numbers": phrases.NUMBERS,
    "dates": phrases.DATES,
    "periods": phrases.PERIODS,
    "citations": phrases.CITATIONS,
    "intervals": (),
    "offsets": phrases.LETTERS,
    "files": (),
}
_LONGEST, _LINES, _RANDOM = 240, 400, 24
_TELLING = re.compile(r"[0-9]")


def lines() -> list[str]:
    """Lines with figures of the texts that tests read, cut to sentences where they are long."""
    texts = [p.read_text(encoding="utf-8") for p in sorted(ROOT.glob("tests/corpus/**/*.txt"))]
    texts += [p.read_text(encoding="utf-8") for p in sorted(ROOT.glob("docs/examples/*.txt"))]
    said = tomllib.loads((ROOT / "tests/facts/sentences.toml").read_text(encoding="utf-8"))["sentence"]
    found = [line for text in texts for line in re.split(r"\n|(?<=[.;])\s", text)] + [s["text"] for s in said]
    kept = dict.fromkeys(line.strip()[:_LONGEST] for line in found if _TELLING.search(line))
    return random.Random(0).sample(list(kept), min(_LINES, len(kept)))


def seeds(target: str) -> Iterator[bytes]:
    """Inputs of `attempt` that try every contract of a target."""
    chance = random.Random(target)
    for number in range(len(TARGETS[target])):
        if number < ANY_TEXT[target]:
            fore = bytes([number]) + _FORE.get(target, b"") + b"\0"
            yield from (fore + line.encode() for line in lines())
        yield from (bytes([number]) + chance.randbytes(48) for _ in range(_RANDOM))


def write(target: str, folder: Path) -> list[str]:
    """Seeds as files of `folder/corpus`, and the target's phrases as a dictionary; libFuzzer's arguments for both."""
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(target)):
        (corpus / f"seed-{number:04}").write_bytes(data)
    entries = ("".join(f"\\x{byte:02x}" for byte in phrase.encode()) for phrase in PHRASES[target])
    (folder / "dictionary").write_text("".join(f'"{entry}"\n' for entry in entries), encoding="ascii")
    return [str(corpus), *([f"-dict={folder / 'dictionary'}"] if PHRASES[target] else [])]
