"""An equal question again, while the graph stays as it is: remembered, and read anew each time."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from functools import partial

from benchmarks import questions
from benchmarks.client import load
from benchmarks.databases import MISSION, opened
from benchmarks.figures import Figure, ratios
from benchmarks.peers import ours
from benchmarks.processes import Server
from benchmarks.turns import in_turns

SECONDS = 2.0
TURNS = 5
REMEMBERED, ANEW = "remembered", "read anew"


async def measure() -> Sequence[Figure]:
    """The median time to an answer over HTTP, one client."""
    figures: list[Figure] = []
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(opened("neo4j", MISSION))
        servers = {name: await stack.enter_async_context(ours(database, remembering=name == REMEMBERED)) for name in (REMEMBERED, ANEW)}
        for shape, question in questions.NESTED.items():
            body = question.asked(question.ours)[0]
            found = await in_turns({name: partial(_p50, server, body) for name, server in servers.items()}, TURNS, warm=3)
            figures += [Figure(f"equal {shape} nested read, {name}, p50", " ms", tuple(values)) for name, values in found.items()]
            ratio = ratios(found[ANEW], found[REMEMBERED])
            figures.append(Figure(f"equal {shape} nested read, time: read anew / remembered", "×", ratio, "at least", 10))
    return figures


async def _p50(server: Server, body: bytes) -> float:
    return (await load(server.url, [body], clients=1, seconds=SECONDS)).p50
