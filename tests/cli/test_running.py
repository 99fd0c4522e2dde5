"""A stop signal ends the program by the door, whenever it comes."""

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 60
SIGNALS = [signal.SIGINT, signal.SIGTERM]


async def started(what: str) -> Process:
    return await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.cli.small_program", what, cwd=ROOT, stdout=PIPE)


async def line_of(program: Process) -> str:
    assert program.stdout
    while line := (await asyncio.wait_for(program.stdout.readline(), PATIENCE)).decode().strip():
        if "[info" not in line:
            return line
    return ""


@pytest.mark.parametrize("number", SIGNALS)
async def test_a_request_in_flight_is_answered_and_everything_is_closed(number: signal.Signals) -> None:
    program = await started("serving")
    url = await line_of(program)
    async with httpx.AsyncClient() as client:
        asked = asyncio.create_task(client.post(f"{url}/graphql", json={"query": "{ slow }"}, timeout=PATIENCE))
        assert await line_of(program) == "asked"

        program.send_signal(number)

        assert (await asked).json() == {"data": {"slow": "done"}}
    assert await line_of(program) == "closed"
    assert await asyncio.wait_for(program.wait(), PATIENCE) == 0


@pytest.mark.parametrize("number", SIGNALS)
async def test_a_start_that_is_interrupted_closes_what_it_had_opened(number: signal.Signals) -> None:
    program = await started("opening")
    assert await line_of(program) == "opening"

    program.send_signal(number)

    assert await line_of(program) == "closed"
    assert await asyncio.wait_for(program.wait(), PATIENCE) == 130


@pytest.mark.parametrize("number", SIGNALS)
async def test_a_signal_while_the_house_is_built_is_not_lost(number: signal.Signals) -> None:
    program = await started("building")
    assert await line_of(program) == "building"

    program.send_signal(number)

    assert await line_of(program) == "closed"
    assert await asyncio.wait_for(program.wait(), PATIENCE) == 0
