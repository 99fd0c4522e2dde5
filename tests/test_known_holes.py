"""Holes that others had, each with what must hold here instead."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from graph_schema.domain import load_domain
from server.api.schema import build_schema
from server.errors import OverLimit
from server.graph import Graph
from server.migrations import migrate
from server.operations.query import QueryService
from server.operations.request import Request
from server.settings import Limits, Settings
from server.viewer import Viewer
from tests.examples import a_record, tied
from tests.goldens import Compiler
from tests.stores import Store

DOMAIN = load_domain()
SCHEMA = build_schema(DOMAIN)


@pytest.fixture(scope="module")
async def cities(store: Store) -> AsyncIterator[Graph]:
    """Lund is public and has a public and a draft pilot, Nowhere is a draft, Malmö is public and has none."""
    async with store.clean_graph() as graph:
        await migrate(graph, DOMAIN)
        await _filled(graph)
        yield graph


async def _filled(graph: Graph) -> None:
    lund = await a_record(graph, "City", "lund", population=1)
    nowhere = await a_record(graph, "City", "nowhere", "DRAFT", population=3)
    await a_record(graph, "City", "malmo", population=2)
    shown = await a_record(graph, "Pilot", "shown", stage="RUNNING", startDate="2020")
    hidden = await a_record(graph, "Pilot", "hidden", "DRAFT", stage="REJECTED", startDate="2021")
    for pilot, city in ((shown, lund), (hidden, lund), (shown, nowhere)):
        await tied(graph, pilot, "LOCATED_IN", city)


async def asked(graph: Graph, document: str, viewer: Viewer | None = None, **settings: Any) -> Any:
    service = QueryService(graph, DOMAIN, SCHEMA, Settings(**settings))
    request = Request(document)
    answer = await service.query(replace(request, viewer=viewer) if viewer else request)
    assert answer.errors == (), answer.errors
    return answer.data


async def slugs(graph: Graph, where: str) -> list[str]:
    data = await asked(graph, f"{{ cities(where: {where}) {{ nodes {{ slug }} }} }}")
    return [each["slug"] for each in data["cities"]["nodes"]]


async def test_every_root_field_passes_the_same_policy(cities: Graph) -> None:
    data = await asked(
        cities,
        """{
          city(slug: "nowhere") { slug }
          node(id: "City:nowhere") { id }
          nodes(ids: ["City:nowhere", "City:lund"]) { id }
          cities { totalCount nodes { slug } }
          some: cities(where: {slug: {eq: "nowhere"}}) { totalCount nodes { slug } }
          pilot(slug: "shown") { cities { totalCount nodes { slug } } }
          service { counts { type count } }
        }""",
    )

    assert data["city"] is None
    assert data["node"] is None
    assert data["nodes"] == [None, {"id": "City:lund"}]
    assert data["cities"] == {"totalCount": 2, "nodes": [{"slug": "lund"}, {"slug": "malmo"}]}
    assert data["some"] == {"totalCount": 0, "nodes": []}
    assert data["pilot"]["cities"] == {"totalCount": 1, "nodes": [{"slug": "lund"}]}
    assert {each["type"]: each["count"] for each in data["service"]["counts"]}["CITY"] == 2


@pytest.mark.parametrize(
    ("quantifier", "expected"),
    [
        ("some: {}", ["lund"]),
        ("none: {}", ["malmo"]),
        ("some: {stage: {eq: REJECTED}}", []),
        ("none: {stage: {eq: REJECTED}}", ["lund", "malmo"]),
        ("every: {stage: {eq: RUNNING}}", ["lund", "malmo"]),
        ("single: {}", ["lund"]),
        ("count: {eq: 1}", ["lund"]),
        ('count: {gte: 1, where: {slug: {eq: "hidden"}}}', []),
    ],
)
async def test_quantifiers_mean_what_they_say_and_see_only_what_the_viewer_sees(
    cities: Graph, quantifier: str, expected: list[str]
) -> None:
    assert await slugs(cities, f"{{pilots: {{{quantifier}}}}}") == expected


async def test_every_condition_of_a_filter_holds_not_only_the_first(cities: Graph) -> None:
    assert await slugs(cities, '{slug: {in: ["lund", "malmo"]}, population: {gte: 2, lt: 9}}') == ["malmo"]
    assert await slugs(cities, '{and: [{population: {gte: 1}}, {slug: {eq: "lund"}}, {name: {eq: "x"}}]}') == []


@pytest.mark.parametrize("name", ["City`) DETACH DELETE n //", "City`:`Pilot", "Record {}"])
async def test_names_in_the_cypher_come_from_the_declaration_only(cities: Graph, name: str) -> None:
    statement = Compiler().statement("query ($id: ID!) { node(id: $id) { id } }", {"id": f"{name}:lund"})
    data = await asked(cities, f'{{ node(id: "{name}:lund") {{ id }} cities {{ totalCount }} }}')

    assert name not in statement.text
    assert data == {"node": None, "cities": {"totalCount": 2}}


def test_a_sorted_page_with_a_count_collects_only_the_page() -> None:
    text_ = (
        Compiler().statement("{ cities(where: {population: {gt: 1}}, orderBy: [{population: DESC}]) { totalCount nodes { name } } }").text
    )

    assert "collect(" not in text_.lower()
    page, _, rest = text_.partition("RETURN [[")
    assert "LIMIT $" in page
    assert "COUNT { MATCH (n0:`City`)" in rest


async def test_a_document_that_would_become_too_much_cypher_is_refused(cities: Graph) -> None:
    lists = "pilots { nodes { lessons { nodes { cities { nodes { name } } } } } }"
    document = f"{{ cities {{ nodes {{ {lists} transfersGiven {{ nodes {{ targetCity {{ {lists} }} }} }} }} }} }}"
    service = QueryService(cities, DOMAIN, SCHEMA, Settings(limits=Limits(cypher_bytes=500, cost=10**9)))

    answer = await service.query(Request(document))

    assert answer.data is None
    assert answer.errors[0]["extensions"]["limit"] == "cypher_bytes"
    assert answer.errors[0]["extensions"]["setting"] == "REPLICITY_LIMIT_CYPHER_BYTES"


def test_planning_is_bounded_in_time() -> None:
    compiler = Compiler()
    compiler.desk = replace(compiler.desk, limits=Limits(plan_seconds=0.0))

    with pytest.raises(OverLimit, match="plan seconds"):
        compiler.statement("{ cities { nodes { name } } }")


async def test_an_unknown_failure_is_masked_with_a_reference(cities: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    service = QueryService(cities, DOMAIN, SCHEMA, Settings())
    secret = "bolt://user:secret@inside"

    async def broken(_: Any) -> Any:
        raise RuntimeError(secret)

    monkeypatch.setattr(cities, "find", broken)
    answer = await service.query(Request('{ city(slug: "lund") { name } }'))

    assert answer.status == 500
    assert answer.errors[0]["extensions"]["code"] == "INTERNAL"
    assert answer.errors[0]["extensions"]["reference"] in answer.errors[0]["message"]
    assert secret not in answer.encode().decode()
