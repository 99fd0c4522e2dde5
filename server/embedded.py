"""The embedded database's process: started, watched, started again when it dies, stopped."""

import asyncio
import ctypes
import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx
import structlog

from server.data_folder import DataFolder
from server.dialects.driver import Address
from server.dialects.failures import StatementFailed
from server.errors import GraphUnavailable, StartRefused

USER = "root"
DATABASE = "graph"

START_SECONDS = 60.0
STOP_SECONDS = 15.0
HUNG_SECONDS = 30.0
"""How long the database may not answer before it is killed and started again."""

# Other protocols, other languages, a console: what is not on the class path cannot be reached.
_LEFT_OUT = ("mcp", "redisw", "postgresw", "graphql", "console", "python-bridge", "swagger")

# It says so, fails to serve, and stays alive.
_PORT_TAKEN = re.compile(r"Unable to listen|BindException|Address already in use")

_REINSTALL = "Install arcadedb-embedded anew; it needs Linux with glibc 2.34 or newer, macOS or Windows on a common processor."

# What the system tells it when a file cannot grow.
_CANNOT_WRITE = re.compile(r"IOException: (No space left on device|Disk quota exceeded|File too large)")

_ROOM = 1_000_000
"""Bytes; with less than that on the disk, it is the disk that keeps it from writing."""

# What it says of its port once it can be reached there.
_PORT_OPEN = re.compile(r"Listening for incoming BOLT connections on \S*:(\d+)")

_log = structlog.get_logger(__name__)


def free_ports() -> tuple[int, int]:
    """Two ports for Bolt and HTTP that nobody listens on right now."""
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


class EmbeddedDatabase:
    """A database server of our own on loopback, with one data folder.

    It must be started in a thread that lives as long as it is needed: on Linux it dies with that thread,
    so that nothing is left behind when this process is killed.
    """

    def __init__(
        self,
        folder: Path,
        execution_seconds: float,
        *,
        start_seconds: float = START_SECONDS,
        ports: Callable[[], tuple[int, int]] = free_ports,
    ) -> None:
        self.folder = DataFolder(folder)
        self._execution_seconds = execution_seconds
        self._start_seconds = start_seconds
        self._ports = ports
        self._process: subprocess.Popen[bytes] | None = None
        self._http: httpx.AsyncClient | None = None
        self.bolt_port = 0
        self.http_port = 0
        self.returns = 0
        """How often it has been started again."""

    @property
    def pid(self) -> int | None:
        """The process id of the database while it runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    async def start(self) -> Address:
        """Start it; `StartRefused` says in the server's own words why it did not."""
        await self.folder.claim()
        try:
            await self._launch()
        except BaseException:
            await self.stop()
            raise
        return Address(f"bolt://localhost:{self.bolt_port}", USER, self.folder.password, DATABASE, lambda: ("127.0.0.1", self.bolt_port))

    async def stop(self) -> None:
        """Stop it cleanly, whatever it is doing, and let go of the folder."""
        # A stop that is cancelled half way would leave the database running behind our back.
        await asyncio.shield(self._stop())

    async def _stop(self) -> None:
        await self._end(signal.SIGTERM)
        self.folder.release()

    async def watch(self) -> None:
        """Start it again whenever it dies or hangs, until cancelled."""
        pause = 0.0
        while True:
            await self._until_gone()
            _log.error("the embedded database is gone and is started again", last_words=self._last_words())
            try:
                await self._launch()
                self.returns += 1
                pause = 0.0
            except StartRefused as refused:
                _log.error("the embedded database did not start", reason=refused.message)
                pause = min(pause + 1.0, 5.0)
            await asyncio.sleep(pause)

    async def _until_gone(self) -> None:
        loop = asyncio.get_running_loop()
        heard = asked = loop.time()
        while self.pid and loop.time() - heard < HUNG_SECONDS:
            await asyncio.sleep(0.1)
            if loop.time() - asked > 5.0:
                asked = loop.time()
                heard = asked if await self._ready() else heard

    async def sql(self, script: str, *, database: str = DATABASE) -> None:
        """Run a script in the database's own SQL."""
        assert self._http is not None, "started"
        try:
            answer = await self._http.post(f"/api/v1/command/{database}", json={"language": "sqlscript", "command": script}, timeout=300)
        except httpx.HTTPError as error:
            raise GraphUnavailable from error
        if answer.is_error:
            raise StatementFailed(None, f"the embedded database refused a script: {answer.text}")

    def refusal_to_write(self) -> StartRefused | None:
        """That the system does not let it write, if so."""
        with suppress(OSError):
            # On a full disk there may be no room for its words either.
            said = _CANNOT_WRITE.search(self._output.read_text(errors="replace"))
            if said or shutil.disk_usage(self.folder.path).free < _ROOM:
                return StartRefused(
                    f"The embedded database cannot write to {self.folder.path}: {said[1] if said else 'No space left on device'}.",
                    code="STORE_FOLDER",
                    hint="Make room there and run the command again, or choose another folder with --data-dir or REPLICITY_DATA_DIR.",
                )
        return None

    async def _launch(self) -> None:
        await self._end(signal.SIGKILL)
        password = self.folder.password()
        # Between finding a port free and taking it, somebody else may take it; the server would then
        # stay alive without it.
        for last in (False, False, True):
            self.bolt_port, self.http_port = self._ports()
            self._process = self._spawn()
            self._http = httpx.AsyncClient(
                base_url=f"http://127.0.0.1:{self.http_port}",
                auth=(USER, password),
                timeout=2.0,
                trust_env=False,
                verify=False,  # noqa: S501 - it is plain HTTP on loopback, and making a TLS context takes a third of a second
            )
            if await self._comes_up():
                return
            words = self._last_words()
            await self._end(signal.SIGKILL)
            if last or not _PORT_TAKEN.search(words):
                raise StartRefused(
                    f"The embedded database did not start: {words or 'it said nothing'}",
                    code="STORE_START",
                    hint=f"More stands in {self._output}; a copy of the folder can be kept before anything is tried.",
                )

    async def _comes_up(self) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._start_seconds):
                while self.pid and not _PORT_TAKEN.search(self._last_words()):
                    if await self._ready():
                        return True
                    await asyncio.sleep(0.05)
        return False

    async def _ready(self) -> bool:
        assert self._http is not None, "launched"
        try:
            return (await self._http.get("/api/v1/ready")).status_code == httpx.codes.NO_CONTENT
        except httpx.HTTPError:
            return False

    async def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        http, self._http = self._http, None
        if http:
            await http.aclose()
        if not process:
            return
        if process.poll() is None:
            process.send_signal(how)
            # A process that was halted would not even hear the signal.
            process.send_signal(signal.SIGCONT)
        patience = asyncio.get_running_loop().time() + STOP_SECONDS
        while process.poll() is None:
            if asyncio.get_running_loop().time() > patience:
                process.kill()
            await asyncio.sleep(0.02)

    def _spawn(self) -> subprocess.Popen[bytes]:
        assert self.folder.lock is not None, "claimed"
        self._output.parent.mkdir(mode=0o700, exist_ok=True)
        with os.fdopen(os.open(self._output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as output:
            return subprocess.Popen(  # noqa: S603 - our own program, our own arguments
                self._command(),
                cwd=self.folder.path,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                umask=0o077,
                # Ctrl-C in a terminal goes to the whole group; we stop the database ourselves, after the last answer.
                start_new_session=True,
                pass_fds=(self.folder.lock,),
                preexec_fn=die_with_parent(),  # noqa: PLW1509 - it only makes two system calls
                # Nothing of our environment, such as JAVA_TOOL_OPTIONS, is to change the settings below.
                env={"PATH": os.defpath, "LANG": "C.UTF-8"},
            )

    def _command(self) -> list[str]:
        here = self.folder.path
        settings = {
            "server.rootPasswordPath": self.folder.password_file,
            "server.rootPath": here,
            "server.logsDirectory": here / "log",
            "server.defaultDatabases": f"{DATABASE}[{USER}]",
            "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            "bolt.host": "127.0.0.1",
            "bolt.port": self.bolt_port,
            "server.httpIncomingHost": "127.0.0.1",
            "server.httpIncomingPort": self.http_port,
            # Errors come without their texts then, but with their codes, and codes are all we go by;
            # in return Studio is closed and no text of a query reaches a client. The texts are in the log.
            "server.mode": "production",
            # The gate would count every open result and let four of them stall everybody.
            "queryMaxConcurrent": 0,
            "txWalFlush": 2,
            # A filter within all limits may be longer than what it takes by itself.
            "cypher.maxExpressionDepth": 2_000,
            # What is kept of a statement takes thirty times its length: of the longest there may be, these take half of the memory.
            "opencypher.statementCache": 100,
            "opencypher.planCache": 100,
            # It does not heed the driver's limits, nor notice that a caller has gone.
            "command.timeout": int(1000 * (self._execution_seconds + 1)),
            "opencypher.loadCsv.allowFileUrls": "false",
            "opencypher.loadCsv.allowRemoteUrls": "false",
            "serverMetrics": "false",
            "polyglotEngineEnabled": "false",
        }
        package = _package()
        jars = [str(jar) for jar in sorted((package / "jars").glob("*.jar")) if not any(name in jar.name for name in _LEFT_OUT)]
        return [
            str(package / "jre" / "bin" / "java"),
            "-Xmx512m",
            # Its parser remembers something of every new turn of phrase and never forgets. Once that leaves too little to work
            # with, this collector says so, and the database is started again, instead of looking for room for minutes.
            "-XX:+UseParallelGC",
            "-XX:GCTimeLimit=20",
            "-XX:GCHeapFreeLimit=100",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            f"-XX:ErrorFile={here / 'log' / 'crash.log'}",
            f"-Djava.io.tmpdir={here / 'log'}",
            *(f"-Darcadedb.{name}={value}" for name, value in settings.items()),
            "-cp",
            os.pathsep.join(jars),
            "com.arcadedb.server.ArcadeDBServer",
        ]

    @property
    def _output(self) -> Path:
        return output_in(self.folder.path)

    def _last_words(self) -> str:
        """What the server itself said about a failure, or its last lines."""
        with suppress(OSError):
            lines = self._output.read_text(errors="replace")[-20_000:].splitlines()
            telling = [line for line in lines if any(word in line for word in ("SEVERE", "Exception", "Error"))]
            return " | ".join((telling or lines)[-5:])
        return ""


@asynccontextmanager
async def running(folder: Path, execution_seconds: float) -> AsyncIterator[tuple[EmbeddedDatabase, Address]]:
    """The embedded database, started and watched over while inside."""
    database = EmbeddedDatabase(folder, execution_seconds)
    address = await database.start()
    watching = asyncio.create_task(database.watch())
    try:
        yield database, address
    except (StatementFailed, GraphUnavailable) as failed:
        if refusal := database.refusal_to_write():
            raise refusal from failed
        raise
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        await database.stop()


def address_in(folder: DataFolder) -> Address:
    """Where the database listens that another process runs in this folder."""
    try:
        said = _PORT_OPEN.findall(output_in(folder.path).read_text(errors="replace"))
    except OSError:
        said = []
    if not said:
        raise GraphUnavailable("The embedded database is being started by another process.", hint="Look again in a moment.")

    return Address(f"bolt://localhost:{said[-1]}", USER, folder.known_password, DATABASE, lambda: ("127.0.0.1", int(said[-1])))


async def java_version() -> str:
    """What the Java that comes with the package calls itself, once it has been started."""
    java = _package() / "jre" / "bin" / "java"
    try:
        program = await asyncio.create_subprocess_exec(java, "-version", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        async with asyncio.timeout(START_SECONDS):
            _, told = await program.communicate()
    except (OSError, TimeoutError) as error:
        raise StartRefused(f"{java} does not start: {error or 'it does not answer'}.", code="STORE_START", hint=_REINSTALL) from error
    words = told.decode(errors="replace").strip().splitlines()
    if program.returncode or not words:
        raise StartRefused(f"{java} does not start: {' | '.join(words[:3])}.", code="STORE_START", hint=_REINSTALL)
    return words[0]


def output_in(folder: Path) -> Path:
    """What the database of this folder has said since its last start."""
    return folder / "log" / "output.log"


def _package() -> Path:
    # Importing the package would load a Java machine into this process.
    spec = importlib.util.find_spec("arcadedb_embedded")
    if spec is None or not spec.submodule_search_locations:
        raise StartRefused(
            "The package arcadedb-embedded is not installed, so there is no embedded database here.",
            code="STORE_START",
            hint="Install it, or name a Neo4j server with REPLICITY_DATABASE_URI.",
        )
    return Path(spec.submodule_search_locations[0])


def die_with_parent() -> Callable[[], None] | None:
    """What the new process does first, so that a kill of this one takes it along (Linux only)."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()
    death_signal = 1

    def ask() -> None:
        prctl(death_signal, signal.SIGKILL)
        # Killed before it could ask: then there is nobody left to die with.
        if os.getppid() != parent:
            os._exit(1)

    return ask
