"""Whether the process lives, whether it can answer."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from server.operations.service import Service

# Whoever asks must hear of a lost graph within two seconds.
SECONDS_TO_ANSWER = 1.5
NO_STORE = {"cache-control": "no-store"}

log = structlog.get_logger("replicity")


async def healthz(_http: Request) -> Response:
    """The process lives."""
    return JSONResponse({"status": "ok"}, headers=NO_STORE)


def readyz_endpoint(service: Service) -> Callable[[Request], Awaitable[Response]]:
    """The handler of /readyz."""

    async def readyz(_http: Request) -> Response:
        if await _is_ready(service):
            return JSONResponse({"status": "ready"}, headers=NO_STORE)
        return JSONResponse({"status": "the graph does not answer"}, 503, {**NO_STORE, "retry-after": "2"})

    return readyz


async def _is_ready(service: Service) -> bool:
    try:
        async with asyncio.timeout(SECONDS_TO_ANSWER):
            return await service.ready()
    except Exception as failure:  # noqa: BLE001 - whatever keeps the graph from answering, it is not ready
        log.warning("not ready", reason=repr(failure))
        return False
