"""Emissions, whose terms are those of CDP and ICLEI, are shown by every way, or by none."""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import httpx
import pytest

from graph_schema.domain import load_domain
from server.api.schema import build_schema
from server.graph import Graph
from server.operations.query import QueryService
from server.operations.request import Request
from server.settings import Settings

# Each finds something where there are emissions, and nothing but nulls, noughts and empty lists where there are none.
WAYS = {
    "a list": "{ emissionEntries { nodes { slug } } }",
    "a count": "{ emissionEntries { totalCount } }",
    "a count of some": "{ emissionEntries(where: {year: {gte: 1990}}) { totalCount } }",
    "a page behind a cursor": "{ emissionEntries(last: 2, orderBy: [{city: {name: ASC}}]) { edges { node { slug } } } }",
    "a look-up": "query ($slug: String!) { emissionEntry(slug: $slug) { slug } }",
    "a node": "query ($id: ID!) { node(id: $id) { ... on EmissionEntry { year } } }",
    "nodes": "query ($id: ID!) { nodes(ids: [$id]) { id } }",
    "a city": "query ($city: String!) { city(slug: $city) { emissions { totalCount nodes { year } } } }",
    "some": "{ cities(where: {emissions: {some: {}}}) { totalCount nodes { slug } } }",
    "none": "{ cities(where: {not: {emissions: {none: {}}}}) { totalCount } }",
    "a single one": "{ cities(where: {emissions: {single: {year: {gte: 2000}}}}) { totalCount } }",
    "every": "{ cities(where: {not: {emissions: {every: {year: {lt: 1900}}}}}) { totalCount } }",
    "a count in a filter": "{ cities(where: {emissions: {count: {gt: 0}}}) { totalCount } }",
    "a far filter": "{ transfers(where: {targetCity: {emissions: {some: {year: {gte: 2000}}}}}) { totalCount } }",
    "an order": "{ cities(orderBy: [{emissions: {count: DESC}}], first: 3) { nodes { emissions { totalCount } } } }",
    "facets": "{ emissionEntries { facets(by: [SECTOR, COUNTRY, CITY]) { values { count } more missing } } }",
    "facets of a city": "query ($city: String!) { city(slug: $city) { emissions { facets(by: [YEAR]) { values { count } } } } }",
    "numbers": "{ emissionEntries { aggregate(groupBy: YEAR) { count emissionsTonnes { sum max } groups { count } } } }",
    "a list of several types": """query ($source: String!) { source(slug: $source) { supports(where: {id: {startsWith: "EmissionEntry:"}}) {
      totalCount nodes { id } facets(by: [TYPE]) { values { count } } } } }""",
    "a filter on several types": """query ($source: String!) {
      sources(where: {slug: {eq: $source}, supports: {some: {id: {startsWith: "EmissionEntry:"}}}}) { totalCount } }""",
}
DOMAIN = load_domain()


@pytest.fixture(params=["on", "off"])
def switch(request: pytest.FixtureRequest) -> str:
    """What the operator has set."""
    return str(request.param)


@pytest.fixture
async def front(door_to: Callable[..., httpx.AsyncClient], switch: str) -> AsyncIterator[httpx.AsyncClient]:
    """The front door of a service so set."""
    async with door_to(emissions=switch) as client:
        yield client


@pytest.fixture
async def known(door: httpx.AsyncClient) -> Mapping[str, str]:
    """An entry that there is, as variables."""
    document = "{ emissionEntries(last: 1) { nodes { id slug city { slug } sources { nodes { slug } } } } }"
    [node] = (await asked(door, document))["emissionEntries"]["nodes"]
    return {"id": node["id"], "slug": node["slug"], "city": node["city"]["slug"], "source": node["sources"]["nodes"][0]["slug"]}


async def asked(door: httpx.AsyncClient, document: str, variables: Mapping[str, str] | None = None) -> Any:
    answer = (await door.post("/graphql", json={"query": document, "variables": variables or {}})).json()
    assert "errors" not in answer
    return answer["data"]


def says_something(answer: Any) -> bool:
    if isinstance(answer, dict | list):
        return any(map(says_something, answer.values() if isinstance(answer, dict) else answer))
    return bool(answer)


async def test_emissions_are_found_by_every_way_or_by_none(front: httpx.AsyncClient, known: Mapping[str, str], switch: str) -> None:
    found = {}
    for way, document in WAYS.items():
        variables = {name: value for name, value in known.items() if f"${name}:" in document}
        found[way] = says_something(await asked(front, document, variables))

    assert found == dict.fromkeys(WAYS, switch == "on")


async def test_an_order_by_emissions_is_one_by_slug_where_there_are_none(front: httpx.AsyncClient, switch: str) -> None:
    found = await asked(front, "{ cities(orderBy: [{emissions: {count: DESC}}], first: 20) { nodes { slug } } }")

    slugs = [each["slug"] for each in found["cities"]["nodes"]]
    assert (slugs == sorted(slugs)) is (switch == "off")


async def test_the_service_counts_what_it_shows(front: httpx.AsyncClient, switch: str) -> None:
    counts = (await asked(front, "{ service { counts { type count } } }"))["service"]["counts"]

    there = {each["type"]: each["count"] > 0 for each in counts}
    assert there.pop("EMISSION_ENTRY") is (switch == "on")
    assert there["CITY"]


async def test_exports_filter_by_what_is_shown(front: httpx.AsyncClient, switch: str) -> None:
    emitting: Any = {"emissions": {"some": {}}}

    cities = await front.get("/export/cities.geojson", params={"where": json.dumps(emitting)})
    transfers = await front.get("/export/transfers.csv", params={"where": json.dumps({"targetCity": emitting})})

    assert bool(cities.json()["features"]) is (switch == "on")
    assert (transfers.text.count("\r\n") > 1) is (switch == "on")


async def test_records_and_maps_are_of_what_is_shown(front: httpx.AsyncClient, known: Mapping[str, str], switch: str) -> None:
    entry, city = f"records/emissionEntry/{known['slug']}", f"/records/city/{known['city']}"

    assert (await front.get(f"/{entry}")).status_code == (200 if switch == "on" else 404)
    assert (entry in (await front.get(city)).text) is (switch == "on")
    assert (entry in (await front.get("/sitemap/emissionEntry/1.xml")).text) is (switch == "on")
    assert ("emissionEntry" in (await front.get("/sitemap.xml")).text) is (switch == "on")


async def test_the_service_and_its_page_name_cdp_where_emissions_are_shown(front: httpx.AsyncClient, switch: str) -> None:
    named = (await asked(front, "{ service { attributions { name } } }"))["service"]["attributions"]

    assert ({"name": "CDP and ICLEI"} in named) is (switch == "on")
    assert ("disclosed to CDP" in (await front.get("/")).text) is (switch == "on")


async def test_a_search_finds_no_record_of_a_type_that_is_withheld(mission: Graph) -> None:
    document = """{ search(text: "malmo", first: 100) { totalCount nodes { record { id } } facets(by: [TYPE]) { values { key count } } }
      suggest(text: "malm", first: 10) { record { id } } }"""

    shown, withheld = [
        (await QueryService(mission, domain, build_schema(domain), Settings()).query(Request(document))).data
        for domain in (DOMAIN, DOMAIN.withholding("City"))
    ]

    assert "City:malmo" in json.dumps(shown)
    assert "City:" not in json.dumps(withheld)
    assert '"CITY"' not in json.dumps(withheld)
    assert withheld["search"]["totalCount"] == sum(each["count"] for each in withheld["search"]["facets"][0]["values"]) > 0


async def test_services_that_show_more_and_less_of_one_graph_do_not_answer_for_each_other(
    door_to: Callable[..., httpx.AsyncClient],
) -> None:
    document = "{ emissionEntries { totalCount } }"

    async with door_to(emissions="on") as more, door_to(emissions="off") as less:
        counts = [(await asked(door, document))["emissionEntries"]["totalCount"] for door in (more, less, more, less)]

    assert counts == [counts[0], 0, counts[0], 0]
    assert counts[0] > 0


@pytest.mark.parametrize(
    "document",
    [
        "{ emissionEntries(first: 1) { nodes { emissionsTonnes } } }",
        '{ city(slug: "stockholm") { emissions { aggregate { emissionsTonnes { max } } } } }',
        "{ emissionEntries { facets(by: [SECTOR]) { values { key count } } } }",
    ],
)
async def test_an_answer_that_shows_emissions_names_their_terms(door: httpx.AsyncClient, document: str) -> None:
    body = (await door.post("/graphql", json={"query": document})).json()

    (terms,) = body["extensions"]["attribution"]
    assert (terms["name"], terms["url"]) == ("CDP and ICLEI", "https://data.cdp.net/")
    assert "terms" in terms["text"]


@pytest.mark.parametrize(
    "document", ["{ emissionEntries { totalCount nodes { slug } } }", "{ cities(where: {emissions: {some: {}}}) { totalCount } }"]
)
async def test_an_answer_that_only_tells_where_there_are_any_does_not(door: httpx.AsyncClient, document: str) -> None:
    body = (await door.post("/graphql", json={"query": document})).json()

    assert body.keys() == {"data"}
