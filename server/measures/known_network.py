"""A network of transfers with what is known of its cities: what flows between groups of them, members against the rest, small cities."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from server.measures.flows import Flow, Flows, Year, by_year, flows_among, flows_within
from server.measures.knowledge import Knowledge
from server.measures.network import Transfer
from server.measures.overview import AgainstTheRest, NetworkOverview, SmallCityShare, overview, small_city_share

MOST_FLOWS = 1_000


@dataclass(frozen=True, slots=True)
class FlowEnd:
    """A group at an end of a flow: its key, and what it is called."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class NamedFlow:
    """The transfers from one group to another; of these how many count as a replication."""

    giving: FlowEnd
    receiving: FlowEnd
    transfers: int
    counting: int


@dataclass(frozen=True, slots=True)
class NamedFlows:
    """The largest flows; `total` is how many there are, `ungrouped` how many transfers stand in none."""

    nodes: tuple[NamedFlow, ...]
    total: int
    ungrouped: int


@dataclass(frozen=True)
class KnownNetwork:
    """Transfers, and what is known of their cities, without which only their own figures can be asked for."""

    transfers: tuple[Transfer, ...] = field(repr=False)
    knowledge: Knowledge | None = field(repr=False)
    figures: Callable[[], NetworkOverview] = field(repr=False)
    _flows: dict[str, Flows] = field(default_factory=dict, repr=False, compare=False)

    @property
    def overview(self) -> NetworkOverview:
        """The figures of the network itself."""
        return self.figures()

    @cached_property
    def by_year(self) -> tuple[Year, ...]:
        """The figures of each year."""
        return by_year(self.transfers)

    def flows(self, by: str = "COUNTRY", first: int = 100) -> NamedFlows:
        """What flows between groups of cities, or within fields of action; the largest flows first."""
        if not 1 <= first <= MOST_FLOWS:
            raise ValueError(f"1 to {MOST_FLOWS:,} flows can be asked for, not {first:,}.")
        found, names = self._of(by), self._names(by)
        shown = tuple(_named(flow, names) for flow in found.rows[:first])
        return NamedFlows(shown, len(found.rows), found.ungrouped)

    def members(self, network: str) -> AgainstTheRest:
        """The figures of what members of a network of cities gave or received, and those of everything else."""
        networks = self._known.networks
        if network not in networks:
            raise ValueError(f"There is no network {network!r}. Give the slug of one, as in `networks {{ nodes {{ slug }} }}`.")
        return self.overview.divided(networks[network])

    def small_city_share(self, below: int = 250_000) -> SmallCityShare:
        """The part of small cities in what was given."""
        if below < 1:
            raise ValueError(f"A small city has less inhabitants than a number from 1 on, not {below:,}.")
        return small_city_share(self.transfers, self._known.populations, below)

    @property
    def _known(self) -> Knowledge:
        assert self.knowledge
        return self.knowledge

    def _of(self, by: str) -> Flows:
        if by not in self._flows:
            cities = self._known.peers.cities
            match by:
                case "COUNTRY":
                    found = flows_among(self.transfers, {slug: (city.country,) for slug, city in cities.items()})
                case "NETWORK":
                    found = flows_among(self.transfers, {slug: city.networks for slug, city in cities.items()})
                case _:
                    found = flows_within(self.transfers, self._known.innovation_fields)
            self._flows[by] = found
        return self._flows[by]

    def _names(self, by: str) -> Mapping[str, str]:
        known = self._known
        return {"COUNTRY": known.country_names, "NETWORK": known.network_names}.get(by, known.field_names)


def known_network(transfers: tuple[Transfer, ...], knowledge: Knowledge | None) -> KnownNetwork:
    """The network; its figures are worked out when they are asked for."""
    return KnownNetwork(transfers, knowledge, cache(lambda: overview(transfers)))


def _named(flow: Flow, names: Mapping[str, str]) -> NamedFlow:
    giving, receiving = (FlowEnd(key, names.get(key, key)) for key in (flow.giving, flow.receiving))
    return NamedFlow(giving, receiving, flow.transfers, flow.counting)
