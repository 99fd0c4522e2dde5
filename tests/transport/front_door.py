"""The app on a real port of this machine."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn

from server.app import House, create_app
from server.cli.listening import listen, url_of
from server.cli.running import server_of
from server.settings import Limits, Settings
from tests.transport.small_service import EXAMPLES, SDL, SmallService


def small_house(service: SmallService) -> House:
    """A house that needs no graph."""
    return House(service, SDL, EXAMPLES)


def started(house: House, shutdown_seconds: int, **limits: float) -> tuple[uvicorn.Server, socket.socket, asyncio.Task[None]]:
    """A server, where it listens, and the task that is done once it has stopped."""
    app = create_app(Settings(limits=Limits(**limits)), house)  # type: ignore[arg-type]
    door = listen("127.0.0.1", 0)
    server = server_of(app, shutdown_seconds)
    return server, door, asyncio.create_task(server.serve(sockets=[door]))


@asynccontextmanager
async def listening(house: House, **limits: float) -> AsyncIterator[str]:
    """The address of a server that runs until the end of the block."""
    server, door, running = started(house, 5, **limits)
    try:
        yield url_of(door)
    finally:
        server.should_exit = True
        await running
