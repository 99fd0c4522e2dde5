"""What is made once and lives for long: made in a thread, out of the garbage collector's sight."""

import asyncio
import gc
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_working: set[object] = set()
"""What is being made now; only the event loop's thread keeps this list."""


async def lasting(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The work's result, made while the event loop answers others.

    Millions of objects without a ring among them would make the collector walk through all of them again and again,
    and whenever it walks nothing else moves. So it rests meanwhile, and what there is afterwards it never looks at.
    """
    turn = object()
    if not _working:
        # Young garbage goes first: what is frozen and has rings stays for ever.
        gc.collect(1)
        gc.disable()
    _working.add(turn)
    try:
        return await asyncio.to_thread(work, *args, **kwargs)
    finally:
        _working.remove(turn)
        gc.freeze()
        if not _working:
            gc.enable()
