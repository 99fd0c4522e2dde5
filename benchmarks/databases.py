"""Databases to measure on: real servers with the Mission's data or a synthetic graph, kept between runs because filling takes long."""

import asyncio
import os
import re
import shutil
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.filling import fill, fill_with
from graph_schema.domain import load_domain
from server.dialects.embedded import EMBEDDED
from server.dialects.neo4j import NEO4J
from server.embedded import running
from server.exchange.load import bundled_package, load_package
from server.graph import Address, Graph, connect
from server.migrations import migrate
from tests.neo4j_server import LTS, NEWEST, USER, Neo4jServer

MISSION = "mission"
SOURCES = "sources"
MOST_SOURCES = 1_000_100
"""Enough for 50,000 pages of 20."""
VERSIONS = {"neo4j": LTS, "neo4j_2026": NEWEST}
SECONDS = 60.0
"""A statement that fills a database may take longer than one that reads it."""


@dataclass(frozen=True, slots=True)
class Database:
    """A database with something in it, and how our service and a peer are told of it."""

    name: str
    version: str
    address: Address | None
    folder: Path

    @property
    def settings(self) -> Mapping[str, str]:
        """The environment of our service."""
        if self.address is None:
            return {"REPLICITY_DATA_DIR": str(self.folder)}
        password = self.address.password()
        return {"REPLICITY_DATABASE_URI": self.address.uri, "REPLICITY_DATABASE_USER": USER, "REPLICITY_DATABASE_PASSWORD": password}

    @property
    def peer_settings(self) -> Mapping[str, str]:
        """The environment of a peer."""
        assert self.address
        return {"PEER_URI": self.address.uri, "PEER_USER": USER, "PEER_PASSWORD": self.address.password()}

    @asynccontextmanager
    async def graph(self, seconds: float = 10.0) -> AsyncIterator[Graph]:
        """The graph in this process; an embedded database runs only until the end of the block."""
        if self.address:
            async with connect(self.address, NEO4J, seconds) as graph:
                yield graph
        else:
            async with running(self.folder, seconds) as (database, address), connect(address, EMBEDDED, seconds) as graph:
                graph.sql = database.sql
                yield graph


@asynccontextmanager
async def opened(name: str, holding: str) -> AsyncIterator[Database]:
    """`neo4j`, `neo4j_2026` or `embedded`, holding the Mission's data (`mission`), a synthetic graph (`1x`, `10x`, `100x`) or
    a million `sources`."""
    folder = _home() / f"{name}-{holding}"
    filled = folder / "filled"
    if folder.exists() and not filled.exists():
        shutil.rmtree(folder)
    if name == "embedded":
        folder.mkdir(parents=True, exist_ok=True)
        database = Database(name, "ArcadeDB", None, folder / "data")
        await _filled(database, holding, filled)
        yield database
    else:
        server = _neo4j(VERSIONS[name], folder)
        try:
            address = Address(server.uri, USER, lambda: server.password, "neo4j")
            database = Database(name, f"Neo4j {VERSIONS[name]}", address, folder)
            await _filled(database, holding, filled)
            yield database
        finally:
            server.stop()


async def _filled(database: Database, holding: str, mark: Path) -> None:
    async with database.graph(SECONDS) as graph:
        # One that was kept is brought up to what the program expects of a graph now.
        await migrate(graph, load_domain())
        if not await asyncio.to_thread(mark.exists):
            await _fill(graph, holding)
            await asyncio.to_thread(mark.touch)


async def _fill(graph: Graph, holding: str) -> None:
    domain = load_domain()
    if holding == MISSION:
        await load_package(graph, domain, bundled_package())
    elif holding == SOURCES:
        await fill_with(graph, domain, "Source", MOST_SOURCES)
    else:
        await fill(graph, domain, int(holding.removesuffix("x")))
    await graph.settle()


def _neo4j(version: str, folder: Path) -> Neo4jServer:
    """A server on a free port, with the database and the password it had before."""
    kept = folder / "password"
    server = Neo4jServer(version, folder, hurried=False)
    if kept.exists():
        server.password = kept.read_text()
        server.port = _free_port()
        conf = folder / "conf" / "neo4j.conf"
        conf.write_text(re.sub(r"(listen_address=127\.0\.0\.1:)\d+", rf"\g<1>{server.port}", conf.read_text()))
    else:
        folder.mkdir(parents=True)
    server.start()
    kept.touch(0o600)
    kept.write_text(server.password)
    return server


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _home() -> Path:
    return Path(os.environ.get("REPLICITY_BENCH_HOME") or Path.home() / ".cache" / "replicity" / "benchmarks")
