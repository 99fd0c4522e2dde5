"""Knowing within two seconds that the database no longer answers, and that it does again."""

import asyncio
from asyncio import Timeout, TimerHandle
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress

INTERVAL = 0.5
PATIENCE = 1.2
"""Seconds between two beats, and seconds after which a beat without an answer is silence: together less than two."""

GIVEN_UP = 6.0
"""Seconds until a beat without an answer is given up for a new one. A database that has just come back is slow at first,
and whoever hung up on it every time would not hear its first answer; and a connection that is just being opened
must not be given up at all, because the driver would forget its socket: opening it ends by itself before that."""

GRACE = 1.0
"""Seconds a question may still take once the database has fallen silent."""


class Heartbeat:
    """Asks a trifle of the database again and again; while there is no answer, questions are not kept waiting.

    A database that is gone refuses at once, so only one that hangs needs this: its sockets stay open and silent.
    """

    def __init__(self) -> None:
        self._waiting: dict[Timeout, float] = {}
        self._stopped = asyncio.Event()
        self._answering = asyncio.Event()
        self._answering.set()
        self._silence: TimerHandle

    @property
    def alive(self) -> bool:
        """Whether the last beat was answered."""
        return self._answering.is_set()

    async def answering(self) -> None:
        """Wait until it is alive, if it is not.

        Of a database that is just coming back only the beat may ask: a crowd that connects and gives up again,
        over and over, could keep it from ever coming up.
        """
        await self._answering.wait()

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
            self._heard(await self._answers(beat))
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopped.wait(), max(0.0, started + INTERVAL - _now()))

    def stop(self) -> None:
        """No further beat; one that is under way ends by itself."""
        self._stopped.set()

    async def _answers(self, beat: Callable[[], Awaitable[bool]]) -> bool:
        self._expect_an_answer()
        try:
            async with asyncio.timeout(GIVEN_UP):
                return await beat()
        except TimeoutError:
            return False
        finally:
            self._silence.cancel()

    def _expect_an_answer(self) -> None:
        self._silence = asyncio.get_running_loop().call_later(PATIENCE, self._no_answer, _now() + PATIENCE)

    def _no_answer(self, due: float) -> None:
        if _now() - due > INTERVAL:
            # This process itself was too busy to listen, which says nothing about the database.
            self._expect_an_answer()
        else:
            self._heard(False)

    def _heard(self, answered: bool) -> None:
        if answered == self.alive:
            return
        if answered:
            self._answering.set()
        else:
            self._answering.clear()
        for limit, planned in self._waiting.items():
            if not limit.expired():
                limit.reschedule(planned if answered else min(planned, _now() + GRACE))


def _now() -> float:
    return asyncio.get_running_loop().time()
