"""The servers that are measured beside ours, each started in the usual way as one process."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import orjson

from benchmarks.databases import Database
from benchmarks.in_process import service_on
from benchmarks.processes import Server, replicity, started
from server.cypher import Statement
from server.dialects.neo4j import NEO4J
from server.errors import GraphUnavailable
from server.operations.request import Request

SCRIPT = Path(__file__).parent / "peers" / "server.mjs"


@asynccontextmanager
async def ours(database: Database, *, remembering: bool = False) -> AsyncIterator[Server]:
    """Our service over a database; it remembers answers only where that is what is measured."""
    forgetful = {} if remembering else {"REPLICITY_ANSWER_CACHE_BYTES": "0"}
    command, environment = replicity({**database.settings, **forgetful})
    async with started(f"ours on {database.version}", command, environment) as server:
        yield server


@asynccontextmanager
async def neo4j_graphql(kind: str, database: Database) -> AsyncIterator[Server]:
    """@neo4j/graphql on `yoga` or on `apollo`."""
    if not (SCRIPT.parent / "node_modules").exists():
        raise SystemExit("The peers are not installed: npm install --prefix benchmarks/peers --ignore-scripts --no-package-lock")
    async with started(kind, ("node", str(SCRIPT), kind), {**database.peer_settings, "NODE_ENV": "production"}) as server:
        yield server


@asynccontextmanager
async def dataloaders(database: Database) -> AsyncIterator[Server]:
    """graphene with DataLoaders."""
    command = (sys.executable, "-m", "benchmarks.dataloaders")
    async with started("graphene", command, database.peer_settings) as server:
        yield server


@asynccontextmanager
async def bare(database: Database, document: str, folder: Path, **variables: object) -> AsyncIterator[Server]:
    """The bare driver with the statement that our service makes of a document."""
    statement = await statement_of(document, **variables)
    varying = next(name for name, value in statement.parameters.items() if value == variables["except"])
    file = folder / "statement.json"
    file.write_bytes(orjson.dumps({"text": statement.text, "parameters": dict(statement.parameters), "varying": varying}))
    command = (sys.executable, "-m", "benchmarks.bare", str(file))
    async with started("the bare driver", command, database.peer_settings) as server:
        yield server


class _Listening:
    """A graph that answers nothing and knows what it was asked."""

    dialect = NEO4J

    def __init__(self) -> None:
        self.heard: list[Statement] = []

    async def find(self, statement: Statement) -> list[list[Any]]:
        """Refuse, so that nothing is made of an answer that is none."""
        self.heard.append(statement)
        raise GraphUnavailable


async def statement_of(document: str, **variables: object) -> Statement:
    """What our service sends to the database for a document."""
    graph = _Listening()
    await service_on(graph).query(Request(document, variables=variables))  # type: ignore[arg-type]
    return graph.heard[-1]
