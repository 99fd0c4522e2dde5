"""Answers are compressed as the client likes it, tagged, not sent twice."""

import zlib
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]
import httpx
import pytest
import zstandard

from tests.transport.small_service import SmallService

DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda body: zlib.decompress(body, 31),
    "br": lambda body: bytes(brotli.decompress(body)),
    "zstd": lambda body: zstandard.ZstdDecompressor().decompress(body),
}


async def raw_get(client: httpx.AsyncClient, path: str, accept_encoding: str, **headers: str) -> tuple[httpx.Response, bytes]:
    request = client.build_request("GET", path, headers={"accept-encoding": accept_encoding, **headers})
    response = await client.send(request, stream=True)
    return response, b"".join([part async for part in response.aiter_raw()])


@pytest.mark.parametrize(
    ("accept_encoding", "expected"),
    [
        ("gzip", "gzip"),
        ("br", "br"),
        ("zstd", "zstd"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, br", "br"),
        ("zstd;q=0.1, gzip;q=0.9", "gzip"),
        ("*", "zstd"),
        ("zstd;q=0, *", "br"),
        ("GZIP", "gzip"),
    ],
)
async def test_a_long_answer_is_compressed_as_liked_most(client: httpx.AsyncClient, accept_encoding: str, expected: str) -> None:
    response, body = await raw_get(client, "/graphql?query={long}", accept_encoding)

    assert response.headers["content-encoding"] == expected
    assert response.headers["vary"] == "Accept, Accept-Encoding"
    assert len(body) == int(response.headers["content-length"]) < 1_000
    assert "Rückmeldung".encode() in DECODERS[expected](body)


@pytest.mark.parametrize("accept_encoding", ["", "deflate", "identity", "gzip;q=0, br;q=0, zstd;q=0", "gzip;q=0.5, identity", "gzip;q=no"])
async def test_a_client_that_wants_none_of_ours_gets_plain_bytes(client: httpx.AsyncClient, accept_encoding: str) -> None:
    response, body = await raw_get(client, "/graphql?query={long}", accept_encoding)

    assert "content-encoding" not in response.headers
    assert "Rückmeldung".encode() in body


async def test_an_answer_under_a_kilobyte_is_not_compressed(client: httpx.AsyncClient) -> None:
    response, _ = await raw_get(client, "/graphql?query={__typename}", "gzip, br, zstd")

    assert "content-encoding" not in response.headers
    assert "Accept-Encoding" in response.headers["vary"]


@pytest.mark.parametrize("characters", [100, 2_000, 200_000])
@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
async def test_a_known_answer_is_not_sent_again(client: httpx.AsyncClient, service: SmallService, characters: int, encoding: str) -> None:
    service.long_text = "x" * characters
    first, _ = await raw_get(client, "/graphql?query={long}", encoding)

    second, body = await raw_get(client, "/graphql?query={long}", encoding, **{"if-none-match": f'"other", {first.headers["etag"]}'})

    assert second.status_code == 304
    assert body == b""
    assert second.headers["etag"] == first.headers["etag"]
    assert not {"content-type", "content-length", "content-encoding"} & set(second.headers)


async def test_each_encoding_has_its_own_strong_tag(client: httpx.AsyncClient) -> None:
    tags = {(await raw_get(client, "/graphql?query={long}", encoding))[0].headers["etag"] for encoding in ("", "gzip", "br", "zstd")}

    assert len(tags) == 4
    assert all(tag.startswith('"') for tag in tags)


async def test_each_media_type_has_its_own_strong_tag(client: httpx.AsyncClient) -> None:
    kinds = ("application/json", "application/graphql-response+json")

    tags = {(await client.get("/graphql?query={long}", headers={"accept": kind})).headers["etag"] for kind in kinds}

    assert len(tags) == 2


async def test_a_changed_answer_has_another_tag(client: httpx.AsyncClient, service: SmallService) -> None:
    first, _ = await raw_get(client, "/graphql?query={long}", "")
    service.long_text = "changed"

    second, _ = await raw_get(client, "/graphql?query={long}", "", **{"if-none-match": first.headers["etag"]})

    assert second.status_code == 200


@pytest.mark.parametrize("document", ["{ lost }", "{ broken }", "{ citty }", "{"])
async def test_no_error_is_kept_in_a_cache(client: httpx.AsyncClient, document: str) -> None:
    response = await client.get("/graphql", params={"query": document})

    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


async def test_a_post_has_no_tag(client: httpx.AsyncClient) -> None:
    response = await client.post("/graphql", json={"query": "{ __typename }"})

    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers
