import itertools
from collections import Counter
from datetime import date, timedelta

import pytest

from pipeline.exports.json import line as contract_line
from tests.exports.contract import problems
from tests.exports.sample import judgement, refused, report
from tests.past import Past, page
from tests.past.draft import ROW
from tests.past.flows import Counts, over
from tests.past.plants import PLANTS
from tests.past.windows import window

SMALL = {"years": (2023, 2026), "provinces": ["Ninh Bình", "Huế"]}


@pytest.fixture(scope="module")
def clean():
    return list(Past(5, **SMALL).lines())


def told(lines):
    """Lines of reports by path; a file that could not be read tells nothing."""
    return {made["source"]["path"]: made for made in lines if made["error"] is None}


def own(made):
    """Indicator -> count of the reporting office itself, for the report's own period."""
    return {
        o["indicator"]: int(o["value"])
        for o in made["observations"]
        if o["scope"] is None and o["period"] is None and o["unit"] == "hồ sơ"
    }


def shape(value):
    """Keys all the way down; of a list that of its entries together, of a value nothing."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        kinds = [shape(entry) for entry in value]
        assert all(kind.keys() == kinds[0].keys() for kind in kinds)
        return [kinds[0]]
    return None


def test_a_line_has_the_shape_of_a_report_that_was_read():
    lines = list(itertools.islice(Past(5, **SMALL, fields=10, breaks=0.3).lines(), 1200))
    wrong = next(x for x in lines if x["findings"] and x["source"]["warnings"])
    expected = contract_line(report(), judgement())
    expected["findings"] = expected["findings"][1:]  # the first, a note on the header, suspects no figure
    assert shape(wrong | {"forms": expected["forms"]}) == shape(expected)
    assert (
        shape(page.refused("a.pdf")) == shape(contract_line(refused(), None)) and problems(page.refused("a.pdf")) == []
    )


def test_every_line_keeps_the_contract_and_its_ids_are_its_own(clean):
    assert [found for made in clean for found in problems(made)] == []
    for made in clean:
        ids = [
            entry["id"]
            for table in ("observations", "citations", "dates", "checks", "findings")
            for entry in made[table]
        ]
        assert len(ids) == len(set(ids))
        known = {o["id"] for o in made["observations"]}
        assert all(set(check["observations"]) <= known for check in made["checks"])
    digests = [made["source"]["sha256"] for made in clean]
    assert len(digests) == len(set(digests))


def test_the_same_seed_gives_the_same_past_and_another_seed_another(clean):
    assert list(Past(5, **SMALL).lines()) == clean
    past = Past(5, **SMALL, breaks=0.1)
    first, truth = list(past.lines()), past.truth
    assert list(past.lines()) == first and past.truth == truth, "a second walk begins anew"
    assert list(Past(6, **SMALL).lines()) != clean


def test_reports_come_in_the_order_in_which_they_were_signed(clean):
    days = [tuple(made["header"]["issued"][k] for k in ("year", "month", "day")) for made in told(clean).values()]
    assert days == sorted(days)
    assert all(made["period"]["start"] < made["period"]["end"] for made in told(clean).values())


def test_what_is_not_planted_is_consistent():
    """Within a report, from quarter to quarter, and over the quarters of a year, where nothing merged or changed."""
    past = Past(5, (2022, 2024), ["Ninh Bình", "Huế", "Cần Thơ", "Cao Bằng"])
    reports = told(past.lines())
    again = {change.earlier_path for change in past.changes()}
    sent, chained, tiled = {}, 0, 0
    for path, made in reports.items():
        if path in again:
            continue
        figures, header, period = own(made), made["header"], made["period"]
        assert figures["dossiers_received_total"] == figures["dossiers_carried_over"] + figures["dossiers_received_new"]
        assert (
            figures["dossiers_received_total"] == figures["dossiers_resolved_total"] + figures["dossiers_pending_total"]
        )
        assert min(figures.values()) >= 0
        of_office = sent.setdefault((header["province"], header["issuing_body"]), {})
        of_office[period["start"], period["end"]] = figures
        for (_, end), before in of_office.items():
            if next_day(end) == period["start"]:
                chained += 1
                assert figures["dossiers_carried_over"] == before["dossiers_pending_total"]
    for of_office in sent.values():
        for ((start, end), first), ((begin, last), second) in itertools.permutations(of_office.items(), 2):
            if next_day(end) == begin and (start, last) in of_office:
                tiled += 1
                whole = of_office[start, last]["dossiers_resolved_total"]
                assert whole == first["dossiers_resolved_total"] + second["dossiers_resolved_total"]
    assert chained > 500 and tiled > 100


def next_day(day):
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def test_breaks_change_what_they_say_and_nothing_else(clean):
    past = Past(5, **SMALL, breaks=0.15)
    before, after = told(clean), told(past.lines())
    assert before.keys() == after.keys(), "with and without breaks it is the same past"
    broken = {b.path: b for b in past.breaks()}
    assert len(broken) == len(past.breaks()) > 60
    assert {b.rule for b in past.breaks()} == set(PLANTS)
    for path, made in after.items():
        clear = before[path]
        if path not in broken:
            assert own(made) == own(clear) and made["citations"] == clear["citations"]
            continue
        plant = broken[path]
        rows = [
            {(o["scope"], o["indicator"]): o["value"] for o in m["observations"] if not o["period"]}
            for m in (made, clear)
        ]
        changed = {i for (scope, i), value in rows[0].items() if rows[1].get((scope, i)) not in (None, value)}
        # rates are worked out from what the report prints
        assert changed - {"rate_on_time", "rate_online"} <= plant.touched
        if plant.rule == "history.cited_dates":
            assert plant.touched == {plant.indicator}
            moved = [c for c, d in zip(made["citations"], clear["citations"], strict=True) if c != d]
            assert [(c["key"], c["date"][:4] == d["date"][:4]) for c, d in zip(moved, moved, strict=True)] == [
                (plant.indicator, True)
            ]
        else:
            assert plant.touched and (plant.indicator is None or plant.indicator in plant.touched)


def test_every_plant_breaks_its_own_relation(clean):
    """Told from the lines alone, without the code that planted."""
    past = Past(8, (2022, 2026), SMALL["provinces"], breaks=0.15)
    lines = told(past.lines())
    seen = Counter()
    for b in past.breaks():
        figures, earlier = own(lines[b.path]), own(lines[b.earlier_path]) if b.earlier_path else {}
        seen[b.rule] += 1
        if b.rule == "history.carried_over":
            assert figures["dossiers_carried_over"] != earlier["dossiers_pending_total"]
        elif b.rule == "history.cumulative":
            assert figures[b.indicator] < earlier[b.indicator]
            assert lines[b.path]["period"]["start"] == lines[b.earlier_path]["period"]["start"]
        elif b.rule == "history.left_in":
            assert sum(figures[i] == earlier[i] for i in figures) >= len(figures) - 3
        elif b.rule == "history.province_part":
            part = lines[b.earlier_path]
            assert part["period"] == lines[b.path]["period"]
            stated = [
                int(o["value"]) for o in lines[b.path]["observations"] if o["scope"] and o["indicator"] == b.indicator
            ]
            assert earlier[b.indicator] not in stated or "→" in b.what
        elif b.rule == "history.province_total":
            period = lines[b.path]["period"]
            parts = [
                own(m)[b.indicator]
                for m in lines.values()
                if (m["header"]["province"], m["period"]) == (b.province, period) and m["header"]["parent_body"]
            ]
            assert figures[b.indicator] < sum(parts)
    assert seen.keys() == set(PLANTS) and min(seen.values()) >= 3


def test_a_report_sent_again_is_recorded_figure_by_figure():
    past = Past(5, **SMALL)
    lines = told(past.lines())
    changes = past.changes()
    assert past.breaks() == [] and {c.rule for c in changes} == {"history.resent"}
    assert {c.path for c in changes} <= {path for path in lines if "_lan-2." in path}
    for change in changes:
        first, second = lines[change.earlier_path], lines[change.path]
        assert change.earlier_path < change.path, "the later version sorts last"
        values = [
            {o["value"] for o in made["observations"] if o["indicator"] == change.indicator and o["scope"] is None}
            for made in (first, second)
        ]
        assert values[0] != values[1]
        assert first["header"]["title"] == second["header"]["title"] and first["period"] == second["period"]


def test_provinces_and_offices_have_the_names_of_the_time():
    lines = list(Past(3, (2024, 2026)).lines())
    assert any(made["error"] for made in lines), "some files cannot be read"
    made = told(lines).values()
    places = [{m["header"]["province"] for m in made if m["period"]["year"] == year} for year in (2024, 2026)]
    assert [len(names) for names in places] == [63, 34]
    assert "Thừa Thiên Huế" in places[0] and "Huế" in places[1]
    names = {m["header"]["issuing_body"] for m in made if m["header"]["issued"]["year"] >= 2026}
    assert names.isdisjoint({"Sở Giao thông vận tải", "Sở Kế hoạch và Đầu tư", "Sở Thông tin và Truyền thông"})
    assert {"Sở Nông nghiệp và Môi trường", "UBND thành phố Cần Thơ"} <= names
    sizes = [
        own(m)["dossiers_received_new"] for m in made if m["period"]["kind"] == "quarter" and m["header"]["parent_body"]
    ]
    assert min(sizes) < 30 and max(sizes) > 20_000


def test_the_successor_carries_over_what_its_parts_left_pending():
    """Whatever of a part was not reported is not seen, so at least what the parts reported."""
    lines = told(Past(21, (2025, 2025), ["Ninh Bình"], offices=["Sở Y tế", "Sở Tư pháp"]).lines()).values()
    stated = {
        (m["header"]["province"], m["header"]["issuing_body"], m["period"]["start"], m["period"]["end"]): own(m)
        for m in lines
    }
    new = [
        (key, f)
        for key, f in stated.items()
        if key[0] == "Ninh Bình" and key[3] > "2025-09-01" and key[1] == "Sở Tư pháp"
    ]
    assert new
    whole = [f["dossiers_received_new"] for key, f in new if key[2] < "2025-01-02"]
    parts = [
        f["dossiers_received_new"] for key, f in stated.items() if key[1] == "Sở Tư pháp" and key[3] < "2025-07-01"
    ]
    assert not whole or max(whole) > max(parts)


def test_fields_make_a_report_of_eighty_figures_that_add_up():
    past = Past(5, **SMALL, fields=10)
    lines = [m for m in itertools.islice(past.lines(), 300) if not m["error"]]
    of_offices = [m for m in lines if m["header"]["parent_body"]]
    assert 75 <= sum(len(m["observations"]) for m in of_offices) / len(of_offices) <= 85
    again = {change.earlier_path for change in past.changes()}
    for made in of_offices:
        if made["source"]["path"] in again:
            continue
        for indicator in ROW:
            rows = [int(o["value"]) for o in made["observations"] if o["scope"] and o["indicator"] == indicator]
            assert sum(rows) == own(made)[indicator]


def test_windows_close_by_the_calendar_or_on_the_fourteenth():
    limits = [
        (str(w.start), str(w.end))
        for w in (window("half", 2024, 2, "fourteenth"), window("quarter", 2024, 1, "calendar"))
    ]
    assert limits == [("2023-12-15", "2024-06-14"), ("2024-01-01", "2024-03-31")]
    assert window("year", 2023, 4, "fourteenth").adjoins(window("quarter", 2024, 1, "fourteenth"))
    assert not window("year", 2023, 4, "fourteenth").adjoins(window("quarter", 2024, 1, "calendar"))


def test_a_period_of_several_quarters_keeps_its_ends():
    quarters = [Counts(5, 10, 1, 0, 6, 2, 1, 7, 1), Counts(7, 20, 2, 1, 9, 9, 2, 10, 3)]
    assert over(quarters) == Counts(5, 30, 3, 1, 15, 11, 3, 10, 3)
    assert over(quarters[:1]) == quarters[0]


@pytest.mark.parametrize(
    ("given", "name"), [({"provinces": ["Atlantis"]}, "Atlantis"), ({"offices": ["Sở X"]}, "Sở X")]
)
def test_an_unknown_name_is_told(given, name):
    with pytest.raises(ValueError, match=name):
        Past(1, **given)
