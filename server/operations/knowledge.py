"""Knowledge for measures, read once for each revision of the graph and each scope of viewers."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from graph_schema.domain import Domain
from server.graph import Graph
from server.measures.knowledge import Knowledge, Records
from server.operations.batches import all_ties, unpacked
from server.operations.everything import EVIDENCE, HELD, TIED, asked
from server.operations.lasting import lasting
from server.operations.levels import asked_of, decided
from server.reading.expressions import Sight
from server.reading.plan import Choice
from server.viewer import Viewer

SECONDS = 60.0


class Knowing:
    """The newest knowledge for each scope."""

    def __init__(self, graph: Graph, domain: Domain) -> None:
        self._graph = graph
        self._domain = domain
        self._kept: dict[str, Knowledge] = {}
        self._turn = asyncio.Lock()

    async def at_least(self, viewer: Viewer, revision: int = 0) -> Knowledge:
        """What this viewer may know at that revision or a later one."""
        async with self._turn:
            kept = self._kept.get(viewer.scope)
            if kept is None or kept.revision < revision:
                kept = self._kept[viewer.scope] = await knowledge(self._graph, Sight(self._domain, viewer))
            return kept


async def knowledge(graph: Graph, sight: Sight) -> Knowledge:
    """What is known now to who sees the domain so."""
    reading = asked(sight)
    with lasting():
        batches = await graph.read_all(reading.statement, within=SECONDS)
        return Knowledge(await asyncio.to_thread(records, sight.domain, reading.rules, batches))


def records(domain: Domain, rules: Choice, batches: Sequence[Sequence[Any]]) -> Records:
    """What the statement found."""
    revision, found = unpacked(batches)
    held = {label: {slug: tuple(more) for slug, *more in found.pop(label, [])} for label in HELD}
    held["Innovation"] = {slug: (level,) for slug, level in _levels(rules, held["Innovation"], found).items()}
    return Records(revision, held, all_ties(domain, TIED, found))


def _levels(rules: Choice, innovations: Mapping[str, Any], found: Mapping[str, list[Any]]) -> dict[str, int]:
    answered = {key: frozenset(slug for slug, _ in found.get(f"{EVIDENCE}{place}", ())) for place, key in enumerate(asked_of(rules))}
    levels = decided(rules, frozenset(innovations), answered)
    return {slug: levels[slug] for slug in innovations}
