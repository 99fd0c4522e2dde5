"""The network of transfers as it stood at a revision of the graph."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from server.measures.network import City, Transfer
from server.measures.overview import NetworkOverview, overview
from server.measures.paths import PathFinder


@dataclass(frozen=True)
class Snapshot:
    """What viewers of one scope see of the network; what is worked out of it once is kept with it."""

    revision: int
    transfers: tuple[Transfer, ...]
    cities: Mapping[str, City]
    innovations: frozenset[str]
    _overviews: dict[bool, NetworkOverview] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def paths(self) -> PathFinder:
        """Finds paths in all of it."""
        return PathFinder(self.transfers)

    def overview(self, *, inferred: bool) -> NetworkOverview:
        """The figures of the whole network, INFERRED transfers in or out."""
        if inferred not in self._overviews:
            taken = self.transfers if inferred else tuple(each for each in self.transfers if each.claim_level != "INFERRED")
            self._overviews[inferred] = overview(taken)
        return self._overviews[inferred]
