"""Where a lake is and what lies in it: its marker, its parts, one listing of both.

A lake is a folder of a file system that fsspec reaches. A *part* is what one run wrote at once, all of one year: one
Parquet file a table, never changed. Its name says which tables it has, so that a listing alone tells a whole part from
one that is being written or deleted:

    soat-lake.json                                     the marker: format and version
    observations/year=2024/<id>-<schema>-<mask>.parquet
    readings/year=2024/<id>-<schema>-<mask>.parquet    written last, deleted first: the part's seal
    _replaced/<part>.json                              the parts that a compaction wrote anew as <part>
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from uuid import uuid4

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from pipeline.warehouse.lock import WarehouseError

FORMAT: Final = 1
MARKER: Final = "soat-lake.json"
REPLACED: Final = "_replaced"
SEAL: Final = "readings"
#: A bit each in the mask of a part's name: new tables are appended, none is ever moved or removed.
TABLES: Final = (
    *("runs", "documents", "files", "readings", "warnings", "observations", "citations", "dates", "checks"),
    *("check_observations", "findings", "finding_checks", "finding_evidence", "suspects", "refusals"),
    "own_dossiers",
    "recognised_figures",
    "members",
    "signatures",
    "page_scores",
)
#: What Hive, Spark, Trino and DuckDB take for a partition without a value.
NO_YEAR: Final = "__HIVE_DEFAULT_PARTITION__"
_FILE: Final = re.compile(
    rf"(?P<table>{'|'.join(TABLES)})/year=(?P<year>-?\d+|{NO_YEAR})/"
    r"(?P<part>[0-9a-f]{32}-(?P<schema>\d+)-(?P<mask>[0-9a-f]+))\.parquet"
)
_NOTE: Final = re.compile(rf"{REPLACED}/(?P<part>[0-9a-f]{{32}}-\d+-[0-9a-f]+)\.json")
_BUILDING: Final = re.compile(r"(.*/)?\.[^/]+\.building")
_LISTINGS: Final = 6
_PAUSE: Final = 0.1


class LakeError(WarehouseError):
    """The lake cannot be used; `code` is missing, newer, foreign, unreachable, statement, changed, damaged or slow."""


@dataclass(frozen=True, slots=True)
class Place:
    """A folder of a file system."""

    fs: Any
    root: str
    uri: str

    def at(self, relative: str) -> str:
        """The path of something below the root, as the file system wants it."""
        return f"{self.root}/{relative}"

    @contextlib.contextmanager
    def writing(self, relative: str) -> Iterator[Path]:
        """A local file to write; afterwards it is stored under its final name, whole or not at all.

        Object stores put atomically. On a folder it is written beside its place, brought to the disk and renamed: a
        reader of a shared folder never sees half a file, and a power cut leaves no seal before what it seals.
        """
        if isinstance(self.fs, LocalFileSystem):
            target = Path(self.at(relative))
            target.parent.mkdir(parents=True, exist_ok=True)
            unfinished = target.with_name(f".{target.name}.{uuid4().hex[:8]}.building")
            try:
                yield unfinished
                _to_disk(unfinished)
                unfinished.replace(target)
            except BaseException:
                unfinished.unlink(missing_ok=True)
                raise
            return
        with tempfile.TemporaryDirectory() as folder:
            unfinished = Path(folder, "unfinished")
            yield unfinished
            self.fs.makedirs(self.at(relative).rpartition("/")[0], exist_ok=True)
            self.fs.put_file(str(unfinished), self.at(relative))

    def write_text(self, text: str, relative: str) -> None:
        """Store a small text."""
        with self.writing(relative) as local:
            local.write_text(text, encoding="utf-8")

    def remove(self, relative: str) -> bool:
        """Delete a file; False where it is gone already, because two compactions may delete the same."""
        try:
            self.fs.rm_file(self.at(relative))
        except FileNotFoundError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Part:
    """What a run or a compaction wrote at once; `files` maps tables to the size of their file in bytes."""

    name: str
    year: str
    schema: int
    mask: int
    files: Mapping[str, int]

    @property
    def sealed(self) -> bool:
        """Whether whoever wrote it came to its end."""
        return SEAL in self.files

    @property
    def missing(self) -> set[str]:
        """Tables that its name tells of and that have no file."""
        return tables_of(self.mask) - set(self.files)

    @property
    def readable(self) -> bool:
        """Whether it is sealed and has all its files."""
        return self.sealed and not self.missing

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(self.files.values())

    def path(self, table: str) -> str:
        """Where a table's file is, below the root."""
        return file_path(table, self.year, self.name)


@dataclass(frozen=True, slots=True)
class Listing:
    """One look at a lake.

    `parts` are those to read: sealed, whole, and not yet written anew by a compaction. `others` are the remains of
    replaced parts and of runs that were cut off, or are still at work. `replaced` maps a part to those that it replaces,
    `strays` are files of unfinished writing, `broken` sealed parts without some of their files.
    """

    parts: tuple[Part, ...]
    others: Mapping[str, Part]
    replaced: Mapping[str, tuple[str, ...]]
    strays: tuple[str, ...]
    broken: tuple[Part, ...]


def _to_disk(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def file_path(table: str, year: str, part: str) -> str:
    """Where a part's file of a table is, below the root."""
    return f"{table}/year={year}/{part}.parquet"


def note_path(part: str) -> str:
    """Where it is noted which parts `part` replaces."""
    return f"{REPLACED}/{part}.json"


def note_text(parts: list[str]) -> str:
    """What is noted there."""
    return json.dumps({"parts": parts})


def new_part(schema: int, tables: set[str]) -> str:
    """A name that no other part has; later parts have greater names, as far as clocks agree."""
    mask = sum(1 << bit for bit, table in enumerate(TABLES) if table in tables | {SEAL})
    return f"{time.time_ns() // 1000:016x}{uuid4().hex[:16]}-{schema}-{mask:x}"


def tables_of(mask: int) -> set[str]:
    """The tables of which a part with this mask has files."""
    return {table for bit, table in enumerate(TABLES) if mask >> bit & 1}


def unreachable(uri: str, error: Exception) -> LakeError:
    """What is said where the lake's file system fails."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return LakeError(
        "unreachable", f"Không truy cập được hồ dữ liệu {uri}: {lines[0]}", f"Cannot reach the lake {uri}: {lines[0]}"
    )


@contextlib.contextmanager
def reaching(uri: str) -> Iterator[None]:
    """Failures of the file system, told; LakeErrors pass."""
    try:
        yield
    except OSError as error:
        raise unreachable(uri, error) from error


def locate(uri: str) -> Place:
    """The folder at a URI: a path, file://, memory://, or s3://, gs://, abfs:// with the fsspec package of that store.

    Raises LakeError "unreachable" where the URI is of no kind that fsspec knows or its package is not installed.
    """
    try:
        fs, root = url_to_fs(uri, use_listings_cache=False)
    except (ImportError, ValueError, OSError) as error:
        raise unreachable(uri, error) from error
    return Place(fs, str(root).rstrip("/"), uri)


def existing(uri: str) -> Place:
    """The lake at a URI. Raises LakeError: missing, newer, foreign or unreachable."""
    place = locate(uri)
    with reaching(uri):
        if not _marked(place):
            raise LakeError("missing", f"Chưa có hồ dữ liệu {uri}.", f"There is no lake {uri} yet.")
    return place


def founded(uri: str) -> Place:
    """The lake at a URI, made where there is none yet.

    Any number of runs may found the same lake at once: all write the same marker. Raises LakeError as `existing` does, and
    "foreign" where the place holds something else already.
    """
    place = locate(uri)
    with reaching(uri):
        if _marked(place):
            return place
        held = [name for name in _names(place) if not name.startswith(".")]
        if held and not _marked(place):
            raise _foreign(place)
        place.write_text(json.dumps({"format": "soat.lake", "version": FORMAT}), MARKER)
    return place


def _names(place: Place) -> dict[str, int]:
    """Every file below the root, with its size; object stores list flat, a page of a thousand at a time."""
    place.fs.invalidate_cache()
    try:
        found = place.fs.find(place.root, detail=True)
    except FileNotFoundError:
        return {}
    return {name[len(place.root) + 1 :]: int(info.get("size") or 0) for name, info in found.items()}


def _marked(place: Place) -> bool:
    try:
        text = place.fs.cat_file(place.at(MARKER))
    except FileNotFoundError:
        return False
    try:
        marker = json.loads(text)
        version = int(marker["version"]) if marker["format"] == "soat.lake" else 0
    except (ValueError, KeyError, TypeError):
        version = 0
    if version < 1:
        raise _foreign(place)
    if version > FORMAT:
        raise newer(place.uri, version, FORMAT)
    return True


def _foreign(place: Place) -> LakeError:
    return LakeError("foreign", f"{place.uri} không phải hồ dữ liệu của Soát.", f"{place.uri} is no lake of Soát.")


def newer(uri: str, found: int, known: int) -> LakeError:
    """What is said of a lake that a newer program made or wrote to."""
    return LakeError(
        "newer",
        f"Hồ {uri} có dữ liệu của bản Soát mới hơn ({found}, bản này biết đến {known}). Hãy nâng cấp Soát.",
        f"The lake {uri} has data of a newer Soát ({found}, this one knows {known}). Upgrade Soát.",
    )


def listing(place: Place) -> Listing:
    """What there is to read. Raises LakeError "damaged" where a sealed part stays without some of its files.

    A listing is no snapshot: while a compaction deletes, a part may be seen whose other files are gone already, and the
    client of a shared folder may remember an older listing. A part's name tells, and the lake is listed again.
    """
    for attempt in range(_LISTINGS):
        time.sleep(_PAUSE * attempt)
        seen = look(place)
        if not seen.broken:
            return seen
    lost = seen.broken[0].path(min(seen.broken[0].missing))
    raise LakeError("damaged", f"Hồ {place.uri} thiếu tệp {lost}.", f"The lake {place.uri} has lost the file {lost}.")


def look(place: Place) -> Listing:
    """One listing, as it comes."""
    names = _names(place)
    found = _parts(names)
    replaced = dict(_notes(place, names))
    gone = {old for new, parts in replaced.items() if new in found and found[new].readable for old in parts}
    told = sorted((p for p in found.values() if p.sealed and p.name not in gone), key=lambda part: part.name)
    kept = {part.name for part in told if part.readable}
    return Listing(
        tuple(part for part in told if part.name in kept),
        {name: part for name, part in found.items() if name not in kept},
        replaced,
        tuple(name for name in names if _BUILDING.fullmatch(name)),
        tuple(part for part in told if part.name not in kept),
    )


def _parts(names: Mapping[str, int]) -> dict[str, Part]:
    files: dict[str, dict[str, int]] = {}
    heads: dict[str, re.Match[str]] = {}
    for name, size in names.items():
        if head := _FILE.fullmatch(name):
            heads[head["part"]] = head
            files.setdefault(head["part"], {})[head["table"]] = size
    return {
        name: Part(name, head["year"], int(head["schema"]), int(head["mask"], 16), MappingProxyType(files[name]))
        for name, head in heads.items()
    }


def _notes(place: Place, names: Mapping[str, int]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Which parts replace which; a note that vanishes meanwhile is one whose parts are deleted."""
    for name in names:
        if note := _NOTE.fullmatch(name):
            with contextlib.suppress(FileNotFoundError):
                yield note["part"], tuple(json.loads(place.fs.cat_file(place.at(name)))["parts"])
