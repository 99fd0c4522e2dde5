"""What is counted over the whole list of records that a measure chose, whatever page of it is shown."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from server.reading.aggregates import plan_aggregate
from server.reading.facets import Gathered as Counting
from server.reading.facets import plan_facets
from server.reading.gathered import Gathered
from server.reading.walk import Nodes

Counted = Mapping[Hashable, Any]
Tell = Callable[[Counted], Any]


class Counts:
    """The `facets` and `aggregate` of one such list, noted while its selection is walked."""

    def __init__(self, gathered: Gathered, label: str) -> None:
        self._gathered, self._label = gathered, label
        walk = gathered.walk
        self._counting = Counting(walk, walk.sight.node(label), at_root=False, most=walk.limits.facets)

    @property
    def cost(self) -> int:
        """What they cost, in records."""
        return self._counting.cost

    def facets(self, fields: Nodes) -> Tell:
        """What tells the facets."""
        return plan_facets(self._counting, fields, self._arguments(fields)["by"]).compose

    def aggregate(self, fields: Nodes) -> Tell:
        """What tells the numbers."""
        return plan_aggregate(self._counting, fields, self._arguments(fields).get("groupBy")).compose

    def settled(self) -> tuple[str | None, tuple[Hashable, ...]]:
        """The name of the lists that are to be counted, None where nothing is, and under which names it will be told."""
        tallies = self._counting.settled()
        name = self._gathered.counts(tuple(tally for _, tally in tallies)) if tallies else None
        return name, tuple(each for each, _ in tallies)

    def _arguments(self, fields: Nodes) -> dict[str, Any]:
        walk = self._gathered.walk
        return walk.arguments(walk.schema.get_type(f"{self._label}Connection"), fields[0])
