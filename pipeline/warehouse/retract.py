"""Withdrawing a document that should not have been landed: a draft, a report of another province, a file sent by mistake."""

from __future__ import annotations

import duckdb

from pipeline.warehouse.lock import WarehouseError
from pipeline.warehouse.store import now
from pipeline.warehouse.transaction import transaction


def retract(con: duckdb.DuckDBPyConnection, document: str, reason: str, undo: bool = False) -> list[str]:
    """Take a document, named by a path that it was landed from or by its SHA-256, out of all views, or put it back; named so,
    a container means every document that came out of it. Returns the SHA-256 of each.

    Its facts stay, and an earlier version of the same report counts again. Of several documents (or states of a container)
    that stood at a path the last landed is meant. Raises WarehouseError "statement" where there is no such document, where
    all are withdrawn already, or, to `undo`, none is.
    """
    with transaction(con):
        done = [digest for digest in _named(con, document) if _turned(con, digest, reason, undo)]
        if not done:
            told = ("chưa bị rút", "is not withdrawn") if undo else ("đã bị rút rồi", "is withdrawn already")
            raise WarehouseError("statement", f"{document} {told[0]}.", f"{document} {told[1]}.")
    return done


def _turned(con: duckdb.DuckDBPyConnection, sha256: str, reason: str, undo: bool) -> bool:
    """Withdraw one document or put it back; False where it is so already."""
    before = con.execute(
        "SELECT count(*), coalesce(arg_max(retracted, seq), false) FROM retractions WHERE sha256 = ?", [sha256]
    ).fetchall()[0]
    if before[1] != undo:
        return False
    con.execute(
        "INSERT INTO retractions (sha256, seq, retracted, reason, decided_at) VALUES (?, ?, ?, ?, ?)",
        [sha256, before[0], not undo, reason, now()],
    )
    return True


def _named(con: duckdb.DuckDBPyConnection, document: str) -> list[str]:
    found = con.execute(
        """
        SELECT f.sha256
        FROM files f
        JOIN runs u ON u.run = f.first_run
        WHERE f.path = $named OR f.sha256 = $named
        ORDER BY u.started_at DESC, f.sha256
        LIMIT 1
        """,
        {"named": document},
    ).fetchall()
    found = (
        found
        or con.execute(
            """
        WITH held AS (
            SELECT m.sha256, m.root_sha256, u.started_at
            FROM members m
            JOIN runs u ON u.run = m.first_run
            WHERE $named IN (m.parent_path, m.parent_sha256, m.root_path, m.root_sha256)
                OR starts_with(m.parent_path, $named || '/')
        )
        SELECT DISTINCT sha256 FROM held
        WHERE root_sha256 = (SELECT arg_max(root_sha256, started_at) FROM held)
        ORDER BY sha256
        """,
            {"named": document},
        ).fetchall()
    )
    if not found:
        raise WarehouseError("statement", f"Kho không có tệp {document}.", f"The warehouse has no file {document}.")
    return [str(digest) for (digest,) in found]
