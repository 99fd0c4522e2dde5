"""Lineages computed a second time with networkx, on the Mission's data and on drawn networks."""

from collections import Counter
from collections.abc import Collection, Mapping

import networkx as nx
import pytest
from hypothesis import given

from server.measures.lineage import Lineage, Violation, lineage
from server.measures.network import City, Transfer
from tests.measures import drawn, mission


def graph_of(transfers: Collection[Transfer]) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    graph.add_edges_from((giver, transfer.target, {"year": transfer.year}) for transfer in transfers for giver in transfer.givers)
    return graph


def expected_roots(graph: nx.MultiDiGraph) -> set[str]:
    roots: set[str] = set()
    for cities in nx.weakly_connected_components(graph):
        part = graph.subgraph(cities)
        years = [year for _, _, year in part.edges(data="year") if year is not None]
        starting = {city for city in part if part.in_degree(city) == 0}
        earliest = {giver for giver, _, year in part.edges(data="year") if years and year == min(years)}
        roots |= starting or earliest or {min(city for city in part if part.out_degree(city))}
    return roots


def expected_generations(graph: nx.MultiDiGraph, roots: Collection[str]) -> dict[str, int]:
    """Only of the cities that a root reaches."""
    distances = [nx.single_source_shortest_path_length(graph, root) for root in roots]
    return {city: min(found[city] for found in distances if city in found) for city in graph if any(city in found for found in distances)}


def expected_virality(graph: nx.MultiDiGraph) -> float | None:
    lengths = dict(nx.all_pairs_shortest_path_length(graph.to_undirected()))
    apart = [length for source, found in lengths.items() for target, length in found.items() if source < target]
    return sum(apart) / len(apart) if apart else None


def check(transfers: Collection[Transfer], cities: Mapping[str, City]) -> Lineage:
    found = lineage(transfers, cities, first_year=None, earliest_pilot_year=2003)
    graph = graph_of(transfers)
    roots = expected_roots(graph)
    generations = expected_generations(graph, roots)
    by_slug = {transfer.slug: transfer for transfer in transfers}

    assert set(found.roots) == roots
    assert (found.measures.cities, found.measures.missing_years) == (len(graph), sum(transfer.year is None for transfer in transfers))
    assert found.measures.countries == len({cities[city].country for city in graph})
    assert found.measures.structural_virality == pytest.approx(expected_virality(graph))
    assert sorted(step.transfer for step in found.steps) == sorted(by_slug)
    order = [(step.generation, by_slug[step.transfer].year or 9999, step.transfer) for step in found.steps]
    assert order == sorted(order)
    for step in found.steps:
        nearest = [generations[giver] for giver in by_slug[step.transfer].givers if giver in generations]
        if len(nearest) == len(by_slug[step.transfer].givers):
            assert step.generation == 1 + min(nearest)
    if len(generations) == len(graph):
        assert found.measures.depth == max(generations.values(), default=0)
        assert found.measures.width == max(Counter(generations.values()).values(), default=0)
    assert expected_backwards(transfers, roots) == [
        (violation.transfer, violation.city) for violation in sorted_by_transfer(found) if violation.kind == "BACKWARDS"
    ]
    return found


def sorted_by_transfer(found: Lineage) -> list[Violation]:
    return sorted(found.violations, key=lambda violation: (violation.transfer or "", violation.city or ""))


def expected_backwards(transfers: Collection[Transfer], roots: Collection[str]) -> list[tuple[str, str]]:
    return sorted(
        (step.slug, giver)
        for step in transfers
        for giver in step.givers
        if step.year is not None and giver not in roots
        for received in [[other.year for other in transfers if other.target == giver and other.year is not None]]
        if received and step.year < min(received)
    )


@given(drawn.transfers())
def test_a_drawn_lineage_is_the_one_networkx_finds(transfers: list[Transfer]) -> None:
    check(transfers, drawn.CITIES)


@given(drawn.transfers())
def test_a_lineage_does_not_depend_on_the_order_in_which_its_transfers_come(transfers: list[Transfer]) -> None:
    found = lineage(transfers, drawn.CITIES, first_year=2001, earliest_pilot_year=None)

    assert lineage(transfers[::-1], drawn.CITIES, first_year=2001, earliest_pilot_year=None) == found


@given(drawn.transfers())
def test_every_city_of_a_lineage_has_its_generation_below_its_steps(transfers: list[Transfer]) -> None:
    found = lineage(transfers, drawn.CITIES, first_year=None, earliest_pilot_year=None)

    assert all(1 <= step.generation <= found.measures.depth + 1 for step in found.steps)


@pytest.mark.parametrize("include_inferred", [False, True])
def test_every_lineage_of_the_mission_is_the_one_networkx_finds(include_inferred: bool) -> None:
    lineages = mission.lineages(include_inferred=include_inferred)

    found = [check(transfers, mission.cities()) for transfers in lineages.values()]

    assert len(found) > 200
