"""The analyst's notebook on a past of several provinces; tests/docs runs it on the samples."""

import pytest

from tests.docs import notebook
from tests.docs.test_docs import NOTEBOOK
from tests.docs.workspace import ROOT
from tests.past import Past
from tests.past.landing import land


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    """What the notebook's cells define, and the page that they show under "page"."""
    warehouse = tmp_path_factory.mktemp("past") / "past.duckdb"
    offices = ["Sở Tư pháp", "Sở Xây dựng", "Sở Y tế"]
    land(Past(2, (2024, 2026), ["Ninh Bình", "Huế", "Cao Bằng"], offices=offices, breaks=0.05), warehouse)
    defined = {"__name__": "notebook"}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setenv("SOAT_WAREHOUSE", str(warehouse))
        patch.setenv("MPLBACKEND", "Agg")
        page = [notebook.shown(cell, value) for cell, value in notebook.executed(NOTEBOOK, defined)]
    yield defined | {"page": page}
    defined["con"].close()


def test_charts_are_pictures_in_the_page(names):
    assert sum(part.startswith('<img alt="" src="data:image/png;base64,iVBOR') for part in names["page"]) == 3


def test_the_heat_map_is_of_the_provinces_of_today(names):
    rates = names["rates"]
    assert set(rates.index) == {"Ninh Bình", "Huế", "Cao Bằng"} and len(rates.columns) == 12
    assert rates.stack().between(0, 100).all()


def test_ninh_binh_is_shown_on_both_sides_of_its_merger(names):
    chosen = names["chosen"]
    after = chosen["period_end"] >= "2025-07-01"
    assert names["province"] == "Ninh Bình" and after.any() and not after.all()
    assert set(chosen.loc[~after, "parts_expected"]) == {3} and set(chosen.loc[after, "parts_expected"]) == {1}
    assert (chosen["incomplete"] == (chosen["parts"] < chosen["parts_expected"])).all()


def test_the_league_is_of_the_last_year_best_first(names):
    league = names["league"]
    assert set(league["year"]) == {2026} and league["late_percent"].is_monotonic_increasing
    assert league["hang"].iloc[0] == 1 and (league["resolved"] >= 100).all()
