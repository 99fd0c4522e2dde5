"""What the hits of a search are counted by, and what is said of places that are none."""

from collections import Counter

import pytest

from server.cypher import Statement
from server.graph import Graph
from tests.search.asking import counted, ids, scored, searched

FACETS = ("TYPE", "COUNTRY", "FIELD")
_COUNTRY = {
    "City": "(n)-[:IN_COUNTRY]->(c:`Country`)",
    "Pilot": "(n)-[:LOCATED_IN]->(:`City`)-[:IN_COUNTRY]->(c:`Country`)",
    "Innovation": "(n)-[:ORIGINATED_IN]->(:`City`)-[:IN_COUNTRY]->(c:`Country`)",
}


@pytest.mark.neo4j_2026
async def test_facets_count_every_hit_whatever_the_page(mission: Graph) -> None:
    whole = await searched(mission, "retrofit", facets=FACETS)
    page = await searched(mission, "retrofit", facets=FACETS, first=3, after=whole.hits[4].position)

    types = Counter(id.partition(":")[0] for id in ids(whole))
    values, missing = counted(whole, "TYPE")
    assert whole.total == len(whole.hits)
    assert ({key: count for key, _, count in values}, missing) == (types, 0)
    assert page.facets == whole.facets
    assert tuple(whole.facets) == FACETS


async def test_each_score_is_counted_apart(mission: Graph) -> None:
    found = await searched(mission, "retrofit", facets=["TYPE"], first=1_000)

    scores = Counter((id.partition(":")[0], score) for id, score in scored(found))
    assert {(key, score): hits for (key, _), counts in found.facets["TYPE"].items() for score, hits in counts.items()} == scores
    assert len({score for _, score in scores}) > 1


@pytest.mark.parametrize("label", _COUNTRY)
async def test_a_country_counts_the_hits_that_lie_in_it(mission: Graph, label: str) -> None:
    found = await searched(mission, "sa" if label == "City" else "climate", types=[label], facets=["COUNTRY"])

    text = f"UNWIND $ids AS id MATCH (n:`Record` {{id: id}}) MATCH {_COUNTRY[label]} RETURN c.code, c.name, count(DISTINCT n)"
    rows = await mission.read_all(Statement(text, {"ids": ids(found)}))
    lies = await mission.read_all(
        Statement(
            f"UNWIND $ids AS id MATCH (n:`Record` {{id: id}}) WHERE EXISTS {{ MATCH {_COUNTRY[label]} }} RETURN id", {"ids": ids(found)}
        )
    )
    values, missing = counted(found, "COUNTRY")
    assert found.total == len(found.hits) > 0
    assert values == sorted(map(tuple, rows))
    assert missing == len(found.hits) - len(lies)


async def test_a_pilot_counts_for_its_own_fields_or_else_for_those_of_its_innovations(mission: Graph) -> None:
    found = await searched(mission, "energy", types=["Pilot"], facets=["FIELD"])

    counts = {}
    for key, _, count in counted(found, "FIELD")[0]:
        counts[key] = ((await searched(mission, "energy", types=["Pilot"], fields=[key])).total, count)
    assert counts
    assert all(total == count for total, count in counts.values())


async def test_a_field_is_asked_for_by_slug_or_by_notation(mission: Graph) -> None:
    by_slug = await searched(mission, "energy", fields=["energy-generation"])
    by_notation = await searched(mission, "energy", fields=["ENERGY_GENERATION"])

    assert ids(by_slug) == ids(by_notation) != []


async def test_places_that_are_none_are_named(mission: Graph) -> None:
    found = await searched(mission, "energy", countries=["se", "XX"], fields=["BUILDINGS", "castles"])
    nothing = await searched(mission, "", countries=["XX"])

    assert found.unknown == (("countries", "XX"), ("fields", "castles"))
    assert nothing.unknown == (("countries", "XX"),)


async def test_a_page_tells_how_many_hits_come_before_it(mission: Graph) -> None:
    first = await searched(mission, "retrofit", first=7)
    second = await searched(mission, "retrofit", first=7, after=first.hits[-1].position)

    assert (first.before, second.before) == (0, 7)


async def test_what_was_meant_is_among_what_was_sought(mission: Graph) -> None:
    found = await searched(mission, 'valensia "climate pact"')

    assert {"valensia", "valencia", "climate", "pact"} <= set(found.sought)
