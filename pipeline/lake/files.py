"""The files of one listing as a file system that DuckDB may read, and nothing else.

DuckDB reaches a lake only through this: whatever the store, a query can open the parts that were listed, cannot write,
and needs no extension. Sizes come from the listing, so an object store is asked for bytes only.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from fsspec.spec import AbstractFileSystem

from pipeline.lake.paths import Part, Place

PROTOCOL: Final = "soatlake"
_NEVER_CHANGED: Final = datetime(2000, 1, 1, tzinfo=UTC)


class PartFiles(AbstractFileSystem):  # type: ignore[misc]
    """Read-only view of the files of some parts; `lost` is one that was gone when it was opened."""

    protocol = PROTOCOL
    cachable = False

    def __init__(self, place: Place, parts: Iterable[Part]) -> None:
        super().__init__()
        self._place = place
        self._sizes = {part.path(table): size for part in parts for table, size in part.files.items()}
        self.lost: str | None = None

    def info(self, path: str, **_: Any) -> dict[str, Any]:
        """Size and kind of a listed file; FileNotFoundError for any other."""
        name = self._listed(path)
        return {"name": name, "size": self._sizes[name], "type": "file"}

    def ls(self, path: str, detail: bool = True, **_: Any) -> list[Any]:
        """A listed file as a listing of one; there is nothing to browse."""
        return [self.info(path)] if detail else [self._listed(path)]

    def modified(self, path: str) -> datetime:
        """The same for ever: a part is never changed."""
        self._listed(path)
        return _NEVER_CHANGED

    def _open(self, path: str, mode: str = "rb", **_: Any) -> Any:
        name = self._listed(path)
        if mode != "rb":
            raise PermissionError(name)
        try:
            return self._place.fs.open(self._place.at(name), "rb")
        except FileNotFoundError:
            self.lost = name
            raise

    def _listed(self, path: str) -> str:
        name = str(self._strip_protocol(path)).lstrip("/")
        if name not in self._sizes:
            raise FileNotFoundError(path)
        return name
