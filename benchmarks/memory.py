"""The service's memory over many requests of all kinds."""

from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack

from benchmarks import questions
from benchmarks.client import body_of, connection_to
from benchmarks.databases import MISSION, opened
from benchmarks.figures import Figure
from benchmarks.peers import ours
from benchmarks.processes import Server

NEW_DOCUMENTS = 1_100
"""More than the caches of documents and plans hold, with answers that fill the memory for answers: all are full before the first look."""
WARM = 1_000
REQUESTS = 10_000


def mixed(number: int) -> bytes:
    """The request with this number: known and ever new documents, pages, deep reads, refusals, questions about the schema."""
    match number % 10:
        case 0:
            return body_of(questions.BUSHY, first=20, **{"except": f"none-{number % questions.VARIANTS}"})
        case 1 | 2 | 3:
            return questions.page()[number % questions.VARIANTS]
        case 4:
            return new_document(f"a{number}")
        case 5:
            return body_of("{ cities { nodes { nam } } }")
        case 6:
            return body_of("{ __schema { types { name fields { name } } } }")
        case 7:
            return body_of("query ($text: String!) { pilots(where: {title: {contains: $text}}) { totalCount } }", text=f"bike{number}" * 50)
        case 8:
            return b'{"query": "{ city(slug:'
        case _:
            return body_of("{ service { revision counts { type count } } lessons(first: 50) { totalCount nodes { title statement } } }")


def filling(number: int) -> bytes:
    """A document that nobody has asked before, with a long answer."""
    parts = "sources { nodes { title url publisher licence } } innovations { nodes { title summary } }"
    return body_of(f"{{ filling{number}: lessons(first: 100) {{ nodes {{ title statement {parts} }} }} }}")


def new_document(alias: str) -> bytes:
    """A document that nobody has asked before."""
    return body_of(f'{{ {alias}: city(slug: "lund") {{ name pilots(first: 5) {{ nodes {{ title }} }} }} }}')


async def measure() -> Sequence[Figure]:
    """Resident memory after 10,000 mixed requests, by what it was when the caches were full."""
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(ours(await stack.enter_async_context(opened("embedded", MISSION)), remembering=True))
        await _ask(server, map(filling, range(NEW_DOCUMENTS)))
        await _ask(server, map(mixed, range(WARM)))
        before = server.memory()
        await _ask(server, map(mixed, range(WARM, WARM + REQUESTS)))
        after = server.memory()
    how = f"{before:.1f} MB with full caches, {after:.1f} MB after {REQUESTS:,} more"
    return [Figure("memory of the service after 10,000 mixed requests", "×", (after / before,), "at most", 1.02, how)]


async def _ask(server: Server, bodies: Iterable[bytes]) -> None:
    connection = connection_to(server.url)
    for body in bodies:
        await connection.ask(body)
        assert connection.status in (200, 400), (connection.status, body)
    await connection.close()
