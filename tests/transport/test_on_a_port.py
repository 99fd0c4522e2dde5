"""On a real port: slow bodies, long bodies, a stop in the middle of things."""

import asyncio
import json

import httpx
import structlog

from server.cli.listening import url_of
from tests.transport.front_door import listening, small_house, started
from tests.transport.small_service import SmallService

HEAD = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
PATIENCE = 20.0


async def talk(url: str, *pieces: bytes) -> tuple[bytes, bytes]:
    """Send these bytes, leave the connection open; the head and the body of what comes back until the other side closes."""
    address = httpx.URL(url)
    reader, writer = await asyncio.open_connection(address.host, address.port)
    try:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        answer = await asyncio.wait_for(reader.read(), 10)
    finally:
        writer.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    return head, body


async def test_a_body_that_does_not_end_in_time_is_refused() -> None:
    async with listening(small_house(SmallService()), body_seconds=0.2) as url:
        head, body = await talk(url, f"{HEAD}Content-Length: 100\r\n\r\n".encode(), b'{"query": ')

    assert head.startswith(b"HTTP/1.1 408 ")
    assert b"REQUEST_TIMEOUT" in body
    assert b"REPLICITY_LIMIT_BODY_SECONDS" in body


async def test_a_body_over_the_limit_is_refused_though_it_says_nothing_of_its_length() -> None:
    chunk = b"200\r\n" + b"x" * 0x200 + b"\r\n"

    async with listening(small_house(SmallService()), body_bytes=1_000) as url:
        head, body = await talk(url, f"{HEAD}Transfer-Encoding: chunked\r\n\r\n".encode(), chunk * 3 + b"0\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 413 ")
    assert b"The limit on body bytes is 1,000; this request has 1,536." in body
    assert b"TOO_LARGE" in body


async def test_a_body_without_end_is_given_up() -> None:
    chunk = b"200\r\n" + b"x" * 0x200 + b"\r\n"

    async with listening(small_house(SmallService()), body_bytes=1_000) as url:
        head, _ = await talk(url, f"{HEAD}Transfer-Encoding: chunked\r\n\r\n".encode(), chunk * 20)

    assert head.startswith(b"HTTP/1.1 413 ")


async def test_a_body_announced_as_far_too_long_is_refused_before_it_is_sent() -> None:
    async with listening(small_house(SmallService()), body_bytes=1_000) as url:
        head, _ = await talk(url, f"{HEAD}Content-Length: 9000000\r\n\r\n".encode())

    assert head.startswith(b"HTTP/1.1 413 ")


async def test_a_client_that_asks_first_is_not_told_to_go_on_with_too_long_a_body() -> None:
    async with listening(small_house(SmallService()), body_bytes=1_000) as url:
        head, _ = await talk(url, f"{HEAD}Content-Length: 1500\r\nExpect: 100-continue\r\n\r\n".encode())

    assert head.startswith(b"HTTP/1.1 413 ")


async def test_a_body_announced_as_too_long_is_refused_though_nothing_of_it_comes() -> None:
    async with listening(small_house(SmallService()), body_bytes=1_000, body_seconds=PATIENCE) as url:
        address = httpx.URL(url)
        reader, writer = await asyncio.open_connection(address.host, address.port)
        try:
            writer.write(f"{HEAD}Content-Length: 5000\r\n\r\n".encode())
            head = await asyncio.wait_for(reader.readuntil(b"}}]}"), PATIENCE / 2)
        finally:
            writer.close()

    assert head.startswith(b"HTTP/1.1 413 ")


async def test_who_sends_all_of_too_long_a_body_before_reading_is_told_why_it_was_refused() -> None:
    async with listening(small_house(SmallService()), body_bytes=1_000_000) as url:
        head, body = await talk(url, f"{HEAD}Content-Length: 7000000\r\n\r\n".encode(), b"x" * 7_000_000)

    assert head.startswith(b"HTTP/1.1 413 ")
    assert b"TOO_LARGE" in body


async def test_a_query_string_over_the_limit_is_refused() -> None:
    async with listening(small_house(SmallService()), body_bytes=1_000) as url, httpx.AsyncClient() as client:
        response = await client.get(f"{url}/graphql?query={'x' * 2_000}")

    assert response.status_code == 414
    assert response.json()["errors"][0]["extensions"]["code"] == "TOO_LARGE"


async def test_an_address_that_the_parser_cannot_hold_is_refused_as_too_long() -> None:
    async with listening(small_house(SmallService())) as url:
        head, body = await talk(url, b"GET /graphql?query=" + b"x" * 300_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n")

    (error,) = json.loads(body)["errors"]
    assert head.startswith(b"HTTP/1.1 414 ")
    assert error["extensions"]["code"] == "TOO_LARGE"
    assert "POST" in error["extensions"]["hint"]


async def test_what_is_no_http_is_refused_in_the_same_words_as_all_else() -> None:
    async with listening(small_house(SmallService())) as url:
        head, body = await talk(url, b"\x16\x03\x01 hello\r\n\r\n")

    (error,) = json.loads(body)["errors"]
    assert head.startswith(b"HTTP/1.1 400 ")
    assert error["extensions"]["code"] == "BAD_REQUEST"


async def test_a_client_that_leaves_in_the_middle_is_no_failure_of_ours() -> None:
    service = SmallService()
    with structlog.testing.capture_logs() as lines:
        async with listening(small_house(service)) as url:
            address = httpx.URL(url)
            _, writer = await asyncio.open_connection(address.host, address.port)
            writer.write(f"{HEAD}Content-Length: 100\r\n\r\n{{".encode())
            await writer.drain()
            writer.close()
            await writer.wait_closed()

    # The server stops only once the request has ended.
    assert [line["event"] for line in lines] == ["request"]
    assert [line["code"] for line in lines] == ["BAD_REQUEST"]


async def test_the_server_does_not_say_what_it_is_made_of() -> None:
    async with listening(small_house(SmallService())) as url, httpx.AsyncClient() as client:
        response = await client.get(url)

    assert "server" not in response.headers


async def test_a_request_in_flight_finishes_when_the_service_stops() -> None:
    service = SmallService()
    server, door, running = started(small_house(service), shutdown_seconds=5)
    async with httpx.AsyncClient() as client:
        asked = asyncio.create_task(client.post(f"{url_of(door)}/graphql", json={"query": "{ slow }"}))
        await asyncio.wait_for(service.entered.wait(), 10)

        server.should_exit = True
        service.may_finish.set()

        assert (await asked).json() == {"data": {"slow": "done"}}
    await asyncio.wait_for(running, 10)


async def test_a_request_without_end_does_not_keep_the_service_from_stopping() -> None:
    service = SmallService()
    server, door, running = started(small_house(service), shutdown_seconds=1)
    async with httpx.AsyncClient() as client:
        asked = asyncio.create_task(client.post(f"{url_of(door)}/graphql", json={"query": "{ slow }"}))
        await asyncio.wait_for(service.entered.wait(), 10)

        server.should_exit = True

        await asyncio.wait_for(running, 10)
        await asyncio.gather(asked, return_exceptions=True)
