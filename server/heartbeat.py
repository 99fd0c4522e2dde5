"""Knowing within two seconds that the database no longer answers, and that it does again."""

import asyncio
from asyncio import Timeout
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress

INTERVAL = 0.5
PATIENCE = 1.2
"""Seconds between two beats, and seconds to wait for one: together less than two."""

GRACE = 1.0
"""Seconds a question may still take once the database has fallen silent."""


class Heartbeat:
    """Asks a trifle of the database again and again; while there is no answer, questions are not kept waiting.

    A database that is gone refuses at once, so only one that hangs needs this: its sockets stay open and silent.
    """

    def __init__(self) -> None:
        self._waiting: dict[Timeout, float] = {}
        self._stopped = asyncio.Event()
        self.alive = True

    @contextmanager
    def watching(self, limit: Timeout) -> Iterator[None]:
        """While inside, the limit is brought forward when the database falls silent."""
        planned = limit.when() or float("inf")
        self._waiting[limit] = planned
        if not self.alive:
            limit.reschedule(min(planned, _now() + GRACE))
        try:
            yield
        finally:
            del self._waiting[limit]

    async def run(self, beat: Callable[[], Awaitable[bool]]) -> None:
        """Beat until told to stop; `beat` says whether the database answered."""
        while not self._stopped.is_set():
            started = _now()
            self._heard(await self._answers(beat, started))
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopped.wait(), max(0.0, started + INTERVAL - _now()))

    def stop(self) -> None:
        """No further beat. One that is under way ends by itself, because the driver forgets a socket that it is just opening."""
        self._stopped.set()

    async def _answers(self, beat: Callable[[], Awaitable[bool]], started: float) -> bool:
        try:
            async with asyncio.timeout(PATIENCE):
                return await beat()
        except TimeoutError:
            # If this process itself was too busy to listen, silence says nothing about the database.
            return self.alive and _now() - started > PATIENCE + INTERVAL

    def _heard(self, answered: bool) -> None:
        if answered == self.alive:
            return
        self.alive = answered
        for limit, planned in self._waiting.items():
            if not limit.expired():
                limit.reschedule(planned if answered else min(planned, _now() + GRACE))


def _now() -> float:
    return asyncio.get_running_loop().time()
