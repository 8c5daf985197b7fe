"""Whether a lake is whole: its parts, then all that is counted of a warehouse. Nothing is mended."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.lake.paths import existing, look, reaching, tables_of
from pipeline.lake.read import DUPLICATES, open_lake
from pipeline.warehouse.verify import Probe, probes


def verify_lake(uri: str) -> Iterator[Probe]:
    """Examine a lake, probe by probe; each is one pass over a table.

    `probe_parts`: files that sealed parts must have, and how many are missing; where some are, the lake cannot be read and
    this is the last probe. `probe_strays`: files of runs and compactions that were cut off or are at work, and of parts
    that were written anew; `probe_duplicates`: copies of readings that several runs landed at once. Of these none is wrong.
    Raises LakeError as `open_lake` does.
    """
    place = existing(uri)
    with reaching(uri):
        seen = look(place)
    files = sum(len(tables_of(part.mask)) for part in (*seen.parts, *seen.broken))
    missing = sum(len(part.missing) for part in seen.broken)
    yield Probe("probe_parts", (), files, missing)
    broken = {part.name for part in seen.broken}
    strays = sum(len(part.files) for name, part in seen.others.items() if name not in broken) + len(seen.strays)
    yield Probe("probe_strays", (), strays, 0)
    if missing:
        return
    with open_lake(uri, asked="") as con:  # its tables, no view
        ((duplicates,),) = con.execute(f"SELECT count(*) FROM {DUPLICATES}").fetchall()
        yield Probe("probe_duplicates", (), int(duplicates), 0)
        yield from probes(con)
