"""The real program while its database dies, hangs, slows down or changes its password, and while it is killed or stopped itself."""

import asyncio
import json
import secrets
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from server.cypher import Statement, Transaction
from server.data_folder import DataFolder
from server.dialects.neo4j import NEO4J
from server.embedded import address_in
from server.errors import GraphUnavailable
from server.graph import Graph, connect
from server.settings import Settings
from server.stores import open_graph
from tests.examples import a_record
from tests.neo4j_server import LTS, Neo4jServer
from tests.real_service import ANSWER, NEWER, Service, is_alive, program, send, serving, until
from tests.stores import neo4j_address, own_neo4j
from tests.wire import wire_to

pytestmark = pytest.mark.graph

BUSY = 3
"""What is promised in seconds may take so many times as long where everything else runs on the same two processors."""
NOTICED = 2.0 * BUSY
RECOVERED = 5.0 * BUSY
"""Seconds after which it must be known that the database is away, and is back."""
ANSWERED = 3.0 * BUSY
"""Seconds after which everybody must have an answer while it is away."""
LOCKED = 5.0
"""Seconds for which Neo4j itself refuses a user after three wrong passwords."""


@dataclass
class Victim:
    """A service, and what can be done to its database."""

    service: Service
    pid: Callable[[], int | None]
    returned: Callable[[int], Awaitable[None]]
    """Waits until the database whose process was killed can be reached again; Neo4j is started for that."""

    def signal(self, number: signal.Signals) -> int:
        pid = self.pid()
        assert pid is not None
        send(number, pid)
        return pid


async def filled(graph: Graph) -> None:
    """What the question is about, and one value that no code of ours foresees."""
    await a_record(graph, "City", "malmo", name="Malmö")
    await a_record(graph, "City", "odd")

    async def work(transaction: Transaction) -> None:
        await transaction.run(Statement("CREATE (:Graph {id: 'graph', revision: 7})"))
        await transaction.run(Statement("MATCH (c:City {slug: 'odd'}) SET c.name = datetime()"))

    await graph.write(work)


@pytest.fixture(scope="module")
async def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a filled graph; tests leave in it what they found."""
    return await filled_folder(tmp_path_factory.mktemp("kept") / "data")


async def filled_folder(folder: Path) -> Path:
    async with open_graph(Settings(data_dir=folder, database_uri=None)) as graph:
        await filled(graph)
    return folder


@pytest.fixture(scope="module")
def neo4j(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """A Neo4j of these tests' own."""
    with own_neo4j(LTS, tmp_path_factory.mktemp("neo4j") / "home") as server:
        yield server


async def filled_neo4j(server: Neo4jServer) -> Neo4jServer:
    async with connect(neo4j_address(server), NEO4J, 10.0) as graph:
        if await graph.read_all(Statement("MATCH (g:Graph) RETURN g.revision")) == []:
            await filled(graph)
    return server


@asynccontextmanager
async def embedded_victim(folder: Path, log: Path) -> AsyncIterator[Victim]:
    async with serving(log, "--data-dir", str(folder)) as service:

        async def returned(killed: int) -> None:
            await until(lambda: service.database() not in (None, killed), 60.0)
            await until(lambda: listens(folder), 60.0)

        yield Victim(service, service.database, returned)


def listens(folder: Path) -> bool:
    with suppress(GraphUnavailable):
        return bool(address_in(DataFolder(folder)))
    return False


@asynccontextmanager
async def neo4j_victim(server: Neo4jServer, log: Path) -> AsyncIterator[Victim]:
    async with serving(log, REPLICITY_DATABASE_URI=server.uri, REPLICITY_DATABASE_PASSWORD=server.password) as service:

        async def returned(_killed: int) -> None:
            await asyncio.to_thread(server.kill)
            await asyncio.to_thread(server.start)

        yield Victim(service, lambda: server.process.pid if server.process else None, returned)


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
async def victim(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Victim]:
    place = tmp_path_factory.mktemp("victim")
    if request.param == "embedded":
        opening = embedded_victim(await filled_folder(place / "data"), place / "log")
    else:
        opening = neo4j_victim(await filled_neo4j(request.getfixturevalue("neo4j")), place / "log")
    async with opening as victim:
        yield victim


async def assert_said_to_be_away(service: Service) -> None:
    """What a client of either media type reads while the database is away, and how soon."""
    for accept, status in ((NEWER, 503), ("application/json", 200)):
        began = time.monotonic()
        response = await service.ask(accept)
        assert time.monotonic() - began < ANSWERED
        assert (response.status_code, response.headers["content-type"].partition(";")[0]) == (status, accept)
        assert int(response.headers["retry-after"]) > 0
        assert "data" not in response.json()
        assert response.json()["errors"][0]["extensions"]["code"] == "GRAPH_UNAVAILABLE"
    assert (await service.get("/healthz")).status_code == 200


async def test_a_killed_database_is_said_at_once_and_found_again(victim: Victim) -> None:
    assert (await victim.service.ask()).json() == ANSWER

    killed = victim.signal(signal.SIGKILL)
    noticed = asyncio.create_task(victim.service.until_ready_is(503, NOTICED))
    await assert_said_to_be_away(victim.service)
    noticed_after = await noticed
    await victim.returned(killed)
    recovered_after = await victim.service.until_answered(RECOVERED)

    print(f"noticed after {noticed_after:.2f} s, recovered {recovered_after:.2f} s after its return")  # noqa: T201 - figures to read


async def test_a_halted_database_keeps_nobody_waiting(victim: Victim) -> None:
    assert (await victim.service.ask()).json() == ANSWER

    victim.signal(signal.SIGSTOP)
    try:
        began = time.monotonic()
        asked = [asyncio.create_task(victim.service.ask()) for _ in range(5)]
        noticed_after = await victim.service.until_ready_is(503, NOTICED)
        in_flight = await asyncio.gather(*asked)
        waited = time.monotonic() - began
        await assert_said_to_be_away(victim.service)
    finally:
        victim.signal(signal.SIGCONT)
    recovered_after = await victim.service.until_answered(RECOVERED)

    print(f"noticed after {noticed_after:.2f} s, waited {waited:.2f} s, recovered after {recovered_after:.2f} s")  # noqa: T201 - figures to read
    assert {response.status_code for response in in_flight} == {503}
    assert waited < ANSWERED


async def test_a_slow_database_is_waited_for(victim: Victim) -> None:
    async def slowed() -> None:
        for _ in range(20):
            victim.signal(signal.SIGSTOP)
            await asyncio.sleep(0.06)
            victim.signal(signal.SIGCONT)
            await asyncio.sleep(0.03)

    slowing = asyncio.create_task(slowed())
    answers = []
    while not slowing.done():
        answers += await asyncio.gather(*(victim.service.ask() for _ in range(4)))
    await slowing

    assert len(answers) >= 4
    assert all(answer.json() == ANSWER for answer in answers)
    assert (await victim.service.get("/readyz")).status_code == 200


async def test_a_changed_password_is_taken_from_its_file_without_a_restart(neo4j: Neo4jServer, tmp_path: Path) -> None:
    await filled_neo4j(neo4j)
    file, new = tmp_path / "password", secrets.token_urlsafe(16)
    file.write_text(neo4j.password)
    async with wire_to(neo4j.port) as wire:
        told = {"REPLICITY_DATABASE_URI": f"bolt://127.0.0.1:{wire.port}", "REPLICITY_DATABASE_PASSWORD_FILE": str(file)}
        async with serving(tmp_path / "log", **told) as service:
            assert (await service.ask()).json() == ANSWER

            async with connect(neo4j_address(neo4j), NEO4J, 10.0) as admin:
                change = Statement("ALTER CURRENT USER SET PASSWORD FROM $old TO $new", {"old": neo4j.password, "new": new})
                await admin.schema(change)
                neo4j.password = new
            # Connections that are open stay so; what comes after them is refused.
            wire.cut()
            noticed_after = await service.until_ready_is(503, NOTICED)
            await assert_said_to_be_away(service)
            assert "password" not in (await service.ask()).text
            file.write_text(new)
            recovered_after = await service.until_answered(LOCKED + RECOVERED)

    print(f"noticed after {noticed_after:.2f} s, recovered {recovered_after:.2f} s after the file was written")  # noqa: T201 - figures to read
    assert new not in (tmp_path / "log").read_text()


async def test_a_killed_service_takes_its_database_along_and_the_next_start_keeps_everything(folder: Path, tmp_path: Path) -> None:
    async with serving(tmp_path / "log", "--data-dir", str(folder)) as service:
        database = service.database()
        assert database

        service.process.kill()
        await service.ended()
        gone_after = await until(lambda: not is_alive(database))

    began = time.monotonic()
    async with serving(tmp_path / "log", "--data-dir", str(folder)) as service:
        started_after = time.monotonic() - began
        assert (await service.ask()).json() == ANSWER
    print(f"the database was gone after {gone_after:.2f} s, the next start took {started_after:.1f} s")  # noqa: T201 - figures to read


async def test_a_stopped_service_answers_what_is_in_flight_and_leaves_nothing_behind(folder: Path, tmp_path: Path) -> None:
    async with serving(tmp_path / "log", "--data-dir", str(folder)) as service:
        database, address = service.database(), httpx.URL(service.url)
        assert database
        body = json.dumps({"query": "{ service { revision } }"}).encode()
        reader, writer = await asyncio.open_connection(address.host, address.port)
        head = f"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        writer.write(f"{head}Expect: 100-continue\r\n\r\n".encode())
        assert b" 100 " in await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)

        service.process.send_signal(signal.SIGTERM)
        await nobody_listens(address)
        writer.write(body)
        answer = await asyncio.wait_for(reader.read(), 30)
        writer.close()
        code = await service.ended()

    assert b" 200 OK" in answer
    assert answer.endswith(b'{"data":{"service":{"revision":7}}}')
    assert code == 0
    assert not is_alive(database)


async def nobody_listens(address: httpx.URL) -> None:
    """Wait until the door is closed."""
    async with asyncio.timeout(10):
        while True:
            try:
                _, writer = await asyncio.open_connection(address.host, address.port)
            except ConnectionRefusedError:
                return
            writer.close()
            await asyncio.sleep(0.01)


async def test_what_nobody_foresaw_is_in_the_log_under_the_reference_that_the_client_gets(folder: Path, tmp_path: Path) -> None:
    async with serving(tmp_path / "log", "--data-dir", str(folder), REPLICITY_LOG_FORMAT="json") as service:
        response = await service.ask(question='{ city(slug: "odd") { name } }')

    [error] = response.json()["errors"]
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    [line] = [line for line in lines if line.get("reference") == error["extensions"]["reference"]]
    assert (response.status_code, error["extensions"]["code"]) == (500, "INTERNAL")
    assert response.headers["x-request-id"] == line["request_id"]
    assert "Traceback" in line["exception"]
    assert "Traceback" not in response.text
    assert "DateTime" not in response.text


async def test_a_taken_port_is_said_with_the_next_free_one_before_anything_is_started(tmp_path: Path) -> None:
    async with await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0) as somebody:
        port = str(somebody.sockets[0].getsockname()[1])
        process = await program("up", "--port", port, "--data-dir", str(tmp_path / "data"), log=tmp_path / "log")
        code = await asyncio.wait_for(process.wait(), 60)

    told = (tmp_path / "log").read_text()
    assert code == 1
    assert f"Port {port} on 127.0.0.1 is taken; " in told
    assert "is free." in told
    assert not (tmp_path / "data").exists()
