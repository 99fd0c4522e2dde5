"""uvicorn around a peer's application, set up as for our own service; says where it listens."""

import asyncio
import socket
from collections.abc import Coroutine
from typing import Any

import uvicorn
from uvloop import new_event_loop


async def serve(app: Any) -> None:
    """Answer until stopped."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        config = uvicorn.Config(app, lifespan="off", log_config=None, access_log=False, http="httptools", ws="none")
        print(f"listening on http://127.0.0.1:{door.getsockname()[1]}/graphql", flush=True)
        await uvicorn.Server(config).serve(sockets=[door])


def run(story: Coroutine[Any, Any, None]) -> None:
    """On the same event loop that our service has."""
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(story)
