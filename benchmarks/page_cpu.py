"""A page of 20 records with 5 fields: the processor time that each server spends on it, the database's not counted."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from functools import partial

import orjson

from benchmarks import questions
from benchmarks.client import ask, load
from benchmarks.databases import MISSION, opened
from benchmarks.figures import Figure, ratios
from benchmarks.peers import neo4j_graphql, ours
from benchmarks.processes import Server
from benchmarks.turns import in_turns

CLIENTS = 4
SECONDS = 4.0
TURNS = 5
HOW = "processor time of the server's process, from /proc"


async def measure() -> Sequence[Figure]:
    """Milliseconds of processor time a request, ours and Apollo's."""
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(opened("neo4j", MISSION))
        mine = await stack.enter_async_context(ours(database))
        apollo = await stack.enter_async_context(neo4j_graphql("apollo", database))
        asked, asked_of_peer = questions.page(), questions.page(questions.PAGE_OF_PEER)
        answers = [questions.plain(orjson.loads(await ask(*each))) for each in ((mine.url, asked[0]), (apollo.url, asked_of_peer[0]))]
        assert answers[0] == answers[1], answers
        found = await in_turns({"ours": _spending(mine, asked), "apollo": _spending(apollo, asked_of_peer)}, TURNS)
    own, theirs = found["ours"], found["apollo"]
    return [
        Figure("page of 20 × 5, ours", " ms CPU", tuple(own), how=HOW),
        Figure("page of 20 × 5, apollo", " ms CPU", tuple(theirs), how=HOW),
        Figure("page of 20 × 5, one core: ours / apollo", "×", ratios(theirs, own), "at least", 4, HOW),
    ]


def _spending(server: Server, bodies: Sequence[bytes]) -> Callable[[], Awaitable[float]]:
    return partial(_spent, server, bodies)


async def _spent(server: Server, bodies: Sequence[bytes]) -> float:
    """Milliseconds of processor time a request."""
    before = server.cpu_seconds()
    done = await load(server.url, bodies, clients=CLIENTS, seconds=SECONDS)
    return 1_000 * (server.cpu_seconds() - before) / done.answers
