"""Betweenness in short steps, against networkx and against rustworkx."""

import networkx as nx
import pytest
import rustworkx
from hypothesis import given, strategies

from server.measures.brandes import betweenness
from server.measures.brokers import betweenness_of
from tests.measures import mission

PLACES = strategies.integers(0, 8)
TIES = strategies.sets(strategies.tuples(PLACES, PLACES).filter(lambda tie: tie[0] != tie[1]), max_size=40)


@given(TIES)
def test_it_is_what_networkx_finds(ties: set[tuple[int, int]]) -> None:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(9))
    graph.add_edges_from(ties)

    assert dict(enumerate(betweenness(9, ties))) == pytest.approx(nx.betweenness_centrality(graph))


def test_it_is_what_rustworkx_finds_where_layers_are_wide_and_where_they_are_long() -> None:
    wide = rustworkx.directed_gnm_random_graph(300, 3_000, seed=7)
    long = rustworkx.generators.directed_grid_graph(4, 75)

    for graph in (wide, long):
        ties = {(giver, taker) for giver, taker in graph.edge_list() if giver != taker}
        expected = dict(rustworkx.digraph_betweenness_centrality(graph))
        assert dict(enumerate(betweenness(300, ties))) == pytest.approx(expected)


def test_the_missions_network_is_measured_alike_in_short_steps_and_at_one_go() -> None:
    at_one_go = betweenness_of(mission.transfers())
    places = {city: place for place, city in enumerate(at_one_go)}
    ties = {(places[giver], places[transfer.target]) for transfer in mission.transfers() for giver in transfer.givers}

    in_short_steps = betweenness(len(places), {tie for tie in ties if tie[0] != tie[1]})

    assert dict(zip(places, in_short_steps, strict=True)) == pytest.approx(at_one_go)
