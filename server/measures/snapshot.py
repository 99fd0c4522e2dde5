"""The network of transfers as it stood at a revision of the graph."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from server.measures.cascade import FamilyTrees
from server.measures.knowledge import Knowledge
from server.measures.known_network import KnownNetwork, known_network
from server.measures.network import INFERRED, City, Transfer
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
    _known: dict[tuple[bool, int | None], KnownNetwork] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def paths(self) -> PathFinder:
        """Finds paths in all of it."""
        return PathFinder(self.transfers)

    @cached_property
    def family_trees(self) -> FamilyTrees:
        """Follows what cities gave and received in all of it."""
        return FamilyTrees(self.transfers)

    def taken(self, *, inferred: bool, among: Collection[str] | None = None) -> tuple[Transfer, ...]:
        """The transfers with these slugs (None: all), INFERRED ones in or out."""
        slugs = None if among is None else frozenset(among)
        return tuple(
            each for each in self.transfers if (inferred or each.claim_level != INFERRED) and (slugs is None or each.slug in slugs)
        )

    def known(self, knowledge: Knowledge | None, *, inferred: bool, among: Collection[str] | None = None) -> KnownNetwork:
        """The network that these transfers make, with what is known of its cities."""
        if among is not None:
            return known_network(self.taken(inferred=inferred, among=among), knowledge)
        key = (inferred, knowledge.revision if knowledge else None)
        if key not in self._known:
            overview = self.overview(inferred=inferred)
            self._known[key] = KnownNetwork(overview.of, knowledge, lambda: overview)
        return self._known[key]

    def overview(self, *, inferred: bool, among: Collection[str] | None = None) -> NetworkOverview:
        """The figures of the network that these transfers make; those of the whole network are kept."""
        if among is not None:
            return overview(self.taken(inferred=inferred, among=among))
        if inferred not in self._overviews:
            self._overviews[inferred] = overview(self.taken(inferred=inferred))
        return self._overviews[inferred]
