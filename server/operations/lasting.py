"""What is read and made once and lives for long, out of the garbage collector's sight."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_working: set[object] = set()
"""What is being made now; only the event loop's thread keeps this list."""


@asynccontextmanager
async def lasting() -> AsyncIterator[None]:
    """What is made within it is never looked at by the collector, which rests meanwhile.

    Millions of objects without a ring among them would make it walk through all of them again and again, and whenever it walks
    nothing else moves: what a database sends takes four times as long to unpack.
    """
    turn = object()
    if not _working:
        # Young garbage goes first: what is frozen and has rings stays for ever.
        gc.collect(1)
        gc.disable()
    _working.add(turn)
    try:
        yield
    finally:
        _working.remove(turn)
        gc.freeze()
        if not _working:
            gc.enable()
