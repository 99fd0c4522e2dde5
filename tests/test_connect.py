"""What an operator reads when the service cannot work with the Neo4j it was given: each cause its own sentence."""

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from server.cypher import Statement
from server.dialects.neo4j import NEO4J
from server.errors import StartRefused
from server.graph import Address, connect
from server.settings import Settings
from server.stores import neo4j_address
from tests.stores import Store
from tests.wire import wire_to

on_neo4j = pytest.mark.parametrize("store", ["neo4j"], indirect=True, scope="session")


async def refusal(address: Address) -> StartRefused:
    with pytest.raises(StartRefused) as refused:
        async with connect(address, NEO4J, 10.0):
            pass
    return refused.value


def at(uri: str) -> Address:
    return Address(uri, "neo4j", lambda: "secret-word", "neo4j")


@pytest.fixture
async def clerk(store: Store) -> AsyncIterator[Address]:
    """A user who must change the password before anything else."""
    async with store.graph() as graph:
        await graph.schema(Statement("CREATE USER clerk IF NOT EXISTS SET PASSWORD 'first-password' CHANGE REQUIRED"))
        yield replace(store.address, user="clerk", password=lambda: "first-password")
        await graph.schema(Statement("DROP USER clerk"))


async def test_a_port_where_nobody_listens_is_a_wrong_address() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        refused = await refusal(at(f"bolt://127.0.0.1:{free.getsockname()[1]}"))

    assert refused.code == "STORE_ADDRESS"
    assert "Nothing that speaks Bolt answers at bolt://127.0.0.1:" in refused.message
    assert "REPLICITY_DATABASE_URI" in (refused.hint or "")


@pytest.mark.parametrize("uri", ["bolt://clerk:hidden-word@127.0.0.1:1", "neo4j://clerk:hidden-word@[::1"])
async def test_an_address_with_a_password_is_told_where_the_password_belongs(uri: str) -> None:
    refused = await refusal(at(uri))

    assert refused.code == "STORE_ADDRESS"
    assert "REPLICITY_DATABASE_USER and REPLICITY_DATABASE_PASSWORD" in (refused.hint or "")
    assert "hidden-word" not in f"{refused.message} {refused.hint}"


@pytest.mark.parametrize("uri", ["neo4j://no-such-host.invalid:7687", "bolt://no-such-host.invalid"])
async def test_an_unknown_host_is_a_wrong_address(uri: str) -> None:
    refused = await refusal(at(uri))

    assert refused.code == "STORE_ADDRESS"
    assert uri in refused.message


@pytest.mark.parametrize("uri", ["localhost:7687", "http://localhost:7474", "", "neo4j://:::", "neo4j://host:port", "neo4j+x://host"])
async def test_what_is_no_neo4j_uri_is_a_wrong_address(uri: str) -> None:
    refused = await refusal(at(uri))

    assert refused.code == "STORE_ADDRESS"
    assert "neo4j://host:7687" in (refused.hint or "")


@on_neo4j
async def test_a_wrong_password_is_said_without_showing_it(store: Store) -> None:
    refused = await refusal(replace(store.address, user="nobody", password=lambda: "secret-word"))

    assert refused.code == "STORE_PASSWORD"
    assert "refuses the password of user nobody" in refused.message
    assert "secret-word" not in f"{refused.message} {refused.hint}"


@on_neo4j
async def test_a_missing_database_is_said_by_its_name(store: Store) -> None:
    refused = await refusal(replace(store.address, database="mission"))

    assert refused.code == "STORE_DATABASE"
    assert "no database named mission" in refused.message
    assert "REPLICITY_DATABASE_NAME" in (refused.hint or "")


@on_neo4j
async def test_missing_rights_are_said_with_what_is_needed(clerk: Address) -> None:
    refused = await refusal(clerk)

    assert refused.code == "STORE_RIGHTS"
    assert "User clerk may not" in refused.message


@on_neo4j
async def test_an_older_neo4j_is_refused_by_its_version(store: Store) -> None:
    async with wire_to(int(store.address.uri.rpartition(":")[2])) as wire:
        wire.answer = lambda piece: piece.replace(b"Neo4j/5.26", b"Neo4j/5.25")
        refused = await refusal(replace(store.address, resolve=lambda: ("127.0.0.1", wire.port)))

    assert refused.code == "STORE_VERSION"
    assert "Neo4j/5.25" in refused.message
    assert "5.26 or newer" in refused.message


async def test_a_port_that_speaks_something_else_is_a_wrong_address() -> None:
    async def serve(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        refused = await refusal(at(f"bolt://127.0.0.1:{server.sockets[0].getsockname()[1]}"))

    assert refused.code == "STORE_ADDRESS"


@on_neo4j
async def test_the_server_says_what_it_is(store: Store) -> None:
    async with store.graph() as graph:
        assert graph.server.startswith("Neo4j/5.26")


@on_neo4j
async def test_with_the_neo4j_scheme_the_same_database_answers(store: Store) -> None:
    async with connect(replace(store.address, uri=store.address.uri.replace("bolt:", "neo4j:")), NEO4J, 10.0) as graph:
        assert await graph.read(Statement("RETURN 1")) == [1]


async def test_a_password_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    settings = Settings(database_uri="bolt://127.0.0.1:1", database_password_file=tmp_path / "none", database_password=None)

    refused = await refusal(neo4j_address(settings))

    assert refused.code == "STORE_PASSWORD"
    assert str(tmp_path / "none") in refused.message


def test_the_password_file_counts_before_the_password(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("from-file\n")
    settings = Settings(database_uri="bolt://h", database_password="from-setting", database_password_file=tmp_path / "password")

    assert neo4j_address(settings).password() == "from-file"
