"""An export is of one revision or none, and lets go of everything when its reader is gone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from starlette.requests import ClientDisconnect

from graph_schema.domain import load_domain
from server.cypher import Statement
from server.dialects.embedded import EMBEDDED
from server.errors import GraphMoved
from server.exports.chunks import Wanted, chunks
from server.reading.expressions import Sight
from server.reading.plan import ALWAYS
from server.transport.streaming import BrokenOff, Streamed
from server.viewer import ANONYMOUS


class Moving:
    """A graph of ten records whose revision is told for each statement."""

    dialect = EMBEDDED

    def __init__(self, *revisions: int) -> None:
        self.revisions = list(revisions)
        self.asked: list[str] = []

    async def read_all(self, statement: Statement, *, within: float) -> list[list[Any]]:
        after = next(value for value in statement.parameters.values() if isinstance(value, str) and not value.isupper())
        self.asked.append(after)
        slugs = [slug for slug in map(str, range(10)) if slug > after][:4]
        return [[[[[slug, None] for slug in slugs], None, [self.revisions.pop(0), None]]]]


async def read(graph: Moving) -> list[str]:
    found = chunks(graph, Sight(load_domain(), ANONYMOUS), Wanted("City", ALWAYS, ()), 4)  # type: ignore[arg-type]
    return [row[0] async for chunk in found for row in chunk.rows]


async def test_each_piece_goes_on_where_the_last_one_ended() -> None:
    graph = Moving(7, 7, 7)

    assert await read(graph) == list(map(str, range(10)))
    assert graph.asked == ["", "3", "7"]


async def test_a_graph_that_moves_meanwhile_is_no_revision() -> None:
    with pytest.raises(GraphMoved):
        await read(Moving(7, 7, 8))


async def endless(ended: asyncio.Event) -> AsyncIterator[bytes]:
    try:
        while True:
            yield b"x"
    finally:
        ended.set()


async def test_a_reader_that_goes_away_ends_the_read_and_frees_the_place() -> None:
    ended, place, sent = asyncio.Event(), asyncio.Semaphore(1), []

    async def send(message: Any) -> None:
        sent.append(message)
        if len(sent) > 3:
            raise OSError("gone")

    await place.acquire()
    held = AsyncExitStack()
    held.callback(place.release)
    with pytest.raises(ClientDisconnect):
        await Streamed(endless(ended), held, {}, "text/csv")({"type": "http", "asgi": {"spec_version": "2.4"}}, asyncio.Event().wait, send)  # type: ignore[arg-type]

    assert ended.is_set()
    assert not place.locked()


async def test_a_graph_that_moves_while_bytes_leave_breaks_the_answer_off_without_an_end() -> None:
    async def moving() -> AsyncIterator[bytes]:
        yield b"x"
        raise GraphMoved

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def never() -> Any:
        await asyncio.Event().wait()

    with pytest.raises(BrokenOff):
        await Streamed(moving(), AsyncExitStack(), {}, "text/csv")({"type": "http", "asgi": {"spec_version": "2.4"}}, never, send)

    assert [message.get("more_body") for message in sent] == [None, True]
