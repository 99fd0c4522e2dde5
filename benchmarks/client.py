"""A small HTTP client that asks as fast as it is answered, several times at once."""

import asyncio
import itertools
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from statistics import median
from typing import Any
from urllib.parse import urlsplit

import httptools
import orjson

JSON = "application/json"
FIRST_TRIES = 5


@dataclass(frozen=True, slots=True)
class Load:
    """What came of asking for a while."""

    answers: int
    seconds: float
    latencies: tuple[float, ...]
    last: bytes

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return self.answers / self.seconds

    @property
    def p50(self) -> float:
        """The median time to an answer, in milliseconds."""
        return 1_000 * median(self.latencies)


@dataclass(slots=True)
class Connection:
    """One connection that is kept: a request, its answer, the next request."""

    host: str
    port: int
    path: str
    reader: Any = None
    writer: Any = None
    status: int = 0
    body: list[bytes] = field(default_factory=list)
    complete: bool = False
    parser: Any = None
    kept: bool = False

    async def ask(self, body: bytes, content_type: str = JSON) -> bytes:
        """The body of the answer; its status stands in `status`."""
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(self.host, self.port, limit=2**20)
        head = f"POST {self.path} HTTP/1.1\r\nhost: {self.host}\r\ncontent-type: {content_type}\r\naccept: {JSON}\r\n"
        self.writer.write(f"{head}content-length: {len(body)}\r\n\r\n".encode() + body)
        return await self._answer()

    async def _answer(self) -> bytes:
        self.body, self.complete = [], False
        self.parser = httptools.HttpResponseParser(self)
        while not self.complete:
            piece = await self.reader.read(2**18)
            if not piece:
                raise ConnectionResetError("the server closed the connection in the middle of an answer")
            self.parser.feed_data(piece)
        self.status = self.parser.get_status_code()
        if not self.kept:
            await self.close()
        return b"".join(self.body)

    def on_body(self, piece: bytes) -> None:
        self.body.append(piece)

    def on_message_complete(self) -> None:
        # Asked any later, the parser says that it is not kept.
        self.complete, self.kept = True, self.parser.should_keep_alive()

    async def close(self) -> None:
        if self.writer:
            self.writer.close()
            self.reader = self.writer = None


def connection_to(url: str) -> Connection:
    """A connection to the server at this address; it is opened with the first request."""
    parts = urlsplit(url)
    assert parts.hostname
    assert parts.port
    return Connection(parts.hostname, parts.port, parts.path or "/")


def body_of(document: str, **variables: Any) -> bytes:
    """A GraphQL request as JSON."""
    return orjson.dumps({"query": document, "variables": variables})


async def ask(url: str, body: bytes) -> bytes:
    """One good answer; a database that has just been started may need several tries for its first."""
    connection = connection_to(url)
    try:
        for _ in range(FIRST_TRIES):
            answer = await connection.ask(body)
            if connection.status == 200:
                return answer
        raise AssertionError(f"{connection.status}: {answer[:500]!r}")
    finally:
        await connection.close()


async def load(url: str, bodies: Sequence[bytes], *, clients: int, seconds: float) -> Load:
    """Ask with so many clients for so long; each client has its own next request ready when an answer is there."""
    turns = itertools.cycle(bodies)
    latencies: list[float] = []
    last: list[bytes] = [b""]
    async with AsyncExitStack() as stack:
        connections = [connection_to(url) for _ in range(clients)]
        for each in connections:
            stack.push_async_callback(each.close)
        began = time.perf_counter()
        until = began + seconds
        await asyncio.gather(*(_keep_asking(each, turns, until, latencies, last) for each in connections))
    return Load(len(latencies), time.perf_counter() - began, tuple(latencies), last[0])


async def _keep_asking(connection: Connection, turns: Iterator[bytes], until: float, latencies: list[float], last: list[bytes]) -> None:
    while (began := time.perf_counter()) < until:
        last[0] = await connection.ask(next(turns))
        latencies.append(time.perf_counter() - began)
        if connection.status != 200:
            raise AssertionError(f"{connection.status}: {last[0][:500]!r}")
