"""Servers as processes of their own: started, found by what they say, watched, stopped."""

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

ADDRESS = re.compile(r"http://(?:127\.0\.0\.1|localhost):\d+\S*")
START_SECONDS = 120
STOP_SECONDS = 30
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs."""

    name: str
    url: str
    pid: int

    def cpu_seconds(self) -> float:
        """Processor time of its process so far, all threads; that of a database it may have started is not in it."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Resident memory, in megabytes."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found
        return int(found[1]) / 1024


@asynccontextmanager
async def started(name: str, command: Sequence[str], environment: Mapping[str, str], path: str = "/graphql") -> AsyncIterator[Server]:
    """The server that this command starts; it has to say where it listens."""
    with subprocess.Popen(  # noqa: ASYNC220 - it is started once, before anything is measured
        command, env={**os.environ, **environment}, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            address = await asyncio.wait_for(asyncio.to_thread(_address, name, process), START_SECONDS)
            yield Server(name, address.removesuffix("/").removesuffix(path) + path, process.pid)
        finally:
            process.terminate()
            await asyncio.to_thread(process.wait, STOP_SECONDS)


def replicity(environment: Mapping[str, str]) -> tuple[Sequence[str], Mapping[str, str]]:
    """How the service itself is started: as anyone starts it, one process, on any free port."""
    return ((sys.executable, "-m", "server", "serve", "--host", "127.0.0.1", "--port", "0"), environment)


def _address(name: str, process: subprocess.Popen[str]) -> str:
    assert process.stdout
    said = []
    for line in process.stdout:
        said.append(line)
        if found := ADDRESS.search(line):
            return found[0].replace("localhost", "127.0.0.1")
    raise AssertionError(f"{name} ended before it could be asked:\n{''.join(said)}")
