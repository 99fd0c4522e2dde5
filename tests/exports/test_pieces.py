"""An export is of one revision or none, and lets go of everything when its reader is gone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, aclosing
from typing import Any

import pytest
from starlette.requests import ClientDisconnect

from graph_schema.domain import load_domain
from server.cypher import Statement
from server.dialects.embedded import EMBEDDED
from server.errors import GraphMoved
from server.exports.chunks import Wanted, chunks
from server.graph import Graph
from server.reading.expressions import Sight
from server.reading.plan import ALWAYS
from server.reading.where import Filters
from server.transport.streaming import BrokenOff, Streamed
from server.viewer import ANONYMOUS


class Moving:
    """A graph of ten records whose revision is told for each statement."""

    dialect = EMBEDDED

    def __init__(self, *revisions: int) -> None:
        self.revisions = list(revisions)
        self.asked: list[tuple[str, str]] = []

    async def read_all(self, statement: Statement, *, within: float) -> list[list[Any]]:
        after, upto = [*sorted(each for each in statement.parameters.values() if isinstance(each, str) and not each.isupper()), "~"][:2]
        slugs = [slug for slug in map(str, range(10)) if after < slug <= upto]
        if skip := statement.parameters.get("skip"):
            return [[slug] for slug in slugs[skip:][:1]]
        self.asked.append((after, upto))
        return [[[[[slug, None] for slug in slugs[:4]], None, [self.revisions.pop(0), None]]]]


async def read(graph: Moving) -> list[str]:
    found = chunks(graph, Sight(load_domain(), ANONYMOUS), Wanted("City", ALWAYS, ()), 4)  # type: ignore[arg-type]
    return [row[0] async for chunk in found for row in chunk.rows]


async def test_each_piece_goes_on_where_the_last_one_ended() -> None:
    graph = Moving(7, 7, 7)

    assert await read(graph) == list(map(str, range(10)))
    assert graph.asked == [("", "~"), ("3", "7"), ("7", "~")]


@pytest.mark.parametrize("since", [None, 2023])
async def test_pieces_of_any_size_make_up_the_same_records(mission: Graph, since: int | None) -> None:
    sight = Sight(load_domain(), ANONYMOUS)
    fitting = ALWAYS if since is None else Filters(sight).condition(sight.domain["Transfer"], {"year": {"gte": since}})
    wanted = Wanted("Transfer", fitting, ())

    whole = [chunk async for chunk in chunks(mission, sight, wanted)]
    parts = [chunk async for chunk in chunks(mission, sight, wanted, 64)]

    assert len(whole) == 1
    assert len(parts) > 4
    assert [row for chunk in parts for row in chunk.rows] == whole[0].rows
    assert parts[-1].read == whole[0].read
    assert {chunk.revision for chunk in parts} == {whole[0].revision}


def reading() -> list[str]:
    """The reads of pieces that are going on."""
    return [task.get_name() for task in asyncio.all_tasks() if "_pieces" in repr(task.get_coro()) or "_border" in repr(task.get_coro())]


async def test_reading_that_is_left_off_leaves_nothing_behind(mission: Graph) -> None:
    async with aclosing(chunks(mission, Sight(load_domain(), ANONYMOUS), Wanted("Transfer", ALWAYS, ()), 64)) as found:
        await anext(found)
        assert reading()

    assert not reading()


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
