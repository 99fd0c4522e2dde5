"""The servers that are measured beside ours, each started in the usual way as one process."""

import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import orjson

from benchmarks.databases import Database
from benchmarks.processes import Server, replicity, started
from graph_schema.domain import load_domain
from server.api.schema import build_schema
from server.cypher import Statement
from server.operations.query import QueryService
from server.operations.request import Request
from server.settings import Settings

SCRIPT = Path(__file__).parent / "peers" / "server.mjs"


@asynccontextmanager
async def ours(database: Database) -> AsyncIterator[Server]:
    """Our service over a database."""
    command, environment = replicity(database.settings)
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
    statement = await statement_of(database, document, **variables)
    varying = next(name for name, value in statement.parameters.items() if value == variables["except"])
    file = folder / "statement.json"
    file.write_bytes(orjson.dumps({"text": statement.text, "parameters": dict(statement.parameters), "varying": varying}))
    command = (sys.executable, "-m", "benchmarks.bare", str(file))
    async with started("the bare driver", command, database.peer_settings) as server:
        yield server


async def statement_of(database: Database, document: str, **variables: object) -> Statement:
    """What our service sends for a document."""
    sent: list[Statement] = []
    domain = load_domain()
    async with AsyncExitStack() as stack:
        graph = await stack.enter_async_context(database.graph())
        graph.observers.append(sent.append)
        service = QueryService(graph, domain, build_schema(domain), Settings())
        answer = await service.query(Request(document, variables=variables))
        assert not answer.errors, answer.errors
    return sent[-1]
