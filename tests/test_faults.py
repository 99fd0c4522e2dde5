"""A database that goes away, hangs, slows down or changes its password while it is used: what is answered, and how soon."""

import asyncio
import secrets
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from server.cypher import Statement
from server.dialects.embedded import EMBEDDED
from server.dialects.neo4j import NEO4J
from server.embedded import running
from server.errors import GraphTooSlow, GraphUnavailable
from server.graph import Address, Graph, connect
from tests.neo4j_server import LTS
from tests.real_service import send
from tests.stores import Store, neo4j_address, own_neo4j
from tests.wire import wire_to

ONE = Statement("RETURN 1")

NOTICED = 2.0
RECOVERED = 5.0
"""Seconds after which it must be known that the database is away, and is back."""


@dataclass
class Victim:
    """A database of this test's own, and what can be done to it."""

    address: Address
    pid: Callable[[], int | None]
    returned: Callable[[], Awaitable[None]]
    """Brings it back after a kill and waits until it is there; the embedded database comes back by itself."""

    def signal(self, number: signal.Signals) -> None:
        pid = self.pid()
        assert pid is not None
        send(number, pid)


@asynccontextmanager
async def embedded_victim(folder: Path) -> AsyncIterator[tuple[Victim, Graph]]:
    async with running(folder, 10.0) as (database, address), connect(address, EMBEDDED, 10.0) as graph:

        async def returned() -> None:
            await until(lambda: database.returns > 0, 60.0)

        yield Victim(address, lambda: database.pid, returned), graph


@asynccontextmanager
async def neo4j_victim(folder: Path) -> AsyncIterator[tuple[Victim, Graph]]:
    with own_neo4j(LTS, folder) as server:
        address = neo4j_address(server)

        async def returned() -> None:
            await asyncio.to_thread(server.kill)
            await asyncio.to_thread(server.start)

        async with connect(address, NEO4J, 10.0) as graph:
            yield Victim(address, lambda: server.process.pid if server.process else None, returned), graph


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
async def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Victim, Graph]]:
    opened = embedded_victim if request.param == "embedded" else neo4j_victim
    async with opened(tmp_path_factory.mktemp("victim") / "home") as both:
        yield both


async def until(condition: Callable[[], bool], seconds: float) -> float:
    """Wait until it holds, and say how long that took."""
    began = now()
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.01)
    return now() - began


def now() -> float:
    return asyncio.get_running_loop().time()


async def answered(graph: Graph, seconds: float) -> float:
    """Ask until there is an answer, and say how long that took."""
    began = now()
    async with asyncio.timeout(seconds):
        while True:
            try:
                await graph.read(ONE)
            except GraphUnavailable:
                await asyncio.sleep(0.02)
            else:
                return now() - began


@pytest.mark.graph
async def test_a_killed_database_is_noticed_refused_at_once_and_found_again(served: tuple[Victim, Graph]) -> None:
    victim, graph = served
    await graph.read(ONE)

    victim.signal(signal.SIGKILL)
    began = now()
    with pytest.raises(GraphUnavailable) as refused:
        await graph.read(ONE)
    refused_after = now() - began
    noticed_after = await until(lambda: not graph.alive(), NOTICED)
    await victim.returned()
    recovered_after = await answered(graph, RECOVERED)
    await until(graph.alive, RECOVERED)

    assert refused_after < 1.0
    assert refused.value.retry_after > 0
    assert noticed_after < NOTICED
    assert recovered_after < RECOVERED


@pytest.mark.graph
async def test_a_halted_database_is_noticed_and_nobody_waits_for_it(served: tuple[Victim, Graph]) -> None:
    victim, graph = served
    await graph.read(ONE)

    victim.signal(signal.SIGSTOP)
    try:
        asking = asyncio.create_task(graph.read(ONE))
        began = now()
        noticed_after = await until(lambda: not graph.alive(), NOTICED)
        with pytest.raises(GraphUnavailable):
            await asking
        waited = now() - began
        began = now()
        with pytest.raises(GraphUnavailable):
            await graph.read(ONE)
        refused_after = now() - began
        with pytest.raises(GraphUnavailable):
            await graph.write(lambda tx: tx.run(ONE), within=3.0)
    finally:
        victim.signal(signal.SIGCONT)
    recovered_after = await answered(graph, RECOVERED)
    await until(graph.alive, RECOVERED)

    assert noticed_after < NOTICED
    assert waited < 4.0
    assert refused_after < 1.5
    assert recovered_after < RECOVERED


@pytest.mark.graph
async def test_while_the_database_is_away_nobody_but_the_heartbeat_asks_it(served: tuple[Victim, Graph]) -> None:
    victim, graph = served
    await graph.read(ONE)
    sent: list[Statement] = []

    victim.signal(signal.SIGSTOP)
    try:
        await until(lambda: not graph.alive(), 2 * NOTICED)
        graph.observers.append(sent.append)
        refused = await asyncio.gather(*(graph.read(ONE) for _ in range(20)), return_exceptions=True)
        sent_while_away = len(sent)
    finally:
        victim.signal(signal.SIGCONT)
    await answered(graph, 2 * RECOVERED)
    graph.observers.remove(sent.append)

    assert {type(refusal) for refusal in refused} == {GraphUnavailable}
    assert sent_while_away == 0
    assert sent


@pytest.mark.graph
async def test_a_question_that_takes_long_is_not_taken_for_a_dead_database(served: tuple[Victim, Graph]) -> None:
    _, graph = served
    slow = Statement("UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b WITH a, b WHERE a * b % 7 = 9 RETURN count(*)")

    asking = asyncio.gather(*(graph.read(slow) for _ in range(4)), return_exceptions=True)
    seen = set()
    while not asking.done():
        seen.add(graph.alive())
        await asyncio.wait([asking], timeout=0.05)

    assert seen == {True}
    assert [answer for answer in asking.result() if answer != [0] and not isinstance(answer, GraphTooSlow)] == []


async def test_a_slow_database_is_waited_for_up_to_the_limit(store: Store) -> None:
    port = store.database.bolt_port if store.database else int(store.address.uri.rpartition(":")[2])
    async with wire_to(port) as wire, store.graph(seconds=2.0, through=wire.port) as graph:
        await graph.read(ONE)
        wire.delay = 0.2
        assert await graph.read(ONE) == [1]
        assert graph.alive()

        wire.delay = 30.0
        began = now()
        with pytest.raises((GraphTooSlow, GraphUnavailable)):
            await graph.read(ONE)
        waited = now() - began

        wire.delay = 0.0
        wire.cut()
        await answered(graph, RECOVERED)

    assert waited < 3.5


@pytest.fixture
async def rotated(store: Store, tmp_path: Path) -> AsyncIterator[tuple[Graph, Path]]:
    """A graph whose password stands in a file, with a user of its own whose password the test changes."""
    file = tmp_path / "password"
    file.write_text("the-first-password")
    # A name of its own, for Neo4j remembers wrong passwords by name.
    user = f"rotating_{secrets.token_hex(4)}"
    address = replace(store.address, user=user, password=file.read_text)
    async with store.graph() as admin:
        await admin.schema(Statement(f"CREATE USER {user} SET PASSWORD 'the-first-password' CHANGE NOT REQUIRED"))
        try:
            async with connect(address, NEO4J, 10.0) as graph:
                yield graph, file
        finally:
            await admin.schema(Statement(f"DROP USER {user}"))


@pytest.mark.parametrize("store", ["neo4j"], indirect=True, scope="session")
async def test_a_changed_password_is_taken_from_its_file_without_a_restart(store: Store, rotated: tuple[Graph, Path]) -> None:
    graph, file = rotated
    async with store.graph() as admin:
        await admin.schema(Statement(f"ALTER USER {graph.address.user} SET PASSWORD 'the-second-password'"))
    file.write_text("the-second-password")

    # Two of the three need a new connection, one below the number of wrong passwords that make Neo4j lock the user.
    answers = await asyncio.gather(*(graph.read(ONE) for _ in range(3)))

    assert answers == [[1]] * 3


@pytest.mark.parametrize("store", ["neo4j"], indirect=True, scope="session")
async def test_until_the_file_has_the_new_password_nobody_is_told_more_than_unavailable(store: Store, rotated: tuple[Graph, Path]) -> None:
    graph, file = rotated
    async with store.graph() as admin:
        await admin.schema(Statement(f"ALTER USER {graph.address.user} SET PASSWORD 'the-second-password'"))

    answers = await asyncio.gather(*(graph.read(ONE) for _ in range(8)), return_exceptions=True)
    refused = [answer for answer in answers if answer != [1]]

    assert refused
    assert all(isinstance(answer, GraphUnavailable) and "password" not in str(answer) for answer in refused)

    file.write_text("the-second-password")
    # After three wrong passwords Neo4j itself locks the user for five seconds.
    await answered_by_new_connections(graph, 5.0 + RECOVERED)


async def answered_by_new_connections(graph: Graph, seconds: float) -> None:
    async with asyncio.timeout(seconds):
        while True:
            answers = await asyncio.gather(*(graph.read(ONE) for _ in range(8)), return_exceptions=True)
            if answers == [[1]] * 8:
                return
            await asyncio.sleep(0.1)
