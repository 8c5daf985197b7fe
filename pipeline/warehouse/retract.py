"""Withdrawing a document that should not have been landed: a draft, a report of another province, a file sent by mistake."""

from __future__ import annotations

import duckdb

from pipeline.warehouse.lock import WarehouseError
from pipeline.warehouse.store import now
from pipeline.warehouse.transaction import transaction


def retract(con: duckdb.DuckDBPyConnection, document: str, reason: str, undo: bool = False) -> str:
    """Take a document, named by a path that it was landed from or by its SHA-256, out of all views, or put it back; returns
    its SHA-256.

    Its facts stay, and an earlier version of the same report counts again. Of several documents that stood at a path the
    last landed is meant. Raises WarehouseError "statement" where there is no such document, where it is withdrawn already,
    or, to `undo`, is not.
    """
    with transaction(con):
        sha256 = _named(con, document)
        before = con.execute(
            "SELECT count(*), coalesce(arg_max(retracted, seq), false) FROM retractions WHERE sha256 = ?", [sha256]
        ).fetchall()[0]
        if before[1] != undo:
            told = ("chưa bị rút", "is not withdrawn") if undo else ("đã bị rút rồi", "is withdrawn already")
            raise WarehouseError("statement", f"{document} {told[0]}.", f"{document} {told[1]}.")
        con.execute(
            "INSERT INTO retractions (sha256, seq, retracted, reason, decided_at) VALUES (?, ?, ?, ?, ?)",
            [sha256, before[0], not undo, reason, now()],
        )
    return sha256


def _named(con: duckdb.DuckDBPyConnection, document: str) -> str:
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
    if not found:
        raise WarehouseError("statement", f"Kho không có tệp {document}.", f"The warehouse has no file {document}.")
    return str(found[0][0])
