"""What /graphql answers to every kind of request."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
import structlog

from tests.transport.small_service import SmallService

NEWER = {"accept": "application/graphql-response+json"}
JSON = {"content-type": "application/json"}


def code_of(response: httpx.Response) -> str:
    answer = response.json()
    assert "data" not in answer
    code: str = answer["errors"][0]["extensions"]["code"]
    return code


def message_of(response: httpx.Response) -> str:
    message: str = response.json()["errors"][0]["message"]
    return message


async def test_a_post_is_answered_with_data(client: httpx.AsyncClient) -> None:
    response = await client.post("/graphql", json={"query": "query ($s: String!) { city(slug: $s) }", "variables": {"s": "valencia"}})

    assert response.status_code == 200
    assert response.json() == {"data": {"city": "Valencia"}}


async def test_a_get_is_answered_with_data(client: httpx.AsyncClient) -> None:
    parameters = {"query": "query ($s: String!) { city(slug: $s) }", "variables": '{"s": "valencia"}', "operationName": ""}

    response = await client.get("/graphql", params=parameters)

    assert response.json() == {"data": {"city": "Valencia"}}


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("application/json", "application/json"),
        ("application/graphql-response+json", "application/graphql-response+json"),
        ("application/graphql-response+json, application/json;q=0.9", "application/graphql-response+json"),
        ("application/json, application/graphql-response+json", "application/graphql-response+json"),
        ("application/graphql-response+json;q=0.5, application/json", "application/json"),
        ("application/graphql-response+json;q=0, */*", "application/json"),
        ("application/json;q=0, */*", "application/graphql-response+json"),
        ("text/html, */*;q=0.1", "application/json"),
        ("application/json; charset=UTF-8", "application/json"),
    ],
)
async def test_the_media_type_is_the_one_wanted_most(client: httpx.AsyncClient, accept: str | None, expected: str) -> None:
    headers = {"accept": accept} if accept else {}
    if accept is None:
        del client.headers["accept"]

    response = await client.post("/graphql", json={"query": "{ __typename }"}, headers=headers)

    assert response.headers["content-type"] == f"{expected}; charset=utf-8"
    assert "accept" in response.headers["vary"].lower()


@pytest.mark.parametrize(
    "accept", ["text/html", "image/*", "application/json;q=0", "application/json;charset=latin-1", "application/json;q=x"]
)
async def test_a_media_type_that_cannot_be_had_is_refused(client: httpx.AsyncClient, accept: str) -> None:
    response = await client.post("/graphql", json={"query": "{ __typename }"}, headers={"accept": accept})

    assert response.status_code == 406
    assert "application/graphql-response+json" in response.json()["errors"][0]["extensions"]["hint"]


@pytest.mark.parametrize(
    "content_type",
    ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/graphql", "application/jsonp"],
)
async def test_what_a_page_elsewhere_could_post_unasked_is_refused(
    client: httpx.AsyncClient, service: SmallService, content_type: str
) -> None:
    headers = {"content-type": content_type} if content_type else {}

    response = await client.post("/graphql", content=b'{"query": "mutation { rename(name: \\"x\\") }"}', headers=headers)

    assert response.status_code == 415
    assert service.asked == []


@pytest.mark.parametrize("headers", [{"content-type": "application/json; charset=latin-1"}, JSON | {"content-encoding": "gzip"}])
async def test_a_body_in_another_encoding_is_refused(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    response = await client.post("/graphql", content=b'{"query": "{ __typename }"}', headers=headers)

    assert response.status_code == 415


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "The body is empty."),
        (b"  \n", "The body is empty."),
        (b'{"query": "{ city', "The body is not JSON"),
        (b'{"query": "\xff"}', "The body is not UTF-8: byte 11 cannot stand there."),
        (b'{"query": "a\x00b"}', "The body is not JSON"),
        ('{"query": "{ __typename }"}'.encode("utf-16"), "The body is not UTF-8"),
        (b'{"query": "\\ud800"}', "The body is not JSON"),
        (b'{"query": "{ __typename }", "variables": {"x": NaN}}', "The body is not JSON"),
        (b"[" * 100_000, "Batching is off"),
        (b'{"query":"{ __typename }","variables":' + b'{"a":' * 5_000 + b"1" + b"}" * 5_000 + b"}", "The body is not JSON"),
        (b'[{"query": "{ __typename }"}]', "Batching is off"),
        (b"[]", "Batching is off"),
        (b'"{ __typename }"', "A request is a JSON object, not a string."),
        (b"null", "A request is a JSON object, not null."),
        (b"7", "A request is a JSON object, not a number."),
        (b"{}", "`query` is missing."),
        (b'{"query": null}', "`query` is missing."),
        (b'{"query": 7}', "`query` must be a string, not a number."),
        (b'{"query": ["{ __typename }"]}', "`query` must be a string, not a list."),
        (b'{"query": "{ __typename }", "operationName": {}}', "`operationName` must be a string, not an object."),
        (b'{"query": "{ __typename }", "variables": []}', "`variables` must be an object, not a list."),
        (b'{"query": "{ __typename }", "variables": "{}"}', "`variables` must be an object, not a string."),
        (b'{"query": "{ __typename }", "extensions": true}', "`extensions` must be an object, not true or false."),
        (b'{"documentId": 7}', "`documentId` must be a string, not a number."),
        (b'{"query": "{ __typename }", "documentId": "sha256:0"}', "Send `query` or `documentId`, not both."),
        (b'{"extensions": {"persistedQuery": 1}}', "`extensions.persistedQuery` must hold `version` 1"),
    ],
)
async def test_a_body_that_is_no_request_is_refused_with_a_sentence(client: httpx.AsyncClient, body: bytes, sentence: str) -> None:
    response = await client.post("/graphql", content=body, headers=JSON)

    assert response.status_code == 400
    assert message_of(response).startswith(sentence)
    assert code_of(response) == "BAD_REQUEST"
    assert response.json()["errors"][0]["extensions"]["hint"]


@pytest.mark.parametrize("brackets", ["[]," * 6 + "[]", '{"a":[]},' * 3 + "{}", '"\\"[","{",' * 2 + "[[[[[[]]]]]]"])
async def test_more_lists_and_objects_than_the_limit_are_refused(client_with: Callable[..., httpx.AsyncClient], brackets: str) -> None:
    client = client_with(limits={"json_containers": 7})
    body = f'{{"query": "{{ __typename }}", "variables": {{"v": [{brackets}]}}}}'

    response = await client.post("/graphql", content=body, headers=JSON)

    assert response.status_code == 400
    assert code_of(response) == "OVER_LIMIT"


async def test_brackets_in_a_text_are_no_lists(client_with: Callable[..., httpx.AsyncClient]) -> None:
    client = client_with(limits={"json_containers": 7})

    response = await client.post("/graphql", json={"query": "{ __typename }", "variables": {"v": '{[{["\\{[{[\\"'}})

    assert response.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(
    ("query_string", "sentence"),
    [
        ("", "`query` is missing."),
        ("query=%7B__typename%7D&query=x", "`query` is given more than once."),
        ("query=%FF", "The query string is not UTF-8."),
        ("query=%7B__typename%7", "In the query string, two hexadecimal digits must follow each percent sign."),
        ("query=%7B__typename%7D&variables=%7B", "`variables` is not JSON"),
        ("query=%7B__typename%7D&variables=[]", "`variables` must be an object, not a list."),
        ("query=%7B__typename%7D&extensions=1", "`extensions` must be an object, not a number."),
        ("&".join(f"a{n}=1" for n in range(30)), "The query string has more than 20 fields."),
    ],
)
async def test_a_query_string_that_is_no_request_is_refused_with_a_sentence(
    client: httpx.AsyncClient, query_string: str, sentence: str
) -> None:
    response = await client.get(f"/graphql?{query_string}")

    assert response.status_code == 400
    assert message_of(response).startswith(sentence)


@pytest.mark.parametrize("member", ["variables", "operationName", "extensions"])
async def test_null_is_as_good_as_left_out(client: httpx.AsyncClient, member: str) -> None:
    response = await client.post("/graphql", json={"query": "{ __typename }", member: None})

    assert response.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize("document", ["{", "{ citty }", "query ($id: ID!) { __typename }", "query A { __typename } query B { __typename }"])
async def test_a_refused_document_is_400_in_the_newer_media_type_only(client: httpx.AsyncClient, document: str) -> None:
    newer = await client.post("/graphql", json={"query": document}, headers=NEWER)
    older = await client.post("/graphql", json={"query": document})

    assert (newer.status_code, older.status_code) == (400, 200)
    assert newer.json() == older.json()
    assert "data" not in newer.json()


async def test_an_unknown_field_comes_with_its_place_and_a_suggestion(client: httpx.AsyncClient) -> None:
    response = await client.post("/graphql", json={"query": '{ citty(slug: "x") }'})

    error = response.json()["errors"][0]
    assert "Did you mean 'city'?" in error["message"]
    assert error["locations"] == [{"line": 1, "column": 3}]
    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
async def test_a_mutation_by_get_is_refused_and_told_how(client: httpx.AsyncClient, accept: str) -> None:
    response = await client.get("/graphql", params={"query": 'mutation { rename(name: "x") }'}, headers={"accept": accept})

    assert response.status_code == 405
    assert response.headers["allow"] == "POST"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
async def test_other_methods_are_refused_and_told_which_there_are(client: httpx.AsyncClient, method: str) -> None:
    response = await client.request(method, "/graphql")

    assert response.status_code == 405
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}
    assert code_of(response) == "METHOD_NOT_ALLOWED"


async def test_options_says_which_methods_there_are(client: httpx.AsyncClient) -> None:
    response = await client.options("/graphql")

    assert response.status_code == 204
    assert response.headers["allow"] == "GET, HEAD, POST, OPTIONS"


async def test_head_has_the_head_of_get_and_no_body(client: httpx.AsyncClient) -> None:
    get = await client.get("/graphql?query={__typename}")
    head = await client.head("/graphql?query={__typename}")

    assert head.status_code == 200
    assert head.content == b""
    assert (head.headers["etag"], head.headers["content-length"]) == (get.headers["etag"], get.headers["content-length"])


async def test_somebody_who_types_the_address_is_shown_graphiql(client: httpx.AsyncClient) -> None:
    response = await client.get("/graphql", headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})

    assert response.status_code == 303
    assert response.headers["location"] == "graphiql"


async def test_an_answer_over_the_limit_is_refused_with_limit_figure_and_setting(client_with: Callable[..., httpx.AsyncClient]) -> None:
    client = client_with(limits={"answer_bytes": 1_000})

    response = await client.post("/graphql", json={"query": "{ long }"}, headers=NEWER)

    error = response.json()["errors"][0]
    assert response.status_code == 400
    assert "1,000" in error["message"]
    assert error["extensions"]["code"] == "TOO_LARGE"
    assert error["extensions"]["setting"] == "REPLICITY_LIMIT_ANSWER_BYTES"


@pytest.mark.parametrize(("accept", "status"), [("application/json", 200), ("application/graphql-response+json", 503)])
async def test_a_lost_graph_is_said_with_the_time_to_ask_again(client: httpx.AsyncClient, accept: str, status: int) -> None:
    response = await client.post("/graphql", json={"query": "{ lost }"}, headers={"accept": accept})

    assert response.status_code == status
    assert response.headers["retry-after"] == "2"
    assert code_of(response) == "GRAPH_UNAVAILABLE"


async def test_what_nobody_foresaw_is_masked_with_a_reference_into_the_log(client: httpx.AsyncClient) -> None:
    with structlog.testing.capture_logs() as lines:
        response = await client.post("/graphql", json={"query": "{ broken }"}, headers=NEWER)

    error = response.json()["errors"][0]
    assert response.status_code == 500
    assert error["extensions"]["code"] == "INTERNAL"
    assert "swordfish" not in response.text
    failure = next(line for line in lines if line["event"] == "unexpected failure")
    assert failure["reference"] == error["extensions"]["reference"]
    assert isinstance(failure["exc_info"], RuntimeError)


async def test_cypher_in_a_string_is_only_a_string(client: httpx.AsyncClient) -> None:
    slug = "'}) DETACH DELETE n //"

    response = await client.post("/graphql", json={"query": "query ($s: String!) { city(slug: $s) }", "variables": {"s": slug}})

    assert response.json() == {"data": {"city": slug.title()}}


async def test_members_reach_the_service_as_they_were_sent(client: httpx.AsyncClient, service: SmallService) -> None:
    body: dict[str, Any] = {
        "query": "query Ask { __typename }",
        "operationName": "Ask",
        "variables": {"a": [1, {"b": None}]},
        "extensions": {"trace": "on"},
        "unknownMember": 1,
    }

    await client.post("/graphql", content=json.dumps(body), headers=JSON)

    [request] = service.asked
    assert (request.operation_name, request.variables, request.extensions) == ("Ask", body["variables"], body["extensions"])
    assert not request.queries_only
