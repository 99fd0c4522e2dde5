"""The grounds on which measures choose, for each scope of viewers: as much of the graph as they need, at one revision."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph_schema.domain import Domain
from server.graph import Graph
from server.measures.knowledge import Knowledge
from server.measures.snapshot import Snapshot
from server.operations.knowledge import Knowing
from server.operations.snapshots import Snapshots
from server.reading.chosen import Grounds
from server.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Grounded:
    """What was read for choosing; `revision` is the oldest in it."""

    revision: int
    network: Snapshot | None
    knowledge: Knowledge | None

    def grounds(self, fitting: Sequence[str] | None) -> Grounds:
        """The grounds of one choice."""
        return Grounds(self.network, self.knowledge, fitting)


class Grounding:
    """Grounds over one graph."""

    def __init__(self, graph: Graph, domain: Domain) -> None:
        self._snapshots = Snapshots(graph, domain)
        self._knowing = Knowing(graph, domain)

    async def at_least(self, viewer: Viewer, needs: frozenset[str], revision: int = 0) -> Grounded:
        """What this viewer sees at that revision or a later one."""
        network = await self._snapshots.at_least(viewer, revision) if "network" in needs else None
        knowledge = await self._knowing.at_least(viewer, revision) if "knowledge" in needs else None
        return Grounded(min(each.revision for each in (network, knowledge) if each), network, knowledge)
