"""One line a request, under an id that the client gets back."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import structlog
from structlog.contextvars import merge_contextvars

from tests.transport.small_service import SmallService


@pytest.fixture
def lines() -> Iterator[list[Any]]:
    with structlog.testing.capture_logs(processors=[merge_contextvars]) as captured:
        yield captured


def of_requests(lines: list[Any]) -> list[Any]:
    return [line for line in lines if line["event"] == "request"]


async def test_a_request_makes_one_line_that_says_what_it_was(client: httpx.AsyncClient, lines: list[Any]) -> None:
    response = await client.post("/graphql", json={"query": "query Whichever { __typename }"})

    [line] = of_requests(lines)
    ms = line.pop("ms")
    assert line == {
        "event": "request",
        "log_level": "info",
        "request_id": response.headers["x-request-id"],
        "method": "POST",
        "path": "/graphql",
        "status": 200,
        "bytes": len(response.content),
        "operation": "Whichever",
    }
    assert 0 < ms < 10_000


@pytest.mark.parametrize(
    ("document", "code"), [("{ citty }", "GRAPHQL_VALIDATION_FAILED"), ("{ lost }", "GRAPH_UNAVAILABLE"), ("{ broken }", "INTERNAL")]
)
async def test_the_line_names_the_code_of_a_refusal(client: httpx.AsyncClient, lines: list[Any], document: str, code: str) -> None:
    await client.post("/graphql", json={"query": document})

    assert [line["code"] for line in of_requests(lines)] == [code]


async def test_a_valid_request_id_is_kept(client: httpx.AsyncClient, lines: list[Any]) -> None:
    response = await client.get("/", headers={"x-request-id": "gateway-7:42"})

    assert response.headers["x-request-id"] == "gateway-7:42"
    assert [line["request_id"] for line in of_requests(lines)] == ["gateway-7:42"]


@pytest.mark.parametrize("offered", ["", "a b", "x" * 129, "né", "<script>", "a\tb"])
async def test_an_invalid_request_id_is_replaced(client: httpx.AsyncClient, offered: str) -> None:
    response = await client.get("/", headers=[(b"x-request-id", offered.encode())])

    assert response.headers["x-request-id"] != offered
    assert len(response.headers["x-request-id"]) == 32


@pytest.mark.parametrize("name", ["A\nforged line", "x" * 200, "né", ""])
async def test_nobody_writes_into_the_log_by_an_operation_name(client: httpx.AsyncClient, lines: list[Any], name: str) -> None:
    await client.post("/graphql", json={"query": "{ __typename }", "operationName": name})

    assert all("operation" not in line for line in of_requests(lines))


async def test_nobody_writes_into_the_log_by_a_path(client: httpx.AsyncClient, lines: list[Any]) -> None:
    await client.get("/no%0Aforged%20line?secret=1")

    assert [line["path"] for line in of_requests(lines)] == ["/no%0Aforged%20line"]


async def test_a_page_that_fails_is_masked_with_a_reference_into_the_log(
    client: httpx.AsyncClient, service: SmallService, lines: list[Any]
) -> None:
    def broken() -> None:
        raise RuntimeError("the password is swordfish")

    service.overview = broken  # type: ignore[method-assign,assignment]

    response = await client.get("/")

    error = response.json()["errors"][0]
    assert response.status_code == 500
    assert "swordfish" not in response.text
    assert "x-request-id" in response.headers
    assert [line["reference"] for line in lines if line["event"] == "unexpected failure"] == [error["extensions"]["reference"]]


async def test_questions_about_health_are_not_worth_a_line(client: httpx.AsyncClient, lines: list[Any]) -> None:
    await client.get("/healthz")

    assert [line["log_level"] for line in of_requests(lines)] == ["debug"]
