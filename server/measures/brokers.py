"""Cities through which others are reached: betweenness in the network of transfers."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import rustworkx

from server.measures.brandes import betweenness
from server.measures.network import Transfer

# Cities times ties up to which rustworkx is asked: it is faster in a small network, but no other thread runs until it is done.
AT_ONE_GO = 2_000_000


@dataclass(frozen=True, slots=True)
class Broker:
    """One city on shortest paths between others; given and received are transfers, credit is a giver's share in them."""

    city: str
    betweenness: float
    given: int
    received: int
    credit: float


def credit_of(transfers: Collection[Transfer]) -> dict[str, float]:
    """What each city has given: of n givers of a transfer each has 1/n."""
    # Added up by the number of givers, so that the sum is the same in whatever order the transfers come.
    given: defaultdict[int, list[str]] = defaultdict(list)
    for transfer in transfers:
        given[len(transfer.givers)] += transfer.givers
    credit: dict[str, float] = {}
    for givers in sorted(given):
        for giver, times in Counter(given[givers]).items():
            credit[giver] = credit.get(giver, 0.0) + times / givers
    return credit


def brokers_of(transfers: Collection[Transfer]) -> tuple[Broker, ...]:
    """All cities with a betweenness above zero, the highest first, then by slug."""
    given = Counter(giver for transfer in transfers for giver in transfer.givers)
    received = Counter(transfer.target for transfer in transfers)
    credit = credit_of(transfers)
    brokers = (
        Broker(city, share, given[city], received[city], credit.get(city, 0.0))
        for city, share in betweenness_of(transfers).items()
        if share > 0
    )
    return tuple(sorted(brokers, key=lambda broker: (-broker.betweenness, broker.city)))


def betweenness_of(transfers: Collection[Transfer]) -> Mapping[str, float]:
    """The share of pairs of other cities whose shortest paths lead through a city, divided by (n-1)(n-2); empty up to two cities.

    After Brandes, "A Faster Algorithm for Betweenness Centrality", Journal of Mathematical Sociology 25(2), 2001: directed,
    unweighted, several transfers between two cities are one tie.
    """
    cities = sorted({city for transfer in transfers for city in (*transfer.givers, transfer.target)})
    if len(cities) <= 2:
        return {}
    places = {city: place for place, city in enumerate(cities)}
    ties = {(places[giver], places[transfer.target]) for transfer in transfers for giver in transfer.givers if giver != transfer.target}
    found = betweenness(len(cities), ties) if len(cities) * len(ties) > AT_ONE_GO else _at_one_go(cities, ties)
    # Threads add up in any order, which moves the last digits; equal brokers must stay equal to keep their place.
    return {city: float(f"{found[places[city]]:.12g}") for city in cities}


def _at_one_go(cities: Sequence[str], ties: Collection[tuple[int, int]]) -> Mapping[int, float]:
    graph = rustworkx.PyDiGraph[str | None, None](multigraph=False)
    graph.add_nodes_from(cities)
    graph.extend_from_edge_list(sorted(ties))
    return rustworkx.digraph_betweenness_centrality(graph, normalized=True)
