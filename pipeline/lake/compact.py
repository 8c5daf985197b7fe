"""Compaction: the many small parts of a year become few large ones, while others write and read.

What is to be merged is written as a new part; a note of the parts that it replaces comes before its seal, so the seal
takes both into effect at once. The replaced parts are deleted by a later compaction, when no reader can be at them any
more. No lock is needed: parts never change, a part is deleted only when all its readings are in a sealed part that was
written later, and where two compactions merge the same parts the readings count once all the same.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import duckdb

from pipeline.lake import schema
from pipeline.lake.paths import SEAL, Listing, Part, Place, existing, listing, note_path, note_text, reaching, tables_of
from pipeline.lake.read import attach, check_schemas, counted, find_duplicates, trouble
from pipeline.lake.write import write_part

TARGET_BYTES: Final = 128 << 20
#: How long replaced parts are kept: longer than any listing and query takes, and than clocks differ.
GRACE: Final = timedelta(hours=1)
#: When files without a seal are taken for those of a run that was cut off; `write.SEAL_WITHIN` is far below.
STRAYS_AFTER: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Compacted:
    """What a compaction did: `merged` parts became `written` ones; `skipped` were merged by somebody else meanwhile;
    `deleted` files of parts that were replaced before, `swept` of runs that were cut off."""

    parts: int
    merged: int
    written: int
    skipped: int
    deleted: int
    swept: int


def compact(
    uri: str, target_bytes: int = TARGET_BYTES, grace: timedelta = GRACE, strays_after: timedelta = STRAYS_AFTER
) -> Compacted:
    """Merge the parts of every year that are smaller than half of `target_bytes` into parts of about that size.

    `parts` is how many there are to read afterwards. A `grace` of nought deletes at once and is right only where nobody
    reads. Raises LakeError: missing, newer, foreign, damaged, unreachable, slow.
    """
    place = existing(uri)
    with reaching(uri):
        seen = listing(place)
        check_schemas(place, seen.parts)
        merged, written, skipped = 0, 0, 0
        for group in _groups(seen.parts, target_bytes):
            if _merge(place, group):
                merged, written = merged + len(group), written + 1
            else:
                skipped += len(group)
        seen = listing(place)
        deleted = _delete_replaced(place, seen, datetime.now(UTC) - grace)
        swept = _sweep(place, seen, datetime.now(UTC) - strays_after)
    return Compacted(len(seen.parts), merged, written, skipped, deleted, swept)


def _groups(parts: Iterable[Part], target: int) -> Iterator[tuple[Part, ...]]:
    """Parts of one year that make up about one target; one part alone is left as it is."""
    small = sorted(
        (part for part in parts if part.size < target / 2), key=lambda part: (part.year, part.size, part.name)
    )
    group: list[Part] = []
    for part in small:
        if group and (group[0].year != part.year or sum(p.size for p in group) + part.size > target):
            yield from _worthwhile(group)
            group = []
        group.append(part)
    yield from _worthwhile(group)


def _worthwhile(group: list[Part]) -> Iterator[tuple[Part, ...]]:
    if len(group) > 1:
        yield tuple(group)


def _merge(place: Place, group: tuple[Part, ...]) -> bool:
    """Write a group as one part; False where one of it was deleted meanwhile by another compaction."""
    columns = schema.structure(schema.newest()).columns
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(":memory:") as con:
        con.execute("SET temp_directory = ?", [folder])
        files = attach(con, place, group)
        try:
            duplicates = find_duplicates(con, group, columns)
            tables = {
                table: counted(table, group, columns, duplicates)
                for table in sorted(set().union(*(tables_of(part.mask) for part in group)))
            }
            old = [part.name for part in group]
            write_part(
                con,
                place,
                group[0].year,
                tables,
                before_seal=lambda new: place.write_text(note_text(old), note_path(new)),
            )
        except duckdb.Error as error:
            if files.lost:
                return False
            raise trouble(place, files, error) from error
    return True


def _delete_replaced(place: Place, seen: Listing, before: datetime) -> int:
    """Delete what was replaced before a moment; return the number of files.

    A note is worked off whole before the part that it is of may be deleted: else the note would stand there without its
    part, and be void. Of each part the seal goes first.
    """
    held = {part.name: part for part in seen.parts} | dict(seen.others)
    left = dict(seen.replaced)
    deleted = 0

    def work_off(new: str) -> None:
        nonlocal deleted
        for old in left.pop(new):
            if old in left:
                work_off(old)
            if old in held:
                deleted += _delete(place, held[old])
        place.remove(note_path(new))

    for new in list(left):
        if new in left and new in held and held[new].readable and _older(place, note_path(new), before):
            work_off(new)
    return deleted


def _delete(place: Place, part: Part) -> int:
    ordered = sorted(part.files, key=lambda table: table != SEAL)
    return sum([place.remove(part.path(table)) for table in ordered])


def _sweep(place: Place, seen: Listing, before: datetime) -> int:
    """Delete the files of runs that were cut off, and notes of compactions that never sealed."""
    replaced = {old for parts in seen.replaced.values() for old in parts}
    held = {part.name for part in seen.parts}
    paths = [*seen.strays, *(note_path(new) for new in seen.replaced if new not in held | set(seen.others))]
    for name, part in seen.others.items():
        if not part.sealed and name not in replaced:
            paths += [part.path(table) for table in part.files]
            paths += [note_path(name)] if name in seen.replaced else []
    return sum([place.remove(path) for path in paths if _older(place, path, before)])


def _older(place: Place, path: str, moment: datetime) -> bool:
    try:
        changed: datetime = place.fs.modified(place.at(path))
    except (FileNotFoundError, NotImplementedError):  # a store that tells no times keeps what it has
        return False
    return changed.replace(tzinfo=changed.tzinfo or UTC) <= moment
