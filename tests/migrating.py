"""A process that migrates, for tests to kill: `python -m tests.migrating MIGRATIONS (folder FOLDER | bolt URI)`.

It prints each statement, in one line, before it sends it. The password of a server comes in `MIGRATING_PASSWORD`.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from graph_schema.domain import load_domain
from server.dialects.embedded import EMBEDDED
from server.dialects.neo4j import NEO4J
from server.embedded import running
from server.graph import Address, Graph, connect
from server.migrations import migrate
from tests.neo4j_server import USER


def say(text: str) -> None:
    """Print it at once, in one line."""
    sys.stdout.write(f"{' '.join(text.split())}\n")
    sys.stdout.flush()


@asynccontextmanager
async def opened(kind: str, place: str) -> AsyncIterator[Graph]:
    """The graph to migrate."""
    if kind == "bolt":
        async with connect(Address(place, USER, lambda: os.environ["MIGRATING_PASSWORD"], "neo4j"), NEO4J, 60.0) as graph:
            yield graph
        return
    async with running(Path(place), 60.0) as (database, address), connect(address, EMBEDDED, 60.0) as graph:

        async def sql(script: str) -> None:
            say(script)
            await database.sql(script)

        graph.sql = sql
        yield graph


async def main(migrations: str, kind: str, place: str) -> None:
    """Migrate, saying what is sent."""
    async with opened(kind, place) as graph:
        graph.observers.append(lambda statement: say(statement.text))
        await migrate(graph, load_domain(), Path(migrations))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
