"""What a question reads: one statement, with the records that were chosen for it beforehand."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from server.graph import Graph
from server.measures.snapshot import Snapshot
from server.operations.fetching import Fetching, revision_of
from server.operations.preparation import Question
from server.operations.snapshots import Snapshots
from server.viewer import Viewer


class Reads:
    """Reads for one graph."""

    def __init__(self, graph: Graph) -> None:
        self._fetching = Fetching(graph)
        self._snapshots = Snapshots(graph)

    async def read(self, question: Question, viewer: Viewer) -> tuple[Question, list[Any], Mapping[str, int]]:
        """The question with what was chosen for it, the record, the numbers of records of each type."""
        choosing = question.prepared.reading.choosing
        if not choosing:
            return question, *await self._fetching.fetch(question, viewer.scope)
        snapshot = await self._snapshots.at_least(viewer)
        asking, record, totals = await self._with_chosen(question, snapshot, viewer)
        if revision_of(record) > snapshot.revision:
            # The graph has moved on since: once more with the newer one, and then that answer stands.
            snapshot = await self._snapshots.at_least(viewer, revision_of(record))
            asking, record, totals = await self._with_chosen(question, snapshot, viewer)
        return asking, record, totals

    async def _with_chosen(self, question: Question, snapshot: Snapshot, viewer: Viewer) -> tuple[Question, list[Any], Mapping[str, int]]:
        variables = await asyncio.to_thread(_choose, question, snapshot)
        asking = replace(question, variables=variables)
        return asking, *await self._fetching.fetch(asking, viewer.scope)


def _choose(question: Question, snapshot: Snapshot) -> dict[str, Any]:
    """The variables, with what was chosen with them."""
    chosen = dict(question.variables)
    for choosing in question.prepared.reading.choosing:
        chosen |= choosing.chosen(snapshot, question.variables)
    return chosen
