"""What officers decide on findings. A later decision takes the place of an earlier one and none is deleted; being bound to
the bytes and the finding's id, it still holds when a newer Soát reads the same document again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

import duckdb

from pipeline.warehouse.lock import WarehouseError
from pipeline.warehouse.store import now
from pipeline.warehouse.transaction import transaction

Choice = Literal["accepted", "dismissed", "corrected"]
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Decision:
    """A row of `decisions`: the `seq`-th on this finding of this document, from nought; `decided_at` is in UTC."""

    sha256: str
    finding_id: str
    seq: int
    reading: str
    decision: Choice
    note: str | None
    decided_by: str
    decided_at: datetime


def decide(
    con: duckdb.DuckDBPyConnection, document: str, finding_id: str, decision: Choice, note: str | None, by: str
) -> Decision:
    """Record a decision on a finding of the newest reading of `document`, a path as it was landed or a SHA-256.

    "accepted": noted, not to be looked at again; "dismissed": no fault; "corrected": the office has mended it, and the
    finding stays open until the mended report is landed. A path that has held several documents means the last landed.
    Raises WarehouseError "statement" where document, finding or decision is unknown or `by` is empty.
    """
    if decision not in get_args(Choice):
        known = ", ".join(get_args(Choice))
        raise _refused(
            f"Không có quyết định “{decision}”; có: {known}.", f"No decision “{decision}”; there are: {known}."
        )
    if not by.strip():
        raise _refused("Thiếu tên người quyết định.", "Who decides is missing.")
    with transaction(con):
        sha256, reading = _newest(con, document)
        if not con.execute("SELECT 1 FROM findings WHERE reading = ? AND id = ?", [reading, finding_id]).fetchall():
            raise _refused(
                f"Lần đọc mới nhất của {document} không có phát hiện “{finding_id}”.",
                f"The newest reading of {document} has no finding “{finding_id}”.",
            )
        ((before,),) = con.execute(
            "SELECT count(*) FROM decisions WHERE sha256 = ? AND finding_id = ?", [sha256, finding_id]
        ).fetchall()
        made = Decision(sha256, finding_id, before, reading, decision, note or None, by.strip(), now())
        con.execute(
            "INSERT INTO decisions (sha256, finding_id, seq, reading, decision, note, decided_by, decided_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [sha256, finding_id, before, reading, decision, made.note, made.decided_by, made.decided_at],
        )
    return made


def _newest(con: duckdb.DuckDBPyConnection, document: str) -> tuple[str, str]:
    """SHA-256 and newest reading of a document; of several that a path has held, the last to be landed from it."""
    key = "v.sha256 = ?" if _SHA256.fullmatch(document) else "f.path = ?"
    found = con.execute(
        f"""
        SELECT v.sha256, v.reading
        FROM report_versions v
        JOIN files f ON f.sha256 = v.sha256
        JOIN runs u ON u.run = f.first_run
        WHERE {key}
        ORDER BY u.started_at DESC, v.sha256
        LIMIT 1
        """,
        [document],
    ).fetchall()
    if not found:
        raise _refused(f"Trong kho không có báo cáo {document}.", f"The warehouse has no report {document}.")
    sha256, reading = found[0]
    return str(sha256), str(reading)


def _refused(vi: str, en: str) -> WarehouseError:
    return WarehouseError("statement", vi, en)
