"""The embedded database keeps to itself, ends with its owner and loses nothing."""

import asyncio
import itertools
import os
import re
import signal
import socket
import stat
import sys
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path

import httpx
import pytest

from server.cypher import Statement, Transaction
from server.dialects.embedded import EMBEDDED
from server.embedded import EmbeddedDatabase, free_ports, running
from server.errors import GraphUnavailable, StartRefused
from server.graph import Graph, connect
from server.settings import Settings
from server.stores import data_dir, open_graph
from tests.soaking import SOAKING

pytestmark = pytest.mark.graph

KILLS = 20 if SOAKING else 3
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
async def database(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[EmbeddedDatabase]:
    """A running one that tests leave as they found it."""
    async with running(tmp_path_factory.mktemp("kept") / "made here", 10.0) as (database, _):
        yield database


async def gone(pid: int, seconds: float = 5.0) -> None:
    """Wait until a process has ended."""
    await until(lambda: not alive(pid), seconds)


async def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait until it holds; for what no event tells."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def alive(pid: int) -> bool:
    try:
        return "(zombie)" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


class Owner:
    """Another process that owns a folder."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    @classmethod
    async def of(cls, folder: Path) -> "Owner":
        return cls(
            await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.embedded_owner", str(folder), cwd=ROOT, stdout=asyncio.subprocess.PIPE
            )
        )

    async def line(self) -> str:
        assert self.process.stdout is not None
        return (await self.process.stdout.readline()).decode().strip()

    async def ready(self) -> int:
        """The process id of its database, once it runs."""
        words = await self.line()
        assert words.startswith("ready "), words
        return int(words.split()[1])

    async def killed(self) -> list[str]:
        """Kill it; what else it had said before."""
        self.process.kill()
        said, _ = await self.process.communicate()
        return said.decode().split()


def test_everything_in_the_folder_is_for_its_owner_only(database: EmbeddedDatabase) -> None:
    paths = [database.folder.path, *database.folder.path.rglob("*")]

    open_to_others = [path for path in paths if path.stat().st_mode & 0o077]

    assert len(paths) > 10
    assert open_to_others == []
    assert stat.S_IMODE(database.folder.password_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(database.folder.path.stat().st_mode) == 0o700


def test_it_listens_on_loopback_and_nowhere_else(database: EmbeddedDatabase) -> None:
    listening = listening_sockets(database.pid or 0)

    assert {port for _, port in listening} == {database.bolt_port, database.http_port}
    assert {address for address, _ in listening} <= {"0100007F", "0000000000000000FFFF00000100007F"}


def listening_sockets(pid: int) -> set[tuple[str, int]]:
    links = {str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()}
    lines = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]]
    mine = [line[1].split(":") for line in lines if line[3] == "0A" and f"socket:[{line[9]}]" in links]
    return {(address, int(port, 16)) for address, port in mine}


@pytest.mark.parametrize("path", ["/", "/studio", "/studio/index.html", "/mcp", "/api/v1/mcp", "/metrics", "/prometheus"])
async def test_no_page_is_served(database: EmbeddedDatabase, path: str) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.get(f"http://127.0.0.1:{database.http_port}{path}")

    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["/api/v1/server", "/api/v1/databases", "/api/v1/query/graph/sql/select%201", "/api/v1/docs"])
async def test_without_the_password_nothing_is_answered(database: EmbeddedDatabase, path: str) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.get(f"http://127.0.0.1:{database.http_port}{path}")

    assert answer.status_code == 401


def test_the_password_is_not_in_the_process_list(database: EmbeddedDatabase) -> None:
    command = Path(f"/proc/{database.pid}/cmdline").read_bytes().decode()

    assert database.folder.password() not in command
    assert "rootPasswordPath" in command


async def test_every_folder_has_a_password_of_its_own(database: EmbeddedDatabase, tmp_path: Path) -> None:
    async with running(tmp_path / "other", 10.0) as (other, _):
        assert other.folder.password() != database.folder.password()
        assert len(other.folder.password()) >= 32


async def test_a_second_owner_is_told_who_the_first_is(database: EmbeddedDatabase) -> None:
    with pytest.raises(StartRefused) as refused:
        await EmbeddedDatabase(database.folder.path, 10.0).start()

    assert refused.value.code == "STORE_IN_USE"
    assert re.search(rf"in use by process {os.getpid()} since 20\d\d-\d\d-\d\dT", refused.value.message)
    assert database.pid


async def test_the_folder_is_free_after_a_stop_and_holds_what_was_written(tmp_path: Path) -> None:
    async with open_graph(Settings(data_dir=tmp_path, database_uri=None)) as graph:
        await graph.write(lambda tx: tx.run(Statement("CREATE (:Written {number: 1})")))

    async with open_graph(Settings(data_dir=tmp_path, database_uri=None)) as graph:
        assert await graph.read(Statement("MATCH (n:Written) RETURN n.number, null")) == [1, None]


async def test_a_lost_password_is_made_anew_and_nothing_else_is_lost(tmp_path: Path) -> None:
    async with running(tmp_path, 10.0) as (database, address), connect(address, EMBEDDED, 10.0) as graph:
        await graph.write(lambda tx: tx.run(Statement("CREATE (:Written {number: 1})")))
        old = database.folder.password()
    database.folder.password_file.unlink()

    async with running(tmp_path, 10.0) as (database, address), connect(address, EMBEDDED, 10.0) as graph:
        assert database.folder.password() != old
        assert await graph.read(Statement("MATCH (n:Written) RETURN n.number, null")) == [1, None]


async def test_it_dies_with_a_parent_that_is_killed_and_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    owner = await Owner.of(tmp_path)
    pid = await owner.ready()
    acknowledged = [await owner.line() for _ in range(20)]

    acknowledged += await owner.killed()
    await gone(pid, seconds=2.0)

    async with open_graph(Settings(data_dir=tmp_path, database_uri=None)) as graph:
        (numbers, _) = await graph.read(Statement("RETURN COLLECT { MATCH (n:Written) RETURN n.number }, null"))
    assert {int(number) for number in acknowledged} <= set(numbers)


async def test_sigterm_ends_owner_and_database_cleanly(tmp_path: Path) -> None:
    owner = await Owner.of(tmp_path)
    pid = await owner.ready()

    owner.process.terminate()
    await owner.process.communicate()

    assert owner.process.returncode == 0
    assert not alive(pid)
    assert "shutdown" in (tmp_path / "log" / "output.log").read_text().lower()


async def test_nothing_acknowledged_is_lost_and_nothing_is_torn_when_the_database_is_killed(tmp_path: Path) -> None:
    acknowledged: set[int] = set()

    async with running(tmp_path, 10.0) as (database, address), connect(address, EMBEDDED, 10.0) as graph:
        for kill in range(KILLS):
            writers = [
                asyncio.create_task(write_until_refused(graph, acknowledged, 1_000_000 * kill + 100_000 * lane)) for lane in range(4)
            ]
            enough = 40 * (kill + 1)
            await until(lambda: len(acknowledged) >= enough)  # noqa: B023
            os.kill(database.pid or 0, signal.SIGKILL)
            await asyncio.gather(*writers)
            await answering(graph)

            assert acknowledged - set(await numbers(graph)) == set()
            assert await graph.read(Statement("RETURN COUNT { (n:Written) WHERE NOT EXISTS { (n)-[:BESIDE]->(:Shadow) } }, null")) == [
                0,
                None,
            ]


async def write_until_refused(graph: Graph, acknowledged: set[int], first: int) -> None:
    for number in itertools.count(first):
        try:
            await graph.write(partial(write_two, number))
        except GraphUnavailable:
            return
        acknowledged.add(number)


async def write_two(number: int, tx: Transaction) -> None:
    await tx.run(Statement("CREATE (n:Written {number: $number})", {"number": number}))
    await tx.run(Statement("MATCH (n:Written {number: $number}) CREATE (n)-[:BESIDE]->(:Shadow)", {"number": number}))


async def answering(graph: Graph, seconds: float = 60.0) -> None:
    """Wait until the graph answers."""
    async with asyncio.timeout(seconds):
        while True:
            try:
                await graph.read(Statement("RETURN 1"))
            except GraphUnavailable:
                await asyncio.sleep(0.05)
            else:
                return


async def numbers(graph: Graph) -> list[int]:
    (found, _) = await graph.read(Statement("RETURN COLLECT { MATCH (n:Written) RETURN n.number }, null"))
    return list(found)


async def test_a_failed_start_says_why_in_the_words_of_the_server(tmp_path: Path) -> None:
    (tmp_path / "databases").mkdir()
    (tmp_path / "databases" / "graph").write_text("not a database")

    with pytest.raises(StartRefused) as refused:
        await EmbeddedDatabase(tmp_path, 10.0, start_seconds=20.0).start()

    assert refused.value.code == "STORE_START"
    assert "databases/graph" in refused.value.message


async def test_a_start_that_takes_too_long_is_given_up_and_leaves_nothing_behind(tmp_path: Path) -> None:
    database = EmbeddedDatabase(tmp_path, 10.0, start_seconds=0.3)

    with pytest.raises(StartRefused) as refused:
        await database.start()

    assert refused.value.code == "STORE_START"
    assert database.pid is None
    assert not (tmp_path / "owner").read_text()


@pytest.mark.parametrize("which", ["bolt", "http"])
async def test_a_port_that_was_taken_in_between_is_no_reason_to_fail(which: str, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        offered = [(taken, free_ports()[1]) if which == "bolt" else (free_ports()[0], taken), free_ports()]
        database = EmbeddedDatabase(tmp_path, 10.0, ports=lambda: offered.pop(0))

        await database.start()
        await database.stop()

    assert offered == []


async def test_it_can_be_stopped_while_it_starts(tmp_path: Path) -> None:
    database = EmbeddedDatabase(tmp_path, 10.0)
    starting = asyncio.create_task(database.start())
    await until(lambda: database.pid is not None)
    pid = database.pid
    assert pid

    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting

    assert not alive(pid)
    async with running(tmp_path, 10.0) as (again, _):
        assert again.pid


async def test_a_folder_that_cannot_be_made_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(StartRefused, match="file/below") as refused:
        await EmbeddedDatabase(tmp_path / "file" / "below", 10.0).start()

    assert refused.value.code == "STORE_FOLDER"


def test_in_a_checkout_the_data_lies_beside_the_project() -> None:
    assert data_dir(Settings(data_dir=None)) == ROOT / ".replicity"
    assert data_dir(Settings(data_dir=Path("/srv/city"))) == Path("/srv/city")
