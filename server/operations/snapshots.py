"""Snapshots of the network, read once for each revision of the graph and each scope of viewers."""

import asyncio
from collections.abc import Sequence
from typing import Any

from graph_schema.domain import Domain
from server.cypher import Statement
from server.graph import Graph
from server.measures.network import City, Transfer
from server.measures.snapshot import Snapshot
from server.operations.batches import Names, all_ties, parts, unpacked
from server.operations.lasting import lasting
from server.reading.expressions import Sight
from server.reading.writer import Writer
from server.viewer import Viewer

SECONDS = 60.0

_HELD: Names = {
    "Country": ("code",),
    "Transfer": ("kind", "degree", "outcome", "claimLevel", "year"),
}
_TIED: Names = {"City": ("country",), "Transfer": ("sourceCities", "targetCity", "innovation")}
_NONE: tuple[None] = (None,)


class Snapshots:
    """The newest snapshot for each scope."""

    def __init__(self, graph: Graph, domain: Domain) -> None:
        self._graph = graph
        self._domain = domain
        self._kept: dict[str, Snapshot] = {}
        self._turn = asyncio.Lock()

    async def at_least(self, viewer: Viewer, revision: int = 0) -> Snapshot:
        """What this viewer sees at that revision or a later one."""
        async with self._turn:
            kept = self._kept.get(viewer.scope)
            if kept is None or kept.revision < revision:
                with lasting():
                    batches = await self._graph.read_all(statement(Sight(self._domain, viewer)), within=SECONDS)
                    kept = self._kept[viewer.scope] = await asyncio.to_thread(_snapshot, self._domain, batches)
            return kept


def statement(sight: Sight) -> Statement:
    """The network, in one statement."""
    writer = Writer(sight.visible, 0)
    text = " UNION ALL ".join(parts(sight, writer, _HELD, _TIED))
    return Statement(text, {name: value.resolve({}) for name, value in writer.values})


def _snapshot(domain: Domain, batches: Sequence[Sequence[Any]]) -> Snapshot:
    revision, found = unpacked(batches)
    tied = all_ties(domain, _TIED, found)
    givers, innovations = (tied[f"Transfer.{name}"] for name in ("sourceCities", "innovation"))
    codes = dict(found["Country"])
    # A transfer whose givers are all hidden from the viewer, or whose target is, is hidden as well.
    transfers = tuple(
        Transfer(slug, innovations.get(slug, _NONE)[0], kind, degree, outcome, claim_level, year, givers[slug], target)
        for target, received in found["Transfer.targetCity"]
        for slug, kind, degree, outcome, claim_level, year in received
        if slug in givers
    )
    cities = {city: City(city, codes[country]) for city, (country, *_) in tied["City.country"].items()}
    # Every innovation is there, with the transfers of it, if there are any.
    return Snapshot(revision, transfers, cities, frozenset(slug for slug, _ in found["Transfer.innovation"]))
