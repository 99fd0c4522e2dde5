"""The formats of tables: each begins, takes rows and ends."""

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from server.errors import Refusal
from server.exports import cities, csv_text, graphml
from server.exports.metadata import as_text
from server.exports.places import Places
from server.exports.tables import Row, Table

PARQUET_MEDIA_TYPE = "application/vnd.apache.parquet"
MEDIA_TYPES = {
    "csv": csv_text.MEDIA_TYPE,
    "geojson": cities.MEDIA_TYPE,
    "graphml": graphml.MEDIA_TYPE,
    "parquet": PARQUET_MEDIA_TYPE,
}
NETWORK_FORMATS = frozenset({"graphml"})
"""Formats that tell of a transfer only its ends and how it is judged."""


class Format(Protocol):
    """Makes the bytes of one export, in the order in which they are sent."""

    def begin(self, metadata: dict[str, Any]) -> bytes:
        """What stands before the rows."""
        ...

    def rows(self, rows: Sequence[Row]) -> bytes:
        """Some rows."""
        ...

    def end(self) -> bytes:
        """What stands after them."""
        ...


def format_of(kind: str, table: Table, places: Places | None) -> Format:
    """The format of that name for one export."""
    if kind == "csv":
        return _Csv(table)
    if kind == "geojson":
        return _GeoJson()
    if kind == "graphml":
        assert places
        return _GraphMl(table, graphml.Drawing(places))
    return _Parquet(table)


@dataclass(frozen=True, slots=True)
class _Csv:
    table: Table

    def begin(self, _metadata: dict[str, Any]) -> bytes:
        return csv_text.header(self.table)

    def rows(self, rows: Sequence[Row]) -> bytes:
        return csv_text.body(self.table, rows)

    def end(self) -> bytes:
        return b""


@dataclass(slots=True)
class _GeoJson:
    follow: bool = False

    def begin(self, metadata: dict[str, Any]) -> bytes:
        return cities.opening(metadata)

    def rows(self, rows: Sequence[Row]) -> bytes:
        made = cities.features(rows, follow=self.follow)
        self.follow = self.follow or bool(rows)
        return made

    def end(self) -> bytes:
        return cities.CLOSING


@dataclass(frozen=True, slots=True)
class _GraphMl:
    table: Table
    drawing: graphml.Drawing

    def begin(self, metadata: dict[str, Any]) -> bytes:
        return graphml.opening(self.table, as_text(metadata))

    def rows(self, rows: Sequence[Row]) -> bytes:
        return self.drawing.draw(rows)

    def end(self) -> bytes:
        return graphml.CLOSING


class _Parquet:
    def __init__(self, table: Table) -> None:
        self._table = table
        # Arrow takes tens of megabytes, so it is loaded by whoever asks for this format first.
        try:
            self._module = importlib.import_module("server.exports.parquet")
        except ImportError as missing:
            raise Refusal("Parquet cannot be written here.", code="FORMAT_MISSING", hint="Install pyarrow, or ask for CSV.") from missing
        self._writing: Any = None

    def begin(self, metadata: dict[str, Any]) -> bytes:
        self._writing = self._module.Writing(self._table, as_text(metadata))
        return bytes(self._writing.rows(()))

    def rows(self, rows: Sequence[Row]) -> bytes:
        return bytes(self._writing.rows(rows))

    def end(self) -> bytes:
        return bytes(self._writing.end())
