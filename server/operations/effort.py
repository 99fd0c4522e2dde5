"""What a thread has worked itself, in seconds of processor time: a busy machine is not the fault of who asks, nor is the garbage of others."""

import gc
import threading
import time
from typing import Any


class _Collecting(threading.local):
    since = 0.0
    seconds = 0.0


_collecting = _Collecting()


def _collected(phase: str, _: dict[str, Any]) -> None:
    # The collector runs in whichever thread makes the object that is one too many, and walks through everybody's.
    now = time.thread_time()
    if phase == "start":
        _collecting.since = now
    else:
        _collecting.seconds += now - _collecting.since


gc.callbacks.append(_collected)


def effort() -> float:
    """Seconds of processor time of this thread, without those in which it collected garbage."""
    return time.thread_time() - _collecting.seconds
