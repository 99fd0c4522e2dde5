"""Exports over a real port, to readers who take their time or go away."""

import asyncio

import httpx

from server.app import house_of
from server.graph import Graph
from server.settings import Settings
from tests.transport.front_door import listening

PLACES = 2
LARGE = "/export/event-history.csv"
PATIENCE = 30.0


async def begun(url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A reader of a large export who has taken the first bytes and takes no more."""
    address = httpx.URL(url)
    reader, writer = await asyncio.open_connection(address.host, address.port, limit=1_024)
    writer.write(f"GET {LARGE} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    head = await asyncio.wait_for(reader.readuntil(b"\r\n"), PATIENCE)
    assert head.startswith(b"HTTP/1.1 200 "), head
    return reader, writer


async def answered(client: httpx.AsyncClient, url: str) -> httpx.Response:
    """The export, asked for again and again until there is a place for it."""
    async with asyncio.timeout(PATIENCE):
        while (answer := await client.get(url)).status_code == httpx.codes.SERVICE_UNAVAILABLE:  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.05)
    return answer


async def test_who_comes_when_all_places_are_taken_is_asked_to_come_again(mission: Graph) -> None:
    async with listening(house_of(mission, Settings(exports_at_once=PLACES))) as url, httpx.AsyncClient(timeout=PATIENCE) as client:
        idle = [await begun(url) for _ in range(PLACES)]

        refused = await client.get(f"{url}/export/transfers.csv")
        described = await client.get(f"{url}/export/transfers.csv-metadata.json")
        heads = [await client.head(f"{url}/export/{name}") for name in ("transfers.csv", "package.zip")]

        for _, writer in idle:
            writer.close()

    assert refused.status_code == httpx.codes.SERVICE_UNAVAILABLE
    assert refused.headers["retry-after"] == "10"
    assert refused.json()["errors"][0]["extensions"]["code"] == "EXPORTS_BUSY"
    # What only describes an export makes none, so it takes no place.
    assert described.status_code == httpx.codes.OK
    assert [head.status_code for head in heads] == [httpx.codes.OK, httpx.codes.OK]
    assert all("content-length" not in head.headers for head in heads)


async def test_readers_who_go_away_free_their_places(mission: Graph) -> None:
    async with listening(house_of(mission, Settings(exports_at_once=PLACES))) as url, httpx.AsyncClient(timeout=PATIENCE) as client:
        for _, writer in [await begun(url) for _ in range(PLACES)]:
            writer.transport.abort()

        answer = await answered(client, f"{url}/export/transfers.csv")

    assert answer.status_code == httpx.codes.OK
    assert answer.text.startswith("transfer,")
