"""The stores that tests run on: started once, emptied between tests."""

import itertools
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import httpx
import pytest

from server.cypher import Statement
from server.dialects import Dialect
from server.dialects.embedded import EMBEDDED
from server.dialects.neo4j import NEO4J
from server.embedded import USER, EmbeddedDatabase, running
from server.graph import Address, Graph, connect
from tests.neo4j_server import LTS, NEWEST, Missing, Neo4jServer
from tests.neo4j_server import USER as NEO4J_USER
from tests.soaking import SOAKING

EVERY_STORE = ("embedded", "neo4j")
NEWEST_TOO = (*EVERY_STORE, "neo4j_2026")
_VERSIONS = {"neo4j": LTS, "neo4j_2026": NEWEST}
PATIENT = 30.0
"""Seconds that a statement may take. What a test says is about answers; a machine with much else to do takes its time."""
_RUNNING = {"neo4j": "REPLICITY_TEST_NEO4J", "neo4j_2026": "REPLICITY_TEST_NEO4J_2026"}


@dataclass
class Store:
    """A running store, and a name for what it holds, so that a fixture can find its data still there."""

    name: str
    dialect: Dialect
    address: Address
    database: EmbeddedDatabase | None = None
    holds: str = ""

    @asynccontextmanager
    async def graph(self, *, seconds: float = PATIENT, through: int | None = None) -> AsyncIterator[Graph]:
        """The store's one lasting database, with whatever it holds, also `through` another port."""
        address = replace(self.address, resolve=lambda: ("127.0.0.1", through)) if through else self.address
        async with connect(address, self.dialect, seconds) as graph:
            graph.sql = self.database.sql if self.database else None
            yield graph

    @asynccontextmanager
    async def another(self, graph: Graph) -> AsyncIterator[Graph]:
        """A second door to the same database, as another process has it."""
        async with connect(graph.address, self.dialect, graph.seconds) as other:
            other.sql = graph.sql
            yield other

    @asynccontextmanager
    async def clean_graph(self, *, seconds: float = PATIENT) -> AsyncIterator[Graph]:
        """A database without a node; the embedded store makes a new one, Neo4j Community has only one and empties it."""
        if self.database is None:
            async with self.graph(seconds=seconds) as graph:
                await emptied(graph)
                self.holds = ""
                yield graph
            return
        name = f"test{next(_numbers)}"
        async with _database(self.database, name), connect(replace(self.address, database=name), self.dialect, seconds) as graph:
            graph.sql = partial(self.database.sql, database=name)
            yield graph


_numbers = itertools.count(1)


async def emptied(graph: Graph) -> None:
    """Delete every node, and on Neo4j every constraint and index as well."""
    await graph.schema(Statement("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"))
    for (name,) in await graph.schema(Statement("SHOW CONSTRAINTS YIELD name")):
        await graph.schema(Statement(f"DROP CONSTRAINT `{name}`"))
    for (name,) in await graph.schema(Statement("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name")):
        await graph.schema(Statement(f"DROP INDEX `{name}`"))


@asynccontextmanager
async def _database(server: EmbeddedDatabase, name: str) -> AsyncIterator[None]:
    await _command(server, f"create database {name}")
    yield
    await _command(server, f"drop database {name}")


async def _command(server: EmbeddedDatabase, command: str) -> None:
    # A server that was started again in between has another port.
    here = f"http://127.0.0.1:{server.http_port}"
    async with httpx.AsyncClient(base_url=here, auth=(USER, server.folder.password()), trust_env=False, verify=False) as http:
        (await http.post("/api/v1/server", json={"command": command})).raise_for_status()


@asynccontextmanager
async def opened(name: str, folder: Path) -> AsyncIterator[Store]:
    """The store of that name, running until the end of the block."""
    if name == "embedded":
        async with running(folder / "embedded", PATIENT) as (database, address):
            yield Store(name, EMBEDDED, address, database)
    else:
        with _neo4j(name, folder / name) as address:
            yield Store(name, NEO4J, address)


@contextmanager
def _neo4j(name: str, home: Path) -> Iterator[Address]:
    uri = os.environ.get(f"{_RUNNING[name]}_URI")
    if uri:
        yield Address(uri, NEO4J_USER, lambda: os.environ[f"{_RUNNING[name]}_PASSWORD"], "neo4j")
        return
    with own_neo4j(_VERSIONS[name], home) as server:
        yield neo4j_address(server)


@contextmanager
def own_neo4j(version: str, home: Path, more_conf: str = "") -> Iterator[Neo4jServer]:
    """A Neo4j that this test may do anything to; without what it needs the test is skipped, in CI it fails."""
    home.mkdir(parents=True, exist_ok=True)
    server = Neo4jServer(version, home, more_conf, hurried=not SOAKING)
    try:
        server.start()
    except Missing as missing:
        server.kill()
        if os.environ.get("CI") == "true":
            pytest.fail(f"a store is missing: {missing}")
        pytest.skip(str(missing))
    try:
        yield server
    finally:
        server.kill()


def neo4j_address(server: Neo4jServer) -> Address:
    """Where a server of our own is."""
    return Address(server.uri, NEO4J_USER, lambda: server.password, "neo4j")
