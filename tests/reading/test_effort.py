"""What a thread has worked: its own processor time, without the collector's."""

import gc
import time

from server.reading.effort import effort

SECONDS = 0.05


def test_work_counts() -> None:
    began = effort()

    _work(SECONDS)

    assert effort() - began >= SECONDS


def test_collected_garbage_and_waiting_do_not() -> None:
    walked_through = [[number] for number in range(300_000)]
    began, thread = effort(), time.thread_time()

    for _ in range(5):
        gc.collect()
    collecting = time.thread_time() - thread
    time.sleep(SECONDS)

    assert len(walked_through) == 300_000
    assert effort() - began < collecting / 4


def _work(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass
