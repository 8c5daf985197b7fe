"""The report generator: the same seed gives the same report, and its labels say what its text says."""

from __future__ import annotations

import io
import json
import re
from collections import Counter, defaultdict
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.evaluation.generator import Generated, generate
from tests.evaluation.generator import lists as lists_module
from tests.evaluation.generator.__main__ import main
from tests.evaluation.generator.dossiers import INDICATORS, RATES
from tests.evaluation.generator.ledger import Ledger
from tests.evaluation.generator.lists import FOLDERS, PARTS, hand, loaded
from tests.evaluation.generator.misprints import KINDS
from tests.evaluation.generator.plants import FIGURES
from tests.evaluation.generator.sheet import Figure, Grid, Line, Sheet
from tests.evaluation.generator.world import Scope

SEEDS = range(1, 161)


@cache
def reports(part: str) -> list[Generated]:
    """The reports of one hand; made when first wanted, which takes seconds."""
    return [generate(seed, part) for seed in SEEDS]


@cache
def every() -> list[Generated]:
    return [report for part in PARTS for report in reports(part)]


@cache
def clean() -> list[Generated]:
    return [report for report in every() if not plants(report)]


@cache
def faulty() -> list[Generated]:
    return [report for report in every() if plants(report)]


def spaced(text: str) -> str:
    """Words apart by one blank."""
    return " ".join(text.split())


def plants(report: Generated) -> list[dict[str, Any]]:
    return [f for f in report.label["findings"] if f.get("kind")]


@pytest.mark.parametrize("part", PARTS)
def test_same_seed_same_report(part: str) -> None:
    for seed in (3, 4, 17, 28):
        one, two = generate(seed, part), generate(seed, part)
        assert one.text == two.text and one.label == two.label and one.docx == two.docx
    assert len({r.text for r in reports(part)}) == len(SEEDS)


def test_half_carry_errors() -> None:
    assert len(faulty()) == len(every()) // 2
    assert all(1 <= len(plants(report)) <= 3 for report in faulty())


def test_every_kind_is_planted() -> None:
    found = Counter(str(f["kind"]) for report in faulty() for f in plants(report))
    assert set(found) == {*FIGURES, *KINDS}
    assert min(found.values()) >= 3, found


def test_figures_are_quoted_as_printed() -> None:
    for report in every():
        text = spaced(report.text)
        for seen in report.label["observations"]:
            assert str(seen["text"]) in str(seen["quote"]), seen
            assert spaced(str(seen["quote"])) in text, seen
            digits = re.sub(r"[^\d,-]", "", str(seen["text"])).replace(",", ".")
            assert Decimal(digits) == Decimal(str(seen["value"])), seen
        for cited in report.label["citations"]:
            assert str(cited["key"]) in str(cited["quote"]) and spaced(str(cited["quote"])) in text


def test_every_number_of_the_results_is_labelled() -> None:
    """Runs of digits followed by the word for dossiers are all figures of the label."""
    for report in every():
        printed = Counter(re.findall(r"(\d+(?:\.\d{3})*) (?:hồ sơ|HS)\b", report.text))
        labelled = Counter(str(seen["text"]) for seen in report.label["observations"])
        assert not printed - labelled, (report.stem, printed - labelled)


def test_word_holds_the_same_text() -> None:
    for report in every()[:12] + every()[-12:]:
        document = docx.Document(io.BytesIO(report.docx))
        rows = [" ".join(dict.fromkeys(c.text for c in row.cells)) for table in document.tables for row in table.rows]
        held = spaced(" ".join([*(p.text for p in document.paragraphs), *rows]))
        for seen in report.label["observations"]:
            if seen["kind"] == "narrative":
                assert spaced(str(seen["quote"])).removeprefix("- ") in held, (report.stem, seen)
            else:
                assert str(seen["text"]) in held


# Sums over indicators that hold in every clean report wherever all of them are stated for one scope and period.
HOLD = (
    ("dossiers_received_total", ("dossiers_received_new", "dossiers_carried_over")),
    ("dossiers_received_new", ("dossiers_received_online", "dossiers_received_in_person_postal")),
    ("dossiers_resolved_total", ("dossiers_resolved_early", "dossiers_resolved_on_time", "dossiers_resolved_late")),
    ("dossiers_resolved_total", ("dossiers_resolved_early_or_on_time", "dossiers_resolved_late")),
    ("dossiers_pending_total", ("dossiers_pending_in_time", "dossiers_pending_overdue")),
)
GROUPED = {name for total, parts in HOLD for name in (total, *parts)}


def stated(report: Generated) -> dict[tuple[str, str], dict[str, set[Decimal]]]:
    """Values by (scope, period) and indicator, from the label alone."""
    found: dict[tuple[str, str], dict[str, set[Decimal]]] = defaultdict(lambda: defaultdict(set))
    for seen in report.label["observations"]:
        if seen["indicator"] in GROUPED and not seen.get("approx") and not seen.get("role"):
            place = json.dumps(seen["scope"]), json.dumps(seen["period"])
            found[place][str(seen["indicator"])].add(Decimal(str(seen["value"])))
    return found


def test_clean_reports_add_up() -> None:
    tried = 0
    for report in clean():
        for place, values in stated(report).items():
            assert all(len(v) == 1 for v in values.values()), (report.stem, place, values)
            for total, parts in HOLD:
                if {total, *parts} <= set(values):
                    tried += 1
                    assert values[total] == {sum(min(values[p]) for p in parts)}, (report.stem, place, total)
    assert tried > 500


def test_rates_come_from_counts() -> None:
    tried = 0
    for report in clean():
        bases = stated(report)
        for seen in report.label["observations"]:
            values = bases.get((json.dumps(seen["scope"]), json.dumps(seen["period"])), {})
            names = "dossiers_resolved_late", "dossiers_resolved_total"
            figure = report.truth.sheet.figures[int(str(seen["id"])[1:]) - 1]
            if figure.name == "rate_late" and all(name in values for name in names):
                tried += 1
                part, whole = (min(values[name]) for name in names)
                unit = Decimal(1).scaleb(-report.world.style.places)
                assert abs(Decimal(str(seen["value"])) - 100 * part / whole) < unit, (report.stem, seen)
    assert tried > 20


def test_clean_reports_state_what_must_not_be_flagged() -> None:
    assert all(report.label["must_not_flag"] for report in clean())
    assert all(f["severity"] == "info" for report in clean() for f in report.label["findings"])
    kinds = {q["kind"] for report in clean() for q in report.label["must_not_flag"]}
    assert kinds >= {
        "competing_denominator",
        "returned_outside",
        "not_exhaustive",
        "approximate",
        "window",
        "undotted",
        "cut",
    }


def test_a_plant_changes_its_figure_and_no_other() -> None:
    for report in faulty():
        sheet = report.edition.sheet
        changed = {n for n, f in enumerate(sheet.figures) if report.edition.values[n] != f.value}
        single = {int(str(f["observation"])[1:]) - 1 for f in plants(report) if f["kind"] in FIGURES}
        listed = {f.id for f in sheet.figures if f.name == "listed"}
        assert single <= changed <= single | listed, report.stem
        for finding in plants(report):
            if finding["kind"] in FIGURES:
                seen = next(o for o in report.label["observations"] if o["id"] == finding["observation"])
                assert seen["text"] == finding["figure"] and seen["value"] != finding["was"]
                assert finding["suggestion"] == (finding["was"] if finding["identifiable"] else None)
                tied = finding.get("tied", [])
                assert finding["identifiable"] == (not tied), finding
                assert not tied or (finding["observation"] in tied and len(tied) > 1)
                assert set(tied) <= {seen["id"] for seen in report.label["observations"]}


def test_a_plant_breaks_what_it_says() -> None:
    for report in faulty():
        ledger = Ledger(report.edition.sheet)
        assert not ledger.proven({}), report.stem
        for finding in plants(report):
            if finding["kind"] in FIGURES:
                number = int(str(finding["observation"])[1:]) - 1
                proven = ledger.proven({number: report.edition.values[number]})
                assert finding["rule"] in proven and set(proven) <= {finding["rule"], *finding["rule_accept"]}


def listed_below(report: Generated, lead: str) -> int:
    """Rows of the table that follows a line."""
    blocks = report.edition.sheet.blocks
    for line, grid in pairwise(blocks):
        if isinstance(line, Line) and isinstance(grid, Grid) and spaced(report.edition.text(line.text)) == spaced(lead):
            return len(grid.rows)
    return 0


def test_dates_planted_are_wrong() -> None:
    tried = Counter[str]()
    for report in faulty():
        dates = defaultdict(set)
        for cited in report.label["citations"]:
            dates[cited["key"]].add(str(cited["date"]))
        issued = report.world.issued.isoformat()
        for finding in plants(report):
            found = dates[finding["figure"]]
            tried[str(finding["kind"])] += 1
            if finding["kind"] == "impossible_date":
                assert all("/" in day for day in found)
            elif finding["kind"] == "citation_after_report":
                assert all(day > issued for day in found)
            elif finding["kind"] == "two_dates":
                assert len(found) == 2
            elif finding["kind"] == "list_short":
                held = str(finding["quote"]).count("/QĐ-UBND") or listed_below(report, str(finding["quote"]))
                assert int(str(finding["figure"])) != held == int(str(finding["was"]))
            elif finding["kind"] == "zero_claim":
                late = str(finding["figure"]).replace(".", "")
                assert int(late) > 0 and spaced(str(finding["quote"])) in spaced(report.text)
    assert min(tried[kind] for kind in ("impossible_date", "citation_after_report", "two_dates", "zero_claim")) > 2


def test_clean_dates_are_in_order() -> None:
    for report in clean():
        dates = defaultdict(set)
        for cited in report.label["citations"]:
            dates[cited["key"]].add(str(cited["date"]))
        assert all(len(found) == 1 for found in dates.values()), report.stem
        assert max((day for found in dates.values() for day in found), default="") < report.world.issued.isoformat()


def one_sheet(values: dict[str, list[int]]) -> Sheet:
    """A sheet that prints these counts of one scope."""
    sheet, whole = Sheet(), Scope("whole", None, "Sở")
    for name, prints in values.items():
        for value in prints:
            mark = sheet.figure(Figure(0, name, whole, "now", Decimal(value), None, "hồ sơ"))
            sheet.blocks.append(Line(mark))
    return sheet


def test_two_prints_alone_do_not_tell_which_is_wrong() -> None:
    ledger = Ledger(one_sheet({"late": [7, 7]}))
    assert ledger.proven({1: Decimal(8)}) == ["repeat.late"]
    assert ledger.explanations({1: Decimal(8)}) == {0, 1}


def test_a_total_is_told_from_its_parts_by_the_balance() -> None:
    counts = {"early": [60], "on_time": [20], "late": [3], "resolved": [83]}
    alone = Ledger(one_sheet(counts))
    assert alone.explanations({3: Decimal(93)}) == {0, 1, 2, 3}
    balanced = Ledger(one_sheet(counts | {"received": [90], "pending": [7]}))
    assert balanced.explanations({3: Decimal(93)}) == {3}
    assert balanced.proven({5: Decimal(2)}) == []  # a gap in the balance may be returned dossiers


def slots(file: str, part: str = "tuning") -> dict[str, list[Any]]:
    """Every slot and every list of words of a file of one hand, by name."""
    found: dict[str, list[Any]] = {}
    for name, table in (hand(part, file) or loaded(file)).items():
        found |= {name: table} if isinstance(table, list) else {f"{name}.{word}": table[word] for word in table}
    return found


def lines(entry: Any) -> set[str]:
    """The texts of one wording, or the word itself."""
    if isinstance(entry, str):
        return {entry}
    said = {str(entry[part]) for part in ("lead", "item", "heading") if part in entry}
    return said | set(entry.get("lines", ()))


def states_dossiers(entry: Any) -> bool:
    """Whether a wording prints counts or rates of the model of dossiers."""
    named = re.findall(r"\{(?:more:|growth:|about:|coarse:|floor:|part_of:)?(\w+)", " ".join(lines(entry)))
    return any(name in INDICATORS or name in RATES for name in named)


# What a failing test of these prints must not show what is kept out: they assert on names and numbers alone.
FILES = ("wordings", "layouts", "appendix", "tables")


@pytest.mark.parametrize("file", FILES)
def test_a_third_of_what_can_be_said_is_kept_out(file: str) -> None:
    """Nearly, over all hands; and of every slot at least half as much as the first hand has."""
    held, others = slots(file, "kept-out"), [slots(file, part) for part in PARTS if part != "kept-out"]
    kept, open_entries = (sum(map(len, hands.values())) for hands in (held, _joined(others)))
    assert kept >= 0.3 * (kept + open_entries)
    for name, entries in others[0].items():
        count = len(held.get(name, ()))
        assert count >= len(entries) / 2, name
        assert count >= 2 or not any(map(states_dossiers, entries)), name


def _joined(hands: list[dict[str, list[Any]]]) -> dict[str, list[Any]]:
    """The entries of several hands by slot."""
    return {name: [entry for slots_of in hands for entry in slots_of.get(name, ())] for name in hands[0]}


@pytest.mark.parametrize("part", FOLDERS)
@pytest.mark.parametrize("file", FILES)
def test_no_hand_repeats_the_first(file: str, part: str) -> None:
    for name, entries in slots(file, part).items():
        shared = set().union(*map(lines, entries)) & set().union(*map(lines, slots(file).get(name, [])))
        assert not shared, name


@pytest.mark.parametrize("file", FILES)
def test_no_sentence_kept_out_is_open(file: str) -> None:
    """Nor any phrase of more than four words; shorter ones are the terms of the trade, which any two hands may share."""
    for name, entries in slots(file, "kept-out").items():
        said = {line for entry in entries for line in lines(entry) if len(line.split()) > 4}
        for part in PARTS[1:-1]:
            shared = len(said & {line for entry in slots(file, part).get(name, ()) for line in lines(entry)})
            assert shared == 0, (name, part)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_says_what_is_its_own(part: str) -> None:
    """Of the lists of phrases that stand in a report as they are: what is kept out is in no open hand, nor the other way round.
    Phrases of up to four words are the terms of the trade."""
    named = "heads", "leads", "subheads", "scores"
    phrases = {
        one: {
            phrase
            for file in ("wordings", "tables")
            for slot, words in slots(file, one).items()
            if slot.partition(".")[0] in named
            for phrase in words
            if "<" not in phrase
        }
        for one in PARTS
    }
    own, open_hands = phrases.pop(part), set().union(*(phrases[one] for one in phrases if one != "kept-out"))
    other = open_hands if part == "kept-out" else phrases["kept-out"]
    code = "".join(path.read_text(encoding="utf-8") for path in Path(lists_module.__file__).parent.glob("*.py"))
    other = {phrase for phrase in other if f'"{phrase}"' not in code and len(phrase.split()) > 4}  # else whoever writes
    printed = [spaced(line) for report in reports(part) for line in re.split("[\n\t]", report.text)]
    printed = [re.sub(r"^(?:[IVX]+|\d|[abc])[.)] ", "", line) for line in printed]
    said_of_other, said, known = len((other - own) & set(printed)), len(own & set(printed)), len(own)
    assert said_of_other <= 2  # put together of other words, two people may hit on one phrase
    assert said > min(known // 2, 100)  # so few reports cannot print all that three writers have


def test_kept_out_layouts_have_other_orders() -> None:
    orders = [
        tuple(part.partition(":")[0] for part in entry["parts"])
        for one in PARTS
        if one != "kept-out"
        for entry in (hand(one, "layouts") or loaded("layouts"))["layout"]
    ]
    held = hand("kept-out", "layouts")["layout"]
    same = [e["name"] for e in held if tuple(part.partition(":")[0] for part in e["parts"]) in orders]
    assert not same
    for layout in loaded("layouts")["layout"]:
        written = {part for e in held if e["who"] == layout["who"] for part in e["parts"]}
        assert written, layout["who"]
        assert set(layout["parts"]) <= {part for e in held for part in e["parts"]}, layout["name"]


def test_parts_share_no_layout() -> None:
    layouts = {part: {r.layout for r in reports(part)} for part in PARTS}
    assert sum(map(len, layouts.values())) == len(set().union(*layouts.values()))
    assert min(len(names) for names in layouts.values()) >= 10


def test_command_writes_documents_and_labels(tmp_path: Path) -> None:
    assert (
        main(["--seed", "5", "--count", "3", "--out", str(tmp_path), "--part", "kept-out", "--formats", "docx,txt"])
        == 0
    )
    stems = {path.stem for path in tmp_path.glob("*.json")}
    assert len(stems) == 3
    assert {path.name for path in tmp_path.iterdir()} == {
        f"{s}.{ext}" for s in stems for ext in ("json", "docx", "txt")
    }
    label = json.loads((tmp_path / f"{min(stems)}.json").read_text(encoding="utf-8"))
    assert {"header", "period", "observations", "citations", "findings", "must_not_flag"} <= set(label)
    with pytest.raises(SystemExit):
        main(["--out", str(tmp_path), "--formats", "odt"])


@pytest.mark.slow
def test_command_writes_pdf(tmp_path: Path) -> None:
    assert main(["--seed", "5", "--count", "2", "--out", str(tmp_path), "--formats", "pdf"]) == 0
    assert all(path.read_bytes().startswith(b"%PDF") for path in tmp_path.glob("*.pdf"))
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".json", ".json", ".pdf", ".pdf"]
