"""Whatever is wrong with a request, the answer says so with a code and a hint, and has no data that lies."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from server.app import create_app, house_of
from server.graph import Graph
from server.settings import Settings
from tests.transport.pulse import MOST_SECONDS, answer_to, longest_step

NEWER = {"accept": "application/graphql-response+json"}
CITIES = "{ cities(%s) { nodes { name } } }"
INJECTIONS = [
    "'}) DETACH DELETE n //",
    '"}) RETURN 1 //',
    "` MATCH (n) DETACH DELETE n //",
    "\\",
    "$slug",
    "\u0000",
    "{slug: 1}",
    "*/ //",
    "\U0001f3d9",
]

REFUSED: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "an unknown field": ("{ citys { nodes { name } } }", {}, "GRAPHQL_VALIDATION_FAILED", "Did you mean"),
    "an unknown field below": ('{ city(slug: "valencia") { nam } }', {}, "GRAPHQL_VALIDATION_FAILED", "Did you mean 'name'"),
    "an unknown argument": ("{ cities(frist: 1) { nodes { name } } }", {}, "GRAPHQL_VALIDATION_FAILED", "Did you mean 'first'"),
    "an unknown enum value": (
        CITIES % "where: {missionStatus: {eq: MISION_CITY}}",
        {},
        "GRAPHQL_VALIDATION_FAILED",
        "MISION_CITY",
    ),
    "a wrong type": (CITIES % 'first: "ten"', {}, "GRAPHQL_VALIDATION_FAILED", "Int cannot represent"),
    "a wrong variable": ("query ($n: Int) { cities(first: $n) { nodes { name } } }", {"n": "ten"}, "BAD_USER_INPUT", "$n"),
    "a facet that is none": (
        "{ cities { facets(by: [NOPE]) { missing } } }",
        {},
        "GRAPHQL_VALIDATION_FAILED",
        "CityFacet takes MISSION_STATUS,",
    ),
    "a variable not in the list": (
        "query ($s: [PilotStage!]) { pilots(where: {stage: {in: $s}}) { totalCount } }",
        {"s": ["NOPE"]},
        "BAD_USER_INPUT",
        "PilotStage takes IDEA,",
    ),
    "a place that is none": (
        "query ($n: Float!) { cities(where: {location: {near: {latitude: $n, longitude: 0, km: 5}}}) { totalCount } }",
        {"n": 91},
        "BAD_USER_INPUT",
        "It is from -90 to 90.",
    ),
    "a number without end": ("{ observations(where: {value: {gt: 1e400}}) { totalCount } }", {}, "", "inf"),
    "one thing of the schema twice": (
        "{ a: __schema { queryType { name } } b: __schema { queryType { name } } }",
        {},
        "",
        "Ask for __schema once",
    ),
    "one variable of a filter many times": (
        "query ($i: CityFilter!) { cities(where: {and: [$i, $i, $i, $i, $i]}) { totalCount } }",
        {"i": {"or": [{"slug": {"eq": "a"}}] * 50}},
        "OVER_LIMIT",
        "REPLICITY_LIMIT_FILTER_CONDITIONS",
    ),
    "a deep variable in a deep filter": (
        "query ($i: CityFilter!) { cities(where: {not: {not: {not: {not: $i}}}}) { totalCount } }",
        {"i": {"not": {"not": {"not": {"not": {"not": {"slug": {"eq": "a"}}}}}}}},
        "OVER_LIMIT",
        "REPLICITY_LIMIT_FILTER_DEPTH",
    ),
    "lineages within lineages": (
        "{ innovations { nodes { lineage { steps(first: 1000) { transfer { lineage { steps(first: 1000) { joint } } } } } } } }",
        {},
        "TOO_COSTLY",
        "REPLICITY_LIMIT_COST",
    ),
    "a missing variable": ("query ($s: String!) { city(slug: $s) { name } }", {}, "BAD_USER_INPUT", "$s"),
    "first: 0": (CITIES % "first: 0", {}, "BAD_USER_INPUT", "first"),
    "first: -1": (CITIES % "first: -1", {}, "BAD_USER_INPUT", "first"),
    "first: 101": (CITIES % "first: 101", {}, "PAGE_TOO_LARGE", "100"),
    "first with last": (CITIES % "first: 1, last: 1", {}, "BAD_USER_INPUT", "last"),
    "a bad cursor": (CITIES % 'after: "made up"', {}, "BAD_CURSOR", "cursor"),
    "no selection": ("{ cities }", {}, "GRAPHQL_VALIDATION_FAILED", "must have a selection of subfields"),
    "nothing": ("", {}, "GRAPHQL_PARSE_FAILED", "Syntax Error"),
    "a NUL byte": ("{ city(slug: \u0000) { name } }", {}, "GRAPHQL_PARSE_FAILED", "Syntax Error"),
    "a comment without end": ('{ city(slug: "valencia', {}, "GRAPHQL_PARSE_FAILED", "Unterminated string"),
    "cyclic fragments": ("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }", {}, "GRAPHQL_VALIDATION_FAILED", ""),
    "10,000 aliases": ("{" + " ".join(f"a{n}: __typename" for n in range(10_000)) + "}", {}, "", "REPLICITY_LIMIT_"),
    "16 aliases": ("{ service {" + " ".join(f"a{n}: __typename" for n in range(16)) + "} }", {}, "OVER_LIMIT", "REPLICITY_LIMIT_ALIASES"),
    "a megabyte of selections": ("{a" * 450_000, {}, "TOO_LARGE", "REPLICITY_LIMIT_DOCUMENT_BYTES"),
    "a document of brackets": ("{city" * 400 + "}" * 400, {}, "OVER_LIMIT", "REPLICITY_LIMIT_DEPTH"),
    "a deep document": (
        "{ cities " + "{ nodes { pilots " * 11 + "{ totalCount }" + " } }" * 11 + " }",
        {},
        "OVER_LIMIT",
        "REPLICITY_LIMIT_DEPTH",
    ),
    "a long list in a filter": (
        "query ($v: [String!]) { cities(where: {slug: {in: $v}}) { totalCount } }",
        {"v": ["x"] * 1_001},
        "OVER_LIMIT",
        "REPLICITY_LIMIT_IN_VALUES",
    ),
    "too much at once": (
        "{ cities(first: 100) { nodes { pilots(first: 100) { nodes { lessons(first: 100) { nodes { title } } } } } } }",
        {},
        "TOO_COSTLY",
        "REPLICITY_LIMIT_COST",
    ),
    "a mutation where there is none": ("mutation { drop }", {}, "OPERATION_NOT_SUPPORTED", "mutation"),
}


@pytest.fixture
def app(mission: Graph) -> Starlette:
    return create_app(Settings(), house_of(mission, Settings()))


@pytest.fixture
async def client(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://replicity.test") as client:
        yield client


@pytest.mark.parametrize(("document", "variables", "code", "words"), REFUSED.values(), ids=REFUSED.keys())
async def test_what_cannot_be_answered_is_refused_with_a_code_and_words(
    client: httpx.AsyncClient, document: str, variables: dict[str, Any], code: str, words: str
) -> None:
    response = await client.post("/graphql", json={"query": document, "variables": variables}, headers=NEWER)

    answer = response.json()
    assert response.status_code == 400
    assert "data" not in answer
    assert words in response.text.replace('\\"', "'")
    assert answer["errors"][0]["extensions"]["code"] == code or not code
    assert all(error["extensions"]["hint"] for error in answer["errors"])
    assert "Traceback" not in response.text


@pytest.mark.parametrize(
    ("document", "line", "column"),
    [
        ("{ service { version }\n  cities(first: 0) { totalCount } }", 2, 3),
        ("{ cities { nodes { name\n pilots(first: 1, last: 1) { totalCount } } } }", 2, 2),
        ("{ cities {\n facets(by: []) { missing } } }", 2, 2),
        ('{ city(slug: "lund") { name\n similarCities(first: 0) { leftOut } } }', 2, 2),
        ('{ \n search(text: "bike") { facets(by: []) { missing } } }', 2, 2),
        ('{ service { version }\n\n replicationPaths(from: "lund", to: "lund") { truncated } }', 3, 2),
        ("{\n knowledgeGaps { citiesWithPilotsButNeverGave(first: 0) { totalCount } } }", 2, 2),
    ],
)
async def test_what_is_refused_of_a_field_has_its_place(client: httpx.AsyncClient, document: str, line: int, column: int) -> None:
    answer = (await client.post("/graphql", json={"query": document}, headers=NEWER)).json()

    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["locations"] == [{"line": line, "column": column}]


@pytest.mark.parametrize("known", [1, 100])
async def test_a_plan_made_for_few_ids_lets_no_more_through_than_one_made_for_many(client: httpx.AsyncClient, known: int) -> None:
    document = "query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on City { pilots(first: 50) { nodes { slug } } } } }"

    async def asked(many: int) -> Any:
        return (await client.post("/graphql", json={"query": document, "variables": {"ids": ["City:lund"] * many}})).json()

    assert len((await asked(known))["data"]["nodes"]) == known
    assert (await asked(101))["errors"][0]["extensions"]["code"] == "PAGE_TOO_LARGE"
    costly = document.replace("50", "100").replace("slug", "slug lessons(first: 9) { nodes { slug } }")
    document = costly
    assert len((await asked(1))["data"]["nodes"]) == 1
    assert (await asked(100))["errors"][0]["extensions"]["code"] == "TOO_COSTLY"


async def test_as_many_conditions_as_may_be_are_answered(client: httpx.AsyncClient) -> None:
    every = '{slug: {eq: "a", ne: "b", gt: "c", gte: "d", lt: "e", lte: "f", contains: "g", startsWith: "h"}}'
    alike = "{counts: {eq: true}} " * 200
    for document in (
        f"{{ cities(where: {{and: [{every * 25}]}}) {{ totalCount }} }}",
        f"{{ transfers(where: {{or: [{alike}]}}) {{ totalCount }} }}",
    ):
        body = {"query": document.replace(" ", " ")}

        answer = (await client.post("/graphql", json=body)).json()

        assert "data" in answer or answer["errors"][0]["extensions"]["code"] in ("OVER_LIMIT", "TOO_LARGE"), answer


async def test_a_list_of_values_is_one_condition(client: httpx.AsyncClient) -> None:
    listed = " ".join(f'"c{number}"' for number in range(900))

    answer = (await client.post("/graphql", json={"query": f"{{ cities(where: {{slug: {{in: [{listed}]}}}}) {{ totalCount }} }}"})).json()

    assert answer == {"data": {"cities": {"totalCount": 0}}}


@pytest.mark.parametrize("slug", ["nowhere", "", " ", *INJECTIONS])
async def test_an_unknown_slug_is_null_and_no_error(client: httpx.AsyncClient, slug: str) -> None:
    body = {"query": "query ($s: String!) { city(slug: $s) { name } }", "variables": {"s": slug}}

    response = await client.post("/graphql", json=body)

    assert response.json() == {"data": {"city": None}}


@pytest.mark.parametrize("text", INJECTIONS)
async def test_cypher_in_any_string_of_a_filter_changes_nothing(client: httpx.AsyncClient, text: str) -> None:
    body = {
        "query": "query ($t: String!) { cities(where: {name: {contains: $t}}) { totalCount } service { revision } }",
        "variables": {"t": text},
    }

    answer = (await client.post("/graphql", json=body)).json()

    assert answer == {"data": {"cities": {"totalCount": 0}, "service": {"revision": 1}}}


@pytest.mark.parametrize("document", [document for document, _, _, _ in REFUSED.values()], ids=REFUSED.keys())
async def test_no_document_keeps_other_requests_waiting(app: Starlette, document: str) -> None:
    body = json.dumps({"query": document}).encode()

    with longest_step() as longest:
        await answer_to(app, "POST", body)

    assert longest[0] < MOST_SECONDS


@pytest.mark.parametrize("value", ["x" * 900_000, ["x"] * 190_000, [[]] * 15_000, {"a": "x"}, 1e300, -(2**63)])
async def test_no_variable_keeps_other_requests_waiting(app: Starlette, value: Any) -> None:
    body = json.dumps({"query": "query ($s: String!) { city(slug: $s) { name } }", "variables": {"s": value}}).encode()
    assert len(body) <= 1_000_000

    with longest_step() as longest:
        status = await answer_to(app, "POST", body)

    assert status == 200
    assert longest[0] < MOST_SECONDS
