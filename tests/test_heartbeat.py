"""Silence is noticed in time, a late answer ends it, and a process that was busy itself does not call the database dead."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from server.heartbeat import GIVEN_UP, PATIENCE, Heartbeat


class Database:
    """What the heart beats for; it answers when it is let."""

    def __init__(self) -> None:
        self.answers = asyncio.Event()
        self.asked = 0
        self.given_up = 0

    async def beat(self) -> bool:
        self.asked += 1
        try:
            await self.answers.wait()
        except asyncio.CancelledError:
            self.given_up += 1
            raise
        return True


@asynccontextmanager
async def beating(database: Database) -> AsyncIterator[Heartbeat]:
    heartbeat = Heartbeat()
    running = asyncio.create_task(heartbeat.run(database.beat))
    try:
        yield heartbeat
    finally:
        heartbeat.stop()
        database.answers.set()
        await running


async def test_a_beat_is_not_given_up_for_being_late_and_its_answer_ends_the_silence() -> None:
    database = Database()
    async with beating(database) as heartbeat:
        await asyncio.sleep(PATIENCE + 0.3)
        silent = not heartbeat.alive
        database.answers.set()
        async with asyncio.timeout(1):
            await heartbeat.answering()

    assert silent
    assert database.given_up == 0


async def test_a_beat_that_has_no_answer_for_long_is_given_up_for_another() -> None:
    database = Database()
    async with beating(database) as heartbeat:
        await asyncio.sleep(GIVEN_UP + 1)
        silent = not heartbeat.alive
        asked, given_up = database.asked, database.given_up

    assert silent
    assert (asked, given_up) == (2, 1)


async def test_a_process_that_was_too_busy_to_listen_does_not_call_the_database_silent() -> None:
    database = Database()
    async with beating(database) as heartbeat:
        await asyncio.sleep(0.1)
        time.sleep(2 * PATIENCE)  # noqa: ASYNC251
        database.answers.set()
        seen = set()
        for _ in range(20):
            seen.add(heartbeat.alive)
            await asyncio.sleep(0.01)

    assert seen == {True}
