"""Whether a warehouse is whole: its keys, the links between tables, what every reading must hold, and the files' own bytes.

DuckDB keeps keys and links itself while it writes; they are counted anew here because a file may have been copied from a
failing disk, or changed by another tool. Nothing is mended.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from extractors.readers.intake import fingerprint

_COUNTED = ("warnings", "observations", "citations", "dates", "checks", "findings")


@dataclass(frozen=True, slots=True)
class Probe:
    """One thing that was examined: `name` and `about` (tables), how many were looked at and how many were wrong; `gone` files
    are neither."""

    name: str
    about: tuple[str, ...]
    examined: int
    wrong: int
    gone: int = 0


def probes(con: duckdb.DuckDBPyConnection) -> Iterator[Probe]:
    """Examine an open warehouse, probe by probe; each is one pass over a table."""
    constraints = con.execute(
        """
        SELECT constraint_type, table_name, constraint_column_names, referenced_table, referenced_column_names
        FROM duckdb_constraints()
        WHERE database_name = current_database() AND constraint_type IN ('PRIMARY KEY', 'FOREIGN KEY')
        ORDER BY constraint_type DESC, table_name, constraint_index
        """
    ).fetchall()
    for kind, table, columns, other, referenced in constraints:
        yield _key(con, table, columns) if kind == "PRIMARY KEY" else _link(con, table, columns, other, referenced)
    for table in _COUNTED:
        yield _order(con, table)
    yield _share(
        con,
        "probe_readings",
        "documents",
        "SELECT count(*), count(*) FILTER (NOT EXISTS (SELECT 1 FROM readings r WHERE r.sha256 = d.sha256)) FROM documents d",
    )
    classes = " + ".join(
        f"digits_{name}" for name in ("observation", "citation", "date", "numbering", "ignored", "unread")
    )
    yield _share(
        con,
        "probe_digits",
        "readings",
        f"SELECT count(*), count(*) FILTER (digits_total IS DISTINCT FROM {classes}) FROM readings",
    )
    yield _share(
        con,
        "probe_values",
        "observations",
        "SELECT count(*), count(*) FILTER (value IS DISTINCT FROM TRY_CAST(value_text AS DECIMAL(38, 10))) "
        "FROM observations WHERE value IS NOT NULL",
    )
    yield _bytes(con)


def _key(con: duckdb.DuckDBPyConnection, table: str, columns: list[str]) -> Probe:
    names = ", ".join(columns)
    missing = " OR ".join(f"{name} IS NULL" for name in columns)
    return _share(
        con,
        "probe_keys",
        table,
        f"SELECT coalesce(sum(n), 0), coalesce(sum(n - 1), 0) + coalesce(sum(n) FILTER (missing), 0) "
        f"FROM (SELECT count(*) AS n, bool_or({missing}) AS missing FROM {table} GROUP BY {names})",
    )


def _link(con: duckdb.DuckDBPyConnection, table: str, columns: list[str], other: str, referenced: list[str]) -> Probe:
    pairs = list(zip(columns, referenced, strict=True))
    joined = " AND ".join(f"o.{theirs} = t.{mine}" for mine, theirs in pairs)
    given = " AND ".join(f"t.{mine} IS NOT NULL" for mine, _ in pairs)
    examined, wrong = con.execute(
        f"SELECT count(*), count(*) FILTER (NOT EXISTS (SELECT 1 FROM {other} o WHERE {joined})) FROM {table} t WHERE {given}"
    ).fetchall()[0]
    return Probe("probe_links", (table, other), int(examined), int(wrong))


def _order(con: duckdb.DuckDBPyConnection, table: str) -> Probe:
    """Rows of a reading are numbered from nought: one lost before the last leaves a gap. The last leaves none; only where a
    check or a finding names it does the broken link tell."""
    return _share(
        con,
        "probe_order",
        table,
        f"SELECT coalesce(sum(n), 0), count(*) FILTER (first <> 0 OR last <> n - 1) "
        f"FROM (SELECT count(*) AS n, min(seq) AS first, max(seq) AS last FROM {table} GROUP BY reading)",
    )


def _share(con: duckdb.DuckDBPyConnection, name: str, table: str, statement: str) -> Probe:
    examined, wrong = con.execute(statement).fetchall()[0]
    return Probe(name, (table,), int(examined), int(wrong))


def _bytes(con: duckdb.DuckDBPyConnection) -> Probe:
    """Files that stand where they were landed from: one that has other bytes now is no longer what was read."""
    known: dict[str, set[str]] = {}
    for path, digest in con.execute("SELECT path, sha256 FROM files ORDER BY path").fetchall():
        known.setdefault(path, set()).add(digest)
    found = [(path, digests) for path, digests in known.items() if Path(path).is_file()]
    changed = sum(fingerprint(Path(path))[0] not in digests for path, digests in found)
    return Probe("probe_bytes", ("files",), len(found), changed, len(known) - len(found))
