"""What a thread has worked itself, in seconds of processor time: neither a busy machine nor garbage is the fault of who asks."""

import gc
import threading
import time
from collections.abc import Callable
from typing import Any

from server.errors import OverLimit


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


def deadline(plan_seconds: float) -> Callable[[], None]:
    """A check to be made again and again while planning; raises OverLimit once this thread has planned for longer."""
    until = effort() + plan_seconds

    def check() -> None:
        if effort() > until:
            raise OverLimit("plan_seconds", plan_seconds, "needed longer")

    return check
