"""What is counted over the whole list of a connection, whatever page of it is shown."""

from collections.abc import Hashable
from typing import Any

from server.reading.aggregates import plan_aggregate
from server.reading.facets import Gathered, plan_facets
from server.reading.plan import Tally
from server.reading.shape import Worked
from server.reading.walk import Nodes, Walk


class Counts:
    """The `facets` and `aggregate` of one connection, noted while its selection is walked."""

    def __init__(self, walk: Walk, label: str, *, at_root: bool) -> None:
        self._walk, self._label = walk, label
        self._gathered = Gathered(walk, walk.sight.node(label), at_root, walk.limits.facets)

    @property
    def cost(self) -> int:
        """What they cost, in records."""
        return self._gathered.cost

    def facets(self, nodes: Nodes) -> Worked:
        """`facets`, as it is asked for."""
        return plan_facets(self._gathered, nodes, self._arguments(nodes)["by"])

    def aggregate(self, nodes: Nodes) -> Worked:
        """`aggregate`, as it is asked for."""
        return plan_aggregate(self._gathered, nodes, self._arguments(nodes).get("groupBy"))

    def settled(self) -> tuple[tuple[Hashable, Tally], ...]:
        """What is to be counted, each tally with the name under which it will be told."""
        return self._gathered.settled()

    def _arguments(self, nodes: Nodes) -> dict[str, Any]:
        return self._walk.arguments(self._walk.schema.get_type(f"{self._label}Connection"), nodes[0])
