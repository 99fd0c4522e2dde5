"""Family trees of a city, upstream and downstream."""

import networkx as nx
import pytest
from hypothesis import given, strategies

from server.measures.cascade import Direction, FamilyTree, FamilyTrees, tree
from server.measures.network import Transfer
from tests.measures import drawn, mission
from tests.measures.drawn import NAMES, a_transfer, chain

DOWN, UP = Direction.DOWNSTREAM, Direction.UPSTREAM


def branches(found: FamilyTree) -> list[tuple[int, str]]:
    return [(branch.generation, branch.transfer) for branch in found.branches]


def test_downstream_are_those_who_received() -> None:
    found = tree([*chain("abcd"), a_transfer("b", "e", 2001), a_transfer("h", "a")], "b", DOWN, 5)

    assert found.generations == (("b",), ("c", "e"), ("d",))
    assert branches(found) == [(1, "b-e"), (1, "b-c"), (2, "c-d")]
    assert not found.truncated


def test_upstream_are_all_who_gave() -> None:
    found = tree([a_transfer("a", "b"), a_transfer("bc", "d"), a_transfer("d", "e")], "d", UP, 5)

    assert found.generations == (("d",), ("b", "c"), ("a",))
    assert branches(found) == [(1, "bc-d"), (2, "a-b")]
    assert found.branches[0].joint


def test_a_circle_is_walked_once() -> None:
    found = tree(chain("abca"), "a", DOWN, 9)

    assert found.generations == (("a",), ("b",), ("c",))
    assert branches(found) == [(1, "a-b"), (2, "b-c"), (3, "c-a")]
    assert not found.truncated


def test_a_tree_cut_off_says_so() -> None:
    found = tree(chain("abcd"), "a", DOWN, 2)

    assert found.generations == (("a",), ("b",), ("c",))
    assert found.truncated


def test_a_tree_that_ends_where_it_may_is_not_cut_off() -> None:
    assert not tree(chain("abc"), "a", DOWN, 2).truncated


def test_a_city_without_transfers_stands_alone() -> None:
    assert tree(chain("ab"), "h", UP, 3) == FamilyTree((("h",),), (), truncated=False)


@given(drawn.transfers(), strategies.sampled_from(NAMES), strategies.sampled_from(Direction), strategies.integers(1, 8))
def test_a_city_stands_as_far_away_as_networkx_finds_it(transfers: list[Transfer], city: str, direction: Direction, most: int) -> None:
    graph = nx.DiGraph([(giver, transfer.target) for transfer in transfers for giver in transfer.givers])
    graph.add_node(city)
    walked = graph if direction is DOWN else graph.reverse()
    distances = nx.single_source_shortest_path_length(walked, city)

    found = tree(transfers, city, direction, most)

    standing = {name: generation for generation, names in enumerate(found.generations) for name in names}
    assert standing == {name: distance for name, distance in distances.items() if distance <= most}
    leading = {
        transfer.slug
        for transfer in transfers
        if any(distances.get(start, most) < most for start in (transfer.givers if direction is DOWN else (transfer.target,)))
    }
    assert sorted(branch.transfer for branch in found.branches) == sorted(leading)


@pytest.mark.parametrize(
    ("city", "direction", "sizes"), [("singapore", DOWN, [1, 1, 6, 2]), ("gothenburg", UP, [1, 1, 1, 1]), ("valletta", UP, [1, 4, 1])]
)
def test_the_congestion_charge_has_the_family_tree_read_from_its_rows(city: str, direction: Direction, sizes: list[int]) -> None:
    found = tree(mission.lineages(include_inferred=True)["congestion-charge"], city, direction, 6)

    assert [len(names) for names in found.generations] == sizes
    assert not found.truncated


def of(innovation: str | None, *transfers: Transfer) -> list[Transfer]:
    return [each._replace(slug=f"{innovation}:{each.slug}", innovation=innovation) for each in transfers]


def same(transfer: Transfer) -> str | None:
    return transfer.innovation


def test_a_chain_on_one_thread_does_not_go_on_with_what_is_of_another() -> None:
    trees = FamilyTrees(
        [*of("x", a_transfer("a", "b")), *of("y", a_transfer("b", "c"), a_transfer("a", "d")), *of(None, a_transfer("a", "e"))]
    )

    found = trees.tree("a", DOWN, 3, same)

    assert found.generations == (("a",), ("b", "d"))
    assert branches(found) == [(1, "x:a-b"), (1, "y:a-d")]
    assert not found.truncated


def test_a_city_reached_on_two_threads_stands_in_the_nearest_generation_and_leads_on_from_both() -> None:
    trees = FamilyTrees([*of("x", a_transfer("a", "c"), a_transfer("c", "d")), *of("y", *chain("abce"))])

    found = trees.tree("a", DOWN, 9, same)

    assert found.generations == (("a",), ("b", "c"), ("d",), ("e",))
    assert branches(found) == [(1, "x:a-c"), (1, "y:a-b"), (2, "x:c-d"), (2, "y:b-c"), (3, "y:c-e")]


def test_a_generation_in_which_only_known_cities_are_reached_is_there_and_empty() -> None:
    trees = FamilyTrees([*of("x", *chain("abcd")), *of("y", a_transfer("a", "c"))])

    found = trees.tree("a", DOWN, 9, same)

    assert found.generations == (("a",), ("b", "c"), (), ("d",))


@given(drawn.transfers(), strategies.sampled_from(NAMES), strategies.sampled_from(Direction), strategies.integers(1, 8))
def test_chains_of_one_thread_each_are_the_trees_of_the_threads_together(
    transfers: list[Transfer], city: str, direction: Direction, most: int
) -> None:
    found = FamilyTrees(transfers).tree(city, direction, most, same)

    apart = [tree([each for each in transfers if each.innovation == name], city, direction, most) for name in ("idea", "other")]
    assert sorted(branches(found)) == sorted(branch for each in apart for branch in branches(each))
    nearest = {city: 0}
    for each in apart:
        for number, generation in enumerate(each.generations):
            nearest |= {slug: min(number, nearest.get(slug, number)) for slug in generation}
    assert {slug: number for number, generation in enumerate(found.generations) for slug in generation} == nearest
    assert found.truncated == any(each.truncated for each in apart)
