# house: where all that an export is made of comes together
"""The story of an export: what is asked is understood, read in pieces of one revision, and given away as bytes."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from graph_schema.domain import Domain
from server.errors import GraphMoved
from server.exchange.stored import read_head
from server.exports.asked import Offer, offer, refuse_unknown, truth_of, year_of
from server.exports.cascades import cascade_rows
from server.exports.chunks import Chunk, total
from server.exports.cities import city_rows
from server.exports.formats import NETWORK_FORMATS, Format, format_of
from server.exports.histories import history_rows
from server.exports.metadata import Provenance, described, now, sidecar
from server.exports.places import Places, read_places
from server.exports.selecting import Selecting
from server.exports.transfers import OF_THE_NETWORK, transfer_rows
from server.graph import Graph
from server.operations.filters import FilterReader
from server.reading.expressions import Sight
from server.reading.plan import ALWAYS, All, Condition
from server.settings import Settings
from server.viewer import Viewer

_TRIES = 5
_NOT_INFERRED = {"claimLevel": {"ne": "INFERRED"}}


@dataclass(frozen=True, slots=True)
class Asked:
    """One export, asked for: its name, its format, its parameters (filters as JSON values), the query that names all this."""

    name: str
    kind: str
    parameters: Mapping[str, Any]
    query: str
    viewer: Viewer


@dataclass(frozen=True, slots=True)
class Opened:
    """An export that has begun: its first rows are read, so its revision is known. `pieces` must be closed."""

    metadata: dict[str, Any]
    pieces: AsyncGenerator[tuple[bytes, int], None]
    """Bytes, and how many records were read for all bytes so far."""


@dataclass(frozen=True, slots=True)
class _Understood:
    """What is asked for, its conditions planned."""

    offer: Offer
    selecting: Selecting
    where: Condition
    cities: Condition
    until: int


class Exporter:
    """Exports of one graph."""

    def __init__(self, graph: Graph, domain: Domain, filters: FilterReader, settings: Settings) -> None:
        self.graph = graph
        self.domain = domain
        self.settings = settings
        self._filters = filters

    async def open(self, asked: Asked) -> Opened:
        """Begin an export; raises refusals. A graph that moves before anything was given away is read anew."""
        understood = self._understood(asked)
        for _ in range(_TRIES - 1):
            try:
                return await self._begun(asked, understood)
            except GraphMoved:
                continue
        return await self._begun(asked, understood)

    async def sidecar(self, asked: Asked, address: str) -> dict[str, Any]:
        """The metadata that an export would have now; raises what the export would raise."""
        understood = self._understood(asked)
        places = await read_places(self.graph, understood.selecting)
        return sidecar(understood.offer.table, self._metadata(asked, understood, places.revision), asked.kind, address)

    async def revision(self, asked: Asked | None = None) -> int:
        """The revision that an export, or the whole package, would be of now; raises what is wrong with what is asked."""
        if asked:
            self._understood(asked)
        head = await read_head(self.graph.read_all)
        return head.revision if head else 0

    async def total(self, asked: Asked) -> int:
        """How many records it reads."""
        understood = self._understood(asked)
        condition = ALWAYS if asked.name == "cascades" else understood.where
        return await total(self.graph, understood.selecting.sight, understood.offer.label, condition)

    async def _begun(self, asked: Asked, understood: _Understood) -> Opened:
        places = await read_places(self.graph, understood.selecting) if asked.name == "transfers" else None
        written = format_of(asked.kind, understood.offer.table, places)
        found = self._rows(asked, understood, places)
        try:
            first = await anext(found)
        except BaseException:
            await found.aclose()
            raise
        metadata = self._metadata(asked, understood, first.revision)
        return Opened(metadata, _pieces(written, metadata, first, found))

    def _rows(self, asked: Asked, understood: _Understood, places: Places | None) -> AsyncGenerator[Chunk, None]:
        graph, selecting, where = self.graph, understood.selecting, understood.where
        match asked.name:
            case "event-history":
                return history_rows(graph, selecting, where, understood.cities, understood.until)
            case "cascades":
                return cascade_rows(graph, selecting, where)
            case "cities":
                return city_rows(graph, selecting, where)
            case _:
                assert places
                only = OF_THE_NETWORK if asked.kind in NETWORK_FORMATS else None
                return transfer_rows(graph, selecting, where, places, only)

    def _understood(self, asked: Asked) -> _Understood:
        found, given = offer(asked.name, asked.kind), asked.parameters
        refuse_unknown(found.parameters, given)
        selecting = Selecting(Sight(self.domain, asked.viewer))
        where, cities = (self._condition(selecting, found, name, given.get(name)) for name in ("where", "cities"))
        if asked.name == "cascades" and not truth_of("includeInferred", given.get("includeInferred")):
            where = All((where, selecting.filters.condition(selecting.node("Transfer"), _NOT_INFERRED)))
        until = year_of("until", given.get("until"), int(now()[:4]))
        return _Understood(found, selecting, where, cities, until)

    def _condition(self, selecting: Selecting, found: Offer, name: str, given: Any) -> Condition:
        parameter = found.parameters.get(name)
        if parameter is None or given is None:
            return ALWAYS
        read = self._filters.read(parameter.type, name, given)
        return selecting.filters.condition(selecting.node(parameter.type.removesuffix("Filter")), read)

    def _metadata(self, asked: Asked, understood: _Understood, revision: int) -> dict[str, Any]:
        origin = Provenance(revision, asked.query, now(), self.settings.contact)
        until = {"until": understood.until} if "until" in understood.offer.parameters else {}
        return described(understood.offer.table, origin) | until


async def _pieces(
    written: Format, metadata: dict[str, Any], first: Chunk, rest: AsyncGenerator[Chunk, None]
) -> AsyncGenerator[tuple[bytes, int], None]:
    read = first.read
    async with aclosing(rest):
        yield await asyncio.to_thread(_together, written.begin, metadata, written.rows, first.rows), read
        async for chunk in rest:
            read = chunk.read
            if chunk.rows:
                yield await asyncio.to_thread(written.rows, chunk.rows), read
    yield await asyncio.to_thread(written.end), read


def _together(begin: Callable[[Any], bytes], metadata: Any, rows: Callable[[Any], bytes], first: Any) -> bytes:
    return begin(metadata) + rows(first)
