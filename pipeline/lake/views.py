"""The warehouse's public views over a lake: all of them, or those that a question needs.

A lake has no file that could keep its views, and making them all binds every query in them, which takes a second; most
questions name one or two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import duckdb

from pipeline.lake import schema

_NAMED: Final = re.compile(
    r"^(?:CREATE OR REPLACE (?:VIEW|MACRO)|COMMENT ON (?:VIEW|COLUMN|MACRO TABLE|MACRO)) +(\w+)", re.MULTILINE
)
_WORD: Final = re.compile(r"\w+")
#: Who asks what there is gets all there is.
_ABOUT_ALL: Final = re.compile(
    r"\b(?:duckdb_\w+|pragma\w*|pg_\w+|sqlite_\w+|information_schema|show|call)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement that makes a view or a macro `name`, or tells of it, and the words in it."""

    name: str
    sql: str
    words: frozenset[str]


def make_views(con: duckdb.DuckDBPyConnection, asked: str | None = None) -> None:
    """Make the public views, with their comments, that the SQL `asked` needs; all of them unless told.

    A view is needed where its name is a word of the question or of a view that is needed. A question about the catalogue
    needs them all.
    """
    statements = [_of(s.query) for _, _, text in schema.steps("views") for s in con.extract_statements(text)]
    if asked is not None and not _ABOUT_ALL.search(asked):
        names = _needed(statements, asked)
        statements = [statement for statement in statements if statement.name in names]
    for statement in statements:
        con.execute(statement.sql)


def _of(sql: str) -> _Statement:
    named = _NAMED.search(sql)
    if named is None:
        raise ValueError(f"neither a view nor a comment: {sql[:60]!r}")
    return _Statement(named[1], sql, _words(sql))


def _words(sql: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(sql))


def _needed(statements: Iterable[_Statement], asked: str) -> set[str]:
    uses: dict[str, frozenset[str]] = {}
    for statement in statements:
        uses[statement.name] = uses.get(statement.name, frozenset()) | statement.words
    needed: set[str] = set()
    due = _words(asked) & uses.keys()
    while due:
        needed |= due
        due = frozenset().union(*(uses[name] for name in due)) & uses.keys() - needed
    return needed
