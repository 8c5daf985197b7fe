"""What the tests of the lake share: reports that differ, and what a lake or a warehouse holds of them."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from uuid import uuid4

import duckdb
import fsspec
import fsspec.implementations.memory
import pytest

from extractors.model import PageScore, Parent
from pipeline.exports.json import Line, line
from pipeline.lake import schema
from pipeline.lake.paths import TABLES, existing, listing
from pipeline.lake.read import attach, counted, find_duplicates, open_lake
from pipeline.lake.write import LakeWriter
from pipeline.warehouse.load import Loader, Run
from pipeline.warehouse.store import writing
from tests.exports.sample import SIGNATURE, YEAR, judgement, observation, refused, report

RUN_COLUMNS = {"run", "first_run"}
Contents = dict[str, tuple[int, str]]


def made(number: int, year: int | None = None, facts: int = 3) -> Line:
    """The line of report `number`; those of one number are the same, `year` None lets the number choose among four."""
    year = 2021 + number % 4 if year is None else year
    figures = tuple(
        observation(
            k,
            str(number * 1000 + k),
            str(number * 1000 + k),
            f"số {k}: {number * 1000 + k}",
            confidence=number % 101 if k == 1 else None,
        )
        for k in range(1, facts + 1)
    )
    told = report(
        f"in/{number}.docx",
        f"report {number}".encode(),
        period=dataclasses.replace(YEAR, year=year),
        relations=(),
        forms=(),
    )
    told = dataclasses.replace(
        told,
        observations=(*told.observations[:5], *(dataclasses.replace(f, id=f"o{9 + k}") for k, f in enumerate(figures))),
    )
    if number % 5 == 1:
        scored = dataclasses.replace(told.source, signatures=(SIGNATURE,), scores=(PageScore(1, 40, 39),))
        told = dataclasses.replace(told, source=scored)
    if number % 3 == 0:  # out of a container
        told = dataclasses.replace(told, source=dataclasses.replace(told.source, parent=Parent("in", "c" * 64)))
    return line(told, judgement() if number % 3 == 0 else None)


def reread(number: int) -> Line:
    """Other facts of the same bytes as `made(number)`."""
    other = made(number)
    other["observations"][-1]["quote"] = "đọc lại"
    return other


def renamed(number: int) -> Line:
    """The same bytes and facts under another name."""
    other = made(number)
    other["source"]["path"] = f"in/again/{number}.docx"
    other["source"].pop("parent", None)
    return other


def refusal(number: int) -> Line:
    """The line of a file that cannot be read."""
    return line(refused(f"in/khoa-{number}.docx"), None)


def land(uri: str, *lines: Line, batch: int = 256, run: Run | None = None) -> list[str]:
    """Land lines by a run of their own."""
    with LakeWriter(uri, run or Run("0.1.0"), batch) as writer:
        return writer.land_many(lines)


def fail_after(store: pytest.MonkeyPatch, puts: int) -> None:
    """The network goes when so many files have been put, or deleted, in memory."""
    left, memory = itertools.count(puts, -1), fsspec.implementations.memory.MemoryFileSystem

    def failing(real: Callable[..., None]) -> Callable[..., None]:
        def put_or_removed(*given: object, **more: object) -> None:
            if next(left) <= 0:
                raise OSError("the network is gone")
            real(*given, **more)

        return put_or_removed

    for name in ("put_file", "rm_file"):
        store.setattr(memory, name, failing(getattr(memory, name)))


def undisturbed(path, lines: Iterable[Line]) -> Contents:
    """What a warehouse holds into which the lines were landed one after the other."""
    with writing(path) as con:
        loader = Loader(con, Run("0.1.0"))
        for one in lines:
            loader.land(one)
        return contents(con)


def held(uri: str) -> Contents:
    """What the lake holds, as its tables are read."""
    with open_lake(uri, asked="") as con:
        return contents(con)


def contents(con: duckdb.DuckDBPyConnection) -> Contents:
    """Table -> number of rows and a digest of them, but for the runs that wrote them."""
    columns = schema.structure(schema.newest()).columns
    return {
        table: _digest(con, ", ".join(name for name in columns[table] if name not in RUN_COLUMNS), table)
        for table in TABLES
        if table != "runs"
    }


def _digest(con: duckdb.DuckDBPyConnection, names: str, rows: str) -> tuple[int, str]:
    found = con.execute(f"SELECT CAST(t AS VARCHAR) FROM (SELECT {names} FROM {rows}) t ORDER BY 1").fetchall()
    return len(found), hashlib.sha256(repr(found).encode()).hexdigest()


def facts(uri: str, tables: Iterable[str] = ("readings", "documents", "observations")) -> Contents:
    """As `held`, of some tables and without the public views, which take most of the time to make."""
    place = existing(uri)
    parts = listing(place).parts
    columns = schema.structure(schema.newest()).columns
    with duckdb.connect(":memory:") as con:
        attach(con, place, parts)
        duplicates = find_duplicates(con, parts, columns)
        return {
            t: _digest(
                con,
                ", ".join(c for c in columns[t] if c not in RUN_COLUMNS),
                f"({counted(t, parts, columns, duplicates)})",
            )
            for t in tables
        }


@contextmanager
def in_memory() -> Iterator[str]:
    """The URI of a lake in this process's memory."""
    name = uuid4().hex
    try:
        yield f"memory://{name}/lake"
    finally:
        fs = fsspec.filesystem("memory")
        if fs.exists(f"/{name}"):
            fs.rm(f"/{name}", recursive=True)


def everything(uri: str) -> list[str]:
    """All files below the lake, as they are."""
    place = existing(uri)
    place.fs.invalidate_cache()
    return sorted(name[len(place.root) + 1 :] for name in place.fs.find(place.root))
