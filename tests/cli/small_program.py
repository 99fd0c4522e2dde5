"""A program like `serve`, over a small service: it says where it listens, when it was asked, when it has closed everything."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

import uvicorn

from server.app import House, create_app
from server.cli.listening import listen, url_of
from server.cli.running import run, serve_until_stopped, server_of
from server.settings import Settings
from tests.transport.small_service import EXAMPLES, SDL, SmallService


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


@asynccontextmanager
async def something_open() -> AsyncIterator[None]:
    try:
        yield
    finally:
        await asyncio.sleep(0)
        say("closed")


async def serving() -> None:
    service = SmallService()
    async with something_open():
        with closing(listen("127.0.0.1", 0)) as door:
            server = server_of(create_app(Settings(), House(service, SDL, EXAMPLES)), shutdown_seconds=10)
            say(url_of(door))
            stopping = asyncio.create_task(say_when_asked_and_finish_once_stopping(service, server))
            await serve_until_stopped(server, door)
            await stopping


async def say_when_asked_and_finish_once_stopping(service: SmallService, server: uvicorn.Server) -> None:
    await service.entered.wait()
    say("asked")
    while not server.should_exit:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    service.may_finish.set()


async def building() -> None:
    async with something_open():
        with closing(listen("127.0.0.1", 0)) as door:
            server = server_of(create_app(Settings(), House(SmallService(), SDL, EXAMPLES)), shutdown_seconds=10)
            say("building")
            # As while a house is put together: the loop hears nothing until it is done.
            time.sleep(0.5)  # noqa: ASYNC251
            await serve_until_stopped(server, door)


async def opening() -> None:
    async with something_open():
        say("opening")
        await asyncio.Event().wait()


if __name__ == "__main__":
    run({"serving": serving, "building": building, "opening": opening}[sys.argv[1]]())
