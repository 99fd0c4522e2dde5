"""Cities that could have something from a city, against shortest paths in networkx."""

from collections import defaultdict

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.measures.network import INFERRED, Transfer
from server.measures.paths import PathFinder
from server.measures.reachable import Reachable, ReachableCities
from tests.measures import drawn, mission
from tests.measures.drawn import a_transfer, chain


def fewest(transfers: list[Transfer], start: str, most: int, *, inferred: bool) -> dict[str, int]:
    """For every city that is reached within some one innovation, in how many transfers."""
    graphs: dict[str, nx.DiGraph] = defaultdict(nx.DiGraph)
    for each in transfers:
        carried_on = each.outcome not in ("FAILED", "ABANDONED") and each.degree != "REJECTION"
        if each.innovation and carried_on and (inferred or each.claim_level != INFERRED):
            graphs[each.innovation].add_edges_from((giver, each.target) for giver in each.givers)
    found: dict[str, int] = {}
    for graph in graphs.values():
        if start in graph:
            for city, steps in nx.single_source_shortest_path_length(graph, start, cutoff=most).items():
                found[city] = min(steps, found.get(city, steps))
    found.pop(start, None)
    return found


@settings(deadline=None, max_examples=200)
@given(drawn.transfers(), st.sampled_from(drawn.NAMES), st.integers(1, 6), st.booleans())
def test_a_city_is_reached_in_as_many_transfers_as_networkx_finds(transfers: list[Transfer], start: str, most: int, inferred: bool) -> None:
    found = PathFinder(transfers).reachable(start, most, include_inferred=inferred)

    assert {each.city: each.transfers for each in found} == fewest(transfers, start, most, inferred=inferred)


@pytest.mark.parametrize("start", ["stockholm", "barcelona", "copenhagen", "valencia", "paris"])
def test_on_the_missions_data_a_city_is_reached_in_as_many_transfers_as_networkx_finds(start: str) -> None:
    transfers = list(mission.transfers())

    found = PathFinder(transfers).reachable(start, 3)

    assert {each.city: each.transfers for each in found} == fewest(transfers, start, 3, inferred=False)
    assert list(found) == sorted(found, key=lambda each: (each.transfers, each.city))


def test_cities_farther_than_asked_for_and_the_city_itself_are_not_reached() -> None:
    finder = PathFinder([*chain("abcd"), a_transfer("b", "a")])

    assert finder.reachable("a", 2) == (Reachable("b", 1), Reachable("c", 2))


def test_an_inferred_transfer_leads_on_only_where_inferred_ones_are_wanted() -> None:
    finder = PathFinder([a_transfer("a", "b")._replace(claim_level=INFERRED)])

    assert finder.reachable("a", 1) == ()
    assert finder.reachable("a", 1, include_inferred=True) == (Reachable("b", 1),)


def test_cities_are_truncated_where_fewer_are_shown_than_there_are() -> None:
    assert ReachableCities((Reachable("b", 1),), 2).truncated
    assert not ReachableCities((Reachable("b", 1),), 1).truncated


@pytest.mark.parametrize("most", [0, 7])
def test_a_reach_of_none_or_of_more_than_six_transfers_is_refused(most: int) -> None:
    with pytest.raises(ValueError, match="1 to 6 transfers"):
        PathFinder(chain("ab")).reachable("a", most)
