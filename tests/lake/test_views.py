"""A question to a lake gets the views that it needs, and no answer shows the difference."""

import pytest

from pipeline.lake.paths import TABLES, LakeError
from pipeline.lake.read import open_lake, query
from tests.lake.lakes import in_memory, land, made, refusal

MADE = "SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY ALL"


@pytest.fixture(scope="module")
def lake():
    with in_memory() as uri:
        land(uri, made(0, 2024), made(1, 2024), made(2, 2025), refusal(1))
        yield uri


def rows(con, statement):
    result = con.execute(statement)
    return [column[0] for column in result.description], sorted(map(repr, result.fetchall()))


def test_every_view_says_alone_what_it_says_among_all(lake):
    with open_lake(lake) as con:
        names = {name for (name,) in con.execute(MADE).fetchall()} - set(TABLES)
        among_all = {name: rows(con, f"FROM {name}") for name in names}
    assert len(names) >= 25 and sum(bool(found) for _, found in among_all.values()) > 10
    for name, (columns, found) in among_all.items():
        with query(lake, f"FROM {name}") as (alone, some):
            assert (alone, sorted(map(repr, some))) == (columns, found), name


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("", set()),
        ("SELECT count(*) FROM readings", set()),
        ("select value from Figures", {"figures", "report_versions", "retracted_documents"}),
        ('SELECT 1 FROM "unread_share"', {"unread_share", "report_versions", "retracted_documents"}),
    ],
)
def test_only_what_a_question_names_is_made_and_that_with_its_comments(lake, asked, there):
    with open_lake(lake, asked) as con:
        assert {name for (name,) in con.execute(MADE).fetchall()} - set(TABLES) == there
        told = con.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL").fetchall()
        assert told == []


@pytest.mark.parametrize("asked", [MADE, "SHOW TABLES", "SELECT table_name FROM information_schema.tables"])
def test_who_asks_what_there_is_gets_all(lake, asked):
    with query(lake, asked) as (_, found):
        assert {"league_table", "history_findings"} <= {row[0] for row in found}


def test_a_name_that_the_words_do_not_show_is_found_and_a_wrong_one_hears_of_the_right_one(lake):
    with query(lake, "FROM query('FROM ref' || 'used_files')") as (_, found):
        assert len(list(found)) == 1
    with pytest.raises(LakeError, match="league_table"), query(lake, "FROM league_tabel"):
        pytest.fail("there is no such view")
