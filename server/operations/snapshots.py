"""Snapshots of the network, read once for each revision of the graph and each scope of viewers."""

import asyncio
from collections import defaultdict
from typing import Any

from server.cypher import Statement
from server.graph import Graph
from server.measures.network import City, Transfer
from server.measures.snapshot import Snapshot
from server.policy import visible_statuses
from server.viewer import Viewer

SECONDS = 60.0

# The revision comes first: a change made while the rest is read shows as a newer revision in the next answer.
_NETWORK = (
    "MATCH (g:`Graph`) RETURN 'revision' AS part, [g.`revision`, null] AS row "
    "UNION ALL MATCH (n:`City`)-[:`IN_COUNTRY`]->(c:`Country`) WHERE n.`status` IN $statuses AND c.`status` IN $statuses "
    "RETURN 'city' AS part, [n.`slug`, c.`code`] AS row "
    "UNION ALL MATCH (n:`Innovation`) WHERE n.`status` IN $statuses RETURN 'innovation' AS part, [n.`slug`, null] AS row "
    "UNION ALL MATCH (n:`Transfer`)-[:`REACHED`]->(c:`City`) WHERE n.`status` IN $statuses AND c.`status` IN $statuses "
    "RETURN 'transfer' AS part, [n.`slug`, "
    "head(COLLECT { MATCH (n)-[:`OF`]->(i:`Innovation`) WHERE i.`status` IN $statuses RETURN i.`slug` }), "
    "n.`kind`, n.`degree`, n.`outcome`, n.`claimLevel`, n.`year`, "
    "COLLECT { MATCH (n)<-[e:`GAVE`]-(g:`City`) WHERE g.`status` IN $statuses "
    "WITH g, e ORDER BY e.`position` IS NULL, e.`position`, g.`slug` RETURN g.`slug` }, c.`slug`] AS row"
)


class Snapshots:
    """The newest snapshot for each scope."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._kept: dict[str, Snapshot] = {}
        self._turn = asyncio.Lock()

    async def at_least(self, viewer: Viewer, revision: int = 0) -> Snapshot:
        """What this viewer sees at that revision or a later one."""
        async with self._turn:
            kept = self._kept.get(viewer.scope)
            if kept is None or kept.revision < revision:
                statement = Statement(_NETWORK, {"statuses": list(visible_statuses(viewer))})
                rows = await self._graph.read_all(statement, within=SECONDS)
                kept = self._kept[viewer.scope] = await asyncio.to_thread(_snapshot, rows)
            return kept


def _snapshot(rows: list[list[Any]]) -> Snapshot:
    parts: dict[str, list[Any]] = defaultdict(list)
    for part, row in rows:
        parts[part].append(row)
    # A transfer whose givers are all hidden from the viewer is hidden as well.
    transfers = tuple(_transfer(*row) for row in parts["transfer"] if row[7])
    revision = parts["revision"][0][0] if parts["revision"] else 0
    return Snapshot(
        revision,
        transfers,
        {slug: City(slug, country) for slug, country in parts["city"]},
        frozenset(slug for slug, _ in parts["innovation"]),
    )


def _transfer(*row: Any) -> Transfer:
    slug, innovation, kind, degree, outcome, claim_level, year, givers, target = row
    return Transfer(slug, innovation, kind, degree, outcome, claim_level, year, tuple(givers), target)
