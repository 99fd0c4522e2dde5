"""Family trees of cities over the Mission's data, against networkx over the tables."""

import networkx as nx
import pytest

from server.graph import Graph
from server.operations.query import QueryService
from tests.operations.test_lineages import givers, refusal, stated
from tests.operations.test_measures import asked


def away(city: str, direction: str, most: int, steps: list[dict[str, str]]) -> dict[str, int]:
    """How many transfers away each city is, chains being of one innovation."""
    nearest: dict[str, int] = {}
    for innovation in {row["innovation_id"] for row in steps}:
        graph = nx.DiGraph((giver, row["target_city_id"]) for row in steps if row["innovation_id"] == innovation for giver in givers(row))
        if city in graph:
            ways = graph if direction == "DOWNSTREAM" else graph.reverse()
            for end, distance in nx.single_source_shortest_path_length(ways, city, cutoff=most).items():
                nearest[end] = min(distance, nearest.get(end, distance))
    return nearest or {city: 0}


@pytest.mark.parametrize("direction", ["UPSTREAM", "DOWNSTREAM"])
@pytest.mark.parametrize("city", ["ghent", "groningen", "heerlen", "lisbon"])
async def test_the_family_tree_of_a_city_holds_who_is_so_many_transfers_away(service: QueryService, city: str, direction: str) -> None:
    steps = [row for row in stated() if row["innovation_id"]]

    data = await asked(
        service,
        """query Tree($city: String!, $direction: LineageDirection!) { city(slug: $city) { lineages(direction: $direction) {
          generations { generation cityCount cities { slug } }
          branches(first: 1000) { generation joint transfer { slug innovation { slug } } }
          branchCount truncated definitionVersion
        } } }""",
        city=city,
        direction=direction,
    )

    found = data["city"]["lineages"]
    assert {each["slug"]: of["generation"] for of in found["generations"] for each in of["cities"]} == away(city, direction, 3, steps)
    assert all(of["cityCount"] == len(of["cities"]) for of in found["generations"])
    assert found["branchCount"] == len(found["branches"])
    assert found["definitionVersion"] == "1"


async def test_a_family_tree_of_one_innovation_holds_no_other(service: QueryService) -> None:
    data = await asked(
        service,
        """{ city(slug: "heerlen") { lineages(direction: DOWNSTREAM, innovation: "low-temperature-district-heating", maxGenerations: 10) {
          branches { transfer { slug innovation { slug } } } truncated
        } } }""",
    )

    branches = data["city"]["lineages"]["branches"]
    assert {each["transfer"]["innovation"]["slug"] for each in branches} == {"low-temperature-district-heating"}
    assert not data["city"]["lineages"]["truncated"]


async def test_chains_may_change_what_they_are_of_where_that_is_asked_for(service: QueryService) -> None:
    graph = nx.DiGraph((giver, row["target_city_id"]) for row in stated() for giver in givers(row))
    reached = nx.single_source_shortest_path_length(graph, "ghent", cutoff=2)

    data = await asked(
        service,
        """{ city(slug: "ghent") { lineages(direction: DOWNSTREAM, maxGenerations: 2, sameInnovation: false) {
          generations { generation cities(first: 1000) { slug } }
        } } }""",
    )

    generations = data["city"]["lineages"]["generations"]
    assert {each["slug"]: of["generation"] for of in generations for each in of["cities"]} == reached


async def test_family_trees_of_a_list_of_cities_take_two_statements(service: QueryService, mission: Graph) -> None:
    document = """{ cities(first: 10, where: {transfersGiven: {some: {}}}) { nodes {
      slug lineages(direction: DOWNSTREAM) { branches(first: 2) { transfer { targetCity { name } } } }
    } } }"""
    await asked(service, document)
    sent: list[str] = []
    mission.observers.append(lambda statement: sent.append(statement.text))

    data = await asked(service, document)

    mission.observers.pop()
    assert len(sent) == 2
    assert any(each["lineages"]["branches"] for each in data["cities"]["nodes"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("direction: UPSTREAM, maxGenerations: 0", "1 to 10"),
        ("direction: UPSTREAM, maxGenerations: 11", "1 to 10"),
        ('direction: UPSTREAM, innovation: "no-such"', "slug of an innovation"),
    ],
)
async def test_a_family_tree_that_cannot_be_is_refused_with_what_is_allowed(service: QueryService, arguments: str, said: str) -> None:
    error = await refusal(service, f'{{ city(slug: "ghent") {{ lineages({arguments}) {{ truncated }} }} }}')

    assert said in error["extensions"]["hint"]


async def test_a_family_tree_needs_a_direction(service: QueryService) -> None:
    error = await refusal(service, '{ city(slug: "ghent") { lineages { truncated } } }')

    assert "direction" in error["message"]
    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
