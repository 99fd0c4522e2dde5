"""Every answer tells browsers what it may not do; other origins read only what a setting allows."""

from collections.abc import Callable

import httpx
import pytest

ORIGIN = "https://cities.example"
ClientWith = Callable[..., httpx.AsyncClient]


@pytest.mark.parametrize(
    "path", ["/", "/query", "/graphiql", "/graphql?query={__typename}", "/graphql", "/healthz", "/nowhere", "/assets/page.css"]
)
async def test_every_answer_carries_the_security_headers(client: httpx.AsyncClient, path: str) -> None:
    headers = (await client.get(path)).headers

    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]


async def test_graphiql_may_run_served_scripts_only(client: httpx.AsyncClient) -> None:
    response = await client.get("/graphiql")

    assert "script-src 'self';" in response.headers["content-security-policy"]
    assert response.text.count("<script") == response.text.count('<script src="assets/') + 1
    assert response.text.count('<script id="tabs" type="application/json">') == 1
    assert "http://" not in response.text
    assert "https://" not in response.text


@pytest.mark.parametrize("path", ["/", "/query"])
async def test_the_plain_pages_may_run_no_script_at_all(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path)

    assert "script-src" not in response.headers["content-security-policy"]
    assert "<script" not in response.text


async def test_without_the_setting_no_other_origin_may_read(client: httpx.AsyncClient) -> None:
    answer = await client.get("/graphql?query={__typename}", headers={"origin": ORIGIN})
    preflight = await client.options("/graphql", headers={"origin": ORIGIN, "access-control-request-method": "POST"})

    assert "access-control-allow-origin" not in answer.headers
    assert "access-control-allow-origin" not in preflight.headers


async def test_a_named_origin_may_ask_and_read(client_with: ClientWith) -> None:
    client = client_with(cors_origins=(ORIGIN,))
    wish = {"origin": ORIGIN, "access-control-request-method": "POST", "access-control-request-headers": "content-type"}

    preflight = await client.options("/graphql", headers=wish)
    answer = await client.post("/graphql", json={"query": "{ __typename }"}, headers={"origin": ORIGIN})

    assert preflight.headers["access-control-allow-origin"] == ORIGIN
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "content-type" in preflight.headers["access-control-allow-headers"]
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert "access-control-allow-credentials" not in answer.headers


async def test_an_origin_that_is_not_named_may_not(client_with: ClientWith) -> None:
    client = client_with(cors_origins=(ORIGIN,))

    answer = await client.get("/graphql?query={__typename}", headers={"origin": "https://elsewhere.example"})

    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("headers", [{}, {"origin": ORIGIN}, {"origin": "https://elsewhere.example"}])
async def test_a_cache_is_told_that_answers_differ_by_origin(client_with: ClientWith, headers: dict[str, str]) -> None:
    answer = await client_with(cors_origins=(ORIGIN,)).get("/graphql?query={__typename}", headers=headers)

    assert answer.headers["vary"].split(", ").count("Origin") == 1


async def test_a_refusal_too_can_be_read_by_a_named_origin(client_with: ClientWith) -> None:
    client = client_with(cors_origins=("*",))

    answer = await client.post("/graphql", content=b"[", headers={"origin": ORIGIN, "content-type": "application/json"})

    assert answer.status_code == 400
    assert answer.headers["access-control-allow-origin"] == "*"
