"""What is made once and lives for long, out of the garbage collector's sight."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_working: set[object] = set()
"""What is being made now."""


@contextmanager
def resting() -> Iterator[None]:
    """The collector rests within it: it would walk through everything that is being made, again and again, and find nothing to take."""
    turn = object()
    _working.add(turn)
    gc.disable()
    try:
        yield
    finally:
        _working.remove(turn)
        if not _working:
            gc.enable()


@contextmanager
def lasting() -> Iterator[None]:
    """What is made within it the collector never looks at, then or later.

    It would walk through millions of objects without a ring among them, and whenever it walks nothing else moves: what a
    database sends takes four times as long to unpack.
    """
    if not _working:
        # Young garbage goes first: what is frozen and has rings stays for ever.
        gc.collect(1)
    with resting():
        try:
            yield
        finally:
            gc.freeze()
