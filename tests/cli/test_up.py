"""`replicity up` on an empty folder, and again."""

import asyncio
import os
import re
import signal
import sys
import time
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 120
pytestmark = pytest.mark.graph

QUESTION = '{ service { revision } city(slug: "valencia") { name } }'


@asynccontextmanager
async def up(folder: Path, *more: str) -> AsyncIterator[Process]:
    arguments = ["-m", "server", "up", "--data-dir", str(folder), *(more or ("--port", "0"))]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("REPLICITY_")}
    program = await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=ROOT, stdout=PIPE, stderr=STDOUT, env=environment)
    try:
        yield program
    finally:
        if program.returncode is None:
            program.send_signal(signal.SIGTERM)
            await asyncio.wait_for(program.wait(), PATIENCE)


async def told_until(program: Process, words: str) -> str:
    assert program.stdout
    told = ""
    while words not in told:
        line = await asyncio.wait_for(program.stdout.readline(), PATIENCE)
        assert line, told
        told += line.decode()
    return told


async def ask(told: str) -> object:
    [url] = re.findall(r"answers on (http://\S+)", told)
    async with httpx.AsyncClient() as client:
        response = await client.post(f"{url}/graphql", json={"query": QUESTION}, timeout=PATIENCE)
    return response.json()


async def test_up_fills_an_empty_folder_and_starts_from_it_the_second_time(tmp_path: Path) -> None:
    answer = {"data": {"service": {"revision": 1}, "city": {"name": "Valencia"}}}

    async with up(tmp_path / "graph") as program:
        first = await told_until(program, "Ctrl+C")
        assert await ask(first) == answer
        program.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(program.wait(), PATIENCE) == 0
    started = time.monotonic()
    async with up(tmp_path / "graph") as program:
        second = await told_until(program, "Ctrl+C")
        seconds = time.monotonic() - started
        assert await ask(second) == answer

    assert re.search(r"The Mission's data is loaded: 5,\d{3} rows of 2\d tables", first)
    assert "The graph has data, at revision 1." in second
    assert "loaded" not in second
    print(f"the second `up` took {seconds:.1f} s")  # noqa: T201 - a figure to read, not to fail by


async def test_a_second_up_on_the_same_folder_says_who_holds_it(tmp_path: Path) -> None:
    async with up(tmp_path / "graph") as holder:
        await told_until(holder, "The graph is open")

        async with up(tmp_path / "graph") as second:
            told = await told_until(second, "choose another folder")
            code = await asyncio.wait_for(second.wait(), PATIENCE)

    assert code == 1
    assert f"in use by process {holder.pid}" in told
    assert "Stop that process first" in told
    assert "Traceback" not in told
