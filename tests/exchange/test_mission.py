"""The Mission's data as it stands in the graph."""

from server.cypher import Statement
from server.graph import Graph


async def test_every_city_of_the_package_is_in_the_graph(mission: Graph) -> None:
    [count] = await mission.read(Statement("MATCH (n:`City`) RETURN count(n)"))

    assert count == 769
