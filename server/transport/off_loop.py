"""Work on bytes that would keep other requests waiting when there are many of them."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

# Below this the way to a thread costs more than the work.
BYTES_FOR_A_THREAD = 32_768

T = TypeVar("T")


async def off_the_loop(work: Callable[[bytes], T], given: bytes) -> T:
    """The work's result; long work is done in a thread."""
    return work(given) if len(given) < BYTES_FOR_A_THREAD else await asyncio.to_thread(work, given)
