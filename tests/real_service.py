"""The real program as a process of its own, for tests that do to it, and to its database, what happens in the world."""

import asyncio
import os
import re
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 120.0
QUESTION = '{ service { revision } city(slug: "malmo") { name } }'
ANSWER = {"data": {"service": {"revision": 7}, "city": {"name": "Malmö"}}}
NEWER = "application/graphql-response+json"


@dataclass
class Service:
    """A running one."""

    process: Process
    url: str
    log: Path
    client: httpx.AsyncClient

    async def get(self, path: str) -> httpx.Response:
        return await self.client.get(f"{self.url}{path}")

    async def ask(self, accept: str = NEWER, question: str = QUESTION) -> httpx.Response:
        return await self.client.post(f"{self.url}/graphql", json={"query": question}, headers={"accept": accept})

    async def until_ready_is(self, status: int, seconds: float) -> float:
        """Wait for this status of /readyz, and say how long that took."""
        began = time.monotonic()
        async with asyncio.timeout(seconds):
            while (await self.get("/readyz")).status_code != status:  # noqa: ASYNC110 - nothing tells of it
                await asyncio.sleep(0.01)
        return time.monotonic() - began

    async def until_answered(self, seconds: float) -> float:
        """Ask until the answer is right and the service calls itself ready, and say how long that took."""
        began = time.monotonic()
        async with asyncio.timeout(seconds):
            while (await self.ask()).json() != ANSWER:  # noqa: ASYNC110 - nothing tells of it
                await asyncio.sleep(0.02)
        await self.until_ready_is(200, seconds)
        return time.monotonic() - began

    def database(self) -> int | None:
        """The process id of its embedded database, while there is one."""
        try:
            children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        except FileNotFoundError:
            return None
        return next((int(pid) for pid in children if is_alive(int(pid))), None)

    async def ended(self) -> int:
        """Its exit code, once it has one."""
        return await asyncio.wait_for(self.process.wait(), PATIENCE)


@asynccontextmanager
async def serving(log: Path, *arguments: str, **environment: str) -> AsyncIterator[Service]:
    """`replicity serve` on a free port until the end of the block."""
    process = await program("serve", "--port", "0", *arguments, log=log, **environment)
    try:
        told = await told_until(process, "Ctrl+C")
        [url] = re.findall(r"answers on (http://\S+)", told)
        async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
            yield Service(process, url, log, client)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(process.wait(), PATIENCE)


async def program(*arguments: str, log: Path, **environment: str) -> Process:
    """The program with these arguments and no other setting than these; what it complains of is written to the log."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("REPLICITY_")}
    with log.open("ab") as complaints:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "server", *arguments, cwd=ROOT, stdout=PIPE, stderr=complaints, env={**clean, **environment}
        )


async def told_until(process: Process, words: str) -> str:
    """What it says up to these words."""
    assert process.stdout
    told = ""
    while words not in told:
        line = await asyncio.wait_for(process.stdout.readline(), PATIENCE)
        assert line, told
        told += line.decode()
    return told


def is_alive(pid: int) -> bool:
    try:
        return "(zombie)" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def send(number: signal.Signals, pid: int) -> None:
    """Send a signal; one that halts has done so on return, for until then every thread may still answer."""
    os.kill(pid, number)
    end = time.monotonic() + 10
    while number is signal.SIGSTOP and not _is_halted(pid):
        assert time.monotonic() < end, "it does not stop"
        time.sleep(0.001)


def _is_halted(pid: int) -> bool:
    states = [line.rpartition(")")[2].split()[0] for line in (path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/stat"))]
    return set(states) == {"T"}


async def until(condition: Callable[[], Any], seconds: float = 10.0) -> float:
    """Wait until it holds, for what no event tells of, and say how long that took."""
    began = time.monotonic()
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    return time.monotonic() - began
