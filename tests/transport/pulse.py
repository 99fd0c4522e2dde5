"""How long the event loop was kept busy at one go."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from starlette.applications import Starlette

MOST_SECONDS = 0.05


@contextmanager
def longest_step() -> Iterator[list[float]]:
    """The most processor time the event loop's thread took between two beats of a pulse that beats as fast as it may."""
    loop, longest, last, stopped = asyncio.get_running_loop(), [0.0], time.thread_time(), False

    def beat() -> None:
        nonlocal last
        now = time.thread_time()
        longest[0], last = max(longest[0], now - last), now
        if not stopped:
            loop.call_soon(beat)

    beat()
    try:
        yield longest
    finally:
        stopped = True
        beat()


async def answer_to(app: Starlette, method: str, body: bytes = b"", query_string: bytes = b"", **headers: bytes) -> int:
    """The status of the answer; straight to the application, so that no client's own work is measured."""
    statuses: list[int] = []
    named = {"content-type": b"application/json", **{name.replace("_", "-"): value for name, value in headers.items()}}
    scope = {
        "type": "http",
        "method": method,
        "path": "/graphql",
        "query_string": query_string,
        "headers": [(name.encode(), value) for name, value in named.items()],
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        statuses.append(message.get("status", 0))

    await app(scope, receive, send)
    return statuses[0]
