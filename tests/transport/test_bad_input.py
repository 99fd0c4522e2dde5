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
    "a document of brackets": ("{city" * 400 + "}" * 400, {}, "", "too deep"),
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
