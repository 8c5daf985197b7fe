"""Whether a warehouse is whole: its keys, the links between tables, what every reading must hold, and the files' own bytes.

Keys are held by how rows are written, and some by DuckDB itself; all are counted anew here, because a file may have been
copied from a failing disk, or changed by another tool. Nothing is mended.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from extractors.readers.intake import fingerprint
from pipeline.warehouse.keys import Key, keys

_DOSSIERS = "SELECT reading, indicator, period_start, period_end, value, disputed, approx FROM own_dossiers"
_ANEW = """
    SELECT
        reading, indicator, starts, ends,
        coalesce(arg_min(value, seq) FILTER (NOT approx), arg_min(value, seq)),
        coalesce(min(value) FILTER (NOT approx) <> max(value) FILTER (NOT approx), min(value) <> max(value)),
        bool_and(approx)
    FROM (
        SELECT
            o.reading, o.seq, o.indicator, o.value, o.approx OR o.qualifier IS NOT NULL AS approx,
            coalesce(o.period_kind, r.period_kind) AS kind,
            CASE WHEN o.period_kind IS NULL THEN r.period_year ELSE o.period_year END AS year,
            CASE WHEN o.period_kind IS NULL THEN r.period_index ELSE o.period_index END AS number,
            CASE WHEN o.period_kind IS NULL THEN r.period_start ELSE o.period_start END AS starts,
            CASE WHEN o.period_kind IS NULL THEN r.period_end ELSE o.period_end END AS ends
        FROM observations o
        JOIN readings r ON r.reading = o.reading
        WHERE starts_with(o.indicator, 'dossiers_') AND o.scope IS NULL AND o.role = 'value' AND o.value IS NOT NULL
    )
    GROUP BY reading, indicator, starts, ends, kind, year, number
"""
_COUNTED = ("warnings", "observations", "citations", "dates", "checks", "findings", "signatures")


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
    for key in keys(con):
        yield _key(con, key) if key.referenced is None else _link(con, key, key.referenced)
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
    yield _share(
        con,
        "probe_dossiers",
        "own_dossiers",
        f"SELECT (SELECT count(*) FROM own_dossiers), "
        f"(SELECT count(*) FROM ({_DOSSIERS} EXCEPT ALL {_ANEW})) + (SELECT count(*) FROM ({_ANEW} EXCEPT ALL {_DOSSIERS}))",
    )
    yield _bytes(con)


def _key(con: duckdb.DuckDBPyConnection, key: Key) -> Probe:
    missing = " OR ".join(f"{name} IS NULL" for name in key.columns)
    return _share(
        con,
        "probe_keys",
        key.table,
        f"SELECT coalesce(sum(n), 0), coalesce(sum(n - 1), 0) + coalesce(sum(n) FILTER (missing), 0) "
        f"FROM (SELECT count(*) AS n, bool_or({missing}) AS missing FROM {key.table} GROUP BY {', '.join(key.columns)})",
    )


def _link(con: duckdb.DuckDBPyConnection, key: Key, other: str) -> Probe:
    joined = " AND ".join(f"o.{o} = t.{t}" for t, o in zip(key.columns, key.referenced_columns, strict=True))
    given = " AND ".join(f"t.{name} IS NOT NULL" for name in key.columns)
    examined, wrong = con.execute(
        f"SELECT count(*), count(*) FILTER (NOT EXISTS (SELECT 1 FROM {other} o WHERE {joined})) "
        f"FROM {key.table} t WHERE {given}"
    ).fetchall()[0]
    return Probe("probe_links", (key.table, other), int(examined), int(wrong))


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
    """Files that stand where they were landed from: one that has other bytes now is no longer what was read. What came out of
    a container is as it was when the container is."""
    known: dict[str, set[str]] = {}
    for path, digest in con.execute(
        "SELECT path, sha256 FROM files ANTI JOIN members USING (path, sha256) "
        "UNION SELECT root_path, root_sha256 FROM members ORDER BY ALL"
    ).fetchall():
        known.setdefault(path, set()).add(digest)
    found = [(path, digests) for path, digests in known.items() if Path(path).is_file()]
    changed = sum(fingerprint(Path(path))[0] not in digests for path, digests in found)
    return Probe("probe_bytes", ("files",), len(found), changed, len(known) - len(found))
