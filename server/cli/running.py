"""A program that can be stopped at any moment: it leaves by the door, with its requests answered."""

import asyncio
import gc
import signal
import socket
import sys
from collections.abc import Callable, Coroutine
from contextlib import nullcontext
from typing import Any

import uvicorn

from server.cli.steps import say_stopped
from server.transport.protocol import Protocol

if sys.platform == "win32":
    new_event_loop = asyncio.new_event_loop
else:
    from uvloop import new_event_loop

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
STOPPED_BEFORE_SERVING = 130


def run(story: Coroutine[Any, Any, None], stopped: Callable[[], str] = lambda: "Stopped.") -> None:
    """Run it to its end; a stop signal cancels it, so that whatever it holds open is closed. `stopped` says what has become of it."""
    try:
        with asyncio.Runner(loop_factory=new_event_loop) as runner:
            runner.run(_stoppable(story))
    except asyncio.CancelledError:
        say_stopped(stopped())
        sys.exit(STOPPED_BEFORE_SERVING)


async def serve_until_stopped(server: uvicorn.Server, listening: socket.socket) -> None:
    """Answer requests until a stop signal comes and those in flight have finished."""
    for number in STOP_SIGNALS:
        if sys.platform == "win32":
            signal.signal(number, lambda caught, _: _stop(server, signal.Signals(caught)))
        else:
            asyncio.get_running_loop().add_signal_handler(number, _stop, server, number)
    await server.serve(sockets=[listening])


def spare_the_collector() -> None:
    """Keep the garbage collector from looking again and again through what lives for ever.

    An answer is thousands of lists and objects and no ring among them; with Python's own thresholds each would
    make it walk the schema, the plans and every module once more. Measured: two fifths of the work of a large read,
    and with a threshold of 10,000 still a tenth of that of an export, which holds some 100,000 at a time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def server_of(app: Callable[..., Coroutine[Any, Any, None]], shutdown_seconds: int) -> uvicorn.Server:
    """uvicorn around the app; requests in flight have `shutdown_seconds` to finish after a stop signal."""
    config = uvicorn.Config(
        app,
        http=Protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=shutdown_seconds,
    )
    server = uvicorn.Server(config)
    # Handlers that change hands have a moment in which nobody hears a signal, and a stop right after the start would be lost.
    server.capture_signals = nullcontext  # type: ignore[method-assign,assignment]
    return server


async def _stoppable(story: Coroutine[Any, Any, None]) -> None:
    task = asyncio.current_task()
    assert task is not None
    if sys.platform != "win32":
        for number in STOP_SIGNALS:
            asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    await story


def _stop(server: uvicorn.Server, number: signal.Signals) -> None:
    """Let requests in flight finish; a second Ctrl+C does not wait for them."""
    server.force_exit = server.should_exit and number is signal.SIGINT
    server.should_exit = True
