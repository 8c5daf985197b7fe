"""The harness itself, without the fuzzer: inputs are tried and kept, figures are read, and a missing fuzzer is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz import __main__ as fuzz
from tests.fuzz import seeds
from tests.fuzz.campaign import Campaign
from tests.fuzz.draw import Draw
from tests.fuzz.targets import TARGETS, attempt


@pytest.mark.parametrize("target", TARGETS)
def test_every_contract_holds_for_its_seeds(target: str) -> None:
    tried = set()
    for data in seeds.seeds(target):
        attempt(target, data)
        tried.add(data[0])
    assert tried == set(range(len(TARGETS[target])))


def test_values_are_drawn_from_the_front_and_inside_their_range() -> None:
    draw = Draw(bytes([7, 1, 0, 255, 2]) + "hồ sơ".encode())
    assert (draw.integer(0, 4), draw.integer(10, 1000), draw.yes(), draw.pick("abc")) == (2, 266, True, "c")
    assert Draw(b"\0" + "hồ sơ".encode()).text(["x"]) == "hồ sơ"
    assert Draw(bytes([2, 0, 1, 3])).text(["a", "b"]) == "a b b" and Draw(bytes([3, 0, 1])).text(["a", "b"]) == "ab"
    assert (Draw(b"").count(), Draw(b"").day().year, Draw(b"").text(["x"])) == (0, 1990, "")


def test_a_failure_is_kept_once_for_each_place_and_the_search_goes_on(tmp_path: Path) -> None:
    def wrong(data: bytes) -> None:
        assert data != b"one", "first"
        if data in (b"two", b"too"):
            raise ValueError("second")

    campaign = Campaign(wrong, tmp_path)
    for data in (b"fine", b"one", b"two", b"one", b"too", b"fine"):
        campaign.one(data)
    kept = sorted(p for p in tmp_path.iterdir() if p.name.startswith("found-"))
    assert sorted(p.read_bytes() for p in kept) == [b"one", b"two"]
    assert "ValueError: second" in "".join(p.read_text() for p in tmp_path.glob("trace-*"))


def test_figures_are_those_of_the_last_status_line() -> None:
    log = "INFO: seed\n#2\tINITED cov: 3 ft: 4 corp: 1/1b\n#1024\tpulse  cov: 30 ft: 41 corp: 9/9b\n#1500\tDONE   cov: 31 ft: 45 corp: 9\nDone"
    assert fuzz.counted(log) == (1500, 31, 45)
    assert fuzz.counted("no status") == (0, 0, 0)


def test_without_the_fuzzer_it_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fuzz, "find_spec", lambda name: None)
    assert fuzz.main(["--minutes", "1"]) == 2
    assert "pip install atheris" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("found", "ended", "executions", "code"), [(0, 0, 10, 0), (1, 0, 10, 1), (0, 77, 10, 1), (0, 0, 0, 1)]
)
def test_findings_and_an_early_end_fail_the_run(
    found: int, ended: int, executions: int, code: int, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    def run(target: str, seconds: int, folder: Path) -> fuzz.Outcome:
        assert seconds == 30
        return fuzz.Outcome(target, seconds, executions, 3, 4, (folder / "found-x",) * found, ended)

    monkeypatch.setattr(fuzz, "find_spec", lambda name: object())
    monkeypatch.setattr(fuzz, "run", run)
    chosen = ["--minutes", "1", "--target", "dates", "--target", "periods", "--folder", str(tmp_path)]
    assert fuzz.main(chosen) == code
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].split() == ["target", "seconds", "executions", "edges", "features", "findings"]
    assert [line.split()[0] for line in printed[1:4]] == ["dates", "periods", "all"]
    assert sum("found-x" in line for line in printed) == 2 * found


def test_a_kept_input_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "periods" / "findings" / "found-x"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\0\0\0" + "quý II năm 2024".encode())
    assert fuzz.main(["--again", str(path)]) == 0

    def wrong(target: str, data: bytes) -> None:
        raise AssertionError(target)

    monkeypatch.setattr(fuzz, "attempt", wrong)
    with pytest.raises(AssertionError, match="periods"):
        fuzz.main(["--again", str(path)])
